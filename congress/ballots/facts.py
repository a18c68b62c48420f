"""What requirements look at of keys, slips, PINs and rounds: counts only, never a choice before a round is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Session, col, select

from congress.ballots.models import (
    BallotRound,
    BoardEntry,
    CastMark,
    CeremonyEntry,
    CeremonyTeller,
    ItemTally,
    KeyCeremony,
    PaperBallot,
    Pin,
    Slip,
)
from congress.ballots.terms import ELECTRONIC, LIVE_ROUNDS, Box, KeysState, RoundState, SlipState

G = TypeVar("G", int | None, str)


@dataclass(frozen=True)
class Cast:
    """Slips that have voted in a round."""

    all: int = 0
    on_paper: int = 0
    invalid: int = 0
    """Of those on paper."""

    @property
    def in_box(self) -> int:
        return self.all - self.invalid


@dataclass(frozen=True)
class Ballots:
    """`round` is the one that an act is about."""

    keys: KeyCeremony | None = None
    tellers: tuple[CeremonyTeller, ...] = ()
    posted: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Kind of a ceremony's entry → the tellers who posted one."""
    slips: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Box and state → how many."""
    pins: int = 0
    rounds: tuple[BallotRound, ...] = ()
    cast: Mapping[int | None, Cast] = field(default_factory=dict)
    shares: Mapping[int | None, frozenset[int]] = field(default_factory=dict)
    """Round → the tellers who opened its sum."""
    papers: int = 0
    """Paper ballots that one teller has entered and another has not."""
    tallies: tuple[ItemTally, ...] = ()
    round: BallotRound | None = None

    def about(self, round: BallotRound) -> "Ballots":
        return replace(self, round=round)

    def in_state(self, *states: RoundState) -> tuple[BallotRound, ...]:
        return tuple(r for r in self.rounds if r.state in states)

    @property
    def open_round(self) -> BallotRound | None:
        return next(iter(self.in_state(RoundState.OPEN)), None)

    def round_of(self, round_id: int | None) -> BallotRound | None:
        """The round an item is voted on in, as long as it waits for a result."""
        return next((r for r in self.rounds if r.id == round_id and r.state in LIVE_ROUNDS), None)

    @property
    def are_ready(self) -> bool:
        return self.keys is not None and self.keys.state == KeysState.READY

    def slips_of(self, box: str, *states: SlipState) -> int:
        return sum(count for (one, state), count in self.slips.items() if one == box and (not states or state in states))

    def cast_in(self, round: BallotRound) -> Cast:
        return self.cast.get(round.id, Cast())

    def tally_of(self, item_id: int | None) -> ItemTally | None:
        return next((t for t in self.tallies if t.item_id == item_id), None)


def load(db: Session, meeting_id: int | None, item_ids: list[int | None]) -> Ballots:
    rounds = db.exec(select(BallotRound).where(BallotRound.meeting_id == meeting_id).order_by(col(BallotRound.number))).all()
    keys = db.exec(select(KeyCeremony).where(KeyCeremony.meeting_id == meeting_id, KeyCeremony.state != KeysState.ABANDONED)).first()
    slips = db.exec(select(Slip.box, Slip.state, func.count()).where(Slip.meeting_id == meeting_id).group_by(Slip.box, Slip.state)).all()
    electronic = [r.id for r in rounds if r.box in ELECTRONIC]
    return Ballots(
        keys=keys,
        tellers=_tellers(db, keys) if keys else (),
        posted=_posted(db, keys) if keys else {},
        slips={(box, state): count for box, state, count in slips},
        pins=db.exec(select(func.count()).select_from(Pin).where(Pin.meeting_id == meeting_id)).one() if slips else 0,
        rounds=tuple(rounds),
        cast=_cast(db, electronic) if electronic else {},
        shares=_shares(db, [r.id for r in rounds if r.box == Box.E2E and r.state != RoundState.PREPARED]),
        papers=_papers(db, electronic) if electronic else 0,
        tallies=tuple(db.exec(select(ItemTally).where(col(ItemTally.item_id).in_(item_ids))).all()) if electronic else (),
    )


def _tellers(db: Session, keys: KeyCeremony) -> tuple[CeremonyTeller, ...]:
    query = select(CeremonyTeller).where(CeremonyTeller.ceremony_id == keys.id).order_by(col(CeremonyTeller.number))
    return tuple(db.exec(query).all())


def _posted(db: Session, keys: KeyCeremony) -> dict[str, frozenset[int]]:
    query = select(CeremonyEntry.kind, CeremonyEntry.teller).where(CeremonyEntry.ceremony_id == keys.id)
    return _grouped(db.exec(query).all())


def _cast(db: Session, round_ids: list[int | None]) -> dict[int | None, Cast]:
    marks = (CastMark.round_id, CastMark.on_paper, CastMark.is_invalid)
    query = select(*marks, func.count()).where(col(CastMark.round_id).in_(round_ids)).group_by(*map(col, marks))
    found: dict[int | None, Cast] = {}
    for round_id, on_paper, is_invalid, count in db.exec(query):
        before = found.get(round_id, Cast())
        found[round_id] = Cast(before.all + count, before.on_paper + count * on_paper, before.invalid + count * is_invalid)
    return found


def _papers(db: Session, round_ids: list[int | None]) -> int:
    return db.exec(select(func.count()).select_from(PaperBallot).where(col(PaperBallot.round_id).in_(round_ids))).one()


def _shares(db: Session, round_ids: list[int | None]) -> dict[int | None, frozenset[int]]:
    if not round_ids:
        return {}
    query = select(BoardEntry.round_id, BoardEntry.payload).where(col(BoardEntry.round_id).in_(round_ids), BoardEntry.kind == "share")
    return _grouped((round_id, int.from_bytes(payload[:2], "big")) for round_id, payload in db.exec(query))


def _grouped(pairs: Iterable[tuple[G, int]]) -> dict[G, frozenset[int]]:
    found: dict[G, frozenset[int]] = {}
    for group, one in pairs:
        found[group] = found.get(group, frozenset()) | {one}
    return found
