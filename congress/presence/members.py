"""Who may be in the presence book of a meeting: its members by the roll, and who attends without a vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from congress.models import CongressMeeting, RollEntry
from congress.presence.book import Whom
from congress.rolls.models import Attendee, CongressTerm, Constituency, Delegate
from congress.terms import TermState
from workflow.words import N_

BESIDE_THE_ROLL = N_("列席人员")


@dataclass(frozen=True)
class Member:
    """One person who can be checked in. `constituency_id` is none for whoever attends without a vote."""

    whom: Whom
    name: str
    staff_number: str
    constituency_id: int | None
    constituency: str


def members(db: Session, meeting: CongressMeeting, on: date) -> list[Member]:
    return [Member(Whom(delegate_id=d.id), d.name, d.staff_number, c.id, c.name) for d, c in roll_of(db, meeting, on)]


def roll_of(db: Session, meeting: CongressMeeting, on: date) -> Sequence[tuple[Delegate, Constituency]]:
    """The roll that was frozen when the meeting opened; before, that of its term on the day. Empty where no roll is kept."""
    if meeting.began_on is not None:
        frozen = select(Delegate, Constituency).join(Constituency, col(Constituency.id) == col(Delegate.constituency_id))
        frozen = frozen.join(RollEntry, col(RollEntry.delegate_id) == col(Delegate.id)).where(RollEntry.meeting_id == meeting.id)
        return db.exec(frozen.order_by(col(RollEntry.number))).all()
    on_roll = select(Delegate, Constituency).join(Constituency, col(Constituency.id) == col(Delegate.constituency_id))
    on_roll = on_roll.join(CongressTerm, _is_term_of(meeting)).where(col(Delegate.term_id) == col(CongressTerm.id))
    on_roll = on_roll.where(Delegate.since <= on, or_(col(Delegate.until).is_(None), col(Delegate.until) > on))
    return db.exec(on_roll.order_by(col(Constituency.number), col(Delegate.id))).all()


def attendees(db: Session, meeting: CongressMeeting, on: date) -> list[Member]:
    query = select(Attendee).join(CongressTerm, _is_term_of(meeting)).where(col(Attendee.term_id) == col(CongressTerm.id))
    query = query.where(Attendee.since <= on, or_(col(Attendee.until).is_(None), col(Attendee.until) > on))
    return [Member(Whom(attendee_id=a.id), a.name, "", None, BESIDE_THE_ROLL) for a in db.exec(query.order_by(col(Attendee.id)))]


def delegate_ids(found: Sequence[Member]) -> list[int]:
    return [one.whom.delegate_id for one in found if one.whom.delegate_id is not None]


def _is_term_of(meeting: CongressMeeting) -> ColumnElement[bool]:
    return and_(
        CongressTerm.organisation_id == meeting.organisation_id,
        CongressTerm.form == meeting.form,
        CongressTerm.number == meeting.term,
        CongressTerm.state != TermState.ELECTING,
    )
