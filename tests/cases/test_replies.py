"""The answer to an offer: refused, not given, given late, given in time and entered late; and the letters that press for one."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from negotiation.models import Letter
from negotiation.terms import State
from tests.cast import Story, hongxing, talks, wage_talks
from tests.procedures.walk import refused, until
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.statements import statements

pytestmark = pytest.mark.once

ZHEJIANG, ANHUI, GUIZHOU = "330000", "340000", "520000"
LETTER = {"addressee": "红星机械有限公司", "facts": "3月2日收到要约至今未予书面答复。", "demand": "请依法书面答复并协商。"}


def offered(db: Session, region: str = "310000") -> Story:
    """Received on Tuesday 3 March 2026: fifteen days in Shanghai, to the 18th."""
    story = wage_talks(db, hongxing(db, region), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    story.record_receipt("陈静", date(2026, 3, 3), received=date(2026, 3, 3), means="return_slip")
    return story


def letter(story: Story) -> Letter:
    return story.db.exec(select(Letter).where(Letter.negotiation_id == story.case.id).order_by(Letter.id.desc())).first()  # type: ignore[union-attr, return-value]


# ---- refused


def test_a_refusal_that_the_place_leaves_open_is_recorded_with_its_reasons(db: Session) -> None:
    story = offered(db)
    with pytest.raises(Invalid) as wrong:
        story.decline_offer("陈静", date(2026, 3, 10))
    assert list(wrong.value.errors) == ["reasons"]
    story.decline_offer("陈静", date(2026, 3, 10), reasons="上年度已签订工资专项集体合同，尚未到期。")
    assert (story.case.state, story.case.refusal_lawful) == (State.DECLINED, None)
    assert story.case.refusal == "上年度已签订工资专项集体合同，尚未到期。"
    assert story.told()[-1] == "2026-03-10 拒绝协商。"
    assert story.deadlines(date(2026, 3, 10)) == {"NEG-RESPONSE-DAYS": "2026-03-18 met"}
    assert until(story, date(2026, 4, 30)) == [], "an answer was given: nothing lapses"


def test_in_zhejiang_a_refusal_is_recorded_as_against_the_rules_and_the_union_presses(db: Session) -> None:
    story = offered(db, ZHEJIANG)
    story.decline_offer("陈静", date(2026, 3, 10), reasons="经营困难。")
    assert story.told()[-1] == "2026-03-10 拒绝协商。（当地规定不得拒绝协商，这一答复不符合规定。）"
    story.press("李敏", date(2026, 3, 11), kind="reminder", ground="refusal", **LETTER)
    story.press("李敏", date(2026, 3, 20), kind="opinion", ground="refusal", **LETTER)
    assert story.deadlines(date(2026, 3, 20))["UNION-OPINION-REPLY"] == "2026-04-13 running", "fifteen working days, 清明 left out"
    story.record_reply("陈静", date(2026, 4, 7), letter=letter(story).id, reply="同意协商，另行书面答复。")
    assert story.deadlines(date(2026, 4, 7))["UNION-OPINION-REPLY"] == "2026-04-13 met"
    story.accept_offer("陈静", date(2026, 4, 8), statement="同意协商。")
    assert (story.case.state, story.case.refusal_lawful, story.case.refusal) == (State.PREPARING, None, "")
    assert story.told()[-5:] == [
        "2026-03-10 拒绝协商。（当地规定不得拒绝协商，这一答复不符合规定。）",
        "2026-03-11 发出提示函：无正当理由拒绝协商。",
        "2026-03-20 发出意见书：无正当理由拒绝协商。",
        "2026-04-07 登记答复。",
        "2026-04-08 同意协商。（逾期办理。）",
    ]


def test_whoever_has_refused_has_received_the_offer_and_may_think_better_of_it(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    story.decline_offer("陈静", date(2026, 3, 5), reasons="暂不具备条件。")
    assert refused(story, "decline_offer", "陈静", date(2026, 3, 6), reasons="仍不同意。") == ["对方已于2026-03-05答复拒绝协商。"]
    story.accept_offer("陈静", date(2026, 3, 9))
    assert story.journal()[-2:] == ["2026-03-05 拒绝协商", "2026-03-09 同意协商"]


def test_only_the_side_that_was_asked_answers(db: Session) -> None:
    story = offered(db)
    assert refused(story, "accept_offer", "李敏", date(2026, 3, 5)) == ["这件事由受约方办理。"]
    assert refused(story, "decline_offer", "李敏", date(2026, 3, 5), reasons="不谈了。") == ["这件事由受约方办理。"]


def test_without_a_recorded_receipt_there_is_nothing_to_accept_and_nothing_lapses(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    assert refused(story, "accept_offer", "陈静", date(2026, 3, 5)) == ["还没有登记对方收到要约的日期，答复期限无从起算。"]
    assert until(story, date(2027, 3, 2)) == [] and story.case.state == State.OFFERED


# ---- no answer


def test_the_employer_lets_the_reply_period_lapse(db: Session) -> None:
    story = offered(db)
    assert until(story, date(2026, 3, 18)) == [], "the last day is still a day to answer"
    assert until(story, date(2026, 3, 25)) == ["2026-03-19 lapse"]
    assert story.case.state == State.DECLINED
    assert story.told()[-1] == "2026-03-19 答复期限届满，没有书面答复。"
    assert story.deadlines(date(2026, 3, 25)) == {"NEG-RESPONSE-DAYS": "2026-03-18 lapsed"}
    assert until(story, date(2026, 3, 26)) == []


def test_a_late_reply_is_still_a_reply(db: Session) -> None:
    story = offered(db)
    until(story, date(2026, 3, 25))
    story.accept_offer("陈静", date(2026, 3, 30))
    assert story.told()[-2:] == ["2026-03-19 答复期限届满，没有书面答复。", "2026-03-30 同意协商。（逾期办理。）"]
    assert story.deadlines(date(2026, 3, 30))["NEG-RESPONSE-DAYS"] == "2026-03-18 lapsed"


def test_a_reply_in_time_that_is_entered_late_turns_the_lapse_back(db: Session) -> None:
    story = offered(db)
    until(story, date(2026, 3, 25))
    story.accept_offer(
        "陈静", date(2026, 3, 17), entered=date(2026, 3, 27), statement="3月17日已书面答复，见附件。", evidence=story.paper()
    )
    assert story.case.state == State.PREPARING
    assert story.told()[-2:] == [
        "2026-03-19 答复期限届满，没有书面答复。",
        "2026-03-17 同意协商。（期限届满时的自动登记已经冲正：书面材料表明办理在期限之内。）",
    ]
    assert story.deadlines(date(2026, 3, 27))["NEG-RESPONSE-DAYS"] == "2026-03-18 met"
    assert list(statements(db, "negotiation", story.case.id or 0).values()) == [{"statement": "3月17日已书面答复，见附件。"}]


def test_a_refusal_in_time_that_is_entered_late_turns_the_lapse_back_as_well(db: Session) -> None:
    story = offered(db)
    until(story, date(2026, 3, 25))
    story.decline_offer("陈静", date(2026, 3, 16), entered=date(2026, 3, 27), reasons="合同尚未到期。", evidence=story.paper())
    assert (story.case.state, story.case.refusal) == (State.DECLINED, "合同尚未到期。")
    assert story.told()[-1] == "2026-03-16 拒绝协商。（期限届满时的自动登记已经冲正：书面材料表明办理在期限之内。）"
    assert story.deadlines(date(2026, 3, 27))["NEG-RESPONSE-DAYS"] == "2026-03-18 met"
    assert until(story, date(2026, 4, 30)) == []


def test_a_reply_cannot_be_dated_before_the_offer_was_received(db: Session) -> None:
    story = offered(db)
    until(story, date(2026, 3, 25))
    with pytest.raises(Invalid, match="答复日期不能早于收到要约的日期（2026-03-03）"):
        story.accept_offer("陈静", date(2026, 3, 2), entered=date(2026, 3, 27), evidence=story.paper())


# ---- letters


def test_who_sends_which_letter(db: Session) -> None:
    story = offered(db)
    until(story, date(2026, 3, 25))
    day = date(2026, 3, 26)
    with pytest.raises(Invalid, match="建议书由县级以上总工会向人社部门发出"):
        story.press("李敏", day, kind="proposal", ground="no_reply", **LETTER)
    with pytest.raises(Invalid, match="提示函由本企业工会发出"):
        story.press("吴磊", day, kind="reminder", ground="no_reply", **LETTER)
    assert refused(story, "press", "陈静", day, kind="reminder", ground="no_reply", **LETTER) == [
        "这件事由工会方、职工方首席代表、上级工会办理。"
    ]
    story.press("李敏", day, kind="reminder", ground="no_reply", **LETTER)
    story.press("吴磊", day + timedelta(days=7), kind="opinion", ground="no_reply", **LETTER)
    story.press(
        "吴磊", day + timedelta(days=14), kind="proposal", ground="no_reply", **{**LETTER, "addressee": "上海市人力资源和社会保障局"}
    )
    story.record_reply("郑楠", date(2026, 4, 20), letter=letter(story).id, reply="已责令改正。")
    assert story.told()[-4:] == [
        "2026-03-26 发出提示函：逾期未书面答复。",
        "2026-04-02 发出意见书：逾期未书面答复。",
        "2026-04-09 发出建议书：逾期未书面答复。",
        "2026-04-20 登记答复。",
    ]


def test_where_the_place_sets_no_period_a_letter_starts_no_clock(db: Session) -> None:
    story = offered(db, ANHUI)
    story.press("李敏", date(2026, 3, 10), kind="opinion", ground="no_data", **LETTER)
    assert "UNION-OPINION-REPLY" not in story.deadlines(date(2026, 3, 10))


def test_each_opinion_has_its_own_reply_clock(db: Session) -> None:
    story = offered(db, GUIZHOU)
    story.press("李敏", date(2026, 3, 10), kind="opinion", ground="no_data", **LETTER)
    first = letter(story)
    story.press("李敏", date(2026, 3, 16), kind="opinion", ground="no_reply", **LETTER)
    second = letter(story)
    story.record_reply("陈静", date(2026, 3, 20), letter=second.id, reply="资料已备齐。")
    found = {d.subject: f"{d.due} {d.status}" for d in story.facts(date(2026, 3, 20)).deadlines if d.rule == "UNION-OPINION-REPLY"}
    assert found == {f"letter:{first.id}": "2026-03-25 running", f"letter:{second.id}": "2026-03-31 met"}
    story.record_reply("陈静", date(2026, 3, 27), letter=first.id, reply="资料见附件。")
    found = {d.subject: d.status for d in story.facts(date(2026, 3, 27)).deadlines if d.rule == "UNION-OPINION-REPLY"}
    assert found[f"letter:{first.id}"] == "late"


def test_a_letter_is_answered_once_and_not_before_it_was_sent(db: Session) -> None:
    story = offered(db, GUIZHOU)
    story.press("李敏", date(2026, 3, 10), kind="opinion", ground="no_data", **LETTER)
    sent = letter(story)
    with pytest.raises(Invalid, match="答复日期不能早于发出日期（2026-03-10）"):
        story.record_reply("陈静", date(2026, 3, 9), entered=date(2026, 3, 12), letter=sent.id, reply="收悉。")
    story.record_reply("陈静", date(2026, 3, 12), letter=sent.id, reply="收悉。")
    said = refused(story, "record_reply", "陈静", date(2026, 3, 13), letter=sent.id, reply="再次答复。")
    assert said == ["没有尚未答复的提示函、意见书、建议书。"]


# ---- given up before anybody talks


@pytest.mark.parametrize("declined", [False, True])
def test_whoever_offered_may_give_up_alone_while_nobody_has_agreed(db: Session, declined: bool) -> None:
    story = offered(db)
    if declined:
        story.decline_offer("陈静", date(2026, 3, 5), reasons="暂不具备条件。")
    assert refused(story, "give_up", "陈静", date(2026, 3, 6), reason="不谈了") == ["这件事由要约方办理。"]
    story.give_up("李敏", date(2026, 3, 6), reason="改为与综合集体合同一并协商。")
    assert (story.case.state, story.case.outcome, story.case.closed_on) == (State.ENDED, "given_up", date(2026, 3, 6))
    assert story.journal()[-1] == "2026-03-06 撤回要约"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "改为与综合集体合同一并协商。"}
    assert until(story, date(2026, 6, 1)) == [], "its clocks have stopped"
    with pytest.raises(Refused, match="本案已经“终止”，不再办理"):
        story.accept_offer("陈静", date(2026, 3, 7))


def test_once_the_other_side_has_agreed_both_must_give_up(db: Session) -> None:
    story = offered(db)
    story.accept_offer("陈静", date(2026, 3, 5))
    assert refused(story, "give_up", "李敏", date(2026, 3, 6), reason="不谈了") == [
        "现在处于“协商准备”，要到“已要约、拒绝或逾期未应约”才能办。"
    ]


def test_a_case_in_which_nothing_was_offered_is_discarded_by_whoever_opened_it(db: Session) -> None:
    story = talks(db, hongxing(db), date(2026, 3, 2), kind="safety", title="劳动安全卫生专项集体合同")
    assert refused(story, "give_up", "李敏", date(2026, 3, 3), reason="不提了") == [
        "现在处于“拟定要约”，要到“已要约、拒绝或逾期未应约”才能办。"
    ]
    story.discard("李敏", date(2026, 3, 3), reason="合并到综合集体合同。")
    assert story.journal() == ["2026-03-02 立案", "2026-03-03 撤销立案"]
    assert (story.case.state, story.case.outcome) == (State.ENDED, "given_up")


def test_the_contract_may_be_renamed_until_its_offer_is_sent(db: Session) -> None:
    story = talks(db, hongxing(db), date(2026, 3, 2), kind="safety", title="安全合同")
    asked = {"subject": "防护用品", "proposed_on": date(2026, 4, 1), "proposed_place": "会议室"}
    story.edit_offer("李敏", date(2026, 3, 3), **asked)
    assert story.case.title == "安全合同", "who does not send a title keeps the one there is"
    story.edit_offer("李敏", date(2026, 3, 3), title="劳动安全卫生专项集体合同", **asked)
    assert story.case.title == "劳动安全卫生专项集体合同"
    assert story.told()[-2:] == [
        "2026-03-03 修改要约内容。",
        "2026-03-03 修改要约内容，合同名称由“安全合同”改为“劳动安全卫生专项集体合同”。",
    ]
    story.offer("李敏", date(2026, 3, 4))
    assert refused(story, "edit_offer", "李敏", date(2026, 3, 4), title="别的名称", **asked)
