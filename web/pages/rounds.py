"""Rounds of a meeting for those who conduct it: keys, slips and PINs, what is going on in each round, and what to print."""

from dataclasses import dataclass
from secrets import token_bytes

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session

from congress import queries
from congress.acts import PROCEEDINGS
from congress.ballots.e2e.encoding import base32, to_base64
from congress.ballots.elections import STANDING_LABELS, ranked
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound
from congress.ballots.plain import CODE, slip_key
from congress.ballots.queries import progress
from congress.ballots.requirements import items_of
from congress.ballots.rows import CHOSEN
from congress.ballots.secrecy import notice
from congress.ballots.secret import pins
from congress.ballots.terms import BOX_LABELS, ELECTRONIC, KEYS_LABELS, ROUND_LABELS, Box, RoundState, SlipState
from congress.documents.slips import pin_strips, plain_slips
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from web.dispatch import in_read, in_write
from web.downloads import attachment
from web.pages.congress import CASEWORK, load
from web.pages.congress_file import SCRIPTED, Offer
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page
from web.sessions import is_signed_in
from workflow.forms import invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import do
from workflow.seats import Seat
from workflow.words import N_, Sentence

CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER})
MARKS = {RoundState.OPEN: "act", RoundState.CLOSED: "act", RoundState.COUNTED: "act", RoundState.CERTIFIED: "ok", RoundState.VOID: "bad"}
PREPARING = (
    "begin_keys",
    "post_keys",
    "rehearse",
    "register_slips",
    "make_pins",
    "void_slips",
    "exchange_slip",
    "prepare_round",
    "abandon_keys",
)
MOST_SLIPS = 5000
"""On one order to the printer."""


@get("/congress/{case_id:int}/rounds", guards=[is_signed_in])
async def index(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_index, case_id)


@get("/congress/{case_id:int}/rounds/{number:int}", guards=[is_signed_in])
async def show(case_id: FromPath[int], number: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id, number)


@get("/congress/{case_id:int}/pins.pdf", guards=[is_signed_in])
async def print_pins(case_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_pins, case_id)


@post("/congress/{case_id:int}/slips/plain", guards=[is_signed_in], status_code=200)
async def make_plain_slips(request: AnyRequest, case_id: FromPath[int]) -> Response[bytes]:
    return await in_write(_plain_slips, case_id, await posted(request))


@dataclass(frozen=True)
class Card:
    """A round as the page shows it. `cast` is in percent, as everybody sees it."""

    round: BallotRound
    label: str
    mark: str
    box: str
    items: tuple[Item, ...]
    cast: int | None
    fingerprint: str
    board: str
    acts: tuple[Offer, ...]
    sums: tuple[tuple[str, int], ...]
    """The balance of the slips, once the round is counted."""
    elected: tuple[tuple[Item, str], ...]
    """Candidates in the order of the agenda, and how they stand."""
    notice: tuple[Sentence, ...]


def _index(db: Session, case_id: int) -> Response[str]:
    meeting, by, facts = _seen(db, case_id, CONDUCT)
    ballots = facts.ballots
    return page(
        "pages/congress/rounds.html",
        meeting=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        cards=[_card(db, meeting, facts, by, one) for one in reversed(ballots.rounds)],
        acts=[offer for name in PREPARING if (offer := _offer(meeting, facts, by, name))],
        keys=KEYS_LABELS[ballots.keys.state] if ballots.keys else "",
        quorum=(ballots.keys.k, ballots.keys.n) if ballots.keys else None,
        slips=[
            (BOX_LABELS[box], ballots.slips_of(box), ballots.slips_of(box, SlipState.PAPER), ballots.slips_of(box, SlipState.VOID))
            for box in ELECTRONIC
            if ballots.slips_of(box)
        ],
        pins=ballots.pins,
        may_print=Seat.UNION in by.seats,
        hall=f"{READER.get().settings.address}/v/{meeting.hall_token}",
    )


def _show(db: Session, case_id: int, number: int) -> Response[str]:
    meeting, by, facts = _seen(db, case_id, CONDUCT)
    one = next((r for r in facts.ballots.rounds if r.number == number), None)
    if one is None:
        raise NotFoundException
    body = db.get_one(Organisation, meeting.organisation_id)
    return page("pages/congress/round.html", meeting=meeting, body=body, card=_card(db, meeting, facts, by, one))


def _card(db: Session, meeting: CongressMeeting, facts: Facts, by: Actor, one: BallotRound) -> Card:
    keys = facts.ballots.keys if facts.ballots.keys and one.ceremony_id in (None, facts.ballots.keys.id) else None
    return Card(
        round=one,
        label=ROUND_LABELS[one.state],
        mark=MARKS.get(RoundState(one.state), ""),
        box=BOX_LABELS[one.box],
        items=items_of(facts, one),
        cast=progress(db, one) if one.box in ELECTRONIC else None,
        fingerprint=EncryptedBox(db, one).election.fingerprint if one.manifest else "",
        board=f"/v/{meeting.hall_token}/rounds/{one.number}/board" if one.manifest else "",
        acts=tuple(offer for name, states in CHOSEN.items() if one.state in states and (offer := _offer(meeting, facts, by, name, one))),
        sums=_sums(facts, one),
        elected=_elected(facts, one),
        notice=tuple(notice(one, keys)),
    )


def _offer(meeting: CongressMeeting, facts: Facts, by: Actor, name: str, one: BallotRound | None = None) -> Offer | None:
    """The act, where this person may do it now."""
    about = facts.about_round(one) if one is not None else facts
    standing = CONGRESS.standing(name, meeting.state, about, by, READER.get().today)
    if not standing.open:
        return None
    return Offer(_address(meeting, name, one), standing.act.label, standing.act.gist, standing.act.main)


def _address(meeting: CongressMeeting, name: str, one: BallotRound | None) -> str:
    if name in SCRIPTED:
        return f"/congress/{meeting.id}/{SCRIPTED[name].format(round=one.number if one is not None else 0)}"
    return CASEWORK.href(meeting, name) + (f"?round={one.id}" if one is not None else "")


def _elected(facts: Facts, one: BallotRound) -> tuple[tuple[Item, str], ...]:
    if one.seats is None or one.state != RoundState.CERTIFIED:
        return ()
    found = [(item, result) for item in items_of(facts, one) if (result := facts.result_of(item)) and not result.annulled_on]
    standing = ranked(found, one.seats)
    return tuple((item, STANDING_LABELS[standing[item.number]]) for item, _ in found)


def _sums(facts: Facts, one: BallotRound) -> tuple[tuple[str, int], ...]:
    if one.unused is None:
        return ()
    ballots, cast = facts.ballots, facts.ballots.cast_in(one)
    printed, void = ballots.slips_of(one.box), ballots.slips_of(one.box, SlipState.VOID)
    handed_out = printed - void - one.unused
    return (
        (N_("印制"), printed),
        (N_("作废"), void),
        (N_("剩余"), one.unused),
        (N_("发出"), handed_out),
        (N_("投出"), cast.all),
        (N_("其中纸票"), cast.on_paper),
        (N_("其中无效的纸票"), cast.invalid),
        (N_("领走没有投"), handed_out - cast.all),
    )


# ---- what is printed


def _pins(db: Session, case_id: int) -> Response[bytes]:
    """Made again each time, for the union's own eyes."""
    meeting, _by, facts = _seen(db, case_id, frozenset({Seat.UNION}))
    if not facts.ballots.pins:
        raise NotFoundException
    made = pin_strips(meeting, pins(db, meeting.hall_token, facts.ballots.pins), now())
    return attachment(made, "application/pdf", "PIN.pdf", inline=True)


def _plain_slips(db: Session, case_id: int, sent: Posted) -> Response[bytes]:
    """The codes go onto the sheet and nowhere else."""
    _seen(db, case_id, frozenset({Seat.UNION}))
    meeting, on = load(db, CASEWORK.person(), case_id, True), today(db)
    count = sent.number("count") or 0
    if not 1 <= count <= MOST_SLIPS:
        raise invalid("count", N_("一次印制1至{most}张。"), most=MOST_SLIPS)
    drawn = {slip_key(code): code for code in (base32(token_bytes(16), CODE) for _ in range(count))}
    codes = {key: drawn[key] for key in sorted(drawn)}
    do(
        db,
        PROCEEDINGS,
        meeting,
        "register_slips",
        {"on": on, "box": Box.PLAIN, "keys": to_base64(b"".join(codes))},
        by=CASEWORK.actor(db, meeting, on),
        today=on,
        at=now(),
    )
    hall = f"{READER.get().settings.address}/v/{meeting.hall_token}"
    return attachment(plain_slips(meeting, codes, hall, now()), "application/pdf", "slips.pdf", inline=False)


# ---- below


def _seen(db: Session, case_id: int, seats: frozenset[Seat]) -> tuple[CongressMeeting, Actor, Facts]:
    """The meeting, this person there and its facts; 404 to all but those whose business it is."""
    meeting = load(db, CASEWORK.person(), case_id, False)
    by = CASEWORK.actor(db, meeting, today(db))
    if not by.seats & seats:
        raise NotFoundException
    return meeting, by, queries.facts(db, meeting, today(db))


routes = (index, show, print_pins, make_plain_slips)
