"""Disclosure of enterprise affairs: what the register with what is overdue, the form of a new one and the file of each show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from congress.disclosure import acts, forms, queries
from congress.disclosure.models import Disclosure
from congress.disclosure.procedure import DISCLOSURE, Facts
from congress.disclosure.telling import tell
from congress.disclosure.terms import AFFAIR_LABELS, MEANS_LABELS, Means
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from web.register import New, Register
from workflow.clock import add_months
from workflow.law.rules import Rule
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.words import N_, say

NOUNS = {"disclose": "papers", "raise_remark": "opinion", "answer_remark": "answer", "file_away": "archive"}


@dataclass(frozen=True)
class Report:
    """When the affairs of one body were last reported to its congress, and by when they have to be again (DISC-FREQ)."""

    body: str
    last: date | None
    due: date | None
    is_over: bool
    rule: Rule


def listed(db: Session, person: int, on: date, number: int) -> dict[str, Any]:
    found = queries.disclosures(db, person, on)
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({d.organisation_id for d in found})))}
    waiting = queries.unanswered(db, [d.id for d in found])
    terms = [t for t in rolls.visible_terms(db, person, on) if t.state == "serving"]
    return {
        "lines": [
            (
                d,
                bodies[d.organisation_id],
                AFFAIR_LABELS[d.affair],
                MEANS_LABELS[d.means],
                DISCLOSURE.states[d.state],
                waiting.get(d.id or 0, 0),
            )
            for d in found
        ],
        "reports": [report for t in terms if (report := _report(db, t, found, on)) is not None],
        "may_disclose": bool(queries.terms_to_disclose_in(db, person, on)),
    }


def _report(db: Session, term: CongressTerm, found: Sequence[Disclosure], on: date) -> Report | None:
    rule = rolls.rules(db, term).find("DISC-FREQ", on)
    if rule is None:
        return None
    days = [d.opened_on for d in found if d.organisation_id == term.organisation_id and d.means == Means.CONGRESS]
    last = max(days, default=None)
    due = add_months(last or term.since, 12 // int(rule.value))
    return Report(db.get_one(Organisation, term.organisation_id).name, last, due, on > due, rule)


def blank(db: Session, person: int, on: date) -> dict[str, Any] | None:
    terms = queries.terms_to_disclose_in(db, person, on)
    if not terms:
        return None
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({t.organisation_id for t in terms})))}
    return {
        "values": {"term": terms[0].id},
        "choices": {"term": {str(t.id): f"{bodies[t.organisation_id]}　{t.title}" for t in terms}},
    }


def shown(db: Session, disclosure: Disclosure, facts: Facts, on: date) -> dict[str, Any]:
    return {
        "body": db.get_one(Organisation, disclosure.organisation_id),
        "affair": AFFAIR_LABELS[disclosure.affair],
        "means": MEANS_LABELS[disclosure.means],
        "remarks": facts.remarks,
        "rules": [rule for name in ("DISC-ALL", "DISC-REPLY") if (rule := facts.rules.find(name, on)) is not None],
    }


def choices(db: Session, disclosure: Disclosure, facts: Facts, act: str, by: Actor) -> dict[str, dict[str, str]]:
    return {"remark": {str(r.id): f"{r.number}. {r.words[:60]}" for r in facts.waiting}} if act == "answer_remark" else {}


def begins(db: Session, disclosure: Disclosure, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    waiting = choices(db, disclosure, facts, act, by).get("remark", {})
    return {"remark": query["remark"]} if query.get("remark") in waiting else {}


REGISTER = Register(
    acts.PROCEEDINGS,
    "/congress/disclosure",
    NOUNS,
    lambda disclosure: disclosure.title,
    queries.visible_to,
    tell,
    New(
        forms.NewDisclosure,
        "pages/congress/new_disclosure.html",
        blank,
        acts.disclose_affair,
        lambda disclosure: say(N_("已经登记公开。代表和工会可以在这里提出意见。")),
    ),
    "pages/congress/disclosures.html",
    listed,
    "pages/congress/disclosure.html",
    shown,
    choices,
    begins,
)

routes = REGISTER.routes()
