"""What the documents of mediation are told from the agreement on, and the papers that lead on to others. As in `contexts`."""

from dataclasses import dataclass
from datetime import date

from templates.documents.mediation import Case, Evidence, Sides


@dataclass(frozen=True)
class Duty:
    """One thing to be done under an agreement."""

    what: str
    by: str
    """Who does it."""
    how: str
    due: date
    amount: int | None = None
    """Fen; none where it is not money."""
    head: str = ""
    """劳动报酬, 经济补偿 …"""
    state: str = ""
    """已履行, 逾期未履行 …, where the paper says how it stands."""


@dataclass(frozen=True)
class Agreement:
    """`mediation/agreement.html`, H33 调解协议书 (企业劳动争议协商调解规定 Art. 26)."""

    case: Case
    sides: Sides
    mediators: tuple[str, ...]
    requests: tuple[str, ...]
    results: tuple[str, ...]
    """调解结果, an item each."""
    duties: tuple[Duty, ...]
    copies: int
    basis: tuple[str, ...]
    effect_basis: tuple[str, ...]
    default_basis: str
    issued_on: date
    facts: tuple[str, ...] = ()
    liability: tuple[str, ...] = ()
    """What follows where a term is missed, as agreed."""
    review_period: str = ""
    """Within which both may ask the arbitration commission to review it; empty where they may not."""
    review_basis: str = ""
    confirmation_period: str = ""
    """Within which both may ask a court to confirm it; empty where they may not."""
    confirmation_basis: str = ""
    order_basis: str = ""
    """Article on the payment order, where money under one of its heads is promised."""
    suit_basis: str = ""
    """Article on the direct suit, where only remuneration is promised."""
    number: str = ""


@dataclass(frozen=True)
class JointApplication:
    """`mediation/joint-application.html`, H37 仲裁审查申请书 and H38 司法确认申请书 (办案规则 Art. 74; 民事诉讼法 Art. 205)."""

    to_court: bool
    addressee: str
    sides: Sides
    committee: str
    agreement: str
    """Number of the agreement."""
    effective_on: date
    until: date
    """Last day to apply."""
    duties: tuple[Duty, ...]
    basis: tuple[str, ...]
    enclosures: tuple[str, ...]
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class PaymentOrder:
    """`mediation/payment-order.html`, H39 支付令申请书 (劳动争议调解仲裁法 Art. 16, 民事诉讼法 Art. 225)."""

    addressee: str
    sides: Sides
    """The creditor is the applicant here."""
    committee: str
    agreement: str
    effective_on: date
    owed: tuple[Duty, ...]
    """What is due and unpaid."""
    amount: int
    facts: tuple[str, ...]
    basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class FollowUp:
    """`mediation/follow-up.html`, H40 回访记录 (企业劳动争议协商调解规定 Arts. 16, 17)."""

    case: Case
    agreement: str
    visited: str
    """Whom."""
    time: str
    way: str
    visitor: str
    duties: tuple[Duty, ...]
    remainder: int
    satisfaction: str
    """Empty where it is to be asked."""
    account: tuple[str, ...]
    action: tuple[str, ...]
    basis: str
    visited_on: date
    number: str = ""


@dataclass(frozen=True)
class PerformanceReminder:
    """`mediation/performance-reminder.html`, H40 履行督促函 (企业劳动争议协商调解规定 Arts. 16, 17)."""

    case: Case
    addressee: str
    agreement: str
    effective_on: date
    overdue: tuple[Duty, ...]
    amount: int
    """Fen that are due and unpaid."""
    perform_by: date
    basis: str
    binding_basis: str
    default_basis: str
    issued_on: date
    order_basis: str = ""
    suit_basis: str = ""
    is_confirmed: bool = False
    """A court has confirmed it, or an arbitration commission made a 调解书 of it: it can be enforced."""
    contact: str = ""
    number: str = ""


@dataclass(frozen=True)
class Settlement:
    """`mediation/settlement.html`, H41 和解协议书 (企业劳动争议协商调解规定 Art. 11)."""

    sides: Sides
    matters: tuple[str, ...]
    facts: tuple[str, ...]
    results: tuple[str, ...]
    duties: tuple[Duty, ...]
    basis: str
    default_basis: str
    issued_on: date
    case_number: str = ""
    """Of the mediation under way, which ends with it."""
    number: str = ""


@dataclass(frozen=True)
class MediationSuggestion:
    """`mediation/suggestion.html`, H43 调解建议书 of an arbitration commission (劳动人事争议仲裁办案规则 Art. 69)."""

    commission: str
    applicant: str
    respondent: str
    matters: tuple[str, ...]
    filed_on: date
    committee: str
    reply_by: date
    basis: str
    issued_on: date
    contact: str = ""
    number: str = ""


@dataclass(frozen=True)
class GroupReport:
    """`mediation/group-report.html`, H46 重大集体争议报告表."""

    unit: str
    happened_on: date
    place: str
    persons: int
    matters: tuple[str, ...]
    cause: tuple[str, ...]
    demands: tuple[str, ...]
    actions: tuple[str, ...]
    """What the workers have done, and how it stands."""
    measures: tuple[str, ...]
    trend: tuple[str, ...]
    addressee: str
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    contact: str = ""
    number: str = ""
