"""What the administrator keeps: accounts, and the state of the installation. No case is seen from here."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from web.accounts import entry, invitations, tokens
from web.accounts.models import Account, Invitation
from web.dispatch import HOUSE, in_read, in_write
from web.pages.forms import OpenAccount
from web.pages.people import offices_of
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, at_page, page, redirect
from web.sessions import is_administrator
from workflow.database import sqlite_module
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.people import Person
from workflow.words import N_, Sentence, say

AT_ONCE = 50


@get("/admin", guards=[is_administrator])
async def show() -> Response[str]:
    return await in_read(_overview)


@get("/admin/accounts", guards=[is_administrator])
async def accounts(q: FromQuery[str] = "", number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_accounts, q.strip(), at_page(number))


@get("/admin/accounts/new", guards=[is_administrator])
async def show_open(person: FromQuery[int]) -> Response[str]:
    return await in_read(_open_page, person, {}, {})


@post("/admin/accounts/new/{person_id:int}", guards=[is_administrator])
async def open_account(request: AnyRequest, person_id: FromPath[int]) -> Response[str]:
    return await in_write(_open, person_id, await posted(request), _base(request))


@post("/admin/accounts/{account_id:int}/invitation", guards=[is_administrator])
async def invite(request: AnyRequest, account_id: FromPath[int]) -> Response[str]:
    return await in_write(_invite, account_id, _base(request))


@post("/admin/accounts/{account_id:int}/lock", guards=[is_administrator])
async def lock(account_id: FromPath[int]) -> Response[str]:
    return await in_write(_lock, account_id)


@post("/admin/accounts/{account_id:int}/unlock", guards=[is_administrator])
async def unlock(account_id: FromPath[int]) -> Response[str]:
    return await in_write(_unlock, account_id)


@post("/admin/accounts/{account_id:int}/totp", guards=[is_administrator])
async def reset_totp(account_id: FromPath[int]) -> Response[str]:
    return await in_write(_reset_totp, account_id)


def _overview(db: Session) -> Response[str]:
    house, settings = HOUSE.get(), READER.get().settings

    def count(table: Any) -> int:
        return db.exec(select(func.count()).select_from(table)).one()

    return page(
        "pages/admin/overview.html",
        organisations=count(Organisation),
        people=count(Person),
        accounts=count(Account),
        locked=db.exec(select(func.count()).where(or_(col(Account.closed).is_(True), col(Account.locked_until) > now()))).one(),
        pending=db.exec(select(func.count()).where(col(Invitation.used_at).is_(None), col(Invitation.expires_at) > now())).one(),
        database="SQLite " + sqlite_module().sqlite_version if house.database.is_sqlite else "PostgreSQL",
        is_faulty=house.database.is_faulty_sqlite(),
        settings=settings,
    )


def _accounts(db: Session, q: str, number: int) -> Response[str]:
    query = select(Account, Person).join(Person, col(Person.id) == col(Account.person_id)).order_by(col(Account.login))
    if q:
        query = query.where(or_(col(Account.login).contains(q.casefold(), autoescape=True), col(Person.name).contains(q, autoescape=True)))
    count = db.exec(select(func.count()).select_from(query.subquery())).one()
    found = db.exec(query.offset((number - 1) * AT_ONCE).limit(AT_ONCE)).all()
    return page(
        "pages/admin/accounts.html",
        q=q,
        total=count,
        accounts=[(account, person, state(account, at=now())) for account, person in found],
        held=offices_of(db, [person.id for _account, person in found if person.id is not None]),
        number=number,
        pages=max(1, -(-count // AT_ONCE)),
    )


def state(account: Account, *, at: datetime) -> tuple[str, str]:
    """Label and colour."""
    if account.closed:
        return N_("已停用"), "bad"
    if account.locked_until and account.locked_until > at:
        return N_("暂时锁定"), "warn"
    if not account.password_hash:
        return N_("等待设密码"), "act"
    return N_("正常"), "ok"


def _open_page(db: Session, person_id: int, values: dict[str, Any], errors: dict[str, list[Sentence]]) -> Response[str]:
    person = db.get(Person, person_id)
    if person is None:
        raise NotFoundException
    return page("pages/admin/open.html", status=422 if errors else 200, person=person, form=OpenAccount, values=values, errors=errors)


def _open(db: Session, person_id: int, sent: Posted, base: str) -> Response[str]:
    person = db.get(Person, person_id)
    if person is None:
        raise NotFoundException
    try:
        form = OpenAccount.read(sent.values)
        account = invitations.open_account(db, person, form.login, at=now())
    except Invalid as error:
        return _open_page(db, person_id, sent.values, error.errors)
    return _link_page(db, account, person, base)


def _invite(db: Session, account_id: int, base: str) -> Response[str]:
    account = _account(db, account_id)
    return _link_page(db, account, db.get_one(Person, account.person_id), base)


def _link_page(db: Session, account: Account, person: Person, base: str) -> Response[str]:
    link = f"{base}/invitation/{invitations.invite(db, account.person_id, at=now())}"
    return page("pages/admin/link.html", account=account, person=person, link=link, days=invitations.VALID.days)


def _account(db: Session, account_id: int) -> Account:
    account = db.get(Account, account_id)
    if account is None:
        raise NotFoundException
    return account


def _lock(db: Session, account_id: int) -> Response[str]:
    if account_id == READER.get().account_id:
        return redirect("/admin/accounts", say(N_("不能停用自己的账户，请由另一位管理员来办。")))
    account = _account(db, account_id)
    account.closed = True
    db.add(account)
    entry.end_sessions(db, account_id)
    tokens.end_all(db, account_id, on=today(db))
    return redirect("/admin/accounts", say(N_("已停用{login}，它的登录都已退出，接口令牌都已作废。"), login=account.login))


def _unlock(db: Session, account_id: int) -> Response[str]:
    account = _account(db, account_id)
    account.closed, account.failures, account.locked_until = False, 0, None
    db.add(account)
    return redirect("/admin/accounts", say(N_("{login}可以登录了。"), login=account.login))


def _reset_totp(db: Session, account_id: int) -> Response[str]:
    account = _account(db, account_id)
    account.totp_secret, account.totp_step = "", 0
    db.add(account)
    entry.end_sessions(db, account_id, but=READER.get().session_id if account_id == READER.get().account_id else None)
    tokens.end_all(db, account_id, on=today(db))
    said = N_("已重置{login}的两步验证，它的登录都已退出，接口令牌都已作废；登录后可以重新设置。")
    return redirect("/admin/accounts", say(said, login=account.login))


def _base(request: AnyRequest) -> str:
    return READER.get().settings.address or str(request.base_url).rstrip("/")


routes = (show, accounts, show_open, open_account, invite, lock, unlock, reset_totp)
