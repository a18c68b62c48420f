"""What each act of a mediation asks."""

from collections.abc import Sequence
from datetime import time
from typing import Annotated, Self

from pydantic import BaseModel, StringConstraints, model_validator

from mediation.limitation import INTERRUPTION_LABELS, Interruption
from mediation.terms import (
    CHANNEL_LABELS,
    CIRCLE_LABELS,
    DECISION_LABELS,
    MATTER_LABELS,
    MEANS_LABELS,
    MONEY_HEAD_LABELS,
    RATING_LABELS,
    REVIEW_RESULT_LABELS,
    ROUTE_LABELS,
    TERM_STATE_LABELS,
    Channel,
    Circle,
    Decision,
    Matter,
    Means,
    MoneyHead,
    ReviewResult,
    Route,
    TermState,
)
from workflow.forms import Day, Fen, Files, FormModel, field, one_of, proof, wrong
from workflow.proceedings import ActForm, DayForm
from workflow.words import N_

PARTY_KINDS = {"worker": N_("职工（自然人）"), "employer": N_("用人单位")}
REFUSALS = {"out_of_scope": N_("不属于劳动争议或者不属于本委员会受理范围"), "refused": N_("一方不同意调解")}
FAILURES = {
    "party_stops": N_("一方或者双方不愿继续调解"),
    "no_agreement": N_("经调解不能达成协议"),
    "will_not_sign": N_("达成协议后一方不愿签字"),
}
REPLIES = {"agrees": N_("同意协商"), "refuses": N_("不同意协商")}
PERFORMED = {state: label for state, label in TERM_STATE_LABELS.items() if state != TermState.AWAITED}
OUTSIDE: dict[str, str] = {
    what: INTERRUPTION_LABELS[what] for what in (Interruption.CLAIMED, Interruption.RELIEF_SOUGHT, Interruption.PERFORMANCE_AGREED)
}
"""Of what starts the limitation anew, what no act of mediation brings."""
TAKEN_IN = {channel: label for channel, label in CHANNEL_LABELS.items() if channel != Channel.ONLINE}


class PartyDetails(FormModel):
    kind: Annotated[str, one_of(PARTY_KINDS)] = field(N_("身份"), widget="radios", choices=PARTY_KINDS)
    name: str = field(N_("姓名或者名称"), max_length=200)
    id_number: str = field(N_("身份证号或者统一社会信用代码"), default="", max_length=30)
    phone: str = field(N_("电话"), default="", max_length=30)
    address: str = field(N_("住所、送达地址"), default="", max_length=200)
    head: str = field(N_("法定代表人或者负责人"), default="", max_length=60)


class PartyRow(PartyDetails):
    agent: str = field(N_("委托代理人"), default="", max_length=60)
    mandate: str = field(
        N_("代理权限"), default="", max_length=200, hint=N_("例如：一般代理；特别授权，代为承认、变更、放弃请求，签收文书。")
    )


class Claims(BaseModel):
    """What the dispute is about, as the applicant says it."""

    matters: list[Matter] = field(N_("争议事项"), widget="checks", choices=MATTER_LABELS, min_length=1)
    requests: str = field(N_("调解请求"), widget="textarea", max_length=5000, hint=N_("一项一行，有金额的写明金额。"))
    account: str = field(N_("事实与理由"), widget="textarea", min_length=10, max_length=10_000)
    claim_fen: Fen | None = field(N_("请求金额"), widget="money", default=None)
    owes_wages: bool = field(N_("其中有拖欠的工资"), widget="tick", default=False)
    persons: int = field(N_("涉及职工人数"), widget="number", default=1, ge=1, le=100_000, unit=N_("人"))
    known_on: Day | None = field(
        N_("知道权利受到侵害的日期"), widget="date", default=None, hint=N_("仲裁时效从知道或者应当知道的次日起算。")
    )
    employment_ended_on: Day | None = field(N_("劳动关系终止日期"), widget="date", default=None, hint=N_("还在职的不填。"))


class _Sides(BaseModel):
    applicants: list[PartyRow] = field(N_("申请人"), widget="rows", min_length=1, max_length=100)
    respondents: list[PartyRow] = field(N_("被申请人"), widget="rows", min_length=1, max_length=10)

    @model_validator(mode="after")
    def are_two_sides(self) -> Self:
        check_two_sides(self.applicants, self.respondents)
        return self


def check_two_sides(applicants: Sequence[PartyDetails], respondents: Sequence[PartyDetails]) -> None:
    if {p.name for p in applicants} & {p.name for p in respondents}:
        raise wrong(N_("申请人和被申请人不能是同一个人。"), at="respondents")


class Application(Claims, _Sides, FormModel):
    """A new case. `channel` and the rest of the first lines are asked of whoever keeps the register."""

    is_printed = True

    committee: int = field(N_("调解委员会"), widget="choice")
    channel: Annotated[str, one_of(CHANNEL_LABELS)] = field(
        N_("申请方式"),
        widget="choice",
        choices=TAKEN_IN,
        default=Channel.COUNTER.value,
        hint=N_("口头申请的，当场记录后由申请人核对签名。"),
    )
    received: Day | None = field(N_("收到申请日期"), widget="date", default=None, hint=N_("不填就是今天。各项期限从这一天起算。"))
    is_joint: bool = field(
        N_("双方共同申请，或者双方已经书面同意调解"), widget="tick", default=False, hint=N_("不用再征询对方意见，可以直接受理。")
    )
    entrusted_by: str = field(N_("委托调解的仲裁委员会"), default="", hint=N_("仲裁委员会委托调解的填写名称，调解期限按委托的规定计算。"))
    evidence: Files = field(
        N_("申请书和证据"), widget="files", default_factory=list, hint=N_("申请书、口头申请笔录、转办函和证据的扫描件或照片。")
    )


class Consultation(Claims, _Sides, FormModel):
    """A demand to talk, before any application."""

    is_printed = True

    committee: int = field(N_("调解委员会"), widget="choice", hint=N_("由它的工作人员协助登记。"))
    received: Day | None = field(N_("对方收到协商要求的日期"), widget="date", default=None, hint=N_("不填就是今天。"))
    evidence: Files = field(N_("附件"), widget="files", default_factory=list)


class Respond(ActForm):
    reply: Annotated[str, one_of(REPLIES)] = field(N_("回应"), widget="radios", choices=REPLIES)
    until: Day | None = field(N_("约定的协商期限"), widget="date", default=None, hint=N_("同意协商的，填双方书面约定的最后一天。"))

    @model_validator(mode="after")
    def has_a_period(self) -> Self:
        if self.reply == "agrees" and self.until is None:
            raise wrong(N_("同意协商的，请填双方约定的协商期限。"), at="until")
        return self


class Settle(ActForm):
    text: str = field(N_("和解内容"), widget="textarea", min_length=5, max_length=10_000)
    due: Day | None = field(N_("履行期限"), widget="date", default=None)


class Apply(ActForm):
    """From a failed consultation to an application: what was said then still holds."""

    channel: Annotated[str, one_of(CHANNEL_LABELS)] = field(
        N_("申请方式"), widget="choice", choices=CHANNEL_LABELS, default=Channel.COUNTER.value
    )


class PartyLine(PartyDetails):
    """Somebody who stands in the case, or a new one."""

    party: int | None = field(N_("当事人"), widget="hidden", default=None)


class CorrectApplication(ActForm):
    """What an application left out. Whoever is not named stays as he is."""

    applicants: list[PartyLine] = field(N_("申请人"), widget="rows", default_factory=list, max_length=100)
    respondents: list[PartyLine] = field(
        N_("被申请人"), widget="rows", default_factory=list, max_length=10, hint=N_("填上电话或者送达地址，才能征询对方意见。")
    )
    persons: int | None = field(N_("涉及职工人数"), widget="number", default=None, ge=1, le=100_000, unit=N_("人"))
    known_on: Day | None = field(
        N_("知道权利受到侵害的日期"), widget="date", default=None, hint=N_("仲裁时效从知道或者应当知道的次日起算。")
    )
    employment_ended_on: Day | None = field(N_("劳动关系终止日期"), widget="date", default=None, hint=N_("还在职的不填。"))

    @model_validator(mode="after")
    def are_two_sides(self) -> Self:
        check_two_sides(self.applicants, self.respondents)
        return self


class CorrectDate(ActForm):
    evidence: Files = proof(N_("证明正确日期的材料。"), always=True)
    event: int = field(N_("哪一个日期"), widget="choice")
    to: Day = field(N_("正确的日期"), widget="date")
    reason: str = field(N_("更正的理由"), widget="textarea", min_length=2, max_length=2000)


class SignBelatedly(ActForm):
    evidence: Files = proof(N_("在调解期限以内签名的书面材料。"), always=True)
    mark: str = field(N_("谁签字盖章"), widget="choice", max_length=40)


class GiveCode(ActForm):
    code: Annotated[str, StringConstraints(pattern=r"^[2-9A-HJ-NP-Z]{12}$")] = field(N_("查询码"), widget="unasked")


class AskConsent(ActForm):
    answer_by: Day = field(N_("请对方最迟答复的日期"), widget="date", hint=N_("逾期不答复的，视为不同意调解。"))


class OfParty(ActForm):
    """An act of one party; where a side has several, which one."""

    party: int | None = field(N_("当事人"), widget="choice", default=None, hint=N_("同一方有几位当事人、只办其中一位的，选是哪一位。"))


class Refuse(OfParty):
    reason: str = field(N_("理由"), widget="textarea", default="", max_length=2000)


class Decline(ActForm):
    cause: Annotated[str, one_of(REFUSALS)] = field(N_("不予受理的原因"), widget="radios", choices=REFUSALS)
    reason: str = field(
        N_("说明"), widget="textarea", min_length=5, max_length=2000, hint=N_("写进不予受理通知书，告知申请人可以申请仲裁。")
    )


class WithReason(ActForm):
    reason: str = field(N_("理由"), widget="textarea", min_length=5, max_length=2000)


class Assign(ActForm):
    mediators: list[int] = field(N_("调解员"), widget="checks", min_length=1, hint=N_("一名，或者几名组成调解小组。"))
    leads: int | None = field(N_("由谁主持"), widget="choice", default=None, hint=N_("一名调解员的不用选。"))


class ChallengeMediator(ActForm):
    assignment: int = field(N_("申请哪一位调解员回避"), widget="choice")
    reason: str = field(N_("理由"), widget="textarea", min_length=5, max_length=2000)


class DecideChallenge(ActForm):
    decision: Decision = field(N_("决定"), widget="radios", choices=DECISION_LABELS)


class HoldTalk(ActForm):
    began: time | None = field(N_("开始时间"), widget="time", default=None)
    place: str = field(N_("地点"), max_length=200)
    present: str = field(N_("到场人员"), widget="textarea", max_length=1000)
    rights_told: bool = field(N_("已经告知双方权利义务、调解不公开、可以申请回避"), widget="tick", default=False)
    record: str = field(
        N_("调解经过"), widget="textarea", min_length=5, max_length=20_000, hint=N_("双方都会看到并签字的部分。单独谈话另记，不写在这里。")
    )
    outcome: str = field(N_("调解意见和结果"), widget="textarea", default="", max_length=5000)


class KeepNote(DayForm):
    """No files: they would stay where the note is erased. What a party hands in for the mediator's eyes comes by `HandIn`."""

    party: int | None = field(N_("与谁单独谈话"), widget="choice", default=None, hint=N_("不选的，只有调解员自己能看。"))
    text: str = field(N_("谈话内容"), widget="textarea", min_length=2, max_length=20_000)


class HandIn(ActForm):
    title: str = field(N_("材料名称"), max_length=200)
    proves: str = field(N_("证明什么"), widget="textarea", default="", max_length=2000)
    circle: Circle = field(N_("给谁看"), widget="radios", choices=CIRCLE_LABELS, default=Circle.EVERYBODY)
    evidence: Files = proof(N_("要提交的材料。"), always=True)


class MakeProposal(ActForm):
    text: str = field(N_("调解方案"), widget="textarea", min_length=5, max_length=10_000)
    amount_fen: Fen | None = field(N_("金额"), widget="money", default=None)


class AnswerProposal(ActForm):
    proposal: int = field(N_("方案"), widget="choice")
    accepts: bool = field(N_("是否同意"), widget="yesno")
    words: str = field(N_("意见"), widget="textarea", default="", max_length=2000)


class Extend(ActForm):
    until: Day = field(N_("延长到"), widget="date", hint=N_("双方同意的新的最后一天。"))
    reason: str = field(N_("延期原因"), widget="textarea", min_length=2, max_length=1000)


class TermRow(FormModel):
    debtor: int = field(N_("由谁履行"), widget="choice")
    what: str = field(N_("履行什么"), widget="textarea", max_length=2000)
    head: MoneyHead = field(N_("款项性质"), widget="choice", choices=MONEY_HEAD_LABELS, default=MoneyHead.NO_MONEY)
    amount_fen: Fen | None = field(N_("金额"), widget="money", default=None)
    due: Day = field(N_("履行期限"), widget="date")
    how: str = field(N_("履行方式"), max_length=200, hint=N_("例如：转入申请人工资卡。"))

    @model_validator(mode="after")
    def says_how_much(self) -> Self:
        if self.head != MoneyHead.NO_MONEY and not self.amount_fen:
            raise wrong(N_("付款的，请写明金额。"), at="amount_fen")
        if self.head == MoneyHead.NO_MONEY and self.amount_fen is not None:
            raise wrong(N_("写了金额的，请选款项性质。"), at="head")
        return self


class Agree(ActForm):
    result: str = field(N_("调解结果"), widget="textarea", min_length=5, max_length=10_000)
    terms: list[TermRow] = field(N_("履行事项"), widget="rows", min_length=1, max_length=60, hint=N_("分期履行的，一期一行。"))
    liability: str = field(N_("不履行的责任"), widget="textarea", default="", max_length=2000)
    closes_dispute: bool = field(N_("履行完毕后，双方就本争议再无其他争议"), widget="tick", default=False)


class Sign(ActForm):
    mark: str = field(N_("谁签字盖章"), widget="choice", max_length=40)


class Fail(ActForm):
    cause: Annotated[str, one_of(FAILURES)] = field(N_("原因"), widget="radios", choices=FAILURES)
    reason: str = field(N_("说明"), widget="textarea", default="", max_length=2000)


class Transfer(ActForm):
    to: str = field(N_("移送到"), max_length=200)
    reason: str = field(N_("理由"), widget="textarea", min_length=5, max_length=2000)


class ApplyReview(ActForm):
    body: str = field(N_("向哪个仲裁委员会、法院申请"), max_length=200)


class RecordReview(ActForm):
    result: ReviewResult = field(N_("结果"), widget="radios", choices=REVIEW_RESULT_LABELS)
    paper_number: str = field(N_("文书编号"), default="", max_length=100)


class RecordPerformance(ActForm):
    term: int = field(N_("履行事项"), widget="choice")
    state: TermState = field(N_("履行情况"), widget="radios", choices=PERFORMED)
    amount_fen: Fen | None = field(N_("本次支付金额"), widget="money", default=None)
    words: str = field(N_("说明"), widget="textarea", default="", max_length=2000)


class RecordInterruption(ActForm):
    what: Annotated[Interruption, one_of(OUTSIDE)] = field(N_("发生了什么"), widget="radios", choices=OUTSIDE)
    happened: Day = field(N_("发生的日期"), widget="date", hint=N_("可以在申请调解以前。时效从次日起重新计算。"))
    evidence: Files = proof(N_("律师函、投诉回执、还款承诺等能够证明的材料。"), always=True)


class FollowUp(ActForm):
    words: str = field(
        N_("回访情况"), widget="textarea", min_length=2, max_length=5000, hint=N_("日期、方式、履行到什么程度、当事人满不满意。")
    )


class Rate(ActForm):
    satisfaction: Annotated[str, one_of(RATING_LABELS)] = field(N_("评价"), widget="radios", choices=RATING_LABELS)
    words: str = field(N_("意见"), widget="textarea", default="", max_length=2000)


class HandOn(ActForm):
    route: Annotated[Route, one_of(ROUTE_LABELS)] = field(N_("后续程序"), widget="radios", choices=ROUTE_LABELS)


class RecordService(ActForm):
    document: str = field(
        N_("送达的文书"),
        widget="choice",
        max_length=200,
        hint=N_("案卷里双方都能看的文书和材料。留置、张贴的，要有见证人签名的送达回证或者照片；电子送达的，要有受送达人的同意。"),
    )
    party: int = field(N_("送给谁"), widget="choice")
    means: Means = field(N_("送达方式"), widget="radios", choices=MEANS_LABELS)
    place: str = field(N_("送达地点"), default="", max_length=200)
    remark: str = field(N_("备注"), widget="textarea", default="", max_length=1000, hint=N_("拒收的写明理由、见证人；他人代收的写明关系。"))


class NameAgent(ActForm):
    party: int = field(N_("当事人"), widget="choice")
    agent: str = field(N_("委托代理人"), max_length=60)
    agent_phone: str = field(N_("代理人电话"), default="", max_length=30)
    mandate: str = field(N_("代理权限"), max_length=200)
    evidence: Files = proof(N_("当事人签名或者盖章的授权委托书。"), always=True)


class NameRepresentatives(ActForm):
    representatives: list[int] = field(N_("推举的代表"), widget="checks", min_length=1)
    evidence: Files = proof(N_("由职工签名的推举书。"), always=True)


class Archive(ActForm):
    file_number: str = field(N_("卷宗号"), max_length=60)


class AnswerMotion(ActForm):
    motion: int = field(N_("哪一个提议"), widget="choice")
    reason: str = field(N_("理由"), widget="textarea", default="", max_length=2000)
