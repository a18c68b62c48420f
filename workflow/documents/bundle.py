"""Many documents in one file, made in the background: a dossier as one PDF, a batch as one ZIP. The row tells how far it has come."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from workflow.database import JSONB_OR_JSON, Big


class BundleForm(StrEnum):
    DOSSIER = "dossier"
    BATCH = "batch"


class Bundle(SQLModel, table=True):
    """One such file. `made` of `total` parts are ready; `sha256` names the file once all are."""

    __tablename__ = "bundle"
    __table_args__ = (CheckConstraint("form IN ('dossier','batch')", name="form"), CheckConstraint("made BETWEEN 0 AND total", name="made"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    token: str = Field(default_factory=lambda: secrets.token_hex(16), sa_type=String(32), unique=True)
    form: str = Field(sa_type=String(20))
    name: str = Field(sa_type=String(40))
    """Which dossier, or which standard document."""
    title: str = Field(sa_type=String(200))
    case_kind: str = Field(sa_type=String(40))
    case_id: int | None = Field(default=None, sa_type=Big, index=True)
    """Of a dossier; a batch spans many cases, named in `wanted`."""
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB_OR_JSON)
    asked_by: int = Field(foreign_key="person.id", sa_type=Big)
    asked_at: datetime
    total: int
    made: int = 0
    faults: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB_OR_JSON)
    """Parts that could not be made: case and sentence."""
    sha256: str | None = Field(default=None, foreign_key="blob.sha256", sa_type=String(64))
    finished_at: datetime | None = None
