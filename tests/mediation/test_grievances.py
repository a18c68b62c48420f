"""A worker's grievance from the telephone to the last word, as its people see it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.congress.cast import PNG, SUZHOU, Cast, cast
from tests.mediation.cast import street
from tests.web.client import Client, Page

SPRING = date(2026, 3, 2)
ASKED = {"requests": "支付一月份加班工资", "account": "一月份的加班工资没有发，问了三次没有答复。"}
NEW = "/mediation/grievances/new"
CALL = {
    "channel": "hotline",
    "subject": "pay",
    "account": "一月份的加班工资没有发，问了三次没有答复。",
    "unit": "江城泵业有限公司",
    "persons": "4",
    "phone": "13900000001",
}


@pytest.fixture
def people(client: Client, today: Callable[[date], None]) -> Cast:
    today(SPRING)
    return client.house.write(lambda db: cast(db, SUZHOU))


def said(page: Page) -> list[str]:
    """The journal, newest first."""
    return [" ".join(li.text_content().split()) for li in page.tree.xpath("//ol[@class='log']/li/span[1]")]


def test_a_call_is_passed_on_answered_and_rated(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    client.as_(people.zhou)
    faulty = client.post(NEW, {"body": str(people.federation), **CALL, "account": "欠", "persons": "0"}, status=422)
    assert faulty.errors == ["“反映的情况”至少要写5个字。", "“涉及人数”不能小于1。"] and "13900000001" in faulty.response.text
    page = client.post(NEW, {"body": str(people.federation), **CALL})
    address = page.response.url.path
    assert page.heading == "诉求2026-0001" and "没有留名" in page.text
    client.as_(people.li)
    client.get(address, status=404)
    client.as_(people.zhou)
    early = client.post(f"{address}/routing", {"route": "legal_aid", "answer_by": "2026-03-02"}, status=422)
    assert early.errors == ["答复日期要晚于2026-03-02。"]
    nobody = client.post(f"{address}/routing", {"route": "legal_aid", "answer_by": "2026-03-09"}, status=422)
    assert nobody.errors == ["请填写“承办单位、承办人”。"]
    client.post(f"{address}/routing", {"route": "legal_aid", "handler": "区法律援助中心", "answer_by": "2026-03-09"})
    today(date(2026, 3, 11))
    client.post(f"{address}/answer", {"answer": "援助律师已经代写仲裁申请书。"})
    page = client.post(f"{address}/rating", {"satisfaction": "mostly", "remark": "等仲裁结果。"})
    assert said(page) == [
        "登记评价：基本满意。办结。",
        "答复诉求。",
        "转办：法律援助，最迟2026-03-09答复。",
        "登记诉求（12351热线，劳动报酬）。",
    ]
    assert "逾期办结" in page.text
    assert "本案已经“办结”，不再办理。" in client.post(f"{address}/answer", {"answer": "再答复一次。"}, status=409).text
    page = client.get("/mediation/grievances")
    assert "其中12351热线1件，转法律援助1件；答复按期0次、逾期1次；评价1件" in page.text


def test_a_call_for_talks_goes_to_the_union_of_the_enterprise_which_answers_it(client: Client, people: Cast) -> None:
    client.as_(people.zhou)
    told = {"body": str(people.federation), **CALL, "subject": "talks", "account": "大家要求和公司谈明年的工资。", "persons": "30"}
    address = client.post(NEW, told).response.url.path
    client.post(f"{address}/routing", {"route": "union", "answer_by": "2026-03-20"})
    client.as_(people.wang)
    client.get(address, status=404)
    client.as_(people.li)
    assert "诉求2026-0001已经转办" in client.get("/messages").text
    client.post(f"{address}/answer", {"answer": "已经列入今年的协商要约。"})
    client.as_(people.zhou)
    page = client.post(f"{address}/routing", {"route": "another", "handler": "区人社局劳动监察大队", "answer_by": "2026-03-20"})
    assert "江城泵业有限公司工会承办" in page.text and "第2次办理" in page.text
    client.as_(people.li)
    client.get(address, status=404)


def test_a_worker_raises_his_own_online_and_takes_it_back(client: Client, people: Cast) -> None:
    client.as_(people.zhao)
    own = {"body": str(people.union), "subject": "hardship", "account": "孩子住院，一时周转不开。", "persons": "1", "phone": ""}
    page = client.post(NEW, own, files=[("evidence", ("病历.png", PNG, "image/png"))])
    address = page.response.url.path
    assert "赵建国" in page.text and "病历.png" in page.text
    assert "由工会方办理" in client.post(f"{address}/answer", {"answer": "自己答复自己。"}, status=409).text
    for stranger in (people.wang, people.chen, people.zhou):
        client.as_(stranger)
        client.get(address, status=404)
        assert "2026-0001" not in client.get("/mediation/grievances").text
    client.get(NEW, status=200)
    client.as_(people.wang)
    client.get(NEW, status=404)
    client.as_(people.li)
    assert "孩子住院" in client.get(address).text
    client.as_(people.zhao)
    assert said(client.post(f"{address}/withdrawal", {"reason": "已经借到钱。"}))[0] == "撤回诉求。"


def test_a_dispute_among_them_becomes_an_application_before_the_committee(client: Client, today: Callable[[date], None]) -> None:
    today(SPRING)
    at = client.house.write(street)
    client.as_(at["吴磊"])
    told = {"body": str(at.house.federation.id), **CALL, "subject": "arrears", "unit": "上海红星机械有限公司", "name": "周小雨"}
    address = client.post(NEW, told).response.url.path
    client.post(f"{address}/routing", {"route": "mediation", "committee": str(at.body.id), "answer_by": "2026-03-09"})
    early = client.post(
        f"{address}/application", {"committee": str(at.body.id), "name": "周小雨", "matters": "payment", **ASKED}, status=422
    )
    assert early.errors == ["由调解委员会的主任或者工作人员登记。请先转给调解委员会。"]
    client.as_(at["方雨"])
    begun = client.get(f"{address}/application").form(f"{address}/application")
    assert begun["name"] == "周小雨" and begun["account"] == CALL["account"] and begun["owes_wages"] == "yes"
    page = client.post(f"{address}/application", {**begun, **ASKED, "evidence": ""})
    assert said(page)[0] == "登记为调解申请，案号江湾劳调〔2026〕1号。"
    case = client.get(next(href for href in page.links() if href.startswith("/mediation/") and href[11:].isdigit()))
    assert "12351热线转来" in case.text and "周小雨" in case.text and address in case.links()
    client.as_(at["吴磊"])
    assert "江湾劳调〔2026〕1号" in client.get(address).text
    client.get("/mediation/1", status=404)
