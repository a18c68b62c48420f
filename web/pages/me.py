"""A person's own account: password, second factor, sessions, tokens, and how pages look."""

import pyotp
import segno
from litestar import Response, get, post
from litestar.params import FromPath
from markupsafe import Markup
from sqlmodel import Session, col, select

from web.accounts import entry, invitations, second_factor, tokens
from web.accounts.forms import ChangePassword, Code, NewToken
from web.accounts.models import Account, ApiToken, WebSession
from web.confirming import objection
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import current_person, is_signed_in
from web.signing import seal, unseal
from workflow.forms import Invalid, invalid
from workflow.organisations import Organisation
from workflow.people import Appointment, appointments
from workflow.words import N_, Sentence, say

Errors = dict[str, list[Sentence]]

CHANGED = say(N_("密码已经改好，其他地方的登录都已退出。"))
CHANGED_WITH_TOKENS = say(N_("密码已经改好，其他地方的登录都已退出，接口令牌都已作废，还要用的请重新建立。"))


@get("/me", guards=[is_signed_in])
async def show() -> Response[str]:
    return await in_read(_page)


@post("/me/password", guards=[is_signed_in])
async def change_password(request: AnyRequest) -> Response[str]:
    sent = await posted(request)
    return await in_write(_change_password, sent, await _objection(request, sent.text("current"), N_("现在的密码不对。")))


@get("/me/totp", guards=[is_signed_in])
async def show_totp() -> Response[str]:
    return await in_read(_totp_page)


@post("/me/totp", guards=[is_signed_in])
async def set_up_totp(request: AnyRequest) -> Response[str]:
    return await in_write(_set_up_totp, await posted(request))


@post("/me/totp/off", guards=[is_signed_in])
async def turn_off_totp(request: AnyRequest) -> Response[str]:
    sent = await posted(request)
    return await in_write(_turn_off_totp, await _objection(request, sent.text("password"), N_("密码不对，两步验证没有关闭。")))


@post("/me/sessions/end", guards=[is_signed_in])
async def end_sessions(request: AnyRequest) -> Response[str]:
    return await in_write(_end_sessions, await posted(request))


@post("/me/tokens", guards=[is_signed_in])
async def create_token(request: AnyRequest) -> Response[str]:
    return await in_write(_create_token, await posted(request))


@post("/me/tokens/{token_id:int}/end", guards=[is_signed_in])
async def end_token(token_id: FromPath[int]) -> Response[str]:
    return await in_write(_end_token, token_id)


async def _objection(request: AnyRequest, typed: str, wrong: str) -> Sentence | None:
    """An empty box is no try."""
    return await objection(request, typed, say(wrong)) if typed else say(wrong)


def _account(db: Session) -> Account:
    return db.get_one(Account, READER.get().account_id)


def _page(db: Session, errors: Errors | None = None, about: str = "") -> Response[str]:
    person, account = current_person(db), _account(db)
    held = sorted(appointments(db, person.id or 0, today(db)), key=lambda a: a.id or 0)
    places: list[tuple[Appointment, Organisation]] = [(a, db.get_one(Organisation, a.organisation_id)) for a in held]
    sessions = db.exec(select(WebSession).where(WebSession.account_id == account.id).order_by(col(WebSession.seen_at).desc())).all()
    api_tokens = db.exec(
        select(ApiToken).where(ApiToken.account_id == account.id, col(ApiToken.ended_on).is_(None)).order_by(col(ApiToken.id))
    ).all()
    return page(
        "pages/me/me.html",
        status=422 if errors else 200,
        person=person,
        account=account,
        places=places,
        sessions=sessions,
        tokens=api_tokens,
        password_form=ChangePassword,
        token_form=NewToken,
        errors=errors or {},
        about=about,
    )


def _change_password(db: Session, sent: Posted, wrong: Sentence | None) -> Response[str]:
    account = _account(db)
    try:
        form = ChangePassword.read(sent.values)
        if wrong is not None:
            raise Invalid({"current": [wrong]})
        if form.password != form.again:
            raise invalid("again", N_("两次输入的密码不一样。"))
        invitations.choose_password(db, account, form.password)
    except Invalid as error:
        return _page(db, error.errors, "password")
    assert account.id is not None
    entry.end_sessions(db, account.id, but=READER.get().session_id)
    return redirect("/me", CHANGED_WITH_TOKENS if tokens.end_all(db, account.id, on=today(db)) else CHANGED)


def _totp_page(db: Session, secret: str = "", errors: Errors | None = None) -> Response[str]:
    account = _account(db)
    secret = secret or pyotp.random_base32()
    address = pyotp.TOTP(secret, name=account.login, issuer="heyi").provisioning_uri()
    picture = segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return page(
        "pages/me/totp.html",
        status=422 if errors else 200,
        account=account,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        sealed_secret=seal(READER.get().settings.secret, "totp", [account.id, secret]),
        picture=Markup(picture),  # noqa: S704
        form=Code,
        errors=errors or {},
    )


def _set_up_totp(db: Session, sent: Posted) -> Response[str]:
    account = _account(db)
    match unseal(READER.get().settings.secret, "totp", sent.text("_secret")):
        case [account.id, str(secret)] if not account.totp_secret:
            pass
        case _:
            return redirect("/me/totp")
    step = entry.matching_step(secret, sent.text("code"), at=now())
    if step is None:
        wrong = say(N_("验证码不对。请确认手机时间准确，再输入验证器里新的一组数字。"))
        return _totp_page(db, secret, {"code": [wrong]})
    assert account.id is not None
    account.totp_secret, account.totp_step = second_factor.locked(READER.get().settings.totp_key, account.id, secret), step
    db.add(account)
    entry.end_sessions(db, account.id, but=READER.get().session_id)
    return redirect("/me", say(N_("两步验证已经开启，下次登录要输入验证码。")))


def _turn_off_totp(db: Session, wrong: Sentence | None) -> Response[str]:
    account = _account(db)
    if wrong is not None:
        return _page(db, {"totp_password": [wrong]}, "totp")
    account.totp_secret, account.totp_step = "", 0
    db.add(account)
    return redirect("/me", say(N_("两步验证已经关闭。")))


def _end_sessions(db: Session, sent: Posted) -> Response[str]:
    reader = READER.get()
    assert reader.account_id is not None
    one = sent.text("session")
    if one.isdecimal() and len(one) < 19 and int(one) != reader.session_id:
        entry.end_sessions(db, reader.account_id, only=int(one))
    elif not one:
        entry.end_sessions(db, reader.account_id, but=reader.session_id)
    return redirect("/me", say(N_("已经退出那里的登录。")))


def _create_token(db: Session, sent: Posted) -> Response[str]:
    try:
        form = NewToken.read(sent.values)
    except Invalid as error:
        return _page(db, error.errors, "token")
    token = tokens.create(db, _account(db), form.name, on=today(db))
    return page("pages/me/token.html", token=token, name=form.name)


def _end_token(db: Session, token_id: int) -> Response[str]:
    reader = READER.get()
    assert reader.account_id is not None
    tokens.end(db, reader.account_id, token_id, on=today(db))
    return redirect("/me", say(N_("令牌已经作废。")))


routes = (show, change_password, show_totp, set_up_totp, turn_off_totp, end_sessions, create_token, end_token)
