"""One answer to one key: a request that is sent again with its Idempotency-Key is told what was answered the first time.

The key is taken in the transaction of the act itself: of two equal requests at once the second waits for the first. A refusal
undoes the transaction and so leaves the key free: it is judged anew when it is sent again.
"""

from datetime import datetime, timedelta

from litestar import Response
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from web.api.models import Replay
from workflow.database import is_sqlite
from workflow.forms import invalid
from workflow.words import N_

KEPT = timedelta(days=7)


def earlier(db: Session, account_id: int, key: str, fingerprint: str, *, at: datetime) -> Response[bytes] | None:
    """Take the key, or give what was answered. Raises `Invalid` where the key stands for another request."""
    db.exec(delete(Replay).where(col(Replay.account_id) == account_id, col(Replay.taken_at) < at - KEPT))
    insert = sqlite.insert if is_sqlite(db) else postgresql.insert
    row = insert(Replay).values(account_id=account_id, key=key, fingerprint=fingerprint, taken_at=at, status=0, headers={}, body="")
    if db.connection().execute(row.on_conflict_do_nothing().returning(col(Replay.key))).first() is not None:
        return None
    found = db.exec(select(Replay).where(Replay.account_id == account_id, Replay.key == key)).one()
    if found.fingerprint != fingerprint:
        raise invalid("Idempotency-Key", N_("这个Idempotency-Key已经用在另一个请求上，请换一个。"))
    headers = {**found.headers, "Idempotency-Replayed": "true"}
    return Response(found.body.encode(), status_code=found.status, media_type="application/json", headers=headers)


def kept(db: Session, account_id: int, key: str, answer: Response[bytes]) -> Response[bytes]:
    """The answer, kept under its key where there is one."""
    if key:
        db.flush()
        taken = db.exec(select(Replay).where(Replay.account_id == account_id, Replay.key == key)).one()
        taken.status, taken.headers, taken.body = answer.status_code or 200, dict(answer.headers), answer.content.decode()
        db.add(taken)
        db.flush()
    return answer
