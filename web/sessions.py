"""Who reads: from the session cookie or the bearer token, once a request, before any handler runs.

A request that only reads writes nothing but, at most every ten minutes, that the session is in use.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlmodel import Session

from web.accounts import entry, tokens
from web.accounts.models import Account
from web.dispatch import HOUSE, House
from web.languages import LANGUAGES, accepted
from web.practice import SHANGHAI, now, today
from web.render import READER, AnyRequest, Reader
from web.settings import Settings
from web.signing import unseal
from workflow.organisations import Organisation
from workflow.outbox import unread
from workflow.people import Office, Person, appointments

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
SET_UP_PATHS = ("/me/totp", "/logout", "/preferences", "/practice-date")


class NotSignedIn(Exception):
    pass


class NotAllowed(Exception):
    """Signed in, but the page is for administrators."""


class MustSetUp(Exception):
    """Where a second factor is required of officers, nothing else is open before it is set up."""


class FromElsewhere(Exception):
    """A form sent from another site."""


class ReadersMiddleware(ASGIMiddleware):
    """Sets `HOUSE` and `READER` for everything that runs in the request."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, house: House, settings: Settings) -> None:
        self.house = house
        self.settings = settings

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        HOUSE.set(self.house)
        request: AnyRequest = Request(scope)
        if scope["route_handler"].opt.get("without_reader"):
            READER.set(plain_reader(request, self.settings))
        elif request.url.path.startswith(API):
            READER.set(await self.house.in_read(_caller, request, self.settings))
            await self._mark_token(request)
            if READER.get().must_set_up:
                raise MustSetUp
        else:
            READER.set(await self.house.in_read(_reader, request, self.settings))
            await self._touch(request)
            if request.method not in SAFE_METHODS:
                _refuse_other_sites(request, self.settings)
            if READER.get().must_set_up and not request.url.path.startswith(SET_UP_PATHS):
                raise MustSetUp
        if any(not _is_storable(found) for found in scope["path_params"].values()):
            raise NotFoundException
        await next_app(scope, receive, send)

    async def _touch(self, request: AnyRequest) -> None:
        session_id = request.scope["state"].get("touch")
        if session_id:
            await self.house.in_write(entry.touch, session_id, at=now())

    async def _mark_token(self, request: AnyRequest) -> None:
        token_id = request.scope["state"].get("mark_token")
        if token_id:
            await self.house.in_write(tokens.mark_used, token_id, on=READER.get().today)


def _is_storable(value: object) -> bool:
    """Whether a part of an address can be looked for in the database at all."""
    return 0 < value < 2**63 if isinstance(value, int) else "\x00" not in str(value)


def session_cookie(settings: Settings) -> str:
    return "__Host-heyi_session" if settings.secure_cookies else "heyi_session"


def cookie(settings: Settings, name: str, value: str, *, days: int | None = None) -> Cookie:
    """As every cookie of ours is: closed to scripts, not sent from other sites, TLS only where there is TLS."""
    age = days * 86400 if days else None
    return Cookie(key=name, value=value, path="/", max_age=age, httponly=True, samesite="lax", secure=settings.secure_cookies)


def ended_cookie(settings: Settings, name: str) -> Cookie:
    return Cookie(key=name, value="", path="/", max_age=0, httponly=True, samesite="lax", secure=settings.secure_cookies)


def current_person(db: Session) -> Person:
    """The person signed in, in this session of the database. Raises `NotSignedIn`."""
    person = READER.get().person
    if person is None:
        raise NotSignedIn
    return db.get_one(Person, person.id)


async def is_signed_in(_connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    if READER.get().person is None:
        raise NotSignedIn


async def is_administrator(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    await is_signed_in(connection, handler)
    if not READER.get().is_administrator:
        raise NotAllowed


def plain_reader(request: AnyRequest, settings: Settings, day: date | None = None) -> Reader:
    """By the cookies alone, of a program by what it accepts: for files, and for errors before anybody was looked up. What else
    stands in them is nobody's liking.
    """
    language, theme, size = (request.cookies.get(f"heyi_{name}", "") for name in ("language", "theme", "size"))
    if request.url.path.startswith(API):
        language = accepted(request.headers.get("accept-language", ""))
    return Reader(
        settings,
        day or now().astimezone(SHANGHAI).date(),
        language=language if language in LANGUAGES else "zh",
        theme=theme if theme in ("light", "dark") else "",
        size="large" if size == "large" else "",
        path=request.url.path,
        query=request.url.query,
        scope=request.scope,
    )


def _reader(db: Session, request: AnyRequest, settings: Settings) -> Reader:
    at = now()
    flash = unseal(settings.secret, "flash", request.cookies.get("heyi_flash", ""))
    reader = replace(plain_reader(request, settings, today(db)), flash=str(flash or ""))
    token = request.cookies.get(session_cookie(settings), "")
    found = entry.session_of(db, token, at=at) if token else None
    if found is None:
        return reader
    session, account = found
    if session.seen_at + entry.TOUCH < at:
        request.scope["state"]["touch"] = session.id
    return _with_person(db, replace(reader, session_id=session.id), account)


def _caller(db: Session, request: AnyRequest, settings: Settings) -> Reader:
    reader = plain_reader(request, settings, today(db))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = tokens.bearer(db, token.strip()) if scheme.lower() == "bearer" and token else None
    if found is None:
        return reader
    api_token, account = found
    if api_token.last_used_on != reader.today:
        request.scope["state"]["mark_token"] = api_token.id
    return _with_person(db, reader, account)


def _with_person(db: Session, reader: Reader, account: Account) -> Reader:
    held = appointments(db, account.person_id, reader.today)
    first = min(held, key=lambda a: a.id or 0, default=None)
    home = db.get(Organisation, first.organisation_id) if first else None
    return replace(
        reader,
        person=db.get_one(Person, account.person_id),
        account_id=account.id,
        must_set_up=reader.settings.totp == "required" and not account.totp_secret and entry.is_officer(db, account.person_id),
        is_administrator=any(a.office == Office.ADMINISTRATOR for a in held),
        organisation=(home.short_name or home.name) if home else "",
        unread=unread(db, account.person_id),
    )


def _refuse_other_sites(request: AnyRequest, settings: Settings) -> None:
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise FromElsewhere
    origin = request.headers.get("origin")
    if site is None and origin is not None:
        host = urlsplit(origin).netloc
        if not host or host not in (request.headers.get("host", ""), urlsplit(settings.address).netloc):
            raise FromElsewhere
