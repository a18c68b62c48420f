"""What each act of a disclosure asks."""

from congress.disclosure.terms import AFFAIR_LABELS, MEANS_LABELS, Affair, Means
from workflow.forms import Day, Files, FormModel, field
from workflow.proceedings import ActForm
from workflow.words import N_


class NewDisclosure(FormModel):
    term: int = field(N_("单位和届次"), widget="choice")
    title: str = field(N_("公开的内容"), hint=N_("例如“2026年第三季度社会保险费缴纳情况”。"))
    affair: Affair = field(N_("属于哪一项"), widget="radios", choices=AFFAIR_LABELS)
    means: Means = field(N_("公开的形式"), widget="radios", choices=MEANS_LABELS)
    place: str = field(N_("在哪里公开"), hint=N_("例如：各车间厂务公开栏。"))
    account: str = field(
        N_("要点"), widget="textarea", min_length=5, max_length=10_000, hint=N_("代表在系统里读到的内容；全文可以作为附件。")
    )
    on: Day | None = field(N_("公开日期"), widget="date", default=None, hint=N_("不填就是今天。"))
    evidence: Files = field(N_("附件"), widget="files", default_factory=list, hint=N_("公开的材料、公开栏的照片等。"))


class Raise(ActForm):
    words: str = field(N_("意见和建议"), widget="textarea", min_length=4, max_length=5000)


class AnswerRemark(ActForm):
    remark: int = field(N_("意见"), widget="choice")
    answer: str = field(N_("答复或者说明"), widget="textarea", min_length=4, max_length=5000)
