"""Mediation of labour disputes: my cases by their next day, an application, a demand to consult, and the file of each case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.status_codes import HTTP_303_SEE_OTHER
from sqlmodel import Session, col, select

from mediation import disclosure, queries
from mediation.acts import MEDIATIONS, apply_for_mediation, demand_consultation, new_code
from mediation.documents import CATALOGUE, readable
from mediation.facts import Facts
from mediation.forms import Application, Consultation
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.terms import MATTER_LABELS, OUTCOME_LABELS, Channel, PartyRole
from web import casefile
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.issuing import Desk
from web.pages import mediation_file
from web.pages.mediation_forms import NOUNS, TEMPLATES, begins, beside, choices, stands_in
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import is_signed_in
from workflow.forms import FormModel, Invalid, invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Person, appointments
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

ADDRESS = "/mediation"
ON_A_PAGE = 50
FOR_THE_COMMITTEE = ("channel", "received", "is_joint", "entrusted_by")
"""What only whoever keeps the register is asked."""
BEGINS: Mapping[str, Any] = {
    "channel": Channel.COUNTER,
    "persons": 1,
    "applicants": [{"kind": "worker"}],
    "respondents": [{"kind": "employer"}],
}

# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index(number: FromQuery[int] = 1, closed: FromQuery[bool] = False) -> Response[str]:
    return await in_read(_index, at_page(number), closed)


@get(f"{ADDRESS}/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, Application, {}, {})


@post(f"{ADDRESS}/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, Application, await posted(request))


@get(f"{ADDRESS}/consultation", guards=[is_signed_in])
async def show_demand() -> Response[str]:
    return await in_read(_new_page, Consultation, {}, {})


@post(f"{ADDRESS}/consultation", guards=[is_signed_in])
async def demand(request: AnyRequest) -> Response[str]:
    return await in_write(_create, Consultation, await posted(request))


@get(f"{ADDRESS}/{{case_id:int}}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@get(f"{ADDRESS}/{{case_id:int}}/files/{{file_id:int}}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


@get(f"{ADDRESS}/{{case_id:int}}/access-code", guards=[is_signed_in])
async def show_code(case_id: FromPath[int]) -> Response[str]:
    return await in_read(CASEWORK.opened, case_id, "give_code", {})


@post(f"{ADDRESS}/{{case_id:int}}/access-code", guards=[is_signed_in], status_code=200)
async def give_code(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_give_code, case_id, await posted(request))


# ---- the register


@dataclass(frozen=True)
class Line:
    case: MediationCase
    parties: tuple[str, str]
    committee: str
    matters: tuple[str, ...]
    state: str
    due: date | None


def _index(db: Session, number: int, closed: bool) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    found = queries.register(db, person, on, limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE, closed=closed)
    shown = found[:ON_A_PAGE]
    places = queries.committees(db, person, on)
    return page(
        "pages/mediation/index.html",
        lines=_lines(db, shown),
        may_apply=bool(places),
        keeps=any(keeps for _, keeps in places),
        closed=closed,
        number=number,
        pages=number + (len(found) > ON_A_PAGE),
    )


def _lines(db: Session, shown: Sequence[tuple[MediationCase, date | None]]) -> list[Line]:
    cases = [case for case, _ in shown]
    bodies = dict(
        db.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_({c.organisation_id for c in cases}))).all()
    )
    first = queries.first_of_sides(db, [case.id for case in cases])
    return [
        Line(
            case,
            (_name(first, case, PartyRole.APPLICANT), _name(first, case, PartyRole.RESPONDENT)),
            bodies[case.organisation_id],
            tuple(MATTER_LABELS[m] for m in case.matters),
            OUTCOME_LABELS[case.outcome] if case.outcome else MEDIATION.states[case.state],
            due,
        )
        for case, due in shown
    ]


def _name(first: Mapping[int, Mapping[str, str]], case: MediationCase, role: PartyRole) -> str:
    return first.get(case.id or 0, {}).get(role, "")


# ---- a new case


def _new_page(db: Session, form: type[FormModel], values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    places = queries.committees(db, person, on)
    if not places:
        raise NotFoundException
    keeps = any(keeps for _, keeps in places)
    return page(
        "pages/mediation/new.html",
        status=422 if errors else 200,
        form=form,
        values={**BEGINS, **({} if keeps else _of_oneself(db, person, on)), **values},
        errors=errors,
        choices={"committee": {str(body.id): body.name for body, _ in places}},
        first=("committee", *FOR_THE_COMMITTEE) if keeps and form is Application else ("committee",),
        but=() if keeps else FOR_THE_COMMITTEE,
        is_application=form is Application,
        action=f"{ADDRESS}/new" if form is Application else f"{ADDRESS}/consultation",
    )


def _of_oneself(db: Session, person: int, on: date) -> dict[str, Any]:
    """Who applies is the first applicant, and the enterprise one works for the respondent, unless changed."""
    own = db.get_one(Person, person)
    held = appointments(db, person, on)
    bodies = [db.get_one(Organisation, a.organisation_id) for a in held]
    employer = next((b for b in bodies if b.kind == OrganisationKind.ENTERPRISE), None)
    if any(a.office in queries.EMPLOYER_OFFICES for a in held) and employer is not None:
        return {"applicants": [{"kind": "employer", "name": employer.name, "id_number": employer.credit_code, "address": employer.address}]}
    respondent = [{"kind": "employer", "name": employer.name, "address": employer.address}] if employer is not None else []
    return {"applicants": [{"kind": "worker", "name": own.name, "phone": own.phone}], "respondents": respondent}


def _create(db: Session, form: type[Application] | type[Consultation], sent: Posted) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    try:
        sent.check()
        case = opened(db, form.read(sent.values), person, on, now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, form, sent.values, error.errors)
    said = N_("申请已经登记，案号{number}。") if form is Application else N_("协商要求已经登记，编号{number}。")
    return redirect(f"{ADDRESS}/{case.id}", say(said, number=case.number))


def opened(db: Session, read: Application | Consultation, person: int, on: date, at: datetime) -> MediationCase:
    """A new case at the committee chosen: whoever does not keep its register applies for himself, online and today. Raises `Invalid`."""
    body, keeps = _place(db, read.committee, person, on)
    seat = Seat.COMMITTEE_CLERK if keeps else Seat.APPLICANT
    by = Actor(person, frozenset({seat}), seat)
    if isinstance(read, Consultation):
        return demand_consultation(db, read, body, by=by, today=on, at=at)
    if not keeps:
        read = read.model_copy(update={"channel": Channel.ONLINE, "received": None, "is_joint": False, "entrusted_by": ""})
    return apply_for_mediation(db, read, body, by=by, today=on, at=at)


def _place(db: Session, committee: int, person: int, on: date) -> tuple[Organisation, bool]:
    for body, keeps in queries.committees(db, person, on):
        if body.id == committee:
            return body, keeps
    raise invalid("committee", N_("请从列出的选项中选“{title}”。"), title=Word(N_("调解委员会")))


# ---- one case


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    case = load(db, person, case_id, False)
    facts, by = queries.facts(db, case, on), queries.actor(db, case, person, on)
    papers = casefile.papers(readable(db, case, by))
    return page("pages/mediation/case.html", papers=papers, **mediation_file.view(CASEWORK, db, case, facts, by, on))


def _give_code(db: Session, case_id: int, sent: Posted) -> Response[str]:
    """The code is shown once, on the receipt for the applicant."""
    code = new_code()
    answer = CASEWORK.done(db, case_id, "give_code", Posted({**sent.values, "code": code}, sent.errors))
    if answer.status_code != HTTP_303_SEE_OTHER:
        return answer
    case = load(db, CASEWORK.person(), case_id, False)
    return page("pages/public/receipt.html", case=case, code=code, committee=db.get_one(Organisation, case.organisation_id), form=None)


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    person, on = CASEWORK.person(), today(db)
    case = load(db, person, case_id, False)
    return casefile.download(db, disclosure.files(db, case, queries.seats_of(db, case, person, on)), file_id)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> MediationCase:
    """The case that this person may see, or 404."""
    case = db.get(MediationCase, case_id) if 0 < case_id < 2**63 else None
    if case is None or not queries.visible_to(db, case, person_id, today(db)):
        raise NotFoundException
    return locked(db, MediationCase, case_id) if lock else case


CASEWORK: Casework[MediationCase, Facts] = Casework(
    MEDIATIONS, ADDRESS, NOUNS, lambda case: case.number, load, choices, begins, beside, TEMPLATES, stands_in
)
DESK = Desk(CASEWORK, CATALOGUE, lambda db, case, by, on: readable(db, case, by))

routes = (index, show_new, create, show_demand, demand, show, show_file, show_code, give_code, *DESK.routes(), *CASEWORK.routes())
