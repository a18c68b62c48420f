"""Congress meetings: the list, planning one, and the file of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from congress import acts, forms, queries
from congress.ballots.rows import CHOSEN
from congress.documents import CATALOGUE
from congress.facts import Facts
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.presence.quorum import quorum_of
from congress.procedure import CONGRESS
from congress.rolls import queries as rolls
from congress.terms import ItemState, OfficerSeat, TermState
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.downloads import attachment, named
from web.issuing import Desk
from web.pages import congress_choices
from web.pages.congress_file import WANTED, files_of, fitting, stage_of, view
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, at_page, page, redirect
from web.sessions import is_signed_in
from workflow.evidence import Blob
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.words import N_, Sentence, say

AT_ONCE = 30
AT_THE_DOOR = ("open", "resume")
"""Acts that rest on who is present."""

NOUNS = {
    "arrange": "arrangement",
    "add_item": "item",
    "change_item": "text",
    "withdraw_item": "withdrawal",
    "name_officers": "officers",
    "convene": "notice",
    "notify_again": "further-notice",
    "postpone": "postponement",
    "cancel": "cancellation",
    "open": "opening",
    "record_presence": "attendance",
    "adjourn": "adjournment",
    "resume": "resumption",
    "close": "closing",
    "open_ballot": "ballot",
    "close_ballot": "end-of-ballot",
    "enter_count": "count",
    "decide_at_half": "decision-at-half",
    "certify": "certificate",
    "void_item": "voiding",
    "annul": "annulment",
    "begin_keys": "new-keys",
    "post_keys": "key-step",
    "rehearse": "rehearsal",
    "abandon_keys": "abandoned-keys",
    "register_slips": "slip-list",
    "make_pins": "pins",
    "void_slips": "void-slips",
    "exchange_slip": "exchanged-slip",
    "prepare_round": "round",
    "take_round_apart": "round-apart",
    "open_round": "round-opening",
    "close_round": "round-end",
    "post_share": "box-share",
    "count_round": "round-count",
    "enter_paper": "paper-ballot",
    "continue_on_paper": "paper-round",
    "void_round": "void-round",
    "publish": "publication",
    "correct_date": "correction",
    "confirm_joint": "joint-decision",
    "record_delivery": "delivery",
    "undo_delivery": "correction-of-delivery",
    "give_opinion": "opinion",
    "answer_opinion": "answer",
}

# ---- routes


@get("/congress", guards=[is_signed_in])
async def index(number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, at_page(number))


@get("/congress/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, {}, {})


@post("/congress/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, await posted(request))


@get("/congress/{case_id:int}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@get("/congress/{case_id:int}/files/{file_id:int}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


def _index(db: Session, number: int) -> Response[str]:
    person, on = _reader(), today(db)
    found = queries.visible_meetings(db, person, on, limit=AT_ONCE, offset=(number - 1) * AT_ONCE)
    total = queries.count_visible(db, person, on)
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({m.organisation_id for m in found})))}
    agenda: dict[int, int] = {}
    for meeting_id, state in db.exec(select(Item.meeting_id, Item.state).where(col(Item.meeting_id).in_([m.id for m in found]))):
        agenda[meeting_id] = agenda.get(meeting_id, 0) + (state != ItemState.WITHDRAWN)
    return page(
        "pages/congress/index.html",
        meetings=[_line(m, bodies[m.organisation_id], agenda.get(m.id or 0, 0)) for m in found],
        total=total,
        number=number,
        pages=max(1, -(-total // AT_ONCE)),
        stages=len(CONGRESS.stages),
        may_plan=bool(queries.may_convene(db, person, on)),
    )


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    bodies = queries.may_convene(db, _reader(), today(db))
    if not bodies:
        raise NotFoundException
    begun = {"organisation": bodies[0].id, "form": "congress", "mode": "onsite", **_proposed(db, bodies)} | dict(values)
    return page(
        "pages/congress/new.html",
        status=422 if errors else 200,
        form=forms.NewMeeting,
        values=begun,
        errors=errors,
        choices={"organisation": {str(o.id): o.name for o in bodies}},
    )


def _proposed(db: Session, bodies: Sequence[Organisation]) -> dict[str, Any]:
    """Of the only congress that one could plan: the term in office, its roll and the number of the next meeting."""
    serving = [t for t in rolls.terms_of(db, bodies[0].id or 0) if t.state == TermState.SERVING] if len(bodies) == 1 else []
    if len(serving) != 1:
        return {}
    (term,) = serving
    held = [m.number for m in queries.meetings_of(db, term.organisation_id) if (m.form, m.term) == (term.form, term.number)]
    return {"form": term.form, "term": term.number, "number": max(held, default=0) + 1, "roll": len(rolls.roll_on(db, term, today(db)))}


def _create(db: Session, sent: Posted) -> Response[str]:
    try:
        sent.check()
        meeting = acts.plan(db, forms.NewMeeting.read(sent.values), by=_reader(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"/congress/{meeting.id}", say(N_("会议已经立案。接着把要表决的事项加入议程，再发通知。")))


# ---- one meeting


@dataclass(frozen=True)
class Line:
    """A meeting in the list."""

    meeting: CongressMeeting
    body: str
    items: int
    stage: int
    state: str


def _show(db: Session, case_id: int) -> Response[str]:
    meeting, by = _seen(db, case_id)
    return page("pages/congress/meeting.html", **view(db, meeting, by, today(db), CASEWORK.href))


def _seen(db: Session, case_id: int) -> tuple[CongressMeeting, Actor]:
    person = _reader()
    meeting = load(db, person, case_id, False)
    return meeting, queries.actor(db, meeting, person, today(db))


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    meeting, by = _seen(db, case_id)
    file = next((f for f in files_of(db, meeting, by.seats) if f.id == file_id), None)
    if file is None:
        raise NotFoundException
    blob = db.get_one(Blob, file.sha256)
    return attachment(blob.data, blob.media_type, named(file.name, blob), inline=False)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> CongressMeeting:
    """The meeting that this person may see, or 404."""
    meeting = db.get(CongressMeeting, case_id) if 0 < case_id < 2**63 else None
    if meeting is None or not queries.visible_to(db, meeting, person_id, today(db)):
        raise NotFoundException
    return locked(db, CongressMeeting, case_id) if lock else meeting


def choices(db: Session, meeting: CongressMeeting, facts: Facts, act: str, by: Actor) -> dict[str, dict[str, str]]:
    found = congress_choices.choices(db, meeting, facts, act, by, today(db))
    if act in WANTED:
        found["item"] = {str(i.id): f"{i.number}. {i.title}" for i in fitting(facts, act)}
    if act in CHOSEN:
        fit = facts.ballots.in_state(*CHOSEN[act])
        found["round"] = {str(r.id): f"{r.number}. {r.title}" for r in fit}
    if act == "prepare_round":
        free = [i for i in facts.in_state(ItemState.PREPARED) if facts.ballots.round_of(i.ballot_round_id) is None]
        found["items"] = {str(i.id): f"{i.number}. {i.title}" for i in free}
    if act == "begin_keys":
        found["tellers"] = {str(o.id): o.name for o in facts.sitting(OfficerSeat.TELLER) if o.person_id is not None}
    if act == "enter_count":
        mine = [o for o in facts.counters if o.person_id == by.person_id or (by.may_record and o.person_id is None)]
        found["officer"] = {str(o.id): o.name for o in mine}
    return found


def begins(db: Session, meeting: CongressMeeting, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    options = choices(db, meeting, facts, act, by)
    begun: dict[str, Any] = {name: next(iter(values)) for name, values in options.items() if len(values) == 1}
    begun |= congress_choices.begun(act, options)
    begun |= {name: query[name] for name, values in options.items() if query.get(name) in values}
    match act:
        case "arrange":
            begun |= {name: getattr(meeting, name) for name in ("held_on", "held_time", "place", "mode", "roll")}
        case "add_item":
            begun["secret"] = True
        case "open" | "resume" if facts.book is not None:
            begun |= {"roll": "", "present": ""}
        case "open":
            begun["roll"] = len(rolls.roll_of(db, meeting, today(db))) or meeting.roll
        case "resume" | "record_presence":
            begun["present"] = meeting.present
        case "name_officers":
            begun |= _officers(facts) | {"check_in": [{"name": name} for name in queries.check_in_officers(db, meeting)]}
        case "report":
            union = queries.union_behind(db, db.get_one(Organisation, meeting.organisation_id))
            above = db.get(Organisation, union.parent_id) if union is not None and union.parent_id is not None else None
            begun["recipient"] = above.name if above else ""
    return begun


def _beside(db: Session, meeting: CongressMeeting, facts: Facts, act: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Where the presence book is kept, who is present is read from it."""
    if act not in AT_THE_DOOR:
        return {}
    typed = tuple(name for name in ("roll", "present") if name in CONGRESS.acts[act].form.model_fields)
    return {"quorum": quorum_of(facts, today(db)), "fixed": typed} if facts.book is not None else {"quorum": None}


CASEWORK = Casework(
    acts.PROCEEDINGS,
    "/congress",
    NOUNS,
    lambda meeting: meeting.title,
    load,
    choices,
    begins,
    beside=_beside,
    templates=dict.fromkeys(AT_THE_DOOR, "pages/hall/opening.html"),
    places=frozenset({"control"}),
)

DESK = Desk(CASEWORK, CATALOGUE, lambda db, meeting, by, on: queries.documents(db, meeting))

routes = (index, show_new, create, show, show_file, *DESK.routes(), *CASEWORK.routes())


def _line(meeting: CongressMeeting, body: str, items: int) -> Line:
    return Line(meeting, body, items, stage_of(meeting.state), CONGRESS.states[meeting.state])


def _officers(facts: Facts) -> dict[str, Any]:
    def row(officer: MeetingOfficer) -> dict[str, Any]:
        return {"seat": officer.seat, "name": officer.name, "in_system": officer.person_id is not None}

    begun: dict[str, Any] = {"chair_in_system": False, "presidium": facts.meeting.presidium, "officers": [row(o) for o in facts.counters]}
    if facts.chair:
        begun |= {"chair": facts.chair.name, "chair_in_system": facts.chair.person_id is not None}
    return begun


def _reader() -> int:
    person = READER.get().person
    assert person is not None and person.id is not None
    return person.id
