"""How long what was said to a mediator alone outlives the case."""

from datetime import date

from sqlmodel import Session, col, select

from mediation.models import CaucusNote, MediationCase
from mediation.terms import State
from workflow.clock import add_months

MONTHS = 24
"""As the text of an ended labour contract is kept for two years (劳动合同法 Art. 50); the notes are no part of the archive."""


def date_notes(db: Session) -> int:
    """Give the notes of closed cases their last day; gives how many had none yet."""
    query = (
        select(CaucusNote, MediationCase)
        .join(MediationCase, col(MediationCase.id) == col(CaucusNote.case_id))
        .where(MediationCase.state == State.CLOSED, col(MediationCase.closed_on).is_not(None), col(CaucusNote.erase_after).is_(None))
    )
    found = db.exec(query).all()
    for note, case in found:
        note.erase_after = last_day(case.closed_on)
        db.add(note)
    return len(found)


def last_day(closed_on: date | None) -> date:
    assert closed_on is not None
    return add_months(closed_on, MONTHS)
