"""State × seat → acts that are open, on one real case in each state of a mediation: the whole matrix, as a person last approved it."""

import os
from pathlib import Path

import pytest
from sqlmodel import Session

from mediation.procedure import MEDIATION
from mediation.terms import State
from tests.mediation import stages
from tests.mediation.cast import street
from tests.procedures.test_matrix import row_of
from workflow.seats import Seat

MATRIX = Path(__file__).parent / "matrix.txt"
IN_STATE: dict[str, stages.Stage] = {
    State.CONSULTING: stages.consulting,
    State.REGISTERED: stages.registered,
    State.CONSENT_ASKED: stages.asked,
    State.ACCEPTED: stages.accepted,
    State.MEDIATING: stages.mediating,
    State.AGREED: stages.agreed,
    State.PERFORMING: stages.performing,
    State.CLOSED: stages.closed,
}
OUTSIDE = {Seat.UNION, Seat.EMPLOYER, Seat.SUPERIOR_UNION, Seat.AUTHORITY, Seat.WORKER, Seat.ADMINISTRATOR}


def approved() -> dict[str, str]:
    blocks = MATRIX.read_text(encoding="utf-8").strip().split("\n\n") if MATRIX.exists() else []
    return {block.split()[1]: block for block in blocks}


@pytest.mark.parametrize("state", [str(s) for s in State])
def test_the_acts_open_in_a_state_are_those_approved(db: Session, state: str) -> None:
    story, on = IN_STATE[state](db, street(db))
    assert story.case.state == state
    row = row_of(MEDIATION, state, story.facts(on), on)
    known = approved()
    if os.environ.get("HEYI_APPROVE"):
        known[state] = "\n".join(line for line in str(row).splitlines() if not line.endswith("：—"))
        MATRIX.write_text("\n\n".join(known[s] for s in MEDIATION.states if s in known) + "\n", encoding="utf-8")
    assert "\n".join(line for line in str(row).splitlines() if not line.endswith("：—")) == known[state]
    assert not set().union(*(row.open[seat] for seat in OUTSIDE))
    assert row.open[Seat.CLOCK] <= {name for name, act in MEDIATION.acts.items() if Seat.CLOCK in act.by}
    assert state not in MEDIATION.final or set().union(*row.open.values()) <= {
        "archive",
        "rate",
        "correct_date",
        "give_code",
        "record_interruption",
        "record_service",
        "issue_document",
        "keep_scan",
    }


def test_the_matrix_knows_every_state() -> None:
    assert list(approved()) == list(MEDIATION.states) and set(IN_STATE) == set(MEDIATION.states)
