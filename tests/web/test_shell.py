"""Every page of the shell, walked through as an administrator does on the first day."""

from datetime import date

import pyotp
import pytest
from sqlmodel import Session, select

from tests.web.client import PASSWORD, Client, open_client
from web.accounts.models import Account
from web.accounts.setup import add_administrator
from web.practice import now
from workflow.database import Database
from workflow.organisations import Organisation
from workflow.people import Appointment, Person

pytestmark = pytest.mark.once


def administrator(client: Client) -> Client:
    def make(db: Session) -> int:
        account = add_administrator(
            db,
            login="admin",
            name="管理员",
            password=PASSWORD,
            organisation="江城市总工会",
            region="330100",
            on=date(2020, 1, 1),
            at=now(),
        )
        return account.person_id

    return client.as_(client.house.write(make))


def li_min(db: Session) -> int:
    person = Person(name="李敏")
    db.add(person)
    db.flush()
    assert person.id is not None
    return person.id


def test_an_empty_database_asks_for_its_administrator(client: Client) -> None:
    page = client.get("/login")
    assert page.heading == "第一次使用"
    sent = {"organisation": "江城市总工会", "kind": "federation", "region": "330100", "name": "陈晨", "login": "chen", "password": PASSWORD}
    assert client.post("/setup", sent | {"password": "short"}, status=422).errors == [
        "密码至少要10个字符，现在是5个。可以用几个不相干的词连起来。"
    ]
    assert client.post("/setup", sent).heading == "登录"
    client.get("/setup", status=404)
    assert client.send("/login", {"login": "chen", "password": PASSWORD}, follow=False).status_code == 303
    assert client.get("/admin").heading == "管理"


def test_what_was_typed_wrong_is_kept_and_nothing_is_stored(client: Client) -> None:
    sent = {"organisation": "江城市总工会", "kind": "federation", "region": "330100", "name": "", "login": "chen", "password": PASSWORD}
    page = client.post("/setup", sent, status=422)
    assert page.summary == ["请填写“管理员姓名”。"]
    form = page.form("/setup")
    assert (form["organisation"], form["region"], form["kind"]) == ("江城市总工会", "330100", "federation")
    assert client.house.read(lambda db: db.exec(select(Organisation)).all()) == []


def test_an_administrator_registers_an_enterprise_its_union_and_its_people(client: Client) -> None:
    administrator(client)
    assert client.get("/organisations").heading == "单位"
    client.get("/organisations/new")
    page = client.post(
        "/organisations/new/enterprise",
        {"name": "江城泵业有限公司", "region": "330100", "workforce": "420", "female": "96", "above_scale": "yes"},
    )
    assert page.heading == "江城泵业有限公司"
    assert "420人，其中女职工96人" in page.text
    enterprise = client.house.read(lambda db: db.exec(select(Organisation).where(Organisation.kind == "enterprise")).one())
    assert client.get(f"/organisations/new?kind=union&of_id={enterprise.id}").form("/organisations/new/union")["of_id"] == str(
        enterprise.id
    )
    page = client.post("/organisations/new/union", {"name": "江城泵业有限公司工会", "region": "330100", "of_id": str(enterprise.id)})
    union = client.house.read(lambda db: db.exec(select(Organisation).where(Organisation.kind == "union")).one())
    client.get(f"/organisations/{union.id}/people/new")
    person = {"name": "周志远", "female": "no", "office": "union_chair", "since": "2026-01-01"}
    assert "周志远" in client.post(f"/organisations/{union.id}/people/new", person).text
    assert client.get(f"/organisations/{enterprise.id}").heading == "江城泵业有限公司"
    assert client.get("/people").heading == "人员"
    chair = client.house.read(lambda db: db.exec(select(Person).where(Person.name == "周志远")).one())
    assert client.get(f"/people/{chair.id}").heading == "周志远"
    assert "已担任" not in client.get(f"/organisations/{union.id}/appointments/new").text
    again = {"person_id": str(chair.id), "office": "union_chair", "since": "2026-02-01"}
    assert client.post(f"/organisations/{union.id}/appointments/new", again, status=422).errors == ["周志远已经担任这个职务。"]
    reviewer = {**person, "name": "郑楠", "office": "authority_reviewer"}
    assert client.post(f"/organisations/{enterprise.id}/people/new", reviewer, status=422).errors == ["企业没有“人社部门审查员”这个职务。"]
    assert "人社部门审查员" not in client.get(f"/organisations/{enterprise.id}/people/new").text


def test_wrong_numbers_and_wrong_links_between_organisations_are_told(client: Client) -> None:
    administrator(client)
    page = client.post("/organisations/new/enterprise", {"name": "甲厂", "region": "330100", "workforce": "10", "female": "11"}, status=422)
    assert page.summary == ["女职工、劳务派遣人员都不能多于职工人数。"]
    page = client.post("/organisations/new/enterprise", {"name": "甲厂", "region": "999999", "workforce": "一百"}, status=422)
    assert page.errors == ["“所在地区”请写省、市的名称，或者六位行政区划代码。", "“职工人数”要填整数。"]
    client.post("/organisations/new/federation", {"name": "江城市总工会", "region": "330100"}, status=422)
    top = client.house.read(lambda db: db.exec(select(Organisation)).one())
    page = client.post("/organisations/new/federation", {"name": "江北区总工会", "region": "330105", "parent_id": str(top.id)})
    below = client.house.read(lambda db: db.exec(select(Organisation).where(Organisation.parent_id == top.id)).one())
    page = client.post(f"/organisations/{top.id}/edit", {"name": top.name, "region": "330100", "parent_id": str(below.id)}, status=422)
    assert page.errors == ["上级不能是本单位，也不能是它的下级。"]
    assert client.get(f"/organisations/{below.id}/edit").form(f"/organisations/{below.id}/edit")["region"] == "330105"


def test_an_office_ends_on_its_last_day_and_is_not_forgotten(client: Client) -> None:
    administrator(client)
    appointment = client.house.read(lambda db: db.exec(select(Appointment)).one())
    address = f"/appointments/{appointment.id}/end"
    client.get(address)
    assert "不能早于" in client.post(address, {"until": "2019-12-31"}, status=422).errors[0]
    # The last day of the last administrator: the page that follows is no longer open to them.
    assert client.post(address, {"until": "2020-12-31"}, status=403).heading == "这一页由系统管理员使用"


def test_an_administrator_opens_locks_and_unlocks_an_account(client: Client) -> None:
    administrator(client)

    person_id = client.house.write(li_min)
    client.get(f"/admin/accounts/new?person={person_id}")
    assert client.post(f"/admin/accounts/new/{person_id}", {"login": "admin"}, status=422).errors == [
        "用户名“admin”已经有人用了，请换一个。"
    ]
    page = client.post(f"/admin/accounts/new/{person_id}", {"login": "LiMin"})
    link = page.tree.xpath("string(//p[@class='secret'])")
    account = client.house.read(lambda db: db.exec(select(Account).where(Account.login == "limin")).one())
    assert "等待设密码" in client.get("/admin/accounts").text
    client.post(f"/admin/accounts/{account.id}/lock")
    assert "已停用" in client.get("/admin/accounts?q=limin").text
    client.post(f"/admin/accounts/{account.id}/unlock")
    client.post(f"/admin/accounts/{account.id}/totp")
    other = client.post(f"/admin/accounts/{account.id}/invitation").tree.xpath("string(//p[@class='secret'])")
    path = link.removeprefix("http://testserver.local")
    assert path.startswith("/invitation/") and link != other
    client.as_nobody().get(path, status=404)
    assert client.get(other.removeprefix("http://testserver.local")).heading == "设置密码"


def test_a_person_keeps_their_own_account(client: Client) -> None:
    administrator(client)
    assert client.get("/me").heading == "我的账户"
    page = client.post("/me/password", {"current": "wrong", "password": "another few words", "again": "another few words"}, status=422)
    assert page.errors == ["现在的密码不对。"]
    changed = {"current": PASSWORD, "password": "another few words", "again": "another few words"}
    assert "密码已经改好" in client.post("/me/password", changed).text
    page = client.post("/me/tokens", {"name": "考勤"})
    assert "heyi_" in page.text
    assert "考勤" in client.get("/me").text
    client.post("/me/tokens/1/end")
    assert "考勤" not in client.get("/me").text


def test_the_second_factor_is_set_up_with_a_code_and_turned_off_with_the_password(client: Client) -> None:
    administrator(client)
    page = client.get("/me/totp")
    secret = page.tree.xpath("string(//p[@class='secret'])").replace(" ", "")
    sealed = page.form("/me/totp")["_secret"]
    page = client.post("/me/totp", {"_secret": sealed, "code": "123"}, status=422)
    assert page.tree.xpath("string(//p[@class='secret'])").replace(" ", "") == secret
    assert "已经开启" in client.post("/me/totp", {"_secret": sealed, "code": pyotp.TOTP(secret).now()}).text
    assert client.post("/me/totp/off", {"password": "wrong"}, status=422).errors == ["密码不对，两步验证没有关闭。"]
    assert "已经关闭" in client.post("/me/totp/off", {"password": PASSWORD}).text


def test_where_it_is_required_an_officer_sets_up_the_second_factor_first(database: Database) -> None:
    with open_client(database, totp="required") as client:
        administrator(client)
        assert client.get("/admin").heading == "设置两步验证"


def test_language_theme_and_size_are_kept_without_an_account(client: Client) -> None:
    client.house.write(
        lambda db: add_administrator(db, login="a", name="a", password=PASSWORD, organisation="o", on=date(2020, 1, 1), at=now())
    )
    page = client.post("/preferences", {"back": "/login?next=/me", "language": "en", "theme": "dark", "size": "large"})
    assert (page.tree.get("lang"), page.tree.get("data-theme"), page.tree.get("data-size")) == ("en", "dark", "large")
    page = client.post("/preferences", {"back": "/login", "language": "zh", "theme": "auto", "size": "normal"})
    assert (page.tree.get("lang"), page.tree.get("data-theme"), page.tree.get("data-size")) == ("zh-CN", None, None)


def test_the_practice_date_is_set_in_the_page(client: Client) -> None:
    administrator(client)
    page = client.post("/practice-date", {"day": "2026-03-01", "back": "/admin"})
    assert "今天按2026年3月1日计算" in page.body
    assert "没有改动" in client.post("/practice-date", {"day": "2026-02-30", "back": "/admin"}).text
    assert "2026年3月1日计算" not in client.post("/practice-date", {"real": "1", "back": "/admin"}).body


def test_the_date_cannot_be_set_outside_practice(database: Database) -> None:
    with open_client(database, practice=False) as client:
        administrator(client)
        assert "练习模式：" not in client.get("/admin").body
        client.post("/practice-date", {"day": "2026-03-01", "back": "/admin"}, status=404)


def test_pages_for_administrators_are_closed_to_others(client: Client) -> None:
    administrator(client)
    addresses = ["/admin", "/admin/accounts", "/organisations", "/organisations/1", "/organisations/1/edit", "/people", "/people/1"]
    for address in addresses:
        client.get(address)

    client.as_(client.house.write(li_min))
    for address in addresses:
        client.get(address, status=403)
    client.as_nobody()
    for address in addresses:
        assert client.get(address).heading == "登录"


def test_files_are_served_by_their_hash_and_nothing_else_is(client: Client) -> None:
    page = client.get("/setup")
    sheet = page.tree.xpath("string(//link[@rel='stylesheet']/@href)")
    response = client.http.get(sheet)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/css")
    for address in ("/static/x/../../settings.py", "/static/x/settings.py", "/vendor/..%2f..%2fpackage.json", "/vendor/package.json"):
        assert client.http.get(address).status_code == 404, address


def test_a_monitor_asks_for_the_head_of_a_page_alone(client: Client) -> None:
    administrator(client)
    for address, status in (("/", 200), ("/admin", 200), ("/robots.txt", 200), ("/nowhere", 404)):
        head, full = client.http.head(address, follow_redirects=False), client.http.get(address, follow_redirects=False)
        assert (head.status_code, head.content) == (status, b""), address
        assert head.headers["content-type"] == full.headers["content-type"]
        assert head.headers["content-security-policy"] == full.headers["content-security-policy"]
    client.as_nobody()
    assert client.http.head("/login").status_code == 200
    assert client.http.head("/admin", follow_redirects=False).headers["location"] == "/login?next=/admin"
