"""Many papers bound into one PDF: a table of contents, the papers in order, a page number on every sheet, bookmarks.

Papers come as PDF or as pictures. What is neither, or cannot be read, is represented by a sheet that says so; nothing is left out
without a word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from workflow.documents import TEMPLATES
from workflow.documents.layout import CIVIL_TIME
from workflow.documents.pdf import fonts, pdf
from workflow.documents.render import render

A4 = (595.28, 841.89)
"""Points."""
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
        writer.add_page(page).transfer_rotation_to_content()
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages[before:]]
    for page, stamp in zip(writer.pages[before:], PdfReader(BytesIO(_stamps(sizes, at))).pages, strict=True):
        page.merge_translated_page(stamp, float(page.mediabox.left), float(page.mediabox.bottom))
    for entry in entries:
        writer.add_outline_item(title=f"{entry.number} {entry.label}", page_number=before + entry.first - 1)
    writer.add_metadata({"/Title": title, "/Producer": "heyi"})
    made = BytesIO()
    writer.write(made)
    return made.getvalue(), unread


def _pages(part: Part, at: datetime) -> list[PageObject] | None:
    """The pages of a paper; none where they cannot be read."""
    try:
        if part.media_type in PICTURES:
            return list(PdfReader(BytesIO(_picture(part, at))).pages)
        if part.media_type == "application/pdf":
            reader = PdfReader(BytesIO(part.data))
            return None if reader.is_encrypted else list(reader.pages) or None
    except (PyPdfError, typst.TypstError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return None


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
