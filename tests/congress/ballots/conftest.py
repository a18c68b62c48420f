"""The same few elections are checked here some hundred times. Without libsodium their products are computed once and remembered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from congress import verify
from congress.ballots.e2e import groups
from congress.ballots.e2e.teller import Teller
from tests.congress.ballots.room import Room, ready
from tests.databases import copied, filled
from tests.web.client import open_client
from workflow.database import Database


def remembered(method: Callable[..., bytes], of: object) -> Callable[..., bytes]:
    known = lru_cache(maxsize=200_000)(lambda *given: method(of, *given))

    def answer(self: object, *given: Any) -> bytes:
        return known(*given)

    return answer


if groups.sodium() is None:
    for owner, names in ((groups.Python, ("combine", "add", "subtract")), (verify.InPython, ("dot", "add", "sub"))):
        for name in names:
            setattr(owner, name, remembered(getattr(owner, name), owner()))


@contextmanager
def opened(box: str, template: str, folder: Path) -> Iterator[tuple[str, Room]]:
    """A database in which a round of this box is open, to copy from, and the room it was opened in."""
    rooms = []

    def fill(database: Database) -> None:
        with open_client(database) as client:
            rooms.append(ready(client, box=box))

    with filled(folder, fill, source=template) as source:
        yield source, rooms[0]


@contextmanager
def entered(halls: tuple[str, Room], folder: Path) -> Iterator[Room]:
    """The same hall on a database of its own."""
    source, found = halls
    with copied(source, folder) as database, open_client(database) as client:
        again = copy(found)
        again.client = client
        again.devices = [Teller(device.number, device.seed) for device in found.devices]
        yield again


@pytest.fixture(scope="session")
def sealed_hall(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Room]]:
    with opened("e2e", template, tmp_path_factory.mktemp("sealed")) as hall:
        yield hall


@pytest.fixture(scope="session")
def plain_hall(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Room]]:
    with opened("plain", template, tmp_path_factory.mktemp("plain")) as hall:
        yield hall


@pytest.fixture
def sealed(sealed_hall: tuple[str, Room], tmp_path: Path) -> Iterator[Room]:
    """A hall in which a round of box e2e is open."""
    with entered(sealed_hall, tmp_path) as room:
        yield room


@pytest.fixture(params=["e2e", "plain"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    """One for each box."""
    with entered(request.getfixturevalue("sealed_hall" if request.param == "e2e" else "plain_hall"), tmp_path) as room:
        yield room
