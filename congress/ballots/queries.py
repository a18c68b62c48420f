"""What everybody in the hall may read of rounds: which one is on, coarse progress, certified results."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from congress.ballots.models import BallotRound, CastMark
from congress.ballots.terms import RoundState
from congress.models import CongressMeeting, Item, Result
from congress.terms import ItemState

STEP = 10
"""Percent, in which progress is told; nothing is below ten ballots, where each would be seen to come in."""

ON_SHOW = (RoundState.OPEN, RoundState.CLOSED, RoundState.COUNTED, RoundState.PREPARED)
"""Which round of several concerns the hall, the most pressing first."""


def round_shown(db: Session, meeting: CongressMeeting) -> BallotRound | None:
    rounds = db.exec(select(BallotRound).where(BallotRound.meeting_id == meeting.id).order_by(col(BallotRound.number))).all()
    for state in ON_SHOW:
        for one in rounds:
            if one.state == state:
                return one
    return rounds[-1] if rounds else None


def progress(db: Session, round: BallotRound) -> int | None:
    """Percent of those present who have voted, in steps."""
    cast = db.exec(select(func.count()).select_from(CastMark).where(CastMark.round_id == round.id)).one()
    if cast < STEP or not round.present:
        return None
    return cast * 100 // round.present // STEP * STEP


def results(db: Session, meeting: CongressMeeting) -> list[tuple[Item, Result]]:
    """Certified and standing, in the order of the agenda."""
    query = (
        select(Item, Result)
        .join(Result, col(Result.item_id) == col(Item.id))
        .where(Item.meeting_id == meeting.id, Item.state == ItemState.CERTIFIED, col(Result.annulled_on).is_(None))
    )
    return list(db.exec(query.order_by(col(Item.number))).all())
