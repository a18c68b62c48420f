"""Which function brings about which act, and what these functions share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from sqlmodel import Session, col, or_, select

from negotiation.facts import Facts
from negotiation.forms import NO_ACCOUNT
from negotiation.models import Negotiation, Representative
from negotiation.terms import Side
from workflow.forms import invalid
from workflow.people import Appointment, Person
from workflow.proceedings import Doing
from workflow.seats import Seat
from workflow.words import N_

Now: TypeAlias = Doing[Negotiation, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}

BOTH_SIDES = {Seat.UNION, Seat.WORKER_CHIEF, Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}
OF_SIDE = {
    Side.WORKERS: {Seat.UNION, Seat.WORKER_CHIEF, Seat.WORKER_REPRESENTATIVE},
    Side.EMPLOYER: {Seat.EMPLOYER, Seat.EMPLOYER_CHIEF, Seat.EMPLOYER_REPRESENTATIVE},
}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def side_of(now: Now) -> Side:
    """The side whose act this is."""
    seat = now.by.seat
    if seat is Seat.INITIATOR:
        return Side(now.case.initiator)
    if seat is Seat.OTHER_SIDE:
        return Side(now.case.initiator).other
    return Side.WORKERS if seat in OF_SIDE[Side.WORKERS] else Side.EMPLOYER


def other_side(now: Now) -> set[Seat]:
    return OF_SIDE[side_of(now).other]


def number_of(now: Now) -> int:
    assert now.case.id is not None
    return now.case.id


def person_meant(now: Now, name: str, account: int | None, at: str) -> int | None:
    """Who is meant by a name: the one person who bears it and holds an office in the enterprise or its union on the day.

    A seat opens a room, and nobody enters one by a name shared with somebody else: where two bear it, whoever sits in the case under this name
    already stays the one meant, otherwise `account` says which (`NO_ACCOUNT`: somebody else without one). Raises `Invalid` beside the field `at`.
    """
    found = {one.id for one in officials(now.db, now.case, now.on) if one.name == name}
    if account == NO_ACCOUNT:
        return None
    if account is not None:
        if account not in found:
            raise invalid(at, N_("选的这一位不叫{name}，请核对。"), name=name)
        return account
    if len(found) > 1:
        sitting = {r.person_id for r in now.facts.representatives if r.name == name} & found
        if len(sitting) != 1:
            raise invalid(at, N_("单位和工会里有{count}位{name}，请选择是哪一位。"), count=len(found), name=name)
        return sitting.pop()
    return next(iter(found), None)


def officials(db: Session, case: Negotiation, on: date) -> list[Person]:
    """Whoever holds an office in the enterprise or its union on the day, by name."""
    bodies = [i for i in (case.organisation_id, case.union_id) if i is not None]
    query = (
        select(Person)
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(
            col(Appointment.organisation_id).in_(bodies),
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        )
    )
    return list(db.exec(query.distinct().order_by(col(Person.name), col(Person.id))).all())


def chief(now: Now, side: Side) -> Representative:
    """The chief of a side. Raises `Invalid` where there is none."""
    found = now.facts.team(side).chief
    if found is None:
        raise invalid("", N_("这一方还没有首席代表，请先“确定协商代表”。"))
    return found


def not_before(now: Now, field: str, day: date, event: str, msgid: str) -> None:
    """A day that cannot lie before another event. The sentence has {day}."""
    earlier = now.facts.day_of(event)
    if earlier is not None and day < earlier:
        raise invalid(field, msgid, day=earlier)


def not_in_future(now: Now, field: str, day: date) -> None:
    if day > now.on:
        raise invalid(field, N_("这一天不能晚于办理日期（{day}）。"), day=now.on)
