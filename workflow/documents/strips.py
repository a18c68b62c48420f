"""Sheets of A4 to be cut into strips of one size: dashed lines to cut along, nothing in a row that must stay together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import typst

from workflow.documents import TEMPLATES
from workflow.documents.layout import CIVIL_TIME
from workflow.documents.pdf import array, fonts, qr_svg, quoted


@dataclass(frozen=True)
class Strip:
    """`code` is what matters on it, large; with an `address` there is a QR code that leads there."""

    head: str
    code: str
    words: tuple[str, ...] = ()
    address: str = ""


def strips(title: str, made: Sequence[Strip], at: datetime, *, columns: int) -> bytes:
    """The PDF. `at` is aware."""
    cells = ",\n".join(_cell(one) for one in made)
    markup = f'#import "/strips.typ": *\n#show: sheet.with(title: {quoted(title)})\n#strips(columns: {columns}, {cells})\n'
    compiled = typst.Compiler(root=TEMPLATES, font_paths=fonts()).compile(
        input=markup.encode(), format="pdf", timestamp=at.astimezone(CIVIL_TIME).replace(microsecond=0)
    )
    assert isinstance(compiled, bytes)
    return compiled


def _cell(one: Strip) -> str:
    qr = quoted(qr_svg(one.address)) if one.address else "none"
    return f"strip({quoted(one.head)}, {quoted(one.code)}, {array(quoted(words) for words in one.words)}, qr: {qr})"
