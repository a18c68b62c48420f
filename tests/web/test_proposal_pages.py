"""Delegates' proposals, joint meetings and disclosure, from the first page to the end, as their people see them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from congress.models import CongressMeeting
from congress.presence import book
from congress.presence.members import members
from congress.presence.terms import Move
from congress.rolls.models import CongressTerm, Delegate
from tests.congress import rolls
from tests.congress.cast import MEETING, NOTICE, PLANNED, PNG, SUZHOU, Cast, act, at, cast, file, officers, person, planned
from tests.web.client import Client, Page
from workflow.law.overrides import Override
from workflow.people import Office, Person

SCAN = ("evidence", ("签名.png", PNG, "image/png"))
PROPOSAL = {
    "title": "关于改善铸造车间夏季通风的提案",
    "subject": "safety",
    "account": "七八月车间温度超过四十度，多人中暑。",
    "wish": "增设岗位送风和饮水点。",
}


def build(db: Session) -> Cast:
    """A term in office: 钱玉兰 and 周大勇 have accounts, 李秀英 leads her delegation, two committees' heads beside her."""
    people = cast(db, SUZHOU)
    for name in ("钱玉兰", "周大勇"):
        person(db, name, people.enterprise, Office.WORKER)
    term = rolls.serving(db, people)
    rolls.act(db, term, "name_leader", people.li, rolls.LATER, delegate=rolls.named(db, term, "李秀英").id)
    members = [{"name": "孙志刚", "heads": True}, {"name": "郑明"}]
    rolls.act(db, term, "form_committee", people.li, rolls.LATER, name="提案审查委员会", approved_at="第六届第一次会议", members=members)
    return people


@pytest.fixture
def people(client: Client, today: Callable[[date], None]) -> Cast:
    found = client.house.write(build)
    today(PLANNED)
    return found


def who(client: Client, name: str) -> int:
    return client.house.read(lambda db: db.exec(select(Person.id).where(Person.name == name)).one()) or 0


def term(client: Client) -> str:
    return client.house.read(lambda db: str(db.exec(select(CongressTerm.id)).one()))


def said(page: Page) -> list[str]:
    """The journal, newest first."""
    return [" ".join(li.text_content().split()) for li in page.tree.xpath("//ol[@class='log']/li/span[1]")]


# ---- proposals


def test_a_proposal_goes_from_its_proposer_to_the_answer_and_back_once(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    client.as_(who(client, "钱玉兰"))
    page = client.post("/congress/proposals/new", {"term": term(client), **PROPOSAL})
    address = page.response.url.path
    assert page.heading == PROPOSAL["title"] and "提案人钱玉兰" in page.text
    client.as_(people.wang)
    client.get(address, status=404)
    client.as_(who(client, "周大勇"))
    assert "附议人周大勇" in client.post(f"{address}/seconders").text
    assert client.post(f"{address}/seconders", {"names": "郑明"}, status=422).errors == ["代表只能自己附议，不能代他人附议。"]
    assert "由工会方办理" in client.post(f"{address}/filing", status=409).text
    client.as_(people.li)
    client.post(f"{address}/filing")
    late = client.post(f"{address}/assignment", {"handler": "设备部", "answer_by": "2026-11-02"}, status=422)
    assert late.errors == ["答复日期要晚于2026-11-02。"]
    client.post(f"{address}/assignment", {"handler": "设备部", "answer_by": "2026-11-20"})
    client.as_(people.wang)
    today(date(2026, 11, 21))
    assert "答复提案" in client.get("/").text
    page = client.get(address)
    assert "第1号" in page.text and "2026-11-20到期" in page.text
    client.post(f"{address}/answer", {"answer": "本月内先增设两台岗位风机。"})
    client.as_(who(client, "钱玉兰"))
    client.post(f"{address}/return", {"remark": "两台远远不够，饮水点没有说。"})
    client.as_(people.li)
    client.post(f"{address}/assignment", {"handler": "设备部、后勤部", "answer_by": "2026-12-10"})
    client.as_(people.wang)
    client.post(f"{address}/answer", {"answer": "每个班组一台风机，设四个饮水点，月底完成。"})
    client.as_(who(client, "钱玉兰"))
    page = client.post(f"{address}/rating", {"satisfaction": "mostly", "remark": "请按期完成。"})
    assert "第2次办理" in page.text and said(page)[:3] == ["对第2次答复评价：基本满意。", "第2次答复。", "交办，最迟2026-12-10答复。"]
    assert "基本满意" in client.get("/congress/proposals").text
    assert "逾期办结" in page.text, "the first answer came a day late"


def test_the_second_answer_that_does_not_satisfy_ends_in_the_archive(client: Client, people: Cast) -> None:
    client.as_(people.li)
    sent = {"term": term(client), **PROPOSAL, "proposer": _delegate(client, "赵建国")}
    assert client.post("/congress/proposals/new", sent, status=422).errors == ["请上传提案人签名的提案表的扫描件或照片。"]
    address = client.post("/congress/proposals/new", sent, files=[SCAN]).response.url.path
    client.post(f"{address}/filing")
    for number in (1, 2):
        client.as_(people.li)
        client.post(f"{address}/assignment", {"handler": "设备部", "answer_by": "2026-11-20"})
        client.as_(people.wang)
        client.post(f"{address}/answer", {"answer": "暂时没有经费，明年再研究。"})
        client.as_(people.li)
        form = {"remark": f"第{number}次仍然没有解决。"}
        assert client.post(f"{address}/return", form, status=422).errors == ["这是代对方登记的书面材料，请上传签字或盖章的扫描件或照片。"]
        page = client.post(f"{address}/return", form, files=[SCAN])
    assert "办结归档" not in {a.text for a in page.tree.xpath("//section[@aria-labelledby='can']//a")}
    assert "本案已经“办结”，不再办理。" in client.post(f"{address}/assignment", {"handler": "无"}, status=409).text


def test_as_many_seconders_as_the_place_asks_for_come_before_the_filing(client: Client, people: Cast) -> None:
    def ask(db: Session) -> None:
        said: dict[str, Any] = {
            "reason": "实施细则",
            "citation": "《职工代表大会实施细则》第二十条",
            "entered_by": people.li,
            "entered_at": at(PLANNED),
        }
        db.add(Override(region="000000", kind="congress", rule="CONG-PROPOSAL", value=2, unit="N", from_=date(2026, 1, 1), **said))

    client.house.write(ask)
    client.as_(who(client, "钱玉兰"))
    address = client.post("/congress/proposals/new", {"term": term(client), **PROPOSAL}).response.url.path
    client.as_(people.li)
    assert "立案须有2名代表附议，现在有0名。" in client.post(f"{address}/filing", status=409).text
    client.post(f"{address}/seconders", {"names": "郑明、孙志刚"}, files=[SCAN])
    assert "第1号" in client.post(f"{address}/filing").text


# ---- joint meetings


def call(client: Client, matter: str, **other: Any) -> str:
    sent = {
        "term": term(client),
        "title": "关于冬季检修期间调整作息的方案",
        "matter": matter,
        "urgency": "检修下周开始。",
        "authority": "第六届第一次会议决议",
        "held_on": "2026-11-02",
        "place": "会议室",
        **other,
    }
    return client.post("/congress/joint/new", sent).response.url.path


def test_a_joint_meeting_never_decides_what_the_congress_must_adopt(client: Client, people: Cast) -> None:
    client.as_(people.li)
    address = call(client, "contract")
    page = client.get(address)
    assert "“集体合同草案”依法应当由职工代表大会审议通过或者选举，联席会议不能决定。" in page.text and "第十二条" in page.text
    sent = {"invited": "2", "attended": "2", "decision": "通过集体合同草案。"}
    assert "联席会议不能决定" in client.post(f"{address}/decision", sent, files=[SCAN], status=409).text


def test_the_congress_confirms_a_joint_decision_before_anything_else(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    client.as_(people.li)
    address = call(client, "other")
    assert "李秀英、孙志刚" in client.get(address).text
    sent = {"invited": "2", "attended": "2", "decision": "检修期间实行两班制。"}
    assert "在下一次大会确认以前，决定只是暂时有效。" in client.post(f"{address}/decision", sent, files=[SCAN]).text

    def opened(db: Session) -> str:
        meeting = planned(db, people, roll=7)
        text = [file(db, "考勤办法.pdf", b"%PDF-1.7 rules")]
        act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret=True, document=text)
        officers(db, people, meeting, in_system=False)
        act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
        _attend(db, meeting, people)
        return f"/congress/{meeting.id}"

    meeting = client.house.write(opened)
    today(MEETING)
    client.post(f"{meeting}/opening")
    page = client.get(meeting)
    assert "上次会议以来联席会议作出的1项决定还没有提请大会确认，应当先办。" in page.text
    assert "应当先办" in client.post(f"{meeting}/ballot", {"item": "1"}, status=409).text
    joint = client.get(f"{meeting}/joint-decision").tree.xpath("//select[@name='joint']/option/@value")[-1]
    page = client.post(f"{meeting}/joint-decision", {"joint": joint, "in_favour": "3", "against": "3", "abstained": "2"}, status=422)
    assert page.errors == ["赞成、反对、弃权共8人，多于实到7人，请核对。"]
    client.post(f"{meeting}/joint-decision", {"joint": joint, "in_favour": "4", "against": "3", "abstained": "0"})
    page = client.get(address)
    assert "全体代表7人，赞成4，反对3，弃权0；须4人赞成。" in page.text and said(page)[0].startswith("职工代表大会确认联席会议的决定")
    assert "应当先办" not in client.get(meeting).text


# ---- disclosure


def test_an_opinion_on_what_was_disclosed_is_answered_within_its_period(
    client: Client, people: Cast, today: Callable[[date], None]
) -> None:
    client.as_(people.wang)
    assert "还没有登记过向职工代表大会报告，最迟" in client.get("/congress/disclosure").text
    sent = {"term": term(client), "title": "第三季度社会保险费缴纳情况", "affair": "insurance", "means": "to_the_congress", "place": "大会"}
    address = client.post("/congress/disclosure/new", {**sent, "account": "应缴已缴，无欠费。"}).response.url.path
    assert "上次向职工代表大会报告是2026年11月2日，最迟2027年11月2日再报告一次。" in client.get("/congress/disclosure").text
    client.as_(who(client, "钱玉兰"))
    page = client.post(f"{address}/opinion", {"words": "请列出派遣人员的缴费基数。"})
    assert "2026-12-02到期" in page.text and "第三十五条" in page.text
    client.as_(people.wang)
    assert "1条意见等答复" in client.get("/congress/disclosure").text
    assert "还有1条意见没有答复。" in client.post(f"{address}/archive", status=409).text
    remark = client.get(f"{address}/answer").tree.xpath("//select[@name='remark']/option/@value")[-1]
    page = client.post(f"{address}/answer", {"remark": remark, "answer": "已补充在附件里。"})
    assert "按期办结" in page.text and "已补充在附件里。" in page.text
    assert said(client.post(f"{address}/archive"))[0] == "归档。"


def test_who_is_not_concerned_sees_none_of_it(client: Client, people: Cast) -> None:
    client.as_(people.li)
    places = [
        call(client, "other"),
        client.post(
            "/congress/proposals/new", {"term": term(client), **PROPOSAL, "proposer": _delegate(client, "郑明")}, files=[SCAN]
        ).response.url.path,
    ]
    sent = {
        "term": term(client),
        "title": "安全培训情况",
        "affair": "training_funds",
        "means": "network",
        "place": "内网",
        "account": "培训三次。",
    }
    places.append(client.post("/congress/disclosure/new", sent).response.url.path)
    strangers = client.house.write(lambda db: cast(db, SUZHOU))
    for stranger in (strangers.li, strangers.wang, strangers.zhou, people.chen):
        client.as_(stranger)
        for address in places:
            client.get(address, status=404)
            assert address not in client.get(address.rsplit("/", 1)[0]).body
        client.get("/congress/joint/new", status=404)


def _delegate(client: Client, name: str) -> str:
    return client.house.read(lambda db: str(db.exec(select(Delegate.id).where(Delegate.name == name)).one()))


def _attend(db: Session, meeting: CongressMeeting, people: Cast) -> None:
    """All seven check in at the desk."""
    book.write(db, meeting, Move.ARRIVE, [one.whom for one in members(db, meeting, MEETING)], by=people.li, on=MEETING, at=at(MEETING))
