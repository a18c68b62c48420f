"""Papers bound into one PDF: nothing that somebody handed in keeps the others from being bound."""

import random
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, StreamObject

from tests.documents.papers import AT
from workflow.documents.binding import MOST_PIXELS, Part, bind

SIGNED = datetime(2026, 4, 14, 4, tzinfo=UTC)
Change = Callable[[PdfWriter], object]


def paper(pages: int = 1, change: Change = lambda writer: None, size: tuple[float, float] = (595, 842)) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*size)
    change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def put(name: str, value: object) -> Change:
    return lambda writer: writer.pages[0].__setitem__(NameObject(name), value)


def box(*sides: float) -> Change:
    return put("/MediaBox", ArrayObject(FloatObject(side) for side in sides))


def contents(data: bytes, filter: str = "") -> Change:
    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream._data = data
        if filter:
            stream[NameObject("/Filter")] = NameObject(filter)
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return change


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """Black and white; `rows` says how many there really are."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    data = zlib.compress((b"\0" + b"\xaa" * ((width + 7) // 8)) * (height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bound(*parts: Part) -> tuple[PdfReader, list[str]]:
    data, unread = bind("集体合同卷宗", "上海红星机械有限公司", parts, SIGNED)
    return PdfReader(BytesIO(data)), unread


def pdf_part(data: bytes, name: str = "扫描件.pdf") -> Part:
    return Part("附件", "application/pdf", data, name)


def stamps(reader: PdfReader, after: int = 1) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader.pages[after:]]


def test_papers_come_in_their_order_with_contents_numbers_and_bookmarks() -> None:
    reader, unread = bound(
        Part("要约书", "application/pdf", paper(2)), Part("签字页", "image/png", png(40, 30)), Part("决议", "application/pdf", paper(3))
    )
    assert unread == []
    assert stamps(reader) == [f"{number}/6" for number in range(1, 7)]
    told = "".join(reader.pages[0].extract_text().split())
    assert "1要约书21" in told and "2签字页13" in told and "3决议34" in told
    assert [(item.title, reader.get_destination_page_number(item)) for item in reader.outline] == [  # type: ignore[union-attr, arg-type]
        ("1 要约书", 1), ("2 签字页", 3), ("3 决议", 4),
    ]  # fmt: skip


def test_bound_again_it_is_the_same_to_the_byte() -> None:
    parts = [Part("要约书", "application/pdf", paper(2)), Part("签字页", "image/png", png(40, 30))]
    assert bind("卷宗", "公司", parts, AT)[0] == bind("卷宗", "公司", parts, AT)[0]


def test_a_file_that_is_neither_pdf_nor_picture_stands_as_a_sheet_with_its_name() -> None:
    reader, unread = bound(Part("工资表", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK", "工资表.xlsx"))
    assert unread == ["工资表.xlsx"] and "工资表.xlsx" in stamps(reader)[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\n",
        b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        paper(change=box(0, 0, 0, 0)),
        paper(change=box(0, 0, 1, 1)),
        paper(change=box(0, 0, 1e7, 1e7)),
        paper(change=box(0, 0, 100)),
        paper(change=lambda writer: writer.pages[0].__delitem__(NameObject("/MediaBox"))),
        paper(change=put("/Rotate", NameObject("/Sideways"))),
        paper(change=contents(b"(never closed [ << /x BI ID")),
        paper(change=contents(b"x", "/JBIG2Decode")),
        paper(change=contents(zlib.compress(b"0" * (200 << 20)), "/FlateDecode")),
        paper(change=lambda writer: writer.encrypt("secret", algorithm="RC4-128")),
    ],
)
def test_a_pdf_that_cannot_be_read_is_named_and_the_others_are_bound(data: bytes) -> None:
    reader, unread = bound(Part("要约书", "application/pdf", paper(2)), pdf_part(data), Part("决议", "application/pdf", paper()))
    assert unread == ["扫描件.pdf"] and len(reader.pages) == 1 + 4
    assert "扫描件.pdf" in stamps(reader)[2] and stamps(reader)[3] == "4/4"


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90])
def test_the_number_stands_upright_on_a_turned_page(turned: int) -> None:
    reader, unread = bound(pdf_part(paper(change=put("/Rotate", NumberObject(turned)))))
    page = reader.pages[1]
    assert unread == [] and stamps(reader) == ["1/1"] and page.get("/Rotate", 0) == 0
    sideways = turned % 180 != 0
    assert (float(page.mediabox.width) > float(page.mediabox.height)) is sideways


def test_the_number_stands_within_what_is_seen_of_a_page() -> None:
    """A page that lies elsewhere than at the origin, and one of which a part only is shown."""

    def shown_in_part(writer: PdfWriter) -> None:
        box(-100, -100, 495, 742)(writer)
        put("/CropBox", ArrayObject(FloatObject(side) for side in (-50, -50, 300, 400)))(writer)

    reader, _ = bound(pdf_part(paper(change=shown_in_part)))
    page = reader.pages[1]
    found: list[tuple[float, float]] = []

    def see(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=see)
    left, bottom, right, top = map(float, page.cropbox)
    assert (right - left, top - bottom) == (350, 450)
    assert found and all(right - 80 < x < right and top - 60 < y < top for x, y in found)


def test_bytes_changed_at_random_never_keep_the_others_from_being_bound() -> None:
    chance, good = random.Random(7), paper(3)
    for _ in range(60):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        reader, _ = bound(Part("要约书", "application/pdf", paper()), pdf_part(bytes(data)))
        assert len(reader.pages) >= 3


@pytest.mark.parametrize(
    "media_type, data",
    [
        ("image/png", png(100_000, 100_000, rows=1)),
        ("image/png", png(40, 30)[:60]),
        ("image/png", b"\x89PNG\r\n\x1a\n" + b"0" * 16),
        ("image/jpeg", b"\xff\xd8\xff\xe0 nothing more"),
        ("image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + b"\xff" * 6),
        ("image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8L" + b"\x00" * 5 + b"\xff" * 4),
        ("image/heic", b"\x00\x00\x00\x18ftypheic"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_named(media_type: str, data: bytes) -> None:
    reader, unread = bound(Part("照片", media_type, data, "照片"), Part("决议", "application/pdf", paper()))
    assert unread == ["照片"] and len(reader.pages) == 3


def test_a_large_scan_is_printed() -> None:
    side = 8000
    assert side * side < MOST_PIXELS
    reader, unread = bound(Part("照片", "image/png", png(side, side), "照片.png"))
    assert unread == [] and len(reader.pages) == 2


@pytest.mark.parametrize(
    "name", ["a\x01b.pdf", "a\u202eb.pdf", "甲\n乙\x0b.pdf", '#panic("x") <b>&amp; $x$ \\ ".pdf', "../../etc/passwd", "😀.pdf"]
)
def test_a_name_holds_nothing_that_breaks_the_binding(name: str) -> None:
    reader, unread = bound(Part(name, "application/pdf", paper(), name), Part(f"坏：{name}", "application/pdf", b"%PDF-", name))
    assert len(unread) == 1 and len(reader.pages) == 3
