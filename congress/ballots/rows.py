"""The acts on keys, slips, PINs and rounds, as rows of the meeting's table."""

from collections.abc import Mapping
from dataclasses import replace

from congress.ballots import forms
from congress.ballots.requirements import (
    enough_have_voted,
    has_items_for_a_round,
    has_keys,
    has_no_keys,
    has_slips,
    is_closed_round,
    is_electronic,
    is_open_round,
    is_opened_by_keys,
    is_prepared_round,
    is_round_under_way,
    is_unread_round,
    k_have_opened,
    keys_are_being_made,
    no_box_waits_for_the_keys,
    no_paper_waits_for_a_second_teller,
    rehearsal_is_due,
)
from congress.ballots.terms import RoundState
from congress.facts import Facts
from congress.terms import UNDER_WAY, State
from workflow.procedure import Act
from workflow.seats import Seat
from workflow.words import N_

UNION = frozenset({Seat.UNION})
CHAIR = frozenset({Seat.MEETING_CHAIR})
CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR})
TELLERS = frozenset({Seat.TELLER})
DESK = frozenset({Seat.UNION, Seat.TELLER})
BEFORE = (State.PLANNED, State.CONVENED, State.OPEN, State.ADJOURNED)
RUNNING = (State.OPEN, State.ADJOURNED)
UNTIL_COUNTED = (*RUNNING, State.CLOSED)
UNDER = ("CONG-SECRET",)

CHOSEN: Mapping[str, tuple[RoundState, ...]] = {
    "take_round_apart": (RoundState.PREPARED,),
    "open_round": (RoundState.PREPARED,),
    "close_round": (RoundState.OPEN,),
    "enter_paper": (RoundState.OPEN,),
    "continue_on_paper": (RoundState.OPEN, RoundState.CLOSED),
    "post_share": (RoundState.CLOSED,),
    "count_round": (RoundState.CLOSED,),
    "void_round": (RoundState.OPEN, RoundState.CLOSED, RoundState.COUNTED),
}
"""Acts about one round → states in which a round may be chosen."""


def ends_the_meeting(facts: Facts) -> bool:
    """Nothing else waits for a result than what the round in hand holds."""
    one = facts.ballots.round
    return one is not None and all(i.ballot_round_id == one.id for i in facts.in_state(*UNDER_WAY))


def leaves_others(facts: Facts) -> bool:
    return not ends_the_meeting(facts)


# fmt: off
VOID_ROUND: Act[Facts] = Act("void_round", N_("宣布本轮作废"), RUNNING, None, CHAIR, ("CONG-BINDING",), (is_round_under_way,), forms.VoidRound,
    gist=N_("写明原因；同一轮的事项全部作废，可以在本次会议上重新表决"))

ROWS: tuple[Act[Facts], ...] = (
    Act("begin_keys", N_("开始生成票箱钥匙"), BEFORE, None, UNION, UNDER, (has_no_keys,), forms.BeginKeys,
        gist=N_("由监票人当场各用自己的设备生成，过半数的监票人一起才能开箱")),
    Act("post_keys", N_("办理钥匙的一步"), BEFORE, None, TELLERS, UNDER, (keys_are_being_made,), forms.PostKeys, paper=False,
        gist=N_("承诺、公开公钥、分发密钥份额")),
    Act("rehearse", N_("试开箱"), BEFORE, None, TELLERS, UNDER, (rehearsal_is_due,), forms.Rehearse, paper=False,
        gist=N_("开一个试验的数，证明钥匙可用")),
    Act("abandon_keys", N_("放弃这副钥匙"), BEFORE, None, CONDUCT, UNDER, (has_keys, no_box_waits_for_the_keys), forms.AbandonKeys,
        gist=N_("写明原因，重新生成；已经印制的加密选票条全部作废")),
    Act("register_slips", N_("登记选票条"), BEFORE, None, DESK, UNDER, form=forms.RegisterSlips, paper=False,
        gist=N_("只登记公钥，不登记谁领了哪一张")),
    Act("make_pins", N_("制作PIN码"), BEFORE, None, UNION, UNDER, (has_slips,), forms.MakePins,
        gist=N_("剪开打乱，由代表在签到台自己抽取，与选票条分开")),
    Act("void_slips", N_("收回未用的选票条"), BEFORE, None, DESK, UNDER, (has_slips,), forms.VoidSlips,
        gist=N_("收回的选票条不能再投票")),
    Act("exchange_slip", N_("换纸质选票"), (State.CONVENED, *RUNNING), None, DESK, UNDER, (has_slips,), forms.ExchangeSlip,
        gist=N_("一张选票条换一张盖章的纸票，由两名监票人录入同一票箱")),
    Act("prepare_round", N_("编排一轮表决"), (State.CONVENED, *RUNNING), None, CONDUCT, UNDER, (has_items_for_a_round,), forms.PrepareRound,
        gist=N_("一项或者几项一起投票，选用票箱")),
    Act("take_round_apart", N_("拆开一轮"), (State.CONVENED, *RUNNING), None, CONDUCT, UNDER, (is_prepared_round,), forms.OneRound,
        gist=N_("还没有开始的一轮，重新编排")),
    Act("close_round", N_("结束本轮投票"), (State.OPEN,), None, CONDUCT, UNDER, (is_open_round, no_paper_waits_for_a_second_teller), forms.OneRound,
        main=True, gist=N_("封箱，交监票人开箱计票")),
    Act("enter_paper", N_("录入纸票"), (State.OPEN,), None, TELLERS, UNDER, (is_open_round, is_electronic), forms.EnterPaper, paper=False,
        gist=N_("两人各录一次，一致才投入同一票箱")),
    Act("post_share", N_("监票人开箱"), UNTIL_COUNTED, None, TELLERS, UNDER, (is_closed_round, is_opened_by_keys, enough_have_voted), forms.PostShare,
        main=True, paper=False, gist=N_("各用自己的钥匙，先核验再开箱")),
    Act("count_round", N_("计票"), UNTIL_COUNTED, None, TELLERS, ("CONG-SECRET", "CONG-VOTE"),
        (is_closed_round, is_electronic, enough_have_voted, k_have_opened), forms.CountRound, main=True,
        gist=N_("清点剩余选票条，票数相符后得出各项总数")),
    Act("continue_on_paper", N_("改用纸票"), (State.OPEN,), None, CONDUCT, UNDER, (is_unread_round, is_electronic), forms.OnPaper,
        gist=N_("电子票箱不开箱，同样的事项用纸质选票重新投票")),
    VOID_ROUND,
    replace(VOID_ROUND, source=(State.CLOSED,), when=leaves_others),
    replace(VOID_ROUND, source=(State.CLOSED,), to=State.CERTIFIED, when=ends_the_meeting),
)
# fmt: on
