"""What the API keeps beside the cases: who brought which file, and what was answered to which key."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlmodel import Field, SQLModel

from workflow.database import JSONB_OR_JSON, Big


class Upload(SQLModel, table=True):
    """Who has brought which bytes."""

    __tablename__ = "upload"

    sha256: str = Field(primary_key=True, foreign_key="blob.sha256", sa_type=String(64))
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=Big, index=True)
    uploaded_at: datetime


class Replay(SQLModel, table=True):
    """A key of one account and what it was answered. `status` 0: the first request is under way."""

    __tablename__ = "replay"

    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=Big)
    key: str = Field(primary_key=True, sa_type=String(200))
    fingerprint: str = Field(sa_type=String(64))
    taken_at: datetime
    status: int = 0
    headers: dict[str, str] = Field(default_factory=dict, sa_type=JSONB_OR_JSON)
    body: str = Field(default="", sa_type=Text)
