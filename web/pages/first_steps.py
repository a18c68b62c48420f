"""What a new administrator does first: until somebody has opened a negotiation, the workbench leads there step by step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from negotiation.models import Negotiation
from negotiation.queries import EMPLOYER_OFFICES, UNION_OFFICES
from web.accounts.models import Account
from workflow.organisations import Organisation, OrganisationKind, union_of
from workflow.people import Appointment, Office
from workflow.words import N_


@dataclass(frozen=True)
class Step:
    label: str
    why: str
    button: str
    done: bool
    href: str = ""
    """Empty while an earlier step is still missing."""


def first_steps(db: Session, on: date) -> list[Step]:
    """None once there is a negotiation."""
    if db.exec(select(Negotiation.id).limit(1)).first() is not None:
        return []
    authority, enterprise = _first(db, OrganisationKind.AUTHORITY), _first(db, OrganisationKind.ENTERPRISE)
    union = union_of(db, enterprise.id) if enterprise is not None and enterprise.id is not None else None
    unionists, employers = _officers(db, union, UNION_OFFICES, on), _officers(db, enterprise, EMPLOYER_OFFICES, on)
    return [
        Step(
            N_("登记人社部门"),
            N_("集体合同签订后报送给它审查"),
            N_("登记人社部门"),
            authority is not None,
            _new(OrganisationKind.AUTHORITY),
        ),
        _enterprise(enterprise, authority),
        Step(
            N_("登记企业的工会"),
            N_("代表职工提出协商；没有工会的企业，由上级工会指导职工推举代表"),
            N_("登记工会"),
            union is not None,
            f"{_new(OrganisationKind.UNION)}&of_id={enterprise.id}" if enterprise else "",
        ),
        Step(
            N_("登记人员和职务"),
            N_("至少登记工会的主席或者干部，企业的法定代表人或者经办人"),
            N_("登记人员"),
            bool(unionists and employers),
            _people(union, unionists, enterprise, employers),
        ),
        _accounts(db, unionists, employers),
    ]


def _enterprise(enterprise: Organisation | None, authority: Organisation | None) -> Step:
    label = N_("登记企业")
    if enterprise is None:
        return Step(label, N_("签订集体合同的用人单位，选好审查它的合同的人社部门"), label, False, _new(OrganisationKind.ENTERPRISE))
    address = f"/organisations/{enterprise.id}/edit"
    if enterprise.authority_id is None and authority is not None:
        return Step(label, N_("企业已经登记，还要选定审查它的集体合同的人社部门"), N_("选定人社部门"), False, address)
    return Step(label, N_("签订集体合同的用人单位"), label, True, address)


def _people(union: Organisation | None, unionists: Collection[int], enterprise: Organisation | None, employers: Collection[int]) -> str:
    """Where the next person is registered: the union's first."""
    body = union if union is not None and not unionists else enterprise if not employers else None
    return f"/organisations/{body.id}/people/new" if union is not None and body is not None else ""


def _accounts(db: Session, unionists: Sequence[int], employers: Sequence[int]) -> Step:
    opened = set(db.exec(select(Account.person_id).where(col(Account.person_id).in_([*unionists, *employers]))).all())
    lacking = [side[0] for side in (unionists, employers) if side and not opened & set(side)]
    return Step(
        N_("开账户，发邀请链接"),
        N_("双方各有一个人能登录就可以开始；把链接交给本人，由本人设密码"),
        N_("开账户"),
        bool(unionists and employers) and not lacking,
        f"/admin/accounts/new?person={lacking[0]}" if lacking else "",
    )


def _new(kind: OrganisationKind) -> str:
    return f"/organisations/new?kind={kind}"


def _first(db: Session, kind: OrganisationKind) -> Organisation | None:
    return db.exec(select(Organisation).where(Organisation.kind == kind).order_by(col(Organisation.id)).limit(1)).first()


def _officers(db: Session, body: Organisation | None, offices: Collection[Office], on: date) -> list[int]:
    """Persons who may act for this body on the day."""
    if body is None:
        return []
    query = (
        select(Appointment.person_id)
        .where(Appointment.organisation_id == body.id, col(Appointment.office).in_(sorted(offices)))
        .where(Appointment.since <= on, or_(col(Appointment.until).is_(None), col(Appointment.until) >= on))
        .order_by(col(Appointment.id))
    )
    return list(db.exec(query).all())
