"""What a program gets wrong, or tries: each gives a problem with its sentence, and nothing is stored half-done."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from negotiation.forms import Opening
from tests.api.client import Program, program
from tests.api.test_talks import OPENING
from tests.cast import House, hongxing
from tests.web.client import PASSWORD, Client
from web.accounts.models import Account
from web.accounts.passwords import hashed
from web.api.congress import CASES as CONGRESSES
from web.api.mediation import CASES as MEDIATIONS
from web.api.negotiation_case import CASES as NEGOTIATIONS
from web.house import verify
from workflow.forms import FormModel

Today = Callable[[date], None]


@pytest.fixture
def house(client: Client, today: Today) -> House:
    today(date(2026, 9, 1))
    return client.house.write(hongxing)


@pytest.fixture
def union(client: Client, house: House) -> Program:
    return program(client, house["李敏"])


@pytest.fixture
def case(union: Program, house: House) -> int:
    made: int = union.post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=201).json["id"]
    return made


def test_without_a_token_nothing_is_told(client: Client, case: int) -> None:
    nobody = program(client, None)
    for address in ("/me", "/negotiations", f"/negotiations/{case}", f"/negotiations/{case}/journal", f"/negotiations/{case}/acts/offer"):
        nobody.get(address, status=401)
    nobody.act(case, "offer", status=401)
    nobody.post("/negotiations", {}, status=401)
    nobody.post("/evidence", {}, status=401)
    for wrong in ("Bearer heyi_x", "Basic abc", "Bearer", "Bearer " + "x" * 5000):
        nobody.send("GET", "/me", b"", status=401, authorization=wrong)


def test_an_ended_token_and_a_closed_account_are_nobodys(client: Client, house: House, union: Program) -> None:
    union.get("/me")

    def close(db: Session) -> None:
        _account(db, house).closed = True

    client.house.write(close)
    union.get("/me", status=401)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"{'on': 1}", "application/json", 400),
        (b"\xff\xfe{", "application/json", 400),
        (b'{"on": NaN}', "application/json", 400),
        (b'{"on": "2026-09-01", "on": "2026-09-02"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"on": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"offer"', "application/json", 400),
        (b"null", "application/json", 400),
        (b"on=2026-09-01", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'{"on": "' + b"x" * (4 << 20) + b'"}', "application/json", 413),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_body_that_cannot_be_read(union: Program, case: int, content: bytes, kind: str, status: int) -> None:
    answer = union.send("POST", f"/negotiations/{case}/acts/offer", content, status=status, content_type=kind)
    assert answer.json["detail"]
    assert union.get(f"/negotiations/{case}").json["state"] == "drafted"


def test_no_body_is_an_empty_form(union: Program, case: int) -> None:
    assert union.send("POST", f"/negotiations/{case}/acts/offer", b"", status=200).json["state"] == "offered"


def test_what_is_unknown_is_named(union: Program, case: int) -> None:
    assert union.act(case, "offer", {"onn": "2026-09-01"}, status=422).json["errors"] == {"onn": ["没有“onn”这一项。"]}
    assert union.act(case, "offer", {"seat": "pope"}, status=422).json["errors"] == {"seat": ["没有“pope”这个身份。"]}
    assert union.act(case, "offer", {"seat": "employer"}, status=422).json["errors"]["seat"] == ["您办这件事的身份只能是：要约方。"]
    assert union.act(case, "offer", {"on_paper": "maybe"}, status=422).json["errors"].keys() == {"on_paper"}
    assert union.get("/negotiations", colour="red", status=422).json["errors"] == {"colour": ["没有“colour”这一项。"]}
    assert union.get("/negotiations", state="lost", kind="x", per_page=500, page=0, status=422).json["errors"].keys() == {
        "state", "kind", "per_page", "page",
    }  # fmt: skip


def test_addresses_that_are_none(client: Client, union: Program, case: int) -> None:
    for address in ("", "/nowhere", "/negotiations/x", "/negotiations/0", f"/negotiations/{case + 1}", f"/negotiations/{10**30}"):
        union.get(address, status=404)
    for act in ("dance", "lapse", "take_effect", "expire", "__init__", "offer%00"):
        union.get(f"/negotiations/{case}/acts/{act}", status=404)
        union.act(case, act, status=404)
    union.send("DELETE", f"/negotiations/{case}", b"", status=404)
    union.send("PUT", "/negotiations", b"{}", status=404, content_type="application/json")
    for name in ("1.pdfx", "x.pdf", ".pdf", "-1", "9" * 40, "1.pdf.pdf", "１"):
        union.get(f"/negotiations/{case}/documents/{name}", status=404)


def test_an_act_out_of_turn_says_all_that_it_lacks(client: Client, union: Program, house: House, case: int) -> None:
    refused = union.act(case, "settle", status=409)
    assert "现在处于“拟定要约”，要到“协商”才能办。" in refused.reasons() and len(refused.reasons()) > 3
    assert {"rule", "article", "text", "remedy", "who", "from"} == refused.json["reasons"][0].keys()
    assert program(client, house["陈静"]).act(case, "offer", status=409).reasons() == ["这件事由要约方办理。"]


def test_a_closed_act_is_refused_before_its_form_is_found_wrong(union: Program, case: int) -> None:
    union.act(case, "minute", {"meeting": "x"}, status=409)


def test_every_wrong_field_has_its_sentence(union: Program, case: int) -> None:
    errors = union.act(case, "appoint", {"side": "workers", "representatives": [{"name": "", "produced": "lot"}, "x"]}, status=422).json[
        "errors"
    ]
    assert errors["representatives.0.name"] == ["请填写“协商代表 1·姓名”。"]
    assert errors["representatives.0.produced"] == ["请从列出的选项中选“协商代表 1·产生方式”。"]
    assert errors["representatives"]


def test_a_day_before_the_opening_or_after_today_is_refused(union: Program, case: int) -> None:
    assert union.act(case, "offer", {"on": "2026-09-02"}, status=422).json["errors"]["on"] == ["办理日期不能晚于今天（2026-09-01）。"]
    assert union.act(case, "offer", {"on": "2026-08-31"}, status=422).json["errors"]["on"] == ["办理日期不能早于立案日期（2026-09-01）。"]


def test_opening_for_somebody_else_or_covering_strangers(client: Client, union: Program, house: House) -> None:
    for organisation in (house.union.id, house.federation.id, 10**9):
        assert union.post("/negotiations", {**OPENING, "organisation": organisation}, status=422).json["errors"].keys() == {"organisation"}
    regional = {**OPENING, "organisation": house.enterprise.id, "level": "regional", "covered": [10**9]}
    assert "level" in union.post("/negotiations", regional, status=422).json["errors"]
    assert program(client, house["赵丽"]).post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=422)
    assert union.get("/negotiations").json["total"] == 0


def test_a_stale_version_changes_nothing(union: Program, case: int) -> None:
    seen = union.get(f"/negotiations/{case}")
    offer = {"subject": "加班工资", "proposed_on": "2026-10-08", "proposed_place": "公司二楼会议室"}
    union.act(case, "edit_offer", offer, if_match=seen.etag)
    for condition in (seen.etag, 'W/"99"', f'"{seen.json["version"]}", "x"', '"9999999999999999999999"'):
        stale = union.act(case, "offer", status=412, if_match=condition)
        assert (stale.json["version"], stale.json["state"]) == (seen.json["version"] + 1, "drafted")
    for condition in ("7", "seven", '"7'):
        union.act(case, "offer", status=400, if_match=condition)
    assert union.act(case, "offer", if_match=f'"1", "{seen.json["version"] + 1}"').json["state"] == "offered"
    assert union.act(case, "give_up", {"reason": "暂缓"}, if_match="*").json["state"] == "ended"


ODD: tuple[Any, ...] = (
    "\x00", "\ud800", "x" * 30_000, -1, 0, 10**30, 2**63, "9" * 40, 1.5, True, None, [], ["x"], {}, {"sha256": "\x00"}, [[]], [{"name": "x"}],
    [{"name": "x", "sha256": "0" * 64}], "2026-02-30", "9999-12-31", "0001-01-01", 1700000000, "1e999999", "NaN", "<script>", "' OR 1=1 --",
)  # fmt: skip


def test_nothing_odd_breaks_an_act(client: Client, union: Program, house: House, case: int) -> None:
    """Each field of each form that is open here is given every odd value, and gives 200, 409 or 422, never a fault."""
    employer = program(client, house["陈静"])
    union.act(case, "offer")
    employer.act(case, "record_receipt", {"received": "2026-09-01", "means": "return_slip"})
    employer.act(case, "accept_offer")
    sides = (union, employer)
    tried = 0
    for act in ("appoint", "request_information", "correct_date"):
        fields = union.get(f"/negotiations/{case}/acts/{act}").json["fields"]
        for field in fields:
            for odd in ODD:
                answer = _raw(sides[tried % 2], case, act, {**_plausible(fields), field["name"]: odd})
                assert answer.status_code in (200, 409, 422), f"{act} {field['name']}={odd!r}: {answer.status_code} {answer.text[:500]}"
                tried += 1
    assert tried > 200
    assert client.house.read(verify) == []


def test_nothing_odd_breaks_the_opening(client: Client, union: Program, house: House) -> None:
    for name in Opening.model_fields:
        for odd in ODD:
            sent = {**OPENING, "organisation": house.enterprise.id, name: odd}
            answer = client.http.post("/api/v1/negotiations", content=_written(sent), headers=_headers(union))
            assert answer.status_code in (201, 422), f"{name}={odd!r}: {answer.status_code} {answer.text[:500]}"


def test_nothing_odd_breaks_a_question(client: Client, union: Program) -> None:
    for address, names in (
        ("/due", ("rule", "from", "in", "kind")),
        ("/rules", ("in", "kind", "on")),
        ("/negotiations", ("q", "organisation", "page")),
        ("/mediation", ("q", "organisation", "page")),
    ):
        good = {"rule": "NEG-RESPONSE-DAYS", "from": "2026-09-01"} if address == "/due" else {}
        for name in names:
            for odd in ("\x00", "x" * 3000, "-1", "9" * 40, "2026-02-30", "9999-12-31", "0001-01-01", "%", "NaN", "１", "000000"):
                answer = client.http.get(f"/api/v1{address}", params={**good, name: odd}, headers=_headers(union))
                assert answer.status_code in (200, 422), f"{address} {name}={odd!r}: {answer.status_code} {answer.text[:500]}"


def test_a_signature_is_confirmed_by_the_password_which_cannot_be_guessed(client: Client, house: House, union: Program, case: int) -> None:
    def choose(db: Session) -> None:
        _account(db, house).password_hash = hashed(PASSWORD)

    client.house.write(choose)
    assert union.act(case, "sign", {"confirmed": PASSWORD}, status=409).reasons()
    assert client.house.read(lambda db: _account(db, house).failures) == 0
    for _ in range(5):
        union.act(case, "sign", {"confirmed": True}, status=409)
    assert client.house.read(lambda db: _account(db, house).locked_until) is not None


def test_problems_are_in_the_callers_language(client: Client, house: House, case: int) -> None:
    english = program(client, house["李敏"], "fr, en-GB;q=0.9, zh;q=0.3")
    for answer in (
        english.get(f"/negotiations/{case}"),
        english.act(case, "settle", status=409),
        english.act(case, "dance", status=404),
        english.send("PUT", "/nowhere", b"", status=404),
        program(client, None, "en").get("/me", status=401),
    ):
        assert answer.response.headers["content-language"] == "en"
    assert program(client, None, "de, zh-TW;q=0.5, en;q=0").get("/nowhere", status=404).response.headers["content-language"] == "zh-CN"


def _account(db: Session, house: House) -> Account:
    return db.exec(select(Account).where(Account.person_id == house["李敏"])).one()


def _plausible(fields: list[Any]) -> dict[str, Any]:
    """Something in every box that must not be empty."""
    return {f["name"]: f["options"][0]["value"] if f["options"] else "2026-09-01" for f in fields if f["required"]}


def _raw(who: Program, case: int, act: str, sent: dict[str, Any]) -> Any:
    return who.http.post(f"/api/v1/negotiations/{case}/acts/{act}", content=_written(sent), headers=_headers(who))


def _written(sent: dict[str, Any]) -> str:
    return json.dumps(sent)


def _headers(who: Program) -> dict[str, str]:
    return {**who.headers, "Content-Type": "application/json"}


def test_every_form_is_one() -> None:
    for cases in (NEGOTIATIONS, MEDIATIONS, CONGRESSES):
        for act in cases.work.proceedings.procedure.acts.values():
            assert issubclass(act.form, FormModel) and not {"seat", "on_paper", "version"} & act.form.model_fields.keys(), act.name
