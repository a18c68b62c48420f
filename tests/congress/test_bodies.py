"""What delegates form among themselves, slips of the pen on a roll, and congresses that are not of an enterprise's delegates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from congress import queries as meetings
from congress.delegates import queries as delegates
from congress.disclosure.procedure import DISCLOSURE
from congress.disclosure.telling import TOLD as DISCLOSURE_TOLD
from congress.joint.procedure import JOINT
from congress.joint.telling import TOLD as JOINT_TOLD
from congress.proposals.procedure import PROPOSAL
from congress.proposals.telling import TOLD as PROPOSAL_TOLD
from congress.rolls.composition import measured
from congress.rolls.models import CommitteeMember
from tests.congress import cast as congress
from tests.congress.cast import NOTICE, PLANNED, SHANGHAI, SUZHOU, Cast, cast, file, officers, person, planned
from tests.congress.rolls import LATER, act, facts, journal_of, named, serving
from workflow.evidence import Evidence
from workflow.forms import Invalid
from workflow.people import Office
from workflow.procedure import Procedure
from workflow.seats import Seat
from workflow.statements import Statement


def test_a_slip_of_the_pen_is_put_right_and_the_old_words_stay_with_the_entry(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    wrong = named(db, term, "赵建国")
    act(db, term, "correct_delegate", people.li, LATER, delegate=wrong.id, name="赵建囯", staff_number="0009", reason="身份证为囯字")
    assert (wrong.name, wrong.staff_number, wrong.job) == ("赵建囯", "0009", "造型工")
    words = {s.name: s.text for s in db.exec(select(Statement).where(Statement.case_kind == "congress_term"))}
    assert words == {"old": "姓名：赵建国；工号：0001", "new": "姓名：赵建囯；工号：0009", "reason": "身份证为囯字"}
    assert journal_of(db, term)[-1].startswith("2026-06-01 更正名册上赵建囯的登记")
    with pytest.raises(Invalid) as nothing:
        act(db, term, "correct_delegate", people.li, LATER, delegate=wrong.id, name="赵建囯", reason="再次提交同样内容")
    assert str(nothing.value.errors[""][0]) == "没有写哪里要改，或者写的和名册上一样。"


def test_the_imported_file_stays_as_evidence_of_the_import(db: Session) -> None:
    term = serving(db, cast(db))
    found = db.exec(select(Evidence).where(Evidence.case_kind == "congress_term", Evidence.case_id == term.id)).all()
    assert [(e.name, e.stage) for e in found] == [("名册.xlsx", "import_roll")]


def test_a_delegation_has_one_leader_and_a_committee_one_head(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    for name in ("赵建国", "钱玉兰", "李秀英"):
        act(db, term, "name_leader", people.li, LATER, delegate=named(db, term, name).id)
    assert {d.name for d in facts(db, term).delegates if d.leads} == {"钱玉兰", "李秀英"}
    said = {"name": "劳动安全卫生专门小组", "approved_at": "第六届第一次会议"}
    with pytest.raises(Invalid, match="负责人要有一名"):
        act(db, term, "form_committee", people.li, LATER, members=[{"name": "孙志刚"}, {"name": "郑明"}], **said)
    act(db, term, "form_committee", people.li, LATER, members=[{"name": "孙志刚", "heads": True}, {"name": "郑明"}], **said)
    (committee,) = facts(db, term).committees
    later = date(2026, 9, 1)
    members = [{"name": "郑明", "heads": True}, {"name": "外聘专家"}]
    act(db, term, "change_committee", people.li, later, committee=committee.id, members=members, approved_at="第六届第二次会议")
    seen = facts(db, term, later)
    assert [(m.name, m.heads, m.delegate_id is not None) for m in seen.members_of(committee)] == [
        ("郑明", True, True),
        ("外聘专家", False, False),
    ]
    assert {(m.name, m.until) for m in db.exec(select(CommitteeMember)) if m.until} == {("孙志刚", later), ("郑明", later)}
    act(db, term, "dissolve_committee", people.li, later, committee=committee.id, reason="任务完成")
    assert facts(db, term, later).members_of(committee) == ()


# ---- a region, and an assembly


def of_the_region(people: Cast) -> Cast:
    """The union of the district, whose officer organises the congress of its region."""
    return replace(people, li=people.zhou, enterprise=people.federation)


def test_a_regional_congress_is_measured_by_its_own_rule(db: Session) -> None:
    term = serving(db, of_the_region(cast(db, SHANGHAI)), form="regional")
    measures = measured(facts(db, term), facts(db, term).roll(LATER), LATER)
    found = {m.label: (str(m.sentence), m.met) for m in measures}
    assert found["代表人数"] == ("代表应不少于30名，现有7名。", False)
    assert found["管理人员"] == ("代表7名，30%为2.1名，中层以上管理人员应不多于2名，现有1名。", True)
    assert found["一线职工"] == ("代表7名，50%为3.5名，一线职工应不少于4名，现有5名。", True)
    assert {m.rule.id for m in measures} == {"SECT-CONGRESS"}


@pytest.mark.parametrize("form", ["regional", "assembly"])
def test_members_of_every_kind_of_congress_receive_its_papers_and_speak(db: Session, form: str) -> None:
    people = cast(db, SUZHOU)
    people = of_the_region(people) if form == "regional" else people
    qian = person(db, "钱玉兰", people.enterprise, Office.WORKER)
    other = {"number": None, "since": date(2026, 1, 1), "on": date(2026, 1, 1)} if form == "assembly" else {}
    serving(db, people, form=form, **other)
    meeting = planned(db, people, form=form, roll=7)
    text = [file(db, "办法.pdf", b"%PDF-1.7 rules")]
    congress.act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret=True, document=text)
    officers(db, people, meeting, in_system=False)
    assert not meetings.visible_to(db, meeting, qian, NOTICE)
    congress.act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    assert meetings.seats_of(db, meeting, qian, NOTICE) == {Seat.DELEGATE}
    assert meetings.visible_meetings(db, qian, NOTICE) == [meeting]
    seen = meetings.facts(db, meeting, NOTICE)
    papers = delegates.papers(db, seen)
    assert delegates.confirm(db, seen, qian, [p.sha256 for p in papers], NOTICE, congress.at(NOTICE)) == 2
    assert delegates.confirm(db, seen, qian, [p.sha256 for p in papers], NOTICE, congress.at(NOTICE)) == 0
    congress.act(db, meeting, "give_opinion", qian, NOTICE, item=seen.items[0].id, voice="own", words="时限太短。")
    found = delegates.deliveries(db, meeting, NOTICE)
    assert [d.delegate.name for d in found if not d.missing(papers)] == ["钱玉兰"] and len(found) == 7


@pytest.mark.parametrize(("procedure", "told"), [(PROPOSAL, PROPOSAL_TOLD), (JOINT, JOINT_TOLD), (DISCLOSURE, DISCLOSURE_TOLD)])
def test_every_act_is_told_in_a_sentence(procedure: Procedure[Any], told: Mapping[str, str]) -> None:
    assert set(told) == set(procedure.acts) - ({"disclose"} if procedure is DISCLOSURE else set())
