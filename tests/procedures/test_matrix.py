"""State × seat → acts that are open, on one real case in each state: the whole matrix, as a person last read and approved it.

Below each state stand the acts that belong there and that the facts of the case still close, with the sentences that say so.
`HEYI_APPROVE=1 pytest tests/procedures/test_matrix.py` writes the matrix anew, to be read again.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from negotiation.procedure import NEGOTIATION
from negotiation.terms import State
from tests.cast import Story
from tests.procedures import walk
from workflow.procedure import Actor, Procedure, Standing
from workflow.seats import SEAT_LABELS, Seat

pytestmark = pytest.mark.once

MATRIX = Path(__file__).parent / "matrix.txt"


@dataclass(frozen=True)
class Stage:
    """How a case comes to a state, and the day on which it is looked at."""

    lead: Callable[[Session], Story]
    on: date


def _drafted(db: Session) -> Story:
    return walk.talks(db, walk.hongxing(db, walk.ANHUI), walk.OFFERED, kind="wage", title="集体合同")


def _declined(db: Session) -> Story:
    story = walk.offered(db, walk.ANHUI)
    story.decline_offer("陈静", walk.ACCEPTED, reasons="正在停产。")
    return story


def _suspended(db: Session) -> Story:
    story = walk.consulting(db, walk.ANHUI)
    for chief in ("李敏", "韩文博"):
        story.suspend(chief, walk.MET, reason="等待数据", resume_on=date(2026, 4, 1), place="会议室", content="工资")
    return story


def _coordinating(db: Session) -> Story:
    story = walk.consulting(db, walk.ANHUI)
    story.refer("李敏", walk.MET, open_items="第1条")
    return story


def _objected(db: Session) -> Story:
    story = walk.filed(db, walk.ANHUI)
    story.object("郑楠", date(2026, 4, 20), number="1", served=date(2026, 4, 20), opinion="期限不符合规定。")
    return story


def _ended(db: Session) -> Story:
    story = _drafted(db)
    story.discard("李敏", walk.ACCEPTED, reason="另行提出")
    return story


STAGES: dict[str, Stage] = {
    State.DRAFTED: Stage(_drafted, walk.OFFERED),
    State.OFFERED: Stage(lambda db: walk.offered(db, walk.ANHUI), walk.ACCEPTED),
    State.DECLINED: Stage(_declined, walk.NAMED),
    State.PREPARING: Stage(lambda db: walk.named(db, walk.ANHUI), walk.CONVENED),
    State.CONSULTING: Stage(lambda db: walk.drafted(db, walk.ANHUI), walk.SETTLED),
    State.SUSPENDED: Stage(_suspended, walk.SETTLED),
    State.COORDINATING: Stage(_coordinating, walk.SETTLED),
    State.SETTLED: Stage(lambda db: walk.settled(db, walk.ANHUI), walk.SETTLED),
    State.BEFORE_CONGRESS: Stage(lambda db: walk.submitted(db, walk.ANHUI)[0], date(2026, 3, 25)),
    State.ADOPTED: Stage(lambda db: walk.adopted(db, walk.ANHUI), walk.SIGNED),
    State.SIGNED: Stage(lambda db: walk.signed(db, walk.ANHUI), walk.FILED),
    State.FILED: Stage(lambda db: walk.filed(db, walk.ANHUI), date(2026, 4, 20)),
    State.OBJECTED: Stage(_objected, date(2026, 4, 21)),
    State.IN_FORCE: Stage(lambda db: walk.in_force(db, walk.ANHUI), date(2026, 5, 8)),
    State.ENDED: Stage(_ended, walk.NAMED),
}
ABOUT_THE_RECORD = {"correct_date", "dispute_entry", "issue_document", "keep_scan"}


@dataclass(frozen=True)
class Row:
    """One state of the matrix."""

    state: str
    open: dict[Seat, set[str]]
    closed: list[Standing[object]]
    """Acts that belong here and that even somebody in every seat could not do now."""
    procedure: Procedure[Any] = NEGOTIATION

    def __str__(self) -> str:
        lines = [f"== {self.state} {self.procedure.states[self.state]}"]
        for seat in Seat:
            acts = [name for name in self.procedure.acts if name in self.open[seat]]
            lines.append(f"{SEAT_LABELS[seat]}（{seat}）：" + ("、".join(f"{self.procedure.acts[name].label}" for name in acts) or "—"))
        lines += [f"  还不能：{s.act.label}　{''.join(str(r.sentence) for r in s.reasons)}" for s in self.closed]
        return "\n".join(lines)


def row(db: Session, state: str) -> Row:
    stage = STAGES[state]
    story = stage.lead(db)
    assert story.case.state == state
    return row_of(NEGOTIATION, state, story.facts(stage.on), stage.on)


def row_of(procedure: Procedure[Any], state: str, facts: Any, on: date) -> Row:
    def standing(*seats: Seat) -> list[Standing[Any]]:
        return procedure.explain(state, facts, Actor(1, frozenset(seats)), on)

    return Row(
        state,
        {seat: {s.act.name for s in standing(seat) if s.open} for seat in Seat},
        [s for s in standing(*Seat) if s.here and not s.open],
        procedure,
    )


@pytest.fixture(params=[str(s) for s in State])
def matrix_row(request: pytest.FixtureRequest, db: Session) -> Iterator[Row]:
    yield row(db, request.param)


def _approved() -> dict[str, str]:
    blocks = MATRIX.read_text(encoding="utf-8").strip().split("\n\n") if MATRIX.exists() else []
    return {block.split()[1]: block for block in blocks}


def test_the_acts_open_in_a_state_are_those_approved(matrix_row: Row) -> None:
    approved = _approved()
    if os.environ.get("HEYI_APPROVE"):
        approved[matrix_row.state] = str(matrix_row)
        MATRIX.write_text("\n\n".join(approved[s] for s in NEGOTIATION.states if s in approved) + "\n", encoding="utf-8")
    assert str(matrix_row) == approved[matrix_row.state]
    _holds_whatever_the_state(matrix_row)


def _holds_whatever_the_state(found: Row) -> None:
    """What no approval may change."""
    for seat in (Seat.ADMINISTRATOR, Seat.WORKER, Seat.DELEGATE, Seat.MEETING_CHAIR, Seat.TELLER):
        assert found.open[seat] == set()
    of_the_clock = {name for name, act in NEGOTIATION.acts.items() if Seat.CLOCK in act.by}
    of_the_congress = {name for name, act in NEGOTIATION.acts.items() if Seat.CONGRESS in act.by}
    for seat in Seat:
        assert seat is Seat.CLOCK or not found.open[seat] & of_the_clock
        assert seat is Seat.CONGRESS or not found.open[seat] & of_the_congress
    assert found.open[Seat.CLOCK] <= of_the_clock
    assert found.open[Seat.CONGRESS] <= of_the_congress
    if found.state in NEGOTIATION.final:
        assert set().union(*found.open.values()) <= ABOUT_THE_RECORD
    else:
        assert found.open[Seat.UNION] | found.open[Seat.WORKER_CHIEF] and found.open[Seat.EMPLOYER] | found.open[Seat.EMPLOYER_CHIEF]


def test_the_matrix_knows_every_state() -> None:
    assert list(_approved()) == list(NEGOTIATION.states)
    assert set(STAGES) == set(NEGOTIATION.states)


def test_nobody_but_the_clock_holds_the_clocks_seat() -> None:
    for act in NEGOTIATION.acts.values():
        assert Seat.CLOCK not in act.by or act.by == {Seat.CLOCK}
        assert Seat.CLOCK not in act.by or not act.paper
