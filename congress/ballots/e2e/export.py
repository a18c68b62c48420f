"""The exported election: one text file from which everything can be checked without us.

First the protocol's name, then a line for each entry (`type payload`, the payload in base64url without padding), last the signed head (`head
number head signature`). Every line ends in LF; there is one way to write a given board, and no other is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from congress.ballots.e2e.board import Board, Entry, Kind, next_head, signed_words
from congress.ballots.e2e.encoding import PROTOCOL, Code, Rejected, read_base64, to_base64
from congress.ballots.e2e.groups import Group


@dataclass(frozen=True)
class Exported:
    entries: tuple[Entry, ...]
    seq: int
    head: bytes
    signature: bytes


def export(entries: Sequence[Entry], head: bytes, signature: bytes) -> bytes:
    lines = [PROTOCOL.decode(), *(f"{entry.kind} {to_base64(entry.payload)}" for entry in entries)]
    lines.append(f"head {len(entries) - 1} {to_base64(head)} {to_base64(signature)}")
    return "".join(f"{line}\n" for line in lines).encode()


def read(data: bytes) -> Exported:
    """Raises `Rejected`. Nothing is checked yet but the writing."""
    try:
        first, *lines, last, end = data.decode("ascii").split("\n")
        name, seq, head, signature = last.split(" ")
        entries = tuple(Entry(Kind(kind), read_base64(payload)) for kind, payload in (line.split(" ") for line in lines))
    except ValueError as error:
        raise Rejected(Code.FORMAT) from error
    if first != PROTOCOL.decode() or end or name != "head" or seq != str(len(entries) - 1):
        raise Rejected(Code.FORMAT)
    return Exported(entries, len(entries) - 1, read_base64(head), read_base64(signature))


def check(data: bytes, group: Group | None = None) -> Board:
    """The board of an export, however far it has come, with everything on it checked. Raises `Rejected`."""
    exported = read(data)
    check_chain(exported)
    board = Board.replay(exported.entries, group)
    check_signature(board, exported)
    return board


def check_chain(exported: Exported) -> None:
    head = bytes(32)
    for entry in exported.entries:
        head = next_head(head, entry)
    if head != exported.head:
        raise Rejected(Code.CHAIN)


def check_signature(board: Board, exported: Exported) -> None:
    """Under the key that the ceremony's manifest names."""
    if board.ceremony is None:
        raise Rejected(Code.ORDER, "no ceremony")
    try:
        Ed25519PublicKey.from_public_bytes(board.ceremony.server_key).verify(exported.signature, signed_words(exported.seq, exported.head))
    except (InvalidSignature, ValueError) as error:
        raise Rejected(Code.CHAIN, "signature") from error
