"""Whatever byte of an exported election is changed, it is rejected: by a chain that breaks or, where the server itself cheats, by the proofs."""

import pytest

from congress.ballots.e2e import export
from congress.ballots.e2e.board import Entry, Kind
from congress.ballots.e2e.encoding import Rejected
from tests.congress.ballots.cast import Hall, rechained, verified, voted

EVERY = 37
"""Bytes of the file between two that are changed; the signed head at the end is changed in each byte."""
BETWEEN = 223
"""The same in payloads whose chain the server makes anew: there each change costs a whole verification."""


@pytest.fixture(scope="module")
def hall() -> Hall:
    return voted()


def is_rejected(data: bytes) -> bool:
    try:
        export.check(data)
        by_us = None
    except Rejected as error:
        by_us = error.code.value
    by_verifier, _ = verified(data)
    assert (by_us is None) == (by_verifier is None), (by_us, by_verifier)
    return by_us is not None


def test_a_changed_file_is_rejected(hall: Hall) -> None:
    data = hall.exported()
    assert not is_rejected(data)
    for turn, at in enumerate([*range(0, len(data), EVERY), *range(len(data) - 160, len(data))]):
        flip = (1, 2, 4, 16, 32)[turn % 5]
        assert is_rejected(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]), f"byte {at}"


def test_a_file_cut_or_lengthened_is_rejected(hall: Hall) -> None:
    data = hall.exported()
    lines = data.split(b"\n")
    for changed in (
        b"",
        data[:-1],
        data + b"\n",
        data + b" ",
        b"\n" + data,
        data[: len(data) // 2],
        data * 2,
        data.replace(b"\n", b"\r\n"),
    ):
        assert is_rejected(changed)
    for number in range(len(lines) - 1):
        assert is_rejected(b"\n".join(lines[:number] + lines[number + 1 :])), f"without line {number}"
        assert is_rejected(b"\n".join([*lines[: number + 1], *lines[number:]])), f"line {number} twice"


def test_what_a_cheating_server_changes_is_rejected(hall: Hall) -> None:
    """Only the encrypted shares of the ceremony are nobody's to check but their receivers': of them speaks the head that tellers saw."""
    entries = hall.board.entries
    for seq, entry in enumerate(entries):
        if entry.kind is Kind.CEREMONY and entry.payload[0] == 3:
            continue
        for at in range(seq % 7, len(entry.payload), BETWEEN if len(entry.payload) > BETWEEN else 11):
            payload = entry.payload[:at] + bytes([entry.payload[at] ^ (1 << (at + seq) % 8)]) + entry.payload[at + 1 :]
            changed = rechained([*entries[:seq], Entry(entry.kind, payload), *entries[seq + 1 :]], hall.server)
            assert is_rejected(changed), f"entry {seq} byte {at}"


def test_shares_changed_afterwards_show_in_the_heads(hall: Hall) -> None:
    entries, seen = hall.board.entries, hall.board.heads[-1]
    payload = entries[7].payload[:-1] + b"\0"
    changed = rechained([*entries[:7], Entry(Kind.CEREMONY, payload), *entries[8:]], hall.server)
    assert verified(changed)[0] is None
    assert verified(changed, f"--head={export.to_base64(seen)}")[0] == "chain"
    assert verified(hall.exported(), f"--head={export.to_base64(seen)}")[0] is None
