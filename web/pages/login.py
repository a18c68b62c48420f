"""Signing in, with a second step where the account has one; signing out; choosing a password by invitation."""

import logging
from datetime import timedelta

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from web.accounts import entry, invitations, tokens
from web.accounts.forms import Code, NewPassword, SignIn
from web.accounts.models import Account
from web.accounts.second_factor import Unreadable
from web.accounts.setup import is_empty
from web.dispatch import in_read, in_write
from web.pages.me import CHANGED, CHANGED_WITH_TOKENS
from web.pages.static import local_address
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.security import at_most
from web.sessions import cookie, ended_cookie, session_cookie
from web.signing import seal, unseal
from workflow.forms import Invalid, invalid
from workflow.words import N_, Sentence, say

log = logging.getLogger("heyi")

UNREADABLE = say(N_("您的两步验证读不出来：系统的密钥换过了。请联系系统管理员重置两步验证。"))

TICKET = timedelta(minutes=5)
"""How long the second step may take."""


@get("/login")
async def show_login(next: FromQuery[str] = "/") -> Response[str]:
    if READER.get().person:
        return redirect(local_address(next))
    if await in_read(is_empty):
        return redirect("/setup")
    return await in_read(_login_page, Posted({"next": next}), {})


@post("/login", guards=[at_most(60)])
async def sign_in(request: AnyRequest) -> Response[str]:
    sent = await posted(request)
    at, address = now(), _address(request)
    try:
        form = SignIn.read({name: sent.text(name) for name in ("login", "password")})
    except Invalid as error:
        return await in_read(_login_page, sent, error.errors)
    if await in_read(entry.is_throttled, address, at=at):
        return await in_read(_login_page, sent, _whole(say(N_("从这个网络地址输错的次数太多，请过十五分钟再试。"))), 429)
    verdict = await in_read(entry.judge, form.login, form.password, at=at)
    if verdict.is_right and verdict.account_id is not None:
        if verdict.needs_code:
            return await in_read(_code_page, _ticket(verdict.account_id), sent.text("next"), {})
        return await _enter(request, verdict.account_id, sent.text("next"))
    locked_until = verdict.locked_until or await in_write(entry.record_failure, verdict.account_id, address, at=at)
    return await in_read(_login_page, sent, _whole(entry.locked(locked_until) if locked_until else entry.WRONG))


@post("/login/code", guards=[at_most(60)])
async def give_code(request: AnyRequest) -> Response[str]:
    sent = await posted(request)
    at, address = now(), _address(request)
    account_id = _holder(sent.text("ticket"))
    if account_id is None:
        return redirect("/login", say(N_("输入验证码的时间过了，请重新登录。")))
    locked_until = await in_read(entry.locked_until, account_id, at=at)
    try:
        if not locked_until and await in_write(entry.take_code, account_id, sent.text("code"), at=at, key=READER.get().settings.totp_key):
            return await _enter(request, account_id, sent.text("next"))
    except Unreadable:
        log.error("the second step of account %s cannot be read: HEYI_TOTP_KEY or HEYI_SECRET is not what it was", account_id)
        return await in_read(_code_page, sent.text("ticket"), sent.text("next"), {"code": [UNREADABLE]})
    locked_until = locked_until or await in_write(entry.record_failure, account_id, address, at=at)
    wrong = entry.locked(locked_until) if locked_until else say(N_("验证码不对，或者已经用过。请输入验证器里新的一组数字。"))
    return await in_read(_code_page, sent.text("ticket"), sent.text("next"), {"code": [wrong]})


@post("/logout")
async def sign_out(request: AnyRequest) -> Response[str]:
    reader = READER.get()
    if reader.account_id and reader.session_id:
        await in_write(entry.end_sessions, reader.account_id, only=reader.session_id)
    response = redirect("/login", say(N_("已经退出。")))
    response.set_cookie(ended_cookie(reader.settings, session_cookie(reader.settings)))
    return response


@get("/invitation/{token:str}", guards=[at_most(60)])
async def show_invitation(token: FromPath[str]) -> Response[str]:
    return await in_read(_invitation_page, token, {})


@post("/invitation/{token:str}", guards=[at_most(60)])
async def accept_invitation(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    sent = await posted(request)
    try:
        account_id, needs_code, ended = await in_write(_accept, token, sent)
    except Invalid as error:
        return await in_read(_invitation_page, token, error.errors)
    if needs_code:
        return redirect("/login", CHANGED_WITH_TOKENS if ended else CHANGED)
    return await _enter(request, account_id, "/", CHANGED_WITH_TOKENS if ended else say(N_("密码已经设好。欢迎使用合意。")))


def _login_page(db: Session, sent: Posted, errors: dict[str, list[Sentence]], status: int = 422) -> Response[str]:
    return page(
        "pages/login/login.html", status=status if errors else 200, form=SignIn, values=sent.values, errors=errors, next=sent.text("next")
    )


def _code_page(db: Session, ticket: str, next: str, errors: dict[str, list[Sentence]]) -> Response[str]:
    return page("pages/login/code.html", status=422 if errors else 200, form=Code, ticket=ticket, next=next, errors=errors)


def _invitation_page(db: Session, token: str, errors: dict[str, list[Sentence]]) -> Response[str]:
    found = invitations.invited(db, token, at=now())
    if found is None:
        return page(
            "pages/errors/plain.html",
            status=404,
            heading=N_("这个邀请链接不能用了"),
            sentences=[say(N_("链接只能用一次，七天内有效；发出新链接后，旧的也不能再用。请向系统管理员再要一个。"))],
        )
    _invitation, account, person = found
    return page(
        "pages/login/invitation.html",
        status=422 if errors else 200,
        form=NewPassword,
        token=token,
        account=account,
        person=person,
        errors=errors,
    )


def _accept(db: Session, token: str, sent: Posted) -> tuple[int, bool, int]:
    """Whose account it is, whether a code is still wanted (a link is no second factor), and how many tokens ended.

    Whoever was in with the old password is out, and so are the programs.
    """
    found = invitations.invited(db, token, at=now())
    if found is None:
        raise NotFoundException
    invitation, account, _person = found
    invitations.accept(db, invitation, account, chosen_password(sent), at=now())
    assert account.id is not None
    entry.end_sessions(db, account.id)
    return account.id, account.totp_secret != "", tokens.end_all(db, account.id, on=today(db))


def chosen_password(sent: Posted) -> str:
    """The new password, typed twice alike. Raises `Invalid`."""
    form = NewPassword.read({name: sent.text(name) for name in ("password", "again")})
    if form.password != form.again:
        raise invalid("again", N_("两次输入的密码不一样。"))
    return form.password


async def _enter(request: AnyRequest, account_id: int, next: str, flash: Sentence | None = None) -> Response[str]:
    settings = READER.get().settings
    token, account, prompt = await in_write(_begin, request, account_id)
    if prompt and flash is None:
        flash = say(N_("建议在“我的账户”里设置两步验证，密码泄露时别人也登不上。"))
    response = redirect(local_address(next), flash)
    response.set_cookie(cookie(settings, session_cookie(settings), token))
    if "heyi_language" not in request.cookies:
        response.set_cookie(cookie(settings, "heyi_language", account.language, days=400))
    return response


def _begin(db: Session, request: AnyRequest, account_id: int) -> tuple[str, Account, bool]:
    account = db.get_one(Account, account_id)
    agent = request.headers.get("user-agent", "")
    token = entry.begin_session(db, account_id, address=_address(request), agent=agent, at=now())
    return token, account, not account.totp_secret and entry.is_officer(db, account.person_id)


def _ticket(account_id: int) -> str:
    return seal(READER.get().settings.secret, "ticket", [account_id, int((now() + TICKET).timestamp())])


def _holder(ticket: str) -> int | None:
    match unseal(READER.get().settings.secret, "ticket", ticket):
        case [int(account_id), int(until)] if until > now().timestamp():
            return account_id
    return None


def _whole(sentence: Sentence) -> dict[str, list[Sentence]]:
    return {"": [sentence]}


def _address(request: AnyRequest) -> str:
    return request.client.host if request.client else ""


routes = (show_login, sign_in, give_code, sign_out, show_invitation, accept_invitation)
