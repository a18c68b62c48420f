"""What disputes wait for one person to do, for the workbench."""

from datetime import date
from typing import Any

from sqlmodel import Session

from mediation import queries
from mediation.facts import Facts
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from web.pages.mediation import ADDRESS, CASEWORK
from web.pages.mediation_forms import marks
from workflow.procedure import Actor, Clock, How, Standing
from workflow.seats import Seat
from workflow.words import N_

PROPOSED, OVERDUE = N_("对方已经提议，等您答复"), N_("有到期没有履行的事项")
TOLD_IN_TIME = 7
"""Days before an instalment is due from which it stands on the workbench."""


def duties(db: Session, person: int, on: date, limit: int) -> list[dict[str, Any]]:
    """One line a case: what the other side proposed, or the next step that is this person's own."""
    found = []
    for case, _ in queries.register(db, person, on, limit=limit):
        facts, by = queries.facts(db, case, on), queries.actor(db, case, person, on)
        own = _own(db, case, facts, by, on)
        if own is None:
            continue
        missed = own.act.name == "record_performance" and facts.missed
        clock = (
            None
            if missed
            else next((c for c in MEDIATION.clocks if c.act == own.act.name and not c.permits and facts.running(c.rule)), None)
        )
        due = min(d.due for d in facts.running(clock.rule)) if clock is not None else None
        rule = facts.rules.find(clock.rule if clock is not None else "MED-NONPERF", on) if clock is not None or missed else None
        found.append(
            {
                "file": f"{ADDRESS}/{case.id}",
                "title": case.number,
                "unit": facts.committee.name,
                "due": due,
                "why": OVERDUE if missed else PROPOSED if own.how is How.AGREE else clock.label if clock is not None else own.act.gist,
                "citations": rule.citations[:1] if rule is not None else (),
                "label": own.act.label,
                "href": CASEWORK.href(case, own.act.name),
            }
        )
    return found


def _own(db: Session, case: MediationCase, facts: Facts, by: Actor, on: date) -> Standing[Facts] | None:
    open_ = [s for s in MEDIATION.explain(case.state, facts, by, on) if s.open]
    answers = [s for s in open_ if s.how is How.AGREE]
    steps = [s for s in open_ if s.how is How.SELF and s.act.main and _waits(db, s, facts, by, on)]
    return next(iter(answers or sorted(steps, key=lambda s: not _ends_a_period(s, facts, by))), None)


def _waits(db: Session, standing: Standing[Facts], facts: Facts, by: Actor, on: date) -> bool:
    """Signing waits for whoever has not signed; recording for a day that is near or past."""
    match standing.act.name:
        case "sign":
            return bool(marks(db, facts, by))
        case "record_performance":
            return bool(facts.missed) or any((d.due - on).days <= TOLD_IN_TIME for d in facts.running("MED-NONPERF"))
        case "register":
            return Seat.APPLICANT in by.seats and bool(facts.day_of("CONSULTATION_ANSWERED")) and not facts.running("CONS-PERIOD")
    return True


def _ends_a_period(standing: Standing[Facts], facts: Facts, by: Actor) -> bool:
    def runs(clock: Clock) -> bool:
        return clock.act == standing.act.name and clock.who in by.seats and bool(facts.running(clock.rule))

    return any(map(runs, MEDIATION.clocks))
