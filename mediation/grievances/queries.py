"""What is read of grievances: seats, who may see one, the register, the facts, the counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, or_, select

from mediation.grievances.facts import Facts
from mediation.grievances.models import Grievance, Routing
from mediation.grievances.terms import Satisfaction
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, below, union_of
from workflow.people import Appointment, Office, appointments, holders, who_sign_in
from workflow.procedure import Actor
from workflow.seats import Seat

OFFICERS = frozenset({Office.UNION_CHAIR, Office.UNION_OFFICER, Office.SUPERIOR_OFFICER, Office.COMMITTEE_CHAIR, Office.COMMITTEE_CLERK})
"""Offices whose holders take grievances in."""


@dataclass(frozen=True)
class Place:
    """A body at which this person may register, and whether as one who takes in or as one who asks."""

    body: Organisation
    takes_in: bool


# ---- seats


def actor(db: Session, grievance: Grievance, person_id: int, on: date) -> Actor:
    seats = seats_of(db, grievance, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats, outside=not seats)


def seats_of(db: Session, grievance: Grievance, person_id: int, on: date) -> frozenset[Seat]:
    """Who takes in and who was asked to deal with it work on it; whoever raised it is the worker."""
    working = {grievance.organisation_id, current_handler(db, grievance)}
    seats = {Seat.UNION} if bodies_of(appointments(db, person_id, on)) & working else set()
    return frozenset(seats | ({Seat.WORKER} if grievance.person_id == person_id else set()))


def bodies_of(held: Sequence[Appointment]) -> set[int]:
    return {a.organisation_id for a in held if a.office in OFFICERS}


def current_handler(db: Session, grievance: Grievance) -> int | None:
    return db.exec(select(Routing.handler_id).where(Routing.grievance_id == grievance.id).order_by(col(Routing.round).desc())).first()


def people(db: Session, grievance: Grievance, seats: set[Seat], on: date) -> set[int | None]:
    found: set[int | None] = {grievance.person_id} if Seat.WORKER in seats else set()
    if Seat.UNION in seats:
        for body in {grievance.organisation_id, current_handler(db, grievance)} - {None}:
            found |= {p.id for p in holders(db, body or 0, set(OFFICERS), on)}
    return found - {None}


def places(db: Session, person_id: int, on: date) -> list[Place]:
    """Where this person registers: a body whose officer he is, or the union of the enterprise he works for."""
    held = appointments(db, person_id, on)
    found = {body: Place(db.get_one(Organisation, body), True) for body in sorted(bodies_of(held))}
    for enterprise in sorted({a.organisation_id for a in held if a.office == Office.WORKER}):
        union = union_of(db, enterprise)
        if union is not None and union.id is not None:
            found.setdefault(union.id, Place(union, False))
    return list(found.values())


# ---- who sees what


def visible_to(db: Session, grievance: Grievance, person_id: int, on: date) -> bool:
    return bool(seats_of(db, grievance, person_id, on))


def register(db: Session, person_id: int, on: date, *, limit: int, offset: int = 0) -> list[Grievance]:
    """Those that this person may see, what is not over yet first."""
    bodies = bodies_of(appointments(db, person_id, on))
    latest = select(func.max(Routing.round)).where(Routing.grievance_id == Grievance.id).correlate(Grievance).scalar_subquery()
    handled = select(Routing.grievance_id).where(col(Routing.handler_id).in_(bodies), Routing.round == latest)
    query = select(Grievance).where(
        or_(
            col(Grievance.organisation_id).in_(bodies),
            col(Grievance.person_id) == person_id,
            handled.where(Routing.grievance_id == Grievance.id).exists(),
        )
    )
    ordered = query.order_by(col(Grievance.closed_on).is_not(None), col(Grievance.id).desc())
    return list(db.exec(ordered.limit(limit).offset(offset)).all())


def before(db: Session, mediation: int) -> Sequence[Grievance]:
    """Grievances that became this case of mediation."""
    return db.exec(select(Grievance).where(Grievance.mediation_id == mediation).order_by(col(Grievance.id))).all()


# ---- facts


def rules(db: Session, grievance: Grievance) -> Rulebook:
    return rulebook(grievance.region, "mediation", load_overrides(db))


def facts(db: Session, grievance: Grievance, on: date) -> Facts:
    routings = db.exec(select(Routing).where(Routing.grievance_id == grievance.id).order_by(col(Routing.round))).all()
    signs_in = grievance.person_id is not None and who_sign_in(db, {grievance.person_id})
    return Facts(
        grievance=grievance,
        body=db.get_one(Organisation, grievance.organisation_id),
        rules=rules(db, grievance),
        routings=tuple(routings),
        without_account=frozenset() if signs_in else frozenset({Seat.WORKER}),
    )


def employer_named(db: Session, body: Organisation, name: str) -> int | None:
    """The enterprise of this name within the reach of the body, if it is known here."""
    under = select(Organisation.of_id).where(col(Organisation.id).in_(below([body.id or 0])), col(Organisation.of_id).is_not(None))
    query = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.ENTERPRISE,
        Organisation.name == name,
        or_(col(Organisation.id) == body.of_id, col(Organisation.parent_id) == body.id, col(Organisation.id).in_(under)),
    )
    return db.exec(query).first()


# ---- counts


@dataclass(frozen=True)
class Counts:
    """Grievances of some bodies in a span of days, for statistics."""

    total: int
    by_channel: dict[str, int]
    by_subject: dict[str, int]
    by_route: dict[str, int]
    """How many were passed on to each, at least once."""
    answered_in_time: int
    answered_late: int
    rated: int
    content: int
    """Of those rated: satisfied or mostly."""


def counts(db: Session, bodies: Collection[int], since: date, until: date) -> Counts:
    within = (col(Grievance.organisation_id).in_(bodies), col(Grievance.opened_on).between(since, until))
    by_channel = dict(db.exec(select(Grievance.channel, func.count()).where(*within).group_by(Grievance.channel)).all())
    by_subject = dict(db.exec(select(Grievance.subject, func.count()).where(*within).group_by(Grievance.subject)).all())
    passed = select(Routing.route, func.count(func.distinct(Routing.grievance_id))).join(
        Grievance, col(Grievance.id) == Routing.grievance_id
    )
    by_route = dict(db.exec(passed.where(*within).group_by(Routing.route)).all())
    late = col(Routing.answered_on) > col(Routing.answer_by)
    answered = (
        select(late, func.count())
        .select_from(Routing)
        .join(Grievance, col(Grievance.id) == Routing.grievance_id)
        .where(*within, col(Routing.answered_on).is_not(None))
        .group_by(late)
    )
    in_time = {bool(was_late): number for was_late, number in db.exec(answered).all()}
    rated = dict(
        db.exec(
            select(Grievance.satisfaction, func.count())
            .where(*within, col(Grievance.satisfaction).in_(set(Satisfaction) - {Satisfaction.UNSAID}))
            .group_by(Grievance.satisfaction)
        ).all()
    )
    return Counts(
        total=sum(by_channel.values()),
        by_channel=by_channel,
        by_subject=by_subject,
        by_route=by_route,
        answered_in_time=in_time.get(False, 0),
        answered_late=in_time.get(True, 0),
        rated=sum(rated.values()),
        content=rated.get(Satisfaction.SATISFIED, 0) + rated.get(Satisfaction.MOSTLY, 0),
    )
