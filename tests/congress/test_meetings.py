"""A congress meeting from its planning to the published result, in the acts' own verbs."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from congress import acts, forms, notices, queries
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from congress.terms import ItemState, State
from tests.congress.cast import (
    DRAFT,
    HANGZHOU,
    MEETING,
    NOTICE,
    OTHER_DRAFT,
    PLANNED,
    act,
    at,
    cast,
    convened,
    counted,
    file,
    journal_of,
    officers,
    opened,
    placed,
    planned,
    sheet,
    voted,
)
from workflow import deadlines, journal
from workflow.forms import Invalid
from workflow.outbox import Message
from workflow.procedure import Refused


def refusal(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(reason.sentence) for reason in error.value.reasons]


def test_a_wage_contract_passes_and_the_result_is_published(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160, 90, 27)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close", people.zhao, MEETING)
    act(db, meeting, "publish", people.li, MEETING + timedelta(days=2), channel="board", place="厂区大门公告栏")
    assert journal_of(db, meeting) == [
        "2026-11-02 修改会议安排",
        "2026-11-02 加入议程",
        "2026-11-16 确定主席和计票人员",
        "2026-11-16 发出会议通知",
        "2026-12-01 宣布开会",
        "2026-12-01 开始表决",
        "2026-12-01 结束表决",
        "2026-12-01 登记计票单",
        "2026-12-01 登记计票单",
        "2026-12-01 确认表决结果",
        "2026-12-01 宣布闭会",
        "2026-12-03 公布结果",
    ]
    assert meeting.state == State.PUBLISHED and meeting.closed_on == date(2026, 12, 3)
    assert list(journal.verify(db, {CONGRESS.name: CongressMeeting})) == []
    result = queries.certified(db, DRAFT, ("negotiation", "7"))
    assert result is not None and result.passed and (result.in_favour, result.needed) == (160, 151)


def test_a_meeting_is_named_as_papers_name_it(db: Session) -> None:
    people = cast(db)
    assert planned(db, people).title == "第六届职工代表大会第三次会议"
    assert planned(db, people, form="assembly", term=None, number=1).title == "2026年第一次职工大会"


def test_the_union_of_the_enterprise_plans_its_meetings_and_nobody_else(db: Session) -> None:
    people = cast(db)
    form = {"organisation": people.enterprise, "form": "congress", "term": 6, "number": 3, "held_on": MEETING, "place": "礼堂", "roll": 301}
    for outsider in (people.wang, people.zhou, people.zhao):
        with pytest.raises(Refused) as refused:
            acts.plan(db, forms.NewMeeting.read(form), by=outsider, today=PLANNED, at=at(PLANNED))
        assert refusal(refused) == ["这件事由工会方办理。"]
    assert db.exec(select(CongressMeeting)).all() == []


def test_the_same_meeting_is_not_planned_twice(db: Session) -> None:
    people = cast(db)
    first = planned(db, people)
    with pytest.raises(Invalid) as wrong:
        planned(db, people)
    assert list(wrong.value.errors) == ["number"]
    act(db, first, "cancel", people.li, PLANNED, reason="改在下半年召开")
    assert planned(db, people).id != first.id


# ---- notice


def test_the_notice_goes_out_seven_days_before_or_not_at_all(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    placed(db, people, meeting)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "convene", people.li, date(2026, 11, 25), means="书面送达")
    assert refusal(refused) == ["2026-12-01开会，通知和议题材料最迟2026-11-24送达，2026-11-25送达已经来不及。"]
    reason = refused.value.reasons[0]
    assert str(reason.citations[0]) == "《上海市职工代表大会条例》第三十条"
    assert str(reason.remedy) == "把会议改到2026-12-02或以后，再发通知。"
    act(db, meeting, "convene", people.li, date(2026, 11, 24), means="书面送达")
    assert meeting.state == State.CONVENED


def test_the_notice_period_is_counted_back_and_ends_before_a_day_of_rest(db: Session) -> None:
    """Seven days before Monday 2026-10-12 is Monday 2026-10-05, in the holiday that begins on the 1st."""
    people = cast(db)
    meeting = planned(db, people, held_on=date(2026, 10, 12), on=date(2026, 9, 1))
    assert meeting.id is not None
    (notice,) = deadlines.deadlines(db, CONGRESS.name, meeting.id)
    assert (notice.rule, notice.due, notice.status) == ("CONG-NOTICE-DAYS", date(2026, 9, 30), "running")


def test_an_empty_agenda_is_not_sent_out(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "convene", people.li, NOTICE, means="书面送达")
    assert refusal(refused) == ["议程上还没有要表决的事项。"]


def test_a_text_changed_after_the_notice_needs_a_notice_of_its_own(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    placed(db, people, meeting, text_hash=OTHER_DRAFT, on=date(2026, 11, 20))
    assert item.text_hash == OTHER_DRAFT and item.noticed_on is None
    act(db, meeting, "open", people.li, MEETING, roll=301, present=280)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    assert refusal(refused) == ["第1项现在的文本没有在会前送达代表，不能付诸表决。"]


def test_the_changed_text_is_voted_on_once_it_was_notified_in_time(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    placed(db, people, meeting, text_hash=OTHER_DRAFT, on=date(2026, 11, 20))
    act(db, meeting, "notify_again", people.li, date(2026, 11, 24), means="书面送达")
    act(db, meeting, "open", people.li, MEETING, roll=301, present=280)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    assert item.state == ItemState.OPEN


def test_nothing_new_comes_onto_the_agenda_when_its_notice_would_be_late(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    with pytest.raises(Refused) as refused:
        placed(db, people, meeting, text_hash=OTHER_DRAFT, subject_id="8", on=date(2026, 11, 25))
    assert refusal(refused) == ["会议已经通知在2026-12-01召开，新的议题材料最迟2026-11-24送达，现在加入已经来不及。"]


def test_a_draft_is_placed_once_however_often_it_is_submitted(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    assert placed(db, people, meeting).id == placed(db, people, meeting).id
    assert len(db.exec(select(Item)).all()) == 1


def test_a_matter_of_another_sort_is_put_on_the_agenda_by_its_file(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    rules = file(db, "考勤管理办法.pdf", b"%PDF-1.7 one")
    act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret="yes", document=[rules])
    (item,) = db.exec(select(Item)).all()
    assert (item.text_hash, item.rule, item.document) == (rules["sha256"], "CONG-VOTE", "考勤管理办法.pdf")


def test_an_important_matter_is_not_voted_on_by_show_of_hands(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    rules = file(db, "考勤管理办法.pdf", b"%PDF-1.7 one")
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret="no", document=[rules])
    assert [str(s) for s in wrong.value.errors["secret"]] == ["这类事项应当无记名投票。"]


def test_a_contract_draft_is_not_changed_behind_the_negotiations_back(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    item = placed(db, people, meeting)
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "change_item", people.li, PLANNED, item=item.id, document=[file(db, "另一份.pdf", b"%PDF-1.7 two")])
    assert list(wrong.value.errors) == ["item"]
    assert item.text_hash == DRAFT


# ---- officers


def test_one_person_does_not_count_twice_over(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    for rows in (
        [{"seat": "teller", "name": "陈芳"}, {"seat": "counter", "name": "陈芳"}],
        [{"seat": "teller", "name": "赵建国"}, {"seat": "counter", "name": "孙丽"}],
    ):
        with pytest.raises(Invalid) as wrong:
            officers(db, people, meeting, PLANNED, in_system=False, officers=rows)
        assert "要由不同的人担任" in str(wrong.value.errors["officers"][0])


def test_someone_who_is_to_act_in_the_system_is_found_there(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    with pytest.raises(Invalid) as wrong:
        officers(db, people, meeting, PLANNED, chair="钱一鸣")
    assert list(wrong.value.errors) == ["chair"]


# ---- opening


def test_a_meeting_without_a_quorum_does_not_open(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "open", people.li, MEETING, roll=301, present=200)
    assert refusal(refused) == ["应到301人，至少201人出席才有效，实到200人，还差1人。"]
    assert str(refused.value.reasons[0].citations[0]) == "《上海市职工代表大会条例》第二十八条"
    assert meeting.state == State.CONVENED and meeting.present is None
    act(db, meeting, "open", people.li, MEETING, roll=301, present=201)
    assert meeting.state == State.OPEN


def test_a_meeting_that_finds_no_quorum_is_postponed_and_the_draft_goes_back(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    later = date(2026, 12, 15)
    act(db, meeting, "postpone", people.li, MEETING, why="no_quorum", present=200, held_on=later)
    assert (meeting.state, meeting.held_on, meeting.notice_sent_on) == (State.PLANNED, later, None)
    assert item.state == ItemState.WITHDRAWN
    assert [(n.what, n.subject_id, n.text_hash) for n in notices.pending_notices(db)] == [("void", "7", DRAFT)]
    assert meeting.id is not None
    running = deadlines.deadlines(db, CONGRESS.name, meeting.id, deadlines.Status.RUNNING)
    assert [(d.rule, d.due) for d in running] == [("CONG-NOTICE-DAYS", date(2026, 12, 8))]


def test_no_quorum_is_not_claimed_where_there_was_one(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "postpone", people.li, MEETING, why="no_quorum", present=201)
    assert "201人出席即够法定人数" in str(wrong.value.errors["present"][0])


def test_a_meeting_opens_on_the_day_that_was_announced(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    for day in (date(2026, 11, 30), date(2026, 12, 2)):
        with pytest.raises(Refused) as refused:
            act(db, meeting, "open", people.li, day, roll=301, present=280)
        assert refusal(refused) == [f"通知的开会日期是2026-12-01，{day}不能宣布开会。"]


def test_more_people_than_members_is_a_mistake(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    with pytest.raises(Invalid):
        act(db, meeting, "open", people.li, MEETING, roll=301, present=302)


def test_all_that_is_missing_is_said_at_once(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    placed(db, people, meeting)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达")
    facts = queries.facts(db, meeting, NOTICE)
    standing = CONGRESS.standing("open", meeting.state, facts, queries.actor(db, meeting, people.wang, NOTICE), NOTICE)
    assert [str(r.sentence) for r in standing.reasons] == [
        "这件事由工会方、会议执行主席办理。",
        "通知的开会日期是2026-12-01，2026-11-16不能宣布开会。",
        "还没有确定会议的执行主席。",
    ]
    assert standing.reasons[1].from_ == MEETING


# ---- sitting


def test_no_ballot_opens_once_too_many_have_left(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "record_presence", people.li, MEETING, present=199)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    assert refusal(refused) == ["应到301人，至少201人出席才有效，实到199人，还差2人。"]


def test_those_who_leave_later_do_not_touch_a_running_ballot(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "record_presence", people.li, MEETING, present=120)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    assert (item.roll, item.present, item.quorum_needed, item.needed) == (301, 280, 201, 151)


def test_a_meeting_does_not_adjourn_over_an_open_ballot(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    for name in ("adjourn", "close"):
        with pytest.raises(Refused) as refused:
            act(db, meeting, name, people.li, MEETING, **({"reason": "午休"} if name == "adjourn" else {}))
        assert refusal(refused) == ["还有1项正在表决，票箱没有封。"]


def test_a_meeting_adjourns_and_resumes_with_a_quorum(db: Session) -> None:
    people = cast(db)
    meeting, _ = opened(db, people)
    act(db, meeting, "adjourn", people.li, MEETING, reason="午休")
    with pytest.raises(Refused):
        act(db, meeting, "resume", people.li, MEETING, present=150)
    assert meeting.state == State.ADJOURNED and meeting.present == 280
    act(db, meeting, "resume", people.li, MEETING, present=260)
    assert (meeting.state, meeting.present) == (State.OPEN, 260)


def test_what_was_not_voted_on_goes_back_when_the_meeting_closes(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "close", people.li, MEETING)
    assert (meeting.state, item.state) == (State.CERTIFIED, ItemState.WITHDRAWN)
    assert [n.what for n in notices.pending_notices(db)] == ["void"]


def test_a_meeting_may_close_before_the_ballots_are_counted(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "close", people.zhao, MEETING)
    assert meeting.state == State.CLOSED
    for who in (people.chen, people.sun):
        act(db, meeting, "enter_count", who, MEETING, **sheet(item, 160, 90, 27))
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    assert meeting.state == State.CERTIFIED


def test_a_cancelled_meeting_sends_the_draft_back(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    act(db, meeting, "cancel", people.li, NOTICE, reason="改开职工大会")
    assert (meeting.state, item.state, item.reason) == (State.CANCELLED, ItemState.WITHDRAWN, "改开职工大会")
    assert [n.what for n in notices.pending_notices(db)] == ["void"]


def test_the_negotiation_takes_its_draft_back_without_being_told_of_it(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    item = placed(db, people, meeting)
    by = queries.actor(db, meeting, people.li, PLANNED)
    acts.withdraw_item(db, item.id or 0, by=by, on=PLANNED, at=at(PLANNED), reason="双方要再谈")
    assert item.state == ItemState.WITHDRAWN and notices.pending_notices(db) == []


def test_a_draft_cannot_be_taken_back_while_it_is_voted_on(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    with pytest.raises(Refused) as refused:
        acts.withdraw_item(db, item.id or 0, by=queries.actor(db, meeting, people.li, MEETING), on=MEETING, at=at(MEETING), reason="再谈")
    assert refusal(refused) == ["只有待表决的事项才能这样办，第1项现在是“正在表决”。"]


# ---- afterwards


def test_shanghai_asks_for_a_report_to_the_union_above_within_seven_working_days(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160, 90, 27)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close", people.zhao, MEETING)
    assert meeting.id is not None
    running = deadlines.deadlines(db, CONGRESS.name, meeting.id, deadlines.Status.RUNNING)
    assert [(d.rule, d.due) for d in running] == [("CONG-REPORT", date(2026, 12, 10))]
    act(db, meeting, "report", people.li, date(2026, 12, 9), recipient="浦东新区总工会")
    ended = deadlines.deadlines(db, CONGRESS.name, meeting.id)
    assert [d.status for d in ended if d.rule == "CONG-REPORT"] == ["met"]
    told = db.exec(select(Message).where(Message.person_id == people.zhou)).all()
    assert [str(m.sentence()) for m in told] == ["下级工会报告了职工代表大会会议情况。"]


def test_where_no_rule_asks_for_a_report_the_act_says_so(db: Session) -> None:
    people = cast(db, HANGZHOU)
    meeting, item = counted(db, people, 160, 90, 27)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close", people.zhao, MEETING)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "report", people.li, MEETING, recipient="总工会")
    assert refusal(refused) == ["本地没有要求向上一级工会报告会议情况的规定。"]


def test_a_wrong_date_is_corrected_and_the_clock_follows(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160, 90, 27)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close", people.zhao, date(2026, 12, 2))
    act(db, meeting, "correct_date", people.li, date(2026, 12, 3), event="CONGRESS_CLOSED", day=MEETING, reason="会议当天闭会")
    assert meeting.id is not None and meeting.ended_on == MEETING
    running = deadlines.deadlines(db, CONGRESS.name, meeting.id, deadlines.Status.RUNNING)
    assert [(d.rule, d.due) for d in running] == [("CONG-REPORT", date(2026, 12, 10))]


def test_a_notice_that_turns_out_late_stops_the_ballot(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    act(db, meeting, "correct_date", people.li, date(2026, 11, 27), event="NOTICE_SENT", day=date(2026, 11, 26), reason="回执日期为26日")
    act(db, meeting, "open", people.li, MEETING, roll=301, present=280)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    assert refusal(refused) == ["第1项现在的文本没有在会前送达代表，不能付诸表决。"]
