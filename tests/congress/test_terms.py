"""A term from its setting up to the next election: the roll, every change of it, its composition, and who may see it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from congress.models import CongressMeeting
from congress.queries import documents
from congress.rolls import acts, queries
from congress.rolls.composition import Measure, measured
from congress.rolls.facts import Facts
from congress.rolls.models import CongressTerm, Constituency, Delegate
from congress.rolls.procedure import TERM
from congress.terms import TermState
from tests.congress import cast as meetings
from tests.congress.cast import HANGZHOU, SUZHOU, Cast, cast, file, person
from tests.congress.rolls import (
    BEGAN,
    LATER,
    PEOPLE,
    SET_UP,
    act,
    checked_in,
    constituency,
    elected,
    facts,
    imported,
    journal_of,
    named,
    names,
    serving,
    set_up,
    settled,
)
from web.house import CASE_TYPES
from workflow import deadlines, journal
from workflow.forms import Invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Office
from workflow.procedure import Refused


def refusal(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(reason.sentence) for reason in error.value.reasons]


def faults(error: pytest.ExceptionInfo[Invalid]) -> dict[str, list[str]]:
    return {name: list(map(str, said)) for name, said in error.value.errors.items()}


# ---- the life of a term


def test_a_term_is_elected_changes_and_ends(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    leaving = named(db, term, "孙志刚")
    act(db, term, "end_seat", people.li, date(2025, 5, 6), delegate=leaving.id, why="employment")
    act(db, term, "by_elect", people.li, date(2025, 6, 3), **elected(db, term, "铸造车间", "冯国强", replaces=leaving.id))
    manager = named(db, term, "郑明")
    slip = [file(db, "罢免决定.png")]
    act(
        db, term, "recall", people.li, date(2025, 9, 1), delegate=manager.id, reason="长期不履行职责", workers=40, attended=38, in_favour=30,
        evidence=slip,
    )  # fmt: skip
    act(db, term, "end_term", people.li, date(2029, 2, 27))
    assert term.state == TermState.ENDED and term.closed_on == date(2029, 2, 27)
    told = journal_of(db, term)
    assert [line.split("（校验码")[0] for line in told] == [
        "2024-02-26 登记任期2024-03-01至2029-02-28，3个选区，名额共8名。",
        "2024-02-26 从Excel导入名册，7人",
        "2024-03-01 确认名册7人",
        "2025-05-06 孙志刚的资格终止：劳动关系终止。",
        "2025-06-03 补选代表冯国强：选区全体职工120人，参加100人，赞成90票。",
        "2025-09-01 罢免代表郑明：选区全体职工40人，参加38人，赞成30票。",
        "2029-02-27 换届，本届结束，名册6人。",
    ]
    assert list(journal.verify(db, CASE_TYPES)) == []


def test_nothing_of_the_roll_is_written_over(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    before = [d.model_dump() for d in facts(db, term).delegates]
    leaving = named(db, term, "孙志刚")
    act(db, term, "replace_delegate", people.li, LATER, **elected(db, term, "铸造车间", "冯国强", replaces=leaving.id, why="moved"))
    after = {d.id: d.model_dump() for d in facts(db, term).delegates}
    assert [after[row["id"]] | {"until": None, "why_left": None} for row in before] == before
    assert (leaving.until, leaving.why_left, named(db, term, "冯国强").replaces_id) == (LATER, "moved", leaving.id)
    assert "孙志刚" in names(facts(db, term).roll(LATER - timedelta(days=1)))
    assert "孙志刚" not in names(facts(db, term).roll(LATER)) and "冯国强" in names(facts(db, term).roll(LATER))


def test_the_next_election_is_due_when_the_term_is_over(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    (period,) = deadlines.deadlines(db, TERM.name, term.id or 0)
    assert (period.rule, period.due, period.status) == ("CONG-TERM", date(2029, 2, 28), "running")
    act(db, term, "end_term", people.li, date(2029, 3, 5))
    assert period.status == "late"


def test_a_term_lasts_three_to_five_years(db: Session) -> None:
    people = cast(db)
    for years in (2, 6):
        with pytest.raises(Invalid) as wrong:
            set_up(db, people, years=years)
        assert faults(wrong) == {"years": ["每届任期为3年至5年。"]}
    assert set_up(db, people, years=3).until == date(2027, 2, 28)


def test_an_extension_is_proven_and_lasts_a_year_at_most_in_shanghai(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    decision = [file(db, "决定.png")]
    said = {"until": date(2030, 3, 1), "reason": "企业正在合并重组"}
    with pytest.raises(Invalid) as wrong:
        act(db, term, "extend", people.li, LATER, evidence=decision, **said)
    assert faults(wrong) == {"until": ["延期换届不得超过1年（《上海市职工代表大会条例》第二十二条），最迟到2030-02-28。"]}
    with pytest.raises(Invalid) as wrong:
        act(db, term, "extend", people.li, LATER, until=date(2029, 12, 31), reason="企业正在合并重组")
    assert list(faults(wrong)) == ["evidence"]
    act(db, term, "extend", people.li, LATER, evidence=decision, until=date(2029, 12, 31), reason="企业正在合并重组")
    running = deadlines.deadlines(db, TERM.name, term.id or 0, deadlines.Status.RUNNING)
    assert [(d.rule, d.due) for d in running] == [("CONG-TERM", date(2029, 12, 31))]
    assert (term.until, term.first_until) == (date(2029, 12, 31), date(2029, 2, 28))


def test_two_terms_are_not_in_office_at_once(db: Session) -> None:
    people = cast(db)
    first = serving(db, people)
    second = imported(db, people, number=7, since=date(2026, 5, 1), on=date(2026, 5, 1))
    with pytest.raises(Refused) as refused:
        act(db, second, "confirm_roll", people.li, LATER)
    assert refusal(refused) == ["“第六届职工代表大会”还在任期内，两届不能同时在任。"]
    act(db, first, "end_term", people.li, LATER)
    act(db, second, "confirm_roll", people.li, LATER)
    assert second.state == TermState.SERVING


def test_the_same_term_is_not_set_up_twice(db: Session) -> None:
    people = cast(db)
    set_up(db, people)
    with pytest.raises(Invalid) as wrong:
        set_up(db, people)
    assert list(faults(wrong)) == ["number"]


def test_only_the_union_sets_up_a_term_and_changes_it(db: Session) -> None:
    people = cast(db)
    for outsider in (people.wang, people.zhou, people.zhao):
        with pytest.raises(Refused):
            set_up(db, people, by=outsider)
    term = serving(db, people)
    for outsider in (people.wang, people.zhou, people.zhao):
        with pytest.raises(Refused):
            act(db, term, "end_seat", outsider, LATER, delegate=named(db, term, "周大勇").id, why="resigned")
    assert len(facts(db, term).elected()) == 7


def test_before_the_term_begins_the_roll_is_a_draft(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    act(db, term, "strike_delegate", people.li, SET_UP, delegate=named(db, term, "周大勇").id)
    votes = ("workers", "attended", "in_favour")
    sent = {name: value for name, value in elected(db, term, "装配车间", "何平").items() if name not in votes}
    act(db, term, "register_delegate", people.li, SET_UP, **sent)
    assert names(facts(db, term).elected()) == ["赵建国", "钱玉兰", "孙志刚", "李秀英", "吴桂花", "何平", "郑明"]
    with pytest.raises(Refused) as refused:
        act(db, term, "by_elect", people.li, SET_UP, **elected(db, term, "装配车间", "何平"))
    assert len(refused.value.reasons) == 1


def test_a_constituency_with_delegates_is_not_taken_away(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "arrange", people.li, SET_UP, since=BEGAN, years=5, constituencies=[{"name": "铸造车间", "seats": 3}])
    assert faults(wrong) == {"constituencies": ["“装配车间”已经登记了代表，不能去掉。先从名册去掉这些代表。"]}


def test_a_roll_with_more_delegates_than_seats_is_not_confirmed(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    rows = [{"name": name, "seats": seats} for name, seats in (("铸造车间", 2), ("装配车间", 3), ("机关科室", 2))]
    act(db, term, "arrange", people.li, SET_UP, since=BEGAN, years=5, constituencies=rows)
    with pytest.raises(Refused) as refused:
        act(db, term, "confirm_roll", people.li, BEGAN)
    assert refusal(refused) == ["“铸造车间”有2个名额，登记了3名代表。"]


def test_a_term_does_not_begin_before_its_day(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    with pytest.raises(Refused) as refused:
        act(db, term, "confirm_roll", people.li, SET_UP)
    assert refusal(refused) == ["任期从2024-03-01起算，还没有到。"]


# ---- by-elections and recalls


@pytest.mark.parametrize(
    ("region", "votes", "said"),
    [
        ("310115", {"attended": 79, "in_favour": 70}, {"attended": ["选区全体职工120人，至少80人参加才有效（《上海市职工代表大会条例》第十五条），参加的只有79人。"]}),
        ("310115", {"attended": 80, "in_favour": 59}, {"in_favour": ["选区全体职工120人，须60票赞成（《上海市职工代表大会条例》第十五条），赞成的只有59票。"]}),
        ("330106", {"attended": 80, "in_favour": 60}, {"in_favour": ["选区全体职工120人，须61票赞成（《企业民主管理规定》第二十五条），赞成的只有60票。"]}),
        ("310115", {"attended": 121}, {"attended": ["参加的121人，多于选区全体职工120人，请核对。"]}),
        ("310115", {"attended": 80, "in_favour": 81}, {"in_favour": ["赞成的81票，多于参加的80人，请核对。"]}),
    ],
)  # fmt: skip
def test_a_by_election_takes_two_thirds_and_the_majority_of_the_place(
    db: Session, region: str, votes: dict[str, int], said: dict[str, list[str]]
) -> None:
    people = cast(db, region)
    term = serving(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "by_elect", people.li, LATER, **{**elected(db, term, "机关科室", "冯国强"), **votes})
    assert faults(wrong) == said
    assert len(facts(db, term).elected()) == 7


def test_half_is_enough_in_shanghai(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    act(db, term, "by_elect", people.li, LATER, **elected(db, term, "机关科室", "冯国强", attended=80, in_favour=60))
    assert len(facts(db, term).elected()) == 8


def test_a_by_election_fills_a_free_seat_of_the_same_constituency(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "by_elect", people.li, LATER, **elected(db, term, "铸造车间", "冯国强"))
    assert faults(wrong) == {"constituency": ["“铸造车间”的3个名额已满。"]}
    leaving = named(db, term, "孙志刚")
    act(db, term, "end_seat", people.li, LATER, delegate=leaving.id, why="resigned")
    with pytest.raises(Invalid) as wrong:
        act(db, term, "by_elect", people.li, LATER, **elected(db, term, "机关科室", "冯国强", replaces=leaving.id))
    assert faults(wrong) == {"constituency": ["补选在原选区进行，请选孙志刚所在的选区。"]}


def test_a_recall_is_proven_and_takes_its_majority(db: Session) -> None:
    people = cast(db, HANGZHOU)
    term = serving(db, people)
    said = {"delegate": named(db, term, "郑明").id, "reason": "长期不履行职责", "workers": 40, "attended": 38}
    with pytest.raises(Invalid) as wrong:
        act(db, term, "recall", people.li, LATER, in_favour=30, **said)
    assert list(faults(wrong)) == ["evidence"]
    with pytest.raises(Invalid) as wrong:
        act(db, term, "recall", people.li, LATER, in_favour=20, evidence=[file(db)], **said)
    assert faults(wrong) == {"in_favour": ["选区全体职工40人，须21票赞成（《企业民主管理规定》第二十五条），赞成的只有20票。"]}


def test_namesakes_are_told_apart_by_their_numbers(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "by_elect", people.li, LATER, **elected(db, term, "机关科室", "郑明"))
    assert faults(wrong) == {"name": ["“郑明”已经在这个选区的名册上。是另一个人的，请两人都填工号。"]}
    act(db, term, "by_elect", people.li, LATER, **elected(db, term, "机关科室", "郑明", staff_number="0090"))
    with pytest.raises(Invalid) as wrong:
        act(db, term, "replace_delegate", people.li, LATER, **elected(db, term, "铸造车间", "冯国强", replaces=named(db, term, "孙志刚").id, why="moved", staff_number="0090"))  # fmt: skip
    assert faults(wrong) == {"staff_number": ["工号“0090”已经在名册上（郑明）。"]}


def test_nobody_leaves_before_they_came(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    act(db, term, "by_elect", people.li, LATER, **elected(db, term, "机关科室", "冯国强"))
    with pytest.raises(Invalid) as wrong:
        act(db, term, "end_seat", people.li, LATER - timedelta(days=1), delegate=named(db, term, "冯国强").id, why="resigned")
    assert faults(wrong) == {"delegate": ["冯国强从2026-06-01起才在名册上，办理日期不能早于这一天。"]}


def test_other_reasons_are_written_down(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "end_seat", people.li, LATER, delegate=named(db, term, "郑明").id, why="other_reason")
    assert list(faults(wrong)) == ["reason"]


def test_attendees_stand_beside_the_roll_and_do_not_count(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    act(db, term, "invite", people.li, LATER, name="高远", job="劳务派遣公司驻厂代表", dispatched=True)
    assert len(facts(db, term).roll(LATER)) == 7 and [a.name for a in facts(db, term).attendees] == ["高远"]
    act(db, term, "uninvite", people.li, LATER, attendee=facts(db, term).attendees[0].id)
    assert facts(db, term).attendees[0].until == LATER


# ---- assemblies, regions


def test_an_assembly_keeps_a_register_of_all_workers_by_the_year(db: Session) -> None:
    people = cast(db)
    term = serving(db, people, form="assembly", number=None, since=date(2026, 1, 1), on=date(2026, 1, 1))
    assert (term.title, term.number, term.until) == ("2026年职工大会名册", 2026, date(2026, 12, 31))
    assert deadlines.deadlines(db, TERM.name, term.id or 0) == []
    votes = {"workers": 9, "attended": 9, "in_favour": 9}
    recall = {"delegate": named(db, term, "郑明").id, "reason": "不履行职责", **votes}
    for name, sent in {"by_elect": elected(db, term, "机关科室", "冯国强"), "recall": recall}.items():
        with pytest.raises(Refused) as refused:
            act(db, term, name, people.li, LATER, evidence=[file(db)], **sent)
        assert refusal(refused) == ["职工大会由全体职工参加，不选举代表，也没有罢免和补选。"]
    where = constituency(db, term, "铸造车间")
    act(db, term, "enrol", people.li, LATER, constituency=where, name="新来", female=True, job="学徒", post="frontline")
    assert len(facts(db, term).roll(LATER)) == 8 and measured(facts(db, term), facts(db, term).roll(LATER), LATER) == []


def test_a_congress_enrols_nobody_without_an_election(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    where = constituency(db, term, "铸造车间")
    with pytest.raises(Refused) as refused:
        act(db, term, "enrol", people.li, LATER, constituency=where, name="新来", female=True, job="学徒", post="frontline")
    assert refusal(refused) == ["职工代表由选区选举产生，新增的用“补选代表”登记。"]


def test_a_region_keeps_its_terms_with_its_union(db: Session) -> None:
    people = cast(db)
    body = Organisation(kind=OrganisationKind.FEDERATION, name="临溪街道总工会", region="330106", parent_id=people.federation)
    db.add(body)
    db.flush()
    assert body.id is not None
    qiu = person(db, "邱主席", body.id, Office.UNION_CHAIR)
    with pytest.raises(Invalid) as wrong:
        set_up(db, people, form="regional")
    assert list(faults(wrong)) == ["form"]
    term = set_up(db, people, by=qiu, form="regional", organisation=body.id, number=2)
    assert term.title == "第二届区域性职工代表大会"


# ---- composition


def measures(db: Session, people: Cast, **registered: int) -> dict[str, tuple[str, bool | None, str]]:
    settled(db, people, **registered)
    term = serving(db, people)
    seen: Facts = facts(db, term)
    found: list[Measure] = measured(seen, seen.roll(LATER), LATER)
    return {m.label: (str(m.sentence), m.met, m.rule.article) for m in found}


def test_the_composition_is_measured_by_the_rules_of_shanghai(db: Session) -> None:
    found = measures(db, cast(db), workforce=1260, female=312)
    assert found == {
        "代表人数": (
            "全体职工1260人：以30名为基数，超出100人的部分每100人加5名，30＋11×5＝85，代表应不少于85名，现有7名。", False,
            "《上海市职工代表大会条例》第二十一条",
        ),
        "管理人员": ("代表7名，20%为1.4名，中层以上管理人员应不多于1名，现有1名。", True, "《上海市职工代表大会条例》第十六条"),
        "女职工": (
            "女职工312人，占全体职工1260人的24.76%；代表7名，按比例约1.7名，女代表一般应与此相适应（不少于1名），现有3名（42.86%）。", True,
            "《上海市职工代表大会条例》第十六条",
        ),
        "一线职工": ("一线职工应为主体：代表7名，过半数为4名，一线职工应不少于4名，现有5名。", True, "《上海市职工代表大会条例》第十六条"),
    }  # fmt: skip


def test_women_have_their_share_of_the_workforce_in_zhejiang(db: Session) -> None:
    found = measures(db, cast(db, HANGZHOU), workforce=1000, female=600, dispatched=120)
    assert found["女职工"] == (
        "女职工600人，占全体职工1000人的60.00%；代表7名，按比例为4.2名，女代表应不少于5名，现有3名（42.86%）。", False, "《浙江省企业民主管理条例》第十一条",
    )  # fmt: skip
    assert found["代表人数"][0] == "全体职工1000人：以40名为基数，超出100人的部分每100人加7名，40＋9×7＝103，代表应不少于103名，现有7名。"
    assert found["劳务派遣"][:2] == (
        "使用劳务派遣人员120人，较多的应有适当比例的派遣人员列席（没有规定数额），现有派遣代表1名、列席0名。",
        None,
    )


def test_where_no_place_says_otherwise_the_nation_asks_for_five_in_a_hundred_and_thirty(db: Session) -> None:
    people = cast(db, SUZHOU)
    found = measures(db, people, workforce=400, female=100)
    assert found["代表人数"] == ("全体职工400人，5%为20名，最少30名，代表应不少于30名，现有7名。", False, "《企业民主管理规定》第八条")
    assert found["女职工"][:2] == (
        "女职工占全体职工的25.00%，应有适当比例的女代表（没有规定数额，按比例约1.8名），现有3名（42.86%）。",
        None,
    )


def test_beyond_a_hundred_the_number_is_agreed(db: Session) -> None:
    found = measures(db, cast(db, SUZHOU), workforce=4000, female=100)
    assert found["代表人数"][0] == "全体职工4000人，5%为200名，超过100名的名额由企业与工会协商确定，代表应不少于100名，现有7名。"


def test_nothing_is_reckoned_from_a_workforce_that_nobody_registered(db: Session) -> None:
    found = measures(db, cast(db), workforce=0, female=0)
    assert found["代表人数"][:2] == ("单位登记里没有职工人数，算不出应有多少名代表，现有7名。", None)


# ---- who sees a roll


def test_a_roll_is_seen_by_the_union_first_and_by_the_others_once_it_is_in_office(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    stranger = person(db, "外人", people.federation, Office.WORKER)

    def seen(who: int) -> tuple[bool, bool]:
        return queries.visible_to(db, term, who, LATER), term in queries.visible_terms(db, who, LATER)

    everybody = {
        "union": people.li,
        "employer": people.wang,
        "above": people.zhou,
        "delegate": people.zhao,
        "worker": people.chen,
        "stranger": stranger,
    }
    assert {name for name, who in everybody.items() if seen(who)[0]} == {"union"}
    assert all(a == b for a, b in map(seen, everybody.values()))
    act(db, term, "confirm_roll", people.li, BEGAN)
    assert {name for name, who in everybody.items() if seen(who)[0]} == {"union", "employer", "above", "delegate"}
    assert all(a == b for a, b in map(seen, everybody.values()))


def test_a_delegate_with_an_account_is_known_by_a_name_that_only_one_person_bears(db: Session) -> None:
    people = cast(db)
    person(db, "周大勇", people.enterprise, Office.WORKER)
    person(db, "周大勇", people.enterprise, Office.WORKER)
    term = imported(db, people)
    assert named(db, term, "赵建国").person_id == people.zhao
    assert named(db, term, "周大勇").person_id is None


# ---- what the database itself holds to


def test_the_database_keeps_a_seat_and_its_reason_together(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    delegate = db.exec(select(Delegate).where(Delegate.term_id == term.id)).first()
    assert delegate is not None
    delegate.until = LATER
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_the_database_knows_one_term_in_office(db: Session) -> None:
    people = cast(db)
    serving(db, people)
    second = set_up(db, people, number=7)
    second.state = TermState.SERVING
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_the_database_knows_no_constituency_without_seats(db: Session) -> None:
    term = set_up(db, cast(db))
    assert term.id is not None
    db.add(Constituency(term_id=term.id, number=9, name="空", seats=0))
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_every_act_of_a_term_has_its_function() -> None:
    assert set(acts.PROCEEDINGS.does) == set(TERM.acts) and acts.PROCEEDINGS.model is CongressTerm and len(PEOPLE) == 7


# ---- meetings of the term


def meeting_of(db: Session, people: Cast, **other: Any) -> CongressMeeting:
    meeting = meetings.planned(db, people, roll=None, **other)
    meetings.placed(db, people, meeting)
    meetings.officers(db, people, meeting)
    meetings.act(db, meeting, "convene", people.li, meetings.NOTICE, means="书面送达签收")
    return meeting


def test_a_meeting_takes_its_roll_from_the_term_and_keeps_it(db: Session) -> None:
    people = cast(db)
    term = serving(db, people)
    meeting = meeting_of(db, people)
    assert meeting.roll == 7
    act(db, term, "by_elect", people.li, meetings.MEETING, **elected(db, term, "机关科室", "冯国强"))
    checked_in(db, meeting, 6, meetings.MEETING, by=people.li)
    meetings.act(db, meeting, "open", people.li, meetings.MEETING)
    frozen = [(e.number, e.name, e.constituency) for e in queries.frozen_roll(db, meeting)]
    assert meeting.roll == 8 and frozen[0] == (1, "赵建国", "铸造车间") and frozen[-1] == (8, "冯国强", "机关科室")
    later = meetings.MEETING + timedelta(days=1)
    act(db, term, "end_seat", people.li, later, delegate=named(db, term, "郑明").id, why="resigned")
    assert [(e.number, e.name, e.constituency) for e in queries.frozen_roll(db, meeting)] == frozen and meeting.roll == 8
    assert list(journal.verify(db, CASE_TYPES)) == []


def test_a_number_that_is_not_the_rolls_does_not_open_a_meeting(db: Session) -> None:
    people = cast(db)
    serving(db, people)
    meeting = meeting_of(db, people)
    checked_in(db, meeting, 7, meetings.MEETING, by=people.li)
    with pytest.raises(Invalid) as wrong:
        meetings.act(db, meeting, "open", people.li, meetings.MEETING, roll=301)
    assert faults(wrong) == {"roll": ["2026-12-01名册上有7人，与填写的301人不符。名册不对的，先在“届次和名册”里登记补选或者资格终止。"]}


def test_where_no_roll_is_kept_the_number_is_typed(db: Session) -> None:
    people = cast(db)
    with pytest.raises(Invalid) as wrong:
        meetings.planned(db, people, roll=None)
    assert faults(wrong) == {"roll": ["请填写“应到人数”。"]}
    imported(db, people)
    with pytest.raises(Invalid):
        meetings.planned(db, people, roll=None)
    meeting, _ = meetings.opened(db, people)
    assert meeting.roll == 301 and queries.frozen_roll(db, meeting) == []
    unsaid, _ = meetings.convened(db, people, number=4)
    with pytest.raises(Invalid) as wrong:
        meetings.act(db, unsaid, "open", people.li, meetings.MEETING, present=6)
    assert faults(wrong) == {"roll": ["请填写“应到人数”。"]}


def test_the_sheet_at_the_door_has_the_names_of_the_roll(db: Session) -> None:
    people = cast(db)
    serving(db, people)
    meeting = meeting_of(db, people)
    meetings.act(db, meeting, "issue_document", people.li, meetings.NOTICE, document="sign_in")
    meetings.act(db, meeting, "issue_document", people.li, meetings.NOTICE, document="sign_in", words={"constituency": "装配车间"})
    of_one, whole = [d.html for d in documents(db, meeting) if d.kind == "sign_in"]
    assert all(person[1] in whole for person in PEOPLE)
    assert [person[1] for person in PEOPLE if person[1] in of_one] == ["李秀英", "周大勇", "吴桂花"]
