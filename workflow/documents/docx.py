"""A document as a Word file: blocks → WordprocessingML (ISO/IEC 29500 transitional) → bytes.

The file is made to be worked on: styles carry all looks, titles and headings build the outline, insertions and deletions are
tracked changes (accepting all leaves the new text, rejecting all the old). The same document with the same instant gives the same
bytes.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from math import ceil
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import segno

from workflow.documents import docx_parts as parts
from workflow.documents.docx_parts import DECLARATION, EM, LINE, MAIN, MEASURE, RELATIONSHIPS
from workflow.documents.layout import CIVIL_TIME, ems, is_front, is_kept, role_of, stays_whole
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
    Inline,
    Inlines,
    Inserted,
    Masthead,
    Paper,
    Paragraph,
    Role,
    Signatures,
    Style,
    Styled,
    Text,
    Title,
    parse,
    text_of,
)

PARAGRAPHS = {
    Role.BODY: "Body",
    Role.TITLE_NOTE: "TitleNote",
    Role.NUMBER: "Number",
    Role.TO: "To",
    Role.NOTE: "Note",
    Role.END: "End",
    Role.ANNEXES: "Annexes",
    Role.ANNEX_NUMBER: "AnnexNumber",
    Role.ISSUER: "Issuer",
    Role.SEAL: "Seal",
    Role.DATE: "SignDate",
}
CHARACTERS = {Style.HEI: "Hei", Style.KAI: "Kai"}
IN_CELLS = frozenset({"Cell", "Field", "Sign", "Seal", "SignDate"})
"""Paragraphs that end a cell: they stay when their words go."""
TITLE_EM, TITLE_LINE = 440, 720
LABEL_SHARE = 0.5
"""Most of a line that the labels of particulars may take."""
CELL_MARGINS = 160
GUTTER = 480
"""Between columns of signatures."""
EAST_ASIAN_OR_LATIN = re.compile("[\u00a1-\u00ff\u02c7-\u02d9\u0391-\u0451\u2010-\u2642]")
"""Characters that Word sets in the Latin face unless told that they are Chinese: “”, …, —, ①, × among them."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
QR_SIDE = 504_000
"""14 mm in English metric units."""
QR_TOP, QR_TEXT_TOP, QR_TEXT_LEFT = 15_560, 16_010, 907
"""From the top of the page, and from the left of the type area."""


def docx(html: str, at: datetime, address: str = "") -> bytes:
    """The Word file of a document, dated `at` (aware) to the second. With the `address` at which documents are verified, a QR code
    leads there. Raises `VocabularyError`; `ValueError` for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    paper = parse(html)
    instant = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return zipped(package(paper, instant, f"{address}/{paper.token}" if paper.token and address else ""), at)


def package(paper: Paper, instant: str, verified_at: str) -> dict[str, bytes]:
    """The parts by name, in the order in which they are written; what tells their kinds comes first."""
    writer = Writer(instant)
    body = "".join(writer.flow(flat(paper.blocks)))
    found: dict[str, bytes] = {}
    running = list(running_parts(writer, paper, verified_at))
    references = [(kind, pages, f"rId{10 + number}") for number, (kind, pages, _) in enumerate(running)]
    section = parts.section(references, has_own_first=bool(verified_at))
    written = {
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": parts.styles(),
        "word/settings.xml": parts.settings(writer.has_changes),
        "word/fontTable.xml": parts.font_table(),
        **{f"word/{kind}{number}.xml": content for number, (kind, _, content) in enumerate(running)},
        "docProps/core.xml": parts.core(escape(paper.title), instant),
    }
    office = f"{RELATIONSHIPS}/"
    packaged = f"{parts.PACKAGE}/relationships/metadata/core-properties"
    whole = [("rId1", f"{office}officeDocument", "word/document.xml"), ("rId2", packaged, "docProps/core.xml")]
    inner = [(f"rId{number}", f"{office}{name}", f"{name}.xml") for number, name in enumerate(("styles", "settings", "fontTable"), 1)]
    inner += [(target, f"{office}{kind}", f"{kind}{number}.xml") for number, (kind, _, target) in enumerate(references)]
    found["[Content_Types].xml"] = parts.content_types(written).encode()
    found["_rels/.rels"] = parts.relationships(whole).encode()
    found["word/_rels/document.xml.rels"] = parts.relationships(inner).encode()
    found |= {name: content.encode() for name, content in written.items()}
    if verified_at:
        first = next(f"{kind}{number}" for number, (kind, pages, _) in enumerate(running) if (kind, pages) == ("footer", "first"))
        found[f"word/_rels/{first}.xml.rels"] = parts.relationships([("rId1", f"{office}image", "media/verify.png")]).encode()
        found["word/media/verify.png"] = qr_png(verified_at)
    return found


NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}"'


def zipped(content: dict[str, bytes], at: datetime) -> bytes:
    made = BytesIO()
    moment = at.astimezone(CIVIL_TIME).timetuple()[:6]
    with ZipFile(made, "w") as archive:
        for name, data in content.items():
            entry = ZipInfo(name, moment)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def flat(blocks: Iterable[Block]) -> list[Block]:
    """Annexes unfolded: each begins with its number, which begins a page."""
    return [inner for one in blocks for inner in (flat(one.blocks) if isinstance(one, Annex) else (one,))]


class Writer:
    """Writes blocks, and counts the changes of which each needs a number of its own."""

    def __init__(self, instant: str) -> None:
        self.instant = instant
        self.changes = 0

    @property
    def has_changes(self) -> bool:
        return self.changes > 0

    def flow(self, blocks: Sequence[Block]) -> Iterable[str]:
        """Blocks one after the other. Room between them belongs to the paragraph above, or below a table to the one below it;
        two tables are kept apart by a paragraph of no height."""
        before = 0
        for number, one in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            room = between(one, following) if following else 0
            yield self.block(one, before, 0 if is_table(one) else room, keep=is_kept(blocks, number), following=following)
            before = room if is_table(one) else 0
            if is_table(one) and (following is None or begins_with_table(following)):
                yield self.paragraph("Gap", (), line=max(20, before))
                before = 0

    def block(self, one: Block, before: int, after: int, *, keep: bool, following: Block | None) -> str:
        match one:
            case Masthead(name, number):
                return self.masthead(name, number, after)
            case Title(lines):
                return self.title(lines, after)
            case Heading(level, inlines, is_chapter):
                return self.paragraph("Chapter" if is_chapter else f"Heading{level - 1}", inlines, before=before, after=after)
            case Paragraph(inlines, role):
                starts = role is Role.ANNEX_NUMBER
                return self.paragraph(PARAGRAPHS[role], inlines, before=before, after=after, keep=keep, starts_page=starts)
            case Fields(rows):
                return self.fields(rows)
            case Grid():
                return self.grid(one, before, keep=keep or (following is not None and role_of(following) is Role.NOTE))
            case Signatures(columns):
                return self.signatures(columns)
            case Closing(paragraphs):
                return self.closing(paragraphs, before, after)
            case Annex():
                raise TypeError("an annex is unfolded before")

    def masthead(self, name: Inlines, number: Inlines, after: int) -> str:
        rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{parts.RED}"/></w:pBdr>'
        if not number:
            return self.paragraph("Masthead", name, border=rule, after=after)
        return self.paragraph("Masthead", name) + self.paragraph("MastheadNumber", number, border=rule, after=after)

    def title(self, lines: Sequence[Inlines], after: int) -> str:
        broken: list[Inline] = list(lines[0])
        for line in lines[1:]:
            broken += [Break(), *line]
        narrower = title_inset(lines)
        indent = f'<w:ind w:left="{narrower}" w:right="{narrower}"/>' if narrower else ""
        return self.paragraph("Title", tuple(broken), after=after, indent=indent)

    def fields(self, rows: Sequence[tuple[Inlines, Inlines]]) -> str:
        widest = max(ems(text_of(label)) for label, _ in rows)
        label = int(min(widest * 320 + 160, MEASURE * LABEL_SHARE))
        widths = (label, MEASURE - label)
        lines = ([self.paragraph("Field", words, edge=width) for words, width in zip(line, widths, strict=True)] for line in rows)
        return table("Plain", widths, (row(widths, line) for line in lines))

    def grid(self, one: Grid, before: int, *, keep: bool) -> str:
        """`keep`: its last row stays with what follows."""
        widths = columns_of(one.widths)
        together = stays_whole(one)
        caption = self.paragraph("Caption", one.caption, before=before) if one.caption else ""
        lines = []
        if one.head:
            head = [self.paragraph("Cell", (Styled(Style.HEI, inlines),), keep=True) for inlines in one.head]
            lines.append(row(widths, head, "<w:tblHeader/>", centred=True))
        for number, cells in enumerate(one.rows, 1):
            stays = keep if number == len(one.rows) else together
            written = [self.cell(cell, stays, width - CELL_MARGINS) for cell, width in zip(cells, widths, strict=True)]
            lines.append(row(widths, written, self.row_change(cells), centred=True))
        return caption + table("Grid", widths, lines)

    def cell(self, cell: Cell, keep: bool, edge: int) -> str:
        return self.paragraph("Cell", cell.inlines, keep=keep, align="" if cell.align is Align.CENTRE else cell.align, edge=edge)

    def row_change(self, cells: Sequence[Cell]) -> str:
        """A row of which all was inserted, or all deleted, comes or goes with its words."""
        changes = [whole_change(cell.inlines) for cell in cells if cell.inlines]
        first = changes[0] if changes else None
        return f"<{self.change(first)}/>" if first and all(type(one) is type(first) for one in changes) else ""

    def signatures(self, columns: Sequence[Sequence[Paragraph]]) -> str:
        width = (MEASURE - GUTTER * (len(columns) - 1)) // len(columns)
        widths = [width + GUTTER] * (len(columns) - 1) + [width]
        across = zip_longest(*columns)
        lines = ([self.paragraph(signed(one), one.inlines if one else (), edge=width) for one in line] for line in across)
        return table("Plain", widths, (row(widths, line, gutter=GUTTER) for line in lines))

    def closing(self, paragraphs: Sequence[Paragraph], before: int, after: int) -> str:
        """署名 centred over 成文日期; the wider of them keeps four characters' distance from the right."""
        widest = max((ems(text_of(one.inlines)) for one in paragraphs if one.role is not Role.BODY), default=0)
        made = ""
        for number, one in enumerate(paragraphs):
            room, rest = (before if number == 0 else 0), (after if number == len(paragraphs) - 1 else 0)
            if one.role is Role.BODY:
                made += self.paragraph("Signer", one.inlines, before=room, edge=MEASURE - 1280)
                continue
            inset = round(1280 + (widest - ems(text_of(one.inlines))) * EM / 2)
            made += self.paragraph(
                "Issuer" if one.role is Role.ISSUER else "Date", one.inlines, before=room, after=rest, indent=f'<w:ind w:right="{inset}"/>'
            )
        return made

    def paragraph(
        self,
        style: str,
        inlines: Inlines,
        *,
        before: int = 0,
        after: int = 0,
        line: int = 0,
        keep: bool = False,
        starts_page: bool = False,
        border: str = "",
        indent: str = "",
        align: str = "",
        edge: int = MEASURE,
    ) -> str:
        """A paragraph; `edge` is where a blank to write on ends, from the left of what holds the paragraph."""
        room = f' w:before="{before}"' if before else ""
        room += f' w:after="{after}"' if after else ""
        room += f' w:line="{line}" w:lineRule="exact"' if line else ""
        change = None if style in IN_CELLS else whole_change(inlines)
        properties = (
            f'<w:pStyle w:val="{style}"/>',
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if starts_page else "",
            border,
            parts.right_tab(edge) if has_blank(inlines) else "",
            f"<w:spacing{room}/>" if room else "",
            indent,
            f'<w:jc w:val="{align}"/>' if align else "",
            f"<w:rPr><{self.change(change)}/></w:rPr>" if change else "",
        )
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{self.runs(inlines)}</w:p>"

    def runs(self, inlines: Inlines, look: str = "", *, size: str = "", deleted: bool = False) -> str:
        """`look` is a character style, `size` what is smaller than the paragraph's."""
        made = ""
        for one in inlines:
            match one:
                case Text(text):
                    name = "w:delText" if deleted else "w:t"
                    made += run(f'<{name} xml:space="preserve">{escape(text)}</{name}>', look, text, size)
                case Break():
                    made += run("<w:br/>", look)
                case Blank():
                    made += run("<w:tab/>", "Blank")
                case Styled(style, inner):
                    made += self.runs(inner, CHARACTERS[style], size=size, deleted=deleted)
                case Inserted(inner):
                    made += f"<{self.change(one)}>{self.runs(inner, look, size=size, deleted=deleted)}</w:ins>"
                case Deleted(inner):
                    made += f"<{self.change(one)}>{self.runs(inner, look, size=size, deleted=True)}</w:del>"
        return made

    def change(self, one: Inserted | Deleted) -> str:
        """The opening of a tracked change, without brackets."""
        self.changes += 1
        name = "w:ins" if isinstance(one, Inserted) else "w:del"
        return f'{name} w:id="{self.changes}" w:author={quoteattr(one.by)} w:date="{self.instant}"'


def run(content: str, look: str, text: str = "", size: str = "") -> str:
    properties = f'<w:rStyle w:val="{look}"/>' if look else ""
    if EAST_ASIAN_OR_LATIN.search(text):
        properties += '<w:rFonts w:hint="eastAsia"/>'
    properties += size
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def whole_change(inlines: Inlines) -> Inserted | Deleted | None:
    """The change that a paragraph is, from its first word to its last."""
    changes = [one for one in inlines if not (isinstance(one, Text) and not one.text.strip())]
    first = changes[0] if changes else None
    if isinstance(first, Inserted | Deleted) and all(type(one) is type(first) for one in changes):
        return first
    return None


def has_blank(inlines: Inlines) -> bool:
    return any(isinstance(one, Blank) or (isinstance(one, Styled | Inserted | Deleted) and has_blank(one.inlines)) for one in inlines)


def signed(one: Paragraph | None) -> str:
    return "Sign" if one is None or one.role is Role.BODY else PARAGRAPHS[one.role]


def is_table(one: Block) -> bool:
    return isinstance(one, Fields | Grid | Signatures)


def begins_with_table(one: Block) -> bool:
    return is_table(one) and not (isinstance(one, Grid) and one.caption)


def between(above: Block, below: Block) -> int:
    """Room that two blocks keep beyond the lines they stand on."""
    if role_of(below) is Role.ANNEX_NUMBER:
        return 0
    rest = title_rest(above.lines) if isinstance(above, Title) else LINE if isinstance(above, Masthead) else 0
    if is_front(above):
        return rest + (0 if is_front(below) or isinstance(above, Masthead) else LINE)
    if role_of(below) is Role.END or isinstance(below, Closing | Signatures):
        return LINE
    if role_of(below) is Role.ANNEXES:
        return 0 if role_of(above) is Role.ANNEXES else LINE
    if isinstance(above, Grid):
        return 0 if role_of(below) is Role.NOTE else 120
    if role_of(above) is Role.NOTE:
        return 0 if role_of(below) is Role.NOTE else 120
    return 160 if isinstance(below, Grid) and not below.caption else 0


def title_lines(lines: Sequence[Inlines]) -> list[tuple[float, int]]:
    """Width in characters and number of lines that each line of a title takes."""
    widths = [ems(text_of(line)) for line in lines]
    return [(width, ceil(width * TITLE_EM / MEASURE)) for width in widths]


def title_rest(lines: Sequence[Inlines]) -> int:
    """What a title needs to fill whole lines of the page."""
    height = TITLE_LINE * sum(count for _, count in title_lines(lines))
    return ceil(height / LINE) * LINE - height


def title_inset(lines: Sequence[Inlines]) -> int:
    """By how much both sides of a title come in, so that its lines are of nearly one length and none is more than needed."""
    taken = title_lines(lines)
    if all(count == 1 for _, count in taken):
        return 0
    longest = max(ceil(width / count) + 1 for width, count in taken)
    return max(0, (MEASURE - longest * TITLE_EM) // 2)


def columns_of(widths: Sequence[float]) -> list[int]:
    found = [int(MEASURE * width / sum(widths)) for width in widths]
    found[-1] += MEASURE - sum(found)
    return found


def table(style: str, widths: Sequence[int], rows: Iterable[str]) -> str:
    """A table over the whole measure."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def row(widths: Sequence[int], cells: Sequence[str], properties: str = "", *, centred: bool = False, gutter: int = 0) -> str:
    """A row that no page divides; but for the last, its cells keep a `gutter` on their right."""
    made = ""
    for number, (width, cell) in enumerate(zip(widths, cells, strict=True), 1):
        margin = f'<w:tcMar><w:right w:w="{gutter}" w:type="dxa"/></w:tcMar>' if gutter and number < len(cells) else ""
        middle = '<w:vAlign w:val="center"/>' if centred else ""
        made += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{margin}{middle}</w:tcPr>{cell}</w:tc>'
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{made}</w:tr>"


def running_parts(writer: Writer, paper: Paper, verified_at: str) -> Iterable[tuple[str, str, str]]:
    """Heads and feet: (header or footer, the pages that have it, the part). The first page is apart where it bears the QR code."""
    pages = ("default", "even", "first") if verified_at else ("default", "even")
    if paper.header:
        head = part("hdr", writer.paragraph("Header", paper.header))
        yield from (("header", which, head) for which in pages)
    for which in pages:
        code = verification(verified_at) if which == "first" else ""
        yield "footer", which, part("ftr", code + foot(writer, paper.footer, is_left=which == "even"))


def part(name: str, content: str) -> str:
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{content}</w:{name}>"


def foot(writer: Writer, note: Inlines, *, is_left: bool) -> str:
    """The folio outside and the running line inside, on one line."""
    inset, tab = parts.FOLIO_INSET, "<w:r><w:tab/></w:r>"
    words = writer.runs(note, size=parts.FOOT_SIZE)
    if is_left:
        return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{parts.right_tab(MEASURE)}<w:ind w:left="{inset}"/></w:pPr>{FOLIO}{tab if words else ""}{words}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{parts.right_tab(MEASURE - inset)}</w:pPr>{words}{tab}{FOLIO}</w:p>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


FOLIO = (
    f'{run("<w:t>—</w:t>", "", "—")}<w:r><w:t xml:space="preserve"> </w:t></w:r>{field("begin")}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    f'{field("separate")}<w:r><w:t>1</w:t></w:r>{field("end")}<w:r><w:t xml:space="preserve"> </w:t></w:r>{run("<w:t>—</w:t>", "", "—")}'
)


def verification(address: str) -> str:
    """The QR code and its caption, each in a frame in the bottom margin."""
    words = quoteattr(f"扫码核验本文书：{address}")
    picture = (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{QR_SIDE}" cy="{QR_SIDE}"/>'
        f'<wp:docPr id="1" name="verify" descr={words}/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="verify" descr={words}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{QR_SIDE}" cy="{QR_SIDE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    side = QR_SIDE // 635
    code = framed(0, QR_TOP, side, f"<w:r>{picture}</w:r>", line=side)
    return code + framed(QR_TEXT_LEFT, QR_TEXT_TOP, 600, "<w:r><w:t>扫码核验</w:t><w:br/><w:t>本文书</w:t></w:r>")


def framed(left: int, top: int, width: int, content: str, *, line: int = 0) -> str:
    frame = f'<w:framePr w:w="{width}" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:x="{left or 1}" w:y="{top}"/>'
    height = f'<w:spacing w:line="{line}" w:lineRule="atLeast"/>' if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Verify"/>{frame}{height}</w:pPr>{content}</w:p>'


def qr_png(address: str) -> bytes:
    """Eight pixels to a module, without margin: the page around it is white."""
    made = BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="png", scale=8, border=0)
    return made.getvalue()
