"""What a teller's browser makes and refuses is what the protocol's Python halves make and refuse."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congress.ballots.e2e import keys
from congress.ballots.e2e.board import STEPS, Entry, Kind, Receipt, Step
from congress.ballots.e2e.encoding import to_base64, u32
from tests.congress.ballots import script, vectors
from tests.congress.ballots.cast import CONGRESS, ITEMS, TELLERS, Hall, rechained, seed, voted

STORED = vectors.stored()
CASE = STORED["case"]
EARLY = {
    "length",
    "version",
    "election",
    "credential",
    "point",
    "scalar-range",
    "sig",
    "or",
    "one",
    "manifest",
    "commit",
    "pok",
    "order",
    "chain",
}
"""What is found before a board has been counted to its end."""
LATE = ("a re-vote with the counter of before", "a key written twice in the manifest", "a part's response changed")


def chosen() -> list[dict[str, Any]]:
    first = {one["code"]: one for one in reversed(STORED["rejected"]) if one["code"] in EARLY}
    return [*first.values(), *(one for one in STORED["rejected"] if one["name"] in LATE)]


def box(votes: int, min_ballots: int = 5) -> Hall:
    hall = Hall(items=ITEMS[:1], min_ballots=min_ballots)
    for slip in range(votes):
        hall.vote(slip, (0,))
    return hall


RECEIPTS: tuple[dict[str, Any], ...] = ({}, {"tracker": "AAAAA"}, {"seq": 8}, {"head": bytes(32)}, {"signature": bytes(64)})
"""As given, and with one thing in it changed."""


def shown_receipt(receipt: Receipt, **change: Any) -> dict[str, Any]:
    held = {"tracker": receipt.tracker, "seq": receipt.seq, "head": receipt.head, "signature": receipt.signature, **change}
    return {name: to_base64(value) if isinstance(value, bytes) else value for name, value in held.items()}


def published(hall: Hall, **change: str) -> dict[str, Any]:
    """What a telephone asks the server for."""
    board, of = hall.board, hall.election
    steps = [entry.payload for entry in board.entries if entry.kind is Kind.CEREMONY]
    reveals = [to_base64(step[3:]) for step in steps if step[0] == STEPS.index(Step.REVEAL)]
    sent = {"manifest": to_base64(of.manifest), "credentials": [to_base64(one) for one in of.credentials], "reveals": reveals}
    return {**sent, "ceremony": to_base64(steps[0][1:]), **change}


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    """A server that cheats leaves the last of six ballots out."""
    hall, six, few = voted(), box(6), box(5, min_ballots=6)
    short = rechained([*six.board.entries[:-1], Entry(Kind.CLOSE, u32(5))], six.server)
    asked = box(0)
    receipt = asked.vote(7, (1,))
    another = keys.Ceremony.of(CONGRESS, TELLERS, 2, Ed25519PrivateKey.generate().public_key().public_bytes_raw()).manifest
    six.close()
    few.close()
    shown = [(few.exported(), []), (six.exported(), []), (short, []), (six.exported(), [seed("another head")])]
    return script.told(
        {
            "case": {key: CASE[key] for key in ("HM", "HE", "k", "ballots")}
            | {"seeds": CASE["trustee_seeds"], "shape": [3] * CASE["items"]},
            "boards": [hall.exported().decode(), *(vectors.exported(hall, one["edits"], one["rechained"]).decode() for one in chosen())],
            "opening": {
                "teller": 1,
                "seed": seed("teller 1").hex(),
                "boards": [{"text": text.decode(), "seen": [head.hex() for head in seen]} for text, seen in shown],
            },
            "published": [
                {"sent": sent, "of": receipt.tracker, "shown": [shown_receipt(receipt, **change) for change in RECEIPTS]}
                for sent in (published(asked), published(asked, ceremony=to_base64(another)))
            ],
        }
    )


@pytest.mark.parametrize(
    "part",
    ["reveals", "commitments", "fingerprint", "spoken", "shares", "z", "share_pub", "Y", "aggregate", "parts", "opened", "result"],
)
def test_the_tellers_script_makes_the_bytes_of_the_vectors(part: str, answer: dict[str, Any]) -> None:
    assert answer["made"][part] == CASE[part]


def test_the_tellers_script_rejects_what_is_false_for_the_same_reason(answer: dict[str, Any]) -> None:
    wanted = [("", None), *((one["name"], one["code"]) for one in chosen())]
    assert [(name, code) for (name, _), code in zip(wanted, answer["codes"], strict=True)] == wanted


def test_the_tellers_script_opens_one_sum_only_of_a_board_that_it_saw_growing(answer: dict[str, Any]) -> None:
    six = box(6)
    six.close()
    assert answer["opened"] == ["few", six.tellers[0].open(six.board.entries, b"").hex(), "second", "chain"]


def test_a_telephone_takes_only_the_receipt_of_its_ballot_under_the_key_that_the_tellers_vouch_for(answer: dict[str, Any]) -> None:
    assert answer["receipts"] == [[True, False, False, False, False], "pok"]
