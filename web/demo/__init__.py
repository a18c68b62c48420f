"""The demonstration: a federation in Shanghai and Zhejiang, its enterprises and people, and a case at every stage.

Nothing is written past the procedures: every case walks from its opening to where it stands by the acts themselves, on days
counted back from the day of loading. All names are invented.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from congress.models import MeetingOfficer
from congress.terms import OFFICER_LABELS, OfficerSeat
from negotiation.models import Negotiation
from web.accounts.models import Account
from web.demo.cases import TALES as NEGOTIATIONS
from web.demo.congress import logistics_joint, pumps_disclosures, pumps_proposals
from web.demo.grievances import grievances
from web.demo.hall import pumps_congress
from web.demo.mediation import disputes
from web.demo.people import PASSWORD, found_everybody
from web.demo.rolls import elected
from workflow.organisations import Organisation
from workflow.outbox import Message
from workflow.people import OFFICE_LABELS, Appointment, Office, Person
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, say

TALES = (*NEGOTIATIONS, pumps_proposals, pumps_disclosures, logistics_joint, pumps_congress, disputes, grievances)
NEWS = timedelta(days=14)
"""Messages younger than this are unread."""


class NotEmpty(Exception):
    """The demonstration is loaded into an empty database only; `sentence` says so."""

    def __init__(self) -> None:
        self.sentence: Sentence = say(N_("数据库里已经有单位或者账户了。演示数据只能装进空的数据库，请换一个数据库再装。"))
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class DemoAccount:
    login: str
    password: str
    name: str
    organisation: str
    seats: tuple[str, ...]
    """Offices, and what the person does in the cases, as msgids."""

    def __str__(self) -> str:
        return f"{self.organisation}　{self.name}　{'、'.join(self.seats)}　{self.login}"


def load(db: Session, on: date, at: datetime, tell: Callable[[int, int], None] | None = None) -> list[DemoAccount]:
    """Load everything as of the day `on`. `tell` hears how many cases of how many are done. Raises `NotEmpty`."""
    if db.exec(select(Organisation.id).limit(1)).first() is not None or db.exec(select(Account.id).limit(1)).first() is not None:
        raise NotEmpty
    world = found_everybody(db, on, at)
    elected(world)
    for done, tale in enumerate(TALES, start=1):
        tale(world)
        db.flush()
        if tell is not None:
            tell(done, len(TALES))
    _read_old_messages(db, on)
    return accounts(db)


def _read_old_messages(db: Session, on: date) -> None:
    """Nobody leaves the news of three years unread."""
    before = datetime.combine(on - NEWS, time(), UTC)
    db.execute(update(Message).where(col(Message.created_at) < before).values(read_at=before))


def accounts(db: Session) -> list[DemoAccount]:
    """Everybody who signs in, with all offices and seats held."""
    seats = _seats(db)
    rows = db.exec(
        select(Account, Person, Appointment, Organisation)
        .join(Person, col(Person.id) == col(Account.person_id))
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Appointment.organisation_id))
        .order_by(col(Account.id), col(Appointment.id))
    ).all()
    found: dict[str, DemoAccount] = {}
    for account, person, appointment, organisation in rows:
        held = (OFFICE_LABELS[Office(appointment.office)], *sorted(seats.get(account.person_id, ())))
        found[account.login] = DemoAccount(account.login, PASSWORD, person.name, organisation.name, held)
    return list(found.values())


def _seats(db: Session) -> dict[int, set[str]]:
    """What people are in the cases beside their offices: recorders, and those who conduct a meeting of the congress or count there."""
    found: dict[int, set[str]] = {}
    for person in db.exec(select(Negotiation.recorder_id).where(col(Negotiation.recorder_id).is_not(None))):
        found.setdefault(person or 0, set()).add(SEAT_LABELS[Seat.RECORDER])
    for officer in db.exec(select(MeetingOfficer).where(col(MeetingOfficer.person_id).is_not(None))):
        found.setdefault(officer.person_id or 0, set()).add(OFFICER_LABELS[OfficerSeat(officer.seat)])
    return found
