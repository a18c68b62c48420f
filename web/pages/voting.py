"""What is public in the hall: the delegates' page, the same for everyone, and the way of a ballot into its box.

These routes stand outside sessions and cookies, and nothing is logged of who asks. Every answer to a ballot has the same length.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Coroutine, Mapping
from typing import Any, TypeVar

from litestar import MediaType, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress.ballots import boards, casting
from congress.ballots.box import CHOICES, REFUSALS, NotTaken, Refusal
from congress.ballots.casting import WrongPin
from congress.ballots.e2e.board import Receipt
from congress.ballots.e2e.encoding import Rejected, read_base64, to_base64
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound
from congress.ballots.queries import progress, results, round_shown
from congress.ballots.terms import Box
from congress.models import CongressMeeting, Item
from web.dispatch import in_read, in_write
from web.pages.delegate import sections
from web.render import AnyRequest, page, script_digest, word
from workflow.organisations import Organisation

T = TypeVar("T")

log = logging.getLogger(__name__)

OPEN_TO_ALL = {"without_reader": True}
LENGTH = 1024
"""Bytes of every answer to a ballot."""
LONGEST = 1_000_000
"""Bytes of a ballot with what comes with it: more than five hundred items make."""
LONGEST_NUMBER = 20
"""Characters of what is typed as PIN or hall code."""


@get("/v/{hall:str}", opt=OPEN_TO_ALL)
async def show(hall: FromPath[str]) -> Response[str]:
    return await in_read(_page, hall)


@get("/v/{hall:str}/now", opt=OPEN_TO_ALL)
async def now_in_the_hall(hall: FromPath[str]) -> Response[dict[str, Any]]:
    return await in_read(_now, hall)


@get("/v/{hall:str}/rounds/{number:int}/election", opt=OPEN_TO_ALL)
async def election(hall: FromPath[str], number: FromPath[int]) -> Response[dict[str, Any]]:
    return await in_read(_election, hall, number)


@get("/v/{hall:str}/rounds/{number:int}/board", opt=OPEN_TO_ALL)
async def board(hall: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    return await in_read(_board, hall, number)


@post("/v/{hall:str}/rounds/{number:int}/ballots", opt=OPEN_TO_ALL, status_code=200)
async def cast(request: AnyRequest, hall: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    return await _answered(_cast(request, hall, number))


@post("/v/{hall:str}/rounds/{number:int}/spoils", opt=OPEN_TO_ALL, status_code=200)
async def spoil(request: AnyRequest, hall: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    return await _answered(_spoil(request, hall, number))


def _page(db: Session, hall: str) -> Response[str]:
    meeting = _meeting(db, hall)
    return page("pages/ballots/vote.html", meeting=meeting, body=db.get_one(Organisation, meeting.organisation_id), **sections(db, meeting))


def _now(db: Session, hall: str) -> Response[dict[str, Any]]:
    meeting = _meeting(db, hall)
    one = round_shown(db, meeting)
    content = {
        "meeting": {"title": meeting.title, "state": meeting.state},
        "round": _told(db, one) if one is not None else None,
        "results": [
            {
                "number": item.number,
                "title": item.title,
                "passed": result.passed,
                "votes": [result.in_favour, result.against, result.abstained],
                "needed": result.needed,
                "roll": result.roll,
                "sum": word(result.arithmetic()),
            }
            for item, result in results(db, meeting)
        ],
    }
    return Response(content, headers={"Cache-Control": "public, max-age=1"})


def _told(db: Session, one: BallotRound) -> dict[str, Any]:
    items = db.exec(select(Item).where(Item.ballot_round_id == one.id).order_by(col(Item.number))).all()
    return {
        "number": one.number,
        "state": one.state,
        "box": one.box,
        "title": one.title,
        "revote": one.revote,
        "seats": one.seats,
        "items": [{"number": i.number, "title": i.title, "choices": CHOICES} for i in items],
        "cast": progress(db, one),
        "cap": one.present,
    }


def _election(db: Session, hall: str, number: int) -> Response[dict[str, Any]]:
    """`reveals` are what the tellers showed in their ceremony, for its manifest `ceremony`: a device adds them up to the key instead of
    believing it, and takes the key under which receipts are signed from what they vouch for."""
    one = _sealed_round(db, hall, number)
    found = EncryptedBox(db, one).election
    content = {
        "manifest": to_base64(found.manifest),
        "key": to_base64(found.key),
        "credentials": [to_base64(credential) for credential in found.credentials],
        "ceremony": to_base64(boards.ceremony_manifest(db, one)),
        "reveals": [to_base64(reveal) for reveal in boards.reveals_of(db, one)],
        "fingerprint": found.fingerprint,
        "script": script_digest("vote.js"),
    }
    return Response(content, headers={"Cache-Control": "public, max-age=60"})


def _board(db: Session, hall: str, number: int) -> Response[bytes]:
    content = boards.exported(db, _sealed_round(db, hall, number))
    return Response(content, media_type=MediaType.TEXT, headers={"Cache-Control": "public, max-age=1"})


async def _cast(request: AnyRequest, hall: str, number: int) -> Receipt | None:
    sent = await _sent(request)
    data = _payload(sent.get("ballot")) if "ballot" in sent else json.dumps(dict(sent)).encode()
    permitted = await _counting_wrong_pins(in_read(casting.admit, hall, number, data, _text(sent, "pin"), _text(sent, "code")))
    await asyncio.to_thread(permitted.vote.check)
    return await _counting_wrong_pins(in_write(casting.cast, permitted))


async def _spoil(request: AnyRequest, hall: str, number: int) -> Receipt | None:
    sent = await _sent(request)
    data = _payload(sent.get("spoil"))
    return await _counting_wrong_pins(in_write(casting.spoil, hall, number, data, _text(sent, "pin"), _text(sent, "code")))


async def _counting_wrong_pins(work: Awaitable[T]) -> T:
    """In a transaction of its own, whatever becomes of the rest."""
    try:
        return await work
    except WrongPin as error:
        await in_write(casting.count_wrong_pin, error.slip)
        raise


async def _answered(work: Coroutine[Any, Any, Receipt | None]) -> Response[bytes]:
    try:
        receipt = await work
    except NotTaken as error:
        return _padded({"ok": False, "refused": error.why, "why": word(REFUSALS[error.why]), "receipt": None})
    except Exception as error:  # whatever it says might name a slip: only its kind is logged
        log.error("a ballot could not be taken: %s", type(error).__name__)
        return _padded({"ok": False, "refused": Refusal.BALLOT, "why": word(REFUSALS[Refusal.BALLOT]), "receipt": None})
    return _padded({"ok": True, "refused": None, "why": None, "receipt": _receipt(receipt) if receipt else None})


def _receipt(receipt: Receipt) -> dict[str, Any]:
    head, signature = to_base64(receipt.head), to_base64(receipt.signature)
    return {"tracker": receipt.tracker, "seq": receipt.seq, "head": head, "signature": signature}


def _padded(content: Mapping[str, Any]) -> Response[bytes]:
    """Whoever sees how long answers are learns nothing from it."""
    return Response(json.dumps(content).encode().ljust(LENGTH), media_type=MediaType.JSON, headers={"Cache-Control": "no-store"})


async def _sent(request: AnyRequest) -> Mapping[str, Any]:
    body = await request.body()
    try:
        sent = json.loads(body) if len(body) <= LONGEST else None
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise NotTaken(Refusal.BALLOT)
    return sent


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value.strip()[:LONGEST_NUMBER] if isinstance(value, str) else ""


def _payload(value: object) -> bytes:
    try:
        return read_base64(value if isinstance(value, str) else "")
    except Rejected as error:
        raise NotTaken(Refusal.BALLOT) from error


def _meeting(db: Session, hall: str) -> CongressMeeting:
    meeting = casting.meeting_at(db, hall)
    if meeting is None:
        raise NotFoundException
    return meeting


def _sealed_round(db: Session, hall: str, number: int) -> BallotRound:
    """A round of box e2e that has a board."""
    one = casting.round_at(db, _meeting(db, hall), number)
    if one is None or one.box != Box.E2E or one.manifest is None:
        raise NotFoundException
    return one


routes = (show, now_in_the_hall, election, board, cast, spoil)
