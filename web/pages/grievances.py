"""Workers' grievances: the register with its counts, taking one in, and the file of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from mediation import queries as mediation
from mediation.grievances import acts, forms, queries
from mediation.grievances.facts import Facts
from mediation.grievances.models import Grievance, Routing
from mediation.grievances.procedure import GRIEVANCE
from mediation.grievances.telling import tell
from mediation.grievances.terms import (
    GRIEVANCE_CHANNEL_LABELS,
    GRIEVANCE_SATISFACTION_LABELS,
    GRIEVANCE_SUBJECT_LABELS,
    ROUTE_LABELS,
    Channel,
    Route,
    Subject,
)
from mediation.models import MediationCase
from web import casefile
from web.casework import Casework, Choices
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import is_signed_in
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.words import N_, Sentence, say

ADDRESS = "/mediation/grievances"
NOUNS = {
    "register_grievance": "words",
    "route": "routing",
    "become_application": "application",
    "answer_grievance": "answer",
    "rate_answer": "rating",
    "close_grievance": "conclusion",
    "withdraw_grievance": "withdrawal",
}
ON_A_PAGE = 50

# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index(number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, at_page(number))


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
    grievance: Grievance
    body: str
    subject: str
    channel: str
    state: str
    routing: Routing | None
    satisfaction: str


def _index(db: Session, number: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    found = queries.register(db, person, on, limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE)
    shown = found[:ON_A_PAGE]
    bodies = dict(
        db.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_({g.organisation_id for g in shown}))).all()
    )
    last = {
        r.grievance_id: r
        for r in db.exec(select(Routing).order_by(col(Routing.round)).where(col(Routing.grievance_id).in_([g.id for g in shown])))
    }
    places = queries.places(db, person, on)
    taking = [p.body.id or 0 for p in places if p.takes_in]
    return page(
        "pages/mediation/grievances.html",
        lines=[_line(g, bodies[g.organisation_id], last.get(g.id or 0)) for g in shown],
        counts=queries.counts(db, taking, date(on.year, 1, 1), on) if taking else None,
        hotline=Channel.HOTLINE,
        legal_aid=Route.LEGAL_AID,
        may_register=bool(places),
        number=number,
        pages=number + (len(found) > ON_A_PAGE),
    )


def _line(grievance: Grievance, body: str, routing: Routing | None) -> Line:
    return Line(
        grievance,
        body,
        GRIEVANCE_SUBJECT_LABELS[grievance.subject],
        GRIEVANCE_CHANNEL_LABELS[grievance.channel],
        GRIEVANCE.states[grievance.state],
        routing,
        GRIEVANCE_SATISFACTION_LABELS.get(grievance.satisfaction or "", ""),
    )


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    places = queries.places(db, CASEWORK.person(), today(db))
    if not places:
        raise NotFoundException
    takes_in = any(p.takes_in for p in places)
    return page(
        "pages/mediation/new_grievance.html",
        status=422 if errors else 200,
        form=forms.NewGrievance,
        values={"persons": 1, "unit": _employer(db, places), **values},
        errors=errors,
        choices={"body": {str(p.body.id): p.body.name for p in places}},
        takes_in=takes_in,
        but=() if takes_in else ("channel", "on", "unit", "name"),
    )


def _employer(db: Session, places: Sequence[queries.Place]) -> str:
    """Where there is only one that it could be about."""
    only = places[0].body.of_id if len(places) == 1 else None
    return db.get_one(Organisation, only).name if only is not None else ""


def _create(db: Session, sent: Posted) -> Response[str]:
    places = queries.places(db, CASEWORK.person(), today(db))
    values = sent.values if any(p.takes_in for p in places) else {"unit": _employer(db, places), **sent.values}
    try:
        sent.check()
        grievance = acts.register(db, forms.NewGrievance.read(values), by=CASEWORK.person(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{grievance.id}", say(N_("诉求已经登记，编号{number}。"), number=grievance.number))


# ---- one grievance


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    grievance = load(db, person, case_id, False)
    facts, by = queries.facts(db, grievance, on), queries.actor(db, grievance, person, on)
    return page(
        "pages/mediation/grievance.html",
        **casefile.view(CASEWORK, db, grievance, facts, by, on, tell),
        body=facts.body,
        subject=GRIEVANCE_SUBJECT_LABELS[grievance.subject],
        channel=GRIEVANCE_CHANNEL_LABELS[grievance.channel],
        routings=[(r, ROUTE_LABELS[r.route]) for r in facts.routings],
        mediation=_mediation(db, grievance, person, on),
        satisfaction=GRIEVANCE_SATISFACTION_LABELS.get(grievance.satisfaction or "", ""),
    )


def _mediation(db: Session, grievance: Grievance, person: int, on: date) -> MediationCase | None:
    """The case that came of it, for who may see that too."""
    case = db.get(MediationCase, grievance.mediation_id) if grievance.mediation_id is not None else None
    return case if case is not None and mediation.visible_to(db, case, person, on) else None


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    grievance = load(db, CASEWORK.person(), case_id, False)
    return casefile.download(db, casefile.files_of(db, GRIEVANCE.name, grievance.id or 0), file_id)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> Grievance:
    """The grievance that this person may see, or 404."""
    grievance = db.get(Grievance, case_id) if 0 < case_id < 2**63 else None
    if grievance is None or not queries.visible_to(db, grievance, person_id, today(db)):
        raise NotFoundException
    return locked(db, Grievance, case_id) if lock else grievance


def begins(db: Session, grievance: Grievance, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    if act == "register_grievance":
        return {name: getattr(grievance, name) for name in acts.WORDS}
    if act == "become_application":
        words = {name: getattr(grievance, name) for name in ("name", "phone", "persons", "account")}
        matter = acts.MATTERS.get(grievance.subject)
        owed = grievance.subject == Subject.ARREARS
        return {**words, "requests": grievance.wish, "matters": [matter] if matter else [], "owes_wages": owed}
    return {}


def choices(db: Session, grievance: Grievance, facts: Facts, act: str, by: Actor) -> Choices:
    match act:
        case "route":
            unit = db.get(Organisation, grievance.unit_id) if grievance.unit_id is not None else None
            return {"committee": {str(c.id): c.name for c in mediation.reachable(db, unit or facts.body)}}
        case "become_application":
            kept = mediation.committees(db, by.person_id or 0, today(db))
            return {"committee": {str(body.id): body.name for body, keeps in kept if keeps}}
    return {}


CASEWORK: Casework[Grievance, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda grievance: str(say(N_("诉求{number}"), number=grievance.number)),
    load,
    choices,
    begins,
)

routes = (index, show_new, create, show, show_file, *CASEWORK.routes())
