"""A joint meeting, act by act (企业民主管理规定 Art. 12; 上海市职工代表大会条例 Art. 25)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from congress.joint import forms
from congress.joint.models import JointMeeting
from congress.joint.terms import JOINT_STATE_LABELS, STAGES, State
from congress.rolls.models import CongressTerm
from congress.terms import MATTER_LABELS, Matter
from workflow.law.rules import Rulebook
from workflow.procedure import Act, Procedure, Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Word

RULE = "CONG-JOINT"
FOR_THE_CONGRESS_ALONE = frozenset({Matter.CONTRACT, Matter.WELFARE, Matter.PLACEMENT, Matter.ELECTION})
"""What the law has the congress adopt or elect itself (CONG-POWERS)."""


@dataclass(frozen=True)
class Facts:
    joint: JointMeeting
    term: CongressTerm
    rules: Rulebook
    members: int
    """Leaders of delegations and heads of committees, each person once."""
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)


@requirement(
    RULE,
    otherwise=N_("“{matter}”依法应当由职工代表大会审议通过或者选举，联席会议不能决定。"),
    remedy=N_("提交下一次职工代表大会；急需的，依法提议召开临时会议。"),
    who=Seat.UNION,
)
def is_not_for_the_congress_alone(facts: Facts, on: date) -> Unmet | None:
    matter = Matter(facts.joint.matter)
    return Unmet(matter=Word(MATTER_LABELS[matter])) if matter in FOR_THE_CONGRESS_ALONE else None


@requirement(
    RULE,
    otherwise=N_("还没有登记代表团（组）长或者专门委员会（小组）负责人，没有人组成联席会议。"),
    remedy=N_("先在本届名册里登记。"),
    who=Seat.UNION,
)
def somebody_can_meet(facts: Facts, on: date) -> Unmet | None:
    return None if facts.members else Unmet()


@requirement(RULE, otherwise=N_("联席会议定在{held}召开，还没有到。"))
def the_day_has_come(facts: Facts, on: date) -> Unmet | None:
    held = facts.joint.held_on
    return Unmet(held, held=held) if on < held else None


UNION = frozenset({Seat.UNION})
CONGRESS = frozenset({Seat.CONGRESS})

# fmt: off
TABLE: tuple[Act[Facts], ...] = (
    Act("call", N_("召集联席会议"), (State.CALLED,), None, UNION, (RULE,), form=forms.Call, gist=N_("议题、日期和地点；作出决定以前可以修改")),
    Act("decide", N_("登记联席会议的决定"), (State.CALLED,), State.DECIDED, UNION, (RULE,),
        (is_not_for_the_congress_alone, somebody_can_meet, the_day_has_come), forms.Decide, main=True,
        gist=N_("凭签名的会议记录登记；须经下一次大会确认")),
    Act("call_off", N_("不再召开"), (State.CALLED,), State.CALLED_OFF, UNION, (RULE,), form=forms.CallOff, gist=N_("写明原因")),
    Act("confirm", N_("大会确认"), (State.DECIDED,), State.CONFIRMED, CONGRESS, (RULE, "CONG-VOTE"), form=forms.Outcome, paper=False,
        gist=N_("在大会的会议里登记")),
    Act("refuse", N_("大会不予确认"), (State.DECIDED,), State.REFUSED, CONGRESS, (RULE, "CONG-VOTE"), form=forms.Outcome, paper=False,
        gist=N_("在大会的会议里登记；决定失去效力")),
)
# fmt: on


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


JOINT: Procedure[Facts] = Procedure(
    "congress_joint_meeting",
    N_("联席会议"),
    {str(state): label for state, label in JOINT_STATE_LABELS.items()},
    map(_plain, TABLE),
    (),
    initial=State.CALLED.value,
    final=frozenset({State.CONFIRMED.value, State.REFUSED.value, State.CALLED_OFF.value}),
    stages=STAGES,
)
