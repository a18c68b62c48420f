"""What the documents of mediation are told, until the agreement. As in `contexts`: all words are ready to print, dates are civil dates.

A case is between 申请人 and 被申请人. What is empty is not printed; where a form wants it written by hand, a line is left.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Disputant:
    """A party: a worker, or the unit that employs."""

    name: str
    is_person: bool = True
    sex: str = ""
    born_on: date | None = None
    identity: str = ""
    """公民身份号码 of a person, 统一社会信用代码 of a unit."""
    employer: str = ""
    post: str = ""
    """职业 or 岗位."""
    address: str = ""
    phone: str = ""
    head: str = ""
    """法定代表人 or 主要负责人 of a unit."""
    head_post: str = ""
    agent: str = ""
    """委托代理人, with what the mandate covers: 陈静，特别授权."""


@dataclass(frozen=True)
class Sides:
    """Who is against whom. Of a group, the representatives chosen (劳动争议调解仲裁法 Art. 7)."""

    applicants: tuple[Disputant, ...]
    respondents: tuple[Disputant, ...]
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    name: str
    proves: str = ""
    source: str = ""


@dataclass(frozen=True)
class Limit:
    """仲裁时效 of one kind of claim."""

    claim: str
    """拖欠的劳动报酬, or 其他请求."""
    period: str
    basis: str
    reason: str = ""
    """Why the period runs anew, with its day and article; empty where nothing interrupted it."""
    until: date | None = None
    """None where the day from which it counts is unknown, or where it stands still."""
    is_unlimited: bool = False
    """Wages owed while employment lasts."""


@dataclass(frozen=True)
class Recourse:
    """仲裁: that it is open, and until when."""

    basis: tuple[str, ...]
    """Articles on the right to apply and on where."""
    limits: tuple[Limit, ...]
    fee_basis: str = ""


@dataclass(frozen=True)
class Application:
    """`mediation/application.html`, H27 调解申请书 and H42 仲裁申请书 (企业劳动争议协商调解规定 Art. 21, 劳动争议调解仲裁法 Art. 28)."""

    title: str
    sides: Sides
    basis: tuple[str, ...]
    requests: tuple[str, ...]
    facts: tuple[str, ...]
    addressee: str
    issued_on: date
    asks_for: str
    """调解 or 仲裁."""
    number: str = ""
    amount: int | None = None
    """Fen claimed in all."""
    course: tuple[str, ...] = ()
    """Consultation and mediation that went before."""
    evidence: tuple[Evidence, ...] = ()
    witnesses: tuple[str, ...] = ()
    """With their addresses."""
    enclosures: tuple[str, ...] = ()


@dataclass(frozen=True)
class OralApplication:
    """`mediation/oral-application.html`, H28 口头申请笔录: taken down on the spot (劳动争议调解仲裁法 Art. 12)."""

    time: str
    place: str
    recorder: str
    committee: str
    sides: Sides
    matters: tuple[str, ...]
    requests: tuple[str, ...]
    facts: tuple[str, ...]
    basis: tuple[str, ...]
    taken_on: date
    number: str = ""
    amount: int | None = None


@dataclass(frozen=True)
class Case:
    """What every letter on a case says first."""

    number: str
    """案号."""
    applicant: str
    """王建国, 王建国等12人."""
    respondent: str
    matters: tuple[str, ...]
    """The heads of dispute: 劳动报酬."""
    received_on: date
    committee: str
    unit_applies: bool = False
    """The unit is the applicant and seals; else the worker is, and signs."""


@dataclass(frozen=True)
class ConsentEnquiry:
    """`mediation/consent-enquiry.html`, H29 征询调解意见书 with the slip for the answer (企业劳动争议协商调解规定 Art. 22)."""

    case: Case
    requests: tuple[str, ...]
    reply_by: date
    accept_basis: str
    reject_basis: str
    closed_basis: str
    issued_on: date
    number: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Acceptance:
    """`mediation/acceptance.html`, H30 受理通知书 (企业劳动争议协商调解规定 Art. 22)."""

    case: Case
    origin: str
    """application, joint, or motion: of the committee's own motion, with both sides' consent (Art. 23)."""
    accepted_on: date
    basis: tuple[str, ...]
    period: str
    """Length alone: 15日."""
    period_from: str
    """受理调解申请 or 收到调解申请."""
    ends_on: date
    period_basis: str
    arbitration_from: date
    arbitration_basis: str
    closed_basis: str
    evidence_basis: str
    issued_on: date
    number: str = ""
    mediators: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class Declining:
    """`mediation/declining.html`, H30 不予受理通知书 (企业劳动争议协商调解规定 Arts. 22, 30)."""

    case: Case
    ground: str
    """refused, no_answer or out_of_scope."""
    basis: tuple[str, ...]
    arbitration: Recourse
    issued_on: date
    reasons: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class RegisterSheet:
    """`mediation/register.html`, H31 调解登记表 (企业劳动争议协商调解规定 Art. 32)."""

    case: Case
    sides: Sides
    channel: str
    heads: tuple[tuple[str, bool], ...]
    """The six heads of 劳动争议调解仲裁法 Art. 2, each with whether the case falls under it."""
    requests: tuple[str, ...]
    persons: int
    issued_on: date
    amount: int | None = None
    accepted_on: date | None = None
    mediators: tuple[str, ...] = ()
    ends_on: date | None = None
    outcome: str = ""
    closed_on: date | None = None
    agreement: str = ""
    """Number and day of effect."""
    performance: str = ""
    recorder: str = ""
    number: str = ""


@dataclass(frozen=True)
class TalkRecord:
    """`mediation/talk.html`, H32 调解笔录: what was said before both; nothing that one party told alone."""

    case: Case
    ordinal: int
    time: str
    place: str
    mediators: tuple[str, ...]
    recorder: str
    present: tuple[str, ...]
    """Each with the seat: 王建国（申请人）."""
    record: tuple[str, ...]
    outcome: str
    """Empty where it was not recorded: it is written by hand, before the parties sign."""
    basis: tuple[str, ...]
    held_on: date
    is_public: bool = False
    refused: tuple[str, ...] = ()
    """Signatures that were refused, with the reason."""
    number: str = ""


@dataclass(frozen=True)
class Failure:
    """`mediation/failure.html`, H34 调解不成通知书 (企业劳动争议协商调解规定 Art. 30: a record that both sign, the right to arbitrate in writing)."""

    case: Case
    accepted_on: date | None
    """None where the period, counted from receipt of the application, ran out before."""
    ground: str
    """refused, expired, not_agreed, unsigned or unperformed."""
    ended_on: date
    basis: tuple[str, ...]
    arbitration: Recourse
    mediators: tuple[str, ...]
    issued_on: date
    account: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Extension:
    """`mediation/extension.html`, H36 延期调解同意书 (企业劳动争议协商调解规定 Art. 29: only if both agree)."""

    case: Case
    accepted_on: date
    ended_on: date
    """Last day of the period so far."""
    until: date
    ordinal: int
    reasons: tuple[str, ...]
    basis: str
    arbitration_period: str
    arbitration_basis: str
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class ServiceSlip:
    """`mediation/service-record.html`, H35 送达回证 (民事诉讼法 Arts. 87 to 89, 劳动人事争议仲裁办案规则 Art. 20)."""

    case: Case
    document: str
    document_number: str
    addressee: str
    manner: str
    place: str
    basis: tuple[str, ...]
    issued_on: date
    server: str = ""
    received_on: date | None = None
    """None while it is to be written by hand."""
    refusal: str = ""
    witness: str = ""
    number: str = ""


@dataclass(frozen=True)
class ArchiveLine:
    title: str
    number: str = ""
    made_on: date | None = None
    pages: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ArchiveList:
    """`mediation/archive.html`, 卷宗目录 (企业劳动争议协商调解规定 Art. 32)."""

    case: Case
    file_number: str
    outcome: str
    closed_on: date
    years: int
    """To be kept."""
    lines: tuple[ArchiveLine, ...]
    archivist: str
    basis: str
    archived_on: date
    missing: tuple[str, ...] = ()
    number: str = ""
