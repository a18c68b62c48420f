"""The only place that reads a clock. In practice mode the civil date can be set; the instant of entry stays the true one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Session, SQLModel

from workflow.database import Big

SHANGHAI = ZoneInfo("Asia/Shanghai")


class PracticeDate(SQLModel, table=True):
    """The one row that holds the date taken for today."""

    __tablename__ = "practice_date"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    day: date
    set_by: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)


def now() -> datetime:
    """The instant, UTC."""
    return datetime.now(UTC)


def today(db: Session) -> date:
    """The civil date in China, or the one set for practice."""
    chosen = db.get(PracticeDate, 1) if db.info.get("practice") else None
    return chosen.day if chosen else now().astimezone(SHANGHAI).date()


def set_today(db: Session, day: date | None, *, by: int | None) -> None:
    """Take `day` for today; none returns to the true date. Only where practice mode is on."""
    assert db.info.get("practice"), "the date can be set in practice mode only"
    chosen = db.get(PracticeDate, 1)
    if day is None:
        if chosen:
            db.delete(chosen)
    elif chosen:
        chosen.day, chosen.set_by = day, by
        db.add(chosen)
    else:
        db.add(PracticeDate(day=day, set_by=by))
    db.flush()
