"""Files that prove something: stored by content, their type read from the bytes, never from the name."""

import hashlib
from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlmodel import Field, Session, SQLModel, select

from workflow.database import Big
from workflow.words import N_, Sentence, say

LIMIT = 20 * 1024 * 1024
"""Bytes of one file."""

SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
)
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


class Blob(SQLModel, table=True):
    """Bytes by their SHA-256 (hex)."""

    __tablename__ = "blob"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    sha256: str = Field(primary_key=True, sa_type=String(64))
    media_type: str = Field(sa_type=String(100))
    size: int
    data: bytes = Field(sa_type=LargeBinary)


class Evidence(SQLModel, table=True):
    """One file handed in for one case. `side` closes it to everyone but that side; none means it lies on the table."""

    __tablename__ = "evidence"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40), index=True)
    case_id: int = Field(sa_type=Big, index=True)
    sha256: str = Field(foreign_key="blob.sha256", sa_type=String(64), index=True)
    name: str = Field(sa_type=String(200))
    side: str | None = Field(default=None, sa_type=String(40))
    stage: str = Field(default="", sa_type=String(40))
    """Act that brought it."""
    piece: str = Field(default="", sa_type=String(40))
    """Which piece of a dossier it is, where the act says so."""
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime


class Unacceptable(ValueError):
    """A file that cannot be taken; `sentence` says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def media_type(name: str, data: bytes) -> str:
    """The type that the bytes show. Raises `Unacceptable`."""
    if not data:
        raise Unacceptable(say(N_("文件“{name}”是空的，请重新选择。"), name=name))
    if len(data) > LIMIT:
        raise Unacceptable(say(N_("文件“{name}”超过20MB，请压缩或分成几个文件。"), name=name))
    for magic, offset, found in SIGNATURES:
        if data[offset : offset + len(magic)] == magic:
            return found
    if data[:4] == b"PK\x03\x04":
        if b"word/" in data:
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        if b"xl/" in data:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    raise Unacceptable(say(N_("文件“{name}”不是可以接收的类型。请用PDF、图片（JPG、PNG、WEBP、HEIC）、DOCX或XLSX。"), name=name))


def is_kept(db: Session, sha256: str) -> bool:
    return db.exec(select(Blob.sha256).where(Blob.sha256 == sha256)).first() is not None


def keep(db: Session, name: str, data: bytes) -> str:
    """Store the bytes once and give their SHA-256. Raises `Unacceptable`."""
    return keep_as(db, data, media_type(name, data))


def keep_as(db: Session, data: bytes, kind: str) -> str:
    """Store once what this program made itself, of the media type `kind`, and give its SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    if not is_kept(db, digest):
        db.add(Blob(sha256=digest, media_type=kind, size=len(data), data=data))
        db.flush()
    return digest
