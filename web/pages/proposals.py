"""Delegates' proposals: what the register, the form of a new one and the file of each show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from congress.proposals import acts, forms, queries
from congress.proposals.facts import Facts
from congress.proposals.models import DelegateProposal, Handling
from congress.proposals.procedure import PROPOSAL
from congress.proposals.telling import tell
from congress.proposals.terms import SATISFACTION_LABELS, SUBJECT_LABELS
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from web.register import New, Register
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_, say

NOUNS = {
    "submit": "words",
    "second": "seconders",
    "take_back": "withdrawal",
    "file_proposal": "filing",
    "decline_proposal": "refusal",
    "assign": "assignment",
    "reassign": "new-assignment",
    "answer_proposal": "answer",
    "accept_answer": "rating",
    "send_back": "return",
    "conclude": "conclusion",
}


@dataclass(frozen=True)
class Line:
    proposal: DelegateProposal
    term: str
    body: str
    proposer: str
    subject: str
    state: str
    handling: Handling | None
    satisfaction: str


def listed(db: Session, person: int, on: date, number: int) -> dict[str, Any]:
    found = queries.register(db, person, on)
    terms = {t.id: t for t in db.exec(select(CongressTerm).where(col(CongressTerm.id).in_({p.term_id for p in found})))}
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({p.organisation_id for p in found})))}
    names = queries.named(db, [p.proposer_id for p in found])
    last = {
        h.proposal_id: h
        for h in db.exec(select(Handling).order_by(col(Handling.round)).where(col(Handling.proposal_id).in_([p.id for p in found])))
    }
    return {
        "lines": [_line(p, terms[p.term_id].title, bodies[p.organisation_id], names[p.proposer_id], last.get(p.id or 0)) for p in found],
        "may_propose": bool(queries.terms_to_propose_in(db, person, on)),
    }


def _line(proposal: DelegateProposal, term: str, body: str, proposer: str, handling: Handling | None) -> Line:
    rated = SATISFACTION_LABELS.get(handling.satisfaction or "", "") if handling else ""
    return Line(proposal, term, body, proposer, SUBJECT_LABELS[proposal.subject], PROPOSAL.states[proposal.state], handling, rated)


def blank(db: Session, person: int, on: date) -> dict[str, Any] | None:
    terms = queries.terms_to_propose_in(db, person, on)
    if not terms:
        return None
    of_union = [t for t in terms if Seat.UNION in rolls.seats_of(db, t, person, on)]
    people = {str(d.id): f"{d.name}（{c.name}）" for t in of_union for d, c in rolls.roll_on(db, t, on)}
    return {
        "values": {"term": terms[0].id},
        "choices": {"term": {str(t.id): t.title for t in terms}, "proposer": people},
        "but": () if people else ("proposer", "evidence", "on"),
    }


def shown(db: Session, proposal: DelegateProposal, facts: Facts, on: date) -> dict[str, Any]:
    return {
        "term": facts.term,
        "body": db.get_one(Organisation, proposal.organisation_id),
        "proposer": facts.proposer.name,
        "subject": SUBJECT_LABELS[proposal.subject],
        "seconders": [facts.names[s.delegate_id] for s in facts.seconders],
        "needed": facts.seconders_needed(on),
        "handlings": [(h, SATISFACTION_LABELS.get(h.satisfaction or "", "")) for h in facts.handlings],
    }


def begins(db: Session, proposal: DelegateProposal, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    if act == "submit":
        return {name: getattr(proposal, name) for name in ("title", "subject", "account", "wish")}
    if act in ("assign", "reassign") and facts.current is not None:
        return {"handler": facts.current.handler}
    return {}


REGISTER = Register(
    acts.PROCEEDINGS,
    "/congress/proposals",
    NOUNS,
    lambda proposal: proposal.title,
    queries.visible_to,
    tell,
    New(
        forms.NewProposal,
        "pages/congress/new_proposal.html",
        blank,
        acts.propose,
        lambda proposal: say(N_("提案已经提交，等工会审查立案。")),
    ),
    "pages/congress/proposals.html",
    listed,
    "pages/congress/proposal.html",
    shown,
    begins=begins,
)
CASEWORK = REGISTER.casework

routes = REGISTER.routes()
