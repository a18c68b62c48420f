"""What must hold before an act of a mediation: each with its rule, the sentence when it fails, what fixes it and who can."""

from datetime import date, timedelta

from mediation.facts import Facts
from mediation.terms import Channel, Matter, TermState
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Words

# ---- before mediation


@requirement("CONS-RESPONSE", otherwise=N_("协商要求{day}已经送到对方，还在等回应或者还在协商。"))
def no_demand_is_open(facts: Facts, on: date) -> Unmet | None:
    """One may demand again what was refused or came to nothing."""
    waiting = facts.running("CONS-RESPONSE", "CONS-PERIOD")
    return Unmet(day=facts.day_of("CONSULTATION_REQUESTED")) if waiting else None


@requirement("CONS-RESPONSE", otherwise=N_("对方已经回应过协商要求。"))
def is_not_answered_yet(facts: Facts, on: date) -> Unmet | None:
    return None if facts.running("CONS-RESPONSE") else Unmet()


@requirement("CONS-RESPONSE", otherwise=N_("对方已经回应过协商要求。"))
def may_still_be_answered(facts: Facts, on: date) -> Unmet | None:
    """What was answered in time may come late; that it was in time is for the act to see."""
    return None if facts.running("CONS-RESPONSE") or facts.was_silent("CONS-RESPONSE") else Unmet()


@requirement("CONS-RESPONSE", otherwise=N_("回应的期限到{due}，还没有届满。"))
def response_period_is_over(facts: Facts, on: date) -> Unmet | None:
    due = facts.latest("CONS-RESPONSE")
    return Unmet(due.due + timedelta(days=1), due=due.due) if due is not None and on <= due.due else None


@requirement("CONS-PERIOD", otherwise=N_("双方没有在约定期限内协商，或者协商已经结束。"), remedy=N_("由被要求的一方回应并约定期限。"))
def is_in_consultation(facts: Facts, on: date) -> Unmet | None:
    return None if facts.running("CONS-PERIOD") else Unmet()


@requirement(
    "MED-APP-FIELDS",
    otherwise=N_("没有登记{names}的联系电话和送达地址，无法征询意见。"),
    remedy=N_("办理“补正申请”，补上对方的联系方式。"),
    who=Seat.COMMITTEE_CLERK,
)
def can_be_reached(facts: Facts, on: date) -> Unmet | None:
    lost = [p.name for p in facts.asked if not (p.phone or p.address or p.person_id or p.organisation_id)]
    return Unmet(names=Words(lost)) if lost else None


@requirement(
    "MED-EXOFF",
    otherwise=N_("双方共同申请，或者已经书面同意调解，不用再征询意见。"),
    remedy=N_("直接办理“受理”。"),
    who=Seat.COMMITTEE_CHAIR,
)
def somebody_is_to_be_asked(facts: Facts, on: date) -> Unmet | None:
    return None if facts.asked else Unmet()


@requirement("MED-REJECT", otherwise=N_("已经有一方不同意调解或者逾期没有答复。"), remedy=N_("办理“不予受理”。"), who=Seat.COMMITTEE_CHAIR)
def nobody_has_refused(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.has_refused else None


@requirement("MED-REJECT", otherwise=N_("已经有一方不同意调解。"), remedy=N_("办理“不予受理”。"), who=Seat.COMMITTEE_CHAIR)
def nobody_said_no(facts: Facts, on: date) -> Unmet | None:
    """What was consented to in time may come after the silence was taken for a refusal."""
    return Unmet() if facts.has_refused and not facts.was_silent("MED-REJECT") else None


@requirement(
    "MED-APPLY",
    otherwise=N_("口头申请的笔录还没有申请人核对签名的扫描件。"),
    remedy=N_("打印《口头申请调解笔录》，请申请人核对签名后存入扫描件。"),
    who=Seat.COMMITTEE_CLERK,
)
def oral_record_is_signed(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.case.channel == Channel.ORAL and not facts.has_signed_record else None


@requirement("MED-ACCEPT", otherwise=N_("已经答复同意调解。"))
def somebody_has_to_answer(facts: Facts, on: date) -> Unmet | None:
    return None if any(p.consents is None for p in facts.asked) else Unmet()


@requirement("MED-REJECT", otherwise=N_("答复的期限到{due}，还没有届满。"))
def answer_period_is_over(facts: Facts, on: date) -> Unmet | None:
    due = facts.latest("MED-REJECT")
    return Unmet(due.due + timedelta(days=1), due=due.due) if due is not None and on <= due.due else None


@requirement(
    "MED-ACCEPT",
    otherwise=N_("还有{names}没有同意调解。"),
    remedy=N_("征询意见，等对方答复；书面同意的，凭书面材料登记。"),
    who=Seat.COMMITTEE_CLERK,
)
def everybody_consents(facts: Facts, on: date) -> Unmet | None:
    missing = [p.name for p in facts.asked if not p.consents]
    return Unmet(names=Words(missing)) if missing else None


@requirement(
    "ARB-GROUP-REPS",
    otherwise=N_("{persons}名职工的集体争议可以推举{least}至{most}名代表，现在推举了{count}名。"),
    remedy=N_("办理“推举代表”。"),
    who=Seat.COMMITTEE_CLERK,
)
def group_has_representatives(facts: Facts, on: date) -> Unmet | None:
    """Only a group of which every member stands in the case needs them: who came alone for the others speaks for himself."""
    rule = facts.rules.find("ARB-GROUP-REPS", on)
    most = facts.side(facts.workers)
    if rule is None or not facts.is_group(on) or len(most) <= rule.value[1]:
        return None
    count = sum(p.is_representative for p in most)
    least, largest = rule.value
    return None if least <= count <= largest else Unmet(persons=facts.case.persons, least=least, most=largest, count=count)


# ---- mediators


@requirement("MED-ASSIGN", otherwise=N_("本案没有在任的调解员。"), remedy=N_("指定调解员。"), who=Seat.COMMITTEE_CHAIR)
def has_mediator(facts: Facts, on: date) -> Unmet | None:
    return None if facts.mediating(on) else Unmet()


@requirement("MED-ASSIGN", otherwise=N_("没有等待决定的回避申请。"))
def has_open_challenge(facts: Facts, on: date) -> Unmet | None:
    return None if facts.open_challenge else Unmet()


@requirement(
    "MED-ASSIGN",
    otherwise=N_("主任本人参加本案调解，或者与本案有利害关系，不能决定回避申请。"),
    remedy=N_("由其他委员过半数决定。"),
    who=Seat.COMMITTEE_MEMBER,
)
def chair_may_decide(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.open_challenge and facts.chair_is_barred else None


@requirement("MED-ASSIGN", otherwise=N_("这件回避申请由主任决定。"), who=Seat.COMMITTEE_CHAIR)
def members_decide(facts: Facts, on: date) -> Unmet | None:
    return None if not facts.open_challenge or facts.chair_is_barred else Unmet()


@requirement("MED-ASSIGN", otherwise=N_("对调解员的回避申请还没有决定。"), remedy=N_("先决定是否回避。"), who=Seat.COMMITTEE_CHAIR)
def no_challenge_is_open(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.open_challenge else None


# ---- mediation


@requirement("MED-ASSIGN", otherwise=N_("没有等待答复的调解方案。"), remedy=N_("先提出调解方案。"), who=Seat.MEDIATOR)
def has_open_proposal(facts: Facts, on: date) -> Unmet | None:
    return None if facts.open_proposals else Unmet()


@requirement("MED-END", otherwise=N_("调解期限到{due}，还没有届满。"))
def period_is_over(facts: Facts, on: date) -> Unmet | None:
    end = facts.end
    return Unmet(end.due + timedelta(days=1), due=end.due) if end is not None and on <= end.due else None


@requirement("MED-END", otherwise=N_("调解期限还没有起算。"))
def period_has_begun(facts: Facts, on: date) -> Unmet | None:
    """In most places with acceptance, in some with receipt of the application."""
    return None if facts.latest("MED-END") or facts.latest("ARB-ENTRUST") else Unmet()


@requirement("ARB-ENTRUST", otherwise=N_("仲裁委员会委托调解的期限不能由双方延长。"))
def period_can_be_extended(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.running("ARB-ENTRUST") else None


@requirement("MED-END", otherwise=N_("调解期限{due}已经届满，视为调解不成。"))
def period_runs(facts: Facts, on: date) -> Unmet | None:
    end = facts.end
    return Unmet(due=end.due) if end is not None and on > end.due else None


@requirement("MED-END", otherwise=N_("只有写好协议、期满未成的案件，才补录期限以内的签名。"))
def ran_out_unsigned(facts: Facts, on: date) -> Unmet | None:
    return None if facts.lapsed_rule and facts.agreement is not None else Unmet()


# ---- the agreement


@requirement("REV-APPLY", otherwise=N_("仲裁审查应当自协议生效之日起15日内申请，期限{due}已过。"))
def is_in_time_for_review(facts: Facts, on: date) -> Unmet | None:
    due = facts.latest("REV-APPLY")
    return Unmet(due=due.due) if due is not None and on > due.due else None


@requirement("REV-REFUSE", otherwise=N_("确认劳动关系的调解协议，不受理仲裁审查。"))
def is_not_about_the_relation(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if Matter.RELATION in facts.case.matters else None


@requirement("REV-REFUSE", otherwise=N_("调解协议已经审查或者确认过，或者正在审查。"), remedy=N_("等审查结果，登记结果。"))
def is_not_reviewed(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.is_confirmed or facts.pending_review else None


@requirement("JC-DAYS", otherwise=N_("司法确认应当自协议生效之日起30日内申请，期限{due}已过。"))
def is_in_time_for_confirmation(facts: Facts, on: date) -> Unmet | None:
    due = facts.latest("JC-DAYS")
    return Unmet(due=due.due) if due is not None and on > due.due else None


@requirement(
    "JC-LABOUR-LIMIT", otherwise=N_("企业调解委员会主持达成的协议，当地法院不受理司法确认。"), remedy=N_("可以双方共同申请仲裁审查。")
)
def court_confirms_such_committees(facts: Facts, on: date) -> Unmet | None:
    """`CONFIGURE` stands for the narrow reading: people's mediation committees only; an override `ALL` lets every committee in."""
    rule = facts.rules.find("JC-LABOUR-LIMIT", on)
    return Unmet() if rule is not None and rule.value != "ALL" and facts.committee.of_id is not None else None


@requirement("JC-LABOUR-LIMIT", otherwise=N_("协议里有不是付款的内容，不能申请司法确认。"))
def is_about_payment(facts: Facts, on: date) -> Unmet | None:
    return None if facts.only_payments else Unmet()


def court_may_confirm(facts: Facts, on: date) -> bool:
    """By whom it was mediated and what it promises; whether it is asked for in time is another question."""
    return all(one.check(facts, on) is None for one in (court_confirms_such_committees, is_about_payment))


@requirement("REV-DECIDE", otherwise=N_("没有正在审查的申请。"))
def has_pending_review(facts: Facts, on: date) -> Unmet | None:
    return None if facts.pending_review else Unmet()


# ---- performance


@requirement("MED-FOLLOWUP", otherwise=N_("还有{count}项没有履行完毕。"), remedy=N_("登记各项的履行情况。"), who=Seat.APPLICANT)
def everything_is_performed(facts: Facts, on: date) -> Unmet | None:
    left = sum(t.state != TermState.PERFORMED for t in facts.terms)
    return Unmet(count=left) if left else None


@requirement("MED-NONPERF", otherwise=N_("没有逾期的履行事项。"))
def something_is_overdue(facts: Facts, on: date) -> Unmet | None:
    return None if any(d.due < on for d in facts.running("MED-NONPERF")) else Unmet()


@requirement("MED-NONPERF", otherwise=N_("没有逾期未履行的事项。"), remedy=N_("约定的期限过后，登记“逾期未履行”。"))
def something_is_missed(facts: Facts, on: date) -> Unmet | None:
    return None if facts.missed else Unmet()


@requirement("CONS-AGREEMENT", otherwise=N_("本案不是双方自行和解结案的，或者和解协议没有约定履行期限。"))
def is_settled_by_a_day(facts: Facts, on: date) -> Unmet | None:
    return None if facts.settled_by is not None else Unmet()


@requirement("CONS-AGREEMENT", otherwise=N_("和解协议的履行期限到{due}，还没有过。"))
def settlement_is_overdue(facts: Facts, on: date) -> Unmet | None:
    due = facts.settled_by
    return Unmet(due + timedelta(days=1), due=due) if due is not None and on <= due else None


@requirement("CONS-AGREEMENT", otherwise=N_("不履行和解协议已经登记过。"))
def default_is_not_recorded(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.day_of("SETTLEMENT_UNPERFORMED") else None


# ---- the record


@requirement("MED-SYSTEMS", otherwise=N_("已经归档，卷宗号{file_number}。"))
def is_not_archived(facts: Facts, on: date) -> Unmet | None:
    return Unmet(file_number=facts.case.file_number) if facts.case.file_number else None


@requirement("MED-AGREE", otherwise=N_("没有等待答复的提议。"))
def has_open_motion(facts: Facts, on: date) -> Unmet | None:
    return None if facts.moved else Unmet()
