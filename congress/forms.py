"""What each act of a congress meeting asks."""

from datetime import time

from pydantic import BaseModel

from congress.arithmetic import Numbers
from congress.terms import CHANNEL_LABELS, FORM_LABELS, MATTER_LABELS, MODE_LABELS, OFFICER_LABELS, WHY_LABELS, Matter, Mode, OfficerSeat
from workflow.forms import Day, Files, FormModel, field, proof
from workflow.proceedings import ActForm
from workflow.words import N_

BALLOT_MATTERS: dict[str, str] = {m: label for m, label in MATTER_LABELS.items() if m is not Matter.CONTRACT}
"""Put on the agenda by hand. A contract comes by the negotiation's own act, with the hash of its settled text."""
COUNTING_LABELS: dict[str, str] = {s: label for s, label in OFFICER_LABELS.items() if s is not OfficerSeat.CHAIR}


class _Arrangement(BaseModel):
    held_on: Day = field(N_("开会日期"), widget="date", hint=N_("会议通知和议题材料须在规定的日数之前送达，日期定得太近会来不及通知。"))
    held_time: time | None = field(N_("开会时间"), widget="time", default=None)
    place: str = field(N_("地点"))
    mode: Mode = field(N_("形式"), widget="radios", choices=MODE_LABELS, default=Mode.ONSITE)
    roll: int | None = field(
        N_("应到人数"),
        widget="number",
        unit=N_("人"),
        default=None,
        ge=1,
        le=1_000_000,
        hint=N_("全体代表人数；职工大会填全体职工人数。本届有名册的可以不填，按名册计算。开会时固定。"),
    )


class _Which(BaseModel):
    organisation: int = field(N_("单位"), widget="choice")
    form: str = field(N_("会议"), widget="radios", choices=FORM_LABELS, pattern="^(congress|assembly|regional|sectoral)$")
    term: int | None = field(N_("第几届"), widget="number", unit=N_("届"), default=None, ge=1, le=99, hint=N_("职工大会不分届，可以不填。"))
    number: int = field(N_("第几次会议"), widget="number", unit=N_("次"), ge=1, le=99)


class NewMeeting(_Arrangement, _Which, FormModel):
    """`organisation` is the enterprise, or the union that holds a regional or sectoral congress."""

    on: Day | None = field(N_("开始筹备的日期"), widget="date", default=None, hint=N_("不填就是今天。补录以前的会议时，填当时的日期。"))


class Arrange(_Arrangement, ActForm):
    pass


class AddItem(ActForm):
    title: str = field(N_("事项名称"), hint=N_("写全称，例如“江城泵业有限公司考勤管理办法（草案）”。"))
    matter: Matter = field(N_("类别"), widget="radios", choices=BALLOT_MATTERS)
    secret: bool = field(N_("无记名投票"), widget="yesno", default=True, hint=N_("重要事项应当无记名投票，逐项表决。"))
    document: Files = field(
        N_("表决的文本"), widget="files", min_length=1, max_length=1, hint=N_("一个文件。表决只对这份文本有效，换了文本就要重新送达通知。")
    )


class ChangeItem(ActForm):
    item: int = field(N_("事项"), widget="choice")
    title: str | None = field(N_("事项名称"), default=None, hint=N_("不改就空着。"))
    document: Files = field(N_("新的文本"), widget="files", min_length=1, max_length=1)


class OneItem(ActForm):
    item: int = field(N_("事项"), widget="choice")


class WithdrawItem(OneItem):
    reason: str = field(N_("撤下的原因"), widget="textarea")


class OfficerRow(FormModel):
    seat: OfficerSeat = field(N_("担任"), widget="choice", choices=COUNTING_LABELS)
    name: str = field(N_("姓名"), max_length=60)
    in_system: bool = field(N_("本人登录系统办理"), widget="tick", default=False)


class NamedRow(FormModel):
    name: str = field(N_("姓名"), max_length=60)


class NameOfficers(ActForm):
    chair: str = field(N_("执行主席"), max_length=60)
    chair_in_system: bool = field(
        N_("执行主席本人登录系统办理"), widget="yesno", default=False, hint=N_("选“否”的，由工会凭签字的书面材料代为登记。")
    )
    presidium: bool = field(N_("本次会议设主席团"), widget="yesno", default=False)
    officers: list[OfficerRow] = field(
        N_("监票人、计票人"), widget="rows", min_length=2, hint=N_("至少两人，其中至少一名监票人。两人各自计票，结果必须一致。")
    )
    check_in: list[NamedRow] = field(
        N_("签到员"), widget="rows", default_factory=list, hint=N_("在签到台登记到会的人，本人登录系统办理。工会干部不用写。")
    )


class Notify(ActForm):
    means: str = field(N_("送达方式"), hint=N_("例如：书面送达签收、通过工作群送达并确认。"))


class Postpone(ActForm):
    why: str = field(N_("原因"), widget="radios", choices=WHY_LABELS, pattern="^(no_quorum|material|other)$")
    reason: str = field(N_("说明"), widget="textarea", default="", hint=N_("原因选“其他”的必须写明。"))
    present: int | None = field(
        N_("实到人数"), widget="number", unit=N_("人"), default=None, ge=0, hint=N_("到会人数不足的，填当时的实到人数。")
    )
    held_on: Day | None = field(N_("改到哪一天"), widget="date", default=None, hint=N_("还没有确定可以不填；确定以后要重新通知。"))


class Reasoned(ActForm):
    reason: str = field(N_("原因"), widget="textarea")


class Open(ActForm):
    roll: int | None = field(
        N_("应到人数"),
        widget="number",
        unit=N_("人"),
        default=None,
        ge=1,
        le=1_000_000,
        hint=N_("本届有名册的按名册计算。宣布开会时固定，之后的人员变动从下一次会议起算。"),
    )
    present: int | None = field(
        N_("实到人数"),
        widget="number",
        unit=N_("人"),
        default=None,
        ge=0,
        hint=N_("有表决权的到会人数，不含列席人员。有名册的按签到簿计算。"),
    )


class Attendance(ActForm):
    present: int | None = field(
        N_("实到人数"),
        widget="number",
        unit=N_("人"),
        default=None,
        ge=0,
        hint=N_("有表决权的到会人数，不含列席人员。有名册的按签到簿计算。"),
    )


class Count(OneItem):
    """One count sheet."""

    evidence: Files = proof(N_("代为登记的，必须上传本人签字的计票单的扫描件或照片。"))
    officer: int | None = field(
        N_("谁的计票单"), widget="choice", default=None, hint=N_("本人登记的不用选。代为登记的，选在计票单上签字的人，并上传计票单。")
    )
    issued: int = field(N_("发出票数"), widget="number", unit=N_("张"), ge=0, hint=N_("举手表决的，填参加表决的人数。"))
    returned: int = field(N_("收回票数"), widget="number", unit=N_("张"), ge=0)
    valid: int = field(N_("有效票"), widget="number", unit=N_("张"), ge=0)
    invalid: int = field(N_("无效票"), widget="number", unit=N_("张"), ge=0)
    in_favour: int = field(N_("赞成"), widget="number", unit=N_("票"), ge=0)
    against: int = field(N_("反对"), widget="number", unit=N_("票"), ge=0)
    abstained: int = field(N_("弃权"), widget="number", unit=N_("票"), ge=0)

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.issued, self.returned, self.valid, self.invalid, self.in_favour, self.against, self.abstained)


class DecideAtHalf(OneItem):
    passes: bool = field(
        N_("按通过处理"), widget="yesno", hint=N_("两种读法：“半数以上”含半数，恰为半数即通过；“过半数”不含半数，恰为半数未通过。")
    )
    reason: str = field(
        N_("理由"), widget="textarea", min_length=10, hint=N_("写明依据哪一条、为什么。这一决定会标为“待核”，随结果一起公布。")
    )


class VoidItem(OneItem):
    reason: str = field(N_("作废的原因"), widget="textarea")
    again: bool = field(N_("在本次会议上重新表决"), widget="tick", default=False)


class Annul(OneItem):
    evidence: Files = proof(N_("必须上传职工代表大会的决定或者认定结果无效的文书。"), always=True)
    reason: str = field(N_("撤销的理由"), widget="textarea", min_length=10, hint=N_("例如：应到人数有误、通知未按期送达、计票差错。"))


class Publish(ActForm):
    channel: str = field(N_("公布方式"), widget="radios", choices=CHANNEL_LABELS, pattern="^(board|intranet|meeting|paper)$")
    place: str = field(N_("公布地点"), hint=N_("例如：厂区大门公告栏、各车间。"))


class Report(ActForm):
    recipient: str = field(N_("报送哪个工会"))


class CorrectDate(ActForm):
    event: str = field(
        N_("更正哪个日期"),
        widget="radios",
        choices={"NOTICE_SENT": N_("会议通知送达日期"), "CONGRESS_CLOSED": N_("闭会日期")},
        pattern="^(NOTICE_SENT|CONGRESS_CLOSED)$",
    )
    day: Day = field(N_("正确的日期"), widget="date")
    reason: str = field(N_("更正的理由"), widget="textarea")
