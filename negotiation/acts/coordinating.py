"""协调处理 of a dispute over concluding a contract: by the labour authority with the union and the employers' body."""

from sqlmodel import col, select

from negotiation import documents, forms
from negotiation.acts.adopting import loosen
from negotiation.acts.registry import BOTH_SIDES, Now, does, number_of, side_of
from negotiation.models import Coordination
from negotiation.terms import Outcome, State
from workflow.deadlines import RESUMED, TAKEN_UP
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("refer")
def refer(now: Now, form: forms.Refer) -> None:
    """Where it fails the case returns to where it was referred from."""
    origin = now.case.state
    now.perform(origin=origin)
    now.case.origin = origin
    applicant = "authority" if now.by.seat is Seat.AUTHORITY else side_of(now)
    now.db.add(Coordination(negotiation_id=number_of(now), applicant=applicant, open_items=form.open_items, applied_on=now.on))
    now.happened("REFERRED")
    now.happened("COORDINATION_APPLIED")
    documents.issue_with(now, "coordination_application")
    now.tell(BOTH_SIDES | {Seat.AUTHORITY}, N_("协商争议已经申请人社部门协调处理。"))


@does("accept_coordination")
def accept_coordination(now: Now, form: ActForm) -> None:
    current = _current(now)
    if now.on < current.applied_on:
        raise invalid("on", N_("受理日期不能早于申请日期（{day}）。"), day=current.applied_on)
    now.perform()
    current.accepted_on = now.on
    now.happened("COORDINATION_ACCEPTED")
    now.tell(BOTH_SIDES, N_("人社部门已经受理协调申请。"))


@does("decline_coordination")
def decline_coordination(now: Now, form: forms.Reasoned) -> None:
    _return(now, "declined", form.reason)


@does("extend_coordination")
def extend_coordination(now: Now, form: forms.Reasoned) -> None:
    """集体合同规定 Art. 52: at most fifteen days more; local rules may give more."""
    current = _current(now)
    rule = now.facts.rules.get("COORD-DAYS", current.accepted_on or now.on)
    now.perform()
    now.said(reason=form.reason)
    current.extended = True
    now.keeper.extend(now.db, now.case, "COORD-DAYS", int(rule.parameters.get("extension", 15)))
    now.tell(BOTH_SIDES, N_("协调处理的期限延长了。"))


@does("coordinate")
def coordinate(now: Now, form: forms.Coordinate) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("请上传协调人员和双方首席代表签字的《协调处理协议书》。"))
    current = _current(now)
    suspended, forced = now.case.origin == State.SUSPENDED, now.case.force_majeure
    now.perform()
    loosen(now)
    if suspended:
        now.case.resume_on, now.case.force_majeure = None, False
        now.happened(RESUMED if forced else TAKEN_UP)
    current.agreed, current.left_open = form.agreed, form.left_open
    current.ended_on, current.ended_how = now.on, "agreed"
    now.case.origin = None
    now.happened("COORDINATED")
    documents.issue_with(now, "coordination_agreement")
    now.tell(BOTH_SIDES, N_("协调达成协议，回到协商。"))


@does("coordination_fails")
def coordination_fails(now: Now, form: forms.Reasoned) -> None:
    _return(now, "failed", form.reason)


@does("coordination_lapses")
def coordination_lapses(now: Now, form: ActForm) -> None:
    _return(now, "lapsed", "")


@does("withdraw_referral")
def withdraw_referral(now: Now, form: forms.Reasoned) -> None:
    if _current(now).applicant != side_of(now):
        raise invalid("", N_("协调申请由提出申请的一方撤回。"))
    _return(now, "withdrawn", form.reason)


def _return(now: Now, how: str, reason: str) -> None:
    current = _current(now)
    now.perform(how=how)
    if how == "lapsed":
        now.keeper.lapse(now.db, now.case, "COORD-DAYS")
    current.ended_on, current.ended_how, current.reason = now.on, how, reason
    now.case.origin = None
    now.happened("COORDINATED")
    if now.case.state == State.ENDED:
        now.case.outcome, now.case.closed_on = Outcome.NO_AGREEMENT, now.on
        now.happened("ENDED")
        now.keeper.stop(now.db, now.case)
    now.tell(BOTH_SIDES, N_("协调处理结束，没有达成协议。"))


def _current(now: Now) -> Coordination:
    return now.db.exec(
        select(Coordination).where(Coordination.negotiation_id == number_of(now), col(Coordination.ended_on).is_(None))
    ).one()
