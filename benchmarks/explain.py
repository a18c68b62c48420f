"""What a case page asks of the procedure: loading the facts of a case, and explaining its acts with every reason, in milliseconds.

    .venv/bin/python -m benchmarks.explain [--rounds 30]

Cases at every stage are those of the demonstration, seen by an officer of the union. The aim is under 5 ms to explain the acts of a
case's state; the page explains the whole table.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple, TypeVar

from sqlalchemy import Engine, event
from sqlmodel import col, select

from benchmarks.databases import load_demonstration, on_sqlite
from benchmarks.figures import machine, percentile, say, table
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import holders
from workflow.database import Database
from workflow.seats import Seat

DAY = date(2026, 11, 24)
AIM = 5.0
"""Milliseconds."""
T = TypeVar("T")


class Taken(NamedTuple):
    """Seconds."""

    clock: float
    processor: float


@dataclass
class Case:
    id: int
    state: str
    officer: int
    here: list[str]
    """Acts of the table that belong to its state."""
    statements: int = 0
    facts: list[Taken] = field(default_factory=list)
    of_state: list[Taken] = field(default_factory=list)
    of_table: list[Taken] = field(default_factory=list)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=30)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="heyi-explain-") as name, on_sqlite(Path(name)) as database:
        load_demonstration(database, DAY)
        cases = found(database)
        for number in range(asked.rounds + 1):
            for case in cases:
                look(database, case, keep=number > 0)
            if number % 10 == 0:
                say(f"round {number}/{asked.rounds}")
        report(cases, asked.rounds)


def found(database: Database) -> list[Case]:
    with database.read() as db:
        rows = db.exec(select(Negotiation).order_by(col(Negotiation.id))).all()
        return [
            Case(
                row.id or 0,
                row.state,
                min(held.get(Seat.UNION) or held[Seat.EMPLOYER]),
                [name for name in NEGOTIATION.acts if row.state in NEGOTIATION.sources(name)],
            )
            for row in rows
            for held in [holders(db, row, DAY)]
        ]


def look(database: Database, case: Case, *, keep: bool) -> None:
    """As a page does: a session of its own, the case row at hand, nothing else read before."""
    with database.read() as db:
        row = db.get_one(Negotiation, case.id)
        by = NEGOTIATIONS.actor(db, row, case.officer, DAY)
        db.expunge_all()
        db.add(row)
        said: list[object] = []
        with counting(database.engine, said):
            facts, loading = timed(lambda: NEGOTIATIONS.facts(db, row, DAY))
        _, of_table = timed(lambda: NEGOTIATION.explain(row.state, facts, by, DAY))
        # Facts of their own, since what requirements ask for is kept with them.
        again = NEGOTIATIONS.facts(db, row, DAY)
        _, of_state = timed(lambda: [NEGOTIATION.standing(name, row.state, again, by, DAY) for name in case.here])
    case.statements = len(said)
    if keep:
        case.facts.append(loading)
        case.of_table.append(of_table)
        case.of_state.append(of_state)


def report(cases: list[Case], rounds: int) -> None:
    print(f"\n{machine()}\n")
    print(
        table(
            ("state", "cases", "facts ms", "statements", "acts of state", "ms", f"table of {len(NEGOTIATION.acts)}, ms"),
            [
                (
                    state,
                    len(those),
                    middle([f for c in those for f in c.facts]),
                    max(c.statements for c in those),
                    len(those[0].here),
                    middle([f for c in those for f in c.of_state]),
                    middle([f for c in those for f in c.of_table]),
                )
                for state in NEGOTIATION.states
                if (those := [c for c in cases if c.state == state])
            ],
        )
    )
    for what, values in (
        ("facts loaded", [f for c in cases for f in c.facts]),
        ("acts of the state explained", [f for c in cases for f in c.of_state]),
        ("whole table explained", [f for c in cases for f in c.of_table]),
    ):
        for of, seconds in (("clock", [v.clock for v in values]), ("processor", [v.processor for v in values])):
            print(
                f"{what}, {of}: p50 {1000 * median(seconds):.2f} ms, p95 {1000 * percentile(seconds, 0.95):.2f} ms, "
                f"{sum(1000 * one < AIM for one in seconds) / len(seconds):.1%} under {AIM:g} ms"
            )
    print(f"{len(cases)} cases × {rounds} rounds; the table shows medians of the processor's time.")


def middle(taken: list[Taken]) -> str:
    return f"{1000 * median(one.processor for one in taken):.2f}"


def timed(work: Callable[[], T]) -> tuple[T, Taken]:
    began, worked = perf_counter(), thread_time()
    result = work()
    return result, Taken(perf_counter() - began, thread_time() - worked)


@contextmanager
def counting(engine: Engine, statements: list[object]) -> Iterator[None]:
    def note(*told: object) -> None:
        statements.append(told[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
