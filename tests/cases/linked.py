"""A negotiation that follows from a contract in force: the one that renews, amends or ends it, led on from its opening."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from negotiation.models import Negotiation
from tests.cases.hall import a_hall
from tests.cast import Story
from tests.procedures import walk


def linked(old: Story) -> Story:
    """The latest that was opened from this contract."""
    query = select(Negotiation).where(Negotiation.predecessor_id == old.case.id).order_by(col(Negotiation.id).desc())
    return Story(old.db, old.house, old.db.exec(query).all()[0])


def to_filed(story: Story, first: date, *, term: tuple[date, date] | None, propose: dict[str, Any] | None = None) -> Story:
    """From the offer on `first` to the filing received a month later. What is proposed besides the clauses laid out is `propose`."""

    def day(number: int) -> date:
        return first + timedelta(days=number)

    story.edit_offer("李敏", first, subject="就原合同协商", proposed_on=day(7), proposed_place="会议室")
    story.offer("李敏", first)
    story.record_receipt("陈静", day(1), received=day(1), means="return_slip")
    story.accept_offer("陈静", day(2))
    for officer, side, team in (("李敏", "workers", walk.WORKERS), ("陈静", "employer", walk.EMPLOYER)):
        story.appoint(officer, day(2), side=side, representatives=team)
    story.name_recorder("王强", day(2), name="孙洁")
    walk.convene(story, on=day(3), held_on=day(7))
    walk.minute(story, on=day(7))
    if propose is not None:
        story.propose("李敏", day(7), **propose)
    if term is not None:
        story.set_terms("李敏", day(7), term_from=term[0], term_until=term[1])
    walk.agree(story, day(8))
    story.both("settle", day(8))
    hall = a_hall(story, day(24), day(9), number=first.month + 10 * (first.year % 8), roll=30)
    story.submit_to_congress("李敏", day(9), meetings=[hall.id])
    walk.vote(story, hall.meeting, 28, day(24))
    for chief in ("李敏", "韩文博"):
        story.sign(chief, day(25), confirmed=True, sealed=True)
    walk.file_in(story, day(28))
    story.record_filing_receipt("郑楠", day(31), received=day(31))
    return story
