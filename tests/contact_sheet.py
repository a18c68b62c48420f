"""Every kind of page in a picture, laid side by side to look at: `python -m tests.contact_sheet FOLDER [ADDRESS]`.

Without an address the demonstration is loaded into a database of its own and served. Each way of looking (desk, phone, dark,
large, English, paper) becomes sheets of twelve pictures; the single pictures lie beside them.
"""

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.places import Place, found
from tests.browser.site import DESK, PHONE, chromium, served
from tests.web.client import SECRET
from web import demo
from web.demo.people import PASSWORD
from web.dispatch import House
from web.migrations import migrate
from web.practice import now
from workflow.database import Database

ON_A_SHEET, ACROSS = 12, 4
TALLEST = 2600
"""Pixels of a page that are shown; the rest is cut off."""


@dataclass(frozen=True)
class Look:
    name: str
    viewport: ViewportSize
    preferences: tuple[tuple[str, str], ...] = ()
    paper: bool = False


LOOKS = (
    Look("desk", DESK),
    Look("phone", PHONE),
    Look("desk-dark", DESK, (("theme", "dark"),)),
    Look("phone-large", PHONE, (("size", "large"),)),
    Look("desk-english", DESK, (("language", "en"),)),
    Look("paper", ViewportSize(width=794, height=1123), paper=True),
)


@contextmanager
def _demonstration() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/heyi.sqlite3")
        migrate(database)
        house = House(database, secret=SECRET)
        house.write(demo.load, date.today(), now())
        house.close()
        with served(database, Path(folder), HEYI_SECRET=SECRET) as address:
            yield address


def take(browser: Browser, address: str, places: Sequence[Place], look: Look, folder: Path) -> list[tuple[Place, Path]]:
    """One picture of each place."""
    taken = []
    for login in dict.fromkeys(place.login for place in places):
        context = browser.new_context(viewport=look.viewport, base_url=address, locale="zh-CN")
        page = context.new_page()
        page.goto("/login")
        if login:
            page.fill("[name=login]", login)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
        for name, value in (("language", "zh"), *look.preferences):
            token = page.get_attribute("[name=_csrf_token]", "value") or ""
            page.request.post("/preferences", form={"_csrf_token": token, name: value, "back": "/"})
        if look.paper:
            page.emulate_media(media="print")
        for place in (place for place in places if place.login == login):
            taken.append((place, _picture(page, place, folder)))
        context.close()
    return taken


def _picture(page: Page, place: Place, folder: Path) -> Path:
    page.goto(place.path)
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', f'{place.login} {place.path}'.lower()).strip('-')}.png"
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    width = page.viewport_size["width"] if page.viewport_size else DESK["width"]
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    return path


def lay_out(browser: Browser, taken: Sequence[tuple[Place, Path]], look: Look, folder: Path) -> None:
    """Sheets of the pictures with their addresses."""
    wide = look.viewport["width"] > 600
    across, width = (3, 620) if wide else (6, 300)
    page = browser.new_page(viewport={"width": across * (width + 16) + 16, "height": 800})
    for number in range(0, len(taken), ON_A_SHEET):
        figures = "".join(
            f"<figure><figcaption>{place.login} {place.path}</figcaption><img src='{path.name}' width='{width}'></figure>"
            for place, path in taken[number : number + ON_A_SHEET]
        )
        sheet = path_of_html = folder / "sheet.html"
        style = "body{margin:8px;background:#777;font:12px sans-serif;display:flex;flex-wrap:wrap;align-items:flex-start}figure{margin:8px}"
        path_of_html.write_text(f"<!doctype html><meta charset=utf-8><style>{style}figcaption{{color:#fff}}</style>{figures}")
        page.goto(f"file://{sheet.resolve()}")
        page.screenshot(path=folder.parent / f"{look.name}-{number // ON_A_SHEET + 1:02d}.png", full_page=True)
        sheet.unlink()
    page.close()


def draw(address: str, folder: Path, looks: Sequence[str]) -> None:
    places = found(address)
    print(f"{len(places)} pages")
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for look in (one for one in LOOKS if not looks or one.name in looks):
            pictures = folder / look.name
            pictures.mkdir(parents=True, exist_ok=True)
            lay_out(browser, take(browser, address, places, look, pictures), look, pictures)
            print(look.name)
        browser.close()


def main() -> None:
    folder, rest = Path(sys.argv[1]), sys.argv[2:]
    addresses, looks = [a for a in rest if a.startswith("http")], [a for a in rest if not a.startswith("http")]
    if addresses:
        draw(addresses[0], folder, looks)
    else:
        with _demonstration() as address:
            draw(address, folder, looks)


if __name__ == "__main__":
    main()
