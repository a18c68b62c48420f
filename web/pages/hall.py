"""The hall of a meeting: the check-in desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from congress import queries
from congress.facts import Facts
from congress.models import CongressMeeting
from congress.presence import book, members, search
from congress.presence.book import AlreadyWritten, Book, Whom
from congress.presence.members import Member
from congress.presence.models import PresenceEntry
from congress.presence.quorum import quorum_of
from congress.presence.terms import MOVE_LABELS, Move
from web.dispatch import in_read, in_write
from web.pages.congress import load
from web.posted import Posted, posted
from web.practice import SHANGHAI, now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.people import Person
from workflow.procedure import Reason, Refused
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

KEEPERS = frozenset({Seat.UNION, Seat.CHECK_IN_OFFICER})
"""Who writes in the book."""
LATEST = 8


@dataclass(frozen=True)
class Stand:
    """A person at the desk: what the book says of them today."""

    member: Member
    line: PresenceEntry | None
    label: str
    mark: str
    here: bool
    clock: str


@dataclass(frozen=True)
class Place:
    """A constituency with how many of it are present."""

    id: int
    name: str
    present: int
    size: int


@dataclass(frozen=True)
class Written:
    """A line of the book as it is read."""

    entry: PresenceEntry
    name: str
    label: str
    officer: str
    clock: str


@dataclass(frozen=True)
class Desk:
    """The book of one meeting on the day in hand, with everybody who may come."""

    meeting: CongressMeeting
    facts: Facts
    on: date
    members: Sequence[Member]
    attendees: Sequence[Member]
    may_write: bool

    @property
    def book(self) -> Book:
        assert self.facts.book is not None
        return self.facts.book

    @property
    def everybody(self) -> list[Member]:
        return [*self.members, *self.attendees]

    def member(self, whom: Whom) -> Member:
        found = next((one for one in self.everybody if one.whom == whom), None)
        if found is None:
            raise NotFoundException
        return found

    def of(self, constituency_id: int) -> list[Member]:
        found = [one for one in self.members if one.constituency_id == constituency_id]
        if not found:
            raise NotFoundException
        return found


# ---- routes


@get("/congress/{case_id:int}/desk", guards=[is_signed_in])
async def show_desk(case_id: FromPath[int], q: FromQuery[str] = "", place: FromQuery[int] = 0) -> Response[str]:
    return await in_read(_desk_page, case_id, q.replace("\x00", "").strip()[:60], place)


@get("/congress/{case_id:int}/desk/count", guards=[is_signed_in])
async def show_count(case_id: FromPath[int], seq: FromQuery[int] = -1) -> Response[str]:
    return await in_read(_count, case_id, seq)


@post("/congress/{case_id:int}/desk", guards=[is_signed_in], status_code=200)
async def scan(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_scan, case_id, await posted(request))


@post("/congress/{case_id:int}/desk/arrivals", guards=[is_signed_in], status_code=200)
async def arrive(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_write, case_id, None, await posted(request))


@post("/congress/{case_id:int}/desk/departures", guards=[is_signed_in], status_code=200)
async def leave(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_write, case_id, Move.LEAVE, await posted(request))


@post("/congress/{case_id:int}/desk/corrections", guards=[is_signed_in], status_code=200)
async def undo(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_write, case_id, Move.UNDO, await posted(request))


@get("/congress/{case_id:int}/desk/places/{place:int}", guards=[is_signed_in])
async def show_place(case_id: FromPath[int], place: FromPath[int]) -> Response[str]:
    return await in_read(_place_page, case_id, place)


@post("/congress/{case_id:int}/desk/places/{place:int}", guards=[is_signed_in], status_code=200)
async def check_in_place(request: AnyRequest, case_id: FromPath[int], place: FromPath[int]) -> Response[str]:
    return await in_write(_check_in_place, case_id, place, await posted(request))


@get("/congress/{case_id:int}/presence", guards=[is_signed_in])
async def show_book(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_book_page, case_id)


# ---- the desk


def opened_desk(db: Session, case_id: int) -> Desk:
    """For whoever may know who is present, at a meeting with a roll; otherwise 404."""
    person = _reader()
    meeting = load(db, person, case_id, False)
    seats = queries.seats_of(db, meeting, person, today(db))
    on = book.day_of(meeting, today(db))
    facts = queries.facts(db, meeting, on)
    if not queries.sees_presence(seats) or facts.book is None:
        raise NotFoundException
    runs = meeting.state in queries.RUNNING and on <= today(db)
    return Desk(meeting, facts, on, members.members(db, meeting, on), members.attendees(db, meeting, on), runs and bool(seats & KEEPERS))


def _desk_page(db: Session, case_id: int, typed: str, place: int) -> Response[str]:
    desk = opened_desk(db, case_id)
    shown = search.found(desk.everybody, typed) if typed else desk.of(place) if place else []
    return page(
        "pages/hall/desk.html",
        case=desk.meeting,
        desk=desk,
        typed=typed,
        place=next((one.constituency for one in shown), "") if place else "",
        found=[_stand(desk, one) for one in shown],
        **_live(db, desk),
    )


def _count(db: Session, case_id: int, seq: int) -> Response[str]:
    """What changes by itself at a desk; 204 where nothing has."""
    desk = opened_desk(db, case_id)
    if desk.book.seq == seq:
        return Response("", status_code=204)
    return page("pages/hall/count.html", case=desk.meeting, desk=desk, **_live(db, desk))


def _live(db: Session, desk: Desk) -> dict[str, Any]:
    return {
        "quorum": quorum_of(desk.facts, desk.on),
        "places": _places(desk),
        "guests": [_stand(desk, one) for one in desk.attendees],
        "latest": _written(db, desk)[:LATEST],
    }


def _places(desk: Desk) -> list[Place]:
    found: dict[int, list[Member]] = {}
    for one in desk.members:
        found.setdefault(one.constituency_id or 0, []).append(one)
    return [Place(id, of[0].constituency, sum(desk.book.is_here(m.whom) for m in of), len(of)) for id, of in found.items()]


def _stand(desk: Desk, member: Member) -> Stand:
    line = desk.book.line_of(member.whom)
    here = desk.book.is_here(member.whom)
    return Stand(
        member,
        line,
        MOVE_LABELS[line.move] if line else N_("未到"),
        "ok" if here else "warn" if line else "",
        here,
        clock(line) if line else "",
    )


def _written(db: Session, desk: Desk) -> list[Written]:
    """The lines of the day, newest first."""
    names = {one.whom: one.name for one in desk.everybody}
    entries = book.lines(db, desk.meeting.id or 0, desk.on)
    officers = {p.id: p.name for p in db.exec(select(Person).where(col(Person.id).in_({e.entered_by for e in entries})))}
    return [
        Written(e, names.get(Whom(e.delegate_id, e.attendee_id), ""), MOVE_LABELS[e.move], officers[e.entered_by], clock(e))
        for e in reversed(entries)
    ]


# ---- writing


def _scan(db: Session, case_id: int, sent: Posted) -> Response[str]:
    """A staff number in full checks its holder in; anything else is a search."""
    desk = opened_desk(db, case_id)
    typed = sent.text("q").replace("\x00", "").strip()[:60]
    member = search.by_code(desk.everybody, typed)
    if member is None or not desk.may_write:
        return redirect(f"{_address(desk)}?q={typed}" if typed else _address(desk))
    return _done(db, desk, book.arrival(desk.meeting), [member], _address(desk))


def _write(db: Session, case_id: int, move: Move | None, sent: Posted) -> Response[str]:
    """`move` is none for an arrival: whether it is a late one the meeting tells."""
    desk = opened_desk(db, case_id)
    whom = Whom(delegate_id=sent.number("delegate"), attendee_id=sent.number("attendee"))
    typed = sent.text("q")
    return _done(
        db, desk, move or book.arrival(desk.meeting), [desk.member(whom)], f"{_address(desk)}?q={typed}" if typed else _address(desk)
    )


def _place_page(db: Session, case_id: int, place: int) -> Response[str]:
    desk = opened_desk(db, case_id)
    of = desk.of(place)
    return page(
        "pages/hall/place.html",
        case=desk.meeting,
        desk=desk,
        place=of[0],
        absent=[one for one in of if not desk.book.is_here(one.whom)],
        here=[one for one in of if desk.book.is_here(one.whom)],
    )


def _check_in_place(db: Session, case_id: int, place: int, sent: Posted) -> Response[str]:
    desk = opened_desk(db, case_id)
    ticked = sent.values.get("delegate", [])
    chosen = set(ticked if isinstance(ticked, list) else [ticked])
    absent = [one for one in desk.of(place) if str(one.whom.delegate_id) in chosen]
    if not absent:
        return redirect(f"{_address(desk)}/places/{place}", say(N_("没有勾选任何人，签到簿没有变化。")))
    return _done(db, desk, book.arrival(desk.meeting), absent, _address(desk))


def _done(db: Session, desk: Desk, move: Move, whom: Sequence[Member], back: str) -> Response[str]:
    _insist(desk)
    try:
        written = book.write(db, desk.meeting, move, [one.whom for one in whom], by=_reader(), on=desk.on, at=now())
    except AlreadyWritten as error:
        return redirect(back, _already(db, desk, error))
    name = whom[0].name if len(whom) == 1 else say(N_("{place}{count}人"), place=whom[0].constituency, count=len(written))
    return redirect(back, say(N_("{name}：{move}。"), name=name, move=say(MOVE_LABELS[move])))


def _insist(desk: Desk) -> None:
    """Raises `Refused` for whoever only reads the book, and before or after the meeting."""
    if not desk.may_write:
        said = say(N_("签到在会议通知以后、闭会以前，由工会和签到员在开会当天登记。"))
        raise Refused("check_in", N_("签到"), [Reason(said, who=KEEPERS, citations=desk.facts.quorum_rule(desk.on).citations)])


def _already(db: Session, desk: Desk, error: AlreadyWritten) -> Sentence:
    member = desk.member(error.whom)
    if error.entry is None:
        return say(N_("{name}今天没有登记过。"), name=member.name)
    officer = db.get_one(Person, error.entry.entered_by)
    return book.told(error.entry, member.name, officer.name, clock(error.entry))


def clock(entry: PresenceEntry) -> str:
    """The time of the day: 09:05."""
    return f"{entry.entered_at.astimezone(SHANGHAI):%H:%M}"


def _address(desk: Desk) -> str:
    return f"/congress/{desk.meeting.id}/desk"


# ---- the book


def _book_page(db: Session, case_id: int) -> Response[str]:
    desk = opened_desk(db, case_id)
    return page(
        "pages/hall/book.html",
        case=desk.meeting,
        desk=desk,
        quorum=quorum_of(desk.facts, desk.on),
        stands=[_stand(desk, one) for one in desk.everybody],
        written=_written(db, desk),
    )


def _reader() -> int:
    person = READER.get().person
    assert person is not None and person.id is not None
    return person.id


routes = (show_desk, show_count, scan, arrive, leave, undo, show_place, check_in_place, show_book)
