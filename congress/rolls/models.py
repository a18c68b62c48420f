"""A term (届) of a congress: its constituencies, its delegates from the election to the last change, and who attends without a vote."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from congress.terms import Form, Leaving, Manner, Post, TermState
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class CongressTerm(Case, table=True):
    """One term of one body. An assembly (职工大会) has no terms: the register of all its workers is kept by the year, `number`.

    `organisation_id` is the enterprise, or the union that holds a regional or sectoral congress.
    """

    __tablename__ = "congress_term"
    __table_args__ = (
        _among("state", TermState),
        _among("form", Form),
        UniqueConstraint("organisation_id", "form", "number"),
        CheckConstraint("until > since AND until >= first_until", name="order"),
        Index(
            "uq_congress_term_serving",
            "organisation_id",
            "form",
            unique=True,
            sqlite_where=text("state = 'serving'"),
            postgresql_where=text("state = 'serving'"),
        ),
    )

    form: str = Field(sa_type=String(40))
    number: int
    title: str = Field(sa_type=String(200))
    since: date
    until: date
    """Last day of the term; moved by an extension (延期换届) only."""
    first_until: date
    """Last day as it was when the term was elected."""


class Constituency(SQLModel, table=True):
    """选区 or 代表团: elects so many delegates as it has seats; of an assembly a department."""

    __tablename__ = "congress_constituency"
    __table_args__ = (UniqueConstraint("term_id", "name"), CheckConstraint("seats > 0", name="seats"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    number: int
    """Place on lists, from 1."""
    name: str = Field(sa_type=String(100))
    seats: int


class Delegate(SQLModel, table=True):
    """One seat held by one person. Nothing is written over: a seat ends on `until`, and a successor is another row.

    On the roll from `since` on, and up to the day before `until`.
    """

    __tablename__ = "congress_delegate"
    __table_args__ = (
        _among("post", Post),
        _among("manner", Manner),
        CheckConstraint(f"why_left IN ({','.join(repr(str(one)) for one in Leaving)})", name="why_left"),
        CheckConstraint("until IS NULL OR until >= since", name="order"),
        CheckConstraint("(until IS NULL) = (why_left IS NULL)", name="left"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    constituency_id: int = Field(foreign_key="congress_constituency.id", sa_type=Big, index=True)
    name: str = Field(sa_type=String(60))
    staff_number: str = Field(default="", sa_type=String(30))
    """工号: tells namesakes apart."""
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big, index=True)
    female: bool
    job: str = Field(default="", sa_type=String(100))
    """岗位、职务."""
    post: str = Field(sa_type=String(20))
    dispatched: bool = False
    young: bool = False
    """35 or younger when elected."""
    manner: str = Field(default=Manner.DIRECT, sa_type=String(20))
    since: date
    until: date | None = None
    why_left: str | None = Field(default=None, sa_type=String(20))
    leads: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """团(组)长: chosen by the delegation to speak for it."""
    replaces_id: int | None = Field(default=None, foreign_key="congress_delegate.id", sa_type=Big)
    """Whose seat was filled by this by-election."""

    def is_on_roll(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


class Committee(SQLModel, table=True):
    """专门委员会、专门小组: works for the congress between its meetings (企业民主管理规定 Art. 11)."""

    __tablename__ = "congress_committee"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    name: str = Field(sa_type=String(100))
    approved_at: str = Field(sa_type=String(200))
    """The meeting that approved its first members."""
    since: date
    until: date | None = None


class CommitteeMember(SQLModel, table=True):
    """One place in a committee, held from one day to another; who also holds a seat in the congress is named by it."""

    __tablename__ = "congress_committee_member"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    committee_id: int = Field(foreign_key="congress_committee.id", sa_type=Big, index=True)
    delegate_id: int | None = Field(default=None, foreign_key="congress_delegate.id", sa_type=Big)
    name: str = Field(sa_type=String(60))
    heads: bool
    since: date
    until: date | None = None


class Attendee(SQLModel, table=True):
    """列席: is invited to the meetings of a term and does not vote."""

    __tablename__ = "congress_attendee"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    name: str = Field(sa_type=String(60))
    job: str = Field(default="", sa_type=String(100))
    dispatched: bool = False
    since: date
    until: date | None = None
