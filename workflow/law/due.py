"""When is it due? One question, answered for the command line, the API and files of many rows."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow import clock
from workflow.calendar import PUBLISHED, Calendar
from workflow.clock import NoPeriod, Step
from workflow.law import regions
from workflow.law.overrides import Override
from workflow.law.regions import UnknownRegion
from workflow.law.rules import KINDS, Rule, UnknownKind, UnknownRule, rulebook
from workflow.words import N_, Sentence, say

EARLIEST, LATEST = date(1995, 1, 1), date(2095, 12, 31)

_OF_MEDIATION = ("MED", "MEDR", "ARB", "REV", "JC", "PO", "PM", "CONS", "COMM", "DISP", "SUE", "AGREE")
_OF_CONGRESS = ("CONG", "DEL", "DISC")


class WrongDate(ValueError):
    """Not a day, or one that no calendar here reaches."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class WrongFile(ValueError):
    """A file without the columns that are needed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


Unanswerable = (UnknownRule, UnknownKind, UnknownRegion, NoPeriod, WrongDate)
"""What may be wrong with a question; each carries its `sentence`."""


@dataclass(frozen=True)
class Answer:
    """`asked` is the id of the question, `rule` what is in force (of the same family), `due` its last day."""

    asked: str
    rule: Rule
    region: str
    kind: str
    start: date
    due: date
    provisional: bool
    derivation: tuple[Step, ...]

    @property
    def in_words(self) -> str:
        return str(clock.Due(self.due, self.provisional, self.derivation))

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "asked": self.asked,
            "in": self.region,
            "region": regions.full_name(self.region),
            "kind": self.kind,
            "from": self.start.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "derivation": self.in_words,
            "value": self.rule.value,
            "unit": self.rule.unit.value if self.rule.unit else None,
            "start": self.rule.start,
            "backward": self.rule.backward,
            "opens": self.rule.opens,
            "article": "、".join(citation.in_full for citation in self.rule.citations),
            "confidence": self.rule.confidence,
            "text": self.rule.text,
            "effect": self.rule.effect,
        }


def compute(
    rule_id: str,
    start: date,
    region: str = regions.NATION,
    kind: str | None = None,
    calendar: Calendar = PUBLISHED,
    overrides: Sequence[Override] = (),
) -> Answer:
    """`region` is a name or a code. Without a `kind`, the id says which. Raises one of `Unanswerable`."""
    if not EARLIEST <= start <= LATEST:
        raise WrongDate(say(N_("只能推算{first}至{last}之间的日期。"), first=EARLIEST, last=LATEST))
    asked, code = rule_id.strip().upper(), regions.named(region)
    rule, kind = _rule(asked, start, code, kind, overrides)
    if rule.start is None:
        raise NoPeriod(rule)
    found = clock.due(rule, start, calendar, **clock.readings(rulebook(code, kind, overrides), start))
    return Answer(asked, rule, code, kind, start, found.date, found.provisional, found.steps)


def kind_of(rule_id: str) -> str:
    """The kind that an id speaks of by itself."""
    family = rule_id.strip().upper().partition("-")[0]
    if family == "WAGE":
        return "wage"
    return "mediation" if family in _OF_MEDIATION else "congress" if family in _OF_CONGRESS else "comprehensive"


def day(written: str) -> date:
    """2026-09-12 or 2026/9/12. Raises WrongDate."""
    try:
        year, month, of_month = (int(part) for part in written.strip().replace("/", "-").split("-"))
        return date(year, month, of_month)
    except ValueError:
        raise WrongDate(say(N_("“{written}”不是日期，请写成2026-09-12的样子。"), written=written)) from None


def answer_csv(text: str, calendar: Calendar = PUBLISHED, overrides: Sequence[Override] = ()) -> tuple[str, int]:
    """Columns rule, in, kind, from → the same rows with due and derivation, and how many rows were faulty.

    Other columns are kept. A faulty row has an empty due and its sentence as derivation. Raises WrongFile.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = [name for name in reader.fieldnames or () if name not in ("due", "derivation")]
    missing = [name for name in ("rule", "from") if name not in columns]
    if missing:
        raise WrongFile(say(N_("文件缺少列：{missing}。需要的列是rule、in、kind、from。"), missing="、".join(missing)))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns, "due", "derivation"], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    faulty = 0
    for row in reader:
        try:
            answer = _answer_row(row, calendar, overrides)
            writer.writerow({**row, "due": answer.due.isoformat(), "derivation": answer.in_words})
        except Unanswerable as fault:
            faulty += 1
            writer.writerow({**row, "due": "", "derivation": str(fault.sentence)})
    return out.getvalue(), faulty


def _answer_row(row: Mapping[str, str | None], calendar: Calendar, overrides: Sequence[Override]) -> Answer:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str | None)}
    return compute(cells["rule"], day(cells["from"]), cells.get("in") or regions.NATION, cells.get("kind") or None, calendar, overrides)


def _rule(asked: str, start: date, region: str, kind: str | None, overrides: Sequence[Override]) -> tuple[Rule, str]:
    """The rule in force and the kind that it was found for: what the id says, else the first kind that has it."""
    wanted = kind or kind_of(asked)
    found = rulebook(region, wanted, overrides).find(asked, start)
    if found is None and kind is None:
        for other in KINDS:
            found = rulebook(region, other, overrides).find(asked, start)
            if found is not None:
                return found, other
    if found is None:
        return rulebook(region, wanted, overrides).get(asked, start), wanted
    return found, wanted
