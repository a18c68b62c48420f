"""成套材料: what a dossier holds, what it lacks and how to come by it, and the whole of it as one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from negotiation import disclosure, dossiers
from negotiation.acts import NEGOTIATIONS
from negotiation.documents import CATALOGUE
from negotiation.dossiers import DOSSIERS, Dossier, PartKind, PieceState
from negotiation.facts import Facts
from negotiation.forms import HANDED_IN, handed_in
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import Sight, side_of
from web import loaders
from web.dispatch import in_read, in_write
from web.pages.negotiations import WORK, readable
from web.practice import now, today
from web.render import page, redirect, word
from web.sessions import is_signed_in
from workflow.documents.bundle import Bundle, BundleForm
from workflow.documents.issue import Document
from workflow.people import Person
from workflow.procedure import Actor
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Word, Words, say

OPEN_TO = disclosure.AT_THE_TABLE | {Sight.FILED}


@dataclass(frozen=True)
class Way:
    """How a piece is come by; without an address, by somebody else."""

    href: str
    label: object


@dataclass(frozen=True)
class Row:
    state: PieceState
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Opened:
    """A case in the hands of one reader, with what he sees of it."""

    case: Negotiation
    facts: Facts
    by: Actor
    on: date
    states: tuple[PieceState, ...]


@get("/negotiations/{case_id:int}/dossiers/{name:str}", guards=[is_signed_in])
async def show(case_id: FromPath[int], name: FromPath[str]) -> Response[str]:
    return await in_read(_show, case_id, name)


@post("/negotiations/{case_id:int}/dossiers/{name:str}", guards=[is_signed_in], status_code=200)
async def bind(case_id: FromPath[int], name: FromPath[str]) -> Response[str]:
    return await in_write(_bind, case_id, name)


def _show(db: Session, case_id: int, name: str) -> Response[str]:
    dossier = _dossier(name)
    opened = _opened(db, case_id, dossier)
    return page(
        "pages/papers/dossier.html",
        case=opened.case,
        dossier=dossier,
        rows=[Row(one, tuple(_ways(opened, one))) for one in opened.states],
        missing=dossiers.missing(opened.states),
        names=_names(db, opened.states),
        count=len(_sheets(opened.states)),
    )


def _sheets(states: Sequence[PieceState]) -> list[tuple[PieceState, dossiers.Part]]:
    """What is bound, in order: a paper that is two pieces at once is bound once."""
    found: dict[tuple[PartKind, int], tuple[PieceState, dossiers.Part]] = {}
    for state in states:
        for part in state.parts:
            found.setdefault((part.kind, part.id), (state, part))
    return list(found.values())


def _names(db: Session, states: Sequence[PieceState]) -> dict[int | None, str]:
    """Who issued the parts or handed them in, by name."""
    people = {part.by for state in states for part in state.parts if part.by is not None}
    return {person.id: person.name for person in db.exec(select(Person).where(col(Person.id).in_(people)))}


def _bind(db: Session, case_id: int, name: str) -> Response[str]:
    dossier = _dossier(name)
    opened = _opened(db, case_id, dossier)
    parts = [_wanted(db, one, part) for one, part in _sheets(opened.states)]
    if not parts:
        return redirect(f"/negotiations/{case_id}/dossiers/{name}", say(N_("还没有可以装订的材料。")))
    title = word(dossier.title)
    bundle = Bundle(
        form=BundleForm.DOSSIER,
        name=name,
        title=f"{opened.case.title}{title}",
        case_kind=NEGOTIATION.name,
        case_id=case_id,
        wanted={"unit": opened.facts.organisation.name, "parts": parts},
        asked_by=opened.by.person_id or 0,
        asked_at=now(),
        total=len(parts),
    )
    db.add(bundle)
    db.flush()
    return redirect(f"/bundles/{bundle.token}", say(N_("正在装订，共{n}件。"), n=len(parts)))


def _wanted(db: Session, state: PieceState, part: dossiers.Part) -> dict[str, str]:
    if part.kind is PartKind.DOCUMENT:
        return {"label": part.title, "document": db.get_one(Document, part.id).token}
    label = f"{word(state.label)}（签字盖章件）" if part.kind is PartKind.SCAN else f"{word(state.label)}：{part.title}"
    return {"label": label, "file": part.sha256, "name": part.title}


def _ways(opened: Opened, state: PieceState) -> Sequence[Way]:
    if state.is_there:
        return ()
    found = []
    case, facts, by = opened.case, opened.facts, opened.by
    standard = CATALOGUE.get(state.document)
    if standard is not None and standard.by & by.seats and standard.ready(facts):
        found.append(Way(f"/negotiations/{case.id}/papers/{standard.name}", say(N_("出具《{title}》"), title=standard.title)))
    if state.piece.pieces and NEGOTIATION.standing("hand_in", case.state, facts, by, opened.on).open:
        wanting = [subject.key for subject in state.wanting if subject.key in state.piece.pieces]
        names = [name for name in wanting or state.piece.pieces if name in handed_in(case.kind)]
        found += [Way(f"{WORK.href(case, 'hand_in')}?piece={one}", say(N_("存入“{piece}”"), piece=Word(HANDED_IN[one]))) for one in names]
    for act in state.piece.acts:
        if NEGOTIATION.standing(act, case.state, facts, by, opened.on).open:
            found.append(Way(WORK.href(case, act), NEGOTIATION.acts[act].label))
    if not found and state.piece.acts:
        hands_in = NEGOTIATION.acts[state.piece.acts[0]]
        who = Words(SEAT_LABELS[seat] for seat in Seat if seat in hands_in.by)
        found.append(Way("", say(N_("由{who}在办理“{act}”时提交"), who=who, act=Word(hands_in.label))))
    return found


def _opened(db: Session, case_id: int, dossier: Dossier) -> Opened:
    case, seen = loaders.seen(db, WORK.person(), case_id)
    on = today(db)
    by = NEGOTIATIONS.actor(db, case, WORK.person(), on)
    facts = NEGOTIATIONS.facts(db, case, on)
    if seen not in OPEN_TO:
        raise NotFoundException
    files = disclosure.files(db, case, seen, side_of(by.seats))
    states = dossiers.check(db, case, facts, dossier, readable(db, case, by, on), files, on=on)
    return Opened(case, facts, by, on, tuple(states))


def overview(db: Session, case: Negotiation, by: Actor) -> dict[str, Any]:
    """For the desk of a case: each dossier and how many of its pieces are missing."""
    try:
        found = [(one, dossiers.missing(_opened(db, case.id or 0, one).states)) for one in DOSSIERS.values()]
    except NotFoundException:
        return {"dossiers": []}
    return {"dossiers": [{"name": one.name, "title": one.title, "missing": len(missing)} for one, missing in found]}


def _dossier(name: str) -> Dossier:
    if name not in DOSSIERS:
        raise NotFoundException
    return DOSSIERS[name]


routes = (show, bind)
