"""中止协商: agreed with a date, forced by what nobody could help, taken up again."""

from datetime import date

import pytest
from sqlmodel import Session

from negotiation.terms import State
from tests.cast import Story
from tests.procedures import walk
from tests.procedures.walk import due, refused, until
from workflow.forms import Invalid
from workflow.joint import open_motions
from workflow.statements import statements

pytestmark = pytest.mark.once

BREAK = {"reason": "等待上年度审计结果", "place": "二楼会议室", "content": "工资调整幅度"}
SHANGHAI, ZHEJIANG, SHANDONG = "310000", "330000", "370000"


def talking(db: Session, region: str = SHANGHAI, kind: str = "wage") -> Story:
    """The first meeting was held on 20 March 2026."""
    story = walk.consulting(db, region, kind)
    walk.minute(story)
    return story


def test_both_chiefs_agree_to_suspend_until_a_day(db: Session) -> None:
    story = talking(db)
    story.suspend("李敏", date(2026, 3, 23), resume_on=date(2026, 4, 20), **BREAK)
    assert story.case.state == State.CONSULTING, "proposed is not agreed"
    story.suspend("韩文博", date(2026, 3, 25))
    assert (story.case.state, story.case.resume_on) == (State.SUSPENDED, date(2026, 4, 20))
    assert story.deadlines(date(2026, 3, 25))["NEG-SUSPEND"] == "2026-04-20 running"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == BREAK
    assert refused(story, "propose", "李敏", date(2026, 3, 26), head="other", text="新条款") == ["现在处于“中止协商”，要到“协商”才能办。"]
    story.resume("韩文博", date(2026, 4, 20))
    assert (story.case.state, story.case.resume_on) == (State.CONSULTING, None)
    assert story.told()[-3:] == [
        "2026-03-23 提议“中止协商”，等对方首席代表答复。",
        "2026-03-25 中止协商，约定2026-04-20恢复。",
        "2026-04-20 恢复协商。",
    ]


def test_before_the_agreed_day_they_take_it_up_only_by_agreement(db: Session) -> None:
    story = talking(db)
    story.both("suspend", date(2026, 3, 23), resume_on=date(2026, 4, 20), **BREAK)
    with pytest.raises(Invalid, match="约定2026-04-20恢复协商；提前恢复要双方同意"):
        story.resume("李敏", date(2026, 4, 10))
    story.resume("李敏", date(2026, 4, 10), early=True)
    assert story.deadlines(date(2026, 4, 10))["NEG-SUSPEND"] == "2026-04-20 met"


def test_the_agreed_day_passes_and_either_chief_takes_it_up_or_applies_for_coordination(db: Session) -> None:
    story = talking(db)
    story.both("suspend", date(2026, 3, 23), resume_on=date(2026, 4, 20), **BREAK)
    assert until(story, date(2026, 5, 20)) == [], "nothing ends by itself here"
    story.refer("李敏", date(2026, 5, 20), open_items="工资调整幅度")
    assert (story.case.state, story.case.origin) == (State.COORDINATING, State.SUSPENDED)
    assert story.deadlines(date(2026, 5, 20))["NEG-SUSPEND"] == "2026-04-20 late"


def test_a_suspension_neither_ends_before_it_begins_nor_is_taken_up_before_it_began(db: Session) -> None:
    story = talking(db)
    with pytest.raises(Invalid, match="恢复协商的日期要晚于中止日期（2026-03-25）"):
        story.both("suspend", date(2026, 3, 25), resume_on=date(2026, 3, 25), **BREAK)
    story.both("suspend", date(2026, 3, 26), resume_on=date(2026, 4, 20), **BREAK)
    with pytest.raises(Invalid, match="办理日期不能早于2026-03-26：那天本案才进入“中止协商”"):
        story.resume("李敏", date(2026, 3, 24), entered=date(2026, 4, 21), early=True)


def test_the_other_chief_agrees_no_earlier_than_it_was_proposed(db: Session) -> None:
    story = talking(db)
    story.suspend("李敏", date(2026, 3, 24), resume_on=date(2026, 4, 20), **BREAK)
    with pytest.raises(Invalid, match="同意的日期不能早于提出的日期（2026-03-24）"):
        story.suspend("韩文博", date(2026, 3, 23), entered=date(2026, 3, 25))


def test_what_the_other_chief_agrees_to_is_what_was_proposed(db: Session) -> None:
    """Whatever is sent along with the agreement changes nothing of it."""
    story = talking(db)
    story.suspend("李敏", date(2026, 3, 24), resume_on=date(2026, 4, 20), **BREAK)
    story.suspend("韩文博", date(2026, 3, 25), resume_on=date(2026, 9, 1), reason="另有安排", place="别处", content="另议")
    assert story.case.resume_on == date(2026, 4, 20)
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq]["reason"] == "等待上年度审计结果"


def test_a_text_that_changes_does_not_touch_a_proposal_to_suspend(db: Session) -> None:
    story = talking(db)
    story.suspend("李敏", date(2026, 3, 24), resume_on=date(2026, 4, 20), **BREAK)
    story.propose("陈静", date(2026, 3, 24), head="other", text="新条款。")
    story.suspend("韩文博", date(2026, 3, 25))
    assert story.case.state == State.SUSPENDED


def test_nobody_suspends_alone(db: Session) -> None:
    story = talking(db)
    assert refused(story, "suspend", "王强", date(2026, 3, 24), resume_on=date(2026, 4, 20), **BREAK) == [
        "这件事由职工方首席代表、企业方首席代表办理。"
    ]
    story.suspend("韩文博", date(2026, 3, 24), resume_on=date(2026, 4, 20), **BREAK)
    assert refused(story, "suspend", "韩文博", date(2026, 3, 25), resume_on=date(2026, 4, 20), **BREAK) == ["已经提出，正在等对方同意。"]
    motion = open_motions(db, "negotiation", story.case.id or 0)[0]
    story.decline_motion("李敏", date(2026, 3, 25), motion=motion.id, reason="不需要中止。")
    assert (motion.status, motion.answer, story.case.state) == ("declined", "不需要中止。", State.CONSULTING)
    assert story.told()[-1] == "2026-03-25 不同意提议“中止协商”。"


def test_in_zhejiang_a_suspension_wants_the_workers_side_and_sixty_days_at_most(db: Session) -> None:
    story = talking(db, ZHEJIANG)
    with pytest.raises(Invalid, match="当地规定中止协商最长60日，最迟应在2026-05-23恢复"):
        story.suspend("韩文博", date(2026, 3, 24), resume_on=date(2026, 5, 24), **BREAK)
    assert open_motions(db, "negotiation", story.case.id or 0) == [], "what could not be done is not even proposed"
    story.suspend("韩文博", date(2026, 3, 24), resume_on=date(2026, 5, 23), **BREAK)
    assert story.case.state == State.CONSULTING, "the workers' side has not agreed"
    story.suspend("李敏", date(2026, 3, 24))
    assert story.case.state == State.SUSPENDED


# ---- force majeure


def test_days_of_force_majeure_do_not_count(db: Session) -> None:
    """山东: sixty days from the agreement to negotiate, 5 March, to the signature; thirteen days of flood are added."""
    story = talking(db, SHANDONG)
    assert due(story, "NEG-PERIOD-MAX") == date(2026, 5, 6), "4 May lies in the holiday"
    with pytest.raises(Invalid) as wrong:
        story.suspend_for_force_majeure("韩文博", date(2026, 4, 8), reason="厂区被洪水淹没")
    assert list(wrong.value.errors) == ["evidence"]
    story.suspend_for_force_majeure("韩文博", date(2026, 4, 8), reason="厂区被洪水淹没", evidence=story.paper())
    assert (story.case.state, story.case.resume_on, story.case.force_majeure) == (State.SUSPENDED, None, True)
    assert until(story, date(2026, 8, 1)) == [], "it stands still however long it lasts"
    story.resume("李敏", date(2026, 4, 21))
    assert due(story, "NEG-PERIOD-MAX") == date(2026, 5, 18), "17 May is a Sunday"
    assert story.case.force_majeure is False
    assert "2026-04-08至2026-04-20中止，不计" in "；".join(
        str(step)
        for step in story.facts(date(2026, 4, 21)).deadline("NEG-PERIOD-MAX").derivation()  # type: ignore[union-attr]
    )


def test_a_corrected_day_of_the_flood_moves_the_period(db: Session) -> None:
    story = talking(db, SHANDONG)
    story.suspend_for_force_majeure("韩文博", date(2026, 4, 8), reason="厂区被洪水淹没", evidence=story.paper())
    story.resume("李敏", date(2026, 4, 21))
    flood = next(e for e in story.facts(date(2026, 4, 22)).events if e.name == "FORCE_MAJEURE")
    story.correct_date("韩文博", date(2026, 4, 22), event=flood.id, to=date(2026, 4, 10), reason="公告日期看错")
    assert due(story, "NEG-PERIOD-MAX") == date(2026, 5, 15), "eleven days instead of thirteen"
