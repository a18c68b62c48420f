"""What a committee keeps beside its appointments (`workflow.people`), which say who holds which office from when to when."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from mediation.committees.terms import Produced, Tie
from workflow.database import JSONB_OR_JSON, Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class CommitteeSeat(SQLModel, table=True):
    """How the chair or a member was produced."""

    __tablename__ = "mediation_committee_seat"
    __table_args__ = (_among("produced", Produced),)

    appointment_id: int = Field(foreign_key="appointment.id", primary_key=True, sa_type=Big)
    produced: str = Field(sa_type=String(40))


class MediatorSkills(SQLModel, table=True):
    """擅长的争议: matters of DISP-SCOPE."""

    __tablename__ = "mediator_skills"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", primary_key=True, sa_type=Big)
    matters: list[str] = Field(sa_type=JSONB_OR_JSON)


class MediatorAbsence(SQLModel, table=True):
    """Days, both included, on which a mediator takes no case. Why is nobody's business."""

    __tablename__ = "mediator_absence"
    __table_args__ = (
        CheckConstraint("until >= since", name="order"),
        Index("ix_mediator_absence", "organisation_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big)
    since: date
    until: date


class DeclaredTie(SQLModel, table=True):
    """回避声明: a mediator is tied to somebody. Never deleted: `ended_on` is the day from which it holds no longer."""

    __tablename__ = "mediator_tie"
    __table_args__ = (
        _among("tie", Tie),
        CheckConstraint("ended_on IS NULL OR ended_on >= declared_on", name="order"),
        Index("ix_mediator_tie", "organisation_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big)
    tie: str = Field(sa_type=String(40))
    name: str = Field(sa_type=String(200))
    """Name of the person or body, as it would stand in an application."""
    declared_on: date
    ended_on: date | None = None
