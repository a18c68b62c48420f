"""Wage talks in Shanghai by two programs, one of the union and one of the employer, from the opening to the settled draft."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.api.client import Program, program
from tests.cast import EMPLOYER, PDF, WAGE_CLAUSES, WORKERS, House, hongxing
from tests.web.client import Client
from workflow.database import Database

Today = Callable[[date], None]
OPENING = {
    "kind": "wage",
    "title": "工资专项集体合同",
    "subject": "2027年度工资调整幅度\n加班工资计算基数",
    "proposed_on": "2026-10-08",
    "proposed_place": "公司二楼会议室",
    "data_requested": "上年度工资总额",
}


@pytest.fixture
def house(client: Client) -> House:
    return client.house.write(hongxing)


def opened(client: Client, house: House, today: Today) -> tuple[Program, Program, int]:
    """The union's program, the employer's, and the case that the union opened on 2026-09-01."""
    today(date(2026, 9, 1))
    union, employer = program(client, house["李敏"]), program(client, house["陈静"])
    made = union.post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=201)
    assert made.response.headers["location"] == f"/api/v1/negotiations/{made.json['id']}"
    return union, employer, made.json["id"]


def test_two_programs_negotiate_a_wage_contract(client: Client, house: House, today: Today) -> None:
    union, employer, case = opened(client, house, today)
    chief, recorder = program(client, house["韩文博"]), program(client, house["孙洁"])
    assert union.get(f"/negotiations/{case}").act("offer")["open"]

    offered = union.act(case, "offer")
    assert (offered.json["state"], offered.json["stage"]) == ("offered", "offer")
    assert [d["title"] for d in offered.json["documents"]] == ["工资集体协商要约书"]

    today(date(2026, 9, 14))
    received = employer.act(case, "record_receipt", {"received": "2026-09-12", "means": "return_slip"})
    (reply,) = [d for d in received.json["deadlines"] if d["rule"].endswith("RESPONSE-DAYS")]
    assert (reply["due"], reply["status"], reply["provisional"]) == ("2026-09-28", "running", False)
    assert "《上海市集体合同条例》" in reply["article"] and "2026-09-12" in reply["derivation"]

    today(date(2026, 9, 20))
    assert employer.act(case, "accept_offer", {"statement": "同意协商。"}).json["state"] == "preparing"
    union.act(case, "appoint", {"side": "workers", "representatives": WORKERS})
    employer.act(case, "appoint", {"side": "employer", "representatives": EMPLOYER})
    union.act(case, "name_recorder", {"name": "孙洁"})
    today(date(2026, 9, 24))
    convened = union.act(case, "convene", {"held_on": "2026-09-28", "place": "二楼会议室", "agenda": "工资调整", "chair": "joint"})
    assert (convened.json["state"], convened.json["stage"]) == ("consulting", "consult")

    today(date(2026, 9, 28))
    (meeting,) = convened.json["table"]["meetings"]
    minuted = recorder.act(case, "minute", {"meeting": meeting["id"], "present": "双方代表", "record": "逐条讨论。", "signed": "both"})
    assert minuted.json["sight"] == "record" and minuted.json["table"]["meetings"][0]["minuted_on"] == "2026-09-28"
    union.act(case, "lay_out", {"clauses": WAGE_CLAUSES})
    laid_out = union.act(
        case,
        "set_terms",
        {
            "term_from": "2027-01-01",
            "term_until": "2027-12-31",
            "wages": [{"post": "一线工", "persons": 200, "before": "6000", "after": 6360.5}],
        },
    )
    assert laid_out.json["table"]["wages"] == [{"post": "一线工", "persons": 200, "before": "6000.00", "after": "6360.50"}]
    for clause in laid_out.json["table"]["clauses"]:
        union.act(case, "agree_clause", {"clause": clause["id"], "text": clause["text_id"]})
        chief.act(case, "agree_clause", {"clause": clause["id"]})

    proposed = union.act(case, "settle")
    assert proposed.json["state"] == "consulting" and [m["act"] for m in proposed.json["table"]["motions"]] == ["settle"]
    assert chief.get(f"/negotiations/{case}").act("settle")["how"] == "agree"
    settled = chief.act(case, "settle", if_match=proposed.etag)
    assert (settled.json["state"], settled.json["stage"]) == ("settled", "vote")
    assert settled.json["text_hash"] and {c["state"] for c in settled.json["table"]["clauses"]} == {"agreed"}

    told = employer.get(f"/negotiations/{case}/journal").json["items"]
    assert [e["act"] for e in told[:4]] == ["open", "offer", "record_receipt", "accept_offer"]
    assert told[2]["text"] == "登记送达：2026-09-12收到（送达回证签收）。" and told[2]["by"] == "陈静"
    links = [link for entry in told for link in (entry, *entry["addenda"])]
    assert all(one["previous"] == before["hash"] for before, one in pairwise(links)) and len(links) > len(told)


def test_a_document_is_read_as_text_and_as_print(client: Client, house: House, today: Today) -> None:
    union, employer, case = opened(client, house, today)
    (line,) = union.act(case, "offer").json["documents"]
    read = employer.get(line["url"].removeprefix("/api/v1")).json
    assert "2027年度工资调整幅度" in read["html"] and read["sha256"] == line["sha256"]
    printed = employer.get(read["pdf"].removeprefix("/api/v1"))
    assert printed.response.content.startswith(b"%PDF-")
    assert printed.response.headers["content-disposition"].startswith("attachment;")
    assert employer.get(read["pdf"].removeprefix("/api/v1")).response.content == printed.response.content


def test_the_form_of_an_act_offers_what_can_be_chosen(client: Client, house: House, today: Today) -> None:
    union, employer, case = opened(client, house, today)
    union.act(case, "offer")
    asked = employer.get(f"/negotiations/{case}/acts/record_receipt").json
    fields = {f["name"]: f for f in asked["fields"]}
    assert asked["open"] and fields["received"]["required"] and fields["means"]["options"][0]["value"] == "return_slip"
    closed = union.get(f"/negotiations/{case}/acts/settle").json
    assert not closed["open"] and "现在处于“已要约”，要到“协商”才能办。" in [r["text"] for r in closed["reasons"]]


def test_the_absent_employer_is_recorded_from_paper(client: Client, today: Today) -> None:
    house = client.house.write(lambda db: hongxing(db, without_account=frozenset({"韩文博", "陈静"})))
    today(date(2026, 9, 1))
    union = program(client, house["李敏"])
    case = union.post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=201).json["id"]
    union.act(case, "offer")
    reply = {"statement": "同意协商。", "on_paper": True}
    today(date(2026, 9, 12))
    union.act(case, "record_receipt", {"received": "2026-09-12", "means": "courier", "evidence": [union.upload(PDF)]})
    assert union.get(f"/negotiations/{case}").act("accept_offer")["how"] == "paper"
    assert "evidence" in union.act(case, "accept_offer", reply, status=422).json["errors"]
    done = union.act(case, "accept_offer", {**reply, "evidence": [union.upload(PDF, "答复书.pdf")], "seat": "other_side"})
    assert done.json["state"] == "preparing"
    entry = union.get(f"/negotiations/{case}/journal").json["items"][-1]
    assert (entry["on_paper"], entry["seat"], entry["note"]) == (True, "other_side", "据书面材料录入。")


def test_the_list_is_filtered_and_paged(client: Client, house: House, today: Today) -> None:
    union, employer, first = opened(client, house, today)
    second = union.post(
        "/negotiations", {**OPENING, "kind": "women", "title": "女职工100%权益", "organisation": house.enterprise.id}, status=201
    )
    union.act(first, "offer")
    employer.act(first, "record_receipt", {"received": "2026-09-01", "means": "return_slip"})

    def found(**query: Any) -> list[int]:
        return [line["id"] for line in union.get("/negotiations", **query).json["items"]]

    assert found() == [second.json["id"], first]
    assert found(kind="wage") == [first] == found(state="offered") == found(q="工资专项") == found(overdue="false", kind="wage")
    assert found(stage="offer") == [second.json["id"], first] and found(stage="review") == []
    assert found(organisation=house.union.id) == [] and len(found(organisation=house.enterprise.id, q="红星机械")) == 2
    assert found(q="100%权") == [second.json["id"]] and found(q="100_") == [] and found(q="%") == [second.json["id"]]
    one = union.get("/negotiations", per_page=1, page=2).json
    assert (one["total"], one["page"], one["per_page"], [line["id"] for line in one["items"]]) == (2, 2, 1, [first])
    assert one["items"][0]["due"] == "2026-09-16"
    today(date(2026, 9, 17))
    assert found(overdue="true") == [first] and found(overdue="false") == [second.json["id"]]


def test_a_token_says_whose_it_is_and_for_whom_it_opens(client: Client, house: House) -> None:
    said = program(client, house["李敏"]).get("/me").json
    assert said["name"] == "李敏"
    assert said["may_open"] == [{"organisation": {"id": house.enterprise.id, "name": house.enterprise.name}, "side": "workers"}]


def test_the_api_takes_no_cookie(client: Client, house: House, database: Database) -> None:
    client.as_(house["李敏"])
    Program(client.http).get("/negotiations", status=401)
