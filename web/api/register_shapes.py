"""What the registers of a congress look like over the API: proposals, joint meetings, disclosure."""

from datetime import date

from pydantic import Field

from web.api.shapes import Body, Deadline, Shape, Standing
from workflow.words import N_


class RegisterLine(Shape):
    id: int
    title: str
    organisation: Body
    state: str
    opened_on: date
    href: str


class RegisterLines(Shape):
    items: list[RegisterLine]


class RegisterCase(Shape):
    id: int
    title: str
    organisation: Body
    term: int = Field(description=N_("届次的id"))
    state: str
    version: int
    opened_on: date
    acts: list[Standing]
    deadlines: list[Deadline]


class Handled(Shape):
    """One round of dealing with a proposal."""

    round: int
    handler: str
    assigned_on: date
    answer_by: date
    answer: str
    answered_on: date | None
    satisfaction: str | None
    remark: str


class Proposal(RegisterCase):
    """A delegate's proposal."""

    number: int | None
    subject: str
    account: str
    wish: str
    proposer: str
    proposer_id: int = Field(description=N_("提案人在名册上的id"))
    seconders: list[str]
    handlings: list[Handled]
    why_ended: str


class Joint(RegisterCase):
    """A joint meeting between two meetings of a congress, and what the congress then said."""

    matter: str
    urgency: str
    authority: str
    held_on: date
    place: str
    invited: int | None
    attended: int | None
    decision: str
    decided_on: date | None
    put_to: int | None = Field(description=N_("确认的会议的id"))
    needed: int | None
    in_favour: int | None
    against: int | None
    abstained: int | None


class Remarked(Shape):
    """An opinion on what was disclosed; who gave it is not told, only whether the union did."""

    number: int
    by_union: bool
    words: str
    raised_on: date
    answer: str
    answered_on: date | None


class Disclosed(RegisterCase):
    """A disclosure of enterprise affairs, with the opinions on it."""

    affair: str
    means: str
    place: str
    account: str
    remarks: list[Remarked]
