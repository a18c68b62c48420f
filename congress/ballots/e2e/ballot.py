"""Ballots: one encrypted 0 or 1 for each choice, proofs that they are that and that each item has exactly one, signed by a slip's credential.

Making a ballot is the business of the voter's device (`web/assets/ballot.js`); here it serves the vectors, the paper terminal and those who check.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congress.ballots.e2e.encoding import (
    ORDER,
    Code,
    Rejected,
    base32,
    digest,
    read_hex,
    read_json,
    read_scalar,
    scalar_bytes,
    to_scalar,
    tracker,
    u16,
    u32,
    write_json,
)
from congress.ballots.e2e.groups import GENERATOR, IDENTITY, Group, best, read_point, sum_of

VERSION = 1
HEADER = 69
CIPHERTEXT = 64
CHOICE_PROOF = 128
PROOF = 64
"""Bytes of a challenge and a response: the proof of one choice an item, and the signature."""
LEAST_MINIMUM = 5
"""No round promises secrecy to fewer voters than this."""
OPERATORS = ("gt_half", "ge_half", "ask")


@dataclass(frozen=True)
class Threshold:
    """`of` is the number of all members; the operators are those of `congress.terms.Operator`."""

    of: int
    operator: str


@dataclass(frozen=True)
class Item:
    id: str
    title: str
    choices: tuple[str, ...]
    """For, against, abstain: only the first passes anything."""
    threshold: Threshold | None = None


@dataclass(frozen=True)
class Round:
    """`manifest` is the exact bytes published. Raises `Rejected` where it is not well formed."""

    manifest: bytes

    def __post_init__(self) -> None:
        read = self._read
        strings = all(isinstance(read.get(key), str) for key in ("congress", "round", "title", "shape", "revote", "ceremony", "Y"))
        if not strings or read.get("v") != 1 or read["shape"] != "multi" or read["revote"] not in ("last", "first"):
            raise Rejected(Code.MANIFEST, "round")
        if type(minimum := read.get("min_ballots")) is not int or minimum < LEAST_MINIMUM:
            raise Rejected(Code.MANIFEST, "min_ballots")
        if not self.key or not self.ceremony or len({item.id for item in self.items}) != len(self.items):
            raise Rejected(Code.MANIFEST, "round")

    @classmethod
    def of(
        cls,
        *,
        congress: str,
        round: str,
        title: str,
        items: Sequence[Item],
        ceremony: bytes,
        key: bytes,
        revote: str = "last",
        min_ballots: int = 10,
    ) -> "Round":
        content = {
            "v": 1,
            "congress": congress,
            "round": round,
            "title": title,
            "shape": "multi",
            "items": [_written(item) for item in items],
            "revote": revote,
            "min_ballots": min_ballots,
            "ceremony": ceremony.hex(),
            "Y": key.hex(),
        }
        return cls(write_json(content))

    @cached_property
    def _read(self) -> dict[str, Any]:
        return read_json(self.manifest, "round")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        written = self._read.get("items")
        if not isinstance(written, list) or not 1 <= len(written) <= 999:
            raise Rejected(Code.MANIFEST, "items")
        return tuple(_item(one) for one in written)

    @property
    def congress(self) -> str:
        return str(self._read["congress"])

    @property
    def title(self) -> str:
        return str(self._read["title"])

    @property
    def revote(self) -> str:
        return str(self._read["revote"])

    @property
    def min_ballots(self) -> int:
        return int(self._read["min_ballots"])

    @property
    def key(self) -> bytes:
        return read_hex(self._read["Y"])

    @property
    def ceremony(self) -> bytes:
        return read_hex(self._read["ceremony"])

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(item.choices) for item in self.items)


@dataclass(frozen=True)
class Election:
    """All that a ballot is bound to. `shape` is the number of choices of each item."""

    manifest: bytes
    key: bytes
    credentials: tuple[bytes, ...]
    shape: tuple[int, ...]

    @cached_property
    def digest(self) -> bytes:
        """HE."""
        return digest("election", self.manifest, self.key, digest("creds", *sorted(self.credentials)))

    @property
    def fingerprint(self) -> str:
        """For the screen: 100 bits, since whoever writes the manifest may try many."""
        return base32(self.digest, 20)

    @cached_property
    def roll(self) -> frozenset[bytes]:
        return frozenset(self.credentials)

    @property
    def ciphertexts(self) -> int:
        return sum(self.shape)

    @property
    def size(self) -> int:
        """Bytes of a ballot."""
        return HEADER + self.ciphertexts * (CIPHERTEXT + CHOICE_PROOF) + len(self.shape) * PROOF + PROOF


def election(round: Round, credentials: Sequence[bytes]) -> Election:
    return Election(round.manifest, round.key, tuple(sorted(credentials)), round.shape)


# Credentials


def credential_secret(congress: str, slip: bytes) -> int:
    """sk of a slip, whose 16 bytes stand in its QR code and nowhere else."""
    if len(slip) != 16:
        raise ValueError("a slip has 16 bytes")
    return to_scalar("cred", congress.encode(), slip)


def slip_number(credential: bytes) -> str:
    """The short number printed on the slip."""
    return base32(hashlib.sha256(credential).digest(), 8)


def hedged_seed(random: bytes, secret: int, counter: int, votes: Sequence[int]) -> bytes:
    """Fresh for every encryption; a bad source of randomness alone does not give a vote away."""
    return hashlib.sha512(random + scalar_bytes(secret) + u32(counter) + bytes(votes)).digest()[:32]


# Making


@dataclass(frozen=True)
class Opening:
    """What opens an encryption to a second device. It must never be shown for a ballot that was cast."""

    credential: bytes
    counter: int
    seed: bytes
    votes: tuple[int, ...]

    def __bytes__(self) -> bytes:
        return self.credential + u32(self.counter) + self.seed + bytes(self.votes)

    @classmethod
    def read(cls, data: bytes, of: Election) -> "Opening":
        if len(data) != 68 + len(of.shape):
            raise Rejected(Code.LENGTH, "opening")
        votes = tuple(data[68:])
        if any(vote >= choices for vote, choices in zip(votes, of.shape, strict=True)):
            raise Rejected(Code.SPOIL, "votes")
        return cls(data[:32], int.from_bytes(data[32:36], "big"), data[36:68], votes)


Nonce = Callable[[bytes, int, int], int]
"""Label, item, choice → the one random number of that name in a ballot."""


def make(of: Election, secret: int, votes: Sequence[int], counter: int, seed: bytes, group: Group | None = None) -> bytes:
    """A ballot for these choices, one number an item, counted from 0."""
    group = group or best()
    opening = Opening(group.base(secret), counter, seed, tuple(votes))
    return assemble(of, secret, opening, marks(of, votes), nonces(of, opening), group)


def marks(of: Election, votes: Sequence[int]) -> list[list[int]]:
    """Item → choice → 1 for the one chosen, else 0. Raises `Rejected` where an item has no such choice."""
    if len(votes) != len(of.shape) or any(not 0 <= vote < choices for vote, choices in zip(votes, of.shape, strict=True)):
        raise Rejected(Code.SPOIL, "votes")
    return [[int(j == vote) for j in range(choices)] for vote, choices in zip(votes, of.shape, strict=True)]


def nonces(of: Election, opening: Opening) -> Nonce:
    def nonce(label: bytes, i: int, j: int) -> int:
        return to_scalar("nonce", opening.seed, of.digest, opening.credential, u32(opening.counter), label, u16(i), u16(j))

    return nonce


def assemble(of: Election, secret: int, opening: Opening, marked: Sequence[Sequence[int]], nonce: Nonce, group: Group) -> bytes:
    """Encrypts, proves and signs whatever is marked. Of marks that are no vote the proofs are false, and every check says so."""
    ciphertexts = _encrypted(of, marked, nonce, group)
    bound = _ballot_digest(of, opening.credential, opening.counter, ciphertexts)
    proofs = _proofs(of, marked, nonce, ciphertexts, bound, group)
    body = bytes([VERSION]) + of.digest + opening.credential + u32(opening.counter) + ciphertexts + proofs
    return sign(body, secret, opening.seed, group)


def sign(body: bytes, secret: int, seed: bytes, group: Group) -> bytes:
    nonce = to_scalar("signonce", scalar_bytes(secret), seed, body)
    challenge = _signature_challenge(body, group.base(secret), group.base(nonce))
    return body + scalar_bytes(challenge) + scalar_bytes(nonce - challenge * secret)


def opened_digest(of: Election, opening: Opening, group: Group | None = None) -> bytes:
    """HB of the encryption that this opens: what a second device compares with the tracker."""
    ciphertexts = _encrypted(of, marks(of, opening.votes), nonces(of, opening), group or best())
    return _ballot_digest(of, opening.credential, opening.counter, ciphertexts)


# Reading and checking


@dataclass(frozen=True)
class Ballot:
    """A ballot taken apart; nothing of it is checked but its length."""

    data: bytes
    of: Election

    def __post_init__(self) -> None:
        if len(self.data) != self.of.size:
            raise Rejected(Code.LENGTH)

    @property
    def credential(self) -> bytes:
        return self.data[33:65]

    @property
    def counter(self) -> int:
        return int.from_bytes(self.data[65:HEADER], "big")

    @property
    def _proofs_at(self) -> int:
        return HEADER + CIPHERTEXT * self.of.ciphertexts

    @cached_property
    def digest(self) -> bytes:
        """HB: binds manifest, key, roll, credential, counter and every ciphertext."""
        return _ballot_digest(self.of, self.credential, self.counter, self.data[HEADER : self._proofs_at])

    @property
    def tracker(self) -> str:
        return tracker(self.digest)

    @cached_property
    def points(self) -> list[bytes]:
        return [self.data[at : at + 32] for at in range(HEADER, self._proofs_at, 32)]

    @property
    def ciphertexts(self) -> list[tuple[bytes, bytes]]:
        return list(zip(self.points[::2], self.points[1::2], strict=True))

    @property
    def body(self) -> bytes:
        return self.data[:-PROOF]

    @property
    def scalars(self) -> list[bytes]:
        return [self.data[at : at + 32] for at in range(self._proofs_at, len(self.data), 32)]


def check_header(ballot: Ballot) -> None:
    """Cheap, and therefore first."""
    if ballot.data[0] != VERSION:
        raise Rejected(Code.VERSION)
    if ballot.data[1:33] != ballot.of.digest:
        raise Rejected(Code.ELECTION)
    if ballot.credential not in ballot.of.roll:
        raise Rejected(Code.CREDENTIAL)


def check_signature(ballot: Ballot, group: Group | None = None) -> None:
    group = group or best()
    challenge, response = (read_scalar(part, "signature") for part in ballot.scalars[-2:])
    witness = group.combine((response, GENERATOR), (challenge, ballot.credential))
    if _signature_challenge(ballot.body, ballot.credential, witness) != challenge:
        raise Rejected(Code.SIGNATURE)


def check_points(ballot: Ballot, known: Collection[bytes] = (), group: Group | None = None) -> None:
    """Canonical, and none of them on the board before (`known`) or twice in this ballot."""
    group = group or best()
    if len(set(ballot.points)) != len(ballot.points) or any(point in known for point in ballot.points):
        raise Rejected(Code.REPEATED)
    for number, point in enumerate(ballot.points):
        read_point(group, point, f"ciphertext {number // 2}")


def check_proofs(ballot: Ballot, group: Group | None = None) -> None:
    """Every choice is 0 or 1, every item has exactly one 1."""
    group = group or best()
    key, at, ciphertext = ballot.of.key, 0, 0
    scalars = ballot.scalars
    for i, choices in enumerate(ballot.of.shape):
        item = ballot.ciphertexts[ciphertext : ciphertext + choices]
        for j, (alpha, beta) in enumerate(item):
            where = f"item {i} choice {j}"
            _check_choice(ballot.digest, i, j, alpha, beta, key, [read_scalar(part, where) for part in scalars[at : at + 4]], group)
            at += 4
        _check_one(ballot.digest, i, item, key, [read_scalar(part, f"item {i}") for part in scalars[at : at + 2]], group)
        at += 2
        ciphertext += choices


def check(ballot: Ballot, group: Group | None = None) -> None:
    """All that can be said of a ballot without the board. Raises `Rejected`."""
    check_header(ballot)
    check_signature(ballot, group)
    check_points(ballot, (), group)
    check_proofs(ballot, group)


# Below


def _written(item: Item) -> dict[str, Any]:
    written: dict[str, Any] = {"id": item.id, "title": item.title, "choices": list(item.choices)}
    if item.threshold:
        written["threshold"] = {"of": item.threshold.of, "operator": item.threshold.operator}
    return written


def _item(written: Any) -> Item:
    if not isinstance(written, dict) or not all(isinstance(written.get(key), str) for key in ("id", "title")):
        raise Rejected(Code.MANIFEST, "items")
    choices = written.get("choices")
    if not isinstance(choices, list) or not 2 <= len(choices) <= 255 or not all(isinstance(one, str) for one in choices):
        raise Rejected(Code.MANIFEST, "choices")
    return Item(written["id"], written["title"], tuple(choices), _threshold(written.get("threshold")))


def _threshold(written: Any) -> Threshold | None:
    if written is None:
        return None
    if not isinstance(written, dict) or type(written.get("of")) is not int or written["of"] < 1 or written.get("operator") not in OPERATORS:
        raise Rejected(Code.MANIFEST, "threshold")
    return Threshold(written["of"], written["operator"])


def _ballot_digest(of: Election, credential: bytes, counter: int, ciphertexts: bytes) -> bytes:
    return digest("ballot", of.digest, credential, u32(counter), ciphertexts)


def _encrypted(of: Election, marked: Sequence[Sequence[int]], nonce: Nonce, group: Group) -> bytes:
    made = []
    for i, item in enumerate(marked):
        for j, mark in enumerate(item):
            r = nonce(b"r", i, j)
            made += [group.base(r), group.combine((r, of.key), (mark, GENERATOR))]
    return b"".join(made)


def _proofs(of: Election, marked: Sequence[Sequence[int]], nonce: Nonce, ciphertexts: bytes, bound: bytes, group: Group) -> bytes:
    made, at = [], 0
    for i, item in enumerate(marked):
        pairs = [(ciphertexts[x : x + 32], ciphertexts[x + 32 : x + 64]) for x in range(at, at + CIPHERTEXT * len(item), CIPHERTEXT)]
        at += CIPHERTEXT * len(item)
        made += [_prove_choice(of, nonce, bound, i, j, pairs[j], mark, group) for j, mark in enumerate(item)]
        made.append(_prove_one(of, nonce, bound, i, pairs, group))
    return b"".join(made)


def _prove_choice(of: Election, nonce: Nonce, bound: bytes, i: int, j: int, pair: tuple[bytes, bytes], mark: int, group: Group) -> bytes:
    """Cramer, Damgård, Schoenmakers: the true branch honestly, the false one made up around a challenge chosen beforehand.

    The prover knows r and m, so both branches come down to multiples of G and Y.
    """
    r, w = nonce(b"r", i, j), nonce(b"w", i, j)
    true, false = (1, 0) if mark else (0, 1)
    challenges, responses = [0, 0], [0, 0]
    challenges[false] = nonce(b"c%d" % false, i, j)
    responses[false] = nonce(b"z%d" % false, i, j)
    # B of the false branch: z·Y + c·(r·Y + (mark − false)·G)
    a = (responses[false] + challenges[false] * r) % ORDER
    commitments = {
        true: group.base(w) + group.times(w, of.key),
        false: group.base(a) + group.combine((a, of.key), (challenges[false] * (mark - false), GENERATOR)),
    }
    whole = _choice_challenge(bound, i, j, *pair, commitments[0] + commitments[1])
    challenges[true] = (whole - challenges[false]) % ORDER
    responses[true] = (w - challenges[true] * r) % ORDER
    return b"".join(map(scalar_bytes, challenges + responses))


def _prove_one(of: Election, nonce: Nonce, bound: bytes, i: int, item: list[tuple[bytes, bytes]], group: Group) -> bytes:
    r, w = sum(nonce(b"r", i, j) for j in range(len(item))), nonce(b"one", i, 0)
    a, b = (sum_of(group, points) for points in zip(*item, strict=True))
    challenge = _one_challenge(bound, i, a, b, group.base(w), group.times(w, of.key))
    return scalar_bytes(challenge) + scalar_bytes(w - challenge * r)


def _check_choice(bound: bytes, i: int, j: int, alpha: bytes, beta: bytes, key: bytes, scalars: list[int], group: Group) -> None:
    c0, c1, z0, z1 = scalars
    less = group.subtract(beta, GENERATOR)
    commitments = b"".join(
        group.combine((z, GENERATOR), (c, alpha)) + group.combine((z, key), (c, point)) for c, z, point in ((c0, z0, beta), (c1, z1, less))
    )
    if _choice_challenge(bound, i, j, alpha, beta, commitments) != (c0 + c1) % ORDER:
        raise Rejected(Code.CHOICE, f"item {i} choice {j}")


def _check_one(bound: bytes, i: int, item: list[tuple[bytes, bytes]], key: bytes, scalars: list[int], group: Group) -> None:
    challenge, response = scalars
    a, b = (sum_of(group, points) for points in zip(*item, strict=True))
    if IDENTITY in (a, b):
        raise Rejected(Code.POINT, f"item {i}")
    first = group.combine((response, GENERATOR), (challenge, a))
    second = group.combine((response, key), (challenge, group.subtract(b, GENERATOR)))
    if _one_challenge(bound, i, a, b, first, second) != challenge:
        raise Rejected(Code.ONE, f"item {i}")


def _choice_challenge(bound: bytes, i: int, j: int, alpha: bytes, beta: bytes, commitments: bytes) -> int:
    return to_scalar("or", bound, u16(i), u16(j), alpha, beta, commitments)


def _one_challenge(bound: bytes, i: int, a: bytes, b: bytes, first: bytes, second: bytes) -> int:
    return to_scalar("one", bound, u16(i), a, b, first, second)


def _signature_challenge(body: bytes, credential: bytes, witness: bytes) -> int:
    return to_scalar("sig", hashlib.sha256(body).digest(), credential, witness)
