"""Working days as the State Council's notices have them, and a notice read from a file."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflow.calendar import (
    PUBLISHED,
    CalendarDay,
    DayKind,
    load_calendar,
    notice_days,
    parse_notice_csv,
    runs,
    store_notice,
)

# The two notices that the rules of time counting name, written out by hand.
NOTICES = {
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"), ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        ],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_a_published_year_is_its_notice(year):
    spans, worked = NOTICES[year]
    off = set()
    for first, last in spans:
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last}"):
            off.add(day)
            day += timedelta(days=1)
    make_up = {date.fromisoformat(f"{year}-{day}") for day in worked}
    for day in PUBLISHED.year(year):
        expected = (
            DayKind.HOLIDAY
            if day.date in off
            else DayKind.MAKE_UP
            if day.date in make_up
            else DayKind.WEEKEND
            if day.date.weekday() >= 5
            else DayKind.WORKDAY
        )
        assert day.kind is expected, day.date


def test_the_public_days_are_thirteen_since_2025():
    def public(year):
        return sum(PUBLISHED.statutory(day.date) for day in PUBLISHED.year(year))

    assert (public(2024), public(2025), public(2026), public(2027)) == (11, 13, 13, 13)


def test_a_day_off_around_a_holiday_is_no_public_day():
    assert PUBLISHED.statutory(date(2026, 10, 3)) and not PUBLISHED.statutory(date(2026, 10, 4))
    assert PUBLISHED.statutory(date(2026, 2, 16)), "除夕, since 2025"
    assert not PUBLISHED.statutory(date(2024, 2, 9)), "除夕 before it"


def test_half_a_day_off_for_women_stops_nothing():
    assert PUBLISHED.is_working(date(2027, 3, 8))


def test_years_without_a_notice_are_not_published():
    assert PUBLISHED.published(2004) and PUBLISHED.published(2026)
    assert not PUBLISHED.published(2027) and not PUBLISHED.published(2003)
    assert PUBLISHED.is_settled(date(2026, 12, 28)) and not PUBLISHED.is_settled(date(2026, 12, 29))


def test_an_unpublished_year_has_its_lawful_days_and_no_make_up_days():
    days = notice_days(PUBLISHED, 2027)
    assert {day.kind for day in days} == {DayKind.HOLIDAY}
    assert [(first.date, last.date, first.name) for first, last in runs(days)][1] == (date(2027, 2, 5), date(2027, 2, 10), "春节")


NOTICE_2027 = """日期,类别,名称
2027-01-01,放假,元旦
2027-02-05,放假,春节
2027-02-06,放假,春节
2027-02-07,放假,春节
2027-02-08,放假,春节
2027-02-09,放假,春节
2027-02-20,上班,春节
2027-04-05,放假,清明节
2027-05-01,放假,劳动节
2027-05-02,放假,劳动节
2027-06-09,放假,端午节
2027-09-15,放假,中秋节
2027/10/01,放假,国庆节
2027-10-02,放假,国庆节
2027-10-03,放假,国庆节
"""


def test_a_notice_is_read_with_its_make_up_days():
    notice = parse_notice_csv("\ufeff" + NOTICE_2027, 2027, "国务院办公厅通知")
    assert not notice.faults
    assert len(notice.days) == 15
    assert [day.date for day in notice.days if day.kind is DayKind.MAKE_UP] == [date(2027, 2, 20)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2027-02-30,放假,春节", "“2027-02-30”不是日期，请写成2027-02-06的样子。"),
        ("2026-02-06,放假,春节", "2026-02-06不在2027年内。"),
        ("2027-02-10,休假,春节", "类别“休假”无法识别，请写“放假”或“上班”。"),
        ("2027-02-10,上班,春节", "2027-02-10不是周末，不会是调休上班日。"),
        ("2027-02-09,放假,春节", "2027-02-09重复出现。"),
    ],
)
def test_each_faulty_row_of_a_notice_has_its_sentence(line, sentence):
    notice = parse_notice_csv(NOTICE_2027 + line + "\n", 2027, "通知")
    assert [(fault.line, str(fault.sentence)) for fault in notice.faults] == [(17, sentence)]


def test_a_notice_without_a_public_day_is_not_taken():
    notice = parse_notice_csv(NOTICE_2027.replace("2027-06-09,放假,端午节\n", ""), 2027, "通知")
    assert [str(fault.sentence) for fault in notice.faults] == ["缺少法定节假日2027-06-09（端午节）。"]


def test_a_file_without_the_columns_says_which_it_needs():
    assert str(parse_notice_csv("a,b\n1,2\n", 2027, "通知").faults[0].sentence) == "第一行应当是列名：日期、类别、名称。"
    assert parse_notice_csv("", 2027, "通知").faults


def test_an_imported_notice_makes_its_year_published_and_replaces_the_last_one(db):
    at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    notice = parse_notice_csv(NOTICE_2027, 2027, "通知")
    store_notice(db, notice, source="国办发明电〔2026〕9号", by=None, at=at)
    store_notice(db, notice, source="国办发明电〔2026〕10号", by=None, at=at)
    calendar = load_calendar(db)
    assert calendar.published(2027)
    assert calendar.kind(date(2027, 2, 20)) is DayKind.MAKE_UP and calendar.kind(date(2027, 2, 10)) is DayKind.WORKDAY
    assert calendar.kind(date(2027, 2, 13)) is DayKind.WEEKEND
    row = db.get(CalendarDay, date(2027, 2, 20))
    assert row is not None and row.source == "国办发明电〔2026〕10号"
    assert not PUBLISHED.published(2027)


def test_a_notice_with_faults_is_never_stored(db):
    with pytest.raises(ValueError, match="faults"):
        store_notice(db, parse_notice_csv("x", 2027, "通知"), source="通知", by=None, at=datetime(2026, 11, 24, tzinfo=UTC))
