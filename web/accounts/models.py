"""Accounts, sessions, invitations and tokens. A secret that a browser or a program holds lies here only as its hash."""

from datetime import date, datetime

from sqlalchemy import String
from sqlmodel import Field, SQLModel

from workflow.database import Big
from workflow.people import Office

OFFICERS = frozenset(Office) - {Office.WORKER, Office.MANAGER}
"""Offices whose holders are asked to set up a second factor."""


class Account(SQLModel, table=True):
    """How a person signs in. An account that nobody has yet chosen a password for has an empty `password_hash`."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, unique=True)
    login: str = Field(sa_type=String(60), unique=True)
    """Lower case."""
    password_hash: str = Field(default="", sa_type=String(200))
    totp_secret: str = Field(default="", sa_type=String(64))
    """Encrypted for this account (`web.accounts.second_factor`)."""
    totp_step: int = Field(default=0, sa_type=Big)
    """Last thirty-second step whose code was used: no code is good twice."""
    failures: int = Field(default=0)
    locked_until: datetime | None = None
    closed: bool = Field(default=False)
    language: str = Field(default="zh", sa_type=String(8))
    created_at: datetime


class WebSession(SQLModel, table=True):
    __tablename__ = "web_session"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    token_hash: str = Field(sa_type=String(64), unique=True)
    account_id: int = Field(foreign_key="account.id", sa_type=Big, index=True)
    address: str = Field(default="", sa_type=String(64))
    agent: str = Field(default="", sa_type=String(200))
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class Invitation(SQLModel, table=True):
    """A link with which a person chooses a password, once."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    token_hash: str = Field(sa_type=String(64), unique=True)
    person_id: int = Field(foreign_key="person.id", sa_type=Big, index=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class ApiToken(SQLModel, table=True):
    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    token_hash: str = Field(sa_type=String(64), unique=True)
    account_id: int = Field(foreign_key="account.id", sa_type=Big, index=True)
    name: str = Field(sa_type=String(60))
    created_on: date
    last_used_on: date | None = None
    ended_on: date | None = None


class SignInFailure(SQLModel, table=True):
    """One failed try from one network address, kept for a quarter of an hour."""

    __tablename__ = "sign_in_failure"

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    address: str = Field(sa_type=String(64), index=True)
    at: datetime
