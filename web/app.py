"""The application: settings and a database in, an ASGI application out."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler, Message, Send

from web.api import routes as api
from web.background import at_work
from web.dispatch import House
from web.errors import HANDLERS
from web.pages import (
    admin,
    apply,
    ballots,
    batches,
    bundles,
    calculator,
    calendar,
    committees,
    congress,
    delegate,
    disclosures,
    dossiers,
    follow,
    grievances,
    hall,
    help,
    joint_meetings,
    law,
    login,
    me,
    mediation,
    messages,
    negotiations,
    organisations,
    papers,
    people,
    practice,
    proposals,
    public,
    reading,
    redlines,
    rolls,
    rounds,
    screen,
    sending,
    setup,
    static,
    statutes,
    styles,
    verify,
    voting,
    warnings,
    workbench,
)
from web.security import Sent, add_headers, csrf
from web.sessions import ReadersMiddleware
from web.settings import Settings
from workflow.database import Database

ROUTES: tuple[Sequence[ControllerRouterHandler], ...] = (
    static.routes,
    login.routes,
    setup.routes,
    practice.routes,
    me.routes,
    messages.routes,
    sending.routes,
    organisations.routes,
    people.routes,
    admin.routes,
    congress.routes,
    hall.routes,
    screen.routes,
    reading.routes,
    proposals.routes,
    joint_meetings.routes,
    disclosures.routes,
    grievances.routes,
    mediation.routes,
    warnings.routes,
    apply.routes,
    follow.routes,
    calculator.routes,
    committees.routes,
    rolls.routes,
    rounds.routes,
    voting.routes,
    delegate.routes,
    ballots.routes,
    workbench.routes,
    negotiations.routes,
    public.routes,
    papers.routes,
    verify.routes,
    dossiers.routes,
    redlines.routes,
    bundles.routes,
    batches.routes,
    styles.routes,
    law.routes,
    calendar.routes,
    statutes.routes,
    help.routes,
    api.routes,
)

LARGEST_REQUEST = 64 * 1024 * 1024
"""Bytes of one form with all its files."""


class Application(Litestar):
    """HEAD is answered as GET is, without the body (RFC 9110, 9.3.2): monitors ask so whether the pages are there."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        await super().__call__(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return head


@get("/{path:path}")
async def nowhere(path: FromPath[str]) -> None:
    """Any other address: a 404 page for the reader, with their menu."""
    raise NotFoundException


def create_app(settings: Settings, house: House | None = None) -> Litestar:
    """`house` may be given by a test or a command; otherwise one is opened, with jobs beside the pages, and closed at the end."""
    own = house or House(Database(settings.database), practice=settings.practice, secret=settings.secret)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        if house is not None or not settings.jobs:
            yield
        else:
            with at_work(own, settings):
                yield
        if house is None:
            own.close()

    return Application(
        [handler for routes in ROUTES for handler in routes] + [nowhere],
        middleware=[ReadersMiddleware(own, settings)],
        csrf_config=csrf(settings),
        request_class=Sent,
        exception_handlers=HANDLERS,
        before_send=[add_headers],
        lifespan=[lifespan],
        state=State({"settings": settings, "house": own}),
        openapi_config=None,
        request_max_body_size=LARGEST_REQUEST,
        logging_config=None,
    )


def from_environment() -> Litestar:
    """For a server that starts several processes."""
    return create_app(Settings.load())
