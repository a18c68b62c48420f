"""The document in Word's format by python-docx, by docxtpl, and by docxtpl with LibreOffice behind it as PDF."""

import json
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from work import serve


def page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = Pt(28.95), Pt(0)


def paragraph(document: Any, text: str, *, align: Any = None, keep: bool = False) -> None:
    one = document.add_paragraph(text)
    if align is None:
        one.paragraph_format.first_line_indent = Pt(32)
    else:
        one.alignment = align
    one.paragraph_format.keep_with_next = keep


def table(document: Any, rows: list[list[str]], style: str = "Normal Table") -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]), style=style)
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def written(content: dict[str, Any]) -> bytes:
    document = Document()
    page(document)
    for line in content["title"]:
        paragraph(document, line, align=WD_ALIGN_PARAGRAPH.CENTER)
    for kind, value in content["blocks"]:
        if kind == "table":
            table(document, value, "Table Grid")
        elif kind == "fields":
            table(document, value)
        elif kind == "heading":
            paragraph(document, value, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
        else:
            paragraph(document, value)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def template(content: dict[str, Any]) -> bytes:
    """A template with a loop over the blocks, and the tables as they are: docxtpl fills tables of known columns only."""
    document = Document()
    page(document)
    for text in ("{%p for line in title %}", "{{ line }}", "{%p endfor %}"):
        paragraph(document, text, align=WD_ALIGN_PARAGRAPH.CENTER)
    for text in ("{%p for kind, value in blocks %}", "{%p if kind == 'heading' %}"):
        paragraph(document, text)
    paragraph(document, "{{ value }}", align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
    for text in ("{%p elif kind == 'paragraph' %}", "{{ value }}", "{%p endif %}", "{%p endfor %}"):
        paragraph(document, text)
    for kind, rows in content["blocks"]:
        if kind in ("table", "fields"):
            table(document, [["{{ '" + text.replace("'", "") + "' }}" for text in row] for row in rows], "Table Grid")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def filled(own: bytes, content: dict[str, Any]) -> bytes:
    document = DocxTemplate(BytesIO(own))
    document.render(content, autoescape=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def printed(data: bytes, folder: Path, office: str) -> bytes:
    (folder / "one.docx").write_bytes(data)
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, folder / "one.docx"], check=True, capture_output=True)
    return (folder / "one.pdf").read_bytes()


def main(way: str, source: str, office: str = "soffice") -> None:
    content = json.loads(Path(source).read_text())
    own = template(content)
    with tempfile.TemporaryDirectory(prefix="heyi-word-") as folder:
        ways = {
            "python-docx": lambda: written(content),
            "docxtpl": lambda: filled(own, content),
            "libreoffice": lambda: printed(filled(own, content), Path(folder), office),
        }
        serve(ways[way])


if __name__ == "__main__":
    main(*sys.argv[1:])
