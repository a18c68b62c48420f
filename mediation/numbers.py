"""Numbers that one body gives out in the order of a year: 2026-0012."""

from datetime import date

from sqlmodel import Session, col, func, select

from mediation.grievances.models import Grievance
from mediation.warnings.models import EarlyWarning
from workflow.organisations import Organisation


def next_number(db: Session, table: type[Grievance] | type[EarlyWarning], body: int, on: date) -> str:
    """The row of the body is held meanwhile, so that two who register at once do not take the same."""
    db.exec(select(Organisation.id).where(Organisation.id == body).with_for_update()).one()
    last = select(func.max(table.number)).where(table.organisation_id == body, col(table.number).startswith(f"{on.year}-"))
    found = db.exec(last).one()
    return f"{on.year}-{int(found[5:]) + 1 if found else 1:04d}"
