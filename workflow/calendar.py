"""Working days, days of rest and the statutory holidays of the mainland.

Three sources, the first that speaks wins: what an administrator imported (`calendar_day`), the State Council's yearly notices
as `chinesecalendar` carries them, and for years without a notice the lawful holidays alone. A year of the last sort is
provisional: no make-up days are known, and every date that rests on it is an estimate.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

import holidays
from chinese_calendar import constants as notices
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.database import Big
from workflow.words import N_, Sentence, Word, say


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


KIND_LABELS = {
    DayKind.WORKDAY: N_("工作日"),
    DayKind.MAKE_UP: N_("调休上班日"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.HOLIDAY: N_("放假"),
}

HOLIDAY_NAMES = {
    "New Year's Day": N_("元旦"),
    "Spring Festival": N_("春节"),
    "Tomb-sweeping Day": N_("清明节"),
    "Labour Day": N_("劳动节"),
    "Dragon Boat Festival": N_("端午节"),
    "National Day": N_("国庆节"),
    "Mid-autumn Festival": N_("中秋节"),
    "Anti-Fascist 70th Day": N_("抗战胜利纪念日"),
}
_LAWFUL_NAMES = {
    "New Year's Day": "元旦",
    "Chinese New Year's Eve": "春节",
    "Chinese New Year (Spring Festival)": "春节",
    "Tomb-Sweeping Day": "清明节",
    "Labor Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-Autumn Festival": "中秋节",
    "National Day": "国庆节",
    "70th Anniversary of the Victory of the Chinese People's War of Resistance against Japanese Aggression and the World "
    "Anti-Fascist War": "抗战胜利纪念日",
}
FIRST_NOTICE = min(day.year for day in notices.holidays)
LAST_NOTICE = max(day.year for day in notices.holidays)


class CalendarDay(SQLModel, table=True):
    """One day of an imported notice: free (`holiday`) or, on a weekend, worked (`make_up`)."""

    __tablename__ = "calendar_day"
    __table_args__ = (CheckConstraint("kind IN ('workday','make_up','weekend','holiday')", name="kind"),)

    day: date = Field(primary_key=True)
    kind: str = Field(sa_type=String(40))
    name: str = Field(default="", sa_type=String(40))
    source: str = Field(sa_type=String(200))


class CalendarYear(SQLModel, table=True):
    """A year whose notice has been imported; from then on its dates are no estimates."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)
    source: str = Field(sa_type=String(200))
    entered_by: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    entered_at: datetime


@dataclass(frozen=True)
class Day:
    """What is known of one day. `name` is the holiday it belongs to, or empty."""

    date: dt.date
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True)
class Calendar:
    """`days` and `years` are what the installation knows beyond the published notices."""

    days: Mapping[date, Day] = dataclass_field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def day(self, day: date) -> Day:
        if day in self.days:
            return self.days[day]
        if day.year in self.years:
            return Day(day, DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY, "", "")
        return _noticed(day) if FIRST_NOTICE <= day.year <= LAST_NOTICE else _lawful(day)

    def kind(self, day: date) -> DayKind:
        return self.day(day).kind

    def name(self, day: date) -> str:
        return self.day(day).name

    def is_working(self, day: date) -> bool:
        """A make-up day is a working day (rules of time counting, 3)."""
        return self.kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)

    def is_rest(self, day: date) -> bool:
        return not self.is_working(day)

    def statutory(self, day: date) -> bool:
        """One of the public days of 《全国年节及纪念日放假办法》 (13 since 2025), not a day off around them."""
        return day in _statutory_days(day.year)

    def published(self, year: int) -> bool:
        return year in self.years or FIRST_NOTICE <= year <= LAST_NOTICE

    def is_settled(self, day: date) -> bool:
        """False where a notice still to come may change this day: its own year's, or in the last days of December the next."""
        return self.published(day.year) and (day.month < 12 or day.day < 29 or self.published(day.year + 1))

    def year(self, year: int) -> tuple[Day, ...]:
        """Every day of a year, for the calendar page."""
        first = date(year, 1, 1)
        return tuple(self.day(first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days))


PUBLISHED = Calendar()
"""The calendar without anything imported."""


def load_calendar(db: Session) -> Calendar:
    days = {row.day: Day(row.day, DayKind(row.kind), row.name, row.source) for row in db.exec(select(CalendarDay))}
    return Calendar(days, frozenset(db.exec(select(CalendarYear.year))))


@cache
def _noticed(day: date) -> Day:
    if day in notices.holidays:
        return Day(day, DayKind.HOLIDAY, HOLIDAY_NAMES[notices.holidays[day]], "chinesecalendar")
    if day in notices.workdays:
        return Day(day, DayKind.MAKE_UP, HOLIDAY_NAMES[notices.workdays[day]], "chinesecalendar")
    return Day(day, DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY, "", "chinesecalendar")


@cache
def _lawful(day: date) -> Day:
    """Without a notice: the lawful days and the day off for one that falls on a weekend; no make-up days."""
    name = _lawful_days(day.year).get(day)
    if name:
        return Day(day, DayKind.HOLIDAY, name, "holidays")
    return Day(day, DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY, "", "holidays")


@cache
def _lawful_days(year: int) -> Mapping[date, str]:
    """The public days of a year and the days off for those on a weekend, with their names."""
    named = {}
    for day, entry in holidays.country_holidays("CN", years=[year], language="en_US").items():
        names = [_LAWFUL_NAMES.get(each.removesuffix(" (observed)")) for each in entry.split("; ")]
        if day.year == year and any(names):
            named[day] = "、".join(name for name in names if name)
    return named


@cache
def _statutory_days(year: int) -> Mapping[date, str]:
    entries = holidays.country_holidays("CN", years=[year], language="en_US")
    return {
        day: name for day, name in _lawful_days(year).items() if any(not each.endswith("(observed)") for each in entries[day].split("; "))
    }


# ---- the administrator's import of a year's notice


class RowFault(Exception):
    """A row that cannot be taken: its line in the file (1 = the heading) and a sentence."""

    def __init__(self, line: int, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True)
class Notice:
    """A year's notice as read from a file. It is stored only when `faults` is empty."""

    year: int
    days: tuple[Day, ...]
    faults: tuple[RowFault, ...]


_HEADINGS = {"date": "date", "日期": "date", "kind": "kind", "类别": "kind", "name": "name", "名称": "name", "节日": "name"}
_KINDS = {
    "holiday": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "休": DayKind.HOLIDAY,
    "make_up": DayKind.MAKE_UP,
    "上班": DayKind.MAKE_UP,
    "调休上班": DayKind.MAKE_UP,
    "班": DayKind.MAKE_UP,
}


def parse_notice_csv(text: str, year: int, source: str) -> Notice:
    """Read columns date, kind (放假 / 上班), name of the State Council's notice for `year`; every faulty row gets its sentence."""
    faults: list[RowFault] = []
    days: dict[date, Day] = {}
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    headings = [_HEADINGS.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    if not {"date", "kind"} <= set(headings):
        return Notice(year, (), (RowFault(1, say(N_("第一行应当是列名：日期、类别、名称。"))),))
    for line, row in enumerate(rows[1:], start=2):
        cells = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False) if heading}
        if not any(cells.values()):
            continue
        try:
            day = _notice_day(line, cells, year, source)
            if day.date in days:
                raise RowFault(line, say(N_("{date}重复出现。"), date=day.date))
            days[day.date] = day
        except RowFault as fault:
            faults.append(fault)
    for missing, name in sorted(_statutory_days(year).items()):
        if not faults and (missing not in days or days[missing].kind is not DayKind.HOLIDAY):
            faults.append(RowFault(len(rows), say(N_("缺少法定节假日{date}（{name}）。"), date=missing, name=Word(name))))
    return Notice(year, tuple(days[each] for each in sorted(days)), tuple(faults))


def _notice_day(line: int, cells: Mapping[str, str], year: int, source: str) -> Day:
    written, kind = cells.get("date", ""), _KINDS.get(cells.get("kind", "").lower())
    try:
        day = date.fromisoformat(written.replace("/", "-"))
    except ValueError:
        raise RowFault(line, say(N_("“{written}”不是日期，请写成2027-02-06的样子。"), written=written)) from None
    if day.year != year:
        raise RowFault(line, say(N_("{date}不在{year}年内。"), date=day, year=year))
    if kind is None:
        raise RowFault(line, say(N_("类别“{written}”无法识别，请写“放假”或“上班”。"), written=cells.get("kind", "")))
    if kind is DayKind.MAKE_UP and day.weekday() < 5:
        raise RowFault(line, say(N_("{date}不是周末，不会是调休上班日。"), date=day))
    return Day(day, kind, cells.get("name", ""), source)


def store_notice(db: Session, notice: Notice, *, source: str, by: int | None, at: datetime) -> None:
    """Replace what was imported for the year; from now on the year is published."""
    if notice.faults:
        raise ValueError("a notice with faults is not stored")
    first, last = date(notice.year, 1, 1), date(notice.year, 12, 31)
    for row in db.exec(select(CalendarDay).where(col(CalendarDay.day) >= first, col(CalendarDay.day) <= last)):
        db.delete(row)
    db.flush()
    db.add_all(CalendarDay(day=day.date, kind=day.kind.value, name=day.name, source=source) for day in notice.days)
    year = db.get(CalendarYear, notice.year) or CalendarYear(year=notice.year, source=source, entered_at=at)
    year.source, year.entered_by, year.entered_at = source, by, at
    db.add(year)
    db.flush()


def notice_days(calendar: Calendar, year: int) -> tuple[Day, ...]:
    """The days of a year that are not what the day of the week says."""
    return tuple(day for day in calendar.year(year) if day.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP))


def runs(days: Iterable[Day]) -> list[tuple[Day, Day]]:
    """Neighbouring days of one kind and name drawn together: (first, last)."""
    drawn: list[tuple[Day, Day]] = []
    for day in days:
        last = drawn[-1][1] if drawn else None
        if last and (last.kind, last.name) == (day.kind, day.name) and day.date - last.date == timedelta(days=1):
            drawn[-1] = (drawn[-1][0], day)
        else:
            drawn.append((day, day))
    return drawn
