"""What was said with an act stands beside its entry for those at the table, and for nobody else."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from negotiation import disclosure
from negotiation.queries import Sight, journal_of
from tests.cast import Story
from tests.procedures import walk
from tests.web.client import Client
from workflow.statements import statements

pytestmark = pytest.mark.once

REASON = "等待上年度审计结果甲乙丙"


@pytest.fixture
def story(client: Client, today: Callable[[date], None]) -> Story:
    """A date was corrected with a reason, and the talks are suspended for one."""
    today(date(2026, 4, 1))

    def tell(db: Session) -> Story:
        story = walk.consulting(db, "310000")
        reply = next(e for e in story.facts(walk.MET).events if e.name == "REPLY_AGREED")
        story.correct_date("陈静", date(2026, 3, 21), event=reply.id, to=date(2026, 3, 6), reason="答复书落款是6日")
        story.both("suspend", date(2026, 3, 23), resume_on=date(2026, 4, 20), reason=REASON, place="二楼会议室", content="工资调整幅度")
        return story

    return client.house.write(tell)


def test_those_at_the_table_read_it_in_the_record(client: Client, story: Story) -> None:
    for who in ("李敏", "陈静", "孙洁"):
        page = client.as_(story.house[who]).get(f"/negotiations/{story.case.id}")
        assert f"中止的原因 {REASON}" in page.text and "更正的理由 答复书落款是6日" in page.text, who
        assert "更正日期：“答复同意协商”由2026-03-05改为2026-03-06。" in page.text


def test_whoever_looks_on_does_not(client: Client, story: Story) -> None:
    page = client.as_(story.house["吴磊"]).get(f"/negotiations/{story.case.id}")
    assert REASON not in page.response.text and "落款" not in page.response.text
    client.as_(story.house["郑楠"]).get(f"/negotiations/{story.case.id}", status=404)


def test_the_journal_itself_holds_none_of_it(client: Client, story: Story) -> None:
    def read(db: Session) -> tuple[str, dict[int, dict[str, str]], dict[int, list[tuple[str, str]]]]:
        told = journal_of(db, story.case)
        words = statements(db, "negotiation", story.case.id or 0)
        return str([e.particulars for e in told]), words, disclosure.said(db, story.case, told, Sight.STAGES)

    particulars, words, from_outside = client.house.read(read)
    assert REASON not in particulars and "落款" not in particulars
    assert list(words.values())[-2:] == [
        {"reason": "答复书落款是6日"},
        {"reason": REASON, "place": "二楼会议室", "content": "工资调整幅度"},
    ]
    assert from_outside == {}
