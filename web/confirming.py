"""One's own password, asked for again where much hangs on who it is."""

from datetime import datetime

from sqlmodel import Session

from web.accounts import entry
from web.accounts.models import Account
from web.accounts.passwords import matches
from web.dispatch import in_read, in_write
from web.practice import now
from web.render import READER, AnyRequest
from workflow.words import N_, Sentence, say

WRONG = say(N_("密码不对，请重新输入。"))


async def objection(request: AnyRequest, typed: str, wrong: Sentence = WRONG) -> Sentence | None:
    """Why `typed` does not confirm; None where it is the reader's password.

    Looked at before the transaction of what it confirms, since a wrong one is counted as at sign-in, and since the hash takes its time.
    """
    account_id, at = READER.get().account_id, now()
    if account_id is None:
        return wrong
    until, is_right = await in_read(_judge, account_id, typed, at)
    if until is None and not is_right:
        until = await in_write(entry.record_failure, account_id, request.client.host if request.client else "", at=at)
    return entry.locked(until) if until is not None else None if is_right else wrong


def _judge(db: Session, account_id: int, typed: str, at: datetime) -> tuple[datetime | None, bool]:
    """Until when the account is locked, and otherwise whether the password is right."""
    until = entry.locked_until(db, account_id, at=at)
    return until, until is None and matches(db.get_one(Account, account_id).password_hash, typed)
