"""A worker without account applies, follows the case by its code, and acts in the applicant's seat; a wrong code tells nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.terms import PartyRole
from tests.mediation import cast
from tests.mediation.cast import Committee, Story, street
from tests.web.client import Client, Page
from web.accounts import entry
from web.accounts.models import Account
from web.practice import now
from workflow import journal
from workflow.evidence import Evidence
from workflow.people import Person
from workflow.seats import Seat

MONDAY = date(2026, 3, 2)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16
SHEET = {
    "name": "周小雨",
    "phone": "13900000009",
    "address": "江湾路8号",
    "employer": "上海红星机械有限公司",
    "matters": "payment",
    "owes_wages": "yes",
    "requests": "支付一月、二月工资9600元",
    "account": "一月、二月的工资到现在没有发，问过三次。",
    "claim_fen": "9600",
    "persons": "1",
    "is_true": "yes",
}


@pytest.fixture
def committee(client: Client, today: Callable[[date], None]) -> Committee:
    today(MONDAY)
    return client.house.write(street)


def sheet(client: Client, words: str = "红星") -> tuple[str, str]:
    """Address of the committee's sheet, and what makes this one the same if it is sent twice."""
    client.as_nobody()
    found = client.get(f"/apply?q={words}")
    address = next(href for href in found.links() if href.startswith("/apply/"))
    return address, client.get(address).form(address)["once"]


def applied(client: Client, **other: Any) -> Page:
    address, once = sheet(client)
    return client.post(address, {"once": once, **SHEET, **other})


def receipt(page: Page) -> tuple[str, str]:
    number, code = (dd.text_content().strip() for dd in page.tree.xpath("//dl[contains(@class,'receipt')]/dd"))
    return number, code


def test_an_application_is_checked_field_by_field_and_sent_twice_is_one_case(client: Client, committee: Committee) -> None:
    assert "没有找到" in client.get("/apply?q=不存在").text
    address, once = sheet(client)
    faulty = client.post(
        address, {"once": once, **SHEET, "phone": "手机", "claim_fen": "九千", "account": "欠薪", "is_true": ""}, status=422
    )
    assert faulty.errors == [
        "“您的手机号”的写法不对，请按提示填写。",
        "“事实与理由”至少要写10个字。",
        "“请求金额”要写成金额，比如5200或5200.50。",
    ]
    assert faulty.form(address)["requests"] == SHEET["requests"] and faulty.form(address)["once"] == once
    assert client.post(address, {"once": once, **SHEET, "is_true": ""}, status=422).errors == ["请核对以后勾选这一项。"]
    first = client.post(address, {"once": once, **SHEET})
    assert first.heading == "申请已经收到" and "2026-03-05到期" in first.text and "第二十二条" in first.text
    assert receipt(client.post(address, {"once": once, **SHEET})) == receipt(first)
    cases = client.house.read(lambda db: db.exec(select(MediationCase)).all())
    assert [(c.channel, c.claim_fen, c.owes_wages) for c in cases] == [("online", 960000, True)]
    assert receipt(first)[1].replace(" ", "") not in str(cases)
    client.get("/apply/forged.0123", status=404)


def test_the_code_opens_the_case_and_a_wrong_one_tells_nothing(client: Client, committee: Committee) -> None:
    number, code = receipt(applied(client))
    client.as_nobody()
    client.http.cookies.delete("heyi_follow")
    assert client.get("/follow/case").heading == "查询调解进展"
    wrong = client.post("/follow", {"number": number, "code": "22222222222"}, status=422)
    unknown = client.post("/follow", {"number": number.replace("1号", "7号"), "code": code}, status=422)
    assert wrong.summary == unknown.summary == ["案号或者查询码不对，请核对后重新输入。"] and code not in unknown.response.text
    page = client.post("/follow", {"number": number.replace("〔", "[").replace("〕", "］"), "code": code.lower().replace(" ", "-")})
    assert page.heading == number and "在下面的期限以前决定是否受理" in page.text and "撤回申请" in page.text
    assert "确认收到" not in page.text and "受理" not in {a.text for a in page.tree.xpath("//a[@class='btn']")}
    client.get("/follow/case/acceptance", status=404)
    client.post("/follow/leaving")
    assert client.get("/follow/case").heading == "查询调解进展"
    for _ in range(28):
        client.house.write(lambda db: entry.record_failure(db, None, "testclient", at=now()))
    assert "请过十五分钟再试" in client.post("/follow", {"number": number, "code": code}, status=429).text


def test_the_applicant_hands_in_reports_what_was_paid_and_rates(
    client: Client, committee: Committee, today: Callable[[date], None]
) -> None:
    number, code = receipt(applied(client))
    page = client.post(
        "/follow/case/evidence", {"title": "工资条", "circle": "everybody"}, files=[("evidence", ("工资条.png", PNG, "image/png"))]
    )
    assert page.heading == number and "工资条.png" in page.text
    file = next(href for href in page.links() if href.startswith("/follow/case/files/"))
    assert client.http.get(file).content == PNG
    none = client.post("/follow/case/evidence", {"title": "考勤"}, status=422)
    assert none.errors == ["请上传要提交的材料。"]
    today(date(2026, 3, 13))
    client.house.write(_settled, committee)
    page = client.get("/follow/case")
    assert "2026-04-13前" in page.text and "待履行" in page.text
    today(date(2026, 4, 14))
    term = next(value for value in client.get("/follow/case/performance").tree.xpath("//select[@name='term']/option/@value") if value)
    page = client.post("/follow/case/performance", {"term": term, "state": "missed", "words": "一分钱没有收到。"})
    assert "逾期未履行" in page.text
    page = client.post("/follow/case/rating", {"satisfaction": "mostly", "words": "调解员很尽责。"})
    assert "已办理：评价调解。" in page.body
    entries = client.house.read(lambda db: journal.entries(db, MEDIATION.name, 1))
    by_code = [e.act for e in entries if e.particulars.get("by_code")]
    assert by_code == ["register", "hand_in", "record_performance", "rate"]
    client.as_(committee["方雨"])
    assert "凭查询码办理" in client.get("/mediation/1").text
    client.as_(committee["孙洁"])
    client.get("/mediation/1", status=404)
    held = client.house.read(lambda db: db.exec(select(Evidence.entered_by).where(Evidence.stage == "hand_in")).one())
    assert client.house.read(lambda db: db.get_one(Person, held)).name == "周小雨"
    assert client.house.read(lambda db: db.exec(select(Account).where(Account.person_id == held)).first()) is None


def _settled(db: Any, committee: Committee) -> None:
    """Accepted, talked over and agreed: the employer pays in two instalments."""
    story = Story(db, committee, db.get_one(MediationCase, 1))
    story.ask_consent("方雨", cast.ASKED, answer_by=date(2026, 3, 5))
    story.consent("陈静", cast.CONSENTED)
    story.accept("顾平", cast.ACCEPTED)
    story.assign("顾平", cast.ASSIGNED, mediators=[committee["罗文"]])
    story.hold_talk("罗文", cast.TALKED, place="调解室", present="周小雨、陈静", record="双方核对了工资表。")
    story.agree("罗文", cast.DRAWN, result="公司分两期支付工资18000元。", terms=cast.terms(story))
    applicant, respondent = (story.facts(cast.SIGNED).side(role)[0].id for role in PartyRole)
    story.act("sign", "方雨", cast.SIGNED, seat=Seat.APPLICANT, mark=f"party:{applicant}", evidence=story.paper())
    story.sign("陈静", cast.SIGNED, mark=f"party:{respondent}")
    story.sign("罗文", cast.SIGNED, mark="mediator")
    story.sign("方雨", cast.SIGNED, mark="seal")


def test_the_withdrawn_application_is_over(client: Client, committee: Committee) -> None:
    applied(client)
    page = client.post("/follow/case/withdrawal", {"reason": "公司已经把工资发了。"})
    assert "申请人撤回申请" in page.text and "撤回申请" not in {a.text for a in page.tree.xpath("//a[@class='btn']")}
    assert "不再办理" in client.post("/follow/case/withdrawal", {"reason": "再撤一次看看。"}, status=409).text
