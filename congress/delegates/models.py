"""What the members do before a vote: they receive the papers of a meeting, and say what they think of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.database import Big
from workflow.seats import Seat


class Receipt(SQLModel, table=True):
    """One member has one paper in hand. Never changed: what was entered by mistake is taken back by a later row, `undone`.

    Kept apart from the case: a hundred members who confirm at once hold up nobody's act.
    """

    __tablename__ = "congress_receipt"
    __table_args__ = (Index("ix_congress_receipt_meeting", "meeting_id", "delegate_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big)
    delegate_id: int = Field(foreign_key="congress_delegate.id", sa_type=Big)
    paper: str = Field(sa_type=String(64))
    """SHA-256 of what was received: the notice as issued, or the text to be voted on."""
    received_on: date
    undone: bool = False
    on_list: bool = False
    """From the signed list, not by the member's own confirmation."""
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime


class Opinion(SQLModel, table=True):
    """What a member, or a delegation as a whole, says of the text of one item, and the answer to it."""

    __tablename__ = "congress_opinion"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(f"answered_by IS NULL OR answered_by IN ('{Seat.UNION}','{Seat.EMPLOYER}')", name="answered_by"),
        CheckConstraint("(answered_on IS NULL) = (answer = '') AND (answered_on IS NULL) = (answered_by IS NULL)", name="answered"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, index=True)
    number: int
    """Place among the opinions of the meeting, from 1."""
    text_hash: str = Field(sa_type=String(64))
    """The text that it speaks of; a changed one is another."""
    delegate_id: int | None = Field(default=None, foreign_key="congress_delegate.id", sa_type=Big)
    """Who said it; none where a delegation did."""
    constituency_id: int = Field(foreign_key="congress_constituency.id", sa_type=Big)
    words: str = Field(sa_type=Text)
    given_on: date
    answer: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
    answered_by: str | None = Field(default=None, sa_type=String(40))
    """The seat that answered."""
