"""The same talks with JavaScript off: nothing that matters needs it."""

from datetime import date
from functools import partial

import pytest

from tests.browser.cast import at_the_table
from tests.browser.conftest import Desks
from tests.browser.test_talks import WAGES, Talks, by_head
from tests.cast import WAGE_CLAUSES
from workflow.database import Database

pytestmark = pytest.mark.once


def test_wage_talks_reach_the_settled_draft_without_script(database: Database, desks: Desks) -> None:
    at_the_table(database, "310000", "上海")
    talks = Talks(partial(desks, java_script_enabled=False))
    assert talks.union.page.evaluate("typeof htmx") == "undefined"
    talks.union.goes("/").on(date(2026, 3, 2))
    talks.open("wage", "工资专项集体合同（2026年度）", (date(2026, 6, 1), date(2027, 5, 31)), date(2026, 3, 25))
    talks.offer_and_reply(date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 12))
    talks.prepare("union_selection", date(2026, 3, 16))
    talks.meet(date(2026, 3, 17), date(2026, 3, 25), "joint")
    talks.lay_out(by_head(WAGE_CLAUSES, talks.union))
    talks.union.does("填写期限和工资数据", wages=WAGES)
    talks.counter("调整幅度", "2026年度在岗职工平均工资增长5.5%。")
    talks.agree_throughout()
    talks.settle()
    assert "职代会表决" in talks.union.stage()
