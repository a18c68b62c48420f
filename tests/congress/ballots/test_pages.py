"""The pages of those who conduct the rounds, and what they print."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from congress.ballots.models import BallotRound, KeyCeremony
from congress.ballots.secrecy import notice
from congress.ballots.terms import SlipState
from tests.congress.ballots.room import Room


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_round_is_conducted_from_its_page(room: Room) -> None:
    for slip in range(4):
        room.vote(slip, (0, 1))
    page = room.client.as_(room.people.zhao).get(f"/congress/{room.meeting}/rounds")
    assert f"会场码{room.round().hall_code}" in page.text and "已经投票不到十张" in page.text
    assert f"/congress/{room.meeting}/round-end?round={room.round().id}" in page.links()
    room.client.as_(room.tellers[0]).get(f"/congress/{room.meeting}/rounds/1")
    for outsider in (room.people.wang, room.people.zhou):
        for address in ("rounds", "rounds/1", "pins.pdf"):
            room.client.as_(outsider).get(f"/congress/{room.meeting}/{address}", status=404)


def test_pins_are_printed_for_the_union_alone(room: Room) -> None:
    room.client.as_(room.tellers[0]).get(f"/congress/{room.meeting}/pins.pdf", status=404)
    printed = room.client.as_(room.people.li).http.get(f"/congress/{room.meeting}/pins.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    assert all(f"{pin[:3]} {pin[3:]}" in words(printed.content) for pin in room.pins)


def test_plain_slips_are_printed_once_and_kept_nowhere(room: Room) -> None:
    if room.round().box != "plain":
        return
    before = len(room.slips_in(SlipState.PRINTED))
    printed = room.client.as_(room.people.li).send(f"/congress/{room.meeting}/slips/plain", {"count": 3})
    added = len(room.slips_in(SlipState.PRINTED)) - before
    text = words(printed.content)
    assert added == 3 and sum(slip.number in text for slip in room.slips_in(SlipState.PRINTED)) == 3
    assert room.client.as_(room.people.li).send(f"/congress/{room.meeting}/slips/plain", {"count": 0}).status_code == 422


@pytest.mark.parametrize(
    ("box", "k", "told", "untold"),
    [
        ("e2e", 2, ["只有3名监票人中的2人一起", "2名监票人合谋"], ["没有加密"]),
        ("e2e", 1, ["钥匙只在一个人手里"], ["合谋"]),
        ("plain", 2, ["没有加密", "不能重新计票", "能看出某张选票条选了什么"], ["任何人都能核验"]),
        ("hands", 2, ["不保密"], ["PIN码"]),
    ],
)
def test_delegates_are_told_what_is_kept_secret_and_what_is_not(box: str, k: int, told: list[str], untold: list[str]) -> None:
    round = BallotRound(meeting_id=1, number=1, title="第一轮", box=box)
    said = "".join(map(str, notice(round, KeyCeremony(meeting_id=1, number=1, k=k, n=2 * k - 1, server_key=""))))
    assert all(one in said for one in told) and not any(one in said for one in untold)
