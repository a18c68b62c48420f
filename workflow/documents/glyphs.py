"""Which characters the shipped fonts can draw. Typst draws a box for one that they cannot, without a word; so they are refused."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from workflow.documents import FONTS

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
