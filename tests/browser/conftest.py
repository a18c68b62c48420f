"""A browser for the run, and for each test a server of its own and people at their desks, watched for what must not happen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.desk import Desk
from tests.browser.site import Watch, chromium, served
from workflow.database import Database

Desks = Callable[..., Desk]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture
def address(database: Database, tmp_path: Path) -> Iterator[str]:
    """A server on this test's database, which is empty until the test fills it."""
    with served(database, tmp_path) as found:
        yield found


@pytest.fixture
def desks(browser: Browser, address: str) -> Iterator[Desks]:
    """Opens one more browser window, with nothing shared; `options` are those of a browser context."""
    watch, opened = Watch(address), []

    def desk(**options: Any) -> Desk:
        context = watch.over(browser.new_context(base_url=address, **options))
        opened.append(context)
        return Desk(context)

    yield desk
    for context in opened:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)
