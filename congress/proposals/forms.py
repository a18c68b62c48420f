"""What each act of a proposal asks."""

from pydantic import BaseModel

from congress.proposals.terms import SATISFACTION_LABELS, SUBJECT_LABELS, Satisfaction, Subject
from workflow.forms import Day, Files, FormModel, field, proof
from workflow.proceedings import ActForm
from workflow.words import N_

CONTENT = {one: label for one, label in SATISFACTION_LABELS.items() if one != Satisfaction.UNSATISFIED}


class _Words(BaseModel):
    title: str = field(N_("提案名称"), hint=N_("例如“关于改善铸造车间夏季通风降温的提案”。"))
    subject: Subject = field(N_("类别"), widget="radios", choices=SUBJECT_LABELS)
    account: str = field(N_("案由"), widget="textarea", min_length=10, max_length=5000, hint=N_("存在什么问题，依据什么。"))
    wish: str = field(N_("建议"), widget="textarea", min_length=5, max_length=5000, hint=N_("具体怎样解决。"))


class NewProposal(_Words, FormModel):
    """`proposer` is asked of the union, which enters proposals from paper; a delegate proposes in his own name."""

    term: int = field(N_("届次"), widget="choice")
    proposer: int | None = field(
        N_("提案人"), widget="choice", default=None, hint=N_("代表自己提出的不用选；由工会登记书面提案的，选提案人。")
    )
    on: Day | None = field(N_("提出日期"), widget="date", default=None, hint=N_("不填就是今天。"))
    evidence: Files = field(N_("附件"), widget="files", default_factory=list, hint=N_("由工会登记书面提案的，上传提案人签名的提案表。"))


class Submit(_Words, ActForm):
    pass


class Second(ActForm):
    evidence: Files = proof(N_("由工会登记附议的，上传附议人签名的提案表。"))
    names: str = field(
        N_("附议人"), widget="textarea", default="", hint=N_("代表自己附议的不用填；由工会登记的，写附议人的姓名，用顿号隔开。")
    )


class WithReason(ActForm):
    reason: str = field(N_("理由"), widget="textarea", min_length=5, hint=N_("写给提案人看的。"))


class Assign(ActForm):
    handler: str = field(N_("承办部门、承办人"), max_length=100)
    answer_by: Day = field(N_("最迟答复日期"), widget="date", hint=N_("与企业商定的日期。"))


class Answer(ActForm):
    answer: str = field(
        N_("答复"), widget="textarea", min_length=10, max_length=10_000, hint=N_("写明已经解决的、准备怎样解决的、不能解决的和原因。")
    )


class Accept(ActForm):
    satisfaction: Satisfaction = field(N_("评价"), widget="radios", choices=CONTENT)
    remark: str = field(N_("意见"), widget="textarea", default="", max_length=5000)


class SendBack(ActForm):
    remark: str = field(N_("不满意的原因"), widget="textarea", min_length=5, max_length=5000)
