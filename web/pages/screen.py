"""The hall of a meeting from the front: the control desk of those who conduct it, and the screen that everybody reads."""

import hashlib
from dataclasses import replace
from datetime import date

import segno
from litestar import MediaType, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from markupsafe import Markup
from sqlmodel import Session

from congress import queries
from congress.ballots.terms import ROUND_LABELS
from congress.facts import Facts
from congress.models import CongressMeeting
from congress.presence import hall
from congress.presence.book import day_of
from congress.presence.quorum import quorum_of
from congress.presence.terms import SCREEN_LABELS, Screen
from congress.terms import ITEM_LABELS
from web.dispatch import in_read, in_write
from web.pages.congress import CASEWORK, load
from web.pages.congress_file import Offer, view
from web.posted import Posted, posted
from web.practice import SHANGHAI, now, today
from web.render import READER, AnyRequest, page, redirect, render
from web.sessions import is_signed_in
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_, Word, say

CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR})


# ---- routes


@get("/congress/{case_id:int}/projector", guards=[is_signed_in])
async def show_projector(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_projector, case_id)


@get("/congress/{case_id:int}/projector/now", guards=[is_signed_in])
async def show_now(case_id: FromPath[int], seen: FromQuery[str] = "") -> Response[str]:
    return await in_read(_now, case_id, seen)


@get("/congress/{case_id:int}/control", guards=[is_signed_in])
async def show_control(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_control, case_id)


@get("/congress/{case_id:int}/control/count", guards=[is_signed_in])
async def show_control_count(case_id: FromPath[int], seen: FromQuery[str] = "") -> Response[str]:
    return await in_read(_control_count, case_id, seen)


@post("/congress/{case_id:int}/control", guards=[is_signed_in], status_code=200)
async def choose_screen(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_choose, case_id, await posted(request))


# ---- the screen


def _projector(db: Session, case_id: int) -> Response[str]:
    meeting, _by = _seen(db, case_id)
    body = db.get_one(Organisation, meeting.organisation_id)
    return page("pages/hall/projector.html", case=meeting, body=body, shown=_screen(db, meeting)[1])


def _now(db: Session, case_id: int, seen: str) -> Response[str]:
    """What the screen is to show; 204 where it does already."""
    meeting, _by = _seen(db, case_id)
    return _unless_seen(_screen(db, meeting), seen)


def _screen(db: Session, meeting: CongressMeeting) -> tuple[str, Markup]:
    facts, on = _facts(db, meeting)
    shown = render(
        "pages/hall/screen.html",
        case=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        at=now().astimezone(SHANGHAI),
        on=on,
        screen=hall.screen_of(db, meeting),
        quorum=quorum_of(facts, on),
        voting=hall.voting(db, facts),
        labels=ROUND_LABELS | ITEM_LABELS,
        results=hall.results(facts),
        address=_address(meeting),
        picture=_picture(_address(meeting)),
    )
    return _marked(shown)


def _address(meeting: CongressMeeting) -> str:
    return f"{READER.get().settings.address}/v/{meeting.hall_token}"


def _picture(address: str) -> Markup:
    """A code for the telephone; empty where the installation does not know its own address."""
    if not READER.get().settings.address:
        return Markup("")
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704


# ---- the control desk


def _control(db: Session, case_id: int) -> Response[str]:
    meeting, by = _conducting(db, case_id)
    shown = view(db, meeting, by, today(db), CASEWORK.href)
    return page(
        "pages/hall/control.html",
        **{**shown, "can": [_returning(offer) for offer in shown["can"]]},
        screen=hall.screen_of(db, meeting),
        screens=SCREEN_LABELS,
        count=_count(db, meeting)[1],
        has_rounds=bool(queries.facts(db, meeting, today(db)).ballots.rounds),
    )


def _returning(offer: Offer) -> Offer:
    """Done, the act leads back here."""
    return replace(offer, href=f"{offer.href}{'&' if '?' in offer.href else '?'}back=control")


def _control_count(db: Session, case_id: int, seen: str) -> Response[str]:
    meeting, _by = _conducting(db, case_id)
    return _unless_seen(_count(db, meeting), seen)


def _count(db: Session, meeting: CongressMeeting) -> tuple[str, Markup]:
    facts, on = _facts(db, meeting)
    shown = render(
        "pages/hall/control_count.html",
        case=meeting,
        by_book=facts.book is not None,
        quorum=quorum_of(facts, on),
        voting=hall.voting(db, facts),
    )
    return _marked(shown)


def _choose(db: Session, case_id: int, sent: Posted) -> Response[str]:
    meeting, _by = _conducting(db, case_id)
    screen = sent.text("screen")
    if screen not in set(Screen):
        raise NotFoundException
    hall.show(db, meeting, Screen(screen))
    return redirect(f"/congress/{meeting.id}/control", say(N_("大屏幕现在显示“{screen}”。"), screen=Word(SCREEN_LABELS[screen])))


def _facts(db: Session, meeting: CongressMeeting) -> tuple[Facts, date]:
    on = day_of(meeting, today(db))
    return queries.facts(db, meeting, on), on


def _marked(shown: str) -> tuple[str, Markup]:
    """A fragment with its fingerprint in it, which comes back with the next question."""
    mark = hashlib.sha256(shown.encode()).hexdigest()[:16]
    return mark, Markup(shown) + Markup('<input type="hidden" name="seen" value="{}">').format(mark)  # noqa: S704


def _unless_seen(fragment: tuple[str, Markup], seen: str) -> Response[str]:
    mark, shown = fragment
    return Response("", status_code=204) if mark == seen else Response(str(shown), media_type=MediaType.HTML)


def _seen(db: Session, case_id: int) -> tuple[CongressMeeting, Actor]:
    """For those who conduct the meeting: the code of the hall is read in the hall only."""
    person = CASEWORK.person()
    meeting = load(db, person, case_id, False)
    by = queries.actor(db, meeting, person, today(db))
    if not queries.sees_presence(by.seats):
        raise NotFoundException
    return meeting, by


def _conducting(db: Session, case_id: int) -> tuple[CongressMeeting, Actor]:
    meeting, by = _seen(db, case_id)
    if not by.seats & CONDUCT:
        raise NotFoundException
    return meeting, by


routes = (show_projector, show_now, show_control, show_control_count, choose_screen)
