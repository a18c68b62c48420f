"""A new negotiation: opened by a side, or linked to the contract that it renews, amends or ends."""

import secrets
from datetime import date, datetime

from sqlmodel import Session, col, select

from negotiation import forms
from negotiation.acts.registry import Now, number_of, side_of
from negotiation.models import Clause, ClauseText, CoveredEnterprise, Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import may_open
from negotiation.terms import PURPOSE_LABELS, ContractLevel, Purpose, Side, State
from negotiation.text import current_text
from workflow import journal
from workflow.documents.issue import next_number
from workflow.forms import invalid
from workflow.organisations import Organisation, OrganisationKind, union_of
from workflow.seats import Seat
from workflow.words import N_


def open_negotiation(db: Session, form: forms.Opening, *, person_id: int, on: date, at: datetime) -> Negotiation:
    """By an officer of either side. Raises `Invalid`."""
    allowed = {(o.id, side) for o, side in may_open(db, person_id, on)}
    side = next((s for s in Side if (form.organisation, s) in allowed), None)
    if side is None:
        raise invalid("organisation", N_("您只能为自己所在的企业立案。"))
    body = db.get_one(Organisation, form.organisation)
    several = form.level != ContractLevel.ENTERPRISE
    if several != (body.kind == OrganisationKind.EMPLOYERS):
        raise invalid("level", N_("企业集体合同请选一家企业；区域性、行业性集体合同请选企业代表组织。"))
    if several and not form.covered:
        raise invalid("covered", N_("请选择被覆盖的企业。"))
    covered = dict.fromkeys(form.covered if several else [])
    if covered.keys() - _coverable(db, body):
        raise invalid("covered", N_("只能选本地区的企业。"))
    union = union_of(db, form.organisation)
    case = Negotiation(
        organisation_id=form.organisation,
        region=body.region,
        state=State.DRAFTED.value,
        opened_on=on,
        title=form.title,
        kind=form.kind,
        level=form.level,
        special_subject=form.special_subject if form.kind == "special" else "",
        adoption=form.adoption if several else "one_congress",
        purpose=Purpose.CONCLUDE,
        initiator=side,
        union_id=union.id if union else (body.parent_id if several else None),
        subject=form.subject,
        proposed_on=form.proposed_on,
        proposed_time=form.proposed_time,
        proposed_place=form.proposed_place,
        data_requested=form.data_requested,
        term_from=form.term_from,
        term_until=form.term_until,
        token=secrets.token_hex(16),
        procedure_version=NEGOTIATION.version,
    )
    case.number = _case_number(db, union or body, on)
    db.add(case)
    db.flush()
    for enterprise in covered:
        db.add(CoveredEnterprise(negotiation_id=case.id or 0, organisation_id=enterprise))
    _opened(db, case, person_id, Seat.UNION if side is Side.WORKERS else Seat.EMPLOYER, on, at)
    return case


def _coverable(db: Session, body: Organisation) -> set[int | None]:
    """Enterprises of the same prefecture, by the first four digits of the region."""
    query = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.ENTERPRISE, col(Organisation.region).startswith(body.region[:4])
    )
    return set(db.exec(query).all())


def open_linked(now: Now, purpose: Purpose, subject: str = "") -> Negotiation:
    """The clauses in force are laid out again, each to be agreed anew or changed; this contract stays in force meanwhile."""
    old = now.case
    case = Negotiation(
        organisation_id=old.organisation_id,
        region=old.region,
        state=State.DRAFTED.value,
        opened_on=now.on,
        title=f"{old.title.split('（续订')[0]}（{PURPOSE_LABELS[purpose]}）",
        kind=old.kind,
        level=old.level,
        special_subject=old.special_subject,
        adoption=old.adoption,
        purpose=purpose,
        predecessor_id=old.id,
        initiator=side_of(now),
        union_id=old.union_id,
        subject=subject,
        token=secrets.token_hex(16),
        procedure_version=NEGOTIATION.version,
    )
    if purpose in (Purpose.AMEND, Purpose.CONTINUE):
        case.term_from, case.term_until = old.term_from, old.term_until
    case.number = _case_number(now.db, now.db.get_one(Organisation, old.union_id or old.organisation_id), now.on)
    now.db.add(case)
    now.db.flush()
    for row in now.facts.covered:
        now.db.add(CoveredEnterprise(negotiation_id=case.id or 0, organisation_id=row.organisation_id))
    for article in current_text(now.db, number_of(now)) if purpose != Purpose.TERMINATE else []:
        clause = Clause(
            negotiation_id=case.id or 0, position=article.number, head=article.clause.head, heading=article.clause.heading, carried=True
        )
        now.db.add(clause)
        now.db.flush()
        text = ClauseText(
            negotiation_id=case.id or 0,
            clause_id=clause.id or 0,
            seq=1,
            side=side_of(now),
            author_id=now.by.person_id,
            on=now.on,
            text=article.text,
        )
        now.db.add(text)
        now.db.flush()
        clause.text_id = text.id
    _opened(now.db, case, now.by.person_id, now.by.seat or Seat.UNION, now.on, now.at)
    return case


def _case_number(db: Session, body: Organisation, on: date) -> str:
    """江泵工集〔2026〕5号: counted by the union that keeps the files, in the year of opening."""
    assert body.id is not None
    return next_number(db, body.id, f"{body.document_code or body.short_name}集", on.year)


def _opened(db: Session, case: Negotiation, person_id: int | None, seat: Seat, on: date, at: datetime) -> None:
    journal.append(
        db,
        case,
        NEGOTIATION.name,
        act="open",
        seat=seat,
        actor_id=person_id,
        done_on=on,
        entered_at=at,
        rules=["NEG-REQUEST"],
        state_from=State.DRAFTED,
        particulars={"kind": case.kind, "level": case.level, "purpose": case.purpose, "predecessor": case.predecessor_id},
    )
