"""Issued documents: numbered, frozen as semantic HTML with its hash, rendered when asked for.

What is frozen is the text. PDF bytes follow from it and from the stored instant, are the same whenever they are made, and are
kept beside it once somebody has made them; the transaction that issues never renders.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Connection, LargeBinary, String, Table, Text, UniqueConstraint, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from workflow.database import JSONB_OR_JSON, Big, is_sqlite
from workflow.documents import glyphs, pdf, vocabulary
from workflow.documents.docx import docx
from workflow.documents.render import render, version
from workflow.documents.style import PLAIN, Style

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PDF, DOCX = "pdf", "docx"
RENDERERS: Mapping[str, Callable[[str, datetime, str], bytes]] = {PDF: pdf.pdf, DOCX: docx}
"""Format → what makes it of the semantic HTML, the instant and the address of verification."""


class Document(SQLModel, table=True):
    """One 文书. `html` never changes; a corrected document is a new one that names the old in `supersedes`."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("token"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("length(token) = 32", name="token"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40), index=True)
    case_id: int = Field(sa_type=Big, index=True)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big)
    kind: str = Field(sa_type=String(40))
    form: str = Field(sa_type=String(4))
    """Number in the list of standard documents: H01."""
    title: str = Field(sa_type=String(300))
    number: str | None = Field(default=None, sa_type=String(60))
    """发文字号."""
    template: str = Field(sa_type=String(80))
    """Name and version: `negotiation/offer.html@1f2e3d4c5b6a`."""
    html: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=String(64), index=True)
    """Of `html` in UTF-8."""
    issued_on: date
    issued_at: datetime
    act: str = Field(sa_type=String(60))
    entry_seq: int
    """Place of the act's entry in the journal of the case."""
    issued_by: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    """None where time or a certified result issued it."""
    side: str | None = Field(default=None, sa_type=String(40))
    """Side that alone may see it; none once it lies on the table."""
    supersedes: int | None = Field(default=None, foreign_key="document.id", sa_type=Big)
    subject: str = Field(default="", sa_type=String(40))
    """Which meeting, letter or round of the case it is about."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB_OR_JSON)
    """What the template was told, for an organisation's own Word template."""
    token: str = Field(sa_type=String(32))
    """128 random bits: its address, also of the page that anybody can verify it on."""


class DocumentFile(SQLModel, table=True):
    """Bytes made from a document in one format."""

    __tablename__ = "document_file"

    document_id: int = Field(foreign_key="document.id", primary_key=True, sa_type=Big)
    format: str = Field(primary_key=True, sa_type=String(10))
    sha256: str = Field(sa_type=String(64))
    data: bytes = Field(sa_type=LargeBinary)
    made_at: datetime


class SignedScan(SQLModel, table=True):
    """The signed paper, scanned, tied to the document that was printed."""

    __tablename__ = "signed_scan"
    __table_args__ = (UniqueConstraint("document_id", "sha256"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    document_id: int = Field(foreign_key="document.id", sa_type=Big, index=True)
    sha256: str = Field(foreign_key="blob.sha256", sa_type=String(64))
    name: str = Field(sa_type=String(200))
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime


class DocumentNumber(SQLModel, table=True):
    """Last number that an organisation gave out under one code in one year."""

    __tablename__ = "document_number"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True, sa_type=Big)
    code: str = Field(primary_key=True, sa_type=String(30))
    year: int = Field(primary_key=True)
    last: int


def frozen_ddl(dialect: str, columns: Sequence[str] = ()) -> list[str]:
    """Statements that make the database itself refuse to change or remove what was issued; only `side` may change."""
    frozen = ", ".join(columns or (column for column in Document.model_fields if column != "side"))
    if dialect == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'document is frozen'); END"
        return [
            f"CREATE TRIGGER document_frozen BEFORE UPDATE OF {frozen} ON document {refuse}",
            f"CREATE TRIGGER document_kept BEFORE DELETE ON document {refuse}",
        ]
    return [
        "CREATE OR REPLACE FUNCTION refuse_thaw() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'document is frozen'; END $$",
        f"CREATE TRIGGER document_frozen BEFORE UPDATE OF {frozen} ON document FOR EACH ROW EXECUTE FUNCTION refuse_thaw()",
        "CREATE TRIGGER document_kept BEFORE DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_thaw()",
    ]


@event.listens_for(SQLModel.metadata.tables["document"], "after_create")
def freeze(_table: Table, connection: Connection, **_: object) -> None:
    for statement in frozen_ddl(connection.dialect.name):
        connection.exec_driver_sql(statement)


class MissingGlyph(ValueError):
    """Characters that no shipped font can draw; `sentence` says so to a person."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        self.sentence = glyphs.refusal(characters)
        super().__init__(str(self.sentence))


def issue(
    db: Session,
    *,
    case_kind: str,
    case_id: int,
    organisation_id: int,
    kind: str,
    form: str,
    title: str,
    template: str,
    context: "DataclassInstance",
    on: date,
    at: datetime,
    by: int | None,
    act: str,
    entry_seq: int,
    number: str | None = None,
    side: str | None = None,
    subject: str = "",
    supersedes: int | None = None,
    style: Style = PLAIN,
) -> Document:
    """Freeze a document. Raises `MissingGlyph`, and `VocabularyError` for a faulty template."""
    token = secrets.token_hex(16)
    html = compose(template, context, style, token)
    document = Document(
        case_kind=case_kind,
        case_id=case_id,
        organisation_id=organisation_id,
        kind=kind,
        form=form,
        title=title,
        number=number,
        template=version(template),
        html=html,
        sha256=hashlib.sha256(html.encode()).hexdigest(),
        issued_on=on,
        issued_at=at,
        act=act,
        entry_seq=entry_seq,
        issued_by=by or None,
        side=side,
        subject=subject,
        facts=facts_of(context),
        supersedes=supersedes,
        token=token,
    )
    db.add(document)
    db.flush()
    return document


def compose(template: str, context: "DataclassInstance", style: Style = PLAIN, token: str = "") -> str:
    """The semantic HTML in NFC, every character printable and every element known. Raises as `issue` does."""
    html = unicodedata.normalize("NFC", render(template, context, style, token))
    characters = glyphs.missing(html)
    if characters:
        raise MissingGlyph(characters)
    vocabulary.parse(html)
    return html


def next_number(db: Session, organisation_id: int, code: str, year: int) -> str:
    """The next 发文字号, `code`〔year〕n号. One statement takes it and locks its row until the transaction ends, so numbers
    are neither given twice nor lost to an act that fails.

    The count runs by printed code: two kinds of document under one code share one sequence.
    """
    last = db.connection().execute(
        text(
            "INSERT INTO document_number (organisation_id, code, year, last) VALUES (:organisation_id, :code, :year, 1) "
            "ON CONFLICT (organisation_id, code, year) DO UPDATE SET last = document_number.last + 1 RETURNING last"
        ),
        {"organisation_id": organisation_id, "code": code, "year": year},
    )
    return f"{code}〔{year}〕{last.scalar_one()}号"


def facts_of(record: "DataclassInstance") -> dict[str, Any]:
    """A record as JSON; dates in ISO 8601."""
    return {name: _plain(value) for name, value in asdict(record).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def file_of(db: Session, document: Document, format: str, address: str = "") -> bytes:
    """The file in this format, as kept or newly made, with a QR code that leads to its verification under `address`. Never writes:
    whoever may, calls `keep` with what was made."""
    kept = db.get(DocumentFile, (document.id, format))
    return kept.data if kept else RENDERERS[format](document.html, document.issued_at, address)


def keep(db: Session, document: Document, data: bytes, at: datetime, format: str = PDF) -> None:
    """Keep bytes made from a document; those that are kept already stand."""
    insert = sqlite.insert if is_sqlite(db) else postgresql.insert
    row = insert(DocumentFile).values(
        document_id=document.id, format=format, sha256=hashlib.sha256(data).hexdigest(), data=data, made_at=at
    )
    db.connection().execute(row.on_conflict_do_nothing())
