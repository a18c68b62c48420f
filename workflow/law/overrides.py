"""A rule's number as an administrator of this installation corrected it, with reason and citation.

An override counts from its own date: a clock started before keeps the number it was started with. It is never removed, only
ended; entering and ending it are entries of the journal, in a register that is a case of its own.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, String
from sqlmodel import Field, Session, SQLModel, col, select

from workflow import journal
from workflow.case import Case
from workflow.database import JSONB_OR_JSON, Big
from workflow.seats import Seat


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


REGISTER = "rules"
"""Kind of the register in the journal."""
THE_ONE = 1


class Register(Case, table=True):
    """The one register of corrected rules of an installation."""

    __tablename__ = "rule_register"


def enter(db: Session, row: Override, *, organisation_id: int, on: date, at: datetime) -> Override:
    """Add an override and journal it. `organisation_id` is the body that keeps the register if it is the first entry."""
    db.add(row)
    db.flush()
    _note(db, "correct_rule", row, by=row.entered_by, organisation_id=organisation_id, on=on, at=at)
    return row


def end(db: Session, row: Override, until: date, *, by: int, organisation_id: int, on: date, at: datetime) -> None:
    """`until` is the last day on which the override counts."""
    row.until = until
    db.add(row)
    db.flush()
    _note(db, "end_correction", row, by=by, organisation_id=organisation_id, on=on, at=at)


def _note(db: Session, act: str, row: Override, *, by: int, organisation_id: int, on: date, at: datetime) -> None:
    register = db.get(Register, THE_ONE, with_for_update=True)
    if register is None:
        register = Register(id=THE_ONE, organisation_id=organisation_id, region="000000", state="open", opened_on=on)
        db.add(register)
        db.flush()
    particulars = {
        "override": row.id,
        "region": row.region,
        "kind": row.kind,
        "value": row.value,
        "unit": row.unit,
        "from": row.from_,
        "until": row.until,
    }
    journal.append(
        db,
        register,
        REGISTER,
        act=act,
        seat=Seat.ADMINISTRATOR,
        actor_id=by,
        done_on=on,
        entered_at=at,
        rules=[row.rule],
        state_from="open",
        particulars=particulars,
    )
