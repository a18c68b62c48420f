"""Congress meetings: the list, planning one, and the file of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from congress import acts, forms, queries
from congress.arithmetic import Outcome, requirement_in_words
from congress.facts import Facts
from congress.models import CongressMeeting, Item, MeetingOfficer, PaperCount, Result
from congress.procedure import CONGRESS
from congress.telling import more, tell
from congress.terms import (
    CHANNEL_LABELS,
    FORM_LABELS,
    ITEM_LABELS,
    MATTER_LABELS,
    MODE_LABELS,
    OFFICER_LABELS,
    UNDER_WAY,
    ItemState,
    State,
)
from negotiation import queries as negotiations
from negotiation.models import Negotiation
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, left, page, redirect, translate, urgency
from web.sessions import is_signed_in
from workflow import deadlines, journal
from workflow.deadlines import STATUS_LABELS, Deadline, Status
from workflow.documents.issue import Document
from workflow.forms import Invalid
from workflow.law.rules import Citation
from workflow.organisations import Organisation
from workflow.procedure import Actor, Reason, Standing
from workflow.proceedings import locked
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say

AT_ONCE = 30

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
    "publish": "publication",
    "correct_date": "correction",
}

WANTED = {
    "change_item": (ItemState.PREPARED,),
    "withdraw_item": (ItemState.PREPARED,),
    "open_ballot": (ItemState.PREPARED,),
    "close_ballot": (ItemState.OPEN,),
    "enter_count": (ItemState.CLOSED,),
    "decide_at_half": (ItemState.COUNTED,),
    "certify": (ItemState.COUNTED,),
    "void_item": UNDER_WAY,
    "annul": (ItemState.CERTIFIED,),
}
"""Acts about one item → states in which an item may be chosen."""

COMING = {
    "open_ballot": (ItemState.PREPARED,),
    "close_ballot": (ItemState.PREPARED, ItemState.OPEN),
    "enter_count": (ItemState.PREPARED, ItemState.OPEN, ItemState.CLOSED),
    "certify": (ItemState.PREPARED, *UNDER_WAY),
}
"""Acts about one item → states from which it still has to come."""

FIGURES: tuple[tuple[str, str], ...] = (
    ("issued", N_("发出")),
    ("returned", N_("收回")),
    ("valid", N_("有效")),
    ("invalid", N_("无效")),
    ("in_favour", N_("赞成")),
    ("against", N_("反对")),
    ("abstained", N_("弃权")),
)


# ---- routes


@get("/congress", guards=[is_signed_in])
async def index(number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, max(1, number))


@get("/congress/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, {}, {})


@post("/congress/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, await posted(request))


@get("/congress/{case_id:int}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


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
    begun = {"organisation": bodies[0].id, "form": "congress", "mode": "onsite"} | dict(values)
    return page(
        "pages/congress/new.html",
        status=422 if errors else 200,
        form=forms.NewMeeting,
        values=begun,
        errors=errors,
        choices={"organisation": {str(o.id): o.name for o in bodies}},
    )


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


@dataclass(frozen=True)
class Stage:
    label: str
    mark: str
    note: Sentence | str


@dataclass(frozen=True)
class Offer:
    href: str
    label: str
    gist: str


@dataclass(frozen=True)
class Closed:
    label: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Sheets:
    """The two sheets of one counting: what each says, figure by figure, and in which figures they differ."""

    counting: int
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    agree: bool


@dataclass(frozen=True)
class ItemView:
    item: Item
    label: str
    mark: str
    matter: str
    takes: Sentence
    quorum: Sentence
    notified: Sentence
    href: str
    sheets: tuple[Sheets, ...]
    waiting: Sentence | None
    """Who has handed in a sheet, where the other is still to come: no figures, so that the second is not led by the first."""
    result: Result | None
    decision: Sentence | None
    reason: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Period:
    label: str
    span: Sentence | str
    status: Sentence | str
    derivation: Sentence | str
    citations: tuple[Citation, ...]
    mark: str
    tag: str


@dataclass(frozen=True)
class Told:
    """An entry of the journal."""

    on: date
    who: str
    what: Sentence
    more: Sentence | None
    seq: int


@dataclass(frozen=True)
class Paper:
    title: str
    href: str
    format: str
    on: date
    status: str


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = _reader(), today(db)
    meeting = load(db, person, case_id, False)
    by = queries.actor(db, meeting, person, on)
    facts = queries.facts(db, meeting, on)
    entries = journal.entries(db, CONGRESS.name, case_id)
    standings = CONGRESS.explain(meeting.state, facts, by, on)
    return page(
        "pages/congress/meeting.html",
        case=meeting,
        body=db.get_one(Organisation, meeting.organisation_id),
        form=FORM_LABELS[meeting.form],
        mode=MODE_LABELS[meeting.mode],
        channel=CHANNEL_LABELS.get(meeting.published_by, ""),
        stages=_stages(meeting, entries),
        can=_can(meeting, facts, standings),
        cannot=_cannot(meeting, facts, standings),
        items=[_item_view(db, facts, item, by, on) for item in _shown(facts)],
        quorum=say(N_("应到人数的{share}以上，须到{quorum}人"), share=facts.quorum_share(on), quorum=facts.quorum_needed(on)),
        officers=[(OFFICER_LABELS[o.seat], o.name, o.person_id is not None) for o in facts.officers if o.current],
        periods=_periods(db, meeting, facts),
        papers=_papers(db, meeting),
        entries=[Told(e.done_on, SEAT_LABELS[Seat(e.seat)], tell(e, facts.items), more(e), e.seq) for e in reversed(entries)],
    )


def load(db: Session, person_id: int, case_id: int, lock: bool) -> CongressMeeting:
    """The meeting that this person may see, or 404."""
    meeting = db.get(CongressMeeting, case_id) if 0 < case_id < 2**63 else None
    if meeting is None or not queries.visible_to(db, meeting, person_id, today(db)):
        raise NotFoundException
    return locked(db, CongressMeeting, case_id) if lock else meeting


def choices(db: Session, meeting: CongressMeeting, facts: Facts, act: str, by: Actor) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    if act in WANTED:
        found["item"] = {str(i.id): f"{i.number}. {i.title}" for i in _fitting(facts, act)}
    if act == "enter_count":
        mine = [o for o in facts.counters if o.person_id == by.person_id or (by.may_record and o.person_id is None)]
        found["officer"] = {str(o.id): o.name for o in mine}
    return found


def begins(db: Session, meeting: CongressMeeting, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    options = choices(db, meeting, facts, act, by)
    begun: dict[str, Any] = {name: next(iter(values)) for name, values in options.items() if len(values) == 1}
    begun |= {name: query[name] for name, values in options.items() if query.get(name) in values}
    match act:
        case "arrange":
            begun |= {name: getattr(meeting, name) for name in ("held_on", "held_time", "place", "mode", "roll")}
        case "add_item":
            begun["secret"] = True
        case "open":
            begun["roll"] = meeting.roll
        case "resume" | "record_presence":
            begun["present"] = meeting.present
        case "name_officers":
            begun |= _officers(facts)
        case "report":
            union = queries.union_behind(db, db.get_one(Organisation, meeting.organisation_id))
            above = db.get(Organisation, union.parent_id) if union is not None and union.parent_id is not None else None
            begun["recipient"] = above.name if above else ""
    return begun


CASEWORK = Casework(acts.PROCEEDINGS, "/congress", NOUNS, lambda meeting: meeting.title, load, choices, begins)

routes = (index, show_new, create, show, *CASEWORK.routes())


# ---- what may be done


def _can(meeting: CongressMeeting, facts: Facts, standings: Sequence[Standing[Facts]]) -> list[Offer]:
    """Main acts first. An act about the only item that it fits leads straight to it."""
    fitting = [s for s in standings if s.open and (s.act.name not in WANTED or _fitting(facts, s.act.name))]
    found = sorted(fitting, key=lambda s: not s.act.main)
    return [Offer(_address(meeting, facts, s.act.name), s.act.label, s.act.gist) for s in found]


def _cannot(meeting: CongressMeeting, facts: Facts, standings: Sequence[Standing[Facts]]) -> list[Closed]:
    """What comes next and is not open yet: the main acts of this state and of those that follow it."""
    following = {row.to for row in CONGRESS.rows if row.main and meeting.state in row.source} | {meeting.state}
    found = []
    for standing in standings:
        name = standing.act.name
        if standing.open or not CONGRESS.sources(name) & following:
            continue
        if name == "decide_at_half":
            if any(facts.outcome(i) is Outcome.HALF and i.half_passed is None for i in facts.in_state(ItemState.COUNTED)):
                found.append(standing)
        elif standing.act.main and (name not in COMING or facts.in_state(*COMING[name])):
            found.append(standing)
    return [Closed(s.act.label, s.reasons) for s in found]


def _fitting(facts: Facts, act: str) -> list[Item]:
    """Items that the act may be about. The text of a contract draft is changed where it is negotiated."""
    return [i for i in facts.in_state(*WANTED.get(act, ())) if act != "change_item" or not i.subject_kind]


def _address(meeting: CongressMeeting, facts: Facts, act: str) -> str:
    fitting = _fitting(facts, act)
    return CASEWORK.href(meeting, act) + (f"?item={fitting[0].id}" if len(fitting) == 1 else "")


# ---- what is shown


def _line(meeting: CongressMeeting, body: str, items: int) -> Line:
    return Line(meeting, body, items, _stage(meeting.state), CONGRESS.states[meeting.state])


def _stage(state: str) -> int:
    """Place in the row of stages; past the end once all is done."""
    if state == State.PUBLISHED:
        return len(CONGRESS.stages)
    return next((n for n, (_, _, states) in enumerate(CONGRESS.stages) if state in states), 0)


def _stages(meeting: CongressMeeting, entries: Sequence[journal.Entry]) -> list[Stage]:
    now_at = _stage(meeting.state)
    cancelled = meeting.state == State.CANCELLED
    found = []
    for number, (_, label, states) in enumerate(CONGRESS.stages):
        left = [e.done_on for e in entries if e.state_from in states and e.state_to not in states]
        if number < now_at and not cancelled:
            found.append(Stage(label, "done", say(N_("{day}完成"), day=left[-1]) if left else N_("已完成")))
        elif number == now_at and not cancelled:
            found.append(Stage(label, "now", CONGRESS.states[meeting.state]))
        else:
            found.append(Stage(label, "later", N_("已取消") if cancelled else N_("未开始")))
    return found


def _shown(facts: Facts) -> list[Item]:
    """The agenda in order, a ballot taken anew beside the void one; what was withdrawn last."""
    return sorted(facts.items, key=lambda i: (i.state == ItemState.WITHDRAWN, i.number, i.round))


MARKS = {
    ItemState.OPEN: "act",
    ItemState.CLOSED: "act",
    ItemState.COUNTED: "act",
    ItemState.VOID: "bad",
    ItemState.ANNULLED: "bad",
}


def _item_view(db: Session, facts: Facts, item: Item, by: Actor, on: date) -> ItemView:
    day = item.opened_on or facts.meeting.held_on
    roll = item.roll or facts.roll
    rule = facts.pass_rule(item, day)
    result = facts.result_of(item)
    return ItemView(
        item=item,
        label=(N_("通过") if result.passed else N_("未通过")) if result and not result.annulled_on else ITEM_LABELS[item.state],
        mark=("ok" if result.passed else "bad") if result and not result.annulled_on else MARKS.get(ItemState(item.state), ""),
        matter=MATTER_LABELS[item.matter],
        takes=requirement_in_words(facts.whole, roll, facts.operator(item, day)),
        quorum=say(
            N_("{share}以上出席才有效，须到{quorum}人。"), share=facts.quorum_share(day), quorum=item.quorum_needed or facts.quorum_needed(day)
        ),
        notified=say(N_("文本{day}送达"), day=item.noticed_on) if item.noticed_on else say(N_("文本还没有送达")),
        href=_subject(db, item, by, on),
        sheets=_sheets(facts, item) if queries.sees_counts(by.seats) else (),
        waiting=_waiting(facts, item),
        result=result,
        decision=say(
            N_("{body}{day}决定：{reason}"), body=Word(facts.deciding_body), day=item.half_on, reason=item.half_reason
        ) if item.half_passed is not None else None,
        reason=item.reason,
        citations=rule.citations if rule else (),
    )


def _subject(db: Session, item: Item, by: Actor, on: date) -> str:
    """Address of the case whose text is voted on, for those who may see it."""
    if item.subject_kind != "negotiation" or by.person_id is None:
        return ""
    case = db.get(Negotiation, int(item.subject_id))
    return f"/negotiations/{case.id}" if case is not None and negotiations.sight(db, case, by.person_id, on) is not None else ""


def _sheets(facts: Facts, item: Item) -> tuple[Sheets, ...]:
    names = {o.id: o.name for o in facts.officers}
    found = []
    for counting in range(1, item.counting + 1):
        pair = facts.counts_of(item, counting)
        if len(pair) == 2:
            found.append(_pair(counting, pair, names))
    return tuple(found)


def _pair(counting: int, pair: Sequence[PaperCount], names: Mapping[int | None, str]) -> Sheets:
    heads = tuple((label, getattr(pair[0], name) != getattr(pair[1], name)) for name, label in FIGURES)
    rows = tuple((names[sheet.officer_id], tuple(getattr(sheet, name) for name, _ in FIGURES)) for sheet in pair)
    return Sheets(counting, heads, rows, pair[0].numbers == pair[1].numbers)


def _waiting(facts: Facts, item: Item) -> Sentence | None:
    if item.state != ItemState.CLOSED:
        return None
    handed_in = facts.counts_of(item)
    again = say(N_("第{n}次计票："), n=item.counting) if item.counting > 1 else say(N_("计票："))
    if not handed_in:
        return say(N_("{again}还没有登记计票单。"), again=again)
    name = next(o.name for o in facts.officers if o.id == handed_in[0].officer_id)
    return say(N_("{again}{name}的计票单已经登记，等另一份。"), again=again, name=name)


def _officers(facts: Facts) -> dict[str, Any]:
    def row(officer: MeetingOfficer) -> dict[str, Any]:
        return {"seat": officer.seat, "name": officer.name, "in_system": officer.person_id is not None}

    begun: dict[str, Any] = {"chair_in_system": False, "presidium": facts.meeting.presidium, "officers": [row(o) for o in facts.counters]}
    if facts.chair:
        begun |= {"chair": facts.chair.name, "chair_in_system": facts.chair.person_id is not None}
    return begun


def _periods(db: Session, meeting: CongressMeeting, facts: Facts) -> list[Period]:
    assert meeting.id is not None
    found = deadlines.deadlines(db, CONGRESS.name, meeting.id)
    events = {e.id: e for e in deadlines.events(db, CONGRESS.name, meeting.id)}
    return [_period(facts, d, events) for d in found if d.status != Status.STOPPED]


def _period(facts: Facts, deadline: Deadline, events: Mapping[int | None, deadlines.Event]) -> Period:
    running = deadline.status == Status.RUNNING
    rule = facts.rules.find(deadline.rule, facts.meeting.held_on)
    ended = events.get(deadline.end_id)
    status = STATUS_LABELS[Status(deadline.status)]
    return Period(
        label=CONGRESS.clock(deadline.rule).label,
        span=say(N_("{day}前"), day=deadline.due),
        status=left(deadline.due) if running else say(N_("{status}（{day}）"), status=Word(status), day=ended.on) if ended else status,
        derivation="；".join(step.read(translate) for step in deadline.derivation()),
        citations=rule.citations if rule else (),
        mark=(urgency(deadline.due) or "now") if running else "done",
        tag=N_("预估") if deadline.provisional else N_("法定"),
    )


def _papers(db: Session, meeting: CongressMeeting) -> list[Paper]:
    rows = db.exec(
        select(Document).where(Document.case_kind == CONGRESS.name, Document.case_id == meeting.id).order_by(col(Document.id).desc())
    ).all()
    return [Paper(d.title, f"/documents/{d.token}", "PDF", d.issued_on, d.number or N_("已归档")) for d in rows]


def _reader() -> int:
    person = READER.get().person
    assert person is not None and person.id is not None
    return person.id

