"""Papers of a meeting in the hands of its members: confirmed, signed for on a list, spoken of and answered."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from congress.delegates.models import Opinion, Receipt
from tests.congress import cast as meetings
from tests.congress import rolls
from tests.congress.cast import NOTICE, PNG, SUZHOU, Cast, act, cast, file, officers, person, planned
from tests.web.client import Client
from workflow.people import Office, Person

LIST = ("evidence", ("签收名单.png", PNG, "image/png"))
LATE = date(2026, 11, 28)
TEXT = b"%PDF-1.7 rules"


def build(db: Session) -> tuple[Cast, int]:
    """A term of seven members, one of them, 钱玉兰, with an account; a meeting that was given notice of one text."""
    people = cast(db, SUZHOU)
    qian = person(db, "钱玉兰", people.enterprise, Office.WORKER)
    term = rolls.serving(db, people)
    rolls.act(db, term, "name_leader", people.li, rolls.LATER, delegate=rolls.named(db, term, "李秀英").id)
    assert rolls.named(db, term, "钱玉兰").person_id == qian
    meeting = planned(db, people, roll=7)
    text_ = file(db, "考勤办法.pdf", TEXT)
    act(db, meeting, "add_item", people.li, meetings.PLANNED, title="考勤管理办法（草案）", matter="rules", secret=True, document=[text_])
    officers(db, people, meeting, in_system=False)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    return people, meeting.id or 0


@pytest.fixture
def story(client: Client, today: Callable[[date], None]) -> tuple[Cast, str, int]:
    people, meeting = client.house.write(build)
    today(NOTICE)
    qian = client.house.read(lambda db: db.exec(select(Person.id).where(Person.name == "钱玉兰")).one())
    return people, f"/congress/{meeting}", qian or 0


def rows(client: Client, model: Any) -> list[Any]:
    return client.house.read(lambda db: list(db.exec(select(model).order_by(model.id))))


def test_a_member_confirms_and_the_union_sees_who_lacks_what(
    client: Client, story: tuple[Cast, str, int], today: Callable[[date], None]
) -> None:
    people, address, qian = story
    client.as_(qian)
    assert "第六届职工代表大会第三次会议" in client.get("/congress").text
    assert "有2份会议材料还没有确认已阅" in client.get("/").text
    page = client.get(f"{address}/reading")
    assert "还没有确认的材料" in page.text and "考勤管理办法（草案）" in page.text and "现场会议" in page.text
    assert client.http.get(next(link for link in page.links() if "/files/" in link)).content == TEXT
    papers = page.tree.xpath("//input[@name='paper']/@value")
    assert len(papers) == 2
    assert "没有选中" in client.post(f"{address}/reading", {}, status=422).text
    page = client.post(f"{address}/reading", {"paper": papers})
    assert "您已经确认收到并阅读了全部材料。" in page.text and "您已经确认" in client.get(f"{address}/reading").text
    client.get(f"{address}/deliveries", status=404)
    client.as_(people.wang)
    client.get(f"{address}/deliveries", status=404)
    today(LATE)
    client.as_(people.li)
    page = client.get(f"{address}/deliveries")
    assert "共7人：收齐1人，其中按期1人" in page.text and "1人收齐，6人还没有收齐" in client.get(address).text
    page = client.post(f"{address}/delivery", {"on": "2026-11-20", "but": "郑明"}, files=[LIST])
    assert "登记签收名单：5人签收会议材料。" in page.text
    client.post(f"{address}/delivery", {"on": "2026-11-28", "only": "郑明"}, files=[LIST])
    page = client.get(f"{address}/deliveries")
    assert "共7人：收齐7人，其中按期6人" in page.text and "2份迟于规定的日期" in page.text


def test_a_list_names_only_members_and_what_was_entered_wrongly_is_taken_back(client: Client, story: tuple[Cast, str, int]) -> None:
    people, address, _ = story
    client.as_(people.li)
    assert client.post(f"{address}/delivery", {"only": "郑明"}, status=422).errors == ["请上传代表签收的名单。"]
    assert client.post(f"{address}/delivery", {"only": "郑明、何人"}, files=[LIST], status=422).errors == ["名册上没有何人，请核对姓名。"]
    client.post(f"{address}/delivery", {"only": "郑明 赵建国"}, files=[LIST])
    zheng = client.get(f"{address}/correction-of-delivery").tree.xpath(
        "//select[@name='delegate']/option[contains(text(), '郑明')]/@value"
    )[0]
    client.post(f"{address}/correction-of-delivery", {"delegate": zheng, "reason": "名单上不是本人的签名"})
    assert "收齐1人" in client.get(f"{address}/deliveries").text
    assert [r.undone for r in rows(client, Receipt)] == [False] * 4 + [True] * 2
    for statement in ("UPDATE congress_receipt SET undone = true", "DELETE FROM congress_receipt"):
        with client.house.database.writer.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))


def test_opinions_are_given_and_answered_before_the_vote(client: Client, story: tuple[Cast, str, int]) -> None:
    people, address, qian = story
    client.as_(qian)
    page = client.get(f"{address}/reading")
    speak = next(link for link in page.links() if "/opinion?item=" in link)
    form = {k: v for k, v in client.get(speak).form(f"{address}/opinion").items() if k != "version"}
    assert client.get(speak).tree.xpath("//input[@name='voice']/@value") == ["own"], "only the leader speaks for the delegation"
    page = client.post(f"{address}/opinion", {**form, "words": "加班审批的时限太短。"})
    assert "代表意见1条，已答复0条" in page.text
    assert client.post(f"{address}/opinion", {**form, "voice": "delegation", "words": "我们组都同意。"}, status=422).errors == [
        "代表团的意见由团（组）长提出。"
    ]
    client.as_(people.li)
    assert "铸造车间 钱玉兰" in client.get(f"{address}/reading").text
    form = client.get(f"{address}/opinion").form(f"{address}/opinion")
    place = client.get(f"{address}/opinion").tree.xpath("//select[@name='constituency']/option[text()='装配车间']/@value")[0]
    sent = {**form, "voice": "paper", "constituency": place, "words": "夜班津贴要写进去。"}
    assert client.post(f"{address}/opinion", sent, status=422).errors == ["请上传书面意见的扫描件或照片。"]
    client.post(f"{address}/opinion", sent, files=[LIST])
    client.as_(people.wang)
    page = client.get(f"{address}/reading")
    assert "铸造车间" in page.text and "钱玉兰" not in page.text, "the employer reads which delegation it was, not who"
    first = rows(client, Opinion)[0]
    client.post(f"{address}/answer", {"opinion": str(first.id), "answer": "采纳，改为三个工作日。"})
    assert "采纳，改为三个工作日。" in client.get(f"{address}/reading").text
    assert "代表意见2条，已答复1条" in client.get(address).text
    assert [(o.delegate_id is None, o.answered_by) for o in rows(client, Opinion)] == [(False, "employer"), (True, None)]


def test_an_online_meeting_waits_for_one_on_site_where_the_place_asks_for_it(client: Client, today: Callable[[date], None]) -> None:
    def online(db: Session) -> tuple[Cast, int]:
        people = cast(db)
        meeting = planned(db, people, mode="online")
        meetings.placed(db, people, meeting)
        return people, meeting.id or 0

    people, meeting = client.house.write(online)
    today(NOTICE)
    client.as_(people.li)
    page = client.post(f"/congress/{meeting}/notice", {"means": "工作群"}, status=409)
    assert "2026年还没有现场召开过会议，也没有筹备现场会议，不能只在线上召开。" in page.text
    client.house.write(lambda db: planned(db, people, number=4, held_on=date(2026, 12, 20)).id)
    client.post(f"/congress/{meeting}/notice", {"means": "工作群"})
    assert "每年至少应当现场召开一次" in client.get(f"/congress/{meeting}/reading").text
