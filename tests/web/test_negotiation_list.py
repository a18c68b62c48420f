"""The list of negotiations: every filter, against what the cases themselves say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import visible_to
from tests.databases import DEMONSTRATION_DAY, copied
from tests.web.client import Client, open_client
from web.practice import set_today
from workflow.people import Appointment, Office

Cases = dict[int, Negotiation]


@pytest.fixture
def listed(demonstration: str, tmp_path: Path) -> Iterator[tuple[Client, Cases]]:
    """As an officer of the superior union sees it, with every case that is seen from there."""
    with copied(demonstration, tmp_path) as database, open_client(database) as client:
        client.house.write(set_today, DEMONSTRATION_DAY, by=None)
        person = client.house.read(
            lambda db: db.exec(select(Appointment.person_id).where(Appointment.office == Office.SUPERIOR_OFFICER)).all()[0]
        )
        query = select(Negotiation).where
        cases = client.house.read(lambda db: db.exec(query(visible_to(db, person, DEMONSTRATION_DAY))).all())
        yield client.as_(person), {c.id or 0: c for c in cases}


def shown(client: Client, query: str = "") -> set[int]:
    found: set[int] = set()
    for number in range(1, 9):
        links = client.get(f"/negotiations?{query}&number={number}").links()
        found |= {int(link.rsplit("/", 1)[1]) for link in links if link.removeprefix("/negotiations/").isdecimal()}
    return found


def test_without_a_filter_everything_seen_is_listed(listed: tuple[Client, Cases]) -> None:
    client, cases = listed
    assert len(cases) > 10 and shown(client) == set(cases)


def test_each_stage_lists_its_own_and_together_they_are_all(listed: tuple[Client, Cases]) -> None:
    client, cases = listed
    by_stage = {name: shown(client, f"stage={name}") for name in [name for name, _label, _states in NEGOTIATION.stages] + ["ended"]}
    assert set().union(*by_stage.values()) == set(cases)
    assert sum(len(found) for found in by_stage.values()) == len(cases)
    assert all(cases[one].state == "in_force" for one in by_stage["publish"] | by_stage["review"])
    assert by_stage["ended"] == {one for one, case in cases.items() if case.state == "ended"}


def test_kind_and_words_narrow_the_list(listed: tuple[Client, Cases]) -> None:
    client, cases = listed
    assert shown(client, "kind=wage") == {one for one, case in cases.items() if case.kind == "wage"} != set()
    some = next(iter(cases.values()))
    assert some.id in shown(client, f"q={some.title}")
    assert shown(client, "q=没有这样的合同") == set()


def test_what_is_overdue_is_part_of_what_is_seen(listed: tuple[Client, Cases]) -> None:
    client, cases = listed
    overdue = shown(client, "due=overdue")
    assert overdue and overdue < set(cases)
