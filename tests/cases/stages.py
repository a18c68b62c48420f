"""A negotiation in every place that an act starts from: each a case of its own, with something on the table that the act can take up."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from negotiation.forms import PIECES
from tests.cases.hall import a_hall, from_paper
from tests.cases.several import halls, town, votes
from tests.cases.several import settled as settled_for_several
from tests.cases.several import signed as signed_by_several
from tests.cast import Story, hongxing, talks
from tests.procedures import walk

Stage = Callable[[Session, str], tuple[Story, date]]
"""In an enterprise of this region → the case, and the day on which it is looked at."""

LETTER = {"kind": "opinion", "ground": "no_data", "addressee": "公司", "facts": "至今未提供资料", "demand": "请提供"}
BREAK = {"resume_on": date(2026, 5, 6), "reason": "等待审计", "place": "会议室", "content": "工资"}


def drafted(db: Session, region: str) -> tuple[Story, date]:
    return talks(db, hongxing(db, region), date(2026, 3, 2), kind="wage", title="工资专项集体合同"), date(2026, 3, 2)


def sent(db: Session, region: str) -> tuple[Story, date]:
    story, day = drafted(db, region)
    story.offer("李敏", day)
    return story, date(2026, 3, 5)


def offered(db: Session, region: str) -> tuple[Story, date]:
    """Received; the union has sent a letter."""
    story = walk.offered(db, region)
    story.press("李敏", date(2026, 3, 4), **LETTER)
    return story, date(2026, 3, 10)


def preparing(db: Session, region: str) -> tuple[Story, date]:
    """Both teams and the recorder are named; information was asked for."""
    story = walk.named(db, region)
    story.request_information("李敏", date(2026, 3, 6), what="上年度工资总额")
    return story, date(2026, 3, 9)


def consulting(db: Session, region: str) -> tuple[Story, date]:
    """A meeting waits for its minutes, clauses are open, information was asked for, the employer's chief has moved to suspend."""
    story = walk.consulting(db, region)
    walk.minute(story)
    walk.convene(story, "韩文博", date(2026, 3, 23), date(2026, 3, 24))
    story.lay_out("王强", date(2026, 3, 23), clauses=walk.WAGE_CLAUSES)
    story.request_information("李敏", date(2026, 3, 23), what="利润")
    story.suspend("韩文博", date(2026, 3, 24), **BREAK)
    return story, date(2026, 3, 25)


def agreed(db: Session, region: str) -> tuple[Story, date]:
    """Every clause is agreed to."""
    return walk.drafted(db, region), date(2026, 3, 24)


def suspended(db: Session, region: str) -> tuple[Story, date]:
    story = walk.consulting(db, region)
    story.both("suspend", date(2026, 4, 1), **BREAK)
    return story, date(2026, 5, 7)


def referred(db: Session, region: str) -> tuple[Story, date]:
    story = walk.consulting(db, region)
    story.refer("李敏", date(2026, 4, 20), open_items="工资")
    return story, date(2026, 4, 22)


def coordinating(db: Session, region: str) -> tuple[Story, date]:
    story, day = referred(db, region)
    story.accept_coordination("郑楠", day)
    return story, date(2026, 4, 23)


def settled(db: Session, region: str) -> tuple[Story, date]:
    """A meeting of the congress is being prepared."""
    story = walk.settled(db, region)
    a_hall(story, date(2026, 4, 10), date(2026, 3, 24))
    return story, date(2026, 3, 25)


def submitted(db: Session, region: str) -> tuple[Story, date]:
    return walk.submitted(db, region)[0], date(2026, 3, 25)


def passed(db: Session, region: str) -> tuple[Story, date]:
    """The congress has voted; the negotiation has not heard of it."""
    return _voted(db, region, 45)


def failed(db: Session, region: str) -> tuple[Story, date]:
    return _voted(db, region, 15)


def _voted(db: Session, region: str, in_favour: int) -> tuple[Story, date]:
    story = walk.settled(db, region)
    hall = a_hall(story, date(2026, 4, 10), date(2026, 3, 24))
    story.submit_to_congress("李敏", date(2026, 3, 24), meetings=[hall.id])
    from_paper(hall, date(2026, 4, 10), in_favour, 60 - in_favour)
    return story, date(2026, 4, 11)


def adopted(db: Session, region: str) -> tuple[Story, date]:
    return walk.adopted(db, region), date(2026, 4, 13)


def signed(db: Session, region: str) -> tuple[Story, date]:
    return walk.signed(db, region), date(2026, 4, 16)


def handed_in(db: Session, region: str) -> tuple[Story, date]:
    story = walk.signed(db, region)
    walk.file_in(story)
    return story, date(2026, 4, 17)


def filed(db: Session, region: str) -> tuple[Story, date]:
    return walk.filed(db, region), date(2026, 4, 20)


def incomplete(db: Session, region: str) -> tuple[Story, date]:
    """The authority has asked for more."""
    story = walk.filed(db, region)
    story.ask_supplement("郑楠", date(2026, 4, 20), what=PIECES["minutes"], by=date(2026, 4, 27))
    return story, date(2026, 4, 22)


def objected(db: Session, region: str) -> tuple[Story, date]:
    story = walk.filed(db, region)
    story.object("郑楠", date(2026, 4, 24), served=date(2026, 4, 24), opinion="不合法")
    return story, date(2026, 4, 27)


def in_force(db: Session, region: str) -> tuple[Story, date]:
    """By silence; obligations are listed."""
    story = walk.in_force(db, region)
    listed(story)
    return story, date(2026, 5, 11)


def in_review(db: Session, region: str) -> tuple[Story, date]:
    """A round is closed and not yet reported, with something still to be corrected; the next is under way."""
    story = walk.in_force(db, region)
    listed(story)
    first, second = story.facts(date(2026, 5, 8)).obligations
    period = {"period_from": date(2026, 5, 7), "members": "双方各两人"}
    story.start_round("李敏", date(2026, 8, 3), period_until=date(2026, 7, 31), **period)
    story.record_finding("李敏", date(2026, 8, 3), obligation=first.id, result="fulfilled")
    story.record_finding("李敏", date(2026, 8, 3), obligation=second.id, result="not", correct_by=date(2026, 9, 1))
    story.close_round("李敏", date(2026, 8, 4), conclusion="一项未履行")
    story.start_round("李敏", date(2026, 11, 2), period_until=date(2026, 10, 31), **period)
    return story, date(2026, 11, 3)


def reviewed(db: Session, region: str) -> tuple[Story, date]:
    """Every obligation of the open round has its finding, and the term has two months to run."""
    story, day = in_review(db, region)
    for obligation in story.facts(day).obligations:
        story.record_finding("李敏", day, obligation=obligation.id, result="fulfilled")
    return story, date(2027, 3, 2)


def listed(story: Story) -> None:
    day = date(2026, 5, 8)
    clauses = story.facts(day).clauses
    story.list_obligations(
        "李敏",
        day,
        obligations=[{"clause": c.id, "what": f"履行事项{n}", "owner": "employer"} for n, c in enumerate(clauses[:2], start=1)],
    )


def several(db: Session, region: str) -> tuple[Story, date]:
    """Three enterprises have voted on a regional contract."""
    place = town(db, region)
    story = settled_for_several(db, place, "each_enterprise")
    votes(story, place, halls(story, place), 60, 60, 60)
    return story, date(2026, 4, 13)


def several_signed(db: Session, region: str) -> tuple[Story, date]:
    return signed_by_several(db, region), date(2026, 4, 16)
