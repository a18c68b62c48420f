"""Reading mediation: seats in a case, who may see it, the register, the facts of a case."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_
from sqlmodel import Session, SQLModel, col, func, select

from mediation.committees.conflicts import conflicts
from mediation.committees.terms import KEEP, MEDIATE
from mediation.facts import ROLE_SEATS, Facts
from mediation.models import (
    AgreementSignature,
    AgreementTerm,
    Assignment,
    Challenge,
    ChallengeVote,
    HandedIn,
    MediationAgreement,
    MediationCase,
    MediationProposal,
    Party,
    PerformanceRecord,
    ProposalAnswer,
    ReviewApplication,
    ServiceRecord,
    Settlement,
    Talk,
)
from mediation.procedure import MEDIATION
from mediation.terms import Channel, PartyRole
from workflow import deadlines, joint
from workflow.documents.issue import Document, SignedScan
from workflow.evidence import Evidence
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, union_of
from workflow.people import Appointment, Office, Person, appointments, holders, who_sign_in
from workflow.procedure import Actor
from workflow.seats import Seat

KIND = "mediation"
EMPLOYER_OFFICES = frozenset({Office.LEGAL_REPRESENTATIVE, Office.EMPLOYER_OFFICER})
"""Offices whose holders act for an enterprise that is a party."""

# ---- seats


def actor(db: Session, case: MediationCase, person_id: int, on: date) -> Actor:
    seats = seats_of(db, case, person_id, on)
    recording = seats & {Seat.COMMITTEE_CLERK, Seat.COMMITTEE_CHAIR, Seat.MEDIATOR}
    return Actor(person_id, seats, may_record=bool(recording), outside=not seats)


def seats_of(db: Session, case: MediationCase, person_id: int, on: date) -> frozenset[Seat]:
    """Whoever is a party or acts for one is nothing else in that case."""
    parties = _of(db, Party, case.id or 0)
    held = appointments(db, person_id, on)
    roles = {PartyRole(p.role) for p in standing_for(parties, person_id, held)}
    if roles:
        return frozenset(ROLE_SEATS[role] for role in roles)
    if any(p.person_id == person_id for p in parties):
        return frozenset()
    seats: set[Seat] = set()
    if any(a.person_id == person_id and a.until is None for a in _of(db, Assignment, case.id or 0)):
        seats.add(Seat.MEDIATOR)
    offices = {Office(a.office) for a in held if a.organisation_id == case.organisation_id}
    if Office.COMMITTEE_CLERK in offices:
        seats.add(Seat.COMMITTEE_CLERK)
    if offices & {Office.COMMITTEE_CHAIR, Office.COMMITTEE_MEMBER}:
        chairs, members = _bench(db, case, parties, on)
        if person_id in chairs:
            seats.add(Seat.COMMITTEE_CHAIR)
        barred = _barred(db, case, chairs)
        if barred and person_id in members - barred:
            seats.add(Seat.COMMITTEE_MEMBER)
    return frozenset(seats)


def standing_for(parties: Iterable[Party], person_id: int | None, held: Sequence[Appointment]) -> list[Party]:
    """Parties for whom this person acts: as the party, as its agent, as an officer of the enterprise; of a group its representatives."""
    employers = {a.organisation_id for a in held if a.office in EMPLOYER_OFFICES}
    all_of = list(parties)
    led = {p.role for p in all_of if p.is_representative}
    return [
        p
        for p in all_of
        if (p.role not in led or p.is_representative)
        and (person_id in (p.person_id, p.agent_person_id) or (p.organisation_id is not None and p.organisation_id in employers))
    ]


def _bench(db: Session, case: MediationCase, parties: Sequence[Party], on: date) -> tuple[frozenset[int], frozenset[int]]:
    """(who decides for the committee, chair and members), without those who are parties: where no chair is left, members decide."""

    def free(office: Office) -> frozenset[int]:
        found = {p.id for p in holders(db, case.organisation_id, {office}, on) if p.id is not None}
        return frozenset(n for n in found if not standing_for(parties, n, appointments(db, n, on)))

    chairs, others = free(Office.COMMITTEE_CHAIR), free(Office.COMMITTEE_MEMBER)
    return chairs or others, chairs | others


def _barred(db: Session, case: MediationCase, chairs: frozenset[int]) -> frozenset[int]:
    """Chairs who may not decide on the challenge that is open, if one is."""
    if all(one.decision is not None for one in _of(db, Challenge, case.id or 0)):
        return frozenset()
    mediating = {a.person_id for a in _of(db, Assignment, case.id or 0) if a.until is None}
    return frozenset(person for person in chairs if person in mediating or conflicts(db, case, person))


def people(db: Session, case: MediationCase, seats: set[Seat], on: date) -> set[int | None]:
    """Who hold these seats: for messages."""
    parties = _of(db, Party, case.id or 0)
    found: set[int | None] = set()
    for role, seat in ROLE_SEATS.items():
        if seat in seats:
            found |= _people_of(db, [p for p in parties if p.role == role], on)
    if Seat.MEDIATOR in seats:
        found |= {a.person_id for a in _of(db, Assignment, case.id or 0) if a.until is None}
    if Seat.COMMITTEE_CLERK in seats:
        found |= {p.id for p in holders(db, case.organisation_id, {Office.COMMITTEE_CLERK}, on)}
    if seats & {Seat.COMMITTEE_CHAIR, Seat.COMMITTEE_MEMBER}:
        chairs, members = _bench(db, case, parties, on)
        found |= (chairs if Seat.COMMITTEE_CHAIR in seats else set()) | (members if Seat.COMMITTEE_MEMBER in seats else set())
    return found - {None}


def _people_of(db: Session, parties: Iterable[Party], on: date) -> set[int | None]:
    found: set[int | None] = set()
    for party in parties:
        found |= {party.person_id, party.agent_person_id}
        if party.organisation_id is not None:
            found |= {p.id for p in holders(db, party.organisation_id, set(EMPLOYER_OFFICES), on)}
    return found - {None}


# ---- who sees what


def visible_to(db: Session, case: MediationCase, person_id: int, on: date) -> bool:
    """Parties and their agents, the mediator, the committee's chair and clerk; a member while the chair may not decide."""
    return db.exec(select(MediationCase.id).where(MediationCase.id == case.id, seen_by(db, person_id, on))).first() is not None or bool(
        seats_of(db, case, person_id, on)
    )


def seen_by(db: Session, person_id: int, on: date) -> ColumnElement[bool]:
    """For lists: cases of the committees this person keeps, those mediated, and those in which this person or its employer is a party."""
    held = appointments(db, person_id, on)
    kept = [a.organisation_id for a in held if a.office in KEEP]
    employers = [a.organisation_id for a in held if a.office in EMPLOYER_OFFICES]
    party = exists().where(
        col(Party.case_id) == col(MediationCase.id),
        or_(col(Party.person_id) == person_id, col(Party.agent_person_id) == person_id, col(Party.organisation_id).in_(employers)),
    )
    mediator = exists().where(
        col(Assignment.case_id) == col(MediationCase.id), col(Assignment.person_id) == person_id, col(Assignment.until).is_(None)
    )
    return or_(and_(col(MediationCase.organisation_id).in_(kept)), party, mediator)


def register(
    db: Session, person_id: int, on: date, *, limit: int, offset: int = 0, closed: bool = False
) -> list[tuple[MediationCase, date | None]]:
    """Cases this person may see, each with the next day on which something falls due: the most urgent first."""
    due = (
        select(func.min(deadlines.Deadline.due))
        .where(
            deadlines.Deadline.case_kind == KIND,
            col(deadlines.Deadline.case_id) == col(MediationCase.id),
            deadlines.Deadline.status == deadlines.Status.RUNNING,
            col(deadlines.Deadline.rule).in_(sorted(MEDIATION.to_keep)),
        )
        .correlate(MediationCase)
        .scalar_subquery()
    )
    state = MediationCase.state == "closed" if closed else MediationCase.state != "closed"
    query = select(MediationCase, due).where(state, seen_by(db, person_id, on))
    order = (col(MediationCase.closed_on).desc(),) if closed else (due.is_(None), due)
    return list(db.exec(query.order_by(*order, col(MediationCase.id).desc()).limit(limit).offset(offset)).all())


def by_number(db: Session, number: str) -> MediationCase | None:
    """The case of this 案号, spaces aside."""
    series, _, serial = "".join(number.split()).removesuffix("号").rpartition("〕")
    if not serial.isascii() or not serial.isdigit() or len(serial) > 9:
        return None
    return db.exec(select(MediationCase).where(MediationCase.series == f"{series}〕", MediationCase.serial == int(serial))).first()


def committees(db: Session, person_id: int, on: date) -> list[tuple[Organisation, bool]]:
    """Committees at which this person may register, and whether as one who keeps its register: a worker or an employer's officer turns to the
    committee of the enterprise and to those of the street, industry or federation above it."""
    held = appointments(db, person_id, on)
    kept = {a.organisation_id for a in held if a.office in KEEP}
    query = select(Organisation).where(Organisation.kind == OrganisationKind.COMMITTEE).order_by(col(Organisation.id))
    found = [(body, True) for body in db.exec(query.where(col(Organisation.id).in_(kept))).all()]
    bodies = {a.organisation_id for a in held if a.office in EMPLOYER_OFFICES | {Office.WORKER, Office.MANAGER}}
    enterprises = db.exec(
        select(Organisation).where(col(Organisation.id).in_(bodies), Organisation.kind == OrganisationKind.ENTERPRISE)
    ).all()
    for enterprise in enterprises:
        found += [(body, False) for body in reachable(db, enterprise) if body.id not in {b.id for b, _ in found}]
    return found


def reachable(db: Session, enterprise: Organisation) -> list[Organisation]:
    """The enterprise's own committee, then those that hang on a body above it or above its union, nearest first."""
    own = select(Organisation).where(Organisation.kind == OrganisationKind.COMMITTEE, Organisation.of_id == enterprise.id)
    found = list(db.exec(own).all())
    union = union_of(db, enterprise.id) if enterprise.id is not None else None
    above, seen = enterprise.parent_id or (union.parent_id if union is not None else None), set[int]()
    while above is not None and above not in seen:
        seen.add(above)
        beside = select(Organisation).where(
            Organisation.kind == OrganisationKind.COMMITTEE, Organisation.parent_id == above, col(Organisation.of_id).is_(None)
        )
        found += db.exec(beside.order_by(col(Organisation.id))).all()
        above = db.get_one(Organisation, above).parent_id
    return found


def mediators(db: Session, case: MediationCase, on: date) -> list[Person]:
    """Whom the committee may assign: its mediators and members who are not parties and act for none."""
    parties = _of(db, Party, case.id or 0)
    roll = holders(db, case.organisation_id, set(MEDIATE), on)
    return [p for p in roll if p.id is not None and not standing_for(parties, p.id, appointments(db, p.id, on))]


def first_of_sides(db: Session, cases: Iterable[int | None]) -> dict[int, dict[str, str]]:
    """Case → role → the first of that side, for lists."""
    found: dict[int, dict[str, str]] = {}
    for party in db.exec(select(Party).where(col(Party.case_id).in_(set(cases)), Party.position == 1)):
        found.setdefault(party.case_id, {})[party.role] = party.name
    return found


# ---- facts


def rules(db: Session, case: MediationCase) -> Rulebook:
    return rulebook(case.region, KIND, load_overrides(db))


T = TypeVar("T", bound=SQLModel)

_BY_CASE: Mapping[type[SQLModel], Any] = {
    table: select(table).where(table.case_id == bindparam("n")).order_by(*(col(c) for c in order))
    for table, order in (
        (Party, (Party.role, Party.position)),
        (Assignment, (Assignment.id,)),
        (Challenge, (Challenge.id,)),
        (Talk, (Talk.number,)),
        (HandedIn, (HandedIn.id,)),
        (MediationProposal, (MediationProposal.number,)),
        (PerformanceRecord, (PerformanceRecord.on, PerformanceRecord.id)),
        (ReviewApplication, (ReviewApplication.id,)),
        (Settlement, (Settlement.id,)),
        (ServiceRecord, (ServiceRecord.on, ServiceRecord.id)),
    )
}


def _of(db: Session, table: type[T], number: int) -> tuple[T, ...]:
    return tuple(db.exec(_BY_CASE[table], params={"n": number}))


def facts(db: Session, case: MediationCase, on: date) -> Facts:
    assert case.id is not None
    number, parties = case.id, _of(db, Party, case.id)
    chairs, members = _bench(db, case, parties, on)
    assignments, challenges, proposals = _of(db, Assignment, number), _of(db, Challenge, number), _of(db, MediationProposal, number)
    agreement = db.exec(
        select(MediationAgreement).where(MediationAgreement.case_id == number, col(MediationAgreement.void).is_(False))
    ).first()
    drawn = agreement.id if agreement else None
    return Facts(
        case=case,
        rules=rules(db, case),
        committee=db.get_one(Organisation, case.organisation_id),
        parties=parties,
        assignments=assignments,
        challenges=challenges,
        votes=_among(db, ChallengeVote, ChallengeVote.challenge_id, [c.id for c in challenges if c.decision is None]),
        talks=_of(db, Talk, number),
        handed_in=_of(db, HandedIn, number),
        proposals=proposals,
        answers=_among(db, ProposalAnswer, ProposalAnswer.proposal_id, [p.id for p in proposals]),
        agreement=agreement,
        terms=_among(db, AgreementTerm, AgreementTerm.agreement_id, [drawn], AgreementTerm.position),
        signatures=_among(db, AgreementSignature, AgreementSignature.agreement_id, [drawn], AgreementSignature.id),
        performances=_of(db, PerformanceRecord, number),
        reviews=_of(db, ReviewApplication, number),
        settlements=_of(db, Settlement, number),
        services=_of(db, ServiceRecord, number),
        events=tuple(deadlines.events(db, KIND, number)),
        deadlines=tuple(deadlines.deadlines(db, KIND, number)),
        chairs=chairs,
        members=members,
        barred=_barred(db, case, chairs),
        names=_names(db, {a.person_id for a in assignments} | members),
        absent=_absent(db, parties, on),
        moved=joint.moved(db, KIND, number),
        has_signed_record=case.channel != Channel.ORAL or _has_signed_record(db, number),
    )


def _among(db: Session, table: type[T], column: Any, numbers: Iterable[int | None], order: Any = None) -> tuple[T, ...]:
    wanted = [n for n in numbers if n is not None]
    if not wanted:
        return ()
    query = select(table).where(col(column).in_(wanted))
    return tuple(db.exec(query if order is None else query.order_by(col(order))).all())


def _has_signed_record(db: Session, number: int) -> bool:
    """The record that was written by hand and came with the application, or the scan of the one that was printed."""
    laid_in = exists().where(col(Evidence.case_kind) == KIND, col(Evidence.case_id) == number, col(Evidence.stage) == "register")
    printed = exists().where(
        col(SignedScan.document_id) == col(Document.id),
        col(Document.case_kind) == KIND,
        col(Document.case_id) == number,
        col(Document.kind) == "oral_application",
    )
    return bool(db.exec(select(or_(laid_in, printed))).one())


def _names(db: Session, wanted: Iterable[int]) -> dict[int, str]:
    rows = db.exec(select(Person.id, Person.name).where(col(Person.id).in_(set(wanted)))).all()
    return {number: name for number, name in rows if number is not None}


def _absent(db: Session, parties: Sequence[Party], on: date) -> frozenset[int]:
    """Parties for whom nobody signs in."""
    held = {party.id: {p for p in _people_of(db, [party], on) if p is not None} for party in parties if party.id is not None}
    active = who_sign_in(db, set().union(*held.values()))
    return frozenset(number for number, those in held.items() if not those & active)
