"""What the documents of the talks are told: the reply, lists and mandates, meetings and minutes, suspension, coordination, letters.

As in `contexts`: one frozen record for each template, all words ready to print, dates civil.
"""

from dataclasses import dataclass
from datetime import date

from templates.documents.contexts import Party, Representative

CHIEFS_POWERS = """担任首席代表，组织本方协商代表参加集体协商，主持或者共同主持协商会议
代表本方提出、答复、修改和同意协商事项，归纳本方意见
在协商会议记录、会议纪要和合同草案上签字
合同草案经职工代表大会或者职工大会审议通过后，代表本方签订合同"""
OUTSIDERS_POWERS = """作为本方协商代表参加集体协商会议
就协商事项提供专业意见，代表本方陈述和讨论
查阅对方提供的与集体协商有关的情况和资料"""
UNTIL_SIGNED = "自签署之日起至本次集体协商的合同签订之日止"
SCOPE = """提供方书面标明保密的经营、财务、成本和投资资料
工资总额、人工成本、个人工资等尚未公开的数据
双方在协商会议上约定保密的其他信息"""
SECRECY_ENDS = "保密义务自收到有关信息之日起，至该信息依法公开之日止，不因协商结束或者代表更换而终止"
LIABILITY = """违反本协议披露、使用保密信息，给提供方造成损失的，依法承担赔偿责任
违反法律、法规的，依法承担相应的法律责任"""
"""What a mandate and a promise of secrecy say by custom, an item a line, until somebody writes otherwise."""


@dataclass(frozen=True)
class Reply:
    """`negotiation/reply.html`, H02 应约书 or 集体协商要约答复书 (集体合同规定 Art. 32: in writing, within the period)."""

    title: str
    addressee: str
    own_side: str
    contract: str
    agrees: bool
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    offer_number: str = ""
    received_on: date | None = None
    """Day on which the offer was received; unknown where a refusal came before the receipt was recorded."""
    proposed: str = ""
    """时间 that the offer named: 2026年12月8日14时."""
    proposed_place: str = ""
    time: str = ""
    """时间 that this side names; empty where it names none."""
    place: str = ""
    content: tuple[str, ...] = ()
    """Matters that this side adds or would change."""
    position: tuple[str, ...] = ()
    """本方主张, a paragraph each."""
    reasons: tuple[str, ...] = ()
    """Of a refusal (集体合同规定 Art. 32: not without good reason)."""
    representatives: tuple[Representative, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class Listed:
    """One line of a list of representatives. `produced` says how he or she came to the seat."""

    name: str
    sex: str
    post: str
    role: str
    produced: str
    produced_on: date


@dataclass(frozen=True)
class RepresentativeList:
    """`negotiation/representatives.html`, H03 协商代表名单 with its 产生情况 (集体合同规定 Arts. 19 to 24)."""

    own_side: str
    contract: str
    rows: tuple[Listed, ...]
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    chief_as: str = ""
    """Why the chief may be chief: 工会主席本人."""
    women: tuple[str, ...] = ()
    frontline: tuple[str, ...] = ()
    dispatched: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()
    of_workers: bool = True
    by_vote: bool = False
    """Somebody was elected or consented to: the meeting that did is described."""
    meeting: str = ""
    """When and where that was: 2026年11月16日，公司职工之家."""
    due: int | None = None
    present: int | None = None
    in_favour: int | None = None
    published_on: date | None = None


@dataclass(frozen=True)
class Mandate:
    """`negotiation/mandate.html`, H04 首席代表授权委托书 (集体合同规定 Arts. 20, 21: in writing)."""

    own_side: str
    unit: str
    principal: str
    principal_post: str
    delegate: str
    delegate_post: str
    contract: str
    powers: tuple[str, ...]
    term: str
    basis: tuple[str, ...]
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class OutsiderMandate:
    """`negotiation/outsider-mandate.html`, H05 专业人员委托书 (集体合同规定 Art. 23: by the chief, at most one third of the side)."""

    own_side: str
    unit: str
    chief: str
    chief_post: str
    delegate: str
    delegate_post: str
    """Employer and profession."""
    contract: str
    powers: tuple[str, ...]
    term: str
    count: int
    outsiders: int
    share: str
    """Most that outsiders may be, in words: 三分之一; empty where the place sets none."""
    basis: tuple[str, ...]
    issued_on: date
    number: str = ""
    qualification: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Confidentiality:
    """`negotiation/confidentiality.html`, H06 保密协议. The giver is the side whose information it is; the people sign one by one."""

    contract: str
    giver: Party
    giver_side: str
    taker: Party
    taker_side: str
    people: tuple[Representative, ...]
    """Representatives of the side that receives."""
    scope: tuple[str, ...]
    term: str
    liability: tuple[str, ...]
    basis: tuple[str, ...]
    number: str = ""
    recorder: str = ""


@dataclass(frozen=True)
class MeetingNotice:
    """`negotiation/meeting-notice.html`, 集体协商会议通知 (集体合同规定 Art. 33: time and place are fixed beforehand)."""

    addressee: str
    contract: str
    ordinal: int
    time: str
    place: str
    chair: str
    agenda: tuple[str, ...]
    own_side: str
    own: tuple[str, ...]
    """Representatives of the side that convenes, the chief first."""
    others: tuple[str, ...]
    recorder: str
    issuer: str
    issued_on: date
    number: str = ""
    first: bool = False
    asked: tuple[str, ...] = ()
    """Information asked for and not yet given."""


@dataclass(frozen=True)
class Minutes:
    """`negotiation/minutes.html`, H07 集体协商会议记录 (集体合同规定 Arts. 33, 34), signed as the place requires."""

    contract: str
    ordinal: int
    held: str
    place: str
    chair: str
    recorder: str
    present: tuple[str, ...]
    agenda: tuple[str, ...]
    record: tuple[str, ...]
    signing: str
    """chiefs, all or none: whose signatures the paper has lines for."""
    workers: tuple[str, ...]
    employer: tuple[str, ...]
    """Representatives, the chief first."""
    minuted_on: date
    number: str = ""
    sign_basis: str = ""
    """Article that says who signs."""
    agreed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    suspended: str = ""
    """Where the talks were suspended that day: until when."""
    refused: tuple[str, ...] = ()
    """Refused signatures: whose, why, and who saw it."""


@dataclass(frozen=True)
class Summary:
    """`negotiation/summary.html`, H08 集体协商会议纪要 (GB/T 9704-2012 纪要格式: 出席 in bold; signed by the chiefs)."""

    unit: str
    contract: str
    ordinal: int
    held: str
    place: str
    chair: str
    workers: tuple[str, ...]
    employer: tuple[str, ...]
    recorder: str
    agenda: tuple[str, ...]
    issued_on: date
    number: str = ""
    agreed: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    next_meeting: str = ""
    """Time and place of the meeting convened after this one."""


@dataclass(frozen=True)
class Suspension:
    """`negotiation/suspension.html`, H09 中止协商协议书 (集体合同规定 Art. 35: length, next time, place and content by agreement)."""

    contract: str
    workers: Party
    employer: Party
    reason: tuple[str, ...]
    since: date
    resume_on: date
    days: int
    place: str
    content: tuple[str, ...]
    basis: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True)
class ForceMajeure:
    """`negotiation/force-majeure.html`, 因不可抗力中止协商情况说明, by the side that suspends."""

    addressee: str
    own_side: str
    contract: str
    reason: tuple[str, ...]
    since: date
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class SupervisionLetter:
    """`negotiation/letter.html`, H25 工会劳动法律监督提示函, 意见书, 建议书 (总工办发〔2021〕9号), with its 存根 and 送达回执."""

    title: str
    kind: str
    """reminder, opinion or proposal."""
    addressee: str
    unit: str
    """The enterprise that it is about."""
    facts: tuple[str, ...]
    ground: str
    """事由 in a few words: 无正当理由拒绝协商."""
    duty: str
    """What the provisions are about: 不得无正当理由拒绝集体协商."""
    provisions: tuple[str, ...]
    demand: tuple[str, ...]
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    reply_period: str = ""
    reply_basis: str = ""
    """Article of the reply period; empty where the union sets it."""
    earlier: tuple[str, ...] = ()
    """Letters that went before, and what came of them."""
    contact: str = ""
    signer: str = ""
    """Office of who signs: 工会主席（副主席）; empty where the seal alone is wanted."""


@dataclass(frozen=True)
class Course:
    """How the talks went: days; none of what has not happened. `meetings` are those that have minutes."""

    offering_side: str
    asked_side: str
    offered_on: date | None = None
    received_on: date | None = None
    agreed_on: date | None = None
    meetings: tuple[date, ...] = ()
    suspended_on: date | None = None


@dataclass(frozen=True)
class CoordinationApplication:
    """`negotiation/coordination-application.html`, H26 协调处理申请书 (集体合同规定 Art. 49: in writing)."""

    authority: str
    applicant: Party
    applicant_side: str
    respondent: Party
    respondent_side: str
    contract: str
    course: Course
    open_items: tuple[str, ...]
    basis: tuple[str, ...]
    issued_on: date
    number: str = ""
    reasons: tuple[str, ...] = ()
    offer_number: str = ""
    minutes: tuple[int, ...] = ()
    """Numbers of the meetings whose minutes are enclosed."""


@dataclass(frozen=True)
class CoordinationAgreement:
    """`negotiation/coordination-agreement.html`, H26 协调处理协议书 (集体合同规定 Art. 54)."""

    authority: str
    workers: Party
    employer: Party
    contract: str
    applicant: str
    """职工方, 企业方, or empty where the authority acted of its own motion."""
    applied_on: date
    accepted_on: date
    open_items: tuple[str, ...]
    agreed: tuple[str, ...]
    basis: tuple[str, ...]
    issued_on: date
    number: str = ""
    left_open: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeProposal:
    """`negotiation/change-proposal.html`, H44 变更（解除）集体合同建议书 (集体合同规定 Arts. 39 to 41)."""

    action: str
    """变更 or 解除."""
    addressee: str
    own_side: str
    contract: str
    contract_number: str
    term: str
    """自2026年5月1日起至2027年4月30日止."""
    grounds: tuple[str, ...]
    basis: tuple[str, ...]
    procedure: tuple[str, ...]
    """Articles under which a change takes the procedure of a conclusion."""
    issuer: str
    issued_on: date
    number: str = ""
    clauses: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reply_period: str = ""
    contact: str = ""


@dataclass(frozen=True)
class RenewalReminder:
    """`negotiation/renewal-reminder.html`, H45 续签提示函 (集体合同规定 Art. 38; 工资集体协商试行办法 Art. 24)."""

    addressees: tuple[str, ...]
    unit: str
    contract: str
    contract_number: str
    until: date
    opens: date
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    wage: bool = False
    contact: str = ""
