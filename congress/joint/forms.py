"""What each act of a joint meeting asks."""

from pydantic import BaseModel

from congress.terms import MATTER_LABELS, Matter
from workflow.forms import Day, Files, FormModel, field, proof
from workflow.proceedings import ActForm
from workflow.words import N_

MATTERS = {one: label for one, label in MATTER_LABELS.items() if one != "election"}


class _Call(BaseModel):
    title: str = field(N_("议题"), hint=N_("写全称，例如“关于高温季节调整作息时间的方案”。一次联席会议处理一个议题。"))
    matter: Matter = field(N_("类别"), widget="radios", choices=MATTERS)
    urgency: str = field(N_("为什么不能等到大会"), widget="textarea", min_length=5, max_length=2000)
    authority: str = field(N_("大会的授权"), hint=N_("例如“第六届职工代表大会第一次会议决议”。"))
    held_on: Day = field(N_("开会日期"), widget="date")
    place: str = field(N_("地点"))


class NewJointMeeting(_Call, FormModel):
    term: int = field(N_("届次"), widget="choice")
    on: Day | None = field(N_("召集日期"), widget="date", default=None, hint=N_("不填就是今天。"))


class Call(_Call, ActForm):
    pass


class Decide(ActForm):
    evidence: Files = proof(N_("必须上传出席人员签名的会议记录。"), always=True)
    invited: int = field(
        N_("应到人数"), widget="number", unit=N_("人"), ge=1, le=1000, hint=N_("各代表团（组）长、专门委员会（小组）负责人，一人只算一次。")
    )
    attended: int = field(N_("实到人数"), widget="number", unit=N_("人"), ge=1, le=1000)
    decision: str = field(N_("决定"), widget="textarea", min_length=5, max_length=5000)


class CallOff(ActForm):
    reason: str = field(N_("原因"), widget="textarea", min_length=2)


class Outcome(ActForm):
    """What the congress said; given by its own act, on no page."""

    meeting: int = field(N_("会议"), widget="unasked")
    roll: int = field(N_("应到人数"), widget="unasked", ge=1)
    needed: int = field(N_("须赞成"), widget="unasked", ge=1)
    in_favour: int = field(N_("赞成"), widget="unasked", ge=0)
    against: int = field(N_("反对"), widget="unasked", ge=0)
    abstained: int = field(N_("弃权"), widget="unasked", ge=0)


class Confirm(ActForm):
    """At the meeting of the congress; a show of hands, counted."""

    joint: int = field(N_("联席会议的决定"), widget="choice")
    in_favour: int = field(N_("赞成"), widget="number", unit=N_("人"), ge=0, le=1_000_000)
    against: int = field(N_("反对"), widget="number", unit=N_("人"), ge=0, le=1_000_000)
    abstained: int = field(N_("弃权"), widget="number", unit=N_("人"), ge=0, le=1_000_000)
