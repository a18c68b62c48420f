"""What meetings, suspension and coordination require, and the end of the talks by lapse of time."""

from datetime import date

from negotiation.facts import Facts
from negotiation.requirements.rules import after
from negotiation.terms import Side
from workflow.clock import NEVER
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, say


def may_chair(facts: Facts, on: date) -> tuple[str, ...]:
    """Who may chair the next meeting: the chiefs in turn, the requester's first where the rule says so, or both together."""
    rule = facts.rules.find("NEG-CHAIR", on)
    if rule is None:
        return (Side.WORKERS, Side.EMPLOYER, "joint")
    if rule.value == "JOINT":
        return ("joint",)
    if facts.meetings:
        return tuple(side for side in Side if side != facts.meetings[-1].chair)
    return (facts.case.initiator,) if rule.parameters.get("first") == "REQUESTER" else tuple(Side)


@requirement("NEG-PREP", otherwise=N_("还没有确定记录员。记录员由双方共同确定，不能是协商代表。"), remedy=N_("先办“确定记录员”。"))
def has_recorder(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.recorder_name else Unmet()


@requirement(
    "UPPER-NOTICE",
    otherwise=N_("当地规定协商开始前要把协商时间等告知上级工会，还没有登记。"),
    remedy=N_("先办“告知上级工会”。"),
    who=Seat.UNION,
)
def superior_union_is_told(facts: Facts, on: date) -> Unmet | None:
    if facts.rules.find("UPPER-NOTICE", on) is None or facts.day_of("SUPERIOR_TOLD"):
        return None
    return Unmet()


@requirement("NEG-MEETING", otherwise=N_("没有等待记入的协商会议。"), remedy=N_("先由一方首席代表召开协商会议。"), who=Seat.WORKER_CHIEF)
def has_meeting_to_minute(facts: Facts, on: date) -> Unmet | None:
    waiting = [m for m in facts.meetings if m.minuted_on is None]
    if any(m.held_on <= on for m in waiting):
        return None
    return Unmet(from_=min(m.held_on for m in waiting)) if waiting else Unmet()


@requirement("INFO-DAYS", otherwise=N_("没有尚未答复的资料要求。"))
def has_open_request(facts: Facts, on: date) -> Unmet | None:
    return None if any(r.disclosed_on is None for r in facts.requests) else Unmet()


@requirement("NEG-SUSPEND", otherwise=N_("当地规定只有因不可抗力才能中止协商。"), remedy=N_("遇有不可抗力的，办“因不可抗力中止”。"))
def may_suspend_by_agreement(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("NEG-SUSPEND", on)
    return Unmet() if rule is not None and rule.value == "FORCE_MAJEURE_ONLY" else None


@requirement("COORD-APPLY-WITHIN", otherwise=N_("当地规定协商期满后最迟{due}申请协调，已经过了。"))
def is_in_time_to_refer(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("COORD-APPLY-WITHIN")
    return Unmet(due=deadline.due) if deadline is not None and on > deadline.due else None


@requirement("NEG-DEADLOCK", otherwise=N_("当地规定从第一次协商会议起到{due}仍未达成一致的，才可以申请协调。"), remedy=N_("继续协商。"))
def is_deadlocked(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("NEG-DEADLOCK", running=True)
    return Unmet(due=deadline.due, from_=after(deadline)) if deadline is not None and on <= deadline.due else None


@requirement("COORD-STEPS", otherwise=N_("人社部门还没有受理协调申请。"), remedy=N_("先办“受理协调”。"), who=Seat.AUTHORITY)
def coordination_is_accepted(facts: Facts, on: date) -> Unmet | None:
    return None if facts.coordination and facts.coordination.accepted_on else Unmet()


@requirement("COORD-STEPS", otherwise=N_("协调申请已于{accepted}受理。"))
def coordination_is_not_accepted(facts: Facts, on: date) -> Unmet | None:
    accepted = facts.coordination.accepted_on if facts.coordination else None
    return Unmet(accepted=accepted) if accepted else None


@requirement("COORD-DAYS", otherwise=N_("协调期限已经延长过一次，不能再延长。"))
def is_not_extended(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.coordination and facts.coordination.extended else None


@requirement("COORD-DAYS", otherwise=N_("协调期限到{due}才届满。"))
def coordination_period_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("COORD-DAYS", running=True)
    return Unmet(due=deadline.due, from_=after(deadline)) if deadline and on <= deadline.due else None


@requirement("NEG-PRINCIPLES", otherwise=N_("没有等待答复的提议。"))
def has_open_motion(facts: Facts, on: date) -> Unmet | None:
    return None if facts.moved else Unmet()


@requirement("NEG-PERIOD-MAX", otherwise=N_("协商期限到{due}才届满。"))
def negotiation_period_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("NEG-PERIOD-MAX", running=True)
    if deadline is None or on > deadline.due:
        return None
    return Unmet(due=deadline.due if deadline.due < NEVER else say(N_("恢复协商以后")), from_=after(deadline))


@requirement("NEG-PERIOD-MAX", otherwise=N_("当地没有规定协商期限，或者期限还没有开始计算。"))
def has_a_negotiation_period(facts: Facts, on: date) -> Unmet | None:
    return None if facts.deadline("NEG-PERIOD-MAX", running=True) else Unmet()


@requirement("COORD-APPLY-WITHIN", otherwise=N_("申请协调的期限到{due}才届满。"))
def time_to_refer_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("COORD-APPLY-WITHIN", running=True)
    return Unmet(due=deadline.due, from_=after(deadline)) if deadline and on <= deadline.due else None


@requirement("COORD-APPLY-WITHIN", otherwise=N_("当地没有规定协商期满不申请协调即终止协商。"))
def silence_ends_the_negotiation(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("COORD-APPLY-WITHIN", on)
    ends = rule is not None and rule.parameters.get("ends_negotiation") and facts.deadline("COORD-APPLY-WITHIN", running=True)
    return None if ends else Unmet()
