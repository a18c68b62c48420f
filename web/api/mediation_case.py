"""One mediation as its reader may see it, from facts to the records of the API."""

from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from mediation import disclosure, queries
from mediation.facts import Facts
from mediation.limitation import Limitation
from mediation.models import AgreementTerm, MediationCase, MediationProposal, Party
from mediation.procedure import MEDIATION
from mediation.terms import PartyRole
from web.api import mediation_shapes as shapes
from web.api.answers import yuan
from web.api.shapes import Body, Motion, Shape
from web.render import translate, word
from workflow import joint
from workflow.evidence import Evidence
from workflow.organisations import Organisation
from workflow.people import appointments
from workflow.procedure import Actor
from workflow.seats import Seat

S = TypeVar("S", bound=Shape)
STAGES = {state: name for name, _label, states in MEDIATION.stages for state in states}


def line(case: MediationCase, body: Organisation, first: dict[str, str], due: date | None, url: str) -> dict[str, Any]:
    """`first`: role → the first of that side."""
    return {
        **_same(shapes.MediationLine, case),
        "number": case.number,
        "organisation": Body(id=case.organisation_id, name=body.name),
        "applicant": first.get(PartyRole.APPLICANT, ""),
        "respondent": first.get(PartyRole.RESPONDENT, ""),
        "stage": STAGES[case.state],
        "due": due if due is not None and due < date.max else None,
        "url": url,
    }


def content(db: Session, case: MediationCase, facts: Facts, by: Actor, on: date, url: str) -> dict[str, Any]:
    """What is in it: of caucuses and of what was handed in only what is for this reader."""
    person, files = by.person_id or 0, disclosure.files(db, case, by.seats)
    own = {p.id for p in queries.standing_for(facts.parties, person, appointments(db, person, on))}
    return {
        **_same(shapes.Mediation, case),
        "seats": [str(seat) for seat in Seat if seat in by.seats],
        "claim": yuan(case.claim_fen),
        "parties": [_party(p, p.id in own) for p in facts.parties],
        "mediators": [shapes.Conductor(**_same(shapes.Conductor, a), name=facts.names[a.person_id]) for a in facts.assignments],
        "challenges": [_row(shapes.Objection, c) for c in facts.challenges],
        "limitation": [_limit(one, on) for one in facts.limitations(on)],
        "talks": [_row(shapes.MediationTalk, t) for t in facts.talks],
        "notes": [shapes.Note(**_same(shapes.Note, n), party=n.party_id) for n in disclosure.notes(db, case, facts, person, by.seats, on)],
        "pieces": [_piece(one, files, url) for one in disclosure.handed_in(facts, by.seats)],
        "files": [_file(f, url) for f in files if f.stage != "hand_in"],
        "proposals": [_plan(p, facts) for p in facts.proposals],
        "agreement": _agreement(facts),
        "reviews": [_row(shapes.Review, r) for r in facts.reviews],
        "settlements": [_row(shapes.Settled, s) for s in facts.settlements],
        "services": [shapes.Served(**_same(shapes.Served, s), party=s.party_id) for s in facts.services],
        "motions": [
            Motion(id=m.id or 0, act=m.act, label=translate(MEDIATION.acts[m.act].label), seat=m.seat, on=m.on, form=m.form)
            for m in joint.open_motions(db, MEDIATION.name, case.id or 0)
        ],
    }


def _same(shape: type[Shape], row: SQLModel) -> dict[str, Any]:
    """What stands in the row under the names of the shape."""
    return row.model_dump(include=set(shape.model_fields))


def _row(shape: type[S], row: SQLModel) -> S:
    return shape(**_same(shape, row))


def _party(party: Party, own: bool) -> shapes.Disputant:
    return shapes.Disputant(**_same(shapes.Disputant, party), worker=party.is_worker, representative=party.is_representative, own=own)


def _limit(one: Limitation, on: date) -> shapes.Limit:
    return shapes.Limit(
        rule=one.rule.id,
        wages=one.rule.id == "ARB-LIMIT-WAGE",
        standing=one.standing,
        until=one.until,
        provisional=one.provisional,
        over=one.is_over(on),
        derivation=[word(step) for step in one.steps],
        article="、".join(citation.in_full for citation in one.rule.citations),
    )


def _piece(one: Any, files: list[Evidence], url: str) -> shapes.Piece:
    came = [_file(f, url) for f in files if f.stage == "hand_in" and f.piece == str(one.seq)]
    return shapes.Piece(**_same(shapes.Piece, one), seat=one.role, files=came)


def _file(file: Evidence, url: str) -> shapes.FileLine:
    return shapes.FileLine(name=file.name, sha256=file.sha256, url=f"{url}/files/{file.id}")


def _plan(proposal: MediationProposal, facts: Facts) -> shapes.Plan:
    unanswered = facts.unanswered(proposal)
    return shapes.Plan(
        **_same(shapes.Plan, proposal),
        party=proposal.party_id,
        amount=yuan(proposal.amount_fen),
        answers=[_row(shapes.SideAnswer, a) for a in facts.answers if a.proposal_id == proposal.id],
        waiting=[str(role) for role in PartyRole if role in unanswered],
    )


def _agreement(facts: Facts) -> shapes.Agreement | None:
    if facts.agreement is None:
        return None
    signed = [shapes.Signed(mark=s.mark, party=s.party_id, on=s.on) for s in facts.signatures]
    missing = [shapes.Signed(mark=mark, party=party, on=None) for mark, party in facts.missing_marks]
    return shapes.Agreement(
        **_same(shapes.Agreement, facts.agreement), terms=[_promise(t, facts) for t in facts.terms], marks=signed + missing
    )


def _promise(term: AgreementTerm, facts: Facts) -> shapes.Promise:
    records = [shapes.Paid(**_same(shapes.Paid, p), amount=yuan(p.amount_fen)) for p in facts.performances if p.term_id == term.id]
    return shapes.Promise(
        **_same(shapes.Promise, term),
        debtor=term.debtor_id,
        amount=yuan(term.amount_fen),
        paid=yuan(facts.paid(term)) or "",
        records=records,
    )
