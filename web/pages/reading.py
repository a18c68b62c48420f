"""The papers of a meeting in the hands of its members: reading and confirming them, opinions with their answers, and who still lacks what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress.delegates import queries as delegates
from congress.delegates.models import Opinion
from congress.delegates.queries import Delivery, Paper
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from congress.rolls.models import Constituency, Delegate
from congress.terms import ITEM_LABELS, MATTER_LABELS, MODE_LABELS, ItemState, State
from negotiation import text
from negotiation.models import Negotiation
from web.dispatch import in_read, in_write
from web.pages.congress import CASEWORK
from web.pages.congress_file import Offer
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.documents import catalogue
from workflow.evidence import Evidence
from workflow.law.rules import Citation, Rule
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, say

RECEIVING = (State.CONVENED, State.OPEN, State.ADJOURNED)
"""States in which a member confirms having read the papers."""

# ---- routes


@get("/congress/{case_id:int}/reading", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@post("/congress/{case_id:int}/reading", guards=[is_signed_in], status_code=200)
async def confirm(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_write(_confirm, case_id, await posted(request))


@get("/congress/{case_id:int}/texts/{item_id:int}", guards=[is_signed_in])
async def show_text(case_id: FromPath[int], item_id: FromPath[int]) -> Response[str]:
    return await in_read(_text, case_id, item_id)


@get("/congress/{case_id:int}/deliveries", guards=[is_signed_in])
async def show_deliveries(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_deliveries, case_id)


# ---- reading


@dataclass(frozen=True)
class Said:
    """An opinion as this reader sees it: who said it is for the union, everybody else reads which delegation."""

    opinion: Opinion
    who: str
    is_old: bool
    """It speaks of a text that has been changed since."""
    answered_by: str


@dataclass(frozen=True)
class Lying:
    """A paper before its reader; `received` where the reader is a member who has confirmed it."""

    paper: Paper
    href: str
    received: date | None
    item: Item | None
    label: str
    matter: str
    opinions: tuple[Said, ...]
    may_speak: str
    """Address at which to give an opinion; empty where it is too late or not this reader's."""


def _show(db: Session, case_id: int, missed: bool = False) -> Response[str]:
    meeting, by, facts, on = _opened(db, case_id)
    papers = delegates.papers(db, facts)
    if not papers:
        raise NotFoundException
    seat = delegates.own(db, meeting, by.person_id or 0, on)
    mine = next((d for d in delegates.deliveries(db, meeting, on) if seat and d.delegate.id == seat[0].id), None)
    lying = _lying(db, facts, by, papers, mine, on)
    return page(
        "pages/congress/reading.html",
        status=422 if missed else 200,
        case=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        mode=MODE_LABELS[meeting.mode],
        mode_rules=mode_rules(facts),
        lying=lying,
        mine=mine,
        unread=[one for one in lying if mine and one.received is None],
        may_confirm=mine is not None and meeting.state in RECEIVING,
        missed=missed,
        due=facts.notice_due.date,
        answer=_answer(facts, by, on),
        sees_deliveries=Seat.UNION in by.seats,
    )


def mode_rules(facts: Facts) -> list[Rule]:
    """What the place says of meeting online."""
    found = (facts.rules.find(name, facts.meeting.held_on) for name in ("CONG-MODE", "CONG-ONSITE"))
    return [rule for rule in found if rule is not None]


def _opened(db: Session, case_id: int) -> tuple[CongressMeeting, Actor, Facts, date]:
    on, person = today(db), CASEWORK.person()
    meeting = CASEWORK.load(db, person, case_id, False)
    return meeting, CASEWORK.proceedings.actor(db, meeting, person, on), CASEWORK.proceedings.facts(db, meeting, on), on


def _lying(db: Session, facts: Facts, by: Actor, papers: Sequence[Paper], mine: Delivery | None, on: date) -> list[Lying]:
    items = {i.id: i for i in facts.items}
    names = _names(db, facts)
    speak = CONGRESS.standing("give_opinion", facts.meeting.state, facts, by, on).open
    found = []
    for paper in papers:
        item = items.get(paper.item_id)
        prepared = item is not None and item.state == ItemState.PREPARED
        found.append(
            Lying(
                paper,
                href=_href(db, facts.meeting, item),
                received=mine.received.get(paper.sha256) if mine else None,
                item=item,
                label=ITEM_LABELS[item.state] if item else "",
                matter=MATTER_LABELS[item.matter] if item else "",
                opinions=tuple(_said(o, item, names, by) for o in facts.opinions_on(item)) if item else (),
                may_speak=f"{CASEWORK.href(facts.meeting, 'give_opinion')}?item={item.id}" if item and prepared and speak else "",
            )
        )
    return found


def _href(db: Session, meeting: CongressMeeting, item: Item | None) -> str:
    """Where the paper is read: the notice issued, the file, or the settled draft while it still is what is voted on."""
    if item is None:
        notice = catalogue.latest(db, CONGRESS.name, meeting.id or 0, "notice")
        return f"/documents/{notice.token}" if notice else ""
    if item.subject_kind == "negotiation":
        return f"/congress/{meeting.id}/texts/{item.id}" if _is_unchanged(db, item) else ""
    file = db.exec(
        select(Evidence)
        .where(Evidence.case_kind == CONGRESS.name, Evidence.case_id == meeting.id, Evidence.sha256 == item.text_hash)
        .order_by(col(Evidence.id).desc())
    ).first()
    return f"/congress/{meeting.id}/files/{file.id}" if file else ""


def _is_unchanged(db: Session, item: Item) -> bool:
    return text.stands(db, int(item.subject_id), item.text_hash)


def _names(db: Session, facts: Facts) -> Mapping[tuple[str, int | None], str]:
    """Of the delegations and the members who gave opinions."""
    places = {o.constituency_id for o in facts.opinions}
    people = {o.delegate_id for o in facts.opinions}
    found: dict[tuple[str, int | None], str] = {}
    found |= {("place", c.id): c.name for c in db.exec(select(Constituency).where(col(Constituency.id).in_(places)))}
    return found | {("person", d.id): d.name for d in db.exec(select(Delegate).where(col(Delegate.id).in_(people)))}


def _said(opinion: Opinion, item: Item, names: Mapping[tuple[str, int | None], str], by: Actor) -> Said:
    place = names["place", opinion.constituency_id]
    who = f"{place}　{names['person', opinion.delegate_id]}" if opinion.delegate_id and Seat.UNION in by.seats else place
    return Said(opinion, who, opinion.text_hash != item.text_hash, SEAT_LABELS[Seat(opinion.answered_by)] if opinion.answered_by else "")


def _answer(facts: Facts, by: Actor, on: date) -> Offer | None:
    standing = CONGRESS.standing("answer_opinion", facts.meeting.state, facts, by, on)
    act = standing.act
    return Offer(CASEWORK.href(facts.meeting, act.name), act.label, act.gist, act.main) if standing.open else None


def _confirm(db: Session, case_id: int, sent: Posted) -> Response[str]:
    meeting, by, facts, on = _opened(db, case_id)
    if delegates.own(db, meeting, by.person_id or 0, on) is None or meeting.state not in RECEIVING:
        raise NotFoundException
    chosen = sent.values.get("paper", [])
    count = delegates.confirm(db, facts, by.person_id or 0, chosen if isinstance(chosen, list) else [chosen], on, now())
    if not count:
        return _show(db, case_id, missed=True)
    return redirect(f"/congress/{case_id}/reading", say(N_("已经确认：收到并阅读了{n}份材料。"), n=count))


# ---- the text of a contract draft


def _text(db: Session, case_id: int, item_id: int) -> Response[str]:
    """The settled draft, article by article, for whoever is to vote on it."""
    meeting, _by, facts, _on = _opened(db, case_id)
    item = next((i for i in facts.items if i.id == item_id and i.subject_kind == "negotiation"), None)
    if item is None or meeting.notice_sent_on is None or not _is_unchanged(db, item):
        raise NotFoundException
    number = int(item.subject_id)
    return page(
        "pages/congress/text.html",
        case=meeting,
        item=item,
        number=db.get_one(Negotiation, number).number,
        articles=text.current_text(db, number),
        wages=text.current_wages(db, number),
        term=text.current_term(db, number),
    )


# ---- who has what


@dataclass(frozen=True)
class Member:
    delegate: Delegate
    constituency: str
    received: int
    last: date | None
    on_list: bool
    mark: str
    said: Sentence | str


def _deliveries(db: Session, case_id: int) -> Response[str]:
    """For the union: each member, how many of the papers came, and whether in time."""
    meeting, by, facts, on = _opened(db, case_id)
    papers = delegates.papers(db, facts)
    if Seat.UNION not in by.seats or not papers:
        raise NotFoundException
    due = facts.notice_due.date
    found = delegates.deliveries(db, meeting, on)
    rows = [_member(one, papers, due, on) for one in found]
    standings = {name: CONGRESS.standing(name, meeting.state, facts, by, on) for name in ("record_delivery", "undo_delivery")}
    entered = any(one.on_list for one in found)
    return page(
        "pages/congress/deliveries.html",
        case=meeting,
        papers=[(p, sum(p.sha256 in d.received for d in found)) for p in papers],
        rows=sorted(rows, key=lambda row: (row.mark == "ok", row.mark != "bad")),
        complete=sum(not one.missing(papers) for one in found),
        in_time=sum(one.is_in_time(papers, due) for one in found),
        due=due,
        is_over=on > due,
        rule=_notice_rule(facts),
        can=[
            Offer(CASEWORK.href(meeting, name), s.act.label, s.act.gist, name == "record_delivery")
            for name, s in standings.items()
            if s.open and (name == "record_delivery" or entered)
        ],
    )


def _notice_rule(facts: Facts) -> tuple[Citation, ...]:
    return facts.rules.get("CONG-NOTICE-DAYS", facts.meeting.held_on).citations


def _member(one: Delivery, papers: Sequence[Paper], due: date, on: date) -> Member:
    missing, late = one.missing(papers), one.late(papers, due)
    last = max(one.received.values(), default=None)
    if missing:
        mark, said = "bad" if on > due else "warn", say(N_("还缺{n}份"), n=len(missing))
    elif late:
        mark, said = "bad", say(N_("{n}份迟于规定的日期"), n=len(late))
    else:
        mark, said = "ok", say(N_("按期收到"))
    return Member(one.delegate, one.constituency.name, len(papers) - len(missing), last, bool(one.on_list), mark, said)


routes = (show, confirm, show_text, show_deliveries)
