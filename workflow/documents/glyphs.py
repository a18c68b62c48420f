"""Which characters the shipped fonts can draw. Typst draws a box for one that they cannot, without a word; so they are refused."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from workflow.documents import FONTS
from workflow.words import N_, Sentence, say

WHITESPACE = frozenset(" \t\r\n\u3000")
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""General categories that never print: controls, marks that turn or hide text, private use, unassigned."""


@cache
def covered() -> frozenset[int]:
    """Code points of all shipped fonts together; every chain in `gw.typ` ends in all of them."""
    points: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def font_files() -> list[Path]:
    return sorted(path for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf"))


def missing(text: str) -> list[str]:
    """Characters of `text` that no document can show, in order, each once."""
    points = covered()
    return [one for one in dict.fromkeys(text) if one not in WHITESPACE and (ord(one) not in points or unicodedata.category(one) in UNSEEN)]


def refusal(characters: list[str]) -> Sentence:
    """Which characters cannot be printed, as a person is told."""
    named = "、".join(f"“{one}”（U+{ord(one):04X}）" if one.isprintable() else f"U+{ord(one):04X}" for one in characters)
    return say(N_("下列字符无法在文书中显示，请改用其他写法：{characters}。"), characters=named)
