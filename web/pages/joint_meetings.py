"""Joint meetings between two meetings of a congress: what the list, the form that calls one and the file of each show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from congress.joint import acts, forms, queries
from congress.joint.models import JointMeeting
from congress.joint.procedure import JOINT, Facts
from congress.joint.telling import tell
from congress.models import CongressMeeting
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from congress.terms import MATTER_LABELS, TermState
from web.register import New, Register
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_, say

NOUNS = {"call": "call", "decide": "decision", "call_off": "calling-off"}


def listed(db: Session, person: int, on: date, number: int) -> dict[str, Any]:
    found = [
        (joint, db.get_one(Organisation, term.organisation_id).name, JOINT.states[joint.state])
        for term in rolls.visible_terms(db, person, on)
        for joint in queries.joint_meetings_of(db, term.id or 0)
        if queries.visible_to(db, joint, person, on)
    ]
    return {"lines": found, "may_call": bool(_terms(db, person, on))}


def _terms(db: Session, person: int, on: date) -> list[CongressTerm]:
    """Terms in office for which this person calls joint meetings."""
    serving = [t for t in rolls.visible_terms(db, person, on) if t.state == TermState.SERVING]
    return [t for t in serving if Seat.UNION in rolls.seats_of(db, t, person, on)]


def blank(db: Session, person: int, on: date) -> dict[str, Any] | None:
    terms = _terms(db, person, on)
    return {"values": {"term": terms[0].id}, "choices": {"term": {str(t.id): t.title for t in terms}}} if terms else None


def shown(db: Session, joint: JointMeeting, facts: Facts, on: date) -> dict[str, Any]:
    return {
        "term": facts.term,
        "body": db.get_one(Organisation, joint.organisation_id),
        "matter": MATTER_LABELS[joint.matter],
        "members": queries.members(db, joint.term_id, on),
        "put_to": db.get(CongressMeeting, joint.put_to_id) if joint.put_to_id is not None else None,
    }


def begins(db: Session, joint: JointMeeting, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    match act:
        case "call":
            return {name: getattr(joint, name) for name in ("title", "matter", "urgency", "authority", "held_on", "place")}
        case "decide":
            return {"on": joint.held_on, "invited": facts.members}
    return {}


REGISTER = Register(
    acts.PROCEEDINGS,
    "/congress/joint",
    NOUNS,
    lambda joint: joint.title,
    queries.visible_to,
    tell,
    New(
        forms.NewJointMeeting,
        "pages/congress/new_joint_meeting.html",
        blank,
        acts.call_together,
        lambda joint: say(N_("联席会议已经召集。开会以后登记决定。")),
    ),
    "pages/congress/joint_meetings.html",
    listed,
    "pages/congress/joint_meeting.html",
    shown,
    begins=begins,
)

routes = REGISTER.routes()
