"""Makes tests/vectors/congress-ballot-1.json from its inputs: `.venv/bin/python -m tests.congress.ballots.vectors`.

What the file holds for another implementation to make is made here by `congress.ballots.e2e`; the tests compare, and check it by other ways.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from congress.ballots.e2e import ballot, keys, tally
from congress.ballots.e2e.ballot import Ballot, Election, Opening
from congress.ballots.e2e.board import STEPS, Entry, Kind, Step, signed_words
from congress.ballots.e2e.encoding import ORDER, digest, enc, scalar_bytes, to_scalar, u16, u32
from congress.ballots.e2e.groups import IDENTITY, Group, best
from tests.congress.ballots.cast import CONGRESS, Hall, rechained, sealed, seed, voted

FILE = Path(__file__).parents[2] / "vectors" / "congress-ballot-1.json"
SAMPLES = (
    ("t", (b"", b"\0", b"\xff" * 40)),
    ("t", ()),
    ("ballot", (b"",)),
    ("ballot", (b"", b"")),
    ("manifest", ("{“大会”:1}".encode(),)),
    ("creds", (bytes(range(256)) * 257,)),
)


def stored() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text())
    return content


def made(inputs: dict[str, Any], group: Group | None = None) -> dict[str, Any]:
    """The whole file, from what it says of seeds, votes and bad encodings."""
    group = group or best()
    return {
        "protocol": "congress-ballot/1",
        "group": {"multiples": [group.base(n).hex() for n in range(16)], "bad": inputs["group"]["bad"]},
        "hashes": [_sample(tag, parts) for tag, parts in SAMPLES],
        "slips": [_slip(i, group) for i in range(3)],
        "case": case(inputs["case"], group),
        "board": _board(voted()),
        "rejected": [_written(one) for one in rejections(voted())],
    }


def _sample(tag: str, parts: Sequence[bytes]) -> dict[str, Any]:
    """Long parts are told by their hash."""
    whole = enc(tag, *parts)
    return {
        "tag": tag,
        "parts": [part.hex() if len(part) < 1000 else {"repeat": part[:256].hex(), "times": len(part) // 256} for part in parts],
        "enc": whole.hex() if len(whole) < 1000 else {"sha256": hashlib.sha256(whole).hexdigest(), "length": len(whole)},
        "H": digest(tag, *parts).hex(),
        "Hs": scalar_bytes(to_scalar(tag, *parts)).hex(),
    }


def _slip(i: int, group: Group) -> dict[str, Any]:
    slip, random, votes = seed(f"slip {i}", 16), seed(f"random {i}"), [i, 0, 2][: i + 1]
    secret = ballot.credential_secret(CONGRESS, slip)
    credential = group.base(secret)
    return {
        "congress": CONGRESS,
        "slip": slip.hex(),
        "sk": scalar_bytes(secret).hex(),
        "pk": credential.hex(),
        "number": ballot.slip_number(credential),
        "hedged": {
            "random": random.hex(),
            "counter": i,
            "votes": votes,
            "seed": ballot.hedged_seed(random, secret, i, votes).hex(),
        },
    }


def case(given: dict[str, Any], group: Group) -> dict[str, Any]:
    """Keys, ballots and a count of a reduced election, whose one manifest serves as that of the ceremony and of the round."""
    manifest, seeds = given["manifest"].encode(), [bytes.fromhex(one) for one in given["trustee_seeds"]]
    of = keys.Parameters(keys.manifest_digest(manifest), given["k"], len(seeds))
    everyone = range(1, of.n + 1)
    shown = {i: keys.reveal(of, i, seeds[i - 1], group) for i in everyone}
    sent = {i: keys.shares(of, i, seeds[i - 1], shown, group) for i in everyone}
    z = {i: keys.secret_share(of, i, seeds[i - 1], shown, sent, group) for i in everyone}
    secrets = [int.from_bytes(bytes.fromhex(one), "little") for one in given["sks"]]
    election = Election(manifest, keys.joint_key(shown, group), tuple(sorted(map(group.base, secrets))), (3,) * given["items"])
    ballots = [
        Ballot(ballot.make(election, secret, votes, counter, bytes.fromhex(one), group), election)
        for secret, votes, counter, one in zip(secrets, given["votes"], given["counters"], given["seeds"], strict=True)
    ]
    totals = tally.aggregate(ballots, election.ciphertexts, group)
    parts = {i: tally.parts(election.digest, i, z[i], totals, group=group) for i in everyone}
    points = tally.opened(totals, {i: [one[:32] for one in tally.read_parts(parts[i], len(totals))[1]] for i in (1, 3)}, of.k, group)
    logs = tally.discrete_logs(points, len(ballots), group)
    return {
        **{key: given[key] for key in ("shape", "manifest", "k", "items", "trustee_seeds", "sks", "votes", "counters", "seeds")},
        "HM": of.manifest.hex(),
        "reveals": {str(i): bytes(one).hex() for i, one in shown.items()},
        "coef_commitments": {str(i): [point.hex() for point in one.points] for i, one in shown.items()},
        "commitments": {str(i): keys.commitment(of, i, one).hex() for i, one in shown.items()},
        "fingerprint": keys.fingerprint(shown).hex(),
        "spoken": keys.spoken(keys.fingerprint(shown)),
        "shares": {str(i): one.hex() for i, one in sent.items()},
        "z": {str(i): scalar_bytes(one).hex() for i, one in z.items()},
        "share_pub": {str(i): keys.public_share(of, i, shown, group).hex() for i in everyone},
        "Y": election.key.hex(),
        "HE": election.digest.hex(),
        "shown": election.fingerprint,
        "creds": [group.base(secret).hex() for secret in secrets],
        "ballots": [one.data.hex() for one in ballots],
        "HB": [one.digest.hex() for one in ballots],
        "trackers": [one.tracker for one in ballots],
        "aggregate": [[a.hex(), b.hex()] for a, b in totals],
        "parts": {str(i): one.hex() for i, one in parts.items()},
        "opened": [point.hex() for point in points],
        "result": [list(one) for one in tally.result(logs, election.shape, len(ballots)).totals],
    }


def _board(hall: Hall) -> dict[str, Any]:
    board = hall.board
    return {
        "server_seed": seed("server").hex(),
        "entries": [{"type": entry.kind.value, "payload": entry.payload.hex()} for entry in board.entries],
        "heads": [head.hex() for head in board.heads],
        "signature": hall.server.sign(signed_words(len(board.entries) - 1, board.head)).hex(),
        "HE": board.election.digest.hex(),
        "counted": [one.tracker for one in board.counted],
        "sha256": hashlib.sha256(hall.exported()).hexdigest(),
    }


# Rejections: each is the board above with one thing changed, the chain made anew and signed unless it says otherwise


class Rejection:
    """`edits` are made one after the other."""

    def __init__(self, name: str, code: str, *edits: dict[str, Any], rechained: bool = True) -> None:
        self.name, self.code, self.edits, self.rechained = name, code, edits, rechained


def edited(entries: Sequence[Entry], edits: Sequence[dict[str, Any]]) -> list[Entry]:
    made = list(entries)
    for edit in edits:
        match edit:
            case {"set": seq, "at": at, "bytes": hexed}:
                data, old = bytes.fromhex(hexed), made[seq].payload
                made[seq] = Entry(made[seq].kind, old[:at] + data + old[at + len(data) :])
            case {"set": seq, "payload": hexed}:
                made[seq] = Entry(made[seq].kind, bytes.fromhex(hexed))
            case {"insert": seq, "type": kind, "payload": hexed}:
                made.insert(seq, Entry(Kind(kind), bytes.fromhex(hexed)))
            case {"remove": seq}:
                del made[seq]
            case {"move": [old_seq, new_seq]}:
                made.insert(new_seq, made.pop(old_seq))
    return made


def _written(one: Rejection) -> dict[str, Any]:
    return {"name": one.name, "code": one.code, "rechained": one.rechained, "edits": list(one.edits)}


def _replace(seq: int, payload: bytes) -> dict[str, Any]:
    return {"set": seq, "payload": payload.hex()}


def _insert(seq: int, kind: Kind, payload: bytes) -> dict[str, Any]:
    return {"insert": seq, "type": kind.value, "payload": payload.hex()}


def rejections(hall: Hall) -> list[Rejection]:
    entries = hall.board.entries
    return [*_false_ballots(hall), *_false_boards(hall, entries), *_false_ceremonies(entries), *_false_counts(entries)]


class Forger:
    """Makes false ballots of the slip that voted first, as its holder with a device of his own could."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.of, self.group = hall, hall.election, hall.group
        self.first = next(seq for seq, entry in enumerate(hall.board.entries) if entry.kind is Kind.BALLOT)
        self.ballot = Ballot(hall.board.entries[self.first].payload, self.of)
        self.opening = Opening(hall.credentials[0], 0, seed("ballot 0 0 "), (0, 0))
        self.proofs_at = ballot.HEADER + ballot.CIPHERTEXT * self.of.ciphertexts

    def signed(self, body: bytes) -> bytes:
        return ballot.sign(body, self.hall.secrets[0], self.opening.seed, self.group)

    def with_bytes(self, at: int, data: bytes) -> bytes:
        body = self.ballot.body
        return self.signed(body[:at] + data + body[at + len(data) :])

    def marked(self, *marks: Sequence[int]) -> bytes:
        nonce = ballot.nonces(self.of, self.opening)
        return ballot.assemble(self.of, self.hall.secrets[0], self.opening, marks, nonce, self.group)

    def sharing_a_nonce(self, with_slip: int) -> bytes:
        """All in order, but the first ciphertext is made with the same r as one of another ballot."""
        other = Opening(self.hall.credentials[with_slip], 0, seed(f"ballot {with_slip} 0 "), (0, 0))
        own, its = ballot.nonces(self.of, self.opening), ballot.nonces(self.of, other)

        def nonce(label: bytes, i: int, j: int) -> int:
            return (its if (label, i, j) == (b"r", 0, 0) else own)(label, i, j)

        return ballot.assemble(self.of, self.hall.secrets[0], self.opening, [[1, 0, 0], [1, 0, 0]], nonce, self.group)


def _false_ballots(hall: Hall) -> list[Rejection]:
    forger = Forger(hall)
    first, data, proofs_at = forger.first, forger.ballot.data, forger.proofs_at
    body, scalars = forger.ballot.body, forger.ballot.scalars
    twenty = bytes([20]) + bytes(31)
    header = ballot.HEADER
    no_square = bytes.fromhex("26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371")
    prime = (2**255 - 19).to_bytes(32, "little")
    order_added = (int.from_bytes(scalars[2], "little") + ORDER).to_bytes(32, "little")
    later = hall.board.entries[first + 8].payload
    changes: list[tuple[str, str, bytes]] = [
        ("a byte short", "length", data[:-1]),
        ("a byte long", "length", data + b"\0"),
        ("empty", "length", b""),
        ("another version", "version", forger.with_bytes(0, b"\2")),
        ("of another election", "election", forger.with_bytes(1, digest("election", b"another"))),
        ("of a credential that is not on the roll", "credential", forger.with_bytes(33, hall.group.base(5))),
        ("a ciphertext is the identity", "point", forger.with_bytes(header, IDENTITY)),
        ("a ciphertext has its highest bit set", "point", forger.with_bytes(header + 31, bytes([data[header + 31] | 128]))),
        ("a ciphertext is no point", "point", forger.with_bytes(header + 32, no_square)),
        ("a ciphertext is not canonical", "point", forger.with_bytes(header, prime)),
        ("a challenge is 0", "scalar-range", forger.with_bytes(proofs_at, bytes(32))),
        ("a response is the order", "scalar-range", forger.with_bytes(proofs_at + 64, ORDER.to_bytes(32, "little"))),
        ("a response is written with the order added", "scalar-range", forger.with_bytes(proofs_at + 64, order_added)),
        ("a challenge of another choice", "or", forger.with_bytes(proofs_at, scalars[4])),
        ("a response changed", "or", forger.with_bytes(proofs_at + 64, twenty)),
        ("challenges changed by turns", "or", forger.with_bytes(proofs_at, _shifted(scalars[0], 1) + _shifted(scalars[1], -1))),
        ("two choices of an item exchanged", "or", forger.with_bytes(header, data[133:197] + data[69:133])),
        ("two items exchanged", "or", forger.with_bytes(header, data[261:453] + data[69:261])),
        ("the ciphertexts of another ballot", "or", forger.with_bytes(header, later[header:proofs_at])),
        ("a choice marked twice", "or", forger.marked([2, 0, 0], [1, 0, 0])),
        ("a choice marked negatively", "or", forger.marked([1, 1, -1], [1, 0, 0])),
        ("two choices for an item", "one", forger.marked([1, 1, 0], [1, 0, 0])),
        ("no choice for an item", "one", forger.marked([1, 0, 0], [0, 0, 0])),
        ("a proof of one choice changed", "one", forger.with_bytes(proofs_at + 3 * ballot.CHOICE_PROOF + 32, twenty)),
        ("signed with another slip", "sig", ballot.sign(body, hall.secrets[1], bytes(32), hall.group)),
        ("the signature of another ballot", "sig", body + hall.board.entries[first + 1].payload[-64:]),
        ("a signature out of range", "scalar-range", data[:-32] + bytes(32)),
        ("the counter raised by somebody else", "sig", data[:65] + u32(1) + data[69:]),
    ]
    return [Rejection(name, code, _replace(first, changed)) for name, code, changed in changes] + [
        Rejection(
            "a ciphertext made with the r of a ballot before it",
            "dup",
            {"move": [first, first + 6]},
            _replace(first + 6, forger.sharing_a_nonce(5)),
        )
    ]


def _shifted(scalar: bytes, by: int) -> bytes:
    return scalar_bytes(int.from_bytes(scalar, "little") + by)


def _false_boards(hall: Hall, entries: Sequence[Entry]) -> list[Rejection]:
    at = {kind: next(seq for seq, entry in enumerate(entries) if entry.kind is kind) for kind in Kind}
    first, close, spoil, void, roll, round = (at[k] for k in (Kind.BALLOT, Kind.CLOSE, Kind.SPOIL, Kind.VOID, Kind.CREDENTIALS, Kind.ROUND))
    again = max(seq for seq, entry in enumerate(entries) if entry.kind is Kind.BALLOT)
    count = int.from_bytes(entries[close].payload, "big")
    one_more = _replace(close, u32(count + 1))
    opened = Opening(hall.credentials[0], 0, seed("ballot 0 0 "), (0, 0))
    stranger = Opening(hall.group.base(5), 0, seed("stranger"), (0, 0))
    credentials = entries[roll].payload
    manifest = entries[round].payload.decode()

    def other_manifest(old: str, new: str) -> dict[str, Any]:
        assert old in manifest
        return _replace(round, manifest.replace(old, new).encode())

    return [
        Rejection("a ballot twice", "counter", one_more, _insert(close, Kind.BALLOT, entries[first].payload)),
        Rejection("a re-vote with the counter of before", "counter", _replace(again, hall.fill(3, (0, 0), 0, "again"))),
        Rejection("the re-vote before the first vote", "counter", {"move": [again, first]}),
        Rejection("a ballot of a void slip", "void", one_more, _insert(close, Kind.BALLOT, hall.fill(11, (0, 0)))),
        Rejection("a slip void after it has cast", "void", _insert(close, Kind.VOID, hall.credentials[0])),
        Rejection("a slip void twice", "void", _insert(close, Kind.VOID, hall.credentials[11])),
        Rejection("a slip void that is not on the roll", "credential", _replace(void, hall.group.base(5))),
        Rejection("a spoiled ballot with another seed", "spoil", {"set": spoil, "at": 68, "bytes": "00"}),
        Rejection("a spoiled ballot with other votes", "spoil", {"set": spoil, "at": 100, "bytes": "00"}),
        Rejection("a spoiled ballot with votes that do not exist", "spoil", {"set": spoil, "at": 100, "bytes": "03"}),
        Rejection("a spoiled ballot cut short", "length", _replace(spoil, entries[spoil].payload[:-1])),
        Rejection(
            "a ballot that was cast is opened",
            "dup",
            _insert(close, Kind.SPOIL, ballot.opened_digest(hall.election, opened) + bytes(opened)),
        ),
        Rejection(
            "a spoiled ballot of a credential that is not on the roll",
            "credential",
            _replace(spoil, ballot.opened_digest(hall.election, stranger) + bytes(stranger)),
        ),
        Rejection("a ballot after the close", "order", {"move": [again, close]}),
        Rejection("a ballot before the round", "order", {"move": [first, round]}),
        Rejection("the number of ballots is false", "order", _replace(close, u32(count + 1))),
        Rejection("a ballot left out", "order", {"remove": first}),
        Rejection("a second round", "order", _insert(first, Kind.ROUND, entries[round].payload)),
        Rejection("a credential more", "election", _replace(roll, b"".join(sorted([*hall.credentials, hall.group.base(5)])))),
        Rejection("credentials not sorted", "credential", _replace(roll, credentials[32:64] + credentials[:32] + credentials[64:])),
        Rejection("a credential twice", "credential", _replace(roll, credentials[:32] + credentials)),
        Rejection("another title", "election", other_manifest("第一次", "第二次")),
        Rejection("another key in the manifest", "manifest", other_manifest(hall.election.key.hex(), hall.group.base(5).hex())),
        Rejection("a key written twice in the manifest", "manifest", other_manifest('"v":1,', '"v":1,"v":1,')),
        Rejection("too few ballots allowed", "manifest", other_manifest('"min_ballots":5', '"min_ballots":4')),
        Rejection("an item twice", "manifest", other_manifest('"id":"bonus"', '"id":"wage"')),
        Rejection("the last entry left out, the head kept", "chain", {"remove": len(entries) - 1}, rechained=False),
        Rejection("two ballots exchanged, the head kept", "chain", {"move": [first, first + 1]}, rechained=False),
        Rejection("an entry changed, the head kept", "chain", {"set": first, "at": 80, "bytes": "00"}, rechained=False),
    ]


def _false_ceremonies(entries: Sequence[Entry]) -> list[Rejection]:
    """Of teller 1 in 2-of-3: his commitment is entry 1, what he reveals entry 4, his shares entry 7."""
    manifest = entries[0].payload
    shown = entries[4].payload

    def committed(payload: bytes) -> list[dict[str, Any]]:
        """A false reveal with the commitment that belongs to it."""
        one = keys.Reveal.read(payload[3:], 2)
        of = keys.Parameters(keys.manifest_digest(manifest[1:]), 2, 3)
        commitment = bytes([STEPS.index(Step.COMMIT)]) + u16(1) + keys.commitment(of, 1, one)
        return [_replace(1, commitment), _replace(4, payload)]

    return [
        Rejection("two tellers of four could open", "manifest", _replace(0, manifest.replace(b'"n":3', b'"n":4'))),
        Rejection("another name among the tellers", "commit", _replace(0, manifest.replace("周".encode(), "王".encode()))),
        Rejection("a teller reveals what he had not committed to", "commit", {"set": 1, "at": 10, "bytes": "0000"}),
        Rejection("a teller reveals before all have committed", "order", {"move": [4, 2]}),
        Rejection("a teller commits twice", "order", _replace(2, entries[1].payload)),
        Rejection("a proof of knowledge is false", "pok", *committed(shown[:-1] + b"\1")),
        Rejection("the proof of another coefficient", "pok", *committed(shown[:99] + shown[163:227] + shown[163:])),
        Rejection("a teller's key is the identity", "point", *committed(shown[:3] + IDENTITY + shown[35:])),
        Rejection("a teller's key is another teller's", "pok", *committed(shown[:3] + entries[5].payload[3:])),
    ]


def _false_counts(entries: Sequence[Entry]) -> list[Rejection]:
    seqs = [seq for seq, entry in enumerate(entries) if entry.kind is Kind.SHARE]
    first, result = seqs[0], len(entries) - 1
    share, published = entries[first].payload, entries[result].payload
    return [
        Rejection("a part is another point", "share", {"set": first, "at": 2, "bytes": share[98:130].hex()}),
        Rejection("a part is the identity", "point", {"set": first, "at": 2, "bytes": IDENTITY.hex()}),
        Rejection("a part's response changed", "share", {"set": first, "at": 66, "bytes": "1400"}),
        Rejection("a part's challenge is 0", "scalar-range", {"set": first, "at": 34, "bytes": bytes(32).hex()}),
        Rejection(
            "the parts of two ciphertexts exchanged", "share", _replace(first, share[:2] + share[98:194] + share[2:98] + share[194:])
        ),
        Rejection("the parts of another teller", "share", {"set": first, "at": 0, "bytes": "0002"}),
        Rejection("the parts of a teller that does not exist", "share", {"set": first, "at": 0, "bytes": "0004"}),
        Rejection("the parts of one teller twice", "share", _replace(seqs[1], share)),
        Rejection("a part left out", "length", _replace(first, share[:-96])),
        Rejection("one teller opens alone", "few", {"remove": first}),
        Rejection("a vote more is published", "result", _replace(result, published.replace(b"[6,0,1]", b"[7,0,1]"))),
        Rejection("the other outcome is published", "result", _replace(result, published.replace(b"rejected", b"passed"))),
        Rejection("fewer ballots are published", "result", _replace(result, published.replace(b'"ballots":7', b'"ballots":6'))),
        Rejection("opened before the close", "order", {"move": [first, first - 1]}),
    ]


def exported(hall: Hall, edits: Sequence[dict[str, Any]], is_rechained: bool) -> bytes:
    """The export of an edited board."""
    entries = edited(hall.board.entries, edits)
    return rechained(entries, hall.server) if is_rechained else sealed(entries, hall.board.head, hall.server)


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(stored()), ensure_ascii=False, indent=1) + "\n")
