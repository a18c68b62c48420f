"""The secret of the second step: encrypted in the database, under a key that is not in it.

AES-256-GCM over the twenty bytes of the secret, bound to the account it belongs to: nonce, ciphertext and tag are 48 bytes,
64 characters in base64. A copy of the database alone gives nobody a code.
"""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session, col, func, select

from web.accounts.models import Account

PLAIN = 32
"""Characters of a secret in base32, as it lay in the database before secrets were encrypted."""
NONCE = 12


class Unreadable(Exception):
    """Encrypted for another account or under another key."""


def locked(key: bytes, account_id: int, secret: str) -> str:
    """`secret` is base32, 32 characters; `key` has 32 bytes."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key).encrypt(nonce, base64.b32decode(secret), str(account_id).encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unlocked(key: bytes, account: Account) -> str:
    """The secret in base32; empty where the account has none. Raises `Unreadable`."""
    if not account.totp_secret:
        return ""
    try:
        sealed = base64.urlsafe_b64decode(account.totp_secret)
        secret = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], str(account.id).encode())
    except (InvalidTag, ValueError, binascii.Error):
        raise Unreadable from None
    return base64.b32encode(secret).decode()


def lock_all(db: Session, key: bytes) -> int:
    """Encrypt what an earlier version left in plain text; gives how many."""
    plain = db.exec(select(Account).where(func.length(Account.totp_secret) == PLAIN).order_by(col(Account.id))).all()
    for account in plain:
        assert account.id is not None
        account.totp_secret = locked(key, account.id, account.totp_secret)
        db.add(account)
    return len(plain)
