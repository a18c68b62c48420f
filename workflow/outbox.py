"""Messages: written in the act's transaction, shown in the app at once, sent by the chosen channels after the commit."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel

from workflow.database import JSONB_OR_JSON, Big
from workflow.words import Sentence, pack, unpack


class Message(SQLModel, table=True):
    """One message to one person. `once` keeps a reminder from being written twice."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("person_id", "once"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, index=True)
    case_kind: str = Field(default="", sa_type=String(40))
    case_id: int | None = Field(default=None, sa_type=Big)
    words: list[Any] = Field(sa_type=JSONB_OR_JSON)
    """The sentence, packed."""
    created_at: datetime
    read_at: datetime | None = None
    sent_at: datetime | None = None
    once: str | None = Field(default=None, sa_type=String(120))

    def sentence(self) -> Sentence:
        return unpack(self.words)


enqueue: Callable[[Session, int], None] | None = None
"""Set once by the job engine at start: puts the sending of a message into the same transaction."""


def tell(
    db: Session,
    people: Iterable[int | None],
    sentence: Sentence,
    *,
    kind: str,
    case_id: int | None,
    at: datetime,
    once: str | None = None,
) -> None:
    """Write one message for each person. Values are dates, numbers and msgids, no personal words."""
    for person_id in sorted(p for p in people if p is not None):
        message = Message(person_id=person_id, case_kind=kind, case_id=case_id, words=pack(sentence), created_at=at, once=once)
        db.add(message)
        db.flush()
        if enqueue is not None and message.id is not None:
            enqueue(db, message.id)
