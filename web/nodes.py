"""The processes that run jobs. Each holds a node, by name, while its heart beats; a node whose heart has stopped is another's to take.

The job engine recovers work by the name of the process that had it. So a name is stable (a process that starts again takes
the name of one that died, and its work with it) and belongs to one living process.
"""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import String, func, text
from sqlmodel import Field, Session, SQLModel, col, select

from web.practice import now
from workflow.database import is_sqlite

LOCK = 7_305_813
"""PostgreSQL advisory lock: processes that start together choose their names one after the other."""


class Node(SQLModel, table=True):
    __tablename__ = "node"

    name: str = Field(primary_key=True, sa_type=String(40))
    claim: str = Field(sa_type=String(32))
    """Drawn anew by each process that takes the name."""
    host: str = Field(sa_type=String(200))
    pid: int
    started_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Claim:
    name: str
    token: str


def take(db: Session, silence: timedelta) -> Claim:
    """The first name that nobody alive holds. SQLite has one process: whoever asks holds the only name there is."""
    if not is_sqlite(db):
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    at = _clock(db)
    rows = {node.name: node for node in db.exec(select(Node)).all()}
    number = 1
    while (node := rows.get(f"node-{number}")) is not None and node.seen_at > at - silence and not is_sqlite(db):
        number += 1
    claim = Claim(f"node-{number}", token_hex(16))
    node = node or Node(name=claim.name, claim="", host="", pid=0, started_at=at, seen_at=at)
    node.claim, node.host, node.pid, node.started_at, node.seen_at = claim.token, socket.gethostname(), os.getpid(), at, at
    db.add(node)
    return claim


def beat(db: Session, claim: Claim) -> bool:
    """Say that this process lives. False if it was taken for dead and its name has gone to another."""
    node = _held(db, claim)
    if node is None:
        return False
    node.seen_at = _clock(db)
    db.add(node)
    return True


def leave(db: Session, claim: Claim) -> None:
    """An orderly end: what is left undone may be taken over at once."""
    node = _held(db, claim)
    if node is not None:
        db.delete(node)


def alive(db: Session, silence: timedelta) -> set[str]:
    at = _clock(db)
    return set(db.exec(select(Node.name).where(col(Node.seen_at) > at - silence)).all())


def _held(db: Session, claim: Claim) -> Node | None:
    return db.exec(select(Node).where(Node.name == claim.name, Node.claim == claim.token).with_for_update()).first()


def _clock(db: Session) -> datetime:
    """The server's, since the clocks of several hosts differ."""
    return now() if is_sqlite(db) else db.exec(select(func.clock_timestamp())).one()
