"""The table of clauses: proposed, countered, agreed, withdrawn, deferred, dropped; and the draft that both chiefs settle."""

from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.models import Clause, ClauseConsent, ClauseText
from negotiation.terms import ClauseState, State
from negotiation.text import current_text
from tests.cast import Story
from tests.procedures import walk
from tests.procedures.walk import refused
from workflow.documents.issue import Document
from workflow.forms import Invalid
from workflow.joint import Motion, open_motions
from workflow.statements import statements

SHANGHAI = "310000"
DAY = date(2026, 3, 23)
MARCH_24, MARCH_25 = date(2026, 3, 24), date(2026, 3, 25)


def talking(db: Session) -> Story:
    """The first meeting was held and minuted on 20 March 2026; nothing is on the table yet."""
    story = walk.consulting(db, SHANGHAI)
    walk.minute(story)
    return story


def proposed(story: Story, text: str = "2027年度平均工资增长6%。", by: str = "王强") -> Clause:
    story.propose(by, DAY, head="wage_level", heading="调整幅度", text=text, reason="物价上涨2%，利润增长9%。")
    return story.facts(DAY).clauses[-1]


def wording(story: Story, clause: Clause) -> str:
    return story.db.get_one(ClauseText, clause.text_id).text


def history(story: Story, clause: Clause) -> list[str]:
    rows = story.db.exec(select(ClauseText).where(ClauseText.clause_id == clause.id).order_by(ClauseText.seq))  # type: ignore[arg-type]
    return [f"{row.side} {row.text}" + ("（撤回）" if row.withdrawn_on else "") for row in rows]


def standing_consents(story: Story, clause: Clause) -> list[str]:
    rows = story.db.exec(select(ClauseConsent).where(ClauseConsent.clause_id == clause.id).order_by(ClauseConsent.id))  # type: ignore[arg-type]
    return [row.side for row in rows if not row.void]


def drafted(db: Session) -> Story:
    """Every clause is agreed."""
    return walk.drafted(db, SHANGHAI)


# ---- one clause


def test_proposals_and_counter_proposals_stay_in_order(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    story.counter("陈静", MARCH_24, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长4%。", reason="订单下降")
    story.counter("李敏", MARCH_25, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长5%。")
    assert history(story, clause) == [
        "workers 2027年度平均工资增长6%。",
        "employer 2027年度平均工资增长4%。",
        "workers 2027年度平均工资增长5%。",
    ]
    assert clause.state == ClauseState.OPEN and wording(story, clause) == "2027年度平均工资增长5%。"


def test_who_counters_a_text_that_has_changed_meanwhile_is_told_and_loses_nothing_of_the_others(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    seen_by_both = clause.text_id
    story.counter("陈静", MARCH_24, clause=clause.id, based_on=seen_by_both, text="2027年度平均工资增长4%。")
    with pytest.raises(Invalid, match="这一条已经有了新的文本"):
        story.counter("王强", MARCH_24, clause=clause.id, based_on=seen_by_both, text="2027年度平均工资增长5.5%。")
    assert wording(story, clause) == "2027年度平均工资增长4%。"
    story.counter("王强", MARCH_24, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长5.5%。")
    assert len(history(story, clause)) == 3


def test_the_same_words_are_an_agreement_not_a_counter_proposal(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    with pytest.raises(Invalid, match="如果同意，请用“同意条款”"):
        story.counter("陈静", MARCH_24, clause=clause.id, text="2027年度平均工资增长6%。")


def test_a_clause_is_agreed_when_both_chiefs_have_agreed_to_the_same_words(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    assert refused(story, "agree_clause", "王强", MARCH_24, clause=clause.id) == ["这件事由职工方首席代表、企业方首席代表办理。"]
    story.agree_clause("李敏", MARCH_24, clause=clause.id, text=clause.text_id)
    assert clause.state == ClauseState.OPEN
    with pytest.raises(Invalid, match="本方已经同意这一条，正在等对方首席代表"):
        story.agree_clause("李敏", MARCH_24, clause=clause.id)
    story.agree_clause("韩文博", MARCH_25, clause=clause.id, text=clause.text_id)
    assert clause.state == ClauseState.AGREED
    assert refused(story, "agree_clause", "韩文博", MARCH_25, clause=clause.id) == ["现在的条款都已经达成一致。"]


def test_a_chief_does_not_agree_to_words_not_seen(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    seen = clause.text_id
    story.counter("王强", MARCH_24, clause=clause.id, based_on=seen, text="2027年度平均工资增长8%。")
    with pytest.raises(Invalid, match="这一条的文本刚刚改过"):
        story.agree_clause("韩文博", MARCH_24, clause=clause.id, text=seen)


def test_an_agreement_lapses_when_the_words_change(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    story.agree_clause("李敏", MARCH_24, clause=clause.id)
    story.counter("陈静", MARCH_24, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长4%。")
    assert standing_consents(story, clause) == []
    story.agree_clause("韩文博", MARCH_25, clause=clause.id)
    assert clause.state == ClauseState.OPEN, "the workers' chief agreed to other words"
    story.agree_clause("李敏", MARCH_25, clause=clause.id)
    assert clause.state == ClauseState.AGREED
    story.counter("王强", MARCH_25, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长5%。")
    assert (clause.state, standing_consents(story, clause)) == (ClauseState.OPEN, [])


def test_a_withdrawn_counter_proposal_leaves_the_words_before_it(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    story.counter("陈静", MARCH_24, clause=clause.id, based_on=clause.text_id, text="2027年度平均工资增长4%。")
    story.agree_clause("韩文博", MARCH_24, clause=clause.id)
    with pytest.raises(Invalid, match="最近的文本不是本方提出的，不能撤回"):
        story.withdraw_proposal("王强", MARCH_24, clause=clause.id)
    story.withdraw_proposal("陈静", MARCH_25, clause=clause.id)
    assert (wording(story, clause), clause.state, standing_consents(story, clause)) == ("2027年度平均工资增长6%。", ClauseState.OPEN, [])
    assert history(story, clause)[-1] == "employer 2027年度平均工资增长4%。（撤回）"


def test_a_clause_whose_only_words_are_withdrawn_is_dropped(db: Session) -> None:
    story = talking(db)
    clause, other = proposed(story), proposed(story, "夜班津贴每班30元。")
    story.withdraw_proposal("王强", MARCH_24, clause=clause.id)
    assert clause.state == ClauseState.DROPPED
    assert [(a.number, a.clause.id) for a in current_text(db, story.case.id or 0)] == [(1, other.id)]
    with pytest.raises(Invalid, match="这一条不需要再同意"):
        story.agree_clause("韩文博", MARCH_24, clause=clause.id)


def test_what_both_have_agreed_to_is_not_withdrawn_by_one(db: Session) -> None:
    story = talking(db)
    clause = proposed(story)
    walk.agree(story, MARCH_24)
    with pytest.raises(Invalid, match="双方已经同意这一条，不能撤回"):
        story.withdraw_proposal("王强", MARCH_24, clause=clause.id)


def test_a_deferred_clause_is_not_settled_until_it_is_taken_up(db: Session) -> None:
    story = drafted(db)
    story.propose("王强", DAY, head="other", text="设立劳模津贴。")
    clause = story.facts(DAY).clauses[-1]
    story.defer_clause("李敏", DAY, clause=clause.id, reason="等年度评选以后再谈")
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "等年度评选以后再谈"}
    assert refused(story, "settle", "李敏", MARCH_24) == [f"还有1条未达成一致（第{len(story.facts(MARCH_24).clauses)}条）。"]
    with pytest.raises(Invalid, match="只有未达成一致的条款可以暂缓"):
        story.defer_clause("李敏", MARCH_24, clause=clause.id)
    story.agree_clause("李敏", MARCH_24, clause=clause.id)
    story.agree_clause("韩文博", MARCH_24, clause=clause.id)
    assert clause.state == ClauseState.AGREED


def test_both_may_agree_to_leave_a_clause_out(db: Session) -> None:
    story = talking(db)
    kept = proposed(story)
    story.propose("王强", DAY, head="other", text="设立劳模津贴。")
    clause = story.facts(DAY).clauses[-1]
    story.counter("陈静", MARCH_24, clause=clause.id, based_on=clause.text_id, text="删去")
    story.agree_clause("韩文博", MARCH_24, clause=clause.id)
    assert clause.state == ClauseState.OPEN
    story.agree_clause("李敏", MARCH_25, clause=clause.id)
    assert clause.state == ClauseState.DROPPED
    assert [a.text for a in current_text(db, story.case.id or 0)] == [wording(story, kept)]


def test_a_head_of_another_kind_of_contract_is_refused(db: Session) -> None:
    story = talking(db)
    with pytest.raises(Invalid, match="不是这类合同的内容类别"):
        story.propose("王强", DAY, head="women_and_minors", text="女职工保护。")
    with pytest.raises(Invalid, match="不是这类合同的内容类别"):
        story.lay_out("王强", DAY, clauses=[{"head": "training", "text": "培训。"}])


# ---- a new chief


def test_a_new_chief_inherits_what_the_other_had_matched_and_nothing_else(db: Session) -> None:
    story = talking(db)
    matched, alone = proposed(story), proposed(story, "夜班津贴每班30元。")
    walk.agree(story, DAY)
    story.counter("陈静", DAY, clause=alone.id, based_on=alone.text_id, text="夜班津贴每班25元。")
    story.agree_clause("韩文博", MARCH_24, clause=alone.id)
    outgoing = story.facts(MARCH_24).employer.chief
    assert outgoing is not None
    story.replace(
        "陈静",
        MARCH_25,
        outgoing=outgoing.id,
        why="调任",
        name="顾明",
        post="副总经理",
        produced="appointed",
        chief_as="manager",
        evidence=story.paper(),
    )
    assert (matched.state, standing_consents(story, matched)) == (ClauseState.AGREED, ["workers", "employer"])
    assert (alone.state, standing_consents(story, alone)) == (ClauseState.OPEN, [])
    story.agree_clause("李敏", MARCH_25, clause=alone.id)
    assert alone.state == ClauseState.OPEN, "the outgoing chief's lone agreement fell"
    chief = story.facts(MARCH_25).employer.chief
    assert chief is not None and (chief.name, chief.chief_as) == ("顾明", "manager")


@pytest.mark.parametrize("how", ["appoint", "replace", "vacate"])
def test_whatever_the_outgoing_chief_agreed_to_alone_falls_however_the_chief_leaves(db: Session, how: str) -> None:
    story = talking(db)
    clause = proposed(story)
    story.agree_clause("李敏", DAY, clause=clause.id)
    story.suspend("李敏", DAY, resume_on=date(2026, 5, 6), reason="等待审计", place="会议室", content="工资")
    chief = story.facts(DAY).workers.chief
    assert chief is not None
    if how == "appoint":
        others = [{"name": "王强", "post": "电焊工", "produced": "union_selection", "chief": True, "chief_as": "union_head"}]
        story.appoint("李敏", MARCH_24, side="workers", representatives=[*others, *({**w, "chief": False} for w in walk.WORKERS[2:])])
    elif how == "replace":
        story.replace("李敏", MARCH_24, outgoing=chief.id, why="病假", name="蒋涛", produced="union_selection", chief_as="union_head")
    else:
        story.vacate("李敏", MARCH_24, representative=chief.id, why="病假")
    assert standing_consents(story, clause) == []
    assert [m.status for m in db.exec(select(Motion))] == ["void"]
    assert chief.until == MARCH_24


def test_a_chief_is_not_replaced_without_saying_what_the_new_one_is(db: Session) -> None:
    story = talking(db)
    chief = story.facts(DAY).workers.chief
    assert chief is not None
    with pytest.raises(Invalid) as wrong:
        story.replace("李敏", DAY, outgoing=chief.id, why="病假", name="蒋涛", produced="union_selection")
    assert list(wrong.value.errors) == ["chief_as"]


def test_neither_the_recorder_nor_the_other_sides_people_join_a_team(db: Session) -> None:
    story = talking(db)
    last = story.facts(DAY).workers.members[-1]
    with pytest.raises(Invalid, match="孙洁已经是记录员"):
        story.replace("李敏", DAY, outgoing=last.id, why="轮换", name="孙洁", produced="union_selection")
    with pytest.raises(Invalid, match="周刚已经是协商代表"):
        story.replace("李敏", DAY, outgoing=last.id, why="轮换", name="周刚", produced="union_selection")
    with pytest.raises(Invalid, match="孙洁已经是记录员"):
        recorder = {"name": "孙洁", "post": "出纳", "produced": "union_selection"}
        story.appoint("李敏", DAY, side="workers", representatives=[*walk.WORKERS, recorder])


# ---- the draft


def test_both_chiefs_settle_the_draft_and_its_text_stands_still(db: Session) -> None:
    story = drafted(db)
    story.settle("李敏", MARCH_24)
    assert (story.case.state, story.case.text_hash) == (State.CONSULTING, None)
    story.settle("韩文博", MARCH_25)
    assert story.case.state == State.SETTLED and story.case.text_hash is not None
    assert refused(story, "counter", "陈静", MARCH_25, clause=1, text="改") == ["现在处于“草案议定”，要到“协商”才能办。"]
    draft = db.exec(select(Document).where(Document.kind == "draft")).one()
    assert story.case.text_hash in draft.html
    assert [m.status for m in db.exec(select(Motion))] == ["agreed"]


@pytest.mark.parametrize("change", ["counter", "propose", "terms", "withdraw"])
def test_a_draft_that_has_changed_meanwhile_is_not_settled_by_an_older_proposal(db: Session, change: str) -> None:
    story = drafted(db)
    first = story.facts(DAY).clauses[0]
    story.propose("陈静", DAY, head="other", text="设立质量奖。")
    extra = story.facts(DAY).clauses[-1]
    if change != "withdraw":
        walk.agree(story, DAY)
        story.settle("李敏", MARCH_24)
    if change == "counter":
        story.counter("陈静", MARCH_24, clause=first.id, based_on=first.text_id, text="本合同期限为两年。")
    elif change == "propose":
        story.propose("陈静", MARCH_24, head="other", text="另设全勤奖。")
    elif change == "terms":
        story.set_terms("陈静", MARCH_24, term_from=date(2026, 6, 1), term_until=date(2027, 5, 31))
    else:
        assert refused(story, "settle", "李敏", MARCH_24) == [f"还有1条未达成一致（第{len(story.facts(MARCH_24).clauses)}条）。"]
        story.withdraw_proposal("陈静", MARCH_24, clause=extra.id)
    assert open_motions(db, "negotiation", story.case.id or 0) == []
    walk.agree(story, MARCH_24)
    story.settle("韩文博", MARCH_25)
    assert story.case.state == State.CONSULTING, "this is a proposal of its own, on the text as it is now"
    story.settle("李敏", MARCH_25)
    assert story.case.state == State.SETTLED


def test_a_proposal_to_settle_is_declined_or_taken_back(db: Session) -> None:
    story = drafted(db)
    story.settle("李敏", MARCH_24)
    motion = open_motions(db, "negotiation", story.case.id or 0)[0]
    with pytest.raises(Invalid, match="这是本方的提议"):
        story.decline_motion("李敏", MARCH_24, motion=motion.id)
    with pytest.raises(Invalid, match="这是对方的提议"):
        story.withdraw_motion("韩文博", MARCH_24, motion=motion.id)
    story.decline_motion("韩文博", MARCH_24, motion=motion.id, reason="夜班津贴还要再议。")
    assert (motion.status, motion.answer) == ("declined", "夜班津贴还要再议。")
    story.settle("韩文博", MARCH_25)
    again = open_motions(db, "negotiation", story.case.id or 0)[0]
    story.withdraw_motion("韩文博", MARCH_25, motion=again.id)
    assert (again.status, story.case.state) == ("withdrawn", State.CONSULTING)
    assert refused(story, "decline_motion", "李敏", MARCH_25, motion=again.id) == ["没有等待答复的提议。"]
    assert story.told()[-4:] == [
        "2026-03-24 提议“议定草案”，等对方首席代表答复。",
        "2026-03-24 不同意提议“议定草案”。",
        "2026-03-25 提议“议定草案”，等对方首席代表答复。",
        "2026-03-25 撤回提议“议定草案”。",
    ]


def test_a_settled_draft_is_opened_again_only_by_both_and_its_hash_is_superseded(db: Session) -> None:
    story = walk.settled(db, SHANGHAI)
    settled = story.case.text_hash
    story.reopen("李敏", MARCH_24, reason="发现工资表笔误")
    assert story.case.state == State.SETTLED
    story.reopen("韩文博", MARCH_25)
    assert (story.case.state, story.case.text_hash) == (State.CONSULTING, None)
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "发现工资表笔误"}
    first = story.facts(MARCH_25).clauses[0]
    assert first.state == ClauseState.AGREED, "what was agreed stays agreed until somebody changes it"
    story.counter("李敏", MARCH_25, clause=first.id, based_on=first.text_id, text="本合同期限为一年，自2026年5月1日起。")
    walk.agree(story, MARCH_25)
    story.both("settle", MARCH_25)
    assert story.case.text_hash not in (None, settled)


def test_what_is_below_the_floor_is_not_settled(db: Session) -> None:
    story = drafted(db)
    story.set_terms(
        "王强",
        DAY,
        term_from=date(2026, 5, 1),
        term_until=date(2027, 4, 30),
        local_minimum="2740",
        local_minimum_source="沪人社规〔2025〕12号",
        lowest_wage="2700",
        daily_hours=9,
        weekly_hours=45,
    )
    assert refused(story, "settle", "李敏", DAY) == [
        "草案的最低工资2700元低于当地最低工资标准2740元。",
        "草案的工作时间是每日9小时、每周45小时，超过法定的每日8小时、每周40小时。",
    ]


def test_nothing_is_settled_without_a_minuted_meeting_and_a_term(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    proposed(story, by="李敏")
    walk.agree(story, DAY)
    assert refused(story, "settle", "李敏", DAY) == ["还没有一次记入会议记录的协商会议。", "还没有写明合同期限。"]
