"""What is read of disclosures: seats, who may see them, and which affairs have not been disclosed for a year."""

from datetime import date

from sqlmodel import Session, col, func, select

from congress.disclosure.models import Disclosure, Remark
from congress.disclosure.procedure import Facts
from congress.queries import EMPLOYER_OFFICES, offices_of, union_behind
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation
from workflow.people import holders, who_sign_in
from workflow.procedure import Actor
from workflow.seats import Seat


def actor(db: Session, disclosure: Disclosure, person_id: int, on: date) -> Actor:
    seats = seats_of(db, disclosure, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats)


def seats_of(db: Session, disclosure: Disclosure, person_id: int, on: date) -> frozenset[Seat]:
    return rolls.seats_of(db, db.get_one(CongressTerm, disclosure.term_id), person_id, on)


def people(db: Session, disclosure: Disclosure, seats: set[Seat], on: date) -> set[int | None]:
    body = db.get_one(Organisation, disclosure.organisation_id)
    union = union_behind(db, body)
    found: set[int | None] = set()
    if Seat.UNION in seats and union is not None and union.id is not None:
        found |= {p.id for p in holders(db, union.id, set(offices_of(union)), on)}
    if Seat.EMPLOYER in seats and body.id is not None:
        found |= {p.id for p in holders(db, body.id, set(EMPLOYER_OFFICES), on)}
    return found


def visible_to(db: Session, disclosure: Disclosure, person_id: int, on: date) -> bool:
    return bool(seats_of(db, disclosure, person_id, on))


def terms_to_disclose_in(db: Session, person_id: int, on: date) -> list[CongressTerm]:
    """Terms in office of enterprises in which this person discloses, or enters what was disclosed."""
    serving = [t for t in rolls.visible_terms(db, person_id, on) if t.state == "serving"]
    return [t for t in serving if rolls.seats_of(db, t, person_id, on) & {Seat.EMPLOYER, Seat.UNION}]


def disclosures(db: Session, person_id: int, on: date) -> list[Disclosure]:
    """All that this person may see, newest first."""
    terms = [t.id for t in rolls.visible_terms(db, person_id, on) if rolls.seats_of(db, t, person_id, on)]
    query = select(Disclosure).where(col(Disclosure.term_id).in_(terms))
    return list(db.exec(query.order_by(col(Disclosure.opened_on).desc(), col(Disclosure.id).desc())).all())


def unanswered(db: Session, ids: list[int | None]) -> dict[int, int]:
    """Disclosure → opinions that wait for an answer."""
    query = select(Remark.disclosure_id, func.count()).where(col(Remark.disclosure_id).in_(ids), col(Remark.answered_on).is_(None))
    return dict(db.exec(query.group_by(col(Remark.disclosure_id))).all())


def rules(db: Session, disclosure: Disclosure) -> Rulebook:
    return rulebook(disclosure.region, "congress", load_overrides(db))


def facts(db: Session, disclosure: Disclosure, on: date) -> Facts:
    remarks = db.exec(select(Remark).where(Remark.disclosure_id == disclosure.id).order_by(col(Remark.number))).all()
    held = {p for p in people(db, disclosure, {Seat.EMPLOYER}, on) if p is not None}
    absent = frozenset() if held & who_sign_in(db, held) else frozenset({Seat.EMPLOYER})
    return Facts(disclosure=disclosure, rules=rules(db, disclosure), remarks=tuple(remarks), without_account=absent)
