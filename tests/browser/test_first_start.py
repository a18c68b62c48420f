"""The first start: an empty database offers the demonstration, and its people sign in."""

import re

import pytest

from tests.browser.conftest import Desks

pytestmark = pytest.mark.once

MINUTES = 3 * 60_000


def test_the_demonstration_is_loaded_from_the_page_and_its_people_sign_in(desks: Desks) -> None:
    visitor = desks()
    visitor.goes("/")
    assert visitor.page.url.endswith("/setup")
    with visitor.page.expect_navigation(timeout=MINUTES):
        visitor.page.get_by_role("button", name="装入演示数据", exact=True).click(timeout=MINUTES, no_wait_after=True)
    assert visitor.page.locator("main tbody tr").count() > 30
    password = re.search(r"密码都是(\S+?)，", visitor.reads())
    assert password is not None
    visitor.sign_in("li.min", password[1])
    assert "等您办理" in visitor.reads() and "江城泵业" in visitor.reads()
    visitor.goes("/setup", status=404)
