"""What is done to a committee's roll. Every change is an entry in the journal of its registration (`workflow.administration`)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mediation.committees import forms
from mediation.committees.composition import too_short
from mediation.committees.models import CommitteeSeat, DeclaredTie, MediatorAbsence, MediatorSkills
from mediation.committees.terms import MAY_BE
from workflow import administration
from workflow.forms import Invalid, invalid
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation, union_of
from workflow.people import Appointment, Office, Person
from workflow.seats import Seat
from workflow.words import N_, say


@dataclass(frozen=True)
class By:
    """Who enters it, in which seat, on which day and when."""

    person_id: int
    seat: Seat
    on: date
    at: datetime


def enrol(db: Session, committee: Organisation, form: forms.Enrol, rules: Rulebook, by: By) -> Appointment:
    """Appoint somebody from the enterprise, its union or the committee itself, or somebody new."""
    assert committee.id is not None
    office = Office(form.office)
    if office is Office.MEDIATOR and (short := too_short(rules, form.since, form.until, by.on)) is not None:
        rule = rules.get("MEDR-TERM", by.on)
        raise Invalid(
            {"until": [say(N_("{short}调解员的聘期至少{years}年（{article}）。"), short=short, years=rule.value, article=rule.article)]}
        )
    person_id = _person(db, committee, form)
    if _holds(db, committee.id, person_id, office, form.since):
        raise invalid("office", N_("{name}已经担任这个职务。"), name=form.name)
    taken = Appointment(person_id=person_id, organisation_id=committee.id, office=office, since=form.since, until=form.until)
    administration.appoint(db, taken, by=by.person_id, on=by.on, at=by.at, seat=by.seat)
    if office in MAY_BE and form.produced and taken.id is not None:
        db.add(CommitteeSeat(appointment_id=taken.id, produced=form.produced))
    if form.matters:
        note_skills(db, committee, person_id, form.matters, by)
    db.flush()
    return taken


def note_production(db: Session, appointment: Appointment, form: forms.HowProduced, by: By) -> None:
    if form.produced not in MAY_BE[appointment.office]:
        raise invalid("produced", N_("主任由工会委员会成员或者双方推举的人员担任；委员由工会委员会成员担任、职工推举或者企业负责人指定。"))
    assert appointment.id is not None
    seat = db.get(CommitteeSeat, appointment.id)
    if seat is None:
        db.add(CommitteeSeat(appointment_id=appointment.id, produced=form.produced))
    else:
        seat.produced = form.produced
    _note(db, appointment.organisation_id, "note_production", appointment.person_id, by, produced=form.produced)


def leave(db: Session, appointment: Appointment, form: forms.Leave, by: By) -> None:
    if form.until < appointment.since:
        raise invalid("until", N_("任职从{since}开始，不能在这之前结束。"), since=appointment.since)
    administration.end(db, appointment, form.until, by=by.person_id, on=by.on, at=by.at, seat=by.seat)


def note_skills(db: Session, committee: Organisation, person_id: int, matters: list[str], by: By) -> None:
    assert committee.id is not None
    known = db.get(MediatorSkills, (committee.id, person_id))
    if known is None:
        db.add(MediatorSkills(organisation_id=committee.id, person_id=person_id, matters=matters))
    else:
        known.matters = matters
    _note(db, committee.id, "note_skills", person_id, by, matters=matters)


def note_absence(db: Session, committee: Organisation, person_id: int, form: forms.Absence, by: By) -> None:
    assert committee.id is not None
    db.add(MediatorAbsence(organisation_id=committee.id, person_id=person_id, since=form.since, until=form.until))
    _note(db, committee.id, "note_absence", person_id, by, since=form.since, until=form.until)


def declare(db: Session, committee: Organisation, person_id: int, form: forms.Declare, by: By) -> None:
    """The journal says that something was declared, not with whom."""
    assert committee.id is not None
    db.add(DeclaredTie(organisation_id=committee.id, person_id=person_id, tie=form.tie, name=form.name, declared_on=by.on))
    _note(db, committee.id, "declare_tie", person_id, by)


def end_tie(db: Session, row: DeclaredTie, by: By) -> None:
    row.ended_on = max(by.on, row.declared_on)
    _note(db, row.organisation_id, "end_tie", row.person_id, by)


def _note(db: Session, committee_id: int, act: str, person_id: int, by: By, **more: object) -> None:
    db.flush()
    administration.note(db, committee_id, act, by=by.person_id, on=by.on, at=by.at, seat=by.seat, person=person_id, **more)


def _holds(db: Session, committee_id: int, person_id: int, office: Office, on: date) -> bool:
    query = select(Appointment.id).where(
        Appointment.organisation_id == committee_id,
        Appointment.person_id == person_id,
        Appointment.office == office,
        or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
    )
    return db.exec(query).first() is not None


def _person(db: Session, committee: Organisation, form: forms.Enrol) -> int:
    """Whoever bears this name in the committee, its enterprise or the union there; otherwise a new person."""
    union = union_of(db, committee.of_id) if committee.of_id is not None else None
    bodies = [body for body in (committee.id, committee.of_id, union.id if union else None) if body is not None]
    known = select(Appointment.person_id).where(col(Appointment.organisation_id).in_(bodies))
    found = list(db.exec(select(Person).where(Person.name == form.name, col(Person.id).in_(known)).order_by(col(Person.id))))
    if form.phone and len(found) > 1:
        found = [person for person in found if person.phone == form.phone]
    if len(found) > 1:
        raise invalid("phone", N_("单位里有{n}个人叫{name}，请填写电话来区分。"), n=len(found), name=form.name)
    person = found[0] if found else Person(name=form.name, phone=form.phone)
    db.add(person)
    db.flush()
    assert person.id is not None
    return person.id
