"""A dispute over the API: the worker's program, the employer's, the committee's and the mediator's, and what each may read."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, select

from mediation.forms import Application
from tests.api.client import Answer, Program, program
from tests.api.test_bad_input import ODD
from tests.cast import BEGINNING, PDF, hongxing, paper
from tests.mediation import cast
from tests.mediation.cast import APPLICANT, RESPONDENT, Committee, Story, street
from tests.web.client import Client
from web.house import verify
from workflow.documents.issue import Document
from workflow.evidence import Evidence
from workflow.people import Appointment, Office, Person

Today = Callable[[date], None]
SECRET, OTHERS = "最低可以接受一万五千元", "最多可以付一万六千元"


@pytest.fixture
def committee(client: Client, today: Today) -> Committee:
    today(date(2026, 3, 2))
    return client.house.write(lambda db: street(db))


class Case:
    """One case through the programs of its people, by name."""

    def __init__(self, client: Client, committee: Committee, number: int = 0) -> None:
        self.client, self.committee, self.number = client, committee, number
        self.programs: dict[str, Program] = {}

    def of(self, who: str) -> Program:
        if who not in self.programs:
            self.programs[who] = program(self.client, self.committee[who])
        return self.programs[who]

    def see(self, who: str, below: str = "", **more: Any) -> Answer:
        return self.of(who).get(f"/mediation/{self.number}{below}", **more)

    def act(self, who: str, act: str, sent: Any = None, **more: Any) -> Answer:
        return self.of(who).post(f"/mediation/{self.number}/acts/{act}", sent or {}, **more)


def application(committee: Committee, **more: Any) -> dict[str, Any]:
    return {
        "committee": committee.body.id,
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付2025年10月至12月工资18000元",
        "account": "公司自2025年10月起没有支付工资。",
        "claim_fen": 18000,
        "known_on": "2026-01-15",
        **more,
    }


def test_a_dispute_is_led_from_the_application_to_its_performance(client: Client, today: Today, committee: Committee) -> None:
    case = Case(client, committee)
    sent = application(committee, evidence=[case.of("孙洁").upload(PDF, "工资单.pdf")])
    made = case.of("孙洁").post("/mediation", sent, status=201, idempotency_key="a-1")
    again = case.of("孙洁").post("/mediation", sent, status=201, idempotency_key="a-1")
    assert again.json == made.json and again.response.headers["idempotency-replayed"] == "true"
    case.number = made.json["id"]
    assert made.response.headers["location"] == f"/api/v1/mediation/{case.number}"
    assert (made.json["channel"], made.json["state"], made.json["seats"], made.json["claim"]) == (
        "online", "registered", ["applicant"], "18000.00",
    )  # fmt: skip
    (accept,) = [d for d in made.json["deadlines"] if d["rule"] == "MED-ACCEPT"]
    assert accept["due"] == "2026-03-05" and "2026-03-02" in accept["derivation"] and "企业劳动争议协商调解规定" in accept["article"]
    (wages, other) = made.json["limitation"]
    assert (wages["until"], wages["standing"], other["until"]) == (None, "unlimited", "2027-01-15") and other["derivation"]

    early = case.act("顾平", "accept", status=409)
    assert early.reasons() == ["还有上海红星机械有限公司没有同意调解。"] and early.json["reasons"][0]["remedy"]
    stale = case.see("方雨").etag
    case.act("方雨", "ask_consent", {"answer_by": "2026-03-05"}, if_match=stale)
    assert case.act("方雨", "ask_consent", {"answer_by": "2026-03-06"}, status=412, if_match=stale).json["state"] == "consent_asked"
    case.act("陈静", "consent")
    case.act("顾平", "accept")
    offered = {f["name"]: [o["label"] for o in f["options"]] for f in case.see("顾平", "/acts/assign").json["fields"]}
    assert "罗文" in " ".join(offered["mediators"])
    mediating = case.act("顾平", "assign", {"mediators": [committee["罗文"]]})
    assert (mediating.json["state"], mediating.json["mediators"][0]["name"]) == ("mediating", "罗文")
    case.act("罗文", "hold_talk", {"place": "调解室", "present": "双方", "record": "核对工资表。", "rights_told": True})
    employer = mediating.json["parties"][1]["id"]
    term = {"debtor": employer, "what": "支付工资", "head": "remuneration", "amount_fen": "18000", "due": "2026-04-13", "how": "转账"}
    drawn = case.act("罗文", "agree", {"result": "公司支付18000元。", "terms": [term]})
    assert [d["title"] for d in drawn.json["documents"]][0] == "劳动争议调解协议书"
    applicant = drawn.json["parties"][0]["id"]
    for who, mark in (("孙洁", f"party:{applicant}"), ("陈静", f"party:{employer}"), ("罗文", "mediator"), ("方雨", "seal")):
        done = case.act(who, "sign", {"mark": mark})
    assert done.json["state"] == "performing" and all(mark["on"] for mark in done.json["agreement"]["marks"])
    today(date(2026, 3, 10))
    (promised,) = done.json["agreement"]["terms"]
    part = case.act("孙洁", "record_performance", {"term": promised["id"], "state": "partly", "amount_fen": 8000})
    assert (part.json["agreement"]["terms"][0]["paid"], part.json["agreement"]["terms"][0]["state"]) == ("8000.00", "partly")

    told = case.see("罗文", "/journal").json["items"]
    links = [link for entry in told for link in (entry, *entry["addenda"])]
    assert all(one["previous"] == before["hash"] for before, one in pairwise(links)) and len(links) > len(told)
    assert told[-1]["text"] == "第1项履行情况：部分履行。" and told[-1]["by"] == "孙洁"
    assert {entry["by"] for entry in case.see("陈静", "/journal").json["items"]} == {None}
    line = case.see("陈静").json["documents"][0]
    printed = case.of("陈静").get(f"{line['url'].removeprefix('/api/v1')}.pdf")
    assert printed.response.content.startswith(b"%PDF-")
    assert client.house.read(verify) == []


def test_whoever_does_not_keep_the_register_applies_for_himself_only(client: Client, committee: Committee) -> None:
    own = {"channel": "court", "is_joint": True, "received": "2026-02-02", "entrusted_by": "区仲裁委"}
    worker = program(client, committee["孙洁"])
    assert worker.post("/mediation", application(committee, applicants=[{**APPLICANT, "name": "别人"}]), status=422).json[
        "errors"
    ].keys() == {"applicants"}
    assert worker.post("/mediation", {**application(committee), "committee": 10**9}, status=422).json["errors"].keys() == {"committee"}
    stranger = client.house.write(lambda db: hongxing(db, "330100", city="杭州"))
    assert program(client, stranger["孙洁"]).post("/mediation", application(committee), status=422).json["errors"].keys() == {"committee"}
    assert worker.get("/mediation").json["total"] == 0
    theirs = client.house.write(paper)
    assert worker.post("/mediation", application(committee, evidence=theirs), status=422).json["errors"].keys() == {"evidence"}
    made = worker.post("/mediation", application(committee, **own, evidence=[worker.upload(PDF)]), status=201).json
    assert (made["channel"], made["is_joint"], made["received_on"], made["entrusted_by"]) == ("online", False, "2026-03-02", "")
    assert worker.post("/mediation/consultation", application(committee), status=201).json["state"] == "consulting"


def test_the_list_is_filtered_and_paged(client: Client, today: Today, committee: Committee) -> None:
    def stage(db: Session) -> list[int]:
        others = [{"kind": "employer", "name": "苏河餐饮_有限公司"}]
        cases = [cast.applied(db, committee), cast.mediating(db, committee), cast.applied(db, committee, respondents=others)]
        cases[2].withdraw("孙洁", date(2026, 3, 3), reason="双方已经谈妥")
        return [one.case.id or 0 for one in cases]

    today(date(2026, 3, 6))
    first, second, third = client.house.write(stage)
    clerk = program(client, committee["方雨"])

    def found(**query: Any) -> list[int]:
        return [line["id"] for line in clerk.get("/mediation", **query).json["items"]]

    assert found() == [third, second, first] and found(state="mediating") == [second] == found(stage="mediate")
    assert found(outcome="withdrawn") == [third] == found(q="餐饮_有限") and found(q="_") == [third] and found(q="%") == []
    assert found(q="〕2号") == [second] and found(overdue="true") == [first] and found(overdue="false") == [third, second]
    assert found(organisation=committee.body.id, per_page=2, page=2) == [first] and found(organisation=1) == []
    (line,) = clerk.get("/mediation", state="registered").json["items"]
    assert (line["applicant"], line["respondent"], line["due"], line["stage"]) == ("孙洁", RESPONDENT["name"], "2026-03-05", "apply")
    employer = program(client, committee["陈静"])
    assert [one["id"] for one in employer.get("/mediation").json["items"]] == [second, first]
    assert clerk.get("/mediation", state="lost", colour=1, status=422).json["errors"].keys() == {"colour"}


SEES_NOTHING = ("吴磊", "郑楠", "李敏", "周刚", "石岩", "蒋芸", "管理员", "别处主任")


def scene(db: Session, committee: Committee) -> Story:
    """Two caucuses, a note of the mediator's own, a file for the mediator only from either side, and a paper of the applicant's own."""
    story = cast.mediating(db, committee)
    applicant, respondent = (story.facts(cast.TALKED).side(role)[0].id for role in ("applicant", "respondent"))  # type: ignore[arg-type]
    story.keep_note("罗文", cast.TALKED, party=applicant, text=SECRET)
    story.keep_note("罗文", cast.TALKED, party=respondent, text=OTHERS)
    story.keep_note("罗文", cast.TALKED, text=f"{SECRET}，{OTHERS}")
    story.hand_in("孙洁", cast.TALKED, title=SECRET, circle="applicant", evidence=paper(db, "甲.pdf"))
    story.issue_document("孙洁", cast.TALKED, document="arbitration_application", words={"commission": "虹口区劳动人事争议仲裁委员会"})
    elsewhere = cast.committee(db, hongxing(db, "330100", city="杭州"))
    person = Person(name="管理员")
    db.add(person)
    db.flush()
    db.add(
        Appointment(
            person_id=person.id or 0, organisation_id=committee.house.federation.id or 0, office=Office.ADMINISTRATOR, since=BEGINNING
        )
    )
    committee.house.people |= {"管理员": person.id or 0, "别处主任": elsewhere["顾平"]}
    db.flush()
    return story


def addresses(client: Client, case: int) -> Iterator[str]:
    yield from ("", "/journal")
    yield from (f"/acts/{act}" for act in ("keep_note", "hold_talk", "agree", "hand_in", "withdraw"))
    yield from (f"/documents/{n}" for n in client.house.read(lambda db: db.exec(select(Document.id)).all()))
    yield from (f"/files/{n}" for n in client.house.read(lambda db: db.exec(select(Evidence.id)).all()))


@pytest.mark.once
def test_what_is_said_to_the_mediator_alone_is_read_by_its_party_and_by_him(client: Client, today: Today, committee: Committee) -> None:
    today(cast.TALKED)
    story = client.house.write(scene, committee)
    case = Case(client, committee, story.case.id or 0)
    for who, knows, files in (
        ("罗文", {SECRET, OTHERS}, 200),
        ("孙洁", {SECRET}, 200),
        ("陈静", {OTHERS}, 404),
        ("顾平", set(), 404),
        ("方雨", set(), 404),
    ):
        for below in addresses(client, case.number):
            answer = case.of(who).http.get(f"/api/v1/mediation/{case.number}{below}", headers=case.of(who).headers)
            assert answer.status_code == (files if below.startswith("/files/") else answer.status_code), (who, below)
            assert {one for one in (SECRET, OTHERS) if one in answer.text} <= knows, (who, below)
        assert {one for one in (SECRET, OTHERS) if one in case.see(who).response.text} == knows, who
        handed_in = next(e for e in case.see(who, "/journal").json["items"] if e["act"] == "hand_in")
        assert (handed_in["particulars"] is not None) == (files == 200)
        own = next(e for e in case.see(who, "/journal").json["items"] if e["act"] == "issue_document")
        assert (own["particulars"] is not None) == (who == "孙洁")
    for who in SEES_NOTHING:
        for below in addresses(client, case.number):
            case.see(who, below, status=404)
        case.act(who, "keep_note", {"text": "打听一下"}, status=404)
        assert case.of(who).get("/mediation").json["total"] == 0


@pytest.mark.once
def test_nothing_odd_breaks_an_application(client: Client, committee: Committee) -> None:
    clerk = program(client, committee["方雨"])
    for name, good in {**dict.fromkeys(Application.model_fields), **application(committee)}.items():
        for odd in ODD:
            values = [odd, *([[{**good[0], part: odd}] for part in ("kind", "name", "phone")] if name == "applicants" else ())]
            for value in values:
                sent = json.dumps({**application(committee), name: value})
                answer = clerk.http.post("/api/v1/mediation", content=sent, headers={**clerk.headers, "Content-Type": "application/json"})
                assert answer.status_code in (201, 422), f"{name}={value!r}: {answer.status_code} {answer.text[:500]}"
    assert client.house.read(verify) == []
