"""签订与报审: both chiefs sign the adopted text, the dossier is complete, the authority receives it, asks for more, objects in time or not."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.acts import NEGOTIATIONS
from negotiation.forms import ALWAYS_FILED, PIECES
from negotiation.models import Filing, Signature
from negotiation.terms import Outcome, State
from tests.cases.hall import a_hall
from tests.cases.linked import linked, to_filed
from tests.cast import Story, noon, perform
from tests.procedures import walk
from tests.procedures.walk import due, refused, until
from workflow import jobs
from workflow.forms import Invalid
from workflow.joint import open_motions
from workflow.law.rules import Rule, Rulebook
from workflow.statements import statements

pytestmark = pytest.mark.once

SHANGHAI, ANHUI = "310000", "340000"
APRIL_13, APRIL_14 = date(2026, 4, 13), date(2026, 4, 14)
OPINION = {"number": "皖人社审〔2026〕7号", "opinion": "第三条低于最低工资标准。"}


def filing(story: Story) -> Filing:
    return story.db.exec(select(Filing).where(Filing.negotiation_id == story.case.id).order_by(Filing.id)).all()[-1]  # type: ignore[arg-type]


# ---- signatures


def test_each_chief_signs_the_adopted_text_in_the_system_or_on_paper(db: Session) -> None:
    story = walk.adopted(db, ANHUI, "comprehensive")
    adopted = story.case.text_hash
    with pytest.raises(Invalid, match="请输入登录密码确认签字，或者上传签字页的扫描件"):
        story.sign("李敏", APRIL_13)
    story.sign("李敏", APRIL_13, confirmed=True)
    assert story.case.state == State.ADOPTED
    story.sign("韩文博", APRIL_14, evidence=story.paper())
    assert (story.case.state, story.case.text_hash) == (State.SIGNED, adopted)
    signatures = db.exec(select(Signature).order_by(Signature.id)).all()  # type: ignore[arg-type]
    assert [(s.side, s.means, s.text_hash, s.on) for s in signatures] == [
        ("workers", "in_app", adopted, APRIL_13),
        ("employer", "paper", adopted, APRIL_14),
    ]
    assert due(story, "FILE-DAYS") == date(2026, 4, 24), "ten days from the second signature (集体合同规定 Art. 42)"


def test_nobody_signs_twice_nor_for_the_other(db: Session) -> None:
    story = walk.adopted(db, ANHUI)
    story.sign("李敏", APRIL_13, confirmed=True, sealed=True)
    assert refused(story, "sign", "李敏", APRIL_14, confirmed=True, sealed=True) == ["本方首席代表已经签字，正在等对方。"]
    assert refused(story, "sign", "王强", APRIL_14, confirmed=True, sealed=True) == ["这件事由职工方首席代表、企业方首席代表办理。"]
    assert refused(story, "sign", "陈静", APRIL_14, confirmed=True, sealed=True) == ["这件事由职工方首席代表、企业方首席代表办理。"]


def test_a_wage_contract_is_sealed_and_none_is_signed_before_it_is_adopted(db: Session) -> None:
    story = walk.adopted(db, ANHUI)
    with pytest.raises(Invalid, match="工资协议由双方首席代表签字盖章后成立"):
        story.sign("李敏", APRIL_13, confirmed=True)
    with pytest.raises(Invalid, match="签字日期不能早于|办理日期不能早于2026-04-10"):
        story.sign("李敏", date(2026, 4, 9), entered=APRIL_13, confirmed=True, sealed=True)


def test_a_new_chief_signs_under_the_new_mandate_and_the_old_ones_signature_stands(db: Session) -> None:
    story = walk.adopted(db, ANHUI)
    story.sign("李敏", APRIL_13, confirmed=True, sealed=True)
    workers, employer = story.facts(APRIL_13).workers.chief, story.facts(APRIL_13).employer.chief
    assert workers is not None and employer is not None
    story.replace("李敏", APRIL_14, outgoing=workers.id, why="退休", name="蒋涛", produced="union_selection", chief_as="union_head")
    story.replace(
        "陈静", APRIL_14, outgoing=employer.id, why="调任", name="陈卫", produced="legal_representative", chief_as="legal_representative"
    )
    with pytest.raises(Invalid) as wrong:
        story.act("sign", "陈静", APRIL_14, seat="employer_chief", sealed=True)
    assert list(wrong.value.errors) == ["evidence"], "the new chief has no account: his signature is entered from the paper"
    story.act("sign", "陈静", APRIL_14, seat="employer_chief", sealed=True, evidence=story.paper())
    assert story.case.state == State.SIGNED
    assert story.told()[-1].endswith("（据书面材料录入。）")


# ---- the dossier


def test_what_is_missing_from_the_dossier_is_named(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    pieces = [p for p in ALWAYS_FILED if p != "mandates"]
    with pytest.raises(Invalid) as wrong:
        story.file("陈静", date(2026, 4, 16), authority="合肥市人社局", copies=2, pieces=pieces)
    assert {name: [str(s) for s in said] for name, said in wrong.value.errors.items()} == {
        "pieces": [f"报送材料还缺：{PIECES['mandates']}、{PIECES['wage_explanation']}。"],
        "copies": ["应当一式3份报送。"],
    }
    assert refused(story, "file", "李敏", date(2026, 4, 16), authority="合肥市人社局", pieces=list(PIECES)) == ["这件事由企业方办理。"]
    with pytest.raises(Invalid, match="报送日期不能早于|办理日期不能早于2026-04-14"):
        story.file("陈静", APRIL_13, entered=date(2026, 4, 16), authority="合肥市人社局", copies=3, pieces=list(PIECES))


def test_filing_late_is_told_as_late(db: Session) -> None:
    """工资集体协商试行办法 Art. 21: seven days from the signature of 14 April."""
    story = walk.signed(db, ANHUI)
    walk.file_in(story, date(2026, 4, 22))
    assert story.deadlines(date(2026, 4, 22))["FILE-DAYS"] == "2026-04-21 late"
    assert refused(story, "file", "陈静", date(2026, 4, 23), authority="合肥市人社局", pieces=list(PIECES)) == [
        "已于2026-04-22报送，正在等人社部门收件。"
    ]


def test_the_receipt_starts_the_review_on_the_day_the_text_arrived(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    assert refused(story, "record_filing_receipt", "郑楠", date(2026, 4, 17), received=date(2026, 4, 17)) == ["合同还没有报送。"]
    walk.file_in(story)
    with pytest.raises(Invalid, match="收件日期不能早于报送日期（2026-04-16）"):
        story.record_filing_receipt("郑楠", date(2026, 4, 20), received=date(2026, 4, 15))
    with pytest.raises(Invalid, match="请上传人社部门的收件单"):
        story.record_filing_receipt("陈静", date(2026, 4, 20), received=date(2026, 4, 17))
    story.record_filing_receipt("陈静", date(2026, 4, 20), received=date(2026, 4, 17), number="收〔2026〕5号", evidence=story.paper())
    assert (story.case.state, filing(story).receipt_number) == (State.FILED, "收〔2026〕5号")
    assert due(story, "REVIEW-DAYS") == date(2026, 5, 6), "2 May lies in the holiday"


def test_while_the_dossier_is_supplemented_the_review_waits_and_begins_anew(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    assert refused(story, "supplement", "陈静", date(2026, 4, 20)) == ["人社部门没有要求补正。"]
    with pytest.raises(Invalid, match="补正期限不能早于"):
        story.ask_supplement("郑楠", date(2026, 4, 20), what="补交会议记录", by=date(2026, 4, 19))
    story.ask_supplement("郑楠", date(2026, 4, 20), what="补交会议记录", by=date(2026, 4, 27))
    assert story.deadlines(date(2026, 4, 20))["FILE-SUPPLEMENT"] == "2026-04-27 running"
    assert until(story, date(2026, 6, 1)) == [], "an incomplete dossier takes no effect by silence"
    story.supplement("陈静", date(2026, 6, 1))
    assert story.deadlines(date(2026, 6, 1))["FILE-SUPPLEMENT"] == "2026-04-27 late"
    assert due(story, "REVIEW-DAYS") == date(2026, 6, 16)
    assert until(story, date(2026, 6, 20)) == ["2026-06-17 take_effect"]


class WhereTheReviewRunsOn(Rulebook):
    """The rules of a place that lets the review period run while the dossier is supplemented."""

    def find(self, rule_id: str, on: date) -> Rule | None:
        found = super().find(rule_id, on)
        if found is None or rule_id != "FILE-SUPPLEMENT":
            return found
        return replace(found, parameters={**found.parameters, "restarts_review": False})


def test_where_a_supplement_does_not_restart_the_review_it_runs_on(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    book = WhereTheReviewRunsOn(ANHUI, "wage")
    there = replace(
        NEGOTIATIONS, rules=lambda db, case: book, facts=lambda db, case, on: replace(NEGOTIATIONS.facts(db, case, on), rules=book)
    )
    reviewer, officer = story.house["郑楠"], story.house["陈静"]
    april_20, april_24 = date(2026, 4, 20), date(2026, 4, 24)
    perform(db, there, story.case, "ask_supplement", reviewer, april_20, entered=april_20, what="补交会议记录", by=date(2026, 4, 27))
    perform(db, there, story.case, "supplement", officer, april_24, entered=april_24)
    assert due(story, "REVIEW-DAYS") == date(2026, 5, 6), "counted from the first receipt, as before"
    assert until(story, date(2026, 5, 8)) == ["2026-05-07 take_effect"]


# ---- the review


def test_silence_brings_effect_once(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    assert until(story, date(2026, 5, 6)) == []
    lapse = list(jobs.lapses(db, [NEGOTIATIONS], date(2026, 5, 9)))
    assert [jobs.perform_lapse(db, NEGOTIATIONS, one, noon(date(2026, 5, 9))) for one in [*lapse, *lapse]] == [True, False]
    assert (story.case.state, story.case.effective_by) == (State.IN_FORCE, "silence")
    assert story.told()[-1] == "2026-05-07 审查期限届满没有异议，合同生效。"


def test_an_opinion_without_objection_brings_effect_for_wages_only(db: Session) -> None:
    story = walk.filed(db, ANHUI, "comprehensive")
    story.approve("郑楠", date(2026, 4, 24), served=date(2026, 4, 24), opinion="没有异议。")
    assert (story.case.state, filing(story).opinion) == (State.FILED, "approved")
    assert until(story, date(2026, 5, 7)) == ["2026-05-07 take_effect"]
    assert story.case.effective_by == "silence"


def test_the_authority_objects_and_the_text_goes_the_whole_way_again(db: Session) -> None:
    story = walk.filed(db, SHANGHAI)
    first = story.case.text_hash
    with pytest.raises(Invalid, match="送达日期不能早于收件日期（2026-04-17）"):
        story.object("郑楠", date(2026, 4, 28), served=date(2026, 4, 16), **OPINION)
    with pytest.raises(Invalid, match="请上传审查意见书"):
        story.object("陈静", date(2026, 4, 28), served=date(2026, 4, 27), **OPINION)
    story.object("陈静", date(2026, 4, 28), served=date(2026, 4, 27), **OPINION, evidence=story.paper())
    assert (story.case.state, filing(story).opinion) == (State.OBJECTED, "objected")
    assert story.deadlines(date(2026, 4, 28))["REVIEW-DAYS"] == "2026-05-06 met"
    assert until(story, date(2026, 6, 1)) == [], "what was objected to in time takes no effect"

    story.both("renegotiate", date(2026, 4, 29))
    assert (story.case.state, story.case.text_hash) == (State.CONSULTING, None)
    clause = story.facts(date(2026, 4, 29)).clauses[2]
    story.counter("李敏", date(2026, 4, 29), clause=clause.id, based_on=clause.text_id, text="最低工资不低于上海市最低工资标准。")
    walk.agree(story, date(2026, 4, 29))
    story.both("settle", date(2026, 4, 30))
    assert story.case.text_hash not in (None, first)
    hall = a_hall(story, date(2026, 5, 20), date(2026, 5, 6), number=2, roll=30)
    story.submit_to_congress("李敏", date(2026, 5, 6), meetings=[hall.id])
    walk.vote(story, hall.meeting, 27, date(2026, 5, 20))
    story.notify_passage("李敏", date(2026, 5, 21), received=date(2026, 5, 21), means="return_slip")
    assert due(story, "FILE-DAYS") == date(2026, 6, 1), "a new notice, a new period; 31 May is a Sunday"
    for chief in ("李敏", "韩文博"):
        story.sign(chief, date(2026, 5, 22), confirmed=True, sealed=True)
    assert refused(story, "record_filing_receipt", "郑楠", date(2026, 5, 25), received=date(2026, 5, 25)) == ["合同还没有报送。"]
    walk.file_in(story, date(2026, 5, 25))
    story.record_filing_receipt("郑楠", date(2026, 5, 26), received=date(2026, 5, 26))
    assert due(story, "REVIEW-DAYS") == date(2026, 6, 10)
    story.approve("郑楠", date(2026, 6, 4), served=date(2026, 6, 4), opinion="没有异议。")
    assert story.case.state == State.IN_FORCE
    assert [line for line in story.journal() if line.split()[1] in ("审议通过", "报送审查", "登记收件", "审查异议", "审查无异议")] == [
        "2026-04-10 审议通过",
        "2026-04-16 报送审查",
        "2026-04-17 登记收件",
        "2026-04-28 审查异议",
        "2026-05-20 审议通过",
        "2026-05-25 报送审查",
        "2026-05-26 登记收件",
        "2026-06-04 审查无异议",
    ]


def test_the_same_text_signed_again_after_it_was_taken_back_wants_both_signatures_anew(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    first = story.case.text_hash
    story.both("withdraw_filing", date(2026, 4, 20), reason="发现附件漏页")
    assert (story.case.state, filing(story).withdrawn_on) == (State.OBJECTED, date(2026, 4, 20))
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "发现附件漏页"}
    assert until(story, date(2026, 6, 1)) == []
    story.both("renegotiate", date(2026, 4, 21))
    story.both("settle", date(2026, 4, 22))
    assert story.case.text_hash == first
    hall = a_hall(story, date(2026, 5, 20), date(2026, 4, 23), number=2, roll=30)
    story.submit_to_congress("李敏", date(2026, 4, 23), meetings=[hall.id])
    walk.vote(story, hall.meeting, 27, date(2026, 5, 20))
    story.sign("李敏", date(2026, 5, 21), confirmed=True, sealed=True)
    assert story.case.state == State.ADOPTED
    story.sign("韩文博", date(2026, 5, 21), confirmed=True, sealed=True)
    walk.file_in(story, date(2026, 5, 22))
    assert story.case.state == State.SIGNED and len(db.exec(select(Filing)).all()) == 2


def test_a_filing_is_taken_back_only_once_it_was_sent_and_only_by_both(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    assert refused(story, "withdraw_filing", "李敏", date(2026, 4, 15), reason="改") == ["合同还没有报送。"]
    walk.file_in(story)
    story.withdraw_filing("李敏", date(2026, 4, 17), reason="改")
    assert (story.case.state, len(open_motions(db, "negotiation", story.case.id or 0))) == (State.SIGNED, 1)
    story.record_filing_receipt("郑楠", date(2026, 4, 17), received=date(2026, 4, 17))
    assert open_motions(db, "negotiation", story.case.id or 0) == [], "the case has moved on; the proposal fell"
    story.both("withdraw_filing", date(2026, 4, 20), reason="改")
    assert story.case.state == State.OBJECTED


# ---- an objection and the silence


def test_a_late_objection_is_refused_with_the_day(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    with pytest.raises(Invalid, match="审查意见书应当在2026-05-06以前送达"):
        story.object("陈静", date(2026, 5, 7), served=date(2026, 5, 7), **OPINION, evidence=story.paper())
    until(story, date(2026, 5, 8))
    with pytest.raises(Invalid, match="逾期送达的异议不能阻止合同生效"):
        story.object("郑楠", date(2026, 5, 8), served=date(2026, 5, 8), **OPINION)
    assert story.case.state == State.IN_FORCE


def test_what_the_authority_approved_is_not_objected_to(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    story.approve("郑楠", date(2026, 4, 24), served=date(2026, 4, 24), opinion="没有异议。")
    assert refused(story, "object", "郑楠", date(2026, 4, 25), served=date(2026, 4, 25), **OPINION) == [
        "合同不是因审查期限届满而自动生效的，不能再登记异议。"
    ]


def test_an_objection_in_time_that_is_entered_late_turns_the_effect_back(db: Session) -> None:
    story = walk.in_force(db, ANHUI)
    story.publish("李敏", date(2026, 5, 8), form="board", place="公告栏")
    assert story.deadlines(date(2026, 5, 8))["CC-TERM"] == "2027-04-30 running"
    story.object("陈静", date(2026, 5, 12), served=date(2026, 5, 6), **OPINION, evidence=story.paper())
    assert (story.case.state, story.case.effective_by) == (State.OBJECTED, None)
    assert story.told()[-1] == "2026-05-12 审查异议，2026-05-06送达。（期限届满时的自动登记已经冲正：书面材料表明办理在期限之内。）"
    stands = story.deadlines(date(2026, 5, 12))
    assert stands["REVIEW-DAYS"] == "2026-05-06 met"
    assert (stands["CC-TERM"], stands["PERF-REPORT"]) == ("2027-04-30 stopped", "2027-05-07 stopped")
    assert story.facts(date(2026, 5, 12)).day_of("EFFECTIVE") is None
    assert until(story, date(2028, 1, 1)) == [], "it neither takes effect again nor expires"


def test_the_contract_that_had_made_room_is_in_force_again(db: Session) -> None:
    old = walk.in_force(db, ANHUI)
    old.renew("李敏", date(2027, 3, 1))
    new = to_filed(linked(old), date(2027, 3, 1), term=(date(2027, 4, 15), date(2028, 4, 14)))
    until(new, date(2027, 5, 10))
    assert (old.case.state, old.case.outcome, new.case.state) == (State.ENDED, Outcome.REPLACED, State.IN_FORCE)
    assert old.deadlines(date(2027, 4, 20))["CC-TERM"] == "2027-04-30 stopped"
    new.object("陈静", date(2027, 4, 26), served=date(2027, 4, 16), **OPINION, evidence=new.paper())
    assert (new.case.state, old.case.state, old.case.outcome, old.case.closed_on) == (State.OBJECTED, State.IN_FORCE, None, None)
    assert old.told()[-1] == "2027-04-26 新合同因审查异议未生效，本合同恢复效力。"
    assert old.deadlines(date(2027, 4, 26))["CC-TERM"] == "2027-04-30 running"
    assert until(old, date(2027, 5, 4)) == ["2027-05-01 expire"]
    assert (old.case.state, old.case.outcome) == (State.ENDED, Outcome.EXPIRED)
