"""People: who they are and which offices they hold or held. Kept by administrators."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, col, or_, select

from web.accounts.models import Account
from web.dispatch import in_read, in_write
from web.pages.forms import PersonForm
from web.pages.organisations import by
from web.posted import Posted, posted
from web.practice import today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import is_administrator
from workflow import administration
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.people import Appointment, Person, appointments
from workflow.words import N_, Sentence, say

AT_ONCE = 50


@get("/people", guards=[is_administrator])
async def index(q: FromQuery[str] = "", number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, q.strip(), at_page(number))


@get("/people/{person_id:int}", guards=[is_administrator])
async def show(person_id: FromPath[int]) -> Response[str]:
    return await in_read(_page, person_id)


@post("/people/{person_id:int}", guards=[is_administrator])
async def edit(request: AnyRequest, person_id: FromPath[int]) -> Response[str]:
    return await in_write(_edit, person_id, await posted(request))


def _index(db: Session, q: str, number: int) -> Response[str]:
    query = select(Person).where(_is_of_the_house()).order_by(col(Person.name), col(Person.id))
    if q:
        query = query.where(
            or_(*(column.contains(q, autoescape=True) for column in (col(Person.name), col(Person.phone), col(Person.email))))
        )
    count = db.exec(select(func.count()).select_from(query.subquery())).one()
    found = db.exec(query.offset((number - 1) * AT_ONCE).limit(AT_ONCE)).all()
    held = offices_of(db, [p.id for p in found if p.id is not None])
    return page("pages/people/index.html", q=q, total=count, people=found, held=held, number=number, pages=max(1, -(-count // AT_ONCE)))


def _person(db: Session, person_id: int) -> Person:
    person = db.exec(select(Person).where(Person.id == person_id, _is_of_the_house())).first()
    if person is None:
        raise NotFoundException
    return person


def _is_of_the_house() -> ColumnElement[bool]:
    """Holds or held an office here, or has an account: who only brought a dispute is nobody's to look up."""
    held = exists().where(col(Appointment.person_id) == col(Person.id))
    return or_(held, exists().where(col(Account.person_id) == col(Person.id)))


def offices_of(db: Session, people: list[int]) -> dict[int, list[tuple[Appointment, Organisation]]]:
    """Running appointments by person, in one query."""
    on = today(db)
    rows = db.exec(
        select(Appointment, Organisation)
        .join(Organisation, col(Organisation.id) == col(Appointment.organisation_id))
        .where(
            col(Appointment.person_id).in_(people),
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        )
        .order_by(col(Appointment.id))
    ).all()
    found: dict[int, list[tuple[Appointment, Organisation]]] = {}
    for appointment, organisation in rows:
        found.setdefault(appointment.person_id, []).append((appointment, organisation))
    return found


def _page(
    db: Session, person_id: int, values: Mapping[str, Any] | None = None, errors: dict[str, list[Sentence]] | None = None
) -> Response[str]:
    person = _person(db, person_id)
    held = db.exec(
        select(Appointment, Organisation)
        .join(Organisation, col(Organisation.id) == col(Appointment.organisation_id))
        .where(Appointment.person_id == person_id)
        .order_by(col(Appointment.since).desc(), col(Appointment.id).desc())
    ).all()
    return page(
        "pages/people/person.html",
        status=422 if errors else 200,
        person=person,
        held=held,
        on=today(db),
        account=db.exec(select(Account).where(Account.person_id == person_id)).first(),
        form=PersonForm,
        values=person.model_dump() if values is None else values,
        errors=errors or {},
    )


def _edit(db: Session, person_id: int, sent: Posted) -> Response[str]:
    person = _person(db, person_id)
    try:
        form = PersonForm.read(sent.values)
    except Invalid as error:
        return _page(db, person_id, sent.values, error.errors)
    bodies = [a.organisation_id for a in appointments(db, person_id, today(db))]
    administration.change_person(db, person, form.model_dump(), bodies, **by(db))
    return redirect(f"/people/{person_id}", say(N_("已保存。")))


routes = (index, show, edit)
