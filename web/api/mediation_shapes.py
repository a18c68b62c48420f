"""What the API gives of a mediation, as records."""

from datetime import date

from pydantic import Field

from web.api.shapes import Body, Deadline, DocumentLine, Motion, Shape, Standing
from workflow.words import N_


class MediationLine(Shape):
    """A mediation in the list."""

    id: int
    number: str = Field(description=N_("案号"))
    organisation: Body
    region: str
    channel: str
    matters: list[str]
    applicant: str = Field(description=N_("第一申请人"))
    respondent: str = Field(description=N_("第一被申请人"))
    persons: int
    state: str
    stage: str
    outcome: str | None
    version: int
    opened_on: date
    received_on: date | None
    closed_on: date | None
    due: date | None = Field(description=N_("最近的期限"))
    url: str


class Mediations(Shape):
    """One page of a list."""

    total: int
    page: int
    per_page: int
    items: list[MediationLine]


class Disputant(Shape):
    id: int
    role: str
    name: str
    worker: bool
    phone: str
    address: str
    head: str
    agent: str
    mandate: str
    representative: bool
    consents: bool | None
    answered_on: date | None
    own: bool = Field(description=N_("您是这一方，或者代表这一方"))


class Limit(Shape):
    """Until when arbitration may be applied for."""

    rule: str
    wages: bool
    standing: str = Field(description=N_("runs：正在计算；unlimited：不受限制；suspended：中止；unknown：缺少起算日"))
    until: date | None
    provisional: bool
    over: bool
    derivation: list[str] = Field(description=N_("怎样算出来的"))
    article: str


class Conductor(Shape):
    """A mediator of the case."""

    name: str
    leads: bool
    since: date
    until: date | None
    why: str | None


class Objection(Shape):
    id: int
    role: str
    on: date
    reason: str
    decision: str | None
    decided_on: date | None


class MediationTalk(Shape):
    id: int
    number: int
    held_on: date
    place: str
    present: str
    record: str
    outcome: str


class Note(Shape):
    """What one party told the mediator alone."""

    id: int
    party: int | None
    held_on: date
    text: str


class FileLine(Shape):
    name: str
    sha256: str
    url: str


class Piece(Shape):
    id: int
    title: str
    proves: str
    seat: str
    circle: str
    on: date
    files: list[FileLine]


class SideAnswer(Shape):
    role: str
    accepts: bool
    on: date
    words: str


class Plan(Shape):
    """调解方案."""

    id: int
    number: int
    party: int | None = Field(description=N_("调解员提出的没有"))
    on: date
    text: str
    amount: str | None = Field(description=N_("元"))
    answers: list[SideAnswer]
    waiting: list[str]


class Paid(Shape):
    on: date
    state: str
    amount: str | None = Field(description=N_("元"))
    words: str
    told_by: str


class Promise(Shape):
    """One term of the agreement."""

    id: int
    position: int
    debtor: int
    what: str
    head: str
    amount: str | None = Field(description=N_("元"))
    paid: str = Field(description=N_("已经支付，元"))
    due: date
    how: str
    state: str
    records: list[Paid]


class Signed(Shape):
    mark: str
    party: int | None
    on: date | None = Field(description=N_("还没有签的，没有"))


class Agreement(Shape):
    drawn_on: date
    result: str
    liability: str
    closes_dispute: bool
    terms: list[Promise]
    marks: list[Signed]


class Review(Shape):
    id: int
    kind: str
    body: str
    applied_on: date
    result: str | None
    result_on: date | None
    paper_number: str


class Settled(Shape):
    agreed_on: date
    text: str
    due: date | None


class Served(Shape):
    document: str
    party: int
    means: str
    place: str
    on: date
    remark: str


class Mediation(MediationLine):
    """A mediation as the caller may see it."""

    seats: list[str] = Field(description=N_("您在本案的身份"))
    requests: str
    account: str
    claim: str | None = Field(description=N_("元"))
    known_on: date | None
    employment_ended_on: date | None
    is_joint: bool
    is_open: bool
    entrusted_by: str
    interruption: str | None = Field(description=N_("结案引起的仲裁时效中断"))
    route: str | None
    transferred_to: str
    file_number: str
    parties: list[Disputant]
    mediators: list[Conductor]
    challenges: list[Objection]
    limitation: list[Limit]
    talks: list[MediationTalk]
    notes: list[Note] = Field(description=N_("单独谈话：只有谈话的一方和调解员才有"))
    pieces: list[Piece] = Field(description=N_("提交的证据材料，只有给您看的"))
    files: list[FileLine]
    proposals: list[Plan]
    agreement: Agreement | None
    reviews: list[Review]
    settlements: list[Settled]
    services: list[Served]
    motions: list[Motion]
    acts: list[Standing]
    deadlines: list[Deadline]
    documents: list[DocumentLine]
