"""生效以后: publication, fulfilment, renewal, change, end; one contract of a kind in force at a time."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from negotiation.models import Finding, Negotiation, Publication
from negotiation.terms import ClauseState, Outcome, State
from negotiation.text import current_text
from tests.cases.linked import linked, to_filed
from tests.cast import Story, hongxing, talks
from tests.procedures import walk
from tests.procedures.walk import due, refused, until
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.statements import statements

pytestmark = pytest.mark.once

ANHUI, ZHEJIANG, SHANGHAI = "340000", "330000", "310000"
MAY_8 = date(2026, 5, 8)


def in_force(db: Session, kind: str = "wage", region: str = ANHUI) -> Story:
    """By silence, since 7 May 2026; to 30 April 2027."""
    return walk.in_force(db, region, kind)


# ---- publication


def test_it_is_published_with_form_and_place_not_before_it_took_effect(db: Session) -> None:
    story = in_force(db)
    with pytest.raises(Invalid, match="公布日期不能早于生效日期（2026-05-07）|办理日期不能早于2026-05-07"):
        story.publish("李敏", date(2026, 5, 6), entered=MAY_8, form="board", place="公告栏")
    with pytest.raises(Invalid) as wrong:
        story.publish("李敏", MAY_8)
    assert list(wrong.value.errors) == ["form", "place"]
    assert due(story, "PUBLISH") == date(2026, 5, 12), "五日 (工资集体协商试行办法 Art. 23)"
    story.publish("李敏", MAY_8, form="board", place="厂门公告栏", evidence=story.paper())
    story.publish("陈静", date(2026, 5, 11), form="intranet", place="企业微信公告")
    assert story.deadlines(date(2026, 5, 11))["PUBLISH"] == "2026-05-12 met"
    shown = db.exec(select(Publication).order_by(Publication.id)).all()  # type: ignore[arg-type]
    assert [(p.form, p.place, p.photo_sha256 is not None) for p in shown] == [
        ("board", "厂门公告栏", True),
        ("intranet", "企业微信公告", False),
    ]


def test_nothing_is_published_before_it_is_in_force(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    assert refused(story, "publish", "李敏", date(2026, 4, 20), form="board", place="公告栏") == [
        "现在处于“已收件审查”，要到“生效履行”才能办。",
        "合同还没有生效。",
    ]


# ---- fulfilment


def test_a_round_is_closed_when_each_obligation_has_a_finding(db: Session) -> None:
    story = in_force(db)
    assert refused(story, "start_round", "李敏", MAY_8, period_from=MAY_8, period_until=MAY_8, members="李敏") == [
        "还没有列出要检查的履行事项。"
    ]
    clauses = story.facts(MAY_8).clauses
    story.list_obligations(
        "李敏",
        MAY_8,
        obligations=[{"clause": c.id, "what": f"履行事项{n}", "owner": "employer"} for n, c in enumerate(clauses[:3], start=1)],
    )
    day = date(2026, 11, 2)
    with pytest.raises(Invalid, match="检查期间不能早于合同生效日期（2026-05-07）"):
        story.start_round("李敏", day, period_from=date(2026, 5, 1), period_until=date(2026, 10, 31), members="李敏、陈静")
    with pytest.raises(Invalid, match="检查期间的止日不能早于起日"):
        story.start_round("李敏", day, period_from=date(2026, 10, 31), period_until=date(2026, 5, 31), members="李敏、陈静")
    story.start_round("李敏", day, period_from=date(2026, 5, 7), period_until=date(2026, 10, 31), members="李敏、陈静")
    assert refused(story, "start_round", "陈静", day, period_from=MAY_8, period_until=MAY_8, members="陈静") == [
        "第1轮履约检查还没有结束。"
    ]
    first, second, third = (o.id for o in story.facts(day).obligations)
    with pytest.raises(Invalid, match="没有全部履行的，请填写“整改期限”"):
        story.record_finding("李敏", day, obligation=first, result="not")
    with pytest.raises(Invalid, match="整改期限不能早于检查日期"):
        story.record_finding("李敏", day, obligation=first, result="not", correct_by=date(2026, 11, 1))
    story.record_finding("李敏", day, obligation=first, result="not", correct_by=date(2026, 11, 30), note="未发放")
    story.record_finding("陈静", date(2026, 11, 3), obligation=first, result="disputed", note="企业认为已发放")
    story.record_finding("李敏", day, entered=date(2026, 11, 3), obligation=second, result="fulfilled")
    assert refused(story, "close_round", "李敏", date(2026, 11, 4), conclusion="完") == ["还有1项没有检查结论。"]
    story.record_finding("李敏", date(2026, 11, 4), obligation=third, result="partly", correct_by=date(2026, 11, 30))
    findings = db.exec(select(Finding).order_by(Finding.id)).all()  # type: ignore[arg-type]
    assert [(f.result, f.superseded) for f in findings] == [("not", True), ("disputed", False), ("fulfilled", False), ("partly", False)]
    with pytest.raises(Invalid, match="请选择一项还没有整改的事项"):
        story.record_correction("陈静", date(2026, 11, 5), finding=findings[0].id, correction="已补发")
    with pytest.raises(Invalid, match="整改日期不能早于检查日期（2026-11-04）"):
        story.record_correction("陈静", date(2026, 11, 3), entered=date(2026, 11, 5), finding=findings[3].id, correction="已补发")
    story.record_correction("陈静", date(2026, 11, 5), finding=findings[3].id, correction="已补发")
    story.close_round("李敏", date(2026, 11, 6), conclusion="基本履行。")
    assert story.told()[-1] == "2026-11-06 结束第1轮履约检查：履行1项，共3项。"
    with pytest.raises(Invalid, match="请选择一轮已经结束、还没有报告的检查"):
        story.report_round("李敏", date(2026, 11, 9), round=story.facts(day).rounds[0].id + 1)
    story.report_round("李敏", date(2026, 11, 9), round=story.facts(day).rounds[0].id)
    assert story.deadlines(date(2026, 11, 9))["PERF-REPORT"] == "2028-05-08 running", (
        "the next report is due a year later; 7 May 2028 is a Sunday"
    )
    assert refused(story, "report_round", "李敏", date(2026, 11, 10), round=1) == ["没有已结束而未向职代会报告的履约检查。"]


# ---- renewal


def test_renewal_waits_for_its_window_and_ends_with_the_term(db: Session) -> None:
    """Wage contracts: sixty days before 30 April 2027 (工资集体协商试行办法 Art. 24)."""
    story = in_force(db)
    with pytest.raises(Refused) as refusal:
        story.renew("李敏", date(2027, 2, 28))
    (reason,) = refusal.value.reasons
    assert str(reason.sentence) == "离期满还早：续订可以从2027-03-01起提出（2027-04-30期满）。" and reason.from_ == date(2027, 3, 1)
    assert refused(story, "renew", "李敏", date(2027, 5, 4)) == ["合同已于2027-04-30期满，不能再续订。"]
    story.renew("陈静", date(2027, 4, 30))
    assert linked(story).case.initiator == "employer"


def test_a_renewal_lays_the_old_clauses_out_again_and_the_old_contract_stays_in_force(db: Session) -> None:
    story = in_force(db)
    story.renew("李敏", date(2027, 3, 1))
    new = linked(story)
    assert (new.case.state, new.case.purpose, new.case.kind, new.case.opened_on) == (State.DRAFTED, "renew", "wage", date(2027, 3, 1))
    assert story.case.state == State.IN_FORCE
    carried = new.facts(date(2027, 3, 1)).clauses
    assert [(c.head, c.carried, c.state) for c in carried] == [
        (c.head, True, ClauseState.OPEN) for c in story.facts(date(2027, 3, 1)).clauses
    ]
    assert [a.text for a in current_text(db, new.case.id or 0)] == [a.text for a in current_text(db, story.case.id or 0)]
    assert new.journal() == ["2027-03-01 立案"]
    assert refused(new, "offer", "李敏", date(2027, 3, 1)) == [
        "要约应当以书面形式提出，还没有写明协商事项。",
        "协商意向书应当明确协商的时间、地点，还没有写明时间、地点。",
    ]


def test_the_successor_ends_its_predecessor_in_the_same_act(db: Session) -> None:
    old = in_force(db)
    old.renew("李敏", date(2027, 3, 1))
    new = to_filed(linked(old), date(2027, 3, 1), term=(date(2027, 5, 1), date(2028, 4, 30)))
    assert until(new, date(2027, 4, 20)) == ["2027-04-17 take_effect"]
    assert (new.case.state, old.case.state, old.case.outcome, old.case.closed_on) == (
        State.IN_FORCE,
        State.ENDED,
        Outcome.REPLACED,
        date(2027, 4, 17),
    )
    assert old.told()[-1] == "2027-04-17 新合同生效，本合同终止。"
    assert until(old, date(2027, 6, 1)) == [], "it has ended once"
    assert due(new, "CC-TERM", date(2027, 6, 1)) == date(2028, 4, 30)


def test_the_term_runs_out_by_itself(db: Session) -> None:
    story = in_force(db)
    assert until(story, date(2027, 4, 30)) == []
    assert until(story, date(2027, 5, 20)) == ["2027-05-01 expire"]
    assert (story.case.state, story.case.outcome, story.case.closed_on) == (State.ENDED, Outcome.EXPIRED, date(2027, 4, 30))
    assert story.told()[-1] == "2027-05-01 合同期满终止。"
    assert story.deadlines(date(2027, 5, 20))["CC-TERM"] == "2027-04-30 lapsed"
    assert refused(story, "publish", "李敏", date(2027, 5, 20), form="board", place="公告栏") == ["本案已经“终止”，不再办理。"]


# ---- change


def test_an_amendment_is_negotiated_while_the_contract_stays_in_force(db: Session) -> None:
    story = in_force(db, "comprehensive")
    story.amend("陈静", date(2026, 9, 1), reason="生产线调整，需要变更工作时间条款")
    change = linked(story)
    assert (change.case.purpose, change.case.initiator, change.case.subject) == ("amend", "employer", "生产线调整，需要变更工作时间条款")
    assert (change.case.term_from, change.case.term_until) == (story.case.term_from, story.case.term_until)
    assert story.case.state == State.IN_FORCE
    story.amend("李敏", date(2026, 9, 2), reason="增加女职工保护")
    other = to_filed(linked(story), date(2026, 9, 7), term=None)
    assert until(other, date(2026, 11, 1))[-1].endswith("take_effect")
    assert (other.case.state, story.case.state, story.case.outcome) == (State.IN_FORCE, State.ENDED, Outcome.REPLACED)


@pytest.mark.parametrize("kind", ["wage", "comprehensive"])
def test_a_termination_ends_both_when_it_takes_effect(db: Session, kind: str) -> None:
    story = in_force(db, kind)
    story.terminate("李敏", date(2026, 9, 1), reason="企业分立，合同无法履行")
    ending = linked(story)
    assert (ending.case.purpose, ending.facts(date(2026, 9, 1)).clauses) == ("terminate", ())
    to_filed(ending, date(2026, 9, 7), term=None, propose={"head": "change", "text": "双方同意自生效之日起解除集体合同。"})
    if kind == "wage":
        ending.approve("郑楠", date(2026, 10, 12), served=date(2026, 10, 12), opinion="没有异议。")
        day = date(2026, 10, 12)
    else:
        assert until(ending, date(2026, 11, 1))[0].endswith("take_effect")
        day = date(2026, 10, 24)
    assert (ending.case.state, ending.case.outcome, ending.case.closed_on) == (State.ENDED, Outcome.TERMINATED, day)
    assert (story.case.state, story.case.outcome, story.case.closed_on) == (State.ENDED, Outcome.TERMINATED, day)
    assert until(story, date(2028, 1, 1)) == []


def test_a_termination_that_silence_had_brought_is_turned_back_by_an_objection_in_time(db: Session) -> None:
    story = in_force(db, "comprehensive")
    story.terminate("李敏", date(2026, 9, 1), reason="企业分立")
    ending = to_filed(linked(story), date(2026, 9, 7), term=None, propose={"head": "change", "text": "双方同意解除。"})
    until(ending, date(2026, 11, 1))
    assert (story.case.state, ending.case.state) == (State.ENDED, State.ENDED)
    ending.object("陈静", date(2026, 11, 2), served=date(2026, 10, 20), opinion="程序不合法", evidence=ending.paper())
    assert (ending.case.state, ending.case.outcome, ending.case.closed_on) == (State.OBJECTED, None, None)
    assert (story.case.state, story.case.outcome) == (State.IN_FORCE, None)
    assert until(story, date(2027, 5, 4))[-1] == "2027-05-01 expire"


# ---- ends that nobody negotiates


def test_the_law_ends_it_with_proof(db: Session) -> None:
    story = in_force(db)
    with pytest.raises(Invalid) as wrong:
        story.end_by_law("陈静", date(2026, 9, 1), ground="bankrupt", facts="法院裁定宣告破产")
    assert list(wrong.value.errors) == ["evidence"]
    story.end_by_law("陈静", date(2026, 9, 1), ground="bankrupt", facts="法院裁定宣告破产", evidence=story.paper())
    assert (story.case.state, story.case.outcome) == (State.ENDED, Outcome.BY_LAW)
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {"reason": "法院裁定宣告破产"}
    assert until(story, date(2028, 1, 1)) == []


def test_the_law_ends_talks_as_well(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.end_by_law("李敏", date(2026, 4, 1), ground="closed", facts="责令关闭", evidence=story.paper())
    assert story.journal()[-1] == "2026-04-01 法定终止"


def test_a_successor_takes_the_contract_on(db: Session) -> None:
    story = in_force(db)
    with pytest.raises(Invalid) as wrong:
        story.succeed("陈静", date(2026, 9, 1), how="merger", successor="江城重工有限公司", facts="吸收合并")
    assert list(wrong.value.errors) == ["evidence"]
    story.succeed("陈静", date(2026, 9, 1), how="merger", successor="江城重工有限公司", facts="吸收合并", evidence=story.paper())
    assert story.case.state == State.IN_FORCE
    assert statements(db, "negotiation", story.case.id or 0)[story.case.journal_seq] == {
        "successor": "江城重工有限公司",
        "facts": "吸收合并",
    }
    assert (linked(story).case.purpose, linked(story).case.term_until) == ("continue", date(2027, 4, 30))


def test_a_change_of_name_during_the_talks_opens_nothing(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.succeed("陈静", date(2026, 4, 1), how="renamed", successor="江城重工有限公司", facts="更名", evidence=story.paper())
    assert db.exec(select(Negotiation).where(Negotiation.predecessor_id == story.case.id)).first() is None
    assert story.case.state == State.CONSULTING


# ---- one of a kind


def test_talks_that_were_opened_afresh_end_the_contract_in_force_too(db: Session) -> None:
    old = in_force(db)
    fresh = talks(db, old.house, date(2026, 9, 7), kind="wage", title="工资专项集体合同（2027年度）")
    fresh.offer("李敏", date(2026, 9, 7))
    assert (fresh.case.predecessor_id, old.case.state) == (None, State.IN_FORCE)
    fresh.give_up("李敏", date(2026, 9, 8), reason="改为续订")
    assert old.case.state == State.IN_FORCE, "what is given up replaces nothing"


def test_contracts_of_different_kinds_stand_side_by_side(db: Session) -> None:
    wage = in_force(db)
    safety = talks(db, wage.house, date(2026, 9, 7), kind="safety", title="劳动安全卫生专项集体合同")
    safety.case.text_hash, safety.case.state = "f" * 64, State.IN_FORCE
    db.flush()
    assert wage.case.state == State.IN_FORCE


def test_the_database_itself_keeps_a_second_of_the_kind_out(db: Session) -> None:
    old = in_force(db)
    second = talks(db, old.house, date(2026, 9, 7), kind="wage", title="工资专项集体合同")
    second.case.text_hash, second.case.state = "f" * 64, State.IN_FORCE
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


@pytest.mark.parametrize(
    ("start", "state"),
    [
        (walk.preparing, State.PREPARING),
        (walk.consulting, State.CONSULTING),
        (walk.settled, State.SETTLED),
        (walk.adopted, State.ADOPTED),
    ],
)
def test_both_may_give_up_together_before_they_have_signed(db: Session, start: object, state: State) -> None:
    story = start(db, ANHUI)  # type: ignore[operator]
    assert story.case.state == state
    day = date(2026, 4, 13)
    if state is State.PREPARING:
        story.appoint("李敏", day, side="workers", representatives=walk.WORKERS)
        story.appoint("陈静", day, side="employer", representatives=walk.EMPLOYER)
    story.give_up_jointly("李敏", day, reason="改为三年一谈")
    assert story.case.state == state, "one chief does not give up for both"
    story.give_up_jointly("韩文博", date(2026, 4, 14))
    assert (story.case.state, story.case.outcome, story.case.closed_on) == (State.ENDED, Outcome.GIVEN_UP, date(2026, 4, 14))
    assert until(story, date(2027, 12, 1)) == []


def test_a_signed_contract_is_not_given_up(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    assert refused(story, "give_up_jointly", "李敏", date(2026, 4, 16), reason="不要了")[0].startswith("现在处于“已签订”")


def test_where_there_is_no_union_the_superior_union_opens_and_records_for_the_workers(db: Session) -> None:
    house = hongxing(db, ZHEJIANG)
    house.union.of_id = None
    house.enterprise.parent_id = house.federation.id
    db.flush()
    story = talks(db, house, date(2026, 3, 2), kind="wage", title="工资专项集体合同", by="吴磊")
    assert (story.case.union_id, story.case.initiator) == (None, "workers")
    story.offer("吴磊", date(2026, 3, 2))
    story.record_receipt("陈静", date(2026, 3, 3), received=date(2026, 3, 3), means="return_slip")
    story.accept_offer("陈静", date(2026, 3, 5))
    chosen = {"name": "赵丽", "post": "质检员", "produced": "recommendation", "chief": True, "chief_as": "chosen", "female": True}
    team = [
        chosen,
        *(
            {**w, "name": n, "produced": "recommendation", "chief": False, "chief_as": ""}
            for n, w in zip("甲乙", walk.WORKERS[1:], strict=True)
        ),
    ]
    story.appoint("吴磊", date(2026, 3, 6), side="workers", representatives=team)
    chief = story.facts(date(2026, 3, 6)).workers.chief
    assert chief is not None and (chief.name, chief.chief_as) == ("赵丽", "chosen")
