"""What every case row has, whatever its procedure."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from workflow.database import Big

START_OF_CHAIN = "0" * 64


class Case(SQLModel):
    """Base of case tables. `version` rises with every act (optimistic lock); `journal_head` is the hash of the last entry."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big, index=True)
    region: str = Field(sa_type=String(6))
    state: str = Field(sa_type=String(40), index=True)
    version: int | None = Field(default=None, nullable=False)
    procedure_version: int = Field(default=1)
    opened_on: date
    closed_on: date | None = None
    journal_seq: int = Field(default=0)
    journal_head: str = Field(default=START_OF_CHAIN, sa_type=String(64))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version} if "__table__" in cls.__dict__ else {}  # type: ignore[attr-defined]
