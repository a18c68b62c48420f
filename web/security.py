"""What every reply carries, and the check that a form was sent from a page of ours."""

import time
from collections import deque
from typing import Any
from weakref import WeakKeyDictionary

from litestar import Request
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict, MutableScopeHeaders, UploadFile
from litestar.exceptions import ClientException, TooManyRequestsException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard, Message, Scope

from web.dispatch import HOUSE, House
from web.render import CSRF_COOKIE
from web.sessions import API
from web.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def csrf(settings: Settings) -> CSRFConfig:
    """Signed double submit. The API is exempt: it takes bearer tokens only and no cookie."""
    return CSRFConfig(
        secret=settings.secret,
        cookie_name=CSRF_COOKIE,
        cookie_httponly=True,
        cookie_samesite="lax",
        cookie_secure=settings.secure_cookies,
        exclude=[f"^{API}"],
        exclude_from_csrf_key="without_reader",
    )


class Sent(Request[Any, Any, Any]):
    """A request whose form, if it cannot be read as text, is the sender's fault and not ours."""

    async def form(self) -> FormMultiDict:
        try:
            found = await super().form()
        except (UnicodeDecodeError, LookupError) as error:
            raise ClientException("a field is not text in UTF-8, or in a character set that does not exist") from error
        if isinstance(found.get("_csrf_token"), UploadFile):
            raise ClientException("the token is a file")
        return found


def at_most(times: int, seconds: float = 60) -> Guard:
    """A guard: so many requests from one network address to the route it stands on, in each process."""
    by_house: WeakKeyDictionary[House, dict[str, deque[float]]] = WeakKeyDictionary()

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        at = time.monotonic()
        seen = by_house.setdefault(HOUSE.get(), {})
        if len(seen) > 10_000:
            for address in [a for a, moments in seen.items() if moments[-1] < at - seconds]:
                del seen[address]
        moments = seen.setdefault(connection.client.host if connection.client else "", deque())
        while moments and moments[0] < at - seconds:
            moments.popleft()
        if len(moments) >= times:
            raise TooManyRequestsException
        moments.append(at)

    return guard


async def add_headers(message: Message, scope: Scope) -> None:
    """Before every reply. Pages are not kept by browsers or proxies: they hold what not everyone may see."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", "no-store")
    if scope["app"].state.settings.secure_cookies:
        headers.setdefault("strict-transport-security", "max-age=31536000")
