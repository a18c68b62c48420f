"""The words of mediation: states, outcomes, matters, parties, terms of an agreement."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    CONSULTING = "consulting"
    REGISTERED = "registered"
    CONSENT_ASKED = "consent_asked"
    ACCEPTED = "accepted"
    MEDIATING = "mediating"
    AGREED = "agreed"
    PERFORMING = "performing"
    CLOSED = "closed"


STATE_LABELS: dict[str, str] = {
    State.CONSULTING: N_("申请前协商"),
    State.REGISTERED: N_("已登记"),
    State.CONSENT_ASKED: N_("征询意见"),
    State.ACCEPTED: N_("已受理"),
    State.MEDIATING: N_("调解中"),
    State.AGREED: N_("达成协议"),
    State.PERFORMING: N_("履行中"),
    State.CLOSED: N_("结案"),
}

STAGES = (
    ("apply", N_("申请登记"), frozenset({State.CONSULTING, State.REGISTERED})),
    ("consent", N_("征询受理"), frozenset({State.CONSENT_ASKED, State.ACCEPTED})),
    ("mediate", N_("调解"), frozenset({State.MEDIATING})),
    ("agree", N_("签订协议"), frozenset({State.AGREED})),
    ("perform", N_("履行协议"), frozenset({State.PERFORMING})),
    ("close", N_("结案归档"), frozenset({State.CLOSED})),
)


class Outcome(StrEnum):
    """How a case ended."""

    PERFORMED = "performed"
    SETTLED_BETWEEN = "settled_between"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    FAILED = "failed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    HANDED_ON = "handed_on"


OUTCOME_LABELS: dict[str, str] = {
    Outcome.PERFORMED: N_("调解成功，履行完毕"),
    Outcome.SETTLED_BETWEEN: N_("双方自行和解"),
    Outcome.NOT_ACCEPTED: N_("不属于受理范围，不予受理"),
    Outcome.REFUSED: N_("一方不同意调解，不予受理"),
    Outcome.FAILED: N_("调解不成"),
    Outcome.LAPSED: N_("期满未达成协议"),
    Outcome.WITHDRAWN: N_("申请人撤回申请"),
    Outcome.TRANSFERRED: N_("移送其他组织"),
    Outcome.HANDED_ON: N_("协议未履行，移交后续程序"),
}


EVENT_LABELS: dict[str, str] = {
    "CONSULTATION_REQUESTED": N_("收到协商要求"),
    "CONSULTATION_ANSWERED": N_("回应协商要求"),
    "CONSULTATION_OVER": N_("协商结束"),
    "APPLICATION_RECEIVED": N_("收到调解申请"),
    "CONSENT_ASKED": N_("征询是否同意调解"),
    "CONSENTED": N_("对方同意调解"),
    "CONSENT_FAILED": N_("对方不同意或者没有答复"),
    "MEDIATION_ACCEPTED": N_("受理调解申请"),
    "AGREEMENT_EFFECTIVE": N_("调解协议生效"),
    "REVIEW_APPLIED": N_("申请仲裁审查"),
    "CONFIRMATION_APPLIED": N_("申请司法确认"),
    "CLOSED": N_("结案"),
}
"""Days that may turn out to be others, in the order in which they come."""


class Channel(StrEnum):
    """How an application comes in."""

    COUNTER = "counter"
    ORAL = "oral"
    ONLINE = "online"
    HOTLINE = "hotline"
    VISIT = "visit"
    COURT = "court"
    ARBITRATION = "arbitration"
    SUPERIOR_UNION = "superior_union"
    OWN_MOTION = "own_motion"


CHANNEL_LABELS: dict[str, str] = {
    Channel.COUNTER: N_("当面提交书面申请"),
    Channel.ORAL: N_("口头申请，当场记录"),
    Channel.ONLINE: N_("网上申请"),
    Channel.HOTLINE: N_("12351热线转来"),
    Channel.VISIT: N_("信访转来"),
    Channel.COURT: N_("人民法院委派、委托"),
    Channel.ARBITRATION: N_("仲裁委员会建议、委托"),
    Channel.SUPERIOR_UNION: N_("上级工会交办"),
    Channel.OWN_MOTION: N_("调解委员会主动调解"),
}


class Matter(StrEnum):
    """The six heads of a labour dispute (劳动争议调解仲裁法 Art. 2)."""

    RELATION = "relation"
    CONTRACT = "contract"
    DISMISSAL = "dismissal"
    CONDITIONS = "conditions"
    PAYMENT = "payment"
    OTHER_DISPUTE = "other_dispute"


MATTER_LABELS: dict[str, str] = {
    Matter.RELATION: N_("确认劳动关系"),
    Matter.CONTRACT: N_("订立、履行、变更、解除和终止劳动合同"),
    Matter.DISMISSAL: N_("除名、辞退和辞职、离职"),
    Matter.CONDITIONS: N_("工作时间、休息休假、社会保险、福利、培训以及劳动保护"),
    Matter.PAYMENT: N_("劳动报酬、工伤医疗费、经济补偿或者赔偿金"),
    Matter.OTHER_DISPUTE: N_("法律、法规规定的其他劳动争议"),
}


class MoneyHead(StrEnum):
    """What a payment is for. Only the first four carry to a payment order (劳动争议调解仲裁法 Art. 16)."""

    REMUNERATION = "remuneration"
    INJURY_CARE = "injury_care"
    COMPENSATION = "compensation"
    DAMAGES = "damages"
    OTHER_MONEY = "other_money"
    NO_MONEY = "no_money"


MONEY_HEAD_LABELS: dict[str, str] = {
    MoneyHead.REMUNERATION: N_("劳动报酬"),
    MoneyHead.INJURY_CARE: N_("工伤医疗费"),
    MoneyHead.COMPENSATION: N_("经济补偿"),
    MoneyHead.DAMAGES: N_("赔偿金"),
    MoneyHead.OTHER_MONEY: N_("其他款项"),
    MoneyHead.NO_MONEY: N_("不是付款"),
}
FOUR_HEADS = frozenset({MoneyHead.REMUNERATION, MoneyHead.INJURY_CARE, MoneyHead.COMPENSATION, MoneyHead.DAMAGES})


class PartyRole(StrEnum):
    APPLICANT = "applicant"
    RESPONDENT = "respondent"

    @property
    def other(self) -> "PartyRole":
        return PartyRole.RESPONDENT if self is PartyRole.APPLICANT else PartyRole.APPLICANT


PARTY_ROLE_LABELS: dict[str, str] = {PartyRole.APPLICANT: N_("申请人"), PartyRole.RESPONDENT: N_("被申请人")}


class TermState(StrEnum):
    """How one term of an agreement stands."""

    AWAITED = "awaited"
    PARTLY = "partly"
    PERFORMED = "performed"
    MISSED = "missed"


TERM_STATE_LABELS: dict[str, str] = {
    TermState.AWAITED: N_("待履行"),
    TermState.PARTLY: N_("部分履行"),
    TermState.PERFORMED: N_("已履行"),
    TermState.MISSED: N_("逾期未履行"),
}


class Mark(StrEnum):
    """What makes an agreement effective (劳动争议调解仲裁法 Art. 14)."""

    PARTY = "party"
    MEDIATOR = "mediator"
    SEAL = "seal"


MARK_LABELS: dict[str, str] = {
    Mark.PARTY: N_("当事人签名或者盖章"),
    Mark.MEDIATOR: N_("调解员签名"),
    Mark.SEAL: N_("加盖调解委员会印章"),
}


class Leaving(StrEnum):
    """Why a mediator conducts a case no longer."""

    CHALLENGED = "challenged"
    RECUSED = "recused"
    REPLACED = "replaced"


LEAVING_LABELS: dict[str, str] = {
    Leaving.CHALLENGED: N_("经申请回避"),
    Leaving.RECUSED: N_("自行回避"),
    Leaving.REPLACED: N_("改由他人调解"),
}


class Decision(StrEnum):
    GRANTED = "granted"
    DISMISSED = "dismissed"


DECISION_LABELS: dict[str, str] = {Decision.GRANTED: N_("准许回避"), Decision.DISMISSED: N_("驳回回避申请")}


class Means(StrEnum):
    """How a paper reaches somebody (民事诉讼法 Arts. 88–95)."""

    IN_PERSON = "in_person"
    BY_POST = "by_post"
    ELECTRONIC = "electronic"
    LEFT_BEHIND = "left_behind"
    AT_THE_DOOR = "at_the_door"


MEANS_LABELS: dict[str, str] = {
    Means.IN_PERSON: N_("当面签收"),
    Means.BY_POST: N_("邮寄"),
    Means.ELECTRONIC: N_("经同意电子送达"),
    Means.LEFT_BEHIND: N_("留置送达"),
    Means.AT_THE_DOOR: N_("张贴送达"),
}


class Route(StrEnum):
    """Where a party turns whose agreement is not performed."""

    PAYMENT_ORDER = "payment_order"
    ARBITRATE = "arbitrate"
    DIRECT_SUIT = "direct_suit"
    ENFORCE = "enforce"


ROUTE_LABELS: dict[str, str] = {
    Route.PAYMENT_ORDER: N_("向人民法院申请支付令"),
    Route.ARBITRATE: N_("申请劳动争议仲裁"),
    Route.DIRECT_SUIT: N_("仅就劳动报酬，直接起诉"),
    Route.ENFORCE: N_("凭调解书或者司法确认裁定申请强制执行"),
}


class Review(StrEnum):
    """What makes an agreement enforceable."""

    ARBITRATION = "arbitration_review"
    CONFIRMATION = "confirmation"


REVIEW_LABELS: dict[str, str] = {Review.ARBITRATION: N_("仲裁审查"), Review.CONFIRMATION: N_("司法确认")}


class ReviewResult(StrEnum):
    CONFIRMED = "confirmed"
    DENIED = "denied"
    TAKEN_BACK = "taken_back"


REVIEW_RESULT_LABELS: dict[str, str] = {
    ReviewResult.CONFIRMED: N_("审查通过，取得调解书或者确认裁定"),
    ReviewResult.DENIED: N_("不予受理、不予确认"),
    ReviewResult.TAKEN_BACK: N_("撤回审查申请"),
}


class Circle(StrEnum):
    """To whom something handed in is open, beside the mediator."""

    EVERYBODY = "everybody"
    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"


CIRCLE_LABELS: dict[str, str] = {
    Circle.EVERYBODY: N_("双方当事人、调解员和调解委员会"),
    Circle.APPLICANT: N_("只给申请人和调解员看"),
    Circle.RESPONDENT: N_("只给被申请人和调解员看"),
    Circle.MEDIATOR: N_("只给调解员看"),
}

RATING_LABELS: dict[str, str] = {"satisfied": N_("满意"), "mostly": N_("基本满意"), "unsatisfied": N_("不满意")}
