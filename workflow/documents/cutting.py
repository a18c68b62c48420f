"""Papers that are printed by the hundred and cut apart: two to a sheet of A4, on its side, each at the size of A5."""

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import DecodedStreamObject, NameObject

WIDTH, HEIGHT = 841.89, 595.28
"""Of A4 on its side, in points."""
HALF = WIDTH / 2
MARK = 28
"""Length of a cut mark at the edge; between the two the line is dotted."""


def two_to_a_sheet(data: bytes) -> bytes:
    """Each page of the PDF twice beside itself, with marks where to cut."""
    writer = PdfWriter()
    for page in PdfReader(BytesIO(data)).pages:
        scale = HALF / float(page.mediabox.width)
        sheet = PageObject.create_blank_page(width=WIDTH, height=HEIGHT)
        for left in (0.0, HALF):
            sheet.merge_transformed_page(page, Transformation().scale(scale).translate(left, 0))
        sheet.merge_page(_marks())
        writer.add_page(sheet)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _marks() -> PageObject:
    drawn = DecodedStreamObject()
    drawn.set_data(
        (
            f"q 0.6 w {HALF} 0 m {HALF} {MARK} l {HALF} {HEIGHT - MARK} m {HALF} {HEIGHT} l S "
            f"0.3 w [1 4] 0 d {HALF} {MARK} m {HALF} {HEIGHT - MARK} l S Q"
        ).encode()
    )
    page = PageObject.create_blank_page(width=WIDTH, height=HEIGHT)
    page[NameObject("/Contents")] = drawn
    return page
