"""One transaction a request: committed once, undone by a refusal, first come first served."""

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from litestar import Response
from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from web.dispatch import House
from workflow.database import Database
from workflow.organisations import Organisation
from workflow.people import Person
from workflow.procedure import Changed

T = TypeVar("T")


def in_a_thread(work: Coroutine[Any, Any, T]) -> T:
    """To the end, in a loop of its own: the browser of other tests may have one running here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database)
    yield opened
    opened._readers.shutdown()
    opened._writers.shutdown()


def add(db: Session, name: str, status: int = 200) -> Response[str]:
    db.add(Person(name=name))
    db.flush()
    return Response("", status_code=status)


def names(db: Session) -> list[str]:
    return sorted(db.exec(select(Person.name)).all())


def test_what_a_function_writes_is_kept(house: House) -> None:
    house.write(add, "李敏")
    assert house.read(names) == ["李敏"]


def test_a_reply_that_refuses_leaves_nothing_behind(house: House) -> None:
    house.write(add, "李敏", status=422)
    assert house.read(names) == []


def test_an_error_leaves_nothing_behind(house: House) -> None:
    def fail(db: Session) -> None:
        add(db, "李敏")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        house.write(fail)
    assert house.read(names) == []


def test_a_row_that_somebody_else_changed_is_said_to_have_changed(house: House) -> None:
    def lose(db: Session) -> None:
        raise StaleDataError("UPDATE statement matched no row")

    with pytest.raises(Changed):
        house.write(lose)


def test_writers_do_not_lose_each_others_work(house: House) -> None:
    """Forty clerks at once add a worker to the same enterprise; each reads the number and writes it back."""
    house.write(lambda db: db.add(Organisation(id=1, kind="enterprise", name="江城泵业", region="330100")))

    def one_more(db: Session) -> None:
        enterprise = db.get_one(Organisation, 1, with_for_update=True)
        enterprise.workforce += 1
        db.add(enterprise)

    async def all_at_once() -> None:
        await asyncio.gather(*(house.in_write(one_more) for _ in range(40)))

    in_a_thread(all_at_once())
    assert house.read(lambda db: db.get_one(Organisation, 1).workforce) == 40


def test_reading_goes_on_while_somebody_writes(house: House) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(db: Session) -> None:
        add(db, "李敏")
        begun.set()
        assert may_end.wait(10)

    async def both() -> list[str]:
        writing = asyncio.create_task(house.in_write(slow))
        await asyncio.to_thread(begun.wait, 10)
        seen = await asyncio.wait_for(house.in_read(names), 5)
        may_end.set()
        await writing
        return seen

    assert in_a_thread(both()) == []
    assert house.read(names) == ["李敏"]


def test_the_date_is_the_true_one_outside_practice(house: House) -> None:
    from web.practice import SHANGHAI, PracticeDate, now, today

    house.write(lambda db: db.add(PracticeDate(day=date(2020, 1, 1))))
    assert house.read(today) == now().astimezone(SHANGHAI).date()


def test_every_table_of_the_program_is_in_the_database(database: Database) -> None:
    """A module with a table that `web.tables` forgets would be missing on a new installation."""
    root = Path(__file__).resolve().parents[2]
    packages = ("workflow", "congress", "negotiation", "mediation", "web")
    wanted = {
        name
        for package in packages
        for path in (root / package).rglob("*.py")
        if "table=True" in path.read_text()
        for name in re.findall(r'__tablename__ = "(\w+)"', path.read_text())
    }
    assert wanted and wanted <= set(inspect(database.engine).get_table_names())


def test_on_sqlite_jobs_wait_their_turn_with_the_pages(house: House) -> None:
    async def page() -> int:
        return await house.in_write(lambda db: threading.get_ident())

    job = house.write(lambda db: threading.get_ident())
    assert (job == in_a_thread(page())) is house.database.is_sqlite
    nested = house.write(lambda db: house.read(lambda other: threading.get_ident()))
    assert (nested == threading.get_ident()) is not house.database.is_sqlite
