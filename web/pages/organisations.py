"""Organisations and who holds which office in them. Kept by administrators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from web.dispatch import in_read, in_write
from web.pages.forms import ORGANISATION_FORMS, Appoint, EndAppointment, NewPerson, OrganisationForm, PersonForm
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import current_person, is_administrator
from workflow import administration, journal
from workflow.forms import FormModel, Invalid, invalid
from workflow.journal import Entry
from workflow.law import regions
from workflow.organisations import KIND_LABELS, Organisation, OrganisationKind, ancestors, descendants
from workflow.people import OFFICE_LABELS, Appointment, Office, Person
from workflow.words import N_, Sentence, Word, say

Errors = dict[str, list[Sentence]]

AT_ONCE = 50
WHOLE_TREE = 200
"""Up to so many organisations the whole tree stands on the page; beyond, the unions above enterprises and the authorities."""

ABOVE = frozenset({OrganisationKind.FEDERATION, OrganisationKind.AUTHORITY, OrganisationKind.EMPLOYERS, OrganisationKind.COMMITTEE})

OFFICES_IN: Mapping[str, frozenset[Office]] = {
    OrganisationKind.ENTERPRISE: frozenset(
        {Office.LEGAL_REPRESENTATIVE, Office.EMPLOYER_OFFICER, Office.MANAGER, Office.WORKER, Office.ADMINISTRATOR}
    ),
    OrganisationKind.UNION: frozenset({Office.UNION_CHAIR, Office.UNION_OFFICER, Office.WORKER, Office.ADMINISTRATOR}),
    OrganisationKind.FEDERATION: frozenset({Office.UNION_CHAIR, Office.UNION_OFFICER, Office.SUPERIOR_OFFICER, Office.ADMINISTRATOR}),
    OrganisationKind.AUTHORITY: frozenset({Office.AUTHORITY_REVIEWER, Office.ADMINISTRATOR}),
    OrganisationKind.EMPLOYERS: frozenset({Office.LEGAL_REPRESENTATIVE, Office.EMPLOYER_OFFICER, Office.ADMINISTRATOR}),
    OrganisationKind.COMMITTEE: frozenset(
        {Office.COMMITTEE_CHAIR, Office.COMMITTEE_MEMBER, Office.COMMITTEE_CLERK, Office.MEDIATOR, Office.ADMINISTRATOR}
    ),
}
"""Which offices there are in an organisation of this kind; a reviewer in an enterprise would see and do nothing."""


def titles_of(form: type[FormModel]) -> dict[str, str]:
    return {name: str(info.title) for name, info in form.model_fields.items()}


PERSON_TITLES: Mapping[str, str] = titles_of(PersonForm)
BODY_TITLES: Mapping[str, str] = {name: title for form in ORGANISATION_FORMS.values() for name, title in titles_of(form).items()}


class Authorship(TypedDict):
    by: int
    on: date
    at: datetime


@dataclass
class Branch:
    organisation: Organisation
    below: list["Branch"] = field(default_factory=list)


@get("/organisations", guards=[is_administrator])
async def index(
    q: FromQuery[str] = "", kind: FromQuery[str] = "", region: FromQuery[str] = "", number: FromQuery[int] = 1
) -> Response[str]:
    return await in_read(_index, q.strip(), kind, region, at_page(number))


@get("/organisations/new", guards=[is_administrator])
async def show_new(kind: FromQuery[str] = "", parent_id: FromQuery[str] = "", of_id: FromQuery[str] = "") -> Response[str]:
    return await in_read(_new_page, kind, {"parent_id": parent_id, "of_id": of_id}, {})


@post("/organisations/new/{kind:str}", guards=[is_administrator])
async def create(request: AnyRequest, kind: FromPath[str]) -> Response[str]:
    return await in_write(_create, kind, await posted(request))


@get("/organisations/{organisation_id:int}", guards=[is_administrator])
async def show(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_page, organisation_id)


@get("/organisations/{organisation_id:int}/edit", guards=[is_administrator])
async def show_edit(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_edit_page, organisation_id)


@post("/organisations/{organisation_id:int}/edit", guards=[is_administrator])
async def edit(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    return await in_write(_edit, organisation_id, await posted(request))


@get("/organisations/{organisation_id:int}/people/new", guards=[is_administrator])
async def show_new_person(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_new_person_page, organisation_id, {}, {})


@post("/organisations/{organisation_id:int}/people/new", guards=[is_administrator])
async def add_person(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    return await in_write(_add_person, organisation_id, await posted(request))


@get("/organisations/{organisation_id:int}/appointments/new", guards=[is_administrator])
async def show_appoint(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_appoint_page, organisation_id, {}, {})


@post("/organisations/{organisation_id:int}/appointments/new", guards=[is_administrator])
async def appoint(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    return await in_write(_appoint, organisation_id, await posted(request))


@get("/appointments/{appointment_id:int}/end", guards=[is_administrator])
async def show_end(appointment_id: FromPath[int]) -> Response[str]:
    return await in_read(_end_page, appointment_id, {}, {})


@post("/appointments/{appointment_id:int}/end", guards=[is_administrator])
async def end(request: AnyRequest, appointment_id: FromPath[int]) -> Response[str]:
    return await in_write(_end, appointment_id, await posted(request))


# The list and the tree


def _index(db: Session, q: str, kind: str, region: str, number: int) -> Response[str]:
    total = db.exec(select(func.count()).select_from(Organisation)).one()
    shown: dict[str, Any] = {"q": q, "kind": kind, "region": region, "kinds": KIND_LABELS, "provinces": dict(regions.provinces())}
    if not (q or kind or region):
        whole = total <= WHOLE_TREE
        return page("pages/organisations/index.html", total=total, tree=_tree(db, whole=whole), whole=whole, found=None, **shown)
    query = select(Organisation).order_by(col(Organisation.region), col(Organisation.name), col(Organisation.id))
    if q:
        query = query.where(
            or_(col(Organisation.name).contains(q, autoescape=True), col(Organisation.short_name).contains(q, autoescape=True))
        )
    if kind in KIND_LABELS:
        query = query.where(Organisation.kind == kind)
    if regions.is_code(region):
        query = query.where(col(Organisation.region).startswith(region.rstrip("0") if not region.endswith("0000") else region[:2]))
    count = db.exec(select(func.count()).select_from(query.subquery())).one()
    found = db.exec(query.offset((number - 1) * AT_ONCE).limit(AT_ONCE)).all()
    pages = max(1, -(-count // AT_ONCE))
    return page("pages/organisations/index.html", total=count, tree=[], whole=True, found=found, number=number, pages=pages, **shown)


def _tree(db: Session, *, whole: bool) -> list[Branch]:
    """Branches from the top. An enterprise stands under the authority or body above it, a union under its superior."""
    query = select(Organisation).order_by(col(Organisation.region), col(Organisation.id))
    if not whole:
        query = query.where(col(Organisation.kind).in_(sorted(ABOVE)))
    branches = {o.id: Branch(o) for o in db.exec(query).all()}
    tops = []
    for branch in branches.values():
        above = branches.get(branch.organisation.parent_id)
        if above is None or _hangs_on_itself(branch.organisation, branches):
            tops.append(branch)
        else:
            above.below.append(branch)
    return tops


def _hangs_on_itself(organisation: Organisation, branches: Mapping[int | None, Branch]) -> bool:
    seen = set()
    at: Organisation | None = organisation
    while at is not None and at.id not in seen:
        seen.add(at.id)
        at = branches[at.parent_id].organisation if at.parent_id in branches else None
    return at is not None


# One organisation


def _organisation(db: Session, organisation_id: int) -> Organisation:
    organisation = db.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundException
    return organisation


def _page(db: Session, organisation_id: int) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    on = today(db)
    held = db.exec(
        select(Appointment, Person)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(Appointment.organisation_id == organisation_id)
        .order_by(col(Appointment.since), col(Appointment.id))
    ).all()
    below = db.exec(
        select(Organisation).where(Organisation.parent_id == organisation_id).order_by(col(Organisation.id)).limit(AT_ONCE)
    ).all()
    return page(
        "pages/organisations/organisation.html",
        organisation=organisation,
        above=list(reversed(ancestors(db, organisation))),
        of=db.get(Organisation, organisation.of_id) if organisation.of_id else None,
        authority=db.get(Organisation, organisation.authority_id) if organisation.authority_id else None,
        union=db.exec(select(Organisation).where(Organisation.of_id == organisation_id)).first(),
        below=below,
        history=_history(db, organisation_id),
        running=[(a, p) for a, p in held if a.until is None or a.until >= on],
        ended=[(a, p) for a, p in held if a.until is not None and a.until < on],
        on=on,
    )


def _history(db: Session, organisation_id: int) -> list[tuple[Entry, Sentence, str]]:
    """The latest entries about this organisation, newest first: each with its sentence and who made it."""
    found = journal.latest(db, administration.REGISTRATION, organisation_id, AT_ONCE)
    people = {e.actor_id for e in found} | {e.particulars.get("person") for e in found}
    names = {id: name for id, name in db.exec(select(Person.id, Person.name).where(col(Person.id).in_([p for p in people if p]))) if id}
    return [
        (e, administration.tell(e, names, PERSON_TITLES if "person" in e.particulars else BODY_TITLES), names.get(e.actor_id or 0, ""))
        for e in found
    ]


def by(db: Session) -> Authorship:
    """The administrator at work, today and now."""
    return {"by": current_person(db).id or 0, "on": today(db), "at": now()}


def _form_of(kind: str) -> type[OrganisationForm]:
    if kind not in ORGANISATION_FORMS:
        raise NotFoundException
    return ORGANISATION_FORMS[kind]


def _new_page(db: Session, kind: str, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    if not kind:
        return page("pages/organisations/kinds.html", kinds=KIND_LABELS, parent_id=values["parent_id"])
    form = _form_of(kind)
    return page(
        "pages/organisations/edit.html",
        status=422 if errors else 200,
        organisation=None,
        kind=kind,
        form=form,
        values=values,
        errors=errors,
        choices=_choices(db, form, values),
    )


def _create(db: Session, kind: str, sent: Posted) -> Response[str]:
    try:
        form = _form_of(kind).read(sent.values)
        _check(db, form, None)
    except Invalid as error:
        return _new_page(db, kind, sent.values, error.errors)
    organisation = Organisation(kind=kind, **form.model_dump())
    administration.register(db, organisation, **by(db))
    return redirect(f"/organisations/{organisation.id}", say(N_("已登记{who}。"), who=organisation.name))


def _edit_page(db: Session, organisation_id: int, values: Mapping[str, Any] | None = None, errors: Errors | None = None) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    form = _form_of(organisation.kind)
    shown = organisation.model_dump() if values is None else values
    return page(
        "pages/organisations/edit.html",
        status=422 if errors else 200,
        organisation=organisation,
        kind=organisation.kind,
        form=form,
        values=shown,
        errors=errors or {},
        choices=_choices(db, form, shown, organisation),
    )


def _edit(db: Session, organisation_id: int, sent: Posted) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    try:
        form = _form_of(organisation.kind).read(sent.values)
        _check(db, form, organisation)
    except Invalid as error:
        return _edit_page(db, organisation_id, sent.values, error.errors)
    administration.change(db, organisation, form.model_dump(), **by(db))
    return redirect(f"/organisations/{organisation_id}", say(N_("已保存。")))


def _check(db: Session, form: OrganisationForm, organisation: Organisation | None) -> None:
    """Raises `Invalid` where the form does not agree with what else is registered."""
    own = organisation.id if organisation else None
    same = select(Organisation.id).where(Organisation.name == form.name, Organisation.region == form.region)
    if db.exec(same.where(Organisation.id != own) if own else same).first() is not None:
        raise invalid("name", N_("这个地区已经登记过“{who}”。"), who=form.name)
    if own is not None and form.parent_id is not None and form.parent_id in {own, *descendants(db, own)}:
        raise invalid("parent_id", N_("上级不能是本单位，也不能是它的下级。"))
    of_id = getattr(form, "of_id", None)
    if of_id is not None:
        taken = select(Organisation.id).where(Organisation.of_id == of_id, Organisation.kind == OrganisationKind.UNION)
        if db.exec(taken.where(Organisation.id != own) if own else taken).first() is not None:
            raise invalid("of_id", N_("这家企业已经登记了工会。"))


def _choices(
    db: Session, form: type[FormModel], values: Mapping[str, Any], organisation: Organisation | None = None
) -> dict[str, Mapping[str, Any]]:
    """What can be chosen, by field."""
    offered: dict[str, Mapping[str, Any]] = {"region": region_choices(str(values.get("region") or ""))}
    for name, kinds in getattr(form, "LINKS", {}).items():
        query = select(Organisation.id, Organisation.name).where(col(Organisation.kind).in_(sorted(kinds))).order_by(col(Organisation.name))
        if organisation:
            query = query.where(Organisation.id != organisation.id)
        offered[name] = {str(id): label for id, label in db.exec(query).all()}
    return offered


def region_choices(present: str = "") -> dict[str, Any]:
    """Provinces as groups, the whole province first; a district that is already stored stays on offer."""
    offered: dict[str, Any] = {}
    if present and regions.is_code(present) and not present.endswith("00"):
        offered[present] = f"{regions.full_name(present)}（{present}）"
    offered[regions.NATION] = N_("全国")
    for code, name in regions.provinces():
        offered[name] = {code: name, **dict(regions.prefectures(code))}
    return offered


# People and offices


def _new_person_page(db: Session, organisation_id: int, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    return page(
        "pages/organisations/person.html",
        status=422 if errors else 200,
        organisation=organisation,
        form=NewPerson,
        values=values or {"since": today(db)},
        errors=errors,
        choices={"office": _offices(organisation)},
    )


def _add_person(db: Session, organisation_id: int, sent: Posted) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    try:
        form = NewPerson.read(sent.values)
        _check_office(organisation, form.office)
    except Invalid as error:
        return _new_person_page(db, organisation_id, sent.values, error.errors)
    person = Person(name=form.name, female=form.female, phone=form.phone, email=form.email)
    db.add(person)
    db.flush()
    assert person.id is not None
    taken = Appointment(person_id=person.id, organisation_id=organisation_id, office=form.office, since=form.since)
    administration.appoint(db, taken, **by(db))
    return redirect(f"/organisations/{organisation.id}", say(N_("已登记{who}。"), who=form.name))


def _offices(organisation: Organisation) -> Mapping[str, str]:
    return {office.value: label for office, label in OFFICE_LABELS.items() if office in OFFICES_IN[organisation.kind]}


def _check_office(organisation: Organisation, office: str) -> None:
    if office not in OFFICES_IN[organisation.kind]:
        raise invalid(
            "office",
            N_("{kind}没有“{office}”这个职务。"),
            kind=Word(KIND_LABELS[OrganisationKind(organisation.kind)]),
            office=Word(OFFICE_LABELS[Office(office)]),
        )


def _appoint_page(db: Session, organisation_id: int, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    people = db.exec(select(Person.id, Person.name, Person.phone).order_by(col(Person.name), col(Person.id)).limit(2000)).all()
    return page(
        "pages/organisations/appoint.html",
        status=422 if errors else 200,
        organisation=organisation,
        form=Appoint,
        values=values or {"since": today(db)},
        errors=errors,
        choices={
            "person_id": {str(id): f"{name}　{phone}".strip() for id, name, phone in people},
            "office": _offices(organisation),
        },
    )


def _appoint(db: Session, organisation_id: int, sent: Posted) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    try:
        form = Appoint.read(sent.values)
        _check_office(organisation, form.office)
        person = db.get(Person, form.person_id)
        if person is None:
            raise invalid("person_id", N_("请从列出的人员中选。"))
        repeated = select(Appointment.id).where(
            Appointment.person_id == form.person_id,
            Appointment.organisation_id == organisation_id,
            Appointment.office == form.office,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= form.since),
        )
        if db.exec(repeated).first() is not None:
            raise invalid("office", N_("{who}已经担任这个职务。"), who=person.name)
    except Invalid as error:
        return _appoint_page(db, organisation_id, sent.values, error.errors)
    taken = Appointment(person_id=form.person_id, organisation_id=organisation_id, office=form.office, since=form.since)
    administration.appoint(db, taken, **by(db))
    return redirect(f"/organisations/{organisation_id}", say(N_("已登记{who}的职务。"), who=person.name))


def _appointment(db: Session, appointment_id: int) -> tuple[Appointment, Person, Organisation]:
    appointment = db.get(Appointment, appointment_id)
    if appointment is None:
        raise NotFoundException
    return appointment, db.get_one(Person, appointment.person_id), db.get_one(Organisation, appointment.organisation_id)


def _end_page(db: Session, appointment_id: int, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    appointment, person, organisation = _appointment(db, appointment_id)
    return page(
        "pages/organisations/end.html",
        status=422 if errors else 200,
        appointment=appointment,
        person=person,
        organisation=organisation,
        form=EndAppointment,
        values=values or {"until": today(db)},
        errors=errors,
    )


def _end(db: Session, appointment_id: int, sent: Posted) -> Response[str]:
    appointment, person, organisation = _appointment(db, appointment_id)
    try:
        form = EndAppointment.read(sent.values)
        if form.until < appointment.since:
            raise invalid("until", N_("任职到哪一天，不能早于任职开始的{since}。"), since=appointment.since)
    except Invalid as error:
        return _end_page(db, appointment_id, sent.values, error.errors)
    administration.end(db, appointment, form.until, **by(db))
    return redirect(f"/organisations/{organisation.id}", say(N_("已登记{who}的职务到{until}为止。"), who=person.name, until=form.until))


routes = (
    index,
    show_new,
    create,
    show,
    show_edit,
    edit,
    show_new_person,
    add_person,
    show_appoint,
    appoint,
    show_end,
    end,
)
