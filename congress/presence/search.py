"""Finding a person at the check-in desk: by name, by the initials of its pinyin, or by staff number."""

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, pinyin

from congress.presence.members import Member


def found(members: Iterable[Member], typed: str) -> list[Member]:
    """Those whose name holds what was typed, whose initials begin with it, or whose staff number does. An exact number goes first."""
    wanted = typed.strip().lower()
    if not wanted:
        return []
    hits = [one for one in members if _is_meant(one, wanted)]
    return sorted(hits, key=lambda one: one.staff_number.lower() != wanted)


def by_code(members: Iterable[Member], code: str) -> Member | None:
    """Whose staff number this is, in full: what a scanner types off the card."""
    hits = [one for one in members if one.staff_number and one.staff_number.lower() == code.strip().lower()]
    return hits[0] if len(hits) == 1 else None


def _is_meant(one: Member, wanted: str) -> bool:
    return (
        wanted in one.name.lower()
        or bool(one.staff_number)
        and one.staff_number.lower().startswith(wanted)
        or _has_initials(one.name, wanted)
    )


def _has_initials(name: str, wanted: str) -> bool:
    letters = initials(name)
    return len(wanted) <= len(letters) and all(letter in of for letter, of in zip(wanted, letters, strict=False))


@lru_cache(maxsize=10_000)
def initials(name: str) -> tuple[frozenset[str], ...]:
    """Of each character every letter that its reading may begin with: a surname is often read in a way of its own."""
    return tuple(frozenset(letter.lower() for letter in of) for of in pinyin(name, style=Style.FIRST_LETTER, heteronym=True))
