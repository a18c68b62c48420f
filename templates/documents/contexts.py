"""What each document is told. One frozen record per template; all words are ready to print, dates are civil dates.

A text may hold several lines: each becomes a paragraph. No markup is read in any of them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Representative:
    """`post` is the office or job held in the unit; of an outside professional, his or her own employer and profession."""

    name: str
    sex: str = ""
    post: str = ""
    is_chief: bool = False
    is_outsider: bool = False


@dataclass(frozen=True)
class OfferLetter:
    """`negotiation/offer.html`, H01 集体协商要约书 (集体合同规定 Art. 32, 工资集体协商试行办法 Art. 17)."""

    title: str
    """集体协商要约书, or of wages 工资集体协商要约书."""
    addressee: str
    """The other side's body, without colon."""
    own_side: str
    """职工方 or 企业方."""
    contract: str
    """Name of the contract to be concluded, without 《》."""
    basis: tuple[str, ...]
    """Articles, each complete: 《集体合同规定》第三十二条."""
    matters: tuple[str, ...]
    """协商内容, one item each."""
    time: str
    """When to negotiate: 2026年12月8日14时."""
    place: str
    representatives: tuple[Representative, ...]
    """This side's, the chief among them."""
    reply_period: str
    """Length alone: 20日, 10个工作日."""
    issuer: str
    issued_on: date
    number: str = ""
    reply_basis: str = ""
    """Article of the reply period."""
    their_number: str = "与本方人数对等"
    """How many representatives the other side is to name; 本方 is the side that writes."""
    name_by: date | None = None
    """Day by which the other side is asked to name them."""
    data: tuple[str, ...] = ()
    """资料 asked for."""
    data_by: date | None = None
    contact: str = ""
    """Name and telephone number."""


@dataclass(frozen=True)
class Party:
    """One side of a contract. `principal` is the 法定代表人 or the head of the union."""

    name: str
    address: str = ""
    code: str = ""
    """统一社会信用代码."""
    principal: str = ""
    chief: str = ""
    chief_post: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Article:
    number: int
    text: str


@dataclass(frozen=True)
class Chapter:
    """Articles under one head; a chapter without a title prints no heading and takes no number."""

    articles: tuple[Article, ...]
    title: str = ""


@dataclass(frozen=True)
class Column:
    """`width` in percent of the table; a table's widths add up to 100. Numbers stand right."""

    heading: str
    width: int
    is_number: bool = False


@dataclass(frozen=True)
class WageTable:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class ContractText:
    """`negotiation/contract.html`, H10 to H13 集体合同: the draft that goes to the congress, or the text that is signed and filed."""

    unit: str
    """Before the title: the enterprise, or the area and trade of a regional or sectoral contract."""
    title: str
    """集体合同, 工资专项集体合同, 女职工权益保护专项集体合同, 劳动安全卫生专项集体合同 …"""
    is_draft: bool
    employer: Party
    workers: Party
    basis: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    text_hash: str
    """SHA-256 of the frozen text, 64 hexadecimal digits."""
    number: str = ""
    employer_label: str = "甲方（用人单位方）"
    workers_label: str = "乙方（职工方）"
    adopted_by: str = ""
    """Congress that passed the text, once it has: 第五届职工代表大会第三次会议."""
    adopted_on: date | None = None
    wage_table: WageTable | None = None
    wage_table_after: int | None = None
    """Number of the article that the wage table follows; none puts it behind the last."""
    employer_signed_on: date | None = None
    workers_signed_on: date | None = None
    covered: tuple[str, ...] = ()
    """Enterprises that a regional or sectoral contract binds: an annex."""
    term_from: date | None = None
    """Term that was agreed on, where no article states it."""
    term_until: date | None = None
    effect: str = ""
    """How the contract takes effect, with its articles, where no article says so."""
    employer_head: str = "法定代表人"
    """法定代表人 of an enterprise, 负责人 of a body of employers."""

    def __post_init__(self) -> None:
        numbers = {article.number for chapter in self.chapters for article in chapter.articles}
        if self.wage_table_after is not None and self.wage_table_after not in numbers:
            raise ValueError(f"the wage table is to follow article {self.wage_table_after}, which the text lacks")


@dataclass(frozen=True)
class Attendance:
    name: str
    constituency: str = ""
    status: str = "出席"


@dataclass(frozen=True)
class Resolution:
    """`negotiation/resolution.html`, H18 职工代表大会决议. Shares are of all who should attend, as the articles count them."""

    unit: str
    meeting: str
    """第五届职工代表大会第三次会议; of an assembly of all workers 2026年职工大会."""
    subject: str
    """Document voted on, without 《》."""
    text_hash: str
    held_on: date
    place: str
    chair: str
    due: int
    present: int
    yes: int
    no: int
    abstain: int
    quorum: str
    """Least attendance, in words: 三分之二以上."""
    more_than_half: bool
    """What it takes to pass: 过半数 if true, 半数以上 if false."""
    basis: tuple[str, ...]
    passed: bool
    issuer: str
    issued_on: date
    number: str = ""
    members: str = "职工代表"
    """职工代表 of a congress, 职工 of an assembly."""
    manner: str = "无记名投票"
    tellers: tuple[str, ...] = ()
    decision_at_half: str = ""
    """Reasons recorded where exactly half voted for."""
    decisions: tuple[str, ...] = ()
    """Further decisions, after the one on the subject."""
    attendance: tuple[Attendance, ...] = ()
    """The attached sheet; none prints no annex."""
    is_contract: bool = True
    """Whether what is resolved on is a contract draft, which both chiefs then sign."""
    annexes: tuple[str, ...] = ()
    """Papers that lie apart: 签到表, 表决结果报告单."""
