"""Acts that need both chiefs: one proposes, the other agrees, and only then is the act done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import JSONB_OR_JSON, Big
from workflow.seats import Seat


class Motion(SQLModel, table=True):
    """A proposed joint act. `form` is what was typed; `basis` the text hash it was proposed on."""

    __tablename__ = "motion"
    __table_args__ = (
        CheckConstraint("status IN ('open','agreed','declined','withdrawn','void')", name="status"),
        Index(
            "uq_motion_open",
            "case_kind",
            "case_id",
            "act",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big, index=True)
    act: str = Field(sa_type=String(60))
    seat: str = Field(sa_type=String(40))
    person_id: int = Field(sa_type=Big)
    on: date = Field(sa_column_kwargs={"name": "moved_on"})
    at: datetime = Field(sa_column_kwargs={"name": "moved_at"})
    form: dict[str, Any] = Field(sa_type=JSONB_OR_JSON)
    basis: str = Field(default="", sa_type=String(64))
    status: str = Field(default="open", sa_type=String(10))
    answer: str = Field(default="")


def open_motions(db: Session, kind: str, case_id: int) -> list[Motion]:
    return list(
        db.exec(
            select(Motion).where(Motion.case_kind == kind, Motion.case_id == case_id, Motion.status == "open").order_by(col(Motion.id))
        ).all()
    )


def open_motion(db: Session, kind: str, case_id: int, act: str) -> Motion | None:
    return next((m for m in open_motions(db, kind, case_id) if m.act == act), None)


def moved(db: Session, kind: str, case_id: int) -> dict[str, Seat]:
    return {m.act: Seat(m.seat) for m in open_motions(db, kind, case_id)}


def void(db: Session, kind: str, case_id: int, *, keep: str = "", only: str = "", moved_by: Seat | None = None) -> list[Motion]:
    """What was proposed on another state, on another text or by another chief no longer stands. Gives what fell.

    `keep` names an act whose motion stands, `only` the one that falls, `moved_by` whose motions fall.
    """
    fallen = [
        m for m in open_motions(db, kind, case_id) if m.act != keep and only in ("", m.act) and (moved_by is None or m.seat == moved_by)
    ]
    for motion in fallen:
        motion.status = "void"
    db.flush()
    return fallen
