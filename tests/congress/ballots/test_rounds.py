"""A round of electronic ballots from the first key to the certified result, through the application, and its export by the verifier alone."""

import subprocess
import sys
from pathlib import Path

from congress import verify
from congress.ballots.terms import RoundState
from congress.terms import ItemState
from tests.congress.ballots.room import ready
from tests.web.client import Client


def test_a_round_is_voted_on_counted_certified_and_verified(client: Client, tmp_path: Path) -> None:
    room = ready(client)
    votes = [(0, 0), (0, 1), (0, 2), (0, 0), (0, 1), (1, 1), (0, 0), (2, 1)]
    for slip, choices in enumerate(votes):
        assert room.vote(slip, choices)["ok"], slip
    assert room.vote(5, (0, 1), counter=1)["ok"]
    assert room.round().state == RoundState.OPEN
    room.close()
    room.share(1, 3)
    room.count(unused=2)
    room.certify()

    assert room.round().state == RoundState.CERTIFIED
    assert [item.state for item in room.items()] == [ItemState.CERTIFIED] * 2
    told = client.http.get(f"/v/{room.hall}/now").json()
    assert [(one["votes"], one["passed"]) for one in told["results"]] == [([7, 0, 1], True), ([3, 4, 1], False)]
    exported = tmp_path / "round.txt"
    exported.write_bytes(room.board())
    done = subprocess.run([sys.executable, "-I", verify.__file__, str(exported)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
