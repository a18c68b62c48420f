"""What the requirements of a negotiation look at: one frozen record of the case, loaded in a bounded number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import Session, col, select

from congress.models import Result
from negotiation.models import (
    Clause,
    Coordination,
    CoveredEnterprise,
    Filing,
    Finding,
    InformationRequest,
    Letter,
    Negotiation,
    Obligation,
    Publication,
    Representative,
    ReviewRound,
    Signature,
    Submission,
    TalkMeeting,
    Terms,
    WageRow,
)
from negotiation.terms import ClauseState, ContractKind, Side, State
from workflow.deadlines import Deadline, Event, Status
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation
from workflow.seats import Seat


@dataclass(frozen=True)
class Team:
    """The representatives of one side who are in office."""

    side: Side
    members: tuple[Representative, ...]

    @property
    def chief(self) -> Representative | None:
        return next((r for r in self.members if r.chief), None)

    @property
    def outsiders(self) -> int:
        return sum(r.outsider for r in self.members)

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Facts:
    case: Negotiation
    rules: Rulebook
    organisation: Organisation
    without_account: frozenset[Seat]
    moved: Mapping[str, Seat]
    representatives: tuple[Representative, ...]
    clauses: tuple[Clause, ...]
    wage_rows: tuple[WageRow, ...]
    terms: Terms | None
    events: tuple[Event, ...]
    deadlines: tuple[Deadline, ...]
    requests: tuple[InformationRequest, ...]
    letters: tuple[Letter, ...]
    meetings: tuple[TalkMeeting, ...]
    submission: Submission | None
    result: Result | None
    """Certified result on the text as it stands."""
    signatures: tuple[Signature, ...]
    """On the text as it stands."""
    filing: Filing | None
    coordination: Coordination | None
    publications: tuple[Publication, ...]
    obligations: tuple[Obligation, ...]
    rounds: tuple[ReviewRound, ...]
    findings: tuple[Finding, ...]
    covered: tuple[CoveredEnterprise, ...]
    names: Mapping[int, str]
    """Of the covered enterprises."""
    annulled: frozenset[int]
    """Items of theirs whose result no longer stands."""
    offices: Mapping[int, frozenset[str]]
    """What the representatives are in the enterprise and its union on the day: person → offices."""
    has_women_contract: bool
    """A women's special contract is in force, or its draft is settled beside this one."""
    lapsed_by_clock: str | None
    """Act of the clock that brought the case where it stands, if it was the last to move it."""

    @cached_property
    def workers(self) -> Team:
        return Team(Side.WORKERS, tuple(r for r in self.representatives if r.side == Side.WORKERS))

    @cached_property
    def employer(self) -> Team:
        return Team(Side.EMPLOYER, tuple(r for r in self.representatives if r.side == Side.EMPLOYER))

    def team(self, side: Side) -> Team:
        return self.workers if side is Side.WORKERS else self.employer

    def day_of(self, event: str, subject: str | None = None) -> date | None:
        """The latest day on which it happened."""
        days = [e.on for e in self.events if e.name == event and subject in (None, e.subject)]
        return days[-1] if days else None

    def since(self, event: str) -> tuple[Event, ...]:
        """Events that were recorded after the latest of this name."""
        last = max((e.id or 0 for e in self.events if e.name == event), default=0)
        return tuple(e for e in self.events if (e.id or 0) > last)

    def deadline(self, rule: str, subject: str | None = None, *, running: bool = False) -> Deadline | None:
        """The latest deadline under a rule."""
        found = [
            d
            for d in self.deadlines
            if d.rule == rule
            and subject in (None, d.subject)
            and (not running or d.status == Status.RUNNING)
            and d.status != Status.STOPPED
        ]
        return max(found, key=lambda d: d.id or 0) if found else None

    @cached_property
    def standing_clauses(self) -> tuple[Clause, ...]:
        """Those that are part of the text: not dropped."""
        return tuple(c for c in self.clauses if c.state != ClauseState.DROPPED)

    def signed_by(self, side: Side) -> bool:
        return any(s.side == side for s in self.signatures)

    @property
    def held_meetings(self) -> tuple[TalkMeeting, ...]:
        return tuple(m for m in self.meetings if m.minuted_on is not None)

    @property
    def open_round(self) -> ReviewRound | None:
        return next((r for r in self.rounds if r.closed_on is None), None)

    def vote_of(self, enterprise: CoveredEnterprise) -> bool | None:
        """Whether its own congress has passed this text; None where no result stands."""
        return None if enterprise.item_id in self.annulled else enterprise.passed

    @property
    def is_of_several(self) -> bool:
        return self.case.level != "enterprise"


def team_now(db: Session, negotiation_id: int) -> tuple[Representative, ...]:
    return tuple(
        db.exec(
            select(Representative)
            .where(Representative.negotiation_id == negotiation_id, col(Representative.until).is_(None))
            .order_by(col(Representative.side), col(Representative.chief).desc(), col(Representative.id))
        ).all()
    )


def has_women_contract(db: Session, case: Negotiation) -> bool:
    standing = (State.IN_FORCE, State.SETTLED, State.BEFORE_CONGRESS, State.ADOPTED, State.SIGNED, State.FILED)
    return (
        db.exec(
            select(Negotiation.id).where(
                Negotiation.organisation_id == case.organisation_id,
                Negotiation.kind == ContractKind.WOMEN,
                col(Negotiation.state).in_([str(s) for s in standing]),
            )
        ).first()
        is not None
    )
