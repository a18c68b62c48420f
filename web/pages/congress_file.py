"""The file of a congress meeting: what may be done, the agenda with its counts, deadlines, papers and journal, as plain records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from congress import queries
from congress.arithmetic import Outcome, requirement_in_words
from congress.ballots.rows import CHOSEN
from congress.delegates import queries as delegates
from congress.documents import ON_A_RESULT
from congress.facts import Facts
from congress.models import CongressMeeting, Item, PaperCount, Result
from congress.procedure import CONGRESS
from congress.rolls import queries as rolls
from congress.telling import more, tell
from congress.terms import (
    BODY_LABELS,
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
from web.render import left, translate, urgency
from workflow import deadlines, journal
from workflow.deadlines import STATUS_LABELS, Deadline, Status
from workflow.documents.asked import ISSUE, KEEP
from workflow.evidence import Evidence
from workflow.law.rules import Citation
from workflow.organisations import Organisation
from workflow.procedure import Actor, How, Reason, Standing
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say

Href = Callable[[CongressMeeting, str], str]

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

ELSEWHERE = (ISSUE, KEEP, "undo_delivery")
"""Acts with pages of their own that lead to them."""

SCRIPTED = {
    "post_keys": "keys",
    "rehearse": "keys",
    "register_slips": "slips",
    "post_share": "rounds/{round}/box",
    "enter_paper": "rounds/{round}/papers",
}
"""Acts whose contents a script makes → the page that it runs on."""

FIGURES: tuple[tuple[str, str], ...] = (
    ("issued", N_("发出")),
    ("returned", N_("收回")),
    ("valid", N_("有效")),
    ("invalid", N_("无效")),
    ("in_favour", N_("赞成")),
    ("against", N_("反对")),
    ("abstained", N_("弃权")),
)


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
    main: bool
    name: str = ""
    """The act, where the page sorts by it."""


@dataclass(frozen=True)
class Duty:
    """What a meeting waits for one person to do; `due` and `citations` where a period runs."""

    offer: Offer
    due: date | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Closed:
    label: str
    reasons: tuple[Reason, ...]
    name: str = ""


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
    opinions: Sentence | None
    """How many there are on it, and how many of them were answered."""


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
    kind: str
    href: str
    format: str
    on: date
    status: str


def view(db: Session, meeting: CongressMeeting, by: Actor, on: date, href: Href) -> dict[str, Any]:
    """Everything that the page shows to this person."""
    assert meeting.id is not None
    facts = queries.facts(db, meeting, on)
    entries = journal.entries(db, CONGRESS.name, meeting.id)
    standings = CONGRESS.explain(meeting.state, facts, by, on)
    files = files_of(db, meeting, by.seats)
    return {
        "case": meeting,
        "body": db.get_one(Organisation, meeting.organisation_id),
        "form": FORM_LABELS[meeting.form],
        "mode": MODE_LABELS[meeting.mode],
        "delivered": _delivered(db, facts, by, on),
        "roll_href": _roll_href(db, meeting, by, on),
        "rounds_href": f"/congress/{meeting.id}/rounds" if queries.sees_counts(by.seats) else "",
        "present": facts.present,
        "doors": _doors(facts, by),
        "channel": CHANNEL_LABELS.get(meeting.published_by, ""),
        "stages": _stages(meeting, entries),
        "can": _can(meeting, facts, standings, href),
        "cannot": _cannot(meeting, facts, standings, by),
        "items": [_item_view(db, facts, item, files, by, on) for item in _shown(facts)],
        "quorum": say(N_("应到人数的{share}以上，须到{quorum}人"), share=facts.quorum_share(on), quorum=facts.quorum_needed(on)),
        "officers": [
            *((OFFICER_LABELS[o.seat], o.name, o.person_id is not None) for o in facts.officers if o.current),
            *((SEAT_LABELS[Seat.CHECK_IN_OFFICER], name, True) for name in queries.check_in_officers(db, meeting)),
        ],
        "periods": _periods(db, meeting, facts),
        "papers": _papers(db, meeting, facts),
        "files": [(f, CONGRESS.acts[f.stage].label) for f in files],
        "entries": [Told(e.done_on, SEAT_LABELS[Seat(e.seat)], tell(e, facts.items), more(e), e.seq) for e in reversed(entries)],
    }


def _doors(facts: Facts, by: Actor) -> list[tuple[str, str]]:
    """Pages of the hall that are open to this person."""
    at = f"/congress/{facts.meeting.id}"
    running = facts.meeting.state in queries.RUNNING
    found = []
    if running and by.seats & {Seat.UNION, Seat.MEETING_CHAIR}:
        found += [(f"{at}/control", N_("会场控制台"))]
    if running and queries.sees_presence(by.seats):
        found += [(f"{at}/projector", N_("大屏幕"))]
    if facts.book is not None and queries.sees_presence(by.seats):
        found += [(f"{at}/desk", N_("签到台"))] if running else [(f"{at}/presence", N_("签到簿"))]
    return found


def _delivered(db: Session, facts: Facts, by: Actor, on: date) -> Sentence | None:
    """How many have all the papers in hand: for the union, where a roll is kept."""
    papers = delegates.papers(db, facts) if Seat.UNION in by.seats else []
    found = delegates.deliveries(db, facts.meeting, on) if papers else []
    if not found:
        return None
    complete = sum(not one.missing(papers) for one in found)
    return say(N_("{complete}人收齐，{missing}人还没有收齐"), complete=complete, missing=len(found) - complete)


def _roll_href(db: Session, meeting: CongressMeeting, by: Actor, on: date) -> str:
    """Once it is frozen the roll of the meeting itself; before, that of its term, for those who may see it; empty where none is kept."""
    if meeting.began_on is not None:
        return f"/congress/{meeting.id}/roll" if rolls.frozen_roll(db, meeting) else ""
    term = rolls.term_of(db, meeting.organisation_id, meeting.form, meeting.term)
    seen = term is not None and by.person_id is not None and rolls.visible_to(db, term, by.person_id, on)
    return f"/congress/terms/{term.id}" if term is not None and seen else ""


def _papers(db: Session, meeting: CongressMeeting, facts: Facts) -> list[Paper]:
    """What was issued, newest first; what rests on a result that was annulled says so."""
    annulled = {str(item.id) for item in facts.in_state(ItemState.ANNULLED)}
    return [
        Paper(
            title=one.title,
            kind=one.kind,
            href=f"/documents/{one.token}",
            format="PDF",
            on=one.issued_on,
            status=ITEM_LABELS[ItemState.ANNULLED] if one.kind in ON_A_RESULT and one.subject in annulled else one.number or N_("已归档"),
        )
        for one in queries.documents(db, meeting)
    ]


def duty(db: Session, meeting: CongressMeeting, by: Actor, on: date, href: Href) -> Duty | None:
    """The usual next act, where it is this person's own; a teller whose sheet is in waits for the other."""
    assert meeting.id is not None
    facts = queries.facts(db, meeting, on)
    own = [s for s in CONGRESS.explain(meeting.state, facts, by, on) if s.how is How.SELF]
    if by.seats & {Seat.TELLER} and _has_counted(facts, by.person_id):
        own = [s for s in own if s.act.name != "enter_count"]
    running = [d for d in deadlines.deadlines(db, CONGRESS.name, meeting.id) if d.status == Status.RUNNING]
    for deadline in sorted(running, key=lambda d: d.due):
        for offer in _can(meeting, facts, [s for s in own if s.act.name == CONGRESS.clock(deadline.rule).act], href):
            rule = facts.rules.find(deadline.rule, meeting.held_on)
            return Duty(offer, deadline.due, rule.citations[:1] if rule else ())
    return next((Duty(offer, None, ()) for offer in _can(meeting, facts, own, href) if offer.main), None)


def _has_counted(facts: Facts, person_id: int | None) -> bool:
    """Whether this person's sheet is in for every ballot box that has been closed."""
    mine = {o.id for o in facts.counters if o.person_id == person_id}
    return all(any(c.officer_id in mine for c in facts.counts_of(item)) for item in facts.in_state(ItemState.CLOSED))


def files_of(db: Session, meeting: CongressMeeting, seats: frozenset[Seat]) -> list[Evidence]:
    """Texts voted on, notices and records; scanned count sheets for those who may see counts."""
    query = select(Evidence).where(Evidence.case_kind == CONGRESS.name, Evidence.case_id == meeting.id)
    found = db.exec(query.order_by(col(Evidence.id).desc())).all()
    return [
        f for f in found if (f.stage != "enter_count" or queries.sees_counts(seats)) and (f.stage not in OF_MEMBERS or Seat.UNION in seats)
    ]


# ---- what may be done


def _can(meeting: CongressMeeting, facts: Facts, standings: Sequence[Standing[Facts]], href: Href) -> list[Offer]:
    """Main acts first. An act about the only item that it fits leads straight to it."""
    apt = [s for s in standings if s.open and s.act.name not in ELSEWHERE and (s.act.name not in WANTED or fitting(facts, s.act.name))]
    found = sorted(apt, key=lambda s: not s.act.main)
    return [Offer(_address(meeting, facts, s.act.name, href), s.act.label, s.act.gist, s.act.main) for s in found]


def _address(meeting: CongressMeeting, facts: Facts, act: str, href: Href) -> str:
    """What a script makes on a person's own device is not typed into a form: such an act has a page of its own."""
    if act in SCRIPTED:
        rounds = facts.ballots.in_state(*CHOSEN.get(act, ()))
        return f"/congress/{meeting.id}/{SCRIPTED[act].format(round=rounds[0].number if rounds else 0)}"
    return href(meeting, act) + _about(facts, act)


def _cannot(meeting: CongressMeeting, facts: Facts, standings: Sequence[Standing[Facts]], by: Actor) -> list[Closed]:
    """What comes next and is not open yet: the main acts of this state and of those that follow it. That a vote stands at half is
    a count.
    """
    following = {row.to for row in CONGRESS.rows if row.main and meeting.state in row.source} | {meeting.state}
    found = []
    for standing in standings:
        name = standing.act.name
        if standing.open or not CONGRESS.sources(name) & following or (name == "confirm_joint" and not facts.unconfirmed):
            continue
        if name == "decide_at_half":
            if queries.sees_counts(by.seats) and any(
                facts.outcome(i) is Outcome.HALF and i.half_passed is None for i in facts.in_state(ItemState.COUNTED)
            ):
                found.append(standing)
        elif standing.act.main and (name not in COMING or facts.in_state(*COMING[name])):
            found.append(standing)
    return [Closed(s.act.label, s.reasons) for s in found]


def fitting(facts: Facts, act: str) -> list[Item]:
    """Items that the act may be about. The text of a contract draft is changed where it is negotiated."""
    return [i for i in facts.in_state(*WANTED.get(act, ())) if act != "change_item" or not i.subject_kind]


def _about(facts: Facts, act: str) -> str:
    """The only item that the act fits."""
    found = fitting(facts, act) if act in WANTED else []
    return f"?item={found[0].id}" if len(found) == 1 else ""


# ---- what is shown


def stage_of(state: str) -> int:
    """Place in the row of stages; past the end once all is done."""
    if state == State.PUBLISHED:
        return len(CONGRESS.stages)
    return next((n for n, (_, _, states) in enumerate(CONGRESS.stages) if state in states), 0)


def _stages(meeting: CongressMeeting, entries: Sequence[journal.Entry]) -> list[Stage]:
    now_at = stage_of(meeting.state)
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


OF_MEMBERS = ("record_delivery", "give_opinion")
"""What was handed in with these names members, and is for the union."""

MARKS = {
    ItemState.OPEN: "act",
    ItemState.CLOSED: "act",
    ItemState.COUNTED: "act",
    ItemState.VOID: "bad",
    ItemState.ANNULLED: "bad",
}


def _item_view(db: Session, facts: Facts, item: Item, files: Sequence[Evidence], by: Actor, on: date) -> ItemView:
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
            N_("{share}以上出席才有效，须到{quorum}人。"),
            share=facts.quorum_share(day),
            quorum=item.quorum_needed or facts.quorum_needed(day),
        ),
        notified=say(N_("文本{day}送达"), day=item.noticed_on) if item.noticed_on else say(N_("文本还没有送达")),
        href=_subject(db, item, by, on)
        or next((f"/congress/{item.meeting_id}/files/{f.id}" for f in files if f.sha256 == item.text_hash), ""),
        sheets=_sheets(facts, item) if queries.sees_counts(by.seats) else (),
        waiting=_waiting(facts, item),
        result=result,
        decision=say(
            N_("{body}{day}决定：{reason}"), body=Word(BODY_LABELS[item.half_body or ""]), day=item.half_on, reason=item.half_reason
        )
        if item.half_passed is not None
        else None,
        reason=item.reason,
        citations=rule.citations if rule else (),
        opinions=_opinions(facts, item),
    )


def _opinions(facts: Facts, item: Item) -> Sentence | None:
    given = facts.opinions_on(item)
    answered = sum(one.answered_on is not None for one in given)
    return say(N_("代表意见{n}条，已答复{answered}条"), n=len(given), answered=answered) if given else None


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
        span=say(N_("{day}到期"), day=deadline.due),
        status=left(deadline.due) if running else say(N_("{status}（{day}）"), status=Word(status), day=ended.on) if ended else status,
        derivation="；".join(step.read(translate) for step in deadline.derivation()),
        citations=rule.citations if rule else (),
        mark=(urgency(deadline.due) or "now") if running else "done",
        tag=N_("预估") if deadline.provisional else N_("法定"),
    )
