"""Delegates' proposals: the register, handing one in, and the file of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress.proposals import acts, forms, queries
from congress.proposals.facts import Facts
from congress.proposals.models import DelegateProposal, Handling
from congress.proposals.procedure import PROPOSAL
from congress.proposals.telling import tell
from congress.proposals.terms import SATISFACTION_LABELS, SUBJECT_LABELS
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from web import casefile
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

ADDRESS = "/congress/proposals"
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

# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index() -> Response[str]:
    return await in_read(_index)


@get(f"{ADDRESS}/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, {}, {})


@post(f"{ADDRESS}/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, await posted(request))


@get(f"{ADDRESS}/{{case_id:int}}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@get(f"{ADDRESS}/{{case_id:int}}/files/{{file_id:int}}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


# ---- the register


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


def _index(db: Session) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    found = queries.register(db, person, on)
    terms = {t.id: t for t in db.exec(select(CongressTerm).where(col(CongressTerm.id).in_({p.term_id for p in found})))}
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({p.organisation_id for p in found})))}
    names = queries.named(db, [p.proposer_id for p in found])
    last = {
        h.proposal_id: h
        for h in db.exec(select(Handling).order_by(col(Handling.round)).where(col(Handling.proposal_id).in_([p.id for p in found])))
    }
    return page(
        "pages/congress/proposals.html",
        lines=[_line(p, terms[p.term_id].title, bodies[p.organisation_id], names[p.proposer_id], last.get(p.id or 0)) for p in found],
        may_propose=bool(queries.terms_to_propose_in(db, person, on)),
    )


def _line(proposal: DelegateProposal, term: str, body: str, proposer: str, handling: Handling | None) -> Line:
    rated = SATISFACTION_LABELS.get(handling.satisfaction or "", "") if handling else ""
    return Line(proposal, term, body, proposer, SUBJECT_LABELS[proposal.subject], PROPOSAL.states[proposal.state], handling, rated)


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    terms = queries.terms_to_propose_in(db, person, on)
    if not terms:
        raise NotFoundException
    of_union = [t for t in terms if Seat.UNION in rolls.seats_of(db, t, person, on)]
    people = {str(d.id): f"{d.name}（{c.name}）" for t in of_union for d, c in rolls.roll_on(db, t, on)}
    return page(
        "pages/congress/new_proposal.html",
        status=422 if errors else 200,
        form=forms.NewProposal,
        values={"term": terms[0].id, **values},
        errors=errors,
        choices={"term": {str(t.id): t.title for t in terms}, "proposer": people},
        but=() if people else ("proposer", "evidence", "on"),
    )


def _create(db: Session, sent: Posted) -> Response[str]:
    try:
        sent.check()
        proposal = acts.propose(db, forms.NewProposal.read(sent.values), by=CASEWORK.person(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{proposal.id}", say(N_("提案已经提交，等工会审查立案。")))


# ---- one proposal


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    proposal = load(db, person, case_id, False)
    facts, by = queries.facts(db, proposal, on), queries.actor(db, proposal, person, on)
    return page(
        "pages/congress/proposal.html",
        **casefile.view(CASEWORK, db, proposal, facts, by, on, tell),
        term=facts.term,
        body=db.get_one(Organisation, proposal.organisation_id),
        proposer=facts.proposer.name,
        subject=SUBJECT_LABELS[proposal.subject],
        seconders=[facts.names[s.delegate_id] for s in facts.seconders],
        needed=facts.seconders_needed(on),
        handlings=[(h, SATISFACTION_LABELS.get(h.satisfaction or "", "")) for h in facts.handlings],
    )


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    proposal = load(db, CASEWORK.person(), case_id, False)
    return casefile.download(db, casefile.files_of(db, PROPOSAL.name, proposal.id or 0), file_id)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> DelegateProposal:
    """The proposal that this person may see, or 404."""
    proposal = db.get(DelegateProposal, case_id) if 0 < case_id < 2**63 else None
    if proposal is None or not queries.visible_to(db, proposal, person_id, today(db)):
        raise NotFoundException
    return locked(db, DelegateProposal, case_id) if lock else proposal


def begins(db: Session, proposal: DelegateProposal, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    if act == "submit":
        return {name: getattr(proposal, name) for name in ("title", "subject", "account", "wish")}
    if act in ("assign", "reassign") and facts.current is not None:
        return {"handler": facts.current.handler}
    return {}


CASEWORK: Casework[DelegateProposal, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda proposal: proposal.title,
    load,
    lambda db, proposal, facts, act, by: {},
    begins,
)

routes = (index, show_new, create, show, show_file, *CASEWORK.routes())
