"""The roll of mediators (调解员名册): what each is good at, when each is away, how much each has in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from mediation.committees.composition import Place, places
from mediation.committees.models import DeclaredTie, MediatorAbsence, MediatorSkills
from mediation.committees.terms import MEDIATE, OFFICES
from mediation.models import Assignment, MediationCase
from mediation.terms import Matter, State
from workflow.organisations import Organisation
from workflow.people import Office, Person, appointments


@dataclass(frozen=True)
class Mediator:
    """One person on the roll. `load` counts open cases of every committee; `absences` those not yet over."""

    person: Person
    places: tuple[Place, ...]
    matters: frozenset[Matter]
    absences: tuple[MediatorAbsence, ...]
    load: int

    @property
    def id(self) -> int:
        assert self.person.id is not None
        return self.person.id

    def away(self, on: date) -> MediatorAbsence | None:
        return next((one for one in self.absences if one.since <= on <= one.until), None)


def mediators(db: Session, committee: Organisation, on: date) -> list[Mediator]:
    """All who may conduct a case on the day `on`: the members and those appointed."""
    held: dict[int, list[Place]] = {}
    for place in places(db, committee, on):
        if place.office in MEDIATE:
            held.setdefault(place.appointment.person_id, []).append(place)
    skills = {
        row.person_id: frozenset(map(Matter, row.matters))
        for row in db.exec(select(MediatorSkills).where(MediatorSkills.organisation_id == committee.id))
    }
    away = db.exec(
        select(MediatorAbsence)
        .where(MediatorAbsence.organisation_id == committee.id, MediatorAbsence.until >= on)
        .order_by(col(MediatorAbsence.since))
    ).all()
    loads = _loads(db, list(held))
    return [
        Mediator(
            found[0].person,
            tuple(found),
            skills.get(person_id, frozenset()),
            tuple(one for one in away if one.person_id == person_id),
            loads.get(person_id, 0),
        )
        for person_id, found in held.items()
    ]


def ties(db: Session, committee: Organisation, person_id: int | None = None) -> list[DeclaredTie]:
    """Declarations that hold, of one mediator or of all."""
    query = select(DeclaredTie).where(DeclaredTie.organisation_id == committee.id, col(DeclaredTie.ended_on).is_(None))
    if person_id is not None:
        query = query.where(DeclaredTie.person_id == person_id)
    return list(db.exec(query.order_by(col(DeclaredTie.id))))


def offices_of(db: Session, committee_id: int, person_id: int, on: date) -> frozenset[Office]:
    """What a person is in this committee."""
    held = {Office(row.office) for row in appointments(db, person_id, on) if row.organisation_id == committee_id}
    return frozenset(held & set(OFFICES))


def _loads(db: Session, people: list[int]) -> Mapping[int, int]:
    query = (
        select(Assignment.person_id, func.count(func.distinct(col(Assignment.case_id))))
        .join(MediationCase, col(MediationCase.id) == col(Assignment.case_id))
        .where(
            col(Assignment.person_id).in_(people),
            col(Assignment.until).is_(None),
            col(MediationCase.state) != State.CLOSED,
        )
        .group_by(col(Assignment.person_id))
    )
    return {int(person): int(number) for person, number in db.exec(query)}
