"""The congress meeting, act by act (企业民主管理规定; 集体合同规定 Art. 36; local regulations on the employee congress)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from congress import forms
from congress.arithmetic import Outcome
from congress.ballots.forms import OneRound
from congress.ballots.requirements import (
    enough_are_present,
    has_something_to_vote_on,
    is_counted_by_hand,
    is_not_in_a_round,
    is_prepared_round,
    its_keys_are_ready,
    no_other_round_is_open,
    there_are_pins_for_all,
    there_are_slips_for_all,
    these_ballots_are_secret_where_they_must_be,
    these_texts_were_notified,
)
from congress.ballots.rows import ROWS as BALLOTS
from congress.delegates.rows import (
    ROWS,
    a_joint_decision_waits,
    joint_decisions_come_first,
    one_meeting_of_the_year_is_on_site,
    the_mode_is_allowed,
)
from congress.facts import Facts
from congress.joint import forms as joint
from congress.models import Item
from congress.terms import ITEM_LABELS, STAGES, STATE_LABELS, UNDER_WAY, ItemState, OfficerSeat, State
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.procedure import Act, Clock, Procedure, Requirement, Unmet, requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

REPORT = "CONG-REPORT"

# ---- what an act requires of the meeting


@requirement("CONG-NOTICE-DAYS", otherwise=N_("议程上还没有要表决的事项。"), remedy=N_("先把事项和它的文本加入议程。"), who=Seat.UNION)
def has_an_agenda(facts: Facts, on: date) -> Unmet | None:
    return None if facts.in_state(ItemState.PREPARED) else Unmet()


@requirement(
    "CONG-NOTICE-DAYS",
    otherwise=N_("{held}开会，通知和议题材料最迟{due}送达，{on}送达已经来不及。"),
    remedy=N_("把会议改到{earliest}或以后，再发通知。"),
    who=Seat.UNION,
)
def notice_is_in_time(facts: Facts, on: date) -> Unmet | None:
    if on <= facts.notice_due.date:
        return None
    return Unmet(held=facts.meeting.held_on, due=facts.notice_due.date, on=on, earliest=facts.earliest)


@requirement(
    "CONG-NOTICE-DAYS",
    otherwise=N_("会议已经通知在{held}召开，新的议题材料最迟{due}送达，现在加入已经来不及。"),
    remedy=N_("登记延期并重新通知，或者提交下一次会议。"),
    who=Seat.UNION,
)
def there_is_time_for_a_new_notice(facts: Facts, on: date) -> Unmet | None:
    if facts.meeting.state == State.PLANNED or on <= facts.notice_due.date:
        return None
    return Unmet(held=facts.meeting.held_on, due=facts.notice_due.date)


@requirement("CONG-NOTICE-DAYS", otherwise=N_("议程上的文本都已经送达，不需要补发通知。"))
def something_is_not_yet_notified(facts: Facts, on: date) -> Unmet | None:
    return None if any(i.noticed_on is None for i in facts.in_state(ItemState.PREPARED)) else Unmet()


@requirement(
    "CONG-NOTICE-DAYS",
    otherwise=N_("通知的开会日期是{held}，{on}不能宣布开会。"),
    remedy=N_("改了日期的，先登记延期并重新通知。"),
    who=Seat.UNION,
)
def is_the_announced_day(facts: Facts, on: date) -> Unmet | None:
    held = facts.meeting.held_on
    return None if on == held else Unmet(held if on < held else None, held=held, on=on)


@requirement("CONG-PRESIDIUM", otherwise=N_("还没有确定会议的执行主席。"), remedy=N_("先登记执行主席和监票人、计票人。"), who=Seat.UNION)
def has_a_chair(facts: Facts, on: date) -> Unmet | None:
    return None if facts.chair else Unmet()


@requirement(
    "CONG-SECRET",
    otherwise=N_("监票人、计票人至少两名，其中至少一名监票人，现在有{count}名。"),
    remedy=N_("先登记监票人、计票人。"),
    who=Seat.UNION,
)
def has_two_who_count(facts: Facts, on: date) -> Unmet | None:
    tellers = facts.sitting(OfficerSeat.TELLER)
    return None if tellers and len(facts.counters) >= 2 else Unmet(count=len(facts.counters))


@requirement(
    "CONG-QUORUM",
    otherwise=N_("应到{roll}人，至少{needed}人出席才有效，实到{present}人，还差{missing}人。"),
    remedy=N_("等到会人数达到{needed}人并更新实到人数；达不到的，登记延期。"),
    who=Seat.UNION,
)
def a_quorum_is_present(facts: Facts, on: date) -> Unmet | None:
    needed = facts.quorum_needed(on)
    if facts.present is None or facts.present >= needed:
        return None
    return Unmet(roll=facts.roll, needed=needed, present=facts.present, missing=needed - facts.present)


@requirement(
    "CONG-QUORUM", otherwise=N_("本次会议有名册，实到人数按签到簿计算，不另外填写。"), remedy=N_("在签到台登记迟到、离场。"), who=Seat.UNION
)
def presence_is_typed(facts: Facts, on: date) -> Unmet | None:
    return None if facts.book is None else Unmet()


@requirement(
    "CONG-SECRET", otherwise=N_("还有{count}项正在表决，票箱没有封。"), remedy=N_("先结束表决，或者宣布作废。"), who=Seat.MEETING_CHAIR
)
def no_ballot_is_open(facts: Facts, on: date) -> Unmet | None:
    count = len(facts.in_state(ItemState.OPEN))
    return Unmet(count=count) if count else None


@requirement(
    "CONG-BINDING",
    otherwise=N_("还有{count}项已经投票，结果没有确认。"),
    remedy=N_("先计票并确认结果，或者宣布作废。"),
    who=Seat.MEETING_CHAIR,
)
def nothing_is_outstanding(facts: Facts, on: date) -> Unmet | None:
    return Unmet(count=facts.outstanding) if facts.outstanding else None


@requirement(REPORT, otherwise=N_("本地没有要求向上一级工会报告会议情况的规定。"))
def the_report_is_asked_for(facts: Facts, on: date) -> Unmet | None:
    return None if facts.rules.find(REPORT, on) else Unmet()


@requirement(REPORT, otherwise=N_("已经在{reported}报告。"))
def is_not_yet_reported(facts: Facts, on: date) -> Unmet | None:
    reported = facts.meeting.reported_on
    return Unmet(reported=reported) if reported else None


# ---- what an act requires of one item


def item_in(*states: ItemState, rule: str, otherwise: str, who: Seat | None = None) -> Requirement[Facts]:
    """The item in hand is in one of `states`; without one, some item on the agenda is."""

    def check(facts: Facts, on: date) -> Unmet | None:
        if facts.item is None:
            return None if facts.in_state(*states) else Unmet(where=say(N_("议程上没有这样的事项")))
        if facts.item.state in states:
            return None
        return Unmet(where=where(facts.item))

    check.__name__ = f"is_{'_or_'.join(states)}"
    return Requirement(rule, otherwise, "", who, check)


def where(item: Item) -> Sentence:
    return say(N_("第{number}项现在是“{state}”"), number=item.number, state=Word(ITEM_LABELS[ItemState(item.state)]))


def of_items(*states: ItemState) -> Callable[[Callable[[Facts, Item, date], Unmet | None]], Callable[[Facts, date], Unmet | None]]:
    """A check of the item in hand; without one it fails only if it fails for every item in one of `states`."""

    def made(check: Callable[[Facts, Item, date], Unmet | None]) -> Callable[[Facts, date], Unmet | None]:
        def either(facts: Facts, on: date) -> Unmet | None:
            if facts.item is not None:
                return check(facts, facts.item, on) if facts.item.state in states else None
            found = [check(facts, item, on) for item in facts.in_state(*states)]
            return found[0] if found and None not in found else None

        either.__name__ = check.__name__
        return either

    return made


is_prepared = item_in(ItemState.PREPARED, rule="CONG-NOTICE-DAYS", otherwise=N_("只有待表决的事项才能这样办，{where}。"))
is_open = item_in(ItemState.OPEN, rule="CONG-SECRET", otherwise=N_("正在表决的事项才能结束表决，{where}。"), who=Seat.MEETING_CHAIR)
is_closed = item_in(ItemState.CLOSED, rule="CONG-SECRET", otherwise=N_("表决结束、票箱封好以后才计票，{where}。"), who=Seat.MEETING_CHAIR)
is_counted = item_in(
    ItemState.COUNTED, rule="CONG-SECRET", otherwise=N_("监票人、计票人的两份计票单完全一致以后，才能确认结果，{where}。"), who=Seat.TELLER
)
is_under_way = item_in(*UNDER_WAY, rule="CONG-BINDING", otherwise=N_("已经开始表决、结果还没有确认的，才能宣布作废，{where}。"))
is_certified = item_in(ItemState.CERTIFIED, rule="CONG-BINDING", otherwise=N_("已经确认的结果才能撤销，{where}。"))


@requirement(
    "CONG-NOTICE-DAYS",
    otherwise=N_("第{number}项现在的文本没有在会前送达代表，不能付诸表决。"),
    remedy=N_("补发通知，送达满规定日数以后再表决；来不及的，提交下一次会议。"),
    who=Seat.UNION,
)
@of_items(ItemState.PREPARED)
def this_text_was_notified(facts: Facts, item: Item, on: date) -> Unmet | None:
    return None if item.noticed_on is not None and item.noticed_on <= facts.notice_due.date else Unmet(number=item.number)


@requirement(
    "CONG-SECRET",
    otherwise=N_("第{number}项应当无记名投票，现在设的是举手表决。"),
    remedy=N_("撤下该项，改为无记名投票后重新加入议程。"),
    who=Seat.UNION,
)
@of_items(ItemState.PREPARED)
def the_ballot_is_secret_where_it_must_be(facts: Facts, item: Item, on: date) -> Unmet | None:
    return None if item.secret or not facts.must_be_secret(item, on) else Unmet(number=item.number)


@requirement("CONG-APPROVE", otherwise=N_("第{number}项不是恰为半数，或者规定只有一种读法：结果按票数确定，不用会议决定。"))
@of_items(ItemState.COUNTED)
def is_exactly_half(facts: Facts, item: Item, on: date) -> Unmet | None:
    """The sentence gives no figures: whoever asks reads it, also before the result is certified."""
    return None if facts.outcome(item) is Outcome.HALF else Unmet(number=item.number)


@requirement("CONG-APPROVE", otherwise=N_("第{number}项已经作出决定，可以确认结果。"))
@of_items(ItemState.COUNTED)
def is_not_yet_decided(facts: Facts, item: Item, on: date) -> Unmet | None:
    return None if item.half_passed is None else Unmet(number=item.number)


@requirement(
    "CONG-APPROVE",
    otherwise=N_("第{number}项赞成{in_favour}票，恰为应到{roll}人的半数：按“半数以上”通过，按“过半数”未通过。"),
    remedy=N_("按{body}的决定登记，写明理由，结果标为“待核”。"),
    who=Seat.MEETING_CHAIR,
)
@of_items(ItemState.COUNTED)
def half_is_decided(facts: Facts, item: Item, on: date) -> Unmet | None:
    if facts.outcome(item) is not Outcome.HALF or item.half_passed is not None:
        return None
    return Unmet(number=item.number, in_favour=facts.agreed_count(item).in_favour, roll=item.roll, body=Word(facts.deciding_body))


# ---- the table

UNION = frozenset({Seat.UNION})
CHAIR = frozenset({Seat.MEETING_CHAIR})
CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR})
TELLERS = frozenset({Seat.TELLER})
RUNNING = (State.OPEN, State.ADJOURNED)


def is_last(facts: Facts) -> bool:
    return facts.outstanding <= 1


def is_not_last(facts: Facts) -> bool:
    return not is_last(facts)


def has_nothing_outstanding(facts: Facts) -> bool:
    return not facts.outstanding


def has_something_outstanding(facts: Facts) -> bool:
    return facts.outstanding > 0


# fmt: off
CERTIFY: Act[Facts] = Act("certify", N_("确认表决结果"), RUNNING, None, CHAIR, ("CONG-APPROVE", "CONG-QUORUM"), (is_counted, half_is_decided),
    forms.OneItem, main=True, gist=N_("两份计票单相符后，由执行主席宣布并确认，只对所表决的文本有效"))
VOID: Act[Facts] = Act("void_item", N_("宣布表决作废"), RUNNING, None, CHAIR, ("CONG-BINDING",), (is_under_way, is_not_in_a_round), forms.VoidItem,
    gist=N_("写明原因；可以在本次会议上重新表决"))
CLOSE: Act[Facts] = Act("close", N_("宣布闭会"), (State.OPEN,), State.CLOSED, CONDUCT, ("CONG-BINDING",), (joint_decisions_come_first, no_ballot_is_open),
    ActForm, when=has_something_outstanding, main=True, gist=N_("没有付诸表决的事项随即撤下"))

TABLE: tuple[Act[Facts], ...] = (
    Act("arrange", N_("修改会议安排"), (State.PLANNED,), None, UNION, ("CONG-ORGAN",), form=forms.Arrange, gist=N_("日期、地点和应到人数")),
    Act("add_item", N_("加入议程"), (State.PLANNED, State.CONVENED), None, UNION, ("CONG-NOTICE-DAYS",), (there_is_time_for_a_new_notice,),
        forms.AddItem, gist=N_("一个事项、一份文本；集体合同草案由协商案件提交")),
    Act("change_item", N_("更换表决文本"), (State.PLANNED, State.CONVENED), None, UNION, ("CONG-NOTICE-DAYS",),
        (is_prepared, there_is_time_for_a_new_notice), forms.ChangeItem, gist=N_("换了文本要重新送达")),
    Act("withdraw_item", N_("撤下事项"), (State.PLANNED, State.CONVENED, *RUNNING), None, UNION, ("CONG-NOTICE-DAYS",), (is_prepared, is_not_in_a_round),
        forms.WithdrawItem, gist=N_("还没有开始表决的事项；集体合同草案退回协商案件")),
    Act("name_officers", N_("确定主席和计票人员"), (State.PLANNED, State.CONVENED, *RUNNING, State.CLOSED), None, UNION,
        ("CONG-PRESIDIUM", "CONG-SECRET"), form=forms.NameOfficers, gist=N_("执行主席一名；监票人、计票人两名以上，各自计票")),
    Act("convene", N_("发出会议通知"), (State.PLANNED,), State.CONVENED, UNION, ("CONG-NOTICE-DAYS",),
        (has_an_agenda, notice_is_in_time, the_mode_is_allowed, one_meeting_of_the_year_is_on_site),
        forms.Notify, main=True, gist=N_("连同议题材料书面送达每一名代表")),
    Act("notify_again", N_("补发通知"), (State.CONVENED,), None, UNION, ("CONG-NOTICE-DAYS",),
        (something_is_not_yet_notified, notice_is_in_time), forms.Notify, gist=N_("送达通知以后新加入或换过的文本")),
    Act("postpone", N_("登记延期"), (State.CONVENED,), State.PLANNED, CONDUCT, ("CONG-NOTICE-DAYS", "CONG-QUORUM"), form=forms.Postpone,
        gist=N_("到会人数不足或改期；延期后重新通知")),
    Act("cancel", N_("取消会议"), (State.PLANNED, State.CONVENED, State.ADJOURNED), State.CANCELLED, CONDUCT, ("CONG-ORGAN",),
        (nothing_is_outstanding,), forms.Reasoned, gist=N_("不再召开；议程上的事项退回")),
    Act("open", N_("宣布开会"), (State.CONVENED,), State.OPEN, CONDUCT, ("CONG-QUORUM", "CONG-QUORUM-DM"),
        (is_the_announced_day, has_a_chair, a_quorum_is_present), forms.Open, main=True, gist=N_("核定应到、实到人数，名册从此固定")),
    Act("record_presence", N_("更新实到人数"), (State.OPEN,), None, CONDUCT, ("CONG-QUORUM",), (presence_is_typed,), forms.Attendance,
        gist=N_("有人迟到、早退时登记；每次开始表决时按当时人数核定")),
    Act("adjourn", N_("宣布休会"), (State.OPEN,), State.ADJOURNED, CONDUCT, ("CONG-QUORUM",), (no_ballot_is_open,), forms.Reasoned,
        gist=N_("正在表决的先结束")),
    Act("resume", N_("继续开会"), (State.ADJOURNED,), State.OPEN, CONDUCT, ("CONG-QUORUM",), (a_quorum_is_present,), forms.Attendance, main=True,
        gist=N_("重新登记实到人数")),
    Act("confirm_joint", N_("确认联席会议决定"), (State.OPEN,), None, CONDUCT, ("CONG-JOINT", "CONG-VOTE"),
        (a_joint_decision_waits, a_quorum_is_present), joint.Confirm, main=True, gist=N_("大会的第一项议程；过半数赞成的，决定继续有效")),
    Act("open_ballot", N_("开始表决"), (State.OPEN,), None, CONDUCT, ("CONG-QUORUM", "CONG-SECRET", "CONG-NOTICE-DAYS"),
        (is_prepared, is_not_in_a_round, joint_decisions_come_first, has_two_who_count, a_quorum_is_present, this_text_was_notified,
         the_ballot_is_secret_where_it_must_be), forms.OneItem,
        main=True, gist=N_("文本、应到和实到人数、通过条件从此固定")),
    Act("close_ballot", N_("结束表决"), (State.OPEN,), None, CONDUCT, ("CONG-SECRET",), (is_open, is_not_in_a_round), forms.OneItem, main=True,
        gist=N_("封箱，交监票人、计票人计票")),
    Act("enter_count", N_("登记计票单"), (*RUNNING, State.CLOSED), None, TELLERS, ("CONG-SECRET", "CONG-VOTE"), (is_closed, is_counted_by_hand), forms.Count,
        main=True, gist=N_("两人各登记一份，互不参照，完全一致才算数")),
    Act("decide_at_half", N_("恰为半数时作出决定"), (*RUNNING, State.CLOSED), None, CHAIR, ("CONG-APPROVE",), (is_counted, is_exactly_half, is_not_yet_decided),
        forms.DecideAtHalf, main=True, gist=N_("由主席团（没有主席团的由执行主席）附理由决定，标为待核")),
    CERTIFY,
    replace(CERTIFY, source=(State.CLOSED,), when=is_not_last),
    replace(CERTIFY, source=(State.CLOSED,), to=State.CERTIFIED, when=is_last),
    VOID,
    replace(VOID, source=(State.CLOSED,), when=is_not_last),
    replace(VOID, source=(State.CLOSED,), to=State.CERTIFIED, when=is_last),
    CLOSE,
    replace(CLOSE, to=State.CERTIFIED, when=has_nothing_outstanding),
    Act("annul", N_("撤销表决结果"), (*RUNNING, State.CLOSED, State.CERTIFIED, State.PUBLISHED), None, CONDUCT, ("CONG-BINDING",),
        (is_certified,), forms.Annul, gist=N_("结果不再有效，原记录保留；要有职代会决定或者认定文书")),
    Act("publish", N_("公布结果"), (State.CERTIFIED,), State.PUBLISHED, UNION, ("CONG-BINDING",), form=forms.Publish, main=True,
        gist=N_("向全体职工公布审议通过的事项和决议")),
    Act("report", N_("报告上一级工会"), (State.CLOSED, State.CERTIFIED, State.PUBLISHED), None, UNION, (REPORT,),
        (the_report_is_asked_for, is_not_yet_reported), forms.Report, gist=N_("会议的有关情况和表决结果")),
    Act("correct_date", N_("更正日期"), (State.CONVENED, *RUNNING, State.CLOSED, State.CERTIFIED, State.PUBLISHED), None, UNION,
        ("CONG-NOTICE-DAYS",), form=forms.CorrectDate, gist=N_("原日期和理由都留在记录里，期限重新计算")),
    *ROWS,
    *BALLOTS,
    Act("open_round", N_("开始本轮投票"), (State.OPEN,), None, CONDUCT, ("CONG-QUORUM", "CONG-SECRET", "CONG-NOTICE-DAYS"),
        (is_prepared_round, has_something_to_vote_on, joint_decisions_come_first, no_other_round_is_open, has_two_who_count,
         a_quorum_is_present, these_texts_were_notified, these_ballots_are_secret_where_they_must_be, its_keys_are_ready,
         there_are_slips_for_all, there_are_pins_for_all, enough_are_present),
        OneRound, main=True, gist=N_("文本、应到和实到人数、通过条件从此固定；会场码换新")),
    Act("issue_document", N_("出具文书"), tuple(State), None, UNION | CONDUCT | TELLERS, ("TIME-PROOF",), form=IssueDocument, paper=False,
        gist=N_("按会议记录生成文书，编号留存")),
    Act("keep_scan", N_("存入签字盖章的扫描件"), tuple(State), None, UNION | CONDUCT | TELLERS, ("TIME-PROOF",), form=KeepScan, paper=False,
        gist=N_("与出具的文书放在一起")),
)
# fmt: on


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


CLOCKS = (
    Clock("CONG-NOTICE-DAYS", N_("送达会议通知和议题材料"), Seat.UNION, ("NOTICE_SENT",), "convene", starts="CONGRESS_MEETING"),
    Clock(REPORT, N_("向上一级工会报告会议情况"), Seat.UNION, ("REPORTED",), "report", starts="CONGRESS_CLOSED"),
)

CONGRESS = Procedure(
    "congress_meeting",
    N_("职工代表大会会议"),
    {str(state): label for state, label in STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=State.PLANNED.value,
    final=frozenset({State.PUBLISHED.value, State.CANCELLED.value}),
    stages=STAGES,
)

PROCEDURES = {1: CONGRESS}
