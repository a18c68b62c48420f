"""The words of the disclosure of enterprise affairs (厂务公开)."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    DISCLOSED = "disclosed"
    FILED_AWAY = "filed_away"


DISCLOSURE_STATE_LABELS: dict[str, str] = {
    State.DISCLOSED: N_("已公开"),
    State.FILED_AWAY: N_("已归档"),
}

STAGES = (
    ("disclose", N_("公开和答复"), frozenset({State.DISCLOSED})),
    ("file", N_("归档"), frozenset({State.FILED_AWAY})),
)


class Affair(StrEnum):
    """What is to be disclosed, by the list of the rule (企业民主管理规定 Arts. 33–34)."""

    OPERATION = "operation"
    EMPLOYMENT = "employment_contracts"
    CONTRACT = "collective_contract"
    DISCIPLINE = "discipline"
    SAFETY = "safety_matters"
    INSURANCE = "insurance"
    TRAINING = "training_funds"
    DISPUTES = "disputes"
    STATE_OWNED = "state_owned"
    OTHER = "other_affair"


AFFAIR_LABELS: dict[str, str] = {
    Affair.OPERATION: N_("经营管理的基本情况"),
    Affair.EMPLOYMENT: N_("招用职工及签订劳动合同的情况"),
    Affair.CONTRACT: N_("集体合同文本和规章制度的内容"),
    Affair.DISCIPLINE: N_("奖惩、单方解除劳动合同、裁员和评优的情况"),
    Affair.SAFETY: N_("劳动安全卫生标准、事故和处理结果"),
    Affair.INSURANCE: N_("社会保险和企业年金的缴费情况"),
    Affair.TRAINING: N_("职工教育经费和培训的情况"),
    Affair.DISPUTES: N_("劳动争议和处理结果"),
    Affair.STATE_OWNED: N_("国有企业、集体企业另行公开的事项"),
    Affair.OTHER: N_("其他应当公开的事项"),
}


class Means(StrEnum):
    """How it is disclosed (企业民主管理规定 Art. 35)."""

    CONGRESS = "to_the_congress"
    BRIEFING = "briefing"
    BOARD = "notice_board"
    NETWORK = "network"
    OTHER = "other_means"


MEANS_LABELS: dict[str, str] = {
    Means.CONGRESS: N_("向职工代表大会报告"),
    Means.BRIEFING: N_("联席会议、情况发布会"),
    Means.BOARD: N_("厂务公开栏"),
    Means.NETWORK: N_("内部网络、报刊、广播"),
    Means.OTHER: N_("民主恳谈会等其他形式"),
}
