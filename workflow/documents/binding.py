"""Many papers bound into one PDF: a table of contents, the papers in order, a page number on every sheet, bookmarks.

Papers come as PDF or as pictures. What is neither, or cannot be read, is represented by a sheet that says so; nothing is left out
without a word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pypdf import PageObject, PdfReader, PdfWriter

from workflow.documents import TEMPLATES, glyphs
from workflow.documents.layout import CIVIL_TIME
from workflow.documents.pdf import fonts, pdf
from workflow.documents.render import render

SMALLEST, LARGEST = 36, 14_400
"""Points: half an inch, and what a page can be at most (ISO 32000-1, annex C)."""
MOST_PIXELS = 80_000_000
"""A sheet of A3 at 600 dots an inch; a small file can claim a picture that no memory holds."""
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True)
class Part:
    """One paper. `media_type` is that of `data`; other types than PDF and pictures become a sheet with the file's `name`."""

    label: str
    media_type: str
    data: bytes
    name: str = ""


@dataclass(frozen=True)
class Entry:
    number: int
    label: str
    pages: int
    first: int
    """Page on which it begins, in the count that stands on the sheets."""


@dataclass(frozen=True)
class Contents:
    """`contents.html`: the table of contents."""

    title: str
    unit: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True)
class Unread:
    """`unread.html`: the sheet in place of a file that cannot be bound."""

    label: str
    name: str


def bind(
    title: str, unit: str, parts: Sequence[Part], at: datetime, *, progress: Callable[[int], None] = lambda done: None
) -> tuple[bytes, list[str]]:
    """The PDF, and the names of files that stand in it as a sheet only. The count of pages begins after the table of contents."""
    sheets: list[list[PageObject]] = []
    unread: list[str] = []
    parts = [replace(part, label=_printable(part.label), name=_printable(part.name)) for part in parts]
    for number, part in enumerate(parts, 1):
        pages = _pages(part, at)
        if pages is None:
            unread.append(part.name or part.label)
            pages = list(PdfReader(BytesIO(_notice(part, at))).pages)
        sheets.append(pages)
        progress(number)
    entries, first = [], 1
    for number, (part, pages) in enumerate(zip(parts, sheets, strict=True), 1):
        entries.append(Entry(number, part.label, len(pages), first))
        first += len(pages)
    writer = PdfWriter()
    writer.append(BytesIO(pdf(render("contents.html", Contents(title, unit, tuple(entries), first - 1)), at)), import_outline=False)
    before = len(writer.pages)
    for page in (page for pages in sheets for page in pages):
        writer.add_page(page)
    sizes = [_size(page) for page in writer.pages[before:]]
    for page, stamp in zip(writer.pages[before:], PdfReader(BytesIO(_stamps(sizes, at))).pages, strict=True):
        page.merge_translated_page(stamp, float(page.cropbox.left), float(page.cropbox.bottom))
    for entry in entries:
        writer.add_outline_item(title=f"{entry.number} {entry.label}", page_number=before + entry.first - 1)
    writer.add_metadata({"/Title": title, "/Producer": "heyi"})
    made = BytesIO()
    writer.write(made)
    return made.getvalue(), unread


def _printable(text: str) -> str:
    """Names come with files, and may hold what no document can print."""
    missing = glyphs.missing(text)
    return "".join("□" if one in missing else one if one.isprintable() else " " for one in text)


def _pages(part: Part, at: datetime) -> list[PageObject] | None:
    """The pages of a paper, upright; none where they cannot be read."""
    try:
        if part.media_type in PICTURES and _pixels(part) <= MOST_PIXELS:
            return _upright(_picture(part, at))
        if part.media_type == "application/pdf":
            return _upright(part.data)
    except Exception:  # bytes from anywhere: whatever the readers make of them, the dossier is bound without this one
        return None
    return None


def _upright(data: bytes) -> list[PageObject] | None:
    """Copies of the pages on which everything that binding does to a page has been tried. Raises anything."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        return None
    writer, blank = PdfWriter(), PageObject.create_blank_page(width=10, height=10)
    for one in reader.pages:
        page = writer.add_page(one)
        page.transfer_rotation_to_content()
        if not all(SMALLEST <= side <= LARGEST for side in _size(page)):
            return None
        page.merge_page(blank)
    made = BytesIO()
    writer.write(made)
    return list(PdfReader(made).pages) or None


def _size(page: PageObject) -> tuple[float, float]:
    """Of what is seen of it, in points."""
    return float(page.cropbox.width), float(page.cropbox.height)


def _pixels(part: Part) -> int:
    """Of a picture that has to be unpacked to be printed, by its own account; a JPEG goes into the PDF as it is."""
    data = part.data
    if part.media_type == "image/png":
        return int.from_bytes(data[16:20]) * int.from_bytes(data[20:24])
    if data[12:16] == b"VP8X":
        return (1 + int.from_bytes(data[24:27], "little")) * (1 + int.from_bytes(data[27:30], "little"))
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return int.from_bytes(data[26:28], "little") * int.from_bytes(data[28:30], "little") if data[12:16] == b"VP8 " else 0


def _picture(part: Part, at: datetime) -> bytes:
    """A picture on a sheet of A4, as large as it fits."""
    with TemporaryDirectory() as folder:
        name = f"picture.{PICTURES[part.media_type]}"
        (Path(folder) / name).write_bytes(part.data)
        markup = (
            '#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 20mm, right: 15mm))\n'
            f'#align(center + horizon, image("/{name}", width: 100%, height: 100%, fit: "contain"))\n'
        )
        return _compiled(typst.Compiler(root=folder, font_paths=fonts()), markup, at)


def _notice(part: Part, at: datetime) -> bytes:
    return pdf(render("unread.html", Unread(part.label, part.name or part.label)), at)


def _stamps(sizes: Sequence[tuple[float, float]], at: datetime) -> bytes:
    """A transparent sheet for each page, with its number in the upper corner on the outside."""
    total = len(sizes)
    sheets = [
        f"#page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt, fill: none)[#place(top + right, dx: -12mm, dy: 9mm, "
        f"text(font: SONG, size: 9pt)[{number} / {total}])]"
        for number, (width, height) in enumerate(sizes, 1)
    ]
    return _compiled(typst.Compiler(root=TEMPLATES, font_paths=fonts()), '#import "/gw.typ": *\n' + "\n".join(sheets), at)


def _compiled(compiler: typst.Compiler, markup: str, at: datetime) -> bytes:
    made = compiler.compile(input=markup.encode(), format="pdf", timestamp=at.astimezone(CIVIL_TIME).replace(microsecond=0))
    assert isinstance(made, bytes)
    return made
