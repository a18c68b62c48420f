"""Reading negotiations: facts of a case, seats in it, who may see what of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_
from sqlmodel import Session, SQLModel, col, select

from congress import queries as congress
from negotiation.facts import Facts, has_women_contract, team_now
from negotiation.models import (
    Clause,
    Coordination,
    CoveredEnterprise,
    Filing,
    Finding,
    InformationRequest,
    Letter,
    Negotiation,
    Obligation,
    Publication,
    Representative,
    ReviewRound,
    Signature,
    Submission,
    TalkMeeting,
    Terms,
    WageRow,
)
from negotiation.procedure import NEGOTIATION
from negotiation.terms import ContractLevel, Side, State
from workflow import deadlines, joint, organisations
from workflow.journal import Entry
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, appointments, who_sign_in
from workflow.procedure import Actor
from workflow.seats import Seat

CHIEF_SEATS = {Seat.WORKER_CHIEF: Side.WORKERS, Seat.EMPLOYER_CHIEF: Side.EMPLOYER}
OFFICERS_OF = {Side.WORKERS: Seat.UNION, Side.EMPLOYER: Seat.EMPLOYER}
"""Who is a side's officer is nobody's representative on the other: a name alone never opens a room to the other side."""
UNION_OFFICES = {Office.UNION_CHAIR, Office.UNION_OFFICER}
EMPLOYER_OFFICES = {Office.LEGAL_REPRESENTATIVE, Office.EMPLOYER_OFFICER}


def rules(db: Session, case: Negotiation) -> Rulebook:
    return rulebook(case.region, case.kind, load_overrides(db))


def facts(db: Session, case: Negotiation, on: date) -> Facts:
    """One statement a table, prepared once: a case page asks for the facts each time it is shown."""
    assert case.id is not None
    number = case.id
    moved_by_clock = db.exec(_LAST_MOVE, params={"n": number}).first()
    current = [s for s in _of(db, Signature, number) if s.text_hash == case.text_hash and not s.void]
    return Facts(
        case=case,
        rules=rules(db, case),
        organisation=db.get_one(Organisation, case.organisation_id),
        without_account=without_account(db, case, on),
        moved=joint.moved(db, NEGOTIATION.name, number),
        representatives=team_now(db, number),
        clauses=_of(db, Clause, number),
        wage_rows=_of(db, WageRow, number),
        terms=db.get(Terms, number),
        events=tuple(deadlines.events(db, NEGOTIATION.name, number)),
        deadlines=tuple(deadlines.deadlines(db, NEGOTIATION.name, number)),
        requests=_of(db, InformationRequest, number),
        letters=_of(db, Letter, number),
        meetings=_of(db, TalkMeeting, number),
        submission=_last(_of(db, Submission, number)),
        result=congress.certified(db, case.text_hash, (NEGOTIATION.name, str(number))) if case.text_hash else None,
        signatures=tuple(current),
        filing=_last(_of(db, Filing, number)),
        coordination=next((c for c in _of(db, Coordination, number) if c.ended_on is None), None),
        publications=_of(db, Publication, number),
        obligations=_of(db, Obligation, number),
        rounds=_of(db, ReviewRound, number),
        findings=_of(db, Finding, number),
        covered=_of(db, CoveredEnterprise, number) if case.level != "enterprise" else (),
        names=_names(db, case),
        annulled=_annulled(db, case),
        offices=_offices(db, case, on),
        has_women_contract=case.kind == "comprehensive" and has_women_contract(db, case),
        lapsed_by_clock=moved_by_clock.act if moved_by_clock is not None and moved_by_clock.seat == Seat.CLOCK else None,
    )


T = TypeVar("T", bound=SQLModel)

_BY_CASE: Mapping[type[SQLModel], Any] = {
    table: select(table).where(table.negotiation_id == bindparam("n")).order_by(*(col(c) for c in order))
    for table, order in (
        (Clause, (Clause.position, Clause.id)),
        (WageRow, (WageRow.position,)),
        (InformationRequest, (InformationRequest.id,)),
        (Letter, (Letter.id,)),
        (TalkMeeting, (TalkMeeting.number,)),
        (Submission, (Submission.id,)),
        (Signature, (Signature.id,)),
        (Filing, (Filing.id,)),
        (Coordination, (Coordination.id,)),
        (Publication, (Publication.id,)),
        (Obligation, (Obligation.id,)),
        (ReviewRound, (ReviewRound.number,)),
        (Finding, (Finding.id,)),
        (CoveredEnterprise, (CoveredEnterprise.id,)),
    )
}
_LAST_MOVE = (
    select(Entry)
    .where(Entry.case_kind == NEGOTIATION.name, Entry.case_id == bindparam("n"), Entry.state_from != Entry.state_to)
    .order_by(col(Entry.seq).desc())
    .limit(1)
)


def _of(db: Session, table: type[T], number: int) -> tuple[T, ...]:
    return tuple(db.exec(_BY_CASE[table], params={"n": number}))


def _last(rows: Sequence[T]) -> T | None:
    return rows[-1] if rows else None


def _names(db: Session, case: Negotiation) -> dict[int, str]:
    if case.level == ContractLevel.ENTERPRISE:
        return {}
    rows = select(Organisation.id, Organisation.name).join(
        CoveredEnterprise, col(CoveredEnterprise.organisation_id) == col(Organisation.id)
    )
    return {number: name for number, name in db.exec(rows.where(CoveredEnterprise.negotiation_id == case.id)).all() if number is not None}


def _annulled(db: Session, case: Negotiation) -> frozenset[int]:
    if case.level == ContractLevel.ENTERPRISE:
        return frozenset()
    rows = select(CoveredEnterprise.item_id).where(CoveredEnterprise.negotiation_id == case.id, col(CoveredEnterprise.item_id).is_not(None))
    return frozenset(item for item in db.exec(rows).all() if item is not None and congress.result_of(db, item) is None)


def _offices(db: Session, case: Negotiation, on: date) -> dict[int, frozenset[str]]:
    rows = (
        select(Appointment)
        .join(Representative, col(Representative.person_id) == col(Appointment.person_id))
        .where(
            Representative.negotiation_id == case.id,
            col(Representative.until).is_(None),
            col(Appointment.organisation_id).in_(_bodies(case)),
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        )
    )
    found: dict[int, set[str]] = {}
    for one in db.exec(rows).all():
        found.setdefault(one.person_id, set()).add(one.office)
    return {person: frozenset(offices) for person, offices in found.items()}


# ---- seats


def seats_of(db: Session, case: Negotiation, person_id: int, on: date) -> frozenset[Seat]:
    """What a person is in this case on a day.

    A representative or recorder sits there as somebody of the enterprise or its union: who holds no office in either any more has
    left, and the seat stays empty until another is named.
    """
    held: set[Seat] = set()
    offices = appointments(db, person_id, on)
    for appointment in offices:
        held |= _seat_of_office(db, case, appointment)
    if not any(one.organisation_id in _bodies(case) for one in offices):
        return frozenset(held | _relative(case, held))
    for representative in team_now(db, case.id or 0):
        if representative.person_id == person_id and OFFICERS_OF[Side(representative.side).other] not in held:
            if representative.side == Side.WORKERS:
                held |= {Seat.WORKER_REPRESENTATIVE} | ({Seat.WORKER_CHIEF} if representative.chief else set())
            else:
                held |= {Seat.EMPLOYER_REPRESENTATIVE} | ({Seat.EMPLOYER_CHIEF} if representative.chief else set())
    if case.recorder_id == person_id:
        held.add(Seat.RECORDER)
    return frozenset(held | _relative(case, held))


def _bodies(case: Negotiation) -> frozenset[int]:
    """The enterprise and its union."""
    return frozenset(i for i in (case.organisation_id, case.union_id) if i is not None)


def _seat_of_office(db: Session, case: Negotiation, appointment: Appointment) -> set[Seat]:
    if appointment.organisation_id == case.union_id and appointment.office in UNION_OFFICES:
        return {Seat.UNION}
    if appointment.organisation_id == case.organisation_id and appointment.office in EMPLOYER_OFFICES:
        return {Seat.EMPLOYER}
    if appointment.office == Office.SUPERIOR_OFFICER and appointment.organisation_id == case.union_id:
        return {Seat.UNION}
    if appointment.office == Office.SUPERIOR_OFFICER and appointment.organisation_id in _superiors(db, case):
        return {Seat.SUPERIOR_UNION} | ({Seat.UNION} if case.union_id is None else set())
    if appointment.office == Office.AUTHORITY_REVIEWER:
        body = db.get_one(Organisation, case.organisation_id)
        if appointment.organisation_id == body.authority_id:
            return {Seat.AUTHORITY}
    return set()


def _superiors(db: Session, case: Negotiation) -> set[int | None]:
    """Unions above the workers' union; without one, above the enterprise."""
    base = db.get_one(Organisation, case.union_id or case.organisation_id)
    return {o.id for o in organisations.ancestors(db, base)}


def _relative(case: Negotiation, held: set[Seat]) -> set[Seat]:
    """要约方 and 受约方: a side's officer and its chief."""
    workers = bool(held & {Seat.UNION, Seat.WORKER_CHIEF})
    employer = bool(held & {Seat.EMPLOYER, Seat.EMPLOYER_CHIEF})
    initiates = workers if case.initiator == Side.WORKERS else employer
    answers = employer if case.initiator == Side.WORKERS else workers
    return ({Seat.INITIATOR} if initiates else set()) | ({Seat.OTHER_SIDE} if answers else set())


def actor(db: Session, case: Negotiation, person_id: int, on: date) -> Actor:
    held = seats_of(db, case, person_id, on)
    outside = side_of(held) is None and Seat.RECORDER not in held
    return Actor(person_id, held, may_record=bool(held & {Seat.UNION, Seat.EMPLOYER, Seat.RECORDER}), outside=outside)


def side_of(seats: frozenset[Seat]) -> Side | None:
    if seats & {Seat.UNION, Seat.WORKER_CHIEF, Seat.WORKER_REPRESENTATIVE}:
        return Side.WORKERS
    if seats & {Seat.EMPLOYER, Seat.EMPLOYER_CHIEF, Seat.EMPLOYER_REPRESENTATIVE}:
        return Side.EMPLOYER
    return None


def holders(db: Session, case: Negotiation, on: date) -> dict[Seat, set[int]]:
    """Who holds which seat on a day."""
    found: dict[Seat, set[int]] = {seat: set() for seat in Seat}
    body = db.get_one(Organisation, case.organisation_id)
    superiors = _superiors(db, case)
    wanted = [i for i in (case.union_id, case.organisation_id, body.authority_id, *superiors) if i is not None]
    rows = db.exec(
        select(Appointment).where(
            col(Appointment.organisation_id).in_(wanted),
            Appointment.since <= on,
            or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
        )
    ).all()
    for row in rows:
        if row.organisation_id == case.union_id and row.office in {*UNION_OFFICES, Office.SUPERIOR_OFFICER}:
            found[Seat.UNION].add(row.person_id)
        elif row.organisation_id == case.organisation_id and row.office in EMPLOYER_OFFICES:
            found[Seat.EMPLOYER].add(row.person_id)
        elif row.organisation_id == body.authority_id and row.office == Office.AUTHORITY_REVIEWER:
            found[Seat.AUTHORITY].add(row.person_id)
        elif row.organisation_id in superiors and row.office == Office.SUPERIOR_OFFICER:
            found[Seat.SUPERIOR_UNION].add(row.person_id)
            if case.union_id is None:
                found[Seat.UNION].add(row.person_id)
    present = {row.person_id for row in rows if row.organisation_id in _bodies(case)}
    for one in team_now(db, case.id or 0):
        if one.person_id in present and one.person_id not in found[OFFICERS_OF[Side(one.side).other]]:
            found[Seat.WORKER_REPRESENTATIVE if one.side == Side.WORKERS else Seat.EMPLOYER_REPRESENTATIVE].add(one.person_id)
            if one.chief:
                found[Seat.WORKER_CHIEF if one.side == Side.WORKERS else Seat.EMPLOYER_CHIEF].add(one.person_id)
    if case.recorder_id in present:
        found[Seat.RECORDER].add(case.recorder_id)
    workers, employer = found[Seat.UNION] | found[Seat.WORKER_CHIEF], found[Seat.EMPLOYER] | found[Seat.EMPLOYER_CHIEF]
    found[Seat.INITIATOR], found[Seat.OTHER_SIDE] = (workers, employer) if case.initiator == Side.WORKERS else (employer, workers)
    return found


def people(db: Session, case: Negotiation, seats: set[Seat], on: date) -> set[int | None]:
    found = holders(db, case, on)
    return {person for seat in seats for person in found[seat]}


def without_account(db: Session, case: Negotiation, on: date) -> frozenset[Seat]:
    """Seats whose holders have no account: their acts may be recorded from paper. A congress always acts on paper here.

    For a chief or a recorder who was not named nobody can have signed anything.
    """
    found = holders(db, case, on)
    active = who_sign_in(db, set().union(*found.values()))
    nobody = {s for s, side in CHIEF_SEATS.items() if not any(r.side == side and r.chief for r in team_now(db, case.id or 0))}
    if not case.recorder_name:
        nobody.add(Seat.RECORDER)
    return frozenset({seat for seat, held in found.items() if not held & active} - {Seat.CLOCK} - nobody) | {Seat.CONGRESS}


# ---- who may see what


class Sight(StrEnum):
    """How much of a case a person sees."""

    TABLE = "table"
    """What both sides have put on the table, and one's own room."""
    RECORD = "record"
    """The table without any room: the recorder."""
    STAGES = "stages"
    """Where the case stands and its dates: superior unions."""
    FILED = "filed"
    """What was filed or referred: the authority."""


WITH_AUTHORITY = frozenset({"coordinating", "filed", "objected", "in_force"})
"""States in which the authority has the case before it, or has had."""


def sight(db: Session, case: Negotiation, person_id: int, on: date) -> Sight | None:
    """None is 404: the case does not exist for this person."""
    held = seats_of(db, case, person_id, on)
    if side_of(held) is not None:
        return Sight.TABLE
    if Seat.RECORDER in held:
        return Sight.RECORD
    if Seat.SUPERIOR_UNION in held and case.state != State.DRAFTED:
        return Sight.STAGES
    if Seat.AUTHORITY in held and _was_with_authority(db, case):
        return Sight.FILED
    return None


def _was_with_authority(db: Session, case: Negotiation) -> bool:
    if case.state in WITH_AUTHORITY:
        return True
    return (
        db.exec(select(Filing.id).where(Filing.negotiation_id == (case.id or 0)).limit(1)).first() is not None
        or db.exec(select(Coordination.id).where(Coordination.negotiation_id == (case.id or 0)).limit(1)).first() is not None
    )


def visible_to(db: Session, person_id: int, on: date) -> ColumnElement[bool]:
    """The condition under which a row of `Negotiation` is shown to a person: what `sight` says of one, said of all."""
    offices: dict[str, list[int]] = {}
    for one in appointments(db, person_id, on):
        offices.setdefault(one.office, []).append(one.organisation_id)
    unions = [i for office in UNION_OFFICES for i in offices.get(office, [])]
    employers = [i for office in EMPLOYER_OFFICES for i in offices.get(office, [])]
    bodies = sorted({body for found in offices.values() for body in found})
    represented = exists().where(
        col(Representative.negotiation_id) == col(Negotiation.id),
        col(Representative.person_id) == person_id,
        col(Representative.until).is_(None),
    )
    conditions: list[ColumnElement[bool]] = [
        and_(
            or_(col(Negotiation.organisation_id).in_(bodies), col(Negotiation.union_id).in_(bodies)),
            or_(col(Negotiation.recorder_id) == person_id, represented),
        )
    ]
    if unions:
        conditions.append(col(Negotiation.union_id).in_(unions))
    if employers:
        conditions.append(col(Negotiation.organisation_id).in_(employers))
    if superior := offices.get(Office.SUPERIOR_OFFICER):
        under = organisations.below(superior)
        conditions.append(col(Negotiation.union_id).in_(superior))
        conditions.append(
            and_(
                or_(
                    and_(col(Negotiation.state) != State.DRAFTED.value, col(Negotiation.union_id).in_(under)),
                    and_(col(Negotiation.union_id).is_(None), col(Negotiation.organisation_id).in_(under)),
                )
            )
        )
    if authorities := offices.get(Office.AUTHORITY_REVIEWER):
        theirs = select(Organisation.id).where(col(Organisation.authority_id).in_(authorities))
        conditions.append(
            and_(
                col(Negotiation.organisation_id).in_(theirs),
                or_(
                    col(Negotiation.state).in_(sorted(WITH_AUTHORITY)),
                    exists().where(col(Filing.negotiation_id) == col(Negotiation.id)),
                    exists().where(col(Coordination.negotiation_id) == col(Negotiation.id)),
                ),
            )
        )
    return or_(*conditions)


def may_open(db: Session, person_id: int, on: date) -> list[tuple[Organisation, Side]]:
    """Bodies for which this person may open a negotiation, and for which side."""
    found: list[tuple[Organisation, Side]] = []
    for one in appointments(db, person_id, on):
        body = db.get_one(Organisation, one.organisation_id)
        if one.office in UNION_OFFICES and body.of_id is not None:
            found.append((db.get_one(Organisation, body.of_id), Side.WORKERS))
        elif one.office in EMPLOYER_OFFICES and body.kind in (OrganisationKind.ENTERPRISE, OrganisationKind.EMPLOYERS):
            found.append((body, Side.EMPLOYER))
        elif one.office == Office.SUPERIOR_OFFICER:
            below = organisations.descendants(db, one.organisation_id)
            bodies: Sequence[Organisation] = db.exec(
                select(Organisation).where(col(Organisation.id).in_(below), Organisation.kind == OrganisationKind.EMPLOYERS)
            ).all()
            found += [(b, Side.WORKERS) for b in bodies]
            found += [
                (e, Side.WORKERS)
                for e in db.exec(
                    select(Organisation).where(
                        col(Organisation.parent_id) == one.organisation_id, Organisation.kind == OrganisationKind.ENTERPRISE
                    )
                )
                if organisations.union_of(db, e.id or 0) is None
            ]
    return found


def journal_of(db: Session, case: Negotiation) -> list[Entry]:
    return list(
        db.exec(select(Entry).where(Entry.case_kind == NEGOTIATION.name, Entry.case_id == (case.id or 0)).order_by(col(Entry.seq))).all()
    )
