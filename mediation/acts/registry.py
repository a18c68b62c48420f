"""Which function brings about which act, and what these functions share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from mediation import queries
from mediation.facts import RESTARTED, ROLE_SEATS, Facts
from mediation.limitation import Interruption
from mediation.models import MediationCase, Party
from mediation.procedure import MEDIATION
from mediation.terms import Outcome, PartyRole
from workflow.forms import invalid
from workflow.people import appointments
from workflow.proceedings import Doing, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Word

Now: TypeAlias = Doing[MediationCase, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}

MEDIATIONS: Proceedings[MediationCase, Facts] = Proceedings(
    procedure=MEDIATION,
    model=MediationCase,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)

COMMITTEE = {Seat.COMMITTEE_CLERK, Seat.COMMITTEE_CHAIR}
PARTIES = {Seat.APPLICANT, Seat.RESPONDENT}
EVERYBODY = COMMITTEE | PARTIES | {Seat.MEDIATOR}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def number_of(now: Now) -> int:
    assert now.case.id is not None
    return now.case.id


def role_of(now: Now) -> PartyRole | None:
    """Side in which the act is done, if it is a party's."""
    return next((role for role, seat in ROLE_SEATS.items() if seat is now.by.seat), None)


def other_side(now: Now) -> set[Seat]:
    role = role_of(now)
    return PARTIES if role is None else {ROLE_SEATS[role.other]}


def own_parties(now: Now, chosen: int | None = None, among: tuple[Party, ...] | None = None) -> list[Party]:
    """Parties for whom the act is done: of the side those the person stands for; from paper those who have no account, or the one chosen.
    Raises `Invalid`."""
    role = role_of(now)
    found = [p for p in (now.facts.parties if among is None else among) if p.role == role]
    if now.by.on_paper:
        found = [p for p in found if p.id in now.facts.absent]
    elif now.by.person_id is not None:
        held = appointments(now.db, now.by.person_id, now.on)
        found = queries.standing_for(found, now.by.person_id, held)
    if chosen is not None:
        found = [p for p in found if p.id == chosen]
    if not found:
        raise invalid("party", N_("请从列出的选项中选“{title}”。"), title=Word(N_("当事人")))
    return found


def speaks_for_side(now: Now) -> None:
    """What ends the case for a side is decided by all who act on it. Raises `Invalid` where one does it without their signatures."""
    role = role_of(now)
    assert role is not None
    acting = now.facts.acting(role)
    if len(acting) > 1 and not now.evidence and not {p.id for p in acting} <= {p.id for p in own_parties(now)}:
        raise invalid(
            "evidence",
            N_("本方有{count}位当事人，一人不能替其他人决定，请上传全体签名的材料；推举了代表的，由全体代表签名。"),
            count=len(acting),
        )


def restart(now: Now, what: Interruption, on: date | None = None) -> None:
    """The limitation period starts again (企业劳动争议协商调解规定 Art. 31; 劳动争议调解仲裁法 Art. 27)."""
    now.happened(RESTARTED, on, what)


def close(now: Now, outcome: Outcome, interruption: Interruption | None = None, **particulars: Any) -> None:
    """End the case with its outcome and, where the closing is one, the event that starts the limitation period again."""
    now.case.outcome, now.case.interruption, now.case.closed_on = outcome, interruption, now.on
    now.perform(outcome=outcome, **particulars)
    now.happened("CLOSED")
    now.keeper.stop(now.db, now.case)
    if interruption is not None:
        restart(now, interruption)
    told = {"perform": N_("调解案{number}已经履行完毕，结案。"), "transfer": N_("调解案{number}已经移送其他组织。")}
    now.tell(EVERYBODY, told.get(now.act.name, N_("调解案{number}已经结案，结果和下一步写在案卷里。")), number=now.case.number)
