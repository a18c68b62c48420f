"""What the congress, the signatures and the filing require."""

from datetime import date

from negotiation.facts import Facts
from negotiation.models import CoveredEnterprise
from negotiation.requirements.rules import after, value
from negotiation.terms import Adoption, ContractLevel, Side
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_


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
    return Unmet(due=deadline.due, from_=after(deadline)) if deadline and on <= deadline.due else None
