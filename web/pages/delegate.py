"""The delegates' page apart from voting: agenda, texts and results, the same for everyone who has the link of the hall."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, select

from congress import queries
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.presence import hall
from congress.procedure import CONGRESS
from congress.terms import ITEM_LABELS, ItemState, State
from negotiation import text
from negotiation.procedure import NEGOTIATION
from web.dispatch import in_read
from web.downloads import attachment, named
from web.practice import today
from web.render import page
from workflow.evidence import Blob, Evidence

BEFORE_THE_NOTICE = (State.PLANNED, State.CANCELLED)


@get("/v/{hall_token:str}/texts/{number:int}", opt={"without_reader": True})
async def show_text(hall_token: FromPath[str], number: FromPath[int]) -> Response[Any]:
    return await in_read(_text, hall_token, number)


@dataclass(frozen=True)
class Point:
    """An item of the agenda as everybody reads it."""

    item: Item
    label: str
    href: str


def sections(db: Session, meeting: CongressMeeting) -> dict[str, Any]:
    """For `pages/hall/delegate.html`."""
    facts = queries.facts(db, meeting, today(db))
    return {
        "agenda": [Point(item, ITEM_LABELS[item.state], _href(db, facts, item)) for item in shown(facts)],
        "results": hall.results(facts),
    }


def shown(facts: Facts) -> list[Item]:
    """The agenda once it is notified, a ballot taken anew instead of the void one."""
    if facts.meeting.state in BEFORE_THE_NOTICE:
        return []
    latest = {item.number: item for item in sorted(facts.items, key=lambda i: i.round) if item.state != ItemState.WITHDRAWN}
    return [latest[number] for number in sorted(latest)]


def _href(db: Session, facts: Facts, item: Item) -> str:
    """Empty where the text cannot be read here: the case has it no longer as it was put on the agenda."""
    readable = _file(db, item) is not None or _articles_stand(db, item)
    return f"/v/{facts.meeting.hall_token}/texts/{item.number}" if readable else ""


def _text(db: Session, hall_token: str, number: int) -> Response[Any]:
    meeting = db.exec(select(CongressMeeting).where(CongressMeeting.hall_token == hall_token)).first()
    if meeting is None:
        raise NotFoundException
    item = next((one for one in shown(queries.facts(db, meeting, today(db))) if one.number == number), None)
    file = _file(db, item) if item is not None else None
    if file is not None:
        blob = db.get_one(Blob, file.sha256)
        return attachment(blob.data, blob.media_type, named(file.name, blob), inline=True)
    if item is None or not _articles_stand(db, item):
        raise NotFoundException
    case = int(item.subject_id)
    return page(
        "pages/hall/text.html",
        case=meeting,
        item=item,
        articles=text.current_text(db, case),
        wages=text.current_wages(db, case),
        term=text.current_term(db, case),
    )


def _file(db: Session, item: Item) -> Evidence | None:
    query = select(Evidence).where(
        Evidence.case_kind == CONGRESS.name, Evidence.case_id == item.meeting_id, Evidence.sha256 == item.text_hash
    )
    return db.exec(query).first()


def _articles_stand(db: Session, item: Item) -> bool:
    """The draft of a negotiation reads as it did when it was put on the agenda."""
    return item.subject_kind == NEGOTIATION.name and text.stands(db, int(item.subject_id), item.text_hash)


routes = (show_text,)
