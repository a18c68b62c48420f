"""Signing in, being locked out, being invited, signing out."""

from datetime import timedelta

import pyotp
import pytest
from sqlmodel import Session, col, select

from tests.web.client import PASSWORD, SECRET, TOTP_KEY, Client, open_client
from web.accounts import entry, invitations, second_factor, tokens
from web.accounts.models import Account, WebSession
from web.accounts.setup import add_administrator
from web.practice import now, today
from web.settings import Settings
from workflow.database import Database
from workflow.people import Person


def open_account(db: Session, name: str = "李敏", login: str = "limin", totp_secret: str = "") -> int:
    person = Person(name=name)
    db.add(person)
    db.flush()
    account = invitations.open_account(db, person, login, at=now(), password=PASSWORD)
    if totp_secret:
        account.totp_secret = second_factor.locked(TOTP_KEY, account.id or 0, totp_secret)
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


def test_a_secret_of_the_second_step_does_not_lie_open_in_the_database(client: Client) -> None:
    secret = pyotp.random_base32()
    client.house.write(open_account, totp_secret=secret)
    stored = client.house.read(lambda db: db.exec(select(Account.totp_secret)).one())
    assert len(stored) == 64 and secret not in stored
    assert client.house.read(lambda db: second_factor.unlocked(TOTP_KEY, db.exec(select(Account)).one())) == secret


def test_a_secret_put_into_another_account_is_good_for_nothing(client: Client) -> None:
    mine = pyotp.random_base32()

    def swap(db: Session) -> None:
        open_account(db, "王强", "wangqiang", totp_secret=mine)
        open_account(db, totp_secret=pyotp.random_base32())
        wang, li = db.exec(select(Account).order_by(col(Account.id))).all()
        li.totp_secret = wang.totp_secret

    client.house.write(swap)
    ticket = client.sign_in("limin").form("/login/code")["ticket"]
    page = client.post("/login/code", {"ticket": ticket, "code": pyotp.TOTP(mine).now()}, status=422)
    assert page.summary == ["您的两步验证读不出来：系统的密钥换过了。请联系系统管理员重置两步验证。"]


def test_another_key_opens_no_secret_and_says_who_can_help(database: Database) -> None:
    secret = pyotp.random_base32()
    with open_client(database, totp_key_hex="cd" * 32) as client:
        client.house.write(open_account, totp_secret=secret)
        ticket = client.sign_in("limin").form("/login/code")["ticket"]
        page = client.post("/login/code", {"ticket": ticket, "code": pyotp.TOTP(secret).now()}, status=422)
        assert "请联系系统管理员重置两步验证" in page.summary[0]


def test_secrets_of_an_earlier_version_are_encrypted_at_the_next_start(client: Client) -> None:
    secret = pyotp.random_base32()

    def leave_open(db: Session) -> None:
        open_account(db)
        db.exec(select(Account)).one().totp_secret = secret

    client.house.write(leave_open)
    assert client.house.write(second_factor.lock_all, TOTP_KEY) == 1
    assert client.house.write(second_factor.lock_all, TOTP_KEY) == 0
    ticket = client.sign_in("limin").form("/login/code")["ticket"]
    code = pyotp.TOTP(secret).now()
    assert client.send("/login/code", {"ticket": ticket, "code": code}, follow=False).status_code == 303


def test_the_key_of_the_second_step_is_one_of_its_own_or_drawn_from_the_secret() -> None:
    own = Settings(database="", secret=SECRET, totp_key_hex="cd" * 32)
    assert own.totp_key == bytes.fromhex("cd" * 32) and TOTP_KEY not in (bytes.fromhex(SECRET), own.totp_key)
    with pytest.raises(ValueError, match="HEYI_TOTP_KEY"):
        Settings.load({"HEYI_SECRET": SECRET, "HEYI_TOTP_KEY": "short"})


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


# ---- tokens of programs


def a_token(db: Session, login: str = "limin") -> str:
    return tokens.create(db, db.exec(select(Account).where(Account.login == login)).one(), "考勤", on=today(db))


def calls(client: Client, token: str) -> int:
    return client.http.get("/api/v1/negotiations", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_changed_password_ends_the_tokens_and_says_so(client: Client) -> None:
    person = client.house.write(open_account)
    token = client.house.write(a_token)
    assert calls(client, token) == 200
    page = client.as_(person).get("/me")
    assert "修改密码后全部作废" in page.text
    new = {"password": "another three words", "again": "another three words"}
    assert "接口令牌都已作废" in client.post("/me/password", {"current": PASSWORD, **new}).body
    assert calls(client, token) == 401
    page = client.post("/me/password", {"current": "another three words", "password": PASSWORD, "again": PASSWORD})
    assert "密码已经改好" in page.body and "接口令牌都已作废" not in page.body


def test_a_password_chosen_by_invitation_ends_the_tokens(client: Client) -> None:
    person = client.house.write(open_account)
    token = client.house.write(a_token)
    link = client.house.write(invitations.invite, person, at=now())
    page = client.post(f"/invitation/{link}", {"password": "another three words", "again": "another three words"})
    assert "接口令牌都已作废" in page.body
    assert calls(client, token) == 401


@pytest.mark.parametrize("what", ["lock", "totp"])
def test_what_an_administrator_takes_away_ends_the_tokens(client: Client, what: str) -> None:
    def begin(db: Session) -> tuple[int, int]:
        admin = add_administrator(db, login="zhou", name="周萍", password=PASSWORD, organisation="总工会", on=today(db), at=now())
        open_account(db)
        return admin.person_id, db.exec(select(Account).where(Account.login == "limin")).one().id or 0

    admin, account = client.house.write(begin)
    token = client.house.write(a_token)
    assert "接口令牌都已作废" in client.as_(admin).post(f"/admin/accounts/{account}/{what}").body
    client.post(f"/admin/accounts/{account}/unlock")
    assert calls(client, token) == 401


def test_where_the_second_step_is_required_a_token_waits_for_it_too(database: Database) -> None:
    with open_client(database, totp="required") as client:
        client.house.write(
            lambda db: add_administrator(db, login="zhou", name="周萍", password=PASSWORD, organisation="总工会", on=today(db), at=now())
        )
        client.house.write(open_account)
        officers, others = client.house.write(a_token, "zhou"), client.house.write(a_token)
        answer = client.http.get("/api/v1/negotiations", headers={"Authorization": f"Bearer {officers}"})
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
        assert answer.json()["title"] == "担任职务的人要先设置两步验证。"
        assert calls(client, others) == 200

        def set_up(db: Session) -> None:
            account = db.exec(select(Account).where(Account.login == "zhou")).one()
            account.totp_secret = second_factor.locked(TOTP_KEY, account.id or 0, pyotp.random_base32())

        client.house.write(set_up)
        assert calls(client, officers) == 200
