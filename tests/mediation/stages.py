"""A mediation in every place that an act starts from: each a case of its own, with something on the table that the act can take up."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session

from mediation.acts import demand_consultation
from mediation.forms import Consultation
from tests.cast import noon, paper
from tests.mediation import cast
from tests.mediation.cast import APPLICANT, RECEIVED, RESPONDENT, Committee, Story
from workflow.procedure import Actor
from workflow.seats import Seat

Stage = Callable[[Session, Committee], tuple[Story, date]]
"""Before this committee → the case, and the day on which it is looked at."""


def demanded(db: Session, at: Committee, **more: Any) -> Story:
    """The worker demands to consult, which the clerk enters."""
    given = {
        "committee": at.body.id,
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付拖欠的工资",
        "account": "公司没有支付三个月的工资。",
        **more,
    }
    by = Actor(at["方雨"], frozenset({Seat.COMMITTEE_CLERK}), Seat.COMMITTEE_CLERK)
    return Story(db, at, demand_consultation(db, Consultation.read(given), at.body, by=by, today=RECEIVED, at=noon(RECEIVED)))


def consulting(db: Session, at: Committee) -> tuple[Story, date]:
    return demanded(db, at), date(2026, 3, 4)


def in_consultation(db: Session, at: Committee) -> tuple[Story, date]:
    story = demanded(db, at)
    story.respond("陈静", date(2026, 3, 3), reply="agrees", until=date(2026, 3, 20))
    return story, date(2026, 3, 4)


def unwilling(db: Session, at: Committee) -> tuple[Story, date]:
    """The other side would not consult."""
    story = demanded(db, at)
    story.respond("陈静", date(2026, 3, 3), reply="refuses")
    return story, date(2026, 3, 4)


def registered(db: Session, at: Committee) -> tuple[Story, date]:
    return cast.applied(db, at), date(2026, 3, 4)


def asked(db: Session, at: Committee) -> tuple[Story, date]:
    return cast.asked(db, at), date(2026, 3, 4)


def consented(db: Session, at: Committee) -> tuple[Story, date]:
    story = cast.asked(db, at)
    story.consent("陈静", date(2026, 3, 4))
    return story, date(2026, 3, 4)


def accepted(db: Session, at: Committee) -> tuple[Story, date]:
    return cast.accepted(db, at), date(2026, 3, 6)


def group(db: Session, at: Committee) -> tuple[Story, date]:
    """Eleven workers, who have chosen nobody yet."""
    others = [{"kind": "worker", "name": f"工人{n}", "phone": f"1390000{n:04}"} for n in range(10)]
    return cast.accepted(db, at, applicants=[APPLICANT, *others]), date(2026, 3, 6)


def mediating(db: Session, at: Committee) -> tuple[Story, date]:
    """A talk was held, a proposal and a motion wait for an answer."""
    story = cast.mediating(db, at)
    story.hold_talk("罗文", date(2026, 3, 6), place="调解室", present="孙洁、陈静", record="双方核对了工资表。")
    story.make_proposal("罗文", date(2026, 3, 6), text="分两期支付。", amount_fen="18000")
    story.settle_between("陈静", date(2026, 3, 6), text="一次付清15000元。")
    return story, date(2026, 3, 9)


def challenged(db: Session, at: Committee) -> tuple[Story, date]:
    """By the employer, in the case of a worker for whom the chair never mediated."""
    story = cast.mediating(db, at, applicants=[{"kind": "worker", "name": "田野"}])
    _challenge(story, "陈静")
    return story, date(2026, 3, 9)


def chair_challenged(db: Session, at: Committee) -> tuple[Story, date]:
    """The chair mediates himself and is challenged: the others decide."""
    story = cast.accepted(db, at)
    story.assign("顾平", date(2026, 3, 5), mediators=[at["顾平"]])
    _challenge(story)
    return story, date(2026, 3, 9)


def _challenge(story: Story, by: str = "孙洁") -> None:
    (mediator,) = story.facts(date(2026, 3, 6)).assignments
    story.challenge(by, date(2026, 3, 6), assignment=mediator.id, reason="与公司经理是亲属")


def agreed(db: Session, at: Committee) -> tuple[Story, date]:
    return cast.agreed(db, at), date(2026, 3, 13)


def performing(db: Session, at: Committee) -> tuple[Story, date]:
    return cast.performing(db, at), date(2026, 3, 16)


def under_review(db: Session, at: Committee) -> tuple[Story, date]:
    story = cast.performing(db, at)
    story.apply_review("孙洁", date(2026, 3, 16), body="虹口区仲裁委员会")
    story.apply_review("陈静", date(2026, 3, 17))
    return story, date(2026, 3, 18)


def missed(db: Session, at: Committee) -> tuple[Story, date]:
    """The first instalment was not paid."""
    story = cast.performing(db, at)
    first = story.facts(cast.SIGNED).terms[0].id
    story.record_performance("孙洁", date(2026, 4, 14), term=first, state="missed")
    return story, date(2026, 4, 15)


def paid(db: Session, at: Committee) -> tuple[Story, date]:
    story = cast.performing(db, at)
    for term in story.facts(cast.SIGNED).terms:
        story.record_performance("孙洁", date(2026, 4, 10), term=term.id, state="performed")
    return story, date(2026, 4, 13)


def closed(db: Session, at: Committee) -> tuple[Story, date]:
    story = cast.mediating(db, at)
    story.hand_in("孙洁", date(2026, 3, 6), title="工资单", circle="applicant", evidence=paper(db))
    story.fail("罗文", date(2026, 3, 9), cause="no_agreement")
    return story, date(2026, 3, 10)


def lapsed(db: Session, at: Committee) -> tuple[Story, date]:
    """The agreement was drawn up and time ran out before all had signed."""
    story = cast.agreed(db, at)
    story.lapse(None, date(2026, 3, 21))
    return story, date(2026, 3, 23)


def settled(db: Session, at: Committee) -> tuple[Story, date]:
    """Between themselves, by a day that has passed."""
    story = cast.accepted(db, at)
    for who in ("孙洁", "陈静"):
        story.settle_between(who, date(2026, 3, 6), text="公司一次付清15000元。", due=date(2026, 3, 20))
    return story, date(2026, 3, 25)
