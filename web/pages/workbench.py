"""The workbench: what waits for me, by date, then everything under way."""

from datetime import date
from typing import Any

from litestar import Response, get
from sqlmodel import Session, col, select

from congress import queries as congresses
from congress.delegates import queries as delegates
from congress.proposals import queries as proposals
from congress.proposals.procedure import PROPOSAL
from congress.terms import State as MeetingState
from negotiation.acts import NEGOTIATIONS
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import may_open, side_of, visible_to
from negotiation.telling import clock_label
from negotiation.terms import STATE_LABELS, State
from web.accounts.setup import is_empty
from web.dispatch import in_read
from web.pages import case_file, congress_file, intake_duties
from web.pages.congress import CASEWORK
from web.pages.first_steps import first_steps
from web.pages.mediation_duties import duties
from web.pages.negotiations import WORK
from web.pages.proposals import CASEWORK as PROPOSALS
from web.practice import today
from web.render import READER, page, redirect
from workflow.deadlines import Status
from workflow.organisations import Organisation
from workflow.procedure import How
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Words, say

AT_ONCE = 40


@get("/")
async def workbench() -> Response[str]:
    if READER.get().person is None:
        return redirect("/setup" if await in_read(is_empty) else "/login")
    return await in_read(_workbench)


def _workbench(db: Session) -> Response[str]:
    on, person = today(db), WORK.person()
    query = (
        select(Negotiation, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Negotiation.organisation_id))
        .where(visible_to(db, person, on), Negotiation.state != State.ENDED.value)
        .order_by(col(Negotiation.id).desc())
        .limit(AT_ONCE)
    )
    rows = [_row(db, case, unit, person, on) for case, unit in db.exec(query).all()]
    todo = [t for row in rows for t in row["todo"]] + _meetings(db, person, on) + _unread(db, person, on) + _proposals(db, person, on)
    todo += duties(db, person, on, AT_ONCE) + intake_duties.duties(db, person, on, AT_ONCE)
    todo.sort(key=lambda t: (t["due"] is None, t["due"] or date.max))
    rows.sort(key=lambda r: (r["due"] is None, r["due"] or date.max))
    return page(
        "pages/workbench.html",
        todo=todo,
        rows=rows,
        overdue=sum(t["due"] is not None and t["due"] < on for t in todo),
        soon=sum(t["due"] is not None and 0 <= (t["due"] - on).days <= 3 for t in todo),
        may_open=bool(may_open(db, person, on)),
        steps=first_steps(db, on) if READER.get().is_administrator else [],
    )


def _row(db: Session, case: Negotiation, unit: str, person: int, on: date) -> dict[str, Any]:
    by = NEGOTIATIONS.actor(db, case, person, on)
    facts = NEGOTIATIONS.facts(db, case, on)
    standings = {s.act.name: s for s in NEGOTIATION.explain(case.state, facts, by, on)}
    running = sorted(
        (d for d in facts.deadlines if d.status == Status.RUNNING and d.due.year < 9999 and d.rule in NEGOTIATION.to_keep),
        key=lambda d: d.due,
    )
    clocks = {c.rule: c for c in NEGOTIATION.clocks}
    todo: list[dict[str, Any]] = []
    taken: set[str] = set()
    for name, standing in standings.items():
        if standing.open and standing.how is How.AGREE:
            taken.add(name)
            todo.append(_task(case, unit, standing, None, N_("对方首席代表已经提议，等您答复"), ()))
    for deadline in running:
        clock = clocks.get(deadline.rule)
        found = standings.get(clock.act) if clock else None
        if clock is None or found is None or clock.act in taken or not found.open or found.how is How.PAPER:
            continue
        if Seat(deadline.who) not in by.seats:
            continue
        if clock.act in ("renew",) or (deadline.due - on).days > 60:
            continue
        rule = facts.rules.find(deadline.rule, case.opened_on)
        taken.add(clock.act)
        task = _task(case, unit, found, deadline.due, clock.label, rule.citations[:1] if rule else ())
        if clock.act == "object":
            task |= {"label": N_("审查"), "href": task["file"]}
        todo.append(task)
    for one in case_file.unrecorded(case, facts, by, on):
        if standings[one.act].open:
            taken.add(one.act)
            todo.append(_task(case, unit, standings[one.act], None, one.why, one.citations[:1]) | {"unstarted": True})
    unanswered = case_file.unanswered(db, case, facts, by)
    if unanswered:
        todo.append(
            {
                "file": f"/negotiations/{case.id}",
                "title": case.title,
                "unit": unit,
                "due": None,
                "why": say(N_("有{n}条等本方首席代表表态"), n=unanswered),
                "citations": (),
                "label": N_("逐条表态"),
                "href": f"/negotiations/{case.id}#clauses",
            }
        )
    if side_of(by.seats) or by.seats & {Seat.AUTHORITY, Seat.RECORDER}:
        for name, standing in standings.items():
            if standing.open and standing.act.main and standing.how in (How.SELF, How.PROPOSE) and name not in taken and not todo:
                if (
                    not case_file.applies(standing, facts, by)
                    or _is_done(name, facts)
                    or (name in case_file.FROM_THE_AUTHORITY and Seat.AUTHORITY not in by.seats)
                ):
                    continue
                seat = case_file.signs_for(facts, standing, by)
                why = say(case_file.BY_ANOTHER, who=Words((SEAT_LABELS[seat],))) if seat else standing.act.gist
                todo.append(_task(case, unit, standing, None, why, (), seat))
    return {
        "case": case,
        "unit": unit,
        "index": case_file.stage_index(case, facts),
        "state": STATE_LABELS[State(case.state)],
        "due": running[0].due if running else None,
        "due_label": clock_label(running[0].rule) if running else "",
        "waiting": Words((N_("我"),)) if todo else case_file.waiting_for(facts, list(standings.values())),
        "mine": bool(todo),
        "todo": todo,
    }


def _meetings(db: Session, person: int, on: date) -> list[dict[str, Any]]:
    """What congress meetings wait for this person to do."""
    found = []
    for meeting in congresses.visible_meetings(db, person, on, limit=AT_ONCE):
        if meeting.state in (MeetingState.PUBLISHED, MeetingState.CANCELLED):
            continue
        duty = congress_file.duty(db, meeting, congresses.actor(db, meeting, person, on), on, CASEWORK.href)
        if duty is None:
            continue
        found.append(
            {
                "file": f"/congress/{meeting.id}",
                "title": meeting.title,
                "unit": db.get_one(Organisation, meeting.organisation_id).name,
                "due": duty.due,
                "why": duty.offer.gist,
                "citations": duty.citations,
                "label": duty.offer.label,
                "href": duty.offer.href,
            }
        )
    return found


def _unread(db: Session, person: int, on: date) -> list[dict[str, Any]]:
    """Papers of a coming meeting that this person, who is a member of it, has not confirmed."""
    found = []
    for meeting in congresses.visible_meetings(db, person, on, limit=AT_ONCE):
        if meeting.state != MeetingState.CONVENED or delegates.own(db, meeting, person, on) is None:
            continue
        facts = congresses.facts(db, meeting, on)
        mine = next(d for d in delegates.deliveries(db, meeting, on) if d.delegate.person_id == person)
        if missing := mine.missing(delegates.papers(db, facts)):
            rule = facts.rules.get("CONG-NOTICE-DAYS", meeting.held_on)
            found.append(
                {
                    "file": f"/congress/{meeting.id}",
                    "title": meeting.title,
                    "unit": db.get_one(Organisation, meeting.organisation_id).name,
                    "due": facts.notice_due.date,
                    "why": say(N_("有{n}份会议材料还没有确认已阅"), n=len(missing)),
                    "citations": rule.citations[:1],
                    "label": N_("阅读会议材料"),
                    "href": f"/congress/{meeting.id}/reading",
                }
            )
    return found


def _proposals(db: Session, person: int, on: date) -> list[dict[str, Any]]:
    """Proposals of delegates whose next act is this person's own."""
    found = []
    for proposal in proposals.register(db, person, on):
        if proposal.state in PROPOSAL.final:
            continue
        facts, by = proposals.facts(db, proposal, on), proposals.actor(db, proposal, person, on)
        own = next((s for s in PROPOSAL.explain(proposal.state, facts, by, on) if s.open and s.act.main and s.how is How.SELF), None)
        if own is None:
            continue
        handling = facts.current
        found.append(
            {
                "file": f"/congress/proposals/{proposal.id}",
                "title": proposal.title,
                "unit": db.get_one(Organisation, proposal.organisation_id).name,
                "due": handling.answer_by if handling is not None and handling.answered_on is None else None,
                "why": own.act.gist,
                "citations": (),
                "label": own.act.label,
                "href": PROPOSALS.href(proposal, own.act.name),
            }
        )
    return found


def _is_done(act: str, facts: Facts) -> bool:
    """Main acts that can be repeated but do not wait for anyone now."""
    return bool(
        {
            "convene": any(m.minuted_on is None for m in facts.meetings),
            "publish": facts.publications,
            "list_obligations": facts.obligations,
            "start_round": facts.rounds,
        }.get(act)
    )


def _task(
    case: Negotiation, unit: str, standing: Any, due: date | None, why: object, citations: Any, seat: Seat | None = None
) -> dict[str, Any]:
    return {
        "file": f"/negotiations/{case.id}",
        "title": case.title,
        "unit": unit,
        "due": due,
        "why": why,
        "citations": citations,
        "label": standing.act.label,
        "href": WORK.href(case, standing.act.name) + (f"?seat={seat}" if seat else ""),
    }


routes = (workbench,)
