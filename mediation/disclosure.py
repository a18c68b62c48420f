"""Who may read what of a case: what a party told the mediator alone, and what was handed in for some eyes only."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from mediation.documents.writing import CONDUCT
from mediation.facts import Facts
from mediation.models import CaucusNote, HandedIn, MediationCase
from mediation.queries import KIND, standing_for
from mediation.terms import Circle
from workflow.evidence import Evidence
from workflow.journal import Entry
from workflow.people import appointments
from workflow.seats import Seat
from workflow.statements import statements

READS = {
    Circle.APPLICANT: frozenset({Seat.APPLICANT, Seat.MEDIATOR}),
    Circle.RESPONDENT: frozenset({Seat.RESPONDENT, Seat.MEDIATOR}),
    Circle.MEDIATOR: frozenset({Seat.MEDIATOR}),
}
"""Circle → seats that read it. Clerk and chair keep the case without reading what is between a party and the mediator."""


def may_read(circle: str | None, seats: Collection[Seat]) -> bool:
    return circle is None or circle == Circle.EVERYBODY or bool(READS[Circle(circle)] & set(seats))


def notes(db: Session, case: MediationCase, facts: Facts, person_id: int, seats: Collection[Seat], on: date) -> list[CaucusNote]:
    """A party reads what was noted of its own talks; a mediator his notes and those of who mediates with him, not those of one who left."""
    found = db.exec(select(CaucusNote).where(CaucusNote.case_id == case.id).order_by(col(CaucusNote.held_on), col(CaucusNote.id))).all()
    if Seat.MEDIATOR in seats:
        present = {a.person_id for a in facts.assignments if a.until is None}
        return [n for n in found if n.author_id in present]
    own = {p.id for p in standing_for(facts.parties, person_id, appointments(db, person_id, on))}
    return [n for n in found if n.party_id in own]


def handed_in(facts: Facts, seats: Collection[Seat]) -> list[HandedIn]:
    return [one for one in facts.handed_in if may_read(one.circle, seats)]


def files(db: Session, case: MediationCase, seats: Collection[Seat]) -> list[Evidence]:
    query = select(Evidence).where(Evidence.case_kind == KIND, Evidence.case_id == case.id).order_by(col(Evidence.id).desc())
    return [file for file in db.exec(query).all() if may_read(file.side, seats)]


def said(db: Session, case: MediationCase, seats: Collection[Seat]) -> dict[int, dict[str, str]]:
    """Journal entry → field → what was said with the act. What a party said at a visit (回访) is for those who conduct the case."""
    found = statements(db, KIND, case.id or 0)
    if CONDUCT & set(seats):
        return found
    visits = db.exec(select(Entry.seq).where(Entry.case_kind == KIND, Entry.case_id == case.id, Entry.act == "follow_up")).all()
    return {seq: words for seq, words in found.items() if seq not in visits}
