"""The composition of a roll against the rules on delegates (DEL-*), each with its arithmetic as a sentence.

Where the rule names a number, `met` says whether the roll keeps it; where it names none ("适当比例"), `met` is None unless
there is nobody at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from congress.rolls.facts import Facts
from congress.rolls.models import Delegate
from congress.terms import Form, Post
from workflow.documents.numerals import percentage
from workflow.law.rules import Rule
from workflow.words import N_, Sentence, say


@dataclass(frozen=True)
class Measure:
    label: str
    sentence: Sentence
    rule: Rule
    met: bool | None


def measured(facts: Facts, delegates: Sequence[Delegate], on: date) -> list[Measure]:
    """Of an assembly nothing is measured: all workers are its members. Of an empty roll only how many it must hold."""
    if facts.is_assembly:
        return []
    rule = facts.rules.find("SECT-CONGRESS", on) if facts.term.form in (Form.REGIONAL, Form.SECTORAL) else None
    if rule is not None:
        return list(_above_the_enterprise(rule, delegates))
    if not delegates:
        return list(_number(facts, delegates, on))
    return [*_number(facts, delegates, on), *_managers(facts, delegates, on), *_women(facts, delegates, on), *_frontline(facts, delegates, on),
            *_dispatched(facts, delegates, on)]  # fmt: skip


# ---- how many there must be


def _number(facts: Facts, delegates: Sequence[Delegate], on: date) -> Iterator[Measure]:
    workforce, count = facts.body.workforce, len(delegates)
    local = facts.rules.find("DEL-NUMBER", on)
    ratio, minimum = facts.rules.find("DEL-MIN-RATIO", on), facts.rules.find("DEL-MIN-N", on)
    rule = local or ratio
    if facts.term.form != Form.CONGRESS or rule is None:
        return
    if not workforce:
        yield Measure(N_("代表人数"), say(N_("单位登记里没有职工人数，算不出应有多少名代表，现有{count}名。"), count=count), rule, None)
        return
    found = [said for band in _bands(local) if (said := _in_band(band, workforce)) is not None]
    most = [limit for band in _bands(local) if (limit := _at_most(band, workforce)) is not None]
    if most:
        sentence = say(N_("全体职工{workforce}人，代表应不超过{most}名，现有{count}名。"), workforce=workforce, most=min(most), count=count)
        yield Measure(N_("代表人数"), sentence, rule, count <= min(most))
    elif found:
        least, sum_ = max(found, key=lambda one: one[0])
        sentence = say(
            N_("全体职工{workforce}人：{sum}，代表应不少于{least}名，现有{count}名。"),
            workforce=workforce,
            sum=sum_,
            least=least,
            count=count,
        )
        yield Measure(N_("代表人数"), sentence, rule, count >= least)
    elif ratio is not None and minimum is not None:
        yield _by_the_nation(ratio, minimum, facts.rules.find("DEL-OVER-100", on), workforce, count)


def _by_the_nation(ratio: Rule, minimum: Rule, ceiling: Rule | None, workforce: int, count: int) -> Measure:
    """5% and 30 at least; what goes beyond 100 is for the enterprise and the union to agree (企业民主管理规定 Art. 8)."""
    share = _share(ratio)
    exact, floor = _up(workforce * share), int(minimum.value)
    values = {"workforce": workforce, "share": _percent(share), "exact": exact, "floor": floor, "count": count}
    if ceiling is not None and exact > int(ceiling.value):
        over = N_(
            "全体职工{workforce}人，{share}为{exact}名，超过{least}名的名额由企业与工会协商确定，代表应不少于{least}名，现有{count}名。"
        )
        return Measure(N_("代表人数"), say(over, **values, least=int(ceiling.value)), ratio, count >= int(ceiling.value))
    least = max(exact, floor)
    sentence = say(
        N_("全体职工{workforce}人，{share}为{exact}名，最少{floor}名，代表应不少于{least}名，现有{count}名。"), **values, least=least
    )
    return Measure(N_("代表人数"), sentence, ratio if exact >= floor else minimum, count >= least)


def _bands(rule: Rule | None) -> list[dict[str, Any]]:
    return [dict(band) for band in rule.value] if rule is not None and isinstance(rule.value, list | tuple) else []


def _is_within(band: dict[str, Any], workforce: int) -> bool:
    """Where two bands meet, both hold and the greater number counts."""
    least = max(int(band.get("from", 0)), int(band.get("above", 0)))
    most = min(int(band.get("to", workforce)), int(band.get("below", workforce + 1)) - 1)
    return least <= workforce <= most


def _in_band(band: dict[str, Any], workforce: int) -> tuple[int, Sentence] | None:
    """The least number, and how it comes about."""
    if not _is_within(band, workforce):
        return None
    if "base" in band:
        steps = (workforce - band["from"]) // band["per"]
        least = band["base"] + steps * band["add"]
        said = say(
            N_("以{base}名为基数，超出{start}人的部分每{per}人加{add}名，{base}＋{steps}×{add}＝{least}"),
            base=band["base"], start=band["from"], per=band["per"], add=band["add"], steps=steps, least=least,
        )  # fmt: skip
        return least, said
    if "ratio" in band:
        share = min(Fraction(one) for one in band["ratio"])
        least = _up(workforce * share)
        return least, say(N_("按不低于{share}，{workforce}×{share}≈{least}"), share=_percent(share), workforce=workforce, least=least)
    if "minimum" in band:
        return band["minimum"], say(N_("这一档最少{least}名"), least=band["minimum"])
    return None


def _at_most(band: dict[str, Any], workforce: int) -> int | None:
    return int(band["maximum"]) if "maximum" in band and _is_within(band, workforce) else None


# ---- above the enterprise


def _above_the_enterprise(rule: Rule, delegates: Sequence[Delegate]) -> Iterator[Measure]:
    """Of a regional or sectoral congress one rule says all: how many, how many managers at most, how many from the front line."""
    count = len(delegates)
    if isinstance(rule.value, int):
        sentence = say(N_("代表应不少于{least}名，现有{count}名。"), least=rule.value, count=count)
        yield Measure(N_("代表人数"), sentence, rule, count >= rule.value)
    managers, frontline = rule.parameters.get("managers"), rule.parameters.get("frontline")
    if managers is not None and delegates:
        yield _at_most_managers(rule, Fraction(str(managers)), delegates)
    if frontline is not None and delegates:
        share, held = Fraction(str(frontline)), sum(d.post == Post.FRONTLINE for d in delegates)
        enough = _up(count * share)
        sentence = say(
            N_("代表{roll}名，{share}为{exact}名，一线职工应不少于{least}名，现有{count}名。"),
            roll=count, share=_percent(share), exact=_exact(count * share), least=enough, count=held,
        )  # fmt: skip
        yield Measure(N_("一线职工"), sentence, rule, held >= enough)


# ---- who they must be


def _managers(facts: Facts, delegates: Sequence[Delegate], on: date) -> Iterator[Measure]:
    rule = facts.rules.find("DEL-MGR-MAX", on)
    if rule is None:
        return
    yield _at_most_managers(rule, _share(rule), delegates)


def _at_most_managers(rule: Rule, share: Fraction, delegates: Sequence[Delegate]) -> Measure:
    count = sum(d.post == Post.MANAGER for d in delegates)
    most = len(delegates) * share.numerator // share.denominator
    sentence = say(
        N_("代表{roll}名，{share}为{exact}名，中层以上管理人员应不多于{most}名，现有{count}名。"),
        roll=len(delegates), share=_percent(share), exact=_exact(len(delegates) * share), most=most, count=count,
    )  # fmt: skip
    return Measure(N_("管理人员"), sentence, rule, count <= most)


def _women(facts: Facts, delegates: Sequence[Delegate], on: date) -> Iterator[Measure]:
    rule = facts.rules.find("DEL-FEMALE", on)
    if rule is None:
        return
    body, roll, count = facts.body, len(delegates), sum(d.female for d in delegates)
    if not body.workforce or not roll:
        yield Measure(
            N_("女职工"), say(N_("应有适当比例的女职工代表，现有{count}名。"), count=count), rule, False if roll and not count else None
        )
        return
    exact = Fraction(roll * body.female, body.workforce)
    values = {
        "female": body.female, "workforce": body.workforce, "share": percentage(body.female, body.workforce), "roll": roll,
        "exact": _exact(exact), "count": count, "held": percentage(count, roll),
    }  # fmt: skip
    if rule.value == "AT_LEAST_WORKFORCE_SHARE":
        text = N_(
            "女职工{female}人，占全体职工{workforce}人的{share}；代表{roll}名，按比例为{exact}名，女代表应不少于{least}名，现有{count}名（{held}）。"
        )
        yield Measure(N_("女职工"), say(text, **values, least=_up(exact)), rule, count >= _up(exact))
    elif rule.value == "LIKE_WORKFORCE":
        text = N_(
            "女职工{female}人，占全体职工{workforce}人的{share}；代表{roll}名，按比例约{exact}名，女代表一般应与此相适应（不少于{least}名），现有{count}名（{held}）。"
        )
        least = int(exact)
        yield Measure(N_("女职工"), say(text, **values, least=least), rule, count >= least)
    else:
        text = N_("女职工占全体职工的{share}，应有适当比例的女代表（没有规定数额，按比例约{exact}名），现有{count}名（{held}）。")
        yield Measure(N_("女职工"), say(text, **values), rule, False if body.female and not count else None)


def _frontline(facts: Facts, delegates: Sequence[Delegate], on: date) -> Iterator[Measure]:
    rule = facts.rules.find("DEL-FRONTLINE", on)
    if rule is None:
        return
    roll, count = len(delegates), sum(d.post == Post.FRONTLINE for d in delegates)
    if rule.is_local:
        least = roll // 2 + 1
        sentence = say(
            N_("一线职工应为主体：代表{roll}名，过半数为{least}名，一线职工应不少于{least}名，现有{count}名。"),
            roll=roll,
            least=least,
            count=count,
        )
    else:
        least = 1
        sentence = say(N_("应有一线职工代表（没有规定数额），代表{roll}名，现有{count}名。"), roll=roll, count=count)
    yield Measure(N_("一线职工"), sentence, rule, count >= least)


def _dispatched(facts: Facts, delegates: Sequence[Delegate], on: date) -> Iterator[Measure]:
    rule = facts.rules.find("DEL-DISPATCHED", on) or facts.nation.find("DEL-FEMALE", on)
    if rule is None or not facts.body.dispatched:
        return
    count = sum(d.dispatched for d in delegates)
    if rule.value == "ATTEND_IF_MANY":
        attending = sum(a.dispatched for a in facts.attendees if a.since <= on and (a.until is None or on < a.until))
        text = N_(
            "使用劳务派遣人员{dispatched}人，较多的应有适当比例的派遣人员列席（没有规定数额），现有派遣代表{count}名、列席{attending}名。"
        )
        yield Measure(
            N_("劳务派遣"),
            say(text, dispatched=facts.body.dispatched, count=count, attending=attending),
            rule,
            None if count + attending else False,
        )
        return
    text = N_("使用劳务派遣人员{dispatched}人，应有适当比例的派遣职工代表（没有规定数额），现有{count}名。")
    yield Measure(N_("劳务派遣"), say(text, dispatched=facts.body.dispatched, count=count), rule, None if count else False)


def _percent(share: Fraction) -> str:
    """20%; 3.33% where it is not a whole number."""
    return f"{int(share * 100)}%" if (share * 100).denominator == 1 else percentage(share.numerator, share.denominator)


def _share(rule: Rule) -> Fraction:
    return Fraction(str(rule.value))


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def _exact(number: Fraction) -> str:
    """25.6; whole numbers without a point, others to one place, rounded half up."""
    if number.denominator == 1:
        return str(number.numerator)
    tenths = int(number * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"
