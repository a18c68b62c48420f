"""Disputes before a committee, from the application to the end, as the journal tells them."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mediation.acts import demand_consultation
from mediation.forms import Consultation
from mediation.terms import PartyRole
from tests.cast import hongxing, noon, paper
from tests.mediation import cast
from tests.mediation.cast import (
    ACCEPTED,
    APPLICANT,
    CONSENTED,
    DRAWN,
    FIRST,
    RECEIVED,
    RESPONDENT,
    SECOND,
    SIGNED,
    TALKED,
    committee,
    street,
)
from workflow.forms import Invalid
from workflow.people import Appointment, Office
from workflow.procedure import Actor
from workflow.seats import Seat

BARRED = "主任本人参加本案调解，或者与本案有利害关系，不能决定回避申请。"
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
        story.record_performance("孙洁", SECOND, term=two.id, state="partly", amount_fen="6000")
    with pytest.raises(Invalid, match="请上传付款凭证"):
        story.record_performance("陈静", SECOND, term=two.id, state="performed")
    story.record_performance("陈静", SECOND, term=two.id, state="performed", evidence=story.paper())
    assert story.facts(SECOND).paid(two) == two.amount_fen
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
    second = story.facts(SECOND).terms[1]
    story.record_performance("孙洁", date(2026, 5, 18), term=second.id, state="missed")
    story.record_performance("孙洁", date(2026, 5, 19), term=second.id, state="partly", amount_fen="1000")
    assert (second.state, story.facts(SECOND).paid(second)) == ("missed", 100000), "a little that is paid late takes no way away"
    story.hand_on("罗文", date(2026, 5, 20), route="payment_order")
    assert (story.case.outcome, story.case.interruption) == ("handed_on", "agreement_unperformed")
    assert story.limits(date(2026, 5, 20)) == [None, date(2027, 5, 17)], "from the day after the agreed one, whatever is recorded later"


def test_what_is_recorded_late_counts_from_its_own_day(db: Session) -> None:
    """The last signature by its day, not by the day on which it is entered; a first instalment that nobody recorded from the day after."""
    story = cast.agreed(db, street(db))
    applicant, respondent = (story.facts(SIGNED).side(role)[0].id for role in PartyRole)
    story.sign("孙洁", date(2026, 3, 17), mark=f"party:{applicant}")
    story.sign("陈静", SIGNED, mark=f"party:{respondent}")
    story.sign("罗文", SIGNED, mark="mediator")
    story.sign("方雨", SIGNED, mark="seal")
    assert story.facts(FIRST).day_of("AGREEMENT_EFFECTIVE") == date(2026, 3, 17) and story.due("REV-APPLY") == "2026-04-01 running"
    first = story.facts(FIRST).terms[0]
    story.record_performance("孙洁", date(2026, 4, 20), term=first.id, state="partly", amount_fen="2000")
    assert first.state == "missed" and story.limits(date(2026, 4, 20))[1] == date(2027, 4, 14)
    story.record_performance("陈静", date(2026, 4, 21), term=first.id, state="performed", evidence=story.paper())
    assert first.state == "performed" and story.facts(FIRST).paid(first) == first.amount_fen
    story.record_performance("孙洁", date(2026, 4, 22), term=first.id, state="missed")
    assert story.facts(FIRST).paid(first) == 200000, "what the debtor said is denied"


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
    late = cast.asked(db, zhejiang.committee, respondents=[{**RESPONDENT, "name": "杭州红星机械有限公司"}])
    late.consent("陈静", CONSENTED)
    assert late.refused("accept", "顾平", date(2026, 3, 18)) == ["调解期限2026-03-17已经届满，视为调解不成。"]
    assert "2026-03-18 lapse" in late.until(date(2026, 3, 19)) and late.case.closed_on == date(2026, 3, 18)
    assert (late.case.outcome, late.case.interruption) == ("lapsed", "mediation_failed")


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
    assert story.refused("decide_challenge", "顾平", TALKED, decision="dismissed") == [BARRED]
    story.vote_on_challenge("石岩", TALKED, decision="granted")
    assert story.facts(TALKED).open_challenge is not None
    story.vote_on_challenge("何静", TALKED, decision="granted")
    assert story.facts(TALKED).challenges[0].decision == "granted" and not story.facts(TALKED).mediating(TALKED)


def test_a_chair_who_mediates_beside_a_challenged_one_or_is_in_conflict_does_not_decide(db: Session) -> None:
    at = street(db)
    other = cast.mediating(db, at)
    other.challenge("孙洁", TALKED, assignment=other.facts(TALKED).assignments[0].id, reason="与公司有往来。")
    assert not other.facts(TALKED).chair_is_barred
    held = {"organisation_id": at.house.enterprise.id, "office": Office.MANAGER, "since": date(2024, 1, 1)}
    once = Appointment(person_id=at["顾平"], until=date(2025, 1, 1), **held)
    db.add(once)
    db.flush()
    assert other.refused("decide_challenge", "顾平", TALKED, decision="dismissed") == [BARRED]
    other.vote_on_challenge("石岩", TALKED, decision="granted")
    db.delete(once)
    story = cast.accepted(db, at)
    story.assign("顾平", TALKED, mediators=[at["罗文"], at["顾平"]], leads=at["罗文"])
    story.challenge("孙洁", TALKED, assignment=next(a.id for a in story.facts(TALKED).assignments if a.leads), reason="与公司有往来。")
    assert story.refused("decide_challenge", "顾平", TALKED, decision="dismissed") == [BARRED]
    assert at["顾平"] not in story.facts(TALKED).deciders and {at["石岩"], at["何静"]} <= story.facts(TALKED).deciders


def test_one_of_several_applicants_does_not_end_the_case_of_all(db: Session) -> None:
    """One has an account, one has not: each signs for himself, and neither alone gives up what is both of theirs."""
    story = cast.agreed(db, street(db), applicants=[APPLICANT, NO_ACCOUNT], persons=2)
    with pytest.raises(Invalid, match="本方有2位当事人"):
        story.withdraw("孙洁", DRAWN, reason="已经另找工作。")
    with pytest.raises(Invalid, match="本方有2位当事人"):
        story.settle_between("孙洁", DRAWN, text="一次付清15000元。")
    facts = story.facts(DRAWN)
    own, other = (p.id for p in facts.side(PartyRole.APPLICANT))
    assert facts.without_account == {Seat.APPLICANT} and not facts.silent
    with pytest.raises(Invalid, match="不由您签"):
        story.act("sign", "方雨", DRAWN, seat=Seat.APPLICANT, mark=f"party:{own}", evidence=story.paper())
    story.act("sign", "方雨", DRAWN, seat=Seat.APPLICANT, mark=f"party:{other}", evidence=story.paper())
    story.sign("孙洁", DRAWN, mark=f"party:{own}")
    assert story.refused("extend", "方雨", DRAWN, seat=Seat.APPLICANT, until=date(2026, 4, 3), reason="等数据。", evidence=story.paper())
    story.settle_between("孙洁", DRAWN, text="一次付清15000元。", due=date(2026, 3, 20), evidence=story.paper())
    story.settle_between("陈静", DRAWN)
    assert story.due("CONS-AGREEMENT") == "2026-03-20 running"
    assert story.refused("record_default", "孙洁", date(2026, 3, 20)) == ["和解协议的履行期限到2026-03-20，还没有过。"]
    story.record_default("孙洁", date(2026, 5, 6))
    assert story.due("CONS-AGREEMENT") == "2026-03-20 lapsed" and story.limits(date(2026, 5, 6))[1] == date(2027, 3, 22)
    story.record_interruption("孙洁", date(2026, 6, 1), what="claimed", happened=date(2026, 5, 20), evidence=story.paper())
    assert story.limits(date(2026, 6, 1))[1] == date(2027, 5, 20)
    assert story.told()[-2:] == [
        "2026-05-06 登记不履行和解协议，约定的履行期限是2026-03-20。",
        "2026-06-01 登记时效中断：2026-05-20向对方主张权利。",
    ]


def test_workers_as_respondents_choose_representatives_too(db: Session) -> None:
    workers = [{"kind": "worker", "name": f"职工{n}"} for n in range(1, 11)]
    story = cast.applied(
        db, street(db), by="方雨", applicants=[RESPONDENT], respondents=workers, persons=10, is_joint=True, evidence=paper(db)
    )
    story.accept("顾平", ACCEPTED)
    assert len(story.refused("assign", "顾平", TALKED, mediators=[story.committee["罗文"]])) == 1
    numbers = [p.id for p in story.facts(TALKED).side(PartyRole.RESPONDENT)]
    with pytest.raises(Invalid, match="代表由职工一方推举"):
        story.name_representatives("陈静", TALKED, representatives=numbers[:3], evidence=story.paper())
    story.name_representatives("方雨", TALKED, representatives=numbers[:3], evidence=story.paper())
    story.assign("顾平", TALKED, mediators=[story.committee["罗文"]])


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
    for route in ("payment_order", "arbitrate", "direct_suit"):
        with pytest.raises(Invalid, match="直接申请强制执行"):
            story.hand_on("孙洁", date(2026, 4, 15), route=route)
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
    assert (story.case.outcome, story.case.interruption) == ("failed", "mediation_stopped")
    early = cast.mediating(db, story.committee)
    with pytest.raises(Invalid, match="还没有写好的协议书"):
        early.fail("罗文", TALKED, cause="will_not_sign")
