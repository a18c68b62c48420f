"""Other processes of the same installation, which a test may start and kill. Forked from one that has loaded everything already."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlmodel import Session, select

from mediation.acts import MEDIATIONS, apply_for_mediation
from mediation.forms import Application
from mediation.models import Party
from mediation.procedure import MEDIATION
from negotiation import forms
from negotiation.acts import NEGOTIATIONS, open_negotiation
from negotiation.procedure import NEGOTIATION
from tests.cast import EMPLOYER, WORKERS, noon, perform
from tests.mediation.cast import APPLICANT, RESPONDENT
from web import house as rooms
from web import jobs
from web.dispatch import House
from web.settings import Settings
from workflow.case import Case
from workflow.database import Database
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import Proceedings, locked
from workflow.seats import Seat

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


def act(line: Connection, url: str, kind: str, people: Mapping[str, int], body: int) -> None:
    """Act after act, case after case, each in a transaction of its own, until killed. Tells which is committed: (case, number of its entry)."""
    house = House(Database(url))
    while True:
        for step in ACTS[kind](people, body):
            line.send(house.write(step))


Step = Callable[[Session], tuple[int, int]]
"""One act; gives the case and the number of its entry."""


@dataclass
class _Case:
    """A case of which one act after the other is done."""

    proceedings: Proceedings[Any, Any]
    people: Mapping[str, int]
    number: int = 0

    def begin(self, open_one: Callable[[Session], Case]) -> Step:
        def do(db: Session) -> tuple[int, int]:
            case = open_one(db)
            self.number = case.id or 0
            return self.number, case.journal_seq

        return do

    def one(self, name: str, by: str, on: date, /, **sent: Any) -> Step:
        def do(db: Session) -> tuple[int, int]:
            case = locked(db, self.proceedings.model, self.number)
            done = perform(db, self.proceedings, case, name, self.people[by], on, entered=on, **sent)
            return self.number, done.journal_seq

        return do


def talks(people: Mapping[str, int], enterprise: int) -> Iterator[Step]:
    """The first acts of a negotiation."""
    case = _Case(NEGOTIATIONS, people)
    yield case.begin(lambda db: _negotiation(db, enterprise, people["李敏"]))
    yield case.one("offer", "李敏", date(2026, 9, 1))
    yield case.one("record_receipt", "陈静", date(2026, 9, 12), received=date(2026, 9, 12), means="return_slip")
    yield case.one("accept_offer", "陈静", date(2026, 9, 20), statement="同意协商。")
    yield case.one("appoint", "李敏", date(2026, 9, 21), side="workers", representatives=WORKERS)
    yield case.one("appoint", "陈静", date(2026, 9, 22), side="employer", representatives=EMPLOYER)
    yield case.one("request_information", "李敏", date(2026, 9, 22), what="上年度工资总额")
    yield case.one("name_recorder", "王强", date(2026, 9, 22), name="孙洁")
    yield case.one("convene", "李敏", date(2026, 9, 22), held_on=date(2026, 9, 28), place="会议室", agenda="工资", chair="joint")


def dispute(people: Mapping[str, int], committee: int) -> Iterator[Step]:
    """A mediation until its agreement is signed by one side."""
    case = _Case(MEDIATIONS, people)
    parties: dict[str, int] = {}

    def begin(db: Session) -> Case:
        opened = _application(db, committee, people["方雨"])
        parties.update({p.role: p.id or 0 for p in db.exec(select(Party).where(Party.case_id == opened.id))})
        return opened

    yield case.begin(begin)
    yield case.one("ask_consent", "方雨", date(2026, 9, 14), answer_by=date(2026, 9, 17))
    yield case.one("consent", "陈静", date(2026, 9, 15))
    yield case.one("accept", "顾平", date(2026, 9, 15))
    yield case.one("assign", "顾平", date(2026, 9, 15), mediators=[people["罗文"]])
    yield case.one("hold_talk", "罗文", date(2026, 9, 16), place="调解室", present="双方", record="核对工资表。")
    yield case.one("keep_note", "罗文", date(2026, 9, 16), party=parties["applicant"], text="可以分期。")
    yield case.one("make_proposal", "罗文", date(2026, 9, 16), text="分两期支付。", amount_fen="18000")
    owed = {"debtor": parties["respondent"], "what": "支付工资", "head": "remuneration", "amount_fen": "9000", "how": "转账"}
    terms = [{**owed, "due": date(2026, 10, day)} for day in (10, 30)]
    yield case.one("agree", "罗文", date(2026, 9, 18), result="分两期支付18000元。", terms=terms)
    yield case.one("sign", "孙洁", date(2026, 9, 18), mark=f"party:{parties['applicant']}")


ACTS: Mapping[str, Callable[[Mapping[str, int], int], Iterator[Step]]] = {NEGOTIATION.name: talks, MEDIATION.name: dispute}


def _negotiation(db: Session, enterprise: int, person: int) -> Case:
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


def _application(db: Session, committee: int, clerk: int) -> Case:
    given = {
        "committee": committee,
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付工资18000元",
        "account": "公司三个月没有支付工资。",
    }
    by, on = Actor(clerk, frozenset({Seat.COMMITTEE_CLERK}), Seat.COMMITTEE_CLERK), date(2026, 9, 14)
    return apply_for_mediation(db, Application.read(given), db.get_one(Organisation, committee), by=by, today=on, at=noon(on))
