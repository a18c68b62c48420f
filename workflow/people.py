"""People, and who holds which office where, from when to when."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, String, column, or_, table
from sqlalchemy import select as sa_select
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import Big
from workflow.words import N_


class Office(StrEnum):
    UNION_CHAIR = "union_chair"
    UNION_OFFICER = "union_officer"
    LEGAL_REPRESENTATIVE = "legal_representative"
    EMPLOYER_OFFICER = "employer_officer"
    SUPERIOR_OFFICER = "superior_officer"
    AUTHORITY_REVIEWER = "authority_reviewer"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_CLERK = "committee_clerk"
    MEDIATOR = "mediator"
    WORKER = "worker"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


KEEPERS = frozenset(
    {
        Office.UNION_CHAIR,
        Office.UNION_OFFICER,
        Office.LEGAL_REPRESENTATIVE,
        Office.EMPLOYER_OFFICER,
        Office.SUPERIOR_OFFICER,
        Office.AUTHORITY_REVIEWER,
        Office.COMMITTEE_CHAIR,
        Office.COMMITTEE_CLERK,
    }
)
"""Offices whose holders look after their organisation's papers."""

OFFICE_LABELS = {
    Office.UNION_CHAIR: N_("工会主席"),
    Office.UNION_OFFICER: N_("工会干部"),
    Office.LEGAL_REPRESENTATIVE: N_("法定代表人"),
    Office.EMPLOYER_OFFICER: N_("企业行政方经办人"),
    Office.SUPERIOR_OFFICER: N_("上级工会干部"),
    Office.AUTHORITY_REVIEWER: N_("人社部门审查员"),
    Office.COMMITTEE_CHAIR: N_("调解委员会主任"),
    Office.COMMITTEE_MEMBER: N_("调解委员会委员"),
    Office.COMMITTEE_CLERK: N_("调解委员会工作人员"),
    Office.MEDIATOR: N_("调解员"),
    Office.WORKER: N_("职工"),
    Office.MANAGER: N_("企业管理人员"),
    Office.ADMINISTRATOR: N_("系统管理员"),
}


class Person(SQLModel, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    name: str = Field(sa_type=String(60))
    female: bool = Field(default=False)
    phone: str = Field(default="", sa_type=String(30))
    email: str = Field(default="", sa_type=String(120))


class Appointment(SQLModel, table=True):
    """One office in one organisation. `until` is the last day; none means it still runs. Never deleted: ended."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, index=True)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big, index=True)
    office: str = Field(sa_type=String(40))
    since: date
    until: date | None = None


def appointments(db: Session, person_id: int, on: date) -> list[Appointment]:
    """Those that run on the day `on`."""
    return list(
        db.exec(
            select(Appointment).where(
                Appointment.person_id == person_id,
                Appointment.since <= on,
                or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
            )
        ).all()
    )


def holders(db: Session, organisation_id: int, offices: set[Office], on: date) -> list[Person]:
    """People who hold one of `offices` there on the day `on`."""
    return list(
        db.exec(
            select(Person)
            .join(Appointment, col(Appointment.person_id) == col(Person.id))
            .where(
                Appointment.organisation_id == organisation_id,
                col(Appointment.office).in_(sorted(offices)),
                Appointment.since <= on,
                or_(col(Appointment.until).is_(None), col(Appointment.until) >= on),
            )
            .order_by(col(Person.id))
            .distinct()
        ).all()
    )


def who_sign_in(db: Session, people: set[int]) -> set[int]:
    """Those of `people` who have an open account with a password. Accounts belong to `web/`; only this fact is read here."""
    if not people:
        return set()
    account = table("account", column("person_id"), column("password_hash"), column("closed", Boolean))
    query = sa_select(account.c.person_id).where(
        account.c.person_id.in_(people), account.c.password_hash != "", account.c.closed.is_(False)
    )
    return {int(row[0]) for row in db.connection().execute(query)}
