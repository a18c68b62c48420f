"""One person's browser: opens pages, fills in forms by the names of their fields, presses buttons, reads what is said."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

from tests.cast import PDF

SCAN = FilePayload(name="签字页.pdf", mimeType="application/pdf", buffer=PDF)
PHOTO = FilePayload(name="公布照片.png", mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n" + b"0" * 64)


class Desk:
    """`case` is the address of the case file that `does` starts from."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.case = "/"

    def sign_in(self, login: str, password: str) -> "Desk":
        self.goes("/login")
        self.fills({"login": login, "password": password})
        self.presses("登录")
        assert self.page.url.rstrip("/").endswith(self._host()), self.page.url
        return self

    def goes(self, path: str, *, status: int = 200) -> "Desk":
        reply = self.page.goto(path)
        assert reply is not None and reply.status == status, f"{reply and reply.status} at {path}"
        return self

    def opens(self, link: str) -> "Desk":
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()
        return self

    def presses(self, button: str) -> None:
        """A button that leads to another page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button, exact=True).click()

    def fills(self, fields: Mapping[str, Any], within: str = "main form") -> None:
        """Text, dates and choices by value; rows as a list of mappings; files as payloads."""
        for name, value in fields.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping) and "buffer" not in value[0]:
                for number, row in enumerate(value):
                    self.fills({f"{name}.{number}.{part}": cell for part, cell in row.items()}, within)
            else:
                self._fill(self.page.locator(f'{within} [name="{name}"]'), value)

    def _fill(self, box: Locator, value: Any) -> None:
        kind = box.first.evaluate("box => box.type")
        values = value if isinstance(value, list) else [value]
        if kind == "file":
            box.set_input_files(values)
        elif kind in ("radio", "checkbox"):
            wanted = {_written(one) for one in values}
            for one in box.all():
                if kind == "checkbox" or one.get_attribute("value") in wanted:
                    one.set_checked(one.get_attribute("value") in wanted)
        elif kind == "select-one":
            box.select_option(_written(value))
        else:
            box.fill(_written(value))

    def on(self, day: date) -> "Desk":
        """Set the date in the page that stands in hand."""
        self.page.fill("#practice-day", day.isoformat())
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="改日期", exact=True).click()
        shown = f"今天按{day.year}年{day.month}月{day.day}日"
        assert shown in re.sub(r"\s", "", self.page.locator(".practice").inner_text()), shown
        return self

    def does(self, act: str, **fields: Any) -> str:
        """An act from the case file: its link, its form, its button; gives what the case file then says."""
        self.begins(act)
        return self.sends(act, **fields)

    def begins(self, act: str) -> None:
        self.goes(self.case)
        rest = self.page.locator("details.fold:has(ul.can)")
        if rest.count():
            rest.first.evaluate("fold => fold.open = true")
        link = self.page.locator("ul.can").get_by_role("link", name=re.compile(f"^(答复：)?{re.escape(act)}$"))
        assert link.count(), f"{act} is not offered at {self.case}: {self.page.locator('ul.can a').all_inner_texts()} {self.reads()[:1500]}"
        with self.page.expect_navigation():
            link.first.click()

    def sends(self, act: str, **fields: Any) -> str:
        """The form in hand."""
        self._sends(act, fields)
        said = self.said()
        assert re.search(f"已(办理|经提出)：{re.escape(act)}。", said), f"{act}: {said or self.reads()[:600]}"
        return said

    def tries(self, act: str, **fields: Any) -> list[str]:
        """A form that is not accepted; gives the sentences beside the fields or of the refusal."""
        self.begins(act)
        return self.fails(act, **fields)

    def fails(self, act: str, **fields: Any) -> list[str]:
        self._sends(act, fields)
        return self.wrongs()

    def _sends(self, act: str, fields: Mapping[str, Any]) -> None:
        """The answer comes as a page or, with script, in place of the one before: a word of success, or what is wrong."""
        self.fills(fields)
        self.page.evaluate("document.querySelectorAll('#notices > *, #error-summary').forEach(said => said.remove())")
        self.page.locator("main form .btns").get_by_role("button", name=re.compile(f"^((提出|同意)：)?{re.escape(act)}$")).click()
        self.page.locator("#notices > .notice, #error-summary, ul.reasons").first.wait_for()

    def wrongs(self) -> list[str]:
        found = self.page.locator("#error-summary li, ul.reasons > li > b").all_inner_texts()
        return [_joined(text) for text in found]

    def cannot(self, act: str) -> str:
        """Why an act stands closed in the case file: sentence, remedy, who, article."""
        self.goes(self.case)
        found = self.page.locator("ul.cant > li").filter(has=self.page.locator(f'b:text-is("{act}")'))
        return _joined(found.first.inner_text())

    def can(self) -> list[str]:
        self.goes(self.case)
        return self.page.locator("ul.can a").all_inner_texts()

    def said(self) -> str:
        """What the page says about what was just done."""
        return _joined("".join(self.page.locator("#notices").all_inner_texts()))

    def reads(self, where: str = "main") -> str:
        return _joined(self.page.locator(where).inner_text())

    def stage(self) -> str:
        self.goes(self.case)
        return _joined(self.page.locator("ol.rail > li[aria-current=step]").inner_text())

    def links(self, pattern: str) -> Sequence[str]:
        found = self.page.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
        return [href for href in dict.fromkeys(found) if re.fullmatch(pattern, href)]

    def _host(self) -> str:
        return re.sub(r"^https?://", "", re.sub(r"/login.*$", "", self.page.url)).split("/")[0]


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
