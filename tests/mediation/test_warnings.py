"""Early warnings: raised once by what adds up, told to both unions, and never a word of a case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from mediation.grievances import acts as grievances
from mediation.grievances import forms
from mediation.warnings.models import EarlyWarning, WarningSign
from mediation.warnings.watching import cluster, heavy
from tests.congress.cast import SUZHOU, Cast, at, cast
from tests.mediation.cast import applied, street
from tests.web.client import Client
from web.house import warn
from workflow.law.overrides import Override
from workflow.law.rules import rulebook
from workflow.outbox import Message

MARCH = date(2026, 3, 2)


@pytest.fixture
def people(client: Client, today: Callable[[date], None]) -> Cast:
    today(MARCH)
    return client.house.write(lambda db: cast(db, SUZHOU))


def raised(client: Client, people: Cast, on: date, **other: Any) -> None:
    """A call at the federation about overtime at the pump works."""
    told = {"body": people.federation, "channel": "hotline", "subject": "hours", "account": "王小明说连续加班十二天。", "name": "王小明"}
    form = forms.NewGrievance.read({**told, "unit": "江城泵业有限公司", "persons": 1, "on": on, **other})
    client.house.write(lambda db: grievances.register(db, form, by=people.zhou, today=on, at=at(on)))


def warnings(client: Client) -> list[tuple[str, str, int, int, str]]:
    def read(db: Session) -> list[tuple[str, str, int, int, str]]:
        found = db.exec(select(EarlyWarning).order_by(EarlyWarning.id)).all()
        return [(w.trigger, w.matter, w.cases, w.persons, w.state) for w in found]

    return client.house.read(read)


def test_the_third_like_case_within_thirty_days_warns_both_unions_once(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    for days in (0, 29, 31):
        raised(client, people, MARCH + timedelta(days=days), persons=2)
        assert warnings(client) == []
    raised(client, people, MARCH + timedelta(days=40), subject="insurance")
    assert warnings(client) == [("alike", "conditions", 3, 5, "raised")], "the first lies too far back"
    raised(client, people, MARCH + timedelta(days=41), unit="别家公司")
    assert len(warnings(client)) == 1
    today(day := MARCH + timedelta(days=42))
    client.as_(people.li)
    page = client.get("/mediation/warnings/1")
    assert "短期内多起同类争议" in page.text and "3件5人" in page.text and "第十六条" in page.text and "2026-04-15到期" in page.text
    assert "还没有登记怎样处置，不能解除。" not in page.text and "王小明" not in page.response.text
    assert "劳动关系预警2026-0001：短期内多起同类争议，请了解情况并登记处置。" in client.get("/messages").text
    assert "预警2026-0001" in client.get("/").text
    client.post("/mediation/warnings/1/step", {"words": "已经同生产部核对排班。"})
    client.as_(people.zhou)
    assert "已经同生产部核对排班。" in client.get("/mediation/warnings/1").text
    raised(client, people, day)
    assert warnings(client) == [("alike", "conditions", 4, 6, "raised")], "a further case renews it"
    client.post("/mediation/warnings/1/step", {"words": "约谈企业负责人。"})
    page = client.post("/mediation/warnings/1/end", {"words": "企业已经取消连续加班。"})
    assert "解除预警。" in page.text and warnings(client)[0][-1] == "lifted"
    for stranger in (people.wang, people.zhao):
        client.as_(stranger)
        client.get("/mediation/warnings/1", status=404)
        assert "江城泵业" not in client.get("/mediation/warnings").text


def test_ten_persons_and_arrears_warn_at_once_and_the_sweep_finds_what_a_lower_threshold_brings(client: Client, people: Cast) -> None:
    raised(client, people, MARCH, persons=10)
    raised(client, people, MARCH, subject="arrears", persons=9)
    raised(client, people, MARCH, subject="hardship", persons=50)
    assert [w[:2] for w in warnings(client)] == [("group", "conditions"), ("arrears", "payment")]
    assert warn(client.house, MARCH, at(MARCH)) == 0

    def lower(db: Session) -> None:
        said: dict[str, Any] = {"reason": "本区规定", "citation": "《预警办法》第三条", "entered_by": people.li, "entered_at": at(MARCH)}
        db.add(Override(region="000000", kind="mediation", rule="WARN-GROUP", value=5, unit="N", from_=date(2026, 1, 1), **said))
        db.add(Override(region="000000", kind="mediation", rule="WARN-ALIKE", value=2, unit="N", from_=date(2026, 1, 1), **said))

    client.house.write(lower)
    raised(client, people, MARCH, subject="contract")
    assert warn(client.house, MARCH, at(MARCH)) == 1
    assert [w[:2] for w in warnings(client)][2:] == [("group", "payment")]
    assert warn(client.house, MARCH, at(MARCH)) == 0
    raised(client, people, MARCH + timedelta(days=1), subject="contract")
    assert [w[:2] for w in warnings(client)][3:] == [("alike", "contract")]
    words = client.house.read(
        lambda db: str([m.words for m in db.exec(select(Message))]) + str([s.model_dump() for s in db.exec(select(WarningSign))])
    )
    assert "王小明" not in words and "十二天" not in words


def test_a_case_of_several_matters_warns_once_of_each_thing(db: Session) -> None:
    """Twelve workers, two matters, wages owed: of how many is said once, of the wages where they are asked for."""
    applied(db, street(db), matters=["relation", "payment"], owes_wages=True, persons=12)
    found = db.exec(select(EarlyWarning.trigger, EarlyWarning.matter)).all()
    assert sorted(found) == [("arrears", "payment"), ("group", "relation")] and heavy(db, MARCH) == []


def test_days_are_near_enough_within_the_window_only() -> None:
    rule = rulebook(SUZHOU, "mediation").get("WARN-ALIKE", MARCH)
    days = [MARCH + timedelta(days=n) for n in (0, 20, 30, 49, 50, 90)]
    assert cluster(days, rule) == range(1, 4), "20, 30 and 49: the fiftieth is thirty days after"
    assert cluster(days[:3], rule) is None


def test_nothing_heavy_where_nothing_was_said(db: Session) -> None:
    assert heavy(db, MARCH) == []
