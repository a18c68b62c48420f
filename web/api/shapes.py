"""What the API gives, as records: answers are made of them and the description of the API is derived from them."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from workflow.words import N_


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reason(Shape):
    """Why an act is closed."""

    rule: str | None = Field(description=N_("规则编号"))
    article: str | None = Field(description=N_("依据的条文"))
    text: str = Field(description=N_("为什么不能办"))
    remedy: str | None = Field(description=N_("怎样才能办"))
    who: list[str] = Field(description=N_("由谁补齐"))
    from_: date | None = Field(validation_alias="from", serialization_alias="from", description=N_("从哪一天起可以办"))


class Standing(Shape):
    """One act as it stands for the caller today."""

    name: str
    label: str
    open: bool
    how: str | None = Field(
        description=N_("self：自己办；propose：提出，等对方首席代表同意；agree：同意对方的提议；paper：凭书面材料代为登记")
    )
    seats: list[str] = Field(description=N_("可以用哪些身份办"))
    reasons: list[Reason]
    href: str


class Option(Shape):
    value: str
    label: str


class Asked(Shape):
    """One field of an act's form, with what can be chosen in this case."""

    name: str
    title: str
    widget: str
    hint: str
    unit: str
    required: bool
    options: list[Option]
    rows: list["Asked"] = Field(description=N_("每一行的各项"))


class ActForm(Standing):
    """An act with its form."""

    fields: list[Asked]


class Deadline(Shape):
    rule: str
    label: str
    due: date | None = Field(description=N_("最后一日；因不可抗力停止计算的，没有"))
    provisional: bool = Field(description=N_("放假安排还没有公布，日期是预估的"))
    agreed: bool = Field(description=N_("是双方约定的，不是法定的"))
    derivation: str = Field(description=N_("怎样算出来的"))
    article: str
    status: str = Field(description=N_("running：正在计算；met：按期办结；late：逾期办结；lapsed：期限届满；stopped：不再适用"))
    who: str
    subject: str


class DocumentLine(Shape):
    id: int
    title: str
    kind: str
    form: str = Field(description=N_("文书格式编号"))
    number: str | None = Field(description=N_("发文字号"))
    issued_on: date
    sha256: str = Field(description=N_("文书正文（UTF-8）的SHA-256"))
    url: str


class DocumentText(DocumentLine):
    html: str = Field(description=N_("固定下来的正文"))
    pdf: str
    docx: str


class Body(Shape):
    id: int
    name: str


class Line(Shape):
    """A negotiation in the list."""

    id: int
    number: str
    title: str
    kind: str
    level: str
    purpose: str
    initiator: str
    organisation: Body
    region: str
    state: str
    stage: str
    version: int
    opened_on: date
    closed_on: date | None
    due: date | None = Field(description=N_("最近的期限"))
    url: str


class Found(Shape):
    """One page of a list."""

    total: int
    page: int
    per_page: int
    items: list[Line]


class Member(Shape):
    id: int
    side: str
    name: str
    post: str
    chief: bool


class Wording(Shape):
    id: int
    number: int | None = Field(description=N_("第几条；删去的没有"))
    head: str
    heading: str
    state: str
    text_id: int | None
    text: str
    agreed_by: list[str]


class WageLine(Shape):
    post: str
    persons: int
    before: str = Field(description=N_("元"))
    after: str = Field(description=N_("元"))


class Talk(Shape):
    id: int
    number: int
    held_on: date
    place: str
    agenda: str
    chair: str
    minuted_on: date | None


class Motion(Shape):
    """A joint act that waits for the other chief."""

    id: int
    act: str
    label: str
    seat: str
    on: date
    form: dict[str, Any]


class Table(Shape):
    """What both sides have put on the table."""

    subject: str
    proposed_on: date | None
    proposed_place: str
    data_requested: str
    representatives: list[Member]
    recorder: str
    clauses: list[Wording]
    term_from: date | None
    term_until: date | None
    wages: list[WageLine]
    meetings: list[Talk]
    motions: list[Motion]


class Case(Line):
    """A negotiation as the caller may see it."""

    sight: str = Field(description=N_("table：协商双方；record：记录员；stages：上级工会，只看进度；filed：人社部门，只看报送的"))
    acts: list[Standing]
    deadlines: list[Deadline]
    documents: list[DocumentLine]
    text_hash: str | None = Field(description=N_("固定文本的SHA-256"))
    table: Table | None = Field(description=N_("协商双方和记录员才有"))


class Addendum(Shape):
    """What an act issued, in the chain after its entry."""

    particulars: dict[str, Any] | None = Field(description=N_("协商双方和记录员才有"))
    hash: str
    previous: str


class Entry(Shape):
    """One entry of the journal. The next one's `previous` is the hash of its last addendum, or its own where it has none."""

    seq: int
    on: date
    entered_at: datetime
    act: str
    label: str
    text: str
    note: str | None
    seat: str
    by: str | None = Field(description=N_("登记的人；期限届满的没有"))
    rules: list[str]
    from_: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    on_paper: bool
    particulars: dict[str, Any] | None = Field(description=N_("协商双方和记录员才有"))
    hash: str
    previous: str
    addenda: list[Addendum]


class Journal(Shape):
    items: list[Entry]


class File(Shape):
    """A file received, as acts take it."""

    name: str
    sha256: str


class Article(Shape):
    law: str
    article: str
    text: str
    url: str | None


class Rule(Shape):
    id: str
    asked: str
    in_: str = Field(validation_alias="in", serialization_alias="in")
    region: str
    jurisdiction: str
    kind: str
    on: date
    text: str
    value: Any
    unit: str | None
    start: str | None
    until: str | None
    backward: bool
    bound: str
    effect: str
    citations: list[Article]
    confidence: str
    verified: bool
    note: str
    valid_from: date
    valid_to: date | None
    overridden: bool = Field(description=N_("由本系统管理员更正过"))


class Rules(Shape):
    """Those in force in one place for one kind."""

    items: list[Rule]


class Due(Shape):
    rule: str
    asked: str
    in_: str = Field(validation_alias="in", serialization_alias="in")
    region: str
    kind: str
    from_: date = Field(validation_alias="from", serialization_alias="from")
    due: date
    provisional: bool
    derivation: str
    value: Any
    unit: str | None
    start: str | None
    backward: bool
    opens: bool
    article: str
    confidence: str
    text: str
    effect: str


class Opener(Shape):
    organisation: Body
    side: str


class Me(Shape):
    """Whose token it is."""

    id: int
    name: str
    organisation: str
    may_open: list[Opener] = Field(description=N_("可以为哪些单位立案"))


class Item(Shape):
    id: int
    number: int
    round: int
    title: str
    state: str
    text_hash: str
    needed: int | None
    passed: bool | None
    result: str | None
    opinions: int = Field(description=N_("代表对这一项的意见有几条"))
    answered: int = Field(description=N_("其中已经答复的"))


class Paper(Shape):
    """A paper that every member must have in hand. How many have it is for the union that handed it out."""

    title: str
    sha256: str
    item: int | None
    received: int | None
    members: int | None


class Round(Shape):
    """Items voted on together. Nothing about anybody who votes."""

    id: int
    number: int
    title: str
    box: str
    state: str
    seats: int | None
    items: list[int] = Field(description=N_("本轮事项在议程上的序号"))
    present: int | None = Field(description=N_("开始时的实到人数，也是票数的上限"))
    fingerprint: str | None
    export: str | None = Field(description=N_("公开的票箱，可以用校验程序核验"))


class Meeting(Shape):
    """A congress meeting as the caller may see it."""

    id: int
    title: str
    organisation: Body
    region: str
    state: str
    version: int
    held_on: date
    place: str
    roll: int
    present: int | None
    items: list[Item]
    papers: list[Paper] = Field(description=N_("会议通知和议题材料"))
    rounds: list[Round]
    acts: list[Standing]
    deadlines: list[Deadline]


class Delegate(Shape):
    """One seat held by one person; `until` is the first day on which they are no longer on the roll."""

    id: int
    name: str
    female: bool
    staff_number: str
    job: str
    post: str
    dispatched: bool
    young: bool
    manner: str
    since: date
    until: date | None
    why_left: str | None
    replaces: int | None


class Constituency(Shape):
    id: int
    name: str
    seats: int
    delegates: list[Delegate]


class Measure(Shape):
    rule: str
    article: str
    sentence: str
    met: bool | None = Field(description=N_("是否符合；规定没有写明数额的为null"))


class TermLine(Shape):
    id: int
    title: str
    organisation: Body
    form: str
    number: int
    state: str
    since: date
    until: date
    members: int = Field(description=N_("现在名册上的人数"))


class Terms(Shape):
    items: list[TermLine]


class Term(Shape):
    """A term of a congress with all who are or were on its roll."""

    id: int
    title: str
    organisation: Body
    form: str
    number: int
    state: str
    version: int
    since: date
    until: date
    constituencies: list[Constituency]
    members: int = Field(description=N_("现在名册上的人数"))
    composition: list[Measure]
    acts: list[Standing]
    deadlines: list[Deadline]


class Problem(Shape):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None


class Refusal(Problem):
    """409: the facts of the case do not allow the act."""

    reasons: list[Reason]


class Faults(Problem):
    """422: field → sentences."""

    errors: dict[str, list[str]]


class Stale(Problem):
    """412: somebody else acted meanwhile."""

    version: int
    state: str
