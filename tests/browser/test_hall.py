"""Two desks and a screen in the hall: what one officer enters the others see, with a script and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from congress.models import CongressMeeting
from tests.browser.site import DESK, PHONE, Watch, served
from tests.browser.test_looks import AXE, BEYOND, BY_NIGHT, STANDARDS, TAP, TOO_SMALL, violations
from tests.congress import cast as meetings
from tests.congress.cast import MEETING, Cast, cast
from tests.congress.rolls import serving
from tests.databases import copied
from tests.web.client import SECRET, open_client, session_for
from web.practice import set_today

pytestmark = pytest.mark.once


class Hall:
    """Convened for today, with seven on the roll and 孙丽 at the desk beside the union."""

    def __init__(self, browser: Browser, address: str, cookies: dict[str, str], meeting: int) -> None:
        self.browser, self.address, self.cookies, self.at = browser, address, cookies, f"/congress/{meeting}"
        self.watch = Watch(address)

    def device(self, who: str, part: str, **options: object) -> Page:
        context = self.watch.over(self.browser.new_context(base_url=self.address, **{"viewport": DESK, **options}))  # type: ignore[arg-type]
        context.add_cookies([{"name": "heyi_session", "value": self.cookies[who], "url": self.address}])
        page = context.new_page()
        page.goto(f"{self.at}/{part}")
        return page


@pytest.fixture(scope="module")
def hall(template: str, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with copied(template, folder) as database, open_client(database) as client, served(database, folder, HEYI_SECRET=SECRET) as address:
        people = client.house.write(cast)
        meeting = client.house.write(lambda db: _convened(db, people).id or 0)
        client.house.write(set_today, MEETING, by=None)
        cookies = {name: client.house.write(session_for, who) for name, who in (("李敏", people.li), ("孙丽", people.sun))}
        found = Hall(browser, address, cookies, meeting)
        yield found
        assert not found.watch.faults, "\n".join(found.watch.faults)


def _convened(db: Session, people: Cast) -> CongressMeeting:
    serving(db, people)
    meeting = meetings.planned(db, people, roll=None)
    meetings.placed(db, people, meeting)
    officers = [{"seat": "teller", "name": "陈芳", "in_system": True}, {"seat": "counter", "name": "钱进"}]
    meetings.officers(db, people, meeting, officers=officers, check_in=[{"name": "孙丽"}])
    meetings.act(db, meeting, "convene", people.li, meetings.NOTICE, means="书面送达签收")
    return meeting


def faults_of(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = violations(page, STANDARDS) + page.evaluate(BEYOND)
    found += page.evaluate(TOO_SMALL, TAP) if page.viewport_size == PHONE else []
    page.emulate_media(color_scheme="dark")
    found += violations(page, BY_NIGHT)
    page.emulate_media(color_scheme="light")
    return found


def scans(page: Page, code: str) -> None:
    page.fill("[name=q]", code)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_one_desk_sees_what_the_other_enters_and_so_does_the_screen(hall: Hall) -> None:
    union, screen = hall.device("李敏", "desk"), hall.device("李敏", "projector")
    without_script = hall.device("孙丽", "desk", java_script_enabled=False)
    for number in ("0001", "0002"):
        scans(without_script, number)
    expect(without_script.locator("#notices")).to_contain_text("钱玉兰：签到。")
    expect(union.locator("#count")).to_contain_text("2 到会")
    expect(screen.locator(".huge")).to_have_text("2")
    for number in ("0003", "0004", "0005"):
        scans(union, number)
    expect(screen.locator(".verdict")).to_have_text("已达到法定人数（5人）")
    scans(union, "0001")
    expect(union.locator("#notices")).to_contain_text("赵建国：孙丽已经在")


@pytest.mark.parametrize("part", ["desk?q=z", "presence", "control", "projector"])
def test_the_pages_of_the_hall_are_readable_by_all(hall: Hall, part: str) -> None:
    for viewport in (DESK, PHONE):
        page = hall.device("李敏", part, viewport=viewport)
        assert faults_of(page) == [], viewport
