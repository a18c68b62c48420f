"""What grievances and early warnings wait for one person to do, for the workbench."""

from datetime import date
from typing import Any

from sqlmodel import Session

from mediation.grievances import queries as grievances
from mediation.warnings import queries as warnings
from web.casework import Casework
from web.pages.grievances import CASEWORK as GRIEVANCES
from web.pages.warnings import CASEWORK as WARNINGS
from workflow.deadlines import Status, deadlines
from workflow.organisations import Organisation
from workflow.seats import Seat


def duties(db: Session, person: int, on: date, limit: int) -> list[dict[str, Any]]:
    """One line a case that is not over, for who has to keep its period."""
    found = [_line(db, GRIEVANCES, one, person, on) for one in grievances.register(db, person, on, limit=limit)]
    found += [_line(db, WARNINGS, one, person, on) for one in warnings.register(db, person, on, limit=limit)]
    return [line for line in found if line is not None]


def _line(db: Session, work: Casework[Any, Any], case: Any, person: int, on: date) -> dict[str, Any] | None:
    procedure = work.proceedings.procedure
    by = work.proceedings.actor(db, case, person, on)
    if case.state in procedure.final or Seat.UNION not in by.seats:
        return None
    facts = work.proceedings.facts(db, case, on)
    running = deadlines(db, procedure.name, case.id, Status.RUNNING)
    wanted = procedure.clock(running[0].rule).act if running else ""
    steps = [s for s in procedure.explain(case.state, facts, by, on) if s.open and s.act.main]
    own = min(steps, key=lambda s: s.act.name != wanted, default=None)
    if own is None:
        return None
    rule = facts.rules.find(running[0].rule, on) if running else None
    return {
        "file": f"{work.address}/{case.id}",
        "title": work.title(case),
        "unit": db.get_one(Organisation, case.organisation_id).name,
        "due": running[0].due if running else None,
        "why": own.act.gist,
        "citations": rule.citations[:1] if rule is not None else (),
        "label": own.act.label,
        "href": work.href(case, own.act.name),
    }
