"""The presence book of a meeting (签到簿), who keeps it, and what the screen in the hall shows. None of it is part of the case's version:
several desks write at once while the meeting goes on.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from congress.presence.terms import Move, Screen
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class PresenceEntry(SQLModel, table=True):
    """One line of the book, append-only and chained per meeting: who came or went on which day, and who entered it when."""

    __tablename__ = "presence_entry"
    __table_args__ = (
        UniqueConstraint("meeting_id", "seq"),
        _among("move", Move),
        CheckConstraint("(delegate_id IS NULL) != (attendee_id IS NULL)", name="whom"),
        Index("ix_presence_entry_day", "meeting_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big)
    seq: int
    move: str = Field(sa_type=String(20))
    delegate_id: int | None = Field(default=None, foreign_key="congress_delegate.id", sa_type=Big)
    attendee_id: int | None = Field(default=None, foreign_key="congress_attendee.id", sa_type=Big)
    """列席: never counts."""
    on: date
    """The day of the sitting: whoever comes again on another day checks in again."""
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime
    previous: str = Field(sa_type=String(64))
    hash: str = Field(sa_type=String(64))


class CheckInOfficer(SQLModel, table=True):
    """签到员: keeps the presence book beside the union, and nothing else."""

    __tablename__ = "check_in_officer"

    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, primary_key=True)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, primary_key=True)


class HallScreen(SQLModel, table=True):
    """What the screen of a meeting shows; chosen at the control desk."""

    __tablename__ = "hall_screen"
    __table_args__ = (_among("screen", Screen),)

    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, primary_key=True)
    screen: str = Field(default=Screen.CHECK_IN, sa_type=String(20))
