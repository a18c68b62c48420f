"""The statutory clock: where counting starts, what is skipped, where it ends, and how it says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import clock
from workflow.calendar import PUBLISHED, Calendar, Day, DayKind
from workflow.clock import NEVER, NoPeriod, due, readings
from workflow.law.overrides import Override
from workflow.law.rules import Rule, Unit, rulebook, rules
from workflow.words import pack, unpack

NATION = "000000"


def rule(rule_id: str, region: str = NATION, kind: str = "comprehensive", on: date = date(2026, 1, 1)) -> Rule:
    return rulebook(region, kind).get(rule_id, on)


REPLY = rule("NEG-RESPONSE-DAYS")
REPLY_IN_ZHEJIANG = rule("NEG-RESPONSE-DAYS", "330000")
PERIOD_IN_SHANDONG = rule("NEG-PERIOD-MAX", "370000", "wage")
PERIOD_IN_NINGBO = rule("NEG-PERIOD-MAX", "330200", "wage")


def test_an_offer_received_in_march_is_answered_after_twenty_days():
    found = due(REPLY, date(2026, 3, 6))
    assert found.date == date(2026, 3, 26)
    assert str(found) == "2026-03-06收到要约，次日起算，20日至2026-03-26；《集体合同规定》第三十二条"


def test_a_last_day_in_a_holiday_rolls_to_the_day_after_it():
    found = due(REPLY, date(2026, 9, 12))
    assert (found.date, found.provisional) == (date(2026, 10, 8), False)
    assert str(found) == (
        "2026-09-12收到要约，次日起算，20日至2026-10-02；遇国庆节假期顺延至2026-10-08；《集体合同规定》第三十二条、《民法典》第二百零三条"
    )


def test_make_up_days_are_counted_and_holidays_are_not():
    found = due(REPLY_IN_ZHEJIANG, date(2026, 2, 9))
    assert found.date == date(2026, 2, 28)
    assert str(found) == (
        "2026-02-09收到要约，次日起算，10个工作日至2026-02-28；春节假期2026-02-15至2026-02-23不计；"
        "调休上班日2026-02-14、2026-02-28计入；《浙江省集体合同条例》第七条"
    )


def test_three_months_before_the_last_of_may_is_the_last_of_february():
    found = due(rule("CC-RENEW-WINDOW"), date(2027, 5, 31))
    assert (found.date, found.provisional, found.opens) == (date(2027, 2, 28), False, True)
    assert str(found) == "2027-05-31集体合同期满，向前推算3个月，自2027-02-28起可以提出；《集体合同规定》第三十八条、《民法典》第二百零二条"


def test_a_weekend_is_called_a_weekend():
    assert "遇周末顺延至2026-03-30" in str(due(REPLY, date(2026, 3, 8)))


def test_a_backward_period_ends_earlier_and_says_so():
    found = due(rule("INFO-DAYS", kind="wage"), date(2026, 10, 9))
    assert found.date == date(2026, 9, 30)
    assert str(found) == "2026-10-09协商开始，向前推算5日，最迟2026-10-04；遇国庆节假期提前至2026-09-30；《工资集体协商试行办法》第十八条"


def test_a_year_without_a_notice_gives_an_estimate():
    found = due(REPLY, date(2027, 1, 18))
    assert found.provisional
    assert "2027年放假安排尚未公布，此日期为预估" in str(found)


def test_the_estimate_is_gone_once_the_notice_is_imported():
    off = {date(2027, 2, n): Day(date(2027, 2, n), DayKind.HOLIDAY, "春节", "国务院办公厅通知") for n in range(5, 13)}
    published = Calendar(off, frozenset({2027}))
    found = due(REPLY, date(2027, 1, 18), published)
    assert (found.date, found.provisional) == (date(2027, 2, 15), False)  # 12 February is a Friday: Saturday, Sunday, Monday


# ---- two readings


def test_weekends_may_be_left_out_of_the_roll():
    on_a_sunday = date(2026, 3, 2)
    assert due(REPLY, on_a_sunday).date == date(2026, 3, 23)
    assert due(REPLY, on_a_sunday, roll_weekends=False).date == date(2026, 3, 22)


def test_without_weekends_only_the_public_days_roll():
    assert due(REPLY, date(2026, 9, 12), roll_weekends=False).date == date(2026, 10, 4)


def test_the_strict_reading_of_seven_days_before_wants_eight():
    notice = rule("CONG-NOTICE-DAYS", kind="congress")
    assert due(notice, date(2026, 12, 16)).date == date(2026, 12, 9)
    assert due(notice, date(2026, 12, 16), strict_backward=True).date == date(2026, 12, 8)
    assert due(rule("CC-RENEW-WINDOW"), date(2026, 11, 30), strict_backward=True).date == date(2026, 8, 30), "a window is no last day"


def test_the_readings_come_from_the_rules_and_may_be_overridden():
    assert readings(rulebook(NATION, "comprehensive"), date(2026, 3, 2)) == {"roll_weekends": True, "strict_backward": False}
    narrow = Override(
        region=NATION, rule="TIME-ROLL", value=False, reason="本地仲裁实践", citation="会议纪要", from_=date(2026, 1, 1), entered_by=1
    )
    book = rulebook("310000", "wage", (narrow,))
    assert readings(book, date(2026, 3, 2))["roll_weekends"] is False
    assert readings(book, date(2025, 12, 31))["roll_weekends"] is True


# ---- suspension


def test_days_of_suspension_are_not_counted():
    found = due(PERIOD_IN_SHANDONG, date(2026, 6, 1), pauses=[(date(2026, 6, 10), date(2026, 6, 19))])
    assert found.date == date(2026, 8, 10)  # 60 days to 31 July, ten days more
    assert "2026-06-10至2026-06-19中止，不计，延至2026-08-10" in str(found)


def test_two_suspensions_add_up():
    pauses = [(date(2026, 7, 1), date(2026, 7, 5)), (date(2026, 6, 10), date(2026, 6, 19))]
    assert due(PERIOD_IN_SHANDONG, date(2026, 6, 1), pauses=pauses).date == date(2026, 8, 17)  # Saturday 15 August rolls


def test_a_suspension_over_the_end_leaves_the_days_that_were_left():
    found = due(PERIOD_IN_SHANDONG, date(2026, 6, 1), pauses=[(date(2026, 7, 29), date(2026, 8, 31))])
    assert found.date == date(2026, 9, 3)  # three days were left: 29, 30, 31 July


def test_a_suspension_after_the_end_or_before_the_start_changes_nothing():
    plain = due(PERIOD_IN_SHANDONG, date(2026, 6, 1))
    pauses = [(date(2026, 5, 1), date(2026, 5, 20)), (date(2026, 8, 10), date(2026, 8, 20))]
    assert due(PERIOD_IN_SHANDONG, date(2026, 6, 1), pauses=pauses) == plain


def test_a_lasting_suspension_has_no_end():
    found = due(PERIOD_IN_SHANDONG, date(2026, 6, 1), pauses=[(date(2026, 6, 10), None)])
    assert found.date == NEVER
    assert "2026-06-10起中止，恢复后继续计算" in str(found)


def test_working_days_of_a_suspension_are_not_counted():
    plain = due(PERIOD_IN_NINGBO, date(2026, 6, 1))
    paused = due(PERIOD_IN_NINGBO, date(2026, 6, 1), pauses=[(date(2026, 6, 6), date(2026, 6, 14))])
    assert plain.date == date(2026, 7, 14)
    assert paused.date == date(2026, 7, 21)  # 8 to 12 June are five working days


# ---- what is no period


@pytest.mark.parametrize("rule_id", ["CC-TERM", "NEG-MEETING", "REP-MIN", "CONG-QUORUM", "NEG-SUSPEND"])
def test_a_rule_without_a_period_cannot_be_counted(rule_id):
    with pytest.raises(NoPeriod) as refused:
        due(rule(rule_id), date(2026, 3, 2))
    assert str(refused.value).startswith(f"{rule_id}不是期限规则，不能推算日期：")


def test_a_derivation_survives_storage():
    steps = due(REPLY, date(2026, 9, 12)).steps
    again = [unpack(pack(step)) for step in steps]
    assert [str(step) for step in again] == [str(step) for step in steps]
    english = {
        "收到要约": "receipt of the offer",
        "{start}{event}，次日起算，{count}至{end}": "{event} on {start}; {count}, to {end}",
        "{n}日": "{n} days",
    }
    assert again[0].read(lambda msgid: english.get(msgid, msgid)) == "receipt of the offer on 2026-09-12; 20 days, to 2026-10-02"


# ---- properties

DAYS = st.dates(date(2004, 6, 1), date(2026, 9, 30))
WORKING = [each for each in rules() if each.unit is Unit.WD and each.is_period]
CALENDAR = [each for each in rules() if each.unit in (Unit.CD, Unit.MONTH, Unit.YEAR) and each.is_period and not each.backward]
BACKWARD = [each for each in rules() if each.is_period and each.backward and not each.opens]


def working_days(first: date, last: date) -> int:
    return sum(PUBLISHED.is_working(first + timedelta(days=n)) for n in range((last - first).days + 1))


@given(st.sampled_from(WORKING), DAYS)
def test_exactly_n_working_days_lie_between_the_event_and_the_end(one, start):
    found = due(one, start).date
    assert PUBLISHED.is_working(found)
    if one.backward:
        assert working_days(found, start - timedelta(days=1)) == one.value
    else:
        assert working_days(start + timedelta(days=1), found) == one.value


@given(st.sampled_from(CALENDAR), DAYS)
def test_a_forward_period_never_ends_on_a_day_of_rest_nor_early(one, start):
    found = due(one, start).date
    counted = start + timedelta(days=one.value) if one.unit is Unit.CD else clock.add_months(start, one.value * {"M": 1, "Y": 12}[one.unit])
    assert PUBLISHED.is_working(found) and found >= counted
    assert working_days(counted, found) == 1, "it is the first working day on or after the last day"


@given(st.sampled_from(BACKWARD), DAYS)
def test_a_backward_period_never_ends_late(one, start):
    found = due(one, start).date
    assert PUBLISHED.is_working(found)
    assert (start - found).days >= one.value


@given(st.sampled_from(CALENDAR + WORKING), DAYS)
def test_a_later_event_never_ends_earlier(one, start):
    assert due(one, start).date <= due(one, start + timedelta(days=1)).date


@given(DAYS, st.integers(-60, 60))
def test_months_forward_keep_the_day_or_the_months_end(day, months):
    moved = clock.add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(st.sampled_from(CALENDAR), DAYS, st.integers(1, 20), st.integers(1, 40))
def test_a_suspension_delays_by_its_own_length(one, start, after, length):
    first = start + timedelta(days=after)
    plain = due(one, start, roll_weekends=False)
    paused = due(one, start, pauses=[(first, first + timedelta(days=length - 1))], roll_weekends=False)
    unrolled = (
        start + timedelta(days=one.value) if one.unit is Unit.CD else clock.add_months(start, one.value * {"M": 1, "Y": 12}[one.unit])
    )
    assert paused.date == plain.date if first > unrolled else paused.date >= unrolled + timedelta(days=length)
