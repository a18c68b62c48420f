"""职代会: the draft is adopted or rejected, the meeting fails, the ballot is void, the result is annulled, and the text is voted anew."""

from datetime import date

import pytest
from sqlmodel import Session, select

from congress.models import Item
from negotiation.models import Submission
from negotiation.terms import State
from tests.cases.hall import Hall, a_hall, hear
from tests.cast import Story
from tests.procedures import walk
from tests.procedures.walk import by_congress, refused
from workflow.database import Database
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.statements import statements

pytestmark = pytest.mark.once

SHANGHAI = "310000"
CALLED, VOTED = date(2026, 3, 26), date(2026, 4, 10)


def submitted(db: Session) -> tuple[Story, Hall]:
    """Settled on 23 March, on the agenda of the meeting of 10 April 2026."""
    story = walk.settled(db, SHANGHAI)
    hall = a_hall(story, VOTED, date(2026, 3, 24))
    story.submit_to_congress("李敏", date(2026, 3, 24), meetings=[hall.id])
    return story, hall


def outcomes(story: Story) -> list[str | None]:
    rows = story.db.exec(select(Submission).where(Submission.negotiation_id == story.case.id).order_by(Submission.id))  # type: ignore[arg-type]
    return [row.outcome for row in rows]


# ---- before the vote


def test_only_a_settled_draft_comes_before_a_congress_and_only_before_ones_own(db: Session) -> None:
    story = walk.drafted(db, SHANGHAI)
    hall = a_hall(story, VOTED, date(2026, 3, 20))
    assert refused(story, "submit_to_congress", "李敏", date(2026, 3, 23), meetings=[hall.id]) == [
        "现在处于“协商”，要到“草案议定”才能办。",
        "双方还没有就草案达成一致并签字。",
    ]
    walk.settle(story)
    assert refused(story, "submit_to_congress", "陈静", date(2026, 3, 24), meetings=[hall.id]) == ["这件事由工会方、职工方首席代表办理。"]
    for meetings in ([hall.id + 999], [hall.id, hall.id + 999], []):
        with pytest.raises(Invalid) as wrong:
            story.submit_to_congress("李敏", date(2026, 3, 24), meetings=meetings)
        assert list(wrong.value.errors) == ["meetings"]
    assert hall.items == []


def test_a_draft_taken_off_the_agenda_is_settled_as_before(db: Session) -> None:
    story, hall = submitted(db)
    text = story.case.text_hash
    story.withdraw_from_congress("李敏", date(2026, 3, 25), reason="会议改期")
    assert (story.case.state, story.case.text_hash, hall.item.state, outcomes(story)) == (State.SETTLED, text, "withdrawn", ["withdrawn"])
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "会议改期"}
    story.submit_to_congress("李敏", date(2026, 3, 26), meetings=[hall.id])
    assert [i.state for i in hall.items] == ["withdrawn", "prepared"]


def test_a_draft_that_is_being_voted_on_is_not_taken_off(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.open_with(60, 60, VOTED)
    hall.open_ballot("王强", VOTED, item=hall.item.id)
    db.commit()
    with pytest.raises(Refused, match="只有待表决的事项才能这样办"):
        story.withdraw_from_congress("李敏", VOTED, reason="临时撤回")
    db.rollback()
    assert (story.case.state, hall.item.state, outcomes(story)) == (State.BEFORE_CONGRESS, "open", [None])


def test_a_meeting_that_is_cancelled_gives_the_draft_back(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.cancel("李敏", date(2026, 4, 1), reason="生产任务紧张")
    assert hear(story, database, date(2026, 4, 1)) == 1
    assert (story.case.state, outcomes(story)) == (State.SETTLED, ["failed"])
    assert story.told()[-1] == "2026-04-01 会议未成。"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "生产任务紧张"}


def test_too_few_came_and_the_draft_waits_for_the_next_meeting(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    with pytest.raises(Refused, match="应到60人，至少40人出席才有效，实到39人，还差1人"):
        hall.open_with(60, 39, VOTED)
    hall.postpone("李敏", VOTED, why="no_quorum", present=39, held_on=date(2026, 4, 24))
    assert hear(story, database, VOTED) == 1
    assert story.case.state == State.SETTLED
    story.submit_to_congress("李敏", date(2026, 4, 13), meetings=[hall.id])
    hall.call(date(2026, 4, 14))
    hall.vote(date(2026, 4, 24), 40)
    assert hear(story, database, date(2026, 4, 24)) == 1
    assert (story.case.state, outcomes(story)) == (State.ADOPTED, ["failed", "adopted"])


def test_the_union_may_enter_a_failed_meeting_from_its_minutes(db: Session) -> None:
    story, hall = submitted(db)
    with pytest.raises(Invalid) as wrong:
        story.meeting_failed("李敏", date(2026, 4, 10), reason="到会不足三分之二")
    assert list(wrong.value.errors) == ["evidence"]
    story.meeting_failed("李敏", date(2026, 4, 10), reason="到会不足三分之二", evidence=story.paper())
    assert (story.case.state, hall.item.state) == (State.SETTLED, "withdrawn")
    assert story.told()[-1] == "2026-04-10 会议未成。（据书面材料录入。）"


# ---- the vote


def test_a_vote_counts_for_the_text_that_was_voted_on(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.vote(VOTED, 50, 5)
    text = story.case.text_hash
    assert hear(story, database, VOTED) == 1
    assert (story.case.state, story.case.text_hash) == (State.ADOPTED, text)
    assert story.facts(VOTED).day_of("ADOPTED") == VOTED
    for act, sent in (("counter", {"clause": 1, "text": "改"}), ("settle", {}), ("reopen", {"reason": "改"})):
        with pytest.raises(Refused, match="现在处于“审议通过”"):
            story.act(act, "李敏", VOTED, **sent)


def test_a_rejected_draft_goes_back_to_the_table_and_an_earlier_vote_never_counts_for_a_later_text(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    first = story.case.text_hash
    hall.call(CALLED)
    hall.vote(VOTED, 29, 26)
    assert hear(story, database, VOTED) == 1
    assert (story.case.state, story.case.text_hash, outcomes(story)) == (State.CONSULTING, None, ["rejected"])
    clause = story.facts(VOTED).clauses[0]
    story.counter("李敏", date(2026, 4, 13), clause=clause.id, based_on=clause.text_id, text="本合同期限为一年。")
    walk.agree(story, date(2026, 4, 13))
    story.both("settle", date(2026, 4, 14))
    assert story.case.text_hash not in (None, first)
    again = a_hall(story, date(2026, 4, 30), date(2026, 4, 15), number=2)
    story.submit_to_congress("李敏", date(2026, 4, 15), meetings=[again.id])
    assert story.facts(date(2026, 4, 15)).result is None
    with pytest.raises(Refused, match="职代会对现在这份文本的表决结果还没有确认"):
        by_congress(story, "adopt", date(2026, 4, 15))
    again.call(date(2026, 4, 20))
    again.vote(date(2026, 4, 30), 31, 20)
    assert hear(story, database, date(2026, 4, 30)) == 1
    assert story.case.state == State.ADOPTED
    assert [line for line in story.journal() if "审议" in line] == ["2026-04-10 审议未通过", "2026-04-30 审议通过"]


def test_a_result_is_entered_as_what_it_is(db: Session) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.vote(VOTED, 29, 26)
    with pytest.raises(Refused, match="表决结果是未通过：赞成29票，需要30票"):
        by_congress(story, "adopt", VOTED)
    by_congress(story, "reject", VOTED)


def test_a_passed_draft_is_not_entered_as_rejected(db: Session) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.vote(VOTED, 31, 20)
    with pytest.raises(Refused, match="表决结果是通过，不能登记为未通过"):
        by_congress(story, "reject", VOTED)


def test_a_void_ballot_gives_the_draft_back(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.open_with(60, 55, VOTED)
    hall.ballot(VOTED)
    hall.void_item("王强", VOTED, item=hall.item.id, reason="票箱启封后混入他箱")
    assert hear(story, database, VOTED) == 1
    assert (story.case.state, outcomes(story)) == (State.SETTLED, ["failed"])


def test_a_ballot_taken_anew_in_the_same_meeting_decides(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.open_with(60, 55, VOTED)
    hall.ballot(VOTED)
    hall.void_item("王强", VOTED, item=hall.item.id, reason="票箱破损", again=True)
    assert hear(story, database, VOTED) == 0
    hall.ballot(VOTED)
    hall.count(VOTED, 50, 5)
    assert hear(story, database, VOTED) == 1
    assert story.case.state == State.ADOPTED


# ---- annulled


def test_an_annulled_result_takes_the_adoption_back(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    text = story.case.text_hash
    hall.call(CALLED)
    hall.vote(VOTED, 50, 5)
    hear(story, database, VOTED)
    story.sign("李敏", date(2026, 4, 13), confirmed=True, sealed=True)
    hall.annul("李敏", date(2026, 4, 15), item=hall.item.id, reason="应到人数漏计两个车间的代表", evidence=story.paper())
    assert hear(story, database, date(2026, 4, 15)) == 1
    assert (story.case.state, story.case.text_hash, outcomes(story)) == (State.SETTLED, text, ["annulled"])
    facts = story.facts(date(2026, 4, 15))
    assert (facts.result, facts.signatures, facts.day_of("ADOPTED")) == (None, (), None)
    again = a_hall(story, date(2026, 5, 8), date(2026, 4, 16), number=2)
    story.submit_to_congress("李敏", date(2026, 4, 16), meetings=[again.id])
    again.call(date(2026, 4, 20))
    again.vote(date(2026, 5, 8), 52, 3)
    hear(story, database, date(2026, 5, 8))
    story.sign("韩文博", date(2026, 5, 9), confirmed=True, sealed=True)
    assert story.case.state == State.ADOPTED, "the signature under the annulled adoption does not count"
    story.sign("李敏", date(2026, 5, 9), confirmed=True, sealed=True)
    assert story.case.state == State.SIGNED
    assert story.journal()[-7:] == [
        "2026-04-10 审议通过",
        "2026-04-13 首席代表签字",
        "2026-04-15 撤销通过",
        "2026-04-16 提交职代会",
        "2026-05-08 审议通过",
        "2026-05-09 首席代表签字",
        "2026-05-09 首席代表签字",
    ]


def test_a_result_that_was_entered_by_hand_is_not_entered_twice(db: Session, database: Database) -> None:
    story, hall = submitted(db)
    hall.call(CALLED)
    hall.vote(VOTED, 50, 5)
    story.adopt("李敏", VOTED, evidence=story.paper())
    assert story.told()[-1].endswith("（据书面材料录入。）")
    assert hear(story, database, date(2026, 4, 11)) == 0
    assert [line for line in story.journal() if "审议通过" in line] == ["2026-04-10 审议通过"]


def test_giving_up_takes_the_draft_off_the_agenda(db: Session) -> None:
    story, hall = submitted(db)
    story.both("give_up_jointly", date(2026, 3, 25), reason="并入综合集体合同")
    assert (story.case.state, story.case.outcome) == (State.ENDED, "given_up")
    assert [i.state for i in db.exec(select(Item))] == ["withdrawn"]
    assert hall.meeting.state == "planned"


# ---- the notice of passage


def test_the_notice_of_passage_is_given_once_a_round(db: Session) -> None:
    story = walk.adopted(db, SHANGHAI)
    with pytest.raises(Invalid, match="收到日期不能早于审议通过的日期（2026-04-10）"):
        story.notify_passage("李敏", date(2026, 4, 14), received=date(2026, 4, 9), means="return_slip")
    story.notify_passage("李敏", date(2026, 4, 14), received=date(2026, 4, 13), means="return_slip")
    assert story.deadlines(date(2026, 4, 14))["FILE-DAYS"] == "2026-04-23 running"
    told = "已经登记过书面告知（2026-04-13收到）。"
    again = {"received": date(2026, 4, 14), "means": "return_slip"}
    assert refused(story, "notify_passage", "李敏", date(2026, 4, 15), **again) == [told]
    assert refused(story, "notify_passage", "陈静", date(2026, 4, 15), **again) == ["这件事由工会方、职工方首席代表办理。", told]
