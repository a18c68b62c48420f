"""How an organisation writes its papers: letterhead, dates, seals, paragraphs of its own. Frozen into each document as it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import JSONB_OR_JSON, Big
from workflow.organisations import Organisation
from workflow.words import N_


class Seal(StrEnum):
    MARKED = "marked"
    OVER = "over"


SEAL_LABELS: Mapping[str, str] = {
    Seal.MARKED: N_("署名后印“（盖章）”字样"),
    Seal.OVER: N_("不印字样，印章盖在署名和日期上"),
}


@dataclass(frozen=True)
class Style:
    """`paragraphs` are those that this organisation adds before the closing of the document at hand."""

    masthead: str = ""
    han_dates: bool = False
    """成文日期 as 二〇二六年十一月二十四日, not in figures as GB/T 9704-2012, 7.3.5.4 has it."""
    seal: Seal = Seal.MARKED
    paragraphs: tuple[str, ...] = ()


PLAIN = Style()


class DocumentStyle(SQLModel, table=True):
    """The style that an organisation has set for its documents."""

    __tablename__ = "document_style"
    __table_args__ = (CheckConstraint("seal IN ('marked','over')", name="seal"),)

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True, sa_type=Big)
    masthead: str = Field(default="", sa_type=String(60))
    han_dates: bool = False
    seal: str = Field(default=Seal.MARKED, sa_type=String(20))
    paragraphs: dict[str, str] = Field(default_factory=dict, sa_type=JSONB_OR_JSON)
    """Name of a standard document → its further paragraphs, one a line."""
    codes: dict[str, str] = Field(default_factory=dict, sa_type=JSONB_OR_JSON)
    """Name of a standard document → the word before 〔year〕 in its number, with a sequence of its own; others have the organisation's."""


def style_of(db: Session, organisation_id: int | None, name: str) -> Style:
    """The style of an organisation for one standard document."""
    kept = db.get(DocumentStyle, organisation_id) if organisation_id is not None else None
    if kept is None:
        return PLAIN
    lines = (line.strip() for line in kept.paragraphs.get(name, "").splitlines())
    return Style(kept.masthead, kept.han_dates, Seal(kept.seal), tuple(line for line in lines if line))


def code_of(db: Session, organisation: Organisation, name: str) -> str:
    """发文代字 of an organisation for one standard document; empty where it numbers none."""
    kept = db.get(DocumentStyle, organisation.id)
    return (kept.codes.get(name) if kept else None) or organisation.document_code


class OwnTemplate(SQLModel, table=True):
    """A Word template of an organisation's own for one standard document. Replaced or withdrawn, it stays and is not current."""

    __tablename__ = "own_template"
    __table_args__ = (
        Index(
            "uq_own_template_current",
            "organisation_id",
            "kind",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big, index=True)
    kind: str = Field(sa_type=String(40))
    sha256: str = Field(foreign_key="blob.sha256", sa_type=String(64))
    name: str = Field(sa_type=String(200))
    uploaded_by: int = Field(foreign_key="person.id", sa_type=Big)
    uploaded_at: datetime
    current: bool = True


def own_template(db: Session, organisation_id: int, kind: str) -> OwnTemplate | None:
    return db.exec(
        select(OwnTemplate).where(OwnTemplate.organisation_id == organisation_id, OwnTemplate.kind == kind, col(OwnTemplate.current))
    ).first()
