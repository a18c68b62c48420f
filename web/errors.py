"""Errors become messages here and nowhere else: a page, a fragment for htmx, or problem details for the API (RFC 9457)."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from litestar import MediaType, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    PermissionDeniedException,
    TooManyRequestsException,
)
from litestar.types import ExceptionHandlersMap

from web.languages import LOCALES
from web.render import READER, AnyRequest, page, redirect, render, word
from web.sessions import API, FromElsewhere, MustSetUp, NotAllowed, NotSignedIn, plain_reader
from workflow.forms import Invalid
from workflow.procedure import Changed, Reason, Refused
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, say

log = logging.getLogger("heyi")


STALE = say(N_("页面放得太久，或者不是从本系统打开的，请返回刷新后再试。刚才的内容没有保存。"))
CHANGED = say(N_("别人刚刚办理了这件事，您看到的页面已经不是最新的。请刷新后再看，刚才的内容没有保存。"))


def refused(request: AnyRequest, error: Refused) -> Response[Any]:
    _ensure_reader(request)
    if _is_api(request):
        title = word(say(N_("现在还不能“{label}”"), label=word(error.label)))
        return problem(409, title, reasons=[reason_json(reason) for reason in error.reasons])
    if request.headers.get("hx-request"):
        body = render("pages/errors/refusal.html", refusal=error)
        return Response(
            body, status_code=409, media_type=MediaType.HTML, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:top"}
        )
    return page("pages/errors/refused.html", status=409, refusal=error, back=request.url.path.rsplit("/", 1)[0] or "/")


def invalid(request: AnyRequest, error: Invalid) -> Response[Any]:
    """Page functions show their form again themselves; this is for the API, and for a form without a page."""
    _ensure_reader(request)
    if _is_api(request):
        return problem(422, word(N_("填写的内容有错")), errors={name: [word(s) for s in said] for name, said in error.errors.items()})
    return page(
        "pages/errors/plain.html", status=422, heading=N_("填写的内容有错"), sentences=[s for said in error.errors.values() for s in said]
    )


def changed(request: AnyRequest, _error: Changed) -> Response[Any]:
    return _plain(request, 412 if _is_api(request) else 409, N_("页面不是最新的"), CHANGED)


def not_signed_in(request: AnyRequest, _error: NotSignedIn) -> Response[Any]:
    _ensure_reader(request)
    if _is_api(request):
        response = problem(401, word(N_("请带上有效的令牌调用。")))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    back = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    if request.headers.get("hx-request"):
        return Response("", status_code=204, headers={"HX-Redirect": "/login"}, media_type=MediaType.HTML)
    return redirect("/login" if back == "/" else f"/login?next={back}{query}")


def not_allowed(request: AnyRequest, _error: NotAllowed) -> Response[Any]:
    return _plain(request, 403, N_("这一页由系统管理员使用"), say(N_("要办这件事，请联系本单位的系统管理员。")))


def must_set_up(request: AnyRequest, _error: MustSetUp) -> Response[Any]:
    _ensure_reader(request)
    if _is_api(request):
        return problem(
            403, word(N_("担任职务的人要先设置两步验证。")), detail=word(N_("请令牌的主人先登录网页，在“我的账户”里设置两步验证。"))
        )
    return redirect("/me/totp", say(N_("担任职务的人要先设置两步验证。")))


def from_elsewhere(request: AnyRequest, _error: FromElsewhere) -> Response[Any]:
    return _plain(request, 403, N_("没有办理"), STALE)


def http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Errors of the framework itself."""
    match error:
        case NotFoundException() | MethodNotAllowedException():
            sentence = say(N_("没有这一页，或者它不对您开放。地址可能抄错了，也可能已经改变。"))
            return _plain(request, 404, N_("找不到这一页"), sentence)
        case PermissionDeniedException():
            return _plain(request, 403, N_("没有办理"), STALE)
        case TooManyRequestsException():
            return _plain(request, 429, N_("请求太频繁"), say(N_("请过一分钟再试。")))
        case _ if error.status_code == 413:
            return _plain(request, 413, N_("文件太大"), say(N_("一次上传的文件合起来太大了，请分几次上传。")))
        case _ if error.status_code < 500:
            return _plain(request, error.status_code, N_("请求有误"), say(N_("地址或者内容的写法不对，请返回检查。")))
    return unexpected(request, error)


def unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """A bug: a page with a number by which the log line is found."""
    number = secrets.token_hex(4)
    log.error("error %s at %s %s", number, request.method, request.url.path, exc_info=error)
    sentence = say(N_("程序出了错，刚才的内容没有保存。请稍后再试；还不行，请把编号{number}告诉系统管理员。"), number=number)
    return _plain(request, 500, N_("程序出了错"), sentence)


HANDLERS: ExceptionHandlersMap = {
    Refused: refused,
    Invalid: invalid,
    Changed: changed,
    NotSignedIn: not_signed_in,
    NotAllowed: not_allowed,
    MustSetUp: must_set_up,
    FromElsewhere: from_elsewhere,
    HTTPException: http_error,
    Exception: unexpected,
}


def problem(status: int, title: str, /, **members: Any) -> Response[Mapping[str, Any]]:
    """Problem details. `members` stand beside the standard ones."""
    body = {"type": "about:blank", "title": title, "status": status, **members}
    headers = {"Content-Language": LOCALES[READER.get().language]}
    return Response(body, status_code=status, media_type="application/problem+json", headers=headers)


def reason_json(reason: Reason) -> dict[str, Any]:
    """A reason as the API gives it, in the caller's language."""
    return {
        "rule": reason.rule,
        "article": "、".join(c.in_full for c in reason.citations) or None,
        "text": word(reason.sentence),
        "remedy": word(reason.remedy) if reason.remedy else None,
        "who": [word(SEAT_LABELS[seat]) for seat in Seat if seat in reason.who],
        "from": reason.from_.isoformat() if reason.from_ else None,
    }


def _plain(request: AnyRequest, status: int, heading: str, sentence: Sentence) -> Response[Any]:
    _ensure_reader(request)
    if _is_api(request):
        return problem(status, word(heading), detail=word(sentence))
    return page("pages/errors/plain.html", status=status, heading=heading, sentences=[sentence])


def _is_api(request: AnyRequest) -> bool:
    return request.url.path.startswith(API)


def _ensure_reader(request: AnyRequest) -> None:
    """An error before anybody was looked up (a faulty address) still gets a page in the right language."""
    reader = READER.get(None)
    if reader is None or reader.scope is not request.scope:
        READER.set(plain_reader(request, request.app.state.settings))
