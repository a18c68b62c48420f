"""Any process may die at any moment (`kill -9`): nothing that was said to be done is lost, nothing is left half done."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from mediation.models import AgreementTerm, MediationAgreement, MediationCase
from mediation.procedure import MEDIATION
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from tests.cast import noon
from tests.jobs.post import Mailbox, mail_server, wait_until
from tests.jobs.processes import act, start, work
from tests.jobs.test_sweep import DAY_AFTER, lapses, unanswered
from tests.mediation.cast import street
from web import house as rooms
from web.dispatch import House
from web.practice import now, set_today
from web.sending import Sending
from web.settings import Settings
from workflow.case import Case
from workflow.database import Database
from workflow.deadlines import Event
from workflow.journal import Entry, addenda, entries
from workflow.outbox import Message, tell
from workflow.people import Person
from workflow.seats import Seat
from workflow.words import say

ROUNDS = 10
KINDS: Mapping[str, type[Case]] = {NEGOTIATION.name: Negotiation, MEDIATION.name: MediationCase}


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database, practice=True)
    opened.write(set_today, DAY_AFTER, by=None)
    yield opened
    opened.close()


# ---- killed while acting


STARTING = frozenset({"record_receipt", "register", "ask_consent", "accept"})
"""Acts that bring an event with them, and so a period."""


def halves(db: Session) -> list[str]:
    """Whatever is not whole: a case that is not where its last entry left it, or an act of which only a part was kept."""
    faults = [f"{fault.case}#{fault.seq} {fault.sentence}" for fault in rooms.verify(db)]
    for kind, model in KINDS.items():
        for case in db.exec(select(model)).all():
            faults += _halves_of(db, kind, case)
    drawn = db.exec(select(MediationAgreement)).all()
    terms = Counter(db.exec(select(AgreementTerm.agreement_id)).all())
    return faults + [f"agreement {one.id} lacks a term" for one in drawn if terms[one.id or 0] != 2]


def _halves_of(db: Session, kind: str, case: Case) -> list[str]:
    number, faults = case.id or 0, list[str]()
    journal = entries(db, kind, number)
    happened = Counter(event.seq for event in db.exec(select(Event).where(Event.case_kind == kind, Event.case_id == number)).all())
    last = journal[-1]
    head = next((one.hash for one in reversed(addenda(db, kind, number)) if one.seq == last.seq), last.hash)
    if (last.state_to, head, last.seq) != (case.state, case.journal_head, case.journal_seq):
        faults.append(f"{kind} {number} is {case.state}, its journal ends in {last.state_to}")
    if happened.keys() - {entry.seq for entry in journal}:
        faults.append(f"{kind} {number} has events of acts that were not done")
    return faults + [
        f"{kind} {number} entry {e.seq}: {e.act} without its event" for e in journal if e.act in STARTING and not happened[e.seq]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_killed_while_acting_leaves_every_case_whole(house: House, kind: str) -> None:
    chance = random.Random(20260901)
    committee = house.write(lambda db: street(db))
    people, body = committee.house.people, committee.body if kind == MEDIATION.name else committee.house.enterprise
    committed: dict[int, int] = {}
    for _ in range(ROUNDS):
        process, line = start(act, house.database.url, kind, people, body.id or 0)
        try:
            for _act in range(chance.randint(1, 20)):
                assert line.poll(60)
                case, seq = line.recv()
                committed[case] = seq
            time.sleep(chance.uniform(0.0, 0.03))
        finally:
            process.kill()
            process.join(10)
        committed |= dict(_heard(line))
        assert house.read(halves) == []
    kept = house.read(lambda db: {case.id: case.journal_seq for case in db.exec(select(KINDS[kind])).all()})
    assert all(kept[case] >= seq for case, seq in committed.items())
    assert len(committed) >= ROUNDS and max(committed.values()) > 3
    # The cases that lie open can be gone on with.
    swept = rooms.sweep(house, DAY_AFTER, noon(DAY_AFTER))
    assert swept == house.read(lambda db: len(db.exec(select(Entry.id).where(Entry.seat == Seat.CLOCK)).all()))
    assert house.read(halves) == []


def _heard(line: Connection) -> list[tuple[int, int]]:
    """What the killed process had said by then; its last word may be cut off."""
    said = []
    try:
        while line.poll():
            said.append(line.recv())
    except (EOFError, OSError):
        pass
    return said


# ---- killed while at work


@dataclass
class Crew:
    """The processes of the installation; what is left of them at the end is told to go home."""

    settings: Settings
    running: list[tuple[BaseProcess, Connection]]

    def hire(self) -> BaseProcess:
        process, line = start(work, self.settings)
        self.running.append((process, line))
        assert line.poll(60)
        line.recv()
        return process

    def dismiss(self) -> None:
        for process, line in self.running:
            if process.is_alive():
                line.send("go home")
                process.join(20)
            process.kill()
            process.join(10)


def told(db: Session, times: int) -> list[int]:
    """So many messages to each of nine people, written a moment ago."""
    people = []
    for number, person in enumerate(db.exec(select(Person)).all()):
        person.email = f"p{number}@works.example"
        db.add(person)
        people.append(person.id)
    for number in range(times):
        tell(db, people, say("第{n}条。", n=number), kind="", case_id=None, at=now())
    return [i for i in db.exec(select(Message.id).where(Message.case_kind == "")).all() if i is not None]


def test_what_a_killed_process_had_in_hand_is_done_by_another(house: House) -> None:
    """On PostgreSQL the other of two processes takes over; SQLite has one process, which is started again."""
    cases = house.write(unanswered, 6)
    messages = house.write(told, 8)
    with mail_server(takes=0.1) as box:
        settings = Settings(house.database.url, "ab" * 32, practice=True, smtp=box.address, mail_sender="heyi@union.example")
        crew = Crew(settings, [])
        try:
            first = crew.hire()
            if not house.database.is_sqlite:
                crew.hire()
            wait_until(lambda: len(box.mails) >= 10, 60)
            first.kill()
            first.join(10)
            assert len(set(box.ids())) < len(messages), "the kill came too late to prove anything"
            if house.database.is_sqlite:
                crew.hire()
            wait_until(lambda: house.read(_left) == (0, 0), 90)
        finally:
            crew.dismiss()
        _check_mails(box, messages)
    assert sorted(case for case, _day, _seat in house.read(lapses)) == cases
    assert house.read(rooms.verify) == []
    assert all(one.sent_at for one in house.read(lambda db: db.exec(select(Sending)).all()))


def _left(db: Session) -> tuple[int, int]:
    """Messages not sent, and jobs not done."""
    schema = "" if db.get_bind().dialect.name == "sqlite" else "dbos."
    jobs = db.connection().scalar(text(f"SELECT count(*) FROM {schema}workflow_status WHERE status NOT IN ('SUCCESS')"))
    unsent = len(db.exec(select(Message.id).where(Message.sent_at == None)).all())  # noqa: E711
    return unsent, int(jobs or 0)


def _check_mails(box: Mailbox, messages: list[int]) -> None:
    """Each at least once. Twice only what the killed process was handing over just then: at most one mail a thread."""
    wanted = {f"<message-{number}@union.example>" for number in messages}
    mails = Counter(i for i in box.ids() if i in wanted)
    assert mails.keys() == wanted
    assert sum(mails.values()) - len(wanted) <= 8
