"""A delegate's proposal, act by act (企业民主管理规定 Art. 22; local regulations on the employee congress)."""

from dataclasses import replace
from datetime import date

from congress.proposals import forms
from congress.proposals.facts import Facts
from congress.proposals.terms import PROPOSAL_STATE_LABELS, STAGES, State
from workflow.procedure import Act, Clock, Procedure, Unmet, requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

RULE = "CONG-PROPOSAL"
ROUNDS = 2
"""An answer that does not satisfy is sent back once."""


@requirement(
    RULE, otherwise=N_("立案须有{needed}名代表附议，现在有{count}名。"), remedy=N_("请其他代表附议，或者登记书面附议。"), who=Seat.PROPOSER
)
def is_seconded(facts: Facts, on: date) -> Unmet | None:
    needed, count = facts.seconders_needed(on), len(facts.seconders)
    return Unmet(needed=needed, count=count) if count < needed else None


@requirement("DEL-ELIGIBLE", otherwise=N_("提案人{name}现在不是职工代表，不再评价。"), remedy=N_("由工会办结归档。"), who=Seat.UNION)
def the_proposer_holds_a_seat(facts: Facts, on: date) -> Unmet | None:
    return None if facts.proposer.is_on_roll(on) else Unmet(name=facts.proposer.name)


UNION = frozenset({Seat.UNION})
PROPOSER = frozenset({Seat.PROPOSER})
EMPLOYER = frozenset({Seat.EMPLOYER})


def can_be_dealt_with_again(facts: Facts) -> bool:
    return len(facts.handlings) < ROUNDS


def cannot_be_dealt_with_again(facts: Facts) -> bool:
    return not can_be_dealt_with_again(facts)


# fmt: off
SEND_BACK: Act[Facts] = Act("send_back", N_("不满意，退回再办"), (State.ANSWERED,), State.FILED, PROPOSER, (RULE,), (the_proposer_holds_a_seat,),
    forms.SendBack, when=can_be_dealt_with_again, gist=N_("可以退回再办一次；再次答复仍不满意的，存档并向职工代表大会报告"))

TABLE: tuple[Act[Facts], ...] = (
    Act("submit", N_("提交提案"), (State.SUBMITTED,), None, PROPOSER, (RULE,), form=forms.Submit, gist=N_("立案以前可以修改后重新提交")),
    Act("second", N_("附议"), (State.SUBMITTED,), None, frozenset({Seat.DELEGATE, Seat.UNION}), (RULE,), form=forms.Second,
        gist=N_("其他代表表示支持；书面附议由工会登记")),
    Act("take_back", N_("撤回提案"), (State.SUBMITTED, State.FILED), State.TAKEN_BACK, PROPOSER, (RULE,), form=forms.WithReason,
        gist=N_("交办以前提案人可以撤回")),
    Act("file_proposal", N_("立案"), (State.SUBMITTED,), State.FILED, UNION, ("CONG-ORGAN", RULE), (is_seconded,), ActForm, main=True,
        gist=N_("属于职工代表大会职权、内容明确的，编号立案")),
    Act("decline_proposal", N_("不予立案"), (State.SUBMITTED,), State.NOT_FILED, UNION, ("CONG-ORGAN", RULE), form=forms.WithReason,
        gist=N_("写明理由，答复提案人")),
    Act("assign", N_("交办"), (State.FILED,), State.ASSIGNED, UNION, (RULE,), form=forms.Assign, main=True,
        gist=N_("交给承办部门，商定答复日期")),
    Act("reassign", N_("改变承办"), (State.ASSIGNED,), None, UNION, (RULE,), form=forms.Assign, gist=N_("换承办部门，或者商定新的答复日期")),
    Act("answer_proposal", N_("答复提案"), (State.ASSIGNED,), State.ANSWERED, EMPLOYER, (RULE,), form=forms.Answer, main=True,
        gist=N_("由承办方书面答复提案人")),
    Act("accept_answer", N_("评价答复"), (State.ANSWERED,), State.CONCLUDED, PROPOSER, (RULE,), (the_proposer_holds_a_seat,), forms.Accept,
        main=True, gist=N_("满意或者基本满意的，提案办结")),
    SEND_BACK,
    replace(SEND_BACK, to=State.CONCLUDED, when=cannot_be_dealt_with_again),
    Act("conclude", N_("办结归档"), (State.FILED, State.ASSIGNED, State.ANSWERED), State.CONCLUDED, UNION, ("CONG-ORGAN",), form=forms.WithReason,
        gist=N_("提案人不再评价的，或者并入其他提案办理的，写明原因")),
)
# fmt: on

CLOCKS = (Clock(RULE, N_("答复提案"), Seat.EMPLOYER, ("PROPOSAL_ANSWERED",), "answer_proposal"),)
"""Runs to the day that was agreed when it was assigned: no statute sets one."""


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


PROPOSAL: Procedure[Facts] = Procedure(
    "congress_proposal",
    N_("职工代表提案"),
    {str(state): label for state, label in PROPOSAL_STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=State.SUBMITTED.value,
    final=frozenset({State.CONCLUDED.value, State.NOT_FILED.value, State.TAKEN_BACK.value}),
    stages=STAGES,
)
