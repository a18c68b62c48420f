"""Capitals, Han numerals and dates: the bank's examples by hand, and a reader written the other way round for all the rest."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.documents.numerals import (
    amount,
    amount_in_capitals,
    article,
    chapter,
    date_in_figures,
    date_in_han,
    han_numeral,
    percentage,
)

# Fen and capitals. The 5 marked rows are the examples of 《支付结算办法》 annex 1.
CAPITALS = [
    (0, "零元整"),
    (5, "伍分"),
    (50, "伍角整"),
    (1000, "壹拾元整"),
    (140950, "壹仟肆佰零玖元伍角整"),  # bank
    (600714, "陆仟零柒元壹角肆分"),  # bank
    (168032, "壹仟陆佰捌拾元叁角贰分"),  # bank
    (10700053, "壹拾万柒仟元伍角叁分"),  # bank
    (1640902, "壹万陆仟肆佰零玖元零贰分"),  # bank
    (32504, "叁佰贰拾伍元零肆分"),
    (10000000000, "壹亿元整"),
    (10001000000, "壹亿零壹万元整"),
    (100000000100, "壹拾亿零壹元整"),
    (1001001010, "壹仟零壹万零壹拾元壹角整"),
    (1234567890, "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角整"),
    (2000000500, "贰仟万零伍元整"),
    (460000720300, "肆拾陆亿零柒仟贰佰零叁元整"),
    (-500, "负伍元整"),
]


@pytest.mark.parametrize(("fen", "words"), CAPITALS)
def test_a_sum_in_capitals_reads_as_the_bank_prescribes(fen: int, words: str) -> None:
    assert amount_in_capitals(fen) == words


def read(words: str, digits: str, places: str) -> int:
    """The value of a Han figure, found from right to left."""
    value, factor, group = 0, 1, 1
    for sign in reversed(words):
        if sign in "万亿":
            group, factor = {"万": 10**4, "亿": 10**8}[sign], 1
        elif sign in places:
            factor = 10 ** (places.index(sign) + 1)
        else:
            value += digits.index(sign) * factor * group
            factor = 1
    return value


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_a_sum_in_capitals_is_read_back_as_the_same_sum(fen: int) -> None:
    words = amount_in_capitals(fen).removesuffix("整")
    yuan, _, rest = words.rpartition("元")
    jiao, _, last = rest.rpartition("角")
    digits = "零壹贰叁肆伍陆柒捌玖"
    back = read(yuan, digits, "拾佰仟") * 100 if yuan else 0
    back += digits.index(jiao) * 10 if jiao else 0
    back += read(last.removesuffix("分"), digits, "") if last else 0
    assert back == fen


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_capitals_never_write_two_zeros_together_or_a_zero_before_a_unit(fen: int) -> None:
    words = amount_in_capitals(fen)
    assert "零零" not in words
    if fen >= 100:
        assert all(f"零{unit}" not in words for unit in "拾佰仟万亿元角分")
    assert words.endswith(("整", "分"))


def test_a_sum_of_a_billion_billion_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        amount_in_capitals(10**14)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_han_numeral_is_read_back_as_the_same_number(number: int) -> None:
    words = han_numeral(number)
    whole = "一" + words if words.startswith("十") else words
    assert read(whole, "零一二三四五六七八九", "十百千") == number
    assert "零零" not in words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "第一条"),
        (10, "第十条"),
        (19, "第十九条"),
        (20, "第二十条"),
        (100, "第一百条"),
        (101, "第一百零一条"),
        (110, "第一百一十条"),
        (115, "第一百一十五条"),
    ],
)
def test_articles_are_numbered_as_the_statutes_number_them(number: int, words: str) -> None:
    assert article(number) == words


def test_chapters_are_numbered_as_the_statutes_number_them() -> None:
    assert [chapter(n) for n in (1, 10, 12)] == ["第一章", "第十章", "第十二章"]


@pytest.mark.parametrize(
    ("day", "han", "figures"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日", "2026年11月22日"),
        (date(2030, 10, 10), "二〇三〇年十月十日", "2030年10月10日"),
        (date(2026, 1, 30), "二〇二六年一月三十日", "2026年1月30日"),
    ],
)
def test_dates_are_written_in_han_and_in_figures(day: date, han: str, figures: str) -> None:
    assert (date_in_han(day), date_in_figures(day)) == (han, figures)


@given(st.dates())
def test_a_date_in_han_is_read_back_as_the_same_day(day: date) -> None:
    year, _, rest = date_in_han(day).partition("年")
    month, _, rest = rest.partition("月")
    back = []
    for words in (month, rest.removesuffix("日")):
        back.append(read("一" + words if words.startswith("十") else words, "零一二三四五六七八九", "十百千"))
    assert ["〇一二三四五六七八九".index(sign) for sign in year] == [int(digit) for digit in f"{day.year:04d}"]
    assert back == [day.month, day.day]


@given(st.integers(min_value=0, max_value=100_000), st.integers(min_value=1, max_value=100_000))
def test_a_percentage_is_within_half_a_hundredth_and_never_hides_which_side_of_half_it_is(part: int, whole: int) -> None:
    printed = Fraction(percentage(part, whole).removesuffix("%")) / 100
    true = Fraction(part, whole)
    assert abs(printed - true) <= Fraction(1, 10000)
    assert (printed > Fraction(1, 2), printed == Fraction(1, 2)) == (true > Fraction(1, 2), true == Fraction(1, 2))
    assert (printed == 1) == (true == 1)


def test_sums_in_figures_have_thousands_and_two_decimals() -> None:
    assert [amount(fen) for fen in (0, 5, 123456789, -250000)] == ["0.00", "0.05", "1,234,567.89", "-2,500.00"]
