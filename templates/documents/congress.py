"""What the documents of a congress meeting are told. As in `contexts`: all words are ready to print, dates are civil dates."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BillLine:
    """议案: one matter on the agenda with the text that is put to the vote."""

    number: int
    """Place on the agenda."""
    title: str
    """Full title of the text, without 《》."""
    text_hash: str
    manner: str
    """无记名投票 or 举手表决."""
    is_new: bool = False
    """Its text was delivered after the notice that went before."""


@dataclass(frozen=True)
class MeetingNotice:
    """`congress/notice.html`, H14 会议通知 with 议案目录 (企业民主管理规定 Arts. 17, 18, 20)."""

    title: tuple[str, ...]
    """Its lines."""
    addressee: str
    """各位职工代表 or 全体职工, without colon."""
    unit: str
    meeting: str
    """第五届职工代表大会第三次会议; of an assembly 2026年第一次职工大会."""
    members: str
    """职工代表 or 职工."""
    time: str
    """With the day of the week: 2026年12月18日（星期五）14时."""
    place: str
    mode: str
    """现场会议, 线上会议, 现场和线上结合."""
    roll: int
    matters: tuple[str, ...]
    """会议议程 (Art. 18), in order."""
    bills: tuple[BillLine, ...]
    is_secret: bool
    """Whether a matter is voted on by secret ballot (Art. 20)."""
    notice_period: str
    """Length alone: 7日."""
    notice_basis: str
    """Article on the delivery of agenda and bills (Art. 18)."""
    quorum: str
    """Least attendance, in words: 三分之二以上."""
    quorum_basis: str
    pay_basis: str
    """Article by which working time spent at the meeting counts as worked; empty where there is none."""
    issuer: str
    issued_on: date
    number: str = ""
    convening_basis: str = ""
    """Article by which the congress meets (Art. 17)."""
    replaces: date | None = None
    """Day of the notice whose list of bills this one replaces; none of a first notice."""
    contact: str = ""


@dataclass(frozen=True)
class CredentialsReport:
    """`congress/credentials.html`, H15 代表资格审查报告 (企业民主管理规定 Arts. 17, 23). Of an assembly: of who attended."""

    title: tuple[str, ...]
    addressee: str
    unit: str
    meeting: str
    members: str
    is_assembly: bool
    held_on: date
    roll: int
    present: int
    quorum: str
    """In words, without 以上: 三分之二."""
    quorum_needed: int
    quorum_sum: str
    """Without its outcome: 301×2÷3."""
    quorum_exact: str
    """What it comes to, to two places: 200.67; empty where it is a whole number."""
    quorum_basis: tuple[str, ...]
    eligibility_basis: str
    issuer: str
    issued_on: date
    number: str = ""
    account: tuple[str, ...] = ()
    """Composition, by-elections and whatever else is to be explained."""


@dataclass(frozen=True)
class SignInSheet:
    """`congress/sign_in.html`, H15 签到表: ruled lines to sign on."""

    unit: str
    meeting: str
    members: str
    held_on: date
    place: str
    roll: int
    first: int
    """Number of the first line."""
    names: tuple[str, ...]
    """One line each; an empty name leaves the line to be filled in."""
    constituency: str = ""
    """Of a sheet for one 选区 alone."""
    places: tuple[str, ...] = ()
    """选区 of each line, where the roll is known; else empty, or shorter than `names`."""


@dataclass(frozen=True)
class Ballot:
    """`congress/ballot.html`, H16 表决票 (企业民主管理规定 Art. 20): one matter, one choice, nothing that tells who votes.

    Every slip is printed alike: no token, no number of its own.
    """

    unit: str
    meeting: str
    item: int
    subject: str
    text_hash: str
    members: str
    basis: str
    """Article that asks for a secret ballot, item by item."""
    issuer: str
    held_on: date
    blank_abstains: bool = True
    """Whether a slip on which nothing is chosen counts as an abstention; else it is invalid."""


@dataclass(frozen=True)
class CountReport:
    """`congress/count_report.html`, H17 表决结果报告单 (企业民主管理规定 Art. 20, 集体合同规定 Art. 36). Shares are of all who should attend."""

    unit: str
    meeting: str
    item: int
    subject: str
    text_hash: str
    manner: str
    is_secret: bool
    held_on: date
    place: str
    whole: str
    """全体职工代表 or 全体职工."""
    due: int
    present: int
    quorum: str
    """In words: 三分之二以上."""
    quorum_needed: int
    issued: int
    returned: int
    valid: int
    invalid: int
    yes: int
    no: int
    abstain: int
    basis: tuple[str, ...]
    """Articles on what it takes to pass."""
    more_than_half: bool
    """What it takes to pass: 过半数 if true, 半数以上 if false."""
    needed: int
    """The least number of votes in favour that passes."""
    decides_at_half: bool
    """Whether the meeting decides where exactly half vote for."""
    passed: bool
    chair: str
    tellers: tuple[str, ...]
    """监票人."""
    counters: tuple[str, ...]
    """计票人."""
    issued_on: date
    counting: int = 1
    """Which time the ballots were counted."""
    decision_at_half: str = ""
    number: str = ""


@dataclass(frozen=True)
class Bill:
    """`congress/bill.html`, 职工方关于提请审议集体合同草案的议案 (集体合同规定 Art. 36 ¶1)."""

    title: tuple[str, ...]
    unit: str
    addressee: str
    """The meeting, without colon."""
    item: int
    subject: str
    """Title of the draft, without 《》."""
    text_hash: str
    basis: tuple[str, ...]
    mover: str
    """The union."""
    is_assembly: bool
    issued_on: date
    number: str = ""
    account: tuple[str, ...] = ()
    """Course of the talks and what the draft contains, one paragraph each."""
