"""A round of electronic ballots from the first key to the certified result, through the application, and its export by the verifier alone."""

import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlmodel import func, select

from congress.arithmetic import outcome
from congress.ballots.e2e import ballot, export, tally
from congress.ballots.e2e.ballot import slip_number
from congress.ballots.e2e.board import Board, signed_words
from congress.ballots.e2e.encoding import read_base64, to_base64
from congress.ballots.encrypted import OPERATORS
from congress.ballots.models import BoardEntry
from congress.ballots.terms import RoundState
from congress.models import Result
from congress.terms import ItemState, Operator
from tests.congress.ballots.room import Room, ready, verified_alone
from tests.congress.cast import SUZHOU
from tests.web.client import Client


def stored_ballots(room: Room) -> int:
    query = select(func.count()).select_from(BoardEntry).where(BoardEntry.kind == "ballot")
    return room.client.house.read(lambda db: db.exec(query).one())


def test_a_round_is_voted_on_counted_certified_and_verified(client: Client, tmp_path: Path) -> None:
    room = ready(client)
    votes = [(0, 0), (0, 1), (0, 2), (0, 0), (0, 1), (1, 1), (0, 0), (2, 1)]
    for slip, choices in enumerate(votes):
        assert room.vote(slip, choices)["ok"], slip
    assert room.vote(5, (0, 1), counter=1)["ok"]
    assert room.round().state == RoundState.OPEN
    room.close()
    room.share(1, 3)
    room.count(unused=2)
    room.certify()

    assert room.round().state == RoundState.CERTIFIED
    assert [item.state for item in room.items()] == [ItemState.CERTIFIED] * 2
    told = client.http.get(f"/v/{room.hall}/now").json()
    assert [(one["votes"], one["passed"]) for one in told["results"]] == [([7, 0, 1], True), ([3, 4, 1], False)]
    assert verified_alone(room.board(), tmp_path).returncode == 0


def test_a_lost_answer_is_given_again_and_another_ballot_is_not_taken_for_it(sealed: Room) -> None:
    made = sealed.sealed(0, (0, 0))
    first, again = sealed.post(made).json(), sealed.post(made).json()
    assert first == again and first["receipt"]["seq"] == len(export.read(sealed.board()).entries) - 1
    assert sealed.vote(0, (1, 1))["refused"] == "repeated"
    changed = sealed.vote(0, (1, 1), counter=1)
    assert changed["ok"] and changed["receipt"]["tracker"] != first["receipt"]["tracker"]


def test_a_receipt_stands_on_the_board_and_is_signed(sealed: Room) -> None:
    receipt = sealed.vote(1, (0, 2))["receipt"]
    board = Board.replay(export.read(sealed.board()).entries)
    assert board.ceremony is not None
    head = board.heads[receipt["seq"]]
    assert to_base64(head) == receipt["head"]
    server = Ed25519PublicKey.from_public_bytes(board.ceremony.server_key)
    server.verify(read_base64(receipt["signature"]), signed_words(receipt["seq"], head))


def test_a_challenged_device_uses_no_slip_up(sealed: Room) -> None:
    of, votes = sealed.election(), (1, 0)
    opening = ballot.Opening(sealed.key(sealed.codes[2]), 0, secrets.token_bytes(32), votes)
    sent = {"spoil": to_base64(ballot.opened_digest(of, opening) + bytes(opening)), "pin": sealed.pins[2], "code": sealed.round().hall_code}
    assert sealed.post({**sent, "pin": "1"}, "spoils").json()["refused"] == "pin"
    assert sealed.post(sent, "spoils").json()["ok"]
    assert not sealed.post(sent, "spoils").json()["ok"], "the same once more"
    opened = ballot.make(of, ballot.credential_secret(sealed.hall, sealed.codes[2]), votes, 0, opening.seed)
    assert not sealed.post({**sent, "ballot": to_base64(opened)}).json()["ok"], "what was opened cannot be cast"
    assert sealed.vote(2, votes)["ok"]


def test_what_another_slip_signed_or_a_past_ballot_held_is_refused(sealed: Room) -> None:
    mine = sealed.filled(3, (0, 0))
    assert sealed.post(sealed.sealed(3, (0, 0), ballot=to_base64(mine[:-1] + bytes([mine[-1] ^ 1])))).json()["refused"] == "ballot"
    stolen = mine[:33] + sealed.key(sealed.codes[4]) + mine[65:]
    assert sealed.post(sealed.sealed(4, (0, 0), ballot=to_base64(stolen))).json()["refused"] == "ballot"
    assert stored_ballots(sealed) == 0


def test_where_the_first_ballot_stands_no_other_is_taken(client: Client) -> None:
    room = Room(client)
    room.make_keys()
    room.register()
    room.prepare(items=1, revote="first")
    room.open()
    assert room.vote(0, (0,))["ok"]
    assert [room.vote(slip, (1,), counter=1)["refused"] for slip in (0, 1)] == ["repeated"] * 2


def test_paper_ballots_go_into_the_same_box_when_two_tellers_agree(sealed: Room, tmp_path: Path) -> None:
    for slip in range(7):
        sealed.vote(slip, (0, 1))
    sealed.exchange(7)
    one, other, third = sealed.tellers
    sealed.does(one, "paper-ballot", **sealed.entered(7, (2, 1)))
    assert "另一名监票人" in sealed.may_not(one, "paper-ballot", **sealed.entered(7, (2, 1)))
    assert "只有一人录入" in sealed.may_not(sealed.people.zhao, "round-end", 409, round=sealed.round().id)
    sealed.does(other, "paper-ballot", **sealed.entered(7, (1, 1)))
    assert stored_ballots(sealed) == 7, "they differ, so both begin anew"
    sealed.does(one, "paper-ballot", **sealed.entered(7, (2, 1)))
    sealed.does(third, "paper-ballot", **sealed.entered(7, (2, 1)))
    assert "已经录入" in sealed.may_not(other, "paper-ballot", **sealed.entered(7, (2, 1)))
    assert "没有换成纸票" in sealed.may_not(one, "paper-ballot", **sealed.entered(8, (0, 0)))
    sealed.close()
    sealed.share(2, 3)
    assert "其中纸票1张" in sealed.may_not(sealed.tellers[0], "round-count", round=sealed.round().id, unused=6)
    sealed.count(unused=2)
    sealed.certify()
    told = sealed.client.http.get(f"/v/{sealed.hall}/now").json()["results"]
    assert [one["votes"] for one in told] == [[7, 0, 1], [0, 8, 0]]
    assert verified_alone(sealed.board(), tmp_path).returncode == 0


def test_an_invalid_paper_is_named_in_the_result_and_not_on_the_board(sealed: Room, tmp_path: Path) -> None:
    """Two tellers must agree that it is; the box opens on what is in it, and the balance on all that came back."""
    for slip in range(6):
        assert sealed.vote(slip, (0, 1))["ok"]
    sealed.exchange(7)
    one, other, third = sealed.tellers
    aside = {"round": sealed.round().id, "invalid": slip_number(sealed.key(sealed.codes[7]))}
    sealed.does(one, "paper-ballot", **aside)
    sealed.does(other, "paper-ballot", **sealed.entered(7, (0, 0)))
    sealed.does(one, "paper-ballot", **aside)
    assert "您已经录入" in sealed.may_not(one, "paper-ballot", **aside)
    sealed.does(third, "paper-ballot", **aside)
    assert "已经录入" in sealed.may_not(other, "paper-ballot", **sealed.entered(7, (0, 0)))
    sealed.close()
    sealed.share(1, 2)
    sealed.count(unused=sealed.slips - 7)
    sealed.certify()
    results = sealed.client.house.read(lambda db: [(r.issued, r.returned, r.valid, r.invalid) for r in db.exec(select(Result))])
    assert results == [(7, 7, 6, 1)] * 2
    assert sealed.board().count(b"\nballot ") == 6 and verified_alone(sealed.board(), tmp_path).returncode == 0


def test_the_box_can_be_given_up_unread_for_paper(sealed: Room) -> None:
    sealed.vote(0, (0, 0))
    sealed.does(sealed.people.zhao, "paper-round", round=sealed.round().id, reason="会场断网")
    paper = sealed.round()
    assert (paper.number, paper.box, paper.state) == (2, "paper", RoundState.PREPARED)
    assert [(item.state, item.round, item.ballot_round_id) for item in sealed.items()] == [(ItemState.PREPARED, 2, paper.id)] * 2
    sealed.open()
    sealed.close()
    for item in sealed.items():
        for teller in sealed.tellers[:2]:
            figures = {"issued": 9, "returned": 9, "valid": 9, "invalid": 0, "in_favour": 9, "against": 0, "abstained": 0}
            sealed.does(teller, "count", item=item.id, **figures)
    assert sealed.round().state == RoundState.COUNTED
    sealed.certify()
    assert sealed.round().state == RoundState.CERTIFIED


def test_exactly_half_of_all_members_waits_for_the_decision(client: Client) -> None:
    room = ready(client, region=SUZHOU)
    for slip in range(8):
        room.vote(slip, (0 if slip < 6 else 2, 0))
    room.close()
    room.share(1, 2)
    room.count(unused=4)
    half = room.items()[0]
    assert "恰为应到12人的半数" in room.may_not(room.people.zhao, "certificate", 409, item=half.id)
    room.does(room.people.zhao, "decision-at-half", item=half.id, passes="true", reason="按照本地规定，半数以上包含半数在内")
    room.certify()
    assert export.read(room.board()).entries[-1].payload.count(b'"half"') == 1


@pytest.mark.parametrize("roll", [99, 100, 101, 150, 151])
@pytest.mark.parametrize("operator", list(Operator))
def test_what_the_board_publishes_is_what_the_congress_certifies(roll: int, operator: Operator) -> None:
    threshold = ballot.Threshold(roll, OPERATORS[operator])
    votes = range(roll // 2 - 1, roll // 2 + 3)
    assert [tally.outcome(count, threshold) for count in votes] == [outcome(count, roll, operator) for count in votes]


def test_keys_given_up_take_their_slips_with_them(client: Client) -> None:
    room = Room(client)
    room.make_keys()
    room.register()
    room.does(room.people.li, "abandoned-keys", reason="一名监票人的手机丢失")
    assert not room.slips_in("printed") and len(room.slips_in("void")) == len(room.codes)
    room.prepare(items=1)
    said = room.may_not(room.people.zhao, "round-opening", 409, round=room.round().id)
    assert "钥匙还没有试开成功" in said and "可用的选票条有0张" in said


def test_a_false_step_of_a_teller_is_refused_and_named(client: Client) -> None:
    room = Room(client)
    room.does(room.people.li, "new-keys", tellers=room.client.house.read(room.officers), k=2)
    assert "没有收下" in room.may_not(room.tellers[0], "key-step", step="reveal", sent=to_base64(bytes(288)))
    room.step(room.devices[0], "commit", bytes(32))
    assert "没有收下" in room.may_not(room.tellers[0], "key-step", step="commit", sent=to_base64(bytes(32)))
    room.may_not(room.people.zhao, "key-step", 409, step="commit", sent=to_base64(bytes(32)))
