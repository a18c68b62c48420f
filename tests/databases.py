"""Databases for tests, each copied from one that was filled once; SQLite, or PostgreSQL where `HEYI_TEST_DATABASE` names a server."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from workflow.database import Database

DEMONSTRATION_DAY = date(2026, 11, 24)
"""From which the demonstration of the tests is seen."""
SERVER = os.environ.get("HEYI_TEST_DATABASE", "")


@contextmanager
def filled(folder: Path, fill: Callable[[Database], None], *, source: str = "") -> Iterator[str]:
    """A database to copy from, closed: a path, or a name on the server. `source` is another such one to begin with."""
    with copied(source, folder, prefix="template") as database:
        fill(database)
        database.close()
        yield _name(database)


@contextmanager
def copied(source: str, folder: Path, *, prefix: str = "heyi") -> Iterator[Database]:
    """A database like `source`, empty where that is empty; gone at the end."""
    name, path = f"{prefix}_{uuid4().hex[:12]}", folder / f"{prefix}.sqlite3"
    if SERVER:
        _on_server(f"CREATE DATABASE {name} TEMPLATE {source}" if source else f"CREATE DATABASE {name}")
    elif source:
        shutil.copyfile(source, path)
    database = Database(_address(name) if SERVER else f"sqlite:///{path}")
    try:
        yield database
    finally:
        database.close()
        if SERVER:
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _name(database: Database) -> str:
    found = make_url(database.url).database
    assert found is not None
    return found


def _on_server(*statements: str) -> None:
    engine = create_engine(make_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _address(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)
