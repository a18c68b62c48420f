"""The journal of a meeting, as its page tells it."""

from sqlmodel import Session

from congress import queries
from congress.procedure import CONGRESS
from congress.telling import _TOLD, tell
from tests.congress.cast import MEETING, act, cast, convened, count, file, opened, sheet
from workflow import journal


def test_a_meeting_is_told_in_sentences(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "record_presence", people.li, MEETING, present=270)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90))
    act(db, meeting, "enter_count", people.sun, MEETING, **sheet(item, 161, 89))
    count(db, people, meeting, item, 160, 90)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "annul", people.li, MEETING, item=item.id, reason="应到人数少计两个车间的代表", evidence=[file(db)])
    act(db, meeting, "close", people.zhao, MEETING)
    assert meeting.id is not None
    items = queries.facts(db, meeting, MEETING).items
    assert [str(tell(e, items)) for e in journal.entries(db, CONGRESS.name, meeting.id)] == [
        "安排会议：定于2026-12-01召开，应到301人。",
        "第1项加入议程（校验码aaaaaaaa）。",
        "确定执行主席和监票人、计票人。",
        "送达会议通知和议题材料。",
        "宣布开会：应到301人，实到280人。",
        "更新实到人数：270人。",
        "第1项开始表决：应到301人，实到270人（校验码aaaaaaaa）。",
        "第1项结束表决，封箱。",
        "登记第1项第1次计票的计票单。",
        "登记第1项第1次计票的计票单，两份不一致，重新计票。",
        "登记第1项第2次计票的计票单。",
        "登记第1项第2次计票的计票单，两份一致。",
        "确认第1项表决结果：赞成160票，须151票（校验码aaaaaaaa）。",
        "撤销第1项表决结果（校验码aaaaaaaa）。",
        "宣布闭会。",
    ]


def test_a_postponement_and_a_corrected_date_are_told_with_their_reason(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    act(db, meeting, "correct_date", people.li, MEETING, event="NOTICE_SENT", day="2026-11-17", reason="回执日期为17日")
    act(db, meeting, "postpone", people.li, MEETING, why="no_quorum", present=180)
    assert meeting.id is not None
    told = [str(tell(e, ())) for e in journal.entries(db, CONGRESS.name, meeting.id)]
    assert told[-2:] == ["更正日期：会议通知送达日期由2026-11-16改为2026-11-17。", "会议延期：到会人数不足。"]


def test_every_act_has_its_sentence() -> None:
    assert set(_TOLD) == set(CONGRESS.acts)
