"""A congress meeting over the API: its acts by the same table, and no split before the result is certified."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from tests.api.client import program
from tests.congress.cast import MEETING, SUZHOU, Cast, cast, opened, sheet
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
