"""What documents of every procedure say alike: the articles they rest on, the length of a period, a day with its hour, a share."""

from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction

from workflow.documents.catalogue import Writing
from workflow.documents.numerals import date_in_figures, han_numeral
from workflow.law.rules import UNIT_LABELS, Rule
from workflow.procedure import F
from workflow.proceedings import C

DAYS = "一二三四五六日"


def rules(w: Writing[C, F], *ids: str) -> list[Rule]:
    """The rules in force of these, for this place, kind and day."""
    return [rule for rule in (w.facts.rules.find(one, w.on) for one in ids) if rule is not None]


def articles(found: Iterable[Rule | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(c) for rule in found if rule is not None for c in rule.citations))


def first_article(w: Writing[C, F], rule: str, on: date) -> str:
    """The article that comes first for this rule on the day; empty where no rule stands."""
    return next(iter(articles([w.facts.rules.find(rule, on)])), "")


def length(rule: Rule) -> str:
    """20日, 15个工作日."""
    return f"{rule.value}{UNIT_LABELS[rule.unit] if rule.unit else ''}"


def in_words(day: date | None, at: time | None, *, weekday: bool = False) -> str:
    """2026年12月18日（星期五）14时30分; empty without a day."""
    if day is None:
        return ""
    of_week = f"（星期{DAYS[day.weekday()]}）" if weekday else ""
    return date_in_figures(day) + of_week + (f"{at.hour}时{f'{at.minute}分' if at.minute else ''}" if at else "")


def share_in_words(share: Fraction) -> str:
    """三分之二."""
    return f"{han_numeral(share.denominator)}分之{han_numeral(share.numerator)}"
