"""The hall of a meeting: the desk where delegates check in, the screen, and the control desk."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from congress import queries
from congress.models import CongressMeeting, Item
from congress.presence import members
from congress.rolls.models import Attendee
from tests.congress import cast as meetings
from tests.congress.cast import MEETING, Cast, cast
from tests.congress.rolls import checked_in, serving
from tests.web.client import Client, Page


@pytest.fixture
def people(client: Client) -> Cast:
    return client.house.write(cast)


@pytest.fixture
def desk(client: Client, people: Cast, today: Callable[[date], None]) -> str:
    """Convened for today, with seven on the roll, one guest, and 孙丽 at the desk."""

    def convene(db: Session) -> int:
        term = serving(db, people)
        db.add(Attendee(term_id=term.id or 0, name="何文", since=term.since))
        meeting = meetings.planned(db, people, roll=None)
        meetings.placed(db, people, meeting)
        meetings.officers(
            db,
            people,
            meeting,
            officers=[{"seat": "teller", "name": "陈芳", "in_system": True}, {"seat": "counter", "name": "钱进"}],
            check_in=[{"name": "孙丽"}],
        )
        meetings.act(db, meeting, "convene", people.li, meetings.NOTICE, means="书面送达签收")
        return meeting.id or 0

    today(MEETING)
    return f"/congress/{client.house.write(convene)}/desk"


def delegate(client: Client, address: str, name: str) -> dict[str, str]:
    def find(db: Session) -> str:
        meeting = db.get_one(CongressMeeting, int(address.split("/")[2]))
        return str(next(one.whom.delegate_id for one in members.members(db, meeting, MEETING) if one.name == name))

    return {"delegate": client.house.read(find)}


def check_in(client: Client, address: str, *names: str) -> Page:
    page = None
    for name in names:
        page = client.post(f"{address}/arrivals", delegate(client, address, name))
    assert page is not None
    return page


# ---- the desk


def test_delegates_are_found_by_name_initials_and_number_and_checked_in(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.sun)
    for typed, name in (("玉兰", "钱玉兰"), ("lxy", "李秀英"), ("0005", "周大勇")):
        assert name in client.get(f"{desk}?q={typed}").text, typed
    assert "不在名册上的人不能签到" in client.get(f"{desk}?q=外人").text
    page = client.post(f"{desk}/arrivals", delegate(client, desk, "钱玉兰"))
    assert "钱玉兰：签到。" in page.text and "1 到会，应到7人" in page.text and "3×到会1＝3 ＜ 2×应到7＝14" in page.text
    page = client.post(desk, {"q": "0004"})
    assert "李秀英：签到。" in page.text and "2 到会" in page.text
    assert "法定人数5人，还差3人" in page.text
    page = client.post(f"{desk}/departures", delegate(client, desk, "钱玉兰"))
    assert "1 到会" in page.text
    page = client.post(f"{desk}/corrections", delegate(client, desk, "钱玉兰"))
    assert "钱玉兰：撤销。" in page.text and "2 到会" in page.text


def test_the_other_desk_is_told_who_was_first(client: Client, people: Cast, desk: str) -> None:
    check_in(client.as_(people.sun), desk, "赵建国")
    page = check_in(client.as_(people.li), desk, "赵建国")
    assert "赵建国：孙丽已经在" in page.text and "登记“签到”" in page.text and "1 到会" in page.text


def test_a_constituency_is_checked_in_at_once_after_looking_at_it(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    place = next(link for link in client.get(desk).links() if "/places/" in link)
    page = client.get(place)
    assert page.heading == "整组签到：铸造车间" and all(name in page.text for name in ("赵建国", "钱玉兰", "孙志刚"))
    chosen = [delegate(client, desk, name)["delegate"] for name in ("赵建国", "钱玉兰")]
    page = client.post(place, {"delegate": chosen})
    assert "铸造车间2人：签到。" in page.text and "铸造车间2／3" in page.text
    assert "没有勾选任何人" in client.post(place, {}).text


def test_the_count_is_sent_again_only_where_it_changed(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    assert client.http.get(f"{desk}/count?seq=0").status_code == 204
    check_in(client, desk, "赵建国")
    response = client.http.get(f"{desk}/count?seq=0")
    assert response.status_code == 200 and "count?seq=1" in response.text
    assert client.http.get(f"{desk}/count?seq=1").status_code == 204


def test_a_guest_is_in_the_book_and_not_in_the_count(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    form = next(f for f in client.get(desk).tree.forms if f.get("action") == f"{desk}/arrivals")
    page = client.post(f"{desk}/arrivals", dict(form.form_values()))
    assert "何文：签到。" in page.text and "0 到会" in page.text and "列席人员（不计入）1／1" in page.text


def test_the_meeting_opens_with_the_book_and_late_ones_are_told_apart(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    case = desk.removesuffix("/desk")
    check_in(client, desk, "赵建国", "钱玉兰", "孙志刚", "李秀英")
    page = client.get(case)
    assert "至少5人出席才有效，实到4人，还差1人" in page.text and desk in page.links()
    check_in(client, desk, "周大勇")
    page = client.get(f"{case}/opening")
    assert "到会5人" in page.text and page.form(f"{case}/opening").get("present", "") == ""
    client.post(f"{case}/opening", page.form(f"{case}/opening"))
    page = check_in(client, desk, "郑明")
    assert "郑明：迟到签到。" in page.text
    assert "迟到签到" in client.get(f"{case}/presence").text
    client.get(f"{case}/attendance", status=409)


def test_who_was_present_is_for_the_union_and_those_who_conduct_the_meeting(client: Client, people: Cast, desk: str) -> None:
    case = desk.removesuffix("/desk")
    check_in(client.as_(people.li), desk, "赵建国")
    for who in (people.zhao, people.chen):
        assert "钱玉兰" in client.as_(who).get(f"{case}/presence").text
        client.post(f"{desk}/arrivals", delegate(client, desk, "钱玉兰"), status=409)
    for who in (people.wang, people.zhou):
        client.as_(who)
        for address in (desk, f"{desk}/count", f"{case}/presence", f"{desk}?q=赵"):
            client.get(address, status=404)
        client.post(f"{desk}/arrivals", delegate(client, desk, "钱玉兰"), status=404)


def test_nobody_checks_in_before_the_day(client: Client, people: Cast, desk: str, today: Callable[[date], None]) -> None:
    today(meetings.NOTICE)
    page = check_in_refused(client.as_(people.li), desk)
    assert "由工会和签到员在开会当天登记" in page.text


def check_in_refused(client: Client, desk: str) -> Page:
    return client.post(f"{desk}/arrivals", delegate(client, desk, "赵建国"), status=409)


# ---- the screen, and the desk of those who conduct


def test_the_screen_shows_what_was_chosen_and_only_when_it_changed(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    case = desk.removesuffix("/desk")
    page = client.get(f"{case}/projector")
    assert "已签到" in page.text and "法定人数5人，还差5人" in page.text
    seen = page.tree.xpath("//input[@name='seen']/@value")[0]
    assert client.http.get(f"{case}/projector/now?seen={seen}").status_code == 204
    check_in(client, desk, "赵建国", "钱玉兰", "孙志刚", "李秀英", "周大勇")
    assert "已达到法定人数（5人）" in client.http.get(f"{case}/projector/now?seen={seen}").text
    assert "大屏幕现在显示“表决”。" in client.post(f"{case}/control", {"screen": "voting"}).text
    assert "现在没有表决。" in client.get(f"{case}/projector").text
    client.post(f"{case}/control", {"screen": "anything"}, status=404)


def test_the_screen_tells_what_is_voted_on_and_then_the_result(client: Client, people: Cast, desk: str) -> None:
    client.as_(people.li)
    case = desk.removesuffix("/desk")
    item = client.house.write(lambda db: _opened_ballot(db, people, int(case.split("/")[2])))
    client.post(f"{case}/control", {"screen": "voting"})
    page = client.get(f"{case}/projector")
    assert "正在表决" in page.text and "1. 江城泵业有限公司2027年度工资专项集体合同（草案）" in page.text and "请填写表决票" in page.text
    client.house.write(lambda db: _certified(db, people, int(case.split("/")[2]), item))
    client.post(f"{case}/control", {"screen": "result"})
    page = client.get(f"{case}/projector")
    assert "✓ 通过" in page.text and "需要4票，赞成5票" in page.text and "第二十二条" in page.text


def test_what_is_begun_at_the_control_desk_leads_back_to_it(client: Client, people: Cast, desk: str) -> None:
    """Also after something was wrong in the form; from anywhere else an act leads to the file, and no page leads out of the house."""
    check_in(client.as_(people.li), desk, "赵建国", "钱玉兰", "孙志刚", "李秀英", "周大勇")
    case = desk.removesuffix("/desk")
    begun = next(href for href in client.get(f"{case}/control").links() if href.startswith(f"{case}/opening?"))
    wrong = client.post(f"{case}/opening", {**client.get(begun).form(f"{case}/opening"), "on": "morgen"}, status=422)
    opened = client.send(f"{case}/opening", {**wrong.form(f"{case}/opening"), "on": MEETING.isoformat()}, follow=False)
    assert (opened.status_code, opened.headers["location"]) == (303, f"{case}/control")
    client.as_(people.zhao)
    elsewhere = client.send(f"{case}/adjournment", {"reason": "午间休息", "back": "//example.com"}, follow=False)
    assert elsewhere.headers["location"] == case


def test_the_control_desk_is_for_those_who_conduct(client: Client, people: Cast, desk: str) -> None:
    case = desk.removesuffix("/desk")
    page = client.as_(people.zhao).get(f"{case}/control")
    assert "会场控制台" in page.heading and "至少5人出席才有效" in page.text
    client.as_(people.chen).get(f"{case}/projector")
    for who in (people.chen, people.sun, people.wang, people.zhou):
        client.as_(who).get(f"{case}/control", status=404)
        client.post(f"{case}/control", {"screen": "result"}, status=404)
    for who in (people.wang, people.zhou):
        client.as_(who).get(f"{case}/projector", status=404)


def test_the_delegates_page_has_agenda_texts_and_results_without_an_account(client: Client, people: Cast, desk: str) -> None:
    case = int(desk.split("/")[2])
    token = client.house.write(lambda db: _with_a_file(db, people, case))
    item = client.house.write(lambda db: _opened_ballot(db, people, case))
    client.house.write(lambda db: _certified(db, people, case, item))
    client.as_nobody()
    page = client.get(f"/v/{token}")
    assert "考勤办法（草案）" in page.text and "赞成5票" in page.text and "钱玉兰" not in page.text
    text = client.http.get(f"/v/{token}/texts/2")
    assert text.status_code == 200 and text.content == meetings.PNG
    for address in (f"/v/{token}/texts/1", f"/v/{token}/texts/3", "/v/AAAA/texts/2"):
        assert client.http.get(address).status_code == 404, address


def _meeting(db: Session, case_id: int) -> CongressMeeting:
    return db.get_one(CongressMeeting, case_id)


def _opened_ballot(db: Session, people: Cast, case_id: int) -> int:
    meeting = _meeting(db, case_id)
    checked_in(db, meeting, 6, MEETING, by=people.li)
    meetings.act(db, meeting, "open", people.li, MEETING)
    item = queries.facts(db, meeting, MEETING).items[0].id
    meetings.act(db, meeting, "open_ballot", people.li, MEETING, item=item)
    return item or 0


def _certified(db: Session, people: Cast, case_id: int, item_id: int) -> None:
    meeting = _meeting(db, case_id)
    item = db.get_one(Item, item_id)
    meetings.act(db, meeting, "close_ballot", people.li, MEETING, item=item_id)
    counter = next(o.id for o in queries.officers_of(db, meeting) if o.seat == "counter")
    meetings.act(db, meeting, "enter_count", people.chen, MEETING, **meetings.sheet(item, 5, 1))
    proof = [meetings.file(db)]
    meetings.act(db, meeting, "enter_count", people.li, MEETING, officer=counter, **meetings.sheet(item, 5, 1), evidence=proof)
    meetings.act(db, meeting, "certify", people.zhao, MEETING, item=item_id)


def _with_a_file(db: Session, people: Cast, case_id: int) -> str:
    meeting = _meeting(db, case_id)
    document = [meetings.file(db, "考勤办法.png")]
    sent = {"title": "考勤办法（草案）", "matter": "rules", "secret": True, "document": document}
    meetings.act(db, meeting, "add_item", people.li, meetings.NOTICE, **sent)
    meetings.act(db, meeting, "notify_again", people.li, meetings.NOTICE, means="书面送达签收")
    return meeting.hall_token
