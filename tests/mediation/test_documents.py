"""The papers of a dispute: what each act issues, what is asked for, and who reads which."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from mediation.documents import CATALOGUE, OF_ONE_SIDE, readable
from mediation.documents.archiving import kept_until, lacks
from mediation.grievances import acts as grievances
from mediation.grievances.forms import NewGrievance
from mediation.queries import actor
from tests.cast import hongxing, noon
from tests.congress.cast import SUZHOU
from tests.congress.cast import cast as congress_cast
from tests.mediation import cast
from tests.mediation.cast import ACCEPTED, APPLICANT, FIRST, SECOND, SIGNED, TALKED, Story, committee, street
from tests.web.client import Client
from web.house import verify
from workflow.documents.issue import Document
from workflow.forms import Invalid
from workflow.procedure import Refused

pytestmark = pytest.mark.once

ENDED, LATE = date(2026, 3, 12), date(2026, 5, 18)
IN_TIME = frozenset({"review_application", "confirmation_application"})
"""What can no longer be applied for by then."""
ANNOUNCED: dict[str, dict[str, Any]] = {
    "oral_application": {"time": "2026年3月2日9时", "place": "街道调解室", "recorder": "方雨"},
    "suggestion": {"commission": "虹口区劳动人事争议仲裁委员会", "filed_on": "2026-02-27", "reply_by": "2026-03-06"},
    "follow_up": {"visited": "孙洁（申请人）", "time": "2026年5月18日10时", "way": "电话"},
    "performance_reminder": {"perform_by": "2026-05-25"},
    "confirmation_application": {"addressee": "上海市虹口区人民法院"},
    "payment_order": {"court": "上海市虹口区人民法院"},
    "payment_order_of_respondent": {"court": "上海市虹口区人民法院"},
    "arbitration_application": {"commission": "虹口区劳动人事争议仲裁委员会"},
    "arbitration_application_of_respondent": {"commission": "虹口区劳动人事争议仲裁委员会", "requests": "确认不欠付2025年12月工资"},
    "archive_list": {"archivist": "方雨", "further": "工资表复印件"},
}
"""What is typed for those that ask for something."""


def issued(story: Story) -> list[Document]:
    return list(story.db.exec(select(Document).where(Document.case_id == story.case.id).order_by(col(Document.id))))


def text(document: Document) -> str:
    return re.sub(r"<[^>]+>|\s", "", document.html)


def ask(story: Story, name: str, by: str, on: date = LATE) -> str:
    story.issue_document(by, on, document=name, words=ANNOUNCED.get(name, {}))
    return text(issued(story)[-1])


def all_that_are_ready(story: Story, on: date = LATE) -> set[str]:
    """Issue every paper that somebody in the case may issue now; gives their names."""
    found = set()
    for by in ("方雨", "罗文", "孙洁", "陈静"):
        seats = actor(story.db, story.case, story.committee[by], on).seats
        for standard in CATALOGUE.of(seats, story.facts(on)):
            if standard.name in found or standard.name in IN_TIME:
                continue
            ask(story, standard.name, by, on)
            found.add(standard.name)
    return found


def missed(db: Session, **more: Any) -> Story:
    story = cast.performing(db, street(db), **more)
    story.record_performance("孙洁", FIRST, term=story.facts(FIRST).terms[0].id, state="partly", amount_fen="10000")
    story.until(LATE)
    return story


def missing(story: Story) -> list[str]:
    return [str(one) for one in lacks(story.db, story.case, story.facts(ENDED))]


def test_each_act_brings_its_paper(db: Session) -> None:
    story = missed(db)
    told = [(one.kind, one.act, one.number) for one in issued(story)]
    assert told == [
        ("consent_enquiry", "ask_consent", "江湾〔2026〕1号"),
        ("acceptance", "accept", "江湾〔2026〕2号"),
        ("talk_record", "hold_talk", None),
        ("agreement", "agree", "江湾〔2026〕3号"),
    ]
    enquiry, acceptance, talk, agreement = (text(one) for one in issued(story))
    assert "请在2026年3月5日前，以书面或者口头形式告知本委员会" in enquiry and "第三十一条第（五）项" in enquiry
    assert "调解应当自受理调解申请之日起15日内结束，即至2026年3月20日" in acceptance
    assert "至2026年3月17日仍未达成调解协议的，当事人可以依法申请仲裁（《中华人民共和国劳动争议调解仲裁法》第十四条第三款）" in acceptance
    assert "双方核对了工资表" in talk and "调解员罗文" in talk
    assert "以上金额合计人民币18,000.00元（大写：人民币壹万捌仟元整）" in agreement
    for promise in ("直接向人民法院提起诉讼", "申请支付令", "共同向有管辖权的劳动人事争议仲裁委员会", "司法确认", "一式三份"):
        assert promise in agreement


def test_an_agreement_drawn_up_anew_takes_the_place_of_the_former_and_tells_only_what_holds(db: Session) -> None:
    """Of the employment itself no commission reviews an agreement; where something else than money is promised no court confirms it."""
    story = cast.agreed(db, street(db), matters=["relation", "payment"])
    other = {"debtor": story.facts(TALKED).side("respondent")[0].id, "what": "补签劳动合同", "how": "书面", "due": SECOND}  # type: ignore[arg-type]
    story.agree("罗文", date(2026, 3, 13), result="公司补签劳动合同。", terms=[other], closes_dispute=True)
    former, latter = (one for one in issued(story) if one.kind == "agreement")
    assert latter.supersedes == former.id and "双方就本争议再无其他争议" in text(latter)
    assert not any(one in text(latter) for one in ("仲裁审查", "司法确认", "支付令", "提起诉讼"))
    story.sign("罗文", date(2026, 3, 13), mark="mediator")
    with pytest.raises(Refused):
        ask(story, "agreement", "罗文", date(2026, 3, 13))


def test_a_refusal_tells_the_right_to_arbitrate_with_its_last_day(db: Session) -> None:
    story = cast.asked(db, street(db), matters=["payment", "dismissal"])
    story.refuse_consent("陈静", date(2026, 3, 4), reason="要求直接仲裁。")
    story.decline("顾平", date(2026, 3, 5), cause="refused", reason="被申请人不同意调解。")
    said = text(issued(story)[-1])
    assert "不受1年时效期间的限制" in said
    assert "2026年3月4日申请调解后对方不同意调解（《企业劳动争议协商调解规定》第三十一条第（五）项），时效中断，重新计算" in said
    assert "至2027年3月4日届满（《中华人民共和国劳动争议调解仲裁法》第二十七条第一款）" in said


def test_time_that_runs_out_tells_both_that_mediation_failed(db: Session) -> None:
    story = cast.agreed(db, street(db))
    story.until(date(2026, 3, 23))
    failure = issued(story)[-1]
    assert (failure.kind, failure.issued_by, failure.issued_on) == ("failure", None, date(2026, 3, 21))
    assert "在规定的期限内，双方没有达成调解协议，视为调解不成" in text(failure)


@pytest.mark.parametrize(
    ("cause", "said"), [("will_not_sign", "没有在调解协议书上签名或者盖章"), ("party_stops", "一方当事人不愿继续调解")]
)
def test_who_will_not_sign_is_told_apart_from_who_stops(db: Session, cause: str, said: str) -> None:
    story = cast.agreed(db, street(db))
    story.fail("罗文", ENDED, cause=cause)
    told = text(issued(story)[-1])
    assert said in told and "第三十一条第（六）项" in told and "没有达成一致" not in told


def test_in_zhejiang_time_may_run_out_before_a_case_is_accepted(db: Session) -> None:
    story = cast.applied(db, street(db, "330000", city="杭州"))
    story.until(date(2026, 3, 23))
    assert "于2026年3月2日收到调解申请" in text(issued(story)[-1])


def test_where_courts_confirm_no_agreement_of_such_a_committee_none_is_applied_for(db: Session) -> None:
    story = cast.performing(db, committee(db, hongxing(db), own=True))
    seats = actor(db, story.case, story.committee["孙洁"], SIGNED).seats
    assert {one.name for one in CATALOGUE.of(seats, story.facts(SIGNED))} & IN_TIME == {"review_application"}


def test_every_paper_of_the_list_can_be_made_from_a_case(db: Session) -> None:
    story = missed(db)
    made = {one.kind for one in issued(story)}
    story.apply_review("孙洁", date(2026, 3, 20), body="虹口区劳动人事争议仲裁委员会")
    story.apply_review("陈静", date(2026, 3, 20))
    assert "双方应当自协议生效之日起在2026年3月30日前提出申请" in text(issued(story)[-1])
    made |= {issued(story)[-1].kind}
    story.record_review_result("方雨", date(2026, 3, 30), result="taken_back")
    story.record_service("方雨", date(2026, 3, 16), document="劳动争议调解协议书", party=story.facts(LATE).parties[1].id, means="in_person")
    ask(story, "confirmation_application", "孙洁", date(2026, 4, 1))
    made |= {"confirmation_application"} | all_that_are_ready(story)
    with pytest.raises(Refused, match="期限以内的申请日期"), db.begin_nested():
        ask(story, "confirmation_application", "孙洁")
    story.hand_on("罗文", LATE, route="arbitrate")
    story.archive("方雨", LATE, file_number="2026-001")
    made |= all_that_are_ready(story)
    listed = text(next(one for one in issued(story) if one.kind == "archive_list"))
    assert "以上材料共" in listed and "《劳动争议调解笔录（第1次）》签字盖章的扫描件" in listed.split("归档时缺少")[1]

    oral = cast.applied(db, story.committee, channel="oral", evidence=story.paper())
    made |= all_that_are_ready(oral)
    advised = cast.applied(db, story.committee, channel="arbitration")
    made |= all_that_are_ready(advised)
    declined = cast.asked(db, story.committee)
    declined.decline("顾平", date(2026, 3, 5), cause="out_of_scope", reason="属于民事借贷纠纷。")
    made |= {one.kind for one in issued(declined)}
    longer = cast.mediating(db, story.committee)
    longer.extend("陈静", TALKED, until=date(2026, 4, 3), reason="等待工资数据。")
    longer.extend("孙洁", TALKED)
    assert "调解期限延长至2026年4月3日" in text(issued(longer)[-1]) and "至2026年3月20日届满" in text(issued(longer)[-1])
    longer.settle_between("陈静", TALKED, text="公司付清工资。", due=FIRST)
    longer.settle_between("孙洁", TALKED)
    made |= {one.kind for one in issued(longer)}
    assert made == set(CATALOGUE) - {"payment_order_of_respondent"} and verify(db) == []


def test_a_closed_file_names_what_it_lacks_until_it_is_there(db: Session) -> None:
    story = cast.mediating(db, street(db))
    story.hold_talk("罗文", TALKED, place="调解室", present="孙洁、陈静", record="双方核对了工资表。")
    story.fail("罗文", ENDED, cause="no_agreement")
    worker, employer = (one.name for one in story.facts(ENDED).parties)
    assert missing(story) == [
        "《劳动争议调解登记表》",
        f"《征询调解意见书》送达{employer}的证明",
        f"《劳动争议调解受理通知书》送达{worker}、{employer}的证明",
        "《劳动争议调解笔录（第1次）》签字盖章的扫描件",
        f"《劳动争议调解不成通知书》送达{worker}、{employer}的证明",
    ]
    ask(story, "register_sheet", "方雨", ENDED)
    talk = next(one for one in issued(story) if one.kind == "talk_record")
    story.keep_scan("方雨", ENDED, document=talk.token, evidence=story.paper())
    for paper in ("征询调解意见书", "劳动争议调解受理通知书", "劳动争议调解不成通知书"):
        for party in story.facts(ENDED).parties:
            story.record_service("方雨", ENDED, document=paper, party=party.id, means="in_person")
    assert missing(story) == [] and kept_until(story.facts(ENDED)) == date(2031, 3, 12)


def test_a_paper_of_the_file_is_served_and_proven_where_nobody_signs_for_it(db: Session) -> None:
    story = cast.accepted(db, street(db))
    party = story.facts(ACCEPTED).parties[1].id
    for faulty in ({"document": "某通知", "means": "in_person"}, *({"means": one} for one in ("left_behind", "at_the_door", "electronic"))):
        with pytest.raises(Invalid), db.begin_nested():
            story.record_service("方雨", ACCEPTED, **{"document": "劳动争议调解受理通知书", "party": party, **faulty})
    proof = story.paper()
    story.record_service("方雨", ACCEPTED, document="劳动争议调解受理通知书", party=party, means="left_behind", evidence=proof)
    assert [(one.document, one.means) for one in story.facts(ACCEPTED).services] == [("劳动争议调解受理通知书", "left_behind")]


def test_what_one_side_prepares_the_other_neither_reads_nor_is_told_of(db: Session) -> None:
    story = missed(db)
    ask(story, "arbitration_application", "孙洁")
    ask(story, "arbitration_application_of_respondent", "陈静")
    ask(story, "follow_up", "罗文")
    own = {"孙洁": {"arbitration_application"}, "陈静": {"arbitration_application_of_respondent"}}
    committee = {"follow_up"}
    table = {"consent_enquiry", "acceptance", "talk_record", "agreement"}
    for by, more in {**own, "方雨": committee, "罗文": committee, "顾平": committee, "石岩": set(), "郑楠": set()}.items():
        seen = {one.kind for one in readable(db, story.case, actor(db, story.case, story.committee[by], LATE))}
        assert seen == (table | more if by not in ("石岩", "郑楠") else set()), by
    assert story.told()[-3:] == [
        f"{LATE} 出具《{title}》。" for title in ("只供本方使用的文书", "只供本方使用的文书", "调解协议履行回访记录")
    ]
    assert set(CATALOGUE) >= OF_ONE_SIDE


def test_the_committee_does_not_write_a_partys_answer_nor_a_party_the_committees_notice(db: Session) -> None:
    story = cast.accepted(db, street(db))
    for name, by in (("acceptance", "孙洁"), ("arbitration_application_of_respondent", "方雨"), ("failure", "方雨"), ("agreement", "方雨")):
        with pytest.raises(Refused), db.begin_nested():
            ask(story, name, by, ACCEPTED)
    assert APPLICANT["name"] in text(issued(story)[0])


def test_the_union_reports_a_dispute_of_many_upwards_with_what_it_did(client: Client, today: Callable[[date], None]) -> None:
    today(TALKED)
    people = client.house.write(lambda db: congress_cast(db, SUZHOU))
    told = {"body": people.federation, "channel": "hotline", "subject": "hours", "account": "王小明说连续加班十二天。", "name": "王小明"}
    form = NewGrievance.read({**told, "unit": "江城泵业有限公司", "persons": 12, "on": TALKED})
    client.house.write(lambda db: grievances.register(db, form, by=people.zhou, today=TALKED, at=noon(TALKED)))
    client.as_(people.li)
    client.post("/mediation/warnings/1/step", {"words": "已经约谈企业负责人。"})
    assert "重大集体劳动争议报告表" in client.get("/mediation/warnings/1/papers").text
    sent = {"place": "总装车间", "cause": "连续安排加班", "demands": "安排休息", "actions": "生产正常", "trend": "取消连续加班可以平息"}
    page = client.post("/mediation/warnings/1/papers/group_report", sent)
    assert all(words in page.text for words in ("涉及人数12人", "已采取的措施已经约谈企业负责人。", "浦东新区总工会："))
    assert "王小明" not in page.response.text
    token = client.house.read(lambda db: db.exec(select(Document.token)).one())
    client.as_(people.zhou)
    assert "重大集体劳动争议报告表" in client.get("/mediation/warnings/1").text
    assert "重大集体劳动争议报告表" not in client.get("/mediation/warnings/1/papers").response.text.split("可以出具")[1]
    client.as_(people.wang)
    client.get(f"/documents/{token}", status=404)
