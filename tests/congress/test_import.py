"""A roll from an Excel file: headings in any order, every fault by row and column, all or nothing, nothing that harms."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import Session

from congress.rolls import sheet
from congress.terms import Manner, Post
from tests.congress.cast import cast, file
from tests.congress.rolls import CONSTITUENCIES, HEADINGS, PEOPLE, SET_UP, act, facts, imported, names, opened, saved, set_up, workbook
from workflow.forms import Invalid

NAMES = [name for name, _ in CONSTITUENCIES]
PLAIN = ("铸造车间", "赵建国", "男", "", "造型工", "一线职工", "", "", "", "")


def said(data: bytes) -> list[str]:
    return [str(fault.sentence) for fault in sheet.read(data, NAMES).faults]


def row(**cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(heading, plain) for heading, plain in zip(HEADINGS, PLAIN, strict=True))


# ---- what is read


def test_a_filled_template_is_read(db: Session) -> None:
    term = imported(db, cast(db))
    first = facts(db, term).delegates[0]
    assert names(facts(db, term).delegates) == [person[1] for person in PEOPLE]
    assert (first.staff_number, first.job, first.post, first.female, first.manner) == (
        "0001",
        "造型工",
        Post.FRONTLINE,
        False,
        Manner.DIRECT,
    )
    assert first.since == term.since, "elected before the term begins, on the roll from then on"


def test_the_headings_may_stand_in_any_order_below_a_title() -> None:
    headings = tuple(reversed([f"{name}*" if name in ("姓名", "性别") else f" {name} " for name in HEADINGS]))
    rows = [tuple(reversed(person)) for person in PEOPLE]
    found = sheet.read(workbook(rows, headings, above=[("第六届职工代表名册",), ()]), NAMES)
    assert found.faults == () and [one.name for one in found.rows] == [person[1] for person in PEOPLE]
    assert [one.at for one in found.rows][:2] == [4, 5]


def test_columns_that_mean_nothing_here_are_named_and_left_unread() -> None:
    found = sheet.read(workbook([(*PLAIN, "13800000000")], (*HEADINGS, "手机号")), NAMES)
    assert (len(found.rows), found.unread) == (1, ("手机号",))


def test_numbers_dates_and_spaces_are_taken_as_they_are_meant() -> None:
    cells = {
        "姓名": " 赵 建国 ",
        "工号": 7.0,
        "当选日期": datetime(2024, 2, 20),
        "劳务派遣": "是",
        "类别": "管理人员",
        "产生方式": "下一级职工代表大会选举",
    }
    (one,) = sheet.read(workbook([row(**cells)]), NAMES).rows
    assert (one.name, one.staff_number, one.since, one.dispatched) == ("赵建国", "7", date(2024, 2, 20), True)
    assert (one.post, one.manner) == (Post.MANAGER, Manner.LOWER)
    (one,) = sheet.read(workbook([row(当选日期="2024年2月20日")]), NAMES).rows
    assert one.since == date(2024, 2, 20)


def test_empty_rows_between_are_passed_over() -> None:
    assert [r.at for r in sheet.read(workbook([PLAIN, (), (None, " "), row(姓名="钱玉兰")]), NAMES).rows] == [2, 5]


def test_what_the_template_offers_can_be_filled_in_and_read() -> None:
    data = sheet.template("名册", NAMES)
    page = opened(data)
    assert [cell.value for cell in page[1]][:3] == ["选区*", "姓名*", "性别*"]
    assert said(data) == ["表头下面没有人。请填写后重新上传。"]
    book = page.parent
    for place, value in enumerate(PLAIN, start=1):
        page.cell(2, place).value = value or None
    assert [one.name for one in sheet.read(saved(book), NAMES).rows] == ["赵建国"]


def test_a_constituency_that_looks_like_a_formula_stays_a_word_in_the_template() -> None:
    page = opened(sheet.template("名册", ["=1+1"])).parent["填写说明"]
    assert (page["D2"].value, page["D2"].data_type) == ("=1+1", "s")


# ---- faults


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"姓名": ""}, "第2行“姓名”：没有填，请补上。"),
        ({"性别": "M"}, "第2行“性别”：“M”不是可选的值，请填：男、女。"),
        ({"选区": "锻造车间"}, "第2行“选区”：没有名为“锻造车间”的选区，请改成：铸造车间、装配车间、机关科室。"),
        ({"当选日期": "去年春天"}, "第2行“当选日期”：“去年春天”要写成2026-03-04这样的日期。"),
        ({"当选日期": "2024-02-30"}, "第2行“当选日期”：日历上没有“2024-02-30”这一天，请核对。"),
        ({"当选日期": "1024-02-20"}, "第2行“当选日期”：年份1024不对，请核对。"),
        ({"劳务派遣": "也许"}, "第2行“劳务派遣”：“也许”不是可选的值，请填：是、否。"),
        ({"姓名": "长" * 61}, "第2行“姓名”：最多60个字，请缩短。"),
        ({"类别": "董事"}, "第2行“类别”：“董事”不是可选的值，请填：一线职工、技术人员、管理人员。"),
    ],
)
def test_a_faulty_cell_is_named_with_what_mends_it(cells: dict[str, Any], wrong: str) -> None:
    assert said(workbook([row(**cells)])) == [wrong]


def test_every_fault_is_told_at_once() -> None:
    assert said(workbook([row(性别="M"), PLAIN, row(姓名="钱玉兰", 类别="")])) == [
        "第2行“性别”：“M”不是可选的值，请填：男、女。",
        "第4行“类别”：没有填，请补上。",
    ]


def test_a_missing_or_doubled_column_is_named() -> None:
    assert said(workbook([PLAIN[:5]], HEADINGS[:5])) == ["第1行：缺“类别”这一列，请按模板补上。"]
    assert said(workbook([(*PLAIN, "男")], (*HEADINGS, "性别"))) == ["第1行“性别”：这一列有两个，请删去一个。"]


def test_a_sheet_without_headings_is_refused() -> None:
    assert said(workbook([], ("甲", "乙"))) == ["没有找到表头。第一张表的前10行里要有“姓名”等列名，请用模板填写。"]


def test_one_person_twice_is_found() -> None:
    assert said(workbook([PLAIN, PLAIN])) == ["第3行“姓名”：“赵建国”与第2行重名。是两个人的，请都填上工号；是同一个人的，请删去一行。"]
    assert said(workbook([row(工号="1"), row(工号="2")])) == []
    assert said(workbook([row(工号="1"), row(姓名="钱玉兰", 工号="1")])) == ["第3行“工号”：“1”与第2行重复，请核对。"]


def test_more_people_than_seats_are_refused(db: Session) -> None:
    people = cast(db)
    with pytest.raises(Invalid) as wrong:
        imported(db, people, [row(姓名=name) for name in "甲乙丙丁"])
    assert [str(one) for one in wrong.value.errors["document"]] == ["“铸造车间”有3个名额，文件里有4人。请核对名额，或者去掉多出的人。"]


def test_all_are_stored_or_none(db: Session) -> None:
    people = cast(db)
    term = imported(db, people)
    with pytest.raises(Invalid):
        act(db, term, "import_roll", people.li, SET_UP, document=[file(db, "错.xlsx", workbook([PLAIN, row(性别="M")]))])
    assert len(facts(db, term).delegates) == 7
    act(db, term, "import_roll", people.li, SET_UP, document=[file(db, "新.xlsx", workbook([PLAIN]))])
    assert names(facts(db, term).delegates) == ["赵建国"]


def test_a_flood_of_faults_is_cut_short(db: Session) -> None:
    people = cast(db)
    term = set_up(db, people)
    data = workbook([row(姓名=f"职工{n}", 性别="M") for n in range(300)])
    with pytest.raises(Invalid) as wrong:
        act(db, term, "import_roll", people.li, SET_UP, document=[file(db, "错.xlsx", data)])
    told = wrong.value.errors["document"]
    assert (len(told), str(told[-1])) == (201, "还有100处，请下载标出错处的文件查看。")


def test_the_file_comes_back_with_its_faults_marked() -> None:
    data = workbook([row(性别="M"), PLAIN], above=[("名册",)])
    page = opened(sheet.marked(data, sheet.read(data, NAMES)))
    place = HEADINGS.index("性别") + 1
    assert page.cell(3, place).fill.fgColor.rgb == "00F8CBAD" and page.cell(3, place).comment.text == "“M”不是可选的值，请填：男、女。"
    assert page.cell(3, len(HEADINGS) + 1).value == "第3行“性别”：“M”不是可选的值，请填：男、女。"
    assert page.cell(4, len(HEADINGS) + 1).value is None and page.cell(4, place).comment is None


# ---- what may not be


NO_WORKBOOK = "这不是Excel文件（.xlsx）。旧的“.xls”和加密的文件，请用Excel另存为不加密的“.xlsx”后重新上传。"


def packed(parts: dict[str, bytes], data: bytes | None = None) -> bytes:
    """A workbook with these parts in place of its own."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or workbook([PLAIN]))) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return written.getvalue()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 xl/ broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert said(data) == [NO_WORKBOOK]


def test_a_word_document_is_no_roll() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    assert said(written.getvalue()) == [NO_WORKBOOK]


def test_a_damaged_workbook_is_refused() -> None:
    assert said(packed({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c"})) == [
        "这个文件打不开，可能已经损坏。请用Excel另存为“.xlsx”后重新上传。"
    ]


def test_a_file_that_is_too_big_is_not_opened() -> None:
    assert said(b"\0" * (sheet.BYTES + 1)) == ["文件超过5MB。名册用不了这么大，请只保留名册这一张表，删去图片后重新上传。"]


def test_a_small_file_that_unpacks_to_a_great_deal_is_not_unpacked() -> None:
    bomb = packed({"xl/media/blank.bin": b"\0" * (sheet.UNPACKED + 1)})
    assert len(bomb) < sheet.BYTES and said(bomb) == ["文件解开后太大，不能读取。请只保留名册这一张表，另存为“.xlsx”后重新上传。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_of_entities_are_refused(encoding: str) -> None:
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert said(packed({"xl/sharedStrings.xml": laughs.encode(encoding)})) == [
        "文件里有不属于名册的内容，不能读取。请用Excel另存为“.xlsx”后重新上传。"
    ]


def test_more_people_than_any_roll_holds_are_refused() -> None:
    rows = [row(姓名=f"职工{n}") for n in range(sheet.MOST_ROWS + 1)]
    assert said(workbook(rows)) == ["超过3000人，一次不能导入。请核对是不是名册。"]


def test_a_cell_far_below_the_list_is_not_walked_to() -> None:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(PLAIN)
    book.active.cell(1_048_576, 1).value = "末行"
    assert [one.name for one in sheet.read(saved(book), NAMES).rows] == ["赵建国"]


def test_a_formula_is_not_reckoned() -> None:
    assert said(workbook([row(姓名='=HYPERLINK("http://example.org","赵")')])) == ["第2行“姓名”：没有填，请补上。"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text("男女是否铸造赵=-0/.\u200b年月日", max_size=12)), max_size=12), max_size=8))  # fmt: skip
def test_whatever_stands_in_the_cells_ends_in_rows_or_in_sentences(cells: list[list[Any]]) -> None:
    found = sheet.read(workbook(cells), NAMES)
    assert bool(found.rows) is not bool(found.faults)
    assert all(str(fault.sentence) and "{" not in str(fault.sentence) for fault in found.faults)


def test_an_import_of_a_file_that_never_came_is_refused(db: Session) -> None:
    people = cast(db)
    term = set_up(db, people)
    with pytest.raises(Invalid) as wrong:
        act(db, term, "import_roll", people.li, SET_UP, document=[{"name": "名册.xlsx", "sha256": "0" * 64}])
    assert list(wrong.value.errors) == ["document"]
