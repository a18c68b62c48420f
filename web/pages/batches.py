"""One kind of document for many cases at once: chosen from the list, issued in the background, taken away as one file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from negotiation.acts import NEGOTIATIONS
from negotiation.documents import CATALOGUE
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import visible_to
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import current_person, is_signed_in
from workflow.documents.asked import ISSUE
from workflow.documents.bundle import Bundle, BundleForm
from workflow.documents.catalogue import Standard
from workflow.forms import FormModel, Invalid, field, invalid
from workflow.organisations import Organisation
from workflow.words import N_, Sentence, say

MOST = 300
"""Cases of one batch."""


class BatchForm(FormModel):
    cases: list[Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]] = field(
        N_("案卷"), widget="checks", default_factory=list, max_length=MOST
    )


@dataclass(frozen=True)
class Line:
    """A case that the document can be issued for."""

    id: int
    title: str
    organisation: str


@get("/batches", guards=[is_signed_in])
async def index() -> Response[str]:
    return await in_read(_index)


@get("/batches/{paper:str}", guards=[is_signed_in])
async def show(paper: FromPath[str]) -> Response[str]:
    return await in_read(_show, paper)


@post("/batches/{paper:str}", guards=[is_signed_in], status_code=200)
async def begin(request: AnyRequest, paper: FromPath[str]) -> Response[str]:
    return await in_write(_begin, paper, await posted(request))


def batched() -> Mapping[str, Standard[Any, Any]]:
    """Documents that ask for nothing of their own, and are about the case as a whole."""
    return {name: one for name, one in CATALOGUE.items() if not one.asks.model_fields and one.subjects is None}


def _index(db: Session) -> Response[str]:
    lines = _lines(db, list(batched().values()))
    return page(
        "pages/papers/batches.html",
        kinds=[(one, len(lines[name])) for name, one in batched().items() if lines[name]],
        begun=db.exec(
            select(Bundle)
            .where(Bundle.asked_by == current_person(db).id, Bundle.form == BundleForm.BATCH)
            .order_by(col(Bundle.id).desc())
            .limit(20)
        ).all(),
    )


def _show(db: Session, paper: str) -> Response[str]:
    return _page(db, _standard(paper), {}, {})


def _page(db: Session, standard: Standard[Any, Any], values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    return page(
        "pages/papers/batch.html",
        status=422 if errors else 200,
        standard=standard,
        form=BatchForm,
        lines=_lines(db, [standard])[standard.name],
        chosen=values.get("cases", []),
        errors=errors,
    )


def _begin(db: Session, paper: str, sent: Posted) -> Response[str]:
    standard = _standard(paper)
    possible = {line.id for line in _lines(db, [standard])[standard.name]}
    try:
        asked = BatchForm.read({k: v for k, v in sent.values.items() if k == "cases"})
        chosen = list(dict.fromkeys(int(one) for one in asked.cases))
        if not chosen:
            raise invalid("cases", N_("请至少选一个案卷。"))
        if not set(chosen) <= possible:
            raise invalid("cases", N_("有的案卷现在不能出具这份文书，请重新选择。"))
    except Invalid as error:
        db.rollback()
        return _page(db, standard, sent.values, error.errors)
    bundle = Bundle(
        form=BundleForm.BATCH,
        name=standard.name,
        title=standard.title,
        case_kind=NEGOTIATION.name,
        wanted={"act": standard.with_act or ISSUE, "cases": chosen, "issued": {}},
        asked_by=current_person(db).id or 0,
        asked_at=now(),
        total=len(chosen),
    )
    db.add(bundle)
    db.flush()
    return redirect(f"/bundles/{bundle.token}", say(N_("已开始出具，共{n}份。"), n=len(chosen)))


def _lines(db: Session, standards: Sequence[Standard[Any, Any]]) -> dict[str, list[Line]]:
    """For each document the cases that this person sees and in which he issues it now."""
    person, on = current_person(db).id or 0, today(db)
    query = (
        select(Negotiation, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Negotiation.organisation_id))
        .where(visible_to(db, person, on))
        .order_by(col(Negotiation.id).desc())
    )
    found: dict[str, list[Line]] = {one.name: [] for one in standards}
    for case, name in db.exec(query):
        by = NEGOTIATIONS.actor(db, case, person, on)
        mine = [one for one in standards if one.by & by.seats]
        if not mine:
            continue
        facts = NEGOTIATIONS.facts(db, case, on)
        for one in mine:
            if one.ready(facts) and NEGOTIATION.standing(one.with_act or ISSUE, case.state, facts, by, on).open:
                found[one.name].append(Line(case.id or 0, case.title, name))
    return found


def _standard(name: str) -> Standard[Any, Any]:
    if name not in batched():
        raise NotFoundException
    return batched()[name]


routes = (index, show, begin)
