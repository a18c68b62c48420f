"""A mediation committee and its mediators: who sits there, what is missing, and the roll. Kept by the chair and the clerk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from mediation.committees import acts, forms, roll
from mediation.committees.acts import By
from mediation.committees.composition import composition
from mediation.committees.models import DeclaredTie
from mediation.committees.terms import KEEP, MEDIATE, OFFICES, PRODUCED_LABELS, SIDE_LABELS, TIE_LABELS, CommitteeSide
from mediation.terms import MATTER_LABELS
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import current_person, is_signed_in
from workflow.forms import FormModel, Invalid
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, union_of
from workflow.people import KEEPERS, Appointment, Office, Person, appointments
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

ADDRESS = "/mediation/committees"
AT_ONCE = 200
SEATS = {
    Office.COMMITTEE_CHAIR: Seat.COMMITTEE_CHAIR,
    Office.COMMITTEE_CLERK: Seat.COMMITTEE_CLERK,
    Office.COMMITTEE_MEMBER: Seat.COMMITTEE_MEMBER,
}


@dataclass(frozen=True)
class View:
    """A committee as one reader has it. `seat` is the one in which the roll is kept, None for who only reads."""

    committee: Organisation
    person_id: int
    offices: frozenset[Office]
    seat: Seat | None

    @property
    def keeps(self) -> bool:
        return self.seat is not None

    def may_speak_for(self, person_id: int) -> bool:
        """What concerns a mediator alone is entered by himself, the chair or the clerk; an administrator has no part in it."""
        return bool(self.offices & KEEP) or (person_id == self.person_id and bool(self.offices & MEDIATE))

    def by(self, db: Session) -> By:
        own = next((seat for office, seat in SEATS.items() if office in self.offices), Seat.MEDIATOR)
        return By(self.person_id, self.seat or own, today(db), now())


@dataclass(frozen=True)
class Task:
    """One form about a committee, an appointment in it or a person on its roll."""

    form: type[FormModel]
    title: str
    done: str
    apply: Callable[[Session, View, Any, int], object]
    own: bool = False


# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index() -> Response[str]:
    return await in_read(_index)


@get(f"{ADDRESS}/{{committee_id:int}}", guards=[is_signed_in])
async def show(committee_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, committee_id)


@get(f"{ADDRESS}/{{committee_id:int}}/{{noun:str}}", guards=[is_signed_in])
async def show_form(committee_id: FromPath[int], noun: FromPath[str], of: FromQuery[int] = 0) -> Response[str]:
    return await in_read(_form, committee_id, noun, of, None, {})


@post(f"{ADDRESS}/{{committee_id:int}}/{{noun:str}}", guards=[is_signed_in], status_code=200)
async def enter(request: AnyRequest, committee_id: FromPath[int], noun: FromPath[str], of: FromQuery[int] = 0) -> Response[str]:
    return await in_write(_enter, committee_id, noun, of, await posted(request))


@post(f"{ADDRESS}/{{committee_id:int}}/ties/{{tie_id:int}}/end", guards=[is_signed_in])
async def end_tie(committee_id: FromPath[int], tie_id: FromPath[int]) -> Response[str]:
    return await in_write(_end_tie, committee_id, tie_id)


# ---- pages


def _index(db: Session) -> Response[str]:
    person, on = current_person(db), today(db)
    query = (
        select(Organisation).where(Organisation.kind == OrganisationKind.COMMITTEE).order_by(col(Organisation.region), col(Organisation.id))
    )
    if not READER.get().is_administrator:
        held = [row.organisation_id for row in appointments(db, person.id or 0, on)]
        around = select(Organisation.of_id).where(col(Organisation.id).in_(held), col(Organisation.of_id).is_not(None))
        query = query.where(col(Organisation.id).in_(held) | col(Organisation.of_id).in_(held) | col(Organisation.of_id).in_(around))
    seen = [committee for committee in db.exec(query.limit(AT_ONCE)) if _view(db, committee) is not None]
    found = [(committee, composition(db, committee, _rules(db, committee), on)) for committee in seen]
    return page("pages/mediation/committees.html", found=found)


def _show(db: Session, committee_id: int) -> Response[str]:
    view, on = _load(db, committee_id), today(db)
    committee = view.committee
    found = composition(db, committee, _rules(db, committee), on)
    told = [row for row in roll.ties(db, committee) if view.may_speak_for(row.person_id)]
    return page(
        "pages/mediation/committee.html",
        committee=committee,
        view=view,
        address=f"{ADDRESS}/{committee.id}",
        enterprise=db.get(Organisation, committee.of_id) if committee.of_id else None,
        composition=found,
        numbers=[(SIDE_LABELS[side], len(found.people_of(side))) for side in CommitteeSide],
        mediators=[(one, one.away(on)) for one in roll.mediators(db, committee, on)],
        ties=[(row, db.get_one(Person, row.person_id).name) for row in told],
        produced=PRODUCED_LABELS,
        sides=SIDE_LABELS,
        matters=MATTER_LABELS,
        tie_labels=TIE_LABELS,
    )


def _form(
    db: Session, committee_id: int, noun: str, of: int, values: Mapping[str, Any] | None, errors: Mapping[str, Sequence[Sentence]]
) -> Response[str]:
    view = _load(db, committee_id)
    task, subject = _task(db, view, noun, of)
    return page(
        "pages/mediation/committee_form.html",
        status=422 if errors else 200,
        committee=view.committee,
        address=f"{ADDRESS}/{view.committee.id}",
        action=f"{ADDRESS}/{view.committee.id}/{noun}" + (f"?of={of}" if of else ""),
        task=task,
        subject=subject,
        form=task.form,
        values=_begins(db, view, noun, of) if values is None else values,
        errors=errors,
    )


def _enter(db: Session, committee_id: int, noun: str, of: int, sent: Posted) -> Response[str]:
    view = _load(db, committee_id)
    task, _ = _task(db, view, noun, of)
    try:
        task.apply(db, view, task.form.read(sent.values), of)
    except Invalid as error:
        db.rollback()
        return _form(db, committee_id, noun, of, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{committee_id}", say(task.done))


def _end_tie(db: Session, committee_id: int, tie_id: int) -> Response[str]:
    view = _load(db, committee_id)
    row = db.get(DeclaredTie, tie_id)
    if row is None or row.organisation_id != committee_id or row.ended_on is not None or not view.may_speak_for(row.person_id):
        raise NotFoundException
    acts.end_tie(db, row, view.by(db))
    return redirect(f"{ADDRESS}/{committee_id}", say(N_("已登记：这项声明不再适用。")))


# ---- who may, and on what


def _load(db: Session, committee_id: int) -> View:
    """The committee as this person has it, or 404."""
    committee = db.get(Organisation, committee_id) if 0 < committee_id < 2**63 else None
    view = _view(db, committee) if committee is not None and committee.kind == OrganisationKind.COMMITTEE else None
    if view is None:
        raise NotFoundException
    return view


def _view(db: Session, committee: Organisation) -> View | None:
    """Its own people; beside them who looks after the enterprise's and its union's papers, and administrators."""
    person, on = current_person(db), today(db)
    assert person.id is not None and committee.id is not None
    offices = roll.offices_of(db, committee.id, person.id, on)
    kept = next((SEATS[office] for office in OFFICES if office in offices & KEEP), None)
    seat = kept or (Seat.ADMINISTRATOR if READER.get().is_administrator else None)
    if not offices and seat is None and not _is_of_the_enterprise(db, committee, person.id):
        return None
    return View(committee, person.id, offices, seat)


def _is_of_the_enterprise(db: Session, committee: Organisation, person_id: int) -> bool:
    if committee.of_id is None:
        return False
    union = union_of(db, committee.of_id)
    bodies = {committee.of_id, union.id if union else None}
    return any(row.organisation_id in bodies and row.office in KEEPERS for row in appointments(db, person_id, today(db)))


def _task(db: Session, view: View, noun: str, of: int) -> tuple[Task, str]:
    """The task and the name of whom it is about, or 404."""
    task = TASKS.get(noun)
    if task is None:
        raise NotFoundException
    if noun == "enrolment":
        if not view.keeps:
            raise NotFoundException
        return task, ""
    person_id = of if task.own else _appointment(db, view, of).person_id
    on_roll = person_id in {one.id for one in roll.mediators(db, view.committee, today(db))}
    if not (on_roll and view.may_speak_for(person_id) if task.own else view.keeps):
        raise NotFoundException
    return task, db.get_one(Person, person_id).name


def _appointment(db: Session, view: View, appointment_id: int) -> Appointment:
    found = db.get(Appointment, appointment_id) if 0 < appointment_id < 2**63 else None
    if found is None or found.organisation_id != view.committee.id or found.office not in OFFICES:
        raise NotFoundException
    return found


def _begins(db: Session, view: View, noun: str, of: int) -> dict[str, Any]:
    if noun == "skills":
        return {"matters": sorted(next(one.matters for one in roll.mediators(db, view.committee, today(db)) if one.id == of))}
    return {"since": today(db)} if noun in ("enrolment", "absence") else {"until": today(db)} if noun == "end" else {}


def _rules(db: Session, committee: Organisation) -> Rulebook:
    return rulebook(committee.region, "mediation", load_overrides(db))


TASKS: Mapping[str, Task] = {
    "enrolment": Task(
        forms.Enrol,
        N_("登记成员和调解员"),
        N_("已登记。"),
        lambda db, view, form, of: acts.enrol(db, view.committee, form, _rules(db, view.committee), view.by(db)),
    ),
    "production": Task(
        forms.HowProduced,
        N_("登记产生方式"),
        N_("已登记产生方式。"),
        lambda db, view, form, of: acts.note_production(db, _appointment(db, view, of), form, view.by(db)),
    ),
    "end": Task(
        forms.Leave,
        N_("登记离任"),
        N_("已登记离任。"),
        lambda db, view, form, of: acts.leave(db, _appointment(db, view, of), form, view.by(db)),
    ),
    "skills": Task(
        forms.Skills,
        N_("登记专长"),
        N_("已登记专长，指定调解员时优先推荐。"),
        lambda db, view, form, of: acts.note_skills(db, view.committee, of, form.matters, view.by(db)),
        own=True,
    ),
    "absence": Task(
        forms.Absence,
        N_("登记不接案的日子"),
        N_("已登记，这几天不推荐指定。"),
        lambda db, view, form, of: acts.note_absence(db, view.committee, of, form, view.by(db)),
        own=True,
    ),
    "tie": Task(
        forms.Declare,
        N_("登记回避声明"),
        N_("已登记，遇到有关案件会提示。"),
        lambda db, view, form, of: acts.declare(db, view.committee, of, form, view.by(db)),
        own=True,
    ),
}


routes = (index, show, show_form, enter, end_tie)
