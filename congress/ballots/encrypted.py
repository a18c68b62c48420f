"""Box e2e: the public board of the protocol congress-ballot/1. The server keeps ciphertexts, which it cannot read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func
from sqlmodel import Session, col, insert, select

from congress.ballots import boards
from congress.ballots.box import CHOICES, NotTaken, Refusal, Vote
from congress.ballots.e2e import ballot, keys
from congress.ballots.e2e.board import Entry, Kind, Receipt
from congress.ballots.e2e.encoding import Rejected, tracker, u32
from congress.ballots.models import BallotRound, BoardEntry, BoardPoint, CastMark, KeyCeremony, Slip
from congress.ballots.terms import Revote, SlipState
from congress.models import CongressMeeting, Item
from congress.terms import Operator

OPERATORS: dict[str, str] = {Operator.GT_HALF: "gt_half", Operator.GE_HALF: "ge_half", Operator.ASK: "ask"}


@dataclass(frozen=True)
class SealedVote:
    ballot: ballot.Ballot

    @property
    def slip(self) -> bytes:
        return self.ballot.credential

    @property
    def counter(self) -> int:
        return self.ballot.counter

    def check(self) -> None:
        try:
            ballot.check(self.ballot)
        except Rejected as error:
            raise NotTaken(Refusal.BALLOT) from error


@lru_cache(maxsize=8)
def _election(manifest: bytes, credentials: bytes) -> ballot.Election:
    return ballot.election(ballot.Round(manifest), [credentials[at : at + 32] for at in range(0, len(credentials), 32)])


class EncryptedBox:
    def __init__(self, db: Session, round: BallotRound) -> None:
        self.db = db
        self.round = round

    def begin(self, items: Sequence[Item], slips: Sequence[Slip]) -> None:
        """The whole board is tried before it is kept: nobody is to vote on one that no verifier would take."""
        board = boards.board_of_ceremony(self.db, self.db.get_one(KeyCeremony, self.round.ceremony_id))
        board.append(Entry(Kind.CREDENTIALS, b"".join(sorted(slip.key for slip in slips))))
        for key in sorted(slip.key for slip in slips if slip.state == SlipState.VOID):
            board.append(Entry(Kind.VOID, key))
        made = ballot.Round.of(
            congress=self.db.get_one(CongressMeeting, self.round.meeting_id).hall_token,
            round=str(self.round.number),
            title=self.round.title,
            items=[_published(item) for item in items],
            ceremony=keys.fingerprint(board.reveals),
            key=keys.joint_key(board.reveals),
            revote=self.round.revote,
            min_ballots=self.round.min_ballots,
        )
        board.append(Entry(Kind.ROUND, made.manifest))
        self.round.manifest = made.manifest
        boards.keep(self.db, self.round, board.entries)

    @property
    def election(self) -> ballot.Election:
        query = select(BoardEntry.payload).where(BoardEntry.round_id == self.round.id, BoardEntry.kind == Kind.CREDENTIALS)
        assert self.round.manifest is not None
        return _election(self.round.manifest, self.db.exec(query).one())

    def read(self, data: bytes) -> SealedVote:
        try:
            read = ballot.Ballot(data, self.election)
            ballot.check_header(read)
        except Rejected as error:
            raise NotTaken(Refusal.BALLOT) from error
        return SealedVote(read)

    def put_in(self, vote: Vote, mark: CastMark | None) -> Receipt:
        assert isinstance(vote, SealedVote)
        sent = vote.ballot
        if mark is not None and (there := self._standing(sent.data)):
            return self._receipt(there, sent.tracker)
        expected = 0 if self.round.revote == Revote.FIRST else None
        if (mark is not None and sent.counter <= mark.counter) or expected not in (None, sent.counter):
            raise NotTaken(Refusal.REPEATED)
        self._once([*sent.points, sent.digest])
        return self._receipt(boards.append(self.db, self.round, Kind.BALLOT, sent.data), sent.tracker)

    def spoil(self, data: bytes) -> Receipt:
        """A device was challenged instead of casting: HB and what opens it. Raises `NotTaken`."""
        try:
            opening = ballot.Opening.read(data[32:], self.election)
            if opening.credential not in self.election.roll or ballot.opened_digest(self.election, opening) != data[:32]:
                raise NotTaken(Refusal.BALLOT)
        except Rejected as error:
            raise NotTaken(Refusal.BALLOT) from error
        self._once([data[:32]])
        return self._receipt(boards.append(self.db, self.round, Kind.SPOIL, data), tracker(data[:32]))

    def take_back(self, slip: bytes) -> None:
        """An unused slip came back while the box is open."""
        boards.append(self.db, self.round, Kind.VOID, slip)

    def seal(self) -> None:
        query = select(func.count()).select_from(BoardEntry).where(BoardEntry.round_id == self.round.id, BoardEntry.kind == Kind.BALLOT)
        boards.append(self.db, self.round, Kind.CLOSE, u32(self.db.exec(query).one()))

    def totals(self) -> dict[int, tuple[int, int, int]]:
        """From the parts of k tellers; the result is published on the board."""
        board = boards.board_of(self.db, self.round)
        assert board.round is not None
        counted = board.computed_result()
        boards.append(self.db, self.round, Kind.RESULT, counted.written(board.round))
        query = select(Item.id).where(Item.ballot_round_id == self.round.id).order_by(col(Item.number))
        return {item_id: (t[0], t[1], t[2]) for item_id, t in zip(self.db.exec(query), counted.totals, strict=True) if item_id is not None}

    def _standing(self, data: bytes) -> BoardEntry | None:
        query = select(BoardEntry).where(BoardEntry.round_id == self.round.id, BoardEntry.kind == Kind.BALLOT, BoardEntry.payload == data)
        return self.db.exec(query).first()

    def _once(self, points: Iterable[bytes]) -> None:
        """Nothing of a ballot may have stood on the board before."""
        new = list(points)
        known = select(BoardPoint.point).where(BoardPoint.round_id == self.round.id, col(BoardPoint.point).in_(new)).limit(1)
        if len(set(new)) != len(new) or self.db.exec(known).first() is not None:
            raise NotTaken(Refusal.BALLOT)
        self.db.exec(insert(BoardPoint), params=[{"round_id": self.round.id, "point": point} for point in new])

    def _receipt(self, entry: BoardEntry, shown: str) -> Receipt:
        return Receipt(shown, entry.seq, entry.head, boards.signature(self.db, self.round, entry))


def _published(item: Item) -> ballot.Item:
    assert item.roll is not None and item.operator is not None
    return ballot.Item(str(item.number), item.title, CHOICES, ballot.Threshold(item.roll, OPERATORS[item.operator]))
