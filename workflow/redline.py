"""What changed between two wordings, and between two versions of a contract, article by article.

Whole dates, sums, numbers, numbers of articles and Latin words are units: a sum is struck out and written anew, never digit by digit.
Deterministic: no comparison has a time limit, so that none depends on load, and ties go to what stands first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from diff_match_patch import diff_match_patch

HAN = "[〇零一二三四五六七八九十百千万亿两]"
CAPITAL = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]"
MEASURE = r"(?:万元|年|月|日|号|元|角|分|％|%|‰|倍|人|小时|个)?"
TOKEN = re.compile(
    "|".join(
        (
            r"\d{4}-\d{2}-\d{2}",
            r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日",
            f"[〇零一二三四五六七八九]{{4}}年(?:{HAN}{{1,3}}月(?:{HAN}{{1,3}}日)?)?|{HAN}{{1,3}}月{HAN}{{1,3}}日",
            rf"第(?:{HAN}{{1,12}}|\d+)[章节条款项]",
            f"(?:[壹贰叁肆伍陆柒捌玖拾]{CAPITAL}*[元角分](?:零(?=[壹贰叁肆伍陆柒捌玖]))?)+整?",
            rf"{HAN}{{1,12}}{MEASURE}",
            rf"\d(?:[\d.]|[,\uff0c]\d)*{MEASURE}",
            "[A-Za-z]+",
            ".",
        )
    ),
    re.DOTALL,
)
OPERATIONS = {-1: "del", 0: "", 1: "ins"}
LIKE = 0.4
"""Share of pairs of characters that two articles have in common from which they are one article, reworded."""

Pieces = list[tuple[str, str]]
"""`del`, `ins` or empty, and the text. Without the insertions they read as the old, without the deletions as the new."""


@dataclass(frozen=True)
class Clause:
    """An article of one version, a paragraph a line, or the heading of a chapter. The same `key` in both versions is the same article however it
    reads; one without a key is found again by its words."""

    text: str
    key: str = ""
    is_heading: bool = False


class Fate(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    """To this place; reworded too, where its lines differ."""
    LEFT = "left"
    """This place, for another."""
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Change:
    """What became of an article. `old` and `new` are its places in the versions, from 0; `lines` compares its paragraphs."""

    fate: Fate
    old: int | None
    new: int | None
    lines: tuple[Pieces, ...]

    @property
    def is_reworded(self) -> bool:
        return any(operation for line in self.lines for operation, _ in line)


def redline(old: str, new: str) -> Pieces:
    """The pieces of one wording compared with another."""
    words: dict[str, str] = {}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    diffs = differ.diff_main(_coded(old, words), _coded(new, words), False)
    differ.diff_cleanupSemantic(diffs)
    meaning = {code: word for word, code in words.items()}
    return [(OPERATIONS[op], "".join(meaning[code] for code in codes)) for op, codes in diffs]


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Change, ...]:
    """Every article of both versions, in the order of the new one; what was deleted or has left stands where it stood.

    Without what is inserted or moved here, the changes read as the old version; without what is deleted or has left, as the new.
    """
    pairs = paired(old, new)
    staying = unmoved(pairs)
    found = list[Change]()
    for (old_before, new_before), (old_next, new_next) in pairwise([(-1, -1), *staying, (len(old), len(new))]):
        at_old = {place: partner for place, partner in pairs if old_before < place < old_next}
        at_new = {partner: place for place, partner in pairs if new_before < partner < new_next}
        for place in range(old_before + 1, old_next):
            moved_to = at_old.get(place)
            fate = Fate.DELETED if moved_to is None else Fate.LEFT
            found.append(Change(fate, place, moved_to, lines(old[place].text, "")))
        for place in range(new_before + 1, new_next):
            origin = at_new.get(place)
            if origin is None:
                found.append(Change(Fate.INSERTED, None, place, lines("", new[place].text)))
            else:
                found.append(Change(Fate.MOVED, origin, place, lines(old[origin].text, new[place].text)))
        if old_next < len(old):
            compared = lines(old[old_next].text, new[new_next].text)
            kept = Change(Fate.KEPT, old_next, new_next, compared)
            found.append(Change(Fate.CHANGED, old_next, new_next, compared) if kept.is_reworded else kept)
    return tuple(found)


def paired(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Places of one article in both versions, in the old order: by key, then by likeness, the likest and nearest first."""
    places = {one.key: place for place, one in enumerate(new) if one.key}
    found = {place: places[one.key] for place, one in enumerate(old) if one.key in places}
    taken = set(found.values())
    old_parts, new_parts = [bigrams(one.text) for one in old], [bigrams(one.text) for one in new]
    candidates = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            if i in found or j in taken or one.is_heading != other.is_heading or (one.key and other.key):
                continue
            share = 1.0 if one.text == other.text else likeness(old_parts[i], new_parts[j])
            if share >= LIKE:
                candidates.append((-share, abs(i - j), i, j))
    for *_, i, j in sorted(candidates):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return sorted(found.items())


def unmoved(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that stand in one order in both versions; of several choices the one with the earlier articles of the old."""
    longest = [0] * len(pairs)
    for i in reversed(range(len(pairs))):
        longest[i] = 1 + max((longest[j] for j in range(i + 1, len(pairs)) if pairs[j][1] > pairs[i][1]), default=0)
    found = list[tuple[int, int]]()
    wanted = max(longest, default=0)
    for pair, length in zip(pairs, longest, strict=True):
        if length == wanted and (not found or pair[1] > found[-1][1]):
            found.append(pair)
            wanted -= 1
    return found


def lines(old: str, new: str) -> tuple[Pieces, ...]:
    """The paragraphs of two wordings beside each other, each pair compared; a paragraph without a partner is one piece. The first of
    one is the partner of the first of the other."""
    before, after = paragraphs(old), paragraphs(new)
    if not before or not after:
        return tuple([[("del", one)] for one in before] or [[("ins", one)] for one in after] or [[]])
    found = [redline(before[0], after[0])]
    i = j = 1
    for old_next, new_next in [*((i + 1, j + 1) for i, j in aligned(before[1:], after[1:])), (len(before), len(after))]:
        found += [[("del", one)] for one in before[i:old_next]]
        found += [[("ins", one)] for one in after[j:new_next]]
        if old_next < len(before):
            found.append(redline(before[old_next], after[new_next]))
        i, j = old_next + 1, new_next + 1
    return tuple(found)


def aligned(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in one order whose likeness adds up to the most."""
    old_parts, new_parts = [bigrams(one) for one in before], [bigrams(one) for one in after]
    shares = [
        [1.0 if one == other else likeness(old_parts[i], new_parts[j]) for j, other in enumerate(after)] for i, one in enumerate(before)
    ]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            together = best[i + 1][j + 1] + shares[i][j] if shares[i][j] >= LIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found, i, j = list[tuple[int, int]](), 0, 0
    while i < len(before) and j < len(after):
        if shares[i][j] >= LIKE and best[i][j] == best[i + 1][j + 1] + shares[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def paragraphs(text: str) -> list[str]:
    return [line for line in (one.strip(" \t\u3000") for one in text.splitlines()) if line]


def bigrams(text: str) -> frozenset[str]:
    return frozenset(first + second for first, second in pairwise(text))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _coded(text: str, words: dict[str, str]) -> str:
    return "".join(words.setdefault(token, chr(0xF0000 + len(words))) for token in _tokens(text))


def _tokens(text: str) -> Iterator[str]:
    return (match[0] for match in TOKEN.finditer(text))
