"""What must be true of a procedure before a case is trusted to it, proved from its table, its functions and the rules.

`CHECKS` look at a procedure by itself; `stuck` tries a version of it on the open cases of a database.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import FunctionType
from typing import Any, TypeAlias

from sqlmodel import Session, col, func, select

from workflow.deadlines import Status, deadlines
from workflow.forms import FormModel
from workflow.law import rules
from workflow.procedure import Act, Clock, Procedure
from workflow.proceedings import Proceedings
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, Words, say

Any_: TypeAlias = Proceedings[Any, Any]


@dataclass(frozen=True)
class Stuck:
    """An open case that a version of its procedure could not carry on, and why."""

    case_id: int
    sentence: Sentence


def faults(proceedings: Any_) -> list[Sentence]:
    return [fault for _, check in CHECKS for fault in check(proceedings)]


# ---- the ways through


def every_state_is_reached_and_left(proceedings: Any_) -> Iterator[Sentence]:
    procedure = proceedings.procedure
    from_start = reachable(procedure, [procedure.initial])
    for state in procedure.states:
        if state not in from_start:
            yield say(N_("从“{initial}”走不到“{state}”。"), initial=_label(procedure, procedure.initial), state=_label(procedure, state))
        if state not in procedure.final and not reachable(procedure, [state]) & procedure.final:
            yield say(N_("“{state}”走不到结束。"), state=_label(procedure, state))


def nothing_is_passed_over(proceedings: Any_) -> Iterator[Sentence]:
    """`never_without`: no way to the one that avoids the other."""
    procedure = proceedings.procedure
    for state, needed in procedure.never_without:
        way = _way(procedure, procedure.initial, state, avoiding=needed)
        if way is not None:
            yield say(
                N_("不经“{needed}”也能走到“{state}”：{way}。"),
                needed=_label(procedure, needed),
                state=_label(procedure, state),
                way=Words(procedure.states[s] for s in way),
            )


def reachable(procedure: Procedure[Any], states: Iterable[str], *, avoiding: str | None = None) -> set[str]:
    """These states and all that acts lead to from them. What leads back adds nothing: the case has been there."""
    found: set[str] = set()
    ahead = [s for s in states if s != avoiding]
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead += [row.to for row in procedure.rows if state in row.source and row.to and row.to != avoiding and not row.back]
    return found


def _way(procedure: Procedure[Any], start: str, end: str, *, avoiding: str) -> list[str] | None:
    ways = [[start]]
    seen = {start, avoiding}
    for way in ways:
        if way[-1] == end:
            return way
        for row in procedure.rows:
            if way[-1] in row.source and row.to and row.to not in seen and not row.back:
                seen.add(row.to)
                ways.append([*way, row.to])
    return None


# ---- the acts


def every_act_can_be_done(proceedings: Any_) -> Iterator[Sentence]:
    """It has seats, a form and a function; its states exist; and every function has an act."""
    procedure = proceedings.procedure
    for act in procedure.acts.values():
        if not act.by:
            yield say(N_("“{act}”没有人能办。"), act=Word(act.label))
        if not (isinstance(act.form, type) and issubclass(act.form, FormModel)):
            yield say(N_("“{act}”没有表单。"), act=Word(act.label))
        if act.name not in proceedings.does:
            yield say(N_("“{act}”没有办理的函数。"), act=Word(act.label))
    for name in proceedings.does:
        if name not in procedure.acts:
            yield say(N_("函数{name}不属于任何一件事。"), name=name)
    for row in procedure.rows:
        for state in (*row.source, *([row.to] if row.to else [])):
            if state not in procedure.states:
                yield say(N_("“{act}”写到的状态{state}不存在。"), act=Word(row.label), state=state)


def every_branch_is_told_apart(proceedings: Any_) -> Iterator[Sentence]:
    """Rows of one act from one state each say when they apply; rows of one act agree in all but where they lead."""
    procedure = proceedings.procedure
    for name, first in procedure.acts.items():
        rows = [row for row in procedure.rows if row.name == name]
        for state in procedure.states:
            here = [row for row in rows if state in row.source]
            if len(here) > 1 and any(row.when is None for row in here):
                yield say(N_("从“{state}”办“{act}”有几种去向，却有一种没有写条件。"), state=_label(procedure, state), act=Word(first.label))
        for row in rows:
            if (row.label, row.by, row.requires, row.form, row.joint) != (first.label, first.by, first.requires, first.form, first.joint):
                yield say(N_("“{act}”的各行写得不一样（办理人、要求、表单）。"), act=Word(first.label))


def every_act_stands_on_a_rule(proceedings: Any_) -> Iterator[Sentence]:
    known = set(rules.ids())
    for row in proceedings.procedure.rows:
        if not row.under:
            yield say(N_("“{act}”没有引用规则。"), act=Word(row.label))
        for rule in row.under:
            if rule not in known:
                yield say(N_("“{act}”引用的规则{rule}不存在。"), act=Word(row.label), rule=rule)
    for need in {need.name: need for row in proceedings.procedure.rows for need in row.requires}.values():
        if need.rule not in known:
            yield say(N_("要求{name}引用的规则{rule}不存在。"), name=need.name, rule=need.rule)


# ---- the clocks


def every_period_has_an_end(proceedings: Any_) -> Iterator[Sentence]:
    """Its rule exists; something starts it; the act that ends it can be done after that; time itself acts by the clock's seat."""
    procedure, recorded = proceedings.procedure, _recorded(proceedings)
    for clock in procedure.clocks:
        label = Word(clock.label)
        if clock.rule not in rules.ids():
            yield say(N_("期限“{clock}”的规则{rule}不存在。"), clock=label, rule=clock.rule)
        for name in (clock.act, clock.lapse):
            if name is not None and name not in procedure.acts:
                yield say(N_("期限“{clock}”要办的{act}不存在。"), clock=label, act=name)
        if clock.lapse in procedure.acts and procedure.acts[clock.lapse].by != frozenset({Seat.CLOCK}):
            yield say(N_("期限“{clock}”届满时的“{act}”应当由期限自己办。"), clock=label, act=Word(procedure.acts[clock.lapse].label))
        if clock.act in procedure.acts:
            yield from _starts_and_ends(procedure, clock, recorded)


def _starts_and_ends(procedure: Procedure[Any], clock: Clock, recorded: Mapping[str, set[str]]) -> Iterator[Sentence]:
    label = Word(clock.label)
    starting = _starting(clock)
    for event in sorted(starting):
        starters = [act for act, events in recorded.items() if event in events and act in procedure.acts]
        if not starters:
            yield say(N_("期限“{clock}”从{event}起算，可是没有一件事记下它。"), clock=label, event=event)
            continue
        for name in starters:
            running = _states_after(procedure, name)
            for end in (clock.act, clock.lapse):
                if end in procedure.acts and not procedure.sources(end) & reachable(procedure, running):
                    yield say(
                        N_("“{start}”以后期限“{clock}”在走，“{act}”却再也办不了。"),
                        start=Word(procedure.acts[name].label),
                        clock=label,
                        act=Word(procedure.acts[end].label),
                    )
    if starting and clock.until and not set(clock.until) & set().union(*recorded.values()):
        yield say(N_("期限“{clock}”没有一件事使它结束。"), clock=label)


def _starting(clock: Clock) -> set[str]:
    """Events that start it, in any place."""
    family = rules.FAMILIES.get(clock.rule, clock.rule)
    return {
        event for rule in rules.rules() if rule.family == family and rule.unit in rules.PERIODS and (event := rule.start or clock.starts)
    }


def _states_after(procedure: Procedure[Any], act: str) -> set[str]:
    rows = [row for row in procedure.rows if row.name == act]
    return {state for row in rows for state in ([row.to] if row.to else row.source)}


def _recorded(proceedings: Any_) -> dict[str, set[str]]:
    """Act → events that its function may record, read from its source: every word in capitals given to `.happened()`."""
    return {name: _events(function, set()) for name, function in proceedings.does.items()}


def _events(function: Callable[..., Any], seen: set[Callable[..., Any]]) -> set[str]:
    """Follows helpers of the same module. Constants are looked up where the function looks them up."""
    if function in seen or not isinstance(function, FunctionType):
        return set()
    seen.add(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    found: set[str] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "happened":
            for node in (inner for arg in call.args for inner in ast.walk(arg)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
                elif isinstance(node, ast.Name) and isinstance(function.__globals__.get(node.id), str):
                    found.add(function.__globals__[node.id])
        elif isinstance(call.func, ast.Name):
            helper = function.__globals__.get(call.func.id)
            if isinstance(helper, FunctionType) and helper.__module__ == function.__module__:
                found |= _events(helper, seen)
    return found


CHECKS: tuple[tuple[str, Callable[[Any_], Iterator[Sentence]]], ...] = (
    (N_("每个状态都走得到，也都走得到结束"), every_state_is_reached_and_left),
    (N_("该经过的状态一个也绕不过去"), nothing_is_passed_over),
    (N_("每件事都有人办、有表单、有办理的函数"), every_act_can_be_done),
    (N_("同一件事的几种去向都写明了条件"), every_branch_is_told_apart),
    (N_("每件事、每项要求都引用现有的规则"), every_act_stands_on_a_rule),
    (N_("每个期限都有起算的事、办结的事和届满的事"), every_period_has_an_end),
)
"""What is proved, in words, and the function that proves it."""


# ---- the open cases


def open_cases(db: Session, proceedings: Any_) -> int:
    """How many there are to try."""
    final = sorted(proceedings.procedure.final)
    return db.exec(select(func.count()).select_from(proceedings.model).where(col(proceedings.model.state).not_in(final))).one()


def stuck(db: Session, proceedings: Any_, on: date, version: Procedure[Any] | None = None) -> list[Stuck]:
    """Open cases that could not go on under this version of their procedure (the present one unless given)."""
    procedure, model = version or proceedings.procedure, proceedings.model
    found: list[Stuck] = []
    last = 0
    while cases := db.exec(
        select(model).where(col(model.id) > last, col(model.state).not_in(sorted(procedure.final))).order_by(col(model.id)).limit(AT_ONCE)
    ).all():
        for case in cases:
            last = case.id or 0
            found += [Stuck(last, why) for why in _tried(db, proceedings, procedure, case, on)]
        db.expire_all()
    return found


AT_ONCE = 200
"""Cases held in memory at a time."""


def _tried(db: Session, proceedings: Any_, procedure: Procedure[Any], case: Any, on: date) -> Iterator[Sentence]:
    if case.state not in procedure.states:
        yield say(N_("所处的状态{state}在这一版程序里没有。"), state=case.state)
        return
    if not reachable(procedure, [case.state]) & procedure.final:
        yield say(N_("“{state}”在这一版程序里走不到结束。"), state=_label(procedure, case.state))
    facts = proceedings.facts(db, case, max(on, case.opened_on))
    for name, act in procedure.acts.items():
        rows = [row for row in procedure.rows if row.name == name and case.state in row.source]
        if rows and sum(_applies(row, facts) for row in rows) != 1:
            yield say(N_("“{act}”的去向不能确定：{n}种去向同时成立。"), act=Word(act.label), n=sum(_applies(row, facts) for row in rows))
    clocks = {clock.rule for clock in procedure.clocks}
    for deadline in deadlines(db, procedure.name, case.id, Status.RUNNING):
        if deadline.rule not in clocks:
            yield say(N_("正在计算的期限{rule}在这一版程序里没有。"), rule=deadline.rule)


def _applies(row: Act[Any], facts: Any) -> bool:
    return row.when is None or bool(row.when(facts))


def _label(procedure: Procedure[Any], state: str) -> Word:
    return Word(procedure.states.get(state, state))
