"""Passwords: Argon2id, ten characters or more, and not the login."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from workflow.words import N_, Sentence, say

SHORTEST = 10

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("a password that nobody has")


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Takes as long for an account that does not exist (an empty hash) as for one that does."""
    try:
        return _hasher.verify(password_hash or _nobody, password) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


def weakness(password: str, login: str) -> Sentence | None:
    """Why the password will not do."""
    if len(password) < SHORTEST:
        return say(N_("密码至少要{n}个字符，现在是{m}个。可以用几个不相干的词连起来。"), n=SHORTEST, m=len(password))
    if len(password) > 200:
        return say(N_("密码最多200个字符。"))
    if login and (password.casefold() == login.casefold() or password.casefold().strip("0123456789") == login.casefold()):
        return say(N_("密码不能是用户名，也不能只是用户名加数字。"))
    if len(set(password)) < 4:
        return say(N_("这个密码太容易猜到，请换一个。"))
    return None
