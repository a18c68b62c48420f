"""Small values that go through a browser and come back unchanged: a flash message, a login ticket, a file already received."""

import base64
import hashlib
import hmac
import json


def seal(secret: str, purpose: str, value: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{body}.{_mark(secret, purpose, body)}"


def unseal(secret: str, purpose: str, text: str) -> object | None:
    """What was sealed for this purpose, or None for anything else."""
    body, _, mark = text.rpartition(".")
    if not body or not hmac.compare_digest(mark.encode(), _mark(secret, purpose, body).encode()):
        return None
    value: object = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return value


def digest(token: str) -> str:
    """How a secret token lies in the database: SHA-256, hex. Tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mark(secret: str, purpose: str, body: str) -> str:
    return hmac.new(bytes.fromhex(secret), f"{purpose}:{body}".encode(), hashlib.sha256).hexdigest()[:40]
