"""修改对照 of two versions of a contract: what stands in the issued papers, on the table now, and in the contract that is renewed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from negotiation.acts import NEGOTIATIONS
from negotiation.disclosure import AT_THE_TABLE
from negotiation.documents import contract_text
from negotiation.documents.changes import redline_of
from negotiation.models import Negotiation
from negotiation.queries import rules
from templates.documents.contexts import Column, WageTable
from web import loaders
from web.dispatch import in_read
from web.downloads import MEDIA_TYPES, attachment
from web.issuing import inset
from web.pages.negotiations import WORK, readable
from web.practice import now, today
from web.render import page
from web.sessions import is_signed_in
from workflow.documents.issue import RENDERERS, compose, facts_of
from workflow.documents.numerals import date_in_figures
from workflow.redline import Clause

NOW, BEFORE = "now", "before"
COMPARED = frozenset({"draft", "contract"})


@dataclass(frozen=True)
class Version:
    """One wording of the whole contract, as a contract's template is told it."""

    name: str
    text: Mapping[str, Any]


@get("/negotiations/{case_id:int}/redline", guards=[is_signed_in])
async def show(case_id: FromPath[int], old: FromQuery[str] = "", new: FromQuery[str] = "") -> Response[str]:
    return await in_read(_show, case_id, old, new)


@get("/negotiations/{case_id:int}/redline/{format:str}", guards=[is_signed_in])
async def file(case_id: FromPath[int], format: FromPath[str], old: FromQuery[str] = "", new: FromQuery[str] = "") -> Response[bytes]:
    """As PDF, or as a Word file whose changes can be accepted or rejected one by one."""
    if format not in RENDERERS:
        raise NotFoundException
    title, html = await in_read(_file, case_id, old, new)
    data = await asyncio.to_thread(RENDERERS[format], html, now(), "")
    return attachment(data, MEDIA_TYPES[format], f"{title}修改对照.{format}", inline=format == "pdf")


def _show(db: Session, case_id: int, old: str, new: str) -> Response[str]:
    case, found = _versions(db, case_id)
    keys = list(found)
    old, new = old or (keys[1] if len(keys) > 1 else ""), new or (keys[0] if keys else "")
    shown = _compared(case, found, old, new) if len(keys) > 1 else None
    return page(
        "pages/negotiations/redline.html",
        case=case,
        versions={key: one.name for key, one in found.items()},
        old=old,
        new=new,
        body=inset(shown) if shown else None,
    )


def _file(db: Session, case_id: int, old: str, new: str) -> tuple[str, str]:
    case, found = _versions(db, case_id)
    return case.title, _compared(case, found, old, new)


def _compared(case: Negotiation, found: Mapping[str, Version], old: str, new: str) -> str:
    if old not in found or new not in found or old == new:
        raise NotFoundException
    before, after = found[old], found[new]
    record = redline_of(
        _clauses(before.text),
        _clauses(after.text),
        unit=after.text["unit"],
        title=after.text["title"],
        old_name=before.name,
        new_name=after.name,
        by=after.name,
        old_table=_table(before.text),
        new_table=_table(after.text),
    )
    return compose("negotiation/redline.html", record)


def _versions(db: Session, case_id: int) -> tuple[Negotiation, dict[str, Version]]:
    """Newest first: the text on the table, the papers issued, the contract that is renewed or changed."""
    case, sight = loaders.seen(db, WORK.person(), case_id)
    on = today(db)
    by = NEGOTIATIONS.actor(db, case, WORK.person(), on)
    found: dict[str, Version] = {}
    if sight in AT_THE_TABLE:
        found[NOW] = Version("现在的文本", _text(db, case, on))
    for document in readable(db, case, by, on):
        if document.kind in COMPARED and document.facts:
            found[document.token] = Version(f"{date_in_figures(document.issued_on)}{document.title}", document.facts)
    if sight in AT_THE_TABLE and case.predecessor_id is not None:
        before = db.get_one(Negotiation, case.predecessor_id)
        found[BEFORE] = Version(f"前一合同《{before.title}》", _text(db, before, on))
    if not found:
        raise NotFoundException
    return case, {key: one for key, one in found.items() if _clauses(one.text)}


def _text(db: Session, case: Negotiation, on: date) -> dict[str, Any]:
    return facts_of(contract_text(db, case, is_draft=True, on=on, rules=rules(db, case)))


def _clauses(text: Mapping[str, Any]) -> list[Clause]:
    found = []
    for chapter in text["chapters"]:
        if chapter["title"]:
            found.append(Clause(chapter["title"], is_heading=True))
        found += [Clause(article["text"]) for article in chapter["articles"]]
    return found


def _table(text: Mapping[str, Any]) -> WageTable | None:
    table = text.get("wage_table")
    if not table:
        return None
    columns = tuple(Column(**column) for column in table["columns"])
    return WageTable(table["caption"], columns, tuple(tuple(row) for row in table["rows"]), table["note"])


routes = (show, file)
