"""What each act of a grievance asks."""

from pydantic import BaseModel

from mediation.forms import Claims
from mediation.grievances.terms import (
    GRIEVANCE_CHANNEL_LABELS,
    GRIEVANCE_SATISFACTION_LABELS,
    GRIEVANCE_SUBJECT_LABELS,
    ROUTE_LABELS,
    Channel,
    Route,
    Satisfaction,
    Subject,
)
from workflow.forms import Day, Files, FormModel, field
from workflow.proceedings import ActForm
from workflow.words import N_

ONWARD = {route: label for route, label in ROUTE_LABELS.items() if route != Route.HERE}


class _Words(BaseModel):
    subject: Subject = field(N_("类别"), widget="radios", choices=GRIEVANCE_SUBJECT_LABELS)
    account: str = field(
        N_("反映的情况"), widget="textarea", min_length=5, max_length=5000, hint=N_("按来人、来电的原话记：什么事，什么时候，涉及谁。")
    )
    wish: str = field(N_("希望怎样解决"), widget="textarea", default="", max_length=2000)
    unit: str = field(N_("用人单位"), max_length=200, hint=N_("写单位全称。"))
    persons: int = field(N_("涉及人数"), widget="number", default=1, ge=1, le=1_000_000, unit=N_("人"))
    name: str = field(N_("姓名"), default="", max_length=60, hint=N_("不愿留名的可以不填。"))
    phone: str = field(N_("联系电话"), default="", max_length=30)


class NewGrievance(_Words, FormModel):
    """`channel` and `on` are asked of whoever takes it in; a worker writes it himself, today and online."""

    body: int = field(N_("登记单位"), widget="choice")
    channel: Channel = field(N_("来源"), widget="radios", choices=GRIEVANCE_CHANNEL_LABELS, default=Channel.ONLINE)
    on: Day | None = field(N_("反映日期"), widget="date", default=None, hint=N_("不填就是今天。"))
    evidence: Files = field(N_("附件"), widget="files", default_factory=list)


class Register(_Words, ActForm):
    pass


class RouteOn(ActForm):
    route: Route = field(N_("转到哪里"), widget="radios", choices=ONWARD)
    handler: str = field(N_("承办单位、承办人"), default="", max_length=100, hint=N_("例如“临江区法律援助中心”。转企业工会的不用填。"))
    committee: int | None = field(
        N_("调解委员会"), widget="choice", default=None, hint=N_("转劳动争议调解的，委员会在列出的里面就选它，由它的工作人员登记申请。")
    )
    answer_by: Day = field(N_("最迟答复日期"), widget="date", hint=N_("与承办单位商定的日期。"))
    note: str = field(N_("转办说明"), widget="textarea", default="", max_length=2000)


class Become(Claims, ActForm):
    """What an application says beyond the grievance."""

    committee: int = field(N_("调解委员会"), widget="choice")
    name: str = field(N_("申请人姓名"), max_length=60)
    phone: str = field(N_("联系电话"), default="", max_length=30)
    address: str = field(N_("住所、送达地址"), default="", max_length=200)


class Answer(ActForm):
    answer: str = field(
        N_("答复"),
        widget="textarea",
        min_length=5,
        max_length=10_000,
        hint=N_("已经解决的、怎样解决的；不能解决的，写明原因和可以走的途径。"),
    )


class Rate(ActForm):
    satisfaction: Satisfaction = field(N_("评价"), widget="radios", choices=GRIEVANCE_SATISFACTION_LABELS)
    remark: str = field(N_("意见"), widget="textarea", default="", max_length=5000)


class WithReason(ActForm):
    reason: str = field(N_("原因"), widget="textarea", min_length=2, max_length=2000)
