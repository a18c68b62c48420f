"""What changed between two wordings, with whole dates, amounts, numbers and Latin words as units.

Deterministic: the comparison has no time limit, so that it does not depend on load.
"""

import re
from collections.abc import Iterator

from diff_match_patch import diff_match_patch

MEASURE = r"(?:万元|年|月|日|号|元|角|分|％|%|倍|人|小时|个)?"
TOKEN = re.compile(
    rf"[〇零一二三四五六七八九十百千万亿两]{{1,12}}{MEASURE}" rf"|\d(?:[\d.]|[,\uff0c]\d)*{MEASURE}" r"|[A-Za-z]+|.", re.DOTALL
)
OPERATIONS = {-1: "del", 0: "", 1: "ins"}


def redline(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces (`del`, `ins` or empty, text). Without the insertions they read as `old`, without the deletions as `new`."""
    words: dict[str, str] = {}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    diffs = differ.diff_main(_coded(old, words), _coded(new, words), False)
    differ.diff_cleanupSemantic(diffs)
    meaning = {code: word for word, code in words.items()}
    return [(OPERATIONS[op], "".join(meaning[code] for code in codes)) for op, codes in diffs]


def _coded(text: str, words: dict[str, str]) -> str:
    return "".join(words.setdefault(token, chr(0xF0000 + len(words))) for token in _tokens(text))


def _tokens(text: str) -> Iterator[str]:
    return (match[0] for match in TOKEN.finditer(text))
