"""A fresh database for each test, copied from one that is made once: an empty one, or one with the demonstration."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.databases import DEMONSTRATION_DAY, SERVER, copied, filled
from tests.web.client import SECRET, Client, open_client
from web import demo
from web.dispatch import House
from web.migrations import migrate
from web.practice import now, set_today
from workflow.database import Database

OPENS = frozenset({"template", "tmp_path", "tmp_path_factory"})
"""Fixtures of which a test needs one to open a database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everything", action="store_true", help="on a server too, run what says the same on every database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where a server is named, what says the same on every database is left to the run on SQLite: tests that open none, and those
    marked `once`."""
    if config.getoption("--everything"):
        return
    alike = [one for one in items if one.get_closest_marker("once") or not OPENS & set(getattr(one, "fixturenames", ()))] if SERVER else []
    if alike:
        config.hook.pytest_deselected(items=alike)
        items[:] = [item for item in items if item not in set(alike)]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The empty database that the others are copied from."""
    with filled(tmp_path_factory.mktemp("template"), migrate) as source:
        yield source


@pytest.fixture(scope="session")
def demonstration(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One to copy from that holds the demonstration, seen from one day."""

    def load(database: Database) -> None:
        house = House(database, secret=SECRET)
        house.write(demo.load, DEMONSTRATION_DAY, now())
        house.close()

    with filled(tmp_path_factory.mktemp("demonstration"), load, source=template) as source:
        yield source


@pytest.fixture
def database(template: str, tmp_path: Path) -> Iterator[Database]:
    with copied(template, tmp_path) as opened:
        yield opened


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
