"""The composition root: every procedure that this house knows, and what runs by itself in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from congress.acts import PROCEEDINGS as CONGRESSES
from congress.notices import handled, pending_notices
from congress.terms import Told
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from negotiation.terms import State
from web.dispatch import House
from workflow import jobs, journal
from workflow.case import Case
from workflow.procedure import Actor
from workflow.proceedings import Proceedings, do, locked
from workflow.seats import Seat

PROCEEDINGS: tuple[Proceedings[Any, Any], ...] = (NEGOTIATIONS, CONGRESSES)
CASE_TYPES: Mapping[str, type[Case]] = {p.procedure.name: p.model for p in PROCEEDINGS}
THE_CONGRESS = Actor(None, frozenset({Seat.CONGRESS}), Seat.CONGRESS)


def sweep(house: House, on: date, at: datetime) -> int:
    """Every act that time has brought by the day `on`, each in its own transaction. Gives how many were done."""
    done = 0
    by_kind = {p.procedure.name: p for p in PROCEEDINGS}
    while found := house.read(lambda db: list(jobs.lapses(db, PROCEEDINGS, on))):
        performed = [lapse for lapse in found if house.write(jobs.perform_lapse, by_kind[lapse.kind], lapse, at)]
        done += len(performed)
        if not performed:
            break
    return done


def hear_congresses(house: House, on: date, at: datetime) -> int:
    """Pass certified, void and annulled results on to the negotiations that asked for them. Gives how many were told."""
    notices = house.read(lambda db: [n.id for n in pending_notices(db)])
    return sum(house.write(_hear, notice, on, at) for notice in notices)


def _hear(db: Session, notice_id: int, on: date, at: datetime) -> bool:
    notice = next((n for n in pending_notices(db) if n.id == notice_id), None)
    if notice is None or not handled(db, notice, at):
        return False
    if notice.subject_kind != NEGOTIATIONS.procedure.name:
        return False
    case = locked(db, Negotiation, int(notice.subject_id))
    if case.text_hash != notice.text_hash:
        return False
    day = max(notice.on, case.opened_on)
    act = _answer(db, case, Told(notice.what), day)
    if act is None:
        return False
    do(
        db,
        NEGOTIATIONS,
        case,
        act,
        {"on": day, "reason": notice.what} if act in ("meeting_failed", "void_adoption") else {"on": day},
        by=THE_CONGRESS,
        today=max(on, day),
        at=at,
    )
    return True


def _answer(db: Session, case: Negotiation, what: Told, on: date) -> str | None:
    """The act that a notice calls for, if it is open; one entered by hand meanwhile has been done already."""
    wanted = {
        Told.CERTIFIED: ("adopt", "reject") if case.adoption == "one_congress" else (),
        Told.VOID: ("meeting_failed",),
        Told.ANNULLED: ("void_adoption",) if case.state == State.ADOPTED else ("meeting_failed",),
    }[what]
    facts = NEGOTIATIONS.facts(db, case, on)
    for act in wanted:
        if NEGOTIATIONS.procedure.standing(act, case.state, facts, THE_CONGRESS, on).open:
            return act
    return None


def verify(db: Session) -> list[journal.Fault]:
    return list(journal.verify(db, CASE_TYPES))
