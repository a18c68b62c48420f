"""The same few elections are checked here some hundred times. Without libsodium their products are computed once and remembered."""

from collections.abc import Callable, Iterator
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from congress import verify
from congress.ballots.e2e import groups
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


@pytest.fixture(scope="session", params=["e2e", "plain"])
def opened(request: pytest.FixtureRequest, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Room]]:
    """A database in which a round of this box is open, to copy from, and the room it was opened in."""
    rooms = []

    def fill(database: Database) -> None:
        with open_client(database) as client:
            rooms.append(ready(client, box=request.param))

    with filled(tmp_path_factory.mktemp("opened"), fill, source=template) as source:
        yield source, rooms[0]


@pytest.fixture
def room(opened: tuple[str, Room], tmp_path: Path) -> Iterator[Room]:
    """The same hall on a database of its own."""
    source, found = opened
    with copied(source, tmp_path) as database, open_client(database) as client:
        again = copy(found)
        again.client = client
        yield again
