"""Whole elections at random: whatever is voted is what is counted, and the verifier that shares no code says so too."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.ballots.e2e import ballot, export, groups, tally
from congress.ballots.e2e.groups import GENERATOR
from tests.congress.ballots.cast import ITEMS, Hall, verified

QUORUMS = [(k, n) for n in range(1, 6) for k in range(1, n + 1) if 2 * k > n]


@st.composite
def elections(draw: st.DrawFn) -> tuple[Hall, dict[int, list[tuple[int, ...]]], list[int]]:
    """A hall, what each slip votes one time after the other, and the tellers who open."""
    k, n = draw(st.sampled_from(QUORUMS))
    choices = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    items = [replace(ITEMS[0], id=f"{i}", choices=tuple(f"{j}" for j in range(c)), threshold=None) for i, c in enumerate(choices)]
    votes = st.tuples(*(st.integers(0, c - 1) for c in choices))
    cast = draw(st.dictionaries(st.integers(0, 8), st.lists(votes, min_size=1, max_size=2), min_size=5, max_size=7))
    opening = draw(st.permutations(range(1, n + 1)).map(lambda order: order[: draw(st.integers(k, n))]))
    return Hall(items=items, slips=9, k=k, n=n), cast, opening


@settings(max_examples=15, deadline=None)
@given(elections())
def test_what_is_voted_is_what_is_counted(drawn: tuple[Hall, dict[int, list[tuple[int, ...]]], list[int]]) -> None:
    hall, cast, opening = drawn
    for slip, times in cast.items():
        for counter, votes in enumerate(times):
            hall.vote(slip, votes, counter)
    hall.close()
    hall.open(*opening)
    hall.publish()
    last = [times[-1] for times in cast.values()]
    expected = tuple(tuple(Counter(votes[i] for votes in last)[j] for j in range(choices)) for i, choices in enumerate(hall.election.shape))
    assert hall.board.result == tally.Result(len(cast), expected)
    assert export.check(hall.exported()).result == hall.board.result
    code, said = verified(hall.exported())
    assert code is None, said
    assert all(" ".join(map(str, item)) in said[12] for item in expected)


@settings(max_examples=2, deadline=None)
@given(elections())
def test_the_python_group_counts_the_same(drawn: tuple[Hall, dict[int, list[tuple[int, ...]]], list[int]]) -> None:
    hall, cast, opening = drawn
    for slip, times in cast.items():
        hall.vote(slip, times[0])
    hall.close()
    hall.open(*opening)
    hall.publish()
    assert export.check(hall.exported(), groups.Python()).result == hall.board.result


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=4), st.integers(0, 40))
def test_small_numbers_are_found_again(numbers: list[int], slack: int) -> None:
    group = groups.best()
    points = [group.base(number) for number in numbers]
    assert tally.discrete_logs(points, max(numbers) + slack) == numbers


def test_ten_items_of_three_choices_make_a_ballot_of_6533_bytes() -> None:
    of = ballot.Election(b"", GENERATOR, (), (3,) * 10)
    assert of.size == 6533


def test_thresholds_are_of_all_members() -> None:
    def outcomes(operator: str) -> list[str | None]:
        return [tally.outcome(votes, ballot.Threshold(12, operator)) for votes in (5, 6, 7)]

    assert outcomes("gt_half") == ["rejected", "rejected", "passed"]
    assert outcomes("ge_half") == ["rejected", "passed", "passed"]
    assert outcomes("ask") == ["rejected", "half", "passed"]
    assert tally.outcome(7, None) is None
    assert tally.outcome(6, ballot.Threshold(11, "ge_half")) == "passed"
    assert tally.outcome(5, ballot.Threshold(11, "ge_half")) == "rejected"
