"""The vocabulary takes what it knows and names what it does not."""

import pytest

from tests.documents.papers import OFFER
from workflow.documents.render import render
from workflow.documents.vocabulary import (
    Grid,
    Heading,
    Inserted,
    Paragraph,
    Role,
    Style,
    Styled,
    Text,
    Title,
    VocabularyError,
    lines_of,
    parse,
)


def article(inner: str) -> str:
    return f'<article class="document" lang="zh-CN">{inner}</article>'


def test_an_offer_is_read_into_blocks_in_order() -> None:
    paper = parse(render("negotiation/offer.html", OFFER))
    assert paper.blocks[:4] == (
        Title(((Text("工资集体协商要约书"),),)),
        Paragraph((Text("沪江泵工〔2026〕1号"),), Role.NUMBER),
        Paragraph((Text("沪江泵业有限公司："),), Role.TO),
        paper.blocks[3],
    )
    assert Heading(2, (Text("一、协商内容"),)) in paper.blocks
    assert [len(block.rows) for block in paper.blocks if isinstance(block, Grid)] == [5]
    assert paper.title == "工资集体协商要约书"


def test_inline_words_keep_their_order_and_their_style() -> None:
    (block,) = parse(article('<p><b>第一条</b>　甲方<ins data-by="职工方">应当</ins>支付。</p>')).blocks
    assert block == Paragraph(
        (
            Styled(Style.HEI, (Text("第一条"),)),
            Text("　甲方"),
            Inserted((Text("应当"),), "职工方"),
            Text("支付。"),
        )
    )


def test_a_line_broken_between_han_characters_leaves_no_gap_but_a_space_between_words_stays() -> None:
    (block,) = parse(article("<p>\n  甲方\n  支付 ISO\n  9001 津贴\n</p>")).blocks
    assert list(lines_of((block,))) == ["甲方支付 ISO 9001 津贴"]


@pytest.mark.parametrize(
    ("inner", "named"),
    [
        ("<p>甲方<font>乙方</font></p>", "font"),
        ("<p>甲方<script>alert(1)</script></p>", "script"),
        ('<p class="big">甲方</p>', "p.big"),
        ('<p style="color:red">甲方</p>', "p"),
        ('<p onclick="x">甲方</p>', "p"),
        ('<p id="Two Words">甲方</p>', "p"),
        ("<p></p>", "p"),
        ("<h1>甲方</h1>", "h1"),
        ('<h1 class="title">甲方<br/></h1>', "h1.title"),
        ('<h3 class="chapter">甲方</h3>', "h3.chapter"),
        ("<div>甲方</div>", "div"),
        ("<ul><li>甲方</li></ul>", "ul"),
        ("<img src='x'/>", "img"),
        ("甲方", "article.document"),
        ("<p>甲方</p>乙方", "p"),
        ("<!-- 甲方 --><p>乙方</p>", "comment"),
        ("<p>甲方<!-- 乙方 --></p>", "comment"),
        ("<p>甲方<ins>乙方</ins></p>", "ins"),
        ('<p><span class="blank"></span>甲方</p>', "p"),
        ('<p>甲方<span class="blank">乙方</span></p>', "span.blank"),
        ("<table><tr><td>甲方</td></tr></table>", "table"),
        ('<table class="fields"><tr><td>甲方</td></tr></table>', "tr"),
        ('<table class="fields"><tr><th>甲方</th><td class="num">1</td></tr></table>', "td.num"),
        ('<table class="grid"><tbody><tr><td>1</td></tr></tbody></table>', "table.grid"),
        ('<table class="grid"><colgroup><col width="50%"/></colgroup><tbody><tr><td>1</td></tr></tbody></table>', "colgroup"),
        ('<table class="grid"><colgroup><col width="100px"/></colgroup><tbody><tr><td>1</td></tr></tbody></table>', "col"),
        ('<table class="grid"><colgroup><col width="100%"/></colgroup><tbody><tr><td>1</td><td>2</td></tr></tbody></table>', "tr"),
        ('<table class="sign"><tr><td><p>甲方</p></td></tr><tr><td><p>乙方</p></td></tr></table>', "table.sign"),
        ('<section class="annex"><p>甲方</p></section>', "section.annex"),
        ("<footer><p>甲方</p></footer><p>乙方</p>", "footer"),
        ("<p>甲方</p><header><p>乙方</p></header>", "header"),
    ],
)
def test_what_the_vocabulary_does_not_know_is_an_error_that_names_it(inner: str, named: str) -> None:
    with pytest.raises(VocabularyError) as refused:
        parse(article(inner))
    assert refused.value.element == named
    assert "line 1" in refused.value.place


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲方</p>",
        '<article class="document"><p>甲方<br></p></article>',
        '<article class="document"><p>甲方</article>',
        '<article class="document"><p>&nbsp;</p></article>',
        '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article class="document"><p>&x;</p></article>',
        '<!DOCTYPE article><article class="document"><p>甲方</p></article>',
    ],
)
def test_what_is_no_whole_document_is_refused(html: str) -> None:
    with pytest.raises(VocabularyError):
        parse(html)


def test_the_place_is_the_path_and_the_line() -> None:
    with pytest.raises(VocabularyError, match=r"not in the vocabulary: u at /article/p\[2\]/u, line 3"):
        parse(article("<p>甲方</p>\n\n<p><u>乙方</u></p>"))
