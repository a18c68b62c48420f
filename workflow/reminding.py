"""Running deadlines, of which whoever must act is reminded: some days before, on the last day, and once a week after it.

How many days before is each person's own choice. A day missed (the program did not run) is made up for: what counts is
the nearest of the chosen days that has come, and that nothing was written for it yet.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlmodel import Session, col, select

from workflow.case import Case
from workflow.deadlines import Deadline, Status
from workflow.organisations import Organisation
from workflow.outbox import Message, MessageSetting, setting_of, tell
from workflow.procedure import Clock
from workflow.proceedings import Proceedings
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

CHOICES = {15: N_("提前15天"), 7: N_("提前7天"), 3: N_("提前3天"), 1: N_("提前1天"), 0: N_("到期当天")}
"""Days before the last one → label."""

PREFIX = "deadline-"
"""Begins the key of every reminder."""

INSTEAD = {
    Seat.WORKER_CHIEF: Seat.UNION,
    Seat.WORKER_REPRESENTATIVE: Seat.UNION,
    Seat.EMPLOYER_CHIEF: Seat.EMPLOYER,
    Seat.EMPLOYER_REPRESENTATIVE: Seat.EMPLOYER,
}
"""Who is reminded while nobody holds the seat that must act."""


def cases_to_remind(db: Session, proceedings: Iterable[Proceedings[Any, Any]], on: date) -> list[tuple[str, int]]:
    """Kind and id of the cases of which somebody is to be reminded on the day `on` and was not yet: read at one go, nothing written."""
    settings = {one.person_id: one for one in db.exec(select(MessageSetting))}
    choices = {(tuple(one.days_before), one.overdue): one for one in (MessageSetting(person_id=0), *settings.values())}.values()
    told = set(db.exec(select(Message.person_id, Message.once).where(col(Message.once).startswith(PREFIX))).all())
    bodies = db.exec(select(Organisation)).all()  # held, so that each is read once and not again for every case
    found = []
    for one in proceedings:
        clocks = {clock.rule: clock for clock in one.procedure.clocks}
        for case, deadlines in _near(db, one, on):
            timely = [d for d in deadlines if any(_stage(d, clocks.get(d.rule), choice, on) is not None for choice in choices)]
            due = (due for deadline in timely for due in _due(db, one, case, deadline, clocks.get(deadline.rule), on, settings))
            if any((person, once) not in told for person, once in due):
                assert case.id is not None
                found.append((one.procedure.name, case.id))
    del bodies
    return sorted(found)


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
        clock = clocks.get(deadline.rule)
        for person_id, once in _due(db, proceedings, case, deadline, clock, on):
            sentence = _sentence(deadline, clock, on)
            written += tell(db, [person_id], sentence, kind=proceedings.procedure.name, case_id=case_id, at=at, once=once)
    return written


def _near(db: Session, proceedings: Proceedings[Any, Any], on: date) -> Iterator[tuple[Case, list[Deadline]]]:
    """Cases with a deadline near enough, or past, that somebody may want to be reminded, each with these deadlines."""
    rows = db.exec(
        select(Deadline, proceedings.model)
        .join(proceedings.model, col(proceedings.model.id) == col(Deadline.case_id))
        .where(
            Deadline.status == Status.RUNNING,
            Deadline.case_kind == proceedings.procedure.name,
            Deadline.due <= on + timedelta(days=max(CHOICES)),
        )
        .order_by(col(Deadline.case_id), col(Deadline.id))
    ).all()
    for _case_id, group in groupby(rows, key=lambda row: row[0].case_id):
        pairs = list(group)
        yield pairs[0][1], [deadline for deadline, _case in pairs]


def _due(
    db: Session,
    proceedings: Proceedings[Any, Any],
    case: Case,
    deadline: Deadline,
    clock: Clock | None,
    on: date,
    settings: Mapping[int, MessageSetting] | None = None,
) -> Iterator[tuple[int, str]]:
    """Whom it is time to remind of a deadline, each with the key under which it is done once. `settings` are everybody's, if at hand."""
    who = Seat(deadline.who)
    people = proceedings.people(db, case, {who}, on)
    if not people and who in INSTEAD:
        people = proceedings.people(db, case, {INSTEAD[who]}, on)
    for person_id in sorted(p for p in people if p is not None):
        setting = setting_of(db, person_id) if settings is None else settings.get(person_id) or MessageSetting(person_id=person_id)
        stage = _stage(deadline, clock, setting, on)
        if stage is not None:
            yield person_id, f"{PREFIX}{deadline.id}-{deadline.due}-{stage}"


def _stage(deadline: Deadline, clock: Clock | None, setting: MessageSetting, on: date) -> str | None:
    """Of what it is time to remind: `3`, `1`, `0` days before, `week1` and on after it."""
    left = (deadline.due - on).days
    if clock is not None and not clock.keeps:
        return None
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
