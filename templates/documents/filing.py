"""What the documents of signature, filing, review, publication and fulfilment are told. Shared records are in `contexts`."""

from dataclasses import dataclass
from datetime import date

from templates.documents.contexts import Chapter, Party, Representative, WageTable


@dataclass(frozen=True)
class Vote:
    """One certified result on the draft. Shares are of all who should attend (集体合同规定 Art. 36)."""

    body: str
    """Of a regional or sectoral contract the enterprise that voted; else the unit."""
    meeting: str
    held_on: date
    due: int
    present: int
    yes: int
    no: int
    abstain: int
    members: str = "职工代表"
    passed: bool = True
    recognised: bool = False
    """The enterprise's legal representative has recognised the draft."""


@dataclass(frozen=True)
class PassageNotice:
    """`negotiation/passage.html`, H19 审议通过情况告知书 (上海市集体合同条例 Art. 23)."""

    addressee: str
    contract: str
    votes: tuple[Vote, ...]
    """One, or one for each enterprise."""
    text_hash: str
    basis: tuple[str, ...]
    issuer: str
    signer: str
    """Name of the workers' chief."""
    issued_on: date
    number: str = ""
    file_period: str = ""
    """Period for filing, where it counts from this notice: 10日."""
    file_basis: str = ""
    is_signed: bool = False
    """Both chiefs have signed already."""


@dataclass(frozen=True)
class FilingLetter:
    """`negotiation/filing-letter.html`, H20 集体合同报审函 (集体合同规定 Art. 42, 工资集体协商试行办法 Art. 21)."""

    addressee: str
    contract: str
    purpose: str
    """签订, 续订, 变更 or 解除."""
    workers: str
    """Name of the union, or of the workers where there is none."""
    employer: str
    votes: tuple[Vote, ...]
    signed_on: date
    basis: tuple[str, ...]
    copies: int
    enclosures: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    term_from: date | None = None
    term_until: date | None = None
    headcount: int = 0
    """Workers of the enterprise; 0 where it is not known."""
    covered: int = 0
    """Enterprises of a regional or sectoral contract."""
    refiled_after: date | None = None
    """Day of the opinion with objections that this text answers (集体合同规定 Art. 46)."""
    contact: str = ""


@dataclass(frozen=True)
class Step:
    """One day of the negotiation, in words."""

    on: date
    what: str


@dataclass(frozen=True)
class Member:
    """A representative and how he or she was produced (集体合同规定 Arts. 20, 21)."""

    side: str
    person: Representative
    produced: str
    produced_on: date


@dataclass(frozen=True)
class FilingAccount:
    """`negotiation/filing-account.html`, H20 集体协商情况说明: the explanation that goes with a filing."""

    contract: str
    employer: Party
    workers: Party
    members: tuple[Member, ...]
    course: tuple[Step, ...]
    matters: tuple[str, ...]
    """主要内容: heads with their articles."""
    issuer: str
    issued_on: date
    number: str = ""
    headcount: int = 0
    female: int = 0
    dispatched: int = 0
    covered: tuple[str, ...] = ()
    term_from: date | None = None
    term_until: date | None = None
    previous: tuple[str, ...] = ()
    """上一份合同履行情况; none where there was no such contract."""
    situation_title: str = ""
    """工资情况, 劳动安全卫生情况 or 女职工权益保护情况."""
    situation: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilingReceipt:
    """`negotiation/filing-receipt.html`, H21 集体合同收件回执: what was received and when (集体合同规定 Art. 42)."""

    addressee: str
    contract: str
    employer: str
    workers: str
    filed_on: date
    received_on: date
    copies: int
    pieces: tuple[str, ...]
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    review_period: str = ""
    review_until: date | None = None


@dataclass(frozen=True)
class SupplementNotice:
    """`negotiation/supplement-notice.html`, 集体合同报送材料补正通知书."""

    addressee: str
    contract: str
    received_on: date
    what: tuple[str, ...]
    by: date
    basis: tuple[str, ...]
    issuer: str
    issued_on: date
    number: str = ""
    receipt_number: str = ""
    restarts_review: bool = False
    """The review period counts anew from the day on which the supplement arrives."""


@dataclass(frozen=True)
class ReviewOpinion:
    """`negotiation/review-opinion.html`, H22: the fields of 集体合同规定 Art. 45 and 工资集体协商试行办法 Art. 22."""

    title: str
    """集体合同审查意见书, or of wages 工资协议审查意见书."""
    contract: str
    employer: Party
    workers: Party
    received_on: date
    opinion: tuple[str, ...]
    objects: bool
    basis: tuple[str, ...]
    """By which it was reviewed."""
    issuer: str
    issued_on: date
    number: str = ""
    receipt_number: str = ""
    effect: str = ""
    """What follows, with its article."""


@dataclass(frozen=True)
class PublicationNotice:
    """`negotiation/publication.html`, H23 集体合同公布公告, the full text in its annex (集体合同规定 Art. 48)."""

    contract: str
    unit: str
    heading: str
    """Of the contract itself, in the annex."""
    workers: str
    employer: str
    votes: tuple[Vote, ...]
    signed_on: date
    authority: str
    effective_on: date
    by_silence: bool
    """The review period ran out without objection; else an opinion without objection was served."""
    basis: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    text_hash: str
    issued_on: date
    contract_number: str = ""
    receipt_number: str = ""
    opinion_number: str = ""
    term_from: date | None = None
    term_until: date | None = None
    wage_table: WageTable | None = None
    wage_table_after: int | None = None
    covered: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class Checked:
    """One obligation and what the round found of it."""

    article: int
    heading: str
    what: str
    owner: str
    result: str
    note: str = ""


@dataclass(frozen=True)
class Correction:
    """What is to be put right: by when, by whom, and what was done."""

    what: str
    owner: str
    by: date
    done_on: date | None = None
    done: str = ""


@dataclass(frozen=True)
class FulfilmentReport:
    """`negotiation/fulfilment-report.html`, H24 集体合同履行情况检查报告."""

    unit: str
    contract: str
    ordinal: int
    """Of the round."""
    period_from: date
    period_until: date
    method: str
    group: tuple[str, ...]
    checked: tuple[Checked, ...]
    fulfilled: int
    partly: int
    unfulfilled: int
    disputed: int
    corrections: tuple[Correction, ...]
    conclusion: tuple[str, ...]
    issued_on: date
    basis: tuple[str, ...] = ()
    satisfaction: str = ""
    """职工满意率 and how it was asked."""
    responsible: str = ""
    """Persons who answer for the corrections."""
    measures: tuple[str, ...] = ()

    @property
    def due(self) -> int:
        return len(self.checked)
