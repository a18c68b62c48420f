"""Who sits on a committee and what is still missing (企业劳动争议协商调解规定 Arts. 15, 18 and 19)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from mediation.committees.models import CommitteeSeat
from mediation.committees.terms import MAY_BE, OFFICES, SIDE_OF, CommitteeSide, Produced
from workflow.clock import add_months
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation, union_of
from workflow.people import Appointment, Office, Person, holders
from workflow.procedure import Reason
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

KEEPERS = frozenset({Seat.COMMITTEE_CHAIR, Seat.COMMITTEE_CLERK})


@dataclass(frozen=True)
class Place:
    """One office of one person in the committee."""

    appointment: Appointment
    person: Person
    produced: Produced | None

    @property
    def office(self) -> Office:
        return Office(self.appointment.office)

    @property
    def side(self) -> CommitteeSide | None:
        return SIDE_OF.get(self.produced) if self.produced else None


@dataclass(frozen=True)
class Composition:
    places: tuple[Place, ...]
    gaps: tuple[Reason, ...]
    """What the law asks and the committee has not."""

    def of(self, office: Office) -> list[Place]:
        return [place for place in self.places if place.office is office]

    def people_of(self, side: CommitteeSide) -> set[int]:
        """A chair from the union committee is one of the workers' representatives."""
        return {place.appointment.person_id for place in self.places if place.side is side}


def composition(db: Session, committee: Organisation, rules: Rulebook, on: date) -> Composition:
    found = places(db, committee, on)
    return Composition(found, tuple(_gaps(committee, Composition(found, ()), rules, on)))


def places(db: Session, committee: Organisation, on: date) -> tuple[Place, ...]:
    """Offices held there on the day `on`, the chair first. An officer of the enterprise's union is one of its committee, entered or not."""
    rows = db.exec(
        select(Appointment, Person, CommitteeSeat)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .outerjoin(CommitteeSeat, col(CommitteeSeat.appointment_id) == col(Appointment.id))
        .where(
            Appointment.organisation_id == committee.id,
            col(Appointment.office).in_(OFFICES),
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        )
        .order_by(col(Appointment.id))
    )
    officers = _union_officers(db, committee, on)
    found = [Place(appointment, person, _produced(appointment, seat, officers)) for appointment, person, seat in rows]
    return tuple(sorted(found, key=lambda place: OFFICES.index(place.office)))


def _produced(appointment: Appointment, seat: CommitteeSeat | None, officers: set[int | None]) -> Produced | None:
    if seat is not None:
        return Produced(seat.produced)
    return Produced.UNION_COMMITTEE if appointment.office in MAY_BE and appointment.person_id in officers else None


def too_short(rules: Rulebook, since: date, until: date | None, on: date) -> Sentence | None:
    """A mediator is appointed for a year at least."""
    years = rules.get("MEDR-TERM", on).value
    if until is None or until + timedelta(days=1) >= add_months(since, 12 * years):
        return None
    return say(N_("聘期从{since}到{until}，不满{years}年。"), since=since, until=until, years=years)


def _gaps(committee: Organisation, found: Composition, rules: Rulebook, on: date) -> Iterator[Reason]:
    def reason(rule_id: str, sentence: Sentence, remedy: Sentence) -> Reason:
        rule = rules.get(rule_id, on)
        return Reason(sentence, rule.id, rule.citations, remedy, KEEPERS)

    chairs = found.of(Office.COMMITTEE_CHAIR)
    if not chairs:
        yield reason("COMM-COMP", say(N_("还没有主任。")), say(N_("登记工会委员会成员或者双方推举的人为主任")))
    for chair in chairs:
        if chair.produced not in MAY_BE[Office.COMMITTEE_CHAIR]:
            yield reason(
                "COMM-COMP",
                say(N_("没有登记主任{name}是工会委员会成员，也没有登记由双方推举。"), name=chair.person.name),
                say(N_("登记主任的产生方式")),
            )
    if committee.of_id is not None:
        yield from _sides(found, reason)
    for place in found.of(Office.MEDIATOR):
        short = too_short(rules, place.appointment.since, place.appointment.until, on)
        if short is not None:
            yield reason("MEDR-TERM", say(N_("{name}的{short}"), name=place.person.name, short=short), say(N_("续聘到满期限")))
    if not found.of(Office.COMMITTEE_CLERK):
        yield reason("COMM-DUTY", say(N_("还没有专职或者兼职的工作人员。")), say(N_("登记工作人员")))


def _sides(found: Composition, reason: Callable[[str, Sentence, Sentence], Reason]) -> Iterator[Reason]:
    """Equal numbers; only an enterprise's own committee is made up of two sides."""
    untold = [place.person.name for place in found.of(Office.COMMITTEE_MEMBER) if place.side is None]
    if untold:  # how many each side has is not known before
        yield reason("COMM-COMP", say(N_("没有登记{names}代表哪一方。"), names="、".join(untold)), say(N_("登记委员的产生方式")))
        return
    workers, enterprise = len(found.people_of(CommitteeSide.WORKERS)), len(found.people_of(CommitteeSide.ENTERPRISE))
    if not workers or not enterprise:
        lacking = CommitteeSide.ENTERPRISE if workers else CommitteeSide.WORKERS
        yield reason(
            "COMM-COMP",
            say(N_("还没有企业代表。") if lacking is CommitteeSide.ENTERPRISE else N_("还没有职工代表。")),
            say(N_("登记委员，双方人数相等")),
        )
    elif workers != enterprise:
        yield reason(
            "COMM-COMP",
            say(N_("职工代表{workers}人，企业代表{enterprise}人，人数不对等。"), workers=workers, enterprise=enterprise),
            say(N_("增补或者减少委员，使双方人数相等")),
        )


def _union_officers(db: Session, committee: Organisation, on: date) -> set[int | None]:
    union = union_of(db, committee.of_id) if committee.of_id is not None else None
    return {person.id for person in holders(db, union.id or 0, {Office.UNION_CHAIR, Office.UNION_OFFICER}, on)} if union else set()
