"""What time itself brings: the acts of the clock. Composed with all procedures by the caller; each act in its own transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from workflow.deadlines import Status, deadlines, overdue
from workflow.procedure import THE_CLOCK
from workflow.proceedings import Proceedings, do, locked


@dataclass(frozen=True)
class Lapse:
    """An act of the clock that may have become due: the day after a running deadline's last day."""

    kind: str
    case_id: int
    rule: str
    act: str
    day: date


def lapses(db: Session, proceedings: Iterable[Proceedings[Any, Any]], on: date) -> Iterator[Lapse]:
    for one in proceedings:
        acts = {clock.rule: clock.lapse for clock in one.procedure.clocks if clock.lapse}
        for deadline in overdue(db, one.procedure.name, on):
            act = acts.get(deadline.rule)
            if act is not None:
                yield Lapse(one.procedure.name, deadline.case_id, deadline.rule, act, deadline.due + timedelta(days=1))


def perform_lapse(db: Session, proceedings: Proceedings[Any, Any], lapse: Lapse, at: datetime) -> bool:
    """Do it, if it still is to be done: the case is locked and looked at anew. The legal day is the day after the period."""
    case = locked(db, proceedings.model, lapse.case_id)
    running = any(d.rule == lapse.rule and d.due < lapse.day for d in deadlines(db, lapse.kind, lapse.case_id, Status.RUNNING))
    standing = proceedings.procedure.standing(lapse.act, case.state, proceedings.facts(db, case, lapse.day), THE_CLOCK, lapse.day)
    if not running or not standing.open:
        return False
    do(db, proceedings, case, lapse.act, {"on": lapse.day}, by=THE_CLOCK, today=lapse.day, at=at)
    return True
