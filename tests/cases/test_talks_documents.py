"""The papers of the talks: issued with the act that brings them, in the words of the case, or kept back for what the case lacks."""

import re
from datetime import date, time
from typing import Any

import pytest
from sqlmodel import Session, select

from negotiation import disclosure
from negotiation.documents import CATALOGUE
from negotiation.queries import Sight, journal_of
from tests.cast import WORKERS, Story
from tests.procedures import walk
from web.accounts.models import Account
from workflow.documents.catalogue import Incomplete, Writing, written
from workflow.documents.issue import Document
from workflow.documents.vocabulary import lines_of, parse
from workflow.forms import FormModel

pytestmark = pytest.mark.once

SHANGHAI, SHANDONG, ANHUI, HENAN, ZHEJIANG = "310000", "370000", "340000", "410000", "330000"


def issued(story: Story, kind: str, subject: str = "") -> list[Document]:
    """Documents of this kind, oldest first."""
    query = select(Document).where(Document.case_kind == "negotiation", Document.case_id == story.case.id, Document.kind == kind)
    rows = story.db.exec(query.order_by(Document.id)).all()  # type: ignore[arg-type]
    return [row for row in rows if subject in ("", row.subject)]


def words(document: Document) -> str:
    """The text of a document, a block a line."""
    return "\n".join(lines_of(parse(document.html).blocks))


def draft(story: Story, kind: str, on: date, subject: str = "", **asked: Any) -> Any:
    """The record as it would be printed. Raises `Incomplete`."""
    standard = CATALOGUE[kind]
    form: FormModel = standard.asks.read(asked)
    return written(standard, Writing(story.db, story.case, story.facts(on), on, subject=subject, words=form)).record


def lacking(story: Story, kind: str, on: date, subject: str = "", **asked: Any) -> list[tuple[str, str]]:
    """What the case lacks for a document, and the act that supplies it."""
    with pytest.raises(Incomplete) as incomplete:
        draft(story, kind, on, subject, **asked)
    return [(lack.what, lack.act or lack.page) for lack in incomplete.value.lacks]


# ---- the reply


def test_a_reply_names_the_offer_and_the_day_it_was_received(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    story.accept_offer(
        "陈静", date(2026, 3, 5), proposed_on=date(2026, 4, 8), proposed_place="职工之家", statement="工资应当与效益相适应。"
    )
    (reply,) = issued(story, "reply")
    assert (reply.form, reply.title, reply.act, reply.side) == ("H02", "集体协商应约书", "accept_offer", None)
    text = words(reply)
    (offer,) = issued(story, "offer")
    assert f"提出的《集体协商要约书》（{offer.number}），企业方已于2026年3月3日收悉" in text
    assert "《上海市集体合同条例》第十五条" in text
    assert "贵方拟定的时间为2026年4月1日，企业方建议于2026年4月8日进行" in text
    assert "贵方拟定的地点为公司二楼会议室，企业方建议在职工之家进行" in text
    assert "工资应当与效益相适应。" in text
    assert "企业方将依法确定协商代表和首席代表" in text


def test_a_reply_that_names_nothing_agrees_to_what_was_proposed(db: Session) -> None:
    story = walk.preparing(db, SHANGHAI)
    text = words(issued(story, "reply")[0])
    assert "同意贵方拟定的2026年4月1日。" in text and "同意贵方拟定的公司二楼会议室。" in text
    assert "主张和说明" not in text


def test_a_refusal_is_answered_with_its_reasons(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    story.decline_offer("陈静", date(2026, 3, 10), reasons="上年度合同尚未到期。\n公司正在重组")
    (reply,) = issued(story, "reply")
    text = words(reply)
    assert reply.title == "集体协商要约答复书"
    assert "不同意就要约书所列事项进行集体协商" in text
    assert "（一）上年度合同尚未到期。\n（二）公司正在重组。" in text


def test_a_reply_entered_from_its_paper_is_not_written_a_second_time(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    for name in ("陈静", "韩文博"):
        close_account(story, name)
    story.accept_offer("李敏", date(2026, 3, 5), evidence=story.paper())
    assert issued(story, "reply") == []


def test_before_the_reply_a_document_says_what_it_lacks(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    assert not CATALOGUE["reply"].ready(story.facts(date(2026, 3, 4)))
    assert lacking(story, "reply", date(2026, 3, 4)) == [("拒绝的理由", "decline_offer")]


def close_account(story: Story, name: str) -> None:
    account = story.db.exec(select(Account).where(Account.person_id == story.house[name])).one()
    account.password_hash = ""
    story.db.flush()


# ---- representatives


def test_each_side_lists_its_representatives_and_how_they_came_to_be(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    workers, employer = issued(story, "representatives")
    assert [(d.form, d.title, d.subject, d.number) for d in (workers, employer)] == [
        ("H03", "职工方协商代表名单", "workers", None),
        ("H03", "企业方协商代表名单", "employer", None),
    ]
    text = words(workers)
    assert "职工方协商代表共3名，其中女代表2名（李敏、赵丽），一线职工代表2名（王强、赵丽），被派遣劳动者代表0名" in text
    assert "首席代表：李敏（工会主席本人）。" in text
    assert "2\t王强\t职代会选举\t2026年3月6日\t" in text
    assert "应到、实到和同意人数：" in text, "to be written by hand: the case does not hold it"
    assert "一线职工" not in words(employer) and "法定代表人本人" in words(employer)


def test_a_representative_who_is_replaced_brings_a_new_list(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    out = next(r for r in story.facts(walk.NAMED).representatives if r.name == "王强")
    story.replace("李敏", date(2026, 3, 9), outgoing=out.id, why="调离", name="钱进", post="钳工", produced="union_selection")
    first, second = issued(story, "representatives", "workers")
    assert "王强" in words(first) and "王强" not in words(second) and "钱进" in words(second)


def test_the_votes_that_produced_them_are_printed_once_told(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    record = draft(story, "representatives", walk.NAMED, "workers", meeting="3月4日，礼堂", due="60", present="58", in_favour="52")
    assert (record.meeting, record.due, record.in_favour) == ("3月4日，礼堂", 60, 52)


def test_a_list_without_a_chief_waits_for_one(db: Session) -> None:
    story = walk.preparing(db, SHANGHAI)
    nobody_leads = [{**row, "chief": False, "chief_as": ""} for row in WORKERS]
    story.appoint("李敏", walk.NAMED, side="workers", representatives=nobody_leads)
    assert issued(story, "representatives") == []
    assert lacking(story, "representatives", walk.NAMED, "workers") == [("首席代表", "appoint")]


# ---- meetings


def test_a_meeting_is_called_in_the_name_of_the_side_that_calls_it(db: Session) -> None:
    story = walk.named(db, ANHUI)
    story.convene("李敏", walk.CONVENED, held_on=walk.MET, held_time=time(14), place="二楼会议室", agenda="工资调整\n津贴", chair="workers")
    walk.minute(story, "none", refusal_note="")
    story.convene("韩文博", date(2026, 3, 23), held_on=date(2026, 3, 27), place="会议室", agenda="继续协商", chair="employer")
    first, second = issued(story, "meeting_notice")
    assert first.number and second.number is None, "the enterprise counts no documents here"
    text = words(first)
    assert text.count("第一次集体协商会议") == 1 and "2026年3月20日14时。" in text
    assert "（一）宣布会议议程和会议纪律；" in text and "（三）津贴。" in text
    assert "职工方首席代表李敏。" in text and "（三）记录员：孙洁。" in text
    assert "上海红星机械有限公司工会委员会并双方协商代表、记录员：" in words(second)


def test_open_requests_for_information_go_with_the_notice(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    story.request_information("李敏", walk.NAMED, what="上年度工资总额")
    walk.convene(story)
    assert "请贵方在会前提供职工方已经要求、尚未提供的下列资料：\n1．上年度工资总额。" in words(issued(story, "meeting_notice")[0])


def test_the_minutes_are_signed_by_the_chiefs_where_the_place_has_them_sign(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    walk.minute(story, agreed="夜班津贴每班40元", open_points="平均工资增幅")
    (minutes,) = issued(story, "minutes")
    assert (minutes.form, minutes.title, minutes.number) == ("H07", "集体协商会议记录（第一次）", None)
    text = words(minutes)
    assert "依照《上海市集体合同条例》第十八条，本记录由双方首席代表签字确认。" in text
    assert "夜班津贴每班40元。" in text and "平均工资增幅。" in text and "记录员\t孙洁（非协商代表）" in text
    (summary,) = issued(story, "summary")
    assert "一、达成一致的事项\n夜班津贴每班40元。" in words(summary)


def test_all_who_were_there_sign_the_minutes_where_the_place_asks_it_and_a_refusal_is_noted(db: Session) -> None:
    story = walk.consulting(db, SHANDONG)
    walk.minute(story, "workers", refusal_note="企业方代表周刚拒绝签字，见证人孙洁")
    text = words(issued(story, "minutes")[0])
    assert "本记录由参加会议的全体协商代表签字确认。" in text
    assert "签字情况：企业方代表周刚拒绝签字，见证人孙洁。" in text
    assert "王强\t\t陈静\t" in text
    assert issued(story, "summary") == [], "nothing was agreed or left open"
    assert lacking(story, "summary", walk.MET, "1") == [("达成一致或者没有达成一致的事项", "minute")]


def test_where_nobody_asks_for_signatures_the_recorder_signs_alone(db: Session) -> None:
    story = walk.consulting(db, ANHUI)
    walk.minute(story, "none")
    text = words(issued(story, "minutes")[0])
    assert "首席代表（签字）" not in text and "记录员（签字）" in text


# ---- suspension


def test_a_suspension_is_agreed_with_its_length_and_what_comes_next(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.both("suspend", date(2026, 4, 1), resume_on=date(2026, 5, 6), reason="等待审计", place="会议室", content="工资")
    (paper,) = issued(story, "suspension")
    text = words(paper)
    assert (paper.form, paper.title) == ("H09", "中止协商协议书")
    assert "自2026年4月1日起中止协商，2026年5月6日恢复协商，共35日。" in text
    assert "等待审计。" in text and "（二）地点：会议室；" in text and "《集体合同规定》第三十五条" in text


def test_force_majeure_is_explained_by_the_side_that_suspends(db: Session) -> None:
    story = walk.consulting(db, HENAN)
    story.suspend_for_force_majeure("韩文博", date(2026, 4, 1), reason="厂区被淹", evidence=story.paper())
    (paper,) = issued(story, "force_majeure")
    text = words(paper)
    assert "中止期间不计入协商期限" in text and "厂区被淹。" in text and "企业方首席代表（签字）：" in text
    assert lacking(story, "suspension", date(2026, 4, 1)) == [("中止的期限", "suspend")]


def test_no_document_prints_what_it_was_not_told(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    walk.minute(story, agreed="津贴")
    for kind in ("reply", "representatives", "meeting_notice", "minutes", "summary"):
        for document in issued(story, kind):
            assert not re.search("None|\\{|\\}", document.html), kind


# ---- mandates


def asked_for(story: Story, by: str, on: date, kind: str, subject: str = "", **asked: Any) -> Document:
    """Issued on request, as from the page of the case."""
    story.issue_document(by, on, document=kind, subject=subject, words=asked)
    return issued(story, kind)[-1]


def test_a_mandate_can_be_printed_before_its_chief_is_named(db: Session) -> None:
    story = walk.preparing(db, ANHUI)
    assert lacking(story, "mandate", walk.ACCEPTED, "employer") == [("受托人姓名", "appoint")]
    paper = asked_for(story, "陈静", walk.ACCEPTED, "mandate", "employer", delegate="周刚", delegate_post="生产部经理")
    text = words(paper)
    assert (paper.form, paper.title) == ("H04", "首席代表授权委托书")
    assert "委托人\t韩文博（法定代表人）" in text and "受托人\t周刚（生产部经理）" in text
    assert "根据《集体合同规定》第二十一条的规定，现委托周刚担任企业方首席代表" in text
    assert "自签署之日起至本次集体协商的合同签订之日止。" in text


def test_a_mandate_names_the_chief_who_was_delegated(db: Session) -> None:
    delegated = [{**WORKERS[0], "chief": False, "chief_as": ""}, {**WORKERS[1], "chief": True, "chief_as": "union_delegate"}, WORKERS[2]]
    story = walk.named(db, ANHUI, workers=delegated)
    assert "现委托王强担任职工方首席代表" in words(asked_for(story, "李敏", walk.NAMED, "mandate", "workers"))


def test_an_outside_professional_is_sent_by_the_chief_and_counted(db: Session) -> None:
    lawyer = {"name": "周明远", "post": "申正律师事务所律师", "produced": "union_selection", "outsider": True}
    story = walk.named(db, ANHUI, workers=[*WORKERS[:2], lawyer])
    text = words(asked_for(story, "李敏", walk.NAMED, "outsider_mandate"))
    assert "职工方协商代表共三名，其中本单位以外的专业人员一名，未超过本方代表人数的三分之一。" in text
    assert "委托人\t李敏（首席代表，工会主席）" in text and "单位和职业\t申正律师事务所律师" in text


def test_more_outsiders_than_a_third_get_no_mandate(db: Session) -> None:
    outside = [{**row, "outsider": True} for row in WORKERS[1:]]
    story = walk.named(db, ANHUI, workers=[WORKERS[0], *outside])
    assert lacking(story, "outsider_mandate", walk.NAMED) == [("不超过比例的外聘专业人员", "appoint")]


def test_those_who_receive_information_promise_secrecy(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    text = words(asked_for(story, "陈静", walk.NAMED, "confidentiality", "workers", scope="2025年度财务报表"))
    assert "甲方（提供方）\t上海红星机械有限公司（企业方）" in text and "2025年度财务报表。" in text
    assert "3\t赵丽\t质检员\t" in text and "4\t孙洁\t记录员\t" in text
    assert "本协议不免除甲方依法如实提供" in text
    assert not CATALOGUE["confidentiality"].ready(walk.offered(db, ANHUI).facts(walk.RECEIVED))


# ---- letters

LETTER = {"addressee": "红星机械有限公司", "facts": "3月3日收到要约，至今未答复。", "demand": "请书面答复\n请确定协商代表"}


def shown_to(story: Story, sight: Sight) -> list[str]:
    return [d.kind for d in disclosure.documents(story.db, story.case, journal_of(story.db, story.case), sight, None)]


def test_a_reminder_is_numbered_and_comes_with_its_stub_and_receipt(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    story.press("李敏", date(2026, 3, 20), kind="reminder", ground="no_reply", **LETTER)
    (letter,) = issued(story, "reminder")
    text = words(letter)
    assert (letter.form, letter.title, letter.act) == ("H25", "工会劳动法律监督提示函", "press")
    assert letter.number and text.count(letter.number) == 3, "on the letter, the stub and the receipt"
    assert "上述情况不符合《上海市集体合同条例》第十五条" in text and "关于收到集体协商要约应当按期书面答复的规定。" in text
    assert "（一）请书面答复。\n（二）请确定协商代表。" in text
    assert "自收到本函之日起15日内作出书面答复，" in text and "（签字）" not in text.split("存根")[0]
    assert "工会劳动法律监督提示函（存根）" in text and "送达回执" in text and "答复期限\t收到之日起15日内" in text


def test_an_opinion_is_signed_by_the_chair_and_answered_as_the_place_has_it(db: Session) -> None:
    story = walk.offered(db, ZHEJIANG)
    story.press("李敏", date(2026, 3, 20), kind="reminder", ground="refusal", **LETTER)
    story.press("李敏", date(2026, 3, 27), kind="opinion", ground="refusal", **LETTER)
    text = words(issued(story, "opinion")[0])
    assert "《浙江省工会劳动法律监督条例》第二十一条" in text and "工会主席（副主席）（签字）" in text
    assert "自收到本意见书之日起15个工作日内作出书面答复（《浙江省工会劳动法律监督条例》第二十二条）" in text
    assert "此前，2026年3月20日发出《工会劳动法律监督提示函》，用人单位至今未作书面答复。" in text


def test_the_union_above_writes_in_its_own_name_and_reads_its_own_letters(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    story.press("李敏", date(2026, 3, 20), kind="opinion", ground="no_data", **LETTER)
    story.press("吴磊", date(2026, 3, 24), kind="opinion", ground="no_data", **LETTER)
    story.press("吴磊", date(2026, 3, 31), kind="proposal", ground="no_data", **{**LETTER, "addressee": "上海人力资源和社会保障局"})
    (own,), (above,), (proposal,) = issued(story, "opinion"), issued(story, "superior_opinion"), issued(story, "proposal")
    assert "上海红星机械有限公司工会委员会（盖章）" in words(own) and "上海总工会（盖章）" in words(above)
    text = words(proposal)
    assert "上海人力资源和社会保障局：" in text and "我会对上海红星机械有限公司遵守劳动法律法规" in text
    assert "请贵单位依法调查处理" in text and "答复期限" not in text and text.count("用人单位至今未作书面答复") == 2
    assert shown_to(story, Sight.STAGES) == ["proposal", "superior_opinion"]
    assert shown_to(story, Sight.FILED) == ["proposal"]


def test_each_letter_is_written_again_under_its_own_subject(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    for day, ground in ((20, "no_reply"), (23, "no_data")):
        story.press("李敏", date(2026, 3, day), kind="reminder", ground=ground, **LETTER)
    first, _ = issued(story, "reminder")
    again = asked_for(story, "李敏", date(2026, 3, 24), "reminder", first.subject, reply_days="7", contact="王强，电话021-5555 0100")
    assert again.supersedes == first.id and "逾期未书面答复" in words(again)
    assert "收到本函之日起7日内" in words(again) and "联系人：王强，电话021-5555 0100。" in words(again)


# ---- coordination


def test_coordination_is_applied_for_with_the_course_of_the_talks(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    walk.minute(story, open_points="工资增幅")
    story.refer("李敏", date(2026, 4, 20), open_items="工资增幅\n夜班津贴")
    (paper,) = issued(story, "coordination_application")
    text = words(paper)
    assert paper.form == "H26" and "上海人力资源和社会保障局" in text
    assert "申请方\t上海红星机械有限公司工会委员会（职工方）" in text and "被申请方\t上海红星机械有限公司（企业方）" in text
    assert "双方先后于2026年3月20日举行协商会议，共1次。" in text
    assert "（一）工资增幅；\n（二）夜班津贴。" in text and "第一次集体协商会议记录" in text
    assert shown_to(story, Sight.FILED) == ["coordination_application"]


def test_the_authority_applies_to_nobody(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.refer("郑楠", date(2026, 4, 20), open_items="工资增幅")
    assert issued(story, "coordination_application") == []
    story.accept_coordination("郑楠", date(2026, 4, 22))
    record = draft(story, "coordination_agreement", date(2026, 4, 22), agreed="增长6%")
    assert record.applicant == ""


def test_the_agreement_of_a_coordination_can_be_printed_to_be_signed_and_is_issued_with_the_act(db: Session) -> None:
    story = walk.consulting(db, SHANGHAI)
    story.refer("李敏", date(2026, 4, 20), open_items="工资增幅")
    assert lacking(story, "coordination_agreement", date(2026, 4, 21), agreed="增长6%") == [("受理日期", "accept_coordination")]
    story.accept_coordination("郑楠", date(2026, 4, 22))
    assert lacking(story, "coordination_agreement", date(2026, 4, 23)) == [("达成一致的事项", "coordinate")]
    draft(story, "coordination_agreement", date(2026, 4, 23), agreed="增长6%", coordinators="郑楠（人社局）\n吴磊（总工会）")
    story.coordinate("郑楠", date(2026, 5, 8), agreed="工资增长6%", left_open="夜班津贴", evidence=story.paper())
    (paper,) = issued(story, "coordination_agreement")
    text = words(paper)
    assert (
        "2026年4月20日，职工方就签订《集体合同》发生的集体协商争议书面申请协调处理，上海人力资源和社会保障局于2026年4月22日受理。" in text
    )
    assert "工资增长6%。" in text and "夜班津贴。" in text and paper.number is None


# ---- amendment, termination, renewal


@pytest.mark.parametrize(("act", "action"), [("amend", "变更"), ("terminate", "解除")])
def test_a_change_is_proposed_in_writing_with_its_grounds(db: Session, act: str, action: str) -> None:
    story = walk.in_force(db, SHANGHAI)
    story.act(act, "李敏", date(2026, 8, 3), reason="最低工资标准调整\n企业搬迁")
    (paper,) = issued(story, "change_proposal")
    text = words(paper)
    assert (paper.form, paper.title) == ("H44", f"{action}集体合同建议书")
    assert "（一）最低工资标准调整。\n（二）企业搬迁。" in text
    assert "期限自2026年5月1日起至2027年4月30日止" in text and "《集体合同规定》第四十一条" in text
    assert f"根据《集体合同规定》第三十九条、《集体合同规定》第四十条的规定，职工方现向贵方提出{action}该合同的建议" in text


def test_a_renewal_is_called_to_mind_once_its_window_is_near(db: Session) -> None:
    story = walk.in_force(db, ANHUI, "comprehensive")
    standard = CATALOGUE["renewal_reminder"]
    assert standard.subjects is not None
    early, near = date(2026, 12, 1), date(2027, 1, 15)
    assert not standard.subjects(Writing(story.db, story.case, story.facts(early), early))
    paper = asked_for(story, "李敏", near, "renewal_reminder", contact="李敏，电话0551-555 0100")
    text = words(paper)
    assert (paper.form, paper.title, paper.subject) == ("H45", "集体合同续签提示函", "2027-04-30")
    assert "将于2027年4月30日期满" in text and "《集体合同规定》第三十八条" in text and "联系人：李敏，电话0551-555 0100。" in text
    above = asked_for(story, "吴磊", near, "superior_renewal_reminder")
    assert "上海总工会（盖章）" in words(above) and "联系人：" in words(above)


def test_a_contract_without_a_change_has_none_to_propose(db: Session) -> None:
    story = walk.in_force(db, ANHUI, "comprehensive")
    assert lacking(story, "change_proposal", date(2026, 8, 3)) == [("变更或者解除的提议", "amend")]
