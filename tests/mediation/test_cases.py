"""Disputes before a committee, from the application to the end, as the journal tells them."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mediation.acts import demand_consultation
from mediation.forms import Consultation
from tests.cast import hongxing, noon, paper
from tests.mediation import cast
from tests.mediation.cast import APPLICANT, DRAWN, FIRST, RECEIVED, RESPONDENT, SECOND, SIGNED, TALKED, committee, street
from workflow.forms import Invalid
from workflow.procedure import Actor
from workflow.seats import Seat

NO_ACCOUNT = {"kind": "worker", "name": "田野", "phone": "13900000000"}


def test_a_dispute_is_settled_and_the_agreement_performed(db: Session) -> None:
    story = cast.performing(db, street(db))
    assert story.due("MED-ACCEPT") == "2026-03-05 met" and story.due("MED-15") == "2026-03-17 stopped"
    assert story.due("MED-END") == "2026-03-20 met" and story.due("REV-APPLY") == "2026-03-30 running"
    one, two = story.facts(FIRST).terms
    story.record_performance("孙洁", FIRST, term=one.id, state="partly", amount_fen="10000")
    story.record_performance("孙洁", date(2026, 5, 6), term=two.id, state="partly", amount_fen="3000")
    assert story.refused("perform", "罗文", date(2026, 5, 6)) == ["还有1项没有履行完毕。"]
    with pytest.raises(Invalid, match="还剩5,000.00元"):
        story.record_performance("陈静", SECOND, term=two.id, state="partly", amount_fen="6000")
    story.record_performance("陈静", SECOND, term=two.id, state="partly", amount_fen="5000")
    story.perform("罗文", SECOND)
    story.archive("方雨", date(2026, 5, 20), file_number="2026-001")
    assert story.told() == [
        "2026-03-02 登记调解申请（当面提交书面申请）。",
        "2026-03-03 征询对方意见，请在2026-03-05以前答复。",
        "2026-03-04 同意调解。",
        "2026-03-05 受理。",
        "2026-03-05 指定调解员1名。",
        "2026-03-09 记录第1次调解会谈。",
        "2026-03-12 达成协议，履行事项2项。",
        "2026-03-13 签署协议：当事人签名或者盖章。",
        "2026-03-13 签署协议：当事人签名或者盖章。",
        "2026-03-13 签署协议：调解员签名。",
        "2026-03-13 签署协议：加盖调解委员会印章。",
        "2026-04-13 第1项履行情况：已履行。",
        "2026-05-06 第2项履行情况：部分履行。",
        "2026-05-15 第2项履行情况：已履行。",
        "2026-05-15 履行完毕。",
        "2026-05-20 归档，卷宗号2026-001。",
    ]


def test_a_missed_instalment_leads_to_a_payment_order(db: Session) -> None:
    """The day after the second instalment is missed the limitation runs anew; wages alone would also carry a direct suit."""
    story = cast.performing(db, street(db), second={"head": "compensation"})
    story.record_performance("孙洁", FIRST, term=story.facts(FIRST).terms[0].id, state="partly", amount_fen="10000")
    assert story.until(date(2026, 5, 18)) == ["2026-05-16 miss"]
    assert story.case.state == "performing" and [t.state for t in story.facts(SECOND).terms] == ["performed", "missed"]
    for route, why in (("direct_suit", "协议不只是劳动报酬"), ("enforce", "没有经过仲裁审查或者司法确认")):
        with pytest.raises(Invalid, match=why):
            story.hand_on("罗文", date(2026, 5, 18), route=route)
    story.hand_on("罗文", date(2026, 5, 18), route="payment_order")
    assert (story.case.outcome, story.case.interruption) == ("handed_on", "agreement_unperformed")
    assert story.limits(date(2026, 5, 18)) == [None, date(2027, 5, 18)]


def test_the_other_party_refuses(db: Session) -> None:
    story = cast.asked(db, street(db))
    story.refuse_consent("陈静", date(2026, 3, 4), reason="要求直接仲裁。")
    assert story.refused("accept", "顾平", date(2026, 3, 5)) == [
        "已经有一方不同意调解或者逾期没有答复。",
        "还有上海红星机械有限公司没有同意调解。",
    ]
    story.decline("顾平", date(2026, 3, 5), cause="refused", reason="被申请人不同意调解。")
    assert (story.case.outcome, story.case.interruption) == ("refused", "mediation_refused")
    assert story.limits(date(2026, 3, 5))[1] == date(2027, 3, 4)


def test_silence_is_no_consent(db: Session) -> None:
    story = cast.asked(db, street(db))
    assert story.until(date(2026, 3, 9)) == ["2026-03-06 no_answer"]
    story.decline("顾平", date(2026, 3, 9), cause="refused", reason="被申请人没有答复。")
    assert story.told()[-2:] == ["2026-03-06 逾期未答复。", "2026-03-09 不予受理：一方不同意调解。"]


def test_what_is_no_labour_dispute_restarts_nothing(db: Session) -> None:
    story = cast.asked(db, street(db))
    with pytest.raises(Invalid, match="还没有人不同意调解"):
        story.decline("顾平", date(2026, 3, 5), cause="refused", reason="不同意调解。")
    story.decline("顾平", date(2026, 3, 5), cause="out_of_scope", reason="属于民事借贷纠纷。")
    assert (story.case.outcome, story.case.interruption) == ("not_accepted", None)
    assert story.limits(date(2026, 3, 5))[1] == date(2027, 1, 15)


def test_a_period_that_runs_out_ends_mediation(db: Session) -> None:
    """Fifteen days from acceptance in the country, from receipt in Zhejiang; an unsigned agreement does not stop it."""
    story = cast.agreed(db, street(db))
    assert story.until(date(2026, 3, 23)) == ["2026-03-21 lapse"]
    assert (story.case.outcome, story.case.interruption, story.case.closed_on) == ("lapsed", "mediation_failed", date(2026, 3, 21))
    assert story.told()[-1] == "2026-03-21 调解期限届满，视为调解不成。"
    zhejiang = cast.accepted(db, street(db, "330000", city="杭州"), respondents=[{**RESPONDENT, "name": "杭州红星机械有限公司"}])
    assert zhejiang.due("MED-END") == "2026-03-17 running"


def test_both_may_extend_and_extend_again(db: Session) -> None:
    """The worker has no account: what he signed is entered from paper."""
    story = cast.mediating(db, street(db), applicants=[NO_ACCOUNT])
    for was, until in ((date(2026, 3, 20), date(2026, 4, 3)), (date(2026, 4, 3), date(2026, 4, 17))):
        story.extend("陈静", TALKED, until=until, reason="等待工资数据。")
        assert story.due("MED-END") == f"{was} running"
        story.extend("方雨", TALKED, seat=Seat.APPLICANT, evidence=story.paper())
        assert story.due("MED-END") == f"{until} running"
    with pytest.raises(Invalid, match="新的期限要晚于原来的2026-04-17"):
        story.extend("陈静", TALKED, until=date(2026, 4, 10), reason="等待工资数据。")
    assert story.until(date(2026, 4, 17)) == []
    assert story.told()[-1] == "2026-03-09 双方同意延期，调解期限由2026-04-03延长到2026-04-17。"


@pytest.mark.parametrize(("accepted", "event"), [(False, None), (True, "mediation_stopped")])
def test_withdrawal_restarts_the_limitation_only_once_mediation_was_accepted(db: Session, accepted: bool, event: str | None) -> None:
    story = cast.accepted(db, street(db)) if accepted else cast.applied(db, street(db))
    story.withdraw("孙洁", date(2026, 3, 9), reason="已经另找工作。")
    assert (story.case.outcome, story.case.interruption) == ("withdrawn", event)
    assert story.limits(date(2026, 3, 9))[1] == (date(2027, 3, 9) if accepted else date(2027, 1, 15))


def test_a_challenged_mediator_is_replaced(db: Session) -> None:
    story = cast.mediating(db, street(db))
    story.challenge("陈静", TALKED, assignment=story.facts(TALKED).assignments[0].id, reason="调解员与申请人是亲属。")
    assert story.refused("hold_talk", "罗文", TALKED, place="调解室", present="双方", record="双方陈述。") == [
        "对调解员的回避申请还没有决定。"
    ]
    story.decide_challenge("顾平", TALKED, decision="granted")
    assert story.refused("hold_talk", "罗文", TALKED, place="调解室", present="双方", record="双方陈述。")
    story.assign("顾平", TALKED, mediators=[story.committee["蒋芸"]])
    story.recuse("蒋芸", TALKED, reason="曾在被申请人处任职。")
    assert [(a.why) for a in story.facts(TALKED).assignments] == ["challenged", "recused"]


def test_a_chair_who_is_challenged_does_not_decide(db: Session) -> None:
    story = cast.accepted(db, street(db))
    story.assign("顾平", TALKED, mediators=[story.committee["顾平"]])
    story.challenge("孙洁", TALKED, assignment=story.facts(TALKED).assignments[0].id, reason="主任与公司有业务往来。")
    assert story.refused("decide_challenge", "顾平", TALKED, decision="dismissed") == ["申请回避的正是主任本人，主任不能决定。"]
    story.vote_on_challenge("石岩", TALKED, decision="granted")
    assert story.facts(TALKED).open_challenge is not None
    story.vote_on_challenge("何静", TALKED, decision="granted")
    assert story.facts(TALKED).challenges[0].decision == "granted" and not story.facts(TALKED).mediating(TALKED)


def test_twelve_workers_with_one_claim_choose_three_representatives(db: Session) -> None:
    workers = [{"kind": "worker", "name": f"职工{n}"} for n in range(1, 13)]
    story = cast.accepted(db, street(db), applicants=workers, persons=12)
    assert story.refused("assign", "顾平", TALKED, mediators=[story.committee["罗文"]]) == [
        "12名职工的集体争议可以推举3至5名代表，现在推举了0名。"
    ]
    numbers = [p.id for p in story.facts(TALKED).parties if p.role == "applicant"]
    with pytest.raises(Invalid, match="代表要推举3至5名"):
        story.name_representatives("方雨", TALKED, representatives=numbers[:2], evidence=story.paper())
    story.name_representatives("方雨", TALKED, representatives=numbers[:3], evidence=story.paper())
    story.assign("顾平", TALKED, mediators=[story.committee["罗文"]])
    assert [p.name for p in story.facts(TALKED).acting("applicant")] == ["职工1", "职工2", "职工3"]  # type: ignore[arg-type]


def test_a_case_before_the_wrong_committee_is_transferred(db: Session) -> None:
    story = cast.applied(db, street(db))
    story.transfer("顾平", date(2026, 3, 3), to="红星机械有限公司劳动争议调解委员会", reason="企业已设调解委员会，双方同意由它调解。")
    assert (story.case.outcome, story.case.interruption, story.case.transferred_to[:4]) == ("transferred", None, "红星机械")


def test_what_a_commission_entrusts_has_a_period_of_its_own(db: Session) -> None:
    """Ten working days (劳动人事争议仲裁办案规则 Art. 70), which the parties cannot extend."""
    story = cast.applied(db, street(db), channel="arbitration", entrusted_by="上海市仲裁委员会", is_joint=True, evidence=paper(db))
    story.accept("顾平", date(2026, 3, 3))
    story.assign("顾平", date(2026, 3, 3), mediators=[story.committee["罗文"]])
    assert story.due("ARB-ENTRUST") == "2026-03-16 running"
    assert story.refused("extend", "陈静", TALKED, until=date(2026, 4, 1), reason="再谈谈。") == [
        "仲裁委员会委托调解的期限不能由双方延长。"
    ]
    assert story.until(date(2026, 3, 17)) == ["2026-03-17 lapse"]


def test_an_agreement_is_reviewed_or_confirmed_only_where_the_law_lets_it(db: Session) -> None:
    """Of an enterprise's committee courts confirm nothing; what is about the relation no commission reviews; both are in time or late."""
    house = hongxing(db)
    own = cast.performing(db, committee(db, house, own=True), matters=["payment", "relation"])
    assert own.refused("apply_confirmation", "孙洁", SIGNED, body="区法院") == ["企业调解委员会主持达成的协议，当地法院不受理司法确认。"]
    assert own.refused("apply_review", "孙洁", SIGNED, body="区仲裁委") == ["确认劳动关系的调解协议，不受理仲裁审查。"]


def test_both_apply_for_review_in_time_and_enforce_what_comes_of_it(db: Session) -> None:
    story = cast.performing(db, street(db))
    assert story.due("JC-DAYS") == "2026-04-13 running"
    late = date(2026, 3, 31)
    assert story.refused("apply_review", "孙洁", late, body="区仲裁委") == ["仲裁审查应当自协议生效之日起15日内申请，期限2026-03-30已过。"]
    story.apply_review("孙洁", date(2026, 3, 30), body="区仲裁委")
    story.apply_review("陈静", date(2026, 3, 30))
    assert story.refused("apply_confirmation", "孙洁", late, body="区法院") == ["调解协议已经审查或者确认过，或者正在审查。"]
    story.record_review_result("方雨", date(2026, 4, 7), result="confirmed", paper_number="区仲审〔2026〕3号")
    story.until(date(2026, 4, 14))
    story.hand_on("孙洁", date(2026, 4, 15), route="enforce")
    assert story.told()[-2:] == ["2026-04-14 1项到期没有履行的记录。", "2026-04-15 移交后续程序：凭调解书或者司法确认裁定申请强制执行。"]


def test_a_consultation_that_nobody_answers_becomes_an_application(db: Session) -> None:
    at = street(db)
    given = {
        "committee": at.body.id,
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付工资",
    }
    form = Consultation.read({**given, "account": "公司自2025年10月起没有支付工资。", "known_on": date(2026, 1, 15)})
    by = Actor(at["孙洁"], frozenset({Seat.APPLICANT}), Seat.APPLICANT)
    story = cast.Story(db, at, demand_consultation(db, form, at.body, by=by, today=RECEIVED, at=noon(RECEIVED)))
    assert story.due("CONS-RESPONSE") == "2026-03-09 running"
    assert story.until(date(2026, 3, 10)) == ["2026-03-10 no_response"]
    assert story.limits(date(2026, 3, 10))[1] == date(2027, 3, 10)
    story.register("孙洁", date(2026, 3, 11), channel="online")
    assert story.case.state == "registered" and story.due("MED-ACCEPT") == "2026-03-16 running"
    story.settle_between("孙洁", date(2026, 3, 12), text="公司月底付清工资。", due=date(2026, 3, 31))
    story.settle_between("陈静", date(2026, 3, 12))
    assert (story.case.outcome, story.facts(date(2026, 3, 12)).settlements[0].due) == ("settled_between", date(2026, 3, 31))


def test_an_agreed_period_of_consultation_may_run_out(db: Session) -> None:
    at = street(db)
    given = {
        "committee": at.body.id,
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付工资",
    }
    form = Consultation.read({**given, "account": "公司自2025年10月起没有支付工资。"})
    by = Actor(at["方雨"], frozenset({Seat.COMMITTEE_CLERK}), Seat.COMMITTEE_CLERK)
    story = cast.Story(db, at, demand_consultation(db, form, at.body, by=by, today=RECEIVED, at=noon(RECEIVED)))
    story.respond("陈静", date(2026, 3, 3), reply="agrees", until=date(2026, 3, 10))
    story.extend_consultation("陈静", date(2026, 3, 4), until=date(2026, 3, 12), reason="核对工资。")
    story.extend_consultation("孙洁", date(2026, 3, 4))
    assert story.until(date(2026, 3, 13)) == ["2026-03-13 consultation_lapses"]
    assert [e.subject for e in story.facts(date(2026, 3, 13)).events if e.name == "LIMITATION_RESTARTED"] == ["consultation_failed"]
    story.withdraw("孙洁", date(2026, 3, 13), reason="自行申请仲裁。")
    assert story.case.state == "closed"


def test_an_agreement_drawn_up_anew_is_signed_anew(db: Session) -> None:
    story = cast.agreed(db, street(db))
    story.sign("罗文", DRAWN, mark="mediator")
    assert len(story.facts(DRAWN).missing_marks) == 3
    story.agree("罗文", DRAWN, result="公司一次支付工资18000元。", terms=cast.terms(story)[:1])
    assert len(story.facts(DRAWN).missing_marks) == 4
    with pytest.raises(Invalid, match="不由您签"):
        story.sign("陈静", DRAWN, mark="seal")
    story.fail("罗文", DRAWN + timedelta(days=1), cause="will_not_sign")
    assert (story.case.outcome, story.case.interruption) == ("failed", "mediation_failed")
