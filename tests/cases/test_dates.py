"""Days: none lies ahead, none before the case, none out of order; a wrong one is corrected and everything that hangs on it follows."""

from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.models import Delivery
from negotiation.terms import State
from tests.cast import Story, hongxing, talks, wage_talks
from tests.procedures import walk
from tests.procedures.walk import due, until
from workflow.deadlines import Event
from workflow.forms import Invalid
from workflow.outbox import Message
from workflow.procedure import Refused
from workflow.statements import statements

SHANGHAI, SHANDONG, ANHUI = "310000", "370000", "340000"


def event(story: Story, name: str) -> int | None:
    """The latest of this name that stands."""
    return [e for e in story.facts(date(2027, 12, 31)).events if e.name == name][-1].id


def days(story: Story, name: str) -> list[str]:
    rows = story.db.exec(select(Event).where(Event.case_id == story.case.id, Event.name == name).order_by(Event.id))  # type: ignore[arg-type]
    return [f"{row.on}" + ("" if row.current else "（原）") for row in rows]


# ---- what cannot be


def test_no_day_lies_in_the_future(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    with pytest.raises(Invalid, match="办理日期不能晚于今天（2026-09-01）"):
        story.offer("李敏", date(2026, 9, 2), entered=date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    with pytest.raises(Invalid, match="这一天不能晚于办理日期（2026-09-03）"):
        story.record_receipt("陈静", date(2026, 9, 3), received=date(2026, 9, 4), means="return_slip")


def test_no_day_lies_before_the_case_was_opened(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    with pytest.raises(Invalid, match="办理日期不能早于立案日期（2026-09-01）"):
        story.offer("李敏", date(2026, 8, 31), entered=date(2026, 9, 1))


def test_an_offer_does_not_propose_a_day_that_has_passed(db: Session) -> None:
    story = talks(db, hongxing(db), date(2026, 9, 1), kind="safety", title="专项", proposed_on=date(2026, 9, 2))
    with pytest.raises(Invalid, match="拟定的协商日期（2026-09-02）早于发出要约的日期"):
        story.offer("李敏", date(2026, 9, 3))


def test_it_was_not_received_before_it_was_sent(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 2))
    with pytest.raises(Invalid, match="收到日期不能早于发出要约的日期（2026-09-02）"):
        story.record_receipt("陈静", date(2026, 9, 3), received=date(2026, 9, 1), means="return_slip")


def test_an_act_entered_late_was_not_done_before_the_case_stood_where_it_can_be_done(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    with pytest.raises(Invalid, match="办理日期不能早于2026-03-10：那天本案才进入“协商”"):
        story.propose("李敏", date(2026, 3, 9), entered=date(2026, 3, 20), head="other", text="劳模津贴")
    story.propose("李敏", date(2026, 3, 10), entered=date(2026, 3, 20), head="other", text="劳模津贴")
    assert story.told()[-1].endswith("（补录。）")


def test_what_could_be_done_all_along_is_entered_for_its_own_day(db: Session) -> None:
    """Information that was handed over before the first meeting, entered after it."""
    story = walk.named(db, SHANGHAI)
    story.request_information("李敏", date(2026, 3, 6), what="上年度工资总额")
    walk.convene(story)
    request = story.facts(date(2026, 3, 20)).requests[0]
    with pytest.raises(Invalid, match="提供日期不能早于要求日期（2026-03-06）"):
        story.disclose("陈静", date(2026, 3, 5), entered=date(2026, 3, 20), request=request.id, answer="见附件", evidence=story.paper())
    with pytest.raises(Invalid, match="期限2026-03-13已经届满；按期限以内的日期补录，请上传证明材料"):
        story.disclose("陈静", date(2026, 3, 9), entered=date(2026, 3, 20), request=request.id, answer="见附件")
    story.disclose("陈静", date(2026, 3, 9), entered=date(2026, 3, 20), request=request.id, answer="见附件", evidence=story.paper())
    assert story.deadlines(date(2026, 3, 20))["INFO-DAYS"] == "2026-03-13 met", "3月15日 is a Sunday, 14日 a Saturday"


def test_a_meeting_is_minuted_when_it_has_been_held(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    meeting = story.facts(date(2026, 3, 11)).meetings[-1]
    with pytest.raises(Refused, match="没有等待记入的协商会议"):
        story.minute("孙洁", date(2026, 3, 11), meeting=meeting.id, present="双方", record="讨论", signed="both")
    with pytest.raises(Invalid, match="会议日期不能早于通知日期（2026-03-11）"):
        walk.convene(story, "李敏", date(2026, 3, 11), date(2026, 3, 10))


# ---- what was wrong and is put right


def test_a_corrected_receipt_moves_the_reply_clock_and_both_days_stay(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    assert due(story, "NEG-RESPONSE-DAYS") == date(2026, 3, 18)
    before = len(db.exec(select(Message).where(Message.person_id == story.house["李敏"])).all())
    story.correct_date("陈静", date(2026, 3, 10), event=event(story, "REQUEST_RECEIVED"), to=date(2026, 3, 5), reason="收发室5日才转交")
    assert due(story, "NEG-RESPONSE-DAYS") == date(2026, 3, 20)
    assert days(story, "REQUEST_RECEIVED") == ["2026-03-03（原）", "2026-03-05"]
    assert db.exec(select(Delivery)).one().received_on == date(2026, 3, 5)
    assert story.told()[-1] == "2026-03-10 更正日期：“收到要约”由2026-03-03改为2026-03-05。"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "收发室5日才转交"}
    assert len(db.exec(select(Message).where(Message.person_id == story.house["李敏"])).all()) == before + 1, "the other side is told"
    assert "2026-03-05收到要约" in "；".join(str(s) for s in story.facts(date(2026, 3, 10)).deadline("NEG-RESPONSE-DAYS").derivation())  # type: ignore[union-attr]


def test_whoever_did_not_enter_a_day_corrects_it_with_proof(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    received = event(story, "REQUEST_RECEIVED")
    with pytest.raises(Invalid, match="这个日期不是您登记的，更正时请上传证明材料"):
        story.correct_date("李敏", date(2026, 3, 10), event=received, to=date(2026, 3, 2), reason="快递单写2日")
    story.correct_date("李敏", date(2026, 3, 10), event=received, to=date(2026, 3, 2), reason="快递单写2日", evidence=story.paper())
    assert due(story, "NEG-RESPONSE-DAYS") == date(2026, 3, 17)
    with pytest.raises(Invalid, match="这个日期不是您登记的，由登记的人或者协商双方更正"):
        outside = story.facts(date(2026, 3, 10)).events[-1].id
        story.correct_date("吴磊", date(2026, 3, 10), event=outside, to=date(2026, 3, 4), reason="听说", evidence=story.paper())


def test_a_correction_keeps_the_order_of_the_case(db: Session) -> None:
    story = walk.preparing(db, SHANGHAI)
    received = event(story, "REQUEST_RECEIVED")
    day = date(2026, 3, 10)
    for to, said in (
        (date(2026, 3, 1), "不能早于立案日期（2026-03-02）"),
        (date(2026, 3, 6), "不能晚于2026-03-05，那天是“答复同意协商”"),
        (date(2026, 3, 11), "这一天不能晚于办理日期（2026-03-10）"),
        (date(2026, 3, 3), "新的日期与原来的一样"),
    ):
        with pytest.raises(Invalid, match=said):
            story.correct_date("陈静", day, event=received, to=to, reason="更正")
    with pytest.raises(Invalid, match="不能早于2026-03-03，那天是“收到要约”"):
        story.correct_date("陈静", day, event=event(story, "REPLY_AGREED"), to=date(2026, 3, 2), reason="更正")
    assert days(story, "REQUEST_RECEIVED") == ["2026-03-03"]


def test_a_corrected_reply_moves_whatever_counts_from_it_under_any_name(db: Session) -> None:
    """In Shandong the talks end sixty days after the reply; in Shanghai representatives are named fifteen days after the agreement."""
    story = walk.preparing(db, SHANGHAI)
    assert due(story, "REP-NOTICE") == date(2026, 3, 20)
    story.correct_date("陈静", date(2026, 3, 12), event=event(story, "REPLY_AGREED"), to=date(2026, 3, 9), reason="答复书落款是9日")
    assert due(story, "REP-NOTICE") == date(2026, 3, 24)
    assert days(story, "AGREED_TO_NEGOTIATE") == ["2026-03-05（原）", "2026-03-09"]
    assert story.deadlines(date(2026, 3, 12))["NEG-RESPONSE-DAYS"] == "2026-03-18 met"
    story.correct_date("陈静", date(2026, 3, 13), event=event(story, "REPLY_AGREED"), to=date(2026, 3, 10), reason="再核")
    assert days(story, "REPLY_AGREED") == ["2026-03-05（原）", "2026-03-09（原）", "2026-03-10"]
    assert due(story, "REP-NOTICE") == date(2026, 3, 25)


def test_a_corrected_end_makes_a_period_late_that_was_met(db: Session) -> None:
    story = walk.preparing(db, SHANGHAI)
    assert story.deadlines(date(2026, 4, 1))["NEG-RESPONSE-DAYS"] == "2026-03-18 met"
    story.correct_date(
        "李敏", date(2026, 4, 1), event=event(story, "REPLY_AGREED"), to=date(2026, 3, 19), reason="回执是19日", evidence=story.paper()
    )
    assert story.deadlines(date(2026, 4, 1))["NEG-RESPONSE-DAYS"] == "2026-03-18 late"


def test_a_corrected_start_makes_a_period_late_that_was_met(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    walk.file_in(story, date(2026, 4, 21))
    assert story.deadlines(date(2026, 4, 22))["FILE-DAYS"] == "2026-04-21 met"
    story.correct_date(
        "陈静", date(2026, 4, 22), event=event(story, "CHIEFS_SIGNED"), to=date(2026, 4, 13), reason="签字页是13日", evidence=story.paper()
    )
    assert story.deadlines(date(2026, 4, 22))["FILE-DAYS"] == "2026-04-20 late"


def test_a_corrected_receipt_of_the_text_moves_the_silence_of_the_authority(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    assert due(story, "REVIEW-DAYS") == date(2026, 5, 6)
    story.correct_date("郑楠", date(2026, 4, 24), event=event(story, "TEXT_RECEIVED"), to=date(2026, 4, 16), reason="收件章是16日")
    assert due(story, "REVIEW-DAYS") == date(2026, 5, 6), "1 May lies in the holiday as 2 May does"
    with pytest.raises(Invalid, match="送达日期不能早于收件日期（2026-04-16）"):
        story.object("郑楠", date(2026, 4, 24), served=date(2026, 4, 15), opinion="不合法")
    assert until(story, date(2026, 5, 7)) == ["2026-05-07 take_effect"]


def test_a_day_corrected_after_the_clock_had_acted_lets_a_timely_reply_turn_it_back(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    until(story, date(2026, 3, 25))
    assert story.case.state == State.DECLINED
    story.correct_date(
        "李敏",
        date(2026, 3, 25),
        event=event(story, "REQUEST_RECEIVED"),
        to=date(2026, 3, 13),
        reason="快递13日签收",
        evidence=story.paper(),
    )
    assert due(story, "NEG-RESPONSE-DAYS") == date(2026, 3, 30), "28 March is a Saturday"
    story.accept_offer("陈静", date(2026, 3, 27))
    assert story.told()[-1].endswith("（期限届满时的自动登记已经冲正：书面材料表明办理在期限之内。）")


def test_a_meeting_that_was_called_may_be_put_off_by_correcting_its_day(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.correct_date("李敏", date(2026, 3, 12), event=event(story, "MEETING"), to=date(2026, 3, 25), reason="对方出差，改期")
    assert story.facts(date(2026, 3, 12)).meetings[-1].held_on == date(2026, 3, 25)
    assert days(story, "FIRST_MEETING") == ["2026-03-20（原）", "2026-03-25"]


def test_only_a_day_of_this_case_is_corrected(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    other = wage_talks(db, story.house, date(2026, 3, 2))
    other.offer("李敏", date(2026, 3, 2))
    with pytest.raises(Invalid, match="请选择本案的一个日期"):
        story.correct_date("李敏", date(2026, 3, 10), event=event(other, "REQUEST_SENT"), to=date(2026, 3, 3), reason="更正")
    old = event(story, "REQUEST_RECEIVED")
    story.correct_date("陈静", date(2026, 3, 10), event=old, to=date(2026, 3, 4), reason="更正")
    with pytest.raises(Invalid, match="请选择本案的一个日期"):
        story.correct_date("陈静", date(2026, 3, 11), event=old, to=date(2026, 3, 5), reason="再更正")


def test_a_day_is_corrected_in_any_state(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    story.give_up("李敏", date(2026, 3, 9), reason="改期")
    story.correct_date("陈静", date(2026, 3, 10), event=event(story, "REQUEST_RECEIVED"), to=date(2026, 3, 4), reason="更正")
    assert story.case.state == State.ENDED and days(story, "REQUEST_RECEIVED") == ["2026-03-03（原）", "2026-03-04"]
