"""Meetings of an employee congress, what they vote on, the paper counts and the certified results."""

import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from congress.arithmetic import Numbers, result_in_words
from congress.terms import LIVE, Body, Form, ItemState, Matter, Mode, OfficerSeat, Operator, State, Told
from workflow.case import Case
from workflow.database import Big
from workflow.words import Sentence


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


def _hall_token() -> str:
    return b32encode(secrets.token_bytes(16)).decode().rstrip("=")


_BALANCE = (
    "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid >= 0 AND valid = in_favour + against + abstained "
    "AND returned = valid + invalid AND returned <= issued"
)
_LIVE = f"state IN ({','.join(repr(str(s)) for s in LIVE)})"


class CongressMeeting(Case, table=True):
    """One meeting. `organisation_id` is the enterprise, or the union that holds a regional or sectoral congress."""

    __tablename__ = "congress_meeting"
    __table_args__ = (
        _among("state", State),
        _among("form", Form),
        _among("mode", Mode),
        CheckConstraint("roll > 0", name="roll"),
        CheckConstraint("present IS NULL OR present BETWEEN 0 AND roll", name="present"),
        CheckConstraint("state IN ('planned','cancelled') OR notice_sent_on IS NOT NULL", name="notice"),
        CheckConstraint("state IN ('planned','convened','cancelled') OR began_on IS NOT NULL", name="began"),
        CheckConstraint("state NOT IN ('open','closed','certified','published') OR present IS NOT NULL", name="attendance"),
        CheckConstraint("state != 'published' OR published_on IS NOT NULL", name="published"),
        Index(
            "uq_congress_meeting_number",
            "organisation_id",
            "form",
            "term",
            "number",
            unique=True,
            sqlite_where=text("state != 'cancelled'"),
            postgresql_where=text("state != 'cancelled'"),
        ),
    )

    form: str = Field(sa_type=String(40))
    term: int
    """届; of an assembly, which has no terms, the year."""
    number: int
    """第N次."""
    title: str = Field(sa_type=String(200))
    held_on: date
    """The day announced."""
    held_time: time | None = None
    place: str = Field(sa_type=String(200))
    mode: str = Field(default=Mode.ONSITE, sa_type=String(40))
    roll: int
    """应到: all members. An estimate until the meeting opens, frozen from then on."""
    present: int | None = None
    """实到: members present now, as last recorded."""
    presidium: bool = False
    notice_sent_on: date | None = None
    began_on: date | None = None
    ended_on: date | None = None
    published_on: date | None = None
    published_by: str = Field(default="", sa_type=String(40))
    """Channel."""
    published_at: str = Field(default="", sa_type=String(200))
    """Place."""
    hall_token: str = Field(default_factory=_hall_token, sa_type=String(26), unique=True, index=True)
    """In the address of the delegates' page, which is the same for everyone in the hall."""
    reported_on: date | None = None
    """To the superior union."""


class MeetingOfficer(SQLModel, table=True):
    """Chair, 监票人 or 计票人. With `person_id` they act in the system themselves; without, their acts are recorded from paper."""

    __tablename__ = "meeting_officer"
    __table_args__ = (_among("seat", OfficerSeat),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    seat: str = Field(sa_type=String(40))
    name: str = Field(sa_type=String(60))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big, index=True)
    current: bool = True


class RollEntry(SQLModel, table=True):
    """One member on the roll of a meeting, frozen as it stood on the day it opened: what changes later counts from the next meeting."""

    __tablename__ = "congress_roll_entry"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), UniqueConstraint("meeting_id", "delegate_id"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    delegate_id: int = Field(foreign_key="congress_delegate.id", sa_type=Big, index=True)
    number: int
    """Place on the list, from 1."""
    name: str = Field(sa_type=String(60))
    constituency: str = Field(sa_type=String(100))


class Item(SQLModel, table=True):
    """What is put to the vote. `text_hash` is the text voted on; from the opening of the ballot it stands still.

    A void ballot keeps its row; the vote anew is another row with the next `round`.
    """

    __tablename__ = "congress_item"
    __table_args__ = (
        _among("state", ItemState),
        _among("matter", Matter),
        UniqueConstraint("meeting_id", "number", "round"),
        CheckConstraint(
            "state IN ('prepared','withdrawn') OR (roll IS NOT NULL AND present IS NOT NULL AND quorum_needed IS NOT NULL "
            "AND operator IS NOT NULL AND needed IS NOT NULL AND opened_on IS NOT NULL)",
            name="frozen",
        ),
        CheckConstraint("operator IS NULL OR present >= quorum_needed", name="quorum"),
        CheckConstraint("state NOT IN ('void','annulled') OR reason != ''", name="reason"),
        _among("half_body", Body),
        CheckConstraint("half_passed IS NULL OR (half_reason != '' AND half_on IS NOT NULL AND half_body IS NOT NULL)", name="half"),
        Index(
            "uq_congress_item_subject",
            "meeting_id",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=text(f"subject_kind != '' AND {_LIVE}"),
            postgresql_where=text(f"subject_kind != '' AND {_LIVE}"),
        ),
        Index("ix_congress_item_subject", "subject_kind", "subject_id"),
        Index("ix_congress_item_text_hash", "text_hash"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    number: int
    """Place on the agenda."""
    round: int = 1
    title: str = Field(sa_type=String(200))
    matter: str = Field(sa_type=String(40))
    subject_kind: str = Field(default="", sa_type=String(40))
    subject_id: str = Field(default="", sa_type=String(40))
    """What another procedure put on the agenda; opaque here."""
    text_hash: str = Field(sa_type=String(64))
    document: str = Field(default="", sa_type=String(200))
    """Name of the file whose SHA-256 is `text_hash`; empty where another procedure holds the text."""
    rule: str = Field(sa_type=String(40))
    """Rule that says what it takes to pass."""
    rule_kind: str = Field(sa_type=String(40))
    """Kind under which that rule is looked up: of a contract its own kind."""
    secret: bool = True
    ballot_round_id: int | None = Field(default=None, foreign_key="ballot_round.id", sa_type=Big, index=True)
    """The round in which it is voted on together with others."""
    state: str = Field(default=ItemState.PREPARED, sa_type=String(40))
    noticed_on: date | None = None
    """Day on which this very text was delivered to the members."""
    opened_on: date | None = None
    closed_on: date | None = None
    roll: int | None = None
    present: int | None = None
    quorum_needed: int | None = None
    operator: str | None = Field(default=None, sa_type=String(20))
    needed: int | None = None
    counting: int = 1
    """Which time the ballots are being counted."""
    half_passed: bool | None = None
    """Decided where exactly half voted for and the rule can be read both ways."""
    half_body: str | None = Field(default=None, sa_type=String(40))
    half_reason: str = Field(default="", sa_type=Text)
    half_on: date | None = None
    reason: str = Field(default="", sa_type=Text)
    """Why the ballot is void, the item withdrawn or the result annulled."""


class PaperCount(SQLModel, table=True):
    """One count sheet. Two people count each time; sheets that differ stay, and the ballots are counted again."""

    __tablename__ = "paper_count"
    __table_args__ = (UniqueConstraint("item_id", "counting", "officer_id"), CheckConstraint(_BALANCE, name="balance"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, index=True)
    counting: int
    officer_id: int = Field(foreign_key="meeting_officer.id", sa_type=Big)
    entered_by: int = Field(foreign_key="person.id", sa_type=Big)
    entered_at: datetime
    on_paper: bool = False
    issued: int
    returned: int
    valid: int
    invalid: int
    in_favour: int
    against: int
    abstained: int

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.issued, self.returned, self.valid, self.invalid, self.in_favour, self.against, self.abstained)


class Result(SQLModel, table=True):
    """The certified result of one item on exactly one text. Annulled, it stays and says so."""

    __tablename__ = "congress_result"
    __table_args__ = (
        _among("operator", Operator),
        CheckConstraint(_BALANCE, name="balance"),
        CheckConstraint("issued <= present AND present <= roll AND present >= quorum_needed", name="attendance"),
        CheckConstraint(
            "CASE WHEN by_decision THEN 2 * in_favour = roll AND operator = 'ASK_AT_HALF' ELSE passed = (in_favour >= needed) END",
            name="majority",
        ),
        CheckConstraint("annulled_on IS NULL OR annulled_why != ''", name="annulled"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, unique=True)
    text_hash: str = Field(sa_type=String(64), index=True)
    roll: int
    present: int
    quorum_needed: int
    issued: int
    returned: int
    valid: int
    invalid: int
    in_favour: int
    against: int
    abstained: int
    operator: str = Field(sa_type=String(20))
    needed: int
    passed: bool
    by_decision: bool = False
    """Exactly half voted for, and the meeting decided how that counts: 待核."""
    certified_on: date
    certified_by: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    """Person who entered it."""
    annulled_on: date | None = None
    annulled_why: str = Field(default="", sa_type=Text)

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.issued, self.returned, self.valid, self.invalid, self.in_favour, self.against, self.abstained)

    @property
    def not_cast(self) -> int:
        """Members without a valid ballot: absent, no ballot, not returned, invalid."""
        return self.roll - self.valid

    def arithmetic(self) -> Sentence:
        return result_in_words(
            self.numbers,
            roll=self.roll,
            present=self.present,
            quorum_needed=self.quorum_needed,
            operator=Operator(self.operator),
            passed=self.passed,
            by_decision=self.by_decision,
        )


class CongressNotice(SQLModel, table=True):
    """To the procedure that put an item on the agenda: its result is certified, its ballot void, its result annulled."""

    __tablename__ = "congress_notice"
    __table_args__ = (
        _among("what", Told),
        Index(
            "ix_congress_notice_pending",
            "id",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, index=True)
    subject_kind: str = Field(sa_type=String(40))
    subject_id: str = Field(sa_type=String(40))
    text_hash: str = Field(sa_type=String(64))
    what: str = Field(sa_type=String(40))
    on: date = Field(sa_column_kwargs={"name": "happened_on"})
    """Legal day of what it tells."""
    created_at: datetime
    handled_at: datetime | None = None
