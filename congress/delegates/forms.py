"""What the acts about papers received and opinions given ask."""

from congress.delegates.terms import VOICE_LABELS
from workflow.forms import Files, field, proof
from workflow.proceedings import ActForm
from workflow.words import N_


class RecordDelivery(ActForm):
    """From the list that the members signed; the day is that on which they signed."""

    evidence: Files = proof(N_("必须上传代表签收的名单。"), always=True)
    constituency: int | None = field(N_("选区、代表团"), widget="choice", default=None, hint=N_("不选就是全体。"))
    only: str = field(N_("只登记这些人"), widget="textarea", default="", hint=N_("姓名用顿号、空格或者换行隔开；不填就是名单上的全体。"))
    but: str = field(N_("没有签收的人"), widget="textarea", default="", hint=N_("其余的人都登记为已经收到；填了上一项的不填。"))


class UndoDelivery(ActForm):
    delegate: int = field(N_("代表"), widget="choice")
    reason: str = field(N_("更正的理由"), widget="textarea", min_length=5, hint=N_("例如：签收名单上没有本人的签名。"))


class GiveOpinion(ActForm):
    item: int = field(N_("事项"), widget="choice")
    voice: str = field(
        N_("谁的意见"),
        widget="radios",
        choices=VOICE_LABELS,
        default="own",
        pattern="^(own|delegation|paper)$",
        hint=N_("代表团的意见由团（组）长提出；没有账户的代表交来书面意见的，由工会登记。"),
    )
    constituency: int | None = field(
        N_("哪个代表团"), widget="choice", default=None, hint=N_("工会登记书面意见的要选；代表自己提出的不用选。")
    )
    words: str = field(N_("意见和建议"), widget="textarea", min_length=4, max_length=5000)


class AnswerOpinion(ActForm):
    opinion: int = field(N_("意见"), widget="choice")
    answer: str = field(
        N_("答复"), widget="textarea", min_length=2, max_length=5000, hint=N_("写明是否采纳；采纳的，文本改好以后要重新送达。")
    )
