"""A ballot on its way into the box: who may use a slip, and that it counts once. Nothing here is an act, nothing is journalled."""

import hmac
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, or_, select, update

from congress.ballots.box import BallotBox, NotTaken, Refusal, Vote
from congress.ballots.e2e.board import Receipt
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound, CastMark, Pin, Slip
from congress.ballots.plain import PlainBox
from congress.ballots.secret import pin_digest
from congress.ballots.terms import Box, RoundState, SlipState
from congress.models import CongressMeeting
from congress.terms import State

TRIES = 5
"""Wrong PINs after which a slip votes on paper only."""


@dataclass(frozen=True)
class Sent:
    """What came with a ballot; the PIN only as its digest."""

    pin: bytes
    code: str


@dataclass(frozen=True)
class Permitted:
    """A ballot that may go on: which round it is for, what was read, what came with it."""

    round_id: int
    vote: Vote
    sent: Sent


def meeting_at(db: Session, hall_token: str) -> CongressMeeting | None:
    """The meeting of an address in the hall, once its delegates were given notice."""
    query = select(CongressMeeting).where(CongressMeeting.hall_token == hall_token, CongressMeeting.state != State.PLANNED)
    return db.exec(query).first()


def round_at(db: Session, meeting: CongressMeeting, number: int) -> BallotRound | None:
    return db.exec(select(BallotRound).where(BallotRound.meeting_id == meeting.id, BallotRound.number == number)).first()


def box_of(db: Session, round: BallotRound) -> BallotBox:
    return EncryptedBox(db, round) if round.box == Box.E2E else PlainBox(db, round)


def admit(db: Session, hall_token: str, number: int, data: bytes, pin: str, code: str) -> Permitted:
    """What is cheap to say, before anything is written. Raises `NotTaken`."""
    meeting, round = _round(db, hall_token, number)
    vote = box_of(db, round).read(data)
    sent = Sent(pin_digest(db, meeting.hall_token, pin), code)
    _check(db, round, vote.slip, sent)
    assert round.id is not None
    return Permitted(round.id, vote, sent)


def cast(db: Session, permitted: Permitted) -> Receipt | None:
    """One transaction: mark, PIN and ballot. Raises `NotTaken`."""
    round = held(db, permitted.round_id)
    slip = permitted.vote.slip
    _check(db, round, slip, permitted.sent)
    receipt = put_in(db, round, permitted.vote)
    db.exec(update(Pin).where(col(Pin.digest) == permitted.sent.pin, col(Pin.slip).is_(None)).values(slip=slip))
    return receipt


def spoil(db: Session, hall_token: str, number: int, data: bytes, pin: str, code: str) -> Receipt | None:
    """A challenge uses no slip up, yet asks for its PIN: whoever has none is not to fill the board. Raises `NotTaken`."""
    meeting, found = _round(db, hall_token, number)
    assert found.id is not None
    round = held(db, found.id)
    box = box_of(db, round)
    if not isinstance(box, EncryptedBox):
        raise NotTaken(Refusal.BALLOT)
    _check(db, round, data[32:64], Sent(pin_digest(db, meeting.hall_token, pin), code))
    return box.spoil(data)


def put_in(db: Session, round: BallotRound, vote: Vote, *, on_paper: bool = False) -> Receipt | None:
    """The caller holds the round's row. Raises `NotTaken`."""
    assert round.id is not None
    mark = db.get(CastMark, (round.id, vote.slip))
    if mark is None:
        _check_room(db, round)
    receipt = box_of(db, round).put_in(vote, mark)
    if mark is None:
        mark = CastMark(round_id=round.id, slip=vote.slip, on_paper=on_paper)
    mark.counter = max(mark.counter, vote.counter)
    db.add(mark)
    db.flush()
    return receipt


def lay_aside(db: Session, round: BallotRound, slip: bytes) -> None:
    """A paper ballot that is invalid: used, and no part of what the box holds. The caller holds the round's row. Raises `NotTaken`."""
    assert round.id is not None
    _check_room(db, round)
    db.add(CastMark(round_id=round.id, slip=slip, on_paper=True, is_invalid=True))
    db.flush()


def _check_room(db: Session, round: BallotRound) -> None:
    """No more ballots than members were present."""
    assert round.present is not None
    if db.exec(select(func.count()).select_from(CastMark).where(CastMark.round_id == round.id)).one() >= round.present:
        raise NotTaken(Refusal.FULL)


def count_wrong_pin(db: Session, slip: bytes) -> None:
    db.exec(update(Slip).where(col(Slip.key) == slip).values(tries=Slip.tries + 1))


def held(db: Session, round_id: int) -> BallotRound:
    """The row of a round, for this transaction: what is put in, taken back or closed comes one after the other."""
    query = select(BallotRound).where(BallotRound.id == round_id).with_for_update().execution_options(populate_existing=True)
    return db.exec(query).one()


def _round(db: Session, hall_token: str, number: int) -> tuple[CongressMeeting, BallotRound]:
    meeting = meeting_at(db, hall_token)
    round = round_at(db, meeting, number) if meeting is not None else None
    if meeting is None or round is None or round.state != RoundState.OPEN or round.box not in (Box.E2E, Box.PLAIN):
        raise NotTaken(Refusal.CLOSED)
    return meeting, round


def _check(db: Session, round: BallotRound, slip_key: bytes, sent: Sent) -> None:
    if round.state != RoundState.OPEN:
        raise NotTaken(Refusal.CLOSED)
    slip = db.get(Slip, slip_key)
    if slip is None or slip.meeting_id != round.meeting_id or slip.box != round.box or slip.state == SlipState.VOID:
        raise NotTaken(Refusal.SLIP)
    if slip.state == SlipState.PAPER:
        raise NotTaken(Refusal.ON_PAPER)
    if not hmac.compare_digest(sent.code.encode(), round.hall_code.encode()):
        raise NotTaken(Refusal.CODE)
    if slip.tries >= TRIES:
        raise NotTaken(Refusal.LOCKED)
    if not _is_its_pin(db, slip_key, sent.pin):
        raise WrongPin(slip_key)


class WrongPin(NotTaken):
    """To be counted in a transaction of its own."""

    def __init__(self, slip: bytes) -> None:
        super().__init__(Refusal.PIN)
        self.slip = slip


def _is_its_pin(db: Session, slip: bytes, digest: bytes) -> bool:
    """The slip's own, or one that is nobody's as long as the slip has none: asked at once, lest it be bound in between."""
    found = db.exec(
        select(Pin).where(or_(col(Pin.digest) == digest, col(Pin.slip) == slip)).execution_options(populate_existing=True)
    ).all()
    return len(found) == 1 and found[0].digest == digest and found[0].slip in (None, slip)
