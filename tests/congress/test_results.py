"""The certified result: what it takes, at exactly half, bound to one text, void, annulled."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from congress import acts, notices, queries
from congress.documents import resolution
from congress.models import Item, Result
from congress.terms import ItemState, State
from tests.congress.cast import (
    DRAFT,
    HANGZHOU,
    MEETING,
    NOTICE,
    OTHER_DRAFT,
    PLANNED,
    SUZHOU,
    Cast,
    act,
    at,
    cast,
    convened,
    count,
    counted,
    file,
    officers,
    opened,
    placed,
    planned,
    voted,
)
from workflow.forms import Invalid
from workflow.procedure import Refused


def certify(db: Session, people: Cast, in_favour: int, roll: int = 300, against: int = 0, **other: Any) -> Result:
    meeting, item = counted(db, people, in_favour, against, roll=roll, present=max(in_favour + against, 2 * roll // 3 + 1), **other)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    result = queries.result_of(db, item.id or 0)
    assert result is not None
    return result


# ---- what it takes


@pytest.mark.parametrize(("votes", "passes"), [(149, False), (150, True), (151, True)])
def test_in_shanghai_half_is_enough(db: Session, votes: int, passes: bool) -> None:
    result = certify(db, cast(db), votes)
    assert (result.operator, result.needed, result.passed, result.by_decision) == ("GE_HALF", 150, passes, False)


@pytest.mark.parametrize(("votes", "passes"), [(149, False), (150, False), (151, True)])
def test_in_zhejiang_half_is_not_enough(db: Session, votes: int, passes: bool) -> None:
    result = certify(db, cast(db, HANGZHOU), votes)
    assert (result.operator, result.needed, result.passed) == ("GT_HALF", 151, passes)


def test_absent_members_and_abstentions_count_against(db: Session) -> None:
    """150 of 200 present voted for, 50 abstained; of 301 members that is not half."""
    people = cast(db)
    meeting, item = counted(db, people, 150, 0, 51, roll=301, present=201)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    result = queries.result_of(db, item.id or 0)
    assert result is not None and not result.passed
    assert str(result.arithmetic()).endswith("按应到人数的半数以上（含半数）计，须151票，赞成150票，占应到人数的49.83%，未通过。")


def test_a_matter_that_is_no_contract_takes_more_than_half(db: Session) -> None:
    people = cast(db, SUZHOU)
    meeting = planned(db, people)
    rules = file(db, "考勤管理办法.pdf", b"%PDF-1.7 one")
    act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret="yes", document=[rules])
    facts = queries.facts(db, meeting, PLANNED)
    assert facts.operator(facts.items[0], PLANNED) == "GT_HALF"
    assert facts.votes_needed(facts.items[0], PLANNED) == 151


@pytest.mark.parametrize(
    ("region", "operator", "rule"),
    [("330110", "GE_HALF", "SECT-ADOPT"), ("110105", "GE_HALF", "CONG-APPROVE"), (SUZHOU, "ASK_AT_HALF", "SECT-ADOPT")],
)
def test_of_the_two_rules_for_a_regional_contract_the_local_one_goes_first(db: Session, region: str, operator: str, rule: str) -> None:
    people = cast(db, region)
    meeting = planned(db, people)
    meeting.form = "regional"
    item = placed(db, people, meeting, rule_kind="comprehensive")
    facts = queries.facts(db, meeting, PLANNED)
    found = facts.pass_rule(item, PLANNED)
    assert found is not None and (found.id, facts.operator(item, PLANNED)) == (rule, operator)


@pytest.mark.parametrize(("kind", "operator"), [("wage", "GT_HALF"), ("comprehensive", "ASK_AT_HALF")])
def test_the_kind_of_the_contract_chooses_the_rule(db: Session, kind: str, operator: str) -> None:
    """In Shandong only wage contracts have a regulation of their own."""
    people = cast(db, "370102")
    meeting = planned(db, people)
    item = placed(db, people, meeting, rule_kind=kind)
    assert queries.facts(db, meeting, PLANNED).operator(item, PLANNED) == operator


# ---- exactly half


def test_an_odd_roll_has_no_half_to_decide(db: Session) -> None:
    result = certify(db, cast(db, SUZHOU), 150, roll=299)
    assert (result.operator, result.passed, result.by_decision) == ("ASK_AT_HALF", True, False)


@pytest.mark.parametrize("passes", [True, False])
def test_at_exactly_half_certification_waits_for_a_reasoned_decision(db: Session, passes: bool) -> None:
    people = cast(db, SUZHOU)
    meeting, item = counted(db, people, 150, 60, 20, roll=300, present=240)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    (reason,) = refused.value.reasons
    assert str(reason.sentence) == "第1项赞成150票，恰为应到300人的半数：按“半数以上”通过，按“过半数”未通过。"
    assert str(reason.remedy) == "按会议执行主席的决定登记，写明理由，结果标为“待核”。"
    act(
        db,
        meeting,
        "decide_at_half",
        people.zhao,
        MEETING,
        item=item.id,
        passes=passes,
        reason="依照《集体合同规定》第三十六条的文字，半数以上含半数。",
    )
    with pytest.raises(Refused) as refused:
        act(db, meeting, "decide_at_half", people.zhao, MEETING, item=item.id, passes=not passes, reason="改变主意，另作一个决定才好。")
    assert [str(r.sentence) for r in refused.value.reasons] == ["第1项已经作出决定，可以确认结果。"]
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    result = queries.certified(db, DRAFT)
    assert result is not None and (result.passed, result.by_decision) == (passes, True)
    assert ("恰为半数，会议决定按通过处理" in str(result.arithmetic())) is passes


def test_where_there_is_a_presidium_it_decides(db: Session) -> None:
    people = cast(db, SUZHOU)
    meeting, item = opened(db, people, roll=300, present=240)
    officers(db, people, meeting, MEETING, presidium=True)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    count(db, people, meeting, item, 150, 90)
    act(db, meeting, "decide_at_half", people.zhao, MEETING, item=item.id, passes=True, reason="主席团表决：按半数以上的文义，含半数。")
    assert item.half_body == "presidium"


@pytest.mark.parametrize("votes", [149, 151])
def test_there_is_nothing_to_decide_off_the_half(db: Session, votes: int) -> None:
    people = cast(db, SUZHOU)
    meeting, item = counted(db, people, votes, 60, roll=300, present=240)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "decide_at_half", people.zhao, MEETING, item=item.id, passes=True, reason="我们认为应当通过这份草案。")
    assert str(refused.value.reasons[0].sentence) == "第1项不是恰为半数，或者规定只有一种读法：结果按票数确定，不用会议决定。"


@pytest.mark.parametrize(("region", "passes"), [("310115", True), (HANGZHOU, False)])
def test_where_the_local_rule_is_clear_half_is_not_for_the_meeting_to_decide(db: Session, region: str, passes: bool) -> None:
    people = cast(db, region)
    meeting, item = counted(db, people, 150, 60, roll=300, present=240)
    with pytest.raises(Refused):
        act(db, meeting, "decide_at_half", people.zhao, MEETING, item=item.id, passes=True, reason="我们认为应当通过这份草案。")
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    result = queries.certified(db, DRAFT)
    assert result is not None and result.passed is passes


def test_the_database_itself_refuses_a_result_against_its_own_figures(db: Session) -> None:
    result = certify(db, cast(db), 149)
    result.passed = True
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


# ---- one text


def test_a_result_speaks_of_the_text_that_was_voted_on_and_of_no_other(db: Session) -> None:
    result = certify(db, cast(db), 200)
    assert result.text_hash == DRAFT
    assert queries.certified(db, DRAFT) == result
    assert queries.certified(db, OTHER_DRAFT) is None
    assert queries.certified(db, DRAFT, ("negotiation", "8")) is None


def test_the_text_stands_still_once_the_ballot_is_open(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    with pytest.raises(Refused):
        placed(db, people, meeting, text_hash=OTHER_DRAFT, on=MEETING)
    assert item.text_hash == DRAFT


def test_each_enterprise_has_its_own_result_on_a_text_that_covers_several(db: Session) -> None:
    first, second = cast(db), cast(db)
    for people in (first, second):
        certify(db, people, 200)
    assert [r.passed for r in queries.results_on(db, DRAFT)] == [True, True]
    mine = queries.certified_by(db, first.enterprise, DRAFT)
    assert mine is not None and mine == queries.certified(db, DRAFT, organisation_id=first.enterprise)
    assert mine != queries.certified_by(db, second.enterprise, DRAFT)


def test_certifying_leaves_one_notice_for_the_negotiation_and_it_is_handled_once(db: Session) -> None:
    certify(db, cast(db), 200)
    (notice,) = notices.pending_notices(db)
    assert (notice.what, notice.subject_kind, notice.subject_id, notice.text_hash, notice.on) == (
        "certified",
        "negotiation",
        "7",
        DRAFT,
        MEETING,
    )
    assert notices.handled(db, notice, at(MEETING)) is True
    assert notices.handled(db, notice, at(MEETING)) is False
    assert notices.pending_notices(db) == []


def test_the_resolution_says_what_was_counted(db: Session) -> None:
    result = certify(db, cast(db), 200, roll=301, against=1)
    text = resolution(db, result, on=MEETING, number="江泵工〔2026〕12号")
    assert (text.unit, text.meeting, text.chair) == ("江城泵业有限公司", "第六届职工代表大会第三次会议", "赵建国")
    assert (text.due, text.present, text.yes, text.no, text.passed) == (301, 201, 200, 1, True)
    assert (text.quorum, text.more_than_half, text.manner, text.tellers) == ("三分之二以上", False, "无记名投票", ("陈芳", "孙丽"))
    assert text.basis[0] == "《上海市职工代表大会条例》第二十八条"
    assert text.issuer == "江城泵业有限公司职工代表大会"


# ---- void and annulled


def test_a_void_ballot_is_taken_anew_beside_the_old_one(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "void_item", people.zhao, MEETING, item=item.id, reason="发出的票多于到会人数", again=True)
    assert (item.state, item.reason) == (ItemState.VOID, "发出的票多于到会人数")
    again = db.exec(select(Item).where(Item.round == 2)).one()
    assert (again.number, again.text_hash, again.state, again.noticed_on) == (1, DRAFT, ItemState.PREPARED, NOTICE)
    assert notices.pending_notices(db) == []
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=again.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=again.id)
    count(db, people, meeting, again, 200)
    act(db, meeting, "certify", people.zhao, MEETING, item=again.id)
    assert [(n.what, n.item_id) for n in notices.pending_notices(db)] == [("certified", again.id)]


def test_a_void_ballot_that_is_not_taken_anew_sends_the_draft_back(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "close", people.zhao, MEETING)
    with pytest.raises(Invalid):
        act(db, meeting, "void_item", people.zhao, MEETING, item=item.id, reason="票箱破损", again=True)
    act(db, meeting, "void_item", people.zhao, MEETING, item=item.id, reason="票箱破损")
    assert meeting.state == State.CERTIFIED
    assert [n.what for n in notices.pending_notices(db)] == ["void"]


def test_a_ballot_is_not_void_without_a_reason(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "void_item", people.zhao, MEETING, item=item.id)
    assert list(wrong.value.errors) == ["reason"]


def test_an_annulled_result_stays_and_no_longer_counts(db: Session) -> None:
    people = cast(db)
    result = certify(db, people, 200)
    meeting = acts.PROCEEDINGS.model
    case = db.exec(select(meeting)).one()
    act(db, case, "close", people.zhao, MEETING)
    later = MEETING + timedelta(days=9)
    decision = file(db, "认定书.pdf", b"%PDF-1.7 decision")
    with pytest.raises(Invalid) as wrong:
        act(db, case, "annul", people.li, later, item=result.item_id, reason="应到人数少计两个车间的代表")
    assert list(wrong.value.errors) == ["evidence"]
    act(db, case, "annul", people.li, later, item=result.item_id, reason="应到人数少计两个车间的代表", evidence=[decision])
    assert queries.certified(db, DRAFT) is None and queries.result_of(db, result.item_id) is None
    assert (result.annulled_on, result.annulled_why, result.in_favour) == (later, "应到人数少计两个车间的代表", 200)
    assert [n.what for n in notices.pending_notices(db)] == ["certified", "annulled"]
    with pytest.raises(Refused):
        act(db, case, "annul", people.li, later, item=result.item_id, reason="应到人数少计两个车间的代表", evidence=[decision])


def test_only_a_sealed_result_is_read(db: Session) -> None:
    people = cast(db)
    counted(db, people, 200)
    assert queries.certified(db, DRAFT) is None and notices.pending_notices(db) == []


def test_a_result_that_nobody_opened_a_ballot_for_is_refused(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "certify", people.zhao, NOTICE, item=item.id)
    assert str(refused.value.reasons[0].sentence) == "现在处于“已通知”，要到“开会、休会、已闭会，结果待确认”才能办。"
