"""Lists of cases: a page of those that a person may see, newest first, each with its next day."""

from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from workflow.case import Case
from workflow.deadlines import Deadline, Status
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.words import N_

LINE = TypeVar("LINE", bound=Case)


class Paging(FormModel):
    page: int = field(N_("第几页"), widget="number", default=1, ge=1, le=1_000_000)
    per_page: int = field(N_("每页几件"), widget="number", default=50, ge=1, le=200)


def is_overdue(model: type[Case], kind: str, on: date, wanted: bool) -> ColumnElement[bool]:
    """A period of the case has run out and is still running."""
    late = select(col(Deadline.case_id)).where(Deadline.case_kind == kind, Deadline.status == Status.RUNNING, Deadline.due < on)
    return col(model.id).in_(late) if wanted else col(model.id).not_in(late)


def page_of(
    db: Session, model: type[LINE], kind: str, conditions: list[ColumnElement[bool]], paging: Paging
) -> tuple[int, list[tuple[LINE, Organisation]], dict[int, date]]:
    """(how many there are, those of this page with their organisation, the next day of each that has one)."""
    found = select(model, Organisation).join(Organisation, col(Organisation.id) == col(model.organisation_id)).where(*conditions)
    total = db.exec(select(func.count()).select_from(found.with_only_columns(col(model.id)).subquery())).one()
    rows = db.exec(found.order_by(col(model.id).desc()).limit(paging.per_page).offset((paging.page - 1) * paging.per_page)).all()
    running = select(col(Deadline.case_id), func.min(Deadline.due)).where(
        Deadline.case_kind == kind, Deadline.status == Status.RUNNING, col(Deadline.case_id).in_([case.id for case, _body in rows])
    )
    return total, list(rows), {case: due for case, due in db.exec(running.group_by(col(Deadline.case_id))) if due < date.max}
