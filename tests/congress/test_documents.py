"""The 文书 of a meeting: the notice and the bill go out together, the result is reported as it was counted, the ballot tells nothing of who votes."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session, col, select

from congress import queries
from congress.documents import BALLOT, CATALOGUE, RESOLUTION
from congress.models import CongressMeeting
from congress.procedure import CONGRESS
from tests.congress.cast import (
    DRAFT,
    HANGZHOU,
    MEETING,
    NOTICE,
    OTHER_DRAFT,
    PLANNED,
    SUZHOU,
    act,
    cast,
    convened,
    count,
    counted,
    file,
    officers,
    opened,
    placed,
    planned,
    voted,
)
from tests.documents.congress_papers import SIGN_IN
from tests.documents.papers import AT
from workflow.documents.catalogue import Incomplete, Writing, subjects, written
from workflow.documents.issue import Document, SignedScan
from workflow.documents.pdf import pdf
from workflow.documents.render import render
from workflow.forms import Invalid
from workflow.seats import Seat

pytestmark = pytest.mark.once


def issued(db: Session, meeting: CongressMeeting, name: str = "") -> list[Document]:
    """In the order in which they were issued."""
    found = select(Document).where(Document.case_kind == CONGRESS.name, Document.case_id == meeting.id).order_by(col(Document.id))
    return [d for d in db.exec(found) if name in ("", d.kind)]


def wrote(db: Session, meeting: CongressMeeting, name: str, on: date = MEETING, subject: str = "", **words: object) -> Any:
    """What the document would be told."""
    standard = CATALOGUE[name]
    writing = Writing(db, meeting, queries.facts(db, meeting, on), on, subject=subject, words=standard.asks.read(words))
    return written(standard, writing).record


def paragraphs(document: Document) -> str:
    return re.sub(r"<[^>]+>", "", document.html)


def with_rules(db: Session, people: Any, meeting: CongressMeeting, **other: Any) -> None:
    sent = {"title": "江城泵业有限公司考勤管理办法（草案）", "matter": "rules", "secret": "yes", **other}
    act(db, meeting, "add_item", people.li, PLANNED, document=[file(db, "办法.pdf", b"%PDF-1.7 one")], **sent)


# ---- 通知和议案


def test_the_notice_goes_out_with_every_bill_and_its_hash(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    placed(db, people, meeting)
    with_rules(db, people, meeting)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    notice, bill = issued(db, meeting)
    assert (notice.kind, notice.form, notice.act, notice.number) == ("notice", "H14", "convene", "江泵工〔2026〕1号")
    assert notice.title == "江城泵业有限公司工会关于召开第六届职工代表大会第三次会议的通知"
    told = paragraphs(notice)
    for words in (
        "时间：2026年12月1日（星期二）。",
        "地点：厂部礼堂。",
        "形式：现场会议。",
        "全体职工代表，应到301人。",
        "（二）审议《江城泵业有限公司2027年度工资专项集体合同（草案）》，并以无记名投票方式表决；",
        "（三）审议《江城泵业有限公司考勤管理办法（草案）》，并以无记名投票方式表决；",
        "根据《上海市职工代表大会条例》第三十条的规定，会议议题和议案应当在会议召开7日前以书面形式送达。",
        "根据《上海市职工代表大会条例》第二十八条的规定，会议应当有三分之二以上职工代表出席方为有效。",
    ):
        assert words in told
    assert [m["text_hash"] for m in notice.facts["bills"]] == [i.text_hash for i in queries.facts(db, meeting, NOTICE).items]
    assert (bill.kind, bill.title) == ("bill", "江城泵业有限公司工会关于提请审议工资专项集体合同草案的议案")
    assert bill.facts["basis"][0] == "《上海市集体合同条例》第二十二条" and DRAFT in bill.html


def test_a_changed_text_goes_out_with_a_further_notice(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    placed(db, people, meeting, text_hash=OTHER_DRAFT, on=NOTICE)
    act(db, meeting, "notify_again", people.li, NOTICE + timedelta(days=2), means="书面送达签收")
    first, further = issued(db, meeting, "notice")
    assert further.title.endswith("第三次会议的补充通知") and first.facts["replaces"] is None
    assert "本通知所附议案目录代替2026年11月16日通知所附的议案目录。" in paragraphs(further)
    assert [(m["text_hash"], m["is_new"]) for m in further.facts["bills"]] == [(OTHER_DRAFT, True)]
    assert [b.facts["text_hash"] for b in issued(db, meeting, "bill")] == [DRAFT, OTHER_DRAFT]


def test_a_notice_issued_beforehand_is_the_one_that_goes_out(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    placed(db, people, meeting)
    act(db, meeting, "issue_document", people.li, NOTICE, document="notice", words={"further": "听取工会工作报告", "contact": "李敏"})
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    (notice,) = issued(db, meeting, "notice")
    assert "（二）听取工会工作报告；" in paragraphs(notice) and "会议联系人：李敏。" in paragraphs(notice)
    assert len(issued(db, meeting, "bill")) == 1


def test_a_notice_issued_beforehand_of_another_day_does_not_stand(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    placed(db, people, meeting)
    act(db, meeting, "issue_document", people.li, PLANNED, document="notice")
    later = {"held_on": MEETING + timedelta(days=1), "place": "厂部礼堂", "mode": "onsite", "roll": 301}
    act(db, meeting, "arrange", people.li, NOTICE, **later)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    assert [d.facts["time"] for d in issued(db, meeting, "notice")] == ["2026年12月1日（星期二）", "2026年12月2日（星期三）"]


def test_a_notice_without_an_agenda_says_what_it_lacks(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    with pytest.raises(Incomplete) as error:
        wrote(db, meeting, "notice", PLANNED)
    assert [(lack.what, lack.act) for lack in error.value.lacks] == [("表决事项", "add_item")]
    assert CATALOGUE.of(frozenset({Seat.UNION}), queries.facts(db, meeting, PLANNED)) == [CATALOGUE["sign_in"]]


def test_an_assembly_is_called_by_its_own_words(db: Session) -> None:
    people = cast(db, SUZHOU)
    meeting = planned(db, people, form="assembly", term=None, number=1, roll=86, mode="online", held_time="14:30")
    placed(db, people, meeting)
    notice = wrote(db, meeting, "notice", NOTICE)
    assert notice.title == ("江城泵业有限公司工会", "关于召开2026年第一次职工大会的通知")
    assert (notice.addressee, notice.members, notice.mode, notice.pay_basis) == ("全体职工", "职工", "线上会议", "")
    assert notice.time == "2026年12月1日（星期二）14时30分"
    assert notice.matters[0] == "报告应到和实到人数"


# ---- 签到和资格审查


def test_the_sign_in_sheet_has_a_line_for_each_on_the_roll(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    assert wrote(db, meeting, "sign_in", NOTICE).names == ("",) * 301
    ward = wrote(db, meeting, "sign_in", NOTICE, constituency="总装车间", lines=40, first=101)
    assert (len(ward.names), ward.first, ward.constituency) == (40, 101, "总装车间")


def test_every_page_of_a_long_sheet_has_its_headings_and_the_lines_run_through() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(render("congress/sign_in.html", SIGN_IN), AT))).pages]
    assert len(pages) > 3 and all("本人签名" in page and "职工代表签到表" in page for page in pages)
    numbers = [int(n) for page in pages for n in re.findall(r"^([0-9]+)$", page, re.MULTILINE)]
    assert numbers == list(range(1, 121))


def test_a_large_assembly_signs_in_by_department(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people, roll=1200)
    with pytest.raises(Incomplete) as error:
        wrote(db, meeting, "sign_in", NOTICE)
    assert "应到人数超过1000人" in error.value.lacks[0].what
    assert len(wrote(db, meeting, "sign_in", NOTICE, lines=1000).names) == 1000


@pytest.mark.parametrize(
    ("roll", "present", "told"),
    [
        (301, 280, "应到301人的三分之二为301×2÷3≈200.67人，不足1人的按1人计，即201人。实到280人，比法定人数多79人，符合法定人数。"),
        (300, 200, "应到300人的三分之二为300×2÷3＝200人。实到200人，恰好达到200人，符合法定人数。"),
    ],
)
def test_the_report_on_credentials_does_the_arithmetic_of_the_quorum(db: Session, roll: int, present: int, told: str) -> None:
    people = cast(db)
    meeting, _ = opened(db, people, roll=roll, present=present)
    (report,) = issued(db, meeting, "credentials")
    assert (report.form, report.act, report.title) == ("H15", "open", "第六届职工代表大会第三次会议代表资格审查报告")
    assert told in paragraphs(report)
    assert report.facts["quorum_basis"][0] == "《上海市职工代表大会条例》第二十八条"


def test_before_the_meeting_there_is_nobody_to_report_on(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    assert not CATALOGUE["credentials"].ready(queries.facts(db, meeting, NOTICE))
    with pytest.raises(Incomplete) as error:
        wrote(db, meeting, "credentials", NOTICE)
    assert [(lack.what, lack.act) for lack in error.value.lacks] == [("实到人数", "open")]


# ---- 表决票


def test_the_ballot_has_one_matter_one_choice_and_no_mark_of_its_own(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    act(db, meeting, "issue_document", people.li, NOTICE, document=BALLOT, subject=str(item.id))
    (ballot,) = issued(db, meeting, BALLOT)
    assert ballot.html.count("☐") == 3 and item.title in ballot.html and DRAFT in ballot.html
    assert "没有选择任何一项的，按弃权计。" in paragraphs(ballot)
    assert ballot.token not in ballot.html and ballot.number is None
    assert wrote(db, meeting, BALLOT, blank_abstains="no").blank_abstains is False


def test_a_filled_in_ballot_is_never_kept(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    act(db, meeting, "issue_document", people.li, NOTICE, document=BALLOT, subject=str(item.id))
    for token, refused in ((issued(db, meeting, BALLOT)[0].token, True), (issued(db, meeting, "notice")[0].token, False)):
        sent = {"document": token, "evidence": [file(db)]}
        if refused:
            with pytest.raises(Invalid) as error:
                act(db, meeting, "keep_scan", people.li, NOTICE, **sent)
            assert [str(said) for said in error.value.errors["document"]] == ["填写过的表决票由监票人封存，不存入系统。"]
        else:
            act(db, meeting, "keep_scan", people.li, NOTICE, **sent)
    assert len(db.exec(select(SignedScan)).all()) == 1


def test_a_vote_by_show_of_hands_has_no_ballot(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    with_rules(db, people, meeting, title="班车站点调整方案", matter="other", secret="no")
    facts = queries.facts(db, meeting, PLANNED)
    assert not CATALOGUE[BALLOT].ready(facts) and not subjects(CATALOGUE[BALLOT], db, meeting, facts, PLANNED)


# ---- 结果和决议


def test_the_certified_result_is_reported_with_its_arithmetic(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160, 90, 27)
    assert not issued(db, meeting, "count_report")
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    (report,) = issued(db, meeting, "count_report")
    assert (report.form, report.subject, report.title) == ("H17", str(item.id), f"《{item.title}》表决结果报告单")
    told = paragraphs(report)
    for words in (
        "应到301人，实到280人，出席率93.02%。法定人数为应到人数的三分之二以上，即201人以上",
        "须经全体职工代表半数以上同意。应到301人的半数为150.5人，半数以上（含本数）即151票以上。",
        "赞成160票，160÷301＝53.16%，达到151票。",
        f"《{item.title}》获得通过。",
    ):
        assert words in told
    assert (report.facts["tellers"], report.facts["counters"], report.facts["chair"]) == (["陈芳"], ["孙丽"], "赵建国")


@pytest.mark.parametrize(
    ("region", "votes", "threshold", "comparison"),
    [
        (HANGZHOU, 150, "须经全体职工代表过半数同意。应到300人的半数为150人，过半数即151票以上。", "150÷300＝50.00%，未达到151票。"),
        (SUZHOU, 149, "应到300人的半数为150人，151票以上即通过，恰为150票的由会议决定。", "149÷300＝49.67%，未达到151票。"),
    ],
)
def test_what_it_takes_is_said_as_the_place_asks_for_it(db: Session, region: str, votes: int, threshold: str, comparison: str) -> None:
    people = cast(db, region)
    meeting, item = counted(db, people, votes, 300 - votes, roll=300, present=300)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    (report,) = issued(db, meeting, "count_report")
    assert threshold in paragraphs(report) and comparison in paragraphs(report) and report.facts["passed"] is False


def test_what_was_decided_at_exactly_half_stands_in_the_report(db: Session) -> None:
    people = cast(db, SUZHOU)
    meeting, item = counted(db, people, 150, 150, roll=300, present=300)
    act(db, meeting, "decide_at_half", people.zhao, MEETING, item=item.id, passes="yes", reason="“半数以上”包括本数，按通过处理。")
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    (report,) = issued(db, meeting, "count_report")
    assert "恰为应到人数的半数。会议执行主席决定：“半数以上”包括本数，按通过处理。" in paragraphs(report)
    assert report.facts["passed"] is True


def test_a_second_counting_is_told(db: Session) -> None:
    people = cast(db)
    meeting, item = voted(db, people)
    for who, votes in ((people.chen, 200), (people.sun, 201)):
        act(db, meeting, "enter_count", who, MEETING, **{**_sheet(votes), "item": item.id})
    count(db, people, meeting, item, 200)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    assert "本项共清点2次，以最后一次为准。" in paragraphs(issued(db, meeting, "count_report")[0])


def _sheet(votes: int) -> dict[str, int]:
    return {"issued": votes, "returned": votes, "valid": votes, "invalid": 0, "in_favour": votes, "against": 0, "abstained": 0}


def test_where_the_chair_certifies_on_paper_the_report_and_the_resolution_are_issued_too(db: Session) -> None:
    people = cast(db)
    meeting, item = convened(db, people)
    officers(db, people, meeting, in_system=False)
    act(db, meeting, "open", people.li, MEETING, roll=301, present=280)
    act(db, meeting, "open_ballot", people.li, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.li, MEETING, item=item.id)
    signing = {o.name: o.id for o in queries.facts(db, meeting, MEETING).counters}
    for name in ("陈芳", "孙丽"):
        sent = {**_sheet(200), "item": item.id, "officer": signing[name]}
        act(db, meeting, "enter_count", people.li, MEETING, evidence=[file(db, f"{name}.png")], **sent)
    act(db, meeting, "certify", people.li, MEETING, item=item.id, evidence=[file(db)])
    assert [d.kind for d in issued(db, meeting)] == ["notice", "bill", "credentials", "count_report", "resolution"]


def test_a_matter_that_is_no_contract_is_resolved_on_too(db: Session) -> None:
    people = cast(db, SUZHOU)
    meeting = planned(db, people)
    with_rules(db, people, meeting)
    officers(db, people, meeting)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    act(db, meeting, "open", people.li, MEETING, roll=301, present=280)
    (item,) = queries.facts(db, meeting, MEETING).items
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    count(db, people, meeting, item, 200)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    (resolution,) = issued(db, meeting, RESOLUTION)
    told = paragraphs(resolution)
    assert resolution.title == "关于《江城泵业有限公司考勤管理办法（草案）》的决议"
    assert "付诸实施的文本应当与会议通过的文本一致；未经会议重新审议通过，不得变更。" in told and "首席代表" not in told
    assert resolution.facts["basis"] == ["《企业民主管理规定》第十七条", "《企业民主管理规定》第二十条"]
    assert "职工代表签到表" in told and not issued(db, meeting, "bill")


def test_a_resolution_with_further_decisions_takes_the_place_of_the_first(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    sent = {"document": RESOLUTION, "words": {"decisions": "由工会将审议通过情况书面告知公司"}}
    act(db, meeting, "issue_document", people.li, MEETING, **sent)
    first, second = issued(db, meeting, RESOLUTION)
    assert (second.supersedes, second.subject) == (first.id, str(item.id))
    assert "（三）由工会将审议通过情况书面告知公司。" in paragraphs(second)


def test_of_an_annulled_result_nothing_more_is_issued(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 160)
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    sent = {"item": item.id, "reason": "应到人数漏计了三名职工代表。", "evidence": [file(db)]}
    act(db, meeting, "annul", people.zhao, MEETING, **sent)
    facts = queries.facts(db, meeting, MEETING)
    assert not CATALOGUE["count_report"].ready(facts) and not CATALOGUE[RESOLUTION].ready(facts)


# ---- 谁出具


def test_each_document_is_issued_by_those_it_belongs_to(db: Session) -> None:
    by = {name: standard.by for name, standard in CATALOGUE.items()}
    union, conduct = frozenset({Seat.UNION}), frozenset({Seat.UNION, Seat.MEETING_CHAIR})
    assert by == {
        "notice": union,
        "bill": union,
        "sign_in": conduct,
        "credentials": conduct,
        "ballot": union,
        "count_report": conduct | {Seat.TELLER},
        "resolution": conduct,
    }
