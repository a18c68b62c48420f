"""Every label that a person reads has its one identifier in the glossary, and the glossary names nothing else by it."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from congress import terms as congress
from congress.ballots import elections
from congress.ballots import forms as ballot_forms
from congress.ballots import terms as ballots
from congress.delegates import terms as delegates
from congress.disclosure import terms as disclosure
from congress.joint import terms as joint
from congress.proposals import terms as proposals
from mediation import limitation
from mediation import terms as mediation
from mediation.calculator import sums
from mediation.committees import terms as committees
from mediation.grievances import terms as grievances
from mediation.warnings import terms as warnings
from negotiation import forms, terms
from web.house import PROCEEDINGS
from workflow import deadlines, organisations, people, seats, soundness
from workflow.law import rules

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
CONGRESS = (
    congress,
    ballots,
    ballot_forms,
    elections,
    delegates,
    proposals,
    joint,
    disclosure,
    mediation,
    grievances,
    warnings,
    limitation,
    sums,
    committees,
)
LABELS: dict[str, Mapping[str, str]] = {
    "seats": seats.SEAT_LABELS,
    "offices": people.OFFICE_LABELS,
    "organisations": organisations.KIND_LABELS,
    "status": deadlines.STATUS_LABELS,
    "rule kinds": rules.KIND_LABELS,
    "confidence": rules.CONFIDENCE_LABELS,
    **{
        f"negotiation.{name}": value
        for module in (terms, forms)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()) and name != "CHAIRS"
    },
    **{f"negotiation.HEADS.{kind}": heads for kind, heads in terms.HEADS.items()},
    **{f"{module.__name__}.{name}": value for module in CONGRESS for name, value in vars(module).items() if name.endswith("_LABELS")},
    **{p.procedure.name: {a.name: a.label for a in p.procedure.acts.values()} for p in PROCEEDINGS},
    **{f"{p.procedure.name} states": p.procedure.states for p in PROCEEDINGS},
    **{f"{p.procedure.name} clocks": {c.rule: c.label for c in p.procedure.clocks} for p in PROCEEDINGS},
}


def rows() -> list[tuple[str, str]]:
    return [(chinese.strip(), identifier.strip()) for chinese, identifier in ROW.findall(GLOSSARY.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", LABELS)
def test_every_label_has_its_line(name: str) -> None:
    known = set(rows())
    assert {(label, f"`{key}`") for key, label in LABELS[name].items()} - known == set()


def test_every_event_has_its_line() -> None:
    identifiers = {identifier for _, identifier in rows()}
    for proceedings in PROCEEDINGS:
        recorded = set().union(*soundness._recorded(proceedings).values(), *(clock.until for clock in proceedings.procedure.clocks))
        assert {f"`{event}`" for event in recorded} <= identifiers


def test_no_line_is_left_of_a_word_that_is_gone() -> None:
    """A line of a table below the first section whose identifier no longer stands for its word."""
    alive = {f"`{key}`" for labels in LABELS.values() for key in labels} | {f"`{event}`" for event in _events()}
    first, *tables = GLOSSARY.read_text(encoding="utf-8").split("\n## ")[1:]
    assert first.startswith("The things themselves")
    written = {identifier.strip() for table in tables if not table.startswith("Documents") for _, identifier in ROW.findall(table)}
    assert {one for one in written if one.startswith("`")} - alive == set()


def _events() -> Iterable[str]:
    for proceedings in PROCEEDINGS:
        yield from set().union(*soundness._recorded(proceedings).values(), *(clock.until for clock in proceedings.procedure.clocks))


def test_one_term_has_one_identifier_within_a_table() -> None:
    for table in GLOSSARY.read_text(encoding="utf-8").split("\n#")[1:]:
        chinese = [c.strip() for c, identifier in ROW.findall(table) if c.strip() != "中文"]
        assert len(chinese) == len(set(chinese)), table.splitlines()[0]
