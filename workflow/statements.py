"""What was said with an act, in its own words: reasons, grounds, answers. The journal holds none of it, so that it may be erased."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import Big


class Statement(SQLModel, table=True):
    """Said with the journal entry `seq` of a case, in the field `name` of the act's form."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("case_kind", "case_id", "seq", "name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big)
    seq: int
    name: str = Field(sa_type=String(40))
    text: str = Field(sa_type=Text)


def statements(db: Session, kind: str, case_id: int) -> dict[int, dict[str, str]]:
    """Journal entry → field → what was said."""
    found: dict[int, dict[str, str]] = {}
    rows = db.exec(select(Statement).where(Statement.case_kind == kind, Statement.case_id == case_id).order_by(col(Statement.id)))
    for row in rows:
        found.setdefault(row.seq, {})[row.name] = row.text
    return found
