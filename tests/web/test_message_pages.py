"""Messages in the app, and what each person and the administrator may set about them."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.cast import BEGINNING, Story, hongxing, wage_talks
from tests.jobs.post import group_server, mail_server
from tests.web.client import Client, open_client
from web.practice import now
from web.sending import Robot, Sending
from workflow.database import Database
from workflow.outbox import Message, MessageSetting
from workflow.people import Appointment, Office, Person

ON = date(2026, 9, 1)


def offered(db: Session) -> Story:
    story = wage_talks(db, hongxing(db), ON)
    story.offer("李敏", ON)
    return story


def with_administrator(db: Session) -> tuple[Story, int]:
    story = offered(db)
    person = Person(name="管理员", email="admin@works.example")
    db.add(person)
    db.flush()
    assert person.id is not None and story.house.federation.id is not None
    db.add(Appointment(person_id=person.id, organisation_id=story.house.federation.id, office=Office.ADMINISTRATOR, since=BEGINNING))
    return story, person.id


@pytest.fixture
def story(client: Client) -> Story:
    return client.house.write(offered)


def messages_of(client: Client, story: Story, name: str) -> list[Message]:
    query = select(Message).where(Message.person_id == story.house[name]).order_by(col(Message.id))
    return list(client.house.read(lambda db: db.exec(query).all()))


def test_a_new_message_is_counted_in_the_masthead_until_it_is_read(client: Client, story: Story) -> None:
    client.as_(story.house["陈静"])
    page = client.get("/messages")
    assert "消息 1（1条没有看过）" in page.body and "对方向贵方发出了要约" in page.text
    (message,) = messages_of(client, story, "陈静")
    case = client.post(f"/messages/{message.id}/read")
    assert str(case.response.url).endswith(f"/negotiations/{story.case.id}")
    assert "没有看过" not in client.get("/messages").body
    assert "都看过了。" in client.get("/messages").text


def test_all_are_marked_as_read_but_those_that_came_meanwhile(client: Client, story: Story) -> None:
    client.as_(story.house["李敏"])
    client.house.write(lambda db: Story(db, story.house, db.merge(story.case)).record_receipt("陈静", ON, received=ON, means="return_slip"))
    form = client.get("/messages").form("/messages/read")
    client.house.write(lambda db: db.add(Message(person_id=story.house["李敏"], words=["后来的一条。", {}], created_at=now())))
    page = client.post("/messages/read", form)
    assert "1条没有看过" in page.text and "后来的一条。 新" in page.text


def test_nobody_reads_or_marks_the_messages_of_another(client: Client, story: Story) -> None:
    (message,) = messages_of(client, story, "陈静")
    client.as_(story.house["李敏"])
    assert "对方向贵方发出了要约" not in client.get("/messages").text
    client.post(f"/messages/{message.id}/read", status=404)
    client.post("/messages/read", {"newest": "999999"})
    assert messages_of(client, story, "陈静")[0].read_at is None


def test_who_no_longer_handles_a_case_no_longer_reads_what_was_told_of_it(client: Client, story: Story) -> None:
    client.as_(story.house["陈静"])
    assert "对方向贵方发出了要约" in client.get("/messages").text

    def leave(db: Session) -> None:
        for appointment in db.exec(select(Appointment).where(Appointment.person_id == story.house["陈静"])).all():
            appointment.until = now().date() - timedelta(days=30000)
            appointment.since = appointment.until
            db.add(appointment)

    client.house.write(leave)
    page = client.get("/messages")
    assert "对方向贵方发出了要约" not in page.text and "您已经不再经办这个案件" in page.text and story.case.title not in page.text
    assert "消息" in client.post(f"/messages/{messages_of(client, story, '陈静')[0].id}/read").heading


def test_long_lists_are_turned_page_by_page_new_ones_first(client: Client, story: Story) -> None:
    def many(db: Session) -> None:
        for number in range(70):
            read_at = now() if number % 2 else None
            db.add(Message(person_id=story.house["李敏"], words=["第{n}条。", {"n": number}], created_at=now(), read_at=read_at))

    client.house.write(many)
    client.as_(story.house["李敏"])
    first, last = client.get("/messages"), client.get("/messages?number=3")
    assert "第68条。" in first.text and "第69条。" not in first.text
    assert "第1条。" in last.text and "第3页，共3页" in last.text
    assert "新" not in last.text


def test_what_is_said_over_and_over_is_shown_and_read_once(client: Client, story: Story) -> None:
    def clauses(db: Session) -> None:
        for _ in range(5):
            words = ["对方首席代表同意了一个条款。", {}]
            person = story.house["李敏"]
            db.add(Message(person_id=person, case_kind="negotiation", case_id=story.case.id, words=words, created_at=now()))

    client.house.write(clauses)
    client.as_(story.house["李敏"])
    page = client.get("/messages")
    assert page.text.count("对方首席代表同意了一个条款。 新") == 1 and "共5条" in page.text
    newest = max(message.id or 0 for message in messages_of(client, story, "李敏"))
    client.post(f"/messages/{newest}/read")
    assert all(message.read_at for message in messages_of(client, story, "李敏"))


def test_messages_are_for_those_who_are_signed_in(client: Client, story: Story) -> None:
    assert "登录" in client.as_nobody().get("/messages").heading


def test_everyone_sets_how_they_want_to_be_told(client: Client, story: Story) -> None:
    client.as_(story.house["陈静"])
    form = next(f for f in client.get("/me/messages").tree.forms if f.get("action") == "/me/messages")
    sent = [(name, value) for name, value in form.form_values() if name != "_csrf_token"]
    assert sent == [
        ("channels", "email"),
        ("channels", "robots"),
        ("days_before", "3"),
        ("days_before", "1"),
        ("days_before", "0"),
        ("overdue", "yes"),
    ]
    assert "已经保存" in client.post("/me/messages", {"channels": "robots", "days_before": ["7", "15"]}).text
    setting = client.house.read(lambda db: db.get_one(MessageSetting, story.house["陈静"]))
    assert (setting.email, setting.robots, setting.days_before, setting.overdue) == (False, True, [15, 7], False)


def test_a_day_that_is_not_offered_is_refused(client: Client, story: Story) -> None:
    client.as_(story.house["陈静"])
    page = client.post("/me/messages", {"channels": "email", "days_before": "400"}, status=422)
    assert page.summary


def test_the_settings_say_why_no_mail_will_come(client: Client, story: Story) -> None:
    client.as_(story.house["陈静"])
    assert "没有设置发信服务器" in client.get("/me/messages").text


def test_the_administrator_adds_a_robot_tries_it_and_removes_it(database: Database) -> None:
    with group_server() as group, open_client(database, robot_hosts=frozenset({"127.0.0.1"})) as client:
        story, administrator = client.house.write(with_administrator)
        client.as_(administrator)
        address = f"/organisations/{story.house.enterprise.id}/robots"
        page = client.post(address, {"channel": "wecom", "address": group.address("/robot?key=topsecret"), "secret": ""})
        assert "已经添加" in page.text and "topsecret" not in page.response.text
        assert "已经登记过" in client.post(address, {"channel": "wecom", "address": group.address("/robot?key=topsecret")}, status=422).text
        (robot,) = client.house.read(lambda db: db.exec(select(Robot)).all())
        assert "已经发出" in client.post(f"/robots/{robot.id}/greeting").text
        assert group.said("/robot") == ["【练习】合意：机器人已经接通，以后有新消息会在这里提醒。"]
        group.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
        assert "没有发成：93000 invalid webhook url" in client.post(f"/robots/{robot.id}/greeting").text
        assert story.house.enterprise.name in client.get("/admin/sending").text
        assert "已经移除" in client.post(f"/robots/{robot.id}/removal").text
        (robot,) = client.house.read(lambda db: db.exec(select(Robot)).all())
        assert (robot.address, robot.removed_on is None) == ("", False)
        client.post(f"/robots/{robot.id}/greeting", status=404)


def test_a_robot_may_not_live_just_anywhere(client: Client) -> None:
    story, administrator = client.house.write(with_administrator)
    client.as_(administrator)
    address = f"/organisations/{story.house.enterprise.id}/robots"
    page = client.post(address, {"channel": "wecom", "address": "https://169.254.169.254/latest/meta-data"}, status=422)
    assert "https://qyapi.weixin.qq.com/" in " ".join(page.errors)


def test_robots_are_the_administrators_affair(client: Client, story: Story) -> None:
    client.as_(story.house["李敏"])
    for address in ("/admin/sending", f"/organisations/{story.house.enterprise.id}/robots"):
        client.get(address, status=403)
    assert client.send("/robots/1/removal").status_code == 403


def test_the_administrator_tries_the_mail_server(database: Database) -> None:
    with mail_server() as box, open_client(database, smtp=box.address, practice=False) as client:
        _story, administrator = client.house.write(with_administrator)
        client.as_(administrator)
        assert "已经发出" in client.post("/admin/sending/mail").text
        assert [str(mail["To"]) for mail in box.mails] == ["admin@works.example"]
        box.busy = 1
        assert "没有发成：451 come back later" in client.post("/admin/sending/mail").text


def test_the_administrator_sees_what_could_not_be_sent_and_nothing_of_the_case(client: Client) -> None:
    story, administrator = client.house.write(with_administrator)

    def fail(db: Session) -> None:
        message = db.exec(select(Message)).first()
        assert message is not None and message.id is not None
        db.add(
            Sending(
                message_id=message.id,
                channel="email",
                key="message-1",
                attempts=7,
                tried_at=now(),
                given_up=True,
                last_error="550 no such mailbox",
            )
        )

    client.house.write(fail)
    client.as_(administrator)
    page = client.get("/admin/sending")
    assert "550 no such mailbox" in page.text and "不再试" in page.text and "试过7次" in page.text
    assert story.case.title not in page.text and "没有程序在自动办理" in page.text
