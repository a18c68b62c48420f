"""The words of workers' grievances (职工诉求)."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    REGISTERED = "registered"
    ROUTED = "routed"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


GRIEVANCE_STATE_LABELS: dict[str, str] = {
    State.REGISTERED: N_("已登记"),
    State.ROUTED: N_("转办中"),
    State.ANSWERED: N_("已答复"),
    State.CLOSED: N_("办结"),
    State.WITHDRAWN: N_("已撤回"),
}

STAGES = (
    ("register", N_("登记"), frozenset({State.REGISTERED})),
    ("route", N_("转办"), frozenset({State.ROUTED})),
    ("answer", N_("答复"), frozenset({State.ANSWERED})),
    ("close", N_("办结"), frozenset({State.CLOSED, State.WITHDRAWN})),
)


class Channel(StrEnum):
    """How a grievance came in."""

    COUNTER = "counter"
    HOTLINE = "hotline"
    LETTER = "letter"
    ONLINE = "online"


GRIEVANCE_CHANNEL_LABELS: dict[str, str] = {
    Channel.COUNTER: N_("窗口接待"),
    Channel.HOTLINE: N_("12351热线"),
    Channel.LETTER: N_("来信来访"),
    Channel.ONLINE: N_("网上"),
}


class Subject(StrEnum):
    """What a grievance is about."""

    ARREARS = "arrears"
    PAY = "pay"
    CONTRACT = "contract"
    HOURS = "hours"
    SAFETY = "safety"
    INSURANCE = "insurance"
    HARDSHIP = "hardship"
    DEMOCRACY = "democracy"
    TALKS = "talks"
    OTHER = "other"


GRIEVANCE_SUBJECT_LABELS: dict[str, str] = {
    Subject.ARREARS: N_("拖欠工资"),
    Subject.PAY: N_("劳动报酬"),
    Subject.CONTRACT: N_("劳动合同"),
    Subject.HOURS: N_("工作时间和休息休假"),
    Subject.SAFETY: N_("劳动安全卫生"),
    Subject.INSURANCE: N_("社会保险和福利"),
    Subject.HARDSHIP: N_("生活困难"),
    Subject.DEMOCRACY: N_("民主管理"),
    Subject.TALKS: N_("要求集体协商"),
    Subject.OTHER: N_("其他"),
}


class Route(StrEnum):
    """Who deals with it."""

    HERE = "here"
    CONSULTATION = "consultation"
    LEGAL_AID = "legal_aid"
    PROPOSAL = "proposal"
    HARDSHIP = "hardship"
    MEDIATION = "mediation"
    UNION = "union"
    ANOTHER = "another"


ROUTE_LABELS: dict[str, str] = {
    Route.HERE: N_("本单位直接办理"),
    Route.CONSULTATION: N_("劳动者与企业协商"),
    Route.LEGAL_AID: N_("法律援助"),
    Route.PROPOSAL: N_("职代会提案"),
    Route.HARDSHIP: N_("困难帮扶"),
    Route.MEDIATION: N_("劳动争议调解"),
    Route.UNION: N_("企业工会（集体协商事项）"),
    Route.ANOTHER: N_("其他部门"),
}


class Satisfaction(StrEnum):
    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    UNSATISFIED = "unsatisfied"
    UNSAID = "unsaid"


GRIEVANCE_SATISFACTION_LABELS: dict[str, str] = {
    Satisfaction.SATISFIED: N_("满意"),
    Satisfaction.MOSTLY: N_("基本满意"),
    Satisfaction.UNSATISFIED: N_("不满意"),
    Satisfaction.UNSAID: N_("没有表态"),
}
