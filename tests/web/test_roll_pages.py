"""The pages of terms and rolls: the list, setting one up, the import by upload and confirmation, changes, and who may see them."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, select

from congress.models import CongressMeeting
from congress.rolls import queries
from congress.rolls.models import CongressTerm, Delegate
from tests.congress import cast as meetings
from tests.congress.cast import Cast, cast, file, person
from tests.congress.rolls import BEGAN, LATER, PEOPLE, act, checked_in, elected, imported, named, serving, set_up, workbook
from tests.web.client import Client, Page
from workflow.people import Office

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BAD = [("铸造车间", "赵建国", "M", "", "造型工", "一线职工", "", "", "", "")]


@pytest.fixture
def people(client: Client) -> Cast:
    return client.house.write(cast)


def made(client: Client, make: Callable[..., CongressTerm], people: Cast, **other: Any) -> str:
    """Its address."""

    def write(db: Session) -> int:
        return make(db, people, **other).id or 0

    return f"/congress/terms/{client.house.write(write)}"


def upload(client: Client, address: str, data: bytes, *, status: int = 200) -> Page:
    sent = {"document": ("名册.xlsx", io.BytesIO(data), XLSX)}
    return client.post(f"{address}/roll/preview", files=sent, status=status)


def members(client: Client) -> list[str]:
    return client.house.read(lambda db: [d.name for d in db.exec(select(Delegate).order_by(Delegate.id)) if d.until is None])  # type: ignore[arg-type]


# ---- from the first page to the roll


def test_a_term_is_set_up_its_roll_imported_and_confirmed(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    client.as_(people.li)
    assert "还没有登记届次" in client.get("/congress/terms").text
    page = client.post(
        "/congress/terms/new",
        {
            "organisation": str(people.enterprise),
            "form": "congress",
            "number": "6",
            "since": "2024-03-01",
            "years": "5",
            "constituencies.0.name": "铸造车间",
            "constituencies.0.seats": "3",
            "constituencies.1.name": "装配车间",
            "constituencies.1.seats": "3",
            "constituencies.2.name": "机关科室",
            "constituencies.2.seats": "2",
        },
    )
    address = page.response.url.path
    assert page.heading == "第六届职工代表大会" and "2024年3月1日至2029年2月28日" in page.text
    assert "下载模板（.xlsx）" in client.get(f"{address}/import").text
    preview = upload(client, address, workbook(PEOPLE))
    assert preview.heading == "核对名册" and "文件里有7人，没有发现错处。" in preview.text
    assert members(client) == [], "nothing is stored before it is confirmed"
    confirmed = client.post(f"{address}/import", preview.form(f"{address}/import"))
    assert "名册7人" in confirmed.text and members(client) == [one[1] for one in PEOPLE]
    page = client.post(f"{address}/confirmation", {"on": "2024-03-01"})
    assert "补选代表" in page.text and "换届选举" in page.text and "2029-02-28到期" in page.text
    assert "第六届职工代表大会" in client.get("/congress/terms").text


def test_what_is_wrong_with_a_new_term_stands_beside_its_fields(client: Client, people: Cast) -> None:
    client.as_(people.li)
    sent = {"organisation": str(people.enterprise), "form": "congress", "since": "2024-02-30", "years": "五"}
    page = client.post("/congress/terms/new", sent, status=422)
    assert {"日历上没有这一天，请检查“任期起算日期”。", "“任期”要填整数。", "请填写“选区和名额”。"} <= set(page.errors)
    rows = {"constituencies.0.name": "铸造车间", "constituencies.0.seats": "3"}
    page = client.post("/congress/terms/new", {**sent, **rows, "since": "2024-03-01", "years": "9"}, status=422)
    assert page.errors == ["请填写第几届。"]


def test_a_faulty_file_is_answered_row_by_row_and_comes_back_marked(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    address = made(client, imported, people)
    client.as_(people.li)
    page = upload(client, address, workbook(BAD), status=422)
    assert page.heading == "名册有错，还没有导入" and "第2行“性别”：“M”不是可选的值，请填：男、女。" in page.text
    response = client.send(f"{address}/roll/marked", page.form(f"{address}/roll/marked"))
    assert response.status_code == 200 and response.headers["content-type"] == XLSX
    cell = load_workbook(io.BytesIO(response.content)).worksheets[0].cell(2, 3)
    assert cell.comment.text == "“M”不是可选的值，请填：男、女。"
    assert members(client) == [one[1] for one in PEOPLE]


def test_a_faulty_file_cannot_be_confirmed_past_the_preview(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    address = made(client, imported, people)
    client.as_(people.li)
    kept = upload(client, address, workbook(BAD), status=422).form(f"{address}/roll/marked")
    page = client.post(f"{address}/import", kept, status=422)
    assert "第2行“性别”：“M”不是可选的值，请填：男、女。" in page.summary
    assert members(client) == [one[1] for one in PEOPLE]


@pytest.mark.parametrize("name, data", [("名册.xlsx", b""), ("名册.xlsx", b"PK\x03\x04 xl/ broken"), ("名册.pdf", b"%PDF-1.7 no roll")])
def test_what_is_no_workbook_is_refused_in_words(
    client: Client, people: Cast, today: Callable[[date], None], name: str, data: bytes
) -> None:
    today(BEGAN)
    address = made(client, set_up, people)
    client.as_(people.li)
    page = client.post(f"{address}/roll/preview", files={"document": (name, io.BytesIO(data), XLSX)}, status=422)
    assert "空的" in page.text or "这不是Excel文件" in page.text


def test_an_upload_without_a_file_is_asked_for_one(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    address = made(client, set_up, people)
    page = client.as_(people.li).post(f"{address}/roll/preview", {}, status=422)
    assert page.errors == ["请填写“名册文件”。"]


def test_a_name_is_printed_as_a_name_whatever_it_holds(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    address = made(client, set_up, people)
    client.as_(people.li)
    data = workbook([("铸造车间", "<script>alert(1)</script>", "男", "", "=1+1", "一线职工", "", "", "", "")])
    page = upload(client, address, data, status=422)
    assert "岗位" in page.text and not page.tree.xpath("//main//script")


def test_the_template_names_the_constituencies_of_the_term(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(BEGAN)
    address = made(client, set_up, people)
    response = client.as_(people.li).http.get(f"{address}/roll/template")
    notes = load_workbook(io.BytesIO(response.content))["填写说明"]
    assert [cell.value for cell in notes["D"]][:4] == ["本届的选区", "铸造车间", "装配车间", "机关科室"]


# ---- changes


def test_a_seat_ends_and_is_filled_on_the_pages(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    address = made(client, serving, people)
    leaving = client.house.read(lambda db: named(db, db.exec(select(CongressTerm)).one(), "孙志刚").id)
    client.as_(people.li)
    page = client.post(f"{address}/end-of-seat", {"delegate": str(leaving), "why": "employment", "on": "2026-06-01"})
    assert "孙志刚的资格终止：劳动关系终止。" in page.text and "缺1名" in page.text
    form = client.house.read(lambda db: elected(db, db.exec(select(CongressTerm)).one(), "铸造车间", "冯国强", replaces=leaving))
    sent = {name: "no" if value is False else str(value) for name, value in form.items()}
    page = client.post(
        f"{address}/by-election", {**sent, "dispatched": "no", "young": "no", "manner": "direct", "attended": "20"}, status=422
    )
    assert page.errors == ["赞成的90票，多于参加的20人，请核对。"]
    page = client.post(f"{address}/by-election", {**sent, "dispatched": "no", "young": "no", "manner": "direct"})
    assert "补选，接替孙志刚" in page.text and "记录永久保留" in page.text


def test_every_form_of_a_term_is_shown_while_its_act_is_open(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    address = made(client, serving, people)
    client.as_(people.li)
    for noun in ("by-election", "replacement", "recall", "end-of-seat", "attendee", "extension", "end"):
        assert client.get(f"{address}/{noun}").tree.xpath("//form[@method='post']")
    for noun in ("arrangement", "import", "delegate", "striking", "confirmation", "enrolment", "end-of-attendance"):
        client.get(f"{address}/{noun}", status=409)
    draft = made(client, set_up, people, number=7)
    for noun in ("arrangement", "import", "delegate"):
        assert client.get(f"{draft}/{noun}").tree.xpath("//form[@method='post']")


def test_the_composition_is_shown_with_its_arithmetic_and_articles(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    page = client.as_(people.li).get(made(client, serving, people))
    assert "全体职工1200人：以30名为基数，超出100人的部分每100人加5名，30＋11×5＝85，代表应不少于85名，现有7名。" in page.text
    assert "代表构成有1处不符合规定" in page.text and "/laws/" in " ".join(page.links())


# ---- meetings


def test_planning_proposes_the_term_and_the_meeting_shows_its_frozen_roll(
    client: Client, people: Cast, today: Callable[[date], None]
) -> None:
    today(meetings.PLANNED)
    made(client, serving, people)
    client.as_(people.li)
    form = client.get("/congress/new").form("/congress/new")
    assert (form["term"], form["number"], form["roll"]) == ("6", "1", "7")

    def convene(db: Session) -> int:
        meeting = meetings.planned(db, people, roll=None)
        meetings.placed(db, people, meeting)
        meetings.officers(db, people, meeting)
        meetings.act(db, meeting, "convene", people.li, meetings.NOTICE, means="书面送达签收")
        return meeting.id or 0

    address = f"/congress/{client.house.write(convene)}"
    client.get(f"{address}/roll", status=404)
    today(meetings.MEETING)
    client.house.write(lambda db: checked_in(db, db.get_one(CongressMeeting, int(address[10:])), 6, meetings.MEETING, by=people.li))
    page = client.post(f"{address}/opening", {"roll": "301"}, status=422)
    assert page.summary == ["2026-12-01名册上有7人，与填写的301人不符。名册不对的，先在“届次和名册”里登记补选或者资格终止。"]
    page = client.post(f"{address}/opening", client.get(f"{address}/opening").form(f"{address}/opening"))
    assert f"{address}/roll" in page.links()
    assert "应到7人" in client.get(f"{address}/roll").text and "郑明" in client.get(f"{address}/roll").text


# ---- who sees what


def test_a_roll_is_no_ones_business_outside(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    draft, address = made(client, set_up, people, number=7), made(client, serving, people)
    stranger = client.house.write(lambda db: person(db, "外人", people.federation, Office.WORKER))
    for who in (people.wang, people.zhou, people.zhao):
        client.as_(who)
        assert "赵建国" in client.get(address).text and "现在没有要您办的事。" in client.get(address).text
        client.get(draft, status=404)
        assert client.get("/congress/terms").text.count("第六届") == 1 and "第七届" not in client.get("/congress/terms").text
        client.get(f"{address}/by-election", status=409)
        client.post(f"{address}/by-election", {}, status=409)
    for who in (stranger, people.chen):
        client.as_(who)
        for page in (
            address,
            draft,
            f"{address}/by-election",
            f"{address}/import",
            "/congress/terms/new",
            "/congress/terms/9223372036854775808",
        ):
            client.get(page, status=404)
        assert client.http.get(f"{address}/roll/template").status_code == 404
        client.post(f"{address}/roll/preview", {}, status=404)
        assert "赵建国" not in client.get("/congress/terms").text
    client.as_nobody()
    assert client.http.get(address, follow_redirects=False).status_code in (302, 303)


def test_only_the_union_reads_what_proves_a_change(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    address = made(client, serving, people)

    def recalled(db: Session) -> None:
        term = db.exec(select(CongressTerm)).one()
        sent = {"delegate": named(db, term, "郑明").id, "reason": "长期不履行职责", "workers": 40, "attended": 38, "in_favour": 30}
        act(db, term, "recall", people.li, LATER, evidence=[file(db)], **sent)

    client.house.write(recalled)
    links = [href for href in client.as_(people.li).get(address).links() if "/files/" in href]
    assert len(links) == 2, "the roll that was imported, and what proves the recall"
    assert all(client.http.get(link).status_code == 200 for link in links)
    for who in (people.wang, people.zhou, people.zhao):
        assert not [href for href in client.as_(who).get(address).links() if "/files/" in href]
        for link in links:
            client.get(link, status=404)


def test_who_is_no_longer_a_delegate_no_longer_sees_the_roll(client: Client, people: Cast, today: Callable[[date], None]) -> None:
    today(LATER)
    address = made(client, serving, people)
    assert client.as_(people.zhao).get(address).status == 200

    def ended(db: Session) -> None:
        term = db.exec(select(CongressTerm)).one()
        act(db, term, "end_seat", people.li, LATER - timedelta(days=1), delegate=named(db, term, "赵建国").id, why="resigned")
        assert queries.visible_terms(db, people.zhao, LATER) == []

    client.house.write(ended)
    client.get(address, status=404)
