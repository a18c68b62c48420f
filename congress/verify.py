"""Checks an exported election of congress-ballot/1, and needs nothing but this file and Python 3.11.

    python3 verify.py election.txt [--head HEAD]… [--receipt "TRACKER SEQ HEAD SIGNATURE"]… [--script ballot.js] [--before-opening]

Prints a line for each check and ends with 0 if all hold, 1 if one does not. It shares no code with the program whose work it checks; the protocol
is docs/congress-ballot-1.md. Where the system has libsodium it is used, and the answer is the same without.
"""

import argparse
import base64
import ctypes
import ctypes.util
import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

PROTOCOL = b"congress-ballot/1"
Q = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741 - the root of −1
ZERO = bytes(32)
G = bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")


class Fault(Exception):
    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".rstrip())
        self.code = code


def demand(holds: bool, code: str, where: str = "") -> None:
    if not holds:
        raise Fault(code, where)


# Bytes


def enc(tag: str, *parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in (PROTOCOL, tag.encode(), *parts))


def hashed(tag: str, *parts: bytes) -> bytes:
    return hashlib.sha256(enc(tag, *parts)).digest()


def hashed_scalar(tag: str, *parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(enc(tag, *parts)).digest(), "little") % Q


def u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def scalar(data: bytes, where: str = "") -> int:
    read = int.from_bytes(data, "little")
    demand(len(data) == 32 and 0 < read < Q, "scalar-range", where)
    return read


def spelt(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unspelt(text: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Fault("format", "base64") from error
    demand(spelt(data) == text, "format", "base64")
    return data


def letters(data: bytes, n: int) -> str:
    return base64.b32encode(data).decode()[:n]


def tracker(ballot_hash: bytes) -> str:
    return "-".join(re.findall("....", letters(ballot_hash, 20)))


def slices(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def jsonic(data: bytes, where: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        demand(len(dict(pairs)) == len(pairs), "manifest", f"{where}: a key stands twice")
        return dict(pairs)

    try:
        read = json.loads(data.decode(), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Fault("manifest", where) from error
    demand(isinstance(read, dict), "manifest", where)
    return dict(read)


def hexadecimal(text: object, where: str) -> bytes:
    demand(isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None, "manifest", where)
    return bytes.fromhex(str(text))


# The group: ristretto255 in Python (RFC 9496), and the same by libsodium

Quad = tuple[int, int, int, int]
NEUTRAL: Quad = (0, 1, 1, 0)


def even(value: int) -> int:
    value %= P
    return value if value % 2 == 0 else P - value


def inverse_root(value: int) -> int | None:
    """The even 1/√value; of 0 it is 0; None if value is no square."""
    cube = value * value * value % P
    root = cube * pow(cube * cube * value % P, (P - 5) // 8, P) % P
    for one in (root, root * I % P):
        if value * one * one % P in (1, 0):
            return even(one)
    return None


def plus(one: Quad, other: Quad) -> Quad:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b, c, d = x1 * x2, y1 * y2, t1 * t2 % P * D, z1 * z2
    e, f, g, h = (x1 + y1) * (x2 + y2) - a - b, (d - c) % P, (d + c) % P, a + b
    return e * f % P, g * h % P, f * g % P, e * h % P


def twice(point: Quad) -> Quad:
    x, y, z, _ = point
    a, b = x * x, y * y
    e, g, h = ((x + y) ** 2 - a - b) % P, (b - a) % P, -a - b
    f = (g - 2 * z * z) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def minus(point: Quad) -> Quad:
    return -point[0], point[1], point[2], -point[3]


@lru_cache(maxsize=4096)
def unpacked(data: bytes) -> Quad:
    s = int.from_bytes(data, "little")
    demand(len(data) == 32 and s < P and s % 2 == 0, "point")
    one, two = 1 - s * s, 1 + s * s
    v = (-D * one * one - two * two) % P
    root = inverse_root(v * two * two % P)
    if root is None:
        raise Fault("point")
    x = even(2 * s * root * two)
    y = one * root * two * root % P * v % P
    demand(x * y % P % 2 == 0 and y != 0, "point")
    return x, y, 1, x * y % P


def packed(point: Quad) -> bytes:
    x, y, z, t = point
    one, two = (z + y) * (z - y) % P, x * y % P
    root = inverse_root(one * two * two % P) or 0
    den1, den2 = root * one % P, root * two % P
    inverse = den1 * den2 % P * t % P
    den = den2
    if t * inverse % P % 2:
        x, y, den = y * I % P, x * I % P, den1 * INVERSE_ROOT_OF_A_MINUS_D % P
    if x * inverse % P % 2:
        y = -y
    return even(den * (z - y)).to_bytes(32, "little")


INVERSE_ROOT_OF_A_MINUS_D = inverse_root((-1 - D) % P) or 0


class InPython:
    name = "Python"

    def is_point(self, data: bytes) -> bool:
        try:
            unpacked(data)
        except Fault:
            return False
        return data != ZERO

    def add(self, one: bytes, other: bytes) -> bytes:
        return packed(plus(unpacked(one), unpacked(other)))

    def sub(self, one: bytes, other: bytes) -> bytes:
        return packed(plus(unpacked(one), minus(unpacked(other))))

    def dot(self, a: int, one: bytes, b: int = 0, other: bytes = ZERO) -> bytes:
        """a · one + b · other, two bits of both at a time."""
        table, total = self._sums(one, other), NEUTRAL
        for at in range(252, -1, -2):
            total = twice(twice(total))
            if digit := (a % Q >> at & 3) << 2 | b % Q >> at & 3:
                total = plus(total, table[digit])
        return packed(total)

    def _sums(self, one: bytes, other: bytes) -> list[Quad]:
        p, q = unpacked(one), unpacked(other)
        row = [NEUTRAL, q, twice(q), plus(twice(q), q)]
        table = list(row)
        for _ in range(3):
            row = [plus(point, p) for point in row]
            table += row
        return table


class InSodium:
    name = "libsodium"

    def __init__(self, library: ctypes.CDLL) -> None:
        self.library = library

    def is_point(self, data: bytes) -> bool:
        """Old versions overlook the highest bit."""
        return len(data) == 32 and data[31] < 128 and data != ZERO and self.library.crypto_core_ristretto255_is_valid_point(data) == 1

    def add(self, one: bytes, other: bytes) -> bytes:
        return self._run("crypto_core_ristretto255_add", one, other)

    def sub(self, one: bytes, other: bytes) -> bytes:
        return self._run("crypto_core_ristretto255_sub", one, other)

    def dot(self, a: int, one: bytes, b: int = 0, other: bytes = ZERO) -> bytes:
        return self.add(self._times(a % Q, one), self._times(b % Q, other))

    def _times(self, number: int, point: bytes) -> bytes:
        if number == 0 or point == ZERO:
            return ZERO
        if point == G:
            return self._run("crypto_scalarmult_ristretto255_base", number.to_bytes(32, "little"))
        return self._run("crypto_scalarmult_ristretto255", number.to_bytes(32, "little"), point)

    def _run(self, name: str, *given: bytes) -> bytes:
        made = ctypes.create_string_buffer(32)
        demand(all(len(one) == 32 for one in given) and getattr(self.library, name)(made, *given) == 0, "point")
        return made.raw


def group(only_python: bool) -> InPython | InSodium:
    for name in ("libsodium.so.26", "libsodium.so.23", "libsodium.dylib", ctypes.util.find_library("sodium")):
        if name and not only_python:
            try:
                library = ctypes.CDLL(name)
                if library.sodium_init() >= 0 and library.crypto_scalarmult_ristretto255:
                    return InSodium(library)
            except (OSError, AttributeError):
                continue
    return InPython()


# Ed25519 (RFC 8032), for the server's signature under heads

BASE_Y = 4 * pow(5, -1, P) % P


def edwards(data: bytes) -> Quad:
    y, is_odd = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    demand(len(data) == 32 and y < P, "chain", "key or signature")
    root = inverse_root((D * y * y + 1) * pow(y * y - 1, -1, P) % P) if y != 1 else 0
    demand(root is not None, "chain", "key or signature")
    x = root or 0
    demand(bool(x) or not is_odd, "chain", "key or signature")
    x = P - x if x % 2 != is_odd else x
    return x, y, 1, x * y % P


def times(number: int, point: Quad) -> Quad:
    total = NEUTRAL
    for bit in bin(number)[2:]:
        total = twice(total)
        if bit == "1":
            total = plus(total, point)
    return total


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    base = edwards(BASE_Y.to_bytes(32, "little"))
    left = times(int.from_bytes(signature[32:], "little"), base)
    right = plus(edwards(signature[:32]), times(challenge, edwards(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The file


class Line(NamedTuple):
    kind: str
    payload: bytes


class Box:
    """The exported file taken apart. Checks fill in what later checks build on."""

    def __init__(self, data: bytes, group: InPython | InSodium) -> None:
        self.group = group
        try:
            first, *lines, last, end = data.decode("ascii").split("\n")
            words = [line.split(" ") for line in lines]
            name, seq, head, signature = last.split(" ")
        except ValueError as error:
            raise Fault("format") from error
        demand(first == PROTOCOL.decode() and end == "" and name == "head" and seq == str(len(lines) - 1), "format")
        demand(all(len(pair) == 2 for pair in words), "format")
        self.key = self.ceremony = self.hm = self.y = self.fingerprint = self.manifest = self.election = b""
        self.k = self.n = self.least = 0
        self.coefficients: dict[int, list[bytes]] = {}
        self.reveals: dict[int, bytes] = {}
        self.credentials: list[bytes] = []
        self.roll: set[bytes] = set()
        self.items: list[dict[str, Any]] = []
        self.shape: list[int] = []
        self.revote = ""
        self.ballots: list[Ballot] = []
        self.lines = [Line(kind, unspelt(payload)) for kind, payload in words]
        self.head, self.signature = unspelt(head), unspelt(signature)
        self.heads: list[bytes] = []
        self.totals: list[tuple[bytes, bytes]] = []
        self.counted: dict[bytes, Ballot] = {}
        self.parts: dict[int, list[bytes]] = {}
        self.result: list[list[int]] = []

    def of(self, kind: str) -> list[bytes]:
        return [line.payload for line in self.lines if line.kind == kind]

    def step(self, number: int) -> list[bytes]:
        return [payload[1:] for payload in self.of("ceremony") if payload[:1] == bytes([number])]

    def by_teller(self, number: int) -> dict[int, bytes]:
        return {int.from_bytes(sent[:2], "big"): sent[2:] for sent in self.step(number)}


class Ballot:
    """69 bytes of header, 64 for each ciphertext, then proofs and signature."""

    def __init__(self, box: Box, data: bytes, number: int) -> None:
        self.data, self.where = data, f"entry {number}"
        self.credential, self.counter = data[33:65], int.from_bytes(data[65:69], "big")
        choices = sum(box.shape)
        demand(len(data) == 69 + 192 * choices + 64 * len(box.shape) + 64, "length", self.where)
        self.ciphertexts = data[69 : 69 + 64 * choices]
        self.points = slices(self.ciphertexts, 32)
        self.proofs = slices(data[69 + 64 * choices :], 32)
        self.hash = hashed("ballot", box.election, self.credential, u32(self.counter), self.ciphertexts)

    def items(self, box: Box) -> Iterator[tuple[int, list[tuple[bytes, bytes]], list[bytes]]]:
        """Item, its ciphertexts, its proofs."""
        points, proofs = iter(self.points), iter(self.proofs)
        for i, choices in enumerate(box.shape):
            pairs = [(next(points), next(points)) for _ in range(choices)]
            yield i, pairs, [next(proofs) for _ in range(4 * choices + 2)]


# The checks


def v1_chain(box: Box, asked: argparse.Namespace) -> str:
    head = ZERO
    for line in box.lines:
        head = hashed("entry", head, line.kind.encode(), line.payload)
        box.heads.append(head)
    demand(head == box.head, "chain", "the heads do not lead to the last one")
    manifests = box.step(0)
    demand(len(manifests) == 1, "order", "one ceremony")
    box.key = hexadecimal(jsonic(manifests[0], "ceremony").get("server"), "server")
    demand(signed(box.key, enc("head", u32(len(box.heads) - 1), head), box.signature), "chain", "signature")
    for seen in asked.head:
        demand(any(head == unspelt(seen) for head in box.heads), "chain", f"no entry has the head {seen}")
    return f"{len(box.lines)} entries, {len(asked.head)} heads seen elsewhere"


def v2_manifests(box: Box, asked: argparse.Namespace) -> str:
    box.ceremony = box.step(0)[0]
    read = jsonic(box.ceremony, "ceremony")
    k, n, tellers = read.get("k"), read.get("n"), read.get("tellers")
    demand(type(k) is int and type(n) is int and 1 <= k <= n <= 99 and 2 * k > n, "manifest", "k, n")
    box.k, box.n = int(k or 0), int(n or 0)
    demand(isinstance(tellers, list) and len(tellers) == box.n, "manifest", "tellers")
    tellers = list(tellers or [])
    demand(all(isinstance(name, str) and name for name in tellers) and len(set(tellers)) == box.n, "manifest", "tellers")
    demand(read.get("v") == 1 and isinstance(read.get("congress"), str), "manifest", "ceremony")
    box.hm = hashed("manifest", box.ceremony)
    return f"{box.k} of {box.n}: {', '.join(tellers)}"


def v3_ceremony(box: Box, asked: argparse.Namespace) -> str:
    group, everyone = box.group, list(range(1, box.n + 1))
    committed, box.reveals, sent = box.by_teller(1), box.by_teller(2), box.by_teller(3)
    for taken, number in ((committed, 1), (box.reveals, 2), (sent, 3)):
        demand(sorted(taken) == everyone and len(box.step(number)) == box.n, "order", "one message of each teller in each step")
    demand(all(len(one) == 32 for one in committed.values()) and all(len(one) == 96 * box.n for one in sent.values()), "length", "ceremony")
    for teller, shown in box.reveals.items():
        where = f"teller {teller}"
        demand(len(shown) == 96 * (box.k + 1), "length", where)
        points, proofs = slices(shown[: 32 * (box.k + 1)], 32), shown[32 * (box.k + 1) :]
        demand(hashed("dkg-commit", box.hm, u16(teller), *points, proofs) == committed[teller], "commit", where)
        for j, (point, proof) in enumerate(zip(points, slices(proofs, 64), strict=True)):
            demand(group.is_point(point), "point", where)
            c, z = scalar(proof[:32], where), scalar(proof[32:], where)
            witness = group.dot(z, G, c, point)
            demand(hashed_scalar("dkg-pok", box.hm, u16(teller), u16(j), point, witness) == c, "pok", where)
        box.coefficients[teller] = points[: box.k]
    box.y = ZERO
    for teller in everyone:
        box.y = group.add(box.y, box.coefficients[teller][0])
    demand(group.is_point(box.y), "point", "joint key")
    box.fingerprint = hashed("ceremony", *(box.reveals[teller] for teller in everyone))
    digits = f"{int.from_bytes(box.fingerprint[:8], 'big') % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


def v4_order(box: Box, asked: argparse.Namespace) -> str:
    marks = {"creds": "K", "round": "R", "ballot": "b", "spoil": "p", "void": "v", "close": "X", "share": "d", "result": "Z"}
    steps = {0: "m", 1: "c", 2: "r", 3: "s"}
    written = "".join(
        steps.get(line.payload[0] if line.payload else 9, "?") if line.kind == "ceremony" else marks.get(line.kind, "?")
        for line in box.lines
    )
    n = box.n
    before = f"mc{{{n}}}r{{{n}}}s{{{n}}}Kv*R[bpv]*X"
    demand(re.fullmatch(before if asked.before_opening else before + "d*Z", written) is not None, "order")
    (closing,) = box.of("close")
    demand(closing == u32(len(box.of("ballot"))), "order", "number of ballots")
    return f"{written.count('b')} ballots, {written.count('p')} spoiled, {written.count('v')} void"


def v5_ballots(box: Box, asked: argparse.Namespace) -> str:
    _read_credentials(box)
    _read_round(box)
    void, has_cast = set[bytes](), set[bytes]()
    for number, line in enumerate(box.lines):
        if line.kind == "void":
            demand(line.payload in box.roll, "credential", f"entry {number}")
            demand(line.payload not in void | has_cast, "void", f"entry {number}")
            void.add(line.payload)
        elif line.kind == "ballot":
            ballot = Ballot(box, line.payload, number)
            demand(ballot.data[0] == 1, "version", ballot.where)
            demand(ballot.data[1:33] == box.election, "election", ballot.where)
            demand(ballot.credential in box.roll, "credential", ballot.where)
            demand(ballot.credential not in void, "void", ballot.where)
            for point in ballot.points:
                demand(box.group.is_point(point), "point", ballot.where)
            for proof in ballot.proofs:
                scalar(proof, ballot.where)
            has_cast.add(ballot.credential)
            box.ballots.append(ballot)
    return f"{len(box.ballots)} of {len(has_cast)} slips"


def _read_credentials(box: Box) -> None:
    (payload,) = box.of("creds")
    demand(len(payload) > 0 and len(payload) % 32 == 0, "length", "credentials")
    box.credentials = slices(payload, 32)
    box.roll = set(box.credentials)
    demand(sorted(box.roll) == box.credentials, "credential", "not sorted")
    for credential in box.credentials:
        demand(box.group.is_point(credential), "point", "credential")


def _read_round(box: Box) -> None:
    (box.manifest,) = box.of("round")
    read = jsonic(box.manifest, "round")
    words = all(isinstance(read.get(key), str) for key in ("congress", "round", "title", "shape", "revote"))
    demand(words and read.get("v") == 1 and read["shape"] == "multi" and read["revote"] in ("last", "first"), "manifest", "round")
    least, items = read.get("min_ballots"), read.get("items")
    demand(type(least) is int and least >= 5, "manifest", "min_ballots")
    demand(isinstance(items, list) and 1 <= len(items) <= 999, "manifest", "items")
    box.items, box.revote, box.least = list(items or []), str(read["revote"]), int(least or 0)
    for item in box.items:
        demand(isinstance(item, dict) and isinstance(item.get("id"), str) and isinstance(item.get("title"), str), "manifest", "items")
        choices = item.get("choices")
        demand(
            isinstance(choices, list) and 2 <= len(choices) <= 255 and all(isinstance(one, str) for one in choices), "manifest", "choices"
        )
        _check_rule(item.get("threshold"))
    demand(len({item["id"] for item in box.items}) == len(box.items), "manifest", "items")
    same = read["congress"] == jsonic(box.ceremony, "ceremony")["congress"]
    same = same and hexadecimal(read.get("Y"), "Y") == box.y and hexadecimal(read.get("ceremony"), "ceremony") == box.fingerprint
    demand(same, "manifest", "of another ceremony")
    box.shape = [len(item["choices"]) for item in box.items]
    box.election = hashed("election", box.manifest, box.y, hashed("creds", *box.credentials))


def _check_rule(rule: object) -> None:
    if rule is not None:
        demand(isinstance(rule, dict) and type(rule.get("of")) is int and rule["of"] >= 1, "manifest", "threshold")
        demand(isinstance(rule, dict) and rule.get("operator") in ("gt_half", "ge_half", "ask"), "manifest", "threshold")


def v6_signatures(box: Box, asked: argparse.Namespace) -> str:
    for ballot in box.ballots:
        c, z = (scalar(part, ballot.where) for part in ballot.proofs[-2:])
        witness = box.group.dot(z, G, c, ballot.credential)
        words = hashlib.sha256(ballot.data[:-64]).digest()
        demand(hashed_scalar("sig", words, ballot.credential, witness) == c, "sig", ballot.where)
    return ""


def v7_choices(box: Box, asked: argparse.Namespace) -> str:
    dot = box.group.dot
    for ballot in box.ballots:
        for i, pairs, proofs in ballot.items(box):
            for j, (alpha, beta) in enumerate(pairs):
                c0, c1, z0, z1 = (scalar(part) for part in proofs[4 * j : 4 * j + 4])
                less = box.group.sub(beta, G)
                made = dot(z0, G, c0, alpha) + dot(z0, box.y, c0, beta) + dot(z1, G, c1, alpha) + dot(z1, box.y, c1, less)
                whole = hashed_scalar("or", ballot.hash, u16(i), u16(j), alpha, beta, made)
                demand(whole == (c0 + c1) % Q, "or", f"{ballot.where} item {i} choice {j}")
    return f"{len(box.ballots) * sum(box.shape)} choices"


def v8_one_each(box: Box, asked: argparse.Namespace) -> str:
    group = box.group
    for ballot in box.ballots:
        for i, pairs, proofs in ballot.items(box):
            a = b = ZERO
            for alpha, beta in pairs:
                a, b = group.add(a, alpha), group.add(b, beta)
            demand(ZERO not in (a, b), "point", ballot.where)
            c, z = (scalar(part) for part in proofs[-2:])
            first, second = group.dot(z, G, c, a), group.dot(z, box.y, c, group.sub(b, G))
            demand(hashed_scalar("one", ballot.hash, u16(i), a, b, first, second) == c, "one", f"{ballot.where} item {i}")
    return f"{len(box.ballots) * len(box.shape)} items"


def v9_counters(box: Box, asked: argparse.Namespace) -> str:
    last: dict[bytes, int] = {}
    points, hashes = set[bytes](), set[bytes]()
    for ballot in box.ballots:
        demand(ballot.counter > last.get(ballot.credential, -1), "counter", ballot.where)
        demand(box.revote == "last" or ballot.counter == 0, "counter", ballot.where)
        last[ballot.credential] = ballot.counter
        fresh = len(set(ballot.points)) == len(ballot.points) and points.isdisjoint(ballot.points) and ballot.hash not in hashes
        demand(fresh, "dup", ballot.where)
        points.update(ballot.points)
        hashes.add(ballot.hash)
    return f"{len(box.ballots) - len(last)} cast again"


def v10_spoiled(box: Box, asked: argparse.Namespace) -> str:
    hashes = {ballot.hash for ballot in box.ballots}
    for payload in box.of("spoil"):
        demand(len(payload) == 100 + len(box.shape), "length", "spoil")
        promised, credential, counter, seed, votes = payload[:32], payload[32:64], payload[64:68], payload[68:100], payload[100:]
        demand(credential in box.roll, "credential", "spoil")
        demand(all(vote < choices for vote, choices in zip(votes, box.shape, strict=True)), "spoil", "votes")
        made = b""
        for i, (vote, choices) in enumerate(zip(votes, box.shape, strict=True)):
            for j in range(choices):
                r = hashed_scalar("nonce", seed, box.election, credential, counter, b"r", u16(i), u16(j))
                made += box.group.dot(r, G) + box.group.dot(r, box.y, int(j == vote), G)
        demand(hashed("ballot", box.election, credential, counter, made) == promised, "spoil", tracker(promised))
        demand(promised not in hashes, "dup", tracker(promised))
        hashes.add(promised)
    return f"{len(box.of('spoil'))} spoiled"


def v11_sums(box: Box, asked: argparse.Namespace) -> str:
    for ballot in box.ballots:
        box.counted[ballot.credential] = ballot
    demand(asked.before_opening or len(box.counted) >= box.least, "few", f"{len(box.counted)} of {box.least}")
    box.totals = [(ZERO, ZERO)] * sum(box.shape)
    for ballot in box.counted.values():
        pairs = zip(ballot.points[::2], ballot.points[1::2], strict=True)
        box.totals = [(box.group.add(a, alpha), box.group.add(b, beta)) for (a, b), (alpha, beta) in zip(box.totals, pairs, strict=True)]
    return f"{len(box.counted)} counted"


def v12_shares(box: Box, asked: argparse.Namespace) -> str:
    for payload in box.of("share"):
        teller, parts = int.from_bytes(payload[:2], "big"), slices(payload[2:], 96)
        demand(len(payload) == 2 + 96 * len(box.totals), "length", "share")
        demand(1 <= teller <= box.n and teller not in box.parts, "share", f"teller {teller}")
        public = _public_share(box, teller)
        for x, ((a, _), part) in enumerate(zip(box.totals, parts, strict=True)):
            where = f"teller {teller} ciphertext {x}"
            d, c, z = part[:32], scalar(part[32:64], where), scalar(part[64:], where)
            demand(box.group.is_point(d), "point", where)
            first, second = box.group.dot(z, G, c, public), box.group.dot(z, a, c, d)
            demand(hashed_scalar("dec", box.election, u16(x), u16(teller), public, a, d, first, second) == c, "share", where)
        box.parts[teller] = [part[:32] for part in parts]
    demand(len(box.parts) >= box.k, "few", f"{len(box.parts)} tellers")
    return f"tellers {', '.join(map(str, sorted(box.parts)))}"


def _public_share(box: Box, teller: int) -> bytes:
    total = ZERO
    for coefficients in box.coefficients.values():
        for j, point in enumerate(coefficients):
            total = box.group.add(total, box.group.dot(teller**j, point))
    return total


def v13_totals(box: Box, asked: argparse.Namespace) -> str:
    group, used, most = box.group, sorted(box.parts)[: box.k], len(box.counted)
    step = math.isqrt(most) + 1
    small, point = {ZERO: 0}, ZERO
    for t in range(1, step):
        point = group.add(point, G)
        small[point] = t
    stride, numbers = group.dot(step, G), []
    for x, (_, b) in enumerate(box.totals):
        left = b
        for teller in used:
            weight = 1
            for other in used:
                weight = weight * (other * pow(other - teller, -1, Q) if other != teller else 1) % Q
            left = group.sub(left, group.dot(weight, box.parts[teller][x]))
        jumps = 0
        while left not in small and jumps <= step:
            left, jumps = group.sub(left, stride), jumps + 1
        demand(left in small and jumps * step + small[left] <= most, "result", f"ciphertext {x}")
        numbers.append(jumps * step + small[left])
    rest = iter(numbers)
    box.result = [[next(rest) for _ in range(choices)] for choices in box.shape]
    demand(all(sum(votes) == most for votes in box.result), "result", "the choices of an item do not add up")
    return "; ".join(f"{item['title']}: {' '.join(map(str, votes))}" for item, votes in zip(box.items, box.result, strict=True))


def v14_published(box: Box, asked: argparse.Namespace) -> str:
    (payload,) = box.of("result")
    items = [
        {"id": item["id"], "totals": votes, "outcome": _outcome(votes[0], item.get("threshold"))}
        for item, votes in zip(box.items, box.result, strict=True)
    ]
    demand(jsonic(payload, "result") == {"v": 1, "ballots": len(box.counted), "items": items}, "result", "published")
    return ", ".join(f"{item['title']}: {one['outcome']}" for item, one in zip(box.items, items, strict=True) if one["outcome"])


def _outcome(in_favour: int, rule: dict[str, Any] | None) -> str | None:
    if rule is None:
        return None
    if 2 * in_favour == rule["of"]:
        return {"gt_half": "rejected", "ge_half": "passed", "ask": "half"}[rule["operator"]]
    return "passed" if 2 * in_favour > rule["of"] else "rejected"


def v15_receipts(box: Box, asked: argparse.Namespace) -> str:
    on_board = {tracker(ballot.hash) for ballot in box.ballots} | {tracker(payload[:32]) for payload in box.of("spoil")}
    for text in asked.receipt:
        words = text.split()
        demand(len(words) in (1, 4), "chain", "receipt")
        demand(words[0] in on_board, "chain", f"receipt {words[0]} is not on the board")
        if len(words) == 4:
            demand(words[1].isdecimal() and int(words[1]) < len(box.heads), "chain", f"receipt {words[0]}")
            seq, head, signature = int(words[1]), unspelt(words[2]), unspelt(words[3])
            demand(signed(box.key, enc("head", u32(seq), head), signature), "chain", f"receipt {words[0]} is not the server's")
            demand(box.heads[seq] == head, "chain", f"receipt {words[0]} is of another board")
    return f"{len(asked.receipt)} receipts"


Check = Callable[[Box, argparse.Namespace], str]
CHECKS: tuple[tuple[str, str, Check], ...] = (
    ("V1", "记录连环与签名 chain and signature", v1_chain),
    ("V2", "监票人的约定 manifest of the ceremony", v2_manifests),
    ("V3", "监票人的密钥 commitments and proofs of the tellers", v3_ceremony),
    ("V4", "先后次序 order of entries", v4_order),
    ("V5", "选票的形式与资格 form and credentials of ballots", v5_ballots),
    ("V6", "选票的签名 signatures of ballots", v6_signatures),
    ("V7", "每个选择是0或1 every choice is 0 or 1", v7_choices),
    ("V8", "每项恰有一个选择 one choice for each item", v8_one_each),
    ("V9", "改投次序与重复 counters and repetitions", v9_counters),
    ("V10", "抽查的选票 spoiled ballots", v10_spoiled),
    ("V11", "计入的选票与总和 ballots counted and their sums", v11_sums),
    ("V12", "监票人的开箱 shares of the tellers", v12_shares),
    ("V13", "票数 totals", v13_totals),
    ("V14", "公布的结果 published result", v14_published),
    ("V15", "回执 receipts", v15_receipts),
)
AFTER_OPENING = ("V12", "V13", "V14")


def verify(data: bytes, asked: argparse.Namespace, say: Callable[[str], object] = print) -> str | None:
    """None if all checks hold, else the code of the first that does not; the checks behind that one would build on sand and are not made."""
    try:
        box = Box(data, group(asked.python))
    except Fault as fault:
        say(f"V1   FAULT  {fault}")
        return fault.code
    for name, label, check in CHECKS:
        if asked.before_opening and name in AFTER_OPENING:
            continue
        try:
            found = check(box, asked)
        except Fault as fault:
            say(f"{name:<4} FAULT  {label}: {fault}")
            return fault.code
        say(f"{name:<4} ok     {label}{': ' if found else ''}{found}")
    _print(box, asked, say)
    return None


def _print(box: Box, asked: argparse.Namespace, say: Callable[[str], object]) -> None:
    """What people compare with the screen, the slip and what was published beforehand."""
    say(f"HE      {' '.join(re.findall('....', letters(box.election, 20)))}")
    closing = next(head for head, line in zip(box.heads, box.lines, strict=True) if line.kind == "close")
    say(f"closed  {spelt(closing)}")
    cast, spoiled, void = len(box.counted), len(box.of("spoil")), len(box.of("void"))
    say(f"slips   {len(box.credentials)}, cast {cast}, spoiled {spoiled}, void {void}")
    say(f"sha256  {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}  {Path(__file__).name}")
    if asked.script:
        say(f"sha256  {hashlib.sha256(asked.script.read_bytes()).hexdigest()}  {asked.script.name}")
    say(f"by      {box.group.name}")


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="verify.py", description="Checks an exported election of congress-ballot/1.")
    ask.add_argument("file", type=Path)
    ask.add_argument("--head", action="append", default=[], help="a head that was seen on the screen, in base64url; may be repeated")
    ask.add_argument("--receipt", action="append", default=[], help="a receipt as it was given, or its tracker alone; may be repeated")
    ask.add_argument("--script", type=Path, help="a ballot.js, to print its hash")
    ask.add_argument("--before-opening", action="store_true", help="the box is closed, and nobody has opened it yet")
    ask.add_argument("--python", action="store_true", help="without libsodium")
    return ask.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    asked = options(arguments)
    return 0 if verify(asked.file.read_bytes(), asked) is None else 1


if __name__ == "__main__":
    sys.exit(main())
