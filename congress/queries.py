"""What is read of congress meetings: seats, people, facts, the certified result on a text."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from congress.ballots import facts as ballots
from congress.delegates.models import Opinion
from congress.facts import Facts
from congress.joint.models import JointMeeting
from congress.joint.terms import State as JointState
from congress.models import CongressMeeting, Item, MeetingOfficer, PaperCount, Result
from congress.presence import book as presence
from congress.presence.members import delegate_ids, members
from congress.presence.models import CheckInOfficer
from congress.rolls.models import CongressTerm, Delegate
from congress.terms import COUNTING, ItemState, Mode, OfficerSeat, State, TermState
from workflow import clock
from workflow.calendar import Calendar, load_calendar
from workflow.documents.issue import Document
from workflow.law.overrides import Override, load_overrides
from workflow.law.rules import Rule, Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, ancestors, union_of
from workflow.people import Appointment, Office, Person, appointments, holders
from workflow.procedure import Actor
from workflow.seats import Seat

UNION_OFFICES = frozenset({Office.UNION_CHAIR, Office.UNION_OFFICER})
EMPLOYER_OFFICES = frozenset({Office.LEGAL_REPRESENTATIVE, Office.EMPLOYER_OFFICER})
RUNNING = (State.CONVENED, State.OPEN, State.ADJOURNED)
"""While members come and go."""
OVER = (State.CLOSED, State.CERTIFIED, State.PUBLISHED)
"""From here on the superior union sees a meeting."""


# ---- results, for whoever put the text to the vote


def certified(db: Session, text_hash: str, subject: tuple[str, str] | None = None, organisation_id: int | None = None) -> Result | None:
    """The latest result on exactly this text that stands. `subject` is (kind, id) as it was put on the agenda."""
    return next(iter(results_on(db, text_hash, subject, organisation_id)), None)


def results_on(db: Session, text_hash: str, subject: tuple[str, str] | None = None, organisation_id: int | None = None) -> list[Result]:
    """All results on this text that stand, the latest first: of one congress, or of the congress of each enterprise."""
    query = (
        select(Result)
        .join(Item, col(Item.id) == col(Result.item_id))
        .where(Result.text_hash == text_hash, Item.state == ItemState.CERTIFIED, col(Result.annulled_on).is_(None))
        .order_by(col(Result.certified_on).desc(), col(Result.id).desc())
    )
    if subject is not None:
        query = query.where(Item.subject_kind == subject[0], Item.subject_id == subject[1])
    if organisation_id is not None:
        query = query.join(CongressMeeting, col(CongressMeeting.id) == col(Item.meeting_id)).where(
            CongressMeeting.organisation_id == organisation_id
        )
    return list(db.exec(query).all())


def certified_by(db: Session, organisation_id: int, text_hash: str) -> Result | None:
    """The latest result of this body's congress on exactly this text that stands."""
    return certified(db, text_hash, organisation_id=organisation_id)


def result_of(db: Session, item_id: int) -> Result | None:
    """The result of one item, unless it was annulled."""
    return db.exec(select(Result).where(Result.item_id == item_id, col(Result.annulled_on).is_(None))).first()


def meetings_of(db: Session, organisation_id: int) -> list[CongressMeeting]:
    """Newest first."""
    return list(
        db.exec(
            select(CongressMeeting)
            .where(CongressMeeting.organisation_id == organisation_id)
            .order_by(col(CongressMeeting.held_on).desc(), col(CongressMeeting.id).desc())
        ).all()
    )


def open_agendas(db: Session, organisation_ids: Sequence[int]) -> list[CongressMeeting]:
    """Meetings that can still take an item, by date."""
    return list(
        db.exec(
            select(CongressMeeting)
            .where(
                col(CongressMeeting.organisation_id).in_(organisation_ids), col(CongressMeeting.state).in_([State.PLANNED, State.CONVENED])
            )
            .order_by(col(CongressMeeting.held_on), col(CongressMeeting.id))
        ).all()
    )


# ---- seats


def union_behind(db: Session, body: Organisation) -> Organisation | None:
    """The union that organises the congress: of an enterprise its own, before there is one the union above; of a region itself."""
    if body.kind in (OrganisationKind.UNION, OrganisationKind.FEDERATION):
        return body
    own = union_of(db, body.id) if body.id is not None else None
    return own or (db.get(Organisation, body.parent_id) if body.parent_id is not None else None)


def offices_of(union: Organisation) -> frozenset[Office]:
    return UNION_OFFICES if union.kind == OrganisationKind.UNION else UNION_OFFICES | {Office.SUPERIOR_OFFICER}


def actor(db: Session, meeting: CongressMeeting, person_id: int, on: date) -> Actor:
    seats = seats_of(db, meeting, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats, outside=not sees_counts(seats) and _is_being_counted(db, meeting))


def _is_being_counted(db: Session, meeting: CongressMeeting) -> bool:
    """Between the box and the result the reasons why an act is closed would tell who does not count how the vote stands."""
    query = select(Item.id).where(Item.meeting_id == meeting.id, col(Item.state).in_([ItemState.CLOSED, ItemState.COUNTED])).limit(1)
    return db.exec(query).first() is not None


def seats_of(db: Session, meeting: CongressMeeting, person_id: int, on: date) -> frozenset[Seat]:
    body = db.get_one(Organisation, meeting.organisation_id)
    union = union_behind(db, body)
    held = appointments(db, person_id, on)
    seats: set[Seat] = set()
    if union is not None and _holds(held, union.id, offices_of(union)):
        seats.add(Seat.UNION)
    if body.kind == OrganisationKind.ENTERPRISE and _holds(held, body.id, EMPLOYER_OFFICES):
        seats.add(Seat.EMPLOYER)
    if union is not None and any(_holds(held, above.id, {Office.SUPERIOR_OFFICER}) for above in ancestors(db, union)):
        seats.add(Seat.SUPERIOR_UNION)
    for officer in officers_of(db, meeting):
        if officer.current and officer.person_id == person_id:
            seats.add(Seat.MEETING_CHAIR if officer.seat == OfficerSeat.CHAIR else Seat.TELLER)
    if meeting.id is not None and db.get(CheckInOfficer, (meeting.id, person_id)) is not None:
        seats.add(Seat.CHECK_IN_OFFICER)
    if person_id in _members_with_account(db, meeting, on):
        seats.add(Seat.DELEGATE)
    return frozenset(seats)


def _members_with_account(db: Session, meeting: CongressMeeting, on: date) -> set[int | None]:
    return {person_id for _, person_id in db.exec(_attending(on).where(CongressMeeting.id == meeting.id))}


def _attending(on: date) -> Any:
    """Meeting and person: members who have an account, on the roll of the day, and from the opening on as it stood then."""
    day = func.coalesce(col(CongressMeeting.began_on), on)
    return (
        select(CongressMeeting.id, Delegate.person_id)
        .join(
            CongressTerm,
            and_(
                col(CongressTerm.organisation_id) == col(CongressMeeting.organisation_id),
                col(CongressTerm.form) == col(CongressMeeting.form),
                col(CongressTerm.number) == col(CongressMeeting.term),
            ),
        )
        .join(Delegate, col(Delegate.term_id) == col(CongressTerm.id))
        .where(
            col(CongressMeeting.notice_sent_on).is_not(None),
            CongressTerm.state != TermState.ELECTING,
            col(Delegate.person_id).is_not(None),
            col(Delegate.since) <= day,
            or_(col(Delegate.until).is_(None), col(Delegate.until) > day),
        )
    )


def people(db: Session, meeting: CongressMeeting, seats: set[Seat], on: date) -> set[int | None]:
    body = db.get_one(Organisation, meeting.organisation_id)
    union = union_behind(db, body)
    found: set[int | None] = set()
    if Seat.UNION in seats and union is not None and union.id is not None:
        found |= {p.id for p in holders(db, union.id, set(offices_of(union)), on)}
    if Seat.EMPLOYER in seats and body.kind == OrganisationKind.ENTERPRISE and body.id is not None:
        found |= {p.id for p in holders(db, body.id, set(EMPLOYER_OFFICES), on)}
    if Seat.CHECK_IN_OFFICER in seats:
        found |= {one.person_id for one in db.exec(select(CheckInOfficer).where(CheckInOfficer.meeting_id == meeting.id))}
    if Seat.DELEGATE in seats:
        found |= _members_with_account(db, meeting, on)
    if Seat.SUPERIOR_UNION in seats and union is not None and union.parent_id is not None:
        found |= {p.id for p in holders(db, union.parent_id, {Office.SUPERIOR_OFFICER}, on)}
    wanted = ([OfficerSeat.CHAIR] if Seat.MEETING_CHAIR in seats else []) + (list(COUNTING) if Seat.TELLER in seats else [])
    found |= {o.person_id for o in officers_of(db, meeting) if o.current and o.seat in wanted and o.person_id is not None}
    return found


def check_in_officers(db: Session, meeting: CongressMeeting) -> list[str]:
    """Their names."""
    query = select(Person.name).join(CheckInOfficer, col(CheckInOfficer.person_id) == col(Person.id))
    return list(db.exec(query.where(CheckInOfficer.meeting_id == meeting.id).order_by(Person.name)))


def officers_of(db: Session, meeting: CongressMeeting) -> list[MeetingOfficer]:
    if meeting.id is None:
        return []
    return list(db.exec(select(MeetingOfficer).where(MeetingOfficer.meeting_id == meeting.id).order_by(col(MeetingOfficer.id))).all())


def may_convene(db: Session, person_id: int, on: date) -> list[Organisation]:
    """Bodies whose congress this person's union organises."""
    found: dict[int, Organisation] = {}
    for held in appointments(db, person_id, on):
        union = db.get_one(Organisation, held.organisation_id)
        if union.kind not in (OrganisationKind.UNION, OrganisationKind.FEDERATION) or held.office not in offices_of(union):
            continue
        body = db.get_one(Organisation, union.of_id) if union.of_id is not None else union
        if body.id is not None:
            found[body.id] = body
    return sorted(found.values(), key=lambda o: (o.kind, o.name))


# ---- who sees what


def documents(db: Session, meeting: CongressMeeting) -> list[Document]:
    """What was issued of a meeting, newest first: open to all who may see it."""
    query = select(Document).where(Document.case_kind == "congress_meeting", Document.case_id == meeting.id)
    return list(db.exec(query.order_by(col(Document.id).desc())).all())


def visible_to(db: Session, meeting: CongressMeeting, person_id: int, on: date) -> bool:
    """Its union, the employer, those who conduct it; the superior union once it is over."""
    seats = seats_of(db, meeting, person_id, on)
    return bool(seats - {Seat.SUPERIOR_UNION}) or (Seat.SUPERIOR_UNION in seats and meeting.state in OVER)


def sees_counts(seats: Iterable[Seat]) -> bool:
    """Count sheets before certification are for those who count, the chair and the union; nobody sees a split before the ballot closes."""
    return bool({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER} & set(seats))


def sees_presence(seats: Iterable[Seat]) -> bool:
    """Who is present is for those who conduct the meeting and its union; everybody else is told how many."""
    return bool({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER, Seat.CHECK_IN_OFFICER} & set(seats))


def visible_meetings(db: Session, person_id: int, on: date, *, limit: int | None = None, offset: int = 0) -> list[CongressMeeting]:
    """Every meeting this person may see, newest first."""
    query = _visible(db, person_id, on).order_by(col(CongressMeeting.held_on).desc(), col(CongressMeeting.id).desc())
    return list(db.exec(query.limit(limit).offset(offset)).all())


def count_visible(db: Session, person_id: int, on: date) -> int:
    return db.exec(select(func.count()).select_from(_visible(db, person_id, on).subquery())).one()


def _visible(db: Session, person_id: int, on: date) -> SelectOfScalar[CongressMeeting]:
    """What `visible_to` says of each meeting, said of all at once."""
    own: set[int] = set()
    above: set[int] = set()
    for held in appointments(db, person_id, on):
        place = db.get_one(Organisation, held.organisation_id)
        is_union = place.kind in (OrganisationKind.UNION, OrganisationKind.FEDERATION)
        if is_union and held.office in offices_of(place):
            own |= {i for i in (place.of_id, place.id) if i is not None}
        if place.kind == OrganisationKind.ENTERPRISE and held.office in EMPLOYER_OFFICES:
            own.add(held.organisation_id)
        if is_union and held.office == Office.SUPERIOR_OFFICER:
            above.add(held.organisation_id)
    unions = (OrganisationKind.UNION, OrganisationKind.FEDERATION)
    below = (
        select(Organisation.id, Organisation.of_id)
        .where(col(Organisation.parent_id).in_(above), col(Organisation.kind).in_(unions))
        .cte("below", recursive=True)
    )
    below = below.union(
        select(Organisation.id, Organisation.of_id)
        .join(below, col(Organisation.parent_id) == below.c.id)
        .where(col(Organisation.kind).in_(unions))
    )
    with_union = select(Organisation.of_id).where(col(Organisation.of_id).is_not(None), Organisation.kind == OrganisationKind.UNION)
    without_union = select(Organisation.id).where(
        col(Organisation.parent_id).in_(above), Organisation.kind == OrganisationKind.ENTERPRISE, col(Organisation.id).not_in(with_union)
    )
    conducted = select(MeetingOfficer.meeting_id).where(MeetingOfficer.person_id == person_id, col(MeetingOfficer.current).is_(True))
    checked_in = select(CheckInOfficer.meeting_id).where(CheckInOfficer.person_id == person_id)
    attended = _attending(on).where(Delegate.person_id == person_id).with_only_columns(col(CongressMeeting.id))
    body = col(CongressMeeting.organisation_id)
    return select(CongressMeeting).where(
        or_(
            body.in_(own),
            body.in_(without_union),
            col(CongressMeeting.id).in_(conducted),
            col(CongressMeeting.id).in_(checked_in),
            col(CongressMeeting.id).in_(attended),
            col(CongressMeeting.state).in_([str(s) for s in OVER]) & or_(body.in_(select(below.c.id)), body.in_(select(below.c.of_id))),
        )
    )


# ---- facts


def rules(db: Session, meeting: CongressMeeting) -> Rulebook:
    return rulebook(meeting.region, "congress", load_overrides(db))


def facts(db: Session, meeting: CongressMeeting, on: date) -> Facts:
    overrides: tuple[Override, ...] = load_overrides(db)
    book = rulebook(meeting.region, "congress", overrides)
    calendar = load_calendar(db)
    items = db.exec(select(Item).where(Item.meeting_id == meeting.id).order_by(col(Item.number), col(Item.round))).all()
    ids = [i.id for i in items]
    counts = db.exec(select(PaperCount).where(col(PaperCount.item_id).in_(ids)).order_by(col(PaperCount.id))).all() if ids else []
    results = db.exec(select(Result).where(col(Result.item_id).in_(ids)).order_by(col(Result.id))).all() if ids else []
    opinions = db.exec(select(Opinion).where(Opinion.meeting_id == meeting.id).order_by(col(Opinion.number))).all()
    notice = book.get("CONG-NOTICE-DAYS", meeting.held_on)
    listed = delegate_ids(members(db, meeting, on))
    kept = presence.read(db, meeting.id, on) if listed else None
    return Facts(
        meeting=meeting,
        rules=book,
        overrides=overrides,
        officers=tuple(officers_of(db, meeting)),
        items=tuple(items),
        counts=tuple(counts),
        results=tuple(results),
        notice_due=clock.due(notice, meeting.held_on, calendar),
        earliest=earliest(notice, on, calendar),
        roll=len(listed) if listed and meeting.state == State.CONVENED else meeting.roll,
        present=kept.count(listed) if kept is not None and meeting.state in RUNNING else meeting.present,
        book=kept,
        opinions=tuple(opinions),
        unconfirmed=tuple(_unconfirmed(db, meeting)),
        ballots=ballots.load(db, meeting.id, ids),
        on_site_elsewhere=_is_on_site_elsewhere(db, meeting),
    )


def _unconfirmed(db: Session, meeting: CongressMeeting) -> Sequence[JointMeeting]:
    query = (
        select(JointMeeting)
        .join(CongressTerm, col(CongressTerm.id) == col(JointMeeting.term_id))
        .where(
            CongressTerm.organisation_id == meeting.organisation_id,
            CongressTerm.form == meeting.form,
            JointMeeting.state == JointState.DECIDED,
        )
    )
    return db.exec(query.order_by(col(JointMeeting.id))).all()


def _is_on_site_elsewhere(db: Session, meeting: CongressMeeting) -> bool:
    year = meeting.held_on.year
    query = select(CongressMeeting.id).where(
        CongressMeeting.organisation_id == meeting.organisation_id,
        CongressMeeting.form == meeting.form,
        CongressMeeting.id != meeting.id,
        CongressMeeting.state != State.CANCELLED,
        CongressMeeting.mode != Mode.ONLINE,
        col(CongressMeeting.held_on).between(date(year, 1, 1), date(year, 12, 31)),
    )
    return db.exec(query.limit(1)).first() is not None


def earliest(notice: Rule, on: date, calendar: Calendar) -> date:
    """The first day of meeting for which a notice delivered on `on` is in time."""
    day = on + timedelta(days=1)
    while clock.due(notice, day, calendar).date < on:
        day += timedelta(days=1)
    return day


def _holds(held: Iterable[Appointment], organisation_id: int | None, offices: Iterable[Office]) -> bool:
    wanted = set(offices)
    return any(a.organisation_id == organisation_id and a.office in wanted for a in held)


def found_by_name(db: Session, organisation_ids: Sequence[int], name: str, on: date) -> list[Person]:
    """People of that name with an office there on the day."""
    return list(
        db.exec(
            select(Person)
            .join(Appointment, col(Appointment.person_id) == col(Person.id))
            .where(
                Person.name == name,
                col(Appointment.organisation_id).in_(organisation_ids),
                Appointment.since <= on,
                or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
            )
            .distinct()
        ).all()
    )
