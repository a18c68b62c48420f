"""Contracts of five to a hundred and twenty articles, short and long: no signature is split or stands alone, no heading ends a page."""

import re
from dataclasses import replace

import pytest

from templates.documents.contexts import ContractText
from tests.documents.papers import AT, CONTRACT, REGIONAL, SAFETY, WAGE_CONTRACT, WOMEN, chapters
from tests.documents.test_pdf import bare, pages_of
from workflow.documents.pdf import pdf
from workflow.documents.render import render
from workflow.documents.vocabulary import Heading, parse, text_of

pytestmark = pytest.mark.once

KINDS = {"comprehensive": CONTRACT, "wage": WAGE_CONTRACT, "safety": SAFETY, "women": replace(WOMEN, is_draft=False), "regional": REGIONAL}
ARTICLES = (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 20, 23, 27, 33, 41, 54, 72, 95, 120)
SENTENCES = (
    "甲方每年向职工代表大会报告一次工资支付的情况，接受职工监督。",
    "乙方应当教育职工遵守劳动纪律和安全操作规程，完成生产任务。",
    "双方对本条的执行有不同意见的，由双方首席代表在十日内协商解决，协商的结果以书面形式告知全体职工。",
)
SIGNED = re.compile("条.+（以下无正文）甲方（盖章）：.+首席代表（签字）：.*年.*月.*日$")


def of_length(record: ContractText, articles: int) -> ContractText:
    """So many articles under at most eight heads, each of one to five sentences; the wage table, if there is one, follows the second."""
    texts = ["".join(SENTENCES[(number + place) % 3] for place in range(1 + number * 7 % 5)) for number in range(articles)]
    share = -(-articles // 8)
    heads = {f"第{at // share + 1}类内容": tuple(texts[at : at + share]) for at in range(0, articles, share)}
    return replace(record, chapters=chapters(heads), wage_table_after=2 if record.wage_table else None)


def faults(record: ContractText) -> list[str]:
    """What is wrong with the pages of a contract."""
    html = render("negotiation/contract.html", record)
    paper = parse(html)
    return wrong(pages_of(pdf(html, AT), paper), [bare(text_of(block.inlines)) for block in paper.blocks if isinstance(block, Heading)])


def wrong(pages: list[str], headings: list[str]) -> list[str]:
    body = pages[: next((number for number, page in enumerate(pages) if page.startswith("附件适用")), len(pages))]
    found = [f"page {number} ends in {heading}" for number, page in enumerate(pages, 1) for heading in headings if page.endswith(heading)]
    found += [f"page {number} is empty" for number, page in enumerate(pages, 1) if not page]
    signing = [page for page in body if "甲方（盖章）" in page or "乙方（盖章）" in page]
    if len(signing) != 1 or signing[0] is not body[-1] or not SIGNED.search(signing[0]):
        found.append(f"the signatures stand on {len(signing)} pages, the last of which begins with {body[-1][:10]}")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_at_twenty_lengths_every_page_is_whole(kind: str) -> None:
    assert {number: found for number in ARTICLES if (found := faults(of_length(KINDS[kind], number)))} == {}


def test_what_would_be_wrong_is_noticed() -> None:
    signatures = "甲方（盖章）：甲公司乙方（盖章）：工会首席代表（签字）：首席代表（签字）：2026年12月21日2026年12月21日"
    first, last = "第一章总则第一条甲方执行。", f"第二条乙方执行。（以下无正文）{signatures}"
    assert wrong([first, last], ["第一章总则"]) == []
    assert wrong([first + "第二章工资", last], ["第二章工资"]) == ["page 1 ends in 第二章工资"]
    assert wrong([first, "", last], []) == ["page 2 is empty"]
    alone = wrong([first + "第二条乙方执行。（以下无正文）", signatures], [])
    assert alone == ["the signatures stand on 1 pages, the last of which begins with 甲方（盖章）：甲公司"]
    split = wrong([first, last.split("乙方（")[0], "乙方（盖章）：工会首席代表（签字）：2026年12月21日"], [])
    assert split == ["the signatures stand on 2 pages, the last of which begins with 乙方（盖章）：工会首"]
