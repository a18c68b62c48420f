"""Setting the date that the program takes for today. The address exists in practice mode only."""

import asyncio
import logging
from datetime import date

from litestar import Response, post
from litestar.exceptions import NotFoundException
from sqlmodel import Session

from web.dispatch import HOUSE, in_write
from web.house import come_to
from web.pages.static import local_address
from web.posted import Posted, posted
from web.practice import now, set_today, today
from web.render import READER, AnyRequest, redirect
from web.sessions import is_signed_in
from workflow.words import N_, say

log = logging.getLogger("heyi")


@post("/practice-date", guards=[is_signed_in])
async def set_date(request: AnyRequest) -> Response[str]:
    if not READER.get().settings.practice:
        raise NotFoundException
    reply = await in_write(_set, await posted(request))
    await asyncio.to_thread(_let_it_come)
    return reply


def _let_it_come() -> None:
    """What the day brings by itself is there when the page comes, without waiting for the hour."""
    house = HOUSE.get()
    try:
        come_to(house, house.read(today), now())
    except ExceptionGroup:
        log.exception("not everything that the day brings could be done")


def _set(db: Session, sent: Posted) -> Response[str]:
    back, person = local_address(sent.text("back")), READER.get().person
    assert person is not None
    if sent.text("real"):
        set_today(db, None, by=person.id)
        return redirect(back, say(N_("已经改回真实日期。")))
    try:
        day = date.fromisoformat(sent.text("day"))
    except ValueError:
        return redirect(back, say(N_("日期要写成2026-03-04这样，没有改动。")))
    set_today(db, day, by=person.id)
    return redirect(back, say(N_("现在把{day}当作今天。"), day=day))


routes = (set_date,)
