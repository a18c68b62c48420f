"""Databases to measure on, gone at the end: in a folder of their own, or on this machine's PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from secrets import token_hex
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from benchmarks.figures import say
from web import demo
from web.dispatch import House
from web.house import come_to
from web.migrations import migrate
from web.practice import now
from workflow.database import Database

SERVER = os.environ.get("HEYI_TEST_DATABASE") or "postgresql+psycopg:///postgres"


@contextmanager
def on_sqlite(folder: Path, name: str = "heyi") -> Iterator[Database]:
    database = Database(f"sqlite:///{folder / name}.sqlite3")
    migrate(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def on_postgresql() -> Iterator[Database]:
    name = f"heyi_benchmark_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    database = Database(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    try:
        migrate(database)
        yield database
    finally:
        database.close()
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def has_postgresql() -> bool:
    try:
        _on_server("SELECT 1")
    except OperationalError as error:
        say(f"PostgreSQL is left out: {error.orig}")
        return False
    return True


def load_demonstration(database: Database, on: date) -> None:
    """As `heyi demo` does, and then what the day brings by itself, so that nothing is left to do."""

    def tell(done: int, of: int) -> None:
        say(f"demonstration: {done}/{of} cases")

    house = House(database, secret=token_hex(32))
    house.write(demo.load, on, now(), tell)
    come_to(house, on, now())
    house.close()


def _on_server(statement: str) -> None:
    engine = create_engine(make_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
