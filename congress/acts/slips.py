"""选票条和PIN码: registered, taken back, exchanged for paper. Who drew which is never known here."""

from sqlalchemy import insert
from sqlmodel import col, select

from congress.acts.registry import Now, does
from congress.ballots import casting, forms
from congress.ballots.e2e.ballot import slip_number
from congress.ballots.e2e.encoding import Rejected, read_base64
from congress.ballots.e2e.groups import best, read_point
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import KEY, BallotRound, CastMark, Pin, Slip
from congress.ballots.secret import pin_digest, pins
from congress.ballots.terms import Box, SlipState
from workflow.forms import invalid
from workflow.words import N_


@does("register_slips")
def register_slips(now: Now, form: forms.RegisterSlips) -> None:
    """Sorted, so that their order tells nothing about how they lay in the printer."""
    if form.box == Box.E2E and not now.facts.ballots.are_ready:
        raise invalid("box", N_("加密票箱的选票条要在试开箱成功以后印制。"))
    keys = _read_keys(form)
    if now.db.exec(select(Slip.key).where(col(Slip.key).in_(keys)).limit(1)).first() is not None:
        raise invalid("keys", N_("其中有已经登记过的选票条。"))
    now.perform(box=form.box, slips=len(keys))
    assert now.case.id is not None
    rows = [
        {"key": k, "meeting_id": now.case.id, "box": form.box, "number": slip_number(k), "state": SlipState.PRINTED, "tries": 0}
        for k in keys
    ]
    now.db.execute(insert(Slip), rows)


@does("make_pins")
def make_pins(now: Now, form: forms.MakePins) -> None:
    if form.count < now.facts.ballots.pins:
        raise invalid("count", N_("已经有{count}个PIN码，只能增加。"), count=now.facts.ballots.pins)
    now.perform(pins=form.count)
    congress, assigned = now.case.hall_token, now.facts.ballots.pins
    rows = [
        {"digest": pin_digest(now.db, congress, pin), "meeting_id": now.case.id} for pin in pins(now.db, congress, form.count)[assigned:]
    ]
    if rows:
        now.db.execute(insert(Pin), rows)


@does("void_slips")
def void_slips(now: Now, form: forms.VoidSlips) -> None:
    slips = [_slip(now, "numbers", number) for number in dict.fromkeys(form.numbers.upper().split())]
    if not slips:
        raise invalid("numbers", N_("请填写选票条编号。"))
    round = _held_round(now)
    for slip in slips:
        _check_unused(now, "numbers", slip, round)
    now.perform(slips=len(slips))
    for slip in slips:
        slip.state = SlipState.VOID
        if round is not None and round.box == Box.E2E and slip.box == Box.E2E:
            EncryptedBox(now.db, round).take_back(slip.key)


@does("exchange_slip")
def exchange_slip(now: Now, form: forms.ExchangeSlip) -> None:
    slip = _slip(now, "number", form.number.upper().strip())
    _check_unused(now, "number", slip, _held_round(now))
    now.perform(slips=1)
    slip.state = SlipState.PAPER


def _read_keys(form: forms.RegisterSlips) -> list[bytes]:
    try:
        joined = read_base64(form.keys)
        found = [joined[at : at + KEY] for at in range(0, len(joined), KEY)]
        for key in found if form.box == Box.E2E else ():
            read_point(best(), key, "slip")
    except Rejected:
        raise invalid("keys", N_("选票条的公钥读不出来，请重新印制。")) from None
    if len(joined) % KEY or found != sorted(set(found)):
        raise invalid("keys", N_("选票条的公钥要从小到大排列，没有重复。"))
    return found


def _slip(now: Now, field: str, number: str) -> Slip:
    found = now.db.exec(select(Slip).where(Slip.meeting_id == now.case.id, Slip.number == number)).first()
    if found is None:
        raise invalid(field, N_("没有编号为{number}的选票条，请核对。"), number=number)
    if found.state != SlipState.PRINTED:
        raise invalid(field, N_("编号为{number}的选票条已经作废或者换成纸票。"), number=number)
    return found


def _held_round(now: Now) -> BallotRound | None:
    """The round that is being voted on, held so that no ballot of these slips comes between."""
    one = now.facts.ballots.open_round
    return casting.held(now.db, one.id) if one is not None and one.id is not None else None


def _check_unused(now: Now, field: str, slip: Slip, round: BallotRound | None) -> None:
    if round is not None and now.db.get(CastMark, (round.id, slip.key)) is not None:
        raise invalid(field, N_("编号为{number}的选票条在第{round}轮已经投过票，不能收回。"), number=slip.number, round=round.number)
