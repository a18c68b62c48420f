"""Before the vote, act by act: papers received, opinions and the answers to them (企业民主管理规定 Arts. 12, 13, 18)."""

from datetime import date

from congress.delegates import forms
from congress.facts import Facts
from congress.terms import ItemState, Mode, State
from workflow.procedure import Act, Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_

UNION = frozenset({Seat.UNION})
BEFORE_THE_VOTE = (State.CONVENED, State.OPEN, State.ADJOURNED)


@requirement("CONG-MODE", otherwise=N_("本地没有准许这种开会形式。"), remedy=N_("改为现场会议，再发通知。"), who=Seat.UNION)
def the_mode_is_allowed(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("CONG-MODE", facts.meeting.held_on)
    return None if rule is None or facts.meeting.mode.upper() in rule.value else Unmet()


@requirement(
    "CONG-ONSITE",
    otherwise=N_("{year}年还没有现场召开过会议，也没有筹备现场会议，不能只在线上召开。"),
    remedy=N_("改为现场会议或者现场和线上结合，或者先筹备本年的现场会议。"),
    who=Seat.UNION,
)
def one_meeting_of_the_year_is_on_site(facts: Facts, on: date) -> Unmet | None:
    held = facts.meeting.held_on
    if facts.meeting.mode != Mode.ONLINE or facts.on_site_elsewhere or facts.rules.find("CONG-ONSITE", held) is None:
        return None
    return Unmet(year=held.year)


@requirement("CONG-POWERS", otherwise=N_("议程上没有等待表决的事项，不能再提意见。"), remedy=N_("已经表决的事项，可以作为提案提出。"))
def something_waits_for_the_vote(facts: Facts, on: date) -> Unmet | None:
    return None if facts.in_state(ItemState.PREPARED) else Unmet()


@requirement("CONG-POWERS", otherwise=N_("没有等待答复的意见。"))
def an_opinion_waits(facts: Facts, on: date) -> Unmet | None:
    return None if any(one.answered_on is None for one in facts.opinions) else Unmet()


@requirement("CONG-JOINT", otherwise=N_("没有等待大会确认的联席会议决定。"))
def a_joint_decision_waits(facts: Facts, on: date) -> Unmet | None:
    return None if facts.unconfirmed else Unmet()


@requirement(
    "CONG-JOINT",
    otherwise=N_("上次会议以来联席会议作出的{count}项决定还没有提请大会确认，应当先办。"),
    remedy=N_("先办“确认联席会议决定”。"),
    who=Seat.MEETING_CHAIR,
)
def joint_decisions_come_first(facts: Facts, on: date) -> Unmet | None:
    return Unmet(count=len(facts.unconfirmed)) if facts.unconfirmed else None


# fmt: off
ROWS: tuple[Act[Facts], ...] = (
    Act("record_delivery", N_("登记签收名单"), BEFORE_THE_VOTE, None, UNION, ("CONG-NOTICE-DAYS",), form=forms.RecordDelivery,
        gist=N_("没有账户的代表在名单上签收的，在这里登记")),
    Act("undo_delivery", N_("更正签收登记"), BEFORE_THE_VOTE, None, UNION, ("CONG-NOTICE-DAYS",), form=forms.UndoDelivery,
        gist=N_("名单登记错了的，原来的登记也留在记录里")),
    Act("give_opinion", N_("提出意见"), BEFORE_THE_VOTE, None, UNION | {Seat.DELEGATE}, ("CONG-POWERS", "CONG-DELEGATIONS"),
        (something_waits_for_the_vote,), forms.GiveOpinion, gist=N_("对要表决的文本，由代表本人或者代表团提出")),
    Act("answer_opinion", N_("答复意见"), (*BEFORE_THE_VOTE, State.CLOSED), None, UNION | {Seat.EMPLOYER}, ("CONG-POWERS",), (an_opinion_waits,),
        forms.AnswerOpinion, gist=N_("逐条答复；采纳的改了文本，要重新送达")),
)
# fmt: on
