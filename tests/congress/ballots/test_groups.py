"""Both ways to the group give the same bytes, and take the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress import verify
from congress.ballots.e2e import groups
from congress.ballots.e2e.encoding import ORDER, Code, Rejected
from congress.ballots.e2e.groups import GENERATOR, IDENTITY, Group
from tests.congress.ballots.vectors import stored

PYTHON = groups.Python()
GROUPS: list[Group] = [PYTHON, *filter(None, [groups.sodium()])]
VERIFIERS = [verify.group(only_python=True), verify.group(only_python=False)]
SCALARS = st.integers(0, ORDER - 1) | st.sampled_from([0, 1, 2, ORDER - 1])


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_multiples_of_the_generator_are_those_of_the_rfc(group: Group) -> None:
    assert [group.base(n).hex() for n in (0, 1, 2, 15)] == [
        "00" * 32,
        "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
        "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
        "e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e",
    ]
    multiples = stored()["group"]["multiples"]
    assert [group.times(n, GENERATOR).hex() for n in range(16)] == multiples
    assert [group.add(bytes.fromhex(one), GENERATOR).hex() for one in multiples[:-1]] == multiples[1:]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
@pytest.mark.parametrize("encoding", stored()["group"]["bad"])
def test_a_bad_encoding_is_no_point(group: Group, encoding: str) -> None:
    data = bytes.fromhex(encoding)
    assert not group.is_point(data)
    for use in (lambda: group.add(data, GENERATOR), lambda: group.subtract(GENERATOR, data), lambda: group.times(3, data)):
        with pytest.raises(Rejected) as refused:
            use()
        assert refused.value.code is Code.POINT
    assert not any(verifier.is_point(data) for verifier in VERIFIERS)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_identity_is_no_point_to_receive_and_yet_a_sum(group: Group) -> None:
    assert not group.is_point(IDENTITY) and not group.is_point(b"") and not group.is_point(GENERATOR + b"\0")
    assert group.subtract(GENERATOR, GENERATOR) == group.times(0, GENERATOR) == group.times(7, IDENTITY) == group.base(ORDER) == IDENTITY
    assert group.add(IDENTITY, GENERATOR) == group.times(ORDER + 1, GENERATOR) == GENERATOR


@settings(max_examples=40, deadline=None)
@given(SCALARS, SCALARS, SCALARS)
def test_all_ways_to_compute_agree(a: int, b: int, c: int) -> None:
    answers = set()
    for group in GROUPS:
        p, q = group.base(a), group.times(b, group.base(c))
        assert q == group.base(b * c)
        answers.add((p, q, group.add(p, q), group.subtract(p, q), group.combine((b, p), (c, q), (a, GENERATOR))))
    for verifier in VERIFIERS:
        p, q = verifier.dot(a, verify.G), verifier.dot(b, verifier.dot(c, verify.G))
        answers.add((p, q, verifier.add(p, q), verifier.sub(p, q), verifier.add(verifier.dot(b, p, c, q), verifier.dot(a, verify.G))))
    assert len(answers) == 1


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_all_take_the_same_bytes_for_points(data: bytes) -> None:
    likely = bytes([data[0] & 0xFE]) + data[1:31] + bytes([data[31] & 0x7F])
    for tried in (data, likely):
        assert len({taker.is_point(tried) for taker in (*GROUPS, *VERIFIERS)}) == 1
