"""The case file of a negotiation: everything that its page and its print show, from facts to plain records."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlmodel import Session, col, select

from congress.models import Item
from negotiation import disclosure
from negotiation.acts import NEGOTIATIONS
from negotiation.acts.registry import OF_SIDE
from negotiation.facts import Facts
from negotiation.fulfilment import fulfilment
from negotiation.models import Clause, ClauseConsent, ClauseText, Negotiation, ReadReceipt, RoomNote
from negotiation.procedure import NEGOTIATION
from negotiation.queries import Sight, side_of
from negotiation.queries import sight as sight_of
from negotiation.requirements.conclusion import is_bound
from negotiation.requirements.performance import renewal_opens
from negotiation.telling import EVENT_LABELS, clock_label, more, tell
from negotiation.terms import (
    CLAUSE_STATE_LABELS,
    HEADS,
    OUTCOME_LABELS,
    PURPOSE_LABELS,
    SIDE_LABELS,
    STATE_LABELS,
    ClauseState,
    Purpose,
    Side,
    State,
)
from negotiation.text import texts_of
from web.pages.negotiation_forms import letters, stands_in
from web.render import left, translate, urgency, word
from workflow import joint
from workflow.deadlines import STATUS_LABELS, Deadline, Status
from workflow.documents.asked import ISSUE, KEEP
from workflow.documents.issue import Document
from workflow.journal import Entry, entries
from workflow.law.rules import UNIT_LABELS, Rule
from workflow.people import Person
from workflow.procedure import Actor, How, Reason, Standing
from workflow.redline import redline
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, Words, say

MANDATE = "REP-TERM-FAIL"
"""How long representatives stay in office where no contract comes of it."""
SET_BY = {"FILE-SUPPLEMENT": N_("人社部门指定")}
"""Dates that are neither the law's nor agreed between the parties, by rule: who set them."""
STAGE_EVENTS = {
    "offer": ("REPLY_AGREED",),
    "consult": ("SETTLED",),
    "vote": ("ADOPTED",),
    "sign": ("CHIEFS_SIGNED",),
    "filing": ("EFFECTIVE",),
    "publish": ("PUBLISHED",),
    "review": ("ROUND_CLOSED",),
}
SELDOM = frozenset(
    {
        "press", "record_reply", "replace", "vacate", "amend", "terminate", "succeed", "end_by_law", "discard", "give_up", "give_up_jointly",
        "correct_date", "dispute_entry", "decline_motion", "withdraw_motion", "suspend_for_force_majeure", "withdraw_filing",
        "withdraw_from_congress", "meeting_failed", "reopen", "refer", "void_adoption", "edit_offer", "defer_clause", "withdraw_proposal",
        "ask_supplement", "report_upper", "notify_upper", "publish_representatives", "hand_in",
    }
)  # fmt: skip
"""Acts that stand under 其他事项, so that the usual next step is seen first."""
FROM_THE_AUTHORITY = frozenset({"record_filing_receipt", "ask_supplement", "object", "approve"})
"""Acts of the authority that a side enters from the paper it was served; they never wait for that side."""
NO_RECEIPT = N_(
    "要约{day}发出，还没有人登记对方收到的日期，对方{period}答复的期限没有起算。请催对方在系统里登记；也可以凭送达回证、快递签收单等证明自己登记"
)
NO_RECEIPT_ON_PAPER = N_(
    "要约{day}发出，还没有登记对方收到的日期，对方{period}答复的期限没有起算。对方没有账户，请凭送达回证、快递签收单等证明登记"
)
NO_FILING_RECEIPT = N_("合同{day}报送审查，还没有人登记收件，审查期限没有起算。请催人社部门登记；拿到收件单的，可以上传收件单代为登记")
BY_ANOTHER = N_("由{who}办理；没有账户的，可以凭书面材料代为登记")
ONLY_WHERE_RULED = {
    "notify_upper": "UPPER-NOTICE",
    "publish_representatives": "REP-PUBLISH",
    "report_upper": "COPY-UPPER",
}


@dataclass(frozen=True)
class Stage:
    label: str
    mark: str
    note: object


@dataclass(frozen=True)
class Button:
    name: str
    href: str
    label: object
    gist: object


@dataclass(frozen=True)
class Unrecorded:
    """Something was sent, and nobody has said that it came: the act that says so, and why it should be done."""

    act: str
    why: Sentence
    citations: Sequence[Any]


@dataclass(frozen=True)
class Closed:
    label: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Period:
    label: object
    span: object
    status: object
    derivation: object
    citations: Sequence[Any]
    mark: str
    tag: str
    due: date
    act: str = ""


@dataclass(frozen=True)
class Mandate:
    until: date
    is_over: bool
    citations: Sequence[Any]


@dataclass(frozen=True)
class Covered:
    name: str
    vote: str
    recognised_on: date | None
    is_bound: bool


@dataclass(frozen=True)
class Wording:
    side: str
    on: date
    text: str
    reason: str
    withdrawn: bool
    against: list[tuple[str, str]]


@dataclass(frozen=True)
class ClauseView:
    clause: Clause
    number: int
    head: str
    text: str
    parts: list[tuple[str, str]]
    history: list[Wording]
    agreed_by: tuple[str, ...]
    state: str
    kind: str
    rounds: int
    is_open: bool


@dataclass(frozen=True)
class Paper:
    title: str
    kind: str
    href: str
    format: str
    on: date
    status: object


@dataclass(frozen=True)
class Line:
    on: date
    who: str
    what: Sentence
    more: Sentence | None
    seq: int
    said: Sequence[tuple[str, str]] = ()
    """What was said with it: label of the field, its words."""


def stages(case: Negotiation, facts: Facts) -> list[Stage]:
    """The rail. A contract in force stands at publication until it is published, then at fulfilment review."""
    index = stage_index(case, facts)
    found = []
    for number, (name, label, _states) in enumerate(NEGOTIATION.stages):
        day = next((facts.day_of(e) for e in STAGE_EVENTS[name] if facts.day_of(e)), None)
        if number < index:
            note: object = Markup("{} {}").format(f"{day:%m-%d}", word(N_("完成"))) if day else word(N_("完成"))
            found.append(Stage(label, "done", note))
        elif number == index and case.state != State.ENDED:
            state = STATE_LABELS[State(case.state)]
            held = say(N_("进行中，第{n}次会议"), n=len(facts.meetings)) if facts.meetings else say(N_("进行中"))
            found.append(Stage(label, "now", held if state == label else state))
        else:
            found.append(Stage(label, "later", N_("未开始") if case.state != State.ENDED else N_("未进行")))
    return found


def stage_index(case: Negotiation, facts: Facts | None = None) -> int:
    if case.state == State.IN_FORCE:
        return 6 if facts is not None and facts.publications else 5
    if case.state == State.ENDED:
        return 7 if facts is not None and facts.day_of("EFFECTIVE") else (_ended_at(facts) if facts else 0)
    return next(i for i, (_n, _l, states) in enumerate(NEGOTIATION.stages) if case.state in states)


def _ended_at(facts: Facts) -> int:
    return max((i for i, names in enumerate(STAGE_EVENTS.values(), start=1) if any(facts.day_of(n) for n in names)), default=0)


def buttons(
    case: Negotiation, facts: Facts, standings: Sequence[Standing[Facts]], href: Any, by: Actor
) -> tuple[list[Button], list[Button]]:
    """What this person can do now: the usual steps, the main one first, and the others."""
    usual: list[Button] = []
    seldom: list[Button] = []
    unready = any(s.act.name == "offer" and s.here and not s.open for s in standings)
    can = sorted(
        (s for s in standings if s.open and applies(s, facts, by)),
        key=lambda s: (s.how is not How.AGREE, not (unready and s.act.name == "edit_offer"), not s.act.main, _rank(s, facts)),
    )
    for standing in can:
        act = standing.act
        label: object = act.label
        gist: object = act.gist
        if standing.how is How.AGREE:
            gist = say(N_("对方首席代表已经提议，等您答复"))
            label = say(N_("答复：{act}"), act=Word(act.label))
        elif standing.how is How.PAPER:
            gist = say(BY_ANOTHER, who=Words(SEAT_LABELS[s] for s in Seat if s in standing.seats))
        elif standing.act.name in FROM_THE_AUTHORITY and Seat.AUTHORITY not in standing.seats:
            gist = say(N_("由人社部门办理；收到它的书面文件后，上传文件代为登记"))
        elif standing.how is How.PROPOSE:
            gist = say(N_("{gist}；提出后由对方首席代表同意"), gist=Word(act.gist)) if act.gist else say(N_("提出后由对方首席代表同意"))
        seat = signs_for(facts, standing, by)
        if seat is not None:
            gist = say(BY_ANOTHER, who=Words((SEAT_LABELS[seat],)))
        button = Button(act.name, href(case, act.name) + (f"?seat={seat}" if seat else ""), label, gist)
        (seldom if _is_seldom(standing, facts) and not (unready and act.name == "edit_offer") else usual).append(button)
    return usual, seldom


def signs_for(facts: Facts, standing: Standing[Facts], by: Actor) -> Seat | None:
    """Whose signature is left to enter from the paper, once one's own side has signed."""
    side = side_of(by.seats)
    done = standing.act.name == "sign" and side is not None and facts.signed_by(side)
    return stands_in(facts, standing, by) if done else None


def _is_seldom(standing: Standing[Facts], facts: Facts) -> bool:
    """Acts that are not the usual next step: rare ones, those already done, and those that stand beside each clause."""
    name = standing.act.name
    done = {
        "appoint": facts.workers.chief is not None and facts.employer.chief is not None,
        "name_recorder": bool(facts.case.recorder_name),
        "lay_out": bool(facts.clauses),
        "convene": any(m.minuted_on is None for m in facts.meetings),
        "set_terms": facts.case.term_from is not None and facts.terms is not None,
        "publish": bool(facts.publications),
        "list_obligations": bool(facts.obligations),
        "object": facts.case.state != State.FILED,
        "suspend": True,
        "agree_clause": True,
        "counter": True,
    }
    return standing.how is not How.AGREE and (name in SELDOM or done.get(name, False))


def _rank(standing: Standing[Facts], facts: Facts) -> int:
    """An act that ends a running deadline comes before the others, then the order of the table."""
    order = list(NEGOTIATION.acts).index(standing.act.name)
    running = {c.act for c in NEGOTIATION.clocks if any(d.rule == c.rule and d.status == Status.RUNNING for d in facts.deadlines)}
    return order - 1000 if standing.act.name in running else order


def applies(standing: Standing[Facts], facts: Facts, by: Actor) -> bool:
    """Whether an open act has anything to act on."""
    name = standing.act.name
    side = side_of(by.seats)
    on = facts.case.opened_on
    if name in (ISSUE, KEEP):
        return False
    if name in ONLY_WHERE_RULED:
        return facts.rules.find(ONLY_WHERE_RULED[name], on) is not None
    if name == "sign" and side is not None and facts.signed_by(side):
        return signs_for(facts, standing, by) is not None
    if name == "disclose":
        return side is None or any(r.disclosed_on is None and r.side != side for r in facts.requests)
    if name == "decline_motion":
        return bool(facts.moved)
    if name == "withdraw_motion":
        return bool(facts.moved)
    if name in ("replace", "vacate"):
        return bool(facts.representatives)
    if name == "list_obligations" and facts.rounds:
        return facts.open_round is None
    if name == "record_enterprise_result":
        return facts.case.adoption == "each_enterprise"
    if name == "record_reply":
        return facts.deadline("UNION-OPINION-REPLY") is not None or any(e.name == "OPINION_RECEIVED" for e in facts.events)
    return True


def closed(case: Negotiation, facts: Facts, standings: Sequence[Standing[Facts]]) -> list[Closed]:
    """What cannot be done yet: acts of this state that lack something, and the next steps of the main line."""
    here = [s for s in standings if not s.open and s.here and s.act.name not in SELDOM and _worth(s)]
    if case.state == State.IN_FORCE:
        here = [s for s in here if s.act.name in ("start_round", "close_round", "renew", "report_round")]
    position = max((i for i, s in enumerate(standings) if s.here and s.act.main), default=-1)
    ahead = [s for i, s in enumerate(standings) if i > position and not s.here and s.act.main and Seat.CLOCK not in s.act.by][:3]
    if case.state in (State.IN_FORCE, State.ENDED):
        ahead = []
    if case.state == State.ENDED:
        here = []
    return [Closed(s.act.label, _telling(s.reasons)) for s in [*here, *ahead]]


def _telling(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What is missing says more than where the case stands or whose turn it is; those stand alone only."""
    return tuple(r for r in reasons if r.about == "facts") or tuple(r for r in reasons if r.about == "state") or reasons


def _worth(standing: Standing[Facts]) -> bool:
    """An act of the clock is told by its deadline; one that only others do is told where it is on the main line."""
    if Seat.CLOCK in standing.act.by:
        return False
    only_seat = all(r.about == "seat" for r in standing.reasons)
    return standing.act.main if only_seat else True


def periods(facts: Facts, on: date) -> list[Period]:
    """Running deadlines first, by date; ended ones after; and the next to come, by rule."""
    shown = [d for d in facts.deadlines if d.status != Status.STOPPED and d.rule in NEGOTIATION.to_keep]
    order = sorted(shown, key=lambda d: (d.status != Status.RUNNING, d.due if d.status == Status.RUNNING else date.max, -(d.id or 0)))
    found = [_period(facts, d) for d in order]
    opens = renewal_opens(facts, on)
    if facts.case.state == State.IN_FORCE and opens is not None:
        rule = facts.rules.find("CC-RENEW-WINDOW", on)
        found.append(
            Period(
                N_("可以提出续订"),
                say(N_("{day}起"), day=opens),
                N_("续订窗口已经打开") if on >= opens else N_("还没有到"),
                "",
                rule.citations if rule else (),
                "now" if on >= opens else "later",
                N_("法定"),
                opens,
            )
        )
    if facts.case.state not in (State.ENDED, State.IN_FORCE):
        started = {d.rule for d in facts.deadlines}
        for rule_id in ("NEG-RESPONSE-DAYS", "FILE-DAYS", "REVIEW-DAYS"):
            rule = facts.rules.find(rule_id, on)
            if rule is not None and rule.unit is not None and rule_id not in started:
                found.append(Period(clock_label(rule_id), length(rule), _starts(rule), "", rule.citations, "later", N_("法定"), date.max))
    return found


def unrecorded(case: Negotiation, facts: Facts, by: Actor, on: date) -> list[Unrecorded]:
    """What was sent but is not recorded as received, as one side is told it: no period runs until then."""
    found = []
    sent, reply = facts.day_of("REQUEST_SENT"), facts.rules.find("NEG-RESPONSE-DAYS", on)
    if case.state == State.OFFERED and reply is not None and facts.day_of("REQUEST_RECEIVED") is None:
        if Seat.OTHER_SIDE in by.seats:
            why = say(N_("对方发出了要约；请登记收到日期，自次日起{period}书面答复"), period=length(reply))
            found.append(Unrecorded("record_receipt", why, reply.citations))
        elif Seat.INITIATOR in by.seats:
            absent = OF_SIDE[Side(case.initiator).other] & {Seat.UNION, Seat.EMPLOYER} <= facts.without_account
            why = say(NO_RECEIPT_ON_PAPER if absent else NO_RECEIPT, day=sent, period=length(reply))
            found.append(Unrecorded("record_receipt", why, reply.citations))
    filing, review = facts.filing, facts.rules.find("REVIEW-DAYS", on)
    waits = case.state == State.SIGNED and filing is not None and filing.received_on is None and filing.withdrawn_on is None
    if filing is not None and waits and review is not None and side_of(by.seats) is not None:
        found.append(Unrecorded("record_filing_receipt", say(NO_FILING_RECEIPT, day=filing.filed_on), review.citations))
    return found


def mandates(facts: Facts, on: date) -> dict[str, Mandate]:
    """Side → until when its representatives are in office, where the local rule ends it without a contract."""
    rule = facts.rules.find(MANDATE, on)
    found = {side: facts.deadline(MANDATE, side, running=True) for side in Side}
    return {side: Mandate(d.due, d.due < on, rule.citations if rule else ()) for side, d in found.items() if d is not None}


def covered(facts: Facts, on: date) -> list[Covered]:
    """The enterprises of a regional or sectoral contract: whom it binds, and why."""
    votes = {
        True: N_("职代会已通过"),
        False: N_("职代会未通过"),
        None: N_("还没有审议结果") if facts.case.adoption == "each_enterprise" else "",
    }
    return [
        Covered(facts.names[one.organisation_id], votes[facts.vote_of(one)], one.recognised_on, is_bound(one, facts, on))
        for one in facts.covered
    ]


def label_of(deadline: Deadline) -> object:
    """The clock's name; of a clock that runs for each side, with the side."""
    label = clock_label(deadline.rule)
    if deadline.subject in set(Side):
        return say(N_("{label}（{side}）"), label=Word(label), side=Word(SIDE_LABELS[Side(deadline.subject)]))
    return label


def length(rule: Rule) -> Sentence:
    assert rule.unit is not None
    return say(N_("{n}{unit}内"), n=rule.value, unit=Word(UNIT_LABELS[rule.unit]))


def _starts(rule: Rule) -> Sentence:
    return say(N_("自{event}起计算"), event=Word(EVENT_LABELS.get(rule.start or "", rule.start or "")))


def _period(facts: Facts, deadline: Deadline) -> Period:
    rule = facts.rules.find(deadline.rule, facts.case.opened_on)
    running = deadline.status == Status.RUNNING
    if deadline.due.year == 9999:
        span: object = N_("暂停计算")
        status: object = N_("不可抗力期间不计入")
        mark = "later"
    else:
        span = say(N_("{day}到期"), day=deadline.due)
        ended = next((e.on for e in facts.events if e.id == deadline.end_id), None)
        status = (
            left(deadline.due)
            if running
            else (
                say(N_("{status}（{day}）"), status=Word(STATUS_LABELS[Status(deadline.status)]), day=ended)
                if ended
                else STATUS_LABELS[Status(deadline.status)]
            )
        )
        mark = (urgency(deadline.due) or "now") if running else "done"
    tag = SET_BY.get(deadline.rule, N_("约定")) if deadline.agreed else N_("预估") if deadline.provisional else N_("法定")
    derivation = "；".join(s.read(translate) for s in deadline.derivation())
    clock = next((c for c in NEGOTIATION.clocks if c.rule == deadline.rule), None)
    return Period(
        label_of(deadline),
        span,
        status,
        derivation,
        rule.citations if rule else (),
        mark,
        tag,
        deadline.due,
        clock.act if clock and running else "",
    )


def clauses(db: Session, case: Negotiation, facts: Facts, *, history: bool = True) -> list[ClauseView]:
    """One row a clause: the text on the table and, for who sits at it, its history and what the last wording changed."""
    texts: dict[int, list[ClauseText]] = {}
    for row in texts_of(db, case.id or 0).values():
        texts.setdefault(row.clause_id, []).append(row)
    consents: dict[int, set[str]] = {}
    for consent in db.exec(select(ClauseConsent).where(ClauseConsent.negotiation_id == case.id, col(ClauseConsent.void).is_(False))):
        consents.setdefault(consent.text_id, set()).add(consent.side)
    heads = HEADS[case.kind]
    found = []
    number = 0
    for clause in facts.clauses:
        dropped = clause.state == ClauseState.DROPPED
        number += not dropped
        rows = texts.get(clause.id or 0, [])
        standing = [r for r in rows if r.withdrawn_on is None]
        current = next((r for r in rows if r.id == clause.text_id), None)
        before = standing[standing.index(current) - 1] if current in standing and standing.index(current) > 0 else None
        past = []
        for i, row in enumerate(rows if history else ()):
            earlier = rows[i - 1].text if i else ""
            past.append(
                Wording(
                    SIDE_LABELS[Side(row.side)],
                    row.on,
                    row.text,
                    row.reason,
                    row.withdrawn_on is not None,
                    redline(earlier, row.text) if i else [],
                )
            )
        agreed = consents.get(clause.text_id or 0, set())
        kind = {"agreed": "ok", "open": "warn", "deferred": "warn"}.get(clause.state, "")
        found.append(
            ClauseView(
                clause,
                0 if dropped else number,
                heads.get(clause.head, clause.head),
                current.text if current else "",
                redline(before.text, current.text) if before and current and history else [("", current.text)] if current else [],
                past,
                tuple(SIDE_LABELS[s] for s in Side if s in agreed),
                CLAUSE_STATE_LABELS[ClauseState(clause.state)],
                kind,
                len(standing),
                clause.state in (ClauseState.OPEN, ClauseState.DEFERRED),
            )
        )
    return found


def papers(documents: Sequence[Document]) -> list[Paper]:
    return [Paper(d.title, d.kind, f"/documents/{d.token}", "PDF", d.issued_on, d.number or N_("已归档")) for d in documents]


def log(told: Sequence[Entry], said: Mapping[int, Sequence[tuple[str, str]]]) -> list[Line]:
    """The journal, newest first."""
    return [
        Line(e.done_on, SEAT_LABELS[Seat(e.seat)] if e.seat in set(Seat) else e.seat, tell(e), more(e), e.seq, said.get(e.seq, ()))
        for e in reversed(told)
    ]


def motions(db: Session, case: Negotiation, by: Actor, href: Any) -> Sequence[Mapping[str, Any]]:
    """Joint acts that wait for an answer."""
    found = []
    for motion in joint.open_motions(db, NEGOTIATION.name, case.id or 0):
        mine = motion.seat in by.seats
        found.append(
            {
                "act": NEGOTIATION.acts[motion.act].label,
                "who": SEAT_LABELS[Seat(motion.seat)],
                "on": motion.on,
                "mine": mine,
                "answers": bool(by.seats & {Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF}) and not mine,
                "agree": href(case, motion.act),
                "decline": href(case, "decline_motion"),
                "withdraw": href(case, "withdraw_motion"),
            }
        )
    return found


def rounds(facts: Facts) -> Sequence[Mapping[str, Any]]:
    what = {o.id: o for o in facts.obligations}
    found = []
    for one in reversed(facts.rounds):
        fulfilled, due = fulfilment(facts.findings, one.id or 0)
        findings = [(what[f.obligation_id], f) for f in facts.findings if f.round_id == one.id and not f.superseded]
        found.append(
            {"round": one, "fulfilled": fulfilled, "due": due, "findings": findings, "permille": fulfilled * 1000 // due if due else 0}
        )
    return found


def view(db: Session, case: Negotiation, sight: Sight, by: Actor, on: date, href: Any) -> dict[str, Any]:
    """Everything the page shows to this person."""
    facts = NEGOTIATIONS.facts(db, case, on)
    standings = NEGOTIATION.explain(case.state, facts, by, on)
    side = side_of(by.seats)
    usual, seldom = buttons(case, facts, standings, href, by)
    if waiting := unanswered(db, case, facts, by):
        usual.insert(0, Button("clauses", "#clauses", N_("逐条表态"), say(N_("有{n}条等本方首席代表表态"), n=waiting)))
    at_table = sight in (Sight.TABLE, Sight.RECORD)
    journal = entries(db, NEGOTIATION.name, case.id or 0)
    item = db.get(Item, facts.submission.item_id) if facts.submission else None
    predecessor = db.get(Negotiation, case.predecessor_id) if case.predecessor_id else None
    successors = db.exec(select(Negotiation).where(Negotiation.predecessor_id == case.id).order_by(col(Negotiation.id))).all()

    if any(other.purpose == Purpose.RENEW and other.state != State.ENDED for other in successors):
        usual, seldom = [b for b in usual if b.name != "renew"], [*seldom, *(b for b in usual if b.name == "renew")]

    def is_open(other: Negotiation | None) -> bool:
        return other is not None and by.person_id is not None and sight_of(db, other, by.person_id, on) is not None

    return {
        "case": case,
        "facts": facts,
        "sight": sight,
        "side": side,
        "at_table": at_table,
        "stages": stages(case, facts),
        "usual": usual,
        "seldom": seldom,
        "closed": closed(case, facts, standings) if at_table else [],
        "waiting": waiting_for(facts, standings),
        "motions": motions(db, case, by, href) if at_table else [],
        "periods": periods(facts, on),
        "mandates": mandates(facts, on),
        "covered": covered(facts, on) if at_table or sight is Sight.FILED else [],
        "binding": facts.rules.find("SECT-BIND", on),
        "unrecorded": unrecorded(case, facts, by, on),
        "clauses": clauses(db, case, facts, history=at_table) if at_table or disclosure.text_hash(case, journal, sight) else [],
        "names_sides": disclosure.names_sides(case, journal, sight),
        "refusal": disclosure.refusal(case, sight),
        "papers": papers(disclosure.documents(db, case, journal, sight, side)),
        "log": log(disclosure.told(journal, sight), disclosure.said(db, case, journal, sight)),
        "letters": letters(db, case) if at_table or sight is Sight.STAGES else [],
        "rounds": rounds(facts),
        "evidence": disclosure.files(db, case, sight, side),
        "notes": notes(db, case, side) if side else [],
        "item": item,
        "result": facts.result,
        "purpose": PURPOSE_LABELS[Purpose(case.purpose)] if case.purpose != Purpose.CONCLUDE else "",
        "outcome": OUTCOME_LABELS.get(case.outcome or "", ""),
        "predecessor": predecessor if is_open(predecessor) else None,
        "successors": [other for other in successors if is_open(other)],
        "reads": len(db.exec(select(ReadReceipt.id).where(ReadReceipt.negotiation_id == case.id)).all()) if facts.publications else 0,
        "organisation": facts.organisation,
        "href": href,
        "SIDE_LABELS": SIDE_LABELS,
        "HEADS": HEADS[case.kind],
    }


def waiting_for(facts: Facts, standings: Sequence[Standing[Facts]]) -> Words:
    """Whose turn it is: who must meet the next running deadline, else who does the next main act."""
    running = sorted((d for d in facts.deadlines if d.status == Status.RUNNING and d.rule in NEGOTIATION.to_keep), key=lambda d: d.due)
    if running and running[0].rule not in ("NEG-PERIOD-MAX", "CC-TERM", "PERF-REPORT", "NEG-DEADLOCK"):
        return Words((SEAT_LABELS[Seat(running[0].who)],))
    here = [s for s in standings if s.here and s.act.main and Seat.CLOCK not in s.act.by]
    return parties(here[-1].act.by if here else ())


def parties(seats: Collection[Seat]) -> Words:
    """Seats in a word or two: a side is named once, both together as 双方."""
    workers = any(s in seats for s in (Seat.UNION, Seat.WORKER_CHIEF, Seat.WORKER_REPRESENTATIVE))
    employer = any(s in seats for s in (Seat.EMPLOYER, Seat.EMPLOYER_CHIEF, Seat.EMPLOYER_REPRESENTATIVE))
    if workers and employer:
        return Words((N_("双方"),))
    if workers or employer:
        return Words((SEAT_LABELS[Seat.UNION if workers else Seat.EMPLOYER],))
    return Words(SEAT_LABELS[s] for s in Seat if s in seats)


def unanswered(db: Session, case: Negotiation, facts: Facts, by: Actor) -> int:
    """Clauses whose present wording a chief who looks has neither written nor agreed to."""
    side = side_of(by.seats)
    if case.state != State.CONSULTING or side is None or not by.seats & {Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF}:
        return 0
    waiting = {c.text_id for c in facts.clauses if c.state == ClauseState.OPEN and c.text_id}
    theirs = set(db.exec(select(ClauseText.id).where(col(ClauseText.id).in_(waiting), ClauseText.side != side.value)))
    agreed = set(
        db.exec(
            select(ClauseConsent.text_id).where(
                col(ClauseConsent.text_id).in_(theirs), ClauseConsent.side == side.value, col(ClauseConsent.void).is_(False)
            )
        )
    )
    return len(theirs - agreed)


def notes(db: Session, case: Negotiation, side: Side) -> list[tuple[RoomNote, str]]:
    rows = db.exec(
        select(RoomNote, Person.name)
        .join(Person, col(Person.id) == col(RoomNote.author_id))
        .where(RoomNote.negotiation_id == case.id, RoomNote.side == side.value)
        .order_by(col(RoomNote.id).desc())
    ).all()
    return [(note, name) for note, name in rows]
