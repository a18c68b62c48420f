"""The tellers' ceremony: k of n tellers make one key that no k − 1 of them, and no server, can use.

Four rounds over the board, each teller i (from 1) on a device of his own from one 32-byte seed: commit, reveal, share, check. Everything can be
made again from the seed and the board. What takes a seed or a share handles a secret: it belongs onto the teller's device, with `groups.Sodium`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congress.ballots.e2e.encoding import (
    ORDER,
    Code,
    Rejected,
    digest,
    enc,
    read_hex,
    read_json,
    read_scalar,
    scalar_bytes,
    to_scalar,
    u16,
    write_json,
)
from congress.ballots.e2e.groups import GENERATOR, Group, best, read_point, sum_of

SEED = 32
SHARE = 96
"""Bytes of one encrypted share: point, scalar, code."""


@dataclass(frozen=True)
class Ceremony:
    """`manifest` is the exact bytes published; k tellers of n open the box. Raises `Rejected` where it is not well formed."""

    manifest: bytes

    def __post_init__(self) -> None:
        read = self._read
        k, n, tellers = read.get("k"), read.get("n"), read.get("tellers")
        if type(k) is not int or type(n) is not int or not 1 <= k <= n <= 99 or 2 * k <= n:
            raise Rejected(Code.MANIFEST, "k, n")
        if not isinstance(tellers, list) or len(tellers) != n or not all(isinstance(name, str) and name for name in tellers):
            raise Rejected(Code.MANIFEST, "tellers")
        if read.get("v") != 1 or not isinstance(read.get("congress"), str) or len(set(tellers)) != n or not self.server_key:
            raise Rejected(Code.MANIFEST, "ceremony")

    @classmethod
    def of(cls, congress: str, tellers: list[str], k: int, server_key: bytes) -> "Ceremony":
        content = {"v": 1, "congress": congress, "k": k, "n": len(tellers), "tellers": tellers, "server": server_key.hex()}
        return cls(write_json(content))

    @cached_property
    def _read(self) -> dict[str, Any]:
        return read_json(self.manifest, "ceremony")

    @property
    def congress(self) -> str:
        return str(self._read["congress"])

    @property
    def k(self) -> int:
        return int(self._read["k"])

    @property
    def n(self) -> int:
        return int(self._read["n"])

    @property
    def tellers(self) -> tuple[str, ...]:
        return tuple(self._read["tellers"])

    @property
    def server_key(self) -> bytes:
        """The Ed25519 key under which the server signs heads."""
        return read_hex(self._read.get("server"), "server")

    @property
    def digest(self) -> bytes:
        return manifest_digest(self.manifest)


def manifest_digest(manifest: bytes) -> bytes:
    return digest("manifest", manifest)


@dataclass(frozen=True)
class Parameters:
    """What the mathematics needs to know of a ceremony."""

    manifest: bytes
    """Its hash HM."""
    k: int
    n: int


@dataclass(frozen=True)
class Reveal:
    """What teller i shows after all have committed: k coefficients, his own key for shares, and a proof of knowledge for each."""

    coefficients: tuple[bytes, ...]
    share_key: bytes
    proofs: tuple[bytes, ...]

    @property
    def points(self) -> tuple[bytes, ...]:
        return (*self.coefficients, self.share_key)

    def __bytes__(self) -> bytes:
        return b"".join((*self.points, *self.proofs))

    @classmethod
    def read(cls, data: bytes, k: int) -> "Reveal":
        if len(data) != 96 * (k + 1):
            raise Rejected(Code.LENGTH, "reveal")
        points = [data[at : at + 32] for at in range(0, 32 * (k + 1), 32)]
        proofs = [data[at : at + 64] for at in range(32 * (k + 1), len(data), 64)]
        return cls(tuple(points[:k]), points[k], tuple(proofs))


def parameters(ceremony: Ceremony) -> Parameters:
    return Parameters(ceremony.digest, ceremony.k, ceremony.n)


# Rounds 0 and 1: commit, reveal


def reveal(of: Parameters, teller: int, seed: bytes, group: Group | None = None) -> Reveal:
    group = group or best()
    secrets = [*_coefficients(of, teller, seed), _share_secret(of, teller, seed)]
    points = [group.base(secret) for secret in secrets]
    proofs = [_prove(of, teller, j, secret, point, seed, group) for j, (secret, point) in enumerate(zip(secrets, points, strict=True))]
    return Reveal(tuple(points[:-1]), points[-1], tuple(proofs))


def commitment(of: Parameters, teller: int, shown: Reveal) -> bytes:
    """C_i, 32 bytes. Nobody reveals before all of these are on the board, so nobody can choose a key by looking at the others'."""
    return digest("dkg-commit", of.manifest, u16(teller), *shown.points, b"".join(shown.proofs))


def check_reveal(of: Parameters, teller: int, committed: bytes, shown: Reveal, group: Group | None = None) -> None:
    """Raises `Rejected`, naming the teller."""
    group = group or best()
    where = f"teller {teller}"
    if commitment(of, teller, shown) != committed:
        raise Rejected(Code.COMMITMENT, where)
    for j, (point, proof) in enumerate(zip(shown.points, shown.proofs, strict=True)):
        read_point(group, point, where)
        challenge, response = read_scalar(proof[:32], where), read_scalar(proof[32:], where)
        witness = group.combine((response, GENERATOR), (challenge, point))
        if _knowledge(of, teller, j, point, witness) != challenge:
            raise Rejected(Code.KNOWLEDGE, where)


def joint_key(reveals: Mapping[int, Reveal], group: Group | None = None) -> bytes:
    """Y, under which ballots are encrypted. Raises `Rejected` if it is the identity."""
    group = group or best()
    return read_point(group, sum_of(group, (reveals[i].coefficients[0] for i in sorted(reveals))), "joint key")


def fingerprint(reveals: Mapping[int, Reveal]) -> bytes:
    return digest("ceremony", *(bytes(reveals[i]) for i in sorted(reveals)))


def spoken(print_of_ceremony: bytes) -> str:
    """The eight digits that tellers read to each other. Eight suffice, since everybody had committed before."""
    digits = f"{int.from_bytes(print_of_ceremony[:8], 'big') % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


# Rounds 2 and 3: share, check


def shares(of: Parameters, teller: int, seed: bytes, reveals: Mapping[int, Reveal], group: Group | None = None) -> bytes:
    """To each teller, himself included, his value of this teller's polynomial: n × 96 bytes, each readable to its receiver alone."""
    group = group or best()
    coefficients = _coefficients(of, teller, seed)
    return b"".join(
        _seal(of, teller, to, _at(coefficients, to), _nonce(of, teller, seed, b"share", to), reveals[to].share_key, group)
        for to in range(1, of.n + 1)
    )


def secret_share(
    of: Parameters, teller: int, seed: bytes, reveals: Mapping[int, Reveal], sent: Mapping[int, bytes], group: Group | None = None
) -> int:
    """z of this teller, from all that was sent. Raises `Rejected` naming the sender whose share is false: then all begin again."""
    group = group or best()
    total = 0
    for sender in range(1, of.n + 1):
        value = _unseal(of, sender, teller, sent[sender], _share_secret(of, teller, seed), reveals[teller].share_key, group)
        if group.base(value) != _in_public(reveals[sender], teller, group):
            raise Rejected(Code.SHARE, f"teller {sender}")
        total += value
    return total % ORDER


def public_share(of: Parameters, teller: int, reveals: Mapping[int, Reveal], group: Group | None = None) -> bytes:
    """Z = z · G, which everyone can compute."""
    group = group or best()
    return sum_of(group, (_in_public(reveals[sender], teller, group) for sender in range(1, of.n + 1)))


def lagrange(tellers: tuple[int, ...], teller: int) -> int:
    """The weight of this teller's part among those of `tellers`."""
    weight = 1
    for other in tellers:
        if other != teller:
            weight = int(weight * other * pow(other - teller, -1, ORDER)) % ORDER
    return weight


# Below


def _nonce(of: Parameters, teller: int, seed: bytes, label: bytes, j: int) -> int:
    if len(seed) != SEED:
        raise ValueError(f"a teller's seed has {SEED} bytes")
    return to_scalar("trustee", seed, of.manifest, u16(teller), label, u16(j))


def _coefficients(of: Parameters, teller: int, seed: bytes) -> list[int]:
    return [_nonce(of, teller, seed, b"coef", j) for j in range(of.k)]


def _share_secret(of: Parameters, teller: int, seed: bytes) -> int:
    return _nonce(of, teller, seed, b"dk", 0)


def _prove(of: Parameters, teller: int, j: int, secret: int, point: bytes, seed: bytes, group: Group) -> bytes:
    nonce = _nonce(of, teller, seed, b"pok", j)
    challenge = _knowledge(of, teller, j, point, group.base(nonce))
    return scalar_bytes(challenge) + scalar_bytes(nonce - challenge * secret)


def _knowledge(of: Parameters, teller: int, j: int, point: bytes, witness: bytes) -> int:
    return to_scalar("dkg-pok", of.manifest, u16(teller), u16(j), point, witness)


def _at(coefficients: list[int], teller: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * teller + coefficient) % ORDER
    return value


def _in_public(shown: Reveal, teller: int, group: Group) -> bytes:
    return group.combine(*((teller**j, point) for j, point in enumerate(shown.coefficients)))


def _share_keys(of: Parameters, sender: int, to: int, ephemeral: bytes, share_key: bytes, common: bytes) -> tuple[bytes, bytes]:
    key = hashlib.sha512(enc("dkg-share", of.manifest, u16(sender), u16(to), ephemeral, share_key, common)).digest()
    return key[:32], key[32:]


def _seal(of: Parameters, sender: int, to: int, value: int, nonce: int, share_key: bytes, group: Group) -> bytes:
    ephemeral = group.base(nonce)
    mask, code = _share_keys(of, sender, to, ephemeral, share_key, group.times(nonce, share_key))
    sealed = _masked(scalar_bytes(value), mask)
    return ephemeral + sealed + hmac.digest(code, ephemeral + sealed, "sha256")


def _unseal(of: Parameters, sender: int, to: int, sent: bytes, share_secret: int, share_key: bytes, group: Group) -> int:
    where = f"teller {sender}"
    if len(sent) != SHARE * of.n:
        raise Rejected(Code.LENGTH, where)
    mine = sent[SHARE * (to - 1) : SHARE * to]
    ephemeral, sealed, code = read_point(group, mine[:32], where), mine[32:64], mine[64:]
    mask, key = _share_keys(of, sender, to, ephemeral, share_key, group.times(share_secret, ephemeral))
    if not hmac.compare_digest(hmac.digest(key, ephemeral + sealed, "sha256"), code):
        raise Rejected(Code.SHARE, where)
    return read_scalar(_masked(sealed, mask), where)


def _masked(data: bytes, mask: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, mask, strict=True))
