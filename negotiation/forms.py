"""What each act of a negotiation asks. The same class reads the page's form and the API's JSON."""

from datetime import time
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from negotiation.terms import (
    ADOPTION_LABELS,
    CHIEF_BY_SIDE,
    CHIEF_LABELS,
    GROUNDS,
    HEADS,
    KIND_LABELS,
    LETTER_LABELS,
    LEVEL_LABELS,
    PERFORMANCE_LABELS,
    PRODUCED_BY_SIDE,
    PRODUCED_LABELS,
    SIDE_LABELS,
    Performance,
    Side,
)
from workflow.forms import Day, Fen, Files, FormModel, field, one_of, proof, wrong
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

MEANS = {
    "return_slip": N_("送达回证签收"),
    "courier": N_("邮政特快专递或快递"),
    "in_app": N_("对方同意的电子送达"),
    "meeting": N_("当面递交并签收"),
}
PLACES = {
    "board": N_("公告栏"),
    "intranet": N_("内部网站或工作群"),
    "meeting": N_("职工大会或班组会传达"),
    "handbook": N_("印发文本"),
}
CHAIRS = {**SIDE_LABELS, "joint": N_("双方共同主持")}
SIGNED = {
    "all": N_("到会的协商代表都已签字"),
    "both": N_("双方首席代表都已签字"),
    "workers": N_("只有职工方签字"),
    "employer": N_("只有企业方签字"),
    "none": N_("当地不要求签字"),
}
GROUNDS_OF_END = {
    "dissolved": N_("企业解散"),
    "bankrupt": N_("企业破产"),
    "closed": N_("企业被责令关闭"),
    "revoked": N_("企业被吊销营业执照"),
    "condition": N_("双方约定的终止条件出现"),
}
GRAVE_MATTERS = {
    "LAYOFF": N_("裁减人员"),
    "LAYOFF_20_OR_10PCT": N_("裁员20人以上，或者不足20人但占职工总数10%以上"),
    "STOPPAGE_OR_PETITION": N_("劳动纠纷导致群体性停工、上访"),
    "MAJOR_HAZARD": N_("存在重大事故隐患或者职业危害"),
}
"""Matters on which some places allow no refusal (NEG-NO-REFUSE)."""
SUCCESSIONS = {"merger": N_("合并"), "division": N_("分立"), "renamed": N_("名称变更")}


# ---- opening


class Opening(FormModel):
    """A new negotiation: what kind, for whom, about what."""

    is_printed: ClassVar[bool] = True

    kind: Annotated[str, one_of(KIND_LABELS)] = field(N_("合同种类"), widget="radios", choices=KIND_LABELS)
    level: Annotated[str, one_of(LEVEL_LABELS)] = field(N_("合同层级"), widget="radios", choices=LEVEL_LABELS, default="enterprise")
    special_subject: str = field(N_("专项内容"), default="", hint=N_("只有“其他专项集体合同”要填，比如“休息休假”。"), max_length=100)
    organisation: int = field(N_("企业（或区域、行业组织）"), widget="choice")
    adoption: Annotated[str, one_of(ADOPTION_LABELS)] = field(
        N_("审议方式"), widget="radios", choices=ADOPTION_LABELS, default="one_congress", hint=N_("只用于区域性、行业性集体合同。")
    )
    covered: list[int] = field(N_("被覆盖的企业"), widget="checks", default_factory=list)
    title: str = field(N_("合同名称"), max_length=200, hint=N_("比如：工资专项集体合同（2027年度）。"))
    term_from: Day | None = field(N_("拟定期限起"), widget="date", default=None)
    term_until: Day | None = field(N_("拟定期限止"), widget="date", default=None)
    subject: str = field(N_("协商事项"), widget="textarea", default="", hint=N_("发出要约前必须写明。"))
    proposed_on: Day | None = field(N_("拟定协商日期"), widget="date", default=None)
    proposed_time: time | None = field(N_("拟定协商时间"), widget="time", default=None)
    proposed_place: str = field(N_("拟定协商地点"), default="")
    data_requested: str = field(N_("请对方提供的资料"), widget="textarea", default="", hint=N_("比如上年度工资总额、平均工资、利润。"))

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.term_from and self.term_until and self.term_until <= self.term_from:
            raise wrong(N_("期限的止日要晚于起日。"), at="term_until")
        if self.kind == "special" and not self.special_subject:
            raise wrong(N_("其他专项集体合同请填写“专项内容”。"), at="special_subject")
        return self


class EditOffer(ActForm):
    title: str = field(N_("合同名称"), max_length=200, default="", hint=N_("发出要约以前可以改；不改的，留着原来的名称。"))
    subject: str = field(N_("协商事项"), widget="textarea")
    proposed_on: Day | None = field(N_("拟定协商日期"), widget="date", default=None)
    proposed_time: time | None = field(N_("拟定协商时间"), widget="time", default=None)
    proposed_place: str = field(N_("拟定协商地点"), default="")
    data_requested: str = field(N_("请对方提供的资料"), widget="textarea", default="")


class RecordReceipt(ActForm):
    evidence: Files = proof(
        N_("要约方登记的，必须上传送达回证、快递签收单等证明；对方同意的电子送达除外。"), always=True, but={Seat.OTHER_SIDE}
    )
    received: Day = field(N_("收到日期"), widget="date", hint=N_("从第二天起计算答复期限。"))
    means: Annotated[str, one_of(MEANS)] = field(N_("送达方式"), widget="radios", choices=MEANS)
    reference: str = field(N_("单号或回证号"), default="", max_length=100)


class AcceptOffer(ActForm):
    proposed_on: Day | None = field(N_("同意的协商日期"), widget="date", default=None)
    proposed_place: str = field(N_("同意的协商地点"), default="")
    statement: str = field(N_("答复内容"), widget="textarea", default="")


class DeclineOffer(ActForm):
    reasons: str = field(N_("拒绝的理由"), widget="textarea", hint=N_("无正当理由不得拒绝；理由会写进答复书。"))
    matters: list[Annotated[str, one_of(GRAVE_MATTERS)]] = field(
        N_("要约涉及的事项"),
        widget="checks",
        choices=GRAVE_MATTERS,
        default_factory=list,
        hint=N_("要约是因下列情形提出的，请如实选上；有的地方规定这些事项不得拒绝协商。"),
    )


class Press(ActForm):
    kind: Annotated[str, one_of(LETTER_LABELS)] = field(
        N_("文书"),
        widget="radios",
        choices=LETTER_LABELS,
        hint=N_("提示函由工会发，意见书在调查后由工会或上级工会发，建议书由县级以上总工会送人社部门。"),
    )
    ground: Annotated[str, one_of(GROUNDS)] = field(N_("事由"), widget="choice", choices=GROUNDS)
    addressee: str = field(N_("送给谁"))
    facts: str = field(N_("事实"), widget="textarea")
    demand: str = field(N_("要求"), widget="textarea")


class RecordReply(ActForm):
    letter: int = field(N_("哪一份文书"), widget="choice")
    reply: str = field(N_("答复内容"), widget="textarea")


# ---- representatives


NO_ACCOUNT = 0
"""Answers which of those who bear a name is meant: none of them."""


def which_one() -> Any:
    return field(N_("是哪一位"), widget="choice", choices={}, default=None, hint=N_("单位和工会里有人同名时才需要选。"))


class RepresentativeRow(FormModel):
    name: str = field(N_("姓名"), max_length=60)
    account: int | None = which_one()
    post: str = field(N_("岗位或职务"), default="", max_length=100)
    produced: Annotated[str, one_of(PRODUCED_LABELS)] = field(N_("产生方式"), widget="choice", choices=PRODUCED_LABELS)
    produced_on: Day | None = field(N_("产生日期"), widget="date", default=None)
    chief: bool = field(N_("首席代表"), widget="unasked", default=False, hint=N_("不填的，写明身份的就是首席代表。"))
    chief_as: str = field(
        N_("首席代表的身份"),
        widget="choice",
        choices={"": N_("不是首席代表"), **CHIEF_LABELS},
        default="",
    )
    female: bool = field(N_("女"), widget="tick", default=False)
    frontline: bool = field(N_("一线职工"), widget="tick", default=False)
    dispatched: bool = field(N_("被派遣劳动者"), widget="tick", default=False)
    outsider: bool = field(N_("外聘专业人员"), widget="tick", default=False)
    kin: bool = field(N_("企业负责人、投资人或其近亲属"), widget="tick", default=False)

    @model_validator(mode="before")
    @classmethod
    def _is_chief_in_some_capacity(cls, row: Any) -> Any:
        return {"chief": bool(row.get("chief_as")), **row} if isinstance(row, dict) else row


class Appoint(ActForm):
    evidence: Files = proof(N_("首席代表受书面委托担任的，必须上传授权委托书。"))
    side: Annotated[str, one_of(SIDE_LABELS)] = field(N_("哪一方"), widget="radios", choices=SIDE_LABELS)
    representatives: list[RepresentativeRow] = field(
        N_("协商代表"),
        widget="rows",
        min_length=1,
        hint=N_("一次写全本方的代表，其中一名选首席代表的身份；再次办理时以新名单为准，原来的代表留在记录里。"),
    )

    @model_validator(mode="after")
    def fits_the_side(self) -> Self:
        chiefs = [r.name for r in self.representatives if r.chief]
        if len(chiefs) > 1:
            raise wrong(N_("每方只能有一名首席代表，现在选了{names}。"), at="representatives", names="、".join(chiefs))
        names = [r.name for r in self.representatives]
        if twice := next((n for n in names if names.count(n) > 1), None):
            raise wrong(N_("{name}写了两次。"), at="representatives", name=twice)
        side = Side(self.side)
        for row in self.representatives:
            if row.produced not in PRODUCED_BY_SIDE[side]:
                raise wrong(
                    N_("{name}的产生方式不适用于这一方：职工方代表由工会选派或职工推举，企业方代表由法定代表人指派。"),
                    at="representatives",
                    name=row.name,
                )
            if row.chief and row.chief_as not in CHIEF_BY_SIDE[side]:
                raise wrong(N_("请写明{name}以什么身份担任首席代表。"), at="representatives", name=row.name)
        return self


class Replace(ActForm):
    evidence: Files = proof(N_("受书面委托接任首席代表的，必须上传授权委托书。"))
    outgoing: int = field(N_("换下的代表"), widget="choice")
    why: str = field(N_("原因"), max_length=200)
    name: str = field(N_("接替的代表"), max_length=60)
    account: int | None = which_one()
    post: str = field(N_("岗位或职务"), default="", max_length=100)
    produced: Annotated[str, one_of(PRODUCED_LABELS)] = field(N_("产生方式"), widget="choice", choices=PRODUCED_LABELS)
    chief_as: str = field(
        N_("接任首席代表的身份"),
        widget="choice",
        choices={"": N_("不接任首席代表"), **CHIEF_LABELS},
        default="",
        hint=N_("换下的是首席代表时必填。"),
    )
    female: bool = field(N_("女"), widget="tick", default=False)
    frontline: bool = field(N_("一线职工"), widget="tick", default=False)


class Vacate(ActForm):
    representative: int = field(N_("空缺的代表"), widget="choice")
    why: str = field(N_("原因"), max_length=200, hint=N_("更换、辞任或遇有不可抗力。"))


class NameRecorder(ActForm):
    name: str = field(N_("记录员姓名"), max_length=60, hint=N_("由双方共同确定，不能是协商代表；应当保持中立、公正，并保守秘密。"))
    account: int | None = which_one()


# ---- preparation and meetings


class RequestInformation(ActForm):
    what: str = field(N_("要求提供的资料"), widget="textarea")


class Disclose(ActForm):
    request: int = field(N_("哪一次要求"), widget="choice")
    answer: str = field(N_("答复"), widget="textarea", hint=N_("说明提供了哪些资料；文件作为附件上传。"))


class Convene(ActForm):
    held_on: Day = field(N_("会议日期"), widget="date")
    held_time: time | None = field(N_("时间"), widget="time", default=None)
    place: str = field(N_("地点"))
    agenda: str = field(N_("议程"), widget="textarea", hint=N_("第一次会议先宣布议程和会议纪律。"))
    chair: Annotated[str, one_of(CHAIRS)] = field(N_("执行主席"), widget="radios", choices=CHAIRS)


class Minute(ActForm):
    meeting: int = field(N_("哪一次会议"), widget="choice")
    present: str = field(N_("出席人员"), widget="textarea")
    record: str = field(N_("会议记录"), widget="textarea")
    agreed: str = field(N_("达成一致的事项"), widget="textarea", default="")
    open_points: str = field(N_("没有达成一致的事项"), widget="textarea", default="")
    signed: Annotated[str, one_of(SIGNED)] = field(N_("签字"), widget="radios", choices=SIGNED)
    refusal_note: str = field(N_("拒绝签字的说明"), widget="textarea", default="", hint=N_("写明理由和见证人。拒绝签字不影响会议记录。"))

    @model_validator(mode="after")
    def notes_a_refusal(self) -> Self:
        if self.signed in ("workers", "employer") and not self.refusal_note:
            raise wrong(N_("有一方没有签字，请在“拒绝签字的说明”中写明理由和见证人。"), at="refusal_note")
        return self


class NotifyUpper(ActForm):
    told: str = field(N_("告知的内容"), widget="textarea", hint=N_("协商的时间、地点、内容和双方代表。"))


# ---- clauses


ANY_HEAD = {head: label for heads in HEADS.values() for head, label in heads.items()}
"""Of whatever kind; which of them this contract may have, the act says."""


class DraftRow(FormModel):
    head: Annotated[str, one_of(ANY_HEAD)] = field(N_("内容类别"), widget="choice")
    heading: str = field(N_("条标"), default="", max_length=100)
    text: str = field(N_("条文"), widget="textarea", default="")


class LayOut(ActForm):
    clauses: list[DraftRow] = field(N_("条款"), widget="rows", min_length=1, hint=N_("没有写条文的行不会保存。"))

    @model_validator(mode="after")
    def has_text(self) -> Self:
        if not self.written:
            raise wrong(N_("请至少写一条条文。"), at="clauses")
        return self

    @property
    def written(self) -> list[DraftRow]:
        return [row for row in self.clauses if row.text]


class Propose(ActForm):
    head: Annotated[str, one_of(ANY_HEAD)] = field(N_("内容类别"), widget="choice", choices=ANY_HEAD)
    heading: str = field(N_("条标"), default="", max_length=100)
    text: str = field(N_("条文"), widget="textarea")
    reason: str = field(N_("理由"), widget="textarea", default="")


class Counter(ActForm):
    clause: int = field(N_("条款"), widget="choice")
    based_on: int | None = field(N_("针对的文本"), widget="hidden", default=None)
    text: str = field(N_("修改后的条文"), widget="textarea", hint=N_("主张删去这一条的，写“删去”。"))
    reason: str = field(N_("理由"), widget="textarea", default="")


class OneClause(ActForm):
    clause: int = field(N_("条款"), widget="choice")


class AgreeClause(ActForm):
    clause: int = field(N_("条款"), widget="choice")
    text: int | None = field(N_("同意的文本"), widget="hidden", default=None)


class DeferClause(ActForm):
    clause: int = field(N_("条款"), widget="choice")
    reason: str = field(N_("原因"), widget="textarea", default="")


class WageLine(FormModel):
    post: str = field(N_("岗位或职级"), max_length=100)
    persons: int = field(N_("人数"), widget="number", ge=1, le=1_000_000, unit=N_("人"))
    before: Fen = field(N_("调整前月工资"), widget="money", unit=N_("元"))
    after: Fen = field(N_("调整后月工资"), widget="money", unit=N_("元"))


class SetTerms(ActForm):
    term_from: Day = field(N_("合同期限起"), widget="date")
    term_until: Day = field(N_("合同期限止"), widget="date")
    lowest_wage: Fen | None = field(N_("合同约定的最低月工资"), widget="money", default=None, unit=N_("元"))
    local_minimum: Fen | None = field(N_("当地月最低工资标准"), widget="money", default=None, unit=N_("元"))
    local_minimum_source: str = field(N_("标准的出处"), default="", hint=N_("文号或公布日期。"))
    daily_hours: int | None = field(N_("每日工作时间"), widget="number", default=None, ge=1, le=24, unit=N_("小时"))
    weekly_hours: int | None = field(N_("每周工作时间"), widget="number", default=None, ge=1, le=168, unit=N_("小时"))
    wages: list[WageLine] = field(N_("工资表"), widget="rows", default_factory=list, hint=N_("不需要工资表的，留空。"))

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.term_until <= self.term_from:
            raise wrong(N_("期限的止日要晚于起日。"), at="term_until")
        return self


# ---- suspension, coordination, end


class Suspend(ActForm):
    reason: str = field(N_("中止的原因"), widget="textarea")
    resume_on: Day = field(N_("恢复协商的日期"), widget="date")
    place: str = field(N_("下次协商的地点"))
    content: str = field(N_("下次协商的内容"), widget="textarea")


class ForceMajeure(ActForm):
    evidence: Files = proof(N_("必须上传不可抗力的证明材料。"), always=True)
    reason: str = field(N_("不可抗力的情况"), widget="textarea", hint=N_("中止期间不计入协商期限。"))


class Resume(ActForm):
    early: bool = field(N_("双方同意提前恢复"), widget="yesno", default=False, hint=N_("没有到约定的恢复日期时才要选。"))


class Refer(ActForm):
    open_items: str = field(N_("未达成一致的事项"), widget="textarea")


class Reasoned(ActForm):
    reason: str = field(N_("理由"), widget="textarea")


class Dated(ActForm):
    pass


class Coordinate(ActForm):
    evidence: Files = proof(N_("必须上传协调人员和双方首席代表签字的《协调处理协议书》。"), always=True)
    agreed: str = field(N_("达成一致的事项"), widget="textarea")
    left_open: str = field(N_("继续协商的事项"), widget="textarea", default="")


class EndByLaw(ActForm):
    evidence: Files = proof(N_("必须上传解散、破产、关闭、吊销或者终止条件出现的证明。"), always=True)
    ground: Annotated[str, one_of(GROUNDS_OF_END)] = field(N_("事由"), widget="radios", choices=GROUNDS_OF_END)
    facts: str = field(N_("情况说明"), widget="textarea")


class Succeed(ActForm):
    evidence: Files = proof(N_("必须上传合并、分立或者更名的证明材料。"), always=True)
    how: Annotated[str, one_of(SUCCESSIONS)] = field(N_("怎样变更"), widget="radios", choices=SUCCESSIONS)
    successor: str = field(N_("承继的单位"))
    facts: str = field(N_("情况说明"), widget="textarea")


# ---- congress


class SubmitToCongress(ActForm):
    meetings: list[int] = field(
        N_("职代会会议"),
        widget="checks",
        min_length=1,
        hint=N_("没有可选的会议时，先到“职代会”里建一次会议。由各企业分别审议的，每家企业选一次会议。"),
    )


class EnterpriseResult(ActForm):
    enterprise: int = field(N_("企业"), widget="choice")
    recognised: bool = field(N_("法定代表人已经认可"), widget="yesno", default=False)


class NotifyPassage(ActForm):
    received: Day = field(N_("企业收到书面告知的日期"), widget="date")
    means: Annotated[str, one_of(MEANS)] = field(N_("送达方式"), widget="radios", choices=MEANS)
    reference: str = field(N_("单号或回证号"), default="", max_length=100)


class Sign(ActForm):
    evidence: Files = proof(N_("不用登录密码确认的，必须上传签字页的扫描件。"))
    sealed: bool = field(N_("已经加盖公章"), widget="tick", default=False)
    confirmed: bool = field(
        N_("登录密码"), widget="password", default=False, hint=N_("在系统里签字的，用登录密码确认；上传签字页扫描件的，不用填。")
    )


# ---- filing


PIECES = {
    "contract": N_("双方首席代表签字、盖章的集体合同文本"),
    "explanation": N_("集体协商过程和主要内容的说明"),
    "resolution": N_("职代会决议（写明应到、实到人数和表决票数）"),
    "representatives": N_("双方首席代表、协商代表名单和产生情况"),
    "mandates": N_("首席代表身份证明和授权委托书"),
    "minutes": N_("双方首席代表签字的协商会议记录"),
    "employer_proof": N_("企业营业执照和工会法人资格证明"),
    "wage_explanation": N_("工资情况说明：上年平均工资、本年调整、涉及人数"),
    "safety_explanation": N_("有害岗位和防护措施说明"),
    "women_explanation": N_("女职工权益保护情况说明"),
}
ALWAYS_FILED = ("contract", "explanation", "resolution", "representatives", "mandates", "minutes", "employer_proof")
FILED_BY_KIND = {"wage": ("wage_explanation",), "safety": ("safety_explanation",), "women": ("women_explanation",)}


def filed(kind: str) -> tuple[str, ...]:
    """The pieces that go with the filing of a contract of this kind."""
    return (*ALWAYS_FILED, *FILED_BY_KIND.get(kind, ()))


HANDED_IN = {
    "licence": N_("企业营业执照"),
    "union_status": N_("工会法人资格证明"),
    "identity_workers": N_("职工方首席代表身份证明"),
    "identity_employer": N_("企业方首席代表身份证明"),
    "mandate_workers": N_("职工方首席代表授权委托书原件"),
    "mandate_employer": N_("企业方首席代表授权委托书原件"),
    **{name: label for name, label in PIECES.items() if name not in ("mandates", "employer_proof")},
}
"""What is handed in ahead of filing, each by itself: two of the pieces are made of several papers."""


def handed_in(kind: str) -> dict[str, str]:
    """Of these, what a contract of this kind is filed with."""
    return {name: label for name, label in HANDED_IN.items() if name not in PIECES or name in filed(kind)}


class HandIn(ActForm):
    piece: Annotated[str, one_of(HANDED_IN)] = field(N_("哪一件材料"), widget="choice", choices=HANDED_IN)
    evidence: Files = proof(N_("请上传这件材料的扫描件。报送审查时随报送交，并归入卷宗。"), always=True)


class File(ActForm):
    authority: str = field(N_("报送给"), hint=N_("人力资源社会保障行政部门的全称。"))
    copies: int = field(N_("份数"), widget="number", ge=1, le=20, default=3, unit=N_("份"))
    pieces: list[Annotated[str, one_of(PIECES)]] = field(
        N_("报送材料"), widget="checks", choices=PIECES, default_factory=list, hint=N_("案卷里已经有的，随报送交，不必再选。")
    )


class RecordFilingReceipt(ActForm):
    evidence: Files = proof(N_("代人社部门登记的，必须上传收件单。"), always=True, but={Seat.AUTHORITY})
    received: Day = field(N_("收件日期"), widget="date", hint=N_("从第二天起计算审查期限。"))
    number: str = field(N_("收件单号"), default="", max_length=60)


class AskSupplement(ActForm):
    evidence: Files = proof(N_("代人社部门登记的，必须上传补正通知。"), always=True, but={Seat.AUTHORITY})
    what: str = field(N_("要补正什么"), widget="textarea")
    by: Day = field(N_("补正期限"), widget="date")


class Opinion(ActForm):
    evidence: Files = proof(N_("代人社部门登记的，必须上传审查意见书。"), always=True, but={Seat.AUTHORITY})
    number: str = field(N_("审查意见书编号"), default="", max_length=60)
    served: Day = field(N_("送达日期"), widget="date")
    opinion: str = field(N_("审查意见"), widget="textarea")


class Publish(ActForm):
    form: Annotated[str, one_of(PLACES)] = field(N_("公布方式"), widget="radios", choices=PLACES)
    place: str = field(N_("公布地点"))


# ---- fulfilment


class ObligationRow(FormModel):
    clause: int = field(N_("条款"), widget="choice")
    what: str = field(N_("要做什么"), widget="textarea", max_length=1000)
    owner: Annotated[str, one_of(SIDE_LABELS)] = field(N_("由谁"), widget="choice", choices=SIDE_LABELS)
    due: Day | None = field(N_("最迟日期"), widget="date", default=None)
    every_months: int | None = field(N_("每几个月一次"), widget="number", default=None, ge=1, le=36, unit=N_("个月"))


class ListObligations(ActForm):
    obligations: list[ObligationRow] = field(N_("履行事项"), widget="rows", min_length=1)


class StartRound(ActForm):
    period_from: Day = field(N_("检查期间起"), widget="date")
    period_until: Day = field(N_("检查期间止"), widget="date")
    members: str = field(N_("检查组成员"), widget="textarea", hint=N_("由双方派人组成。"))
    method: str = field(N_("检查方式"), default="", hint=N_("自查、查阅资料、访谈、问卷。"))

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.period_until < self.period_from:
            raise wrong(N_("检查期间的止日不能早于起日。"), at="period_until")
        return self


class RecordFinding(ActForm):
    obligation: int = field(N_("履行事项"), widget="choice")
    result: Annotated[str, one_of(PERFORMANCE_LABELS)] = field(N_("检查结论"), widget="radios", choices=PERFORMANCE_LABELS)
    note: str = field(N_("说明"), widget="textarea", default="")
    correct_by: Day | None = field(N_("整改期限"), widget="date", default=None, hint=N_("部分履行、未履行的必须填。"))

    @model_validator(mode="after")
    def dates_a_correction(self) -> Self:
        if self.result in (Performance.PARTLY, Performance.NOT) and self.correct_by is None:
            raise wrong(N_("没有全部履行的，请填写“整改期限”。"), at="correct_by")
        return self


class RecordCorrection(ActForm):
    finding: int = field(N_("整改事项"), widget="choice")
    correction: str = field(N_("整改情况"), widget="textarea")


class CloseRound(ActForm):
    conclusion: str = field(N_("检查结论"), widget="textarea")


class ReportRound(ActForm):
    round: int = field(N_("哪一轮检查"), widget="choice")


# ---- about the record itself


class CorrectDate(ActForm):
    evidence: Files = proof(N_("日期不是您登记的，或者更正以后就不逾期的，必须上传证明材料。"))
    event: int = field(N_("哪一个日期"), widget="choice")
    to: Day = field(N_("正确的日期"), widget="date")
    reason: str = field(N_("更正的理由"), widget="textarea")


class AnswerMotion(ActForm):
    motion: int = field(N_("哪一个提议"), widget="choice")
    reason: str = field(N_("理由"), widget="textarea", default="")


class DisputeEntry(ActForm):
    seq: int = field(N_("第几条记录"), widget="choice")
    reason: str = field(N_("异议的理由"), widget="textarea")
