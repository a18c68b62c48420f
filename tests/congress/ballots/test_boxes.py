"""What holds of both boxes: one slip, one ballot, whatever happens at the same time; and no answer tells anything."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import func, select

from congress.ballots.models import BallotTotal, BoardEntry, CastMark, Slip
from congress.ballots.terms import RoundState
from tests.congress.ballots.room import Room
from web.pages.voting import LENGTH


def made(room: Room, slip: int, votes: tuple[int, int] = (0, 1), **other: Any) -> dict[str, Any]:
    return room.sealed(slip, votes, **other) if room.round().box == "e2e" else room.plain(slip, votes, **other)


def stored(room: Room) -> tuple[int, int]:
    """Marks, and what lies in the box."""

    def count(db: Any) -> tuple[int, int]:
        marks = db.exec(select(func.count()).select_from(CastMark)).one()
        sealed = db.exec(select(func.count()).select_from(BoardEntry).where(BoardEntry.kind == "ballot")).one()
        votes = [total.votes for total in db.exec(select(BallotTotal))]
        return marks, sealed or sum(votes) // 2

    return room.client.house.read(count)


def refused(room: Room, content: dict[str, Any]) -> str:
    answer: dict[str, Any] = room.post(content).json()
    assert not answer["ok"]
    return str(answer["refused"])


def test_a_slip_votes_once_whatever_is_sent_at_the_same_time(room: Room) -> None:
    contents = [made(room, 0, (vote % 3, 0)) for vote in range(50)]
    with ThreadPoolExecutor(16) as many:
        answers = [response.json() for response in many.map(room.post, contents)]
    assert [a["ok"] for a in answers].count(True) == 1
    assert {a["refused"] for a in answers if not a["ok"]} == {"repeated"}
    assert stored(room) == (1, 1)


def test_the_box_is_closed_to_what_comes_while_it_closes(room: Room) -> None:
    contents = [made(room, slip) for slip in range(9)]
    with ThreadPoolExecutor(6) as many:
        first = [many.submit(room.post, content) for content in contents[:5]]
        closing = many.submit(room.close)
        rest = [many.submit(room.post, content) for content in contents[5:]]
        answers = [one.result().json() for one in [*first, *rest]]
        closing.result()
    taken = sum(a["ok"] for a in answers)
    assert {a["refused"] for a in answers if not a["ok"]} <= {"closed"}
    assert stored(room) == (taken, taken)
    assert refused(room, made(room, 10)) == "closed"


def test_no_more_ballots_than_members_were_present(room: Room) -> None:
    assert [room.vote(slip, (0, 0))["refused"] for slip in range(12)] == [None] * 11 + ["full"]


def test_every_answer_is_as_long_as_any_other(room: Room) -> None:
    answers = [room.post(made(room, 1, votes)) for votes in ((0, 0), (1, 1), (2, 2))]
    answers += [room.post(made(room, 2, code="000000")), room.post({}), room.post(made(room, 2, pin="0"))]
    assert {len(a.content) for a in answers} == {LENGTH}
    assert {a.headers["cache-control"] for a in answers} == {"no-store"}
    assert all("set-cookie" not in a.headers for a in answers)


def test_hall_code_and_pin_are_asked_for(room: Room) -> None:
    assert refused(room, made(room, 3, code=f"{(int(room.round().hall_code) + 1) % 10**6:06d}")) == "code"
    assert refused(room, made(room, 3, pin="12")) == "pin"
    assert room.vote(3, (0, 0))["ok"]
    assert refused(room, made(room, 4, pin=room.pins[3])) == "pin", "a PIN belongs to the slip it was first used with"
    assert stored(room)[0] == 1


def test_a_slip_has_five_tries(room: Room) -> None:
    assert [refused(room, made(room, 5, pin="12")) for _ in range(6)] == ["pin"] * 5 + ["locked"]
    assert refused(room, made(room, 5)) == "locked"


def test_a_slip_that_came_back_or_was_exchanged_votes_no_more(room: Room) -> None:
    numbers = room.client.house.read(lambda db: {slip.key: slip.number for slip in db.exec(select(Slip))})
    key = room.key if room.round().box == "e2e" else room.plain_key
    room.does(room.people.li, "void-slips", numbers=numbers[key(room.codes[6])])
    room.does(room.people.li, "exchanged-slip", number=numbers[key(room.codes[7])])
    assert refused(room, made(room, 6)) == "slip"
    assert refused(room, made(room, 7)) == "on-paper"
    assert room.vote(8, (0, 0))["ok"]
    assert "已经投过票" in room.may_not(room.people.li, "void-slips", numbers=numbers[key(room.codes[8])])


def test_numbers_that_do_not_come_out_are_not_counted(room: Room) -> None:
    for slip in range(8):
        room.vote(slip, (0, 1))
    room.close()
    if room.round().box == "e2e":
        room.share(1, 2)
    one = room.round().id
    assert "投出8张（其中纸票0张），多于发出" in room.may_not(room.tellers[0], "round-count", round=one, unused=6)
    assert "多于实到11人" in room.may_not(room.tellers[0], "round-count", round=one, unused=0)
    room.count(unused=3)
    assert room.round().state == RoundState.COUNTED
    room.certify()
    told = room.client.http.get(f"/v/{room.hall}/now").json()["results"]
    assert [one["votes"] for one in told] == [[8, 0, 0], [0, 8, 0]]


def test_too_few_ballots_are_not_opened(room: Room) -> None:
    room.vote(0, (0, 1))
    room.close()
    assert "少于5张" in room.may_not(room.tellers[0], "round-count", 409, round=room.round().id, unused=5)
    room.does(room.people.zhao, "void-round", round=room.round().id, reason="投票的太少", again="true")
    assert Counter(item.state for item in room.items()) == {"prepared": 2}


def test_progress_is_coarse_and_says_nothing_of_the_choice(room: Room) -> None:
    told = []
    for slip in range(11):
        told.append(room.client.http.get(f"/v/{room.hall}/now").json()["round"]["cast"])
        room.vote(slip, (0, slip % 3))
    assert told == [None] * 10 + [90]


@pytest.mark.parametrize(
    "content", [{"ballot": "!"}, {"ballot": "AAAA"}, {"slip": 1, "choices": []}, {"slip": "A" * 26, "choices": [0, 9]}, []]
)
def test_rubbish_is_refused_like_anything_else(room: Room, content: Any) -> None:
    assert refused(room, content) == "ballot"
