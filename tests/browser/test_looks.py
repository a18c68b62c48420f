"""Every kind of page, at the desk and on the phone, by day and by night: readable by all, no wider than the screen, wide enough for a thumb."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.places import Place, found, unlike
from tests.browser.site import DESK, PHONE, Watch, shown
from web.demo.people import PASSWORD

pytestmark = pytest.mark.once

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
BY_NIGHT = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What a narrow page and the colours of the night can change: the rest is the same page as at the desk, where all rules are asked."""
TAP = 44
NARROW, LARGER = ViewportSize(width=320, height=700), 140
"""The narrowest screen in use, with letters enlarged to so many per cent."""

TOO_SMALL = """least => [...document.querySelectorAll(
  'button, .btn, summary, select, textarea, input, label.pick, .nav a, .mast a, .pager a, .crumb a, .rail-fold')].filter(one => {
  if (one.closest('.vh, .skip') || one.type === 'hidden' || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (['radio', 'checkbox'].includes(one.type) && one.closest('label')) return false;
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.height < least - 0.5 || box.width < 24);
}).map(one => `${one.tagName.toLowerCase()}.${one.className} “${(one.innerText || one.name || '').trim().slice(0, 24)}” ` +
  `${Math.round(one.getBoundingClientRect().width)}×${Math.round(one.getBoundingClientRect().height)}`)"""
"""Controls only: for a link in running text the rule target-size asks for room enough around it."""

BEYOND = """() => { const clipped = one => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false; };
  return document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !clipped(one))
    .slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.className} “${one.innerText.slice(0, 20)}” to ${Math.round(one.getBoundingClientRect().right)}`)
}"""


@pytest.fixture(scope="module")
def gallery(demonstration: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, to look at only."""
    with shown(demonstration, tmp_path_factory.mktemp("gallery")) as address:
        yield address


@pytest.fixture(scope="module")
def places(gallery: str) -> list[Place]:
    return found(gallery)


@pytest.fixture
def visit(browser: Browser, gallery: str) -> Iterator["Visit"]:
    visit = Visit(browser, gallery)
    yield visit
    visit.end()


class Visit:
    """Everybody's browser in turn."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.watch = browser, address, Watch(address)
        self.contexts: dict[tuple[str, int], BrowserContext] = {}

    def page(self, place: Place, viewport: ViewportSize) -> Page:
        key = place.login, viewport["width"]
        if key not in self.contexts:
            context = self.watch.over(self.browser.new_context(base_url=self.address, viewport=viewport))
            page = context.new_page()
            page.goto("/login")
            if place.login:
                page.fill("[name=login]", place.login)
                page.fill("[name=password]", PASSWORD)
                with page.expect_navigation():
                    page.click("main button")
            self.contexts[key] = context
        page = self.contexts[key].pages[0]
        page.goto(place.path)
        return page

    def end(self) -> None:
        for context in self.contexts.values():
            context.close()
        assert not self.watch.faults, "\n".join(self.watch.faults)


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {n['target']} {n['failureSummary'].splitlines()[-1].strip()}" for v in found["violations"] for n in v["nodes"][:2]]


def test_every_page_can_be_read_by_everybody(places: list[Place], visit: Visit) -> None:
    faults = []
    for place in unlike(places):
        page = visit.page(place, DESK)
        page.evaluate(AXE)
        faults += [f"{place.login} {place.path} {fault}" for fault in violations(page, STANDARDS)]
    assert not faults, told(faults)


@dataclass
class OnThePhone:
    """What was seen on one walk through all pages with a phone in the hand."""

    too_wide: list[str] = field(default_factory=list)
    too_small: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def on_the_phone(browser: Browser, gallery: str, places: list[Place]) -> OnThePhone:
    seen, visit, of_its_kind = OnThePhone(), Visit(browser, gallery), unlike(places)
    for place in places:
        where = f"{place.login} {place.path}"
        page = visit.page(place, PHONE)
        seen.too_wide += [f"{where} at {PHONE['width']}: {one}" for one in page.evaluate(BEYOND)]
        if place in of_its_kind:
            page.evaluate(AXE)
            page.emulate_media(color_scheme="dark")
            seen.unreadable += [f"{where} {fault}" for fault in violations(page, BY_NIGHT)]
            page.emulate_media(color_scheme="light")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        seen.too_small += [f"{where} {one}" for one in page.evaluate(TOO_SMALL, TAP)]
        page.set_viewport_size(NARROW)
        page.evaluate(f"document.documentElement.style.fontSize = '{LARGER}%'")
        seen.too_wide += [f"{where} at {NARROW['width']}: {one}" for one in page.evaluate(BEYOND)]
        page.set_viewport_size(PHONE)
    visit.end()
    return seen


def test_every_page_can_be_read_on_the_phone_by_night(on_the_phone: OnThePhone) -> None:
    assert not on_the_phone.unreadable, told(on_the_phone.unreadable)


def test_no_page_is_wider_than_its_screen(on_the_phone: OnThePhone) -> None:
    """Folded parts unfolded, on the narrowest screen."""
    assert not on_the_phone.too_wide, told(on_the_phone.too_wide)


def test_a_thumb_meets_what_it_aims_at(on_the_phone: OnThePhone) -> None:
    assert not on_the_phone.too_small, told(on_the_phone.too_small)


def told(faults: list[str]) -> str:
    return f"{len(faults)} faults\n" + "\n".join(faults)


FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return {tag: one.tagName, text: (one.innerText || one.name || '').trim(), id: one.id,
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2} }"""


def test_the_keyboard_goes_everywhere_and_is_seen(visit: Visit, places: list[Place]) -> None:
    """Skip link, navigation, a form from its first box to its button."""
    page = visit.page(Place("/negotiations", "li.min"), DESK)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS)["id"] == "main"
    page.goto("/negotiations")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["ring"], focus
        seen.append(focus["text"])
        if focus["text"] == "职代会":
            break
    assert seen[-1] == "职代会", seen
    page.keyboard.press("Enter")
    page.wait_for_url("**/congress")
    page.goto("/negotiations")
    page.focus("[name=q]")
    page.keyboard.type("女职工")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    assert "女职工权益保护专项集体合同" in page.inner_text("main")


def test_a_refused_form_takes_the_keyboard_to_what_is_wrong(visit: Visit, places: list[Place]) -> None:
    case = next(p.path for p in places if p.path.endswith("/information-request"))
    page = visit.page(Place(case, "li.min"), DESK)
    page.locator("main form .btns button").press("Enter")
    page.locator("#error-summary:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS)["id"] == "f-what"


def test_the_kinds_of_page_are_all_there(places: list[Place]) -> None:
    """The walk that finds the pages would pass over one that nothing leads to."""
    kinds = {place.kind for place in places}
    wanted = {
        "/", "/login", "/negotiations", "/negotiations/new", "/negotiations/#", "/negotiations/#/representatives",
        "/negotiations/#/contract-draft", "/negotiations/#/room", "/negotiations/#/print", "/documents/#", "/public/#", "/mediation",
        "/mediation/new", "/mediation/#", "/mediation/calculator", "/mediation/committees", "/mediation/grievances",
        "/mediation/warnings", "/apply", "/follow", "/congress", "/congress/#", "/congress/new", "/rules", "/rules/#", "/laws",
        "/laws/#", "/calendar", "/help", "/organisations", "/organisations/#", "/people", "/people/#", "/admin", "/admin/accounts",
        "/me",
    }  # fmt: skip
    assert wanted <= kinds, json.dumps(sorted(wanted - kinds))
