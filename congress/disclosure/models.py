"""厂务公开: what was disclosed, when and how, and the opinions on it with their answers."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from congress.disclosure.terms import Affair, Means, State
from workflow.case import Case
from workflow.database import Big


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class Disclosure(Case, table=True):
    """One disclosure on one day; `opened_on` is the day on which it was made."""

    __tablename__ = "congress_disclosure"
    __table_args__ = (_among("state", State), _among("affair", Affair), _among("means", Means))

    term_id: int = Field(foreign_key="congress_term.id", sa_type=Big, index=True)
    title: str = Field(sa_type=String(200))
    affair: str = Field(sa_type=String(40))
    means: str = Field(sa_type=String(40))
    place: str = Field(sa_type=String(200))
    account: str = Field(sa_type=Text)


class Remark(SQLModel, table=True):
    """意见和建议 on what was disclosed, and the answer or explanation."""

    __tablename__ = "congress_disclosure_remark"
    __table_args__ = (
        UniqueConstraint("disclosure_id", "number"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    disclosure_id: int = Field(foreign_key="congress_disclosure.id", sa_type=Big, index=True)
    number: int
    """From 1 within one disclosure; also the subject of its period."""
    by_union: bool
    """In the union's own name; otherwise a delegate's, whose name is not kept."""
    words: str = Field(sa_type=Text)
    raised_on: date
    answer: str = Field(default="", sa_type=Text)
    answered_on: date | None = None
