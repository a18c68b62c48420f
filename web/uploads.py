"""Files on their way: received from a person, not yet handed in to any case. Each person may have so many at a time, for so long."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from web.api.models import Upload
from workflow import evidence
from workflow.database import is_sqlite, metadata
from workflow.evidence import Blob, Unacceptable
from workflow.words import N_, say

QUOTA = 200 * 1024 * 1024
"""Bytes of one person's files that no case has yet."""
KEPT = timedelta(days=14)
"""How long a file waits to be handed in."""


def receive(db: Session, name: str, data: bytes, person_id: int, *, at: datetime) -> str:
    """Keep the bytes, remember who brought them, and give their SHA-256. Raises `Unacceptable`."""
    evidence.media_type(name, data)
    if waiting(db, person_id) + len(data) > QUOTA:
        raise Unacceptable(
            say(
                N_("您上传后还没有办理的文件合起来超过{quota}MB了，“{name}”没有收下。请先把传过的办完，或者等{days}天后自动清理。"),
                quota=QUOTA // (1024 * 1024),
                name=name,
                days=KEPT.days,
            )
        )
    digest = evidence.keep(db, name, data)
    insert = sqlite.insert if is_sqlite(db) else postgresql.insert
    row = insert(Upload).values(sha256=digest, person_id=person_id, uploaded_at=at)
    db.connection().execute(row.on_conflict_do_update(index_elements=["sha256", "person_id"], set_={"uploaded_at": at}))
    return digest


def waiting(db: Session, person_id: int) -> int:
    """Bytes that this person has brought and no case has."""
    query = select(func.coalesce(func.sum(Blob.size), 0)).join(Upload, col(Upload.sha256) == col(Blob.sha256))
    return int(db.exec(query.where(Upload.person_id == person_id, ~_is_used())).one())


def clear(db: Session, *, at: datetime) -> int:
    """Remove what waited too long; gives how many files. What has been handed in anywhere stays."""
    unused = select(Blob.sha256).where(~_is_used())
    old = and_(col(Upload.uploaded_at) < at - KEPT, col(Upload.sha256).in_(unused))
    db.connection().execute(delete(Upload).where(old))
    brought = exists().where(col(Upload.sha256) == col(Blob.sha256))
    return db.connection().execute(delete(Blob).where(~_is_used(), ~brought)).rowcount


def _is_used() -> ColumnElement[bool]:
    """Something beside an upload refers to the row of `blob` at hand."""
    return or_(*(exists().where(column == col(Blob.sha256)) for column in _references()))


def _references() -> list[ColumnElement[Any]]:
    """Every column that names a blob, whichever table it stands in, but that of the uploads."""
    return [
        column
        for table in metadata.sorted_tables
        if table.name != Upload.__tablename__
        for column in table.columns
        if any(key.target_fullname == "blob.sha256" for key in column.foreign_keys)
    ]
