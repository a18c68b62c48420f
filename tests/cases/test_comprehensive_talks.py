"""A comprehensive contract in Hangzhou: ten working days, five representatives a side, a first vote at exactly half, effect by silence."""

from datetime import date

import pytest
from sqlmodel import Session

from negotiation.forms import PIECES
from negotiation.terms import State
from tests.cases.hall import a_hall, hear
from tests.cast import EMPLOYER, WORKERS, Story, hongxing, noon, talks
from web.dispatch import House
from web.house import sweep, verify
from workflow.database import Database
from workflow.forms import Invalid
from workflow.procedure import Refused

WEST_LAKE = "330106"
FIVE_WORKERS = [
    *WORKERS,
    {"name": "钱芳", "post": "钳工", "produced": "congress_election", "female": True, "frontline": True},
    {"name": "冯建", "post": "装配工", "produced": "congress_election", "frontline": True},
]
FIVE_EMPLOYER = [
    *EMPLOYER,
    {"name": "蒋涛", "post": "财务部经理", "produced": "appointed"},
    {"name": "沈娟", "post": "法务", "produced": "appointed"},
]
CLAUSES = [
    {"head": "remuneration", "heading": "劳动报酬", "text": "公司每月10日以货币形式支付上月工资。"},
    {"head": "working_time", "heading": "工作时间", "text": "公司实行每日8小时、每周40小时的标准工时制。"},
    {"head": "safety_and_health", "heading": "劳动安全", "text": "公司每年组织一次职业健康体检。"},
    {"head": "women_and_minors", "heading": "女职工保护", "text": "公司实行男女平等，孕期女职工不安排夜班。"},
    {"head": "term", "heading": "期限", "text": "本合同期限为三年。"},
]


def test_a_comprehensive_contract_in_zhejiang_from_the_offer_to_a_closed_fulfilment_round(db: Session, database: Database) -> None:
    house = hongxing(db, WEST_LAKE, city="杭州")
    house.enterprise.above_scale = True
    story = talks(db, house, date(2026, 3, 2), kind="comprehensive", title="集体合同", subject="续签三年期集体合同")

    # 要约: ten working days (浙江省集体合同条例 Art. 7).
    story.offer("李敏", date(2026, 3, 2))
    story.record_receipt("陈静", date(2026, 3, 4), received=date(2026, 3, 4), means="return_slip")
    assert story.deadlines(date(2026, 3, 4)) == {"NEG-RESPONSE-DAYS": "2026-03-18 running"}
    story.accept_offer("陈静", date(2026, 3, 18))
    assert story.deadlines(date(2026, 3, 18))["NEG-RESPONSE-DAYS"] == "2026-03-18 met"

    # 协商准备: above the scale five a side; information seven days before the meeting (Arts. 10, 16).
    story.appoint("李敏", date(2026, 3, 18), side="workers", representatives=WORKERS)
    story.appoint("陈静", date(2026, 3, 18), side="employer", representatives=EMPLOYER)
    story.name_recorder("李敏", date(2026, 3, 19), name="孙洁")
    meeting = {"held_on": date(2026, 3, 30), "place": "二楼会议室", "agenda": "集体合同草案", "chair": "workers"}
    with pytest.raises(Refused) as refused:
        story.convene("李敏", date(2026, 3, 19), **meeting)
    assert [str(r.sentence) for r in refused.value.reasons] == ["每方协商代表至少5人，现在职工方3人、企业方3人。"]
    story.appoint("李敏", date(2026, 3, 19), side="workers", representatives=FIVE_WORKERS)
    story.appoint("陈静", date(2026, 3, 19), side="employer", representatives=FIVE_EMPLOYER)
    story.request_information("李敏", date(2026, 3, 19), what="近三年工资总额和安全投入")
    story.convene("李敏", date(2026, 3, 20), **meeting)
    assert story.deadlines(date(2026, 3, 20))["INFO-DAYS"] == "2026-03-23 running"
    story.disclose("陈静", date(2026, 3, 23), request=story.facts(date(2026, 3, 23)).requests[0].id, answer="见附件。")
    assert story.deadlines(date(2026, 3, 23))["INFO-DAYS"] == "2026-03-23 met"

    # 协商: 记录 signed by both chiefs; the next meeting is the other side's to chair.
    minutes = {"present": "双方代表", "record": "逐条讨论。", "signed": "both"}
    story.minute("孙洁", date(2026, 3, 30), meeting=story.facts(date(2026, 3, 30)).meetings[-1].id, **minutes)
    with pytest.raises(Invalid, match="这一次轮到对方"):
        story.convene("李敏", date(2026, 3, 31), **{**meeting, "held_on": date(2026, 4, 2)})
    story.convene("韩文博", date(2026, 3, 31), **{**meeting, "held_on": date(2026, 4, 2), "chair": "employer"})
    story.minute("孙洁", date(2026, 4, 2), meeting=story.facts(date(2026, 4, 2)).meetings[-1].id, **minutes)
    story.lay_out("王强", date(2026, 4, 2), clauses=CLAUSES)
    story.set_terms("王强", date(2026, 4, 2), term_from=date(2026, 6, 1), term_until=date(2029, 5, 31), daily_hours=8, weekly_hours=40)
    _agree_to_all(story, date(2026, 4, 3))
    story.both("settle", date(2026, 4, 3))
    assert story.deadlines(date(2026, 4, 3))["TO-CONGRESS"] == "2026-04-27 running", "清明 on 6 April is no working day"
    first = story.case.text_hash

    # 职代会: more than half is wanted (Art. 24); exactly half rejects it, and the new text is voted within five working days.
    hall = a_hall(story, date(2026, 4, 22), date(2026, 4, 7))
    story.submit_to_congress("李敏", date(2026, 4, 8), meetings=[hall.id])
    assert story.deadlines(date(2026, 4, 8))["TO-CONGRESS"] == "2026-04-27 met"
    hall.call(date(2026, 4, 9))
    hall.vote(date(2026, 4, 22), 30, 25)
    assert hear(story, database, date(2026, 4, 22)) == 1
    assert story.case.state == State.CONSULTING and story.case.text_hash is None
    health = next(c for c in story.facts(date(2026, 4, 23)).clauses if c.head == "safety_and_health")
    story.counter("李敏", date(2026, 4, 23), clause=health.id, based_on=health.text_id, text="公司每年组织两次职业健康体检。")
    _agree_to_all(story, date(2026, 4, 24))
    story.both("settle", date(2026, 4, 24))
    assert story.case.text_hash not in (None, first)
    assert story.deadlines(date(2026, 4, 24))["REVOTE"] == "2026-05-06 running", "五一 from 1 to 5 May"
    again = a_hall(story, date(2026, 5, 12), date(2026, 4, 28), number=2)
    story.submit_to_congress("李敏", date(2026, 4, 28), meetings=[again.id])
    again.call(date(2026, 4, 29))
    again.vote(date(2026, 5, 12), 46, 8, 2)
    assert hear(story, database, date(2026, 5, 12)) == 1
    assert story.case.state == State.ADOPTED

    # 签订与报审: ten days from the second signature, five copies (Art. 35).
    story.sign("李敏", date(2026, 5, 13), confirmed=True)
    story.sign("韩文博", date(2026, 5, 14), evidence=story.paper())
    assert story.deadlines(date(2026, 5, 14))["FILE-DAYS"] == "2026-05-25 running", "the tenth day is a Sunday"
    dossier = {"authority": "杭州市西湖区人力资源和社会保障局", "pieces": [p for p in PIECES if not p.endswith("_explanation")]}
    with pytest.raises(Invalid) as wrong:
        story.file("陈静", date(2026, 5, 18), copies=3, **dossier)
    assert [str(s) for s in wrong.value.errors["copies"]] == ["应当一式5份报送。"]
    story.file("陈静", date(2026, 5, 18), copies=5, **dossier)
    story.record_filing_receipt("郑楠", date(2026, 5, 19), received=date(2026, 5, 19))

    # 生效: nobody objects within fifteen days; the clock says so, once.
    db.commit()
    courts = House(database)
    assert sweep(courts, date(2026, 6, 3), noon(date(2026, 6, 3))) == 0, "3 June is the last day"
    assert sweep(courts, date(2026, 6, 9), noon(date(2026, 6, 9))) == 1
    assert sweep(courts, date(2026, 6, 9), noon(date(2026, 6, 9))) == 0
    db.expire_all()
    assert (story.case.state, story.case.effective_by) == (State.IN_FORCE, "silence")
    assert story.facts(date(2026, 6, 9)).day_of("EFFECTIVE") == date(2026, 6, 4), "the day after the period, whenever the clock looked"
    assert story.deadlines(date(2026, 6, 9))["PUBLISH"] == "2026-06-11 running", "five working days"
    story.publish("李敏", date(2026, 6, 9), form="board", place="厂门公告栏")
    story.report_upper("李敏", date(2026, 6, 10))

    # 履约检查.
    facts = story.facts(date(2026, 6, 15))
    story.list_obligations(
        "李敏",
        date(2026, 6, 15),
        obligations=[{"clause": health.id, "what": "职业健康体检", "owner": "employer", "every_months": 6}],
    )
    assert facts.day_of("PUBLISHED") == date(2026, 6, 9)
    story.start_round("李敏", date(2027, 5, 20), period_from=date(2026, 6, 4), period_until=date(2027, 5, 19), members="李敏、陈静")
    story.record_finding("李敏", date(2027, 5, 21), obligation=story.facts(date(2027, 5, 21)).obligations[0].id, result="fulfilled")
    story.close_round("李敏", date(2027, 5, 25), conclusion="全部履行。")
    story.report_round("李敏", date(2027, 6, 3), round=story.facts(date(2027, 6, 3)).rounds[0].id)

    assert [line for line in story.journal() if "条款" not in line][-17:] == [
        "2026-04-22 审议未通过",
        "2026-04-24 议定草案",
        "2026-04-24 议定草案",
        "2026-04-28 提交职代会",
        "2026-05-12 审议通过",
        "2026-05-13 首席代表签字",
        "2026-05-14 首席代表签字",
        "2026-05-18 报送审查",
        "2026-05-19 登记收件",
        "2026-06-04 生效",
        "2026-06-09 公布",
        "2026-06-10 报送上级工会",
        "2026-06-15 列出履行事项",
        "2027-05-20 开始履约检查",
        "2027-05-21 记录检查结果",
        "2027-05-25 结束履约检查",
        "2027-06-03 向职代会报告履约情况",
    ]
    assert verify(db) == []


def _agree_to_all(story: Story, on: date) -> None:
    for clause in story.facts(on).clauses:
        if clause.state == "open":
            story.agree_clause("李敏", on, clause=clause.id)
            story.agree_clause("韩文博", on, clause=clause.id)
