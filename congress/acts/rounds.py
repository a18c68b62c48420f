"""轮次: items voted on together, from the first arrangement to the numbers out of the box."""

import hashlib
import secrets
from typing import Any

from sqlmodel import col, delete, select

from congress import notices
from congress.acts.registry import Now, does, insist
from congress.acts.voting import freeze, vote_again
from congress.ballots import boards, casting, forms
from congress.ballots.box import REFUSALS, NotTaken, Vote
from congress.ballots.e2e.board import Entry, Kind
from congress.ballots.e2e.encoding import Rejected, read_base64
from congress.ballots.models import BallotRound, BallotTotal, CastMark, ItemTally, PaperBallot, Slip
from congress.ballots.requirements import items_of
from congress.ballots.terms import ELECTRONIC, Box, RoundState, SlipState
from congress.models import Item
from congress.terms import UNDER_WAY, ItemState, State, Told
from workflow.forms import invalid
from workflow.seats import Seat
from workflow.words import N_, Word


@does("prepare_round")
def prepare_round(now: Now, form: forms.PrepareRound) -> None:
    free = {i.id: i for i in now.facts.in_state(ItemState.PREPARED) if now.facts.ballots.round_of(i.ballot_round_id) is None}
    if not set(form.items) <= free.keys():
        raise invalid("items", N_("请从列出的选项中选“{title}”。"), title=Word(N_("事项")))
    if form.seats is not None and form.seats > len(form.items):
        raise invalid("seats", N_("候选人有{items}名，应选人数不能更多。"), items=len(form.items))
    one = _new_round(now, form.title, form.box)
    one.revote, one.min_ballots, one.seats = form.revote, form.min_ballots, form.seats
    now.perform(round=one.number, items=sorted(set(form.items)), box=form.box)
    _fill(now, one, [free[item_id] for item_id in set(form.items)])


@does("take_round_apart")
def take_round_apart(now: Now, form: forms.OneRound) -> None:
    one = about_round(now, form.round)
    now.perform(round=one.number)
    one.state, one.reason = RoundState.VOID, N_("拆开重新编排")
    for item in items_of(now.facts, one):
        item.ballot_round_id = None


@does("open_round")
def open_round(now: Now, form: forms.OneRound) -> None:
    one = about_round(now, form.round)
    facts, items = now.facts, items_of(now.facts, one)
    now.perform(round=one.number, items={str(i.number): i.text_hash for i in items}, roll=facts.roll, present=facts.present, **facts.sealed)
    for item in items:
        freeze(now, item)
    one.roll, one.present, one.quorum_needed = facts.roll, facts.present, facts.quorum_needed(now.on)
    one.hall_code = f"{secrets.randbelow(10**6):06d}"
    one.opened_on = now.on
    if one.box in ELECTRONIC:
        one.ceremony_id = facts.ballots.keys.id if one.box == Box.E2E and facts.ballots.keys else None
        slips = now.db.exec(select(Slip).where(Slip.meeting_id == now.case.id, Slip.box == one.box)).all()
        casting.box_of(now.db, one).begin(items, slips)
    one.state = RoundState.OPEN


@does("close_round")
def close_round(now: Now, form: forms.OneRound) -> None:
    one = _held(now, form.round)
    now.perform(round=one.number)
    if one.box in ELECTRONIC:
        casting.box_of(now.db, one).seal()
    one.state, one.closed_on = RoundState.CLOSED, now.on
    for item in items_of(now.facts, one):
        item.state, item.closed_on = ItemState.CLOSED, now.on
    now.tell({Seat.TELLER}, N_("第{number}轮投票已经结束并封箱，请监票人开箱计票。"), number=one.number)


@does("post_share")
def post_share(now: Now, form: forms.PostShare) -> None:
    one = _held(now, form.round)
    sent = _bytes("sent", form.sent)
    mine = {o.id for o in now.facts.counters if o.person_id is not None and o.person_id == now.by.person_id}
    if not any(t.officer_id in mine and t.number == int.from_bytes(sent[:2], "big") for t in now.facts.ballots.tellers):
        raise invalid("sent", N_("这不是您掌管的钥匙。"))
    try:
        boards.board_of(now.db, one).append(Entry(Kind.SHARE, sent))
    except Rejected as error:
        raise invalid("sent", N_("开箱数据不对（{code}），没有收下。请核对这台设备上的钥匙，刷新页面重试。"), code=error.code) from None
    now.perform(round=one.number, teller=int.from_bytes(sent[:2], "big"))
    boards.append(now.db, one, Kind.SHARE, sent)


@does("count_round")
def count_round(now: Now, form: forms.CountRound) -> None:
    one = _held(now, form.round)
    issued = _issued(now, one, form.unused)
    totals, laid_aside = casting.box_of(now.db, one).totals(), now.facts.ballots.cast_in(one).invalid
    now.perform(round=one.number, unused=form.unused)
    one.state, one.unused = RoundState.COUNTED, form.unused
    for item in items_of(now.facts, one):
        assert item.id is not None
        votes = totals[item.id]
        came = {"returned": sum(votes) + laid_aside, "valid": sum(votes), "invalid": laid_aside}
        now.db.add(ItemTally(item_id=item.id, issued=issued, **came, in_favour=votes[0], against=votes[1], abstained=votes[2]))
        item.state = ItemState.COUNTED
    now.tell({Seat.MEETING_CHAIR, Seat.UNION}, N_("第{number}轮已经开箱计票，可以逐项确认结果。"), number=one.number)


@does("enter_paper")
def enter_paper(now: Now, form: forms.EnterPaper) -> None:
    """Two tellers enter each paper ballot with the slip it was exchanged for. The same choices give the same bytes: the server sees
    that they agree, not what they say. Of an invalid one they agree that it is.
    """
    one = _held(now, form.round)
    officer = next((o for o in now.facts.counters if o.person_id is not None and o.person_id == now.by.person_id), None)
    if officer is None:
        raise invalid("", N_("纸票由本人登录系统的监票人、计票人录入。"))
    vote = None if form.invalid else _read(now, one, form)
    slip = now.db.get(Slip, vote.slip) if vote else _numbered(now, form.invalid)
    if slip is None or slip.meeting_id != now.case.id or slip.state != SlipState.PAPER:
        raise invalid("ballot", N_("这张选票条没有换成纸票，请代表自己投票，或者先办理换票。"))
    if now.db.get(CastMark, (one.id, slip.key)) is not None:
        raise invalid("ballot", N_("编号为{number}的纸票已经录入。"), number=slip.number)
    assert one.id is not None and officer.id is not None
    first, digest = now.db.get(PaperBallot, (one.id, slip.key)), hashlib.sha256(_bytes("ballot", form.ballot)).digest()
    if first is not None and first.officer_id == officer.id:
        raise invalid("ballot", N_("编号为{number}的纸票您已经录入，请另一名监票人或计票人录入。"), number=slip.number)
    said: dict[str, Any] = {"invalid": True} if vote is None else {}
    now.perform(round=one.number, agrees=first.digest == digest if first is not None else None, **said)
    if first is None:
        now.db.add(PaperBallot(round_id=one.id, slip=slip.key, officer_id=officer.id, digest=digest))
        return
    now.db.delete(first)
    if first.digest == digest:
        try:
            if vote is None:
                casting.lay_aside(now.db, one, slip.key)
            else:
                casting.put_in(now.db, one, vote, on_paper=True)
        except NotTaken as refusal:
            raise invalid("ballot", REFUSALS[refusal.why]) from None


@does("continue_on_paper")
def continue_on_paper(now: Now, form: forms.OnPaper) -> None:
    """The box stays unread; the same items wait for a round on paper."""
    one = _held(now, form.round)
    items = items_of(now.facts, one)
    paper = _new_round(now, one.title, Box.PAPER)
    paper.seats = one.seats
    now.perform(round=one.number, paper=paper.number)
    _end_unread(now, one, form.reason)
    anew = []
    for item in items:
        item.state, item.reason = ItemState.VOID, form.reason
        anew.append(vote_again(now, item))
    _fill(now, paper, anew)


@does("void_round")
def void_round(now: Now, form: forms.VoidRound) -> None:
    one = _held(now, form.round)
    if form.again and now.case.state not in (State.OPEN, State.ADJOURNED):
        raise invalid("again", N_("已经闭会，不能在本次会议上重新表决。"))
    items = [item for item in items_of(now.facts, one) if item.state in UNDER_WAY]
    now.perform(round=one.number, again=form.again)
    _end_unread(now, one, form.reason)
    for item in items:
        item.state, item.reason = ItemState.VOID, form.reason
    now.db.flush()
    for item in items:
        if form.again:
            vote_again(now, item)
        else:
            notices.tell(now.db, item, Told.VOID, now.on, now.at)


def _read(now: Now, one: BallotRound, form: forms.EnterPaper) -> Vote:
    try:
        vote = casting.box_of(now.db, one).read(_bytes("ballot", form.ballot))
        vote.check()
    except NotTaken as refusal:
        raise invalid("ballot", REFUSALS[refusal.why]) from None
    return vote


def _numbered(now: Now, number: str) -> Slip | None:
    return now.db.exec(select(Slip).where(Slip.meeting_id == now.case.id, Slip.number == number.upper().strip())).first()


def about_round(now: Now, round_id: int) -> BallotRound:
    """The round of this meeting, and the act judged anew on it. Raises `Invalid` or `Refused`."""
    one = next((r for r in now.facts.ballots.rounds if r.id == round_id), None)
    if one is None:
        raise invalid("round", N_("请从列出的选项中选“{title}”。"), title=Word(N_("轮次")))
    insist(now, now.facts.about_round(one))
    return one


def _held(now: Now, round_id: int) -> BallotRound:
    """The same, with its row held against ballots that come at this moment."""
    one = about_round(now, round_id)
    assert one.id is not None
    return casting.held(now.db, one.id)


def _new_round(now: Now, title: str, box: Box) -> BallotRound:
    assert now.case.id is not None
    number = max((r.number for r in now.facts.ballots.rounds), default=0) + 1
    return BallotRound(meeting_id=now.case.id, number=number, title=title, box=box)


def _fill(now: Now, one: BallotRound, items: list[Item]) -> None:
    now.db.add(one)
    now.db.flush()
    for item in items:
        item.ballot_round_id = one.id


def _end_unread(now: Now, one: BallotRound, reason: str) -> None:
    """A void box is closed for good; of box plain nothing is left that could be read."""
    if one.state == RoundState.OPEN and one.box in ELECTRONIC:
        casting.box_of(now.db, one).seal()
    if one.box == Box.PLAIN:
        now.db.exec(delete(BallotTotal).where(col(BallotTotal.item_id).in_([i.id for i in items_of(now.facts, one)])))
    one.state, one.reason, one.closed_on = RoundState.VOID, reason, one.closed_on or now.on


def _issued(now: Now, one: BallotRound, unused: int) -> int:
    """Slips handed out of this round, if the balance comes out. Raises `Invalid` with the numbers."""
    ballots = now.facts.ballots
    printed, void = ballots.slips_of(one.box), ballots.slips_of(one.box, SlipState.VOID)
    cast, handed_out = ballots.cast_in(one), printed - void - unused
    assert one.present is not None
    most = max(one.present, now.facts.present or 0)
    numbers = {"printed": printed, "void": void, "unused": unused, "handed_out": handed_out, "cast": cast.all, "paper": cast.on_paper}
    if handed_out < cast.all:
        raise invalid(
            "unused",
            N_(
                "印制{printed}张，作废{void}张，剩余{unused}张，发出应为{handed_out}张；投出{cast}张（其中纸票{paper}张），多于发出，请重新清点。"
            ),
            **numbers,
        )
    if handed_out > most:
        raise invalid(
            "unused",
            N_(
                "印制{printed}张，作废{void}张，剩余{unused}张，发出应为{handed_out}张，多于实到{present}人，请重新清点，收回的先登记作废。"
            ),
            **numbers,
            present=most,
        )
    return min(handed_out, one.present)


def _bytes(field: str, text: str) -> bytes:
    try:
        return read_base64(text)
    except Rejected:
        raise invalid(field, N_("数据不完整，请刷新页面重试。")) from None
