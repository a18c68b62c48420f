"""What time itself brings: done once, by the clock, on the day after the period, however often and by whomever it is looked for."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from negotiation.models import Negotiation
from negotiation.terms import State
from tests.cast import hongxing, noon, wage_talks
from tests.jobs.processes import in_processes
from web import house as rooms
from web.dispatch import House
from workflow.database import Database
from workflow.journal import Entry
from workflow.seats import Seat

RECEIVED, DAY_AFTER, LATER = date(2026, 9, 12), date(2026, 9, 29), date(2026, 10, 20)


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database)
    yield opened
    opened.close()


def unanswered(db: Session, count: int = 1) -> list[int]:
    """Offers whose 15 days for a reply end on 28 September."""
    people, cases = hongxing(db), []
    for _ in range(count):
        story = wage_talks(db, people, date(2026, 9, 1))
        story.offer("李敏", date(2026, 9, 1))
        story.record_receipt("陈静", RECEIVED, received=RECEIVED, means="return_slip")
        cases.append(story.case.id or 0)
    return cases


def lapses(db: Session) -> list[tuple[int, date, str]]:
    rows = db.exec(select(Entry).where(Entry.act == "lapse").order_by(Entry.id)).all()  # type: ignore[arg-type]
    return [(entry.case_id, entry.done_on, entry.seat) for entry in rows]


def test_a_period_is_not_over_on_its_last_day(house: House) -> None:
    house.write(unanswered)
    assert rooms.sweep(house, date(2026, 9, 28), noon(date(2026, 9, 28))) == 0


def test_the_clock_acts_on_the_day_after_the_period_however_late_it_is_swept(house: House) -> None:
    (case,) = house.write(unanswered)
    assert rooms.sweep(house, LATER, noon(LATER)) == 1
    assert house.read(lapses) == [(case, DAY_AFTER, Seat.CLOCK)]


def test_sweeping_twice_does_nothing_the_second_time(house: House) -> None:
    house.write(unanswered, 2)
    assert rooms.sweep(house, DAY_AFTER, noon(DAY_AFTER)) == 2
    heads = house.read(lambda db: db.exec(select(Negotiation.journal_head)).all())
    assert rooms.sweep(house, DAY_AFTER, noon(DAY_AFTER)) == 0
    assert rooms.sweep(house, LATER, noon(LATER)) == 0
    assert house.read(lambda db: db.exec(select(Negotiation.journal_head)).all()) == heads


def test_a_case_that_cannot_be_swept_does_not_hold_up_the_others(house: House) -> None:
    """A region that nobody knows, as only a hand in the database could write it."""
    broken, sound = house.write(unanswered, 2)
    house.write(lambda db: db.connection().execute(text("UPDATE negotiation SET region = '999999' WHERE id = :id"), {"id": broken}))
    with pytest.raises(ExceptionGroup, match="1 of the clock's acts failed"):
        rooms.sweep(house, DAY_AFTER, noon(DAY_AFTER))
    assert [case for case, _day, _seat in house.read(lapses)] == [sound]


def test_two_who_sweep_at_once_do_each_act_once(house: House) -> None:
    """Two processes on PostgreSQL; SQLite has one process, so there two of its threads."""
    cases = house.write(unanswered, 8)
    if house.database.is_sqlite:
        done: list[int] = []
        start = threading.Barrier(2)

        def sweep() -> None:
            start.wait(10)
            done.append(rooms.sweep(house, DAY_AFTER, noon(DAY_AFTER)))

        threads = [threading.Thread(target=sweep) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    else:
        done = in_processes("sweep", house.database.url, DAY_AFTER)
    assert sum(done) == len(cases)
    assert sorted(case for case, _day, _seat in house.read(lapses)) == cases
    assert house.read(rooms.verify) == []
    assert set(house.read(lambda db: db.exec(select(Negotiation.state)).all())) == {State.DECLINED.value}
