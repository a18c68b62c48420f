"""The papers of filing, review, publication and fulfilment come out of the case; what it lacks is named; the dossiers check themselves."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation import disclosure
from negotiation.documents import CATALOGUE
from negotiation.documents.account import AccountWords
from negotiation.dossiers import ARCHIVE_DOSSIER, FILING_DOSSIER, Dossier, Need, PartKind, PieceState, check, missing
from negotiation.forms import PIECES, filed
from negotiation.models import Filing
from negotiation.queries import Sight, journal_of
from tests.cases.several import signed as signed_by_several
from tests.cast import Story, paper
from tests.procedures import walk
from workflow.documents.asked import KEEP
from workflow.documents.catalogue import Incomplete, Writing, written
from workflow.documents.issue import Document, SignedScan
from workflow.documents.vocabulary import lines_of, parse
from workflow.forms import FormModel, Invalid

pytestmark = pytest.mark.once

ANHUI, SHANGHAI, ZHEJIANG, HENAN = "340000", "310000", "330000", "410000"
APRIL_20, APRIL_24 = date(2026, 4, 20), date(2026, 4, 24)
ROWS = [
    {"post": "装配工", "persons": 200, "before": "5000", "after": "5300"},
    {"post": "检验员", "persons": 100, "before": "5600", "after": "5900"},
]


def documents_of(story: Story, name: str) -> list[Document]:
    return list(story.db.exec(select(Document).where(Document.case_id == story.case.id, Document.kind == name).order_by(Document.id)))  # type: ignore[arg-type]


def text(document: Document) -> str:
    return "\n".join(lines_of(parse(document.html).blocks))


def said_in(story: Story, name: str) -> str:
    return text(documents_of(story, name)[-1])


def lacks(story: Story, name: str, on: date, words: FormModel | None = None) -> list[str]:
    """What the case lacks for a document on a day."""
    standard = CATALOGUE[name]
    try:
        written(standard, Writing(story.db, story.case, story.facts(on), on, words=words or standard.asks()))
    except Incomplete as error:
        return [lack.what for lack in error.lacks]
    return []


def with_wages(db: Session, region: str) -> Story:
    """A wage contract signed on 14 April 2026 with a table of two posts."""
    story = walk.consulting(db, region)
    walk.minute(story)
    story.lay_out("王强", walk.MET, clauses=walk.CLAUSES["wage"])
    story.set_terms("王强", walk.MET, term_from=date(2026, 5, 1), term_until=date(2027, 4, 30), wages=ROWS)
    walk.agree(story, walk.MET)
    walk.settle(story)
    meeting = walk.a_meeting(db, story.house, walk.VOTED, walk.SETTLED)
    story.submit_to_congress("李敏", date(2026, 3, 24), meetings=[meeting.id])
    walk.vote(story, meeting, 28, walk.VOTED)
    for chief in ("李敏", "韩文博"):
        story.sign(chief, walk.SIGNED, sealed=True, evidence=story.paper())
    return story


def file_with(story: Story, on: date = walk.FILED) -> None:
    """Filed with the scanned licence."""
    story.file("陈静", on, authority="人力资源和社会保障局", copies=5, pieces=list(PIECES), evidence=story.paper())


# ---- what is issued with the acts


def test_the_notice_of_passage_goes_to_the_employer_with_the_count_and_the_period_it_starts(db: Session) -> None:
    story = walk.adopted(db, SHANGHAI)
    story.notify_passage("李敏", date(2026, 4, 13), received=date(2026, 4, 13), means="return_slip")
    told = said_in(story, "passage")
    assert "应到职工代表30人，实到30人，出席率100.00%；赞成28人，反对2人，弃权0人，赞成人数占全体职工代表的93.33%。" in told
    assert "请贵方自收到本告知书之日起10日内" in told and "《上海市集体合同条例》第二十三条" in told
    assert documents_of(story, "passage")[0].form == "H19"


def test_the_notice_that_was_prepared_is_not_issued_a_second_time(db: Session) -> None:
    story = walk.adopted(db, SHANGHAI)
    story.issue_document("李敏", date(2026, 4, 13), document="passage")
    story.notify_passage("李敏", date(2026, 4, 14), received=date(2026, 4, 14), means="return_slip")
    assert [d.act for d in documents_of(story, "passage")] == ["issue_document"]


def test_a_wage_filing_goes_with_its_letter_and_its_account(db: Session) -> None:
    story = with_wages(db, ZHEJIANG)
    file_with(story)
    letter, account = said_in(story, "filing_letter"), said_in(story, "filing_account")
    assert "报送的合同文本一式五份" in letter and "《浙江省集体合同条例》第三十四条" in letter
    assert "共300人" in letter and "自2026年5月1日起至2027年4月30日止" in letter
    assert [line for line in letter.splitlines() if line.startswith("1．")] == [f"1．{PIECES['contract']}；"]
    assert "双方协商代表共6名，其中职工方3名、企业方3名" in account and "职代会选举" in account
    assert "2026年3月20日，在二楼会议室召开第1次协商会议。" in account
    assert "上年度职工月平均工资5,200.00元。" in account, "200 at 5,000 and 100 at 5,600"
    assert "调整前月平均工资5,200.00元，调整后5,500.00元，平均增幅5.77%。" in account and "涉及职工300人。" in account
    assert "上一份合同" not in account, "there was none"


def test_what_the_account_still_needs_is_named_and_the_filing_goes_through(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    file_with(story)
    assert (len(documents_of(story, "filing_letter")), len(documents_of(story, "filing_account"))) == (1, 0)
    assert lacks(story, "filing_account", walk.FILED) == ["上年度职工月平均工资", "本年度工资调整情况", "涉及职工人数"]
    words = {"last_average": "5200", "adjustment": "平均增长6%", "concerned": "280"}
    assert lacks(story, "filing_account", walk.FILED, AccountWords.read(words)) == []
    story.issue_document("李敏", date(2026, 4, 17), document="filing_account", words=words)
    assert "平均增长6%。" in said_in(story, "filing_account")


def test_a_safety_contract_wants_its_hazards_told(db: Session) -> None:
    clauses = [{"head": head, "heading": "", "text": f"{head}按照国家规定执行。"} for head in ("responsibility", "conditions")]
    story = walk.signed(db, ANHUI, "safety", clauses=clauses)
    assert lacks(story, "filing_account", walk.SIGNED) == ["有害岗位和防护措施"]
    contract = said_in(story, "contract")
    assert "本合同期限自2026年5月1日起至2027年4月30日止。" in contract, "no article states the term"
    assert "自收到本合同文本之日起15日内未提出异议的，本合同即行生效" in contract


def test_the_authority_gives_its_receipt_its_notice_and_its_opinion(db: Session) -> None:
    story = walk.signed(db, ANHUI, "comprehensive")
    story.house.authority.document_code = "皖人社集"
    walk.file_in(story)
    story.record_filing_receipt("郑楠", walk.FILED_IN, received=walk.FILED_IN)
    receipt = documents_of(story, "filing_receipt")[0]
    assert f"\n{story.house.authority.name}（盖章）" in text(receipt), "under its own name, however the employer wrote it"
    assert "至2026年5月6日届满" in text(receipt) and f"8．{PIECES['wage_explanation']}" in text(receipt)
    story.ask_supplement("郑楠", APRIL_20, what=PIECES["minutes"], by=date(2026, 4, 27))
    notice = said_in(story, "supplement_notice")
    assert f"{PIECES['minutes']}。" in notice and "请于2026年4月27日前" in notice and "重新计算" in notice
    story.supplement("陈静", date(2026, 4, 22))
    story.object("郑楠", APRIL_24, served=APRIL_24, number="皖人社审〔2026〕7号", opinion="第一条不明确。\n代表少于三名。")
    opinion = documents_of(story, "review_opinion")[0]
    assert opinion.title == "集体合同审查意见书"
    assert "（一）第一条不明确。\n（二）代表少于三名。" in text(opinion) and "2026年4月17日" in text(opinion)
    filing = db.exec(select(Filing).where(Filing.negotiation_id == story.case.id)).one()
    assert (filing.receipt_number, receipt.number) == ("皖人社集〔2026〕1号", "皖人社集〔2026〕1号")
    assert filing.opinion_number == "皖人社审〔2026〕7号" and "皖人社审〔2026〕7号" in text(opinion)


def test_of_what_was_entered_from_the_authoritys_paper_nothing_is_issued(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    walk.file_in(story)
    story.record_filing_receipt("陈静", APRIL_20, received=walk.FILED_IN, number="收〔2026〕5号", evidence=story.paper())
    story.approve("陈静", APRIL_24, served=APRIL_24, opinion="没有异议。", evidence=story.paper())
    assert documents_of(story, "filing_receipt") == documents_of(story, "review_opinion") == []


def test_a_wage_opinion_without_objection_takes_effect_on_service(db: Session) -> None:
    story = walk.filed(db, SHANGHAI)
    story.approve("郑楠", APRIL_24, served=APRIL_24, opinion="没有异议。")
    told = said_in(story, "review_opinion")
    assert documents_of(story, "review_opinion")[0].title == "工资协议审查意见书"
    assert told.count("没有异议") == 1 and "本意见书送达双方后，该工资协议即行生效" in told


def test_it_is_published_with_its_whole_text_and_once(db: Session) -> None:
    story = walk.in_force(db, ANHUI)
    story.publish("李敏", date(2026, 5, 8), form="board", place="厂门公告栏")
    story.publish("陈静", date(2026, 5, 11), form="intranet", place="企业微信公告")
    (notice,) = documents_of(story, "publication")
    told = text(notice)
    assert "审查期限届满未提出异议，自2026年5月7日起生效。" in told
    assert "第四条　公司每月10日以货币形式支付上月工资" in told and "《工资集体协商试行办法》第二十三条" in told


def test_a_closed_round_is_reported_with_its_arithmetic(db: Session) -> None:
    story = walk.in_force(db, ANHUI)
    day = date(2026, 11, 2)
    clauses = story.facts(day).clauses
    story.list_obligations(
        "李敏", day, obligations=[{"clause": c.id, "what": f"履行事项{n}", "owner": "employer"} for n, c in enumerate(clauses[:3], 1)]
    )
    story.start_round("李敏", day, period_from=date(2026, 5, 7), period_until=date(2026, 10, 31), members="李敏\n陈静", method="查阅资料")
    for obligation, result in zip(story.facts(day).obligations, ("fulfilled", "fulfilled", "not"), strict=True):
        due = date(2026, 11, 30) if result == "not" else None
        story.record_finding("李敏", day, obligation=obligation.id, result=result, correct_by=due)
    assert CATALOGUE["fulfilment_report"].ready(story.facts(day)) is False
    story.close_round("李敏", day, conclusion="一项未履行。")
    report = documents_of(story, "fulfilment_report")[0]
    assert (report.subject, report.title) == ("1", "集体合同履行情况检查报告（第1轮）")
    assert "2÷3×100%＝66.67%" in text(report) and "2026年11月30日" in text(report)


def test_a_contract_of_several_is_filed_by_the_union_with_each_vote(db: Session) -> None:
    story = signed_by_several(db, SHANGHAI)
    story.case.union_id = story.house.federation.id
    story.issue_document("吴磊", date(2026, 4, 16), document="filing_letter_of_union")
    letter = documents_of(story, "filing_letter_of_union")[0]
    assert "经3家企业的职工代表大会（职工大会）分别审议通过" in text(letter) and "江城二厂" in text(letter)
    assert "名单所列3家企业及其职工" in text(letter)
    story.file_by_union("吴磊", date(2026, 4, 17), authority="区人社局", copies=3, pieces=list(PIECES))
    assert [d.act for d in documents_of(story, "filing_letter_of_union")] == ["issue_document"], "it was prepared the day before"
    story.record_filing_receipt("郑楠", date(2026, 4, 20), received=date(2026, 4, 20))
    assert said_in(story, "filing_receipt").splitlines()[1] == f"{story.house.federation.name}："


# ---- who reads what


def test_the_authority_reads_what_was_filed_and_its_own(db: Session) -> None:
    story = with_wages(db, ANHUI)
    assert seen_by_authority(story) == set()
    file_with(story)
    filed = {"contract", "resolution", "filing_letter", "filing_account", "representatives", "minutes"}
    assert seen_by_authority(story) == filed
    story.record_filing_receipt("郑楠", walk.FILED_IN, received=walk.FILED_IN)
    assert seen_by_authority(story) == {*filed, "filing_receipt"}
    story.issue_document("陈静", date(2026, 4, 18), document="filing_letter")
    letters = [d for d in seen(story, Sight.FILED) if d.kind == "filing_letter"]
    assert [d.act for d in letters] == ["file"], "what is written after the filing was not handed in with it"


def seen(story: Story, sight: Sight) -> list[Document]:
    return disclosure.documents(story.db, story.case, journal_of(story.db, story.case), sight, None)


def seen_by_authority(story: Story) -> set[str]:
    return {d.kind for d in seen(story, Sight.FILED)}


# ---- the dossiers


def stands(story: Story, dossier: Dossier, on: date, without: Sequence[str] = ()) -> dict[str, PieceState]:
    found = [d for d in seen(story, Sight.TABLE) if d.kind not in without]
    files = disclosure.files(story.db, story.case, Sight.TABLE, None)
    return {one.name: one for one in check(story.db, story.case, story.facts(on), dossier, found, files, on=on)}


def test_the_dossier_of_a_signed_case_is_complete_once_it_is_filed(db: Session) -> None:
    story = with_wages(db, ANHUI)
    before = stands(story, FILING_DOSSIER, walk.SIGNED)
    lacking = ["explanation", "mandates", "employer_proof", "wage_explanation"]
    assert [one.name for one in missing(before.values())] == lacking
    assert [str(one.sentence) for one in missing(before.values())] == [f"还没有“{PIECES[name]}”。" for name in lacking]
    assert (before["explanation"].document, before["employer_proof"].act) == ("filing_account", "file")
    file_with(story)
    after = stands(story, FILING_DOSSIER, walk.FILED)
    assert missing(after.values()) == []
    assert list(after)[:4] == ["letter", "contract", "explanation", "resolution"], "in the order in which it is handed in"
    assert after["contract"].article and after["contract"].declared
    assert [part.kind for part in after["contract"].parts] == [PartKind.DOCUMENT, PartKind.FILE, PartKind.FILE]
    assert len(after["representatives"].parts) == 2 and "passage" not in after and "offer" not in after


@pytest.mark.parametrize("kind", ["minutes", "resolution", "representatives"])
def test_a_piece_that_is_taken_away_is_named(db: Session, kind: str) -> None:
    story = with_wages(db, ANHUI)
    file_with(story)
    found = stands(story, FILING_DOSSIER, walk.FILED, without=[kind])
    assert [(one.name, one.document) for one in missing(found.values())] == [(kind, kind)]


def test_what_is_handed_in_piece_by_piece_completes_the_dossier_and_goes_with_the_filing(db: Session) -> None:
    story = with_wages(db, ANHUI)
    story.issue_document("陈静", walk.SIGNED, document="filing_account")
    for name, by in (("licence", "陈静"), ("identity_employer", "陈静"), ("identity_workers", "李敏")):
        story.hand_in(by, walk.SIGNED, piece=name, evidence=paper(db, f"{name}.pdf"))
    (lacking,) = missing(stands(story, FILING_DOSSIER, walk.SIGNED).values())
    assert [str(subject.label) for subject in lacking.wanting] == ["工会法人资格证明"]
    assert disclosure.files(story.db, story.case, Sight.FILED, None) == [], "nothing is the authority's before it is filed"
    story.hand_in("李敏", walk.SIGNED, piece="union_status", evidence=paper(db, "union_status.pdf"))
    states = stands(story, FILING_DOSSIER, walk.SIGNED)
    assert missing(states.values()) == []
    proof = states["employer_proof"].parts
    assert {(part.title, part.by) for part in proof} == {("licence.pdf", story.house["陈静"]), ("union_status.pdf", story.house["李敏"])}
    story.file("陈静", walk.FILED, authority="人力资源和社会保障局", copies=5)
    filing = story.facts(walk.FILED).filing
    assert filing is not None and set(filing.pieces) == {*filed("wage")}
    assert len(disclosure.files(story.db, story.case, Sight.FILED, None)) == 4


def test_a_piece_that_another_kind_of_contract_is_filed_with_is_not_taken(db: Session) -> None:
    story = walk.signed(db, ANHUI)
    with pytest.raises(Invalid):
        story.hand_in("陈静", walk.SIGNED, piece="safety_explanation", evidence=story.paper())


def test_an_earlier_text_is_no_piece_of_a_later_filing(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    story.object("郑楠", APRIL_24, served=APRIL_24, opinion="第三条不明确。")
    story.both("renegotiate", date(2026, 4, 27))
    clause = story.facts(date(2026, 4, 27)).clauses[0]
    story.counter("李敏", date(2026, 4, 27), clause=clause.id, based_on=clause.text_id, text="公司实行岗位工资制。")
    walk.agree(story, date(2026, 4, 27))
    story.both("settle", date(2026, 4, 28))
    lacking = {one.name for one in missing(stands(story, FILING_DOSSIER, date(2026, 4, 28)).values())}
    assert {"contract", "resolution", "explanation"} <= lacking, "neither the old vote nor the scans of the old signatures"


def test_the_list_of_one_side_alone_is_not_enough(db: Session) -> None:
    story = with_wages(db, ANHUI)
    papers = [d for d in seen(story, Sight.TABLE) if (d.kind, d.subject) != ("representatives", "employer")]
    states = check(db, story.case, story.facts(walk.SIGNED), FILING_DOSSIER, papers, [], on=walk.SIGNED)
    (lists,) = [one for one in states if one.name == "representatives"]
    assert lists.is_missing and [str(subject.label) for subject in lists.wanting] == ["企业方"]
    assert str(lists.sentence) == f"“{PIECES['representatives']}”还缺一部分。"


def test_a_place_asks_for_the_offer_and_the_reply_too(db: Session) -> None:
    story = walk.signed(db, HENAN)
    found = stands(story, FILING_DOSSIER, walk.SIGNED)
    assert (found["offer"].need, found["reply"].need) == (Need.MUST, Need.MUST)
    assert found["offer"].article == "《河南省企业工资集体协商条例》第二十八条"
    assert found["offer"].is_there and found["reply"].is_there


def test_a_scan_of_the_signed_paper_stands_beside_its_document(db: Session) -> None:
    story = with_wages(db, ANHUI)
    minutes = documents_of(story, "minutes")[-1]
    before = stands(story, FILING_DOSSIER, walk.SIGNED)["minutes"]
    assert before.unsigned == (minutes.title,)
    story.act(KEEP, "李敏", date(2026, 4, 15), document=minutes.token, evidence=story.paper())
    after = stands(story, FILING_DOSSIER, date(2026, 4, 15))["minutes"]
    assert [part.kind for part in after.parts] == [PartKind.DOCUMENT, PartKind.SCAN] and after.unsigned == ()
    assert db.exec(select(SignedScan)).one().sha256 == after.parts[1].sha256


def test_the_archive_grows_with_the_case(db: Session) -> None:
    story = with_wages(db, ANHUI)
    signed = stands(story, ARCHIVE_DOSSIER, walk.SIGNED)
    assert missing(signed.values()) == []
    assert "receipt" not in signed and "publication" not in signed and "suspension" not in signed
    file_with(story)
    story.record_filing_receipt("陈静", APRIL_20, received=walk.FILED_IN, number="收〔2026〕5号", evidence=story.paper())
    filed = stands(story, ARCHIVE_DOSSIER, APRIL_20)
    assert [part.kind for part in filed["receipt"].parts] == [PartKind.FILE] and missing(filed.values()) == []
    walk.until(story, date(2026, 5, 7))
    story.publish("李敏", date(2026, 5, 8), form="board", place="公告栏")
    assert stands(story, ARCHIVE_DOSSIER, date(2026, 5, 8))["publication"].is_there
