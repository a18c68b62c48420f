"""Counting without opening a ballot: sums of ciphertexts, parts of k tellers with proofs, and the small number that is left.

`context` is HE for an election; for the rehearsal it is `rehearsal_context`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from congress.ballots.e2e.ballot import Ballot, Round, Threshold
from congress.ballots.e2e.encoding import Code, Rejected, digest, read_json, read_scalar, scalar_bytes, to_scalar, u16, write_json
from congress.ballots.e2e.groups import GENERATOR, IDENTITY, Group, best, read_point
from congress.ballots.e2e.keys import lagrange

PART = 96
"""Bytes of one part: D, challenge, response."""

Ciphertext = tuple[bytes, bytes]


def aggregate(ballots: Iterable[Ballot], ciphertexts: int, group: Group | None = None) -> list[Ciphertext]:
    """The sum of each ciphertext over all ballots, item-major."""
    group = group or best()
    totals: list[Ciphertext] = [(IDENTITY, IDENTITY)] * ciphertexts
    for ballot in ballots:
        totals = [(group.add(a, alpha), group.add(b, beta)) for (a, b), (alpha, beta) in zip(totals, ballot.ciphertexts, strict=True)]
    return totals


def parts(context: bytes, teller: int, share: int, totals: Sequence[Ciphertext], random: bytes = b"", group: Group | None = None) -> bytes:
    """What teller posts: D of every total, each proved to be share · a. `random` hedges the nonces; without it they hang on the share alone."""
    group = group or best()
    public = group.base(share)
    made = [_part(context, x, teller, share, public, a, random, group) for x, (a, _) in enumerate(totals)]
    return u16(teller) + b"".join(made)


def read_parts(data: bytes, ciphertexts: int) -> tuple[int, list[bytes]]:
    if len(data) != 2 + PART * ciphertexts:
        raise Rejected(Code.LENGTH, "share")
    return int.from_bytes(data[:2], "big"), [data[at : at + PART] for at in range(2, len(data), PART)]


def check_parts(
    context: bytes, teller: int, public: bytes, totals: Sequence[Ciphertext], sent: Sequence[bytes], group: Group | None = None
) -> list[bytes]:
    """Each D, proved. Raises `Rejected`, naming teller and ciphertext."""
    group = group or best()
    for x, ((a, _), part) in enumerate(zip(totals, sent, strict=True)):
        where = f"teller {teller} ciphertext {x}"
        d = read_point(group, part[:32], where)
        challenge, response = read_scalar(part[32:64], where), read_scalar(part[64:], where)
        first = group.combine((response, GENERATOR), (challenge, public))
        second = group.combine((response, a), (challenge, d))
        if _challenge(context, x, teller, public, a, d, first, second) != challenge:
            raise Rejected(Code.SHARE, where)
    return [part[:32] for part in sent]


def opened(totals: Sequence[Ciphertext], parts_of: Mapping[int, Sequence[bytes]], k: int, group: Group | None = None) -> list[bytes]:
    """M = t · G of each total, from the parts of the first k tellers. Raises `Rejected` if there are fewer."""
    group = group or best()
    tellers = tuple(sorted(parts_of)[:k])
    if len(tellers) < k:
        raise Rejected(Code.FEW, "tellers")
    weights = [lagrange(tellers, teller) for teller in tellers]
    return [
        group.subtract(b, group.combine(*((weight, parts_of[teller][x]) for weight, teller in zip(weights, tellers, strict=True))))
        for x, (_, b) in enumerate(totals)
    ]


def discrete_logs(points: Sequence[bytes], most: int, group: Group | None = None) -> list[int]:
    """t of each t · G with 0 ≤ t ≤ most, by baby and giant steps. Raises `Rejected` where there is none."""
    group = group or best()
    step = isqrt(most) + 1
    baby, point = {}, IDENTITY
    for t in range(step):
        baby[point] = t
        point = group.add(point, GENERATOR)
    return [_discrete_log(one, baby, point, step, most, group) for one in points]


def rehearsal_context(manifest: bytes, key: bytes) -> bytes:
    """`manifest` is HM."""
    return digest("rehearsal", manifest, key)


def dummy_total(key: bytes, number: int, random: bytes, group: Group | None = None) -> Ciphertext:
    """A total of nothing for the rehearsal, which the tellers open before the first round may begin."""
    group = group or best()
    r = to_scalar("rehearsal", random, key)
    return group.base(r), group.combine((r, key), (number, GENERATOR))


# Result


def outcome(in_favour: int, threshold: Threshold | None) -> str | None:
    """passed, rejected, half (exactly half where the rule can be read both ways), or nothing where the item has no rule."""
    if threshold is None:
        return None
    twice, of = 2 * in_favour, threshold.of
    if threshold.operator == "ask" and twice == of:
        return "half"
    return "passed" if twice > of or (threshold.operator == "ge_half" and twice == of) else "rejected"


@dataclass(frozen=True)
class Result:
    ballots: int
    totals: tuple[tuple[int, ...], ...]
    """Item → choice → votes."""

    def written(self, round: Round) -> bytes:
        """What is posted as `result`, with what follows from the rule of each item."""
        items = [
            {"id": item.id, "totals": list(totals), "outcome": outcome(totals[0], item.threshold)}
            for item, totals in zip(round.items, self.totals, strict=True)
        ]
        return write_json({"v": 1, "ballots": self.ballots, "items": items})


def result(logs: Sequence[int], shape: Sequence[int], ballots: int) -> Result:
    """Raises `Rejected` where an item's choices do not add up to the ballots."""
    totals, at = [], 0
    for i, choices in enumerate(shape):
        totals.append(tuple(logs[at : at + choices]))
        at += choices
        if sum(totals[-1]) != ballots:
            raise Rejected(Code.RESULT, f"item {i}")
    return Result(ballots, tuple(totals))


def check_written(written: bytes, counted: Result, round: Round) -> None:
    if read_json(written, "result") != read_json(counted.written(round), "result"):
        raise Rejected(Code.RESULT, "published")


# Below


def _part(context: bytes, x: int, teller: int, share: int, public: bytes, a: bytes, random: bytes, group: Group) -> bytes:
    d = group.times(share, a)
    w = to_scalar("dec-w", scalar_bytes(share), context, u16(x), a, random)
    challenge = _challenge(context, x, teller, public, a, d, group.base(w), group.times(w, a))
    return d + scalar_bytes(challenge) + scalar_bytes(w - challenge * share)


def _challenge(context: bytes, x: int, teller: int, public: bytes, a: bytes, d: bytes, first: bytes, second: bytes) -> int:
    return to_scalar("dec", context, u16(x), u16(teller), public, a, d, first, second)


def _discrete_log(point: bytes, baby: Mapping[bytes, int], giant: bytes, step: int, most: int, group: Group) -> int:
    for giants in range(most // step + 1):
        if point in baby and (found := giants * step + baby[point]) <= most:
            return found
        point = group.subtract(point, giant)
    raise Rejected(Code.RESULT, "no number of votes")
