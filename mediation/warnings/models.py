"""预警: signs of unrest, taken from cases without a name or a word of them, and the warnings that they add up to."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mediation.terms import Matter
from mediation.warnings.terms import State, Trigger
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class WarningSign(SQLModel, table=True):
    """迹象: that one case is about one matter at one unit. All that a superior union may know of a case."""

    __tablename__ = "warning_sign"
    __table_args__ = (
        _among("matter", Matter),
        UniqueConstraint("case_kind", "case_id", "matter"),
        Index("ix_warning_sign_alike", "unit", "matter", "on_day"),
        Index("ix_warning_sign_on_day", "on_day", "unit", "matter"),
        CheckConstraint("persons > 0", name="persons"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big)
    keeper_id: int = Field(foreign_key="organisation.id", sa_type=Big)
    """The union of the unit, or the nearest federation: whoever is warned."""
    unit: str = Field(sa_type=String(200))
    matter: str = Field(sa_type=String(40))
    persons: int
    arrears: bool = False
    on: date = Field(sa_column_kwargs={"name": "on_day"})


class EarlyWarning(Case, table=True):
    """One warning to the union of a unit (`organisation_id`) and to the union above; numbered there within the year."""

    __tablename__ = "early_warning"
    __table_args__ = (
        _among("state", State),
        _among("trigger", Trigger),
        _among("matter", Matter),
        UniqueConstraint("organisation_id", "number"),
        Index(
            "uq_early_warning_open",
            "unit",
            "trigger",
            "matter",
            unique=True,
            sqlite_where=text("state <> 'lifted'"),
            postgresql_where=text("state <> 'lifted'"),
        ),
        CheckConstraint("last_on >= first_on", name="span"),
    )

    number: str = Field(sa_type=String(20))
    """2026-0003."""
    trigger: str = Field(sa_type=String(40))
    matter: str = Field(sa_type=String(40))
    unit: str = Field(sa_type=String(200))
    cases: int
    persons: int
    first_on: date
    last_on: date
    """Days of the first and the last sign."""


class WarnedOf(SQLModel, table=True):
    """Which signs a warning is about; a sign counts once for each trigger."""

    __tablename__ = "early_warning_sign"
    __table_args__ = (_among("trigger", Trigger),)

    sign_id: int = Field(foreign_key="warning_sign.id", primary_key=True, sa_type=Big)
    trigger: str = Field(primary_key=True, sa_type=String(40))
    warning_id: int = Field(foreign_key="early_warning.id", sa_type=Big, index=True)


class WarningStep(SQLModel, table=True):
    """处置: what was done, by whom of the two unions."""

    __tablename__ = "early_warning_step"
    __table_args__ = (UniqueConstraint("warning_id", "number"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    warning_id: int = Field(foreign_key="early_warning.id", sa_type=Big, index=True)
    number: int
    seat: str = Field(sa_type=String(40))
    words: str = Field(sa_type=Text)
    on: date = Field(sa_column_kwargs={"name": "done_on"})
