"""Two people count the paper ballots, apart, and must agree in every figure."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from congress.models import MeetingOfficer, PaperCount
from congress.terms import ItemState
from tests.congress.cast import MEETING, act, cast, counted, file, journal_of, officers, opened, person, sheet, voted
from workflow.forms import Invalid
from workflow.outbox import Message
from workflow.people import Office
from workflow.procedure import Refused


def sheets(db: Session) -> list[tuple[int, str, int]]:
    """Which counting, whose sheet, votes in favour."""
    rows = db.exec(select(PaperCount, MeetingOfficer).where(PaperCount.officer_id == MeetingOfficer.id).order_by(PaperCount.id))  # type: ignore[arg-type]
    return [(count.counting, officer.name, count.in_favour) for count, officer in rows]


def test_two_sheets_that_agree_make_a_count(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27, invalid=3))
    assert item.state == ItemState.CLOSED
    act(db, meeting, "enter_count", people.sun, MEETING, **sheet(item, 160, 90, 27, invalid=3))
    assert item.state == ItemState.COUNTED
    assert sheets(db) == [(1, "陈芳", 160), (1, "孙丽", 160)]


def test_sheets_that_differ_stay_and_the_ballots_are_counted_again(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    act(db, meeting, "enter_count", people.sun, MEETING, **sheet(item, 159, 91, 27))
    assert (item.state, item.counting) == (ItemState.CLOSED, 2)
    said = [str(m.sentence()) for m in db.exec(select(Message).where(Message.person_id == people.chen)).all()]
    assert said[-1] == "第1项两份计票单不一致，请重新计票。"
    with pytest.raises(Refused) as refused:
        act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    assert [str(r.sentence) for r in refused.value.reasons] == [
        "监票人、计票人的两份计票单完全一致以后，才能确认结果，议程上没有这样的事项。"
    ]
    act(db, meeting, "enter_count", people.sun, MEETING, **sheet(item, 160, 90, 27))
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    assert item.state == ItemState.COUNTED
    assert sheets(db) == [(1, "陈芳", 160), (1, "孙丽", 159), (2, "孙丽", 160), (2, "陈芳", 160)]


@pytest.mark.parametrize("change", [{"invalid": 1, "returned": 278, "issued": 278}, {"issued": 279}, {"against": 89, "abstained": 28}])
def test_every_figure_must_agree_not_only_the_votes_in_favour(db: Session, change: dict[str, int]) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    act(db, meeting, "enter_count", people.sun, MEETING, **{**sheet(item, 160, 90, 27), **change})
    assert (item.state, item.counting) == (ItemState.CLOSED, 2)


def test_nobody_counts_alone(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    assert "另一份要由另一名监票人或计票人登记" in str(wrong.value.errors["officer"][0])
    assert item.state == ItemState.CLOSED


def test_a_ballot_does_not_open_with_one_person_to_count(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    for officer in db.exec(select(MeetingOfficer).where(MeetingOfficer.seat == "counter")).all():
        officer.current = False
    db.flush()
    with pytest.raises(Refused) as refused:
        act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    assert [str(r.sentence) for r in refused.value.reasons] == ["监票人、计票人至少两名，其中至少一名监票人，现在有1名。"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"issued": 281}, "issued", "发出281张，多于实到280人，请核对。"),
        ({"returned": 281}, "returned", "收回281张，多于发出的277张，请核对。"),
        ({"valid": 276}, "valid", "有效276张加无效0张等于276张，与收回的277张不符。"),
        ({"abstained": 28}, "in_favour", "赞成160、反对90、弃权28合计278张，与有效的277张不符。"),
        ({"against": -1}, "against", "“反对”不能小于0。"),
    ],
)
def test_a_sheet_whose_sums_do_not_come_out_is_not_stored(db: Session, change: dict[str, int], field: str, sentence: str) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "enter_count", people.chen, MEETING, **{**sheet(item, 160, 90, 27), **change})
    assert str(wrong.value.errors[field][0]) == sentence
    assert sheets(db) == []


def test_the_database_itself_refuses_a_sheet_that_does_not_balance(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160, 90, 27)
    count = db.exec(select(PaperCount)).first()
    assert count is not None
    count.in_favour += 1
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_ballots_are_not_counted_while_the_box_is_open(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    assert "表决结束、票箱封好以后才计票" in str(refused.value.reasons[0].sentence)


# ---- recorded from paper


def test_the_union_records_the_sheets_of_tellers_without_an_account(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    officers(db, people, meeting, MEETING, in_system=False)
    act(db, meeting, "open_ballot", people.li, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.li, MEETING, item=item.id)
    signed = {o.name: o.id for o in db.exec(select(MeetingOfficer).where(MeetingOfficer.current)).all()}
    for number, name in enumerate(("陈芳", "孙丽")):
        scan = file(db, f"{name}计票单.png", b"\x89PNG\r\n\x1a\n" + bytes([number]) * 16)
        act(db, meeting, "enter_count", people.li, MEETING, **sheet(item, 160, 90, 27, officer=signed[name], evidence=[scan]))
    assert item.state == ItemState.COUNTED
    assert journal_of(db, meeting)[-2:] == ["2026-12-01 登记计票单（据书面材料录入）"] * 2
    act(db, meeting, "certify", people.li, MEETING, item=item.id, evidence=[file(db, "报告单.png")])
    assert journal_of(db, meeting)[-1] == "2026-12-01 确认表决结果（据书面材料录入）"


def test_one_teller_without_an_account_is_recorded_beside_one_with(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    rows = [{"seat": "teller", "name": "陈芳", "in_system": True}, {"seat": "counter", "name": "孙丽", "in_system": False}]
    officers(db, people, meeting, MEETING, officers=rows)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    signed = {o.name: o.id for o in db.exec(select(MeetingOfficer).where(MeetingOfficer.current)).all()}
    act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27))
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 160, 90, 27, officer=signed["孙丽"]))
    assert "由工会凭签字的计票单代为登记" in str(wrong.value.errors["officer"][0])
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "enter_count", people.li, MEETING, **sheet(item, 160, 90, 27, officer=signed["陈芳"], evidence=[file(db)]))
    assert [str(s) for s in wrong.value.errors["officer"]] == ["陈芳自己登录系统登记，不能代为登记。"]
    act(db, meeting, "enter_count", people.li, MEETING, **sheet(item, 160, 90, 27, officer=signed["孙丽"], evidence=[file(db)]))
    assert item.state == ItemState.COUNTED


def test_what_is_recorded_from_paper_comes_with_the_paper(db: Session) -> None:
    people = cast(db)
    meeting, item = opened(db, people)
    officers(db, people, meeting, MEETING, in_system=False)
    act(db, meeting, "open_ballot", people.li, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.li, MEETING, item=item.id)
    with pytest.raises(Invalid) as wrong:
        act(db, meeting, "enter_count", people.li, MEETING, **sheet(item, 160, 90, 27))
    assert list(wrong.value.errors) == ["evidence"]


def test_the_union_does_not_record_for_tellers_who_act_themselves(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    with pytest.raises(Refused) as refused:
        act(db, meeting, "enter_count", people.li, MEETING, **sheet(item, 160, 90, 27), evidence=[file(db)])
    assert [str(r.sentence) for r in refused.value.reasons] == ["这件事由监票人、计票人办理。"]


def test_two_people_of_one_name_are_not_guessed_between(db: Session) -> None:
    people = cast(db)
    meeting, _ = opened(db, people)
    person(db, "陈芳", people.enterprise, Office.WORKER)
    with pytest.raises(Invalid) as wrong:
        officers(db, people, meeting, MEETING)
    assert "本单位有2位“陈芳”" in str(wrong.value.errors["officers"][0])
