"""A term of the pump works and its roll, for the stories about both."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlmodel import Session

from congress.models import CongressMeeting
from congress.presence import book, members
from congress.rolls import acts, forms, queries
from congress.rolls.facts import Facts
from congress.rolls.models import CongressTerm, Delegate
from congress.rolls.procedure import TERM
from congress.rolls.telling import tell
from tests.congress.cast import Cast, at, file
from workflow import journal
from workflow.organisations import Organisation
from workflow.proceedings import do

SET_UP, BEGAN, LATER = date(2024, 2, 26), date(2024, 3, 1), date(2026, 6, 1)
HEADINGS = ("选区", "姓名", "性别", "工号", "岗位（职务）", "类别", "劳务派遣", "35周岁以下", "当选日期", "产生方式")
CONSTITUENCIES = (("铸造车间", 3), ("装配车间", 3), ("机关科室", 2))
PEOPLE = (
    ("铸造车间", "赵建国", "男", "0001", "造型工", "一线职工", "否", "否", "2024-02-20", ""),
    ("铸造车间", "钱玉兰", "女", "0002", "造型工", "一线职工", "否", "是", "2024-02-20", ""),
    ("铸造车间", "孙志刚", "男", "0003", "工艺员", "技术人员", "", "", "", ""),
    ("装配车间", "李秀英", "女", "0004", "装配工", "一线职工", "是", "", "", ""),
    ("装配车间", "周大勇", "男", "0005", "装配工", "一线职工", "", "", "", ""),
    ("装配车间", "吴桂花", "女", "0006", "质检员", "一线职工", "", "", "", ""),
    ("机关科室", "郑明", "男", "0007", "生产部经理", "管理人员", "", "", "", ""),
)
"""Seven of eight seats; three women, one of them dispatched; one manager."""


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS, above: Sequence[Sequence[Any]] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (*above, headings, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def set_up(db: Session, people: Cast, *, by: int | None = None, on: date = SET_UP, **other: Any) -> CongressTerm:
    sent: Mapping[str, Any] = {
        "organisation": people.enterprise,
        "form": "congress",
        "number": 6,
        "since": BEGAN,
        "years": 5,
        "constituencies": [{"name": name, "seats": seats} for name, seats in CONSTITUENCIES],
        "on": on,
        **other,
    }
    return acts.set_up(db, forms.NewTerm.read(sent), by=people.li if by is None else by, today=on, at=at(on))


def act(db: Session, term: CongressTerm, name: str, by: int, on: date, /, **sent: Any) -> CongressTerm:
    return do(db, acts.PROCEEDINGS, term, name, {"on": on, **sent}, by=queries.actor(db, term, by, on), today=on, at=at(on))


def imported(db: Session, people: Cast, rows: Sequence[Sequence[Any]] = PEOPLE, **other: Any) -> CongressTerm:
    term = set_up(db, people, **other)
    act(db, term, "import_roll", people.li, max(SET_UP, term.opened_on), document=[file(db, "名册.xlsx", workbook(rows))])
    return term


def serving(db: Session, people: Cast, rows: Sequence[Sequence[Any]] = PEOPLE, **other: Any) -> CongressTerm:
    term = imported(db, people, rows, **other)
    act(db, term, "confirm_roll", people.li, max(BEGAN, term.since))
    return term


def checked_in(db: Session, meeting: CongressMeeting, count: int, on: date, *, by: int) -> None:
    """The first so many of the roll come in."""
    whom = [one.whom for one in members.members(db, meeting, on)]
    book.write(db, meeting, book.arrival(meeting), whom[:count], by=by, on=on, at=at(on))


def facts(db: Session, term: CongressTerm, on: date = LATER) -> Facts:
    return queries.facts(db, term, on)


def names(delegates: Sequence[Delegate]) -> list[str]:
    return [d.name for d in delegates]


def named(db: Session, term: CongressTerm, name: str) -> Delegate:
    return next(d for d in facts(db, term).delegates if d.name == name)


def constituency(db: Session, term: CongressTerm, name: str) -> int | None:
    return next(c.id for c in facts(db, term).constituencies if c.name == name)


def elected(db: Session, term: CongressTerm, where: str, name: str, /, **other: Any) -> dict[str, Any]:
    """A by-election in which enough took part and enough were in favour."""
    return {
        "constituency": constituency(db, term, where),
        "name": name,
        "female": False,
        "job": "造型工",
        "post": "frontline",
        "workers": 120,
        "attended": 100,
        "in_favour": 90,
        **other,
    }


def settled(db: Session, people: Cast, *, workforce: int = 1200, female: int = 300, dispatched: int = 0) -> None:
    """What the registration says of the enterprise."""
    body = db.get_one(Organisation, people.enterprise)
    body.workforce, body.female, body.dispatched = workforce, female, dispatched
    db.flush()


def journal_of(db: Session, term: CongressTerm) -> list[str]:
    found = journal.entries(db, TERM.name, term.id or 0)
    return [f"{e.done_on} {tell(e, facts(db, term))}" for e in found]
