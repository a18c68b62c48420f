"""Errors reach people as sentences, and programs as problem details."""

import logging
from datetime import date

import pytest
from litestar import get
from sqlmodel import Session

from tests.web.client import Client, open_client
from web.accounts import tokens
from web.accounts.setup import add_administrator
from web.practice import now
from web.sessions import is_signed_in
from workflow.database import Database
from workflow.forms import invalid
from workflow.law.rules import Citation
from workflow.procedure import Changed, Reason, Refused
from workflow.seats import Seat
from workflow.words import N_, say

REFUSED = Refused(
    "submit_to_congress",
    N_("提交职代会表决"),
    [
        Reason(
            say(N_("还有{n}条未达成一致（{which}）。"), n=2, which="第12条、第18条"),
            "CC-DRAFT",
            (Citation("上海市集体合同条例", "第十八条"),),
            say(N_("请双方先就这两条达成一致")),
            frozenset({Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF}),
            date(2026, 12, 1),
        )
    ],
)


@get(["/refuse", "/api/v1/refuse"])
async def refuse() -> None:
    raise REFUSED


@get(["/change", "/api/v1/change"])
async def change() -> None:
    raise Changed


@get(["/break", "/api/v1/break"])
async def break_down() -> None:
    raise ZeroDivisionError("secret particulars")


@get("/api/v1/invalid")
async def send_wrong() -> None:
    raise invalid("received", N_("“{title}”不能晚于今天。"), title="签收日期")


@get("/api/v1/mine", guards=[is_signed_in])
async def mine() -> dict[str, str]:
    return {"name": "mine"}


@pytest.fixture
def broken(client: Client) -> Client:
    for handler in (refuse, change, break_down, send_wrong, mine):
        client.http.app.register(handler)
    return client


def test_a_refusal_names_what_is_missing_the_article_who_can_and_from_when(broken: Client) -> None:
    page = broken.get("/refuse", status=409)
    assert page.heading == "现在还不能“提交职代会表决”"
    for words in (
        "还有2条未达成一致（第12条、第18条）。",
        "请双方先就这两条达成一致。",
        "职工方首席代表",
        "2026年12月1日",
        "《上海市集体合同条例》第十八条",
    ):
        assert words in page.text
    assert any(link.startswith("/laws/") and link.endswith("#art-18") for link in page.links())


def test_htmx_gets_the_refusal_alone(broken: Client) -> None:
    response = broken.http.get("/refuse", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["hx-retarget"]) == (409, "#notices")
    assert "<html" not in response.text and "还有2条未达成一致" in response.text


def test_a_program_gets_the_reasons(broken: Client) -> None:
    response = broken.http.get("/api/v1/refuse")
    assert (response.status_code, response.headers["content-type"]) == (409, "application/problem+json")
    assert response.json()["reasons"] == [
        {
            "rule": "CC-DRAFT",
            "article": "《上海市集体合同条例》第十八条",
            "text": "还有2条未达成一致（第12条、第18条）。",
            "remedy": "请双方先就这两条达成一致",
            "who": ["职工方首席代表", "企业方首席代表"],
            "from": "2026-12-01",
        }
    ]


def test_a_stale_page_says_that_somebody_else_acted(broken: Client) -> None:
    assert "别人刚刚办理" in broken.get("/change", status=409).text
    assert broken.http.get("/api/v1/change").status_code == 412


def test_wrong_fields_are_told_by_name(broken: Client) -> None:
    response = broken.http.get("/api/v1/invalid")
    assert (response.status_code, response.json()["errors"]) == (422, {"received": ["“签收日期”不能晚于今天。"]})


def test_a_bug_gives_a_number_that_the_log_has_too_and_no_particulars(broken: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "heyi"):
        page = broken.get("/break", status=500)
    number = page.text.split("编号")[1][:8]
    assert any(number in record.getMessage() for record in caplog.records)
    assert "secret particulars" not in page.response.text
    assert "secret particulars" not in broken.http.get("/api/v1/break").text


def test_an_address_that_does_not_exist_is_404_for_people_and_programs(broken: Client) -> None:
    assert broken.get("/no/such/page", status=404).heading == "找不到这一页"
    response = broken.http.get("/api/v1/nothing")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_a_program_signs_in_with_its_token_and_not_with_a_cookie(broken: Client) -> None:
    def seed(db: Session) -> tuple[int, str]:
        account = add_administrator(
            db,
            login="admin",
            name="管理员",
            password="three words together",
            organisation="江城市总工会",
            on=date(2020, 1, 1),
            at=now(),
        )
        return account.person_id, tokens.create(db, account, "test", on=date(2026, 1, 1))

    person_id, token = broken.house.write(seed)
    assert broken.http.get("/api/v1/mine").headers["www-authenticate"] == "Bearer"
    assert broken.as_(person_id).http.get("/api/v1/mine").status_code == 401
    broken.as_nobody()
    assert broken.http.get("/api/v1/mine", headers={"Authorization": f"Bearer {token}"}).json() == {"name": "mine"}
    assert broken.http.get("/api/v1/mine", headers={"Authorization": f"Bearer {token}x"}).status_code == 401


def test_every_reply_carries_the_policy(database: Database) -> None:
    with open_client(database, secure_cookies=True) as client:
        for address in ("/login", "/nothing", "/api/v1/nothing", "/static/x/app.css"):
            headers = client.http.get(address).headers
            assert "script-src 'self'" in headers["content-security-policy"], address
            assert headers["x-content-type-options"] == "nosniff", address
            assert "strict-transport-security" in headers, address
        assert "Secure" in client.http.get("/login").headers.get("set-cookie", "Secure")


def test_a_page_in_english_says_it_in_english_where_the_catalogue_has_it(broken: Client) -> None:
    broken.http.cookies.set("heyi_language", "en")
    assert broken.get("/refuse", status=409).tree.get("lang") == "en"


def test_the_description_of_the_api_is_open_to_all(client: Client) -> None:
    response = client.http.get("/api/v1/openapi.json")
    assert (response.status_code, response.json()["info"]["title"]) == (200, "合意的接口")
