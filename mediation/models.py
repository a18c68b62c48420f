"""The tables of mediation. A fact has one column; days on which something happened are events (`workflow.deadlines`)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mediation.limitation import Interruption
from mediation.terms import (
    RATING_LABELS,
    Channel,
    Circle,
    Decision,
    Leaving,
    Mark,
    Means,
    MoneyHead,
    Outcome,
    PartyRole,
    Review,
    ReviewResult,
    Route,
    State,
    TermState,
)
from workflow.case import Case
from workflow.database import JSONB_OR_JSON, Big


def _key() -> Any:
    return Field(default=None, primary_key=True, sa_type=Big)


def _case() -> Any:
    return Field(foreign_key="mediation.id", sa_type=Big, index=True)


def _party(**more: Any) -> Any:
    return Field(foreign_key="mediation_party.id", sa_type=Big, **more)


def _among(column: str, values: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({','.join(repr(str(v)) for v in values)})", name=column)


class MediationCase(Case, table=True):
    """One dispute before one committee, `organisation_id`. What is entered at the first consultation stays when an application follows."""

    __tablename__ = "mediation"
    __table_args__ = (
        _among("state", State),
        _among("channel", Channel),
        _among("outcome", Outcome),
        _among("interruption", Interruption),
        _among("route", Route),
        UniqueConstraint("series", "serial"),
        UniqueConstraint("token"),
        CheckConstraint("state IN ('consulting','closed') OR received_on IS NOT NULL", name="received"),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed"),
        CheckConstraint("claim_fen IS NULL OR claim_fen >= 0", name="claim"),
        CheckConstraint("persons >= 1", name="persons"),
        CheckConstraint("(route IS NULL) = (outcome IS NULL OR outcome <> 'handed_on')", name="handed_on"),
    )

    series: str = Field(sa_type=String(60))
    """What stands before the number: 江街劳调〔2026〕."""
    serial: int
    channel: str = Field(sa_type=String(40))
    entrusted_by: str = Field(default="", sa_type=String(200))
    """Arbitration commission that entrusted the case: it then has a period of its own (ARB-ENTRUST)."""
    is_joint: bool = False
    """Both parties applied together."""
    matters: list[str] = Field(sa_type=JSONB_OR_JSON)
    requests: str = Field(sa_type=Text)
    account: str = Field(sa_type=Text)
    """事实与理由."""
    claim_fen: int | None = Field(default=None, sa_type=Big)
    received_on: date | None = Field(default=None, index=True)
    """收到申请之日."""
    owes_wages: bool = False
    """Wages are owed, whatever else is claimed: both unions are warned (WARN-ARREARS)."""
    known_on: date | None = None
    """知道或者应当知道权利被侵害之日."""
    employment_ended_on: date | None = None
    persons: int = 1
    """How many workers the dispute is about."""
    is_open: bool = False
    """Both parties asked for mediation in public (企业劳动争议协商调解规定 Art. 24)."""
    token: str = Field(sa_type=String(32))
    access_hash: str = Field(default="", sa_type=String(64), index=True)
    """SHA-256 of the code by which an applicant without account follows the case; empty where none was given."""
    outcome: str | None = Field(default=None, sa_type=String(40))
    interruption: str | None = Field(default=None, sa_type=String(40))
    """Event of MED-INTERRUPT that the closing brought, if any."""
    route: str | None = Field(default=None, sa_type=String(40))
    transferred_to: str = Field(default="", sa_type=String(200))
    file_number: str = Field(default="", sa_type=String(60))
    """卷宗号, once archived."""

    @property
    def number(self) -> str:
        """案号."""
        return f"{self.series}{self.serial}号"


class Party(SQLModel, table=True):
    """Somebody on one side. `person_id` or `organisation_id` where known here; the name is as it stands in the application."""

    __tablename__ = "mediation_party"
    __table_args__ = (
        _among("role", PartyRole),
        UniqueConstraint("case_id", "role", "position"),
        CheckConstraint("consents IS NULL OR answered_on IS NOT NULL", name="answered"),
    )

    id: int | None = _key()
    case_id: int = _case()
    role: str = Field(sa_type=String(40))
    position: int
    name: str = Field(sa_type=String(200))
    is_worker: bool = True
    """A natural person; otherwise an employer."""
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big, index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", sa_type=Big, index=True)
    id_number: str = Field(default="", sa_type=String(30))
    """Of a person the identity card, of an employer the credit code."""
    female: bool | None = None
    born_on: date | None = None
    phone: str = Field(default="", sa_type=String(30))
    address: str = Field(default="", sa_type=String(200))
    head: str = Field(default="", sa_type=String(60))
    """法定代表人 or 负责人 of an employer."""
    head_post: str = Field(default="", sa_type=String(60))
    agent: str = Field(default="", sa_type=String(60))
    """委托代理人."""
    agent_phone: str = Field(default="", sa_type=String(30))
    mandate: str = Field(default="", sa_type=String(200))
    """What the agent may do: 一般代理, 特别授权 and what it covers."""
    agent_person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big, index=True)
    is_representative: bool = False
    """Chosen to represent a group (调解仲裁法 Art. 7)."""
    consents: bool | None = None
    answered_on: date | None = None


class Assignment(SQLModel, table=True):
    """A mediator conducts the case since, until. `leads` the one who signs first."""

    __tablename__ = "mediation_assignment"
    __table_args__ = (_among("why", Leaving), CheckConstraint("(until IS NULL) = (why IS NULL)", name="left"))

    id: int | None = _key()
    case_id: int = _case()
    person_id: int = Field(foreign_key="person.id", sa_type=Big, index=True)
    leads: bool = False
    since: date
    until: date | None = None
    """The day he left."""
    why: str | None = Field(default=None, sa_type=String(40))


class Challenge(SQLModel, table=True):
    """申请回避, against one mediator."""

    __tablename__ = "mediation_challenge"
    __table_args__ = (
        _among("decision", Decision),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided"),
        Index(
            "uq_mediation_challenge_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
    )

    id: int | None = _key()
    case_id: int = _case()
    assignment_id: int = Field(foreign_key="mediation_assignment.id", sa_type=Big)
    role: str = Field(sa_type=String(40))
    """Side that asks."""
    on: date = Field(sa_column_kwargs={"name": "asked_on"})
    reason: str = Field(sa_type=Text)
    decision: str | None = Field(default=None, sa_type=String(40))
    decided_on: date | None = None


class ChallengeVote(SQLModel, table=True):
    """Where the chair may not decide, the other members do, by majority."""

    __tablename__ = "mediation_challenge_vote"

    challenge_id: int = Field(foreign_key="mediation_challenge.id", primary_key=True, sa_type=Big)
    person_id: int = Field(foreign_key="person.id", primary_key=True, sa_type=Big)
    decision: str = Field(sa_type=String(40))


class Talk(SQLModel, table=True):
    """调解会谈: the part that both parties read and sign."""

    __tablename__ = "mediation_talk"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = _key()
    case_id: int = _case()
    number: int
    held_on: date
    began: time | None = None
    place: str = Field(sa_type=String(200))
    present: str = Field(sa_type=Text)
    rights_told: bool = True
    """告知当事人权利义务."""
    record: str = Field(sa_type=Text)
    outcome: str = Field(default="", sa_type=Text)
    """调解意见和结果."""


class CaucusNote(SQLModel, table=True):
    """What one party told the mediator alone, or what a mediator keeps for himself (`party_id` none)."""

    __tablename__ = "mediation_caucus_note"

    id: int | None = _key()
    case_id: int = _case()
    party_id: int | None = _party(default=None, nullable=True)
    author_id: int = Field(foreign_key="person.id", sa_type=Big)
    held_on: date
    text: str = Field(sa_type=Text)
    written_at: datetime
    erase_after: date | None = None


class HandedIn(SQLModel, table=True):
    """证据、材料: what a file handed in is to prove. `circle` says who may read it; the file itself is `workflow.evidence`."""

    __tablename__ = "mediation_handed_in"
    __table_args__ = (_among("circle", Circle),)

    id: int | None = _key()
    case_id: int = _case()
    seq: int
    """Journal entry with which its files came."""
    role: str = Field(sa_type=String(40))
    title: str = Field(sa_type=String(200))
    proves: str = Field(default="", sa_type=Text)
    circle: str = Field(sa_type=String(40))
    on: date = Field(sa_column_kwargs={"name": "handed_in_on"})


class MediationProposal(SQLModel, table=True):
    """调解方案 of the mediator (`party_id` none) or of one party."""

    __tablename__ = "mediation_proposal"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = _key()
    case_id: int = _case()
    number: int
    party_id: int | None = _party(default=None, nullable=True)
    on: date = Field(sa_column_kwargs={"name": "made_on"})
    text: str = Field(sa_type=Text)
    amount_fen: int | None = Field(default=None, sa_type=Big)


class ProposalAnswer(SQLModel, table=True):
    __tablename__ = "mediation_proposal_answer"
    __table_args__ = (_among("role", PartyRole), UniqueConstraint("proposal_id", "role"))

    id: int | None = _key()
    proposal_id: int = Field(foreign_key="mediation_proposal.id", sa_type=Big, index=True)
    role: str = Field(sa_type=String(40))
    accepts: bool
    on: date = Field(sa_column_kwargs={"name": "answered_on"})
    words: str = Field(default="", sa_type=Text)


class MediationAgreement(SQLModel, table=True):
    """The agreement as drawn up; drawn up anew, the former is void and so are its signatures. In force from AGREEMENT_EFFECTIVE."""

    __tablename__ = "mediation_agreement"
    __table_args__ = (
        Index("uq_mediation_agreement", "case_id", unique=True, sqlite_where=text("NOT void"), postgresql_where=text("NOT void")),
    )

    id: int | None = _key()
    case_id: int = _case()
    drawn_on: date
    result: str = Field(sa_type=Text)
    """调解的结果, beside the terms."""
    liability: str = Field(default="", sa_type=Text)
    """What follows where a term is missed."""
    closes_dispute: bool = True
    """双方就本争议再无其他争议."""
    void: bool = False


class AgreementTerm(SQLModel, table=True):
    """One thing to be done: what, by whom, how much, by when, how."""

    __tablename__ = "mediation_agreement_term"
    __table_args__ = (
        _among("head", MoneyHead),
        _among("state", TermState),
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("(head = 'no_money') = (amount_fen IS NULL)", name="money"),
        CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount"),
    )

    id: int | None = _key()
    agreement_id: int = Field(foreign_key="mediation_agreement.id", sa_type=Big, index=True)
    position: int
    debtor_id: int = _party()
    what: str = Field(sa_type=Text)
    head: str = Field(sa_type=String(40))
    amount_fen: int | None = Field(default=None, sa_type=Big)
    due: date
    how: str = Field(sa_type=String(200))
    """履行方式."""
    state: str = Field(default=TermState.AWAITED, sa_type=String(40))


class AgreementSignature(SQLModel, table=True):
    """One signature or the seal on an agreement."""

    __tablename__ = "mediation_signature"
    __table_args__ = (_among("mark", Mark), CheckConstraint("(mark = 'party') = (party_id IS NOT NULL)", name="party"))

    id: int | None = _key()
    agreement_id: int = Field(foreign_key="mediation_agreement.id", sa_type=Big, index=True)
    mark: str = Field(sa_type=String(40))
    party_id: int | None = _party(default=None, nullable=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=Big)
    """Mediator who signed."""
    on: date = Field(sa_column_kwargs={"name": "signed_on"})


class PerformanceRecord(SQLModel, table=True):
    """What was seen or told of one term on a day (履行记录, 回访). Never overwritten: a correction is a new row."""

    __tablename__ = "mediation_performance"
    __table_args__ = (_among("state", TermState), CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount"))

    id: int | None = _key()
    case_id: int = _case()
    term_id: int = Field(foreign_key="mediation_agreement_term.id", sa_type=Big, index=True)
    on: date = Field(sa_column_kwargs={"name": "performed_on"})
    state: str = Field(sa_type=String(40))
    amount_fen: int | None = Field(default=None, sa_type=Big)
    words: str = Field(default="", sa_type=Text)
    told_by: str = Field(sa_type=String(40))
    """Seat of whoever said so."""


class ReviewApplication(SQLModel, table=True):
    """仲裁审查 or 司法确认 of the agreement, and what came of it."""

    __tablename__ = "mediation_review"
    __table_args__ = (
        _among("kind", Review),
        _among("result", ReviewResult),
        CheckConstraint("(result IS NULL) = (result_on IS NULL)", name="decided"),
    )

    id: int | None = _key()
    case_id: int = _case()
    kind: str = Field(sa_type=String(40))
    body: str = Field(sa_type=String(200))
    """Commission or court."""
    applied_on: date
    result: str | None = Field(default=None, sa_type=String(40))
    result_on: date | None = None
    paper_number: str = Field(default="", sa_type=String(100))


class Settlement(SQLModel, table=True):
    """和解协议: what the parties settle between themselves, before an application or during mediation."""

    __tablename__ = "mediation_settlement"

    id: int | None = _key()
    case_id: int = _case()
    agreed_on: date
    text: str = Field(sa_type=Text)
    due: date | None = None
    """By when it is to be performed."""


class MediationRating(SQLModel, table=True):
    """What a party says of the mediation. A later word stands beside the earlier."""

    __tablename__ = "mediation_rating"
    __table_args__ = (_among("role", PartyRole), _among("satisfaction", RATING_LABELS))

    id: int | None = _key()
    case_id: int = _case()
    role: str = Field(sa_type=String(40))
    satisfaction: str = Field(sa_type=String(40))
    words: str = Field(default="", sa_type=Text)
    on: date = Field(sa_column_kwargs={"name": "rated_on"})


class ServiceRecord(SQLModel, table=True):
    """送达: which paper reached whom, how and when."""

    __tablename__ = "mediation_service"
    __table_args__ = (_among("means", Means),)

    id: int | None = _key()
    case_id: int = _case()
    document: str = Field(sa_type=String(200))
    """Title of the paper."""
    party_id: int = _party()
    means: str = Field(sa_type=String(40))
    place: str = Field(default="", sa_type=String(200))
    on: date = Field(sa_column_kwargs={"name": "served_on"})
    remark: str = Field(default="", sa_type=Text)
    """Refusal, witness, who took it in."""
