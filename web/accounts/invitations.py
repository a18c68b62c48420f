"""Accounts are opened by invitation: the administrator names person and login, the person chooses the password."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from web.accounts import passwords
from web.accounts.models import Account, Invitation
from web.signing import digest
from workflow.forms import Invalid, invalid
from workflow.people import Person
from workflow.words import N_

VALID = timedelta(days=7)


def open_account(db: Session, person: Person, login: str, *, at: datetime, password: str = "", language: str = "zh") -> Account:
    """Raises `Invalid` for a login that is taken, a second account, or a weak password."""
    assert person.id is not None
    wanted = login.strip().casefold()
    if not wanted or any(c.isspace() for c in wanted):
        raise invalid("login", N_("用户名不能为空，也不能有空格。"))
    if db.exec(select(Account).where(Account.login == wanted)).first():
        raise invalid("login", N_("用户名“{login}”已经有人用了，请换一个。"), login=wanted)
    if db.exec(select(Account).where(Account.person_id == person.id)).first():
        raise invalid("person_id", N_("{who}已经有账户了。"), who=person.name)
    if password and (weak := passwords.weakness(password, wanted)):
        raise Invalid({"password": [weak]})
    account = Account(
        person_id=person.id, login=wanted, password_hash=passwords.hashed(password) if password else "", language=language, created_at=at
    )
    db.add(account)
    db.flush()
    return account


def invite(db: Session, person_id: int, *, at: datetime) -> str:
    """A new link's token; earlier links of the person end."""
    for earlier in db.exec(select(Invitation).where(Invitation.person_id == person_id, col(Invitation.used_at).is_(None))).all():
        earlier.expires_at = min(earlier.expires_at, at)
        db.add(earlier)
    token = secrets.token_urlsafe(32)
    db.add(Invitation(token_hash=digest(token), person_id=person_id, created_at=at, expires_at=at + VALID))
    db.flush()
    return token


def invited(db: Session, token: str, *, at: datetime) -> tuple[Invitation, Account, Person] | None:
    found = db.exec(
        select(Invitation, Account, Person)
        .join(Account, col(Account.person_id) == col(Invitation.person_id))
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(Invitation.token_hash == digest(token), col(Invitation.used_at).is_(None), Invitation.expires_at > at)
    ).first()
    return (found[0], found[1], found[2]) if found else None


def accept(db: Session, invitation: Invitation, account: Account, password: str, *, at: datetime) -> None:
    """Raises `Invalid` for a weak password."""
    choose_password(db, account, password)
    invitation.used_at = at
    db.add(invitation)
    db.flush()


def choose_password(db: Session, account: Account, password: str) -> None:
    """Raises `Invalid` for a weak password. Unlocks the account."""
    if weak := passwords.weakness(password, account.login):
        raise Invalid({"password": [weak]})
    account.password_hash = passwords.hashed(password)
    account.failures, account.locked_until = 0, None
    db.add(account)
    db.flush()
