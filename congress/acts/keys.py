"""钥匙: the tellers' ceremony, step by step, and its rehearsal. What a teller posts was made on their own device."""

import secrets

from sqlmodel import select

from congress.acts.registry import Now, does
from congress.ballots import boards, forms
from congress.ballots.e2e import keys, tally
from congress.ballots.e2e.board import Board, Step, ceremony_entry
from congress.ballots.e2e.encoding import Rejected, read_base64
from congress.ballots.models import CeremonyEntry, CeremonyTeller, KeyCeremony, Slip
from congress.ballots.secret import new_server_key
from congress.ballots.terms import Box, KeysState, SlipState
from congress.models import MeetingOfficer
from congress.terms import OfficerSeat
from workflow.forms import invalid
from workflow.seats import Seat
from workflow.words import N_

MOST = 99
"""The number of the rehearsal is 1 to this."""
AFTER = {Step.COMMIT: KeysState.COMMITTED, Step.REVEAL: KeysState.REVEALED, Step.SHARES: KeysState.SHARED}
"""State of the keys when all tellers have done a step."""


@does("begin_keys")
def begin_keys(now: Now, form: forms.BeginKeys) -> None:
    tellers = [_teller(now, officer_id) for officer_id in sorted(set(form.tellers))]
    if not len(tellers) >= form.k or 2 * form.k <= len(tellers):
        raise invalid("k", N_("{n}名监票人，开箱需要的人数要过半数，又不能多于{n}人。"), n=len(tellers))
    congress = now.case.hall_token
    key, sealed = new_server_key(now.db, congress)
    assert now.case.id is not None
    number = len(now.db.exec(select(KeyCeremony.id).where(KeyCeremony.meeting_id == now.case.id)).all()) + 1
    made = KeyCeremony(meeting_id=now.case.id, number=number, k=form.k, n=len(tellers), server_key=sealed)
    now.perform(keys=number, k=form.k, n=len(tellers))
    now.db.add(made)
    now.db.flush()
    assert made.id is not None
    for teller, officer in enumerate(tellers, start=1):
        assert officer.id is not None
        now.db.add(CeremonyTeller(ceremony_id=made.id, number=teller, officer_id=officer.id))
    manifest = keys.Ceremony.of(congress, [officer.name for officer in tellers], form.k, key.public_key().public_bytes_raw()).manifest
    _post(now, made, Step.MANIFEST, 0, manifest)
    now.tell({Seat.TELLER}, N_("请监票人到会场用自己的设备生成票箱钥匙。"))


@does("post_keys")
def post_keys(now: Now, form: forms.PostKeys) -> None:
    made, teller, step = _keys(now), _number(now), Step(form.step)
    board = boards.board_of_ceremony(now.db, made)
    sent = _bytes(form.sent)
    try:
        board.append(ceremony_entry(step, sent, teller))
    except Rejected as error:
        raise invalid(
            "sent", N_("这一步的密钥数据不对（{code}），没有收下。请刷新页面重试；仍然不对的，放弃这副钥匙重新开始。"), code=error.code
        ) from None
    now.perform(keys=made.number, step=step, teller=teller)
    _post(now, made, step, teller, sent)
    if len(now.facts.ballots.posted.get(step, ())) + 1 == made.n:
        made.state = AFTER[step]
    if made.state == KeysState.SHARED:
        _lay_out_rehearsal(now, made, board)


@does("rehearse")
def rehearse(now: Now, form: forms.Rehearse) -> None:
    made, teller = _keys(now), _number(now)
    board = boards.board_of_ceremony(now.db, made)
    assert board.ceremony is not None
    rows = now.db.exec(select(CeremonyEntry).where(CeremonyEntry.ceremony_id == made.id)).all()
    dummy = next(r.payload for r in rows if r.kind == "dummy")
    total = (dummy[:32], dummy[32:])
    context = tally.rehearsal_context(board.ceremony.digest, keys.joint_key(board.reveals))
    opened = {r.teller: tally.read_parts(r.payload, 1)[1] for r in rows if r.kind == "part"}
    try:
        number, sent = tally.read_parts(_bytes(form.sent), 1)
        if number != teller or teller in opened:
            raise invalid("sent", N_("您已经试开过，或者这不是您的份额。"))
        tally.check_parts(context, teller, board.public_share(teller), [total], sent)
    except Rejected as error:
        raise invalid("sent", N_("试开箱的数据不对（{code}）。这台设备上的钥匙可能不是生成时的那一把。"), code=error.code) from None
    now.perform(keys=made.number, teller=teller)
    _post(now, made, "part", teller, _bytes(form.sent))
    opened[teller] = sent
    if len(opened) >= made.k:
        points = tally.opened([total], {t: [part[:32] for part in parts] for t, parts in opened.items()}, made.k)
        assert tally.discrete_logs(points, MOST) == [made.rehearsed]
        made.state = KeysState.READY
        now.tell({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER}, N_("试开箱成功，票箱钥匙可用。"))


@does("abandon_keys")
def abandon_keys(now: Now, form: forms.AbandonKeys) -> None:
    made = now.facts.ballots.keys
    assert made is not None
    now.perform(keys=made.number)
    made.state, made.reason = KeysState.ABANDONED, form.reason
    slips = select(Slip).where(Slip.meeting_id == now.case.id, Slip.box == Box.E2E)
    for slip in now.db.exec(slips):
        slip.state = SlipState.VOID
    now.tell({Seat.TELLER, Seat.UNION}, N_("票箱钥匙已经放弃，要重新生成。"))


def _lay_out_rehearsal(now: Now, made: KeyCeremony, board: Board) -> None:
    made.rehearsed = 1 + secrets.randbelow(MOST)
    dummy = tally.dummy_total(keys.joint_key(board.reveals), made.rehearsed, secrets.token_bytes(32))
    _post(now, made, "dummy", 0, b"".join(dummy))


def _post(now: Now, made: KeyCeremony, kind: str, teller: int, payload: bytes) -> None:
    assert made.id is not None
    seq = len(now.db.exec(select(CeremonyEntry.seq).where(CeremonyEntry.ceremony_id == made.id)).all())
    now.db.add(CeremonyEntry(ceremony_id=made.id, seq=seq, kind=kind, teller=teller, payload=payload))
    now.db.flush()


def _keys(now: Now) -> KeyCeremony:
    assert now.facts.ballots.keys is not None
    return now.facts.ballots.keys


def _number(now: Now) -> int:
    """Which teller of the ceremony this person is."""
    mine = {o.id for o in now.facts.sitting(OfficerSeat.TELLER) if o.person_id is not None and o.person_id == now.by.person_id}
    found = next((t.number for t in now.facts.ballots.tellers if t.officer_id in mine), None)
    if found is None:
        raise invalid("", N_("您不是掌管这副钥匙的监票人。"))
    return found


def _teller(now: Now, officer_id: int) -> MeetingOfficer:
    found = next((o for o in now.facts.sitting(OfficerSeat.TELLER) if o.id == officer_id and o.person_id is not None), None)
    if found is None:
        raise invalid("tellers", N_("掌管钥匙的要是本次会议本人登录系统办理的监票人。"))
    return found


def _bytes(text: str) -> bytes:
    try:
        return read_base64(text)
    except Rejected:
        raise invalid("sent", N_("数据不完整，请刷新页面重试。")) from None
