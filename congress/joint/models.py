"""联席会议: the leaders of the delegations and the heads of the committees deal with what cannot wait for the congress."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlmodel import Field

from congress.joint.terms import State
from congress.terms import Matter
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class JointMeeting(Case, table=True):
    """One joint meeting about one matter. What it decides stands until the next meeting of the congress, which confirms it or does not."""

    __tablename__ = "congress_joint_meeting"
    __table_args__ = (
        _among("state", State),
        _among("matter", Matter),
        CheckConstraint("state IN ('called','called_off') OR (decision != '' AND decided_on IS NOT NULL AND attended > 0)", name="decided"),
        CheckConstraint("state NOT IN ('confirmed','refused') OR (put_to_id IS NOT NULL AND in_favour IS NOT NULL)", name="confirmed"),
    )

    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    title: str = Field(sa_type=String(200))
    matter: str = Field(sa_type=String(40))
    urgency: str = Field(sa_type=Text)
    """Why it cannot wait."""
    authority: str = Field(sa_type=String(200))
    """By which resolution the congress authorised joint meetings."""
    held_on: date
    place: str = Field(sa_type=String(200))
    invited: int | None = None
    attended: int | None = None
    decision: str = Field(default="", sa_type=Text)
    decided_on: date | None = None
    put_to_id: int | None = Field(default=None, foreign_key="congress_meeting.id", sa_type=Big)
    """The meeting of the congress that was asked to confirm it."""
    put_on: date | None = None
    roll: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    needed: int | None = None
