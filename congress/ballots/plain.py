"""Box plain: totals that are only ever added to. It cannot be counted again, and says so."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, event
from sqlmodel import Session, col, delete, insert, select, update

from congress.ballots.box import CHOICES, NotTaken, Refusal, Vote
from congress.ballots.models import BallotRound, BallotTotal, CastMark, Slip
from congress.models import Item
from workflow.database import is_sqlite

CODE = 26
"""Characters of the code printed on a slip: 16 bytes in base32."""


def slip_key(code: str) -> bytes:
    """What is kept of a slip. Raises `ValueError` for what is no code."""
    letters = "".join(code.split()).replace("-", "").upper()
    if len(letters) != CODE:
        raise ValueError("a code has 26 characters")
    return hashlib.sha256(base64.b32decode(letters + "=" * (-CODE % 8))).digest()


@dataclass(frozen=True)
class OpenVote:
    """One choice an item, in the order of the agenda."""

    slip: bytes
    choices: tuple[int, ...]
    counter: int = 0

    def check(self) -> None:
        pass


class PlainBox:
    def __init__(self, db: Session, round: BallotRound) -> None:
        self.db = db
        self.round = round

    def begin(self, items: Sequence[Item], slips: Sequence[Slip]) -> None:
        self.db.add_all(BallotTotal(item_id=item.id or 0, choice=choice) for item in items for choice in range(len(CHOICES)))

    def read(self, data: bytes) -> OpenVote:
        try:
            sent = json.loads(data)
            slip, choices = slip_key(sent["slip"]), tuple(sent["choices"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotTaken(Refusal.BALLOT) from error
        if len(choices) != len(self._items()) or any(type(choice) is not int or not 0 <= choice < len(CHOICES) for choice in choices):
            raise NotTaken(Refusal.BALLOT)
        if self.round.seats is not None and choices.count(0) > self.round.seats:
            raise NotTaken(Refusal.TOO_MANY)
        return OpenVote(slip, choices)

    def put_in(self, vote: Vote, mark: CastMark | None) -> None:
        """Every total of an item is written anew, whatever the choice: which row was written last tells nothing."""
        assert isinstance(vote, OpenVote)
        if mark is not None:
            raise NotTaken(Refusal.REPEATED)
        for item_id, choice in zip(self._items(), vote.choices, strict=True):
            added = case((col(BallotTotal.choice) == choice, 1), else_=0)
            self.db.exec(update(BallotTotal).where(col(BallotTotal.item_id) == item_id).values(votes=BallotTotal.votes + added))

    def seal(self) -> None:
        """Marks and totals are written anew together, in an order that is not that of the votes, and SQLite's log of changes is emptied."""
        if is_sqlite(self.db):
            self.db.connection().exec_driver_sql("PRAGMA secure_delete=ON")
            event.listen(self.db, "after_commit", _empty_log, once=True)
        marks = self.db.exec(select(CastMark).where(CastMark.round_id == self.round.id).order_by(col(CastMark.slip))).all()
        rows = [mark.model_dump() for mark in marks]
        for mark in marks:
            self.db.expunge(mark)
        self.db.exec(delete(CastMark).where(col(CastMark.round_id) == self.round.id))
        if rows:
            self.db.exec(insert(CastMark), params=rows)
        self.db.exec(update(BallotTotal).where(col(BallotTotal.item_id).in_(self._items())).values(votes=BallotTotal.votes))

    def totals(self) -> dict[int, tuple[int, int, int]]:
        query = select(BallotTotal).where(col(BallotTotal.item_id).in_(self._items()))
        votes = {(total.item_id, total.choice): total.votes for total in self.db.exec(query)}
        return {item: (votes[item, 0], votes[item, 1], votes[item, 2]) for item in self._items()}

    def _items(self) -> list[int]:
        query = select(Item.id).where(Item.ballot_round_id == self.round.id).order_by(col(Item.number))
        return [item_id for item_id in self.db.exec(query) if item_id is not None]


def _empty_log(db: Session) -> None:
    bind = db.get_bind()
    connection = bind.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
