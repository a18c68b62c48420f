"""Signing in and out: the password, the code, the lock, and the session that follows."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from web.accounts import passwords, second_factor
from web.accounts.models import OFFICERS, Account, SignInFailure, WebSession
from web.practice import SHANGHAI, today
from web.signing import digest
from workflow.people import appointments
from workflow.words import N_, Sentence, say

TRIES = 5
LOCK = timedelta(minutes=15)
TRIES_FROM_ONE_ADDRESS = 30
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TOUCH = timedelta(minutes=10)
"""A session's last use is written at most this often, so that reading a page is not a write."""


@dataclass(frozen=True)
class Verdict:
    """What a login and password are worth."""

    account_id: int | None
    is_right: bool
    needs_code: bool = False
    locked_until: datetime | None = None


def judge(db: Session, login: str, password: str, *, at: datetime) -> Verdict:
    """Writes nothing. While an account is locked its password is not looked at."""
    account = db.exec(select(Account).where(Account.login == login.strip().casefold())).first()
    if account and account.locked_until and account.locked_until > at:
        return Verdict(account.id, False, locked_until=account.locked_until)
    is_right = passwords.matches(account.password_hash if account and not account.closed else "", password)
    return Verdict(account.id if account else None, is_right, needs_code=is_right and account is not None and account.totp_secret != "")


def is_throttled(db: Session, address: str, *, at: datetime) -> bool:
    """Too many failures from one network address."""
    tries = db.exec(select(func.count()).where(SignInFailure.address == address, SignInFailure.at > at - LOCK)).one()
    return tries >= TRIES_FROM_ONE_ADDRESS


def record_failure(db: Session, account_id: int | None, address: str, *, at: datetime) -> datetime | None:
    """Until when the account is now locked, if this was one try too many."""
    db.exec(delete(SignInFailure).where(col(SignInFailure.at) < at - LOCK))
    db.add(SignInFailure(address=address[:64], at=at))
    account = db.get(Account, account_id, with_for_update=True) if account_id else None
    if account is None:
        return None
    if account.locked_until and account.locked_until > at:
        return account.locked_until
    account.failures += 1
    if account.failures >= TRIES:
        account.failures, account.locked_until = 0, at + LOCK
    db.add(account)
    return account.locked_until if account.locked_until and account.locked_until > at else None


def locked_until(db: Session, account_id: int, *, at: datetime) -> datetime | None:
    until = db.get_one(Account, account_id).locked_until
    return until if until and until > at else None


def locked(until: datetime) -> Sentence:
    return say(
        N_("连续{n}次输错，账户锁定到{time}（北京时间）。着急的话请联系系统管理员解锁。"),
        n=TRIES,
        time=until.astimezone(SHANGHAI).strftime("%H:%M"),
    )


def take_code(db: Session, account_id: int, code: str, *, at: datetime, key: bytes) -> bool:
    """Accept a code of the step before, this one or the next, each once only. Raises `second_factor.Unreadable`."""
    account = db.get_one(Account, account_id, with_for_update=True)
    step = matching_step(second_factor.unlocked(key, account), code, at=at)
    if step is None or step <= account.totp_step:
        return False
    account.totp_step = step
    db.add(account)
    return True


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    digits = "".join(str(int(c)) for c in code if c.isdecimal())
    totp = pyotp.TOTP(secret)
    now = int(at.timestamp()) // totp.interval
    return next((step for step in (now - 1, now, now + 1) if secret and secrets.compare_digest(totp.generate_otp(step), digits)), None)


def begin_session(db: Session, account_id: int, *, address: str, agent: str, at: datetime) -> str:
    """A new token, never one that the browser brought along."""
    account = db.get_one(Account, account_id)
    account.failures, account.locked_until = 0, None
    db.add(account)
    db.exec(delete(WebSession).where(col(WebSession.expires_at) < at))
    token = secrets.token_hex(32)
    db.add(
        WebSession(
            token_hash=digest(token),
            account_id=account_id,
            address=address[:64],
            agent=agent[:200],
            created_at=at,
            seen_at=at,
            expires_at=at + LONGEST,
        )
    )
    return token


def session_of(db: Session, token: str, *, at: datetime) -> tuple[WebSession, Account] | None:
    """The running session of this token and its account."""
    found = db.exec(
        select(WebSession, Account)
        .join(Account, col(Account.id) == col(WebSession.account_id))
        .where(WebSession.token_hash == digest(token))
    ).first()
    if found is None:
        return None
    session, account = found
    is_running = session.expires_at > at and session.seen_at + IDLE > at
    return (session, account) if is_running and not account.closed else None


def touch(db: Session, session_id: int, *, at: datetime) -> None:
    session = db.get(WebSession, session_id)
    if session:
        session.seen_at = at
        db.add(session)


def end_sessions(db: Session, account_id: int, *, but: int | None = None, only: int | None = None) -> None:
    query = delete(WebSession).where(col(WebSession.account_id) == account_id)
    if but is not None:
        query = query.where(col(WebSession.id) != but)
    if only is not None:
        query = query.where(col(WebSession.id) == only)
    db.exec(query)


def is_officer(db: Session, person_id: int) -> bool:
    """Holds an office that should not hang on a password alone."""
    return any(a.office in OFFICERS for a in appointments(db, person_id, today(db)))


WRONG = say(N_("用户名或密码不对，请核对后重新输入。"))
