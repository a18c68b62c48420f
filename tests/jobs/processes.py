"""Other processes of the same installation, which a test may start and kill. Forked from one that has loaded everything already."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlmodel import Session

from negotiation import forms
from negotiation.acts import NEGOTIATIONS, open_negotiation
from negotiation.models import Negotiation
from tests.cast import EMPLOYER, WORKERS, noon, perform
from web import house as rooms
from web import jobs
from web.dispatch import House
from web.settings import Settings
from workflow.database import Database
from workflow.proceedings import locked

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.jobs.warmed"])
PACE = jobs.Pace(beat=0.5, silence=3, poll=0.1, backoff=(0.5, 0.5, 0.5))
"""Hearts in a hurry, so that a test need not wait a minute for a death to be noticed."""


def start(work: Callable[..., None], *args: Any) -> tuple[BaseProcess, Connection]:
    """`work` gets the other end of the line, then `args`."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=work, args=(there, *args))
    process.start()
    there.close()
    return process, here


def in_processes(work: str, *args: Any) -> list[Any]:
    """The same work in two processes at once; what each answers."""
    running = [start(_once, work, *args) for _ in range(2)]
    for _process, line in running:
        assert line.poll(60)
        line.recv()
    for _process, line in running:
        line.send("go")
    answers = []
    for process, line in running:
        assert line.poll(60)
        answers.append(line.recv())
        process.join(30)
    return answers


def _once(line: Connection, work: str, url: str, on: date) -> None:
    house = House(Database(url))
    house.read(rooms.pending)
    line.send("ready")
    line.recv()
    line.send(getattr(rooms, work)(house, on, noon(on)))
    house.close()


def work(line: Connection, settings: Settings) -> None:
    """Run jobs until told to stop, or killed."""
    house = House(Database(settings.database), practice=settings.practice, secret=settings.secret)
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=jobs.run, args=(house, settings, stop), kwargs={"pace": PACE, "ready": ready})
    thread.start()
    assert ready.wait(60)
    line.send("ready")
    line.recv()
    stop.set()
    thread.join()
    house.close()


def act(line: Connection, url: str, people: Mapping[str, int], enterprise: int) -> None:
    """Act after act, case after case, each in a transaction of its own, until killed. Tells which is committed: (case, number of its entry)."""
    house = House(Database(url))
    while True:
        for step in acts(people, enterprise):
            line.send(house.write(step))


def acts(people: Mapping[str, int], enterprise: int) -> Iterator[Callable[[Session], tuple[int, int]]]:
    """The first acts of one case; each gives the case and the number of its entry."""
    case_id = 0

    def begin(db: Session) -> tuple[int, int]:
        nonlocal case_id
        case = _open(db, enterprise, people["李敏"])
        case_id = case.id or 0
        return case_id, case.journal_seq

    def one(name: str, by: str, on: date, /, **sent: Any) -> Callable[[Session], tuple[int, int]]:
        def do(db: Session) -> tuple[int, int]:
            case = perform(db, NEGOTIATIONS, locked(db, Negotiation, case_id), name, people[by], on, entered=on, **sent)
            return case_id, case.journal_seq

        return do

    yield begin
    yield one("offer", "李敏", date(2026, 9, 1))
    yield one("record_receipt", "陈静", date(2026, 9, 12), received=date(2026, 9, 12), means="return_slip")
    yield one("accept_offer", "陈静", date(2026, 9, 20), statement="同意协商。")
    yield one("appoint", "李敏", date(2026, 9, 21), side="workers", representatives=WORKERS)
    yield one("appoint", "陈静", date(2026, 9, 22), side="employer", representatives=EMPLOYER)
    yield one("request_information", "李敏", date(2026, 9, 22), what="上年度工资总额")
    yield one("name_recorder", "王强", date(2026, 9, 22), name="孙洁")
    yield one("convene", "李敏", date(2026, 9, 22), held_on=date(2026, 9, 28), place="会议室", agenda="工资", chair="joint")


def _open(db: Session, enterprise: int, person: int) -> Negotiation:
    given = {
        "kind": "wage",
        "level": "enterprise",
        "organisation": enterprise,
        "title": "工资专项集体合同",
        "subject": "工资调整幅度",
        "proposed_on": date(2026, 10, 1),
        "proposed_place": "会议室",
        "data_requested": "工资总额",
    }
    return open_negotiation(db, forms.Opening.read(given), person_id=person, on=date(2026, 9, 1), at=noon(date(2026, 9, 1)))
