"""The presence book: writing a line, who is present by it, and whether it still says what was written.

Only its own meeting's row is locked while a line is written, so that two desks write one after the other; the version of the case
stays, and no act is held up. Who came counts for the day: a meeting that goes on another day is checked in anew.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from congress.models import CongressMeeting
from congress.presence.models import PresenceEntry
from congress.presence.terms import HERE, MOVE_LABELS, Move
from workflow.case import START_OF_CHAIN
from workflow.journal import Entry, Fault, canonical
from workflow.words import N_, Sentence, say

KIND = "congress_meeting"
"""The case whose journal seals the book."""


@dataclass(frozen=True)
class Whom:
    """A delegate, or somebody who attends without a vote."""

    delegate_id: int | None = None
    attendee_id: int | None = None


class AlreadyWritten(Exception):
    """The book says so already; `entry` is the line that does, none where there is nothing to take back."""

    def __init__(self, whom: Whom, entry: PresenceEntry | None) -> None:
        super().__init__(whom)
        self.whom, self.entry = whom, entry


@dataclass(frozen=True)
class Book:
    """The book of one meeting as it stands on a day. `head` is the hash of its last line."""

    seq: int = 0
    head: str = START_OF_CHAIN
    last: Mapping[Whom, PresenceEntry] | None = None
    """Of each person the line of that day that stands."""

    def line_of(self, whom: Whom) -> PresenceEntry | None:
        return (self.last or {}).get(whom)

    def is_here(self, whom: Whom) -> bool:
        line = self.line_of(whom)
        return line is not None and line.move in HERE

    def count(self, delegates: Iterable[int]) -> int:
        """How many of these members are present; who attends without a vote is none of them."""
        return sum(self.is_here(Whom(delegate_id=one)) for one in delegates)

    @property
    def seal(self) -> list[object]:
        """What an act that rests on the book writes into the journal: from then on the lines before it cannot go unnoticed."""
        return [self.seq, self.head]


def lines(db: Session, meeting_id: int, on: date | None = None) -> Sequence[PresenceEntry]:
    query = select(PresenceEntry).where(PresenceEntry.meeting_id == meeting_id)
    if on is not None:
        query = query.where(PresenceEntry.on == on)
    return db.exec(query.order_by(col(PresenceEntry.seq))).all()


def read(db: Session, meeting_id: int | None, on: date) -> Book:
    if meeting_id is None:
        return Book()
    query = select(PresenceEntry.seq, PresenceEntry.hash).where(PresenceEntry.meeting_id == meeting_id)
    newest = db.exec(query.order_by(col(PresenceEntry.seq).desc()).limit(1)).first()
    seq, head = newest or (0, START_OF_CHAIN)
    return Book(seq, head, _standing(lines(db, meeting_id, on)))


def write(
    db: Session, meeting: CongressMeeting, move: Move, whom: Sequence[Whom], *, by: int, on: date, at: datetime
) -> list[PresenceEntry]:
    """One line a person. Who is in the book as `move` says already is left out; raises `AlreadyWritten` where that is true of all."""
    assert meeting.id is not None
    db.exec(select(CongressMeeting.id).where(CongressMeeting.id == meeting.id).with_for_update()).one()
    book = read(db, meeting.id, on)
    fits = [one for one in whom if _fits(book, move, one)]
    if not fits:
        raise AlreadyWritten(whom[0], book.line_of(whom[0]))
    written = []
    seq, head = book.seq, book.head
    for one in fits:
        entry = PresenceEntry(
            meeting_id=meeting.id,
            seq=(seq := seq + 1),
            move=move,
            delegate_id=one.delegate_id,
            attendee_id=one.attendee_id,
            on=on,
            entered_by=by,
            entered_at=at,
            previous=head,
            hash="",
        )
        entry.hash = head = digest(entry)
        db.add(entry)
        written.append(entry)
    db.flush()
    return written


def arrival(meeting: CongressMeeting) -> Move:
    """Whoever comes once the meeting has begun is late."""
    return Move.LATE if meeting.began_on is not None else Move.ARRIVE


def day_of(meeting: CongressMeeting, day: date) -> date:
    """Before it opens one checks in for the day announced, at meetings entered afterwards too; then for the day in hand."""
    return meeting.held_on if meeting.began_on is None else max(meeting.began_on, min(day, meeting.ended_on or day))


def digest(entry: PresenceEntry) -> str:
    values: list[object] = [
        entry.meeting_id,
        entry.seq,
        entry.move,
        entry.delegate_id,
        entry.attendee_id,
        entry.on,
        entry.entered_by,
        entry.entered_at,
        entry.previous,
    ]
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def faults(db: Session) -> Iterator[Fault]:
    """Every line of every book against the one before it, and the books against what acts wrote of them into the journal."""
    known: dict[tuple[int, int], str] = {}
    meeting, seq, head = 0, 0, START_OF_CHAIN
    query = select(PresenceEntry).order_by(col(PresenceEntry.meeting_id), col(PresenceEntry.seq))
    for line in db.exec(query.execution_options(yield_per=500)):
        if line.meeting_id != meeting:
            meeting, seq, head = line.meeting_id, 0, START_OF_CHAIN
        if line.seq != seq + 1 or line.previous != head or digest(line) != line.hash:
            yield Fault(f"{KIND}/{meeting}", 0, say(N_("签到簿第{seq}行被改动过，或者它之前少了一行。"), seq=line.seq))
        seq, head = line.seq, line.hash
        known[meeting, seq] = head
    entries = select(Entry.case_id, Entry.seq, Entry.particulars).where(Entry.case_kind == KIND).order_by(col(Entry.id))
    for case_id, at, particulars in db.exec(entries.execution_options(yield_per=500)):
        sealed = particulars.get("book")
        if isinstance(sealed, list) and sealed[0] and known.get((case_id, sealed[0])) != sealed[1]:
            yield Fault(f"{KIND}/{case_id}", at, say(N_("第{seq}条记录所依据的签到簿末尾少了，或者被换过。"), seq=at))


def told(entry: PresenceEntry, name: str, officer: str, clock: str) -> Sentence:
    """Who is told that another desk was first: who entered it, and when."""
    return say(
        N_("{name}：{officer}已经在{clock}登记“{move}”。"), name=name, officer=officer, clock=clock, move=say(MOVE_LABELS[entry.move])
    )


def _standing(entries: Iterable[PresenceEntry]) -> dict[Whom, PresenceEntry]:
    """Of each person the last line that is not taken back."""
    kept: dict[Whom, list[PresenceEntry]] = {}
    for entry in entries:
        of = kept.setdefault(Whom(entry.delegate_id, entry.attendee_id), [])
        if entry.move == Move.UNDO:
            of.pop()
        else:
            of.append(entry)
    return {whom: found[-1] for whom, found in kept.items() if found}


def _fits(book: Book, move: Move, whom: Whom) -> bool:
    match move:
        case Move.ARRIVE | Move.LATE:
            return not book.is_here(whom)
        case Move.LEAVE:
            return book.is_here(whom)
        case Move.UNDO:
            return book.line_of(whom) is not None
