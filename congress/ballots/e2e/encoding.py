"""Bytes of the protocol: framing, hashes, scalars, base32; and the one error that all of it raises."""

import base64
import hashlib
import json
import re
from enum import StrEnum
from typing import Any

PROTOCOL = b"congress-ballot/1"
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order q of ristretto255."""
TRACKER_GROUP = 4


class Code(StrEnum):
    """Why something is rejected; the same words stand in the vectors."""

    LENGTH = "length"
    VERSION = "version"
    ELECTION = "election"
    CREDENTIAL = "credential"
    VOID = "void"
    COUNTER = "counter"
    POINT = "point"
    SCALAR = "scalar-range"
    SIGNATURE = "sig"
    REPEATED = "dup"
    CHOICE = "or"
    ONE = "one"
    MANIFEST = "manifest"
    COMMITMENT = "commit"
    KNOWLEDGE = "pok"
    SHARE = "share"
    ORDER = "order"
    CHAIN = "chain"
    SPOIL = "spoil"
    FEW = "few"
    SECOND = "second"
    RESULT = "result"
    FORMAT = "format"


class Rejected(Exception):
    """`where` names the entry, item, choice or teller, for people who look into it."""

    def __init__(self, code: Code, where: str = "") -> None:
        super().__init__(f"{code} {where}".rstrip())
        self.code = code
        self.where = where


def u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def framed(part: bytes) -> bytes:
    return u32(len(part)) + part


def enc(tag: str, *parts: bytes) -> bytes:
    return b"".join(map(framed, (PROTOCOL, tag.encode(), *parts)))


def digest(tag: str, *parts: bytes) -> bytes:
    """H of the protocol: 32 bytes."""
    return hashlib.sha256(enc(tag, *parts)).digest()


def to_scalar(tag: str, *parts: bytes) -> int:
    """Hs of the protocol: 512 bits reduced, so that no value is favoured."""
    return int.from_bytes(hashlib.sha512(enc(tag, *parts)).digest(), "little") % ORDER


def scalar_bytes(scalar: int) -> bytes:
    return (scalar % ORDER).to_bytes(32, "little")


def read_scalar(data: bytes, where: str = "") -> int:
    """A scalar as it was received: 0 < s < q, so that each has one encoding. Raises `Rejected`."""
    scalar = int.from_bytes(data, "little")
    if len(data) != 32 or not 0 < scalar < ORDER:
        raise Rejected(Code.SCALAR, where)
    return scalar


def base32(data: bytes, characters: int) -> str:
    """The first characters of RFC 4648 base32 without padding."""
    return base64.b32encode(data).decode().rstrip("=")[:characters]


def tracker(ballot_hash: bytes) -> str:
    """The voter's 查验码: the first 100 bits of the ballot's hash in five groups."""
    text = base32(ballot_hash, 20)
    return "-".join(text[at : at + TRACKER_GROUP] for at in range(0, len(text), TRACKER_GROUP))


def to_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def read_base64(text: str) -> bytes:
    """Base64url without padding, in its only spelling. Raises `Rejected`."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Rejected(Code.FORMAT, "base64") from error
    if to_base64(data) != text:
        raise Rejected(Code.FORMAT, "base64")
    return data


def read_hex(text: object, where: str = "hex") -> bytes:
    """32 bytes in lower case. Raises `Rejected`."""
    if not isinstance(text, str) or not re.fullmatch("[0-9a-f]{64}", text):
        raise Rejected(Code.MANIFEST, where)
    return bytes.fromhex(text)


def read_json(data: bytes, where: str) -> dict[str, Any]:
    """An object as it was published; a key written twice would let two readers see two things. Raises `Rejected`."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) != len(pairs):
            raise ValueError("a key stands twice")
        return read

    try:
        read = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Rejected(Code.MANIFEST, where) from error
    if not isinstance(read, dict):
        raise Rejected(Code.MANIFEST, where)
    return read


def write_json(content: dict[str, Any]) -> bytes:
    """What we publish; readers take any spelling and hash the bytes they got."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
