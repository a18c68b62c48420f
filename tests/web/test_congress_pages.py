"""The pages of congress meetings, as their people see and use them."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from congress import queries
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.procedure import CONGRESS
from congress.terms import ItemState, State
from tests.congress import cast as congress
from tests.congress.cast import DRAFT, MEETING, NOTICE, PLANNED, Cast, sheet
from tests.web.client import Client, Page
from web import practice
from web.pages.congress import CASEWORK

SHEET = ("evidence", ("计票单.png", congress.PNG, "image/png"))


def stage(client: Client, day: date, build: Any, **other: Any) -> tuple[Cast, int, int]:
    """A meeting as `build` leaves it, and the day that the pages take for today: people, meeting, item."""

    def work(db: Session) -> tuple[Cast, int, int]:
        people = congress.cast(db)
        meeting, item = build(db, people, **other)
        return people, meeting.id, item.id

    found = client.house.write(work)
    set_today(client, day)
    return found


def set_today(client: Client, day: date) -> None:
    client.house.write(practice.set_today, day, by=None)


def read(client: Client, meeting: int) -> CongressMeeting:
    return client.house.read(lambda db: db.get_one(CongressMeeting, meeting))


def item_of(client: Client, item: int) -> Item:
    return client.house.read(lambda db: db.get_one(Item, item))


def offers(page: Page) -> list[str]:
    return [a.text_content().strip() for a in page.tree.xpath("//section[@aria-labelledby='can']//a")]


def closed(page: Page, act: str) -> str:
    """All that the page says of an act that is not open."""
    said = ["".join(li.text_content().split()) for li in page.tree.xpath("//section[@aria-labelledby='cannot']//ul[@class='cant']/li")]
    return next(text.removeprefix(act) for text in said if text.startswith(act))


def prepared(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting = congress.planned(db, people)
    return meeting, congress.placed(db, people, meeting)


# ---- planning


def test_the_union_plans_a_meeting_from_the_list(client: Client) -> None:
    people = client.house.write(congress.cast)
    set_today(client, PLANNED)
    client.as_(people.li)
    assert "筹备新会议" in client.get("/congress").text
    page = client.post(
        "/congress/new",
        {
            "organisation": people.enterprise,
            "form": "congress",
            "term": "6",
            "number": "3",
            "held_on": "2026-12-01",
            "held_time": "09:00",
            "place": "厂部礼堂",
            "mode": "onsite",
            "roll": "301",
            "on": "",
        },
    )
    assert page.heading == "第六届职工代表大会第三次会议"
    assert offers(page)[0] == "修改会议安排"
    assert closed(page, "发出会议通知").startswith("议程上还没有要表决的事项。先把事项和它的文本加入议程。由工会方办理。")
    assert "2026-11-24到期" in page.text
    assert "第六届职工代表大会第三次会议" in client.get("/congress").text


def test_what_is_wrong_with_a_new_meeting_stands_beside_its_field(client: Client) -> None:
    people = client.house.write(congress.cast)
    set_today(client, PLANNED)
    client.as_(people.li)
    sent = {"organisation": people.enterprise, "form": "congress", "number": "3", "held_on": "2026-11-31", "place": "", "roll": "很多"}
    page = client.post("/congress/new", sent, status=422)
    assert set(page.errors) == {"日历上没有这一天，请检查“开会日期”。", "请填写“地点”。", "“应到人数”要填整数。"}
    assert page.tree.xpath("//input[@name='roll']/@value") == ["很多"]
    assert client.house.read(lambda db: db.exec(select(CongressMeeting)).all()) == []


def test_a_regional_congress_is_not_held_by_one_enterprise(client: Client) -> None:
    people = client.house.write(congress.cast)
    set_today(client, PLANNED)
    client.as_(people.li)
    sent = {
        "organisation": people.enterprise,
        "form": "regional",
        "term": 1,
        "number": 1,
        "held_on": "2026-12-01",
        "place": "礼堂",
        "roll": 60,
    }
    page = client.post("/congress/new", sent, status=422)
    assert page.errors == ["企业召开职工代表大会或者职工大会，区域性、行业性职工代表大会由组织它的工会召开。"]


@pytest.mark.parametrize("name", ["wang", "zhao"])
def test_others_do_not_plan_meetings(client: Client, name: str) -> None:
    people = client.house.write(congress.cast)
    client.as_(getattr(people, name))
    assert "筹备新会议" not in client.get("/congress").text
    client.get("/congress/new", status=404)
    client.post(
        "/congress/new",
        {
            "organisation": people.enterprise,
            "form": "congress",
            "term": 6,
            "number": 3,
            "held_on": "2099-12-01",
            "place": "礼堂",
            "roll": 30,
        },
        status=409,
    )


# ---- the file


def test_the_file_says_in_advance_what_it_takes(client: Client) -> None:
    people, meeting, _ = stage(client, PLANNED, prepared)
    page = client.as_(people.li).get(f"/congress/{meeting}")
    assert "全体职工代表301人，半数以上为151票。2/3以上出席才有效，须到201人。" in page.text
    assert "《上海市职工代表大会条例》第三十一条" in page.text
    assert offers(page)[0] == "发出会议通知"


def test_a_late_notice_is_refused_with_the_day_that_would_do(client: Client) -> None:
    people, meeting, _ = stage(client, date(2026, 11, 26), prepared)
    page = client.as_(people.li).get(f"/congress/{meeting}")
    assert closed(page, "发出会议通知") == (
        "2026-12-01开会，通知和议题材料最迟2026-11-24送达，2026-11-26送达已经来不及。"
        "把会议改到2026-12-03或以后，再发通知。由工会方办理。《上海市职工代表大会条例》第三十条第一款"
    )
    refused = client.post(f"/congress/{meeting}/notice", {"means": "书面送达"}, status=409)
    assert "通知和议题材料最迟2026-11-24送达" in refused.text
    assert read(client, meeting).state == State.PLANNED


def test_a_meeting_goes_from_notice_to_result_in_the_browser(client: Client) -> None:
    people, meeting, item = stage(client, NOTICE, prepared)
    address = f"/congress/{meeting}"
    client.as_(people.li)
    client.post(
        f"{address}/officers",
        {
            "chair": "赵建国",
            "chair_in_system": "yes",
            "presidium": "no",
            "officers.0.seat": "teller",
            "officers.0.name": "陈芳",
            "officers.0.in_system": "yes",
            "officers.1.seat": "counter",
            "officers.1.name": "孙丽",
            "officers.1.in_system": "yes",
            "officers.2.seat": "",
            "officers.2.name": "",
        },
    )
    client.post(f"{address}/notice", {"means": "书面送达签收"})
    set_today(client, MEETING)
    page = client.post(f"{address}/opening", {"roll": "301", "present": "280"})
    assert read(client, meeting).state == State.OPEN and offers(page)[0] == "开始表决"
    client.as_(people.zhao)
    client.post(f"{address}/ballot", {"item": item})
    page = client.post(f"{address}/end-of-ballot", {"item": item})
    assert "计票：还没有登记计票单。" in page.text
    for who in (people.chen, people.sun):
        client.as_(who).post(f"{address}/count", sheet(item_of(client, item), 160, 90, 27))
    page = client.as_(people.zhao).post(f"{address}/certificate", {"item": item})
    assert "赞成160票，占应到人数的53.16%，通过。" in page.text
    assert page.tree.xpath("//svg[@class='vbar']/@aria-label") == ["应到301人：赞成160，反对90，弃权27，其余24；151票处为通过线"]
    assert "关于《江城泵业有限公司2027年度工资专项集体合同（草案）》的决议" in page.text
    client.post(f"{address}/closing", {})
    page = client.as_(people.li).post(f"{address}/publication", {"channel": "board", "place": "厂区大门"})
    assert page.tree.xpath("//ol[@class='rail']/li/@class") == ["done"] * 5
    assert client.house.read(lambda db: queries.certified(db, DRAFT)) is not None


def test_without_a_quorum_the_page_does_the_sum(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, congress.convened)
    page = client.as_(people.li).post(f"/congress/{meeting}/opening", {"roll": 301, "present": 200}, status=409)
    assert "应到301人，至少201人出席才有效，实到200人，还差1人。" in page.text
    assert read(client, meeting).state == State.CONVENED


def test_the_form_of_an_act_begins_with_what_is_known(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, congress.voted)
    client.as_(people.chen)
    assert client.get(f"/congress/{meeting}").tree.xpath(f"//a[@href='/congress/{meeting}/count?item={item}']")
    page = client.get(f"/congress/{meeting}/count?item={item}")
    assert page.tree.xpath("//select[@name='item']/option[@selected]/@value") == [str(item)]
    assert page.tree.xpath("//select[@name='officer']/option[@value!='']/text()") == ["陈芳"]


def test_a_sheet_that_does_not_come_out_keeps_what_was_typed(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, congress.voted)
    sent = {**sheet(item_of(client, item), 160, 90, 27), "valid": 276}
    page = client.as_(people.chen).post(f"/congress/{meeting}/count", sent, status=422)
    assert page.errors == ["有效276张加无效0张等于276张，与收回的277张不符。", "赞成160、反对90、弃权27合计277张，与有效的276张不符。"]
    assert page.tree.xpath("//input[@name='valid']/@value") == ["276"]


# ---- who sees which figures


def test_the_second_who_counts_is_not_led_by_the_first(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, congress.voted)
    client.as_(people.chen).post(f"/congress/{meeting}/count", sheet(item_of(client, item), 163, 87, 27))
    for who in (people.sun, people.li, people.zhao, people.wang):
        page = client.as_(who).get(f"/congress/{meeting}")
        assert "陈芳的计票单已经登记，等另一份。" in page.text
        assert "163" not in page.text and "87" not in page.text


def waiting(client: Client) -> list[str]:
    """The buttons under 等我办理 on the workbench."""
    return [a.text_content().strip() for a in client.get("/").tree.xpath("//ul[@class='todo']/li/a")]


def test_the_workbench_tells_those_who_count_until_their_sheet_is_in(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, congress.voted)
    assert waiting(client.as_(people.chen)) == waiting(client.as_(people.sun)) == ["登记计票单"]
    client.as_(people.chen).post(f"/congress/{meeting}/count", sheet(item_of(client, item), 163, 87, 27))
    assert waiting(client.as_(people.chen)) == []
    assert waiting(client.as_(people.sun)) == ["登记计票单"]


def differing(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting, item = congress.voted(db, people)
    congress.act(db, meeting, "enter_count", people.chen, MEETING, **sheet(item, 163, 87, 27))
    congress.act(db, meeting, "enter_count", people.sun, MEETING, **sheet(item, 162, 88, 27))
    return meeting, item


def test_sheets_that_differ_stand_side_by_side(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, differing)
    page = client.as_(people.zhao).get(f"/congress/{meeting}")
    heads = [th.text_content().split() for th in page.tree.xpath("//details//thead//th[position()>1]")]
    rows = {tr.xpath("./td")[0].text: [td.text_content() for td in tr.xpath("./td")[1:]] for tr in page.tree.xpath("//details//tbody/tr")}
    assert rows == {"陈芳": ["277", "277", "277", "0", "163", "87", "27"], "孙丽": ["277", "277", "277", "0", "162", "88", "27"]}
    assert [head[0] for head in heads if len(head) > 1] == ["赞成", "反对"]
    assert "第2次计票：还没有登记计票单。" in page.text


def test_the_employer_sees_no_figures_before_the_result(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, differing)
    page = client.as_(people.wang).get(f"/congress/{meeting}")
    assert "163" not in page.text and "162" not in page.text
    for who in (people.chen, people.sun):
        client.as_(who).post(f"/congress/{meeting}/count", sheet(item_of(client, item), 163, 87, 27))
    client.as_(people.wang)
    assert "163" not in client.get(f"/congress/{meeting}").text
    for noun in ("decision-at-half", "certificate", "count", "voiding"):
        assert "163" not in client.post(f"/congress/{meeting}/{noun}", sheet(item_of(client, item), 0), status=409).body
    client.as_(people.zhao).post(f"/congress/{meeting}/certificate", {"item": item})
    assert "赞成163票" in client.as_(people.wang).get(f"/congress/{meeting}").text


def test_a_meeting_is_not_there_for_those_who_may_not_see_it(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, congress.opened)
    strangers = client.house.write(congress.cast)
    for who in (people.zhou, strangers.li, strangers.wang):
        client.as_(who)
        client.get(f"/congress/{meeting}", status=404)
        for noun in ("opening", "count", "certificate"):
            client.get(f"/congress/{meeting}/{noun}", status=404)
            client.post(f"/congress/{meeting}/{noun}", {}, status=404)


def test_nobody_reads_a_meeting_without_signing_in(client: Client) -> None:
    _, meeting, _ = stage(client, MEETING, congress.opened)
    response = client.as_nobody().http.get(f"/congress/{meeting}", follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"].startswith("/login")
    response = client.http.get(f"/congress/{meeting}/opening", follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"].startswith("/login")


def test_an_act_by_the_wrong_seat_is_refused_with_who_can(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, congress.voted)
    page = client.as_(people.wang).post(f"/congress/{meeting}/count", sheet(item_of(client, item), 160), status=409)
    assert "这件事由监票人、计票人办理。" in page.text
    assert item_of(client, item).state == ItemState.CLOSED


# ---- from paper


def unattended(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    """Nobody but the union has an account: it records what chair and counters signed."""
    meeting, item = congress.opened(db, people)
    congress.officers(db, people, meeting, MEETING, in_system=False)
    congress.act(db, meeting, "open_ballot", people.li, MEETING, item=item.id)
    congress.act(db, meeting, "close_ballot", people.li, MEETING, item=item.id)
    return meeting, item


def test_the_union_records_both_sheets_and_the_certificate_from_paper(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, unattended)
    client.as_(people.li)
    named = client.house.read(lambda db: {o.name: o.id for o in db.exec(select(MeetingOfficer).where(MeetingOfficer.current)).all()})
    page = client.post(f"/congress/{meeting}/count", {**sheet(item_of(client, item), 160, 90, 27), "officer": named["陈芳"]}, status=422)
    assert page.errors == ["这是代对方登记的书面材料，请上传签字或盖章的扫描件或照片。"]
    for name in ("陈芳", "孙丽"):
        sent = {**sheet(item_of(client, item), 160, 90, 27), "officer": named[name]}
        client.post(f"/congress/{meeting}/count", sent, files=[SHEET])
    page = client.post(f"/congress/{meeting}/certificate", {"item": item}, files=[SHEET])
    assert page.text.count("据书面材料录入") == 3
    assert item_of(client, item).state == ItemState.CERTIFIED


# ---- papers


def with_rules(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting = congress.planned(db, people)
    rules = congress.file(db, "考勤管理办法（草案）.pdf", b"%PDF-1.7 rules of attendance")
    congress.act(db, meeting, "add_item", people.li, PLANNED, title="考勤管理办法（草案）", matter="rules", secret="yes", document=[rules])
    return meeting, db.exec(select(Item)).one()


def test_the_text_that_is_voted_on_is_a_click_away(client: Client) -> None:
    people, meeting, item = stage(client, PLANNED, with_rules)
    page = client.as_(people.wang).get(f"/congress/{meeting}")
    (address,) = page.tree.xpath(f"//article[@id='item-{item}']//h3/a/@href")
    response = client.http.get(address)
    assert response.content == b"%PDF-1.7 rules of attendance" and response.headers["content-disposition"].startswith("attachment")
    client.as_(client.house.write(congress.cast).li).get(address, status=404)


def test_scanned_sheets_are_for_those_who_may_see_counts(client: Client) -> None:
    people, meeting, item = stage(client, MEETING, unattended)
    client.as_(people.li)
    named = client.house.read(lambda db: {o.name: o.id for o in db.exec(select(MeetingOfficer).where(MeetingOfficer.current)).all()})
    client.post(f"/congress/{meeting}/count", {**sheet(item_of(client, item), 160, 90, 27), "officer": named["陈芳"]}, files=[SHEET])
    (address,) = client.get(f"/congress/{meeting}").tree.xpath("//section[@aria-labelledby='files']//a/@href")
    assert client.http.get(address).content == congress.PNG
    assert not client.as_(people.wang).get(f"/congress/{meeting}").tree.xpath("//section[@aria-labelledby='files']")
    client.get(address, status=404)


def certified(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting, item = congress.counted(db, people, 160, 90, 27)
    congress.act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    return meeting, item


def test_the_resolution_is_read_by_whoever_sees_the_meeting(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, certified)
    for who in (people.li, people.wang, people.chen):
        page = client.as_(who).get(f"/congress/{meeting}")
        (address,) = page.tree.xpath("//section[@aria-labelledby='documents']//li//a[contains(., '决议')]/@href")
        assert "江泵工〔2026〕2号" in client.get(address).body
    assert client.http.get(f"{address}/pdf").content.startswith(b"%PDF-")
    client.as_(people.zhou).get(address, status=404)


def with_a_ballot(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting, item = congress.convened(db, people)
    congress.act(db, meeting, "issue_document", people.li, NOTICE, document="ballot", subject=str(item.id))
    return meeting, item


def test_the_sample_of_the_ballot_is_open_to_both_sides_and_nothing_is_handed_in_with_it(client: Client) -> None:
    people, meeting, _ = stage(client, NOTICE, with_a_ballot)
    for who in (people.li, people.wang, people.chen):
        page = client.as_(who).get(f"/congress/{meeting}")
        (address,) = page.tree.xpath("//section[@aria-labelledby='documents']//li//a[contains(., '表决票')]/@href")
        ballot = client.get(address)
        assert ballot.body.count("☐") == 3
        (printed,) = PdfReader(BytesIO(client.http.get(f"{address}/sheet").content)).pages
        assert printed.extract_text().count("填写说明") == 2 and printed.mediabox.width > printed.mediabox.height, "two to a sheet of A4"
        assert not ballot.tree.xpath("//section[@aria-labelledby='scans']")
    client.as_(people.zhou).get(address, status=404)


def annulled(db: Session, people: Cast) -> tuple[CongressMeeting, Item]:
    meeting, item = certified(db, people)
    sent = {"item": item.id, "reason": "应到人数漏计了三名职工代表。", "evidence": [congress.file(db)]}
    congress.act(db, meeting, "annul", people.zhao, MEETING, **sent)
    return meeting, item


def test_papers_on_an_annulled_result_are_marked(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, annulled)
    rows = client.as_(people.wang).get(f"/congress/{meeting}").tree.xpath("//section[@aria-labelledby='documents']//li")
    marked = [row.xpath("string(a)") for row in rows if "结果已撤销" in row.text_content()]
    assert [title[-5:] for title in marked] == ["）》的决议", "结果报告单"]
    assert len(rows) == 5


# ---- addresses


def test_every_act_has_a_noun_of_its_own() -> None:
    nouns = [CASEWORK.noun(act) for act in CONGRESS.acts]
    assert len(set(nouns)) == len(nouns) and all("_" not in noun for noun in nouns)


def test_every_open_act_has_a_page(client: Client) -> None:
    people, meeting, _ = stage(client, MEETING, congress.opened)
    for who in (people.li, people.zhao):
        client.as_(who)
        page = client.get(f"/congress/{meeting}")
        for address in page.tree.xpath("//section[@aria-labelledby='can']//a/@href"):
            assert client.get(address).tree.xpath("//form[@method='post']")
