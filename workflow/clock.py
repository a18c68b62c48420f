"""The statutory clock: from a rule and the day of its start event to a date, with the derivation in words.

The day of the event is not counted (民法典 Art. 201). A period of days, months or years whose last day is a day of rest ends on
the first day after it (Art. 203); one of months or years ends on the corresponding day or, without one, at the end of the
month (Art. 202). A period counted back from an event (会议召开七日前) ends earlier, never later. Days of suspension do not
count. Nothing here reads the time of day.
"""

import calendar as months
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from workflow.calendar import PUBLISHED, Calendar, DayKind, runs
from workflow.law.rules import EVENTS, Rule, Rulebook, Unit
from workflow.words import N_, Sentence, Word, say

Step = Sentence
"""One clause of a derivation."""


class NoPeriod(ValueError):
    """The rule carries no period that a clock could run. `sentence` says so."""

    def __init__(self, rule: Rule) -> None:
        self.sentence = say(N_("{rule}不是期限规则，不能推算日期：{text}"), rule=rule.id, text=Word(rule.text))
        super().__init__(str(self.sentence))


Pause = tuple[date, date | None]
"""First and last day that are not counted; without a last day the suspension still lasts."""

NEVER = date.max
"""When a period ends that a lasting suspension has stopped: not before it is resumed."""


@dataclass(frozen=True)
class Due:
    """`date` is the last day in time, or the first day of a window (`opens`); `provisional` where a notice is still to come."""

    date: dt.date
    provisional: bool
    steps: tuple[Step, ...]
    opens: bool = False

    @property
    def derivation(self) -> tuple[Step, ...]:
        return self.steps

    def read(self, translate: Callable[[str], str]) -> str:
        """The derivation in the reader's language."""
        return translate(N_("；")).join(step.read(translate) for step in self.steps)

    def __str__(self) -> str:
        return self.read(lambda msgid: msgid)


def due(
    rule: Rule,
    start: date,
    calendar: Calendar = PUBLISHED,
    *,
    pauses: Sequence[Pause] = (),
    roll_weekends: bool = True,
    strict_backward: bool = False,
) -> Due:
    """When the period of `rule` that an event on `start` began is over.

    `roll_weekends` False reads 法定休假日 as the public days alone (rule TIME-ROLL). `strict_backward` wants one day more for
    “n日前” (rule TIME-BACKWARD). Raises NoPeriod.
    """
    if rule.unit not in COUNTS or not isinstance(rule.value, int):
        raise NoPeriod(rule)
    count = _Count(rule.unit, rule.value, start, calendar, roll_weekends)
    if rule.backward:
        return count.backward(rule, strict_backward)
    return count.forward(rule, pauses)


class Readings(TypedDict):
    """The two readings of the law that are settings."""

    roll_weekends: bool
    strict_backward: bool


def readings(rules: Rulebook, on: date) -> Readings:
    """As the rules of the place and day have them: `due(…, **readings(rules, on))`."""
    roll, backward = rules.find("TIME-ROLL", on), rules.find("TIME-BACKWARD", on)
    return {"roll_weekends": roll is None or bool(roll.value), "strict_backward": backward is not None and bool(backward.value)}


def add_months(day: date, number: int) -> date:
    """The corresponding day, or the last of the month where there is none: 2027-05-31 less three months is 2027-02-28."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


COUNTS = {
    Unit.CD: N_("{n}日"),
    Unit.WD: N_("{n}个工作日"),
    Unit.MONTH: N_("{n}个月"),
    Unit.YEAR: N_("{n}年"),
}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class _Count:
    """One count under way: the steps written so far and whether it touched a day that a notice may still change."""

    def __init__(self, unit: Unit, number: int, start: date, calendar: Calendar, roll_weekends: bool) -> None:
        self.unit = unit
        self.number = number
        self.start = start
        self.calendar = calendar
        self.roll_weekends = roll_weekends
        self.unsettled: dict[int, None] = {}

    def forward(self, rule: Rule, pauses: Sequence[Pause]) -> Due:
        event = _event(rule)
        end = self._working() if self.unit is Unit.WD else self._plain(self.number)
        counted, rolled = end, False
        steps = [say(N_("{start}{event}，次日起算，{count}至{end}"), start=self.start, event=event, count=self._count(), end=end)]
        if self.unit is Unit.WD:
            steps += self._passed_over(end)
        lost: list[tuple[date, date]] = []
        for first, last in sorted(pauses, key=lambda each: each[0]):
            first = max(first, self.start + timedelta(days=1))
            if first > end or (last is not None and last < first):
                continue
            if last is None:
                steps.append(say(N_("{first}起中止，恢复后继续计算"), first=first))
                return self._due(rule, NEVER, steps, [])
            lost.append((first, last))
            end = self._working(lost) if self.unit is Unit.WD else end + (last - first) + timedelta(days=1)
            steps.append(say(N_("{first}至{last}中止，不计，延至{end}"), first=first, last=last, end=end))
        if self.unit is not Unit.WD:
            last_day, end = end, self._rolled(end)
            rolled = end != last_day
            if rolled:
                rest = self._rest(last_day, end - timedelta(days=1))
                steps.append(say(N_("遇{rest}顺延至{end}"), rest=rest, end=end))
        return self._due(rule, end, steps, self._articles(counted, rolled=rolled))

    def backward(self, rule: Rule, strict: bool) -> Due:
        event = _event(rule)
        back = self.number + (1 if strict and not rule.opens else 0)
        end = counted = self._working_back(back) if self.unit is Unit.WD else self._plain(-back)
        opening, closing = N_("{start}{event}，向前推算{count}，自{end}起可以提出"), N_("{start}{event}，向前推算{count}，最迟{end}")
        steps = [say(opening if rule.opens else closing, start=self.start, event=event, count=self._count(back), end=end)]
        if self.unit is Unit.WD:
            steps += self._passed_over(end)
        elif not rule.opens and self._is_free(end):
            end = self._moved_earlier(end)
            steps.append(say(N_("遇{rest}提前至{end}"), rest=self._rest(end + timedelta(days=1), counted), end=end))
        return self._due(rule, end, steps, self._articles(counted, rolled=False))

    def _plain(self, number: int) -> date:
        if self.unit is Unit.CD:
            return self.start + timedelta(days=number)
        return add_months(self.start, number * _MONTHS[self.unit])

    def _working(self, lost: Sequence[tuple[date, date]] = ()) -> date:
        day, left = self.start, self.number
        while left > 0:
            day += timedelta(days=1)
            left -= self.calendar.is_working(day) and not any(first <= day <= last for first, last in lost)
        self._touch(self.start, day)
        return day

    def _working_back(self, number: int) -> date:
        day = self.start
        while number > 0:
            day -= timedelta(days=1)
            number -= self.calendar.is_working(day)
        self._touch(day, self.start)
        return day

    def _touch(self, first: date, last: date) -> None:
        """Remember the years whose notice may still change a day between the two."""
        day = max(first, last)
        for each in range(abs((last - first).days) + 1):
            seen = day - timedelta(days=each)
            if not self.calendar.is_settled(seen):
                self.unsettled.setdefault(seen.year if not self.calendar.published(seen.year) else seen.year + 1)

    def _is_free(self, day: date) -> bool:
        self._touch(day, day)
        return self.calendar.is_rest(day) if self.roll_weekends else self.calendar.statutory(day)

    def _rolled(self, end: date) -> date:
        while self._is_free(end):
            end += timedelta(days=1)
        return end

    def _moved_earlier(self, end: date) -> date:
        while self._is_free(end):
            end -= timedelta(days=1)
        return end

    def _rest(self, first: date, last: date) -> Sentence:
        """国庆节假期, or 周末."""
        names = [name for day in _days(first, last) if (name := self.calendar.name(day)) and self.calendar.is_rest(day)]
        if not names:
            return say(N_("周末"))
        return say(N_("{holiday}假期"), holiday=Word(names[0]))

    def _passed_over(self, end: date) -> list[Step]:
        """The holidays that a count of working days left out and the make-up days it took in."""
        between = [self.calendar.day(day) for day in _days(min(self.start, end), max(self.start, end)) if day != self.start]
        steps = [
            say(N_("{holiday}假期{first}至{last}不计"), holiday=Word(first.name), first=first.date, last=last.date)
            for first, last in runs(day for day in between if day.kind is DayKind.HOLIDAY)
        ]
        made_up = [day.date.isoformat() for day in between if day.kind is DayKind.MAKE_UP]
        return [*steps, say(N_("调休上班日{days}计入"), days="、".join(made_up))] if made_up else steps

    def _count(self, number: int | None = None) -> Sentence:
        return say(COUNTS[self.unit], n=self.number if number is None else number)

    def _articles(self, counted: date, *, rolled: bool) -> list[str]:
        articles = ["《民法典》第二百零三条"] if rolled else []
        if self.unit in _MONTHS and counted.day != self.start.day:
            articles.insert(0, "《民法典》第二百零二条")
        return articles

    def _due(self, rule: Rule, end: date, steps: list[Step], articles: list[str]) -> Due:
        for year in self.unsettled:
            steps.append(say(N_("{year}年放假安排尚未公布，此日期为预估"), year=year))
        cited = list(dict.fromkeys([*(str(citation) for citation in rule.citations), *articles]))
        steps.append(say("{articles}", articles="、".join(cited)))
        return Due(end, bool(self.unsettled), tuple(steps), rule.opens)


def _event(rule: Rule) -> Word:
    return Word(EVENTS[rule.start] if rule.start else N_("起算"))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
