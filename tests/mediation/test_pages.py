"""A dispute led through its pages, each person on his own: from the application to the last instalment."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mediation.procedure import MEDIATION
from tests.cast import PDF
from tests.mediation.cast import ACCEPTED, APPLICANT, DRAWN, FIRST, RECEIVED, RESPONDENT, SIGNED, TALKED, Committee, applied, street
from tests.web.client import Client, Page
from web.pages.mediation_forms import NOUNS

SCAN = ("evidence", ("申请书.pdf", PDF, "application/pdf"))


@pytest.fixture
def people(client: Client) -> Committee:
    return client.house.write(street)


def rows(name: str, *given: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{at}.{key}": value for at, row in enumerate(given) for key, value in row.items()}


def the_words(committee: Committee) -> dict[str, Any]:
    return {
        "committee": committee.body.id,
        "matters": "payment",
        "requests": "支付2025年10月至12月工资18000元",
        "account": "公司自2025年10月起没有支付工资。",
        "persons": "1",
        "claim_fen": "18000",
        "known_on": "2026-01-15",
        **rows("applicants", APPLICANT),
        **rows("respondents", RESPONDENT),
    }


def offered(page: Page) -> list[str]:
    return [str(a.text_content()) for a in page.tree.xpath("//section[.//h2[@id='can']]//a")]


def test_a_worker_applies_and_is_paid_by_instalments(client: Client, people: Committee, today: Callable[[date], None]) -> None:
    today(RECEIVED)
    client.as_(people["孙洁"])
    wrong = client.post("/mediation/new", {**the_words(people), "requests": "", "applicants.0.name": "孙小洁"}, status=422)
    assert wrong.summary == ["请填写“调解请求”。"] and wrong.form("/mediation/new")["account"] == "公司自2025年10月起没有支付工资。"
    page = client.post("/mediation/new", the_words(people), files=[SCAN])
    case = page.response.url.path
    assert page.heading == "江湾劳调〔2026〕1号" and "登记调解申请（网上申请）" in page.text
    number = case.rsplit("/", 1)[1]

    def act(name: str, who: str, on: date, sent: dict[str, Any] | None = None, **more: Any) -> Page:
        today(on)
        client.as_(people[who])
        action = f"{case}/{NOUNS.get(name, name)}"
        form = client.get(action).form(action)
        return client.post(action, {**form, **(sent or {})}, **more)

    today(date(2026, 3, 3))
    assert f"{case}/{NOUNS['ask_consent']}" in client.as_(people["方雨"]).get("/").links()
    assert offered(client.get(case))[0] == "征询意见"
    assert client.get("/mediation").links().count(case) == 1
    act("ask_consent", "方雨", date(2026, 3, 3))
    assert offered(client.as_(people["陈静"]).get(case))[:2] == ["同意调解", "不同意调解"]
    act("consent", "陈静", date(2026, 3, 4))
    act("accept", "顾平", ACCEPTED)
    act("assign", "顾平", ACCEPTED, {"mediators": people["罗文"]})
    act("hold_talk", "罗文", TALKED, {"place": "调解室", "record": "双方核对了工资表。"})
    act("keep_note", "罗文", TALKED, {"party": "1", "text": "可以接受分期。"})
    act("hand_in", "陈静", TALKED, {"title": "工资表", "circle": "respondent"}, files=[SCAN])
    assert "可以接受分期。" in client.as_(people["孙洁"]).get(case).text and "工资表" not in client.get(case).text.split("调解会谈")[0]
    for other in ("陈静", "方雨", "顾平"):
        assert "可以接受分期。" not in client.as_(people[other]).get(case).text
    drawn = rows(
        "terms",
        {"debtor": "2", "what": "支付工资", "head": "remuneration", "amount_fen": "18000", "due": FIRST.isoformat(), "how": "转账"},
    )
    act("agree", "罗文", DRAWN, {"result": "公司支付工资18000元。", **drawn})
    for who in ("孙洁", "陈静", "罗文", "方雨"):
        page = act("sign", who, SIGNED)
    assert offered(page)[0] == "记录履行" and case not in " ".join(client.get("/").links())
    page = act("record_performance", "孙洁", FIRST, {"term": "1", "state": "performed", "amount_fen": "18000"})
    act("perform", "罗文", FIRST)
    act("rate", "孙洁", FIRST, {"satisfaction": "satisfied", "words": "调解员很耐心。"})
    page = act("archive", "方雨", FIRST, {"file_number": "2026-001"})
    of_the_committee = ("《劳动争议调解登记表》", "案卷至少保存到2031年4月13日", "调解员很耐心。")
    assert all(words in page.text for words in of_the_committee)
    page = client.as_(people["陈静"]).get(case)
    assert not any(words in page.text for words in of_the_committee)
    client.as_(people["方雨"])
    assert "调解成功，履行完毕" in page.text and client.get("/mediation?closed=true").links().count(case) == 1
    client.as_(people["赵丽"]).get(case, status=404)
    client.as_(people["吴磊"]).get(f"/mediation/{number}/talk", status=404)


def test_the_form_of_every_act_can_be_opened_or_says_why_not(client: Client, people: Committee, today: Callable[[date], None]) -> None:
    case = client.house.write(lambda db: applied(db, people).case.id)
    today(RECEIVED)
    for who in ("孙洁", "陈静", "方雨", "顾平"):
        client.as_(people[who])
        for act in MEDIATION.acts:
            if act in NOUNS:
                assert client.http.get(f"/mediation/{case}/{NOUNS[act]}").status_code in (200, 409)


def test_a_demand_to_consult_becomes_an_application(client: Client, people: Committee, today: Callable[[date], None]) -> None:
    today(RECEIVED)
    page = client.as_(people["孙洁"]).post("/mediation/consultation", the_words(people))
    assert "申请前协商" in page.text
    case = page.response.url.path
    page = client.as_(people["陈静"]).post(f"{case}/{NOUNS['respond']}", {"reply": "refuses"})
    assert "时效中断" in page.tree.text_content()
    page = client.as_(people["孙洁"]).post(f"{case}/{NOUNS['register']}", {"channel": "online"})
    assert "已登记" not in page.errors and "决定是否受理" in page.text
