"""ristretto255 (RFC 9496) on encoded points, by the system's libsodium or in Python: the same bytes from both.

The server and whoever verifies handle public data only, so that the time which the Python way takes may depend on the data. Secrets of tellers
and voters belong into `Sodium` or into their own browsers.
"""

import ctypes
import ctypes.util
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Protocol

from congress.ballots.e2e.encoding import ORDER, Code, Rejected, scalar_bytes

IDENTITY = bytes(32)
GENERATOR = bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")


class Group(Protocol):
    """Points are 32 bytes each. Whatever is no point of the group raises `Rejected`; scalars are reduced."""

    name: str

    def base(self, scalar: int) -> bytes: ...

    def times(self, scalar: int, point: bytes) -> bytes: ...

    def add(self, one: bytes, other: bytes) -> bytes: ...

    def subtract(self, one: bytes, other: bytes) -> bytes: ...

    def combine(self, *terms: tuple[int, bytes]) -> bytes:
        """The sum of scalar · point."""

    def is_point(self, data: bytes) -> bool:
        """Canonical, of the group, and not the identity: what may be received."""


def sum_of(group: Group, points: Iterable[bytes]) -> bytes:
    total = IDENTITY
    for point in points:
        total = group.add(total, point)
    return total


def read_point(group: Group, data: bytes, where: str = "") -> bytes:
    if not group.is_point(data):
        raise Rejected(Code.POINT, where)
    return data


@cache
def best() -> Group:
    """libsodium where the system has one that knows the group, else Python."""
    return sodium() or Python()


def sodium() -> "Sodium | None":
    names = ("libsodium.so.26", "libsodium.so.23", "libsodium.dylib", "libsodium.dll", ctypes.util.find_library("sodium"))
    for name in filter(None, names):
        try:
            library = ctypes.CDLL(name)
            library.crypto_scalarmult_ristretto255  # noqa: B018 - old and minimal builds lack it
        except (OSError, AttributeError):
            continue
        if library.sodium_init() >= 0:
            return Sodium(library)
    return None


class Sodium:
    name = "libsodium"

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library

    def base(self, scalar: int) -> bytes:
        if scalar % ORDER == 0:
            return IDENTITY
        made = ctypes.create_string_buffer(32)
        self._library.crypto_scalarmult_ristretto255_base(made, scalar_bytes(scalar))
        return made.raw

    def times(self, scalar: int, point: bytes) -> bytes:
        """libsodium refuses a product that is the identity; in this group only 0 and the identity have one."""
        if scalar % ORDER == 0 or point == IDENTITY:
            self._check(point)
            return IDENTITY
        made = ctypes.create_string_buffer(32)
        if not _has_length(point) or self._library.crypto_scalarmult_ristretto255(made, scalar_bytes(scalar), point):
            raise Rejected(Code.POINT)
        return made.raw

    def add(self, one: bytes, other: bytes) -> bytes:
        return self._both(self._library.crypto_core_ristretto255_add, one, other)

    def subtract(self, one: bytes, other: bytes) -> bytes:
        return self._both(self._library.crypto_core_ristretto255_sub, one, other)

    def combine(self, *terms: tuple[int, bytes]) -> bytes:
        return sum_of(self, (self.base(scalar) if point == GENERATOR else self.times(scalar, point) for scalar, point in terms))

    def is_point(self, data: bytes) -> bool:
        return _has_length(data) and data != IDENTITY and self._library.crypto_core_ristretto255_is_valid_point(data) == 1

    def _both(self, operation: "ctypes._NamedFuncPointer", one: bytes, other: bytes) -> bytes:
        made = ctypes.create_string_buffer(32)
        if not (_has_length(one) and _has_length(other)) or operation(made, one, other):
            raise Rejected(Code.POINT)
        return made.raw

    def _check(self, point: bytes) -> None:
        if point != IDENTITY and not self.is_point(point):
            raise Rejected(Code.POINT)


def _has_length(point: bytes) -> bool:
    """libsodium 1.0.18 overlooks the highest bit: without this a point had two encodings."""
    return len(point) == 32 and point[31] < 128


class Python:
    """Extended coordinates of edwards25519, windows of four bits; points that return often keep a table of all their windows."""

    name = "Python"

    def base(self, scalar: int) -> bytes:
        return self.combine((scalar, GENERATOR))

    def times(self, scalar: int, point: bytes) -> bytes:
        return self.combine((scalar, point))

    def add(self, one: bytes, other: bytes) -> bytes:
        return encode(add(decode(one), decode(other)))

    def subtract(self, one: bytes, other: bytes) -> bytes:
        return encode(add(decode(one), negated(decode(other))))

    def combine(self, *terms: tuple[int, bytes]) -> bytes:
        fixed, loose = NEUTRAL, []
        for scalar, point in terms:
            if _is_frequent(point):
                fixed = _by_table(fixed, scalar % ORDER, windows(point))
            else:
                loose.append((scalar % ORDER, multiples(point)))
        return encode(add(fixed, _interleaved(loose)) if loose else fixed)

    def is_point(self, data: bytes) -> bool:
        if data == IDENTITY:
            return False
        try:
            decode(data)
        except Rejected:
            return False
        return True


# The field and the curve

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
D2 = 2 * D % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Extended = tuple[int, int, int, int]
"""X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z."""
NEUTRAL: Extended = (0, 1, 1, 0)
WINDOW = 4
FREQUENT = 40
"""Uses after which a point earns a table of 64 × 16 entries, which costs as much as eight products."""


def is_negative(value: int) -> bool:
    return value % P % 2 == 1


def absolute(value: int) -> int:
    value %= P
    return P - value if value % 2 else value


def root_of_ratio(u: int, v: int) -> tuple[bool, int]:
    """SQRT_RATIO_M1 of RFC 9496, 4.2."""
    root = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    check = v * root * root % P
    u %= P
    flipped = check in (-u % P, -u * ROOT_OF_MINUS_ONE % P)
    if flipped:
        root = root * ROOT_OF_MINUS_ONE % P
    return check in (u, -u % P), absolute(root)


ROOT_OF_A_MINUS_D = root_of_ratio(1, -1 - D)[1]


@lru_cache(maxsize=8192)
def decode(data: bytes) -> Extended:
    """RFC 9496, 4.3.1. Raises `Rejected`."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or s % 2:
        raise Rejected(Code.POINT)
    u1, u2 = (1 - s * s) % P, (1 + s * s) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    is_square, root = root_of_ratio(1, v * u2 * u2 % P)
    x = absolute(2 * s * root * u2)
    y = u1 * root * root * u2 * v % P
    t = x * y % P
    if not is_square or t % 2 or y == 0:
        raise Rejected(Code.POINT)
    return x, y, 1, t


def encode(point: Extended) -> bytes:
    """RFC 9496, 4.3.2."""
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    _, root = root_of_ratio(1, u1 * u2 * u2 % P)
    first, second = root * u1 % P, root * u2 % P
    z_inverse = first * second * t % P
    if is_negative(t * z_inverse):
        x, y, factor = y * ROOT_OF_MINUS_ONE % P, x * ROOT_OF_MINUS_ONE % P, first * ROOT_OF_A_MINUS_D % P
    else:
        factor = second
    if is_negative(x * z_inverse):
        y = -y
    return absolute(factor * (z - y)).to_bytes(32, "little")


def add(one: Extended, other: Extended) -> Extended:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), t1 * D2 % P * t2, 2 * z1 * z2
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(point: Extended) -> Extended:
    x, y, z, _ = point
    a, b, c = x * x, y * y, 2 * z * z
    h = a + b
    e, g = (h - (x + y) ** 2) % P, (a - b) % P
    f, h = (c + g) % P, h % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def negated(point: Extended) -> Extended:
    x, y, z, t = point
    return -x % P, y, z, -t % P


def multiples(point: bytes) -> list[Extended]:
    """0 to 15 times the point."""
    return _multiples(decode(point))


def _multiples(point: Extended) -> list[Extended]:
    row = [NEUTRAL]
    while len(row) < 1 << WINDOW:
        row.append(add(row[-1], point))
    return row


@lru_cache(maxsize=16)
def windows(point: bytes) -> list[list[Extended]]:
    """Row w holds 0 to 15 times 16^w · point."""
    rows, start = [], decode(point)
    for _ in range(0, 256, WINDOW):
        rows.append(_multiples(start))
        start = add(rows[-1][-1], start)
    return rows


_uses: dict[bytes, int] = {GENERATOR: FREQUENT}


def _is_frequent(point: bytes) -> bool:
    """Bounded: a crowd of points that come once each does not stay in memory."""
    uses = _uses.get(point, 0) + 1
    if len(_uses) > 4096:
        for rare in [known for known, seen in _uses.items() if seen < FREQUENT]:
            del _uses[rare]
    _uses[point] = uses
    return uses > FREQUENT


def _by_table(total: Extended, scalar: int, rows: list[list[Extended]]) -> Extended:
    for row in rows:
        if digit := scalar & 15:
            total = add(total, row[digit])
        scalar >>= WINDOW
    return total


def _interleaved(terms: list[tuple[int, list[Extended]]]) -> Extended:
    total = NEUTRAL
    for at in range(252, -1, -WINDOW):
        for _ in range(WINDOW):
            total = double(total)
        for scalar, row in terms:
            if digit := scalar >> at & 15:
                total = add(total, row[digit])
    return total
