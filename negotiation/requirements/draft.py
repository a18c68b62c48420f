"""What a draft must hold before it is settled."""

from datetime import date, timedelta

from negotiation.facts import Facts
from negotiation.terms import HEADS, ClauseState, ContractKind
from workflow.clock import add_months
from workflow.law.rules import Rule
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Words, say


@requirement("NEG-MEETING", otherwise=N_("草案还没有一个条款。"), remedy=N_("用“提出条款”写入。"))
def has_clauses(facts: Facts, on: date) -> Unmet | None:
    return None if facts.standing_clauses else Unmet()


@requirement("NEG-MEETING", otherwise=N_("现在的条款都已经达成一致。"), remedy=N_("要改的，用“修改条款”；都谈好了的，办“议定草案”。"))
def has_undecided_clause(facts: Facts, on: date) -> Unmet | None:
    undecided = any(c.state in (ClauseState.OPEN, ClauseState.DEFERRED) for c in facts.standing_clauses)
    return None if undecided or not facts.standing_clauses else Unmet()


@requirement(
    "NEG-MEETING", otherwise=N_("还有{count}条未达成一致（{which}）。"), remedy=N_("由双方首席代表同意现有文本，或者再提出修改，或者删去。")
)
def is_agreed_throughout(facts: Facts, on: date) -> Unmet | None:
    numbers = [i for i, c in enumerate(facts.standing_clauses, start=1) if c.state in (ClauseState.OPEN, ClauseState.DEFERRED)]
    return Unmet(count=len(numbers), which=Words(say(N_("第{n}条"), n=n) for n in numbers)) if numbers else None


@requirement(
    "NEG-MEETING", otherwise=N_("还没有一次记入会议记录的协商会议。"), remedy=N_("先召开协商会议并记入会议记录。"), who=Seat.RECORDER
)
def has_met(facts: Facts, on: date) -> Unmet | None:
    return None if facts.held_meetings else Unmet()


HEADS_RULE = {ContractKind.SAFETY: "SPEC-OSH-HEADS", ContractKind.WOMEN: "SPEC-WOMEN-HEADS"}
"""Where the law lists the heads of a contract of this kind; CC-HEADS for the others."""


def compulsory_heads(facts: Facts, on: date) -> tuple[str, ...]:
    """Heads that the rules in force here make compulsory: named ones, or the first so many of the list."""
    rule = facts.rules.find(HEADS_RULE.get(ContractKind(facts.case.kind), "CC-HEADS"), on)
    if rule is None:
        return ()
    if named := rule.parameters.get("compulsory"):
        return tuple(named)
    heads, count = HEADS[facts.case.kind], int(rule.parameters.get("required", 1))
    return tuple(heads)[:count] if count > 1 else ()


@requirement("CC-HEADS", otherwise=N_("草案里没有一条属于规定的协商内容。"), remedy=N_("至少写一条属于规定内容类别的条款。"))
def has_a_head(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate" or not facts.standing_clauses:
        return None
    listed = HEADS[facts.case.kind].keys() - {"other"}
    return None if any(c.head in listed for c in facts.standing_clauses) else Unmet()


MISSING_HEADS = N_("当地规定合同应当包括下列内容，现在还缺：{missing}。")


@requirement("CC-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_heads(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.kind in HEADS_RULE else _missing_heads(facts, on)


@requirement("SPEC-OSH-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_safety_heads(facts: Facts, on: date) -> Unmet | None:
    return _missing_heads(facts, on) if facts.case.kind == ContractKind.SAFETY else None


@requirement("SPEC-WOMEN-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_womens_heads(facts: Facts, on: date) -> Unmet | None:
    return _missing_heads(facts, on) if facts.case.kind == ContractKind.WOMEN else None


def _missing_heads(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    present, labels = {c.head for c in facts.standing_clauses}, HEADS[facts.case.kind]
    missing = [labels[head] for head in compulsory_heads(facts, on) if head not in present]
    return Unmet(missing=Words(missing)) if missing else None


@requirement(
    "LAW-WOMEN-44",
    otherwise=N_("综合集体合同应当包含男女平等和女职工权益保护的内容，草案里没有这一章，也没有女职工权益保护专项集体合同。"),
    remedy=N_("增加“女职工和未成年工特殊保护”条款，或者同时议定女职工权益保护专项集体合同。"),
)
def has_gender_equality(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    if facts.case.kind != ContractKind.COMPREHENSIVE or facts.has_women_contract:
        return None
    return None if any(c.head == "women_and_minors" for c in facts.standing_clauses) else Unmet()


@requirement("CC-TERM", otherwise=N_("还没有写明合同期限。"), remedy=N_("在“填写期限和工资数据”中填写起止日期。"))
def has_term(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    return None if facts.case.term_from and facts.case.term_until else Unmet()


@requirement("CC-TERM", otherwise=N_("合同期限应当为{years}年，现在写的是{start}至{end}。"), remedy=N_("在“填写期限和工资数据”中修改。"))
def has_lawful_term(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    start, end = facts.case.term_from, facts.case.term_until
    rule = facts.rules.find("CC-TERM", on)
    if rule is None or start is None or end is None:
        return None
    least, most = _years(rule)
    if end < add_months(start, 12 * least) - timedelta(days=1) or end > add_months(start, 12 * most):
        years = str(least) if least == most else say(N_("{least}至{most}"), least=least, most=most)
        return Unmet(years=years, start=start, end=end)
    return None


def _years(rule: Rule) -> tuple[int, int]:
    value = rule.value
    return (int(value[0]), int(value[1])) if isinstance(value, list | tuple) else (int(value), int(value))


@requirement(
    "CC-FLOOR",
    otherwise=N_("草案的最低工资{wage}元低于当地最低工资标准{floor}元。"),
    remedy=N_("在“填写期限和工资数据”中改到不低于当地标准。"),
)
def is_above_minimum_wage(facts: Facts, on: date) -> Unmet | None:
    terms = facts.terms
    lowest = [r.after_fen for r in facts.wage_rows]
    if terms is None or terms.local_minimum_fen is None:
        return None
    if terms.lowest_wage_fen is not None:
        lowest.append(terms.lowest_wage_fen)
    if lowest and min(lowest) < terms.local_minimum_fen:
        return Unmet(wage=_yuan(min(lowest)), floor=_yuan(terms.local_minimum_fen))
    return None


@requirement(
    "LABOUR-HOURS",
    otherwise=N_("草案的工作时间是每日{daily}小时、每周{weekly}小时，超过法定的每日{most_daily}小时、每周{most_weekly}小时。"),
    remedy=N_("在“填写期限和工资数据”中改到不超过法定标准。"),
)
def has_lawful_hours(facts: Facts, on: date) -> Unmet | None:
    terms = facts.terms
    if terms is None:
        return None
    most_daily, most_weekly = map(int, facts.rules.get("LABOUR-HOURS", on).value)
    daily, weekly = terms.daily_hours or 0, terms.weekly_hours or 0
    if daily <= most_daily and weekly <= most_weekly:
        return None
    return Unmet(daily=daily, weekly=weekly, most_daily=most_daily, most_weekly=most_weekly)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
