"""The limitation of arbitration (仲裁时效): until when a claim can still be brought, with every step that leads there.

One year from the day a person knew or should have known (调解仲裁法 Art. 27 ¶1); an interruption starts it anew (¶2, 企业劳动争议协商
调解规定 Art. 31), the days of a suspension do not count (¶3). Wages owed are under no limit while employment lasts, and one year
from its end (¶4). What comes after the last day revives nothing. It bars a claim only where the other party pleads it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow import clock
from workflow.calendar import PUBLISHED, Calendar
from workflow.clock import Due, Pause
from workflow.law.rules import Rule, Rulebook
from workflow.words import N_, Sentence, Word, say


class Interruption(StrEnum):
    """What starts the period anew: Art. 31 (1)–(8) in its order, then Art. 27 ¶2."""

    CONSULTATION_REFUSED = "consultation_refused"
    CONSULTATION_STOPPED = "consultation_stopped"
    CONSULTATION_FAILED = "consultation_failed"
    SETTLEMENT_UNPERFORMED = "settlement_unperformed"
    MEDIATION_REFUSED = "mediation_refused"
    MEDIATION_STOPPED = "mediation_stopped"
    MEDIATION_FAILED = "mediation_failed"
    AGREEMENT_UNPERFORMED = "agreement_unperformed"
    CLAIMED = "claimed"
    RELIEF_SOUGHT = "relief_sought"
    PERFORMANCE_AGREED = "performance_agreed"


INTERRUPTION_LABELS: dict[str, str] = {
    Interruption.CONSULTATION_REFUSED: N_("对方不同意协商或者5日内不回应"),
    Interruption.CONSULTATION_STOPPED: N_("约定的协商期限内不同意继续协商"),
    Interruption.CONSULTATION_FAILED: N_("约定的协商期限内未达成一致"),
    Interruption.SETTLEMENT_UNPERFORMED: N_("不履行和解协议"),
    Interruption.MEDIATION_REFUSED: N_("申请调解后对方不同意调解"),
    Interruption.MEDIATION_STOPPED: N_("受理后不同意继续调解"),
    Interruption.MEDIATION_FAILED: N_("规定的期限内未达成调解协议"),
    Interruption.AGREEMENT_UNPERFORMED: N_("约定期限内不履行调解协议"),
    Interruption.CLAIMED: N_("向对方主张权利"),
    Interruption.RELIEF_SOUGHT: N_("向有关部门请求权利救济"),
    Interruption.PERFORMANCE_AGREED: N_("对方同意履行义务"),
}

ITEMS = {one: place for place, one in enumerate(list(Interruption)[:8], start=1)}
"""Which item of MED-INTERRUPT it is, 1 to 8."""
_NUMERALS = "一二三四五六七八"


class Standing(StrEnum):
    RUNS = "runs"
    UNLIMITED = "unlimited"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


STANDING_LABELS = {
    Standing.RUNS: N_("时效正在计算"),
    Standing.UNLIMITED: N_("不受时效限制"),
    Standing.SUSPENDED: N_("时效中止"),
    Standing.UNKNOWN: N_("缺少起算日，无法计算时效"),
}


@dataclass(frozen=True)
class Event:
    """One interruption, on the legal day it happened."""

    what: Interruption
    on: dt.date


@dataclass(frozen=True)
class Claim:
    """`knew` is the day the wrong was or should have been known; `ended` the day employment ended, None while it lasts;
    `wages` where remuneration is owed (劳动报酬, not compensation or damages). `pauses` are suspensions for force majeure and the like."""

    knew: date | None
    ended: date | None = None
    wages: bool = False
    events: Sequence[Event] = ()
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True)
class Limitation:
    """`until` is the last day to apply for arbitration, or None where no day can be named: `standing` says why."""

    rule: Rule
    standing: Standing
    until: date | None
    provisional: bool
    steps: tuple[Sentence, ...]

    def is_over(self, on: date) -> bool:
        return self.until is not None and on > self.until


def derive(rules: Rulebook, claim: Claim, on: date, calendar: Calendar = PUBLISHED) -> Limitation:
    """The limitation of a claim under the law in force on the day `on`."""
    rule = rules.get("ARB-LIMIT-WAGE" if claim.wages else "ARB-LIMIT", on)
    start = claim.ended if claim.wages else claim.knew
    if claim.wages and start is None:
        step = say(
            N_("劳动关系存续期间追索拖欠的劳动报酬，不受时效限制；劳动关系终止后，应当在1年内提出（{article}）"), article=_cited(rule)
        )
        return Limitation(rule, Standing.UNLIMITED, None, False, (step,))
    if start is None:
        step = say(N_("没有登记知道或者应当知道权利被侵害的日期，请先补上（{article}）"), article=_cited(rule))
        return Limitation(rule, Standing.UNKNOWN, None, False, (step,))
    return _run(rules, rule, claim, start, on, calendar)


def interrupts(rules: Rulebook, what: Interruption, on: date) -> str:
    """The article, with its item, under which this starts the period anew."""
    if what not in ITEMS:
        return _cited(rules.get("ARB-INTERRUPT", on))
    return f"{_cited(rules.get('MED-INTERRUPT', on))}第（{_NUMERALS[ITEMS[what] - 1]}）项"


def _run(rules: Rulebook, rule: Rule, claim: Claim, start: date, on: date, calendar: Calendar) -> Limitation:
    """The period from `start`, anew from each interruption that came in time."""

    def count(day: date, pauses: Sequence[Pause] = claim.pauses) -> Due:
        return clock.due(rule, day, calendar, pauses=pauses, **clock.readings(rules, on))

    due, since, late = count(start), start, list[Sentence]()
    steps = [say(N_("{day}{event}，次日起算，{count}至{end}（{article}）"), **_counted(due, rule))]
    for event in sorted(claim.events, key=lambda each: each.on):
        named = {"day": event.on, "event": Word(INTERRUPTION_LABELS[event.what]), "article": interrupts(rules, event.what, on)}
        if event.on < start:
            steps.append(say(N_("{day}{event}，在起算之前，不影响时效（{article}）"), **named))
        elif event.on <= due.date:
            steps += due.steps[1:-1] if event.on > _plain_end(due) else ()
            due, since = count(event.on), event.on
            steps.append(say(N_("{day}{event}，时效中断，次日重新计算，{count}至{end}（{article}）"), **{**_counted(due, rule), **named}))
        else:
            late.append(_too_late(event, named))
    steps += due.steps[1:-1]
    if due.date != count(since, ()).date:
        steps.append(say(N_("因不可抗力或者其他正当理由中止的日子不计（{article}）"), article=_cited(rules.get("ARB-SUSPEND", on))))
    if due.date == clock.NEVER:
        return Limitation(rule, Standing.SUSPENDED, None, due.provisional, tuple(steps))
    return Limitation(rule, Standing.RUNS, due.date, due.provisional, (*steps, due.steps[-1], *late))


def _counted(due: Due, rule: Rule) -> dict[str, object]:
    """The words of a count: the day and event it starts from, how long it is and its plain end."""
    first = due.steps[0].values
    return {"day": first["start"], "event": first["event"], "count": first["count"], "end": first["end"], "article": _cited(rule)}


def _plain_end(due: Due) -> date:
    """Before suspensions and holidays. What comes after it is in time only by one of these, which must then be told."""
    end = due.steps[0].values["end"]
    assert isinstance(end, date)
    return end


def _too_late(event: Event, named: dict[str, object]) -> Sentence:
    if event.what == Interruption.PERFORMANCE_AGREED:
        return say(
            N_("{day}{event}，时效已经届满，但对方不得再以时效抗辩（《民法典》第一百九十二条第二款）"),
            day=named["day"],
            event=named["event"],
        )
    return say(N_("{day}{event}，时效已经届满，不再中断（{article}）"), **named)


def _cited(rule: Rule) -> str:
    return rule.citations[0].in_full
