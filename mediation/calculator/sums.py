"""Wages owed, overtime, compensation and double wages, each with its working in sentences.

Money is whole fen; what lies between is reckoned in fractions and every amount is rounded once, half a fen upwards. Figures that
the law gives (150/200/300 %, 21.75 days, three times the local average, twelve years, eleven months) come from the rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from mediation.calculator.forms import OvertimeDay, Reckoning
from workflow.calendar import PUBLISHED, Calendar, DayKind
from workflow.clock import add_months
from workflow.documents.numerals import amount
from workflow.law.rules import Rule, Rulebook
from workflow.words import N_, Sentence, Word, say


class Head(StrEnum):
    WAGES = "wages"
    OVERTIME = "overtime"
    COMPENSATION = "compensation"
    DAMAGES = "damages"
    DOUBLE_WAGE = "double_wage"


HEAD_LABELS = {
    Head.WAGES: N_("拖欠工资"),
    Head.OVERTIME: N_("加班工资"),
    Head.COMPENSATION: N_("经济补偿"),
    Head.DAMAGES: N_("违法解除、终止的赔偿金"),
    Head.DOUBLE_WAGE: N_("未订立书面劳动合同的二倍工资差额"),
}

KINDS = {"workday": N_("延长工作时间"), "rest": N_("休息日"), "holiday": N_("法定休假日")}
_ITEMS = {"workday": "第（一）项", "rest": "第（二）项", "holiday": "第（三）项"}
STATUTE = date(2008, 1, 1)
"""First day of the Labour Contract Law; years before it follow what stood then (its Art. 97)."""


@dataclass(frozen=True)
class Sum:
    """One head of the claim: its amount in fen and how it was reckoned."""

    head: Head
    fen: int
    working: tuple[Sentence, ...]


@dataclass(frozen=True)
class Estimate:
    """测算: all heads together."""

    sums: tuple[Sum, ...]

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.sums)

    @property
    def lines(self) -> tuple[Sentence, ...]:
        """The whole working, as it goes into the record of a talk."""
        heads = [
            (say(N_("{head}：{amount}元。"), head=Word(HEAD_LABELS[one.head]), amount=amount(one.fen)), *one.working) for one in self.sums
        ]
        return (*(line for head in heads for line in head), say(N_("合计{amount}元。"), amount=amount(self.fen)), ROUNDED)


ROUNDED = say(N_("中间结果不取整；每一笔得数四舍五入到分。"))


def reckon(rules: Rulebook, asked: Reckoning, on: date, calendar: Calendar = PUBLISHED) -> Estimate:
    """Everything that was asked for, under the law in force on the day `on`."""
    sums = []
    if asked.arrears:
        sums.append(_wages(rules, asked, on))
    if asked.has_overtime:
        sums.append(_overtime(rules, asked, on, calendar))
    if asked.ending:
        sums.append(_compensation(rules, asked, on))
    if asked.unwritten:
        sums.append(_double_wage(rules, asked, on, calendar))
    return Estimate(tuple(sums))


def rounded(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


# ---- wages owed


def _wages(rules: Rulebook, asked: Reckoning, on: date) -> Sum:
    article = rules.get("PAY-WAGES", on).citations[0].in_full
    working = [
        say(
            N_("{period}应付{payable}元，已付{paid}元，拖欠{owed}元（{article}）。"),
            period=row.period,
            payable=amount(row.payable),
            paid=amount(row.paid),
            owed=amount(row.payable - row.paid),
            article=article,
        )
        for row in asked.arrears
    ]
    return Sum(Head.WAGES, sum(row.payable - row.paid for row in asked.arrears), tuple(working))


# ---- overtime


def _overtime(rules: Rulebook, asked: Reckoning, on: date, calendar: Calendar) -> Sum:
    rule, month = rules.get("PAY-OVERTIME", on), rules.get("PAY-MONTH", on)
    hourly = _daily(asked, month) / month.parameters["hours"]
    working = [
        say(
            N_("小时工资：{monthly}元÷{days}天÷{hours}小时，约{hourly}元（{article}）。"),
            monthly=amount(asked.monthly or 0),
            days=month.value,
            hours=month.parameters["hours"],
            hourly=amount(rounded(hourly)),
            article=month.article,
        ),
        *(_day_told(row, calendar) for row in sorted(asked.overtime, key=lambda row: row.day)),
    ]
    total = 0
    for kind, hours in _hours_by_kind(asked, calendar).items():
        if not hours:
            continue
        fen = rounded(hourly * hours * Fraction(rule.parameters[kind], 100))
        total += fen
        working.append(
            say(
                N_("{kind}共{hours}小时，按{rate}%：{amount}元（{article}）。"),
                kind=Word(KINDS[kind]),
                hours=_plain(hours),
                rate=rule.parameters[kind],
                amount=amount(fen),
                article=f"{rule.article}{_ITEMS[kind]}",
            )
        )
    return Sum(Head.OVERTIME, total, tuple(working))


def kind_of(day: date, calendar: Calendar) -> str:
    """A make-up day is a workday; a day off that is no statutory holiday is a rest day."""
    return "holiday" if calendar.statutory(day) else "rest" if calendar.is_rest(day) else "workday"


def _is_made_good(row: OvertimeDay, calendar: Calendar) -> bool:
    """Only work on a rest day may be made good by leave (劳动法 Art. 44 (2))."""
    return row.leave and kind_of(row.day, calendar) == "rest"


def _hours_by_kind(asked: Reckoning, calendar: Calendar) -> dict[str, Fraction]:
    known = {"workday": asked.workday_hours, "rest": asked.rest_hours, "holiday": asked.holiday_hours}
    found = {kind: Fraction(hours or 0) for kind, hours in known.items()}
    for row in asked.overtime:
        if not _is_made_good(row, calendar):
            found[kind_of(row.day, calendar)] += Fraction(row.hours)
    return found


def _day_told(row: OvertimeDay, calendar: Calendar) -> Sentence:
    kind, name = kind_of(row.day, calendar), calendar.name(row.day)
    given = {"day": row.day, "hours": _plain(Fraction(row.hours)), "kind": Word(KINDS[kind]), "holiday": Word(name)}
    if _is_made_good(row, calendar):
        return say(N_("{day}（休息日）{hours}小时，已安排补休，不另付加班工资。"), **given)
    if calendar.kind(row.day) == DayKind.MAKE_UP:
        return say(N_("{day}（调休上班日，按工作日计）{hours}小时。"), **given)
    if name and kind != "workday":
        return say(N_("{day}（{holiday}，{kind}）{hours}小时。"), **given)
    return say(N_("{day}（{kind}）{hours}小时。"), **given)


# ---- compensation and damages


def _compensation(rules: Rulebook, asked: Reckoning, on: date) -> Sum:
    assert asked.hired and asked.ended and asked.average
    rule, is_damages = rules.get("PAY-COMPENSATION", on), asked.ending == "damages"
    article = rule.article
    working: list[Sentence] = []
    since = asked.hired
    if since < STATUTE and not is_damages:
        since = STATUTE
        working.append(say(N_("2008年1月1日以前的年限按当时的规定计算，没有算在内（《劳动合同法》第九十七条第三款）。")))
    halves, worked = _half_years(since, asked.ended)
    months = _months_told(halves)
    working.append(
        say(
            N_("{since}至{until}，工作{worked}，折{months}个月（{article}第一款）。"),
            since=since,
            until=asked.ended,
            worked=worked,
            months=months,
            article=article,
        )
    )
    base, told, capped = _base(asked, rule)
    working += told
    if capped and halves > 2 * rule.parameters["years"]:
        halves = 2 * rule.parameters["years"]
        working.append(say(N_("按三倍封顶计算的，年限最高{years}年（{article}第二款）。"), years=rule.parameters["years"], article=article))
    fen = rounded(Fraction(base) * halves / 2)
    named = {"base": amount(base), "months": _months_told(halves)}
    if not is_damages:
        working.append(say(N_("{base}元×{months}个月，为{amount}元。"), amount=amount(fen), **named))
        return Sum(Head.COMPENSATION, fen, tuple(working))
    damages = rules.get("PAY-DAMAGES", on)
    fen = rounded(Fraction(base) * halves / 2 * damages.value)
    working.append(
        say(
            N_("{base}元×{months}个月×{times}倍，为{amount}元（{article}）。"),
            times=damages.value,
            amount=amount(fen),
            article=damages.article,
            **named,
        )
    )
    return Sum(Head.DAMAGES, fen, tuple(working))


def _half_years(since: date, last: date) -> tuple[int, Sentence]:
    """Service in half years as Art. 47 counts it, and in words; the last day is worked too."""
    if last < since:
        return 0, say(N_("不满1日"))
    after = last + timedelta(days=1)
    months = next(n for n in range(0, 1300) if add_months(since, n + 1) > after)
    years, rest = divmod(months, 12)
    days = (after - add_months(since, months)).days
    worked = say(N_("{years}年{months}个月{days}天"), years=years, months=rest, days=days)
    return 2 * years + (2 if rest >= 6 else 1 if rest or days else 0), worked


def _base(asked: Reckoning, rule: Rule) -> tuple[int, list[Sentence], bool]:
    """A month's wage for the reckoning, why it is this one, and whether the cap holds it down."""
    average, minimum, local = asked.average or 0, asked.minimum, asked.local_average
    if minimum is not None and average < minimum:
        why = say(
            N_("平均工资{average}元低于当地最低工资标准，按{minimum}元计算（《劳动合同法实施条例》第二十七条）。"),
            average=amount(average),
            minimum=amount(minimum),
        )
        return minimum, [why], False
    if local is None:
        return average, [say(N_("月平均工资{average}元；没有填写当地职工月平均工资，未核对三倍封顶。"), average=amount(average))], False
    cap = local * rule.parameters["cap"]
    named = {"average": amount(average), "cap": amount(cap), "article": rule.article}
    if average > cap:
        return (
            cap,
            [say(N_("月平均工资{average}元，高于当地职工月平均工资的三倍，按三倍即{cap}元计算（{article}第二款）。"), **named)],
            True,
        )
    return average, [say(N_("月平均工资{average}元，没有超过当地职工月平均工资的三倍{cap}元（{article}第二款）。"), **named)], False


def _months_told(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


# ---- double wages


def _double_wage(rules: Rulebook, asked: Reckoning, on: date, calendar: Calendar) -> Sum:
    """One more wage a month, from the day after the first month to the day before the contract or before the year is full."""
    assert asked.hired and asked.monthly
    rule, month = rules.get("PAY-DOUBLE", on), rules.get("PAY-MONTH", on)
    first = add_months(asked.hired, 1)
    last = min(_ends(asked, on, add_months(asked.hired, 1 + rule.value)))
    if last < first:
        why = say(
            N_("{hired}用工，到{last}为止没有超过一个月，不产生二倍工资（{article}）。"), hired=asked.hired, last=last, article=rule.article
        )
        return Sum(Head.DOUBLE_WAGE, 0, (why,))
    after = last + timedelta(days=1)
    months = max(n for n in range(rule.value + 1) if add_months(asked.hired, 1 + n) <= after)
    begun = add_months(asked.hired, 1 + months)
    days = sum(calendar.is_working(begun + timedelta(days=n)) for n in range((after - begun).days))
    working = [
        say(
            N_("{hired}用工，自满一个月的次日{first}起，至{last}止（{article}）。"),
            hired=asked.hired,
            first=first,
            last=last,
            article="、".join(dict.fromkeys(citation.in_full for citation in rule.citations)),
        )
    ]
    whole, part = months * asked.monthly, min(rounded(_daily(asked, month) * days), asked.monthly)
    if months:
        working.append(
            say(
                N_("满{months}个月：{monthly}元×{months}，为{amount}元。"),
                months=months,
                monthly=amount(asked.monthly),
                amount=amount(whole),
            )
        )
    if days:
        working.append(
            say(
                N_(
                    "不满一个月的部分有{n}个工作日：{monthly}元÷{days}天×{n}，为{amount}元（《审理劳动争议案件解释（二）》第六条、{article}）。"
                ),
                n=days,
                monthly=amount(asked.monthly),
                days=month.value,
                amount=amount(part),
                article=month.article,
            )
        )
    working.append(say(N_("这是在已经支付的工资以外应当另付的一倍。")))
    return Sum(Head.DOUBLE_WAGE, whole + part, tuple(working))


def _ends(asked: Reckoning, on: date, full: date) -> Iterable[date]:
    """Days on which the double wage may end; the first of them does."""
    yield full - timedelta(days=1)
    yield on
    if asked.written_on:
        yield asked.written_on - timedelta(days=1)
    if asked.ended:
        yield asked.ended


def _daily(asked: Reckoning, month: Rule) -> Fraction:
    return Fraction(asked.monthly or 0) / Fraction(str(month.value))


def _plain(hours: Fraction) -> str:
    return f"{Decimal(hours.numerator) / Decimal(hours.denominator):f}"


def text_of(lines: Sequence[Sentence]) -> str:
    """One line each, in Chinese: the language of a record."""
    return "\n".join(map(str, lines))
