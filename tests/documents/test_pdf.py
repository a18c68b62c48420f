"""The PDF says what the template says, on every machine the same, and its pages are whole."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from html import escape
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from tests.documents.papers import AT, CONTRACT, FORMS, HEADS, OFFER, RESOLUTION, WAGE_DRAFT, WAGES, chapters
from workflow.documents import TEMPLATES
from workflow.documents.glyphs import WHITESPACE, covered, font_files, missing
from workflow.documents.pdf import fonts, markup, pdf
from workflow.documents.render import render
from workflow.documents.vocabulary import Grid, Heading, Paper, lines_of, parse, text_of

pytestmark = pytest.mark.once

FOLIO = re.compile("—([0-9]+)—")


@cache
def made(name: str) -> bytes:
    return pdf(render(*FORMS[name]), AT)


def article(inner: str) -> str:
    return f'<article class="document" lang="zh-CN"><h1 class="title">试印</h1>{inner}</article>'


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages_of(data: bytes, paper: Paper) -> list[str]:
    """The text of each page without white space, its running lines and its number taken off."""
    pages = []
    for number, page in enumerate(PdfReader(BytesIO(data)).pages, 1):
        words = bare(page.extract_text()).removeprefix(bare(text_of(paper.header)))
        note, folio = bare(text_of(paper.footer)), f"—{number}—"
        foot = note + folio if number % 2 else folio + note
        assert words.endswith(foot), f"page {number} ends in {words[-90:]}"
        pages.append(words.removesuffix(foot))
    return pages


def without_repeated_heads(pages: list[str], paper: Paper, written: str) -> str:
    heads = ["".join(bare(text_of(words)) for words in block.head) for block in paper.blocks if isinstance(block, Grid) and block.head]
    said = ""
    for page in pages:
        repeated = "" if written.startswith(said + page) else next((head for head in heads if page.startswith(head)), "")
        said += page.removeprefix(repeated)
    return said


@pytest.mark.parametrize("name", FORMS)
def test_the_pdf_says_what_the_template_says(name: str) -> None:
    paper = parse(render(*FORMS[name]))
    written = "".join(bare(line) for line in lines_of(paper.blocks))
    assert without_repeated_heads(pages_of(made(name), paper), paper, written) == written


@pytest.mark.parametrize("name", FORMS)
def test_the_same_document_gives_the_same_bytes_in_any_thread(name: str) -> None:
    html = render(*FORMS[name])
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda at: pdf(html, at), [AT] * 4)) == {made(name)}


def test_the_instant_is_part_of_the_bytes_and_its_zone_is_not() -> None:
    html = render(*FORMS["offer"])
    assert pdf(html, AT.astimezone(timezone(timedelta(hours=9)))) == made("offer")
    assert pdf(html, AT + timedelta(seconds=1)) != made("offer")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        pdf(render(*FORMS["offer"]), datetime(2026, 11, 22))


INJECTIONS = (
    '#read("/gw.typ")',
    '"; #panic("x"); //',
    "\\ \\u{41} \\n \\",
    "$x^2$ *粗* _斜_ `码` = 题 - 项 + 项 / 词: 义",
    "#let x = 1; #x ]#[ }{ )( @ref <label> ~ -- --- ...",
    "/* 注 */ // 注",
    "<b>粗</b> &amp; <script>alert(1)</script> {{ 7 * 7 }} {% raw %}",
    "https://example.org/?a=1&b=2 'single' \"double\"",
)


@pytest.mark.parametrize("words", INJECTIONS)
def test_words_that_look_like_markup_are_printed_as_they_are(words: str) -> None:
    record = replace(
        OFFER,
        addressee=words,
        matters=(f"甲{words}乙",),
        place=words,
        representatives=(replace(OFFER.representatives[0], name=words),),
    )
    html = render("negotiation/offer.html", record)
    text = "".join(pages_of(pdf(html, AT), parse(html)))
    assert text.count(bare(words)) == 4


def test_words_that_look_like_markup_are_printed_in_titles_captions_and_running_lines() -> None:
    words = '#]"\\[=<b>'
    record = replace(WAGE_DRAFT, title=words, text_hash=words, wage_table=replace(WAGES, caption=words, note=words))
    html = render("negotiation/contract.html", record)
    data = pdf(html, AT)
    paper = parse(html)
    assert "".join(pages_of(data, paper)) == "".join(bare(line) for line in lines_of(paper.blocks))
    metadata = PdfReader(BytesIO(data)).metadata
    assert metadata is not None and metadata.title == f"沪江泵业有限公司{words}（草案）"


def fonts_in(data: bytes) -> dict[str, Any]:
    """Every font of every page by its name: the font descriptor of its descendant."""
    found: dict[str, Any] = {}
    for page in PdfReader(BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            composite = font.get_object()
            descendant = composite["/DescendantFonts"][0].get_object()
            found[str(composite["/BaseFont"])] = descendant["/FontDescriptor"].get_object()
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_font_is_embedded_and_comes_from_the_folder(name: str) -> None:
    found = fonts_in(made(name))
    shipped = {family.replace(" ", "").replace("-", "") for family in fonts().families()} | {
        path.stem.replace("-", "") for path in font_files()
    }
    assert found
    for base, descriptor in found.items():
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, base
        family = re.sub("^/[A-Z]{6}[+]", "", base).replace("-", "").removesuffix("IdentityH")
        assert any(one.startswith(family) or family.startswith(one) for one in shipped), base


def test_the_file_declares_itself_to_be_pdf_a_2b_in_chinese_and_tagged() -> None:
    reader = PdfReader(BytesIO(made("contract")))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert [str(entry.title) for entry in reader.outline if not isinstance(entry, list)] == ["沪江泵业有限公司集体合同"]


def test_typst_itself_refuses_an_empty_box() -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        pdf(article("<p>甲\U0001f600乙</p>"), AT)


@pytest.mark.parametrize(
    "style",
    [
        "<p>{}</p>",
        "<p><b>{}</b></p>",
        '<p><span class="kai">{}</span></p>',
        '<h1 class="title">{}</h1>',
        "<footer><p>{}</p></footer>",
    ],
)
def test_every_character_that_is_let_in_is_drawn_in_every_style(style: str) -> None:
    shown = [chr(point) for point in sorted(covered()) if chr(point) not in WHITESPACE and not missing(chr(point))]
    assert len(shown) > 32_000
    halves = [escape(" ".join(shown[first::8])) for first in range(8)] if "h1" in style else [escape(" ".join(shown))]
    for some in halves:
        assert pdf(f'<article class="document" lang="zh-CN">{style.format(some)}</article>', AT)


def test_a_page_holds_22_lines_of_28_characters() -> None:
    data = pdf(article(f"<p>{'职工' * 1000}</p>"), AT)
    lines = [line.strip() for line in PdfReader(BytesIO(data)).pages[1].extract_text().splitlines()]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert FOLIO.fullmatch(bare(lines[-1]))


def test_odd_pages_are_numbered_on_the_right_and_even_pages_on_the_left() -> None:
    sides = []
    for page in PdfReader(BytesIO(made("contract"))).pages:
        places: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float, places: list[float] = places) -> None:
            if "—" in text:
                places.append(cm[4] + cm[0] * tm[4])

        page.extract_text(visitor_text=note)
        sides.append("right" if min(places) > 300 else "left")
    assert sides == ["right", "left", "right", "left"]


def lengthened(extra: int) -> dict[str, tuple[str, ...]]:
    """The standing contract with `extra` lines more in its second chapter."""
    heads = dict(HEADS)
    heads["劳动报酬"] = (*heads["劳动报酬"], *("甲方每年向职工代表大会报告一次工资支付的情况。" for _ in range(extra)))
    return heads


def test_at_twenty_lengths_no_signature_is_split_or_alone_and_no_heading_ends_a_page() -> None:
    last_pages: set[int] = set()
    endings: set[str] = set()
    for extra in range(20):
        html = render("negotiation/contract.html", replace(CONTRACT, chapters=chapters(lengthened(extra))))
        paper = parse(html)
        pages = pages_of(pdf(html, AT), paper)
        headings = [bare(text_of(block.inlines)) for block in paper.blocks if isinstance(block, Heading)]
        assert not [page for page in pages for heading in headings if page.endswith(heading)]
        signing = [page for page in pages if "甲方（盖章）" in page]
        assert len(signing) == 1
        assert re.search("条.+（以下无正文）甲方（盖章）：.*乙方（盖章）：.*2026年12月21日2026年12月21日$", signing[0])
        last_pages.add(len(pages))
        endings.update(page[-8:] for page in pages)
    assert len(last_pages) > 1 and len(endings) > 12


def test_at_twenty_lengths_no_closing_stands_alone() -> None:
    for extra in range(20):
        html = render("negotiation/resolution.html", replace(RESOLUTION, decisions=("向全体职工公布",) * extra, attendance=()))
        pages = pages_of(pdf(html, AT), parse(html))
        assert "（盖章）2026年12月18日" in pages[-1]
        assert re.search("。(附件.*)?会议主持人（签字）：", pages[-1])


def test_a_long_table_repeats_its_headings_and_a_low_one_is_never_divided() -> None:
    long = replace(WAGES, rows=WAGES.rows * 12)
    html = render("negotiation/contract.html", replace(WAGE_DRAFT, wage_table=long))
    pages = pages_of(pdf(html, AT), parse(html))
    with_rows = [page for page in pages if "装配工一级5,200.00" in page]
    assert len(with_rows) > 1
    assert all("岗位等级现行标准（元/月）" in page for page in with_rows)
    for extra in range(12):
        html = render("negotiation/offer.html", replace(OFFER, matters=("岗位工资标准",) * (extra + 1)))
        pages = pages_of(pdf(html, AT), parse(html))
        assert ["名单如下：序号" in page and "周明远" in page for page in pages].count(True) == 1


def test_a_high_table_of_few_rows_leaves_no_half_page_empty_above_it() -> None:
    rows = "".join(f"<tr><td>{row}</td><td>{'一行三行高的表格文字' * 5}</td></tr>" for row in "甲乙丙丁戊己庚辛")
    columns = '<colgroup><col width="50%"/><col width="50%"/></colgroup><thead><tr><th>序号</th><th>内容</th></tr></thead>'
    for above in range(6, 17, 3):
        html = article("<p>正文。</p>" * above + f'<table class="grid">{columns}<tbody>{rows}</tbody></table>')
        first, second = pages_of(pdf(html, AT), parse(html))
        assert "序号内容甲" in first and second.startswith("序号内容")
        assert all((one + "一行三行高" in first) != (one + "一行三行高" in second) for one in "甲乙丙丁戊己庚辛")


def test_what_was_inserted_and_deleted_is_printed_both() -> None:
    html = article('<p>甲方<del data-by="企业方">可以</del><ins data-by="职工方">应当</ins>支付。</p>')
    assert pages_of(pdf(html, AT), parse(html)) == ["试印甲方可以应当支付。"]


@pytest.mark.parametrize("name", FORMS)
def test_typst_has_nothing_to_warn_of(name: str) -> None:
    source = markup(parse(render(*FORMS[name]))).encode()
    _, warnings = typst.Compiler(root=TEMPLATES, font_paths=fonts()).compile_with_warnings(input=source, format="pdf")
    assert not warnings
