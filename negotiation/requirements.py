"""What an act requires: one function each, with its rule, the sentence shown when it fails, and what fixes it.

A requirement looks at the facts of the case on a day and answers `Unmet` with the values of its sentence, or None.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from negotiation.facts import Facts, Team
from negotiation.models import CoveredEnterprise
from negotiation.terms import (
    HEADS,
    PRODUCED_LABELS,
    SIDE_LABELS,
    WRITTEN_MANDATE,
    Adoption,
    ChiefAs,
    ClauseState,
    ContractKind,
    ContractLevel,
    Produced,
    Side,
)
from workflow.clock import NEVER, add_months, due
from workflow.deadlines import Deadline
from workflow.law.rules import Rule
from workflow.people import Office
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, Words, say

# ---- the offer and the reply


@requirement(
    "NEG-REQUEST",
    otherwise=N_("要约应当以书面形式提出，还没有写明协商事项。"),
    remedy=N_("在“修改要约内容”中填写协商事项。"),
    who=Seat.INITIATOR,
)
def is_in_writing(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.subject.strip() else Unmet()


@requirement(
    "WAGE-LETTER",
    otherwise=N_("协商意向书应当明确协商的时间、地点，还没有写明{missing}。"),
    remedy=N_("在“修改要约内容”中填写拟定的协商时间和地点。"),
    who=Seat.INITIATOR,
)
def has_time_and_place(facts: Facts, on: date) -> Unmet | None:
    """Only the wage rules say what the letter must name."""
    if facts.rules.find("WAGE-LETTER", on) is None:
        return None
    missing = [word for word, value in ((N_("时间"), facts.case.proposed_on), (N_("地点"), facts.case.proposed_place)) if not value]
    return Unmet(missing=Words(missing)) if missing else None


@requirement("NEG-REQUEST", otherwise=N_("要约的送达已经登记过了（{received}收到）。"), remedy=N_("如果日期登记错了，用“更正日期”改。"))
def is_not_received(facts: Facts, on: date) -> Unmet | None:
    received = facts.day_of("REQUEST_RECEIVED")
    return Unmet(received=received) if received else None


@requirement(
    "NEG-RESPONSE-DAYS", otherwise=N_("还没有登记对方收到要约的日期，答复期限无从起算。"), remedy=N_("先办“登记送达”。"), who=Seat.INITIATOR
)
def is_received(facts: Facts, on: date) -> Unmet | None:
    """Whoever has answered has received it."""
    return None if facts.day_of("REQUEST_RECEIVED") or facts.day_of("REPLY_REFUSED") else Unmet()


@requirement("NEG-RESPONSE-DAYS", otherwise=N_("对方已于{day}答复拒绝协商。"), remedy=N_("改变主意的，办“同意协商”。"), who=Seat.OTHER_SIDE)
def has_not_refused(facts: Facts, on: date) -> Unmet | None:
    refused = facts.day_of("REPLY_REFUSED")
    return Unmet(day=refused) if refused else None


@requirement(
    "NEG-RESPONSE-DAYS",
    otherwise=N_("答复期限到{due}才届满，在此之前不能视为逾期未应约。"),
    remedy=N_("请等对方答复；期限届满后由系统自动登记。"),
)
def reply_period_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("NEG-RESPONSE-DAYS", running=True)
    if deadline is None or on > deadline.due:
        return None
    return Unmet(due=deadline.due, from_=_after(deadline))


@requirement("UNION-OPINION-REPLY", otherwise=N_("没有尚未答复的提示函、意见书、建议书。"))
def has_letter_to_answer(facts: Facts, on: date) -> Unmet | None:
    return None if any(letter.replied_on is None for letter in facts.letters) else Unmet()


# ---- representatives


@requirement("REP-REPLACE", otherwise=N_("还没有确定协商代表。"), remedy=N_("先办“确定协商代表”。"))
def has_representatives(facts: Facts, on: date) -> Unmet | None:
    return None if facts.representatives else Unmet()


def value(facts: Facts, rule: str, on: date) -> Any:
    """What the rule says here, or None where there is none."""
    found = facts.rules.find(rule, on)
    return found.value if found else None


def allows(facts: Facts, rule: str, parameter: str, on: date) -> bool:
    """Whether the rule leaves it open: it does unless it says no."""
    found = facts.rules.find(rule, on)
    return found is None or found.parameters.get(parameter) is not False


def _teams(facts: Facts) -> tuple[Team, Team]:
    return facts.workers, facts.employer


@requirement(
    "REP-EQUAL",
    otherwise=N_("双方协商代表的人数应当对等，现在职工方{workers}人，企业方{employer}人。"),
    remedy=N_("由人数少的一方补足代表，或者人数多的一方减少代表。"),
)
def are_equal_in_number(facts: Facts, on: date) -> Unmet | None:
    workers, employer = len(facts.workers), len(facts.employer)
    if value(facts, "REP-EQUAL", on) == "EMPLOYER_LE_WORKER" or workers == employer:
        return None
    return Unmet(workers=workers, employer=employer)


@requirement(
    "REP-EQUAL",
    otherwise=N_("企业方协商代表不得多于职工方，现在企业方{employer}人，职工方{workers}人。"),
    remedy=N_("企业方减少代表，或者职工方增加代表。"),
)
def employer_does_not_outnumber(facts: Facts, on: date) -> Unmet | None:
    workers, employer = len(facts.workers), len(facts.employer)
    if value(facts, "REP-EQUAL", on) == "EMPLOYER_LE_WORKER" and employer > workers:
        return Unmet(workers=workers, employer=employer)
    return None


@requirement("REP-MIN", otherwise=N_("每方协商代表至少{least}人，现在{short}。"), remedy=N_("用“确定协商代表”补足。"))
def has_enough_representatives(facts: Facts, on: date) -> Unmet | None:
    least = int(value(facts, "REP-MIN", on) or 0)
    if facts.organisation.above_scale:
        least = max(least, int(value(facts, "REP-MIN-LARGE", on) or 0))
    short = [team for team in _teams(facts) if len(team) < least]
    return Unmet(least=least, short=_counts(short)) if short else None


@requirement("REP-MAX", otherwise=N_("每方协商代表最多{most}人，现在{over}。"), remedy=N_("减少代表人数。"))
def has_not_too_many_representatives(facts: Facts, on: date) -> Unmet | None:
    most = value(facts, "REP-MAX", on)
    over = [team for team in _teams(facts) if most is not None and len(team) > int(most)]
    return Unmet(most=int(most), over=_counts(over)) if over else None


def _counts(teams: list[Team]) -> Sentence:
    if len(teams) == 2:
        return say(N_("职工方{workers}人、企业方{employer}人"), workers=len(teams[0]), employer=len(teams[1]))
    return say(N_("{side}{n}人"), side=Word(SIDE_LABELS[teams[0].side]), n=len(teams[0]))


@requirement("REP-CHIEF", otherwise=N_("每方应当确定一名首席代表，{sides}还没有确定。"), remedy=N_("在“确定协商代表”中指定首席代表。"))
def has_chiefs(facts: Facts, on: date) -> Unmet | None:
    missing = [SIDE_LABELS[t.side] for t in _teams(facts) if t.chief is None]
    return Unmet(sides=Words(missing)) if missing else None


@requirement(
    "REP-OUTSIDER-NOT-CHIEF",
    otherwise=N_("首席代表不得由非本单位人员代理，{name}不是本单位人员。"),
    remedy=N_("另选本单位的人担任首席代表。"),
)
def chief_is_no_outsider(facts: Facts, on: date) -> Unmet | None:
    wrong = [t.chief.name for t in _teams(facts) if t.chief and t.chief.outsider]
    return Unmet(name="、".join(wrong)) if wrong else None


@requirement(
    "REP-W-CHIEF",
    otherwise=N_("{name}受书面委托担任首席代表，还没有上传授权委托书。"),
    remedy=N_("用“确定协商代表”上传首席代表授权委托书。"),
    who=Seat.UNION,
)
def worker_chief_has_mandate(facts: Facts, on: date) -> Unmet | None:
    return _without_mandate(facts.workers)


@requirement(
    "REP-E-CHIEF",
    otherwise=N_("{name}受书面委托担任首席代表，还没有上传授权委托书。"),
    remedy=N_("用“确定协商代表”上传首席代表授权委托书。"),
    who=Seat.EMPLOYER,
)
def employer_chief_has_mandate(facts: Facts, on: date) -> Unmet | None:
    return _without_mandate(facts.employer)


def _without_mandate(team: Team) -> Unmet | None:
    chief = team.chief
    return Unmet(name=chief.name) if chief and chief.chief_as in WRITTEN_MANDATE and not chief.mandate_sha256 else None


@requirement(
    "REP-W-CHIEF",
    otherwise=N_("当地规定职工方首席代表由工会主席或者工会主要负责人担任，不能书面委托他人，{name}是受委托担任的。"),
    remedy=N_("由工会主席或者工会主要负责人担任首席代表。"),
    who=Seat.UNION,
)
def worker_chief_is_no_delegate(facts: Facts, on: date) -> Unmet | None:
    chief = facts.workers.chief
    if chief is None or chief.chief_as != ChiefAs.UNION_DELEGATE or allows(facts, "REP-W-CHIEF", "may_delegate", on):
        return None
    return Unmet(name=chief.name)


@requirement(
    "REP-E-CHIEF",
    otherwise=N_("当地规定企业方首席代表由法定代表人或者主要负责人担任，不能书面委托他人，{name}是受委托担任的。"),
    remedy=N_("由法定代表人或者主要负责人担任首席代表。"),
    who=Seat.EMPLOYER,
)
def employer_chief_is_no_delegate(facts: Facts, on: date) -> Unmet | None:
    chief = facts.employer.chief
    if chief is None or chief.chief_as != ChiefAs.MANAGER or allows(facts, "REP-E-CHIEF", "may_delegate", on):
        return None
    return Unmet(name=chief.name)


@requirement(
    "REP-OUTSIDER-MAX",
    otherwise=N_("外聘专业人员不得超过本方代表的{limit}，现在{side}{total}人中有{n}人是外聘。"),
    remedy=N_("减少外聘代表，或者增加本单位的代表。"),
)
def outsiders_are_few(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("REP-OUTSIDER-MAX", on)
    if rule is None or rule.value == "ADVISER":
        return None
    limit = Fraction(str(rule.value))
    for team in _teams(facts):
        if team.outsiders > limit * len(team):
            return Unmet(limit=str(limit), side=Word(SIDE_LABELS[team.side]), total=len(team), n=team.outsiders)
    return None


@requirement(
    "REP-OUTSIDER-MAX", otherwise=N_("当地规定外聘专业人员只能担任顾问，不能担任协商代表：{names}。"), remedy=N_("更换为本单位的代表。")
)
def outsiders_only_advise(facts: Facts, on: date) -> Unmet | None:
    if value(facts, "REP-OUTSIDER-MAX", on) != "ADVISER":
        return None
    names = [r.name for r in facts.representatives if r.outsider]
    return Unmet(names="、".join(names)) if names else None


@requirement("REP-NO-DUAL", otherwise=N_("双方协商代表不得相互兼任：{names}同时是双方代表。"), remedy=N_("由一方更换代表。"))
def nobody_sits_on_both_sides(facts: Facts, on: date) -> Unmet | None:
    both = [
        w.name
        for w in facts.workers.members
        for e in facts.employer.members
        if (w.person_id is not None and w.person_id == e.person_id) or (w.person_id is None and w.name == e.name and w.post == e.post)
    ]
    return Unmet(names="、".join(both)) if both else None


SOURCES: Mapping[str, tuple[Produced, ...]] = {
    "UNION": (Produced.UNION_SELECTION, Produced.CONGRESS_ELECTION, Produced.NOMINATION_AND_VOTE),
    "CONGRESS_OR_UNION": (Produced.CONGRESS_ELECTION, Produced.UNION_SELECTION, Produced.NOMINATION_AND_VOTE),
    "CONGRESS": (Produced.CONGRESS_ELECTION,),
    "NOMINATION_AND_CONGRESS": (Produced.NOMINATION_AND_VOTE, Produced.CONGRESS_ELECTION),
    "NOMINATION_AND_VOTE": (Produced.NOMINATION_AND_VOTE, Produced.CONGRESS_ELECTION),
}
"""REP-W-SOURCE → how those other than the chief may come to their seats. What the workers decide themselves is never too much."""


@requirement(
    "REP-W-SOURCE",
    otherwise=N_("{names}担任职工方协商代表，产生方式不符合规定，应当是{how}。"),
    remedy=N_("按规定重新产生代表，再用“确定协商代表”登记。"),
    who=Seat.UNION,
)
def workers_are_duly_produced(facts: Facts, on: date) -> Unmet | None:
    """The chief sits by office. Several enterprises' representatives are sent by the union above them (SECT-REPS-W)."""
    if facts.is_of_several:
        return None
    allowed = SOURCES.get(value(facts, "REP-W-SOURCE", on), ()) if facts.case.union_id is not None else (Produced.RECOMMENDATION,)
    wrong = [r.name for r in facts.workers.members if allowed and not r.chief and r.produced not in allowed]
    return Unmet(names="、".join(wrong), how=_one_of(allowed)) if wrong else None


def _one_of(ways: Sequence[Produced]) -> Sentence:
    said = say(N_("“{way}”"), way=Word(PRODUCED_LABELS[ways[0]]))
    for way in ways[1:]:
        said = say(N_("{ways}或者“{way}”"), ways=said, way=Word(PRODUCED_LABELS[way]))
    return said


BARRED = {
    "HEADS": N_("企业负责人"),
    "INVESTORS": N_("投资人"),
    "HR_HEAD": N_("人力资源负责人"),
    "NEAR_RELATIVES": N_("他们的近亲属"),
    "RELATIVES": N_("他们的亲属"),
}


@requirement(
    "REP-NOT-KIN",
    otherwise=N_("当地规定{who}不得担任职工方协商代表：{names}。"),
    remedy=N_("由职工方更换代表。"),
    who=Seat.UNION,
)
def workers_are_not_kin(facts: Facts, on: date) -> Unmet | None:
    barred = value(facts, "REP-NOT-KIN", on)
    names = [r.name for r in facts.workers.members if r.kin]
    return Unmet(who=Words(BARRED[b] for b in barred), names="、".join(names)) if barred and names else None


@requirement(
    "REP-EXCLUDED",
    otherwise=N_("当地规定工会工作人员不得担任企业方协商代表：{names}。"),
    remedy=N_("由企业方更换代表。"),
    who=Seat.EMPLOYER,
)
def employer_seats_no_union_staff(facts: Facts, on: date) -> Unmet | None:
    return _excluded(facts, facts.employer, "UNION_STAFF_FOR_EMPLOYER", {Office.UNION_CHAIR, Office.UNION_OFFICER}, on)


@requirement(
    "REP-EXCLUDED",
    otherwise=N_("当地规定企业负责人不得担任职工方协商代表：{names}。"),
    remedy=N_("由职工方更换代表。"),
    who=Seat.UNION,
)
def workers_seat_no_heads(facts: Facts, on: date) -> Unmet | None:
    return _excluded(facts, facts.workers, "HEADS_FOR_WORKERS", {Office.LEGAL_REPRESENTATIVE}, on)


def _excluded(facts: Facts, team: Team, what: str, offices: set[Office], on: date) -> Unmet | None:
    if what not in (value(facts, "REP-EXCLUDED", on) or ()):
        return None
    names = [r.name for r in team.members if r.person_id is not None and facts.offices.get(r.person_id, frozenset()) & offices]
    return Unmet(names="、".join(names)) if names else None


@requirement(
    "REP-VACANCY-MEETING",
    otherwise=N_("当地规定代表空缺的，应当在下一次协商会议前产生新的代表，{sides}还有空缺。"),
    remedy=N_("用“确定协商代表”补足空缺。"),
)
def no_seat_is_vacant(facts: Facts, on: date) -> Unmet | None:
    if facts.rules.find("REP-VACANCY-MEETING", on) is None:
        return None
    vacant = [SIDE_LABELS[side] for side in Side if facts.deadline("REP-VACANCY-DAYS", side, running=True)]
    return Unmet(sides=Words(vacant)) if vacant else None


@requirement(
    "REP-TERM-FAIL",
    otherwise=N_("{sides}协商代表的履职期限已经届满（{due}）。"),
    remedy=N_("用“确定协商代表”重新产生代表。"),
)
def mandates_run(facts: Facts, on: date) -> Unmet | None:
    over = [(side, d.due) for side in Side if (d := facts.deadline("REP-TERM-FAIL", side, running=True)) and on > d.due]
    return Unmet(sides=Words(SIDE_LABELS[side] for side, _ in over), due=max(due for _, due in over)) if over else None


def _share(facts: Facts, rule: str, on: date, have: int, of_staff: int, who: str) -> Unmet | None:
    """Local rules that seat a group: from a share of the staff on, at least one, or in proportion, or a third."""
    found = facts.rules.find(rule, on)
    if found is None or not facts.organisation.workforce and found.parameters.get("from_share"):
        return None
    staff = Fraction(of_staff, max(facts.organisation.workforce, 1))
    from_share = found.parameters.get("from_share")
    if from_share is not None:
        bound = Fraction(str(from_share))
        if staff < bound or (staff == bound and found.parameters.get("from_share_operator") == "GT"):
            return None
    total = len(facts.workers)
    share = found.parameters.get("seats_share")
    needed = -(-total * Fraction(str(share)).numerator // Fraction(str(share)).denominator) if share else 1
    if found.parameters.get("proportional"):
        needed = max(1, int(total * staff))
    return Unmet(needed=needed, have=have, who=Word(who)) if have < needed else None


@requirement(
    "REP-FEMALE", otherwise=N_("职工方代表中应当有女性代表，至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。")
)
def has_women(facts: Facts, on: date) -> Unmet | None:
    return _share(facts, "REP-FEMALE", on, sum(r.female for r in facts.workers.members), facts.organisation.female, N_("女性"))


@requirement("REP-FRONTLINE", otherwise=N_("职工方代表中一线职工至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。"))
def has_frontline(facts: Facts, on: date) -> Unmet | None:
    return _share(facts, "REP-FRONTLINE", on, sum(r.frontline for r in facts.workers.members), 0, N_("一线职工"))


@requirement(
    "REP-DISPATCHED", otherwise=N_("职工方代表中应当有被派遣劳动者，至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。")
)
def has_dispatched(facts: Facts, on: date) -> Unmet | None:
    return _share(
        facts, "REP-DISPATCHED", on, sum(r.dispatched for r in facts.workers.members), facts.organisation.dispatched, N_("被派遣劳动者")
    )


LAWFUL_TEAMS = (
    has_chiefs,
    has_enough_representatives,
    has_not_too_many_representatives,
    are_equal_in_number,
    employer_does_not_outnumber,
    chief_is_no_outsider,
    worker_chief_has_mandate,
    employer_chief_has_mandate,
    worker_chief_is_no_delegate,
    employer_chief_is_no_delegate,
    workers_are_duly_produced,
    outsiders_are_few,
    outsiders_only_advise,
    nobody_sits_on_both_sides,
    workers_are_not_kin,
    employer_seats_no_union_staff,
    workers_seat_no_heads,
    has_women,
    has_frontline,
    has_dispatched,
    no_seat_is_vacant,
    mandates_run,
)


# ---- meetings


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


# ---- suspension and coordination


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
    return Unmet(due=deadline.due, from_=_after(deadline)) if deadline is not None and on <= deadline.due else None


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
    return Unmet(due=deadline.due, from_=_after(deadline)) if deadline and on <= deadline.due else None


@requirement("NEG-PRINCIPLES", otherwise=N_("没有等待答复的提议。"))
def has_open_motion(facts: Facts, on: date) -> Unmet | None:
    return None if facts.moved else Unmet()


# ---- the draft


@requirement("NEG-MEETING", otherwise=N_("草案还没有一个条款。"), remedy=N_("用“提出条款”写入。"))
def has_clauses(facts: Facts, on: date) -> Unmet | None:
    return None if facts.standing_clauses else Unmet()


@requirement("NEG-MEETING", otherwise=N_("现在的条款都已经达成一致。"), remedy=N_("要改的，用“修改条款”；都谈好了的，办“议定草案”。"))
def has_undecided_clause(facts: Facts, on: date) -> Unmet | None:
    undecided = any(c.state in (ClauseState.OPEN, ClauseState.DEFERRED) for c in facts.standing_clauses)
    return None if undecided or not facts.standing_clauses else Unmet()


@requirement(
    "NEG-MEETING", otherwise=N_("还有{count}条未达成一致（{which}）。"), remedy=N_("由双方首席代表同意现有文本，或者再提出修改，或者删去。")
)
def is_agreed_throughout(facts: Facts, on: date) -> Unmet | None:
    numbers = [i for i, c in enumerate(facts.standing_clauses, start=1) if c.state in (ClauseState.OPEN, ClauseState.DEFERRED)]
    return Unmet(count=len(numbers), which=Words(say(N_("第{n}条"), n=n) for n in numbers)) if numbers else None


@requirement(
    "NEG-MEETING", otherwise=N_("还没有一次记入会议记录的协商会议。"), remedy=N_("先召开协商会议并记入会议记录。"), who=Seat.RECORDER
)
def has_met(facts: Facts, on: date) -> Unmet | None:
    return None if facts.held_meetings else Unmet()


HEADS_RULE = {ContractKind.SAFETY: "SPEC-OSH-HEADS", ContractKind.WOMEN: "SPEC-WOMEN-HEADS"}
"""Where the law lists the heads of a contract of this kind; CC-HEADS for the others."""


def compulsory_heads(facts: Facts, on: date) -> tuple[str, ...]:
    """Heads that the rules in force here make compulsory: named ones, or the first so many of the list."""
    rule = facts.rules.find(HEADS_RULE.get(ContractKind(facts.case.kind), "CC-HEADS"), on)
    if rule is None:
        return ()
    if named := rule.parameters.get("compulsory"):
        return tuple(named)
    heads, count = HEADS[facts.case.kind], int(rule.parameters.get("required", 1))
    return tuple(heads)[:count] if count > 1 else ()


@requirement("CC-HEADS", otherwise=N_("草案里没有一条属于规定的协商内容。"), remedy=N_("至少写一条属于规定内容类别的条款。"))
def has_a_head(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate" or not facts.standing_clauses:
        return None
    listed = HEADS[facts.case.kind].keys() - {"other"}
    return None if any(c.head in listed for c in facts.standing_clauses) else Unmet()


MISSING_HEADS = N_("当地规定合同应当包括下列内容，现在还缺：{missing}。")


@requirement("CC-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_heads(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.kind in HEADS_RULE else _missing_heads(facts, on)


@requirement("SPEC-OSH-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_safety_heads(facts: Facts, on: date) -> Unmet | None:
    return _missing_heads(facts, on) if facts.case.kind == ContractKind.SAFETY else None


@requirement("SPEC-WOMEN-HEADS", otherwise=MISSING_HEADS, remedy=N_("补写这些条款。"))
def has_compulsory_womens_heads(facts: Facts, on: date) -> Unmet | None:
    return _missing_heads(facts, on) if facts.case.kind == ContractKind.WOMEN else None


def _missing_heads(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    present, labels = {c.head for c in facts.standing_clauses}, HEADS[facts.case.kind]
    missing = [labels[head] for head in compulsory_heads(facts, on) if head not in present]
    return Unmet(missing=Words(missing)) if missing else None


@requirement(
    "LAW-WOMEN-44",
    otherwise=N_("综合集体合同应当包含男女平等和女职工权益保护的内容，草案里没有这一章，也没有女职工权益保护专项集体合同。"),
    remedy=N_("增加“女职工和未成年工特殊保护”条款，或者同时议定女职工权益保护专项集体合同。"),
)
def has_gender_equality(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    if facts.case.kind != ContractKind.COMPREHENSIVE or facts.has_women_contract:
        return None
    return None if any(c.head == "women_and_minors" for c in facts.standing_clauses) else Unmet()


@requirement("CC-TERM", otherwise=N_("还没有写明合同期限。"), remedy=N_("在“填写期限和工资数据”中填写起止日期。"))
def has_term(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    return None if facts.case.term_from and facts.case.term_until else Unmet()


@requirement("CC-TERM", otherwise=N_("合同期限应当为{years}年，现在写的是{start}至{end}。"), remedy=N_("在“填写期限和工资数据”中修改。"))
def has_lawful_term(facts: Facts, on: date) -> Unmet | None:
    if facts.case.purpose == "terminate":
        return None
    start, end = facts.case.term_from, facts.case.term_until
    rule = facts.rules.find("CC-TERM", on)
    if rule is None or start is None or end is None:
        return None
    least, most = _years(rule)
    if end < add_months(start, 12 * least) - timedelta(days=1) or end > add_months(start, 12 * most):
        years = str(least) if least == most else say(N_("{least}至{most}"), least=least, most=most)
        return Unmet(years=years, start=start, end=end)
    return None


def _years(rule: Rule) -> tuple[int, int]:
    value = rule.value
    return (int(value[0]), int(value[1])) if isinstance(value, list | tuple) else (int(value), int(value))


@requirement(
    "CC-FLOOR",
    otherwise=N_("草案的最低工资{wage}元低于当地最低工资标准{floor}元。"),
    remedy=N_("在“填写期限和工资数据”中改到不低于当地标准。"),
)
def is_above_minimum_wage(facts: Facts, on: date) -> Unmet | None:
    terms = facts.terms
    lowest = [r.after_fen for r in facts.wage_rows]
    if terms is None or terms.local_minimum_fen is None:
        return None
    if terms.lowest_wage_fen is not None:
        lowest.append(terms.lowest_wage_fen)
    if lowest and min(lowest) < terms.local_minimum_fen:
        return Unmet(wage=_yuan(min(lowest)), floor=_yuan(terms.local_minimum_fen))
    return None


@requirement(
    "LABOUR-HOURS",
    otherwise=N_("草案的工作时间是每日{daily}小时、每周{weekly}小时，超过法定的每日{most_daily}小时、每周{most_weekly}小时。"),
    remedy=N_("在“填写期限和工资数据”中改到不超过法定标准。"),
)
def has_lawful_hours(facts: Facts, on: date) -> Unmet | None:
    terms = facts.terms
    if terms is None:
        return None
    most_daily, most_weekly = map(int, facts.rules.get("LABOUR-HOURS", on).value)
    daily, weekly = terms.daily_hours or 0, terms.weekly_hours or 0
    if daily <= most_daily and weekly <= most_weekly:
        return None
    return Unmet(daily=daily, weekly=weekly, most_daily=most_daily, most_weekly=most_weekly)


# ---- congress, signature, filing


@requirement(
    "CONG-SUBMIT", otherwise=N_("双方还没有就草案达成一致并签字。"), remedy=N_("先由双方首席代表“议定草案”。"), who=Seat.WORKER_CHIEF
)
def is_settled(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.text_hash else Unmet()


@requirement(
    "CONG-APPROVE",
    otherwise=N_("职代会对现在这份文本的表决结果还没有确认。"),
    remedy=N_("在职代会会议中完成计票，由执行主席确认表决结果。"),
    who=Seat.CONGRESS,
)
def has_certified_result(facts: Facts, on: date) -> Unmet | None:
    return None if facts.result is not None or facts.case.adoption == "each_enterprise" else Unmet()


@requirement(
    "CONG-APPROVE", otherwise=N_("表决结果是未通过：赞成{votes}票，需要{needed}票。"), remedy=N_("办“审议未通过”，回到协商后再提交。")
)
def result_is_passed(facts: Facts, on: date) -> Unmet | None:
    if facts.result is None or facts.result.passed or _is_adopted_one_by_one(facts):
        return None
    return Unmet(votes=facts.result.in_favour, needed=facts.result.needed)


@requirement("CONG-APPROVE", otherwise=N_("表决结果是通过，不能登记为未通过。"))
def result_is_not_passed(facts: Facts, on: date) -> Unmet | None:
    if _is_adopted_one_by_one(facts):
        return None
    return Unmet() if facts.result is not None and facts.result.passed else None


@requirement(
    "SECT-ADOPT",
    otherwise=N_("从各企业的审议结果还看不出草案没有通过。"),
    remedy=N_("还有企业没有审议的，等它们的结果；都通过了的，办“审议通过”。"),
)
def enterprises_have_not_passed(facts: Facts, on: date) -> Unmet | None:
    """Where every enterprise is bound one refusal settles it; where only the willing are, all must have answered."""
    if not _is_adopted_one_by_one(facts):
        return None
    waits = value(facts, "SECT-BIND", on) in BINDS_THE_WILLING and any(facts.vote_of(c) is None for c in facts.covered)
    return Unmet() if waits or every_bound_enterprise_has_passed.check(facts, on) is None else None


@requirement(
    "SECT-ADOPT", otherwise=N_("还有{count}家企业没有登记审议结果：{names}。"), remedy=N_("逐家登记职代会审议结果和法定代表人认可。")
)
def every_enterprise_has_answered(facts: Facts, on: date) -> Unmet | None:
    if not _is_adopted_one_by_one(facts):
        return None
    waiting = [facts.names[c.organisation_id] for c in facts.covered if facts.vote_of(c) is None]
    return Unmet(count=len(waiting), names="、".join(waiting)) if waiting else None


@requirement(
    "SECT-BIND",
    otherwise=N_("下列企业没有通过：{names}。当地的区域性、行业性集体合同约束全部企业，须每家都通过。"),
    remedy=N_("办“审议未通过”，回到协商后再提交。"),
)
def every_bound_enterprise_has_passed(facts: Facts, on: date) -> Unmet | None:
    """Where the contract binds only those who recognise it, one that passed is enough."""
    if not _is_adopted_one_by_one(facts):
        return None
    failed = [facts.names[c.organisation_id] for c in facts.covered if facts.vote_of(c) is False]
    if value(facts, "SECT-BIND", on) in BINDS_THE_WILLING:
        return Unmet(names="、".join(failed)) if not any(is_bound(c, facts, on) for c in facts.covered) else None
    return Unmet(names="、".join(failed)) if failed else None


@requirement("SECT-ADOPT", otherwise=N_("本合同不是由各企业职工代表大会分别审议的，审议结果由职代会会议自动登记。"))
def is_adopted_one_by_one(facts: Facts, on: date) -> Unmet | None:
    return None if _is_adopted_one_by_one(facts) else Unmet()


BINDS_THE_WILLING = ("RECOGNISED_ONLY", "SEALED_ONLY")


def is_bound(enterprise: CoveredEnterprise, facts: Facts, on: date) -> bool:
    """Whether a regional or sectoral contract binds this enterprise (SECT-BIND): of one adopted one by one, it must have passed it itself."""
    willing = value(facts, "SECT-BIND", on) not in BINDS_THE_WILLING or enterprise.recognised_on is not None
    passed = facts.vote_of(enterprise) if _is_adopted_one_by_one(facts) else facts.day_of("ADOPTED") is not None
    return bool(passed) and willing


def _is_adopted_one_by_one(facts: Facts) -> bool:
    return facts.case.level != ContractLevel.ENTERPRISE and facts.case.adoption == Adoption.EACH_ENTERPRISE


@requirement("CC-SIGN", otherwise=N_("草案还没有经职代会讨论通过。"), remedy=N_("先把议定的草案提交职代会审议。"), who=Seat.CONGRESS)
def is_adopted(facts: Facts, on: date) -> Unmet | None:
    return None if facts.result is not None and facts.result.passed or facts.day_of("ADOPTED") else Unmet()


@requirement("FILE-DAYS", otherwise=N_("已经登记过书面告知（{day}收到）。"), remedy=N_("如果日期登记错了，用“更正日期”改。"))
def passage_is_not_told(facts: Facts, on: date) -> Unmet | None:
    """Once for each time that the congress has passed it."""
    told = [event.on for event in facts.since("ADOPTED") if event.name == "PASS_NOTICE_RECEIVED"]
    return Unmet(day=told[-1]) if told else None


@requirement("FILE-DAYS", otherwise=N_("合同还没有由双方首席代表签字。"), remedy=N_("先由双方首席代表签字。"), who=Seat.EMPLOYER_CHIEF)
def is_signed(facts: Facts, on: date) -> Unmet | None:
    return None if facts.signed_by(Side.WORKERS) and facts.signed_by(Side.EMPLOYER) else Unmet()


@requirement("FILE-REGISTER", otherwise=N_("合同还没有报送。"), remedy=N_("先办“报送审查”。"), who=Seat.EMPLOYER)
def is_sent(facts: Facts, on: date) -> Unmet | None:
    """What was objected to or taken back has to be handed in anew."""
    filing = facts.filing
    return None if filing is not None and filing.withdrawn_on is None and filing.opinion != "objected" else Unmet()


@requirement(
    "SECT-FILE", otherwise=N_("本合同由企业报送；只有当地规定可以由工会报送的区域性、行业性集体合同，才由工会办。"), who=Seat.EMPLOYER
)
def union_may_file(facts: Facts, on: date) -> Unmet | None:
    return None if facts.is_of_several and "UNION" in (value(facts, "SECT-FILE", on) or ()) else Unmet()


@requirement("FILE-DAYS", otherwise=N_("已于{day}报送，正在等人社部门收件。"), remedy=N_("收到收件单后办“登记收件”。"))
def is_not_sent(facts: Facts, on: date) -> Unmet | None:
    filing = facts.filing
    if filing is None or filing.withdrawn_on or filing.opinion == "objected":
        return None
    return Unmet(day=filing.filed_on)


@requirement("FILE-SUPPLEMENT", otherwise=N_("人社部门没有要求补正。"))
def is_asked_to_supplement(facts: Facts, on: date) -> Unmet | None:
    return None if facts.filing and facts.filing.supplement_what and not facts.filing.supplemented_on else Unmet()


@requirement("REVIEW-DAYS", otherwise=N_("合同不是因审查期限届满而自动生效的，不能再登记异议。"))
def took_effect_by_silence(facts: Facts, on: date) -> Unmet | None:
    return None if facts.case.state == "filed" or facts.lapsed_by_clock == "take_effect" else Unmet()


@requirement(
    "FILE-SUPPLEMENT", otherwise=N_("正在等企业补正报送材料，补齐以后审查期限重新计算。"), remedy=N_("先办“完成补正”。"), who=Seat.EMPLOYER
)
def review_period_runs(facts: Facts, on: date) -> Unmet | None:
    return None if facts.deadline("REVIEW-DAYS", running=True) else Unmet()


@requirement("REVIEW-DAYS", otherwise=N_("审查期限到{due}才届满。"), remedy=N_("请等人社部门审查；期内没有异议的，届满后自动生效。"))
def review_period_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("REVIEW-DAYS", running=True)
    return Unmet(due=deadline.due, from_=_after(deadline)) if deadline and on <= deadline.due else None


# ---- in force


@requirement("PERF-WAGE-PUBLISH", otherwise=N_("当地没有规定要定期公布工资事项的履行情况。"))
def pay_is_published_here(facts: Facts, on: date) -> Unmet | None:
    return None if facts.rules.find("PERF-WAGE-PUBLISH", on) else Unmet()


@requirement("PUBLISH", otherwise=N_("合同还没有生效。"), remedy=N_("审查通过或审查期限届满后才生效。"), who=Seat.AUTHORITY)
def is_effective(facts: Facts, on: date) -> Unmet | None:
    return None if facts.day_of("EFFECTIVE") else Unmet()


@requirement("CC-TERM", otherwise=N_("合同到{until}才期满。"))
def term_is_over(facts: Facts, on: date) -> Unmet | None:
    until = facts.case.term_until
    return Unmet(until=until, from_=until + timedelta(days=1)) if until and on <= until else None


@requirement("CC-RENEW-WINDOW", otherwise=N_("离期满还早：续订可以从{opens}起提出（{until}期满）。"), remedy=N_("到时系统会提醒。"))
def is_inside_renewal_window(facts: Facts, on: date) -> Unmet | None:
    opens, until = renewal_opens(facts, on), facts.case.term_until
    if opens is None or until is None or on >= opens:
        return None
    return Unmet(opens=opens, until=until, from_=opens)


def renewal_opens(facts: Facts, on: date) -> date | None:
    """First day on which renewal may be requested: the period of CC-RENEW-WINDOW counted back from the last day of the term."""
    rule, until = facts.rules.find("CC-RENEW-WINDOW", on), facts.case.term_until
    return due(rule, until).date if rule is not None and until is not None else None


@requirement("CC-TERM", otherwise=N_("合同已于{until}期满，不能再续订。"), remedy=N_("另行立案，重新协商。"))
def term_still_runs(facts: Facts, on: date) -> Unmet | None:
    until = facts.case.term_until
    return Unmet(until=until) if until is not None and on > until else None


@requirement("PERF-REPORT", otherwise=N_("还没有列出要检查的履行事项。"), remedy=N_("先办“列出履行事项”。"), who=Seat.UNION)
def has_obligations(facts: Facts, on: date) -> Unmet | None:
    return None if facts.obligations else Unmet()


@requirement("PERF-REPORT", otherwise=N_("没有正在进行的履约检查。"), remedy=N_("先办“开始履约检查”。"))
def has_open_round(facts: Facts, on: date) -> Unmet | None:
    return None if facts.open_round else Unmet()


@requirement("PERF-REPORT", otherwise=N_("第{number}轮履约检查还没有结束。"), remedy=N_("先把这一轮检查结束。"))
def has_no_open_round(facts: Facts, on: date) -> Unmet | None:
    return Unmet(number=facts.open_round.number) if facts.open_round else None


@requirement("PERF-REPORT", otherwise=N_("还有{count}项没有检查结论。"), remedy=N_("逐项办“记录检查结果”。"))
def every_obligation_is_found(facts: Facts, on: date) -> Unmet | None:
    one = facts.open_round
    if one is None:
        return None
    found = {f.obligation_id for f in facts.findings if f.round_id == one.id}
    waiting = sum(o.id not in found for o in facts.obligations)
    return Unmet(count=waiting) if waiting else None


@requirement("PERF-REPORT", otherwise=N_("没有需要整改的事项。"))
def has_correction_to_record(facts: Facts, on: date) -> Unmet | None:
    return None if any(f.correct_by and not f.corrected_on and not f.superseded for f in facts.findings) else Unmet()


@requirement("PERF-REPORT", otherwise=N_("没有已结束而未向职代会报告的履约检查。"), remedy=N_("先结束一轮履约检查。"))
def has_round_to_report(facts: Facts, on: date) -> Unmet | None:
    return None if any(r.closed_on and not r.reported_on for r in facts.rounds) else Unmet()


@requirement("NEG-PERIOD-MAX", otherwise=N_("协商期限到{due}才届满。"))
def negotiation_period_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("NEG-PERIOD-MAX", running=True)
    if deadline is None or on > deadline.due:
        return None
    return Unmet(due=deadline.due if deadline.due < NEVER else say(N_("恢复协商以后")), from_=_after(deadline))


@requirement("NEG-PERIOD-MAX", otherwise=N_("当地没有规定协商期限，或者期限还没有开始计算。"))
def has_a_negotiation_period(facts: Facts, on: date) -> Unmet | None:
    return None if facts.deadline("NEG-PERIOD-MAX", running=True) else Unmet()


@requirement("COORD-APPLY-WITHIN", otherwise=N_("申请协调的期限到{due}才届满。"))
def time_to_refer_is_over(facts: Facts, on: date) -> Unmet | None:
    deadline = facts.deadline("COORD-APPLY-WITHIN", running=True)
    return Unmet(due=deadline.due, from_=_after(deadline)) if deadline and on <= deadline.due else None


@requirement("COORD-APPLY-WITHIN", otherwise=N_("当地没有规定协商期满不申请协调即终止协商。"))
def silence_ends_the_negotiation(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("COORD-APPLY-WITHIN", on)
    ends = rule is not None and rule.parameters.get("ends_negotiation") and facts.deadline("COORD-APPLY-WITHIN", running=True)
    return None if ends else Unmet()


def _after(deadline: Deadline) -> date | None:
    """The day after its last day; none while it stands still."""
    return deadline.due + timedelta(days=1) if deadline.due < NEVER else None


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
