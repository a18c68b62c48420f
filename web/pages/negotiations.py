"""Negotiations: the list, opening one in three steps, the case file, its room and its print."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, col, or_, select

from negotiation import disclosure, forms
from negotiation.acts import NEGOTIATIONS, open_negotiation
from negotiation.documents import CATALOGUE
from negotiation.facts import Facts
from negotiation.models import Clause, Negotiation, Publication, RoomNote
from negotiation.procedure import NEGOTIATION
from negotiation.queries import may_open, side_of, sight, visible_to
from negotiation.terms import ADOPTION_LABELS, KIND_LABELS, LEVEL_LABELS, SIDE_LABELS, STATE_LABELS, Side
from web import loaders
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.issuing import Desk
from web.pages import case_file
from web.pages.negotiation_forms import NOUNS, begins, choices, stands_in
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import is_signed_in
from workflow.deadlines import Deadline, Status
from workflow.documents.issue import Document
from workflow.forms import FormModel, Invalid, field
from workflow.journal import entries
from workflow.organisations import Organisation, OrganisationKind
from workflow.procedure import Actor
from workflow.words import N_, Sentence, say

AT_ONCE = 30

ON_A_CLAUSE = ("agree_clause", "counter", "defer_clause", "withdraw_proposal")


def beside(db: Session, case: Negotiation, facts: Facts, act: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of an act on one clause, where the link has said which, that clause as it stands."""
    if act not in ON_A_CLAUSE:
        return {}
    clause = next((c for c in case_file.clauses(db, case, facts) if str(c.clause.id) == str(values.get("clause"))), None)
    return {"clause": clause, "fixed": ("clause",) if clause is not None else ()}


WORK: Casework[Negotiation, Any] = Casework(
    proceedings=NEGOTIATIONS,
    address="/negotiations",
    nouns=NOUNS,
    title=lambda case: case.title,
    load=loaders.negotiation,
    choices=choices,
    begins=begins,
    beside=beside,
    stands_in=stands_in,
    templates=dict.fromkeys(ON_A_CLAUSE, "pages/negotiations/clause.html"),
)

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("种类和单位"), ("kind", "special_subject", "level", "organisation", "adoption", "covered")),
    (N_("名称和期限"), ("title", "term_from", "term_until")),
    (N_("协商事项"), ("subject", "proposed_on", "proposed_time", "proposed_place", "data_requested")),
)


@get("/negotiations", guards=[is_signed_in])
async def index(
    q: FromQuery[str] = "", stage: FromQuery[str] = "", kind: FromQuery[str] = "", due: FromQuery[str] = "", number: FromQuery[int] = 1
) -> Response[str]:
    return await in_read(_index, q.strip(), stage, kind, due, at_page(number))


@get("/negotiations/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_first_step)


@post("/negotiations/new", guards=[is_signed_in], status_code=200)
async def new(request: AnyRequest) -> Response[str]:
    """Three steps and a page to check; what was typed travels along, nothing is stored before the end."""
    return await in_write(_new, await posted(request))


@get("/negotiations/{case_id:int}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id, "pages/negotiations/case.html")


@get("/negotiations/{case_id:int}/print", guards=[is_signed_in])
async def show_print(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id, "pages/negotiations/print.html")


@get("/negotiations/{case_id:int}/room", guards=[is_signed_in])
async def show_room(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_room, case_id, {}, {})


@post("/negotiations/{case_id:int}/room", guards=[is_signed_in], status_code=200)
async def write_room(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_write_room, case_id, await posted(request))


def _index(db: Session, q: str, stage: str, kind: str, due: str, number: int) -> Response[str]:
    on = today(db)
    deadline = (
        select(col(Deadline.case_id).label("case_id"), func.min(Deadline.due).label("due"))
        .where(Deadline.case_kind == NEGOTIATION.name, Deadline.status == Status.RUNNING, col(Deadline.rule).in_(NEGOTIATION.to_keep))
        .group_by(col(Deadline.case_id))
        .subquery()
    )
    is_published = exists().where(col(Publication.negotiation_id) == col(Negotiation.id))
    conditions: list[ColumnElement[bool]] = [visible_to(db, WORK.person(), on)]
    if q:
        like = f"%{q}%"
        named = select(col(Organisation.id)).where(col(Organisation.name).ilike(like))
        conditions.append(
            or_(col(Negotiation.title).ilike(like), col(Negotiation.number).ilike(like), col(Negotiation.organisation_id).in_(named))
        )
    if kind in KIND_LABELS:
        conditions.append(col(Negotiation.kind) == kind)
    states = {name: sorted(found) for name, _label, found in NEGOTIATION.stages}
    if stage in ("publish", "review"):
        conditions += [col(Negotiation.state) == "in_force", is_published if stage == "review" else ~is_published]
    elif stage == "ended":
        conditions.append(col(Negotiation.state) == "ended")
    elif stage in states:
        conditions.append(col(Negotiation.state).in_(states[stage]))
    if due == "overdue":
        conditions.append(col(Negotiation.id).in_(select(deadline.c.case_id).where(deadline.c.due < on)))
    total = db.exec(select(func.count(col(Negotiation.id))).where(*conditions)).one()
    query = (
        select(Negotiation, Organisation.name, deadline.c.due, is_published)
        .join(Organisation, col(Organisation.id) == col(Negotiation.organisation_id))
        .outerjoin(deadline, deadline.c.case_id == col(Negotiation.id))
        .where(*conditions)
    )
    rows = db.exec(
        query.order_by(func.coalesce(deadline.c.due, date.max), col(Negotiation.id).desc()).limit(AT_ONCE).offset((number - 1) * AT_ONCE)
    ).all()
    return page(
        "pages/negotiations/index.html",
        rows=[
            {
                "case": case,
                "unit": unit,
                "due": soonest if soonest is not None and soonest.year < 9999 else None,
                "index": (6 if published else 5) if case.state == "in_force" else case_file.stage_index(case),
                "state": STATE_LABELS[case.state],
            }
            for case, unit, soonest, published in rows
        ],
        total=total,
        number=number,
        pages=-(-total // AT_ONCE),
        stages=[(name, label) for name, label, _s in NEGOTIATION.stages] + [("ended", N_("已经终止"))],
        kinds=KIND_LABELS,
        q=q,
        stage=stage,
        kind=kind,
        due=due,
        may_open=bool(may_open(db, WORK.person(), on)),
    )


def _first_step(db: Session) -> Response[str]:
    bodies = may_open(db, WORK.person(), today(db))
    only = {"organisation": str(bodies[0][0].id)} if len(bodies) == 1 else {}
    return _new_page(db, Posted({"level": "enterprise", **only}), 0, {})


def _new_page(db: Session, sent: Posted, step: int, errors: Mapping[str, list[Sentence]]) -> Response[str]:
    on = today(db)
    bodies = {str(o.id): o.name for o, _side in may_open(db, WORK.person(), on)}
    if not bodies:
        raise NotFoundException
    enterprises = db.exec(
        select(Organisation).where(Organisation.kind == OrganisationKind.ENTERPRISE).order_by(col(Organisation.id)).limit(200)
    ).all()
    offered = {"organisation": bodies, "covered": {str(o.id): o.name for o in enterprises if _may_cover(db, o, bodies)}}
    names = [name for _label, fields in STEPS for name in fields]
    return page(
        "pages/negotiations/new.html",
        status=422 if errors else 200,
        form=forms.Opening,
        steps=STEPS,
        step=step,
        only=STEPS[step][1] if step < len(STEPS) else (),
        values=sent.values,
        carried={n: sent.values[n] for n in names if n in sent.values and (step >= len(STEPS) or n not in STEPS[step][1])},
        errors=errors,
        choices=offered,
        labels=_labels(offered),
        several=any(db.get_one(Organisation, int(i)).kind == OrganisationKind.EMPLOYERS for i in bodies),
    )


def _may_cover(db: Session, enterprise: Organisation, bodies: Mapping[str, str]) -> bool:
    """Enterprises of the same region as a body of several, by the first four digits."""
    return any(
        (body := db.get_one(Organisation, int(i))).kind == OrganisationKind.EMPLOYERS and enterprise.region[:4] == body.region[:4]
        for i in bodies
    )


def _labels(offered: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {
        "kind": {str(k): v for k, v in KIND_LABELS.items()},
        "level": {str(k): v for k, v in LEVEL_LABELS.items()},
        "adoption": {str(k): v for k, v in ADOPTION_LABELS.items()},
        **offered,
    }


def _new(db: Session, sent: Posted) -> Response[str]:
    step = sent.number("step") or 0
    values = {k: v for k, v in sent.values.items() if k not in ("step", "go")}
    back = re.fullmatch(r"step([0-9]{1,3})", sent.text("go"))
    sent = Posted(values, sent.errors)
    errors = _errors_of(values)
    if back:
        return _new_page(db, sent, min(int(back[1]), len(STEPS)), {})
    if step < len(STEPS):
        here = {n: said for n, said in errors.items() if n in STEPS[step][1] or (n == "" and step in (0, 1))}
        return _new_page(db, sent, step, here) if here else _new_page(db, sent, step + 1, {})
    if errors:
        first = next((i for i, (_l, fields) in enumerate(STEPS) if set(fields) & set(errors)), 0)
        return _new_page(db, sent, first, errors)
    try:
        case = open_negotiation(db, forms.Opening.read(values), person_id=WORK.person(), on=today(db), at=now())
    except Invalid as error:
        db.rollback()
        first = next((i for i, (_l, fields) in enumerate(STEPS) if set(fields) & set(error.errors)), 0)
        return _new_page(db, sent, first, error.errors)
    return redirect(f"/negotiations/{case.id}", say(N_("已经立案。下一步：确认要约内容，发出要约。")))


def _errors_of(values: Mapping[str, Any]) -> dict[str, list[Sentence]]:
    try:
        forms.Opening.read(values)
    except Invalid as error:
        return error.errors
    return {}


def _show(db: Session, case_id: int, template: str) -> Response[str]:
    case, sight = loaders.seen(db, WORK.person(), case_id)
    on = today(db)
    by = NEGOTIATIONS.actor(db, case, WORK.person(), on)
    return page(template, **case_file.view(db, case, sight, by, on, WORK.href))


# ---- the room


class Note(FormModel):
    heading: str = field(N_("标题"), max_length=100)
    clause: int | None = field(N_("关于哪一条"), widget="choice", default=None)
    text: str = field(N_("内容"), widget="textarea", hint=N_("只有本方的人看得到：底线、方案、草稿、授权。"))


def _room(db: Session, case_id: int, values: Mapping[str, Any], errors: Mapping[str, list[Sentence]]) -> Response[str]:
    case, side = _own_side(db, case_id)
    facts = NEGOTIATIONS.facts(db, case, today(db))
    return page(
        "pages/negotiations/room.html",
        status=422 if errors else 200,
        case=case,
        side=side,
        SIDE_LABELS=SIDE_LABELS,
        notes=case_file.notes(db, case, side),
        form=Note,
        values=values,
        errors=errors,
        choices={
            "clause": {str(v.clause.id): f"第{v.number}条 {v.clause.heading}" for v in case_file.clauses(db, case, facts) if v.number}
        },
    )


def _write_room(db: Session, case_id: int, sent: Posted) -> Response[str]:
    case, side = _own_side(db, case_id)
    try:
        form = Note.read(sent.values)
    except Invalid as error:
        return _room(db, case_id, sent.values, error.errors)
    clause = db.get(Clause, form.clause) if form.clause else None
    db.add(
        RoomNote(
            negotiation_id=case_id,
            side=side,
            clause_id=clause.id if clause is not None and clause.negotiation_id == case_id else None,
            heading=form.heading,
            text=form.text,
            author_id=WORK.person(),
            written_at=now(),
        )
    )
    return redirect(f"/negotiations/{case_id}/room", say(N_("已经写入本方工作室。")))


def _own_side(db: Session, case_id: int) -> tuple[Negotiation, Side]:
    """The room of one's own side; for anyone else there is none."""
    case, _sight = loaders.seen(db, WORK.person(), case_id)
    side = side_of(NEGOTIATIONS.actor(db, case, WORK.person(), today(db)).seats)
    if side is None:
        raise NotFoundException
    return case, side


def readable(db: Session, case: Negotiation, by: Actor, on: date) -> list[Document]:
    """The documents of a case that this reader may read, newest first."""
    seen = sight(db, case, by.person_id or 0, on)
    journal = entries(db, NEGOTIATION.name, case.id or 0)
    return disclosure.documents(db, case, journal, seen, side_of(by.seats)) if seen is not None else []


def _dossiers(db: Session, case: Negotiation, by: Actor) -> Mapping[str, Any]:
    from web.pages.dossiers import overview  # it stands on this module

    return overview(db, case, by)


DESK = Desk(WORK, CATALOGUE, readable, _dossiers)

routes = (index, show_new, new, show, show_print, show_room, write_room, *DESK.routes(), *WORK.routes())
