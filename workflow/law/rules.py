"""A rule is one thing that a statute asks, with its number, its unit, the event that starts it and the article that says so.

Which rule stands is decided by region (city before province before nation), by contract kind, and by the date of the start
event. A general rule and its wage twin (NEG-RESPONSE-DAYS, WAGE-RESPONSE-DAYS) are one family: either id finds what is in
force for the kind asked.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from workflow.law import regions, texts
from workflow.law.numerals import article_anchor
from workflow.law.overrides import Override
from workflow.words import N_, Sentence, Word, say


class Unit(StrEnum):
    CD = "CD"
    WD = "WD"
    MONTH = "M"
    YEAR = "Y"
    COUNT = "N"
    RATIO = "R"


PERIODS = frozenset({Unit.CD, Unit.WD, Unit.MONTH, Unit.YEAR})

UNIT_LABELS = {
    Unit.CD: N_("日"),
    Unit.WD: N_("个工作日"),
    Unit.MONTH: N_("个月"),
    Unit.YEAR: N_("年"),
    Unit.COUNT: N_("个"),
    Unit.RATIO: N_("比例"),
}

CONTRACT_KINDS = ("comprehensive", "wage", "safety", "women", "special")
KINDS = (*CONTRACT_KINDS, "mediation", "congress")
KIND_LABELS = {
    "comprehensive": N_("综合集体合同"),
    "wage": N_("工资专项集体合同"),
    "safety": N_("劳动安全卫生专项集体合同"),
    "women": N_("女职工权益保护专项集体合同"),
    "special": N_("其他专项集体合同"),
    "mediation": N_("劳动争议调解"),
    "congress": N_("职工代表大会"),
}
_FALLS_BACK = {"safety": "comprehensive", "women": "comprehensive", "special": "comprehensive"}

PARTS = {
    "contract": N_("集体合同"),
    "wage": N_("工资集体协商"),
    "statute": N_("法律"),
    "special": N_("专项、行业性和区域性集体合同"),
    "congress": N_("职工代表大会"),
    "disclosure": N_("厂务公开"),
    "arbitration": N_("劳动争议调解仲裁"),
    "review": N_("调解协议的仲裁审查"),
    "mediation": N_("企业劳动争议协商调解"),
    "confirmation": N_("司法确认、支付令和起诉"),
    "pay": N_("劳动报酬和经济补偿的计算"),
    "time": N_("期间的计算"),
}

CONFIDENCE_LABELS = {
    "V": N_("已核对条文"),
    "V2": N_("仅见转述"),
    "M": N_("未见原文"),
    "C": N_("有不同理解"),
    "D": N_("设计建议，非法律规定"),
}
UNVERIFIED = frozenset({"V2", "M", "C"})
"""These are shown with the mark 待核."""

VALUE_LABELS: Mapping[str, str] = {
    "EQUAL": N_("双方人数对等"),
    "EMPLOYER_LE_WORKER": N_("企业方不多于职工方"),
    "ADVISER": N_("只能担任顾问"),
    "ALTERNATE": N_("轮流主持"),
    "JOINT": N_("共同主持"),
    "CHIEFS": N_("双方首席代表签字"),
    "ALL_PRESENT": N_("全体到会代表签字"),
    "GOOD_REASON": N_("有正当理由才可以拒绝"),
    "NEVER": N_("不得拒绝"),
    "FORCE_MAJEURE_ONLY": N_("只有不可抗力才可以中止"),
    "GE_HALF": N_("半数以上（含半数）"),
    "GT_HALF": N_("过半数"),
    "ASK_AT_HALF": N_("恰好半数时由会议决定"),
}
"""Codes that stand as the value of a rule (or as its operator) and that an administrator may choose."""

EVENTS: Mapping[str, str] = {
    "REQUEST_RECEIVED": N_("收到要约"),
    "REQUEST_SENT": N_("要约发出"),
    "REPLY_AGREED": N_("答复同意协商"),
    "AGREED_TO_NEGOTIATE": N_("双方同意协商"),
    "FIRST_MEETING": N_("首次协商会议"),
    "MEETING": N_("协商会议召开"),
    "START": N_("协商开始"),
    "INFORMATION_REQUESTED": N_("要求提供资料"),
    "REPRESENTATIVES_PRODUCED": N_("产生协商代表"),
    "MANDATE": N_("担任协商代表"),
    "VACANCY": N_("代表空缺"),
    "SUSPENDED": N_("协商中止"),
    "PERIOD_ENDED": N_("协商期满"),
    "SETTLED": N_("草案议定"),
    "REAGREED": N_("重新协商一致"),
    "CHIEFS_SIGNED": N_("双方首席代表签字"),
    "PASS_NOTICE_RECEIVED": N_("收到草案通过的书面告知"),
    "TEXT_RECEIVED": N_("审查机关收到文本"),
    "SUPPLEMENT_ASKED": N_("通知补正"),
    "EFFECTIVE": N_("集体合同生效"),
    "TERMINATED": N_("解除、终止集体合同"),
    "EXPIRY": N_("集体合同期满"),
    "TERM_EXPIRY": N_("本届任期届满"),
    "COORDINATION_APPLIED": N_("申请协调处理"),
    "COORDINATION_ACCEPTED": N_("受理协调处理申请"),
    "OPINION_RECEIVED": N_("收到工会意见书"),
    "ORDER_RECEIVED": N_("收到责令改正"),
    "LAYOFF": N_("实施裁员"),
    "CONGRESS_MEETING": N_("召开职工代表大会"),
    "CONGRESS_CLOSED": N_("职工代表大会闭会"),
    "DISCLOSURE_OPINION": N_("提出厂务公开意见"),
    "CONSULTATION_REQUESTED": N_("收到协商要求"),
    "CONSULTATION_AGREED": N_("约定协商期限"),
    "APPOINTED": N_("聘任调解员"),
    "APPLICATION_RECEIVED": N_("收到调解申请"),
    "MEDIATION_ACCEPTED": N_("受理调解申请"),
    "ENTRUSTED": N_("接受委托调解"),
    "AGREEMENT_EFFECTIVE": N_("调解协议生效"),
    "REVIEW_ACCEPTED": N_("受理审查申请"),
    "KNEW": N_("知道或者应当知道权利被侵害"),
    "EMPLOYMENT_ENDED": N_("劳动关系终止"),
    "WARNING_RAISED": N_("发出预警"),
    "ARBITRATION_FILED": N_("收到仲裁申请"),
    "ARBITRATION_ACCEPTED": N_("受理仲裁申请"),
    "COPY_RECEIVED": N_("收到仲裁申请书副本"),
    "ANSWER_RECEIVED": N_("收到答辩书"),
    "HEARING": N_("开庭"),
    "AWARD_RECEIVED": N_("收到裁决书"),
    "AWARD_SET_ASIDE": N_("收到撤销裁决的裁定"),
    "CONFIRMATION_APPLIED": N_("收到司法确认申请"),
    "CONFIRMATION_ACCEPTED": N_("受理司法确认申请"),
    "ORDER_APPLIED": N_("收到支付令申请"),
    "ORDER_ACCEPTED": N_("受理支付令申请"),
    "ORDER_SERVED": N_("收到支付令"),
    "POSTED": N_("留置或者张贴送达"),
}
"""What starts a clock, in the words that a derivation uses after the date."""

FAMILIES: Mapping[str, str] = {
    "WAGE-LETTER": "NEG-REQUEST",
    "WAGE-RESPONSE-DAYS": "NEG-RESPONSE-DAYS",
    "WAGE-INFO-DAYS": "INFO-DAYS",
    "WAGE-CHAIR": "NEG-CHAIR",
    "WAGE-CONDUCT": "REP-CONDUCT",
    "WAGE-OUTSIDER-MAX": "REP-OUTSIDER-MAX",
    "WAGE-HEADS": "CC-HEADS",
    "WAGE-CONG": "CONG-SUBMIT",
    "WAGE-SIGN": "CC-SIGN",
    "WAGE-FILE-DAYS": "FILE-DAYS",
    "WAGE-REVIEW-DAYS": "REVIEW-DAYS",
    "WAGE-PUBLISH-DAYS": "PUBLISH",
    "WAGE-RENEW-WINDOW": "CC-RENEW-WINDOW",
}
"""Wage id → the general id of its family (decision record 001)."""

_CITATION = re.compile(
    r"(?:《(?P<law>[^》]+)》)?(?P<article>第[零〇一二三四五六七八九十百\d]+条(?:之[一二三四五六七八九十]+)?)?(?P<paragraph>.*)"
)


@dataclass(frozen=True)
class Citation:
    """`law` is the short title (《集体合同规定》 without the brackets), `article` 第三十二条, `paragraph` 第二款 or a finer place."""

    law: str
    article: str
    paragraph: str | None = None

    @classmethod
    def read(cls, written: str, law: str = "") -> "Citation":
        """《劳动法》第三十四条, or 第三十二条第二款 of `law`."""
        found = _CITATION.fullmatch(written.strip())
        assert found is not None
        return cls(found["law"] or law, found["article"] or "", found["paragraph"] or None)

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}" if not self.law.endswith("号") else f"{self.law}{self.article}"

    @property
    def in_full(self) -> str:
        return f"{self}{self.paragraph or ''}"

    @property
    def anchor(self) -> tuple[str, str] | None:
        """(slug of the text, anchor of the article), or None where the text is not held."""
        held = texts.law_named(self.law)
        if held is None or not held.is_held:
            return None
        return held.slug, article_anchor(self.article) or ""


@dataclass(frozen=True)
class Rule:
    """One rule as it stands in one jurisdiction for some kinds from `valid_from` to `valid_to` (both included).

    `kinds` None means every kind. `value` is the number in `unit`, or a list or table where the rule carries no period. A
    `backward` period runs from the event into the past; with `opens` its end is the first day of a window, not a last day.
    """

    id: str
    family: str
    jurisdiction: str
    kinds: frozenset[str] | None
    part: str
    value: Any
    unit: Unit | None
    start: str | None
    until: str | None
    backward: bool
    opens: bool
    bound: str
    effect: str
    citations: tuple[Citation, ...]
    effect_citations: tuple[Citation, ...]
    confidence: str
    text: str
    note: str
    valid_from: date
    valid_to: date | None
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    override: int | None = None

    @property
    def is_period(self) -> bool:
        return self.unit in PERIODS and isinstance(self.value, int) and self.start is not None

    @property
    def is_unverified(self) -> bool:
        return self.confidence in UNVERIFIED

    @property
    def is_local(self) -> bool:
        return self.jurisdiction != regions.NATION

    @property
    def article(self) -> str:
        """The first citation, as it stands after a sentence."""
        return str(self.citations[0])

    def stands(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class UnknownRule(LookupError):
    """No such rule here, for this kind, on this day. `sentence` says which of these, and what comes near."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class UnknownKind(ValueError):
    """Not one of the seven kinds. `sentence` names them."""

    def __init__(self, kind: str) -> None:
        self.sentence = say(N_("“{kind}”不是可用的类别；可用的有：{kinds}。"), kind=kind, kinds="、".join(KINDS))
        super().__init__(str(self.sentence))


class Rulebook:
    """What stands in one region for one kind."""

    def __init__(self, region: str, kind: str, overrides: Sequence[Override] = ()) -> None:
        self.region = region
        self.kind = kind
        self._chain = regions.chain(region)
        self._kinds = (kind, _FALLS_BACK[kind]) if kind in _FALLS_BACK else (kind,)
        self._overrides = tuple(row for row in overrides if row.region in self._chain and (row.kind is None or row.kind in self._kinds))

    def find(self, rule_id: str, on: date) -> Rule | None:
        """The rule of this id or family in force on the day of the start event, or None."""
        wanted = rule_id.strip().upper()
        family = FAMILIES.get(wanted, wanted)
        if wanted in FAMILIES and self.kind != "wage":
            return None
        found: Rule | None = None
        for region in reversed(self._chain):
            ranked = [
                (rank, rule.id != wanted, place)
                for place, rule in enumerate(_by_family().get(family, ()))
                if rule.jurisdiction == region and rule.stands(on) and (rank := self._rank(rule)) is not None
            ]
            found = _by_family()[family][min(ranked)[2]] if ranked else found
            for row in self._overrides:
                if row.region == region and FAMILIES.get(row.rule, row.rule) == family and row.stands(on):
                    found = _overridden(found or _by_family()[family][0], row)
        return found

    def get(self, rule_id: str, on: date) -> Rule:
        """As `find`; raises UnknownRule."""
        found = self.find(rule_id, on)
        if found is None:
            raise UnknownRule(self._why_not(rule_id.strip().upper(), on))
        return found

    def value(self, rule_id: str, on: date) -> Any:
        return self.get(rule_id, on).value

    def in_force(self, on: date) -> list[Rule]:
        """One rule of each family, in the order of the parts of the law."""
        found = (self.find(family, on) for family in _by_family())
        order = list(PARTS)
        return sorted((rule for rule in found if rule is not None), key=lambda rule: order.index(rule.part))

    def _rank(self, rule: Rule) -> tuple[int, int] | None:
        """Smaller is more particular; None where the rule is not for this kind."""
        if rule.kinds is None:
            return (len(self._kinds), 0)
        for place, kind in enumerate(self._kinds):
            if kind in rule.kinds:
                return (place, len(rule.kinds))
        return None

    def _why_not(self, rule_id: str, on: date) -> Sentence:
        known = ids()
        if rule_id not in known:
            near = difflib.get_close_matches(rule_id, known, n=3, cutoff=0.5)
            if not near:
                return say(N_("没有编号为{rule}的规则。"), rule=rule_id)
            return say(N_("没有编号为{rule}的规则；相近的有{near}。"), rule=rule_id, near="、".join(near))
        if rule_id in FAMILIES and self.kind != "wage":
            return say(N_("{rule}只适用于工资专项集体合同；其他类别请查{general}。"), rule=rule_id, general=FAMILIES[rule_id])
        rows = _by_family()[FAMILIES.get(rule_id, rule_id)]
        here = [rule for rule in rows if rule.jurisdiction in self._chain and self._rank(rule) is not None]
        later = [rule.valid_from for rule in here if rule.valid_from > on]
        if later:
            return say(N_("{rule}自{since}起施行，{on}尚不适用。"), rule=rule_id, since=min(later), on=on)
        if here:
            return say(N_("{rule}在{on}已不再适用。"), rule=rule_id, on=on)
        if any(rule.jurisdiction in self._chain for rule in rows):
            return say(N_("{rule}不适用于{kind}。"), rule=rule_id, kind=Word(KIND_LABELS[self.kind]))
        return say(
            N_("{rule}在{region}没有规定；有规定的是{regions}。"),
            rule=rule_id,
            region=regions.name_of(self.region),
            regions="、".join(dict.fromkeys(regions.name_of(rule.jurisdiction) for rule in rows)),
        )


@cache
def _plain_rulebook(region: str, kind: str) -> Rulebook:
    return Rulebook(region, kind)


def rulebook(region: str, kind: str, overrides: Sequence[Override] = ()) -> Rulebook:
    """The rules of a region (a GB/T 2260 code) for a kind. Raises UnknownKind, or ValueError for a region unheard of."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    return Rulebook(region, kind, overrides) if overrides else _plain_rulebook(region, kind)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of every jurisdiction, in the order of the files: the nation first."""
    folder = resources.files("workflow.law")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    read = [rule for each in files for rule in _read(tomllib.loads(each.read_text(encoding="utf-8")))]
    return tuple(sorted(read, key=lambda rule: rule.jurisdiction))


@cache
def ids() -> tuple[str, ...]:
    return tuple(dict.fromkeys([rule.id for rule in rules()] + list(FAMILIES)))


@cache
def _by_family() -> Mapping[str, tuple[Rule, ...]]:
    families: dict[str, list[Rule]] = {}
    for rule in rules():
        families.setdefault(rule.family, []).append(rule)
    return {family: tuple(rows) for family, rows in families.items()}


def _read(file: Mapping[str, Any]) -> Iterator[Rule]:
    for source in file["source"]:
        for row in source["rule"]:
            yield _rule(file["region"], source, row)


_PLAIN = ("id", "value", "unit", "start", "until", "backward", "opens", "bound", "effect", "cite", "effect_cite", "confidence")
_KEYS = frozenset((*_PLAIN, "text", "note", "kinds", "part", "from", "to"))


def _rule(region: str, source: Mapping[str, Any], row: Mapping[str, Any]) -> Rule:
    kinds = row.get("kinds", source.get("kinds"))
    return Rule(
        id=row["id"],
        family=FAMILIES.get(row["id"], row["id"]),
        jurisdiction=region,
        kinds=frozenset(kinds) if kinds else None,
        part=row.get("part", source["part"]),
        value=row.get("value"),
        unit=Unit(row["unit"]) if "unit" in row else None,
        start=row.get("start"),
        until=row.get("until"),
        backward=row.get("backward", False),
        opens=row.get("opens", False),
        bound=row.get("bound", ""),
        effect=row.get("effect", ""),
        citations=_citations(row["cite"], source["law"]),
        effect_citations=_citations(row.get("effect_cite", ()), source["law"]),
        confidence=row.get("confidence", "V"),
        text=row["text"],
        note=row.get("note", ""),
        valid_from=row.get("from", source["from"]),
        valid_to=row.get("to", source.get("to")),
        parameters=MappingProxyType({key: value for key, value in row.items() if key not in _KEYS}),
    )


def _citations(written: Iterable[str], law: str) -> tuple[Citation, ...]:
    return tuple(Citation.read(each, law) for each in written)


def _overridden(base: Rule, row: Override) -> Rule:
    return replace(
        base,
        id=row.rule,
        jurisdiction=row.region,
        kinds=frozenset({row.kind}) if row.kind else base.kinds,
        value=row.value,
        unit=Unit(row.unit) if row.unit else base.unit,
        citations=(Citation.read(row.citation),),
        confidence="V",
        note=row.reason,
        valid_from=row.from_,
        valid_to=row.until,
        override=row.id,
    )
