"""Quorum and majority, for every size of a congress up to 400 against plain fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.arithmetic import Numbers, Outcome, needed, outcome, quorum, requirement_in_words, result_in_words
from congress.terms import WHOLE, Form, Operator

SIZES = range(1, 401)
ALL = WHOLE[Form.CONGRESS]


def test_the_quorum_is_the_least_number_that_makes_two_thirds() -> None:
    for roll in SIZES:
        least = quorum(roll)
        assert Fraction(least, roll) >= Fraction(2, 3) > Fraction(least - 1, roll)


@pytest.mark.parametrize(("roll", "least"), [(1, 1), (2, 2), (3, 2), (4, 3), (100, 67), (128, 86), (300, 200), (301, 201)])
def test_a_third_of_a_person_is_a_whole_person(roll: int, least: int) -> None:
    assert quorum(roll) == least


def test_half_or_more_counts_half_in() -> None:
    for roll in SIZES:
        for votes in range(roll + 1):
            assert (outcome(votes, roll, Operator.GE_HALF) is Outcome.PASSED) == (Fraction(votes, roll) >= Fraction(1, 2))


def test_more_than_half_leaves_half_out() -> None:
    for roll in SIZES:
        for votes in range(roll + 1):
            assert (outcome(votes, roll, Operator.GT_HALF) is Outcome.PASSED) == (Fraction(votes, roll) > Fraction(1, 2))


def test_where_both_readings_stand_only_exactly_half_is_open() -> None:
    for roll in SIZES:
        for votes in range(roll + 1):
            share = Fraction(votes, roll)
            expected = Outcome.HALF if share == Fraction(1, 2) else Outcome.PASSED if share > Fraction(1, 2) else Outcome.REJECTED
            assert outcome(votes, roll, Operator.ASK) is expected


def test_the_number_said_in_advance_is_the_least_that_passes() -> None:
    for roll in SIZES:
        for operator in Operator:
            least = needed(roll, operator)
            assert outcome(least, roll, operator) is Outcome.PASSED
            assert outcome(least - 1, roll, operator) is not Outcome.PASSED


@given(st.integers(1, 10**6), st.data())
def test_the_two_readings_differ_at_exactly_half_and_nowhere_else(roll: int, data: st.DataObject) -> None:
    votes = data.draw(st.integers(0, roll))
    assert (outcome(votes, roll, Operator.GE_HALF) != outcome(votes, roll, Operator.GT_HALF)) == (2 * votes == roll)


@pytest.mark.parametrize(
    ("roll", "operator", "sentence"),
    [
        (301, Operator.GE_HALF, "全体职工代表301人，半数以上为151票。"),
        (300, Operator.GE_HALF, "全体职工代表300人，半数以上为150票。"),
        (300, Operator.GT_HALF, "全体职工代表300人，过半数为151票。"),
        (301, Operator.ASK, "全体职工代表301人，半数以上为151票。"),
        (300, Operator.ASK, "全体职工代表300人，151票即通过；恰好150票时，由主席团或者执行主席附理由决定。"),
    ],
)
def test_what_it_takes_is_said_before_anyone_votes(roll: int, operator: Operator, sentence: str) -> None:
    assert str(requirement_in_words(ALL, roll, operator)) == sentence


def test_the_whole_sum_is_printed_on_the_result() -> None:
    numbers = Numbers(280, 279, 277, 2, 160, 90, 27)
    said = result_in_words(numbers, roll=301, present=280, quorum_needed=201, operator=Operator.GT_HALF, passed=True)
    assert str(said) == (
        "应到301人，出席须201人，实到280人；发出280张，收回279张，有效277张，无效2张；赞成160票，反对90票，弃权27票。"
        "按应到人数的过半数计，须151票，赞成160票，占应到人数的53.16%，通过。"
    )


def test_a_sheet_whose_sums_come_out_has_no_faults() -> None:
    assert Numbers(280, 279, 277, 2, 160, 90, 27).check(280) == {}


@pytest.mark.parametrize(
    ("numbers", "fields"),
    [
        (Numbers(281, 280, 280, 0, 200, 60, 20), {"issued"}),
        (Numbers(270, 280, 280, 0, 200, 60, 20), {"returned"}),
        (Numbers(280, 280, 279, 0, 199, 60, 20), {"valid"}),
        (Numbers(280, 280, 280, 0, 200, 60, 19), {"in_favour"}),
        (Numbers(281, 282, 280, 1, 200, 60, 19), {"issued", "returned", "valid", "in_favour"}),
    ],
)
def test_each_sum_that_does_not_come_out_is_named(numbers: Numbers, fields: set[str]) -> None:
    assert set(numbers.check(280)) == fields
