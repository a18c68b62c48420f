"""The first start: an empty database asks for its administrator and first organisation, or loads the demonstration."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from sqlmodel import Session

from web.accounts.setup import add_administrator, is_empty, wait_for_turn
from web.demo import NotEmpty, load
from web.dispatch import in_read, in_write
from web.pages.forms import SetUp
from web.pages.organisations import region_choices
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from workflow.forms import Invalid
from workflow.words import N_, Sentence, say

TAKEN = say(N_("本系统刚刚已经由别人建好了，没有再建。请向建立的人要一个账户。"))


@get("/setup")
async def show() -> Response[str]:
    return await in_read(_page, {}, {})


@post("/setup")
async def set_up(request: AnyRequest) -> Response[str]:
    return await in_write(_set_up, await posted(request))


@post("/setup/demonstration")
async def load_demonstration() -> Response[str]:
    return await in_write(_load)


def _page(db: Session, values: Mapping[str, Any], errors: dict[str, list[Sentence]]) -> Response[str]:
    if not is_empty(db):
        raise NotFoundException
    return page(
        "pages/setup/setup.html",
        status=422 if errors else 200,
        form=SetUp,
        values=values or {"kind": "federation"},
        errors=errors,
        choices={"region": region_choices()},
    )


def _set_up(db: Session, sent: Posted) -> Response[str]:
    wait_for_turn(db)
    if not is_empty(db):
        return redirect("/login", TAKEN)
    try:
        form = SetUp.read(sent.values)
        add_administrator(
            db,
            login=form.login,
            name=form.name,
            password=form.password,
            organisation=form.organisation,
            kind=form.kind,
            region=form.region,
            on=today(db),
            at=now(),
        )
    except Invalid as error:
        return _page(db, sent.values, error.errors)
    return redirect("/login", say(N_("已经建好。请用刚才的用户名和密码登录，再登记单位和人员。")))


def _load(db: Session) -> Response[str]:
    wait_for_turn(db)
    if not is_empty(db):
        return redirect("/login", TAKEN)
    try:
        accounts = load(db, today(db), now())
    except NotEmpty as error:
        return _page(db, {}, {"": [error.sentence]})
    return page("pages/setup/demonstration.html", accounts=accounts)


routes = (show, set_up, load_demonstration)
