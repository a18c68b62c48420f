"""Electronic ballots: the tellers' keys, slips, PINs, rounds and what is in their boxes.

Nothing here knows a delegate, and nothing that a delegate does has a time, an address or an order of its own beside the public board.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from congress.arithmetic import Numbers
from congress.ballots.terms import Box, KeysState, Revote, RoundState, SlipState
from workflow.database import Big

KEY = 32
"""Bytes of a slip's key."""
WITHOUT_ORDER = {"sqlite_with_rowid": False}
"""On SQLite a row has no number that would tell in which order the rows came."""


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class KeyCeremony(SQLModel, table=True):
    """The tellers make a key of which any k of n open a box. One that is not abandoned at a meeting."""

    __tablename__ = "key_ceremony"
    __table_args__ = (
        _among("state", KeysState),
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("k >= 1 AND k <= n AND 2 * k > n", name="quorum"),
        CheckConstraint("state != 'abandoned' OR reason != ''", name="reason"),
        Index(
            "uq_key_ceremony_live",
            "meeting_id",
            unique=True,
            sqlite_where=text("state != 'abandoned'"),
            postgresql_where=text("state != 'abandoned'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    number: int
    state: str = Field(default=KeysState.GATHERING, sa_type=String(40))
    k: int
    n: int
    server_key: str = Field(sa_type=String(120))
    """Ed25519, under which the server signs heads; sealed under the installation's secret."""
    rehearsed: int | None = None
    """The number that the tellers are to open in the rehearsal."""
    reason: str = Field(default="", sa_type=Text)


class CeremonyTeller(SQLModel, table=True):
    """Teller `number` of a ceremony, from 1."""

    __tablename__ = "ceremony_teller"
    __table_args__ = (UniqueConstraint("ceremony_id", "officer_id"),)

    ceremony_id: int = Field(foreign_key="key_ceremony.id", sa_type=Big, primary_key=True)
    number: int = Field(primary_key=True)
    officer_id: int = Field(foreign_key="meeting_officer.id", sa_type=Big)


class CeremonyEntry(SQLModel, table=True):
    """What was posted in a ceremony, append-only. Kinds manifest, commit, reveal and shares begin the board of every round;
    dummy and part belong to the rehearsal.
    """

    __tablename__ = "ceremony_entry"
    __table_args__ = (_among("kind", ("manifest", "commit", "reveal", "shares", "dummy", "part")),)

    ceremony_id: int = Field(foreign_key="key_ceremony.id", sa_type=Big, primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(sa_type=String(40))
    teller: int = 0
    payload: bytes = Field(sa_type=LargeBinary)


class Slip(SQLModel, table=True):
    """A printed slip by its key: no delegate, no time, no order."""

    __tablename__ = "ballot_slip"
    __table_args__ = (_among("state", SlipState), _among("box", (Box.E2E, Box.PLAIN)), WITHOUT_ORDER)

    key: bytes = Field(sa_type=LargeBinary(KEY), primary_key=True)
    """Of box e2e the public key that signs its ballots, of box plain SHA-256 of the code that is printed."""
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    box: str = Field(sa_type=String(40))
    number: str = Field(sa_type=String(8))
    """Printed on it."""
    state: str = Field(default=SlipState.PRINTED, sa_type=String(40))
    tries: int = 0
    """Wrong PINs typed with it."""


class Pin(SQLModel, table=True):
    """A PIN made by the server, handed out at the desk; the slip it is first used with stays its only one."""

    __tablename__ = "ballot_pin"
    __table_args__ = (WITHOUT_ORDER,)

    digest: bytes = Field(sa_type=LargeBinary(KEY), primary_key=True)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    slip: bytes | None = Field(default=None, sa_type=LargeBinary(KEY), unique=True)


class BallotRound(SQLModel, table=True):
    """One or more items on one ballot. Numbers and bytes freeze when it opens."""

    __tablename__ = "ballot_round"
    __table_args__ = (
        _among("state", RoundState),
        _among("box", Box),
        _among("revote", Revote),
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("min_ballots >= 5", name="min_ballots"),
        CheckConstraint("seats IS NULL OR seats >= 1", name="seats"),
        CheckConstraint("state != 'void' OR reason != ''", name="reason"),
        CheckConstraint(
            "state IN ('prepared','void') OR (roll IS NOT NULL AND present IS NOT NULL AND quorum_needed IS NOT NULL "
            "AND present >= quorum_needed AND opened_on IS NOT NULL)",
            name="frozen",
        ),
        CheckConstraint(
            "box != 'e2e' OR state IN ('prepared','void') OR (manifest IS NOT NULL AND ceremony_id IS NOT NULL)", name="sealed"
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    meeting_id: int = Field(foreign_key="congress_meeting.id", sa_type=Big, index=True)
    number: int
    title: str = Field(sa_type=String(200))
    box: str = Field(sa_type=String(40))
    state: str = Field(default=RoundState.PREPARED, sa_type=String(40))
    revote: str = Field(default=Revote.LAST, sa_type=String(40))
    min_ballots: int = 10
    seats: int | None = None
    """Of an election: how many are elected."""
    ceremony_id: int | None = Field(default=None, foreign_key="key_ceremony.id", sa_type=Big, index=True)
    hall_code: str = Field(default="", sa_type=String(6))
    """On the screen of the hall, another one each time a round opens."""
    roll: int | None = None
    present: int | None = None
    """Members present when it opened: no more ballots than these."""
    quorum_needed: int | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    manifest: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Of box e2e: RM, exactly as published."""
    unused: int | None = None
    """Slips that lay in the tray when it was counted."""
    reason: str = Field(default="", sa_type=Text)
    """Why it is void."""


class BoardEntry(SQLModel, table=True):
    """An entry of a round's public board, append-only. No times."""

    __tablename__ = "board_entry"
    __table_args__ = (_among("kind", ("ceremony", "creds", "round", "ballot", "spoil", "close", "share", "result", "void")),)

    round_id: int = Field(foreign_key="ballot_round.id", sa_type=Big, primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(sa_type=String(40))
    payload: bytes = Field(sa_type=LargeBinary)
    head: bytes = Field(sa_type=LargeBinary(KEY))


class BoardPoint(SQLModel, table=True):
    """What may stand on a board but once: each point of a ciphertext, and the digest of each ballot, cast or challenged."""

    __tablename__ = "board_point"
    __table_args__ = (WITHOUT_ORDER,)

    round_id: int = Field(foreign_key="ballot_round.id", sa_type=Big, primary_key=True)
    point: bytes = Field(sa_type=LargeBinary(KEY), primary_key=True)


class CastMark(SQLModel, table=True):
    """A slip has voted in a round; its key keeps it from voting twice. How it voted is nowhere beside it."""

    __tablename__ = "cast_mark"
    __table_args__ = (
        CheckConstraint("counter >= 0", name="counter"),
        CheckConstraint("NOT is_invalid OR on_paper", name="invalid"),
        WITHOUT_ORDER,
    )

    round_id: int = Field(foreign_key="ballot_round.id", sa_type=Big, primary_key=True)
    slip: bytes = Field(sa_type=LargeBinary(KEY), primary_key=True)
    counter: int = 0
    """Of box e2e that of the slip's last ballot, as on the board."""
    on_paper: bool = False
    is_invalid: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """A paper ballot that two tellers found invalid: it came back, and nothing of it is in the box."""


class PaperBallot(SQLModel, table=True):
    """A paper ballot that one teller has entered and another has not yet: agreed it is cast, and this row goes."""

    __tablename__ = "paper_ballot"
    __table_args__ = (WITHOUT_ORDER,)

    round_id: int = Field(foreign_key="ballot_round.id", sa_type=Big, primary_key=True)
    slip: bytes = Field(sa_type=LargeBinary(KEY), primary_key=True)
    officer_id: int = Field(foreign_key="meeting_officer.id", sa_type=Big)
    digest: bytes = Field(sa_type=LargeBinary(KEY))
    """SHA-256 of what was entered; the second entry must be the same, byte for byte."""


class BallotTotal(SQLModel, table=True):
    """Of box plain: votes of one choice. Only ever incremented."""

    __tablename__ = "ballot_total"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes"), CheckConstraint("choice BETWEEN 0 AND 2", name="choice"))

    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, primary_key=True)
    choice: int = Field(primary_key=True)
    """0 in favour, 1 against, 2 abstained."""
    votes: int = 0


class ItemTally(SQLModel, table=True):
    """The numbers of one item out of an electronic box; stands where two count sheets stand for paper."""

    __tablename__ = "item_tally"
    __table_args__ = (
        CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid >= 0 AND valid = in_favour + against + abstained "
            "AND returned = valid + invalid AND returned <= issued",
            name="balance",
        ),
    )

    item_id: int = Field(foreign_key="congress_item.id", sa_type=Big, primary_key=True)
    issued: int
    returned: int
    valid: int
    invalid: int = 0
    in_favour: int
    against: int
    abstained: int

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.issued, self.returned, self.valid, self.invalid, self.in_favour, self.against, self.abstained)
