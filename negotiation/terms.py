"""The words of collective negotiation: kinds, levels, states, sides, heads. One English identifier for one Chinese term."""

from collections.abc import Mapping
from enum import StrEnum

from workflow.words import N_


class ContractKind(StrEnum):
    COMPREHENSIVE = "comprehensive"
    WAGE = "wage"
    SAFETY = "safety"
    WOMEN = "women"
    SPECIAL = "special"


KIND_LABELS: Mapping[str, str] = {
    ContractKind.COMPREHENSIVE: N_("综合集体合同"),
    ContractKind.WAGE: N_("工资专项集体合同"),
    ContractKind.SAFETY: N_("劳动安全卫生专项集体合同"),
    ContractKind.WOMEN: N_("女职工权益保护专项集体合同"),
    ContractKind.SPECIAL: N_("其他专项集体合同"),
}


class ContractLevel(StrEnum):
    ENTERPRISE = "enterprise"
    REGIONAL = "regional"
    SECTORAL = "sectoral"


LEVEL_LABELS: Mapping[str, str] = {
    ContractLevel.ENTERPRISE: N_("企业"),
    ContractLevel.REGIONAL: N_("区域性"),
    ContractLevel.SECTORAL: N_("行业性"),
}


class Adoption(StrEnum):
    """How a regional or sectoral contract is adopted (SECT-ADOPT)."""

    ONE_CONGRESS = "one_congress"
    EACH_ENTERPRISE = "each_enterprise"


ADOPTION_LABELS: Mapping[str, str] = {
    Adoption.ONE_CONGRESS: N_("由区域（行业）职工代表大会审议通过"),
    Adoption.EACH_ENTERPRISE: N_("由各企业职工代表大会分别审议通过"),
}


class Purpose(StrEnum):
    CONCLUDE = "conclude"
    RENEW = "renew"
    AMEND = "amend"
    TERMINATE = "terminate"
    CONTINUE = "continue"


PURPOSE_LABELS: Mapping[str, str] = {
    Purpose.CONCLUDE: N_("签订"),
    Purpose.RENEW: N_("续订"),
    Purpose.AMEND: N_("变更"),
    Purpose.TERMINATE: N_("解除"),
    Purpose.CONTINUE: N_("主体变更后继续履行"),
}


class State(StrEnum):
    DRAFTED = "drafted"
    OFFERED = "offered"
    DECLINED = "declined"
    PREPARING = "preparing"
    CONSULTING = "consulting"
    SUSPENDED = "suspended"
    COORDINATING = "coordinating"
    SETTLED = "settled"
    BEFORE_CONGRESS = "before_congress"
    ADOPTED = "adopted"
    SIGNED = "signed"
    FILED = "filed"
    OBJECTED = "objected"
    IN_FORCE = "in_force"
    ENDED = "ended"


STATE_LABELS: Mapping[str, str] = {
    State.DRAFTED: N_("拟定要约"),
    State.OFFERED: N_("已要约"),
    State.DECLINED: N_("拒绝或逾期未应约"),
    State.PREPARING: N_("协商准备"),
    State.CONSULTING: N_("协商"),
    State.SUSPENDED: N_("中止协商"),
    State.COORDINATING: N_("协调处理"),
    State.SETTLED: N_("草案议定"),
    State.BEFORE_CONGRESS: N_("提交职代会"),
    State.ADOPTED: N_("审议通过"),
    State.SIGNED: N_("已签订"),
    State.FILED: N_("已收件审查"),
    State.OBJECTED: N_("审查异议"),
    State.IN_FORCE: N_("生效履行"),
    State.ENDED: N_("终止"),
}

STAGES = (
    ("offer", N_("要约"), frozenset({State.DRAFTED, State.OFFERED, State.DECLINED})),
    ("consult", N_("协商"), frozenset({State.PREPARING, State.CONSULTING, State.SUSPENDED, State.COORDINATING})),
    ("vote", N_("职代会表决"), frozenset({State.SETTLED, State.BEFORE_CONGRESS})),
    ("sign", N_("签订"), frozenset({State.ADOPTED})),
    ("filing", N_("报审"), frozenset({State.SIGNED, State.FILED, State.OBJECTED})),
    ("publish", N_("公布"), frozenset({State.IN_FORCE})),
    ("review", N_("履约检查"), frozenset({State.ENDED})),
)
"""The rail. A case in force stands at publication until it is published, and at fulfilment review from then on."""


class Outcome(StrEnum):
    EXPIRED = "expired"
    TERMINATED = "terminated"
    REPLACED = "replaced"
    GIVEN_UP = "given_up"
    NO_AGREEMENT = "no_agreement"
    BY_LAW = "by_law"


OUTCOME_LABELS: Mapping[str, str] = {
    Outcome.EXPIRED: N_("期满终止"),
    Outcome.TERMINATED: N_("已解除"),
    Outcome.REPLACED: N_("由新合同取代"),
    Outcome.GIVEN_UP: N_("终止协商"),
    Outcome.NO_AGREEMENT: N_("期满未成"),
    Outcome.BY_LAW: N_("法定终止"),
}


class Side(StrEnum):
    WORKERS = "workers"
    EMPLOYER = "employer"

    @property
    def other(self) -> "Side":
        return Side.EMPLOYER if self is Side.WORKERS else Side.WORKERS


SIDE_LABELS: Mapping[str, str] = {Side.WORKERS: N_("职工方"), Side.EMPLOYER: N_("企业方")}


class ClauseState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    DROPPED = "dropped"
    DEFERRED = "deferred"


CLAUSE_STATE_LABELS: Mapping[str, str] = {
    ClauseState.OPEN: N_("未达成一致"),
    ClauseState.AGREED: N_("已达成一致"),
    ClauseState.DROPPED: N_("已删去"),
    ClauseState.DEFERRED: N_("暂缓"),
}


class Produced(StrEnum):
    """How a representative came to the seat (集体合同规定 Arts. 20, 21, and local regulations)."""

    UNION_SELECTION = "union_selection"
    CONGRESS_ELECTION = "congress_election"
    NOMINATION_AND_VOTE = "nomination_and_vote"
    RECOMMENDATION = "recommendation"
    APPOINTED = "appointed"
    LEGAL_REPRESENTATIVE = "legal_representative"
    EMPLOYERS_CHOICE = "employers_choice"


PRODUCED_LABELS: Mapping[str, str] = {
    Produced.UNION_SELECTION: N_("工会选派"),
    Produced.CONGRESS_ELECTION: N_("职代会选举"),
    Produced.NOMINATION_AND_VOTE: N_("工会提名、职代会或职工半数以上通过"),
    Produced.RECOMMENDATION: N_("职工民主推荐并经本单位半数以上职工同意"),
    Produced.APPOINTED: N_("法定代表人指派"),
    Produced.LEGAL_REPRESENTATIVE: N_("法定代表人本人"),
    Produced.EMPLOYERS_CHOICE: N_("企业代表组织选派或被覆盖企业推选"),
}

PRODUCED_BY_SIDE = {
    Side.WORKERS: (
        Produced.UNION_SELECTION,
        Produced.CONGRESS_ELECTION,
        Produced.NOMINATION_AND_VOTE,
        Produced.RECOMMENDATION,
    ),
    Side.EMPLOYER: (Produced.APPOINTED, Produced.LEGAL_REPRESENTATIVE, Produced.EMPLOYERS_CHOICE),
}


class ChiefAs(StrEnum):
    """Why this person may be chief."""

    UNION_CHAIR = "union_chair"
    UNION_HEAD = "union_head"
    UNION_DELEGATE = "union_delegate"
    CHOSEN = "chosen"
    LEGAL_REPRESENTATIVE = "legal_representative"
    MANAGER = "manager"
    EMPLOYERS = "employers"


CHIEF_LABELS: Mapping[str, str] = {
    ChiefAs.UNION_CHAIR: N_("工会主席本人"),
    ChiefAs.UNION_HEAD: N_("工会主席空缺，由工会主要负责人担任"),
    ChiefAs.UNION_DELEGATE: N_("工会主席书面委托的其他协商代表"),
    ChiefAs.CHOSEN: N_("没有工会，由协商代表民主推举"),
    ChiefAs.LEGAL_REPRESENTATIVE: N_("法定代表人本人"),
    ChiefAs.MANAGER: N_("法定代表人书面委托的其他管理人员"),
    ChiefAs.EMPLOYERS: N_("企业代表组织或被覆盖企业推选"),
}
CHIEF_BY_SIDE = {
    Side.WORKERS: (ChiefAs.UNION_CHAIR, ChiefAs.UNION_HEAD, ChiefAs.UNION_DELEGATE, ChiefAs.CHOSEN),
    Side.EMPLOYER: (ChiefAs.LEGAL_REPRESENTATIVE, ChiefAs.MANAGER, ChiefAs.EMPLOYERS),
}
WRITTEN_MANDATE = frozenset({ChiefAs.UNION_DELEGATE, ChiefAs.MANAGER})

COMPREHENSIVE_HEADS = {
    "remuneration": N_("劳动报酬"),
    "working_time": N_("工作时间"),
    "rest_and_leave": N_("休息休假"),
    "safety_and_health": N_("劳动安全与卫生"),
    "insurance_and_welfare": N_("补充保险和福利"),
    "women_and_minors": N_("女职工和未成年工特殊保护"),
    "training": N_("职业技能培训"),
    "contract_management": N_("劳动合同管理"),
    "rewards_and_discipline": N_("奖惩"),
    "redundancy": N_("裁员"),
    "term": N_("集体合同期限"),
    "change": N_("变更、解除集体合同的程序"),
    "disputes": N_("履行集体合同发生争议时的协商处理办法"),
    "liability": N_("违反集体合同的责任"),
    "other": N_("双方认为应当协商的其他内容"),
}
"""The fifteen heads of 集体合同规定 Art. 8."""

WAGE_HEADS = {
    "term": N_("工资协议的期限"),
    "wage_system": N_("工资分配制度、工资标准和工资分配形式"),
    "wage_level": N_("职工年度平均工资水平及其调整幅度"),
    "bonus_and_allowance": N_("奖金、津贴、补贴等分配办法"),
    "wage_payment": N_("工资支付办法"),
    "change": N_("变更、解除工资协议的程序"),
    "ending": N_("工资协议的终止条件"),
    "liability": N_("工资协议的违约责任"),
    "other": N_("双方认为应当协商约定的其他事项"),
}
"""The nine heads of 工资集体协商试行办法 Art. 7."""

SAFETY_HEADS = {
    "responsibility": N_("劳动安全卫生责任制"),
    "conditions": N_("劳动条件和安全技术措施"),
    "operation": N_("安全操作规程"),
    "protective_equipment": N_("劳动防护用品发放标准"),
    "health_checks": N_("定期健康检查和职业健康体检"),
    "occupational_disease": N_("职业病危害防护"),
    "safety_training": N_("安全卫生培训"),
    "safety_funds": N_("安全生产和职业病防治经费"),
    "other": N_("其他"),
}

WOMEN_HEADS = {
    "prohibited_work": N_("禁忌从事的劳动"),
    "education": N_("教育和培训"),
    "periods": N_("经期、孕期、产期和哺乳期的劳动保护"),
    "health_checks": N_("定期健康检查和妇科病普查"),
    "maternity": N_("生育待遇"),
    "equality": N_("男女平等"),
    "other": N_("其他"),
}

SPECIAL_HEADS = {
    "subject": N_("专项事项"),
    "term": N_("期限"),
    "change": N_("变更和解除程序"),
    "liability": N_("违约责任"),
    "other": N_("其他"),
}

HEADS: dict[str, dict[str, str]] = {
    ContractKind.COMPREHENSIVE: COMPREHENSIVE_HEADS,
    ContractKind.WAGE: WAGE_HEADS,
    ContractKind.SAFETY: SAFETY_HEADS,
    ContractKind.WOMEN: WOMEN_HEADS,
    ContractKind.SPECIAL: SPECIAL_HEADS,
}


class Performance(StrEnum):
    """What a fulfilment round finds of one obligation."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    NOT = "not"
    DISPUTED = "disputed"


PERFORMANCE_LABELS: Mapping[str, str] = {
    Performance.FULFILLED: N_("履行"),
    Performance.PARTLY: N_("部分履行"),
    Performance.NOT: N_("未履行"),
    Performance.DISPUTED: N_("有争议"),
}


class LetterKind(StrEnum):
    REMINDER = "reminder"
    OPINION = "opinion"
    PROPOSAL = "proposal"


LETTER_LABELS: Mapping[str, str] = {LetterKind.REMINDER: N_("提示函"), LetterKind.OPINION: N_("意见书"), LetterKind.PROPOSAL: N_("建议书")}

GROUNDS: Mapping[str, str] = {
    "refusal": N_("无正当理由拒绝协商"),
    "no_reply": N_("逾期未书面答复"),
    "no_data": N_("不提供协商所需资料"),
    "refusal_to_sign": N_("拒绝签字"),
    "not_filed": N_("未报送审查"),
    "not_published": N_("未公布"),
    "not_performed": N_("未履行合同约定"),
}
