"""An application for mediation without an account: which committee, the sheet, and the receipt with its access code."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from mediation import intake
from mediation.forms import HandIn
from mediation.intake import PublicApplication
from mediation.procedure import MEDIATION
from mediation.queries import facts
from web import casefile
from web.dispatch import in_read, in_write
from web.pages.follow import admit
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page
from web.security import at_most
from web.signing import seal, unseal
from workflow.forms import Invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.words import N_, Sentence, say

ADDRESS = "/apply"
SHORTEST = 2
"""Characters that a search needs."""


@get(ADDRESS, guards=[at_most(60)])
async def index(q: FromQuery[str] = "") -> Response[str]:
    return await in_read(_index, q.replace("\x00", "").strip())


@get(f"{ADDRESS}/{{place:str}}", guards=[at_most(60)])
async def show(place: FromPath[str]) -> Response[str]:
    return await in_read(_sheet, place, {}, {})


@post(f"{ADDRESS}/{{place:str}}", guards=[at_most(20)], status_code=200)
async def send(request: AnyRequest, place: FromPath[str]) -> Response[str]:
    return await in_write(_send, place, await posted(request))


def _index(db: Session, q: str) -> Response[str]:
    too_short = say(N_("请至少写{n}个字。"), n=SHORTEST) if q and len(q) < SHORTEST else None
    found = intake.places(db, q) if q and too_short is None else []
    return page(
        "pages/public/apply.html",
        status=422 if too_short else 200,
        q=q,
        error=too_short,
        places=[(one, _address(one)) for one in found],
        searched=bool(q) and too_short is None,
    )


def _address(place: intake.Place) -> str:
    return seal(READER.get().settings.secret, "apply", [place.committee.id, place.enterprise.id if place.enterprise else 0])


def _place(db: Session, sealed: str) -> tuple[Organisation, Organisation | None]:
    match unseal(READER.get().settings.secret, "apply", sealed):
        case [int(number), int(enterprise)]:
            committee = db.get(Organisation, number)
            if committee is not None and committee.kind == OrganisationKind.COMMITTEE:
                return committee, db.get(Organisation, enterprise) if enterprise else None
    raise NotFoundException


def _sheet(db: Session, sealed: str, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    committee, enterprise = _place(db, sealed)
    known = {"employer": enterprise.name, "employer_address": enterprise.address} if enterprise is not None else {}
    return page(
        "pages/public/application.html",
        status=422 if errors else 200,
        form=PublicApplication,
        values={"persons": 1, **known, **values},
        errors=errors,
        committee=committee,
        action=f"{ADDRESS}/{sealed}",
        once=values.get("once") or seal(READER.get().settings.secret, "once", secrets.token_hex(16)),
    )


def _send(db: Session, sealed: str, sent: Posted) -> Response[str]:
    settings = READER.get().settings
    committee, _ = _place(db, sealed)
    once = unseal(settings.secret, "once", sent.text("once"))
    if not isinstance(once, str):
        return _sheet(db, sealed, {**sent.values, "once": ""}, {"": [say(N_("这一页打开得太久了，请核对以后再提交一次。"))]})
    code = intake.code_from(settings.secret, once)
    try:
        form = PublicApplication.read({name: value for name, value in sent.values.items() if name != "once"})
        case = intake.apply_alone(db, form, committee, code=code, today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _sheet(db, sealed, sent.values, error.errors)
    seen = facts(db, case, today(db))
    response = page(
        "pages/public/receipt.html",
        case=case,
        code=code,
        committee=committee,
        periods=casefile.periods(MEDIATION, db, case, seen.rules),
        form=HandIn,
    )
    response.set_cookie(admit(case))
    return response


routes = (index, show, send)
