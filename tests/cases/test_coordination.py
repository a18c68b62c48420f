"""协调处理: applied for, accepted or not, extended once, agreed, failed, run out, taken back; and where the case goes then."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.models import Coordination
from negotiation.terms import State
from tests.cast import Story
from tests.procedures import walk
from tests.procedures.walk import due, refused, until
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.statements import statements

pytestmark = pytest.mark.once

SHANGHAI, HENAN = "310000", "410000"
OPEN = "工资调整幅度"


def preparing(db: Session) -> Story:
    return walk.preparing(db, SHANGHAI)


def consulting(db: Session) -> Story:
    return walk.consulting(db, SHANGHAI)


def suspended(db: Session) -> Story:
    story = walk.consulting(db, SHANGHAI)
    story.both("suspend", date(2026, 4, 1), resume_on=date(2026, 5, 11), reason="等待审计", place="会议室", content="工资")
    return story


def adopted(db: Session) -> Story:
    return walk.adopted(db, SHANGHAI)


ORIGINS = [
    pytest.param(preparing, State.PREPARING, id="preparing"),
    pytest.param(consulting, State.CONSULTING, id="consulting"),
    pytest.param(suspended, State.SUSPENDED, id="suspended"),
    pytest.param(adopted, State.ADOPTED, id="adopted"),
]


def coordination(story: Story) -> Coordination:
    rows = story.db.exec(select(Coordination).where(Coordination.negotiation_id == story.case.id).order_by(Coordination.id))  # type: ignore[arg-type]
    return rows.all()[-1]


# ---- back to where it came from


@pytest.mark.parametrize(("start", "origin"), ORIGINS)
def test_coordination_that_fails_goes_back_to_where_it_came_from(db: Session, start: Callable[[Session], Story], origin: State) -> None:
    story = start(db)
    text = story.case.text_hash
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    assert story.case.state == State.COORDINATING
    story.accept_coordination("郑楠", date(2026, 4, 22))
    assert due(story, "COORD-DAYS") == date(2026, 5, 22), "thirty days from acceptance (集体合同规定 Art. 52)"
    story.coordination_fails("郑楠", date(2026, 5, 20), reason="双方仍有分歧。")
    assert (story.case.state, story.case.origin, story.case.text_hash) == (origin, None, text)
    assert (coordination(story).ended_how, coordination(story).reason) == ("failed", "双方仍有分歧。")
    assert story.journal()[-3:] == ["2026-04-20 申请协调", "2026-04-22 受理协调", "2026-05-20 协调未成"]


@pytest.mark.parametrize(("start", "origin"), ORIGINS)
def test_coordination_that_runs_out_goes_back_by_itself(db: Session, start: Callable[[Session], Story], origin: State) -> None:
    story = start(db)
    story.refer("陈静", date(2026, 4, 20), open_items=OPEN)
    story.accept_coordination("郑楠", date(2026, 4, 22))
    assert until(story, date(2026, 5, 22)) == []
    assert until(story, date(2026, 5, 25)) == ["2026-05-23 coordination_lapses"]
    assert (story.case.state, story.case.origin) == (origin, None)
    assert story.deadlines(date(2026, 5, 25))["COORD-DAYS"] == "2026-05-22 lapsed"
    assert until(story, date(2026, 5, 26)) == []


@pytest.mark.parametrize(("start", "origin"), ORIGINS)
def test_an_application_that_is_not_accepted_changes_nothing(db: Session, start: Callable[[Session], Story], origin: State) -> None:
    story = start(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    story.decline_coordination("郑楠", date(2026, 4, 23), reason="不属于因签订集体合同发生的争议。")
    assert (story.case.state, story.case.origin) == (origin, None)
    assert coordination(story).ended_how == "declined"


@pytest.mark.parametrize(("start", "origin"), ORIGINS)
def test_whoever_applied_may_take_it_back(db: Session, start: Callable[[Session], Story], origin: State) -> None:
    story = start(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    with pytest.raises(Invalid, match="协调申请由提出申请的一方撤回"):
        story.withdraw_referral("陈静", date(2026, 4, 21), reason="不需要协调。")
    story.withdraw_referral("李敏", date(2026, 4, 21), reason="双方同意继续协商。")
    assert (story.case.state, coordination(story).ended_how) == (origin, "withdrawn")


# ---- agreement


@pytest.mark.parametrize(("start", "origin"), ORIGINS)
def test_an_agreement_under_coordination_takes_the_case_back_to_the_table(
    db: Session, start: Callable[[Session], Story], origin: State
) -> None:
    """Also from an adopted draft: what was coordinated is talked over, voted and signed anew."""
    story = start(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    story.accept_coordination("郑楠", date(2026, 4, 22))
    with pytest.raises(Invalid) as wrong:
        story.coordinate("郑楠", date(2026, 5, 8), agreed="涨幅5%")
    assert list(wrong.value.errors) == ["evidence"]
    story.coordinate("郑楠", date(2026, 5, 8), agreed="涨幅5%", left_open="夜班津贴", evidence=story.paper())
    assert (story.case.state, story.case.origin, story.case.text_hash) == (State.CONSULTING, None, None)
    assert (story.case.resume_on, story.case.force_majeure) == (None, False)
    assert (coordination(story).agreed, coordination(story).left_open) == ("涨幅5%", "夜班津贴")
    assert story.deadlines(date(2026, 5, 8))["COORD-DAYS"] == "2026-05-22 met"
    assert until(story, date(2026, 7, 1)) == []


def test_a_signature_given_before_the_coordination_does_not_count_for_what_comes_of_it(db: Session) -> None:
    story = adopted(db)
    story.sign("李敏", date(2026, 4, 14), confirmed=True, sealed=True)
    story.refer("李敏", date(2026, 4, 20), open_items="企业方拒绝签字")
    story.accept_coordination("郑楠", date(2026, 4, 22))
    story.coordinate("郑楠", date(2026, 5, 8), agreed="原文本签字", evidence=story.paper())
    story.both("settle", date(2026, 5, 9))
    hall = walk.a_meeting(db, story.house, date(2026, 6, 2), date(2026, 5, 9), number=2)
    story.submit_to_congress("李敏", date(2026, 5, 9), meetings=[hall.id])
    walk.vote(story, hall, 28, date(2026, 6, 2))
    assert story.facts(date(2026, 6, 2)).signatures == ()
    story.sign("李敏", date(2026, 6, 3), confirmed=True, sealed=True)
    story.sign("韩文博", date(2026, 6, 4), confirmed=True, sealed=True)
    assert story.case.state == State.SIGNED


# ---- the authority's part


def test_it_is_extended_once(db: Session) -> None:
    story = consulting(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    assert refused(story, "extend_coordination", "郑楠", date(2026, 4, 21), reason="案情复杂") == ["人社部门还没有受理协调申请。"]
    assert refused(story, "coordination_fails", "郑楠", date(2026, 4, 21), reason="分歧") == ["人社部门还没有受理协调申请。"]
    story.accept_coordination("郑楠", date(2026, 4, 22))
    assert refused(story, "accept_coordination", "郑楠", date(2026, 4, 23)) == ["协调申请已于2026-04-22受理。"]
    assert refused(story, "decline_coordination", "郑楠", date(2026, 4, 23), reason="反悔") == ["协调申请已于2026-04-22受理。"]
    story.extend_coordination("郑楠", date(2026, 5, 20), reason="需要补充调查。")
    assert due(story, "COORD-DAYS") == date(2026, 6, 8), "fifteen days more; 6 June is a Saturday"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "需要补充调查。"}
    assert refused(story, "extend_coordination", "郑楠", date(2026, 5, 21), reason="再延") == ["协调期限已经延长过一次，不能再延长。"]
    assert until(story, date(2026, 6, 8)) == []
    assert until(story, date(2026, 6, 9)) == ["2026-06-09 coordination_lapses"]


def test_only_the_authority_decides_on_an_application(db: Session) -> None:
    story = consulting(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    for act, sent in (("accept_coordination", {}), ("decline_coordination", {"reason": "x"}), ("coordination_fails", {"reason": "x"})):
        with pytest.raises(Refused, match="这件事由人社部门办理"):
            story.act(act, "李敏", date(2026, 4, 21), **sent)


def test_the_authority_may_step_in_by_itself_and_then_nobody_withdraws(db: Session) -> None:
    """集体合同规定 Art. 49: where it must, the authority coordinates on its own motion."""
    story = consulting(db)
    story.refer("郑楠", date(2026, 4, 20), open_items="停工风险")
    assert coordination(story).applicant == "authority"
    for side in ("李敏", "陈静"):
        with pytest.raises(Invalid, match="由提出申请的一方撤回"):
            story.withdraw_referral(side, date(2026, 4, 21), reason="不需要")


def test_an_application_names_what_is_open_and_is_not_accepted_before_it_was_made(db: Session) -> None:
    story = consulting(db)
    with pytest.raises(Invalid) as wrong:
        story.refer("李敏", date(2026, 4, 20))
    assert [str(s) for s in wrong.value.errors["open_items"]] == ["请填写“未达成一致的事项”。"]
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    with pytest.raises(Invalid, match="办理日期不能早于2026-04-20：那天本案才进入“协调处理”"):
        story.accept_coordination("郑楠", date(2026, 4, 17), entered=date(2026, 4, 21))


def test_it_may_be_applied_for_again(db: Session) -> None:
    story = consulting(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    story.withdraw_referral("李敏", date(2026, 4, 21), reason="继续协商")
    story.refer("陈静", date(2026, 5, 11), open_items=OPEN)
    story.accept_coordination("郑楠", date(2026, 5, 12))
    assert due(story, "COORD-DAYS") == date(2026, 6, 11)
    assert len(db.exec(select(Coordination)).all()) == 2


def test_in_henan_wage_talks_that_coordination_does_not_save_are_over(db: Session) -> None:
    story = walk.consulting(db, HENAN)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    story.accept_coordination("郑楠", date(2026, 4, 22))
    assert until(story, date(2026, 5, 25))[-1] == "2026-05-23 coordination_lapses"
    assert (story.case.state, story.case.outcome, story.case.closed_on) == (State.ENDED, "no_agreement", date(2026, 5, 23))


def test_both_may_give_up_while_it_is_coordinated(db: Session) -> None:
    story = consulting(db)
    story.refer("李敏", date(2026, 4, 20), open_items=OPEN)
    story.both("give_up_jointly", date(2026, 4, 24), reason="改期再谈")
    assert (story.case.state, coordination(story).ended_on) == (State.ENDED, date(2026, 4, 24))
    assert until(story, date(2026, 12, 1)) == []
