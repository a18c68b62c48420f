"""The public board of a round as it lies in the database: entries one after the other, each with its head."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from congress.ballots.e2e import export
from congress.ballots.e2e.ballot import Ballot
from congress.ballots.e2e.board import BEGINNING, Board, Entry, Kind, Step, ceremony_entry, next_head, signed_words
from congress.ballots.models import BallotRound, BoardEntry, CeremonyEntry, KeyCeremony
from congress.ballots.secret import server_key
from congress.models import CongressMeeting

STEPS = tuple(str(step) for step in Step)


class KeptBoard(Board):
    """A board made again from what this server has taken: its ballots were checked then, and are again by whoever verifies the export."""

    def _take_ballot(self, payload: bytes) -> None:
        ballot = Ballot(payload, self.election)
        self.counters[ballot.credential] = ballot.counter
        self._counted[ballot.credential] = ballot
        self._ballots += 1


def board_of_ceremony(db: Session, keys: KeyCeremony) -> Board:
    """What every board of a round begins with, as far as it has come."""
    query = select(CeremonyEntry).where(CeremonyEntry.ceremony_id == keys.id, col(CeremonyEntry.kind).in_(STEPS))
    return Board.replay(ceremony_entry(Step(e.kind), e.payload, e.teller) for e in db.exec(query.order_by(col(CeremonyEntry.seq))))


def ceremony_manifest(db: Session, round: BallotRound) -> bytes:
    query = select(CeremonyEntry.payload).where(CeremonyEntry.ceremony_id == round.ceremony_id, CeremonyEntry.kind == Step.MANIFEST)
    return db.exec(query).one()


def reveals_of(db: Session, round: BallotRound) -> list[bytes]:
    """What each teller revealed in the ceremony of this round, in their order."""
    query = select(CeremonyEntry.payload).where(CeremonyEntry.ceremony_id == round.ceremony_id, CeremonyEntry.kind == Step.REVEAL)
    return list(db.exec(query.order_by(col(CeremonyEntry.teller))))


def entries_of(db: Session, round: BallotRound) -> list[Entry]:
    query = select(BoardEntry.kind, BoardEntry.payload).where(BoardEntry.round_id == round.id).order_by(col(BoardEntry.seq))
    return [Entry(Kind(kind), payload) for kind, payload in db.exec(query)]


def board_of(db: Session, round: BallotRound) -> KeptBoard:
    board = KeptBoard()
    for entry in entries_of(db, round):
        board.append(entry)
    return board


def keep(db: Session, round: BallotRound, entries: Iterable[Entry]) -> None:
    """Begin the board of a round."""
    assert round.id is not None
    head = BEGINNING
    for seq, entry in enumerate(entries):
        head = next_head(head, entry)
        db.add(BoardEntry(round_id=round.id, seq=seq, kind=entry.kind, payload=entry.payload, head=head))


def append(db: Session, round: BallotRound, kind: Kind, payload: bytes) -> BoardEntry:
    """Behind the last entry. The caller holds the round's row, so that one comes after the other."""
    assert round.id is not None
    last = last_of(db, round)
    head = next_head(last.head, Entry(kind, payload))
    entry = BoardEntry(round_id=round.id, seq=last.seq + 1, kind=kind, payload=payload, head=head)
    db.add(entry)
    db.flush()
    return entry


def last_of(db: Session, round: BallotRound) -> BoardEntry:
    return db.exec(select(BoardEntry).where(BoardEntry.round_id == round.id).order_by(col(BoardEntry.seq).desc()).limit(1)).one()


def signature(db: Session, round: BallotRound, entry: BoardEntry) -> bytes:
    """The server's, under the head of this entry."""
    keys = db.get_one(KeyCeremony, round.ceremony_id)
    congress = db.get_one(CongressMeeting, round.meeting_id).hall_token
    return server_key(db, keys, congress).sign(signed_words(entry.seq, entry.head))


def exported(db: Session, round: BallotRound) -> bytes:
    """The round as the stand-alone verifier reads it."""
    last = last_of(db, round)
    return export.export(entries_of(db, round), last.head, signature(db, round, last))
