"""How long a side's own notes outlive the case."""

from datetime import date

from sqlmodel import Session, col, select

from negotiation.models import Negotiation, RoomNote
from negotiation.terms import State

YEARS = 2
"""After the case has ended, as the text of an ended labour contract is kept for two years (劳动合同法 Art. 50); no rule speaks of notes."""


def date_notes(db: Session) -> int:
    """Give the notes of ended cases their last day; gives how many had none yet."""
    query = (
        select(RoomNote, Negotiation)
        .join(Negotiation, col(Negotiation.id) == col(RoomNote.negotiation_id))
        .where(Negotiation.state == State.ENDED, col(Negotiation.closed_on).is_not(None), col(RoomNote.erase_after).is_(None))
    )
    found = db.exec(query).all()
    for note, case in found:
        assert case.closed_on is not None
        note.erase_after = _years_after(case.closed_on)
        db.add(note)
    return len(found)


def _years_after(day: date) -> date:
    """The same day two years on; 29 February ends with the month."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return day.replace(year=day.year + YEARS, day=28)
