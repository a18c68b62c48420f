"""What happens in the hall: tellers who check one another, devices that are challenged, receipts, and servers that try things."""

from dataclasses import replace

import pytest

from congress.ballots.e2e import ballot, export, keys, tally
from congress.ballots.e2e.ballot import Ballot, Opening
from congress.ballots.e2e.board import Board, Entry, Kind, Step, ceremony_entry
from congress.ballots.e2e.encoding import ORDER, Code, Rejected, scalar_bytes, to_scalar, tracker, u16, u32
from congress.ballots.e2e.groups import GENERATOR, best
from tests.congress.ballots.cast import TELLERS, Hall, seed, verified, voted

GROUP = best()


def refused(code: Code, what: object, *given: object, **named: object) -> str:
    assert callable(what)
    with pytest.raises(Rejected) as error:
        what(*given, **named)
    assert error.value.code is code
    return error.value.where


# The ceremony


@pytest.fixture
def ceremony() -> tuple[keys.Parameters, dict[int, keys.Reveal], dict[int, bytes]]:
    of = keys.parameters(keys.Ceremony.of("hongxing", TELLERS, 2, bytes(32)))
    shown = {i: keys.reveal(of, i, seed(f"teller {i}")) for i in (1, 2, 3)}
    return of, shown, {i: keys.shares(of, i, seed(f"teller {i}"), shown) for i in (1, 2, 3)}


def test_any_two_of_three_tellers_hold_the_key_and_one_does_not(
    ceremony: tuple[keys.Parameters, dict[int, keys.Reveal], dict[int, bytes]],
) -> None:
    of, shown, sent = ceremony
    z = {i: keys.secret_share(of, i, seed(f"teller {i}"), shown, sent) for i in (1, 2, 3)}
    for pair in ((1, 2), (1, 3), (2, 3)):
        assert GROUP.base(sum(keys.lagrange(pair, i) * z[i] for i in pair)) == keys.joint_key(shown)
    assert keys.joint_key(shown) not in [GROUP.base(one) for one in z.values()]
    assert [GROUP.base(one) for one in z.values()] == [keys.public_share(of, i, shown) for i in (1, 2, 3)]


def test_who_sends_a_false_share_is_named(ceremony: tuple[keys.Parameters, dict[int, keys.Reveal], dict[int, bytes]]) -> None:
    """It is sealed in order, but it is not on the polynomial that he had committed to."""
    of, shown, sent = ceremony
    liar = keys.shares(of, 2, seed("another seed of teller 2"), shown)
    assert refused(Code.SHARE, keys.secret_share, of, 3, seed("teller 3"), shown, {**sent, 2: liar}) == "teller 2"
    damaged = sent[1][:-1] + bytes([sent[1][-1] ^ 1])
    assert refused(Code.SHARE, keys.secret_share, of, 3, seed("teller 3"), shown, {**sent, 1: damaged}) == "teller 1"


def test_a_share_is_readable_to_its_receiver_alone(ceremony: tuple[keys.Parameters, dict[int, keys.Reveal], dict[int, bytes]]) -> None:
    of, shown, sent = ceremony
    refused(Code.SHARE, keys.secret_share, of, 3, seed("teller 1"), shown, sent)
    value = scalar_bytes(keys.secret_share(of, 3, seed("teller 3"), shown, sent))
    assert all(value not in one for one in sent.values())


def test_the_last_teller_cannot_choose_his_key_by_the_others() -> None:
    """Y would be his alone, had he not committed before he saw them."""
    hall = Hall()
    board = Board.replay(hall.board.entries[:6])
    rogue = keys.reveal(keys.parameters(keys.Ceremony(hall.board.entries[0].payload[1:])), 3, seed("rogue"))
    others = [one.coefficients[0] for one in board.reveals.values()]
    first = GROUP.subtract(rogue.coefficients[0], GROUP.add(*others))
    chosen = replace(rogue, coefficients=(first, *rogue.coefficients[1:]))
    assert keys.joint_key({**board.reveals, 3: chosen}) == rogue.coefficients[0]
    refused(Code.COMMITMENT, board.append, ceremony_entry(Step.REVEAL, bytes(chosen), 3))


def test_a_minority_of_tellers_is_no_quorum() -> None:
    for k, n in ((1, 2), (1, 3), (2, 4), (2, 5), (0, 1)):
        refused(Code.MANIFEST, keys.Ceremony.of, "hongxing", [f"监票人{i}" for i in range(n)], k, bytes(32))
    refused(Code.MANIFEST, keys.Ceremony.of, "hongxing", ["周监票", "周监票", "郑监票"], 2, bytes(32))


def test_the_rehearsal_opens_a_total_of_nothing() -> None:
    hall = Hall()
    of = keys.parameters(keys.Ceremony(hall.board.entries[0].payload[1:]))
    board = hall.board
    context = tally.rehearsal_context(of.manifest, hall.election.key)
    dummy = [tally.dummy_total(hall.election.key, 7, seed("rehearsal"))]
    opened = {}
    for teller in (2, 3):
        z = keys.secret_share(of, teller, seed(f"teller {teller}"), board.reveals, board.sharings)
        _, sent = tally.read_parts(tally.parts(context, teller, z, dummy, seed("hedge")), 1)
        opened[teller] = tally.check_parts(context, teller, board.public_share(teller), dummy, sent)
    assert tally.discrete_logs(tally.opened(dummy, opened, 2), 10) == [7]
    refused(Code.FEW, tally.opened, dummy, {2: opened[2]}, 2)
    refused(Code.SHARE, tally.check_parts, hall.election.digest, 2, board.public_share(2), dummy, sent)


# Voting


def test_a_receipt_proves_presence_and_the_verifier_takes_it() -> None:
    hall = Hall()
    receipts = [hall.vote(slip, (0, 1)) for slip in range(5)]
    hall.close()
    assert verified(hall.exported(), "--before-opening", *(f"--receipt={one}" for one in receipts))[0] is None
    assert verified(hall.exported(), "--before-opening", f"--receipt={receipts[0].tracker}")[0] is None
    elsewhere = Hall()
    lost = [elsewhere.vote(slip, (1, 1)) for slip in range(5)][4]
    assert verified(hall.exported(), "--before-opening", f"--receipt={lost}")[0] == "chain"
    forged = str(receipts[0]).replace(receipts[0].tracker, receipts[1].tracker).replace(" 12 ", " 13 ")
    assert verified(hall.exported(), "--before-opening", f"--receipt={forged}")[0] == "chain"


def test_a_challenged_device_that_lied_is_caught_and_nothing_is_cast() -> None:
    hall = Hall()
    said = Opening(hall.credentials[0], 0, seed("device"), (0, 0))
    promised = ballot.opened_digest(hall.election, replace(said, votes=(1, 0)))
    refused(Code.SPOIL, hall.board.spoil, promised, said, hall.server.sign)
    honest = ballot.opened_digest(hall.election, said)
    receipt = hall.board.spoil(honest, said, hall.server.sign)
    assert receipt.tracker == tracker(honest) and not hall.board.counted
    made = ballot.make(hall.election, hall.secrets[0], (0, 0), 0, seed("device"))
    assert Ballot(made, hall.election).tracker == receipt.tracker
    refused(Code.REPEATED, hall.board.append, Entry(Kind.BALLOT, made))
    hall.vote(0, (0, 0))
    assert len(hall.board.counted) == 1


def test_the_last_vote_counts_or_the_first() -> None:
    hall = Hall()
    hall.vote(0, (0, 0), counter=3)
    refused(Code.COUNTER, hall.vote, 0, (1, 1), counter=3)
    refused(Code.COUNTER, hall.vote, 0, (1, 1), counter=2)
    hall.vote(0, (1, 1), counter=4)
    assert [one.counter for one in hall.board.counted] == [4]
    once = Hall(revote="first")
    once.vote(0, (0, 0))
    refused(Code.COUNTER, once.vote, 0, (1, 1), counter=1)
    refused(Code.COUNTER, once.vote, 1, (1, 1), counter=1)


def test_a_vote_encrypted_twice_looks_different_each_time() -> None:
    hall = Hall()
    one, other = (Ballot(hall.fill(0, (0, 0), name=name), hall.election) for name in ("one", "other"))
    assert not set(one.points) & set(other.points)
    secret, same = hall.secrets[0], seed("bad source of randomness")
    seeds = {
        ballot.hedged_seed(same, secret, 0, (0, 0)),
        ballot.hedged_seed(same, secret, 0, (0, 1)),
        ballot.hedged_seed(same, secret, 1, (0, 0)),
        ballot.hedged_seed(same, hall.secrets[1], 0, (0, 0)),
        ballot.hedged_seed(seed("another"), secret, 0, (0, 0)),
    }
    assert len(seeds) == 5


def test_a_ballot_for_another_round_or_roll_is_refused() -> None:
    hall, longer = Hall(), Hall(slips=13)
    refused(Code.ELECTION, longer.board.append, Entry(Kind.BALLOT, hall.fill(0, (0, 0))))


def root_modulo_order(square: int) -> int | None:
    root = pow(square, (ORDER + 3) // 8, ORDER)
    for one in (root, root * pow(2, (ORDER - 1) // 4, ORDER) % ORDER):
        if one * one % ORDER == square % ORDER:
            return one
    return None


def forged_choice(y: int) -> tuple[bytes, bytes, bytes, bytes]:
    """α, β, proof and commitments of a number that is neither 0 nor 1, by whoever knows y and may choose the statement after the challenge.

    Bernhard, Pereira and Warinschi: with A = a·G and B = b·G fixed, the challenge of branch t is (b − a·y) / (m − t), so that m solves a square
    equation. About every second try has a solution.
    """
    for tried in range(64):
        a0, b0, a1, b1, r = (to_scalar("forger", u16(tried), label) for label in (b"a0", b"b0", b"a1", b"b1", b"r"))
        commitments = b"".join(map(GROUP.base, (a0, b0, a1, b1)))
        whole, u, v = to_scalar("or", commitments), b0 - a0 * y, b1 - a1 * y
        root = root_modulo_order((whole + u + v) ** 2 - 4 * whole * u)
        if root is not None:
            m = (whole + u + v + root) * pow(2 * whole, -1, ORDER) % ORDER
            c0, c1 = u * pow(m, -1, ORDER) % ORDER, v * pow(m - 1, -1, ORDER) % ORDER
            proof = b"".join(map(scalar_bytes, (c0, c1, a0 - c0 * r, a1 - c1 * r)))
            return GROUP.base(r), GROUP.base(r * y + m), proof, commitments
    raise AssertionError("no square in 64 tries")


def test_a_statement_chosen_after_its_challenge_is_refused() -> None:
    """The forgery passes a check that hashes the commitments alone; ours hashes the statement, all of it."""
    hall = Hall()
    y = to_scalar("forger", b"y")
    known = replace(hall.election, key=GROUP.base(y))
    alpha, beta, proof, commitments = forged_choice(y)
    c0, c1, z0, z1 = (int.from_bytes(proof[at : at + 32], "little") for at in range(0, 128, 32))
    less = GROUP.subtract(beta, GENERATOR)
    recomputed = [
        GROUP.combine((z, base), (c, point))
        for z, c, base, point in (
            (z0, c0, GENERATOR, alpha),
            (z0, c0, known.key, beta),
            (z1, c1, GENERATOR, alpha),
            (z1, c1, known.key, less),
        )
    ]
    assert b"".join(recomputed) == commitments and (c0 + c1) % ORDER == to_scalar("or", commitments)

    made = hall.fill(0, (0, 0))
    body = made[:1] + known.digest + made[33:69] + alpha + beta + made[133:453] + proof + made[581:-64]
    forged = Ballot(ballot.sign(body, hall.secrets[0], seed("forger"), GROUP), known)
    ballot.check_header(forged)
    ballot.check_signature(forged)
    ballot.check_points(forged)
    assert refused(Code.CHOICE, ballot.check_proofs, forged) == "item 0 choice 0"


# Opening


def test_a_teller_opens_one_sum_only() -> None:
    hall = Hall()
    for slip in range(6):
        hall.vote(slip, (0, 0))
    without_last = [*hall.board.entries[:-1], Entry(Kind.CLOSE, u32(5))]
    hall.close()
    teller = hall.tellers[0]
    first = teller.open(hall.board.entries, b"")
    assert teller.open(hall.board.entries, seed("again"))[:34] == first[:34]
    refused(Code.SECOND, teller.open, without_last, b"")


def test_a_teller_opens_no_board_that_he_has_not_seen_growing() -> None:
    hall = Hall()
    for slip in range(5):
        hall.vote(slip, (0, 0))
        hall.tellers[0].see(hall.board.head)
    hall.vote(5, (1, 1))
    hall.close()
    swapped = [*hall.board.entries[:-4], hall.board.entries[-3], hall.board.entries[-4], *hall.board.entries[-2:]]
    refused(Code.CHAIN, hall.tellers[0].open, swapped, b"")
    assert hall.tellers[0].open(hall.board.entries, b"")[:2] == u16(1)


def test_too_few_ballots_are_not_opened() -> None:
    hall = Hall(min_ballots=10)
    for slip in range(9):
        hall.vote(slip, (0, 0))
    hall.close()
    refused(Code.FEW, hall.open, 1)
    z = keys.secret_share(
        keys.parameters(keys.Ceremony(hall.board.entries[0].payload[1:])), 1, seed("teller 1"), hall.board.reveals, hall.board.sharings
    )
    forced = tally.parts(hall.election.digest, 1, z, hall.board.totals)
    refused(Code.FEW, hall.board.append, Entry(Kind.SHARE, forced))


def test_an_open_box_is_not_opened() -> None:
    hall = Hall()
    for slip in range(6):
        hall.vote(slip, (0, 0))
    refused(Code.ORDER, hall.open, 1)


def test_the_board_does_not_grow_after_the_result() -> None:
    hall = voted()
    for entry in hall.board.entries[12:]:
        with pytest.raises(Rejected):
            hall.board.append(entry)
    assert export.check(hall.exported()).head == hall.board.head


def test_parts_hedged_by_randomness_prove_the_same() -> None:
    hall = Hall()
    for slip in range(5):
        hall.vote(slip, (slip % 3, 0))
    hall.close()
    plain, hedged = (hall.tellers[1].open(hall.board.entries, random) for random in (b"", seed("hedge")))
    assert plain != hedged
    hall.board.append(Entry(Kind.SHARE, hedged))
    hall.open(3)
    hall.publish()
    assert hall.board.result == tally.Result(5, ((2, 2, 1), (5, 0, 0)))
