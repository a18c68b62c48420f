"""The only way a handler gets a case: the one that this person may see, or 404."""

from litestar.exceptions import NotFoundException
from sqlmodel import Session

from negotiation.models import Negotiation
from negotiation.queries import Sight, sight
from web.practice import today
from workflow.proceedings import locked


def negotiation(db: Session, person_id: int, case_id: int, lock: bool = False) -> Negotiation:
    return seen(db, person_id, case_id, lock)[0]


def seen(db: Session, person_id: int, case_id: int, lock: bool = False) -> tuple[Negotiation, Sight]:
    """The case and how much of it the person sees."""
    if not 0 < case_id < 2**63:
        raise NotFoundException
    case = db.get(Negotiation, case_id)
    found = sight(db, case, person_id, today(db)) if case is not None else None
    if case is None or found is None:
        raise NotFoundException
    return (locked(db, Negotiation, case_id) if lock else case), found
