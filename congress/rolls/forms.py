"""What each act of a term asks."""

from pydantic import BaseModel

from congress.terms import FORM_LABELS, LEAVING_LABELS, MANNER_LABELS, POST_LABELS, Leaving, Manner, Post
from workflow.forms import Day, Files, FormModel, field, proof
from workflow.proceedings import ActForm
from workflow.words import N_

SEXES = {"no": N_("男"), "yes": N_("女")}
WHY_LABELS = {one: label for one, label in LEAVING_LABELS.items() if one != Leaving.RECALLED}
"""A recall is an act of its own."""
MOST_CONSTITUENCIES = 200


class ConstituencyRow(FormModel):
    name: str = field(N_("选区、代表团"), max_length=100)
    seats: int = field(N_("名额"), widget="number", unit=N_("名"), ge=1, le=3000)


class _Span(BaseModel):
    since: Day = field(
        N_("任期起算日期"), widget="date", hint=N_("本届第一次会议召开或者选举结果公布的日期；职工大会填名册所在年度的第一天。")
    )
    years: int = field(
        N_("任期"), widget="number", unit=N_("年"), default=5, ge=1, le=10, hint=N_("按本地规定的年限。职工大会的名册按年度，不看这一项。")
    )
    constituencies: list[ConstituencyRow] = field(
        N_("选区和名额"),
        widget="rows",
        min_length=1,
        max_length=MOST_CONSTITUENCIES,
        hint=N_("每个选区写明选出几名代表。职工大会写各部门和职工人数。"),
    )


class NewTerm(_Span, FormModel):
    """`organisation` is the enterprise, or the union that holds a regional or sectoral congress."""

    organisation: int = field(N_("单位"), widget="choice")
    form: str = field(N_("会议"), widget="radios", choices=FORM_LABELS, pattern="^(congress|assembly|regional|sectoral)$")
    number: int | None = field(
        N_("第几届"), widget="number", unit=N_("届"), default=None, ge=1, le=99, hint=N_("职工大会不分届，可以不填。")
    )
    on: Day | None = field(N_("开始登记的日期"), widget="date", default=None, hint=N_("不填就是今天。补录以前的换届时，填当时的日期。"))


class Arrange(_Span, ActForm):
    pass


class _Who(BaseModel):
    constituency: int = field(N_("选区"), widget="choice")
    name: str = field(N_("姓名"), max_length=60)
    female: bool = field(N_("性别"), widget="radios", choices=SEXES)
    staff_number: str = field(N_("工号"), default="", max_length=30, hint=N_("没有重名的可以不填。"))
    job: str = field(N_("岗位、职务"), max_length=100)
    post: Post = field(N_("类别"), widget="radios", choices=POST_LABELS)
    dispatched: bool = field(N_("劳务派遣人员"), widget="yesno", default=False)
    young: bool = field(N_("35周岁以下"), widget="yesno", default=False)
    manner: Manner = field(N_("产生方式"), widget="radios", choices=MANNER_LABELS, default=Manner.DIRECT)


class _Votes(BaseModel):
    workers: int = field(N_("选区全体职工"), widget="number", unit=N_("人"), ge=1, le=1_000_000)
    attended: int = field(N_("参加人数"), widget="number", unit=N_("人"), ge=0, le=1_000_000)
    in_favour: int = field(N_("赞成票"), widget="number", unit=N_("票"), ge=0, le=1_000_000)


class Register(_Who, ActForm):
    """One elected in the general election; entered by hand beside, or instead of, an import."""


class Strike(ActForm):
    delegate: int = field(N_("姓名"), widget="choice")


class ImportRoll(ActForm):
    document: Files = field(
        N_("名册文件"), widget="files", min_length=1, max_length=1, hint=N_("按模板填写的Excel文件（.xlsx），不超过5MB、3000人。")
    )


class ByElect(_Votes, _Who, ActForm):
    replaces: int | None = field(N_("补谁的缺"), widget="choice", default=None, hint=N_("原代表资格已经终止的，选原代表；新增名额的不选。"))


class Recall(_Votes, ActForm):
    evidence: Files = proof(N_("必须上传选区作出罢免决定的书面材料。"), always=True)
    delegate: int = field(N_("代表"), widget="choice")
    reason: str = field(N_("罢免的理由"), widget="textarea", min_length=5)


class EndSeat(ActForm):
    delegate: int = field(N_("姓名"), widget="choice")
    why: Leaving = field(N_("缘由"), widget="radios", choices=WHY_LABELS)
    reason: str = field(N_("说明"), widget="textarea", default="", hint=N_("缘由选“其他缘由”的必须写明。"))


class Replace(ByElect):
    """The seat ends and its successor is elected, on one day."""

    replaces: int = field(N_("原代表"), widget="choice")
    why: Leaving = field(N_("原代表资格终止的缘由"), widget="radios", choices=WHY_LABELS)


class Enrol(ActForm):
    """A worker who joined the unit: of an assembly, where all workers are members."""

    constituency: int = field(N_("部门"), widget="choice")
    name: str = field(N_("姓名"), max_length=60)
    female: bool = field(N_("性别"), widget="radios", choices=SEXES)
    staff_number: str = field(N_("工号"), default="", max_length=30, hint=N_("没有重名的可以不填。"))
    job: str = field(N_("岗位、职务"), max_length=100)
    post: Post = field(N_("类别"), widget="radios", choices=POST_LABELS)
    dispatched: bool = field(N_("劳务派遣人员"), widget="yesno", default=False)
    young: bool = field(N_("35周岁以下"), widget="yesno", default=False)


class NameLeader(ActForm):
    delegate: int = field(N_("团（组）长"), widget="choice", hint=N_("由代表团自己推选；换人的，重新登记就行。"))


class CorrectDelegate(ActForm):
    """What was mistyped; empty fields stay as they are."""

    evidence: Files = proof(N_("可以上传证明正确写法的材料，例如选举结果公告。"))
    delegate: int = field(N_("代表"), widget="choice")
    name: str | None = field(N_("姓名"), default=None, max_length=60, hint=N_("只填要改的，不改的空着。"))
    staff_number: str | None = field(N_("工号"), default=None, max_length=30)
    female: bool | None = field(N_("性别"), widget="radios", choices=SEXES, default=None)
    job: str | None = field(N_("岗位、职务"), default=None, max_length=100)
    post: Post | None = field(N_("类别"), widget="radios", choices=POST_LABELS, default=None)
    dispatched: bool | None = field(N_("劳务派遣人员"), widget="yesno", default=None)
    young: bool | None = field(N_("35周岁以下"), widget="yesno", default=None)
    reason: str = field(N_("更正的理由"), widget="textarea", min_length=5, hint=N_("换人不是更正：代表变动用补选、更换或者资格终止登记。"))


class CommitteeRow(FormModel):
    name: str = field(N_("姓名"), max_length=60)
    heads: bool = field(N_("负责人"), widget="tick", default=False)


class _Members(BaseModel):
    approved_at: str = field(N_("经哪次会议通过"), hint=N_("成员由职工代表大会审议通过，写明届次和日期。"))
    members: list[CommitteeRow] = field(N_("成员"), widget="rows", min_length=1, max_length=100, hint=N_("负责人一名。"))


class FormCommittee(_Members, ActForm):
    name: str = field(N_("名称"), max_length=100, hint=N_("例如：提案审查委员会、劳动安全卫生专门小组。"))


class ChangeCommittee(_Members, ActForm):
    """The new list as a whole."""

    committee: int = field(N_("专门委员会、小组"), widget="choice")


class DissolveCommittee(ActForm):
    committee: int = field(N_("专门委员会、小组"), widget="choice")
    reason: str = field(N_("原因"), widget="textarea", min_length=2)


class Invite(ActForm):
    name: str = field(N_("姓名"), max_length=60)
    job: str = field(N_("岗位、职务"), max_length=100)
    dispatched: bool = field(N_("劳务派遣人员"), widget="yesno", default=False)


class Uninvite(ActForm):
    attendee: int = field(N_("列席人员"), widget="choice")


class Extend(ActForm):
    evidence: Files = proof(N_("必须上传职工代表大会或者其授权的机构同意延期换届的决定。"), always=True)
    until: Day = field(N_("延期到哪一天"), widget="date")
    reason: str = field(N_("延期的理由"), widget="textarea", min_length=5)
