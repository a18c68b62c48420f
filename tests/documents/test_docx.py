"""The Word file says what the template says, keeps to the standard, and opens to the same pages as the PDF."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader

from tests.documents.papers import AT, CONTRACT, FORMS, OFFER, RESOLUTION, WAGE_DRAFT, WAGES, chapters
from tests.documents.test_pdf import INJECTIONS, article, bare, lengthened
from tests.documents.word_files import W, accepted, faults, names, part, printed, rejected, replaced, words
from workflow.documents import FONTS
from workflow.documents.docx import docx, flat
from workflow.documents.docx_parts import LINE, MEASURE
from workflow.documents.pdf import pdf
from workflow.documents.render import render
from workflow.documents.vocabulary import Grid, Paper, VocabularyError, lines_of, parse, text_of

pytestmark = pytest.mark.once

TOKEN = "0123456789abcdef0123456789abcdef"
ADDRESS = "https://heyi.example/documents"
EVERYTHING = f"""<article class="document" lang="zh-CN"><header><p>草案　不发生效力</p></header>
<div class="masthead"><p>沪江泵业有限公司工会委员会</p><p class="number">沪江泵工〔2026〕1号</p></div>
<h1 class="title">沪江泵业有限公司关于贯彻落实集体协商制度进一步做好工资分配工作的通知</h1><p class="titlenote">（2026年12月18日通过）</p>
<p class="to">各车间：</p><h2 class="chapter">第一章　总则</h2><h2>一、甲</h2><h3>（一）乙</h3><h4>1．丙</h4>
<p id="a">甲<b>乙<span class="kai">丙</span></b>“丁”<br/>戊<ins data-by="职工方">己</ins><del data-by="企业方 &quot;甲&quot;">庚<b>辛</b></del></p>
<table class="fields"><tr><th><b>甲方：</b></th><td>沪江</td></tr><tr><th></th><td><span class="blank"></span></td></tr></table>
<table class="grid"><colgroup><col width="50%"/><col width="50%"/></colgroup><tbody><tr><td>一</td><td class="num">1.00</td></tr></tbody></table>
<table class="grid"><caption>表</caption><colgroup><col width="33.3%"/><col width="66.7%"/></colgroup><thead><tr><th>子</th><th>丑<br/>寅</th></tr></thead>
<tbody><tr><td></td><td class="text">卯</td></tr><tr><td><del data-by="甲">辰</del></td><td><del data-by="甲">巳</del></td></tr></tbody></table><p class="note">注：午。</p>
<p class="annexes">附件：1．未</p><p class="end">（以下无正文）</p>
<table class="sign"><tr><td><p>甲方：</p><p class="seal">申</p><p class="date">2026年</p></td><td><p>乙方：</p></td></tr></table>
<div class="closing"><p>酉：<span class="blank"></span></p><p class="issuer">戌</p><p class="issuer">亥亥亥</p><p class="date">2026年12月1日</p></div>
<section class="annex"><p class="annexnumber">附件1</p><h2 class="title">表<br/>册</h2><table class="fields"><tr><th>甲</th><td>乙</td></tr></table></section>
<footer><p>校验码：<b>3f2a</b></p><p class="verify">{TOKEN}</p></footer></article>"""


@cache
def made(name: str) -> bytes:
    return docx(EVERYTHING, AT, ADDRESS) if name == "everything" else docx(render(*FORMS[name]), AT)


def source(name: str) -> str:
    return EVERYTHING if name == "everything" else render(*FORMS[name])


EVERY_FORM = [*FORMS, "everything"]


@pytest.mark.parametrize("name", EVERY_FORM)
def test_the_file_keeps_to_the_standard(name: str, tmp_path: Path) -> None:
    assert faults(made(name), tmp_path) == []


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"<w:keepNext/><w:spacing", b"<w:spacing w:before='1'/><w:keepNext/><w:spacing"),
        (b"<w:tblLayout", b"<w:tblLayoutt"),
        (b'<w:jc w:val="right"/>', b'<w:jc w:val="rightward"/>'),
    ],
)
def test_a_fault_of_order_name_or_value_would_be_found(written: bytes, instead: bytes, tmp_path: Path) -> None:
    document = etree.tostring(part(made("wage-contract")))
    spoilt = document.replace(b'<w:pStyle w:val="Body"/>', b'<w:pStyle w:val="Body"/><w:keepNext/><w:spacing/>', 1).replace(
        written, instead, 1
    )
    assert faults(replaced(made("wage-contract"), "word/document.xml", spoilt), tmp_path)


@pytest.mark.parametrize("name", EVERY_FORM)
def test_the_file_says_what_the_template_says(name: str) -> None:
    paper = parse(source(name))
    assert bare(words(part(made(name)))) == "".join(bare(line) for line in lines_of(paper.blocks))


@pytest.mark.parametrize("name", EVERY_FORM)
def test_the_same_document_gives_the_same_bytes_in_any_thread(name: str) -> None:
    html = source(name)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda at: docx(html, at, ADDRESS if name == "everything" else ""), [AT] * 4)) == {made(name)}


def test_the_instant_is_part_of_the_bytes_and_its_zone_is_not() -> None:
    html = render(*FORMS["offer"])
    assert docx(html, AT.astimezone(timezone(timedelta(hours=9)))) == made("offer")
    assert docx(html, AT + timedelta(seconds=2)) != made("offer")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        docx(render(*FORMS["offer"]), datetime(2026, 11, 22))


def test_the_properties_name_the_title_and_the_instant() -> None:
    core = part(made("contract"), "docProps/core.xml")
    assert [(etree.QName(one).localname, one.text) for one in core] == [
        ("title", "沪江泵业有限公司集体合同"),
        ("created", "2026-11-22T01:30:00Z"),
        ("modified", "2026-11-22T01:30:00Z"),
        ("language", "zh-CN"),
    ]


@pytest.mark.parametrize("text", INJECTIONS)
def test_words_that_look_like_markup_stay_words(text: str, tmp_path: Path) -> None:
    record = replace(
        OFFER, title=text, addressee=text, matters=(f"甲{text}乙",), representatives=(replace(OFFER.representatives[0], name=text),)
    )
    data = docx(render("negotiation/offer.html", record), AT)
    assert bare(words(part(data))).count(bare(text)) == 4
    assert part(data, "docProps/core.xml")[0].text == text
    assert faults(data, tmp_path) == []


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_characters_that_xml_cannot_hold_are_refused(character: str) -> None:
    with pytest.raises((VocabularyError, UnicodeEncodeError)):
        docx(article(f"<p>甲{character}乙</p>"), AT)


def test_the_page_is_that_of_the_standard() -> None:
    section = part(made("contract")).find(f"{W}body/{W}sectPr")
    assert section is not None
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None and margins is not None and grid is not None
    width, height = (int(size.get(f"{W}{side}", "")) for side in ("w", "h"))
    top, right, bottom, left = (int(margins.get(f"{W}{side}", "")) for side in ("top", "right", "bottom", "left"))
    assert [round(one * 25.4 / 1440) for one in (width, height, top, right, bottom, left)] == [210, 297, 37, 26, 35, 28]
    assert abs(width - left - right - MEASURE) <= 1
    assert 22 * LINE <= height - top - bottom < 22 * LINE + 40
    assert grid.get(f"{W}type") == "lines" and grid.get(f"{W}linePitch") == str(LINE)


def test_every_style_that_is_used_is_defined_and_headings_make_the_outline() -> None:
    styles = part(made("everything"), "word/styles.xml")
    defined = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    for name in (one for one in names(made("everything")) if re.match("word/(document|header|footer).*xml$", one)):
        used = {
            one.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for one in part(made("everything"), name).iter(f"{W}{kind}")
        }
        assert used and used <= defined
    levels = {str(one.getparent().getparent().get(f"{W}styleId")): one.get(f"{W}val") for one in styles.iter(f"{W}outlineLvl")}
    assert levels == {"Heading1": "0", "Heading2": "1", "Heading3": "2", "Chapter": "0"}


def test_every_chinese_face_names_what_to_take_where_it_is_missing() -> None:
    table = part(made("offer"), "word/fontTable.xml")
    named = {one.get(f"{W}name"): one.find(f"{W}altName") is not None for one in table}
    used = {one.get(f"{W}eastAsia") for one in part(made("offer"), "word/styles.xml").iter(f"{W}rFonts")}
    assert used and all(named[face] for face in used)


def test_marks_that_both_scripts_have_are_set_as_chinese() -> None:
    run = next(one for one in part(made("everything")).iter(f"{W}r") if "“丁”" in words(one))
    fonts = run.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None and fonts.get(f"{W}hint") == "eastAsia"


def test_head_rows_repeat_rows_stay_whole_and_a_low_table_is_kept_together() -> None:
    long = docx(render("negotiation/contract.html", replace(WAGE_DRAFT, wage_table=replace(WAGES, rows=WAGES.rows * 12))), AT)
    for data, together in ((made("wage-draft"), True), (long, False)):
        rows = [row for row in part(data).iter(f"{W}tr") if "5,200.00" in words(row) or "岗位等级" in words(row)]
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert (rows[1].find(f".//{W}keepNext") is not None) is together


def test_a_table_before_the_signatures_stays_with_them() -> None:
    table = '<table class="grid"><colgroup><col width="100%"/></colgroup><tbody><tr><td>一</td></tr><tr><td>二</td></tr></tbody></table>'
    signed = '<p class="end">（以下无正文）</p><table class="sign"><tr><td><p>甲方：</p></td></tr></table>'
    for after, stays in ((signed, True), ("<p>三</p>", False)):
        last = [row for row in part(docx(article(table + after), AT)).iter(f"{W}tr") if words(row) == "二"][0]
        assert (last.find(f".//{W}keepNext") is not None) is stays


def test_an_annex_begins_a_page() -> None:
    starts = [words(one.getparent().getparent()) for one in part(made("resolution")).iter(f"{W}pageBreakBefore")]
    assert starts == ["附件"]


def test_a_code_leads_from_the_first_page_to_the_page_of_verification() -> None:
    assert not any("media" in name for name in names(docx(EVERYTHING, AT)))
    data = made("everything")
    first = next(name for name in names(data) if name.startswith("word/footer") and part(data, name).find(f".//{W}drawing") is not None)
    described = next(part(data, first).iter("{*}docPr")).get("descr")
    assert described == f"扫码核验本文书：{ADDRESS}/{TOKEN}"
    assert part(data).find(f".//{W}titlePg") is not None


def test_what_was_inserted_and_deleted_is_tracked_with_its_author() -> None:
    html = article(
        '<p>甲方<del data-by="企业方">可以</del><ins data-by="职工方">应当</ins>支付。</p><p><ins data-by="职工方">新增一款。</ins></p><p>末款。</p>'
    )
    data = docx(html, AT)
    assert accepted(data) == ["试印", "甲方应当支付。", "新增一款。", "末款。"]
    assert rejected(data) == ["试印", "甲方可以支付。", "末款。"]
    changes = [(etree.QName(one).localname, one.get(f"{W}author"), one.get(f"{W}date")) for one in part(data).iter(f"{W}ins", f"{W}del")]
    assert set(changes) == {("del", "企业方", "2026-11-22T01:30:00Z"), ("ins", "职工方", "2026-11-22T01:30:00Z")}
    assert part(data, "word/settings.xml").find(f"{W}trackRevisions") is not None
    assert part(made("offer"), "word/settings.xml").find(f"{W}trackRevisions") is None


def test_a_row_that_was_deleted_goes_with_its_cells() -> None:
    assert "辰" in rejected(made("everything")) and "辰" not in accepted(made("everything"))
    assert "卯" in accepted(made("everything"))


LENGTHS = range(0, 20, 2)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every form, and two forms at several lengths, as LibreOffice prints them."""
    files = {name: made(name) for name in EVERY_FORM}
    for extra in LENGTHS:
        longer = replace(CONTRACT, chapters=chapters(lengthened(extra)))
        files[f"contract-{extra}"] = docx(render("negotiation/contract.html", longer), AT)
        more = replace(RESOLUTION, decisions=("向全体职工公布",) * extra, attendance=())
        files[f"resolution-{extra}"] = docx(render("negotiation/resolution.html", more), AT)
    return printed(files, tmp_path_factory.mktemp("office"))


def pages_of(data: bytes, paper: Paper) -> list[str]:
    """The text of each page without white space, its running lines and its number taken off wherever LibreOffice has put them."""
    pages = []
    for number, page in enumerate(PdfReader(BytesIO(data)).pages, 1):
        text = bare(page.extract_text())
        note, folio = bare(text_of(paper.footer)), f"—{number}—"
        for running in (bare(text_of(paper.header)), note + folio if number % 2 else folio + note):
            assert running in text, f"page {number} lacks {running}: {text[-120:]}"
            text = text.replace(running, "", 1)
        pages.append(text)
    return pages


@pytest.mark.parametrize("name", EVERY_FORM)
def test_libreoffice_reads_what_the_template_says(name: str, opened: dict[str, bytes]) -> None:
    paper = parse(source(name))
    template = "".join(bare(line) for line in lines_of(paper.blocks))
    text = "".join(pages_of(opened[name], paper)).replace("扫码核验本文书", "")
    for head in (bare("".join(map(text_of, one.head))) for one in flat(paper.blocks) if isinstance(one, Grid) and one.head):
        text = said_once(text, head, template.count(head))
    assert Counter(text) == Counter(template)
    assert in_one_face(text) == in_one_face(template)


def said_once(text: str, head: str, times: int) -> str:
    """Without the head rows that a table repeats on each of its pages."""
    parts = text.split(head)
    return head.join(parts[: times + 1]) + "".join(parts[times + 1 :])


@cache
def common() -> frozenset[int]:
    fonts = [TTFont(FONTS / name, lazy=True) for name in ("FandolFang-Regular.otf", "GW-Latin.ttf")]
    han, latin = (frozenset(font.getBestCmap()) for font in fonts)
    return frozenset(point for point in han if point >= 0x2E80) | latin


def in_one_face(text: str) -> str:
    """Without the characters that another face lends, which LibreOffice draws after the rest of their line."""
    return "".join(one for one in text if ord(one) in common())


@pytest.mark.parametrize("name", EVERY_FORM)
def test_the_pages_are_as_many_as_those_of_the_pdf_or_one_more_or_less(name: str, opened: dict[str, bytes]) -> None:
    counts = [len(PdfReader(BytesIO(data)).pages) for data in (opened[name], pdf(source(name), AT))]
    assert abs(counts[0] - counts[1]) <= 1


def test_at_several_lengths_no_signature_is_split_or_alone(opened: dict[str, bytes]) -> None:
    paper = parse(render("negotiation/contract.html", CONTRACT))
    lengths = set()
    for extra in LENGTHS:
        pages = pages_of(opened[f"contract-{extra}"], paper)
        lengths.add(len(pages))
        signing = [page for page in pages if "甲方（盖章）" in page]
        assert len(signing) == 1
        assert re.search("条.+（以下无正文）甲方（盖章）：.*乙方（盖章）：.*2026年12月21日2026年12月21日$", signing[0])
    assert len(lengths) > 1


def test_at_several_lengths_no_closing_stands_alone(opened: dict[str, bytes]) -> None:
    paper = parse(render("negotiation/resolution.html", RESOLUTION))
    for extra in LENGTHS:
        last = pages_of(opened[f"resolution-{extra}"], paper)[-1]
        assert "（盖章）2026年12月18日" in last
        assert re.search("。(附件.*)?会议主持人（签字）：", last)


def test_instants_are_kept_in_utc() -> None:
    at = datetime(2026, 1, 1, 7, 0, tzinfo=timezone(timedelta(hours=8)))
    created = part(docx(article("<p>甲</p>"), at), "docProps/core.xml")[1].text
    assert created == f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" == "2025-12-31T23:00:00Z"
