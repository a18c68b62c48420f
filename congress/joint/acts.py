"""The acts of a joint meeting; the congress confirms its decision in `congress/acts/confirming.py`."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from congress.joint import forms, queries
from congress.joint.models import JointMeeting
from congress.joint.procedure import JOINT, Facts
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from congress.terms import TermState
from workflow.forms import invalid
from workflow.procedure import Refused
from workflow.proceedings import Doing, Proceedings
from workflow.words import N_, Word

Now: TypeAlias = Doing[JointMeeting, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def call_together(db: Session, form: forms.NewJointMeeting, *, by: int, today: date, at: datetime) -> JointMeeting:
    """Raises `Invalid`, and `Refused` for whoever is not of the union that works for the congress."""
    on = form.on or today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    term = db.get(CongressTerm, form.term)
    if term is None or term.id is None or term.state != TermState.SERVING or not rolls.visible_to(db, term, by, on):
        raise invalid("term", N_("请从列出的选项中选“{title}”。"), title=Word(N_("届次")))
    _check_day(form, on)
    joint = JointMeeting(
        organisation_id=term.organisation_id,
        region=term.region,
        state=JOINT.initial,
        opened_on=on,
        term_id=term.id,
        title=form.title,
        matter=form.matter,
        urgency=form.urgency,
        authority=form.authority,
        held_on=form.held_on,
        place=form.place,
    )
    facts, actor = queries.facts(db, joint, on), queries.actor(db, joint, by, on)
    standing = JOINT.standing("call", joint.state, facts, actor, on)
    if not standing.open:
        raise Refused("call", standing.act.label, standing.reasons)
    db.add(joint)
    db.flush()
    JOINT.perform(db, joint, "call", facts, by=actor, on=on, at=at, particulars={"held_on": form.held_on, "matter": form.matter})
    db.flush()
    return joint


@does("call")
def call(now: Now, form: forms.Call) -> None:
    _check_day(form, now.on)
    now.perform(held_on=form.held_on, matter=form.matter)
    joint = now.case
    joint.title, joint.matter, joint.urgency, joint.authority = form.title, form.matter, form.urgency, form.authority
    joint.held_on, joint.place = form.held_on, form.place


@does("decide")
def decide(now: Now, form: forms.Decide) -> None:
    if form.attended > form.invited:
        raise invalid("attended", N_("实到{present}人，多于应到{roll}人，请核对。"), present=form.attended, roll=form.invited)
    if not now.evidence:
        raise invalid("evidence", N_("请上传出席人员签名的会议记录。"))
    joint = now.case
    joint.invited, joint.attended, joint.decision, joint.decided_on = form.invited, form.attended, form.decision, now.on
    now.perform(invited=form.invited, attended=form.attended)


@does("call_off")
def call_off(now: Now, form: forms.CallOff) -> None:
    now.perform()
    now.said(reason=form.reason)
    now.case.closed_on = now.on


@does("confirm")
def confirm(now: Now, form: forms.Outcome) -> None:
    _put(now, form)


@does("refuse")
def refuse(now: Now, form: forms.Outcome) -> None:
    _put(now, form)


def _put(now: Now, form: forms.Outcome) -> None:
    joint = now.case
    joint.put_to_id, joint.put_on, joint.roll, joint.needed = form.meeting, now.on, form.roll, form.needed
    joint.in_favour, joint.against, joint.abstained = form.in_favour, form.against, form.abstained
    joint.closed_on = now.on
    now.perform(meeting=form.meeting, roll=form.roll, needed=form.needed, in_favour=form.in_favour)


def _check_day(form: forms.Call | forms.NewJointMeeting, on: date) -> None:
    if form.held_on < on:
        raise invalid("held_on", N_("开会日期不能早于办理日期（{on}）。"), on=on)


PROCEEDINGS: Proceedings[JointMeeting, Facts] = Proceedings(
    procedure=JOINT,
    model=JointMeeting,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)
