"""The words of the employee congress: forms, states, seats at a meeting, matters. One English identifier for one Chinese term."""

from enum import StrEnum

from workflow.words import N_


class Form(StrEnum):
    """What meets. Of an assembly every worker is a member; of the others the delegates are."""

    CONGRESS = "congress"
    ASSEMBLY = "assembly"
    REGIONAL = "regional"
    SECTORAL = "sectoral"


FORM_LABELS: dict[str, str] = {
    Form.CONGRESS: N_("职工代表大会"),
    Form.ASSEMBLY: N_("职工大会"),
    Form.REGIONAL: N_("区域性职工代表大会"),
    Form.SECTORAL: N_("行业性职工代表大会"),
}

WHOLE: dict[str, str] = {
    Form.CONGRESS: N_("全体职工代表"),
    Form.ASSEMBLY: N_("全体职工"),
    Form.REGIONAL: N_("全体职工代表"),
    Form.SECTORAL: N_("全体职工代表"),
}
"""Who counts in the denominator, absent or not."""


class Mode(StrEnum):
    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


MODE_LABELS: dict[str, str] = {
    Mode.ONSITE: N_("现场会议"),
    Mode.ONLINE: N_("线上会议"),
    Mode.HYBRID: N_("现场和线上结合"),
}


class State(StrEnum):
    PLANNED = "planned"
    CONVENED = "convened"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


STATE_LABELS: dict[str, str] = {
    State.PLANNED: N_("筹备"),
    State.CONVENED: N_("已通知"),
    State.OPEN: N_("开会"),
    State.ADJOURNED: N_("休会"),
    State.CLOSED: N_("已闭会，结果待确认"),
    State.CERTIFIED: N_("结果已确认"),
    State.PUBLISHED: N_("结果已公布"),
    State.CANCELLED: N_("已取消"),
}

STAGES = (
    ("prepare", N_("筹备"), frozenset({State.PLANNED})),
    ("notify", N_("通知"), frozenset({State.CONVENED})),
    ("meet", N_("开会表决"), frozenset({State.OPEN, State.ADJOURNED})),
    ("certify", N_("确认结果"), frozenset({State.CLOSED})),
    ("publish", N_("公布"), frozenset({State.CERTIFIED, State.PUBLISHED})),
)


class ItemState(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"
    VOID = "void"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"


ITEM_LABELS: dict[str, str] = {
    ItemState.PREPARED: N_("待表决"),
    ItemState.OPEN: N_("正在表决"),
    ItemState.CLOSED: N_("待计票"),
    ItemState.COUNTED: N_("计票相符，待确认"),
    ItemState.CERTIFIED: N_("结果已确认"),
    ItemState.VOID: N_("表决作废"),
    ItemState.WITHDRAWN: N_("已撤下"),
    ItemState.ANNULLED: N_("结果已撤销"),
}

UNDER_WAY = (ItemState.OPEN, ItemState.CLOSED, ItemState.COUNTED)
"""Ballots handed out whose result is still to come."""

LIVE = (ItemState.PREPARED, *UNDER_WAY)


class Matter(StrEnum):
    """What a resolution is about, by the verb that the law gives the congress."""

    CONTRACT = "contract"
    RULES = "rules"
    WELFARE = "welfare"
    PLACEMENT = "placement"
    ELECTION = "election"
    OTHER = "other"


MATTER_LABELS: dict[str, str] = {
    Matter.CONTRACT: N_("集体合同草案"),
    Matter.RULES: N_("规章制度、重大事项方案"),
    Matter.WELFARE: N_("职工福利基金、住房公积金和社会保险缴费方案"),
    Matter.PLACEMENT: N_("裁员、分流安置和改制方案"),
    Matter.ELECTION: N_("选举（一名候选人一项）"),
    Matter.OTHER: N_("其他事项"),
}


class OfficerSeat(StrEnum):
    CHAIR = "chair"
    TELLER = "teller"
    COUNTER = "counter"


OFFICER_LABELS: dict[str, str] = {
    OfficerSeat.CHAIR: N_("执行主席"),
    OfficerSeat.TELLER: N_("监票人"),
    OfficerSeat.COUNTER: N_("计票人"),
}

COUNTING = (OfficerSeat.TELLER, OfficerSeat.COUNTER)


class Operator(StrEnum):
    """How many of all members it takes. ASK: at exactly half the two readings differ and the meeting decides."""

    GE_HALF = "GE_HALF"
    GT_HALF = "GT_HALF"
    ASK = "ASK_AT_HALF"


OPERATOR_LABELS: dict[str, str] = {
    Operator.GE_HALF: N_("半数以上（含半数）"),
    Operator.GT_HALF: N_("过半数"),
    Operator.ASK: N_("半数以上"),
}


class Body(StrEnum):
    PRESIDIUM = "presidium"
    CHAIR = "chair"


BODY_LABELS: dict[str, str] = {
    Body.PRESIDIUM: N_("大会主席团"),
    Body.CHAIR: N_("会议执行主席"),
}


class Told(StrEnum):
    """What a notice to another procedure says of its item."""

    CERTIFIED = "certified"
    VOID = "void"
    ANNULLED = "annulled"


class Why(StrEnum):
    """Why a meeting does not take place on the day announced."""

    NO_QUORUM = "no_quorum"
    MATERIAL = "material"
    OTHER = "other"


WHY_LABELS: dict[str, str] = {
    Why.NO_QUORUM: N_("到会人数不足"),
    Why.MATERIAL: N_("会议材料未能按期送达"),
    Why.OTHER: N_("其他原因"),
}


class Channel(StrEnum):
    """How a result is made known to all workers."""

    BOARD = "board"
    INTRANET = "intranet"
    MEETING = "meeting"
    PAPER = "paper"


CHANNEL_LABELS: dict[str, str] = {
    Channel.BOARD: N_("公告栏张贴"),
    Channel.INTRANET: N_("内部网络、工作群发布"),
    Channel.MEETING: N_("车间、班组会议传达"),
    Channel.PAPER: N_("书面送达职工"),
}


class TermState(StrEnum):
    """A term (届) of a congress, or the register of an assembly."""

    ELECTING = "electing"
    SERVING = "serving"
    ENDED = "ended"


TERM_STATE_LABELS: dict[str, str] = {
    TermState.ELECTING: N_("选举产生代表"),
    TermState.SERVING: N_("任期内"),
    TermState.ENDED: N_("届满"),
}

TERM_STAGES = (
    ("elect", N_("选举产生代表"), frozenset({TermState.ELECTING})),
    ("serve", N_("任期内"), frozenset({TermState.SERVING})),
    ("end", N_("届满"), frozenset({TermState.ENDED})),
)


class Post(StrEnum):
    """What a delegate is by their work (企业民主管理规定 Art. 9)."""

    FRONTLINE = "frontline"
    TECHNICAL = "technical"
    MANAGER = "manager"


POST_LABELS: dict[str, str] = {
    Post.FRONTLINE: N_("一线职工"),
    Post.TECHNICAL: N_("技术人员"),
    Post.MANAGER: N_("中层以上管理人员"),
}


class Manner(StrEnum):
    """How a delegate was elected (企业民主管理规定 Art. 24)."""

    DIRECT = "direct"
    LOWER = "lower"


MANNER_LABELS: dict[str, str] = {
    Manner.DIRECT: N_("选区职工直接选举"),
    Manner.LOWER: N_("下一级职工代表大会选举"),
}


class Leaving(StrEnum):
    """Why a delegate's seat ended before the term."""

    EMPLOYMENT = "employment"
    MOVED = "moved"
    RESIGNED = "resigned"
    OTHER_REASON = "other_reason"
    RECALLED = "recalled"


LEAVING_LABELS: dict[str, str] = {
    Leaving.EMPLOYMENT: N_("劳动关系终止"),
    Leaving.MOVED: N_("调离选区"),
    Leaving.RESIGNED: N_("本人辞去代表"),
    Leaving.OTHER_REASON: N_("其他缘由"),
    Leaving.RECALLED: N_("被罢免"),
}
