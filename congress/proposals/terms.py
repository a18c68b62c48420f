"""The words of delegates' proposals (提案)."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    SUBMITTED = "submitted"
    FILED = "filed"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CONCLUDED = "concluded"
    NOT_FILED = "not_filed"
    TAKEN_BACK = "taken_back"


PROPOSAL_STATE_LABELS: dict[str, str] = {
    State.SUBMITTED: N_("待立案"),
    State.FILED: N_("已立案"),
    State.ASSIGNED: N_("承办中"),
    State.ANSWERED: N_("已答复"),
    State.CONCLUDED: N_("办结"),
    State.NOT_FILED: N_("不予立案"),
    State.TAKEN_BACK: N_("已撤回"),
}

STAGES = (
    ("submit", N_("提出"), frozenset({State.SUBMITTED})),
    ("file", N_("审查立案"), frozenset({State.FILED})),
    ("handle", N_("交办答复"), frozenset({State.ASSIGNED})),
    ("rate", N_("评价"), frozenset({State.ANSWERED})),
    ("conclude", N_("办结归档"), frozenset({State.CONCLUDED, State.NOT_FILED, State.TAKEN_BACK})),
)


class Subject(StrEnum):
    """What a proposal is about."""

    PAY = "pay"
    HOURS = "hours"
    SAFETY = "safety"
    WELFARE = "welfare"
    TRAINING = "training"
    MANAGEMENT = "management"
    OTHER = "other_subject"


SUBJECT_LABELS: dict[str, str] = {
    Subject.PAY: N_("劳动报酬"),
    Subject.HOURS: N_("工作时间和休息休假"),
    Subject.SAFETY: N_("劳动安全卫生"),
    Subject.WELFARE: N_("保险福利和职工生活"),
    Subject.TRAINING: N_("职业技能培训"),
    Subject.MANAGEMENT: N_("生产经营和管理"),
    Subject.OTHER: N_("其他方面"),
}


class Satisfaction(StrEnum):
    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    UNSATISFIED = "unsatisfied"


SATISFACTION_LABELS: dict[str, str] = {
    Satisfaction.SATISFIED: N_("满意"),
    Satisfaction.MOSTLY: N_("基本满意"),
    Satisfaction.UNSATISFIED: N_("不满意"),
}
