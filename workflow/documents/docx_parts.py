"""The parts of a Word file that hold no words of the document: styles, fonts, settings, and what binds them together.

Pages and paragraphs by GB/T 9704-2012, like `templates/documents/gw.typ`: A4, 版心 156 mm × 225 mm, 22 lines of 28 characters of 三号.
Lengths are twips, a 20th of a point, unless another unit is named.
"""

from collections.abc import Iterable
from functools import cache

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MEASURE = 8844
"""Width of the type area, 156 mm."""
LINE = 579
"""Height of a line, 28.95 points: 22 lines on 225 mm."""
EM = 316
"""A character of 三号 as it is set: 28 on a line."""
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'

FANG, KAI, HEI, XBS, SONG, LATIN = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体", "Times New Roman"
ALTERNATIVES = {FANG: "仿宋", KAI: "楷体", HEI: "SimHei", XBS: "方正小标宋_GBK", SONG: "SimSun"}
"""What Word takes where a face is missing: Windows ships 仿宋 and 楷体 under these names."""
RED = "B3211C"


def fonts(family: str) -> str:
    """Han characters in `family`; Latin ones too where it is bold in itself, so that a heading is of one weight."""
    latin = family if family in (HEI, XBS) else LATIN
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{family}" w:cs="{latin}"/>'


def face(family: str, points: float, *, color: str = "", tracking: int = 0) -> str:
    """Character properties in the order of the schema."""
    shade = f'<w:color w:val="{color}"/>' if color else ""
    half_points = f"{points * 2:g}"
    return f'{fonts(family)}{shade}<w:spacing w:val="{tracking}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def style(
    identifier: str,
    name: str,
    look: str = "",
    *,
    keep: bool = False,
    tabs: str = "",
    line: int = 0,
    before: int = 0,
    after: int = 0,
    indent: str = "",
    align: str = "",
    outline: int | None = None,
    follower: str = "Body",
    base: str = "Normal",
) -> str:
    """A paragraph style; what is not given comes from its base."""
    height = f' w:line="{line}" w:lineRule="exact"' if line else ""
    properties = "".join(
        (
            "<w:keepNext/><w:keepLines/>" if keep else "",
            tabs,
            f'<w:spacing w:before="{before}" w:after="{after}"{height}/>' if line or before or after else "",
            indent,
            f'<w:jc w:val="{align}"/>' if align else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "",
        )
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"{"" if is_built_in(name) else chr(32) + CUSTOM}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:next w:val="{follower}"/><w:qFormat/>'
        f"<w:pPr>{properties}</w:pPr>{f'<w:rPr>{look}</w:rPr>' if look else ''}</w:style>"
    )


CUSTOM = 'w:customStyle="1"'


def is_built_in(name: str) -> bool:
    return name in ("Title", "header", "footer") or name.startswith("heading")


NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/><w:kinsoku/>'
    '<w:overflowPunct/><w:topLinePunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr>{face(FANG, 16, tracking=-4)}</w:rPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
    "<w:semiHidden/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
RULE = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLES = (
    f'<w:style w:type="table" {CUSTOM} w:styleId="Grid"><w:name w:val="文书表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{RULE}'
    '</w:tblBorders><w:tblCellMar><w:top w:w="90" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="90" w:type="dxa"/>'
    '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    f'<w:style w:type="table" {CUSTOM} w:styleId="Plain"><w:name w:val="文书无框表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/></w:style>'
)


def characters(identifier: str, name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" {CUSTOM} w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


def right_tab(at: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{at}"/></w:tabs>'


FOOT_SIZE = '<w:sz w:val="15"/><w:szCs w:val="15"/>'
FOLIO_INSET = 280
"""The folio keeps a character of 四号 from the edge of the type area."""


@cache
def styles() -> str:
    made = (
        style("Body", "文书正文", indent=INDENT),
        style(
            "Masthead",
            "发文机关标志",
            face(XBS, 26, color=RED, tracking=31),
            keep=True,
            line=760,
            after=400,
            align="center",
            follower="Number",
        ),
        style("MastheadNumber", "发文机关标志下的发文字号", keep=True, align="center", base="Number", follower="Title"),
        style("Title", "Title", face(XBS, 22), keep=True, line=720, align="center"),
        style("TitleNote", "题注", fonts(KAI), keep=True, align="center"),
        style("Number", "发文字号", keep=True, align="center"),
        style("To", "主送", align="left"),
        style("Heading1", "heading 1", fonts(HEI), keep=True, indent=INDENT, outline=0),
        style("Heading2", "heading 2", fonts(KAI), keep=True, indent=INDENT, outline=1),
        style("Heading3", "heading 3", keep=True, indent=INDENT, outline=2),
        style(
            "Chapter", "章", keep=True, indent='<w:ind w:firstLineChars="0" w:firstLine="0"/>', align="center", outline=0, base="Heading1"
        ),
        style("Field", "要素", align="left", follower="Field"),
        style("Caption", "表题", face(HEI, 14), keep=True, line=560, before=120, after=150, align="center"),
        style("Cell", "表格文字", face(FANG, 12), line=340, align="center", follower="Cell"),
        style("Note", "表注", face(FANG, 12), line=400, align="left"),
        style("End", "以下无正文", keep=True, indent=INDENT),
        style("Annexes", "附件说明", keep=True, indent='<w:ind w:leftChars="200" w:left="640"/>'),
        style("Sign", "签署", keep=True, align="left", follower="Sign"),
        style("Seal", "盖章处", keep=True, align="left", after=2 * LINE, follower="Sign"),
        style("SignDate", "签署日期", keep=True, align="right", follower="Sign"),
        style(
            "Signer",
            "签字人",
            keep=True,
            after=LINE,
            indent='<w:ind w:leftChars="200" w:left="640" w:rightChars="400" w:right="1280"/>',
            align="left",
        ),
        style("Issuer", "署名", keep=True, align="right"),
        style("Date", "成文日期", align="right"),
        style("AnnexNumber", "附件号", fonts(HEI), keep=True, align="left", after=LINE, follower="Title"),
        style("Gap", "表间距", face(FANG, 1), line=20),
        style("Header", "header", face(KAI, 10.5), line=280, align="center", follower="Header"),
        style("Footer", "footer", face(SONG, 14), line=400, align="left", follower="Footer"),
        style("Verify", "核验说明", face(SONG, 6.5), line=170, align="left", base="Footer", follower="Footer"),
        characters("Hei", "黑体字", fonts(HEI)),
        characters("Kai", "楷体字", fonts(KAI)),
        characters("Blank", "填写线", '<w:u w:val="single"/>'),
    )
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f'{DECLARATION}<w:styles xmlns:w="{MAIN}">{defaults}{NORMAL}{"".join(made)}{TABLES}</w:styles>'


@cache
def font_table() -> str:
    families = {SONG: "auto", LATIN: "roman"}
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{families.get(name, "modern")}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f'{DECLARATION}<w:fonts xmlns:w="{MAIN}">{named}{latin}</w:fonts>'


def settings(is_tracked: bool) -> str:
    """Of a document with changes in it, further changes are tracked too."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/>{"<w:trackRevisions/>" if is_tracked else ""}<w:defaultTabStop w:val="640"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:balanceSingleByteDoubleByteWidth/>'
        "<w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def section(references: Iterable[tuple[str, str, str]], *, has_own_first: bool) -> str:
    """The page; `references` are (header or footer, default or even or first, relationship)."""
    running = "".join(f'<w:{kind}Reference w:type="{pages}" r:id="{target}"/>' for kind, pages, target in references)
    return (
        f'<w:sectPr>{running}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1020" w:footer="1276" w:gutter="0"/>'
        f'{"<w:titlePg/>" if has_own_first else ""}<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )


def core(title: str, instant: str) -> str:
    """Core properties; `title` is escaped, `instant` is UTC as W3CDTF."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:title>{title}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{instant}</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>'
    )


def relationships(targets: Iterable[tuple[str, str, str]]) -> str:
    """`targets` are (identifier, kind, part)."""
    lines = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def content_types(parts: Iterable[str]) -> str:
    """Of the parts of a package, by what their names begin with."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    known = {
        "word/document": f"{word}.document.main+xml",
        "word/styles": f"{word}.styles+xml",
        "word/settings": f"{word}.settings+xml",
        "word/fontTable": f"{word}.fontTable+xml",
        "word/header": f"{word}.header+xml",
        "word/footer": f"{word}.footer+xml",
        "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part in parts for start, kind in known.items() if part.startswith(start)
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )
