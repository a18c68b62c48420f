"""Running deadlines, of which whoever must act is reminded: some days before, on the last day, and once a week after it.

How many days before is each person's own choice. A day missed (the program did not run) is made up for: what counts is
the nearest of the chosen days that has come, and that nothing was written for it yet.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from workflow.deadlines import Deadline, Status
from workflow.outbox import MessageSetting, setting_of, tell
from workflow.procedure import Clock
from workflow.proceedings import Proceedings
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

CHOICES = {15: N_("提前15天"), 7: N_("提前7天"), 3: N_("提前3天"), 1: N_("提前1天"), 0: N_("到期当天")}
"""Days before the last one → label."""

INSTEAD = {
    Seat.WORKER_CHIEF: Seat.UNION,
    Seat.WORKER_REPRESENTATIVE: Seat.UNION,
    Seat.EMPLOYER_CHIEF: Seat.EMPLOYER,
    Seat.EMPLOYER_REPRESENTATIVE: Seat.EMPLOYER,
}
"""Who is reminded while nobody holds the seat that must act."""


def cases_to_remind(db: Session, proceedings: Iterable[Proceedings[Any, Any]], on: date) -> list[tuple[str, int]]:
    """Kind and id of the cases with a deadline near enough, or past, that somebody may want to be reminded."""
    names = [one.procedure.name for one in proceedings]
    return [
        (kind, case_id)
        for kind, case_id in db.exec(
            select(Deadline.case_kind, Deadline.case_id)
            .where(Deadline.status == Status.RUNNING, col(Deadline.case_kind).in_(names), Deadline.due <= on + timedelta(days=max(CHOICES)))
            .distinct()
            .order_by(Deadline.case_kind, col(Deadline.case_id))
        )
    ]


def remind(db: Session, proceedings: Proceedings[Any, Any], case_id: int, on: date, at: datetime) -> int:
    """Remind of the deadlines of one case, as far as it is time on the day `on` and was not done yet; gives how many messages."""
    case = db.get_one(proceedings.model, case_id)
    clocks = {clock.rule: clock for clock in proceedings.procedure.clocks}
    written = 0
    for deadline in db.exec(
        select(Deadline)
        .where(Deadline.case_kind == proceedings.procedure.name, Deadline.case_id == case_id, Deadline.status == Status.RUNNING)
        .order_by(col(Deadline.id))
    ).all():
        who = Seat(deadline.who)
        people = proceedings.people(db, case, {who}, on)
        if not people and who in INSTEAD:
            people = proceedings.people(db, case, {INSTEAD[who]}, on)
        for person_id in sorted(p for p in people if p is not None):
            stage = _stage(deadline, clocks.get(deadline.rule), setting_of(db, person_id), on)
            if stage is not None:
                written += tell(
                    db,
                    [person_id],
                    _sentence(deadline, clocks.get(deadline.rule), on),
                    kind=proceedings.procedure.name,
                    case_id=case_id,
                    at=at,
                    once=f"deadline-{deadline.id}-{deadline.due}-{stage}",
                )
    return written


def _stage(deadline: Deadline, clock: Clock | None, setting: MessageSetting, on: date) -> str | None:
    """Of what it is time to remind: `3`, `1`, `0` days before, `week1` and on after it."""
    left = (deadline.due - on).days
    if clock is not None and clock.permits:
        return "0" if left <= 0 else None
    if left < 0:
        return f"week{(-left + 6) // 7}" if setting.overdue else None
    return min((str(days) for days in setting.days_before if left <= days), key=int, default=None)


def _sentence(deadline: Deadline, clock: Clock | None, on: date) -> Sentence:
    what = Word(clock.label if clock is not None else deadline.rule)
    due: object = say(N_("{day}（预估）"), day=deadline.due) if deadline.provisional else deadline.due
    left = (deadline.due - on).days
    if clock is not None and clock.permits:
        return say(N_("{what}：{due}。"), what=what, due=due)
    if left > 1:
        return say(N_("“{what}”还有{days}天到期，最后一天是{due}。"), what=what, days=left, due=due)
    if left == 1:
        return say(N_("“{what}”明天到期，最后一天是{due}。"), what=what, due=due)
    if left == 0:
        return say(N_("“{what}”今天到期。"), what=what)
    return say(N_("“{what}”已经逾期{days}天，最后一天是{due}。"), what=what, days=-left, due=due)
