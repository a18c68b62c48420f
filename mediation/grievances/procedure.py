"""A worker's grievance, act by act (工会法 Art. 6, 30: hear what workers say, help them, answer them)."""

from dataclasses import replace

from mediation.grievances import forms
from mediation.grievances.facts import Facts
from mediation.grievances.terms import GRIEVANCE_STATE_LABELS, STAGES, State
from workflow.procedure import Act, Clock, Procedure
from workflow.seats import Seat
from workflow.words import N_

RULE = "TU-LISTEN"


UNION = frozenset({Seat.UNION})
EITHER = frozenset({Seat.UNION, Seat.WORKER})
OPEN = (State.REGISTERED, State.ROUTED, State.ANSWERED)

# fmt: off
TABLE: tuple[Act[Facts], ...] = (
    Act("register_grievance", N_("登记诉求"), (State.REGISTERED,), None, EITHER, (RULE,), form=forms.Register,
        gist=N_("转办以前可以更正登记的内容")),
    Act("route", N_("转办"), OPEN, State.ROUTED, UNION, (RULE, "TU-30"), form=forms.RouteOn, main=True,
        gist=N_("写明转给谁、什么时候以前答复；办不了的可以再转")),
    Act("answer_grievance", N_("答复诉求"), (State.REGISTERED, State.ROUTED), State.ANSWERED, UNION, (RULE,), form=forms.Answer, main=True,
        gist=N_("当面解答的，或者承办单位已经办理的，写明结果")),
    Act("become_application", N_("登记为调解申请"), OPEN, State.CLOSED, UNION, ("MED-APPLY",), form=forms.Become, paper=False,
        gist=N_("属于劳动争议的，由调解委员会的工作人员登记，转入调解程序")),
    Act("rate_answer", N_("登记评价，办结"), (State.ANSWERED,), State.CLOSED, EITHER, (RULE,), form=forms.Rate, main=True,
        gist=N_("回访本人后登记；不满意的可以先再转办")),
    Act("close_grievance", N_("不回访办结"), (State.ROUTED, State.ANSWERED), State.CLOSED, UNION, (RULE,), form=forms.WithReason,
        gist=N_("没有留下联系方式的，或者已经转入其他程序的，写明原因")),
    Act("withdraw_grievance", N_("撤回诉求"), OPEN, State.WITHDRAWN, EITHER, (RULE,), form=forms.WithReason,
        gist=N_("本人不再要求办理的")),
)
# fmt: on

CLOCKS = (Clock(RULE, N_("答复诉求"), Seat.UNION, ("GRIEVANCE_ANSWERED",), "answer_grievance"),)
"""Runs to the day that was agreed when it was passed on: no statute sets one."""


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


GRIEVANCE: Procedure[Facts] = Procedure(
    "grievance",
    N_("职工诉求"),
    {str(state): label for state, label in GRIEVANCE_STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=State.REGISTERED.value,
    final=frozenset({State.CLOSED.value, State.WITHDRAWN.value}),
    stages=STAGES,
)
