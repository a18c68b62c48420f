"""What is read of terms: the seats of a person, who may see a roll, the facts, and the term that a meeting belongs to."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from congress.models import CongressMeeting, RollEntry
from congress.presence import members
from congress.queries import EMPLOYER_OFFICES, offices_of, union_behind
from congress.rolls.facts import Facts
from congress.rolls.models import Attendee, Committee, CommitteeMember, CongressTerm, Constituency, Delegate
from congress.terms import TermState
from workflow.law import regions
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rule, Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, ancestors
from workflow.people import Appointment, Office, Person, appointments, holders
from workflow.procedure import Actor
from workflow.seats import Seat

KNOWN = (TermState.SERVING, TermState.ENDED)
"""From here on the employer, the superior union and the delegates themselves see a roll."""

# ---- seats


def actor(db: Session, term: CongressTerm, person_id: int, on: date) -> Actor:
    seats = seats_of(db, term, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats, outside=Seat.UNION not in seats)


def seats_of(db: Session, term: CongressTerm, person_id: int, on: date) -> frozenset[Seat]:
    body = db.get_one(Organisation, term.organisation_id)
    union = union_behind(db, body)
    held = {(a.organisation_id, a.office) for a in appointments(db, person_id, on)}
    seats: set[Seat] = set()
    if union is not None and any((union.id, office) in held for office in offices_of(union)):
        seats.add(Seat.UNION)
    if body.kind == OrganisationKind.ENTERPRISE and any((body.id, office) in held for office in EMPLOYER_OFFICES):
        seats.add(Seat.EMPLOYER)
    if union is not None and any((above.id, Office.SUPERIOR_OFFICER) in held for above in ancestors(db, union)):
        seats.add(Seat.SUPERIOR_UNION)
    if _own_seat(db, term, person_id, on):
        seats.add(Seat.DELEGATE)
    return frozenset(seats)


def _own_seat(db: Session, term: CongressTerm, person_id: int, on: date) -> bool:
    query = select(Delegate).where(Delegate.term_id == term.id, Delegate.person_id == person_id)
    return any(d.is_on_roll(on) for d in db.exec(query))


def people(db: Session, term: CongressTerm, seats: set[Seat], on: date) -> set[int | None]:
    union = union_behind(db, db.get_one(Organisation, term.organisation_id))
    if Seat.UNION not in seats or union is None or union.id is None:
        return set()
    return {p.id for p in holders(db, union.id, set(offices_of(union)), on)}


# ---- who sees what


def visible_to(db: Session, term: CongressTerm, person_id: int, on: date) -> bool:
    """Its union; once the term is in office the employer, the delegates and the superior union too."""
    seats = seats_of(db, term, person_id, on)
    return Seat.UNION in seats or (bool(seats) and term.state in KNOWN)


def visible_terms(db: Session, person_id: int, on: date) -> list[CongressTerm]:
    """Those of the bodies for whose congress this person's union works, of the own enterprise, and those one is a delegate of."""
    own, known = _bodies(db, person_id, on)
    mine = select(Delegate.term_id).where(Delegate.person_id == person_id)
    query = select(CongressTerm).where(
        or_(
            col(CongressTerm.organisation_id).in_(own),
            col(CongressTerm.state).in_([str(s) for s in KNOWN])
            & or_(col(CongressTerm.organisation_id).in_(known), col(CongressTerm.id).in_(mine)),
        )
    )
    found = db.exec(query.order_by(col(CongressTerm.since).desc(), col(CongressTerm.id).desc())).all()
    return [t for t in found if t.organisation_id in own | known or visible_to(db, t, person_id, on)]


def _bodies(db: Session, person_id: int, on: date) -> tuple[set[int], set[int]]:
    """Bodies whose terms the person sees from the election on, and from their taking office on."""
    own, known = set[int](), set[int]()
    for held in appointments(db, person_id, on):
        place = db.get_one(Organisation, held.organisation_id)
        is_union = place.kind in (OrganisationKind.UNION, OrganisationKind.FEDERATION)
        if is_union and held.office in offices_of(place):
            own |= {i for i in (place.of_id, place.id) if i is not None}
        if place.kind == OrganisationKind.ENTERPRISE and held.office in EMPLOYER_OFFICES:
            known.add(held.organisation_id)
        if is_union and held.office == Office.SUPERIOR_OFFICER:
            known |= _below(db, held.organisation_id)
    return own, known


def _below(db: Session, federation_id: int) -> set[int]:
    """Bodies whose congress a union below this one organises, any depth."""
    unions = (OrganisationKind.UNION, OrganisationKind.FEDERATION)
    below = (
        select(Organisation.id, Organisation.of_id)
        .where(Organisation.parent_id == federation_id, col(Organisation.kind).in_(unions))
        .cte("below", recursive=True)
    )
    below = below.union(
        select(Organisation.id, Organisation.of_id)
        .join(below, col(Organisation.parent_id) == below.c.id)
        .where(col(Organisation.kind).in_(unions))
    )
    return {one for row in db.exec(select(below.c.id, below.c.of_id)) for one in row if one is not None}


def sizes(db: Session, term_ids: Sequence[int]) -> dict[int, int]:
    """Term → seats held now."""
    query = select(Delegate.term_id, func.count()).where(col(Delegate.term_id).in_(term_ids), col(Delegate.until).is_(None))
    return dict(db.exec(query.group_by(col(Delegate.term_id))).all())


# ---- facts


def rules(db: Session, term: CongressTerm) -> Rulebook:
    return rulebook(term.region, "congress", load_overrides(db))


def facts(db: Session, term: CongressTerm, on: date) -> Facts:
    overrides = load_overrides(db)
    constituencies = db.exec(select(Constituency).where(Constituency.term_id == term.id).order_by(col(Constituency.number))).all()
    order = {c.id: c.number for c in constituencies}
    delegates = db.exec(select(Delegate).where(Delegate.term_id == term.id).order_by(col(Delegate.id))).all()
    attendees = db.exec(select(Attendee).where(Attendee.term_id == term.id).order_by(col(Attendee.id))).all()
    committees = db.exec(select(Committee).where(Committee.term_id == term.id).order_by(col(Committee.id))).all()
    sitting = select(CommitteeMember).where(col(CommitteeMember.committee_id).in_([c.id for c in committees]))
    committee_members = db.exec(sitting.order_by(col(CommitteeMember.id))).all() if committees else ()
    serving = db.exec(
        select(CongressTerm).where(
            CongressTerm.organisation_id == term.organisation_id,
            CongressTerm.form == term.form,
            CongressTerm.state == TermState.SERVING,
            CongressTerm.id != term.id,
        )
    ).first()
    return Facts(
        term=term,
        body=db.get_one(Organisation, term.organisation_id),
        rules=rulebook(term.region, "congress", overrides),
        nation=rulebook(regions.NATION, "congress", overrides),
        constituencies=tuple(constituencies),
        delegates=tuple(sorted(delegates, key=lambda d: order.get(d.constituency_id, 0))),
        attendees=tuple(attendees),
        serving=serving,
        committees=tuple(committees),
        committee_members=tuple(committee_members),
    )


def share_of(rule: Rule) -> Fraction:
    return Fraction(str(rule.value))


def terms_of(db: Session, organisation_id: int) -> list[CongressTerm]:
    query = select(CongressTerm).where(CongressTerm.organisation_id == organisation_id)
    return list(db.exec(query.order_by(col(CongressTerm.number).desc())).all())


def person_named(db: Session, body: Organisation, name: str, on: date) -> int | None:
    """The one person of that name who holds an office there; None where there is nobody, or more than one."""
    query = select(Person.id).join(Appointment, col(Appointment.person_id) == col(Person.id))
    found = db.exec(
        query.where(
            Person.name == name,
            Appointment.organisation_id == body.id,
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        ).distinct()
    ).all()
    return found[0] if len(found) == 1 else None


# ---- meetings


def term_of(db: Session, organisation_id: int, form: str, number: int) -> CongressTerm | None:
    """The term that a meeting belongs to, once it is in office."""
    return db.exec(
        select(CongressTerm).where(
            CongressTerm.organisation_id == organisation_id,
            CongressTerm.form == form,
            CongressTerm.number == number,
            col(CongressTerm.state).in_([str(s) for s in KNOWN]),
        )
    ).first()


def roll_on(db: Session, term: CongressTerm, on: date) -> list[tuple[Delegate, Constituency]]:
    """Who is on the roll that day, by constituency."""
    query = (
        select(Delegate, Constituency)
        .join(Constituency, col(Constituency.id) == col(Delegate.constituency_id))
        .where(Delegate.term_id == term.id, Delegate.since <= on, or_(col(Delegate.until).is_(None), col(Delegate.until) > on))
        .order_by(col(Constituency.number), col(Delegate.id))
    )
    return [(delegate, constituency) for delegate, constituency in db.exec(query).all()]


def roll_of(db: Session, meeting: CongressMeeting, on: date) -> list[tuple[Delegate, Constituency]]:
    """Who belongs to a meeting: from its opening on as its book of presence has them."""
    return list(members.roll_of(db, meeting, on))


def frozen_roll(db: Session, meeting: CongressMeeting) -> list[RollEntry]:
    """The roll as it stood when the meeting opened."""
    if meeting.id is None:
        return []
    return list(db.exec(select(RollEntry).where(RollEntry.meeting_id == meeting.id).order_by(col(RollEntry.number))).all())
