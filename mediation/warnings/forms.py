"""What each act of a warning asks."""

from workflow.forms import field
from workflow.proceedings import ActForm
from workflow.words import N_


class Step(ActForm):
    words: str = field(
        N_("做了什么"),
        widget="textarea",
        min_length=5,
        max_length=5000,
        hint=N_("了解到的情况、做的工作、下一步。不要写当事人的姓名和争议的内容。"),
    )


class Lift(ActForm):
    words: str = field(N_("解除的理由"), widget="textarea", min_length=5, max_length=5000, hint=N_("不要写当事人的姓名和争议的内容。"))
