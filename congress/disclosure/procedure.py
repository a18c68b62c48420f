"""A disclosure of enterprise affairs, act by act (企业民主管理规定 Arts. 31–35; 浙江省企业民主管理条例 Art. 23)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from congress.disclosure import forms
from congress.disclosure.models import Disclosure, Remark
from congress.disclosure.terms import DISCLOSURE_STATE_LABELS, STAGES, State
from workflow.law.rules import Rulebook
from workflow.procedure import Act, Clock, Procedure, Unmet, requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

REPLY = "DISC-REPLY"


@dataclass(frozen=True)
class Facts:
    disclosure: Disclosure
    rules: Rulebook
    remarks: tuple[Remark, ...]
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.answered_on is None)


@requirement(REPLY, otherwise=N_("没有等待答复的意见。"))
def a_remark_waits(facts: Facts, on: date) -> Unmet | None:
    return None if facts.waiting else Unmet()


@requirement(REPLY, otherwise=N_("还有{count}条意见没有答复。"), remedy=N_("先逐条答复。"), who=Seat.EMPLOYER)
def every_remark_is_answered(facts: Facts, on: date) -> Unmet | None:
    return Unmet(count=len(facts.waiting)) if facts.waiting else None


EMPLOYER = frozenset({Seat.EMPLOYER})
CONCERNED = frozenset({Seat.EMPLOYER, Seat.UNION})

# fmt: off
TABLE: tuple[Act[Facts], ...] = (
    Act("disclose", N_("登记公开的材料"), (State.DISCLOSED,), None, CONCERNED, ("DISC-ALL", "DISC-FORM"), form=ActForm,
        gist=N_("补充公开的材料或者照片")),
    Act("raise_remark", N_("提出意见和建议"), (State.DISCLOSED,), None, frozenset({Seat.DELEGATE, Seat.UNION}), (REPLY,), form=forms.Raise,
        gist=N_("对公开的内容；责任人应当在规定的日数以内答复")),
    Act("answer_remark", N_("答复意见和建议"), (State.DISCLOSED,), None, EMPLOYER, (REPLY, "DISC-RESP"), (a_remark_waits,), forms.AnswerRemark,
        main=True, gist=N_("答复或者说明理由")),
    Act("file_away", N_("归档"), (State.DISCLOSED,), State.FILED_AWAY, CONCERNED, ("DISC-FORM",), (every_remark_is_answered,), ActForm,
        gist=N_("意见都已经答复的，归档留存")),
)
# fmt: on

CLOCKS = (Clock(REPLY, N_("答复对厂务公开的意见"), Seat.EMPLOYER, ("DISCLOSURE_ANSWERED",), "answer_remark"),)


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


DISCLOSURE: Procedure[Facts] = Procedure(
    "congress_disclosure",
    N_("厂务公开"),
    {str(state): label for state, label in DISCLOSURE_STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=State.DISCLOSED.value,
    final=frozenset({State.FILED_AWAY.value}),
    stages=STAGES,
)
