"""Unions, enterprises, authorities and committees: one tree, with region, industry and size."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint, Select, String
from sqlalchemy import select as sa_select
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import Big
from workflow.words import N_


class OrganisationKind(StrEnum):
    ENTERPRISE = "enterprise"
    UNION = "union"
    FEDERATION = "federation"
    AUTHORITY = "authority"
    EMPLOYERS = "employers"
    COMMITTEE = "committee"


KIND_LABELS = {
    OrganisationKind.ENTERPRISE: N_("企业"),
    OrganisationKind.UNION: N_("企业工会"),
    OrganisationKind.FEDERATION: N_("上级工会"),
    OrganisationKind.AUTHORITY: N_("人社部门"),
    OrganisationKind.EMPLOYERS: N_("企业代表组织"),
    OrganisationKind.COMMITTEE: N_("调解委员会"),
}


class Organisation(SQLModel, table=True):
    """A legal body. An enterprise union names its enterprise in `of_id` and its superior union in `parent_id`."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("kind IN ('enterprise','union','federation','authority','employers','committee')", name="kind"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    kind: str = Field(sa_type=String(40), index=True)
    name: str = Field(sa_type=String(200))
    short_name: str = Field(default="", sa_type=String(60))
    region: str = Field(sa_type=String(6), index=True)
    """GB/T 2260 code, six digits: decides which local rules apply."""
    parent_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big, index=True)
    of_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big, index=True)
    authority_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big)
    """Of an enterprise: the labour authority that reviews its contracts (集体合同规定 Art. 43)."""
    credit_code: str = Field(default="", sa_type=String(18))
    address: str = Field(default="", sa_type=String(200))
    industry: str = Field(default="", sa_type=String(60))
    workforce: int = Field(default=0)
    """Head-count of all workers."""
    female: int = Field(default=0)
    dispatched: int = Field(default=0)
    above_scale: bool = Field(default=False)
    """规模以上: some local rules ask for more representatives."""
    document_code: str = Field(default="", sa_type=String(30))
    """Word before 〔year〕 in document numbers, such as 江泵工."""


def union_of(db: Session, enterprise_id: int) -> Organisation | None:
    return db.exec(select(Organisation).where(Organisation.of_id == enterprise_id, Organisation.kind == OrganisationKind.UNION)).first()


def ancestors(db: Session, organisation: Organisation) -> list[Organisation]:
    """Those above, nearest first. A broken tree (a loop) ends at the first repeated name."""
    found: list[Organisation] = []
    seen = {organisation.id}
    parent_id = organisation.parent_id
    while parent_id is not None and parent_id not in seen:
        seen.add(parent_id)
        parent = db.get_one(Organisation, parent_id)
        found.append(parent)
        parent_id = parent.parent_id
    return found


def below(organisation_ids: Iterable[int]) -> Select[int]:
    """Ids of all bodies below these, any depth, themselves not included; a query, so that a province need not be listed."""
    found = (
        sa_select(col(Organisation.id).label("id"))
        .where(col(Organisation.parent_id).in_(list(organisation_ids)))
        .cte("below", recursive=True)
    )
    found = found.union(sa_select(col(Organisation.id)).where(col(Organisation.parent_id) == found.c.id))
    return sa_select(found.c.id)


def descendants(db: Session, organisation_id: int) -> list[int]:
    """As `below`, listed."""
    return list(db.connection().execute(below([organisation_id])).scalars())
