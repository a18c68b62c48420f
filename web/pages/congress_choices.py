"""What the acts of a meeting offer to choose from beside items and officers: opinions, delegations, members on the signed list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from congress.delegates import queries as delegates
from congress.delegates.terms import VOICE_LABELS, Voice
from congress.facts import Facts
from congress.models import CongressMeeting
from congress.rolls import queries as rolls
from congress.terms import ItemState
from workflow.procedure import Actor
from workflow.seats import Seat


def choices(db: Session, meeting: CongressMeeting, facts: Facts, act: str, by: Actor, on: date) -> dict[str, dict[str, str]]:
    match act:
        case "give_opinion":
            items = {str(i.id): f"{i.number}. {i.title}" for i in facts.in_state(ItemState.PREPARED)}
            return {"item": items, **_voices(db, meeting, by, on)}
        case "confirm_joint":
            return {"joint": {str(one.id): one.title for one in facts.unconfirmed}}
        case "answer_opinion":
            return {"opinion": {str(o.id): f"{o.number}. {o.words[:60]}" for o in facts.opinions if o.answered_on is None}}
        case "record_delivery":
            return {"constituency": _places(db, meeting, on)}
        case "undo_delivery":
            entered = [d for d in delegates.deliveries(db, meeting, on) if d.on_list]
            return {"delegate": {str(d.delegate.id): f"{d.delegate.name}（{d.constituency.name}）" for d in entered}}
    return {}


def begun(act: str, choices: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {"voice": next(iter(choices["voice"]))} if act == "give_opinion" else {}


def _voices(db: Session, meeting: CongressMeeting, by: Actor, on: date) -> dict[str, dict[str, str]]:
    """A member speaks for himself, and for the delegation that he leads; the union enters what was handed in on paper."""
    seat = delegates.own(db, meeting, by.person_id or 0, on)
    voices = [Voice.OWN] if seat else []
    voices += [Voice.DELEGATION] if seat and seat[0].leads else []
    voices += [Voice.PAPER] if Seat.UNION in by.seats else []
    places = _places(db, meeting, on) if Seat.UNION in by.seats or seat is None else {str(seat[1].id): seat[1].name}
    return {"voice": {voice: VOICE_LABELS[voice] for voice in voices}, "constituency": places}


def _places(db: Session, meeting: CongressMeeting, on: date) -> dict[str, str]:
    return {str(c.id): c.name for _, c in rolls.roll_of(db, meeting, on)}
