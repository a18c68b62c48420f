"""What the offer, its delivery and the reply require."""

from datetime import date

from negotiation.facts import Facts
from negotiation.requirements.rules import after
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Words


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
    return Unmet(due=deadline.due, from_=after(deadline))


@requirement("UNION-OPINION-REPLY", otherwise=N_("没有尚未答复的提示函、意见书、建议书。"))
def has_letter_to_answer(facts: Facts, on: date) -> Unmet | None:
    return None if any(letter.replied_on is None for letter in facts.letters) else Unmet()
