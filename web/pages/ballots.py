"""What tellers do on their own devices: making keys, printing slips, opening boxes, entering paper ballots. Their secrets never come here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress import queries
from congress.acts import PROCEEDINGS
from congress.ballots import boards
from congress.ballots.box import CHOICES
from congress.ballots.e2e.encoding import to_base64
from congress.ballots.models import BallotRound, CeremonyEntry, CeremonyTeller, KeyCeremony
from congress.ballots.terms import BOX_LABELS, ELECTRONIC, KEYS_LABELS, Box, KeysState, RoundState
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.procedure import CONGRESS
from web.dispatch import in_read, in_write
from web.pages.congress import CASEWORK, load
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, word
from web.sessions import is_signed_in
from workflow import journal
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor, Refused
from workflow.proceedings import do
from workflow.seats import Seat
from workflow.words import N_

CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER})
DESK = frozenset({Seat.UNION, Seat.TELLER})
TELLERS = frozenset({Seat.TELLER})

ENTERED: dict[object, str] = {
    None: N_("已经录入，等另一人录入同一张纸票。"),
    True: N_("两人录入的一致，已经投入票箱。"),
    False: N_("与另一人录入的不一致，两次都不算。请对照纸票，两人重新录入。"),
}
"""Whether a second entry agrees with the first; none where it is the first."""
LAID_ASIDE = N_("两人都登记为废票，已经计入无效票。")

# ---- keys


@get("/congress/{case_id:int}/keys", guards=[is_signed_in])
async def show_keys(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_keys_page, case_id)


@get("/congress/{case_id:int}/keys/board", guards=[is_signed_in])
async def show_ceremony(case_id: FromPath[int]) -> Response[dict[str, Any]]:
    return await in_read(_ceremony, case_id)


@post("/congress/{case_id:int}/keys", guards=[is_signed_in], status_code=200)
async def do_keys(request: AnyRequest, case_id: FromPath[int]) -> Response[dict[str, Any]]:
    sent = await posted(request)
    return await in_write(_act, case_id, TELLERS, "rehearse" if sent.text("step") == "rehearse" else "post_keys", sent)


def _keys_page(db: Session, case_id: int) -> Response[str]:
    meeting, by = _seen(db, case_id, CONDUCT)
    keys = _live_keys(db, meeting)
    facts = queries.facts(db, meeting, today(db))
    begin = CONGRESS.standing("begin_keys", meeting.state, facts, by, today(db))
    abandon = CONGRESS.standing("abandon_keys", meeting.state, facts, by, today(db))
    return page(
        "pages/ballots/keys.html",
        meeting=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        keys=keys,
        tellers=_teller_names(db, keys),
        own=_own_number(db, keys, by),
        begin=CASEWORK.href(meeting, "begin_keys") if begin.open else "",
        abandon=CASEWORK.href(meeting, "abandon_keys") if abandon.open else "",
        closed=begin.reasons,
    )


def _ceremony(db: Session, case_id: int) -> Response[dict[str, Any]]:
    """The public entries, and what belongs to the rehearsal: whom the page still waits for."""
    meeting, by = _seen(db, case_id, CONDUCT)
    keys = _live_keys(db, meeting)
    if keys is None:
        return Response(_abandoned(db, meeting), headers={"Cache-Control": "no-store"})
    query = select(CeremonyEntry).where(CeremonyEntry.ceremony_id == keys.id).order_by(col(CeremonyEntry.seq))
    entries = db.exec(query).all()
    dummy = next((e.payload for e in entries if e.kind == "dummy"), None)
    content = {
        "number": keys.number,
        "state": keys.state,
        "label": word(KEYS_LABELS[keys.state]),
        "entries": [to_base64(entry.payload) for entry in boards.board_of_ceremony(db, keys).entries],
        "dummy": to_base64(dummy) if dummy else None,
        "rehearsed": [e.teller for e in entries if e.kind == "part"],
        "ready": keys.state == KeysState.READY,
    }
    return Response(content, headers={"Cache-Control": "no-store"})


def _abandoned(db: Session, meeting: CongressMeeting) -> dict[str, Any]:
    """What a page hears that was open while its keys were given up; 404 where there never were any."""
    last = select(KeyCeremony).where(KeyCeremony.meeting_id == meeting.id).order_by(col(KeyCeremony.number).desc())
    made = db.exec(last.limit(1)).first()
    if made is None:
        raise NotFoundException
    return {"number": 0, "state": made.state, "label": word(KEYS_LABELS[made.state]), "reason": made.reason}


def _live_keys(db: Session, meeting: CongressMeeting) -> KeyCeremony | None:
    query = select(KeyCeremony).where(KeyCeremony.meeting_id == meeting.id, KeyCeremony.state != KeysState.ABANDONED)
    return db.exec(query).first()


def _teller_names(db: Session, keys: KeyCeremony | None) -> list[str]:
    if keys is None:
        return []
    query = select(MeetingOfficer.name).join(CeremonyTeller).where(CeremonyTeller.ceremony_id == keys.id)
    return list(db.exec(query.order_by(col(CeremonyTeller.number))))


def _own_number(db: Session, keys: KeyCeremony | None, by: Actor) -> int:
    """Which teller of the ceremony this person is; 0 for none."""
    if keys is None:
        return 0
    query = select(CeremonyTeller.number).join(MeetingOfficer).where(CeremonyTeller.ceremony_id == keys.id)
    return db.exec(query.where(MeetingOfficer.person_id == by.person_id, col(MeetingOfficer.current).is_(True))).first() or 0


# ---- slips


@get("/congress/{case_id:int}/slips", guards=[is_signed_in])
async def show_slips(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_slips_page, case_id)


@post("/congress/{case_id:int}/slips", guards=[is_signed_in], status_code=200)
async def do_slips(request: AnyRequest, case_id: FromPath[int]) -> Response[dict[str, Any]]:
    return await in_write(_act, case_id, DESK, "register_slips", await posted(request))


def _slips_page(db: Session, case_id: int) -> Response[str]:
    meeting, by = _seen(db, case_id, DESK)
    facts = queries.facts(db, meeting, today(db))
    standing = CONGRESS.standing("register_slips", meeting.state, facts, by, today(db))
    return page(
        "pages/ballots/slips.html",
        meeting=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        are_ready=facts.ballots.are_ready,
        proposed=_proposed(meeting.roll),
        counts=[(BOX_LABELS[box], facts.ballots.slips_of(box)) for box in ELECTRONIC if facts.ballots.slips_of(box)],
        closed=standing.reasons,
        address=f"{READER.get().settings.address}/v/{meeting.hall_token}",
    )


def _proposed(roll: int) -> int:
    """One for each member and a reserve of a tenth."""
    return roll + -(-roll // 10)


# ---- the box of a round, and its paper ballots


@get("/congress/{case_id:int}/rounds/{number:int}/box", guards=[is_signed_in])
async def show_box(case_id: FromPath[int], number: FromPath[int]) -> Response[str]:
    return await in_read(_box_page, case_id, number)


@post("/congress/{case_id:int}/rounds/{number:int}/box", guards=[is_signed_in], status_code=200)
async def do_box(request: AnyRequest, case_id: FromPath[int], number: FromPath[int]) -> Response[dict[str, Any]]:
    return await in_write(_act_on_round, case_id, number, "post_share", await posted(request))


@get("/congress/{case_id:int}/rounds/{number:int}/papers", guards=[is_signed_in])
async def show_papers(case_id: FromPath[int], number: FromPath[int]) -> Response[str]:
    return await in_read(_papers_page, case_id, number)


@post("/congress/{case_id:int}/rounds/{number:int}/papers", guards=[is_signed_in], status_code=200)
async def do_papers(request: AnyRequest, case_id: FromPath[int], number: FromPath[int]) -> Response[dict[str, Any]]:
    return await in_write(_enter_paper, case_id, number, await posted(request))


def _box_page(db: Session, case_id: int, number: int) -> Response[str]:
    desk = _round_desk(db, case_id, number, (Box.E2E,))
    keys = db.get(KeyCeremony, desk.round.ceremony_id) if desk.round.ceremony_id else None
    shares = queries.facts(db, desk.meeting, today(db)).ballots.shares.get(desk.round.id, frozenset())
    return page(
        "pages/ballots/box.html",
        meeting=desk.meeting,
        round=desk.round,
        own=_own_number(db, keys, desk.by),
        tellers=_teller_names(db, keys),
        shares=sorted(shares),
        k=keys.k if keys else 0,
        count_href=f"{CASEWORK.href(desk.meeting, 'count_round')}?round={desk.round.id}",
        is_begun=desk.round.state != RoundState.PREPARED,
    )


def _papers_page(db: Session, case_id: int, number: int) -> Response[str]:
    desk = _round_desk(db, case_id, number, ELECTRONIC)
    items = db.exec(select(Item).where(Item.ballot_round_id == desk.round.id).order_by(col(Item.number))).all()
    cast = queries.facts(db, desk.meeting, today(db)).ballots.cast_in(desk.round)
    return page(
        "pages/ballots/papers.html",
        meeting=desk.meeting,
        round=desk.round,
        content={"items": [{"title": item.title, "choices": CHOICES} for item in items], "seats": desk.round.seats},
        entered=cast.on_paper,
        is_open=desk.round.state == RoundState.OPEN,
    )


def _enter_paper(db: Session, case_id: int, number: int, sent: Posted) -> Response[dict[str, Any]]:
    """Done, it is told whether the other entry is still to come, and if not, whether the two agree."""
    done = _act_on_round(db, case_id, number, "enter_paper", sent)
    if done.content["ok"]:
        said = journal.entries(db, CONGRESS.name, case_id)[-1].particulars
        done.content["said"] = word(LAID_ASIDE if said["agrees"] and "invalid" in said else ENTERED[said["agrees"]])
    return done


@dataclass(frozen=True)
class RoundDesk:
    """A teller at a round."""

    meeting: CongressMeeting
    by: Actor
    round: BallotRound


def _round_desk(db: Session, case_id: int, number: int, boxes: tuple[Box, ...]) -> RoundDesk:
    meeting, by = _seen(db, case_id, TELLERS)
    return RoundDesk(meeting, by, _round(db, meeting, number, boxes))


def _round(db: Session, meeting: CongressMeeting, number: int, boxes: tuple[Box, ...] = ELECTRONIC) -> BallotRound:
    found = db.exec(select(BallotRound).where(BallotRound.meeting_id == meeting.id, BallotRound.number == number)).first()
    if found is None or found.box not in boxes:
        raise NotFoundException
    return found


# ---- below


def _seen(db: Session, case_id: int, seats: frozenset[Seat]) -> tuple[CongressMeeting, Actor]:
    """The meeting and the seats of this person there; 404 to all but those whose business it is."""
    meeting = load(db, CASEWORK.person(), case_id, False)
    by = CASEWORK.actor(db, meeting, today(db))
    if not by.seats & seats:
        raise NotFoundException
    return meeting, by


def _act(
    db: Session, case_id: int, seats: frozenset[Seat], act: str, sent: Posted, more: Mapping[str, object] | None = None
) -> Response[dict[str, Any]]:
    """An act that a script posts: done, or the sentences why not."""
    _seen(db, case_id, seats)
    on, meeting = today(db), load(db, CASEWORK.person(), case_id, True)
    values = {name: value for name, value in sent.values.items() if name in CONGRESS.acts[act].form.model_fields} | dict(more or {})
    try:
        do(db, PROCEEDINGS, meeting, act, {**values, "on": on}, by=CASEWORK.actor(db, meeting, on), today=on, at=now())
    except Invalid as error:
        return _said([word(sentence) for said in error.errors.values() for sentence in said], 422)
    except Refused as error:
        return _said([word(reason.sentence) for reason in error.reasons], 409)
    return Response({"ok": True, "why": []})


def _said(why: list[str], status: int) -> Response[dict[str, Any]]:
    return Response({"ok": False, "why": why}, status_code=status)


def _act_on_round(db: Session, case_id: int, number: int, act: str, sent: Posted) -> Response[dict[str, Any]]:
    desk = _round_desk(db, case_id, number, ELECTRONIC)
    return _act(db, case_id, TELLERS, act, sent, {"round": desk.round.id})


routes = (show_keys, show_ceremony, do_keys, show_slips, do_slips, show_box, do_box, show_papers, do_papers)
