"""What lies in the database under the installation's secret, which does not: the server's signing keys, and how PINs are looked up."""

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session

from congress.ballots.e2e.encoding import read_base64, to_base64
from congress.ballots.models import KeyCeremony

NONCE = 12
TURNS = 1000
"""Of PBKDF2. What stops a guess is the installation's secret in the salt and the few tries a slip has."""


def new_server_key(db: Session, congress: str) -> tuple[Ed25519PrivateKey, str]:
    """A key for this congress, and how it is kept."""
    key, nonce = Ed25519PrivateKey.generate(), secrets.token_bytes(NONCE)
    sealed = AESGCM(_derived(db, b"server key")).encrypt(nonce, key.private_bytes_raw(), congress.encode())
    return key, to_base64(nonce + sealed)


def server_key(db: Session, keys: KeyCeremony, congress: str) -> Ed25519PrivateKey:
    kept = read_base64(keys.server_key)
    return Ed25519PrivateKey.from_private_bytes(AESGCM(_derived(db, b"server key")).decrypt(kept[:NONCE], kept[NONCE:], congress.encode()))


def pins(db: Session, congress: str, count: int) -> list[str]:
    """The first `count` PINs of a congress, all different: made again whenever they are printed, kept nowhere."""
    key, found = _derived(db, b"pins", congress), dict[str, None]()
    number = 0
    while len(found) < count:
        drawn = int.from_bytes(hmac.digest(key, number.to_bytes(4, "big"), "sha256")[:8], "big")
        found[f"{drawn % 10**6:06d}"] = None
        number += 1
    return list(found)


def pin_digest(db: Session, congress: str, pin: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), _derived(db, b"pin", congress), TURNS)


def _derived(db: Session, purpose: bytes, congress: str = "") -> bytes:
    secret = bytes.fromhex(db.info["secret"])
    assert secret, "this installation's secret was not handed to the database's session"
    return hmac.digest(secret, purpose + b"\0" + congress.encode(), "sha256")
