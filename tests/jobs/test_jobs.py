"""The engine itself: a row that wants a job gets it done within seconds, and what was missed is caught up with."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import text
from sqlmodel import Session, select

from negotiation.models import Negotiation, RoomNote
from negotiation.terms import Side, State
from tests.cases.hall import a_hall
from tests.cast import hongxing, noon, talks, wage_talks
from tests.jobs.post import mail_server, wait_until
from tests.jobs.processes import PACE
from tests.jobs.test_sending import offered
from tests.jobs.test_sweep import DAY_AFTER, lapses, unanswered
from tests.procedures.walk import SHANGHAI, settled
from tests.web.client import Client
from web import jobs, nodes
from web.app import create_app
from web.dispatch import House
from web.house import clear
from web.migrations import migrate
from web.practice import now, set_today
from web.settings import ROOT, Settings
from workflow.database import Database
from workflow.journal import Checkpoint
from workflow.outbox import Message
from workflow.retention import erase

TODAY = date(2026, 9, 5)


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database, practice=True)
    opened.write(set_today, TODAY, by=None)
    yield opened
    opened.close()


@contextmanager
def at_work(house: House, **more: Any) -> Iterator[None]:
    stop, ready = threading.Event(), threading.Event()
    settings = Settings(house.database.url, secret="ab" * 32, **more)
    thread = threading.Thread(target=jobs.run, args=(house, settings, stop), kwargs={"pace": PACE, "ready": ready})
    thread.start()
    try:
        assert ready.wait(30)
        yield
    finally:
        stop.set()
        thread.join(30)


def offer(db: Session) -> None:
    """An offer is made now: two people are told."""
    offered(db)
    for message in db.exec(select(Message)).all():
        message.created_at = now()
        db.add(message)


def finished(name: str) -> list[str]:
    """Names of the jobs of one kind that have ended well."""
    assert jobs._running is not None
    return [job.workflow_id for job in jobs._running.client.list_workflows(name=name, status="SUCCESS")]


def unsent(db: Session) -> int:
    return len([message for message in db.exec(select(Message)).all() if message.sent_at is None])


def test_a_message_is_sent_soon_after_the_act_that_wrote_it(house: House) -> None:
    with mail_server() as box, at_work(house, smtp=box.address):
        house.write(offer)
        wait_until(lambda: len(box.mails) == 2)
        wait_until(lambda: house.read(unsent) == 0)


def test_an_act_that_is_undone_sends_nothing(house: House) -> None:
    def undone(db: Session) -> None:
        offer(db)
        raise ZeroDivisionError

    with mail_server() as box, at_work(house, smtp=box.address):
        with pytest.raises(ZeroDivisionError):
            house.write(undone)
        house.write(offer)
        wait_until(lambda: house.read(lambda db: unsent(db) == 0 and db.exec(select(Message)).first() is not None))
        wait_until(lambda: len(finished("send")) == 2)
        assert len(box.mails) == 2


def test_a_message_written_by_a_process_without_jobs_is_sent_when_jobs_begin(house: House) -> None:
    house.write(offer)
    with mail_server() as box, at_work(house, smtp=box.address):
        wait_until(lambda: house.read(unsent) == 0)
        assert len(box.mails) == 2


def test_a_message_that_nobody_sent_for_a_week_is_no_news_any_more(house: House) -> None:
    house.write(offer)
    house.write(lambda db: db.connection().execute(text("UPDATE message SET created_at = :at"), {"at": now() - timedelta(days=8)}))
    with mail_server() as box, at_work(house, smtp=box.address):
        wait_until(lambda: house.read(unsent) == 0)
        assert box.mails == []


def test_a_busy_server_is_asked_again_without_anybodys_doing(house: House) -> None:
    with mail_server(busy=3) as box, at_work(house, smtp=box.address):
        house.write(offer)
        wait_until(lambda: house.read(unsent) == 0)
        assert len(box.mails) == 2


def test_a_certified_result_reaches_the_negotiation_by_itself(house: House) -> None:
    """Decided, counted and certified in the hall; nobody enters anything in the negotiation."""

    def certify(db: Session) -> None:
        story = settled(db, SHANGHAI)
        hall = a_hall(story, date(2026, 4, 20), date(2026, 4, 1))
        story.submit_to_congress("李敏", date(2026, 4, 1), meetings=[hall.id])
        hall.call(date(2026, 4, 2))
        hall.vote(date(2026, 4, 20), 40, 10)

    def state() -> str:
        return house.read(lambda db: db.exec(select(Negotiation.state)).one())

    with at_work(house):
        house.write(certify)
        wait_until(lambda: state() == State.ADOPTED)
        wait_until(lambda: len(finished("hear")) == 1)


def test_what_time_brought_while_nobody_ran_is_done_when_jobs_begin(house: House) -> None:
    (case,) = house.write(unanswered)
    house.write(set_today, date(2026, 11, 2), by=None)
    with at_work(house):
        wait_until(lambda: house.read(lapses) != [])
    assert [(one, day) for one, day, _seat in house.read(lapses)] == [(case, DAY_AFTER)]


def test_the_hours_job_does_what_the_hour_brings(house: House) -> None:
    house.write(unanswered)
    with at_work(house):
        wait_until(lambda: finished("begin") != [])
        house.write(set_today, DAY_AFTER, by=None)
        jobs.every_hour(now(), None)
    assert len(house.read(lapses)) == 1


def test_the_morning_reminds(house: House) -> None:
    house.write(unanswered)
    with at_work(house):
        wait_until(lambda: finished("begin") != [])
        house.write(set_today, date(2026, 9, 28), by=None)
        jobs.every_morning(now(), None)
    words = [str(message.sentence()) for message in house.read(lambda db: db.exec(select(Message)).all())]
    assert words.count("“书面答复要约”今天到期。") == 2


def test_the_journal_is_sealed_every_minute_in_which_something_was_written(house: House) -> None:
    house.write(unanswered)

    def seals() -> list[int]:
        return house.read(lambda db: [seal.last_entry for seal in db.exec(select(Checkpoint)).all()])

    with at_work(house):
        jobs.every_minute(now(), None)
        first = seals()
        jobs.every_minute(now(), None)
        assert len(first) == 1 and seals() == first
        house.write(lambda db: wage_talks(db, hongxing(db, "330100", city="杭州"), date(2026, 9, 1)))
        jobs.every_minute(now(), None)
        assert len(seals()) == 2


def test_jobs_that_ended_long_ago_are_forgotten(house: House) -> None:
    with at_work(house):
        wait_until(lambda: finished("begin") != [])
        assert jobs._running is not None
        jobs._forget(jobs._running, now() + timedelta(days=2))
        assert finished("begin") != []
        jobs._forget(jobs._running, now() + timedelta(days=4))
        assert finished("begin") == []


def test_schedules_follow_the_clock_of_china(house: House) -> None:
    with at_work(house):
        assert jobs._running is not None
        found = {one["schedule_name"]: (one["schedule"], one["cron_timezone"]) for one in jobs._running.client.list_schedules()}
    assert found == {
        "every_minute": ("* * * * *", "Asia/Shanghai"),
        "every_hour": ("0 * * * *", "Asia/Shanghai"),
        "every_morning": ("0 8 * * *", "Asia/Shanghai"),
    }


def test_what_is_kept_for_a_job_is_readable_and_names_nobody(house: House) -> None:
    """A number and no more: DBOS's own way would be a pickle, which runs what it reads."""
    with mail_server() as box, at_work(house, smtp=box.address):
        house.write(offer)
        wait_until(lambda: len(box.mails) == 2)
        schema = "" if house.database.is_sqlite else "dbos."
        kept = house.read(
            lambda db: db.connection().execute(text(f"SELECT inputs FROM {schema}workflow_input WHERE workflow_uuid LIKE 'send-%'")).all()
        )
    assert kept and all(json.loads(row[0]).keys() == {"namedArgs", "positionalArgs"} for row in kept)


def test_a_process_that_was_taken_for_dead_goes_on_under_a_name_of_its_own(house: House) -> None:
    with mail_server() as box, at_work(house, smtp=box.address):
        assert jobs._running is not None
        before = jobs._running.claim

        def take_away(db: Session) -> None:
            node = db.get_one(nodes.Node, before.name)
            node.claim = "another"
            db.add(node)

        house.write(take_away)
        wait_until(lambda: jobs._running is not None and jobs._running.claim != before)
        house.write(offer)
        wait_until(lambda: len(box.mails) == 2)


def test_two_living_processes_never_hold_one_name(house: House) -> None:
    second = timedelta(seconds=60)
    first, then = house.write(nodes.take, second), house.write(nodes.take, second)
    assert (first.name == then.name) is house.database.is_sqlite
    assert house.write(nodes.beat, first) is not house.database.is_sqlite
    assert house.write(nodes.beat, then)
    assert house.read(nodes.alive, second) == {first.name, then.name}


def test_the_name_of_the_dead_goes_to_the_next_who_starts(house: House) -> None:
    dead = house.write(nodes.take, timedelta(seconds=60))
    heir = house.write(nodes.take, timedelta(0))
    assert heir.name == dead.name
    assert not house.write(nodes.beat, dead)
    house.write(nodes.leave, dead)
    assert house.write(nodes.beat, heir)


def test_an_sqlite_that_loses_commits_gets_one_writer_at_a_time(tmp_path: Path) -> None:
    class OldSQLite(Database):
        def is_faulty_sqlite(self) -> bool:
            return True

    database = OldSQLite(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    migrate(database)
    house = House(database, practice=True)
    house.write(set_today, TODAY, by=None)
    with mail_server() as box, at_work(house, smtp=box.address):
        house.write(offer)
        wait_until(lambda: house.read(unsent) == 0)
    assert len(box.mails) == 2
    house.close()


def test_personal_words_are_erased_when_their_time_is_over(house: House) -> None:
    def note(db: Session) -> None:
        story = wage_talks(db, hongxing(db), date(2026, 9, 1))
        for last in (date(2026, 12, 31), date(2027, 1, 1), None):
            db.add(
                RoomNote(
                    negotiation_id=story.case.id or 0,
                    side=Side.WORKERS,
                    heading="底线",
                    text=str(last),
                    author_id=story.house["王强"],
                    written_at=noon(TODAY),
                    erase_after=last,
                )
            )

    house.write(note)
    assert house.write(erase, date(2027, 1, 1)) == 1
    assert house.read(lambda db: set(db.exec(select(RoomNote.text)).all())) == {"2027-01-01", "None"}


def test_a_sides_notes_are_erased_two_years_after_the_case_has_ended(house: House) -> None:
    def end(db: Session) -> None:
        story = wage_talks(db, hongxing(db), date(2026, 9, 1))
        for case in (story.case, talks(db, story.house, date(2026, 9, 1), kind="safety", title="专项").case):
            db.add(
                RoomNote(
                    negotiation_id=case.id or 0,
                    side=Side.WORKERS,
                    heading="底线",
                    text=case.title,
                    author_id=story.house["王强"],
                    written_at=noon(TODAY),
                )
            )
        story.case.state, story.case.closed_on = State.ENDED, date(2028, 2, 29)

    house.write(end)
    titles = house.read(lambda db: {c.title for c in db.exec(select(Negotiation))})
    clear(house, date(2030, 2, 28), noon(date(2030, 2, 28)))
    assert house.read(lambda db: set(db.exec(select(RoomNote.text)).all())) == titles
    clear(house, date(2030, 3, 1), noon(date(2030, 3, 1)))
    assert house.read(lambda db: set(db.exec(select(RoomNote.text)).all())) == {"专项"}


def test_a_day_set_for_practice_brings_what_it_brings_at_once(client: Client) -> None:
    def overdue(db: Session) -> int:
        set_today(db, TODAY, by=None)
        unanswered(db)
        return db.exec(select(Negotiation.union_id)).one() and 1

    person = client.house.write(overdue)
    client.as_(person)
    client.post("/practice-date", {"day": "2026-09-28", "back": "/me"})
    assert client.house.read(lapses) == []
    client.post("/practice-date", {"day": "2026-09-29", "back": "/me"})
    assert len(client.house.read(lapses)) == 1


def names(house: House) -> list[str]:
    return list(house.read(lambda db: db.exec(select(nodes.Node.name)).all()))


def test_a_server_works_beside_its_pages(house: House) -> None:
    settings = Settings(house.database.url, secret="ab" * 32, practice=True)
    with TestClient(create_app(settings)):
        wait_until(lambda: names(house) == ["node-1"] and jobs._running is not None)
    assert names(house) == [] and jobs._running is None


def test_a_server_may_leave_the_work_to_another(house: House) -> None:
    settings = Settings(house.database.url, secret="ab" * 32, practice=True, jobs=False)
    with TestClient(create_app(settings)) as http:
        assert http.get("/login").status_code == 200
        assert not [thread for thread in threading.enumerate() if thread.name == "jobs"]


def test_work_is_done_from_the_shell_until_it_is_told_to_stop(house: House, tmp_path: Path) -> None:
    """SQLite has one process, the server; there the command says so."""
    environment = {
        **os.environ,
        "HEYI_DATABASE": house.database.url,
        "HEYI_DATA": str(tmp_path),
        "HEYI_PRACTICE": "1",
        "LC_ALL": "zh_CN.UTF-8",
    }
    command = [sys.executable, "-m", "web.cli", "work"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        if not house.database.is_sqlite:
            wait_until(lambda: names(house) != [], 60)
            process.terminate()
        said, _ = process.communicate(timeout=60)
    if house.database.is_sqlite:
        assert process.returncode == 1 and "SQLite数据库只能用一个进程" in said
    else:
        assert process.returncode == 0, said
        assert names(house) == []
