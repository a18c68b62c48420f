"""The file of a template: what makes it one that is not opened at all, and its words with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as NotDeflated

from lxml import etree

from workflow.documents.docx_parts import MAIN, PACKAGE
from workflow.words import N_, Sentence, say

W = f"{{{MAIN}}}"
UNPACKED = 50 * 1024 * 1024
"""Bytes of all parts together."""
PARTS = 500
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MACROS = re.compile("macro|vba", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Word files begin, and new ones behind a password."""
FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
"""Fields that read what is not in the file."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template, and where; nowhere in particular, if `place` is none."""

    what: Sentence
    place: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        return say(N_("{place}：{what}"), place=self.place, what=self.what) if self.place else self.what


class Unfit(ValueError):
    """A template that cannot be filled."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(str(fault.sentence) for fault in self.faults))


@dataclass(frozen=True)
class Line:
    """A paragraph of a part and where it stands."""

    text: str
    place: Sentence


def unsafe(data: bytes) -> list[Fault]:
    """What makes a file one that is not opened at all, in any program."""
    if data.startswith(OLE):
        return [Fault(say(N_("这是旧版Word文档（.doc），或者设有密码。请另存为不带密码的.docx后再上传。")))]
    try:
        with ZipFile(BytesIO(data)) as archive:
            return [Fault(what) for what in dangers(archive)]
    except (BadZipFile, NotDeflated, EOFError, KeyError, OSError, RuntimeError, ValueError, etree.XMLSyntaxError):
        return [Fault(say(N_("这不是完好的Word文档（.docx）。请用Word或WPS打开，另存为.docx后再上传。")))]


def dangers(archive: ZipFile) -> list[Sentence]:
    entries = archive.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        return [say(N_("文件展开后超过{megabytes}MB或者部件过多，不能使用。"), megabytes=UNPACKED // 1024**2)]
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise BadZipFile("a part stored twice")
    xml = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels", ".vml"))}
    if any(b"<!DOCTYPE" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")) for content in xml.values()):
        raise BadZipFile("a document type")
    kinds = [str(one.get("ContentType")) for one in parsed(xml["[Content_Types].xml"])]
    if any(MACROS.search(one) for one in (*kinds, *names)):
        return [say(N_("文件带有宏，不能使用。请另存为不带宏的.docx。"))]
    if f"{WORD}document.main+xml" not in kinds:
        return [say(N_("这不是Word文档（.docx）。如果是Word模板（.dotx），请另存为.docx后再上传。"))]
    parsed(xml["word/document.xml"])
    found = [
        say(N_("文件中嵌有其他文件（{name}），请删除后再上传。"), name=name)
        for name in names
        if re.search("/(embeddings|activeX|afchunk)", name, re.IGNORECASE)
    ]
    for name, content in xml.items():
        found += links(content) if name.endswith(".rels") else fetching(content)
    return found


def links(relationships: bytes) -> Iterator[Sentence]:
    """Whatever is fetched from elsewhere. A hyperlink is only followed by who clicks on it."""
    for one in parsed(relationships).iter(f"{{{PACKAGE}/relationships}}Relationship"):
        target = str(one.get("Target", ""))
        is_link = str(one.get("Type", "")).endswith("/hyperlink") and target.startswith(("http://", "https://", "mailto:"))
        if one.get("TargetMode") == "External" and not is_link:
            yield say(N_("文件引用了外部内容（{target}），请删除，或者把内容放进文件。"), target=target)


def fetching(content: bytes) -> Iterator[Sentence]:
    if b"instr" not in content:
        return
    for one in parsed(content).iter(f"{W}p"):
        code = "".join(part.text or "" for part in one.iter(f"{W}instrText")) + " ".join(
            str(part.get(f"{W}instr", "")) for part in one.iter(f"{W}fldSimple")
        )
        if named := FETCHING.search(code):
            yield say(N_("文件中的域“{name}”会读取外部内容，请删除。"), name=named[0])


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def parts_of(data: bytes) -> Iterator[list[Line]]:
    """The paragraphs of each part that is filled."""
    with ZipFile(BytesIO(data)) as archive:
        kinds = parsed(archive.read("[Content_Types].xml"))
        for one in kinds:
            kind = str(one.get("ContentType", ""))
            name = str(one.get("PartName", "")).removeprefix("/")
            if kind == f"{WORD}document.main+xml":
                yield list(lines_of(parsed(archive.read(name))))
            for ending, where in (("header+xml", N_("页眉")), ("footer+xml", N_("页脚")), ("footnotes+xml", N_("脚注"))):
                if kind == f"{WORD}{ending}":
                    root = parsed(archive.read(name))
                    yield [Line(words_of(paragraph), say(where)) for paragraph in root.iter(f"{W}p")]
            if kind.endswith("core-properties+xml"):
                yield [Line(one.text or "", say(N_("文件属性"))) for one in parsed(archive.read(name))]


def lines_of(document: etree._Element) -> Iterator[Line]:
    """Of the main part. Rows are counted in their own table, tables in the order in which they begin."""
    number = table = 0
    rows = dict[etree._Element, Sentence]()
    for element in document.iter(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            table += 1
            rows |= {
                row: say(N_("第{table}个表格第{row}行"), table=table, row=place)
                for place, row in enumerate(element.iterchildren(f"{W}tr"), 1)
            }
        elif element.tag == f"{W}p":
            row = next(element.iterancestors(f"{W}tr"), None)
            number += row is None and next(element.iterancestors(f"{W}p"), None) is None
            yield Line(words_of(element), rows[row] if row in rows else say(N_("正文第{number}段"), number=number))


def words_of(paragraph: etree._Element) -> str:
    """Its own words, without those of text boxes in it."""
    own = (one for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if next(one.iterancestors(f"{W}p")) is paragraph)
    return "".join((one.text or "") if one.tag == f"{W}t" else " " for one in own).replace("\n", " ")
