"""Statutory deadlines of a case: a deadline is (rule, event) → date, with its derivation in words.

Events are what happened, on which legal day. Which event starts a rule's period is read from the rule. A deadline is
computed from its event and recomputed when the event's date is corrected, the calendar is published or the negotiation was
suspended for force majeure; it is never shifted.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field, Session, SQLModel, col, select

from workflow import clock
from workflow.calendar import Calendar
from workflow.case import Case
from workflow.database import JSONB_OR_JSON, Big
from workflow.law.rules import Rulebook
from workflow.procedure import Clock
from workflow.words import N_, Sentence, pack, unpack

PAUSED, RESUMED = "FORCE_MAJEURE", "FORCE_MAJEURE_OVER"
SUSPENDED, TAKEN_UP = "SUSPENDED", "RESUMED"
"""By agreement."""
_STANDSTILLS = (PAUSED, RESUMED, SUSPENDED, TAKEN_UP)


class Status(StrEnum):
    RUNNING = "running"
    MET = "met"
    LATE = "late"
    LAPSED = "lapsed"
    STOPPED = "stopped"


STATUS_LABELS = {
    Status.RUNNING: N_("正在计算"),
    Status.MET: N_("按期办结"),
    Status.LATE: N_("逾期办结"),
    Status.LAPSED: N_("期限届满"),
    Status.STOPPED: N_("不再适用"),
}


class Event(SQLModel, table=True):
    """What happened in a case on a legal day. A corrected date is a new row that `replaces_id` the old one."""

    __tablename__ = "case_event"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big, index=True)
    name: str = Field(sa_type=String(40))
    subject: str = Field(default="", sa_type=String(60))
    on: date = Field(sa_column_kwargs={"name": "happened_on"})
    seq: int
    """Journal entry that brought it."""
    replaces_id: int | None = Field(default=None, foreign_key="case_event.id", sa_type=Big)
    current: bool = True


class Deadline(SQLModel, table=True):
    """A running or ended period. `due` is its last day, included."""

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("status IN ('running','met','late','lapsed','stopped')", name="status"),
        Index("ix_deadline_running", "due", sqlite_where=text("status = 'running'"), postgresql_where=text("status = 'running'")),
        Index(
            "ix_deadline_running_by_case",
            "case_kind",
            "case_id",
            "due",
            sqlite_where=text("status = 'running'"),
            postgresql_where=text("status = 'running'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big, index=True)
    rule: str = Field(sa_type=String(40))
    subject: str = Field(default="", sa_type=String(60))
    who: str = Field(sa_type=String(40))
    start_id: int = Field(foreign_key="case_event.id", sa_type=Big)
    end_id: int | None = Field(default=None, foreign_key="case_event.id", sa_type=Big)
    due: date
    provisional: bool = False
    steps: list[list[Any]] = Field(sa_type=JSONB_OR_JSON)
    extra_days: int = 0
    """Added to the rule's number, in its unit: a recorded extension, or the yearly periods that went before."""
    agreed: bool = False
    """约定: set by the parties rather than by law."""
    status: str = Field(default=Status.RUNNING, sa_type=String(10))

    def derivation(self) -> list[Sentence]:
        return [unpack(step) for step in self.steps]


@dataclass(frozen=True)
class Timekeeper:
    """The clocks of one case: its procedure's table of clocks, the rules in force for it, and the calendar."""

    kind: str
    clocks: Sequence[Clock]
    rules: Rulebook
    calendar: Calendar

    def happened(self, db: Session, case: Case, name: str, on: date, seq: int, subject: str = "", *, but: Collection[str] = ()) -> Event:
        """Record an event, end the clocks that wait for it and start those that count from it (`but` those named)."""
        assert case.id is not None
        event = Event(case_kind=self.kind, case_id=case.id, name=name, on=on, seq=seq, subject=subject)
        db.add(event)
        db.flush()
        for deadline in deadlines(db, self.kind, case.id, Status.RUNNING):
            if any(name in c.until for c in self.clocks if c.rule == deadline.rule) and deadline.subject in ("", subject):
                self._end(deadline, event)
        for one in self.clocks:
            rule = self.rules.find(one.rule, on)
            if rule is not None and rule.is_period and name == (rule.start or one.starts) and one.rule not in but:
                self._start(db, case, one, event)
        if name in _STANDSTILLS:
            self.recompute(db, case)
        db.flush()
        return event

    def begin(self, db: Session, case: Case, rule: str, event: Event) -> None:
        """Start one clock from an event that is already recorded."""
        one = next(c for c in self.clocks if c.rule == rule)
        found = self.rules.find(rule, event.on)
        if found is not None and found.is_period:
            self._start(db, case, one, event)

    def start_agreed(self, db: Session, case: Case, rule: str, who: str, start: Event, due: date, subject: str = "") -> Deadline:
        """A date that the parties themselves set, kept beside the statutory ones."""
        assert case.id is not None and start.id is not None
        deadline = Deadline(
            case_kind=self.kind, case_id=case.id, rule=rule, subject=subject, who=who, start_id=start.id, due=due, steps=[], agreed=True
        )
        db.add(deadline)
        return deadline

    def lapse(self, db: Session, case: Case, rule: str) -> None:
        """The period has run out and the clock has acted on it."""
        assert case.id is not None
        for deadline in deadlines(db, self.kind, case.id, Status.RUNNING):
            if deadline.rule == rule:
                deadline.status = Status.LAPSED

    def stop(self, db: Session, case: Case, rules: Iterable[str] | None = None) -> list[int]:
        """The periods no longer apply (all running ones where `rules` is None). Gives their ids."""
        assert case.id is not None
        wanted = None if rules is None else set(rules)
        stopped = [d for d in deadlines(db, self.kind, case.id, Status.RUNNING) if wanted is None or d.rule in wanted]
        for deadline in stopped:
            deadline.status = Status.STOPPED
        return [d.id for d in stopped if d.id is not None]

    def run_on(self, db: Session, case: Case, ids: Collection[int]) -> None:
        """Periods that were stopped by what did not last run on."""
        assert case.id is not None
        for deadline in deadlines(db, self.kind, case.id, Status.STOPPED):
            if deadline.id in ids:
                deadline.status = Status.RUNNING

    def turn_back(self, db: Session, case: Case, rule: str) -> None:
        """The clock's own act on the latest period under `rule` is turned back: what ends the period was done in time."""
        assert case.id is not None
        lapsed = [d for d in deadlines(db, self.kind, case.id, Status.LAPSED) if d.rule == rule]
        if lapsed:
            max(lapsed, key=lambda d: d.id or 0).status = Status.RUNNING

    def extend(self, db: Session, case: Case, rule: str, days: int) -> None:
        assert case.id is not None
        for deadline in deadlines(db, self.kind, case.id, Status.RUNNING):
            if deadline.rule == rule:
                deadline.extra_days += days
                self._compute(db, deadline)

    def correct(self, db: Session, case: Case, event: Event, on: date, seq: int) -> Event:
        """Another day for an event: the old row stays, every clock that hangs on it is computed anew."""
        new = Event(
            case_kind=event.case_kind, case_id=event.case_id, name=event.name, subject=event.subject, on=on, seq=seq, replaces_id=event.id
        )
        event.current = False
        db.add(new)
        db.flush()
        assert case.id is not None and new.id is not None
        for deadline in deadlines(db, self.kind, case.id):
            if deadline.start_id == event.id:
                deadline.start_id = new.id
                if not deadline.agreed:
                    self._compute(db, deadline)
            if deadline.end_id == event.id:
                self._end(deadline, new)
            elif deadline.end_id is not None and deadline.start_id == new.id:
                self._end(deadline, db.get_one(Event, deadline.end_id))
        if event.name in _STANDSTILLS:
            self.recompute(db, case)
        db.flush()
        return new

    def recompute(self, db: Session, case: Case) -> None:
        """Every running statutory deadline, from its event and its rule."""
        assert case.id is not None
        for deadline in deadlines(db, self.kind, case.id, Status.RUNNING):
            if not deadline.agreed:
                self._compute(db, deadline)
        db.flush()

    def _start(self, db: Session, case: Case, one: Clock, event: Event) -> None:
        assert case.id is not None and event.id is not None
        for old in deadlines(db, self.kind, case.id, Status.RUNNING):
            if old.rule == one.rule and old.subject == event.subject:
                old.status = Status.STOPPED
        deadline = Deadline(
            case_kind=self.kind,
            case_id=case.id,
            rule=one.rule,
            subject=event.subject,
            who=one.who,
            start_id=event.id,
            due=event.on,
            steps=[],
        )
        self._compute(db, deadline)
        db.add(deadline)

    def _compute(self, db: Session, deadline: Deadline) -> None:
        start = db.get_one(Event, deadline.start_id)
        rule = self.rules.get(deadline.rule, start.on)
        if deadline.extra_days:
            rule = replace(rule, value=rule.value + deadline.extra_days)
        one = next(c for c in self.clocks if c.rule == deadline.rule)
        pauses = self.pauses(db, deadline.case_id, agreed=rule.parameters.get("pauses") == "ANY") if one.pauses else ()
        found = clock.due(rule, start.on, self.calendar, pauses=pauses, **clock.readings(self.rules, start.on))
        deadline.due = found.date
        deadline.provisional = found.provisional
        deadline.steps = [pack(step) for step in found.steps]

    def _end(self, deadline: Deadline, event: Event) -> None:
        deadline.end_id = event.id
        deadline.status = Status.MET if event.on <= deadline.due else Status.LATE

    def pauses(self, db: Session, case_id: int, *, agreed: bool = False) -> tuple[tuple[date, date | None], ...]:
        """Days on which the negotiation stood still for force majeure, first and last included; an open pause has no last day.

        `agreed` counts suspensions by agreement too, where the rule leaves them out of its period.
        """
        found: list[tuple[date, date | None]] = []
        for event in events(db, self.kind, case_id):
            if event.name == PAUSED or (agreed and event.name == SUSPENDED):
                found.append((event.on, None))
            elif event.name in (RESUMED, TAKEN_UP) and found and found[-1][1] is None:
                found[-1] = (found[-1][0], event.on - timedelta(days=1))
        return tuple(found)


def deadlines(db: Session, kind: str, case_id: int, status: Status | None = None) -> list[Deadline]:
    query = select(Deadline).where(Deadline.case_kind == kind, Deadline.case_id == case_id).order_by(col(Deadline.due), col(Deadline.id))
    if status is not None:
        query = query.where(Deadline.status == status)
    return list(db.exec(query).all())


def events(db: Session, kind: str, case_id: int) -> list[Event]:
    """Those that stand, in the order they happened."""
    return list(
        db.exec(
            select(Event)
            .where(Event.case_kind == kind, Event.case_id == case_id, col(Event.current).is_(True))
            .order_by(col(Event.on), col(Event.id))
        ).all()
    )


def days_of(db: Session, kind: str, case_id: int, seq: int) -> list[date]:
    """Days on which happened what one journal entry brought, as they stand after corrections."""
    found = db.exec(select(Event).where(Event.case_kind == kind, Event.case_id == case_id).order_by(col(Event.id))).all()
    brought_by = {e.id: e.seq for e in found if e.replaces_id is None}
    for event in found:
        if event.replaces_id is not None:
            brought_by[event.id] = brought_by[event.replaces_id]
    return [e.on for e in found if e.current and brought_by[e.id] == seq]


def overdue(db: Session, kind: str, on: date) -> list[Deadline]:
    """Running deadlines whose last day lies before `on`."""
    return list(
        db.exec(
            select(Deadline)
            .where(Deadline.case_kind == kind, Deadline.status == Status.RUNNING, Deadline.due < on)
            .order_by(col(Deadline.due), col(Deadline.id))
        ).all()
    )
