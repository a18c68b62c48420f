"""Documents a second: one contract of eight pages as PDF and as a Word file, beside WeasyPrint, python-docx, docxtpl and LibreOffice.

    .venv/bin/python -m benchmarks.documents [--rounds 5] [--documents 5] [--many 1000]

The contenders take turns, a round each; ratios are those of the medians to heyi's way to the same format. At the end heyi makes many documents in
one process, to see whether its memory grows.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from statistics import median

from pypdf import PdfReader

from benchmarks.acts import PEERS, peers, started
from benchmarks.figures import machine, memory_of, say, table
from tests.documents.papers import AT, CONTRACT, HEADS, WAGES, chapters
from workflow.documents import FONTS
from workflow.documents.pdf import pdf
from workflow.documents.render import render
from workflow.documents.vocabulary import Closing, Fields, Grid, Heading, Paragraph, Signatures, Title, parse, text_of


@dataclass
class Maker:
    """`process` as `benchmarks.acts` starts it."""

    name: str
    format: str
    process: "subprocess.Popen[str]"
    documents: int
    """A round."""
    seconds: list[float] = field(default_factory=list)
    """Of one document, a median a round."""
    processor: list[float] = field(default_factory=list)
    """Milliseconds of one document, a number a round."""
    memory: float = 0
    bytes: int = 0

    def make(self, documents: int) -> tuple[list[float], float]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin and stdout
        stdin.write(f"{documents}\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with {self.process.wait()}.")
        answer = json.loads(line)
        self.memory, self.bytes = answer["memory"], answer["bytes"]
        return answer["seconds"], answer["processor"]

    def round(self) -> None:
        seconds, processor = self.make(self.documents)
        self.seconds.append(median(seconds))
        self.processor.append(1000 * processor / self.documents)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--documents", type=int, default=5, help="a round and contender; LibreOffice makes one")
    ask.add_argument("--many", type=int, default=1000, help="documents in one process at the end")
    asked = ask.parse_args()
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice Writer is needed: apt install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory(prefix="heyi-documents-") as name, ExitStack() as stack:
        folder = Path(name)
        python = str(peers(folder))
        content = folder / "contract.json"
        long = contract()
        content.write_text(json.dumps(long))
        word, ours = str(PEERS / "word.py"), [sys.executable, "-m", "benchmarks.papermaker"]
        makers = [
            Maker(name, format, stack.enter_context(started(name, command)).process, 1 if "LibreOffice" in name else asked.documents)
            for name, format, command in (
                ("heyi", "PDF", [*ours, "pdf", str(content)]),
                ("WeasyPrint", "PDF", [python, str(PEERS / "weasy.py"), str(content), str(FONTS)]),
                ("docxtpl and LibreOffice", "PDF", [python, word, "libreoffice", str(content), office]),
                ("heyi", "DOCX", [*ours, "docx", str(content)]),
                ("python-docx", "DOCX", [python, word, "python-docx", str(content)]),
                ("docxtpl", "DOCX", [python, word, "docxtpl", str(content)]),
            )
        ]
        for one in makers:
            say(f"warming up: {one.name}, {one.format}")
            one.make(1)
        for number in range(asked.rounds):
            for one in makers[number % len(makers) :] + makers[: number % len(makers)]:
                one.round()
            say(f"round {number + 1}/{asked.rounds}: " + ", ".join(f"{one.name} {one.format} {one.processor[-1]:.0f} ms" for one in makers))
        report(makers, f"a contract of {long['pages']} pages")
        for one in (maker for maker in makers if maker.name == "heyi"):
            lasting(one, asked.many)


def contract() -> dict[str, object]:
    """A long contract: as semantic HTML, and as plain words for those who read none."""
    heads = {title: tuple(text for text in texts for _ in range(3)) for title, texts in HEADS.items()}
    html = render("negotiation/contract.html", replace(CONTRACT, chapters=chapters(heads), wage_table=WAGES))
    pages = len(PdfReader(BytesIO(pdf(html, AT))).pages)
    return {"html": html, "pages": pages, **plain(html)}


def plain(html: str) -> dict[str, object]:
    title, blocks = list[str](), list[tuple[str, object]]()
    for one in parse(html).blocks:
        match one:
            case Title(lines):
                title = [text_of(line) for line in lines]
            case Heading(_, inlines):
                blocks.append(("heading", text_of(inlines)))
            case Paragraph(inlines):
                blocks.append(("paragraph", text_of(inlines)))
            case Fields(rows):
                blocks.append(("fields", [[text_of(label), text_of(value)] for label, value in rows]))
            case Grid(_, _, head, rows):
                blocks.append(("table", [[text_of(cell) for cell in head], *([text_of(cell.inlines) for cell in row] for row in rows)]))
            case Signatures(columns):
                blocks.append(("fields", [["\n".join(text_of(line.inlines) for line in column) for column in columns]]))
            case Closing(paragraphs):
                blocks += [("paragraph", text_of(line.inlines)) for line in paragraphs]
    return {"title": title, "blocks": blocks}


def report(makers: Sequence[Maker], what: str) -> None:
    base = {one.format: median(one.processor) for one in makers if one.name == "heyi"}
    rows = [
        (
            f"{one.format}, {one.name}",
            f"{1 / median(one.seconds):.1f}",
            f"{1000 * median(one.seconds):.1f}",
            f"{median(one.processor):.1f}",
            f"{median(one.processor) / base[one.format]:.1f}",
            f"{one.memory:.0f}",
            f"{one.bytes / 1000:.0f}",
        )
        for one in makers
    ]
    print(f"\n{machine()}\n")
    print(table((what, "documents/s", "ms", "processor ms", "work to heyi's", "peak MB", "kB"), rows))


def lasting(one: Maker, many: int) -> None:
    """Whether memory grows: what the process holds after a tenth of many documents, and after all."""
    one.make(many // 10)
    early = memory_of(one.process.pid)
    one.make(many - many // 10)
    late = memory_of(one.process.pid)
    print(f"{one.format}: {early:.0f} MB held after {many // 10} documents in one process, {late:.0f} MB after {many}.")


if __name__ == "__main__":
    main()
