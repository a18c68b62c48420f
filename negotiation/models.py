"""The tables of a negotiation. A fact has one column; days on which something happened are events (`workflow.deadlines`)."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workflow.case import Case
from workflow.database import JSONB_OR_JSON, Big


def _key() -> Any:
    return Field(default=None, primary_key=True, sa_type=Big)


def _negotiation() -> Any:
    return Field(foreign_key="negotiation.id", sa_type=Big, index=True)


class Negotiation(Case, table=True):
    """A collective contract from the drafted offer to its end. `organisation_id` is the enterprise, or the body of a region or sector."""

    __tablename__ = "negotiation"
    __table_args__ = (
        CheckConstraint("kind IN ('comprehensive','wage','safety','women','special')", name="kind"),
        CheckConstraint("level IN ('enterprise','regional','sectoral')", name="level"),
        CheckConstraint("initiator IN ('workers','employer')", name="initiator"),
        CheckConstraint("term_until IS NULL OR term_until > term_from", name="term"),
        CheckConstraint(
            "state NOT IN ('settled','before_congress','adopted','signed','filed','in_force') OR text_hash IS NOT NULL", name="settled_text"
        ),
        Index(
            "uq_negotiation_in_force",
            "organisation_id",
            "level",
            "kind",
            "special_subject",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
    )

    number: str = Field(default="", sa_type=String(60))
    title: str = Field(sa_type=String(200))
    kind: str = Field(sa_type=String(40))
    level: str = Field(sa_type=String(40))
    special_subject: str = Field(default="", sa_type=String(100))
    adoption: str = Field(default="one_congress", sa_type=String(40))
    purpose: str = Field(default="conclude", sa_type=String(40))
    predecessor_id: int | None = Field(default=None, foreign_key="negotiation.id", sa_type=Big)
    initiator: str = Field(sa_type=String(40))
    union_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big, index=True)
    """The union that stands for the workers; before there is one, none, and the superior union records for them."""
    subject: str = Field(default="", sa_type=Text)
    """协商事项 of the offer."""
    proposed_on: date | None = None
    proposed_time: time | None = None
    proposed_place: str = Field(default="", sa_type=String(200))
    data_requested: str = Field(default="", sa_type=Text)
    refusal: str = Field(default="", sa_type=Text)
    refusal_lawful: bool | None = None
    recorder_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    recorder_name: str = Field(default="", sa_type=String(60))
    origin: str | None = Field(default=None, sa_type=String(40))
    """State to return to when coordination fails."""
    resume_on: date | None = None
    force_majeure: bool = False
    term_from: date | None = None
    term_until: date | None = None
    text_hash: str | None = Field(default=None, sa_type=String(64))
    effective_by: str | None = Field(default=None, sa_type=String(20))
    """approval or silence."""
    outcome: str | None = Field(default=None, sa_type=String(40))
    token: str = Field(sa_type=String(32), unique=True)
    """Address of the public page."""


class CoveredEnterprise(SQLModel, table=True):
    """An enterprise under a regional or sectoral contract."""

    __tablename__ = "covered_enterprise"
    __table_args__ = (UniqueConstraint("negotiation_id", "organisation_id"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big, index=True)
    item_id: int | None = Field(default=None, sa_type=Big)
    passed: bool | None = None
    recognised_on: date | None = None


class Representative(SQLModel, table=True):
    """One 协商代表. A replaced one keeps the row with `until`."""

    __tablename__ = "representative"
    __table_args__ = (
        CheckConstraint("side IN ('workers','employer')", name="side"),
        CheckConstraint("NOT chief OR chief_as IS NOT NULL", name="chief_as"),
        Index(
            "uq_representative_chief",
            "negotiation_id",
            "side",
            unique=True,
            sqlite_where=text("chief AND until IS NULL"),
            postgresql_where=text("chief AND until IS NULL"),
        ),
    )

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    side: str = Field(sa_type=String(40))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    name: str = Field(sa_type=String(60))
    post: str = Field(default="", sa_type=String(100))
    female: bool = False
    frontline: bool = False
    dispatched: bool = False
    outsider: bool = False
    kin: bool = False
    """Related to heads or investors, or in charge of personnel: barred on the worker side by some local rules."""
    produced: str = Field(sa_type=String(40))
    produced_on: date
    chief: bool = False
    chief_as: str | None = Field(default=None, sa_type=String(40))
    mandate_sha256: str | None = Field(default=None, sa_type=String(64))
    since: date
    until: date | None = None
    ended_why: str = Field(default="", sa_type=String(200))


class InformationRequest(SQLModel, table=True):
    __tablename__ = "information_request"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    side: str = Field(sa_type=String(40))
    asked_on: date
    what: str = Field(sa_type=Text)
    due: date | None = None
    disclosed_on: date | None = None
    answer: str = Field(default="", sa_type=Text)
    files: list[dict[str, str]] = Field(default_factory=list, sa_type=JSONB_OR_JSON)


class TalkMeeting(SQLModel, table=True):
    """协商会议: convened with notice and agenda, minuted by the recorder."""

    __tablename__ = "talk_meeting"
    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    number: int
    notified_on: date
    held_on: date
    held_time: time | None = None
    place: str = Field(sa_type=String(200))
    agenda: str = Field(sa_type=Text)
    chair: str = Field(sa_type=String(40))
    """workers, employer or joint."""
    minuted_on: date | None = None
    present: str = Field(default="", sa_type=Text)
    record: str = Field(default="", sa_type=Text)
    agreed: str = Field(default="", sa_type=Text)
    open_points: str = Field(default="", sa_type=Text)
    signed_workers: bool | None = None
    signed_employer: bool | None = None
    refusal_note: str = Field(default="", sa_type=Text)


class Clause(SQLModel, table=True):
    """One article of the draft. `text_id` is the text on the table now."""

    __tablename__ = "clause"
    __table_args__ = (CheckConstraint("state IN ('open','agreed','dropped','deferred')", name="state"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    position: int
    head: str = Field(sa_type=String(40))
    heading: str = Field(default="", sa_type=String(100))
    state: str = Field(default="open", sa_type=String(20))
    text_id: int | None = Field(default=None, sa_type=Big)
    carried: bool = False
    """Laid out again from the contract that is renewed."""


class ClauseText(SQLModel, table=True):
    """A wording in the history of a clause. Never changed; withdrawn ones stay."""

    __tablename__ = "clause_text"
    __table_args__ = (UniqueConstraint("clause_id", "seq"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    clause_id: int = Field(foreign_key="clause.id", sa_type=Big, index=True)
    seq: int
    side: str = Field(sa_type=String(40))
    author_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    on: date = Field(sa_column_kwargs={"name": "proposed_on"})
    text: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    withdrawn_on: date | None = None


class ClauseConsent(SQLModel, table=True):
    """A chief's tentative agreement to one wording."""

    __tablename__ = "clause_consent"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    clause_id: int = Field(foreign_key="clause.id", sa_type=Big, index=True)
    text_id: int = Field(foreign_key="clause_text.id", sa_type=Big)
    side: str = Field(sa_type=String(40))
    representative_id: int = Field(foreign_key="representative.id", sa_type=Big)
    on: date = Field(sa_column_kwargs={"name": "agreed_on"})
    void: bool = False


class WageRow(SQLModel, table=True):
    """One row of the wage table. Money in fen a month; the raise is computed, never stored."""

    __tablename__ = "wage_row"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    position: int
    post: str = Field(sa_type=String(100))
    persons: int
    before_fen: int = Field(sa_type=Big)
    after_fen: int = Field(sa_type=Big)


class Terms(SQLModel, table=True):
    """Structured values of the draft that the law puts a floor or a ceiling to."""

    __tablename__ = "terms"

    negotiation_id: int = Field(primary_key=True, foreign_key="negotiation.id", sa_type=Big)
    lowest_wage_fen: int | None = Field(default=None, sa_type=Big)
    local_minimum_fen: int | None = Field(default=None, sa_type=Big)
    local_minimum_source: str = Field(default="", sa_type=String(200))
    daily_hours: int | None = None
    weekly_hours: int | None = None
    average_raise_ppm: int | None = None
    """Parts per million."""


class RoomNote(SQLModel, table=True):
    """What one side keeps to itself: drafts, bottom lines, notes. Closed to everyone else."""

    __tablename__ = "room_note"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    side: str = Field(sa_type=String(40))
    clause_id: int | None = Field(default=None, foreign_key="clause.id", sa_type=Big)
    heading: str = Field(sa_type=String(100))
    text: str = Field(sa_type=Text)
    author_id: int = Field(foreign_key="person.id", sa_type=Big)
    written_at: datetime
    changed_at: datetime | None = None
    erase_after: date | None = None


class Coordination(SQLModel, table=True):
    __tablename__ = "coordination"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    applicant: str = Field(sa_type=String(40))
    open_items: str = Field(sa_type=Text)
    applied_on: date
    accepted_on: date | None = None
    extended: bool = False
    agreed: str = Field(default="", sa_type=Text)
    left_open: str = Field(default="", sa_type=Text)
    ended_on: date | None = None
    ended_how: str | None = Field(default=None, sa_type=String(20))
    reason: str = Field(default="", sa_type=Text)


class Submission(SQLModel, table=True):
    """The settled text on the agenda of a congress meeting."""

    __tablename__ = "submission"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    meeting_id: int = Field(sa_type=Big)
    item_id: int = Field(sa_type=Big)
    text_hash: str = Field(sa_type=String(64))
    on: date = Field(sa_column_kwargs={"name": "submitted_on"})
    outcome: str | None = Field(default=None, sa_type=String(20))


class Signature(SQLModel, table=True):
    """One chief's signature on exactly one adopted text. Void once that text is opened again or its adoption annulled."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(
            "uq_signature_standing",
            "negotiation_id",
            "side",
            "text_hash",
            unique=True,
            sqlite_where=text("NOT void"),
            postgresql_where=text("NOT void"),
        ),
    )

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    side: str = Field(sa_type=String(40))
    representative_id: int = Field(foreign_key="representative.id", sa_type=Big)
    text_hash: str = Field(sa_type=String(64))
    on: date = Field(sa_column_kwargs={"name": "signed_on"})
    sealed: bool
    means: str = Field(sa_type=String(20))
    """in_app or paper."""
    void: bool = False


class Filing(SQLModel, table=True):
    """One time that the contract was handed to the authority."""

    __tablename__ = "filing"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    filed_on: date
    authority: str = Field(sa_type=String(200))
    copies: int
    pieces: list[str] = Field(sa_type=JSONB_OR_JSON)
    received_on: date | None = None
    receipt_number: str = Field(default="", sa_type=String(60))
    supplement_what: str = Field(default="", sa_type=Text)
    supplement_by: date | None = None
    supplemented_on: date | None = None
    opinion: str | None = Field(default=None, sa_type=String(20))
    """approved, objected, or none."""
    opinion_on: date | None = None
    opinion_number: str = Field(default="", sa_type=String(60))
    opinion_text: str = Field(default="", sa_type=Text)
    withdrawn_on: date | None = None


class Publication(SQLModel, table=True):
    __tablename__ = "publication"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    on: date = Field(sa_column_kwargs={"name": "published_on"})
    form: str = Field(sa_type=String(40))
    place: str = Field(sa_type=String(200))
    photo_sha256: str | None = Field(default=None, sa_type=String(64))


class ReadReceipt(SQLModel, table=True):
    """A worker's confirmation on the public page; `reader` is a hash that cannot be turned back into a person."""

    __tablename__ = "read_receipt"
    __table_args__ = (UniqueConstraint("negotiation_id", "reader"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    reader: str = Field(sa_type=String(64))
    at: datetime = Field(sa_column_kwargs={"name": "confirmed_at"})


class Letter(SQLModel, table=True):
    """提示函, 意见书 or 建议书, and what came back."""

    __tablename__ = "letter"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    kind: str = Field(sa_type=String(20))
    ground: str = Field(sa_type=String(40))
    addressee: str = Field(sa_type=String(200))
    facts: str = Field(sa_type=Text)
    demand: str = Field(sa_type=Text)
    sent_on: date
    replied_on: date | None = None
    reply: str = Field(default="", sa_type=Text)


class Obligation(SQLModel, table=True):
    """What a clause binds someone to do, by when or how often."""

    __tablename__ = "obligation"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    clause_id: int = Field(foreign_key="clause.id", sa_type=Big, index=True)
    what: str = Field(sa_type=Text)
    owner: str = Field(sa_type=String(40))
    due: date | None = None
    every_months: int | None = None


class ReviewRound(SQLModel, table=True):
    """One 履约检查 by a joint group, ending in a report to the congress."""

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    number: int
    started_on: date
    period_from: date
    period_until: date
    members: str = Field(sa_type=Text)
    method: str = Field(default="", sa_type=String(200))
    closed_on: date | None = None
    conclusion: str = Field(default="", sa_type=Text)
    reported_on: date | None = None


class Finding(SQLModel, table=True):
    """What a round found of one obligation. Never overwritten: a later finding of the same round stands instead."""

    __tablename__ = "finding"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    round_id: int = Field(foreign_key="review_round.id", sa_type=Big, index=True)
    obligation_id: int = Field(foreign_key="obligation.id", sa_type=Big, index=True)
    result: str = Field(sa_type=String(20))
    note: str = Field(default="", sa_type=Text)
    correct_by: date | None = None
    corrected_on: date | None = None
    correction: str = Field(default="", sa_type=Text)
    on: date = Field(sa_column_kwargs={"name": "found_on"})
    superseded: bool = False


class Delivery(SQLModel, table=True):
    """送达: of the offer or the notice of passage, with what proves it."""

    __tablename__ = "delivery"

    id: int | None = _key()
    negotiation_id: int = _negotiation()
    what: str = Field(sa_type=String(40))
    received_on: date
    means: str = Field(sa_type=String(40))
    reference: str = Field(default="", sa_type=String(100))
    sha256: str | None = Field(default=None, sa_type=String(64))
