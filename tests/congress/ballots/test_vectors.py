"""The vectors are made by us, by both ways to the group and by the voter's script, and checked by the verifier that shares no code."""

import hashlib
from typing import Any

import pytest

from congress import verify
from congress.ballots.e2e import export, groups
from congress.ballots.e2e.board import Entry, Kind
from congress.ballots.e2e.encoding import Rejected
from tests.congress.ballots import script, vectors
from tests.congress.ballots.cast import Hall, verified, voted

STORED = vectors.stored()


@pytest.fixture(scope="module")
def hall() -> Hall:
    return voted()


def test_the_vectors_are_what_we_make() -> None:
    assert vectors.made(STORED) == STORED


def test_the_python_group_makes_the_same_case() -> None:
    assert vectors.case(STORED["case"], groups.Python()) == STORED["case"]


def test_the_python_group_makes_the_same_board(hall: Hall) -> None:
    assert voted(groups.Python()).exported() == hall.exported()


def test_the_voters_script_makes_the_same_hashes_slips_and_ballots() -> None:
    case = STORED["case"]
    answer = script.produced({"hashes": STORED["hashes"], "slips": STORED["slips"], "election": script.voters(case)})
    assert answer["canVote"] and answer["refused"] == 5
    assert answer["hashes"] == [{"H": one["H"], "Hs": one["Hs"]} for one in STORED["hashes"]]
    assert answer["slips"] == [
        {**{key: one[key] for key in ("sk", "pk", "number")}, "seed": one["hedged"]["seed"]} for one in STORED["slips"]
    ]
    assert (answer["HE"], answer["shown"]) == (case["HE"], case["shown"])
    assert [one["bytes"] for one in answer["ballots"]] == case["ballots"]
    assert [one["HB"] for one in answer["ballots"]] == case["HB"]
    assert [one["tracker"] for one in answer["ballots"]] == case["trackers"]
    for one, key, seed, votes, counter in zip(
        answer["ballots"], case["creds"], case["seeds"], case["votes"], case["counters"], strict=True
    ):
        assert one["challenge"] == one["HB"] + key + f"{counter:08x}" + seed + bytes(votes).hex()
        assert verify.unspelt(one["base64"]).hex() == one["bytes"]


@pytest.mark.parametrize("only_python", [False, True])
def test_the_stored_board_verifies_without_us(only_python: bool) -> None:
    """The file is put together here from the vectors alone."""
    board = STORED["board"]
    lines = [f"{one['type']} {verify.spelt(bytes.fromhex(one['payload']))}" for one in board["entries"]]
    last = f"head {len(lines) - 1} {verify.spelt(bytes.fromhex(board['heads'][-1]))} {verify.spelt(bytes.fromhex(board['signature']))}"
    data = "\n".join(["congress-ballot/1", *lines, last, ""]).encode()
    assert hashlib.sha256(data).hexdigest() == board["sha256"]
    code, said = verified(
        data, *["--python"][: int(only_python)], *(f"--head={verify.spelt(bytes.fromhex(one))}" for one in board["heads"])
    )
    assert code is None, said
    assert [line.split()[1] for line in said[:15]] == ["ok"] * 15


def test_the_hashes_of_the_verifier_are_those_of_the_vectors() -> None:
    for one in STORED["hashes"]:
        parts = [bytes.fromhex(part) if isinstance(part, str) else bytes.fromhex(part["repeat"]) * part["times"] for part in one["parts"]]
        assert verify.hashed(one["tag"], *parts).hex() == one["H"]
        assert verify.hashed_scalar(one["tag"], *parts).to_bytes(32, "little").hex() == one["Hs"]


@pytest.mark.parametrize("one", STORED["rejected"], ids=lambda one: one["name"])
def test_what_is_false_is_rejected_for_the_same_reason_by_both(one: dict[str, Any], hall: Hall) -> None:
    data = vectors.exported(hall, one["edits"], one["rechained"])
    with pytest.raises(Rejected) as refused:
        export.check(data)
    code, said = verified(data)
    assert (refused.value.code, code) == (one["code"], one["code"]), said[-1]


def test_a_false_ballot_leaves_the_board_as_it_was(hall: Hall) -> None:
    board = Hall().board
    before = (list(board.entries), list(board.heads), dict(board.counters))
    false = [edit["payload"] for one in STORED["rejected"] for edit in one["edits"] if edit.get("set") == 13 and "payload" in edit]
    assert len(false) > 20
    for payload in false:
        with pytest.raises(Rejected):
            board.append(Entry(Kind.BALLOT, bytes.fromhex(payload)))
    assert (board.entries, board.heads, board.counters) == before and not board.counted
