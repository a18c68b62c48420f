"""Tokens with which programs call the API in a person's name."""

import secrets
from datetime import date

from sqlmodel import Session, col, select, update

from web.accounts.models import Account, ApiToken
from web.signing import digest

PREFIX = "heyi_"


def create(db: Session, account: Account, name: str, *, on: date) -> str:
    """The token, shown this once."""
    assert account.id is not None
    token = PREFIX + secrets.token_urlsafe(32)
    db.add(ApiToken(token_hash=digest(token), account_id=account.id, name=name, created_on=on))
    db.flush()
    return token


def bearer(db: Session, token: str) -> tuple[ApiToken, Account] | None:
    found = db.exec(
        select(ApiToken, Account)
        .join(Account, col(Account.id) == col(ApiToken.account_id))
        .where(ApiToken.token_hash == digest(token), col(ApiToken.ended_on).is_(None), col(Account.closed).is_(False))
    ).first()
    return (found[0], found[1]) if found else None


def mark_used(db: Session, token_id: int, *, on: date) -> None:
    """Once a day: a call is not a write."""
    token = db.get_one(ApiToken, token_id)
    token.last_used_on = on
    db.add(token)


def end(db: Session, account_id: int, token_id: int, *, on: date) -> None:
    token = db.exec(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.account_id == account_id, col(ApiToken.ended_on).is_(None))
    ).first()
    if token:
        token.ended_on = on
        db.add(token)


def end_all(db: Session, account_id: int, *, on: date) -> int:
    """What was handed to programs under the old password, or while the account was in other hands; gives how many."""
    query = update(ApiToken).where(col(ApiToken.account_id) == account_id, col(ApiToken.ended_on).is_(None)).values(ended_on=on)
    return db.exec(query).rowcount
