"""修改对照 of a contract: who accepts every change in Word has the new text word for word, who rejects every change has the old."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.documents.changes import numbers, redline_of, tables_of
from templates.documents.contexts import Column
from tests.documents.papers import AT, HEADS, REDLINE, TALKED_OVER, WAGES, clauses
from tests.documents.word_files import accepted, faults, rejected
from workflow.documents.docx import docx
from workflow.documents.render import render
from workflow.documents.vocabulary import parse
from workflow.redline import Clause, paragraphs

ARTICLES = st.lists(
    st.builds(
        Clause,
        st.sampled_from(
            (
                "甲方每月15日前足额支付职工上月工资。",
                "甲方每月10日前足额支付职工上月工资。",
                "夜班津贴每班25元。\n高温津贴每月300元。",
                "夜班津贴每班30元。\n特殊岗位津贴另行商定。\n高温津贴每月300元。",
                "职工平均工资8,420.50元（大写：捌仟肆佰贰拾元伍角整）增长6.5%。",
                "“甲方” <b>&amp; {{ 7 * 7 }}",
            )
        ),
        is_heading=st.booleans(),
    ),
    max_size=6,
)


def printed(version: list[Clause]) -> list[str]:
    """A version as its paragraphs read, each article under its number."""
    found = []
    for number, one in zip(numbers(version), version, strict=True):
        first, *rest = paragraphs(one.text)
        found += [f"{number}　{first}", *rest]
    return found


def body(lines: list[str]) -> list[str]:
    """What follows the table of changes or, without one, the introduction."""
    start = next(place for place, line in enumerate(lines) if line.startswith("以") and "逐条对照" in line) + 1
    if "改动一览表" in lines:
        start = lines.index("改动一览表") + 4
        while lines[start] == "—" or re.fullmatch("第[^　]*条|修改|新增|删除|移动|移动并修改", lines[start]):
            start += 1
            if start == len(lines):
                break
    return lines[start:]


def file_of(old: list[Clause], new: list[Clause]) -> bytes:
    record = redline_of(old, new, unit="沪江泵业有限公司", title="集体合同", old_name="原稿", new_name="新稿", by="企业方")
    return docx(render("negotiation/redline.html", record), AT)


@settings(deadline=None, max_examples=60)
@given(ARTICLES, ARTICLES)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(old: list[Clause], new: list[Clause]) -> None:
    data = file_of(old, new)
    assert body(accepted(data)) == printed(new)
    assert body(rejected(data)) == printed(old)


def test_a_contract_talked_over_comes_out_whole_either_way(tmp_path: Path) -> None:
    data = file_of(clauses(HEADS), clauses(TALKED_OVER))
    assert body(accepted(data)) == printed(clauses(TALKED_OVER))
    assert body(rejected(data)) == printed(clauses(HEADS))
    assert faults(data, tmp_path) == []


def test_the_table_says_what_became_of_each_article() -> None:
    assert [(one.old, one.new, one.what) for one in REDLINE.fates] == [
        ("第四条", "第三条", "移动并修改"),
        ("", "第五条", "新增"),
        ("第十一条", "", "删除"),
        ("第十四条", "第十四条", "修改"),
    ]
    assert REDLINE.untouched == 15


def test_two_versions_that_agree_say_so() -> None:
    record = redline_of(clauses(HEADS), clauses(HEADS), unit="沪江", title="集体合同", old_name="甲稿", new_name="乙稿", by="企业方")
    html = render("negotiation/redline.html", record)
    assert "两个文本的全部条文一致" in html and "<ins" not in html and parse(html).blocks


def rows_of(lines: list[str], caption: str) -> list[str]:
    return lines[lines.index(caption) + 6 :]


def test_the_wage_table_is_compared_row_by_row_and_figure_by_figure() -> None:
    (table,) = REDLINE.tables
    data = docx(render("negotiation/redline.html", REDLINE), AT)
    assert table.rows[1][3:] == ((("del", "352.00"), ("ins", "452.00")), (("del", "6,212.00"), ("ins", "6,312.00")))
    old = [cell for row in WAGES.rows for cell in row]
    assert rows_of(rejected(data), WAGES.caption) == old
    assert rows_of(accepted(data), "2027年岗位工资标准表")[5:10] == ["装配工", "二级", "5,860.00", "452.00", "6,312.00"]
    assert "铸造工一级" not in "".join(accepted(data)) and accepted(data)[-4:] == ["实习生", "—", "3,000.00", "3,000.00"]


def test_wage_tables_of_other_columns_stand_one_after_the_other() -> None:
    other = replace(WAGES, columns=(Column("岗位", 60), Column("标准（元/月）", 40, is_number=True)), rows=(("装配工", "5,512.00"),))
    both = tables_of(WAGES, other)
    assert [len(table.head) for table in both] == [5, 2]
    assert {op for table in both[:1] for row in table.rows for cell in row for op, _ in cell} == {"del"}
    assert both[1].rows == (((("ins", "装配工"),), (("ins", "5,512.00"),)),)
    assert tables_of(None, None) == ()
