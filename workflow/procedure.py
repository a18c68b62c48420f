"""A procedure is a table of acts. This file runs the table: what may be done, by whom, and every reason why not.

It is the only file that imports `transitions`: one machine per procedure, built once, run on rows that it never keeps.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session
from transitions import EventData, Machine

from workflow import journal
from workflow.case import Case
from workflow.forms import FormModel
from workflow.law.rules import Citation, Rulebook
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, Words, say


class Facts(Protocol):
    """What requirements may look at: one frozen record of the case, loaded in a bounded number of queries."""

    @property
    def rules(self) -> Rulebook: ...

    @property
    def without_account(self) -> frozenset[Seat]:
        """Seats whose holders cannot act here themselves, so that their acts may be recorded from paper."""

    @property
    def moved(self) -> Mapping[str, Seat]:
        """Joint acts proposed by one chief and not yet answered: act name → the proposer's seat."""


F = TypeVar("F", bound=Facts)


@dataclass(frozen=True)
class Unmet:
    """A requirement that fails: values for its sentence, and from when it would hold if time alone brings it."""

    values: Mapping[str, object]
    from_: date | None

    def __init__(self, from_: date | None = None, **values: object) -> None:
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "from_", from_)


@dataclass(frozen=True)
class Requirement(Generic[F]):
    rule: str
    otherwise: str
    remedy: str
    who: Seat | None
    check: Callable[[F, date], Unmet | None]

    @property
    def name(self) -> str:
        return self.check.__name__


def requirement(
    rule: str, *, otherwise: str, remedy: str = "", who: Seat | None = None
) -> Callable[[Callable[[F, date], Unmet | None]], Requirement[F]]:
    """Name the rule a check stands on, the sentence shown when it fails, what fixes it and who can."""
    return lambda check: Requirement(rule, otherwise, remedy, who, check)


@dataclass(frozen=True)
class Act(Generic[F]):
    """One row of the table. `to` is None where the act leaves the state alone.

    `joint` acts are proposed by one chief and done when the other agrees. `when` tells rows of one act apart that lead to
    different states: exactly one must hold. `main` marks the acts that carry a case from stage to stage.
    """

    name: str
    label: str
    source: tuple[str, ...]
    to: str | None
    by: frozenset[Seat]
    under: tuple[str, ...]
    requires: tuple[Requirement[F], ...] = ()
    form: type[FormModel] = FormModel
    joint: bool = False
    when: Callable[[F], bool] | None = None
    main: bool = False
    gist: str = ""
    """One line beside the button: what the act does or asks."""
    paper: bool = True
    """May be recorded from paper for a body without an account."""
    back: bool = False
    """Leads back to where the case came from: never to a state it has not been in."""
    silent: Callable[[F], frozenset[Seat]] | None = None
    """Seats from whose paper it is recorded, where these are others than all that have somebody without an account."""

    def absent(self, facts: F) -> frozenset[Seat]:
        """Seats of those who do it whose paper somebody else may record."""
        return self.by & (facts.without_account if self.silent is None else self.silent(facts))


@dataclass(frozen=True)
class Reason:
    """Why an act is closed. Kept as msgid and values; translated only in `web/`."""

    sentence: Sentence
    rule: str | None = None
    citations: tuple[Citation, ...] = ()
    remedy: Sentence | None = None
    who: frozenset[Seat] = frozenset()
    from_: date | None = None
    about: str = "facts"
    """`facts` of the case, its `state`, or the `seat` of who asks."""


class Refused(Exception):
    """The facts of the case do not allow the act. Carries words, never rows."""

    def __init__(self, act: str, label: str, reasons: Sequence[Reason]) -> None:
        super().__init__(f"{label}：" + " ".join(str(r.sentence) for r in reasons))
        self.act = act
        self.label = label
        self.reasons = tuple(reasons)


class Changed(Exception):
    """Somebody else acted on the case since the page was read."""


@dataclass(frozen=True)
class Actor:
    """A person before a case: the seats held on the day, and the seat to act in where there are several."""

    person_id: int | None
    seats: frozenset[Seat]
    seat: Seat | None = None
    on_paper: bool = False
    """The act is somebody else's, recorded from the signed paper."""
    may_record: bool = False
    by_code: bool = False
    """Known by the access code of the case and not by an account: the journal keeps it."""
    outside: bool = False
    """Does not sit at the table: of an act that is somebody else's, they are not told what it still lacks."""


THE_CLOCK = Actor(None, frozenset({Seat.CLOCK}), Seat.CLOCK)


class How(StrEnum):
    """How an open act would be done."""

    SELF = "self"
    PROPOSE = "propose"
    AGREE = "agree"
    PAPER = "paper"


@dataclass(frozen=True)
class Standing(Generic[F]):
    """One act as it stands for one person on one day."""

    act: Act[F]
    how: How | None
    reasons: tuple[Reason, ...]
    seats: frozenset[Seat] = frozenset()
    """Seats in which the person could do it."""
    here: bool = True
    """The act belongs to the state the case is in."""

    @property
    def open(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Clock:
    """A statutory clock: which event starts it comes from the rule; these are the events and the act that end it."""

    rule: str
    label: str
    who: Seat
    until: tuple[str, ...]
    act: str
    """Act that ends it in time."""
    lapse: str | None = None
    """Act that the clock itself does once the day has passed."""
    starts: str | None = None
    """Start event where the rule names none."""
    pauses: bool = False
    """Stands still while the negotiation is suspended for force majeure; by agreement too where the rule says so."""
    permits: bool = False
    """Its last day opens a possibility: nobody is late who does not use it."""
    keeps: bool = True
    """Somebody has to keep its last day. Otherwise something merely ends on it: nobody is reminded of it, and no list is led by it."""


@dataclass
class _Call(Generic[F]):
    act: Act[F]
    facts: F
    by: Actor
    on: date
    reasons: Callable[[], list[Reason]]


class Procedure(Generic[F]):
    def __init__(
        self,
        name: str,
        label: str,
        states: Mapping[str, str],
        acts: Iterable[Act[F]],
        clocks: Iterable[Clock] = (),
        *,
        initial: str,
        final: frozenset[str],
        stages: Sequence[tuple[str, str, frozenset[str]]] = (),
        never_without: Sequence[tuple[str, str]] = (),
        version: int = 1,
    ) -> None:
        self.name = name
        self.label = label
        self.states = dict(states)
        """State → Chinese label, in the order of the statute."""
        self.rows = tuple(acts)
        self.clocks = tuple(clocks)
        self.initial = initial
        self.final = final
        self.stages = tuple(stages)
        self.never_without = tuple(never_without)
        """(state, needed): no way may lead to the state that has not been through the other. Proved by `soundness`."""
        self.version = version
        self.acts: dict[str, Act[F]] = {}
        for row in self.rows:
            self.acts.setdefault(row.name, row)
        self._sources = {name: frozenset(s for row in self.rows if row.name == name for s in row.source) for name in self.acts}
        self._machine = self._build()

    def sources(self, act: str) -> frozenset[str]:
        return self._sources[act]

    @property
    def to_keep(self) -> frozenset[str]:
        """Rules of the clocks whose last day somebody has to keep."""
        return frozenset(clock.rule for clock in self.clocks if clock.keeps)

    def explain(self, state: str, facts: F, by: Actor, on: date) -> list[Standing[F]]:
        """Every act of the table, open or closed for this person on this day, with all reasons where it is closed."""
        return [self.standing(name, state, facts, by, on) for name in self.acts]

    def standing(self, name: str, state: str, facts: F, by: Actor, on: date) -> Standing[F]:
        act = self.acts[name]
        reasons: list[Reason] = []
        here = state in self._sources[name]
        if not here:
            reasons.append(self._wrong_state(act, state))
        how, seats, wrong_seat = self._seat(act, facts, by)
        if wrong_seat:
            reasons.append(wrong_seat)
        if not (wrong_seat and by.outside):
            reasons += self._unmet(act, facts, on)
        return Standing(act, how if not reasons else None, tuple(reasons), seats, here)

    def perform(
        self,
        db: Session,
        case: Case,
        name: str,
        facts: F,
        *,
        by: Actor,
        on: date,
        at: datetime,
        particulars: Mapping[str, object] | None = None,
        seat: Seat | None = None,
    ) -> journal.Entry:
        """Move the state and write the journal. Raises `Refused` with every reason; nothing is written then."""
        act = self.acts[name]
        before = case.state
        if before not in self._sources[name]:
            raise Refused(name, act.label, self.standing(name, before, facts, by, on).reasons)
        call = _Call(act, facts, by, on, lambda: list(self.standing(name, before, facts, by, on).reasons))
        if not self._machine.events[name].trigger(case, call=call):
            raise AssertionError(f"no row of {name} applies in {before}")
        return journal.append(
            db,
            case,
            self.name,
            act=name,
            seat=seat or self.seat_used(act, by),
            actor_id=by.person_id,
            done_on=on,
            entered_at=at,
            rules=list(act.under),
            state_from=before,
            particulars={**(particulars or {}), "by_code": True} if by.by_code else particulars,
            on_paper=by.on_paper,
        )

    def seat_used(self, act: Act[F], by: Actor) -> Seat:
        if by.seat in act.by:
            assert by.seat is not None
            return by.seat
        held = act.by & by.seats
        order = [s for s in Seat if s in (held or act.by)]
        return order[-1] if held else order[0]

    def clock(self, rule: str, kind: str | None = None) -> Clock:
        return next(c for c in self.clocks if c.rule == rule)

    # ---- how a refusal comes about

    def _seat(self, act: Act[F], facts: F, by: Actor) -> tuple[How, frozenset[Seat], Reason | None]:
        held = act.by & by.seats
        mover = facts.moved.get(act.name) if act.joint else None
        absent = act.absent(facts) - {mover} if act.paper and by.may_record else frozenset()
        if by.on_paper or (by.seat in absent and by.seat not in held):
            if absent:
                return How.PAPER, absent, None
            return (
                How.PAPER,
                frozenset(),
                Reason(say(N_("这件事由{who}在系统里自己办理，不能凭书面材料代为登记。"), who=_names(act.by)), who=act.by, about="seat"),
            )
        if held and not act.joint:
            return How.SELF, held, None
        if held and mover is None:
            return How.PROPOSE, held, None
        if held - {mover}:
            return How.AGREE, held - {mover}, None
        if absent:
            return How.PAPER, absent, None
        if held:
            return (
                How.PROPOSE,
                held,
                Reason(
                    say(N_("已经提出，正在等对方同意。")),
                    remedy=say(N_("请对方在系统里答复，或者撤回后另提。")),
                    who=act.by - held,
                    about="seat",
                ),
            )
        return How.SELF, frozenset(), Reason(say(N_("这件事由{who}办理。"), who=_names(act.by)), who=act.by, about="seat")

    def _unmet(self, act: Act[F], facts: F, on: date) -> list[Reason]:
        reasons = []
        for need in act.requires:
            if unmet := need.check(facts, on):
                rule = facts.rules.find(need.rule, on)
                reasons.append(
                    Reason(
                        Sentence(need.otherwise, unmet.values),
                        rule.id if rule else need.rule,
                        rule.citations if rule else (),
                        Sentence(need.remedy, unmet.values) if need.remedy else None,
                        frozenset({need.who}) if need.who else act.by,
                        unmet.from_,
                    )
                )
        return reasons

    def _wrong_state(self, act: Act[F], state: str) -> Reason:
        wanted = [self.states[s] for s in self.states if s in self._sources[act.name]]
        if state in self.final:
            return Reason(say(N_("本案已经“{state}”，不再办理。"), state=Word(self.states[state])), about="state")
        return Reason(
            say(N_("现在处于“{state}”，要到“{wanted}”才能办。"), state=Word(self.states[state]), wanted=Words(wanted)),
            rule=act.under[0] if act.under else None,
            about="state",
        )

    # ---- the machine

    def _build(self) -> Machine:
        machine = Machine(
            model=None,
            states=list(self.states),
            initial=None,
            auto_transitions=False,
            send_event=True,
            queued=False,
            prepare_event=[_refuse],
        )
        for row in self.rows:
            for source in row.source:
                machine.add_transition(row.name, source, row.to or "=", conditions=[_when(row.when)] if row.when is not None else None)
        return machine


def _refuse(event: EventData) -> None:
    call = event.kwargs["call"]
    if reasons := call.reasons():
        raise Refused(call.act.name, call.act.label, reasons)


def _when(check: Callable[[Any], bool]) -> Callable[[EventData], bool]:
    return lambda event: check(event.kwargs["call"].facts)


def _names(seats: Iterable[Seat]) -> Words:
    wanted = set(seats)
    return Words(SEAT_LABELS[s] for s in Seat if s in wanted)
