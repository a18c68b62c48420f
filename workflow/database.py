"""Engine and session: SQLite by default, PostgreSQL at scale.

SQLite runs in WAL mode with `synchronous=FULL` and one writer that begins `IMMEDIATE`; PostgreSQL runs READ COMMITTED and
locks the case row. Functions below `web/` receive a session and never commit.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import JSON, BigInteger, Engine, Integer, MetaData, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, SQLModel, create_engine

Big = BigInteger().with_variant(Integer, "sqlite")
"""Type of every counter and reference: 64 bits on both databases."""

JSONB_OR_JSON = JSON().with_variant(JSONB(), "postgresql")
"""Type of structured particulars. Treat values as immutable: assign a new one."""

SAFE_SQLITE = (3, 51, 3)
"""First SQLite without the WAL-reset fault (several connections that write or checkpoint at once may lose a commit)."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata
metadata.naming_convention = NAMES


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the packaged one where a wheel exists, else Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


class Database:
    """One installation's database. `read()` and `write()` open sessions; `write()` commits unless an error leaves it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_size=6, max_overflow=4, pool_pre_ping=True)
        self.writer: Engine = self.engine.execution_options(sqlite_begin="IMMEDIATE") if self.is_sqlite else self.engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Session]:
        with Session(self.writer, expire_on_commit=False) as db:
            yield db
            db.commit()

    def is_faulty_sqlite(self) -> bool:
        return self.is_sqlite and sqlite_module().sqlite_version_info < SAFE_SQLITE

    def close(self) -> None:
        self.engine.dispose()


def is_sqlite(db: Session) -> bool:
    return db.get_bind().dialect.name == "sqlite"


def _sqlite_engine(url: str) -> Engine:
    path = url.removeprefix("sqlite:///")
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=sqlite_module(), connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine
