"""What is read of proposals: seats, who may see one, the register, the facts."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from congress.proposals.facts import Facts
from congress.proposals.models import DelegateProposal, Handling, Seconder
from congress.queries import EMPLOYER_OFFICES, offices_of, union_behind
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm, Delegate
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation
from workflow.people import holders, who_sign_in
from workflow.procedure import Actor
from workflow.seats import Seat

# ---- seats


def actor(db: Session, proposal: DelegateProposal, person_id: int, on: date) -> Actor:
    seats = seats_of(db, proposal, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats, outside=not seats)


def seats_of(db: Session, proposal: DelegateProposal, person_id: int, on: date) -> frozenset[Seat]:
    """Whoever proposed it is no seconder of his own."""
    seats = set(rolls.seats_of(db, db.get_one(CongressTerm, proposal.term_id), person_id, on)) - {Seat.SUPERIOR_UNION}
    if db.get_one(Delegate, proposal.proposer_id).person_id == person_id:
        seats = (seats - {Seat.DELEGATE}) | {Seat.PROPOSER}
    return frozenset(seats)


def people(db: Session, proposal: DelegateProposal, seats: set[Seat], on: date) -> set[int | None]:
    body = db.get_one(Organisation, proposal.organisation_id)
    union = union_behind(db, body)
    found: set[int | None] = set()
    if Seat.UNION in seats and union is not None and union.id is not None:
        found |= {p.id for p in holders(db, union.id, set(offices_of(union)), on)}
    if Seat.EMPLOYER in seats and body.id is not None:
        found |= {p.id for p in holders(db, body.id, set(EMPLOYER_OFFICES), on)}
    if Seat.PROPOSER in seats:
        found.add(db.get_one(Delegate, proposal.proposer_id).person_id)
    return found - {None}


# ---- who sees what


def visible_to(db: Session, proposal: DelegateProposal, person_id: int, on: date) -> bool:
    """The union, the proposer and the delegates from the first day; the employer once it is filed."""
    seats = seats_of(db, proposal, person_id, on)
    return bool(seats - {Seat.EMPLOYER}) or (Seat.EMPLOYER in seats and proposal.number is not None)


def register(db: Session, person_id: int, on: date) -> list[DelegateProposal]:
    """Those that this person may see, of the latest terms first; within a term by number, and what is not filed yet before."""
    terms = {t.id: t for t in rolls.visible_terms(db, person_id, on)}
    query = select(DelegateProposal).where(col(DelegateProposal.term_id).in_(terms))
    found = [p for p in db.exec(query.order_by(col(DelegateProposal.id).desc())).all() if visible_to(db, p, person_id, on)]
    return sorted(found, key=lambda p: (-terms[p.term_id].since.toordinal(), p.number is not None, -(p.number or 0)))


def terms_to_propose_in(db: Session, person_id: int, on: date) -> list[CongressTerm]:
    """Terms in office in which this person proposes, or enters what others hand in."""
    serving = [t for t in rolls.visible_terms(db, person_id, on) if t.state == "serving"]
    return [t for t in serving if rolls.seats_of(db, t, person_id, on) & {Seat.DELEGATE, Seat.UNION}]


# ---- facts


def rules(db: Session, proposal: DelegateProposal) -> Rulebook:
    return rulebook(proposal.region, "congress", load_overrides(db))


def facts(db: Session, proposal: DelegateProposal, on: date) -> Facts:
    seconders = db.exec(select(Seconder).where(Seconder.proposal_id == proposal.id).order_by(col(Seconder.since))).all()
    handlings = db.exec(select(Handling).where(Handling.proposal_id == proposal.id).order_by(col(Handling.round))).all()
    people_ = named(db, [proposal.proposer_id, *(s.delegate_id for s in seconders)])
    proposer = db.get_one(Delegate, proposal.proposer_id)
    return Facts(
        proposal=proposal,
        term=db.get_one(CongressTerm, proposal.term_id),
        rules=rules(db, proposal),
        proposer=proposer,
        seconders=tuple(seconders),
        handlings=tuple(handlings),
        names=people_,
        without_account=_without_account(db, proposal, on),
    )


def named(db: Session, delegate_ids: Sequence[int]) -> dict[int, str]:
    found = db.exec(select(Delegate.id, Delegate.name).where(col(Delegate.id).in_(set(delegate_ids)))).all()
    return {number: name for number, name in found if number is not None}


def _without_account(db: Session, proposal: DelegateProposal, on: date) -> frozenset[Seat]:
    held = {seat: {p for p in people(db, proposal, {seat}, on) if p is not None} for seat in (Seat.PROPOSER, Seat.EMPLOYER)}
    active = who_sign_in(db, set().union(*held.values()))
    return frozenset(seat for seat, holding in held.items() if not holding & active)


def next_number(db: Session, term_id: int) -> int:
    last = select(DelegateProposal.number).where(DelegateProposal.term_id == term_id, col(DelegateProposal.number).is_not(None))
    return (db.exec(last.order_by(col(DelegateProposal.number).desc()).limit(1)).first() or 0) + 1
