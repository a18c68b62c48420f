"""A congress meeting over the API: its acts by the same table, and no split before the result is certified."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from tests.api.client import program
from tests.congress.ballots.room import ready
from tests.congress.cast import MEETING, SUZHOU, Cast, cast, opened, sheet
from tests.congress.test_closed_routes import build
from tests.web.client import Client

Today = Callable[[date], None]


@pytest.fixture
def scene(client: Client, today: Today) -> tuple[Cast, int, int]:
    """The meeting is open, the ballot not yet; 200 votes of 400 are exactly half, which the rule here can be read both ways on."""

    def stage(db: Session) -> tuple[Cast, int, int]:
        people = cast(db, SUZHOU)
        meeting, item = opened(db, people, roll=400)
        return people, meeting.id or 0, item.id or 0

    today(MEETING)
    return client.house.write(stage)


def test_a_ballot_is_counted_and_certified(client: Client, scene: tuple[Cast, int, int]) -> None:
    people, meeting, item = scene
    chair, teller, counter, employer = (program(client, p) for p in (people.zhao, people.chen, people.sun, people.wang))
    assert chair.get(f"/congress/{meeting}").act("open_ballot")["open"]
    chair.post(f"/congress/{meeting}/acts/open_ballot", {"item": item})
    chair.post(f"/congress/{meeting}/acts/close_ballot", {"item": item})
    early = chair.post(f"/congress/{meeting}/acts/certify", {"item": item}, status=409)
    assert early.reasons()
    row = type("Row", (), {"id": item})()
    numbers = sheet(row, 200, 50, 30)
    asked = {f["name"]: f for f in teller.get(f"/congress/{meeting}/acts/enter_count").json["fields"]}
    officer = asked["officer"]["options"][0]["value"]
    first = teller.post(f"/congress/{meeting}/acts/enter_count", {**numbers, "officer": officer}).json
    assert first["items"][0]["result"] is None and "200" not in employer.get(f"/congress/{meeting}").response.text
    counter.post(f"/congress/{meeting}/acts/enter_count", numbers)
    for answer in (
        employer.get(f"/congress/{meeting}"),
        employer.get(f"/congress/{meeting}/acts/certify"),
        employer.post(f"/congress/{meeting}/acts/certify", {"item": item}, status=409),
    ):
        assert "赞成" not in answer.response.text
    assert "赞成200票" in " ".join(chair.post(f"/congress/{meeting}/acts/certify", {"item": item}, status=409).reasons())
    decision = {"item": item, "passes": True, "reason": "半数以上"}
    short = chair.post(f"/congress/{meeting}/acts/decide_at_half", decision, status=422).json["errors"]
    assert short == {"reason": ["“理由”至少要写10个字。"]}
    chair.post(f"/congress/{meeting}/acts/decide_at_half", {**decision, "reason": "“半数以上”依民法典第一千二百五十九条包括本数。"})
    done = chair.post(f"/congress/{meeting}/acts/certify", {"item": item}).json
    assert done["items"][0]["passed"] is True and "200" in done["items"][0]["result"]
    assert employer.get(f"/congress/{meeting}").json["items"][0]["passed"] is True


def test_a_meeting_is_closed_to_strangers_and_to_the_superior_union_before_its_end(client: Client, scene: tuple[Cast, int, int]) -> None:
    people, meeting, item = scene
    superior = program(client, people.zhou)
    superior.get(f"/congress/{meeting}", status=404)
    superior.post(f"/congress/{meeting}/acts/open_ballot", {"item": item}, status=404)
    program(client, None).get(f"/congress/{meeting}", status=401)
    program(client, people.li).get(f"/congress/{meeting + 1}", status=404)
    program(client, people.li).post(f"/congress/{meeting}/acts/dance", {}, status=404)


def test_registers_and_papers_are_read_as_on_the_pages(client: Client, today: Today) -> None:
    today(MEETING)
    worker, people, others, ids = client.house.write(build)
    union, employer = program(client, people.li), program(client, people.wang)
    (paper, *_more) = union.get(f"/congress/{ids['{case_id}']}").json["papers"]
    assert (paper["received"], paper["members"]) == (0, 7)
    told = employer.get(f"/congress/{ids['{case_id}']}").json
    assert told["papers"][0]["received"] is None and [item["opinions"] for item in told["items"]] == [0]
    proposal = union.get(f"/congress/proposals/{ids['proposals']}").json
    assert proposal["proposer"] == "郑明" and proposal["handlings"] == [] and proposal["number"] is None
    employer.get(f"/congress/proposals/{ids['proposals']}", status=404)
    union.post(f"/congress/proposals/{ids['proposals']}/acts/file_proposal", {})
    assert employer.get(f"/congress/proposals/{ids['proposals']}").json["number"] == 1
    joint = employer.get(f"/congress/joint/{ids['joint']}").json
    assert joint["matter"] == "other" and joint["decision"] == "" and joint["acts"] == []
    union.post(f"/congress/disclosure/{ids['disclosure']}/acts/raise_remark", {"words": "请公开派遣人员的缴费情况。"})
    (remark,) = employer.get(f"/congress/disclosure/{ids['disclosure']}").json["remarks"]
    assert remark["by_union"] and remark["answered_on"] is None
    words = {"title": "增设充电桩", "subject": "welfare", "account": "停车场没有充电桩，职工不便。", "wish": "增设十个充电桩。"}
    proposal = {"term": ids["terms"], "proposer": proposal["proposer_id"], **words}
    assert "签名的提案表" in union.post("/congress/proposals", proposal, status=422).json["errors"]["evidence"][0]
    called = {
        "title": "春节调休",
        "matter": "other",
        "urgency": "节前要通知。",
        "authority": "授权决议",
        "place": "会议室",
        "held_on": "2026-12-02",
    }
    made = union.post("/congress/joint", {"term": ids["terms"], **called}, status=201)
    assert made.json["title"] == "春节调休" and made.response.headers["location"].endswith(f"/congress/joint/{made.json['id']}")
    union.post(f"/congress/joint/{made.json['id']}/acts/call_off", {"reason": "改在大会上讨论"})
    for name in ("proposals", "disclosure"):
        assert [line["id"] for line in union.get(f"/congress/{name}").json["items"]] == [ids[name]]
        for who in (others.li, worker):
            assert program(client, who).get(f"/congress/{name}").json["items"] == []
            program(client, who).get(f"/congress/{name}/{ids[name]}", status=404)


def test_a_round_is_shown_as_public_as_in_the_hall(client: Client) -> None:
    room = ready(client)
    for slip in range(6):
        assert room.vote(slip, (0, 1))["ok"]
    (shown,) = program(client, room.people.wang).get(f"/congress/{room.meeting}").json["rounds"]
    assert (shown["box"], shown["state"], shown["items"], shown["present"]) == ("e2e", "open", [1, 2], room.present)
    assert shown["fingerprint"] == room.election().fingerprint
    assert client.http.get(shown["export"]).text.startswith("congress-ballot/1\n")
    assert not {"cast", "hall_code", "votes"} & shown.keys()
