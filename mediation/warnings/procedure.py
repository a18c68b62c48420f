"""An early warning, act by act (企业劳动争议协商调解规定 Arts. 7, 16; 工会法 Art. 28)."""

from dataclasses import replace
from datetime import date

from mediation.warnings import forms
from mediation.warnings.facts import Facts
from mediation.warnings.terms import STAGES, WARNING_STATE_LABELS, State
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.procedure import Act, Clock, Procedure, Unmet, requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

RULE = "WARN-RESPOND"


@requirement(RULE, otherwise=N_("还没有登记怎样处置，不能解除。"), remedy=N_("先登记做了什么。"), who=Seat.UNION)
def something_was_done(facts: Facts, on: date) -> Unmet | None:
    return None if facts.steps else Unmet()


WATCH = frozenset({Seat.WATCH})
BOTH = frozenset({Seat.UNION, Seat.SUPERIOR_UNION})
OPEN = (State.RAISED, State.HANDLED)

# fmt: off
TABLE: tuple[Act[Facts], ...] = (
    Act("raise_warning", N_("发出预警"), (State.RAISED,), None, WATCH, ("COMM-DUTIES",), form=ActForm, paper=False,
        gist=N_("达到人数、件数或者发现欠薪时由系统发出")),
    Act("renew_warning", N_("预警加重"), OPEN, State.RAISED, WATCH, ("COMM-DUTIES",), form=ActForm, paper=False,
        gist=N_("又有同类争议时由系统登记，重新处置")),
    Act("record_step", N_("登记处置"), OPEN, State.HANDLED, BOTH, (RULE, "TU-28"), form=forms.Step, main=True, paper=False,
        gist=N_("写明了解到的情况和做的工作")),
    Act("lift", N_("解除预警"), (State.HANDLED,), State.LIFTED, BOTH, (RULE,), (something_was_done,), forms.Lift, main=True, paper=False,
        gist=N_("问题解决、不再有苗头的，写明理由")),
    Act("issue_document", N_("出具文书"), tuple(State), None, BOTH, ("TIME-PROOF",), form=IssueDocument, paper=False,
        gist=N_("按案卷生成文书，编号留存")),
    Act("keep_scan", N_("存入签字盖章的扫描件"), tuple(State), None, BOTH, ("TIME-PROOF",), form=KeepScan, paper=False,
        gist=N_("与出具的文书放在一起")),
)
# fmt: on

CLOCKS = (Clock(RULE, N_("处置预警"), Seat.UNION, ("WARNING_HANDLED",), "record_step"),)


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


EARLY_WARNING: Procedure[Facts] = Procedure(
    "early_warning",
    N_("劳动关系预警"),
    {str(state): label for state, label in WARNING_STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=State.RAISED.value,
    final=frozenset({State.LIFTED.value}),
    stages=STAGES,
)
