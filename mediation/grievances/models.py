"""职工诉求: what a worker said, to whom it was passed on, by when, and the answer."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mediation.grievances.terms import Channel, Route, Satisfaction, State, Subject
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class Grievance(Case, table=True):
    """One grievance at the body that took it in (`organisation_id`); numbered there within the year."""

    __tablename__ = "grievance"
    __table_args__ = (
        _among("state", State),
        _among("channel", Channel),
        _among("subject", Subject),
        _among("satisfaction", Satisfaction),
        UniqueConstraint("organisation_id", "number"),
        Index("ix_grievance_unit", "unit_id", "subject", "opened_on"),
        CheckConstraint("persons > 0", name="persons"),
        CheckConstraint("state != 'withdrawn' OR why_ended != ''", name="withdrawn"),
        CheckConstraint("state != 'closed' OR satisfaction IS NOT NULL OR why_ended != ''", name="closed"),
    )

    number: str = Field(sa_type=String(20))
    """2026-0012."""
    channel: str = Field(sa_type=String(40))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big, index=True)
    """Whoever raised it and has an account."""
    name: str = Field(default="", sa_type=String(60))
    """Empty where the caller kept it to himself."""
    phone: str = Field(default="", sa_type=String(30))
    unit: str = Field(sa_type=String(200))
    """The employer, as named."""
    unit_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big)
    """The employer, where it is known here."""
    persons: int = 1
    """How many are concerned."""
    subject: str = Field(sa_type=String(40))
    account: str = Field(sa_type=Text)
    """What was said."""
    wish: str = Field(default="", sa_type=Text)
    mediation_id: int | None = Field(default=None, foreign_key="mediation.id", sa_type=Big)
    """The case that came of it."""
    satisfaction: str | None = Field(default=None, sa_type=String(40))
    remark: str = Field(default="", sa_type=Text)
    why_ended: str = Field(default="", sa_type=Text)
    """Why it was withdrawn, or closed without a word of the worker's."""


class Routing(SQLModel, table=True):
    """Once passed on: to whom, by when, and what came of it."""

    __tablename__ = "grievance_routing"
    __table_args__ = (
        _among("route", Route),
        UniqueConstraint("grievance_id", "round"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    grievance_id: int = Field(foreign_key="grievance.id", sa_type=Big, index=True)
    round: int
    route: str = Field(sa_type=String(40))
    handler: str = Field(sa_type=String(100))
    handler_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big, index=True)
    """The handler, where it works here: its officers see the grievance and answer it."""
    note: str = Field(default="", sa_type=Text)
    routed_on: date
    answer_by: date
    answer: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
