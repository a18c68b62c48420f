"""What leaves the house: by whom it is chosen, what it says and does not say, and what happens when nobody takes it."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.cast import Story, hongxing, talks
from tests.jobs.post import Group, Mailbox, group_server, mail_server
from web import sending
from web.accounts.models import Account
from web.dispatch import House
from web.languages import translation
from web.practice import now
from web.sending import Robot, Sending
from web.settings import Settings
from workflow.database import Database
from workflow.outbox import Message, MessageSetting
from workflow.people import Appointment, Office, Person

ON = date(2026, 9, 1)
BACKOFF = (60.0, 300.0)


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database)
    yield opened
    opened.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def group() -> Iterator[Group]:
    with group_server() as opened:
        yield opened


def settings(house: House, mailbox: Mailbox | None = None) -> Settings:
    return Settings(
        house.database.url,
        secret="ab" * 32,
        address="https://heyi.example",
        smtp=mailbox.address if mailbox else "",
        mail_sender="合意 <heyi@union.example>",
        robot_hosts=frozenset({"127.0.0.1"}),
    )


def offered(db: Session) -> Story:
    """An offer has been made; 韩文博 and 陈静 of the employer are told. Everybody has an address."""
    story = talks(db, hongxing(db), ON, kind="wage", title="2027年度工资专项集体合同")
    for number, person in enumerate(db.exec(select(Person).order_by(col(Person.id))).all()):
        person.email = f"p{number}@works.example"
        db.add(person)
    story.offer("李敏", ON)
    return story


def messages(house: House) -> list[int]:
    return [i for i in house.read(lambda db: db.exec(select(Message.id).order_by(col(Message.id))).all()) if i is not None]


def send_all(house: House, chosen: Settings, backoff: tuple[float, ...] = BACKOFF) -> list[float | None]:
    return [sending.send(house, chosen, message, backoff) for message in messages(house)]


def sendings(house: House) -> list[Sending]:
    return list(house.read(lambda db: db.exec(select(Sending).order_by(col(Sending.id))).all()))


def add_robot(house: House, group: Group, of: str, path: str, channel: str = "wecom", secret: str = "") -> int:
    def add(db: Session) -> int:
        office = Office.UNION_CHAIR if of == "union" else Office.LEGAL_REPRESENTATIVE
        organisation_id = db.exec(select(Appointment.organisation_id).where(Appointment.office == office)).first()
        assert organisation_id is not None
        robot = Robot(organisation_id=organisation_id, channel=channel, address=group.address(path), secret=secret, added_on=ON)
        db.add(robot)
        db.flush()
        assert robot.id is not None
        return robot.id

    return house.write(add)


def test_a_mail_names_the_case_and_the_way_to_it_and_nothing_else_of_it(house: House, mailbox: Mailbox) -> None:
    case = house.write(lambda db: offered(db).case)
    assert send_all(house, settings(house, mailbox)) == [None, None]
    mail = mailbox.mails[0]
    text = mail.get_content()
    assert mail["Subject"] == f"合意：{case.number} 2027年度工资专项集体合同".replace("  ", " ")
    assert mail["From"] == "合意 <heyi@union.example>"
    assert f"https://heyi.example/negotiations/{case.id}" in text and "韩文博：" in text
    said = [str(m.sentence()) for m in house.read(lambda db: db.exec(select(Message)).all())]
    assert said and not [sentence for sentence in said if sentence in text]
    assert case.subject.splitlines()[0] not in text


def test_each_mail_is_known_by_the_number_of_its_message(house: House, mailbox: Mailbox) -> None:
    house.write(offered)
    send_all(house, settings(house, mailbox))
    assert sorted(mailbox.ids()) == [f"<message-{number}@union.example>" for number in messages(house)]
    assert {str(mail["To"]) for mail in mailbox.mails} == {"p3@works.example", "p4@works.example"}


def test_sending_twice_sends_one_letter(house: House, mailbox: Mailbox) -> None:
    house.write(offered)
    send_all(house, settings(house, mailbox))
    send_all(house, settings(house, mailbox))
    assert len(mailbox.mails) == 2
    assert all(m.sent_at for m in house.read(lambda db: db.exec(select(Message)).all()))


def test_a_mail_from_a_place_of_practice_says_so(house: House, mailbox: Mailbox) -> None:
    house.write(offered)
    send_all(house, replace(settings(house, mailbox), practice=True))
    assert [str(mail["Subject"]).startswith("【练习】合意：") for mail in mailbox.mails] == [True, True]


def test_a_mail_is_written_in_the_language_of_its_reader(house: House, mailbox: Mailbox) -> None:
    def choose(db: Session) -> None:
        story = offered(db)
        for name, language in (("陈静", "en"), ("韩文博", "zh")):
            account = db.exec(select(Account).where(Account.person_id == story.house[name])).one()
            account.language = language
            db.add(account)

    house.write(choose)
    send_all(house, settings(house, mailbox))
    wanted = "您有一条新消息，请登录查看。案件内容不在邮件里。"
    for language, mail in zip(("zh", "en"), sorted(mailbox.mails, key=lambda one: str(one["To"])), strict=True):
        assert translation(language).gettext(wanted) in mail.get_content()


def test_who_wants_no_mails_or_has_no_address_or_has_read_it_gets_none(house: House, mailbox: Mailbox) -> None:
    def choose(db: Session) -> None:
        story = offered(db)
        db.add(MessageSetting(person_id=story.house["陈静"], email=False))
        director = db.get_one(Person, story.house["韩文博"])
        director.email = ""
        db.add(director)

    house.write(choose)
    assert send_all(house, settings(house, mailbox)) == [None, None]
    assert mailbox.mails == [] and sendings(house) == []


def test_what_has_been_read_in_the_app_needs_no_letter(house: House, mailbox: Mailbox) -> None:
    def read(db: Session) -> None:
        offered(db)
        for message in db.exec(select(Message)).all():
            message.read_at = now()
            db.add(message)

    house.write(read)
    send_all(house, settings(house, mailbox))
    assert mailbox.mails == []


def again(house: House, hours: int) -> int:
    """陈静 is told of the same case once more, so many hours after the first time."""

    def write(db: Session) -> int:
        first = db.exec(select(Message).join(Person).where(Person.name == "陈静").order_by(col(Message.id))).first()
        assert first is not None
        at = first.created_at + timedelta(hours=hours)
        message = Message(
            person_id=first.person_id, case_kind=first.case_kind, case_id=first.case_id, words=["又一条。", {}], created_at=at
        )
        db.add(message)
        db.flush()
        return message.id or 0

    return house.write(write)


def test_while_one_mail_lies_unread_another_about_the_same_case_would_say_nothing_new(house: House, mailbox: Mailbox, group: Group) -> None:
    house.write(offered)
    add_robot(house, group, "enterprise", "/factory")
    chosen = settings(house, mailbox)
    send_all(house, chosen)
    mails, lines = len(mailbox.mails), len(group.lines)
    sending.send(house, chosen, again(house, 0))
    assert (len(mailbox.mails), len(group.lines)) == (mails, lines)
    sending.send(house, chosen, again(house, 2))
    assert (len(mailbox.mails), len(group.lines)) == (mails, lines + 1)
    sending.send(house, chosen, again(house, 7))
    assert (len(mailbox.mails), len(group.lines)) == (mails + 1, lines + 2)


def test_once_read_the_next_message_brings_a_mail_again(house: House, mailbox: Mailbox) -> None:
    house.write(offered)
    chosen = settings(house, mailbox)
    send_all(house, chosen)

    def read(db: Session) -> None:
        for message in db.exec(select(Message)).all():
            message.read_at = now()
            db.add(message)

    house.write(read)
    sending.send(house, chosen, again(house, 0))
    assert len(mailbox.mails) == 3


def test_without_a_mail_server_the_message_stays_in_the_app(house: House) -> None:
    house.write(offered)
    assert send_all(house, settings(house)) == [None, None]
    assert sendings(house) == []


def test_a_busy_server_is_asked_again_later(house: House) -> None:
    house.write(offered)
    with mail_server(busy=1) as box:
        chosen = settings(house, box)
        assert send_all(house, chosen) == [60, None]
        assert [(one.attempts, one.last_error, one.sent_at is None) for one in sendings(house)] == [
            (1, "451 come back later", True),
            (1, "", False),
        ]
        assert send_all(house, chosen) == [None, None]
        assert [(one.attempts, one.last_error, one.sent_at is None) for one in sendings(house)] == [(2, "", False), (1, "", False)]


def test_a_server_that_is_down_is_asked_less_and_less_often_and_then_given_up(house: House) -> None:
    house.write(offered)
    with mail_server() as box:
        chosen = settings(house, box)
    first = messages(house)[0]
    assert [sending.send(house, chosen, first, BACKOFF) for _ in range(4)] == [60, 300, None, None]
    (one,) = sendings(house)
    assert one.given_up and one.attempts == 3 and "refused" in one.last_error.lower()


def test_a_mailbox_that_does_not_exist_is_given_up_at_once(house: House) -> None:
    house.write(offered)
    with mail_server(unknown=frozenset({"p3@works.example"})) as box:
        assert send_all(house, settings(house, box)) == [None, None]
    assert [(one.given_up, one.last_error) for one in sendings(house)] == [(True, "550 no such mailbox"), (False, "")]


def test_a_password_is_not_sent_over_an_open_line() -> None:
    """This machine by another of its names counts as one on the line."""
    with mail_server(host="127.0.0.2") as box, pytest.raises(sending.NotTaken, match="no TLS"):
        sending._smtp(box.address.replace("//", "//heyi:secret@"))


def test_two_people_of_one_side_are_announced_by_one_line_in_the_group(house: House, group: Group) -> None:
    case = house.write(lambda db: offered(db).case)
    add_robot(house, group, "enterprise", "/factory")
    add_robot(house, group, "union", "/union")
    send_all(house, settings(house))
    assert group.said("/factory") == [
        f"合意：“{case.number} 2027年度工资专项集体合同”有新消息，请经办人登录查看。https://heyi.example/negotiations/{case.id}".replace(
            "“ ", "“"
        )
    ]
    assert group.said("/union") == []


def test_the_unions_chair_is_not_announced_in_the_group_of_the_factory_where_she_works(house: House, group: Group) -> None:
    def work(db: Session) -> None:
        story = offered(db)
        db.add(Appointment(person_id=story.house["李敏"], organisation_id=story.house.enterprise.id or 0, office=Office.WORKER, since=ON))
        story.record_receipt("陈静", ON, received=ON, means="return_slip")

    house.write(work)
    add_robot(house, group, "enterprise", "/factory")
    add_robot(house, group, "union", "/union")
    told = house.read(lambda db: db.exec(select(Message.id).join(Person).where(Person.name == "李敏")).all())
    assert len(told) == 1 and told[0] is not None
    sending.send(house, settings(house), told[0])
    assert len(group.said("/union")) == 1 and group.said("/factory") == []


def test_who_holds_an_office_on_both_sides_is_announced_in_neither_group(house: House, group: Group) -> None:
    def both(db: Session) -> None:
        story = offered(db)
        for name in ("韩文博", "陈静"):
            db.add(
                Appointment(person_id=story.house[name], organisation_id=story.house.union.id or 0, office=Office.UNION_OFFICER, since=ON)
            )

    house.write(both)
    add_robot(house, group, "enterprise", "/factory")
    add_robot(house, group, "union", "/union")
    send_all(house, settings(house))
    assert group.lines == []


def test_who_wants_no_announcement_is_not_announced(house: House, group: Group) -> None:
    def choose(db: Session) -> None:
        story = offered(db)
        for name in ("韩文博", "陈静"):
            db.add(MessageSetting(person_id=story.house[name], robots=False))

    house.write(choose)
    add_robot(house, group, "enterprise", "/factory")
    send_all(house, settings(house))
    assert group.lines == []


def test_a_robot_of_dingtalk_is_called_with_its_signature(house: House, group: Group) -> None:
    house.write(offered)
    add_robot(house, group, "enterprise", "/robot?access_token=key", "dingtalk", secret="SECabc")
    send_all(house, settings(house))
    ((_path, query, _text),) = group.lines
    stamp, sign = query["timestamp"][0], query["sign"][0]
    assert query["access_token"] == ["key"]
    assert sign == base64.b64encode(hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()).decode()
    assert abs(int(stamp) / 1000 - now().timestamp()) < 60


def test_a_robot_that_says_no_is_asked_again_and_its_key_is_not_written_down(house: House, group: Group) -> None:
    house.write(offered)
    add_robot(house, group, "enterprise", "/robot?key=topsecret")
    group.answer = {"errcode": 45009, "errmsg": "api freq out of limit"}
    assert send_all(house, settings(house)) == [60, None]
    (one,) = sendings(house)
    assert one.last_error == "45009 api freq out of limit"
    group.answer = {"errcode": 0, "errmsg": "ok"}
    assert send_all(house, settings(house)) == [None, None]
    assert "topsecret" not in " ".join(one.last_error for one in sendings(house))


def test_a_robot_removed_meanwhile_is_not_called(house: House, group: Group) -> None:
    house.write(offered)
    robot = add_robot(house, group, "enterprise", "/factory")
    group.answer = {"errcode": 1, "errmsg": "not now"}
    send_all(house, settings(house))

    def remove(db: Session) -> None:
        found = db.get_one(Robot, robot)
        found.removed_on, found.address = ON, ""
        db.add(found)

    house.write(remove)
    assert send_all(house, settings(house)) == [None, None]
    assert len(group.lines) == 1 and [one.given_up for one in sendings(house)] == [True]


@pytest.mark.parametrize(
    ("channel", "address", "may"),
    [
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", True),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=1", True),
        ("wecom", "https://oapi.dingtalk.com/robot/send?access_token=1", False),
        ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", False),
        ("wecom", "https://qyapi.weixin.qq.com:8443/", False),
        ("wecom", "https://qyapi.weixin.qq.com.example/", False),
        ("wecom", "https://user@169.254.169.254/latest", False),
        ("wecom", "file:///etc/passwd", False),
        ("wecom", "http://im.works.example:8080/hook", True),
        ("dingtalk", "ftp://im.works.example/hook", False),
    ],
)
def test_the_server_calls_no_host_but_those_allowed(channel: str, address: str, may: bool) -> None:
    chosen = Settings("sqlite://", "", robot_hosts=frozenset({"im.works.example"}))
    assert sending.may_call(chosen, channel, address) is may
