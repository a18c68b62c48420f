"""Negotiations over the API: the list, and opening one."""

from datetime import date, datetime
from typing import Annotated

from litestar import Response, get, post
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from negotiation import forms
from negotiation.acts import open_negotiation
from negotiation.models import Negotiation, Publication
from negotiation.procedure import NEGOTIATION
from negotiation.queries import Sight, may_open, visible_to
from negotiation.terms import KIND_LABELS, STATE_LABELS, State
from web.api import answers, lists, shapes
from web.api.negotiation_case import CASES, line
from web.api.reading import Sent, query, sent
from web.dispatch import in_read, in_write
from web.practice import today
from web.render import AnyRequest
from web.sessions import current_person, is_signed_in
from workflow.forms import field, one_of
from workflow.organisations import Organisation
from workflow.words import N_

STATES = {str(state): label for state, label in STATE_LABELS.items()}
STAGES = {name: label for name, label, _states in NEGOTIATION.stages}
KINDS = {str(kind): label for kind, label in KIND_LABELS.items()}


class Filters(lists.Paging):
    """Of the list. `stage` as the rail has it: a contract in force stands at `publish` until it is published, then at `review`."""

    state: Annotated[str, one_of(STATES)] | None = field(N_("状态"), choices=STATES, default=None)
    stage: Annotated[str, one_of(STAGES)] | None = field(N_("阶段"), choices=STAGES, default=None)
    kind: Annotated[str, one_of(KINDS)] | None = field(N_("合同种类"), choices=KINDS, default=None)
    organisation: int | None = field(N_("企业（或区域、行业组织）"), widget="number", default=None)
    q: str = field(N_("名称、编号或者企业中的字"), default="")
    overdue: bool | None = field(N_("有逾期的期限"), widget="yesno", default=None)


@get("/negotiations", guards=[is_signed_in])
async def index(request: AnyRequest) -> Response[bytes]:
    return await in_read(_index, query(request, Filters))


@post("/negotiations", guards=[is_signed_in], status_code=201)
async def create(request: AnyRequest) -> Response[bytes]:
    return await in_write(_create, await sent(request))


# ---- the list


def _index(db: Session, filters: Filters) -> Response[bytes]:
    person, on = current_person(db), today(db)
    assert person.id is not None
    conditions: list[ColumnElement[bool]] = [visible_to(db, person.id, on)]
    if filters.state:
        conditions.append(col(Negotiation.state) == filters.state)
    if filters.stage:
        conditions.append(_at_stage(filters.stage))
    if filters.kind:
        conditions.append(col(Negotiation.kind) == filters.kind)
    if filters.organisation is not None:
        conditions.append(col(Negotiation.organisation_id) == filters.organisation)
    if filters.q:
        named = [col(Negotiation.title), col(Negotiation.number), col(Organisation.name)]
        conditions.append(or_(*(name.icontains(filters.q, autoescape=True) for name in named)))
    if filters.overdue is not None:
        conditions.append(lists.is_overdue(Negotiation, NEGOTIATION.name, on, filters.overdue))
    total, rows, soonest = lists.page_of(db, Negotiation, NEGOTIATION.name, conditions, filters)
    ids = [case.id for case, _body in rows]
    published = set(db.exec(select(Publication.negotiation_id).where(col(Publication.negotiation_id).in_(ids))).all())
    items = [shapes.Line(**line(case, body, case.id in published, soonest.get(case.id or 0))) for case, body in rows]
    return answers.answer(shapes.Found(total=total, page=filters.page, per_page=filters.per_page, items=items))


def _at_stage(stage: str) -> ColumnElement[bool]:
    states = [str(state) for name, _label, states in NEGOTIATION.stages for state in states if name == stage]
    published = col(Negotiation.id).in_(select(Publication.negotiation_id))
    in_force = col(Negotiation.state) == State.IN_FORCE.value
    if stage == "publish":
        return in_force & ~published
    if stage == "review":
        return or_(in_force & published, col(Negotiation.state).in_(states))
    return col(Negotiation.state).in_(states)


# ---- opening one


def _create(db: Session, found: Sent) -> Response[bytes]:
    return CASES.opening(db, found, forms.Opening, _opened)


def _opened(db: Session, form: forms.Opening, person_id: int, on: date, at: datetime) -> tuple[Negotiation, Sight]:
    return open_negotiation(db, form, person_id=person_id, on=on, at=at), Sight.TABLE


def openers(db: Session, person_id: int, on: date) -> list[shapes.Opener]:
    return [shapes.Opener(organisation=shapes.Body(id=o.id or 0, name=o.name), side=side) for o, side in may_open(db, person_id, on)]


routes = (index, create)
