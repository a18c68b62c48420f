"""Signing in, being locked out, being invited, signing out."""

from datetime import timedelta

import pyotp
from sqlmodel import Session, select

from tests.web.client import PASSWORD, Client
from web.accounts import entry, invitations
from web.accounts.models import Account, WebSession
from web.practice import now
from workflow.people import Person


def open_account(db: Session, name: str = "李敏", login: str = "limin", totp_secret: str = "") -> int:
    person = Person(name=name)
    db.add(person)
    db.flush()
    account = invitations.open_account(db, person, login, at=now(), password=PASSWORD)
    account.totp_secret = totp_secret
    assert person.id is not None
    return person.id


def test_a_person_signs_in_and_out(client: Client) -> None:
    client.house.write(open_account)
    response = client.send("/login", {"login": " LiMin ", "password": PASSWORD, "next": "/nowhere"}, follow=False)
    assert (response.status_code, response.headers["location"]) == (303, "/nowhere")
    assert "李敏" in client.get("/nowhere", status=404).response.text
    assert client.send("/logout", follow=False).headers["location"] == "/login"
    assert "李敏" not in client.get("/nowhere", status=404).response.text


def test_a_wrong_password_says_so_and_keeps_the_login(client: Client) -> None:
    client.house.write(open_account)
    page = client.sign_in("limin", "wrong", status=422)
    assert page.summary == ["用户名或密码不对，请核对后重新输入。"]
    assert page.form("/login")["login"] == "limin"
    assert "password" not in page.form("/login")


def test_a_login_that_does_not_exist_gets_the_same_answer(client: Client) -> None:
    assert client.sign_in("nobody", "wrong", status=422).summary == ["用户名或密码不对，请核对后重新输入。"]


def test_five_wrong_passwords_lock_the_account_and_the_sixth_even_right_one_waits(client: Client) -> None:
    client.house.write(open_account)
    for _ in range(4):
        client.sign_in("limin", "wrong", status=422)
    assert "账户锁定到" in client.sign_in("limin", "wrong", status=422).summary[0]
    assert "账户锁定到" in client.sign_in("limin", status=422).summary[0]


def test_the_lock_ends_after_a_quarter_of_an_hour(client: Client) -> None:
    client.house.write(open_account)

    def fail_long_ago(db: Session) -> None:
        account = db.exec(select(Account)).one()
        for _ in range(5):
            entry.record_failure(db, account.id, "10.0.0.1", at=now() - timedelta(minutes=16))

    client.house.write(fail_long_ago)
    assert client.send("/login", {"login": "limin", "password": PASSWORD}, follow=False).status_code == 303


def test_thirty_failures_from_one_address_close_it_for_every_account(client: Client) -> None:
    client.house.write(open_account)
    for n in range(30):
        client.house.write(entry.record_failure, None, "testclient", at=now() - timedelta(seconds=n))
    assert "网络地址" in client.sign_in("limin", status=429).summary[0]


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(client: Client) -> None:
    secret = pyotp.random_base32()
    client.house.write(open_account, totp_secret=secret)
    page = client.sign_in("limin")
    assert page.heading == "输入验证码"
    ticket = page.form("/login/code")["ticket"]
    assert "验证码不对" in client.post("/login/code", {"ticket": ticket, "code": "000000"}, status=422).summary[0]
    code = pyotp.TOTP(secret).now()
    assert client.send("/login/code", {"ticket": ticket, "code": f"{code[:3]} {code[3:]}"}, follow=False).status_code == 303
    client.as_nobody()
    assert "已经用过" in client.post("/login/code", {"ticket": ticket, "code": code}, status=422).summary[0]


def test_a_made_up_ticket_does_not_pass_the_second_step(client: Client) -> None:
    response = client.send("/login/code", {"ticket": "WzEsOTk5OTk5OTk5OV0.0000", "code": "000000"}, follow=False)
    assert response.headers["location"] == "/login"


def test_signing_in_makes_a_new_session_and_not_the_one_the_browser_brought(client: Client) -> None:
    client.house.write(open_account)
    client.http.cookies.set("heyi_session", "a" * 64)
    response = client.send("/login", {"login": "limin", "password": PASSWORD}, follow=False)
    assert "a" * 64 not in response.headers["set-cookie"]
    assert client.house.read(lambda db: len(db.exec(select(WebSession)).all())) == 1


def test_reading_pages_writes_nothing_to_the_session(client: Client) -> None:
    person_id = client.house.write(open_account)
    client.as_(person_id)
    before = client.house.read(lambda db: db.exec(select(WebSession)).one().seen_at)
    response = client.get("/nowhere", status=404).response
    assert "heyi_session" not in response.headers.get("set-cookie", "")
    assert client.house.read(lambda db: db.exec(select(WebSession)).one().seen_at) == before


def test_a_session_left_alone_for_half_a_day_has_ended(client: Client) -> None:
    person_id = client.house.write(open_account)
    client.as_(person_id)

    def leave_alone(db: Session) -> None:
        session = db.exec(select(WebSession)).one()
        session.seen_at = now() - timedelta(hours=13)

    client.house.write(leave_alone)
    assert "李敏" not in client.get("/nowhere", status=404).response.text


def test_an_invited_person_chooses_a_password_once(client: Client) -> None:
    def invite(db: Session) -> str:
        person = Person(name="周志远")
        db.add(person)
        db.flush()
        invitations.open_account(db, person, "zhou", at=now())
        assert person.id is not None
        return invitations.invite(db, person.id, at=now())

    token = client.house.write(invite)
    page = client.get(f"/invitation/{token}")
    assert "周志远" in page.text
    assert "密码至少要10个字符" in client.post(f"/invitation/{token}", {"password": "short", "again": "short"}, status=422).errors[0]
    assert client.post(f"/invitation/{token}", {"password": PASSWORD, "again": "other"}, status=422).errors == ["两次输入的密码不一样。"]
    assert client.send(f"/invitation/{token}", {"password": PASSWORD, "again": PASSWORD}, follow=False).status_code == 303
    assert client.get(f"/invitation/{token}", status=404).heading == "这个邀请链接不能用了"


def test_a_form_without_its_token_is_refused(client: Client) -> None:
    response = client.http.post("/login", data={"login": "limin", "password": PASSWORD})
    assert response.status_code == 403
    assert "刷新后再试" in response.text


def test_a_form_sent_from_another_site_is_refused(client: Client) -> None:
    data = {"_csrf_token": client.token(), "login": "limin", "password": PASSWORD}
    assert client.http.post("/login", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.http.post("/login", data=data, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client) -> None:
    client.house.write(open_account)
    for address in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        response = client.send("/login", {"login": "limin", "password": PASSWORD, "next": address}, follow=False)
        assert response.headers["location"] == "/"


def test_one_address_may_try_sixty_times_a_minute(client: Client) -> None:
    answers = [client.send("/login/code", {"ticket": "x", "code": "1"}, follow=False).status_code for _ in range(61)]
    assert answers == [303] * 60 + [429]
    assert "请过一分钟再试" in client.send("/login/code", {"ticket": "x", "code": "1"}, follow=False).text
