"""Wage talks in Shanghai, from the offer to a closed fulfilment round, in the acts' own verbs."""

from datetime import date

import pytest
from sqlmodel import Session

from negotiation.terms import State
from tests.cast import EMPLOYER, WAGE_CLAUSES, WORKERS, Story, hongxing, wage_talks
from workflow.forms import Invalid
from workflow.procedure import Refused


def to_preparing(db: Session) -> Story:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    story.record_receipt("陈静", date(2026, 9, 12), received=date(2026, 9, 12), means="return_slip")
    story.accept_offer("陈静", date(2026, 9, 20), statement="同意协商。")
    return story


def to_consulting(db: Session) -> Story:
    story = to_preparing(db)
    story.appoint("李敏", date(2026, 9, 21), side="workers", representatives=WORKERS)
    story.appoint("陈静", date(2026, 9, 22), side="employer", representatives=EMPLOYER)
    story.name_recorder("王强", date(2026, 9, 23), name="孙洁")
    story.convene("李敏", date(2026, 9, 24), held_on=date(2026, 9, 28), place="二楼会议室", agenda="工资调整", chair="joint")
    return story


def to_settled(db: Session) -> Story:
    story = to_consulting(db)
    story.minute("孙洁", date(2026, 9, 28), meeting=_meeting(story), present="双方代表", record="逐条讨论。", signed="both")
    story.lay_out("王强", date(2026, 9, 28), clauses=WAGE_CLAUSES)
    story.set_terms(
        "王强",
        date(2026, 9, 28),
        term_from=date(2027, 1, 1),
        term_until=date(2027, 12, 31),
        wages=[{"post": "一线工", "persons": 200, "before": "6000", "after": "6360"}],
    )
    for clause in story.facts(date(2026, 9, 28)).clauses:
        story.agree_clause("李敏", date(2026, 9, 29), clause=clause.id)
        story.agree_clause("韩文博", date(2026, 9, 29), clause=clause.id)
    story.settle("李敏", date(2026, 9, 30))
    assert story.case.state == State.CONSULTING
    story.settle("韩文博", date(2026, 9, 30))
    return story


def _meeting(story: Story) -> int:
    return story.facts(date(2026, 9, 28)).meetings[-1].id or 0


def test_the_offer_starts_the_reply_clock_on_receipt(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    assert story.facts(date(2026, 9, 2)).deadline("NEG-RESPONSE-DAYS") is None
    story.record_receipt("陈静", date(2026, 9, 14), received=date(2026, 9, 12), means="return_slip")
    deadline = story.facts(date(2026, 9, 14)).deadline("NEG-RESPONSE-DAYS")
    assert deadline is not None
    assert deadline.due == date(2026, 9, 28)
    assert "上海市集体合同条例" in "；".join(str(s) for s in deadline.derivation())


def test_a_wage_contract_walks_to_the_settled_draft(db: Session) -> None:
    story = to_settled(db)
    assert story.case.state == State.SETTLED
    assert story.case.text_hash
    assert story.journal()[:4] == ["2026-09-01 立案", "2026-09-01 发出要约", "2026-09-12 登记送达", "2026-09-20 同意协商"]


def test_an_offer_without_matters_is_refused_with_its_article(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1), subject="", proposed_place="")
    with pytest.raises(Refused) as refused:
        story.offer("李敏", date(2026, 9, 1))
    said = [str(r.sentence) for r in refused.value.reasons]
    assert said == ["要约应当以书面形式提出，还没有写明协商事项。", "协商意向书应当明确协商的时间、地点，还没有写明地点。"]
    assert [str(c) for c in refused.value.reasons[0].citations][0] == "《工资集体协商试行办法》第十七条"


def test_the_employer_cannot_offer_on_the_unions_behalf(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    with pytest.raises(Refused, match="要约方"):
        story.offer("陈静", date(2026, 9, 1))


def test_a_day_in_the_future_is_refused(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    with pytest.raises(Invalid, match="办理日期不能晚于今天"):
        story.offer("李敏", date(2026, 9, 2), entered=date(2026, 9, 1))
