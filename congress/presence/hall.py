"""What the screen of a hall shows: counts, what is being voted on, certified results. Never who, never a split before it is certified."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from congress.ballots.e2e.encoding import base32
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound, BoardEntry
from congress.ballots.queries import progress, round_shown
from congress.ballots.terms import ELECTRONIC, Box, RoundState
from congress.facts import Facts
from congress.models import CongressMeeting, Item, Result
from congress.presence.models import HallScreen
from congress.presence.terms import Screen
from congress.terms import ItemState
from workflow.law.rules import Citation

MOST_RESULTS = 6
"""That can be read from the back."""
FINGERPRINT = 20


@dataclass(frozen=True)
class Voting:
    """What is being voted on now, or was last."""

    title: str
    items: tuple[Item, ...]
    state: str
    hall_code: str
    cast: int | None
    """Percent of those present, in steps; none while it would tell of single ballots."""
    fingerprint: str
    """Of an encrypted box, as on each telephone."""
    sealed: str
    """Of a closed encrypted box, as on each teller's device."""


@dataclass(frozen=True)
class Told:
    """A certified result with what it took."""

    item: Item
    result: Result
    citations: tuple[Citation, ...]


def screen_of(db: Session, meeting: CongressMeeting) -> Screen:
    found = db.get(HallScreen, meeting.id)
    return Screen(found.screen) if found is not None else Screen.CHECK_IN


def show(db: Session, meeting: CongressMeeting, screen: Screen) -> None:
    assert meeting.id is not None
    found = db.get(HallScreen, meeting.id) or HallScreen(meeting_id=meeting.id)
    found.screen = screen
    db.add(found)
    db.flush()


def voting(db: Session, facts: Facts) -> Voting | None:
    """The round that concerns the hall; where items are voted on one by one on paper, those."""
    one = round_shown(db, facts.meeting)
    if one is not None and one.state not in (RoundState.PREPARED, RoundState.VOID):
        return _of_round(db, facts, one)
    items = facts.in_state(ItemState.OPEN) or facts.in_state(ItemState.CLOSED, ItemState.COUNTED)
    return Voting("", items, items[0].state, "", None, "", "") if items else None


def results(facts: Facts) -> Sequence[Told]:
    """The last that stand, in the order of the agenda."""
    found = []
    for item in facts.in_state(ItemState.CERTIFIED):
        result, rule = facts.result_of(item), facts.pass_rule(item, item.opened_on or facts.meeting.held_on)
        if result is not None and result.annulled_on is None:
            found.append(Told(item, result, rule.citations if rule else ()))
    return found[-MOST_RESULTS:]


def _of_round(db: Session, facts: Facts, one: BallotRound) -> Voting:
    encrypted = one.box == Box.E2E
    return Voting(
        one.title,
        tuple(item for item in facts.items if item.ballot_round_id == one.id),
        one.state,
        one.hall_code if one.state == RoundState.OPEN and one.box in ELECTRONIC else "",
        progress(db, one),
        EncryptedBox(db, one).election.fingerprint if encrypted and one.manifest else "",
        _seal(db, one) if encrypted else "",
    )


def _seal(db: Session, one: BallotRound) -> str:
    head = db.exec(select(BoardEntry.head).where(BoardEntry.round_id == one.id, col(BoardEntry.kind) == "close")).first()
    return base32(head, FINGERPRINT) if head else ""
