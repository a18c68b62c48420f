"""Elections of several seats: candidates ranked by the votes for them, with the rule's threshold; a tie for the last seat elects nobody."""

from typing import Any

import pytest

from congress.ballots.elections import ranked
from congress.models import Item, Result
from tests.congress.ballots.room import Room, prepared
from tests.web.client import Client


def candidate(number: int, votes: int) -> tuple[Item, Result]:
    item: dict[str, Any] = {"number": number}
    result: dict[str, Any] = {"in_favour": votes, "passed": votes > 50}
    return Item(**item), Result(**result)


@pytest.mark.parametrize(
    ("votes", "seats", "standing"),
    [
        ((80, 70, 60), 2, "elected elected not_elected"),
        ((60, 80, 70), 2, "not_elected elected elected"),
        ((80, 70, 70), 2, "elected tied tied"),
        ((80, 80, 70), 2, "elected elected not_elected"),
        ((80, 50, 40), 2, "elected not_elected not_elected"),
        ((70, 70), 1, "tied tied"),
        ((70, 70), 2, "elected elected"),
        ((50, 40), 3, "not_elected not_elected"),
    ],
)
def test_candidates_are_ranked(votes: tuple[int, ...], seats: int, standing: str) -> None:
    found = [candidate(number, count) for number, count in enumerate(votes, start=1)]
    assert list(ranked(found, seats).values()) == standing.split()


def test_a_plain_box_holds_voters_to_the_seats(client: Client) -> None:
    room: Room = prepared(client, "plain", seats=1)
    room.open()
    assert room.vote(0, (0, 0))["refused"] == "too-many"
    for slip in range(1, 10):
        assert room.vote(slip, (0, 1) if slip < 9 else (1, 0))["ok"]
    room.close()
    room.count(unused=3)
    room.certify()
    page = room.client.as_(room.people.zhao).get(f"/congress/{room.meeting}/rounds/1")
    assert "当选" in page.text and "未当选" in page.text
