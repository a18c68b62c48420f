"""The composition root: every procedure that this house knows, and what runs by itself in it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session

from congress import queries as congress
from congress.acts import PROCEEDINGS as CONGRESSES
from congress.disclosure import queries as disclosures
from congress.disclosure.acts import PROCEEDINGS as DISCLOSURES
from congress.disclosure.models import Disclosure
from congress.joint import queries as joint_meetings
from congress.joint.acts import PROCEEDINGS as JOINT_MEETINGS
from congress.joint.models import JointMeeting
from congress.models import CongressMeeting, CongressNotice, Item
from congress.notices import handled, pending_notices
from congress.presence import book
from congress.proposals import queries as proposals
from congress.proposals.acts import PROCEEDINGS as PROPOSALS
from congress.proposals.models import DelegateProposal
from congress.rolls import queries as rolls
from congress.rolls.acts import PROCEEDINGS as TERMS
from congress.rolls.models import CongressTerm
from congress.terms import Told
from mediation import queries as mediations
from mediation import retention as caucus
from mediation import text as agreements
from mediation.acts import MEDIATIONS
from mediation.grievances import queries as grievances
from mediation.grievances.acts import PROCEEDINGS as GRIEVANCES
from mediation.grievances.models import Grievance
from mediation.models import MediationCase
from mediation.warnings import queries as warnings
from mediation.warnings import watching
from mediation.warnings.acts import PROCEEDINGS as WARNINGS
from mediation.warnings.models import EarlyWarning
from negotiation import text
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from negotiation.queries import sight
from negotiation.retention import date_notes
from negotiation.terms import Adoption, State
from web import uploads
from web.dispatch import House
from workflow import integrity, jobs, journal, reminding, retention
from workflow.administration import REGISTRATION, Registration
from workflow.case import Case
from workflow.law.overrides import REGISTER, Register
from workflow.procedure import Actor
from workflow.proceedings import Proceedings, do, locked
from workflow.seats import Seat
from workflow.words import N_

PROCEEDINGS: tuple[Proceedings[Any, Any], ...] = (
    NEGOTIATIONS,
    CONGRESSES,
    TERMS,
    PROPOSALS,
    JOINT_MEETINGS,
    DISCLOSURES,
    GRIEVANCES,
    MEDIATIONS,
    WARNINGS,
)
CASE_TYPES: Mapping[str, type[Case]] = {**{p.procedure.name: p.model for p in PROCEEDINGS}, REGISTER: Register, REGISTRATION: Registration}
"""Whatever keeps a journal: the cases of each procedure, the register of corrected rules, what is registered of organisations."""
ADDRESSES: Mapping[str, str] = {
    NEGOTIATIONS.procedure.name: "/negotiations",
    CONGRESSES.procedure.name: "/congress",
    TERMS.procedure.name: "/congress/terms",
    PROPOSALS.procedure.name: "/congress/proposals",
    JOINT_MEETINGS.procedure.name: "/congress/joint",
    DISCLOSURES.procedure.name: "/congress/disclosure",
    GRIEVANCES.procedure.name: "/mediation/grievances",
    MEDIATIONS.procedure.name: "/mediation",
    WARNINGS.procedure.name: "/mediation/warnings",
}
"""Kind of case → where its pages begin."""
THE_CONGRESS = Actor(None, frozenset({Seat.CONGRESS}), Seat.CONGRESS)


T = TypeVar("T")


def come_to(house: House, on: date, at: datetime, *, reminding: bool = True) -> int:
    """Everything that the day `on` brings by itself: acts of the clock, results of congresses, early warnings, whom to remind. Gives how many.

    Here and below, one that fails does not hold up the others; the failures are raised together at the end.
    """
    works = (sweep, hear_congresses, warn, remind) if reminding else (sweep, hear_congresses, warn)
    done, failures = _each(works, lambda work: work(house, on, at))
    _raise("what the day brings", failures)
    return sum(done.values())


def sweep(house: House, on: date, at: datetime) -> int:
    """Every act that time has brought by the day `on`, each in its own transaction. Gives how many were done."""
    by_kind = {p.procedure.name: p for p in PROCEEDINGS}
    done, failed = set[jobs.Lapse](), dict[jobs.Lapse, Exception]()
    while found := [one for one in house.read(lambda db: list(jobs.lapses(db, PROCEEDINGS, on))) if one not in failed.keys() | done]:
        results, failures = _each(found, lambda lapse: house.write(jobs.perform_lapse, by_kind[lapse.kind], lapse, at))
        performed = {lapse for lapse, was_done in results.items() if was_done}
        done, failed = done | performed, failed | failures
        if not performed:
            break
    _raise("the clock's acts", failed)
    return len(done)


def hear_congresses(house: House, on: date, at: datetime) -> int:
    """Pass certified, void and annulled results on to the negotiations that asked for them. Gives how many were told."""
    told, failures = _each(house.read(pending), lambda notice: hear(house, notice, on, at))
    _raise("notices of a congress", failures)
    return sum(told.values())


def pending(db: Session) -> list[int]:
    """Notices of congresses that nobody has handled."""
    return [notice.id for notice in pending_notices(db) if notice.id is not None]


def hear(house: House, notice_id: int, on: date, at: datetime) -> bool:
    """As `hear_congresses`, for one notice."""
    return house.write(_hear, notice_id, on, at)


def warn(house: House, on: date, at: datetime) -> int:
    """Raise the early warnings that no act has raised. Gives how many."""
    raised, failures = _each(house.read(watching.heavy, on), lambda sign: house.write(watching.weigh, sign, on, at))
    _raise("signs to warn of", failures)
    return sum(raised.values())


def remind(house: House, on: date, at: datetime) -> int:
    """Remind of running deadlines whoever is to be reminded on the day `on` and was not yet, case by case. Gives how many."""
    by_kind = {p.procedure.name: p for p in PROCEEDINGS}
    written, failures = _each(
        house.read(reminding.cases_to_remind, PROCEEDINGS, on),
        lambda case: house.write(reminding.remind, by_kind[case[0]], case[1], on, at),
    )
    _raise("cases to remind of", failures)
    return sum(written.values())


def clear(house: House, on: date, at: datetime) -> int:
    """Remove what is kept no longer by the day `on`: personal words past their day, files that nobody handed in. Gives how many rows."""
    house.write(date_notes)
    house.write(caucus.date_notes)
    return house.write(retention.erase, on) + house.write(lambda db: uploads.clear(db, at=at))


def _each(items: Iterable[T], work: Callable[[T], int]) -> tuple[dict[T, int], dict[T, Exception]]:
    results, failures = dict[T, int](), dict[T, Exception]()
    for item in items:
        try:
            results[item] = work(item)
        except Exception as error:  # raised again by `_raise` when all have had their turn
            failures[item] = error
    return results, failures


def _raise(what: str, failures: Mapping[T, Exception]) -> None:
    if failures:
        for item, error in failures.items():
            error.add_note(f"{what}: {item}")
        raise ExceptionGroup(f"{len(failures)} of {what} failed", list(failures.values()))


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
        {"on": day, "reason": _why(db, notice)} if act in ("meeting_failed", "void_adoption") else {"on": day},
        by=THE_CONGRESS,
        today=max(on, day),
        at=at,
    )
    return True


def _why(db: Session, notice: CongressNotice) -> str:
    """What the meeting said when it gave the draft back."""
    said = db.get_one(Item, notice.item_id).reason
    return said or (N_("表决作废") if notice.what == Told.VOID else N_("表决结果被撤销"))


def _answer(db: Session, case: Negotiation, what: Told, on: date) -> str | None:
    """The act that a notice calls for, if it is open; one entered by hand meanwhile has been done already.

    Where each enterprise votes for itself, the union enters the results; one meeting that fails leaves the others' votes alone.
    """
    one = case.adoption == Adoption.ONE_CONGRESS
    wanted = {
        Told.CERTIFIED: ("adopt", "reject") if one else (),
        Told.VOID: ("meeting_failed",) if one else (),
        Told.ANNULLED: ("void_adoption",) if case.state == State.ADOPTED else ("meeting_failed",) if one else (),
    }[what]
    facts = NEGOTIATIONS.facts(db, case, on)
    for act in wanted:
        if NEGOTIATIONS.procedure.standing(act, case.state, facts, THE_CONGRESS, on).open:
            return act
    return None


def title_of(db: Session, kind: str, case_id: int | None, reader: tuple[int, date] | None = None) -> str:
    """Number and title of a case: what may be said of it outside. Empty where a message is about no case, or where `reader` (a person
    and a day) may not see it."""
    case = db.get(CASE_TYPES[kind], case_id) if kind in CASE_TYPES and case_id is not None else None
    if case is not None and reader is not None and not _is_visible(db, case, *reader):
        return ""
    match case:
        case Negotiation():
            return " ".join(f"{case.number} {case.title}".split())
        case CongressMeeting() | CongressTerm() | DelegateProposal() | JointMeeting() | Disclosure():
            return " ".join(case.title.split())
        case Grievance() | EarlyWarning() | MediationCase():
            return case.number
    return ""


def _is_visible(db: Session, case: Case, person_id: int, on: date) -> bool:
    match case:
        case Negotiation():
            return sight(db, case, person_id, on) is not None
        case CongressMeeting():
            return congress.visible_to(db, case, person_id, on)
        case CongressTerm():
            return rolls.visible_to(db, case, person_id, on)
        case DelegateProposal():
            return proposals.visible_to(db, case, person_id, on)
        case JointMeeting():
            return joint_meetings.visible_to(db, case, person_id, on)
        case Disclosure():
            return disclosures.visible_to(db, case, person_id, on)
        case Grievance():
            return grievances.visible_to(db, case, person_id, on)
        case MediationCase():
            return mediations.visible_to(db, case, person_id, on)
        case EarlyWarning():
            return warnings.visible_to(db, case, person_id, on)
    return False


VERIFIED = (
    lambda db: journal.verify(db, CASE_TYPES),
    book.faults,
    integrity.documents,
    integrity.files,
    integrity.periods,
    text.faults,
    agreements.faults,
)
"""The journal, and what can be changed behind its back."""


def verify(db: Session) -> list[journal.Fault]:
    """Everything that is not as it was written, case by case."""
    return [fault for look in VERIFIED for fault in look(db)]
