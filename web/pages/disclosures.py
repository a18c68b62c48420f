"""Disclosure of enterprise affairs: the register with what is overdue, making one, and the file of each with opinions and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress.disclosure import acts, forms, queries
from congress.disclosure.models import Disclosure
from congress.disclosure.procedure import DISCLOSURE, Facts
from congress.disclosure.telling import tell
from congress.disclosure.terms import AFFAIR_LABELS, MEANS_LABELS, Means
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from web import casefile
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.clock import add_months
from workflow.forms import Invalid
from workflow.law.rules import Rule
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.words import N_, Sentence, say

ADDRESS = "/congress/disclosure"
NOUNS = {"disclose": "papers", "raise_remark": "opinion", "answer_remark": "answer", "file_away": "archive"}

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
class Report:
    """When the affairs of one body were last reported to its congress, and by when they have to be again (DISC-FREQ)."""

    body: str
    last: date | None
    due: date | None
    is_over: bool
    rule: Rule


def _index(db: Session) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    found = queries.disclosures(db, person, on)
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({d.organisation_id for d in found})))}
    waiting = queries.unanswered(db, [d.id for d in found])
    terms = [t for t in rolls.visible_terms(db, person, on) if t.state == "serving"]
    return page(
        "pages/congress/disclosures.html",
        lines=[
            (
                d,
                bodies[d.organisation_id],
                AFFAIR_LABELS[d.affair],
                MEANS_LABELS[d.means],
                DISCLOSURE.states[d.state],
                waiting.get(d.id or 0, 0),
            )
            for d in found
        ],
        reports=[report for t in terms if (report := _report(db, t, found, on)) is not None],
        may_disclose=bool(queries.terms_to_disclose_in(db, person, on)),
    )


def _report(db: Session, term: CongressTerm, found: Sequence[Disclosure], on: date) -> Report | None:
    rule = rolls.rules(db, term).find("DISC-FREQ", on)
    if rule is None:
        return None
    days = [d.opened_on for d in found if d.organisation_id == term.organisation_id and d.means == Means.CONGRESS]
    last = max(days, default=None)
    due = add_months(last or term.since, 12 // int(rule.value))
    return Report(db.get_one(Organisation, term.organisation_id).name, last, due, on > due, rule)


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    terms = queries.terms_to_disclose_in(db, CASEWORK.person(), today(db))
    if not terms:
        raise NotFoundException
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({t.organisation_id for t in terms})))}
    return page(
        "pages/congress/new_disclosure.html",
        status=422 if errors else 200,
        form=forms.NewDisclosure,
        values={"term": terms[0].id, **values},
        errors=errors,
        choices={"term": {str(t.id): f"{bodies[t.organisation_id]}　{t.title}" for t in terms}},
    )


def _create(db: Session, sent: Posted) -> Response[str]:
    try:
        sent.check()
        disclosure = acts.disclose_affair(db, forms.NewDisclosure.read(sent.values), by=CASEWORK.person(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{disclosure.id}", say(N_("已经登记公开。代表和工会可以在这里提出意见。")))


# ---- one disclosure


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    disclosure = load(db, person, case_id, False)
    facts, by = queries.facts(db, disclosure, on), queries.actor(db, disclosure, person, on)
    return page(
        "pages/congress/disclosure.html",
        **casefile.view(CASEWORK, db, disclosure, facts, by, on, tell),
        body=db.get_one(Organisation, disclosure.organisation_id),
        affair=AFFAIR_LABELS[disclosure.affair],
        means=MEANS_LABELS[disclosure.means],
        remarks=facts.remarks,
        rules=[rule for name in ("DISC-ALL", "DISC-REPLY") if (rule := facts.rules.find(name, on)) is not None],
    )


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    disclosure = load(db, CASEWORK.person(), case_id, False)
    return casefile.download(db, casefile.files_of(db, DISCLOSURE.name, disclosure.id or 0), file_id)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> Disclosure:
    """The disclosure that this person may see, or 404."""
    disclosure = db.get(Disclosure, case_id) if 0 < case_id < 2**63 else None
    if disclosure is None or not queries.visible_to(db, disclosure, person_id, today(db)):
        raise NotFoundException
    return locked(db, Disclosure, case_id) if lock else disclosure


def choices(db: Session, disclosure: Disclosure, facts: Facts, act: str, by: Actor) -> dict[str, dict[str, str]]:
    return {"remark": {str(r.id): f"{r.number}. {r.words[:60]}" for r in facts.waiting}} if act == "answer_remark" else {}


def begins(db: Session, disclosure: Disclosure, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    waiting = choices(db, disclosure, facts, act, by).get("remark", {})
    return {"remark": query["remark"]} if query.get("remark") in waiting else {}


CASEWORK: Casework[Disclosure, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda disclosure: disclosure.title,
    load,
    choices,
    begins,
)

routes = (index, show_new, create, show, show_file, *CASEWORK.routes())
