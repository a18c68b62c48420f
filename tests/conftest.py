"""A fresh database for each test, copied from one that is made once; SQLite, or PostgreSQL where `HEYI_TEST_DATABASE` names a server."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlmodel import Session

from tests.web.client import Client, open_client
from web.dispatch import House
from web.migrations import migrate
from web.practice import set_today
from workflow.database import Database

SERVER = os.environ.get("HEYI_TEST_DATABASE", "")


def _on_server(*statements: str) -> None:
    engine = create_engine(make_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _address(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The empty database that the others are copied from: a path, or a name on the server."""
    name = f"heyi_template_{uuid4().hex[:8]}"
    path = tmp_path_factory.mktemp("template") / "heyi.sqlite3"
    if SERVER:
        _on_server(f"CREATE DATABASE {name}")
    made = Database(_address(name) if SERVER else f"sqlite:///{path}")
    migrate(made)
    made.close()
    yield name if SERVER else str(path)
    if SERVER:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(template: str, tmp_path: Path) -> Iterator[Database]:
    name, path = f"heyi_{uuid4().hex[:12]}", tmp_path / "heyi.sqlite3"
    if SERVER:
        _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    else:
        shutil.copyfile(template, path)
    opened = Database(_address(name) if SERVER else f"sqlite:///{path}")
    yield opened
    opened.close()
    if SERVER:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """One open session, for stories that call acts themselves."""
    with database.write() as session:
        yield session


@pytest.fixture
def client(database: Database) -> Iterator[Client]:
    with open_client(database) as opened:
        yield opened


@pytest.fixture
def today(client: Client) -> Callable[[date], None]:
    """Sets the date that the client's pages take for today."""
    house: House = client.house
    return lambda day: house.write(set_today, day, by=None)
