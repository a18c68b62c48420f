"""The one place that knows threads and transactions.

Handlers are `async` and only hand a plain function to `in_read` or `in_write`. There a session is opened, the function
runs and renders its page, and what it wrote is committed once. Two threads read; one thread writes on SQLite, first come
first served, whether a page or a job asks, and three on PostgreSQL.
"""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from litestar import Response
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from workflow.database import Database
from workflow.procedure import Changed

P = ParamSpec("P")
R = TypeVar("R")


class House:
    """A database and its threads. `read` and `write` are for commands, jobs and tests, which wait; `in_read` and `in_write` for handlers."""

    def __init__(self, database: Database, *, practice: bool = False, secret: str = "") -> None:
        self.database = database
        self.info = {"practice": practice, "secret": secret}
        """What each session of the database is told of this installation."""
        self._readers = ThreadPoolExecutor(2, "read")
        self.alone = threading.Lock() if database.is_faulty_sqlite() else nullcontext()
        """Held by whoever writes, where SQLite may lose what two connections write at once (`workflow.database.SAFE_SQLITE`)."""
        self._mine = threading.local()
        self._writers = ThreadPoolExecutor(1 if database.is_sqlite else 3, "write", initializer=lambda: setattr(self._mine, "writes", True))

    def read(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        with self.database.read() as db:
            db.info.update(self.info)
            return work(db, *args, **kwargs)

    def write(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Commit once, after `work` has rendered. A reply of 400 or more undoes what was written. Raises `Changed`.

        On SQLite this waits for its turn in the one writing thread: a second connection that writes would starve the first.
        """
        call = partial(self._write, work, *args, **kwargs)
        if not self.database.is_sqlite or getattr(self._mine, "writes", False):
            return call()
        return self._writers.submit(contextvars.copy_context().run, call).result()

    def _write(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with self.alone, self.database.write() as db:
                db.info.update(self.info)
                result = work(db, *args, **kwargs)
                if isinstance(result, Response) and (result.status_code or 200) >= 400:
                    db.rollback()
        except StaleDataError as error:
            raise Changed from error
        return result

    async def in_read(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await _run(self._readers, partial(self.read, work, *args, **kwargs))

    async def in_write(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await _run(self._writers, partial(self._write, work, *args, **kwargs))

    def close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        self.database.close()


HOUSE: contextvars.ContextVar[House] = contextvars.ContextVar("house")
"""The house that serves the request in hand."""


async def in_read(work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await HOUSE.get().in_read(work, *args, **kwargs)


async def in_write(work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await HOUSE.get().in_write(work, *args, **kwargs)


async def _run(threads: ThreadPoolExecutor, work: Callable[[], R]) -> R:
    return await asyncio.get_running_loop().run_in_executor(threads, contextvars.copy_context().run, work)
