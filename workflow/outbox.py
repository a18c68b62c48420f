"""Messages: written in the act's transaction, shown in the app at once, sent by the chosen channels after the commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, func, select

from workflow.database import JSONB_OR_JSON, Big
from workflow.words import Sentence, pack, unpack

DAYS_BEFORE = (3, 1, 0)
"""Days before the last one on which a person is reminded who has not chosen otherwise; 0 is the last day itself."""


class Message(SQLModel, table=True):
    """One message to one person. `once` keeps people from being reminded twice."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        Index("ix_message_unread", "person_id", sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL")),
        Index("ix_message_unsent", "id", sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, index=True)
    case_kind: str = Field(default="", sa_type=String(40))
    case_id: int | None = Field(default=None, sa_type=Big)
    words: list[Any] = Field(sa_type=JSONB_OR_JSON)
    """The sentence, packed."""
    created_at: datetime
    read_at: datetime | None = None
    sent_at: datetime | None = None
    """When nothing was left to send: by every channel chosen, or given up."""
    once: str | None = Field(default=None, sa_type=String(120))

    def sentence(self) -> Sentence:
        return unpack(self.words)


class MessageSetting(SQLModel, table=True):
    """How one person wants to be told beyond the app itself. Without a row the defaults hold."""

    __tablename__ = "message_setting"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=Big)
    email: bool = True
    robots: bool = True
    """Whether a message is also announced in the chat group of one's organisation."""
    days_before: list[int] = Field(default_factory=lambda: list(DAYS_BEFORE), sa_type=JSONB_OR_JSON)
    overdue: bool = True
    """Once a week after the last day."""


def setting_of(db: Session, person_id: int) -> MessageSetting:
    return db.get(MessageSetting, person_id) or MessageSetting(person_id=person_id)


def unread(db: Session, person_id: int) -> int:
    return db.exec(select(func.count()).where(Message.person_id == person_id, col(Message.read_at).is_(None))).one()


def tell(
    db: Session,
    people: Iterable[int | None],
    sentence: Sentence,
    *,
    kind: str,
    case_id: int | None,
    at: datetime,
    once: str | None = None,
) -> int:
    """Write one message for each person who has none under `once` yet; gives how many. Values are dates, numbers and msgids, no
    personal words."""
    words = pack(sentence)
    messages = [
        Message(person_id=p, case_kind=kind, case_id=case_id, words=words, created_at=at, once=once)
        for p in sorted(p for p in people if p is not None)
    ]
    if once is not None:
        return sum(_write_once(db, message, once) for message in messages)
    db.add_all(messages)
    db.flush()
    return len(messages)


def _write_once(db: Session, message: Message, once: str) -> bool:
    """Another process may be first."""
    if not _is_first(db, message.person_id, once):
        return False
    try:
        with db.begin_nested():
            db.add(message)
    except IntegrityError:
        if _is_first(db, message.person_id, once):
            raise
        return False
    return True


def _is_first(db: Session, person_id: int, once: str) -> bool:
    return db.exec(select(Message.id).where(Message.person_id == person_id, Message.once == once)).first() is None
