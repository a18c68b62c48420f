"""提案: what a delegate asks for, who supports it, and how it was dealt with, once or twice."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from congress.proposals.terms import Satisfaction, State, Subject
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class DelegateProposal(Case, table=True):
    """One proposal of one delegate; numbered within the term once it is filed (立案)."""

    __tablename__ = "congress_proposal"
    __table_args__ = (
        _among("state", State),
        _among("subject", Subject),
        UniqueConstraint("term_id", "number"),
        CheckConstraint("state NOT IN ('filed','assigned','answered','concluded') OR number IS NOT NULL", name="number"),
    )

    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    proposer_id: int = Field(foreign_key="congress_delegate.id", sa_type=Big, index=True)
    number: int | None = None
    """第N号, given when it is filed."""
    title: str = Field(sa_type=String(200))
    subject: str = Field(sa_type=String(40))
    account: str = Field(sa_type=Text)
    """案由: what is wrong."""
    wish: str = Field(sa_type=Text)
    """建议: what should be done."""
    why_ended: str = Field(default="", sa_type=Text)
    """Why it was not filed, taken back or concluded without the proposer."""


class Seconder(SQLModel, table=True):
    """附议人."""

    __tablename__ = "congress_seconder"

    proposal_id: int = Field(foreign_key="congress_proposal.id", primary_key=True, sa_type=Big)
    delegate_id: int = Field(foreign_key="congress_delegate.id", primary_key=True, sa_type=Big)
    since: date


class Handling(SQLModel, table=True):
    """One round of dealing with a proposal: who has to, by when, the answer, and what the proposer says of it."""

    __tablename__ = "congress_proposal_handling"
    __table_args__ = (
        UniqueConstraint("proposal_id", "round"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered"),
        CheckConstraint(f"satisfaction IN ({','.join(repr(str(s)) for s in Satisfaction)})", name="satisfaction"),
        CheckConstraint("satisfaction IS NULL OR answered_on IS NOT NULL", name="rated"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    proposal_id: int = Field(foreign_key="congress_proposal.id", sa_type=Big, index=True)
    round: int
    handler: str = Field(sa_type=String(100))
    """承办部门 or 承办人."""
    assigned_on: date
    answer_by: date
    answer: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
    satisfaction: str | None = Field(default=None, sa_type=String(40))
    remark: str = Field(default="", sa_type=Text)
    """What the proposer said of the answer."""
