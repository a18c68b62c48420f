"""据书面材料录入: who may enter whose act from the signed paper, with what proof, how it is marked, and how the other side disputes it."""

from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.terms import Side, State
from tests.cast import EMPLOYER, WORKERS, Story, hongxing, wage_talks
from tests.procedures import walk
from tests.procedures.walk import refused
from web.accounts.models import Account
from workflow.evidence import Evidence
from workflow.forms import Invalid
from workflow.joint import Motion
from workflow.journal import entries
from workflow.procedure import Refused
from workflow.statements import statements

SHANGHAI = "310000"
EMPLOYERS_PEOPLE = frozenset({"韩文博", "陈静", "周刚"})
MARCH_5, MARCH_6 = date(2026, 3, 5), date(2026, 3, 6)


def offered(db: Session, without_account: frozenset[str] = EMPLOYERS_PEOPLE) -> Story:
    story = wage_talks(db, hongxing(db, without_account=without_account), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    story.record_receipt("李敏", date(2026, 3, 3), received=date(2026, 3, 3), means="courier", evidence=story.paper())
    return story


def talking(db: Session, without_account: frozenset[str] = EMPLOYERS_PEOPLE) -> Story:
    """Everything of the employer's is entered by the union: nobody there has an account."""
    story = offered(db, without_account)
    story.accept_offer("李敏", MARCH_5, evidence=story.paper())
    story.appoint("李敏", MARCH_6, side="workers", representatives=WORKERS)
    story.act("appoint", "王强", MARCH_6, seat="employer", side="employer", representatives=EMPLOYER, evidence=story.paper())
    story.name_recorder("王强", MARCH_6, name="孙洁")
    walk.convene(story)
    walk.minute(story, signed="both")
    return story


# ---- who may


def test_what_the_other_side_does_without_an_account_is_entered_from_its_paper(db: Session) -> None:
    story = offered(db)
    with pytest.raises(Invalid, match="这是代对方登记的书面材料，请上传签字或盖章的扫描件或照片"):
        story.accept_offer("李敏", MARCH_5)
    story.accept_offer("李敏", MARCH_5, statement="同意协商。", evidence=story.paper())
    entry = entries(db, "negotiation", story.case.id or 0)[-1]
    assert (entry.seat, entry.actor_id, entry.on_paper, entry.done_on) == ("other_side", story.house["李敏"], True, MARCH_5)
    assert story.told()[-1] == "2026-03-05 同意协商。（据书面材料录入。）"
    kept = db.exec(select(Evidence).where(Evidence.case_id == story.case.id, Evidence.stage == "accept_offer")).one()
    assert kept.side is None, "it lies on the table"


def test_whoever_has_an_account_acts_alone(db: Session) -> None:
    story = offered(db, frozenset())
    assert refused(story, "accept_offer", "李敏", MARCH_5, evidence=story.paper()) == ["这件事由受约方办理。"]


def test_one_account_on_the_side_is_enough_to_act_there(db: Session) -> None:
    story = offered(db, frozenset({"韩文博", "周刚"}))
    assert refused(story, "accept_offer", "李敏", MARCH_5, evidence=story.paper()) == ["这件事由受约方办理。"]


def test_a_closed_account_is_no_account(db: Session) -> None:
    story = offered(db, frozenset())
    for name in ("韩文博", "陈静"):
        db.exec(select(Account).where(Account.person_id == story.house[name])).one().closed = True
    db.flush()
    story.accept_offer("李敏", MARCH_5, evidence=story.paper())
    assert story.case.state == State.PREPARING


def test_only_officers_and_the_recorder_enter_papers(db: Session) -> None:
    story = offered(db)
    for outsider in ("赵丽", "吴磊", "郑楠"):
        with pytest.raises(Refused, match="这件事由受约方办理"):
            story.accept_offer(outsider, MARCH_5, evidence=story.paper())


def test_the_authority_that_has_no_account_is_entered_by_either_side(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    db.exec(select(Account).where(Account.person_id == story.house["郑楠"])).one().closed = True
    db.flush()
    story.refer("陈静", date(2026, 4, 1), open_items="工资")
    with pytest.raises(Invalid) as wrong:
        story.accept_coordination("陈静", date(2026, 4, 3))
    assert list(wrong.value.errors) == ["evidence"]
    story.accept_coordination("陈静", date(2026, 4, 3), evidence=story.paper())
    story.coordinate("李敏", date(2026, 4, 20), agreed="涨幅5%", evidence=story.paper())
    assert story.told()[-2:] == ["2026-04-03 受理协调。（据书面材料录入。）", "2026-04-20 达成协调。（据书面材料录入。）"]


def test_nobody_enters_for_the_clock(db: Session) -> None:
    story = offered(db)
    with pytest.raises(Refused, match="期限届满"):
        story.lapse("李敏", date(2026, 4, 30), evidence=story.paper())


# ---- joint acts


def test_an_absent_chief_proposes_and_agrees_on_paper_and_the_other_answers_for_himself(db: Session) -> None:
    story = talking(db)
    break_ = {"resume_on": date(2026, 5, 6), "reason": "等待审计", "place": "会议室", "content": "工资"}
    story.act("suspend", "王强", date(2026, 3, 23), seat="employer_chief", **break_, evidence=story.paper())
    assert story.case.state == State.CONSULTING, "the workers' chief has an account and has not agreed"
    assert [(m.seat, m.status) for m in db.exec(select(Motion))] == [("employer_chief", "open")]
    story.suspend("李敏", date(2026, 3, 24))
    assert (story.case.state, story.case.resume_on) == (State.SUSPENDED, date(2026, 5, 6))
    assert [m.status for m in db.exec(select(Motion))] == ["agreed"]
    assert story.told()[-2:] == [
        "2026-03-23 提议“中止协商”，等对方首席代表答复。（据书面材料录入。）",
        "2026-03-24 中止协商，约定2026-05-06恢复。",
    ]


def test_the_chief_who_proposed_may_enter_the_absent_ones_agreement(db: Session) -> None:
    story = talking(db)
    story.suspend("李敏", date(2026, 3, 23), resume_on=date(2026, 5, 6), reason="等待审计", place="会议室", content="工资")
    with pytest.raises(Invalid) as wrong:
        story.suspend("李敏", date(2026, 3, 24))
    assert list(wrong.value.errors) == ["evidence"]
    story.suspend("李敏", date(2026, 3, 24), evidence=story.paper())
    assert story.case.state == State.SUSPENDED
    entry = entries(db, "negotiation", story.case.id or 0)[-1]
    assert (entry.seat, entry.on_paper) == ("employer_chief", True)


def test_where_neither_chief_acts_here_one_paper_signed_by_both_is_the_whole_act(db: Session) -> None:
    story = talking(db, EMPLOYERS_PEOPLE | {"李敏"})
    story.suspend(
        "王强", date(2026, 3, 23), resume_on=date(2026, 5, 6), reason="等待审计", place="会议室", content="工资", evidence=story.paper()
    )
    assert story.case.state == State.SUSPENDED and db.exec(select(Motion)).all() == []


def test_nobody_signs_for_a_chief_who_was_never_named(db: Session) -> None:
    story = talking(db)
    chief = story.facts(date(2026, 3, 23)).employer.chief
    assert chief is not None
    story.act("vacate", "王强", date(2026, 3, 23), seat="employer", representative=chief.id, why="离职", evidence=story.paper())
    clause = {"head": "wage_level", "text": "增长6%。"}
    story.propose("王强", date(2026, 3, 23), **clause)
    number = story.facts(date(2026, 3, 23)).clauses[-1].id
    story.agree_clause("李敏", date(2026, 3, 23), clause=number)
    with pytest.raises(Invalid, match="本方已经同意这一条"):
        story.act("agree_clause", "李敏", date(2026, 3, 23), seat="employer_chief", clause=number, evidence=story.paper())
    with pytest.raises(Refused, match="这件事由职工方首席代表、企业方首席代表办理"):
        story.act("agree_clause", "王强", date(2026, 3, 23), seat="employer_chief", clause=number, evidence=story.paper())


def test_an_absent_chief_agrees_to_clauses_and_signs_on_paper(db: Session) -> None:
    story = talking(db)
    story.propose("王强", date(2026, 3, 23), head="wage_level", text="增长6%。")
    clause = story.facts(date(2026, 3, 23)).clauses[-1]
    story.agree_clause("李敏", date(2026, 3, 23), clause=clause.id)
    story.act("agree_clause", "李敏", date(2026, 3, 23), seat="employer_chief", clause=clause.id, evidence=story.paper())
    assert clause.state == "agreed"


# ---- the other side


def test_the_other_side_disputes_what_was_entered_for_it(db: Session) -> None:
    story = offered(db)
    story.accept_offer("李敏", MARCH_5, evidence=story.paper())
    entered = story.case.journal_seq
    for name in ("韩文博", "陈静"):
        db.add(Account(person_id=story.house[name], login=name, password_hash="x", created_at=walk.noon(MARCH_6)))
    db.flush()
    with pytest.raises(Invalid, match="请选择一条不是您自己登记的记录"):
        story.dispute_entry("李敏", MARCH_6, seq=entered, reason="自己反对自己")
    story.dispute_entry("陈静", MARCH_6, seq=entered, reason="我方没有出具过这份答复")
    assert story.told()[-1] == f"2026-03-06 对第{entered}条记录提出异议。"
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "我方没有出具过这份答复"}
    with pytest.raises(Invalid):
        story.dispute_entry("陈静", MARCH_6, seq=99, reason="没有这一条")


def test_the_receipt_that_the_offering_side_enters_wants_proof(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    with pytest.raises(Invalid, match="要约方登记送达，请上传送达回证、快递签收单等证明"):
        story.record_receipt("李敏", date(2026, 3, 3), received=date(2026, 3, 3), means="courier")
    story.record_receipt("李敏", date(2026, 3, 3), received=date(2026, 3, 3), means="in_app")
    assert refused(story, "record_receipt", "陈静", MARCH_5, received=date(2026, 3, 4), means="return_slip") == [
        "要约的送达已经登记过了（2026-03-03收到）。"
    ]


def test_a_file_that_was_never_stored_proves_nothing(db: Session) -> None:
    story = offered(db)
    with pytest.raises(Invalid, match="文件“答复.pdf”没有上传成功，请重新选择"):
        story.accept_offer("李敏", MARCH_5, evidence=[{"name": "答复.pdf", "sha256": "0" * 64}])
    assert (story.case.state, story.facts(MARCH_5).team(Side.EMPLOYER).members) == (State.OFFERED, ())
