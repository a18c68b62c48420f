"""The algorithms of Helios on a group of its size: 2048 bits, exponents of 256. Each answer of a question is encrypted with a proof that it
is 0 or 1, and the sum of a question's answers with a proof that it is 0 or 1 (Cramer, Damgård and Schoenmakers; Fiat and Shamir by SHA-256).
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

BITS, EXPONENT = 2048, 256


@dataclass(frozen=True)
class Group:
    p: int
    q: int
    g: int


@dataclass(frozen=True)
class Branch:
    """One half of a proof that a ciphertext holds 0 or 1: the two commitments, the challenge and the response."""

    a: int
    b: int
    challenge: int
    response: int


@dataclass(frozen=True)
class Encrypted:
    alpha: int
    beta: int
    proof: tuple[Branch, Branch]


Ballot = tuple[tuple[tuple[Encrypted, ...], Encrypted], ...]
"""Of each question its answers, and their sum with a proof of its own."""


@cache
def group(seed: int = 1) -> Group:
    """A group of those sizes, the same every time."""
    dice = random.Random(seed)
    q = _prime(lambda: dice.getrandbits(EXPONENT) | 1 << (EXPONENT - 1) | 1, dice)
    p = _prime(lambda: q * 2 * (dice.getrandbits(BITS - EXPONENT - 1) | 1 << (BITS - EXPONENT - 2)) + 1, dice)
    return Group(p, q, pow(2, (p - 1) // q, p))


def keys(of: Group, dice: random.Random) -> tuple[int, int]:
    secret = dice.randrange(1, of.q)
    return secret, pow(of.g, secret, of.p)


def make(of: Group, key: int, votes: Sequence[Sequence[int]], dice: random.Random) -> Ballot:
    made = []
    for chosen in votes:
        secrets = [dice.randrange(of.q) for _ in chosen]
        answers = tuple(_encrypt(of, key, vote, secret, dice) for vote, secret in zip(chosen, secrets, strict=True))
        made.append((answers, _encrypt(of, key, sum(chosen), sum(secrets) % of.q, dice)))
    return tuple(made)


def check(of: Group, key: int, ballot: Ballot) -> bool:
    for answers, total in ballot:
        alpha = beta = 1
        for one in answers:
            alpha, beta = alpha * one.alpha % of.p, beta * one.beta % of.p
        if (alpha, beta) != (total.alpha, total.beta) or not all(_holds(of, key, one) for one in (*answers, total)):
            return False
    return True


def _encrypt(of: Group, key: int, value: int, secret: int, dice: random.Random) -> Encrypted:
    alpha, beta = pow(of.g, secret, of.p), pow(key, secret, of.p) * pow(of.g, value, of.p) % of.p
    other = 1 - value
    challenge, response, nonce = dice.randrange(of.q), dice.randrange(of.q), dice.randrange(of.q)
    shown = beta * pow(of.g, -other, of.p) % of.p
    feigned = Branch(
        pow(of.g, response, of.p) * pow(alpha, -challenge % of.q, of.p) % of.p,
        pow(key, response, of.p) * pow(shown, -challenge % of.q, of.p) % of.p,
        challenge,
        response,
    )
    a, b = pow(of.g, nonce, of.p), pow(key, nonce, of.p)
    commitments = [(feigned.a, feigned.b), (a, b)] if other == 0 else [(a, b), (feigned.a, feigned.b)]
    own = (_challenge(of, alpha, beta, commitments) - challenge) % of.q
    true = Branch(a, b, own, (nonce + own * secret) % of.q)
    return Encrypted(alpha, beta, (feigned, true) if other == 0 else (true, feigned))


def _holds(of: Group, key: int, one: Encrypted) -> bool:
    wanted = _challenge(of, one.alpha, one.beta, [(branch.a, branch.b) for branch in one.proof])
    if sum(branch.challenge for branch in one.proof) % of.q != wanted:
        return False
    for value, branch in enumerate(one.proof):
        shown = one.beta * pow(of.g, -value, of.p) % of.p
        if pow(of.g, branch.response, of.p) != branch.a * pow(one.alpha, branch.challenge, of.p) % of.p:
            return False
        if pow(key, branch.response, of.p) != branch.b * pow(shown, branch.challenge, of.p) % of.p:
            return False
    return True


def _challenge(of: Group, alpha: int, beta: int, commitments: Sequence[tuple[int, int]]) -> int:
    words = ",".join(str(number) for number in (alpha, beta, *(number for pair in commitments for number in pair)))
    return int.from_bytes(hashlib.sha256(words.encode()).digest()) % of.q


def _prime(candidate: Callable[[], int], dice: random.Random) -> int:
    while not _is_prime(found := candidate(), dice):
        pass
    return found


def _is_prime(n: int, dice: random.Random, rounds: int = 20) -> bool:
    """Miller and Rabin."""
    if n < 4 or n % 2 == 0 or any(n % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31)):
        return n in (2, 3)
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(rounds):
        x = pow(dice.randrange(2, n - 1), odd, n)
        if x not in (1, n - 1) and all((x := x * x % n) != n - 1 for _ in range(twos - 1)):
            return False
    return True
