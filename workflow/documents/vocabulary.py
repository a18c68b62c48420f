"""The words of a document: a small, fixed vocabulary of semantic HTML, read into blocks.

A document is one `<article class="document">`, written so that it is well-formed XML too. What is printed, previewed and hashed
is the same text; so an element, class or attribute that this page does not know is an error, never dropped.

| element | stands for |
|---|---|
| `header > p`, `footer > p` | a line repeated at the head or foot of every page |
| `footer > p.verify` | 校验: the token of the document; on paper a QR code in the margin of the first page |
| `div.masthead` (`p`, `p.number`) | 发文机关标志 in red over a red rule, with 发文字号 between them |
| `h1.title` (with `br`) | 标题 |
| `p.titlenote` | 题注 under a title |
| `p.number` | 发文字号 |
| `p.to` | 主送: the addressee, flush left |
| `h2.chapter` | 章, centred |
| `h2`, `h3`, `h4` | 一、 / （一） / 1. |
| `p` | a paragraph, its first line moved in by two characters |
| `p.note` | 注, in small type under a table |
| `p.end` | 以下无正文: stays with what follows |
| `p.annexes` | 附件说明 |
| `table.fields` (rows of `th`, `td`) | particulars: label and value |
| `table.grid` (`caption`, `colgroup > col width="20%"`, `thead`, `tbody`, cells `.num` right, `.text` left) | a ruled table |
| `table.sign` (one row; cells hold `p`, `p.seal`, `p.date`) | 签署: columns side by side, never split |
| `div.closing` (`p`, `p.issuer`, `p.date`) | 署名 and 成文日期 |
| `section.annex` (`p.annexnumber`, `h2.title`, blocks) | 附件, on a page of its own |
| `b`, `span.kai`, `ins`/`del` with `data-by`, `br` | 黑体, 楷体, redline, line break |
| `span.blank` | a rule to write on, to the end of the line; only as the last thing of a paragraph |
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from lxml import etree

WHITESPACE = re.compile("[ \t\r\n]+")
HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
BROKEN_LINE = re.compile(f"(?<={HAN})[ \t]*[\r\n][ \t\r\n]*(?={HAN})")
IDENTIFIER = re.compile("[a-z][a-z0-9-]*")
TOKEN = re.compile("[0-9a-f]{32}")
WIDTH = re.compile(r"(\d{1,2}(?:\.\d)?|100)%")


class VocabularyError(ValueError):
    """Something that the vocabulary does not know. `element` names it, `place` is its path and line."""

    def __init__(self, element: str, place: str, why: str) -> None:
        super().__init__(f"{why}: {element} at {place}")
        self.element = element
        self.place = place


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Break:
    pass


@dataclass(frozen=True)
class Blank:
    pass


class Style(StrEnum):
    HEI = "hei"
    KAI = "kai"


@dataclass(frozen=True)
class Styled:
    style: Style
    inlines: "Inlines"


@dataclass(frozen=True)
class Inserted:
    inlines: "Inlines"
    by: str


@dataclass(frozen=True)
class Deleted:
    inlines: "Inlines"
    by: str


Inline = Text | Break | Blank | Styled | Inserted | Deleted
Inlines = tuple[Inline, ...]


class Role(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    TITLE_NOTE = "titlenote"
    NUMBER = "number"
    VERIFY = "verify"
    TO = "to"
    NOTE = "note"
    END = "end"
    ANNEXES = "annexes"
    ANNEX_NUMBER = "annexnumber"
    ISSUER = "issuer"
    SEAL = "seal"
    DATE = "date"


@dataclass(frozen=True)
class Masthead:
    """发文机关标志 and, under it, 发文字号."""

    name: Inlines
    number: Inlines


@dataclass(frozen=True)
class Title:
    lines: tuple[Inlines, ...]


@dataclass(frozen=True)
class Heading:
    """Level 2 to 4; a chapter is centred."""

    level: int
    inlines: Inlines
    is_chapter: bool = False


@dataclass(frozen=True)
class Paragraph:
    inlines: Inlines
    role: Role = Role.BODY


@dataclass(frozen=True)
class Fields:
    """Label and value of each row; an empty label continues the row above."""

    rows: tuple[tuple[Inlines, Inlines], ...]


class Align(StrEnum):
    CENTRE = "center"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Cell:
    inlines: Inlines
    align: Align = Align.CENTRE


@dataclass(frozen=True)
class Grid:
    """`widths` are percentages that add up to 100; every row has as many cells as there are widths."""

    caption: Inlines
    widths: tuple[float, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Signatures:
    columns: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True)
class Closing:
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Annex:
    blocks: tuple["Block", ...]


Block = Masthead | Title | Heading | Paragraph | Fields | Grid | Signatures | Closing | Annex


@dataclass(frozen=True)
class Paper:
    header: Inlines
    footer: Inlines
    blocks: tuple[Block, ...]
    token: str = ""
    """Of the document, under which its page of verification is found; none of what is not issued."""

    @property
    def title(self) -> str:
        """The first title, its lines run together."""
        lines = next((block.lines for block in self.blocks if isinstance(block, Title)), ())
        return "".join(text_of(line) for line in lines)


def parse(html: str) -> Paper:
    """The blocks of a document. Raises `VocabularyError`."""
    try:
        article = etree.fromstring(html.encode(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise VocabularyError("document", f"line {error.lineno}", f"not well-formed ({error.msg})") from error
    if "<!DOCTYPE" in html:
        raise VocabularyError("doctype", "line 1", "not in the vocabulary")
    expect(article, "article", required="document", attributes=("lang",))
    children = list(elements(article))
    header = running(children.pop(0)) if children and children[0].tag == "header" else ()
    footer, token = foot(children.pop()) if children and children[-1].tag == "footer" else ((), "")
    return Paper(header, footer, tuple(block(child) for child in children), token)


def text_of(inlines: Inlines) -> str:
    words = ""
    for inline in inlines:
        match inline:
            case Text(text):
                words += text
            case Break():
                words += "\n"
            case Styled(_, inner) | Inserted(inner, _) | Deleted(inner, _):
                words += text_of(inner)
    return words


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The text of blocks in reading order, one line for each paragraph, heading, caption and row."""
    for one in blocks:
        match one:
            case Masthead(name, number):
                yield from (text_of(line) for line in (name, number) if line)
            case Title(lines):
                yield from (text_of(line) for line in lines)
            case Heading(_, inlines) | Paragraph(inlines):
                yield text_of(inlines)
            case Fields(rows):
                yield from (f"{text_of(label)}\t{text_of(value)}" for label, value in rows)
            case Grid(caption, _, head, rows):
                if caption:
                    yield text_of(caption)
                if head:
                    yield "\t".join(text_of(cell) for cell in head)
                yield from ("\t".join(text_of(cell.inlines) for cell in row) for row in rows)
            case Signatures(columns):
                for across in zip_longest(*columns):
                    yield "\t".join(text_of(paragraph.inlines) if paragraph else "" for paragraph in across)
            case Closing(paragraphs):
                yield from (text_of(paragraph.inlines) for paragraph in paragraphs)
            case Annex(inner):
                yield from lines_of(inner)


def block(element: etree._Element) -> Block:
    read = BLOCKS.get(str(element.tag))
    if read is None:
        raise unknown(element)
    return read(element)


def title(element: etree._Element) -> Title:
    expect(element, "h1", "h2", required="title", attributes=("id",))
    lines: list[list[Inline]] = [[]]
    for inline in inlines(element):
        if isinstance(inline, Break):
            lines.append([])
        else:
            lines[-1].append(inline)
    if not all(lines):
        raise unknown(element, "an empty line in a title")
    return Title(tuple(tuple(line) for line in lines))


def heading(element: etree._Element) -> Heading | Title:
    if element.tag == "h2" and element.get("class") == "title":
        return title(element)
    kind = expect(element, "h2", "h3", "h4", classes=("chapter",) if element.tag == "h2" else (), attributes=("id",))
    return Heading(int(str(element.tag)[1]), filled(element), is_chapter=kind == "chapter")


def paragraph(element: etree._Element, *roles: Role) -> Paragraph:
    kind = expect(element, "p", classes=roles, attributes=("id",))
    return Paragraph(filled(element), Role(kind) if kind else Role.BODY)


def free_paragraph(element: etree._Element) -> Paragraph:
    return paragraph(element, Role.TITLE_NOTE, Role.NUMBER, Role.TO, Role.NOTE, Role.END, Role.ANNEXES)


def table(element: etree._Element) -> Fields | Grid | Signatures:
    kind = expect(element, "table", classes=("fields", "grid", "sign"))
    if kind == "fields":
        return fields(element)
    if kind == "grid":
        return grid(element)
    if kind == "sign":
        return signatures(element)
    raise unknown(element, "a table without its class")


def fields(element: etree._Element) -> Fields:
    rows = []
    for row in rows_of(element):
        cells = list(elements(row))
        if [cell.tag for cell in cells] != ["th", "td"]:
            raise unknown(row, "a row of particulars that is not one th and one td")
        for cell in cells:
            expect(cell, "th", "td")
        rows.append((inlines(cells[0]), filled(cells[1])))
    return Fields(tuple(rows))


def grid(element: etree._Element) -> Grid:
    parts: dict[str, etree._Element | None] = {"caption": None, "colgroup": None, "thead": None, "tbody": None}
    for part in elements(element):
        expect(part, *parts)
        if parts[str(part.tag)] is not None:
            raise unknown(part, "written twice")
        parts[str(part.tag)] = part
    caption, colgroup, thead, tbody = parts.values()
    if colgroup is None or tbody is None:
        raise unknown(element, "a grid without its colgroup or tbody")
    widths = tuple(width(col) for col in elements(colgroup))
    if abs(sum(widths) - 100) > 0.5:
        raise unknown(colgroup, f"widths that add up to {sum(widths):g}%")
    head = [row for row in rows_of(thead)] if thead is not None else []
    if len(head) > 1:
        raise unknown(head[1], "a second row of headings")
    headings = tuple(filled(expected(cell, "th")) for row in head for cell in elements(row))
    rows = tuple(tuple(cell(one) for one in elements(row)) for row in rows_of(tbody))
    for row, source in zip(rows, rows_of(tbody), strict=True):
        if len(row) != len(widths):
            raise unknown(source, f"{len(row)} cells in a grid of {len(widths)} columns")
    if head and len(headings) != len(widths):
        raise unknown(head[0], f"{len(headings)} headings in a grid of {len(widths)} columns")
    return Grid(inlines(caption) if caption is not None else (), widths, headings, rows)


def width(element: etree._Element) -> float:
    expect(element, "col", attributes=("width",))
    found = WIDTH.fullmatch(element.get("width", ""))
    if found is None:
        raise unknown(element, "a width that is no percentage")
    return float(found[1])


def cell(element: etree._Element) -> Cell:
    kind = expect(element, "td", classes=("num", "text"))
    return Cell(inlines(element), {"num": Align.RIGHT, "text": Align.LEFT}.get(kind, Align.CENTRE))


def signatures(element: etree._Element) -> Signatures:
    rows = list(rows_of(element))
    if len(rows) != 1:
        raise unknown(element, "a signature table that is not one row")
    columns = tuple(tuple(paragraph(one, Role.SEAL, Role.DATE) for one in elements(expected(column, "td"))) for column in elements(rows[0]))
    return Signatures(columns)


def division(element: etree._Element) -> Closing | Masthead:
    return masthead(element) if element.get("class") == "masthead" else closing(element)


def masthead(element: etree._Element) -> Masthead:
    expect(element, "div", required="masthead")
    lines = [paragraph(one, Role.NUMBER) for one in elements(element)]
    if [one.role for one in lines] not in ([Role.BODY], [Role.BODY, Role.NUMBER]):
        raise unknown(element, "a masthead that is not a name and a number")
    return Masthead(lines[0].inlines, lines[1].inlines if len(lines) > 1 else ())


def closing(element: etree._Element) -> Closing:
    expect(element, "div", required="closing")
    return Closing(tuple(paragraph(one, Role.ISSUER, Role.DATE) for one in elements(element)))


def annex(element: etree._Element) -> Annex:
    expect(element, "section", required="annex", attributes=("id",))
    children = list(elements(element))
    if not children or children[0].get("class") != Role.ANNEX_NUMBER:
        raise unknown(element, "an annex without its number")
    return Annex((paragraph(children[0], Role.ANNEX_NUMBER), *(block(child) for child in children[1:])))


BLOCKS: dict[str, Callable[[etree._Element], Block]] = {
    "h1": title,
    "h2": heading,
    "h3": heading,
    "h4": heading,
    "p": free_paragraph,
    "table": table,
    "div": division,
    "section": annex,
}


def running(element: etree._Element) -> Inlines:
    expect(element, "header")
    lines = [paragraph(one).inlines for one in elements(element)]
    if len(lines) != 1:
        raise unknown(element, "a running line that is not one paragraph")
    return lines[0]


def foot(element: etree._Element) -> tuple[Inlines, str]:
    """The line at the foot of every page, and the token."""
    expect(element, "footer")
    lines = [paragraph(one, Role.VERIFY) for one in elements(element)]
    if [one.role for one in lines] not in ([Role.BODY], [Role.VERIFY], [Role.BODY, Role.VERIFY]):
        raise unknown(element, "a foot that is not one line and one token")
    token = text_of(lines[-1].inlines) if lines[-1].role is Role.VERIFY else ""
    if token and not TOKEN.fullmatch(token):
        raise unknown(element, "a token that is not 32 hexadecimal digits")
    return lines[0].inlines if lines[0].role is Role.BODY else (), token


def filled(element: etree._Element) -> Inlines:
    found = inlines(element)
    if not found:
        raise unknown(element, "nothing written")
    return found


def inlines(element: etree._Element) -> Inlines:
    """The words of a block, white space as HTML shows it; a line broken between two Han characters leaves no gap."""
    found = list(raw_inlines(element))
    for one in found[:-1]:
        if isinstance(one, Blank):
            raise unknown(element, "words after a blank")
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip(" "))
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip(" "))
    return tuple(one for one in found if one != Text(""))


def raw_inlines(element: etree._Element) -> Iterator[Inline]:
    if element.text:
        yield Text(spaced(element.text))
    for child in element:
        yield inline(child)
        if child.tail:
            yield Text(spaced(child.tail))


def inline(element: etree._Element) -> Inline:
    match element.tag:
        case "br":
            expect(element, "br")
            return Break()
        case "b":
            expect(element, "b")
            return Styled(Style.HEI, tuple(raw_inlines(element)))
        case "span":
            if expect(element, "span", classes=("kai", "blank")) == "kai":
                return Styled(Style.KAI, tuple(raw_inlines(element)))
            if element.get("class") == "blank" and not element.text and not len(element):
                return Blank()
        case "ins" | "del":
            expect(element, "ins", "del", attributes=("data-by",))
            inner, by = tuple(raw_inlines(element)), element.get("data-by")
            if by:
                return Inserted(inner, by) if element.tag == "ins" else Deleted(inner, by)
    raise unknown(element)


def spaced(text: str) -> str:
    return WHITESPACE.sub(" ", BROKEN_LINE.sub("", text))


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of an element that holds no words of its own."""
    if parent.text and parent.text.strip():
        raise unknown(parent, "words outside a paragraph")
    for child in parent:
        if not isinstance(child.tag, str):
            raise VocabularyError("comment", place(parent), "not in the vocabulary")
        if child.tail and child.tail.strip():
            raise unknown(child, "words outside a paragraph after it")
        yield child


def rows_of(parent: etree._Element) -> Iterator[etree._Element]:
    return (expected(row, "tr") for row in elements(parent))


def expected(element: etree._Element, tag: str) -> etree._Element:
    expect(element, tag)
    return element


def expect(element: etree._Element, *tags: str, required: str = "", classes: tuple[str, ...] = (), attributes: tuple[str, ...] = ()) -> str:
    """The class of an element that must be one of `tags`, with `required` or one of `classes` or none, and no attribute beyond."""
    if element.tag not in tags:
        raise unknown(element)
    kind = element.get("class", "")
    if kind != required if required else "class" in element.attrib and kind not in classes:
        raise unknown(element)
    for name in map(str, element.attrib):
        if name != "class" and name not in attributes:
            raise unknown(element, f"an attribute ({name}) that the vocabulary does not know")
    if "id" in element.attrib and not IDENTIFIER.fullmatch(element.get("id", "")):
        raise unknown(element, "an id that is no plain word")
    return kind


def unknown(element: etree._Element, why: str = "not in the vocabulary") -> VocabularyError:
    name = element.tag if isinstance(element.tag, str) else "comment"
    return VocabularyError(".".join([name, *str(element.get("class") or "").split()]), place(element), why)


def place(element: etree._Element) -> str:
    return f"{element.getroottree().getpath(element)}, line {element.sourceline}"
