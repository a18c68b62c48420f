"""Who sees how much of a case: each address for each person, before anything is filed and after."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from negotiation.models import RoomNote
from negotiation.procedure import NEGOTIATION
from negotiation.terms import Side
from tests.api.client import Answer, Program, program
from tests.cast import BEGINNING, House, Story, hongxing, noon
from tests.procedures import walk
from tests.web.client import Client
from workflow.documents.issue import Document
from workflow.people import Appointment, Office, Person
from workflow.seats import Seat

Today = Callable[[date], None]
SIDES = ("李敏", "王强", "赵丽", "韩文博", "陈静", "周刚")
RECORDER, SUPERIOR, AUTHORITY = "孙洁", "吴磊", "郑楠"
STRANGERS = ("别家工会", "别家企业", "别处上级", "别处人社", "管理员", "本厂职工")
SECRET = "底线百分之五点五"
FILED = {"contract", "resolution", "representatives", "minutes", "filing_letter", "filing_receipt"}
"""What a wage contract without a wage table goes to the authority with, and the receipt."""


def stage(db: Session, lead: Callable[..., Story]) -> Story:
    """A case in Shanghai, a room note of either side, and everybody who has no business in it."""
    story = lead(db, walk.SHANGHAI)
    other = hongxing(db, walk.HANGZHOU, city="杭州")
    story.house.people |= {"别家工会": other["李敏"], "别家企业": other["陈静"], "别处上级": other["吴磊"], "别处人社": other["郑楠"]}
    for name, body, office in (
        ("管理员", story.house.federation, Office.ADMINISTRATOR),
        ("本厂职工", story.house.enterprise, Office.WORKER),
    ):
        person = Person(name=name)
        db.add(person)
        db.flush()
        db.add(Appointment(person_id=person.id or 0, organisation_id=body.id or 0, office=office, since=BEGINNING))
        story.house.people[name] = person.id or 0
    for side, who in ((Side.WORKERS, "李敏"), (Side.EMPLOYER, "陈静")):
        note = RoomNote(
            negotiation_id=story.case.id or 0, side=side, heading=SECRET, text=SECRET, author_id=story.house[who], written_at=noon(walk.MET)
        )
        db.add(note)
    db.flush()
    return story


def addresses(client: Client, case: int) -> Iterator[str]:
    """Addresses of the case that are read; of the acts, some of every kind."""
    yield f"/negotiations/{case}"
    yield f"/negotiations/{case}/journal"
    for act in ("offer", "press", "settle", "sign", "approve"):
        yield f"/negotiations/{case}/acts/{act}"
    for document in client.house.read(lambda db: db.exec(select(Document.id)).all()):
        yield f"/negotiations/{case}/documents/{document}"
        yield f"/negotiations/{case}/documents/{document}.pdf"


@pytest.fixture
def talks(client: Client, today: Today) -> tuple[House, int]:
    """Clauses lie on the table, not all of them agreed."""
    story = client.house.write(stage, lambda db, region: _with_an_open_clause(walk.drafted(db, region)))
    today(walk.SETTLED)
    return story.house, story.case.id or 0


@pytest.fixture
def filed(client: Client, today: Today) -> tuple[House, int]:
    story = client.house.write(stage, walk.filed)
    today(walk.FILED_IN)
    return story.house, story.case.id or 0


def _with_an_open_clause(story: Story) -> Story:
    story.propose("王强", walk.MET, head="other", text="企业年金由双方另行商定。")
    return story


def test_strangers_find_no_case(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    for name in STRANGERS:
        stranger = program(client, house[name])
        for address in addresses(client, case):
            stranger.get(address, status=404)
        for act in NEGOTIATION.acts:
            stranger.act(case, act, {"reason": "x"}, status=404)
        assert stranger.get("/negotiations").json == {"total": 0, "page": 1, "per_page": 50, "items": []}


def test_nobody_without_a_token_finds_anything(client: Client, talks: tuple[House, int]) -> None:
    nobody = program(client, None)
    for address in ("/negotiations", "/me", *addresses(client, talks[1])):
        nobody.get(address, status=401)
    for act in NEGOTIATION.acts:
        nobody.act(talks[1], act, status=401)


def test_no_room_is_ever_told(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    for name in (*SIDES, RECORDER, SUPERIOR):
        one = program(client, house[name])
        for address in (f"/negotiations/{case}", f"/negotiations/{case}/journal", f"/negotiations/{case}/acts/settle"):
            assert SECRET not in one.get(address).response.text, (name, address)


def test_both_sides_and_the_recorder_see_the_table(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    for name in (*SIDES, RECORDER):
        seen = program(client, house[name]).get(f"/negotiations/{case}").json
        assert seen["sight"] == ("record" if name == RECORDER else "table")
        assert "企业年金由双方另行商定。" in [c["text"] for c in seen["table"]["clauses"]]
        assert {d["form"] for d in seen["documents"]} >= {"H01", "H02", "H03", "H07"}
        told = program(client, house[name]).get(f"/negotiations/{case}/journal").json["items"]
        assert len(told) > 15 and all(e["particulars"] is not None for e in told)


def test_the_superior_union_sees_stages_and_dates_only(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    superior = program(client, house[SUPERIOR])
    seen = superior.get(f"/negotiations/{case}").json
    assert (seen["sight"], seen["state"], seen["stage"]) == ("stages", "consulting", "consult")
    assert (seen["table"], seen["documents"], seen["text_hash"]) == (None, [], None)
    open_to_it = {"press", "record_reply", "correct_date", "issue_document", "keep_scan"}
    assert {d["rule"] for d in seen["deadlines"]} and {a["name"] for a in seen["acts"]} == open_to_it
    told = superior.get(f"/negotiations/{case}/journal").json["items"]
    assert {e["act"] for e in told} == {"open", "offer", "record_receipt", "accept_offer", "convene"}
    assert {(e["particulars"], e["by"]) for e in told} == {(None, None)}
    assert _documents(client, superior, case) == set()
    assert "企业年金" not in seen["title"] + superior.get(f"/negotiations/{case}/journal").response.text


def test_trying_acts_from_outside_tells_nothing_of_the_table(client: Client, talks: tuple[House, int]) -> None:
    """Two clauses are open, which a refusal to settle would say."""
    house, case = talks
    inside = program(client, house["李敏"]).act(case, "settle", status=409)
    assert any("未达成一致" in reason for reason in inside.reasons())
    superior = program(client, house[SUPERIOR])
    for answer in (superior.act(case, "settle", status=409), superior.act(case, "settle", {"on": str(walk.MET)}, status=409)):
        assert answer.reasons() == ["这件事由职工方首席代表、企业方首席代表办理。"]
    assert superior.get(f"/negotiations/{case}/acts/settle").json["reasons"][0]["text"] == answer.reasons()[0]
    for act in NEGOTIATION.acts.values():
        if act.by != {Seat.CLOCK} and Seat.SUPERIOR_UNION not in act.by:
            refused = superior.act(case, act.name, status=409).json["reasons"]
            assert all(not reason["remedy"] for reason in refused), act.name


def test_the_authority_sees_nothing_before_it_has_the_case(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    authority = program(client, house[AUTHORITY])
    for address in addresses(client, case):
        authority.get(address, status=404)
    assert authority.get("/negotiations").json["total"] == 0


def test_the_authority_that_coordinates_sees_no_text(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    referred = program(client, house["李敏"]).act(case, "refer", {"open_items": "企业年金"})
    assert referred.json["state"] == "coordinating"
    authority = program(client, house[AUTHORITY])
    seen = authority.get(f"/negotiations/{case}").json
    assert (seen["sight"], seen["table"], seen["text_hash"]) == ("filed", None, None)
    assert {"accept_coordination", "coordinate"} <= {a["name"] for a in seen["acts"]}
    assert [d["kind"] for d in seen["documents"]] == ["coordination_application"]
    assert _documents(client, authority, case) == {d["id"] for d in seen["documents"]}


def test_the_authority_sees_what_was_filed(client: Client, filed: tuple[House, int]) -> None:
    house, case = filed
    authority, union = program(client, house[AUTHORITY]), program(client, house["李敏"])
    seen, whole = authority.get(f"/negotiations/{case}").json, union.get(f"/negotiations/{case}").json
    assert {d["kind"] for d in whole["documents"]} > {"offer", "draft", "meeting_notice", *FILED}
    assert {d["kind"] for d in seen["documents"]} == FILED and seen["table"] is None
    assert seen["text_hash"] == whole["text_hash"] is not None
    assert _documents(client, authority, case) == {d["id"] for d in seen["documents"]}
    assert [line["id"] for line in authority.get("/negotiations", state="filed").json["items"]] == [case]
    assert _documents(client, program(client, house[SUPERIOR]), case) == set()


def test_what_is_settled_anew_is_not_the_authoritys_before_it_is_filed_again(
    client: Client, filed: tuple[House, int], today: Today
) -> None:
    house, case = filed
    authority, union, chief = (program(client, house[name]) for name in (AUTHORITY, "李敏", "韩文博"))
    on = walk.FILED_IN + timedelta(days=3)
    today(on)
    authority.act(case, "object", {"served": str(on), "opinion": "第一条不明确。"})
    union.act(case, "renegotiate")
    chief.act(case, "renegotiate")
    clause = union.get(f"/negotiations/{case}").json["table"]["clauses"][0]
    changed = union.act(case, "counter", {"clause": clause["id"], "text": "公司每月8日支付上月工资。"}).json["table"]["clauses"][0]
    for one in (union, chief):
        one.act(case, "agree_clause", {"clause": changed["id"]})
    union.act(case, "settle")
    settled = chief.act(case, "settle").json
    assert settled["state"] == "settled" and [d["kind"] for d in settled["documents"]].count("draft") == 2
    seen = authority.get(f"/negotiations/{case}").json
    assert (seen["state"], seen["text_hash"]) == ("settled", None)
    assert {d["kind"] for d in seen["documents"]} == {*FILED, "review_opinion"}
    assert _documents(client, authority, case) == {d["id"] for d in seen["documents"]}
    assert "每月8日" not in authority.get(f"/negotiations/{case}/journal").response.text


def test_another_cases_document_is_not_read_through_ones_own(client: Client, filed: tuple[House, int], today: Today) -> None:
    house, case = filed
    stranger = program(client, house["别家工会"])
    mine = stranger.post(
        "/negotiations",
        {"kind": "wage", "title": "工资专项集体合同", "organisation": _enterprise(client, house["别家工会"])},
        status=201,
    ).json["id"]
    assert _documents(client, stranger, mine) == set()
    stranger.get(f"/negotiations/{case}", status=404)


def test_one_who_has_left_the_table_sees_no_more_of_it(client: Client, talks: tuple[House, int]) -> None:
    house, case = talks
    zhou = program(client, house["周刚"])
    assert zhou.get(f"/negotiations/{case}").json["sight"] == "table"
    number = next(r["id"] for r in zhou.get(f"/negotiations/{case}").json["table"]["representatives"] if r["name"] == "周刚")
    program(client, house["陈静"]).act(case, "replace", {"outgoing": number, "why": "调离", "name": "钱进", "produced": "appointed"})
    zhou.get(f"/negotiations/{case}", status=404)


def _documents(client: Client, one: Program, case: int) -> set[int]:
    """Those that open, of all there are in the house."""
    found = set()
    for number in client.house.read(lambda db: db.exec(select(Document.id)).all()):
        opened = {_status(one, f"/negotiations/{case}/documents/{number}{ending}") for ending in ("", ".pdf")}
        assert len(opened) == 1
        if opened == {200}:
            found.add(number or 0)
    return found


def _status(one: Program, address: str) -> int:
    response: Any = one.http.get(f"/api/v1{address}", headers=one.headers)
    assert response.status_code in (200, 404)
    return int(response.status_code)


def _enterprise(client: Client, person: int) -> int:
    answer: Answer = program(client, person).get("/me")
    number: int = answer.json["may_open"][0]["organisation"]["id"]
    return number
