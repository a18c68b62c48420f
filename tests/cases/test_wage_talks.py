"""Wage talks in Shanghai, from the offer to a closed fulfilment round, in the acts' own verbs."""

from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.forms import PIECES
from negotiation.models import ReviewRound
from negotiation.terms import State
from tests.cases.hall import a_hall, hear
from tests.cast import EMPLOYER, WAGE_CLAUSES, WORKERS, hongxing, noon, wage_talks
from web.house import verify
from workflow.database import Database
from workflow.documents.issue import Document
from workflow.journal import checkpoint
from workflow.procedure import Refused


def test_a_wage_contract_in_shanghai_from_the_offer_to_a_closed_fulfilment_round(db: Session, database: Database) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))

    # 要约: 15日 from receipt, and the 27th is a holiday (上海市集体合同条例 Art. 15).
    story.offer("李敏", date(2026, 9, 1))
    story.record_receipt("陈静", date(2026, 9, 12), received=date(2026, 9, 12), means="return_slip")
    assert story.deadlines(date(2026, 9, 12)) == {"NEG-RESPONSE-DAYS": "2026-09-28 running"}
    story.accept_offer("陈静", date(2026, 9, 20), statement="同意协商。")

    # 协商准备: information five days before the talks begin (工资集体协商试行办法 Art. 18).
    story.appoint("李敏", date(2026, 9, 21), side="workers", representatives=WORKERS)
    story.appoint("陈静", date(2026, 9, 22), side="employer", representatives=EMPLOYER)
    story.name_recorder("王强", date(2026, 9, 22), name="孙洁")
    story.request_information("李敏", date(2026, 9, 22), what="上年度工资总额、平均工资和利润")
    story.convene("李敏", date(2026, 9, 22), held_on=date(2026, 9, 28), place="二楼会议室", agenda="工资调整", chair="joint")
    assert story.deadlines(date(2026, 9, 22))["INFO-DAYS"] == "2026-09-23 running"
    asked = story.facts(date(2026, 9, 23)).requests[0]
    story.disclose("陈静", date(2026, 9, 23), request=asked.id, answer="工资总额2160万元，平均工资6000元。", evidence=story.paper())

    # 协商, and the draft that both chiefs settle.
    meeting = story.facts(date(2026, 9, 28)).meetings[-1]
    story.minute("孙洁", date(2026, 9, 28), meeting=meeting.id, present="双方代表", record="逐条讨论。", signed="both")
    story.lay_out("王强", date(2026, 9, 28), clauses=WAGE_CLAUSES)
    story.set_terms(
        "王强",
        date(2026, 9, 28),
        term_from=date(2027, 1, 1),
        term_until=date(2027, 12, 31),
        wages=[{"post": "一线工", "persons": 200, "before": "6000", "after": "6360"}],
    )
    for clause in story.facts(date(2026, 9, 29)).clauses:
        story.agree_clause("李敏", date(2026, 9, 29), clause=clause.id)
        story.agree_clause("韩文博", date(2026, 9, 29), clause=clause.id)
    story.both("settle", date(2026, 9, 30))
    settled = story.case.text_hash
    assert story.case.state == State.SETTLED and settled is not None

    # 职代会: exactly half of all delegates is enough here (Art. 22), and the certified result reaches the negotiation by itself.
    hall = a_hall(story, date(2026, 10, 20), date(2026, 10, 9))
    story.submit_to_congress("李敏", date(2026, 10, 9), meetings=[hall.id])
    hall.call(date(2026, 10, 10))
    hall.vote(date(2026, 10, 20), 30, 15, 5)
    assert hear(story, database, date(2026, 10, 20)) == 1
    assert hear(story, database, date(2026, 10, 20)) == 0
    assert (story.case.state, story.case.text_hash) == (State.ADOPTED, settled)

    # 签订与报审: ten days from the notice of passage, not from the signatures (Art. 23); the tenth is a Sunday.
    story.notify_passage("李敏", date(2026, 10, 22), received=date(2026, 10, 22), means="return_slip")
    assert story.deadlines(date(2026, 10, 22))["FILE-DAYS"] == "2026-11-02 running"
    story.sign("李敏", date(2026, 10, 23), confirmed=True, sealed=True)
    story.sign("韩文博", date(2026, 10, 24), sealed=True, evidence=story.paper())
    story.file("陈静", date(2026, 10, 28), authority="上海市人力资源和社会保障局", copies=3, pieces=list(PIECES))
    story.record_filing_receipt(
        "陈静", date(2026, 10, 29), received=date(2026, 10, 29), number="沪人社收〔2026〕88号", evidence=story.paper()
    )
    assert story.deadlines(date(2026, 10, 29))["REVIEW-DAYS"] == "2026-11-13 running"

    # 生效: an opinion without objection brings effect for wages (工资集体协商试行办法 Art. 22).
    story.approve("郑楠", date(2026, 11, 10), served=date(2026, 11, 10), number="沪人社审〔2026〕41号", opinion="没有异议。")
    assert (story.case.state, story.case.effective_by) == (State.IN_FORCE, "approval")
    stands = story.deadlines(date(2026, 11, 10))
    assert stands["REVIEW-DAYS"] == "2026-11-13 met"
    assert stands["PUBLISH"] == "2026-11-16 running", "the fifth day is a Sunday"
    story.publish("李敏", date(2026, 11, 12), form="board", place="厂区公告栏", evidence=story.paper())

    # 履约检查.
    clauses = {c.head: c.id for c in story.facts(date(2026, 11, 20)).clauses}
    story.list_obligations(
        "李敏",
        date(2026, 11, 20),
        obligations=[
            {"clause": clauses["wage_level"], "what": "平均工资增长6%", "owner": "employer", "due": "2027-01-31"},
            {"clause": clauses["bonus_and_allowance"], "what": "夜班津贴每班30元", "owner": "employer", "every_months": 1},
        ],
    )
    story.start_round(
        "李敏", date(2027, 5, 10), period_from=date(2027, 1, 1), period_until=date(2027, 4, 30), members="李敏、王强、陈静、周刚"
    )
    raised, allowance = (o.id for o in story.facts(date(2027, 5, 10)).obligations)
    story.record_finding("陈静", date(2027, 5, 11), obligation=raised, result="fulfilled", note="1月起执行。")
    story.record_finding("王强", date(2027, 5, 11), obligation=allowance, result="partly", note="仓库少发。", correct_by=date(2027, 5, 31))
    story.record_correction(
        "陈静", date(2027, 5, 25), finding=story.facts(date(2027, 5, 25)).findings[-1].id, correction="已补发仓库1至4月夜班津贴。"
    )
    story.close_round("李敏", date(2027, 5, 28), conclusion="总体履行良好。")
    story.report_round("李敏", date(2027, 6, 2), round=db.exec(select(ReviewRound)).one().id)

    mark = settled[:8]
    assert story.told()[-15:] == [
        f"2026-10-20 职代会审议通过（校验码{mark}）。",
        "2026-10-22 书面告知通过：2026-10-22收到。",
        f"2026-10-23 职工方首席代表签字（校验码{mark}）。",
        f"2026-10-24 企业方首席代表签字（校验码{mark}）。",
        "2026-10-28 报送审查，一式3份。",
        "2026-10-29 登记收件：2026-10-29收到文本。",
        "2026-11-10 审查无异议，2026-11-10送达。",
        "2026-11-12 公布。",
        "2026-11-20 列出履行事项2项。",
        "2027-05-10 开始第1轮履约检查。",
        "2027-05-11 第1轮检查：一项履行。",
        "2027-05-11 第1轮检查：一项部分履行。",
        "2027-05-25 登记整改。",
        "2027-05-28 结束第1轮履约检查：履行1项，共2项。",
        "2027-06-02 向职代会报告第1轮履约检查。",
    ]
    papers = db.exec(
        select(Document.kind).where(Document.case_id == story.case.id, Document.case_kind == "negotiation").order_by(Document.id)
    )
    assert papers.all() == [
        "offer",
        "reply",
        "representatives",
        "representatives",
        "meeting_notice",
        "minutes",
        "draft",
        "passage",
        "contract",
        "filing_letter",
        "filing_account",
        "review_opinion",
        "publication",
        "fulfilment_report",
    ]
    checkpoint(db, noon(date(2027, 6, 2)))
    assert verify(db) == []


def test_the_offer_starts_the_reply_clock_on_receipt(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    assert story.facts(date(2026, 9, 2)).deadline("NEG-RESPONSE-DAYS") is None
    story.record_receipt("陈静", date(2026, 9, 14), received=date(2026, 9, 12), means="return_slip")
    deadline = story.facts(date(2026, 9, 14)).deadline("NEG-RESPONSE-DAYS")
    assert deadline is not None
    assert deadline.due == date(2026, 9, 28)
    assert "上海市集体合同条例" in "；".join(str(s) for s in deadline.derivation())


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


def test_the_employer_may_be_the_one_who_offers(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1), by="陈静")
    with pytest.raises(Refused, match="要约方"):
        story.offer("李敏", date(2026, 9, 1))
    story.offer("陈静", date(2026, 9, 1))
    story.record_receipt("李敏", date(2026, 9, 3), received=date(2026, 9, 3), means="meeting")
    story.accept_offer("李敏", date(2026, 9, 4))
    assert story.journal() == ["2026-09-01 立案", "2026-09-01 发出要约", "2026-09-03 登记送达", "2026-09-04 同意协商"]
