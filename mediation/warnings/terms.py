"""The words of early warnings (劳动关系预警)."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    RAISED = "raised"
    HANDLED = "handled"
    LIFTED = "lifted"


WARNING_STATE_LABELS: dict[str, str] = {
    State.RAISED: N_("待处置"),
    State.HANDLED: N_("处置中"),
    State.LIFTED: N_("已解除"),
}

STAGES = (
    ("raise", N_("发出预警"), frozenset({State.RAISED})),
    ("handle", N_("处置"), frozenset({State.HANDLED})),
    ("lift", N_("解除"), frozenset({State.LIFTED})),
)


class Trigger(StrEnum):
    """Why a warning was raised."""

    GROUP = "group"
    ALIKE = "alike"
    ARREARS = "arrears"


TRIGGER_LABELS: dict[str, str] = {
    Trigger.GROUP: N_("人数较多的争议"),
    Trigger.ALIKE: N_("短期内多起同类争议"),
    Trigger.ARREARS: N_("拖欠劳动报酬"),
}

TRIGGER_RULES: dict[Trigger, str] = {
    Trigger.GROUP: "WARN-GROUP",
    Trigger.ALIKE: "WARN-ALIKE",
    Trigger.ARREARS: "WARN-ARREARS",
}

ADVICE: dict[str, tuple[str, ...]] = {
    Trigger.GROUP: (
        N_("当天找职工推举的代表了解诉求，告知可以推举三至五名代表参加调解。"),
        N_("向上级工会报告起因、人数、趋势和已经做的工作。"),
        N_("有停工、怠工苗头的，工会代表职工同企业协商，尽快恢复生产秩序。"),
    ),
    Trigger.ALIKE: (
        N_("核对几件争议是不是出于同一项规章制度或者同一次调整。"),
        N_("要求企业说明情况，需要修改规章制度的，提请职工代表大会讨论。"),
        N_("可以由工会一并提出意见，避免同类争议继续发生。"),
    ),
    Trigger.ARREARS: (
        N_("核实拖欠的月份、人数和原因，要求企业书面说明支付时间。"),
        N_("企业拒不支付的，提请劳动保障监察部门处理。"),
        N_("帮助职工申请支付令、仲裁和法律援助；生活困难的，给予帮扶。"),
    ),
}
"""What to do first, for who is told."""
