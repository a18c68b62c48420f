"""What the documents of a negotiation share: who writes to whom, in whose name."""

from datetime import date
from typing import TypeAlias

from sqlmodel import Session, select

from negotiation.facts import Facts
from negotiation.models import Negotiation, Representative
from negotiation.terms import Side
from templates.documents.contexts import Party
from templates.documents.contexts import Representative as Named
from workflow.documents.catalogue import Writing
from workflow.organisations import Organisation
from workflow.people import Office, holders
from workflow.seats import Seat

Work: TypeAlias = Writing[Negotiation, Facts]

WORKER_SIDE = frozenset({Seat.UNION, Seat.WORKER_CHIEF})
EMPLOYER_SIDE = frozenset({Seat.EMPLOYER, Seat.EMPLOYER_CHIEF})
EITHER_SIDE = WORKER_SIDE | EMPLOYER_SIDE

NEGOTIATION = "negotiation"


def body(db: Session, case: Negotiation, side: Side) -> Organisation | None:
    """The organisation of a side; none for workers who have no union yet."""
    number = case.organisation_id if side is Side.EMPLOYER else case.union_id
    return db.get(Organisation, number) if number is not None else None


def name_of(w: Work, side: Side) -> str:
    found = body(w.db, w.case, side)
    return found.name if found else f"{w.facts.organisation.name}全体职工"


def initiator(w: Work) -> Organisation | None:
    return body(w.db, w.case, Side(w.case.initiator))


def other_side(w: Work) -> Organisation | None:
    return body(w.db, w.case, Side(w.case.initiator).other)


def union(w: Work) -> Organisation | None:
    return body(w.db, w.case, Side.WORKERS)


def enterprise(w: Work) -> Organisation | None:
    return body(w.db, w.case, Side.EMPLOYER)


def party(db: Session, case: Negotiation, side: Side, on: date) -> Party:
    own = body(db, case, side)
    office = Office.UNION_CHAIR if side is Side.WORKERS else Office.LEGAL_REPRESENTATIVE
    principals = holders(db, own.id or 0, {office}, on) if own else []
    chief = db.exec(
        select(Representative).where(
            Representative.negotiation_id == case.id,
            Representative.side == side,
            Representative.chief,
            Representative.until.is_(None),  # type: ignore[union-attr]
        )
    ).first()
    return Party(
        name=own.name if own else "全体职工",
        address=own.address if own else "",
        code=own.credit_code if own else "",
        principal=principals[0].name if principals else "",
        chief=chief.name if chief else "",
        chief_post=chief.post if chief else "",
    )


def named(row: Representative) -> Named:
    return Named(row.name, "女" if row.female else "男", row.post, row.chief, row.outsider)
