"""A roll as an Excel file: the template that is offered, what is read from a filled one, and the same file handed back with its faults marked.

Columns are found by their heading, in whatever order they stand. Whoever fills a file in hears of every fault at once, by
row and column, with what is wrong and how to mend it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from congress.terms import Manner, Post
from workflow.forms import FIRST_YEAR, LAST_YEAR
from workflow.words import N_, Sentence, Word, Words, say

BYTES = 5 * 1024 * 1024
"""Of the file."""
UNPACKED = 60 * 1024 * 1024
"""Of everything in it: a small file may hold a great deal."""
MOST_PARTS = 500
MOST_ROWS = 3000
MOST_COLUMNS = 60
BLANK_ROWS = 200
"""After so many empty rows the list is over."""
HEADING_WITHIN = 10
"""Rows among which the headings stand."""
YES, NO = "是", "否"


@dataclass(frozen=True)
class Row:
    """One person of the roll, as read."""

    at: int
    """Row of the sheet, from 1."""
    constituency: str
    name: str
    female: bool
    staff_number: str
    job: str
    post: Post
    dispatched: bool
    young: bool
    since: date | None
    manner: Manner


@dataclass(frozen=True)
class Fault:
    """`at` is the row of the sheet, `column` its place from 1; 0 where it is about the file as a whole."""

    at: int
    column: int
    heading: str
    wrong: Sentence

    @property
    def sentence(self) -> Sentence:
        if not self.at:
            return self.wrong
        if not self.heading:
            return say(N_("第{row}行：{wrong}"), row=self.at, wrong=self.wrong)
        return say(N_("第{row}行“{column}”：{wrong}"), row=self.at, column=self.heading, wrong=self.wrong)


@dataclass(frozen=True)
class Found:
    """What a file holds: its rows where there is no fault."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    unread: tuple[str, ...] = ()
    """Headings that mean nothing here."""


class _Wrong(Exception):
    def __init__(self, msgid: str, /, **values: object) -> None:
        self.sentence = say(msgid, **values)


@dataclass(frozen=True)
class Column:
    name: str
    headings: tuple[str, ...]
    """What it may be called, the template's word first."""
    read: Callable[[Any, Sequence[str]], Any]
    is_required: bool = False
    absent: Any = ""
    hint: str = ""
    choices: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.headings[0]


# ---- cells


def _text(value: Any, limit: int) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = re.sub(r"\s+", " ", str(value)).strip()
    if len(text) > limit:
        raise _Wrong(N_("最多{limit}个字，请缩短。"), limit=limit)
    if re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", text):
        raise _Wrong(N_("里面有不能保存的字符，请删去后重新填写。"))
    return text


def _words(limit: int) -> Callable[[Any, Sequence[str]], str]:
    return lambda value, _: _text(value, limit)


def _name(value: Any, _: Sequence[str]) -> str:
    """李 明 and 李明 are one name."""
    name = _text(value, 60)
    return name.replace(" ", "") if re.fullmatch(r"[\u3400-\u9fff ]+", name) else name


def _constituency(value: Any, known: Sequence[str]) -> str:
    name = _text(value, 100)
    if name not in known:
        shown, more = known[:8], len(known) > 8
        raise _Wrong(
            N_("没有名为“{name}”的选区，请改成：{known}等。") if more else N_("没有名为“{name}”的选区，请改成：{known}。"),
            name=name,
            known=Words(shown),
        )
    return name


def _one_of(choices: Mapping[str, Any], offered: Sequence[str] = ()) -> Callable[[Any, Sequence[str]], Any]:
    """What is told to be filled in is what the template offers; other words for the same are understood."""

    def read(value: Any, _: Sequence[str]) -> Any:
        text = _text(value, 100)
        if text not in choices:
            raise _Wrong(N_("“{value}”不是可选的值，请填：{choices}。"), value=text[:30], choices=Words(offered or choices))
        return choices[text]

    return read


def _day(value: Any, _: Sequence[str]) -> date:
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        text = _text(value, 100)
        found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
        if found is None:
            raise _Wrong(N_("“{value}”要写成2026-03-04这样的日期。"), value=text[:30])
        try:
            value = date(*map(int, found.groups()))
        except ValueError:
            raise _Wrong(N_("日历上没有“{value}”这一天，请核对。"), value=text[:30]) from None
    day = date(value.year, value.month, value.day)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Wrong(N_("年份{year}不对，请核对。"), year=day.year)
    return day


_POSTS = {
    "一线职工": Post.FRONTLINE, "一线": Post.FRONTLINE, "工人": Post.FRONTLINE, "技术人员": Post.TECHNICAL, "技术": Post.TECHNICAL,
    "管理人员": Post.MANAGER, "中层以上管理人员": Post.MANAGER,
}  # fmt: skip
_MANNERS = {"选区职工直接选举": Manner.DIRECT, "直接选举": Manner.DIRECT, "下一级职工代表大会选举": Manner.LOWER}
_YES_OR_NO = {YES: True, NO: False}

POST_WORDS = ("一线职工", "技术人员", "管理人员")
MANNER_WORDS = ("选区职工直接选举", "下一级职工代表大会选举")
COLUMNS = (
    Column("constituency", ("选区", "代表团", "选区（代表团）", "部门"), _constituency, True, hint="写本届已经登记的选区名称"),
    Column("name", ("姓名",), _name, True),
    Column("female", ("性别",), _one_of({"男": False, "女": True}), True, choices=("男", "女")),
    Column("staff_number", ("工号",), _words(30), hint="同一选区有重名的必须填"),
    Column("job", ("岗位（职务）", "岗位", "职务", "岗位、职务"), _words(100), True),
    Column("post", ("类别",), _one_of(_POSTS, POST_WORDS), True, choices=POST_WORDS, hint="中层以上管理人员填“管理人员”"),
    Column("dispatched", ("劳务派遣", "劳务派遣人员"), _one_of(_YES_OR_NO), absent=False, choices=(YES, NO), hint="不填就是“否”"),
    Column("young", ("35周岁以下", "青年"), _one_of(_YES_OR_NO), absent=False, choices=(YES, NO), hint="不填就是“否”"),
    Column("since", ("当选日期",), _day, absent=None, hint="格式2026-03-04（不填就是任期起算日期）"),
    Column("manner", ("产生方式",), _one_of(_MANNERS, MANNER_WORDS), absent=Manner.DIRECT, choices=MANNER_WORDS, hint="不填就是选区职工直接选举"),
)  # fmt: skip


# ---- reading


def read(data: bytes, constituencies: Sequence[str]) -> Found:
    """The rows of the first sheet, or every fault. Never raises on what a file may hold."""
    if (unfit := _unfit(data)) is not None:
        return Found((), (Fault(0, 0, "", unfit),))
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        cells = list(_cells(book.worksheets[0]))
    except Exception:  # whatever a damaged file brings about in the library
        return Found((), (Fault(0, 0, "", say(N_("这个文件打不开，可能已经损坏。请用Excel另存为“.xlsx”后重新上传。"))),))
    return _rows(cells, constituencies)


def _unfit(data: bytes) -> Sentence | None:
    """Why the file is not even opened: too big, no workbook, packed beyond measure, or with declarations that no workbook has."""
    if len(data) > BYTES:
        return say(N_("文件超过{limit}MB。名册用不了这么大，请只保留名册这一张表，删去图片后重新上传。"), limit=BYTES // 1024**2)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if "xl/workbook.xml" not in packed.namelist():
                raise zipfile.BadZipFile
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                return say(N_("文件解开后太大，不能读取。请只保留名册这一张表，另存为“.xlsx”后重新上传。"))
            for part in parts:
                head = packed.read(part)[:4096]
                if b"<!DOCTYPE" in head.replace(b"\0", b"") or b"<!ENTITY" in head.replace(b"\0", b""):
                    return say(N_("文件里有不属于名册的内容，不能读取。请用Excel另存为“.xlsx”后重新上传。"))
    except Exception:  # not a zip at all, encrypted, damaged, or with a method that is not known
        return say(N_("这不是Excel文件（.xlsx）。旧的“.xls”和加密的文件，请用Excel另存为不加密的“.xlsx”后重新上传。"))
    return None


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Row by row, those with something in them; one more than may be read, so that too many are noticed."""
    blank = kept = 0
    for at, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if all(value is None or (isinstance(value, str) and not value.strip()) for value in row):
            blank += 1
            if blank > BLANK_ROWS:
                return
            continue
        blank = 0
        kept += 1
        yield at, row
        if kept > MOST_ROWS + HEADING_WITHIN:
            return


def _rows(cells: Sequence[tuple[int, tuple[Any, ...]]], constituencies: Sequence[str]) -> Found:
    heading = next((n for n, (at, row) in enumerate(cells) if at <= HEADING_WITHIN and "姓名" in map(_plain, row)), None)
    if heading is None:
        return Found((), (Fault(0, 0, "", say(N_("没有找到表头。第一张表的前{n}行里要有“姓名”等列名，请用模板填写。"), n=HEADING_WITHIN)),))
    at, names = cells[heading]
    places, faults, unread = _places(at, names)
    body = cells[heading + 1 :]
    if len(body) > MOST_ROWS:
        faults.append(Fault(0, 0, "", say(N_("超过{limit}人，一次不能导入。请核对是不是名册。"), limit=MOST_ROWS)))
    if not body and not faults:
        faults.append(Fault(0, 0, "", say(N_("表头下面没有人。请填写后重新上传。"))))
    if faults:
        return Found((), tuple(faults), unread)
    rows = []
    for at, row in body:
        values, wrong = _read_row(at, row, places, constituencies)
        faults += wrong
        if not wrong:
            rows.append(Row(at=at, **values))
    faults += _twice(rows, places)
    return Found(() if faults else tuple(rows), tuple(sorted(faults, key=lambda f: (f.at, f.column))), unread)


def _plain(heading: Any) -> str:
    """Without the mark of what must be filled in, and without spaces."""
    return re.sub(r"[\s*＊]", "", str(heading)).replace("(", "（").replace(")", "）") if heading is not None else ""


def _places(at: int, names: Sequence[Any]) -> tuple[dict[str, tuple[int, str]], list[Fault], tuple[str, ...]]:
    """Column → its place from 1 and its heading as written."""
    known = {heading: column for column in COLUMNS for heading in column.headings}
    places: dict[str, tuple[int, str]] = {}
    faults: list[Fault] = []
    unread = []
    for place, written in enumerate(names, start=1):
        heading = _plain(written)
        if not heading:
            continue
        column = known.get(heading)
        if column is None:
            unread.append(heading[:30])
        elif column.name in places:
            faults.append(Fault(at, place, heading, say(N_("这一列有两个，请删去一个。"))))
        else:
            places[column.name] = (place, heading)
    for column in COLUMNS:
        if column.is_required and column.name not in places:
            faults.append(Fault(at, 0, "", say(N_("缺“{heading}”这一列，请按模板补上。"), heading=Word(column.heading))))
    return places, faults, tuple(unread)


def _read_row(
    at: int, row: Sequence[Any], places: Mapping[str, tuple[int, str]], constituencies: Sequence[str]
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in COLUMNS:
        place, heading = places.get(column.name, (0, column.heading))
        value = row[place - 1] if 0 < place <= len(row) else None
        if value is None or (isinstance(value, str) and not value.strip()):
            if column.is_required:
                faults.append(Fault(at, place, heading, say(N_("没有填，请补上。"))))
            values[column.name] = column.absent
            continue
        try:
            values[column.name] = column.read(value, constituencies)
        except _Wrong as wrong:
            faults.append(Fault(at, place, heading, wrong.sentence))
    return values, faults


def _twice(rows: Sequence[Row], places: Mapping[str, tuple[int, str]]) -> list[Fault]:
    """The same number twice; the same name twice in one constituency without numbers that tell the two apart."""
    faults = []
    numbers: dict[str, int] = {}
    people: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.staff_number and row.staff_number in numbers:
            place, heading = places["staff_number"]
            wrong = say(N_("“{number}”与第{row}行重复，请核对。"), number=row.staff_number, row=numbers[row.staff_number])
            faults.append(Fault(row.at, place, heading, wrong))
        numbers.setdefault(row.staff_number, row.at)
        same = people.setdefault((row.constituency, row.name), [])
        if same and not (row.staff_number and all(one.staff_number for one in same)):
            place, heading = places["name"]
            wrong = say(N_("“{name}”与第{row}行重名。是两个人的，请都填上工号；是同一个人的，请删去一行。"), name=row.name, row=same[0].at)
            faults.append(Fault(row.at, place, heading, wrong))
        same.append(row)
    return faults


# ---- writing

HEAD = PatternFill("solid", fgColor="DCE6F1")
BAD = PatternFill("solid", fgColor="F8CBAD")


def template(title: str, constituencies: Sequence[str]) -> bytes:
    """An empty roll with its headings, choices and explanations; it is Chinese, as what is filled in must be."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append([column.heading + ("*" if column.is_required else "") for column in COLUMNS])
    for place, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        cell = sheet.cell(1, place)
        cell.fill, cell.font, cell.alignment = HEAD, Font(bold=True), Alignment(vertical="center")
        sheet.column_dimensions[letter].width = 22 if column.name in ("constituency", "job", "manner") else 13
        for at in range(2, MOST_ROWS + 2) if column.name == "staff_number" else ():
            sheet.cell(at, place).number_format = "@"
        if column.choices:
            choice = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("填写说明")
    if constituencies:
        listed = DataValidation("list", formula1=f"'填写说明'!$D$2:$D${len(constituencies) + 1}", allow_blank=True)
        listed.add(f"A2:A{MOST_ROWS + 1}")
        sheet.add_data_validation(listed)
    notes.append(["列", "怎样填", "", "本届的选区"])
    for column in COLUMNS:
        said = "；".join(part for part in ("必填" if column.is_required else "可以不填", "、".join(column.choices), column.hint) if part)
        notes.append([column.heading, said])
    for at, name in enumerate(constituencies, start=2):
        cell = notes.cell(at, 4)
        cell.value, cell.data_type = name, "s"
    for letter, width in (("A", 16), ("B", 60), ("D", 30)):
        notes.column_dimensions[letter].width = width
    for cell in notes[1]:
        cell.font = Font(bold=True)
    book.properties.title = title
    return _saved(book)


def marked(data: bytes, found: Found, translate: Callable[[str], str] = lambda msgid: msgid) -> bytes:
    """The file that was handed in, its faulty cells tinted and explained, and what is wrong with each row in a last column.

    Only for a file that could be read: one whose faults have rows.
    """
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    last = sheet.max_column + 1
    by_row: dict[int, list[Fault]] = {}
    for fault in found.faults:
        by_row.setdefault(fault.at or 1, []).append(fault)
        if fault.at and fault.column:
            cell = sheet.cell(fault.at, fault.column)
            cell.fill = BAD
            cell.comment = Comment(fault.wrong.read(translate), "heyi")
    sheet.column_dimensions[get_column_letter(last)].width = 60
    for at, faults in by_row.items():
        cell = sheet.cell(at, last)
        cell.value = " ".join(fault.sentence.read(translate) for fault in faults)
        cell.data_type, cell.fill = "s", BAD
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
