"""A rule's number as an administrator of this installation corrected it, with reason and citation.

An override counts from its own date: a clock started before keeps the number it was started with.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, String
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import JSONB_OR_JSON, Big


class Override(SQLModel, table=True):
    """`kind` None: for every kind. It stands above the rules of its own region and of those around it."""

    __tablename__ = "rule_override"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("length(citation) > 0", name="citation"),
        CheckConstraint("until IS NULL OR until >= since", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    region: str = Field(sa_type=String(6), index=True)
    kind: str | None = Field(default=None, sa_type=String(40))
    rule: str = Field(sa_type=String(40), index=True)
    value: Any = Field(sa_column=Column(JSONB_OR_JSON, nullable=False))
    unit: str | None = Field(default=None, sa_type=String(2))
    reason: str = Field(sa_type=String(500))
    citation: str = Field(sa_type=String(200))
    from_: date = Field(sa_column_kwargs={"name": "since"})
    until: date | None = Field(default=None)
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime

    def stands(self, on: date) -> bool:
        return self.from_ <= on and (self.until is None or on <= self.until)


def load_overrides(db: Session) -> tuple[Override, ...]:
    """All of them, older first, so that of two for one rule the later entry stands."""
    return tuple(db.exec(select(Override).order_by(col(Override.entered_at), col(Override.id))))
