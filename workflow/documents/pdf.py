"""A document as PDF/A-2b: blocks → Typst markup → bytes.

Words enter the markup only as string literals, so that nothing in them is ever read as markup; the layout is
`templates/documents/gw.typ`, the fonts are those beside it, and neither the system's fonts nor the network is touched. The same
document with the same instant gives the same bytes, in any thread.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from itertools import zip_longest

import segno
import typst

from workflow.documents import FONTS, TEMPLATES
from workflow.documents.layout import CIVIL_TIME, has_whole_rows, is_front, is_kept, role_of, stays_whole
from workflow.documents.vocabulary import (
    Align,
    Annex,
    Blank,
    Block,
    Break,
    Cell,
    Closing,
    Deleted,
    Fields,
    Grid,
    Heading,
    Inlines,
    Inserted,
    Masthead,
    Paper,
    Paragraph,
    Role,
    Signatures,
    Styled,
    Text,
    Title,
    parse,
)

NAMED = re.compile("(《[^《》]{1,17}》)")
"""A name that fits on a line of a title."""
IDEOGRAPHIC_SPACE = "\u3000"


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf(html: str, at: datetime, address: str = "") -> bytes:
    """The PDF of a document, dated `at` (aware) to the second. With the `address` at which documents are verified, a QR code leads
    there. Raises `VocabularyError`; `ValueError` for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    compiled = typst.Compiler(root=TEMPLATES, font_paths=fonts()).compile(
        input=markup(parse(html), address).encode(),
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=at.astimezone(CIVIL_TIME).replace(microsecond=0),
    )
    assert isinstance(compiled, bytes)
    return compiled


def markup(paper: Paper, address: str = "") -> str:
    head = f"#show: gw.with(title: {quoted(paper.title)}, header: {optional(paper.header)}, footer: {optional(paper.footer)}"
    if paper.token and address:
        head += f", verify: {quoted(qr_svg(f'{address}/{paper.token}'))}"
    head += ")"
    return "\n\n".join(('#import "/gw.typ": *', head, *written(paper.blocks))) + "\n"


def qr_svg(address: str) -> str:
    """A QR code as SVG, without margin: the page around it is white."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()


def written(blocks: tuple[Block, ...]) -> list[str]:
    """Each block as markup. A blank line follows a title with its notes."""
    made = []
    for number, one in enumerate(blocks):
        following = next((other for other in blocks[number + 1 : number + 4] if role_of(other) is not Role.ANNEXES), None)
        has_note = following is not None and role_of(following) is Role.NOTE
        made.append(block(one, is_kept(blocks, number), has_note))
        if is_front(one) and following is not None and not is_front(following):
            made.append("#blankline")
    return made


def block(one: Block, is_kept: bool = False, has_note: bool = False) -> str:
    match one:
        case Masthead(name, number):
            return f"#masthead({bracketed(name)}, {optional(number)})"
        case Title(lines):
            return "#heading(level: 1)[" + "#linebreak();".join(title_line(line) for line in lines) + "]"
        case Heading(level, inlines, is_chapter):
            return f"#chapter{bracketed(inlines)}" if is_chapter else f"#heading(level: {level}){bracketed(inlines)}"
        case Paragraph(inlines, Role.BODY):
            return f"#kept{bracketed(inlines)}" if is_kept else content(inlines)
        case Paragraph(inlines, role):
            return f"#{role.value}{bracketed(inlines)}"
        case Fields(rows):
            cells = ", ".join(f"{bracketed(label)}, {bracketed(value)}" for label, value in rows)
            return f"#fields({cells})"
        case Grid(caption, widths, head, rows) as grid:
            shape = f"caption: {optional(caption)}, widths: {array(f'{w:g}' for w in widths)}, head: {array(bracketed(h) for h in head)}"
            shape += f", has-note: {truth(has_note)}, breakable: {truth(not stays_whole(grid))}"
            shape += f", whole-rows: {truth(has_whole_rows(grid))}"
            return f"#ruled({', '.join((shape, *(cell(one) for row in rows for one in row)))})"
        case Signatures(columns):
            rows_of_cells = zip_longest(*([signed(one) for one in column] for column in columns), fillvalue="[]")
            return f"#sign({len(columns)}, {', '.join(cell for row in rows_of_cells for cell in row)})"
        case Closing(paragraphs):
            before = array(bracketed(one.inlines) for one in paragraphs if one.role is Role.BODY)
            issuers = array(bracketed(one.inlines) for one in paragraphs if one.role is Role.ISSUER)
            dates = [bracketed(one.inlines) for one in paragraphs if one.role is Role.DATE]
            return f"#closing(before: {before}, issuer: {issuers}, date: {dates[0] if dates else 'none'})"
        case Annex(inner):
            return "#annex[\n" + "\n\n".join(written(inner)) + "\n]"


def title_line(line: Inlines) -> str:
    """The name of a paper is not broken between lines where it fits on one."""
    words = ""
    for inline in line:
        if isinstance(inline, Text):
            words += "".join(f"#box[{spaced(one)}];" if NAMED.fullmatch(one) else spaced(one) for one in NAMED.split(inline.text) if one)
        else:
            words += content((inline,))
    return words


def signed(paragraph: Paragraph) -> str:
    name = {Role.SEAL: "seal", Role.DATE: "dated"}.get(paragraph.role, "signed")
    return name + bracketed(paragraph.inlines)


def cell(one: Cell) -> str:
    aligned = bracketed(one.inlines)
    return aligned if one.align is Align.CENTRE else f"table.cell(align: {one.align.value} + horizon){aligned}"


def content(inlines: Inlines) -> str:
    words = ""
    for inline in inlines:
        match inline:
            case Text(text):
                words += spaced(text)
            case Break():
                words += "#linebreak();"
            case Blank():
                words += "#blank;"
            case Styled(style, inner):
                words += f"#{style.value}{bracketed(inner)};"
            case Inserted(inner):
                words += f"#ins{bracketed(inner)};"
            case Deleted(inner):
                words += f"#del{bracketed(inner)};"
    return words


def spaced(text: str) -> str:
    """A literal; U+3000 becomes a fixed gap, which justification cannot stretch."""
    return "#h(1em);".join(f"#{quoted(part)};" if part else "" for part in text.split(IDEOGRAPHIC_SPACE))


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def bracketed(inlines: Inlines) -> str:
    return f"[{content(inlines)}]"


def optional(inlines: Inlines) -> str:
    return bracketed(inlines) if inlines else "none"


def truth(value: bool) -> str:
    return "true" if value else "false"


def array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"
