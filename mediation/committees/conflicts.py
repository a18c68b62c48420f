"""Whom to assign: mediators ranked by skill and load, each with what the records say against it.

Conflicts of interest are found, never decided here: the chair sees them before assigning. At an enterprise's own committee every
mediator works there (企业劳动争议协商调解规定 Art. 18), so only its legal representative is in conflict by that office.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from mediation.committees import roll
from mediation.committees.roll import Mediator
from mediation.committees.terms import OFFICES, TIE_LABELS
from mediation.models import Assignment, MediationCase, Party
from mediation.terms import PARTY_ROLE_LABELS
from workflow.organisations import Organisation, union_of
from workflow.people import OFFICE_LABELS, Appointment, Office
from workflow.words import N_, Sentence, Word, Words, say


@dataclass(frozen=True)
class Candidate:
    """One mediator for one case. `fits` are those of its `matters` at which this one is good."""

    mediator: Mediator
    matters: tuple[str, ...]
    fits: tuple[str, ...]
    conflicts: tuple[Sentence, ...]
    away_until: date | None

    @property
    def line(self) -> Sentence:
        """In a choice, after the name: what speaks for and against."""
        told = [say(N_("手上{n}件"), n=self.mediator.load)]
        if self.fits:
            all_of_them = len(self.fits) == len(self.matters)
            told.append(say(N_("擅长本案争议") if all_of_them else N_("擅长本案{n}类争议"), n=len(self.fits)))
        if self.away_until:
            told.append(say(N_("到{day}为止不接案"), day=self.away_until))
        if self.conflicts:
            told.append(say(N_("可能要回避")))
        return say(N_("{name}（{told}）"), name=self.mediator.person.name, told=Words(told))


def propose(db: Session, case: MediationCase, on: date) -> list[Candidate]:
    """The committee's mediators, the fittest first: free of conflicts and present, then by skill, then by load."""
    committee = db.get_one(Organisation, case.organisation_id)
    found = []
    for mediator in roll.mediators(db, committee, on):
        away = mediator.away(on)
        fits = tuple(matter for matter in case.matters if matter in mediator.matters)
        found.append(Candidate(mediator, tuple(case.matters), fits, conflicts(db, case, mediator.id), away.until if away else None))
    return sorted(found, key=_rank)


def conflicts(db: Session, case: MediationCase, person_id: int) -> tuple[Sentence, ...]:
    """What the records say of this person and the parties."""
    committee = db.get_one(Organisation, case.organisation_id)
    parties = list(db.exec(select(Party).where(Party.case_id == case.id).order_by(col(Party.role), col(Party.position))))
    return (
        *_as_party(parties, person_id),
        *_offices(db, committee, parties, person_id),
        *_declared(db, committee, parties, person_id),
        *_earlier(db, committee, case, parties, person_id),
    )


def _rank(one: Candidate) -> tuple[bool, bool, int, int, int]:
    return bool(one.conflicts), one.away_until is not None, -len(one.fits), one.mediator.load, one.mediator.id


def _as_party(parties: Sequence[Party], person_id: int) -> Iterator[Sentence]:
    for party in parties:
        role = Word(PARTY_ROLE_LABELS[party.role])
        if party.person_id == person_id:
            yield say(N_("是本案的{role}。"), role=role)
        if party.agent_person_id == person_id:
            yield say(N_("是{role}{party}的代理人。"), role=role, party=party.name)


def _offices(db: Session, committee: Organisation, parties: Sequence[Party], person_id: int) -> Iterator[Sentence]:
    """Offices held now or once in a party's enterprise or its union."""
    held = db.exec(
        select(Appointment, Organisation)
        .join(Organisation, col(Organisation.id) == col(Appointment.organisation_id))
        .where(Appointment.person_id == person_id, col(Appointment.office).not_in([*OFFICES, Office.ADMINISTRATOR]))
        .order_by(col(Appointment.since))
    ).all()
    bodies = _bodies(db, parties)
    for appointment, body in held:
        is_own = committee.of_id is not None and committee.of_id in (body.id, body.of_id)
        if body.id not in bodies or (is_own and appointment.office != Office.LEGAL_REPRESENTATIVE):
            continue
        named = {"since": appointment.since, "body": body.name, "office": Word(OFFICE_LABELS[Office(appointment.office)])}
        if appointment.until is None:
            yield say(N_("自{since}起在{body}任{office}。"), **named)
        else:
            yield say(N_("{since}至{until}在{body}任{office}。"), until=appointment.until, **named)


def _bodies(db: Session, parties: Sequence[Party]) -> set[int]:
    enterprises = {party.organisation_id for party in parties if party.organisation_id is not None}
    unions = {union.id for one in enterprises if (union := union_of(db, one)) is not None and union.id is not None}
    return enterprises | unions


def _declared(db: Session, committee: Organisation, parties: Sequence[Party], person_id: int) -> Iterator[Sentence]:
    names = {"".join(name.split()) for party in parties for name in (party.name, party.agent)}
    for row in roll.ties(db, committee, person_id):
        if "".join(row.name.split()) in names:
            yield say(N_("{day}声明与{name}的关系：{tie}。"), day=row.declared_on, name=row.name, tie=Word(TIE_LABELS[row.tie]))


def _earlier(db: Session, committee: Organisation, case: MediationCase, parties: Sequence[Party], person_id: int) -> Iterator[Sentence]:
    """Roles in earlier cases of this committee with the same people or bodies. Cases of other committees are not told of here."""
    known = _same(committee, parties)
    if known is None:
        return
    cases = db.exec(
        select(MediationCase, Party)
        .join(Party, col(Party.case_id) == col(MediationCase.id))
        .where(MediationCase.organisation_id == case.organisation_id, MediationCase.id != case.id, known)
        .order_by(col(MediationCase.id))
    ).all()
    told = set()
    for earlier, party in cases:
        role = _role_in(db, earlier, party, person_id)
        if role is not None and (earlier.id, party.name) not in told:
            told.add((earlier.id, party.name))
            yield say(N_("在{party}的{number}案中{role}。"), party=party.name, number=earlier.number, role=Word(role))


def _same(committee: Organisation, parties: Sequence[Party]) -> ColumnElement[bool] | None:
    people = [party.person_id for party in parties if party.person_id is not None]
    bodies = [party.organisation_id for party in parties if party.organisation_id not in (None, committee.of_id)]
    if not people and not bodies:
        return None
    return or_(col(Party.person_id).in_(people), col(Party.organisation_id).in_(bodies))


def _role_in(db: Session, case: MediationCase, known: Party, person_id: int) -> str | None:
    """To have mediated between the same employer and somebody else is no conflict; to have mediated for the same worker is told."""
    parties = db.exec(
        select(Party).where(Party.case_id == case.id, or_(Party.person_id == person_id, Party.agent_person_id == person_id))
    ).all()
    if any(party.person_id == person_id for party in parties):
        return N_("是当事人")
    if parties:
        return N_("是代理人")
    mediated = select(Assignment.id).where(Assignment.case_id == case.id, Assignment.person_id == person_id)
    return N_("是调解员") if known.person_id is not None and db.exec(mediated).first() is not None else None
