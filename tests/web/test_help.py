"""The help: what it tells of the procedures, and where a case stands in the picture."""

from datetime import date

import pytest

from negotiation.procedure import NEGOTIATION
from tests.cast import hongxing, wage_talks
from tests.web.client import Client
from workflow.database import Database

pytestmark = pytest.mark.once


def talks(database: Database) -> tuple[int, dict[str, int]]:
    """A negotiation whose offer has been sent, and the people of the house."""
    with database.write() as db:
        house = hongxing(db)
        story = wage_talks(db, house, date(2026, 9, 1))
        story.offer("李敏", date(2026, 9, 1))
        return story.case.id or 0, dict(house.people)


def test_the_help_needs_no_account(client: Client, database: Database) -> None:
    talks(database)
    page = client.get("/help")
    assert (page.status, page.heading) == (200, "帮助")
    assert "怎样看“现在还不能办”" in page.text


def test_every_act_is_told_with_who_does_it_and_under_which_article(client: Client, database: Database) -> None:
    talks(database)
    rows = {row.xpath("string(td[1]/text())").strip(): row for row in client.get("/help").tree.xpath("//tbody/tr")}
    assert {act.label for act in NEGOTIATION.acts.values()} <= set(rows)
    offer = rows["发出要约"]
    assert offer.xpath("string(td[2])").strip() == "要约方"
    assert offer.xpath("string(td[4])").strip() == "已要约"
    assert "《集体合同规定》第三十二条" in offer.xpath("string(td[5])")
    assert rows["议定草案"].xpath("string(td[2])").strip().startswith("双方首席代表")
    assert rows["登记送达"].xpath("string(td[4])").strip() == "阶段不变"


def test_every_procedure_is_drawn(client: Client, database: Database) -> None:
    talks(database)
    pictures = client.get("/help").tree.xpath("//figure//*[local-name()='svg'][@role='img']")
    assert [picture.xpath("string(*[local-name()='title'])") for picture in pictures] == [
        "集体协商流程图",
        "职工代表大会会议流程图",
        "职工代表大会届次流程图",
        "职工代表提案流程图",
        "联席会议流程图",
        "厂务公开流程图",
        "职工诉求流程图",
        "劳动关系预警流程图",
    ]


def test_a_case_is_marked_where_it_stands_and_where_it_has_been(client: Client, database: Database) -> None:
    case, people = talks(database)
    client.as_(people["李敏"])
    page = client.get(f"/help/flow?case={case}")
    assert page.heading == "流程图：工资专项集体合同"
    (here,) = page.tree.xpath("//*[@aria-current='step']")
    assert here.get("data-state") == "offered"
    assert [state.get("data-state") for state in page.tree.xpath("//*[@class='state been']")] == ["drafted"]
    assert "《上海市集体合同条例》第十五条" in page.text
    assert "现在处于“已要约”。绿色的阶段已经走过。" in page.text


def test_the_picture_of_a_case_shows_nothing_to_others(client: Client, database: Database) -> None:
    case, people = talks(database)
    assert client.as_nobody().get(f"/help/flow?case={case}").response.url.path == "/login"
    client.as_(people["郑楠"])
    for address in (f"case={case}", "case=99", "case=0", "case=-1", "meeting=99", "meeting=0"):
        client.get(f"/help/flow?{address}", status=404)


def test_a_meeting_is_marked_too(client: Client, database: Database) -> None:
    from tests.congress.cast import cast, planned

    with database.write() as db:
        people = cast(db)
        meeting = planned(db, people).id
    client.as_(people.li)
    page = client.get(f"/help/flow?meeting={meeting}")
    (here,) = page.tree.xpath("//*[@aria-current='step']")
    assert here.get("data-state") == "planned"


def test_the_figure_can_be_moved_by_keyboard(client: Client, database: Database) -> None:
    talks(database)
    for figure in client.get("/help").tree.xpath("//figure"):
        assert figure.get("tabindex") == "0" and "流程图，可以左右移动" in figure.get("aria-label")
