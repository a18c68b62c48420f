"""A hall with browsers in it: telephones of delegates, devices of tellers, and whatever else happens done at once without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route

from congress.ballots.e2e.encoding import base32, digest
from tests.browser.site import DESK, PHONE, Watch, served
from tests.congress.ballots.room import Room
from tests.web.client import SECRET, open_client, session_for
from workflow.database import Database


@dataclass
class Hall:
    room: Room
    address: str
    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def device(self, person: int | None = None, **options: Any) -> Page:
        """Of somebody signed in, or a telephone of nobody's."""
        shape = {"viewport": PHONE if person is None else DESK, **options}
        context = self.watch.over(self.browser.new_context(base_url=self.address, **shape))
        if person is not None:
            session = self.room.client.house.write(session_for, person)
            context.add_cookies([{"name": "heyi_session", "value": session, "url": self.address}])
        self.contexts.append(context)
        return context.new_page()

    def teller(self, number: int, part: str, **options: Any) -> Page:
        page = self.device(self.room.tellers[number - 1], **options)
        page.goto(f"/congress/{self.room.meeting}/{part}")
        return page

    def scanned(self, slip: int, page: Page | None = None, **options: Any) -> Page:
        """A telephone that has read the code of this slip."""
        page = page or self.device(**options)
        page.goto(f"/v/{self.room.hall}#{self.fragment(slip)}")
        return page

    def fragment(self, slip: int, ceremony: bytes | None = None) -> str:
        fingerprint = ceremony or digest("ceremony", *self.room.ceremony("reveal"))
        return f"{self.room.text(self.room.codes[slip])}.{base32(fingerprint[:16], 26)}"

    def numbers(self, page: Page, slip: int, code: str = "") -> None:
        page.fill("[name=pin]", self.room.pins[slip])
        page.fill("[name=code]", code or self.room.round().hall_code)

    def end(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        assert not self.watch.faults, "\n".join(self.watch.faults)


@contextmanager
def hall_of(database: Database, folder: Path, browser: Browser, **room: Any) -> Iterator[Hall]:
    with open_client(database) as client, served(database, folder, HEYI_SECRET=SECRET) as address:
        hall = Hall(Room(client, **room), address, browser, Watch(address))
        yield hall
        hall.end()


def chooses(page: Page, *choices: int) -> None:
    for item, choice in enumerate(choices):
        page.locator(f"label[for=item-{item}-{choice}]").click()


def presses(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).locator("visible=true").click()


def view(page: Page, name: str) -> str:
    """What the view says, once it is seen."""
    seen = page.locator(f'[data-view="{name}"]')
    seen.wait_for()
    return " ".join(seen.inner_text().split())


def tracker(page: Page) -> str:
    return page.locator("[data-say=tracker]").locator("visible=true").inner_text()


def loses_the_first_answer(page: Page) -> list[str]:
    """The ballot arrives, the answer does not; gives the hash of each ballot that was sent."""
    sent: list[str] = []

    def handle(route: Route) -> None:
        sent.append(sha256((route.request.post_data or "").encode()).hexdigest())
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/ballots", handle)
    return sent
