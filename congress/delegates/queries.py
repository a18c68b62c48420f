"""Who has which paper of a meeting in hand, and who said what of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from congress.delegates.models import Opinion, Receipt
from congress.facts import Facts
from congress.models import CongressMeeting
from congress.procedure import CONGRESS
from congress.rolls import queries as rolls
from congress.rolls.models import Constituency, Delegate
from workflow.documents import catalogue


@dataclass(frozen=True)
class Paper:
    """What every member must have in hand: `item_id` is None of the notice itself."""

    sha256: str
    title: str
    item_id: int | None = None


@dataclass(frozen=True)
class Delivery:
    """One member, and the day on which each paper came."""

    delegate: Delegate
    constituency: Constituency
    received: Mapping[str, date]
    on_list: frozenset[str]
    """Papers that the signed list vouches for."""

    def missing(self, papers: Sequence[Paper]) -> tuple[Paper, ...]:
        return tuple(p for p in papers if p.sha256 not in self.received)

    def late(self, papers: Sequence[Paper], due: date) -> tuple[Paper, ...]:
        return tuple(p for p in papers if p.sha256 in self.received and self.received[p.sha256] > due)

    def is_in_time(self, papers: Sequence[Paper], due: date) -> bool:
        return not self.missing(papers) and not self.late(papers, due)


def papers(db: Session, facts: Facts) -> list[Paper]:
    """The notice that stands and each text sent with it; nothing before there is a notice."""
    meeting = facts.meeting
    if meeting.notice_sent_on is None or meeting.id is None:
        return []
    notice = catalogue.latest(db, CONGRESS.name, meeting.id, "notice")
    first = [Paper(notice.sha256, notice.title)] if notice is not None else []
    return first + [Paper(i.text_hash, f"{i.number}. {i.title}", i.id) for i in facts.agenda if i.noticed_on is not None]


def deliveries(db: Session, meeting: CongressMeeting, on: date) -> list[Delivery]:
    received: dict[int, dict[str, Receipt]] = {}
    for row in db.exec(select(Receipt).where(Receipt.meeting_id == meeting.id).order_by(col(Receipt.id))):
        mine = received.setdefault(row.delegate_id, {})
        if row.undone:
            mine.pop(row.paper, None)
        else:
            mine.setdefault(row.paper, row)
    found = []
    for delegate, constituency in rolls.roll_of(db, meeting, on):
        mine = received.get(delegate.id or 0, {})
        days = {paper: row.received_on for paper, row in mine.items()}
        found.append(Delivery(delegate, constituency, days, frozenset(paper for paper, row in mine.items() if row.on_list)))
    return found


def own(db: Session, meeting: CongressMeeting, person_id: int, on: date) -> tuple[Delegate, Constituency] | None:
    """The seat that this person holds at the meeting."""
    return next((one for one in rolls.roll_of(db, meeting, on) if one[0].person_id == person_id), None)


def confirm(db: Session, facts: Facts, person_id: int, wanted: Sequence[str], on: date, at: datetime) -> int:
    """A member confirms having read these papers. Gives how many were new."""
    meeting = facts.meeting
    seat = own(db, meeting, person_id, on)
    if seat is None or meeting.id is None:
        return 0
    mine = next(d for d in deliveries(db, meeting, on) if d.delegate.id == seat[0].id)
    new = [p for p in mine.missing(papers(db, facts)) if p.sha256 in wanted]
    for paper in new:
        db.add(receipt(meeting.id, mine, paper, on, person_id, at))
    db.flush()
    return len(new)


def receipt(meeting_id: int, member: Delivery, paper: Paper, on: date, by: int, at: datetime, *, on_list: bool = False) -> Receipt:
    return Receipt(
        meeting_id=meeting_id,
        delegate_id=member.delegate.id or 0,
        paper=paper.sha256,
        received_on=on,
        on_list=on_list,
        entered_by=by,
        entered_at=at,
    )


def opinions(db: Session, meeting_id: int | None) -> list[Opinion]:
    return list(db.exec(select(Opinion).where(Opinion.meeting_id == meeting_id).order_by(col(Opinion.number))).all())
