"""An application by somebody without account: on a telephone, from the gate of a factory or from home."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, model_validator
from sqlmodel import Session, col, or_, select

from mediation.acts import apply_for_mediation
from mediation.acts.opening import ALPHABET, CODE, hash_of
from mediation.forms import Application, Claims, PartyRow
from mediation.models import MediationCase, Party
from mediation.queries import reachable
from mediation.terms import Channel, PartyRole
from workflow.forms import FormModel, field, wrong
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Person
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_

AT_ONCE = 20
"""Committees shown to one search."""
PHONE = r"^[0-9+ ()\-]{5,30}$"


class _TwoSides(BaseModel):
    name: str = field(N_("您的姓名"), max_length=60)
    phone: str = field(N_("您的手机号"), max_length=30, pattern=PHONE, hint=N_("调解委员会用它联系您。"))
    id_number: str = field(N_("您的身份证号"), default="", max_length=30, hint=N_("可以以后再补。"))
    address: str = field(N_("您的住址、送达地址"), max_length=200, hint=N_("文书寄到这里。"))
    employer: str = field(N_("用人单位全称"), max_length=200, hint=N_("工资单、劳动合同上的名称。"))
    employer_head: str = field(N_("用人单位的负责人"), default="", max_length=60, hint=N_("知道的写上。"))
    employer_phone: str = field(N_("用人单位的电话"), default="", max_length=30)
    employer_address: str = field(N_("用人单位的地址"), default="", max_length=200)


class PublicApplication(Claims, _TwoSides, FormModel):
    """What a worker fills in alone; evidence follows when the application has its number."""

    is_printed = True

    is_true: bool = field(N_("以上是实情。我知道可以不经调解直接申请仲裁，申请调解以后也可以撤回。"), widget="tick", default=False)

    @model_validator(mode="after")
    def is_declared(self) -> Self:
        if not self.is_true:
            raise wrong(N_("请核对以后勾选这一项。"), at="is_true")
        if self.name == self.employer:
            raise wrong(N_("申请人和被申请人不能是同一个人。"), at="employer")
        return self


@dataclass(frozen=True)
class Place:
    """A committee that somebody may turn to, and for whom it is there."""

    committee: Organisation
    enterprise: Organisation | None


def places(db: Session, words: str) -> list[Place]:
    """Committees by their own name, by that of the street or union that they belong to, and all that an enterprise of this name comes under."""
    committees = select(Organisation).where(Organisation.kind == OrganisationKind.COMMITTEE)
    above = select(Organisation.id).where(
        col(Organisation.name).contains(words, autoescape=True),
        col(Organisation.kind).in_((OrganisationKind.FEDERATION, OrganisationKind.EMPLOYERS)),
    )
    named = committees.where(
        or_(col(Organisation.name).contains(words, autoescape=True), col(Organisation.parent_id).in_(above)),
        col(Organisation.of_id).is_(None),
    )
    enterprises = db.exec(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.ENTERPRISE,
            or_(
                col(Organisation.name).contains(words, autoescape=True),
                col(Organisation.id).in_(
                    select(Organisation.of_id).where(
                        Organisation.kind == OrganisationKind.COMMITTEE, col(Organisation.name).contains(words, autoescape=True)
                    )
                ),
            ),
        )
        .order_by(col(Organisation.id))
        .limit(AT_ONCE)
    ).all()
    found = [Place(body, enterprise) for enterprise in enterprises for body in reachable(db, enterprise)]
    known = {place.committee.id for place in found}
    found += [Place(body, None) for body in db.exec(named.order_by(col(Organisation.id)).limit(AT_ONCE)).all() if body.id not in known]
    return found[:AT_ONCE]


def code_from(secret: str, once: str) -> str:
    """The access code of one sheet that was filled in: sent twice it is the same application."""
    found = hmac.new(bytes.fromhex(secret), f"access:{once}".encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in found[:CODE])


def apply_alone(db: Session, form: PublicApplication, committee: Organisation, *, code: str, today: date, at: datetime) -> MediationCase:
    """Register it in the name of a person who is known here by this case only. Raises `Invalid`."""
    known = db.exec(select(MediationCase).where(MediationCase.access_hash == hash_of(code))).first()
    if known is not None:
        return known
    person = Person(name=form.name, phone=form.phone)
    db.add(person)
    db.flush()
    employer = PartyRow(
        kind="employer", name=form.employer, phone=form.employer_phone, address=form.employer_address, head=form.employer_head
    )
    application = Application.model_construct(
        **{name: getattr(form, name) for name in Claims.model_fields},
        committee=committee.id or 0,
        channel=Channel.ONLINE.value,
        applicants=[PartyRow(kind="worker", name=form.name, phone=form.phone, id_number=form.id_number, address=form.address)],
        respondents=[employer],
    )
    by = Actor(person.id, frozenset({Seat.APPLICANT}), Seat.APPLICANT, by_code=True)
    return apply_for_mediation(db, application, committee, by=by, today=today, at=at, access_code=code)


# ---- who comes back with the code


def is_opened_by(case: MediationCase | None, code: str) -> bool:
    """As long for a case that does not exist as for a wrong code."""
    held = case.access_hash if case is not None and case.access_hash else "0" * 64
    return hmac.compare_digest(held, hash_of(code)) and case is not None


def bearer(db: Session, case: MediationCase) -> Party:
    """The applicant to whom the code was given: the first."""
    query = select(Party).where(Party.case_id == case.id, Party.role == PartyRole.APPLICANT).order_by(col(Party.position))
    return db.exec(query.limit(1)).one()


def person_of(db: Session, case: MediationCase) -> int:
    """The person in whose name the bearer acts, made where the application was taken in at the counter."""
    party = bearer(db, case)
    if party.person_id is None:
        person = Person(name=party.name[:60], phone=party.phone)
        db.add(person)
        db.flush()
        party.person_id = person.id
    assert party.person_id is not None
    return party.person_id
