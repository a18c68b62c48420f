"""Messages that leave the house: e-mail by SMTP, and the group robots of 企业微信 and 钉钉 by webhook.

What leaves says in which case there is something to read, and where; nothing of the case but its number and title. A mail
goes out at least once: a process killed between the server's yes and our note of it sends it again, under the same
Message-ID; the robots know no such thing, so that a group may in that case read a line twice.
"""

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from smtplib import SMTPException
from urllib.parse import unquote, urlsplit

import httpx
from sqlalchemy import CheckConstraint, String
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from web.accounts.models import Account
from web.dispatch import House
from web.house import ADDRESSES, CASE_TYPES, title_of
from web.languages import translation
from web.practice import now, today
from web.settings import Settings
from workflow.database import Big
from workflow.organisations import Organisation
from workflow.outbox import Message, setting_of
from workflow.people import Office, Person, appointments
from workflow.words import N_, Sentence, say

BACKOFF: tuple[float, ...] = (60, 300, 1800, 7200, 21600, 86400)
"""Seconds from one failed try to the next; after the last one it is given up and shown to the administrator."""

QUIET = timedelta(hours=6)
"""A mail only says that there is something to read in a case. While that one lies unread, another so soon would say nothing new."""

QUIET_GROUP = timedelta(hours=1)
"""The same for a line in a group, which nobody marks as read."""

PATIENCE = 15
"""Seconds that a server has for each answer."""


class Channel(StrEnum):
    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


HOSTS = {Channel.WECOM: "qyapi.weixin.qq.com", Channel.DINGTALK: "oapi.dingtalk.com"}
CHANNEL_LABELS = {Channel.EMAIL: N_("电子邮件"), Channel.WECOM: N_("企业微信群机器人"), Channel.DINGTALK: N_("钉钉群机器人")}
_SECOND_SEATS = frozenset({Office.WORKER, Office.MANAGER, Office.ADMINISTRATOR})
"""Offices that bring no messages of a case, so that a union's chair who works in the factory is not announced in the factory's group."""


class Robot(SQLModel, table=True):
    """A robot in a chat group of one organisation. Its address is a key to the group: shown to nobody, wiped when the robot is removed."""

    __tablename__ = "robot"
    __table_args__ = (CheckConstraint("channel IN ('wecom','dingtalk')", name="channel"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=Big, index=True)
    channel: str = Field(sa_type=String(10))
    address: str = Field(sa_type=String(500))
    secret: str = Field(default="", sa_type=String(200))
    """Of a 钉钉 robot with 加签."""
    added_on: date
    removed_on: date | None = None


class Sending(SQLModel, table=True):
    """One message by one channel. Several people told of the same thing share one line in a group: `key` names it."""

    __tablename__ = "message_sending"
    __table_args__ = (CheckConstraint("channel IN ('email','wecom','dingtalk')", name="channel"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    message_id: int = Field(foreign_key="message.id", sa_type=Big, index=True)
    channel: str = Field(sa_type=String(10))
    robot_id: int | None = Field(default=None, foreign_key="robot.id", sa_type=Big)
    key: str = Field(sa_type=String(120), unique=True)
    attempts: int = Field(default=0)
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    given_up: bool = False
    last_error: str = Field(default="", sa_type=String(300))


class NotTaken(Exception):
    """A server answered, and said no. `for_good`: asking again would not help."""

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        super().__init__(answer)
        self.for_good = for_good


@dataclass(frozen=True)
class Envelope:
    """One sending with all that it takes to make it."""

    sending_id: int
    channel: str
    address: str
    subject: str
    text: str
    message_id: int
    secret: str = ""


def send(house: House, settings: Settings, message_id: int, backoff: Sequence[float] = BACKOFF) -> float | None:
    """Try every channel of the message that has not had it yet. Gives the seconds to the next try; none when nothing is left to do."""
    for envelope in house.write(_envelopes, settings, message_id):
        error, for_good = _hand_over(envelope, settings)
        house.write(_note, envelope.sending_id, error, for_good, len(backoff))
    return house.write(_settle, message_id, backoff)


def try_mail(settings: Settings, address: str, language: str) -> str:
    """A mail that only says that mails arrive. Gives what failed, or nothing."""
    text = _read(say(N_("这封信说明合意可以发邮件。")), language)
    subject = _prefix(settings, language) + _read(say(N_("合意：试发邮件")), language)
    return _hand_over(Envelope(0, Channel.EMAIL, address, subject, text, 0), settings)[0]


def try_robot(settings: Settings, robot: Robot, language: str) -> str:
    """Say hello in the group. Gives what failed, or nothing."""
    text = _prefix(settings, language) + _read(say(N_("合意：机器人已经接通，以后有新消息会在这里提醒。")), language)
    return _hand_over(Envelope(0, robot.channel, robot.address, "", text, 0, robot.secret), settings)[0]


# ---- what is to be sent


def _envelopes(db: Session, settings: Settings, message_id: int) -> list[Envelope]:
    message = db.get(Message, message_id)
    if message is None or message.sent_at is not None:
        return []
    person = db.get_one(Person, message.person_id)
    account = db.exec(select(Account).where(Account.person_id == message.person_id)).first()
    language = account.language if account else "zh"
    setting = setting_of(db, message.person_id)
    # What has been read in the app meanwhile needs no mail.
    if settings.smtp and setting.email and person.email and message.read_at is None and not _is_known(db, message):
        _plan(db, message, Channel.EMAIL, f"message-{message.id}")
    if setting.robots:
        for robot in _robots(db, message):
            if not _is_known(db, message, robot):
                _plan(db, message, robot.channel, f"robot-{robot.id}-{_notice(message)}", robot.id)
    title, link = title_of(db, message.case_kind, message.case_id), link_of(settings, message)
    envelopes = []
    for one in _waiting(db, message_id):
        assert one.id is not None
        if one.robot_id is None:
            subject, text = _mail_words(settings, person.name, title, link, language)
            envelopes.append(Envelope(one.id, one.channel, person.email, subject, text, message_id))
            continue
        robot = db.get_one(Robot, one.robot_id)
        if robot.removed_on is None:
            text = _group_words(settings, title, link)
            envelopes.append(Envelope(one.id, robot.channel, robot.address, "", text, message_id, robot.secret))
        else:
            one.given_up = True
            db.add(one)
    return envelopes


def _is_known(db: Session, message: Message, robot: Robot | None = None) -> bool:
    """Whether the person, or the group, was told a short while before that something is to be read in this case."""
    query = (
        select(Sending.id)
        .join(Message, col(Message.id) == col(Sending.message_id))
        .where(
            Message.case_kind == message.case_kind,
            col(Message.case_id) == message.case_id,
            col(Message.id) < message.id,
            col(Sending.given_up).is_(False),
        )
    )
    if robot is None:
        query = query.where(
            Message.person_id == message.person_id,
            Sending.channel == Channel.EMAIL,
            col(Message.read_at).is_(None),
            col(Message.created_at) > message.created_at - QUIET,
        )
    else:
        query = query.where(Sending.robot_id == robot.id, col(Message.created_at) > message.created_at - QUIET_GROUP)
    return message.case_id is not None and db.exec(query.limit(1)).first() is not None


def _plan(db: Session, message: Message, channel: str, key: str, robot_id: int | None = None) -> None:
    """A row, unless this or another process has made it."""
    assert message.id is not None
    if db.exec(select(Sending.id).where(Sending.key == key)).first() is not None:
        return
    try:
        with db.begin_nested():
            db.add(Sending(message_id=message.id, channel=channel, robot_id=robot_id, key=key))
    except IntegrityError:
        if db.exec(select(Sending.id).where(Sending.key == key)).first() is None:
            raise


def _waiting(db: Session, message_id: int) -> list[Sending]:
    return list(
        db.exec(
            select(Sending)
            .where(Sending.message_id == message_id, col(Sending.sent_at).is_(None), col(Sending.given_up).is_(False))
            .order_by(col(Sending.id))
        ).all()
    )


def _robots(db: Session, message: Message) -> list[Robot]:
    """Those of the body for which the person has to do with the case; of none where it could be one side's or the other's."""
    if message.case_kind not in CASE_TYPES or message.case_id is None:
        return []
    case = db.get_one(CASE_TYPES[message.case_kind], message.case_id)
    held = {a.organisation_id for a in appointments(db, message.person_id, today(db)) if a.office not in _SECOND_SEATS}
    parties = {case.organisation_id, *db.exec(select(Organisation.id).where(Organisation.of_id == case.organisation_id))}
    bodies = held & parties or held
    if len(bodies) != 1:
        return []
    return list(
        db.exec(select(Robot).where(col(Robot.organisation_id).in_(bodies), col(Robot.removed_on).is_(None)).order_by(col(Robot.id))).all()
    )


def _notice(message: Message) -> str:
    """The same for all who were told the same of the same case at the same time."""
    said = json.dumps(
        [message.case_kind, message.case_id, message.words, message.created_at.isoformat()], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def link_of(settings: Settings, message: Message) -> str:
    base = settings.address or f"http://{settings.host}:{settings.port}"
    where = ADDRESSES.get(message.case_kind)
    return f"{base}{where}/{message.case_id}" if where and message.case_id is not None else f"{base}/messages"


def _mail_words(settings: Settings, name: str, title: str, link: str, language: str) -> tuple[str, str]:
    base = link.removesuffix(urlsplit(link).path)
    lines: tuple[Sentence | str, ...] = (
        say(N_("{name}："), name=name),
        say(N_("您有一条新消息，请登录查看。案件内容不在邮件里。")),
        *([title] if title else []),
        link,
        say(N_("不想再收到邮件，可以在这里关闭：{link}"), link=f"{base}/me/messages"),
    )
    subject = say(N_("合意：{title}"), title=title) if title else say(N_("合意：有一条新消息"))
    return _prefix(settings, language) + _read(subject, language), "\n\n".join(_read(line, language) for line in lines) + "\n"


def _group_words(settings: Settings, title: str, link: str) -> str:
    return _prefix(settings, "zh") + str(say(N_("合意：“{title}”有新消息，请经办人登录查看。{link}"), title=title, link=link))


def _prefix(settings: Settings, language: str) -> str:
    return _read(say(N_("【练习】")), language) if settings.practice else ""


def _read(line: Sentence | str, language: str) -> str:
    return line if isinstance(line, str) else line.read(translation(language).gettext)


# ---- what came of it


def _note(db: Session, sending_id: int, error: str, for_good: bool, retries: int) -> None:
    one = db.exec(select(Sending).where(Sending.id == sending_id).with_for_update()).one()
    one.attempts += 1
    one.tried_at = now()
    one.last_error = error[:300]
    if not error:
        one.sent_at = one.tried_at
    elif for_good or one.attempts > retries:
        one.given_up = True
    db.add(one)


def _settle(db: Session, message_id: int, backoff: Sequence[float]) -> float | None:
    if waiting := _waiting(db, message_id):
        return min(backoff[max(one.attempts, 1) - 1] for one in waiting)
    message = db.get(Message, message_id)
    if message is not None and message.sent_at is None:
        message.sent_at = now()
        db.add(message)
    return None


def _what_failed(failure: Exception) -> str:
    """One line for the administrator, without addresses of robots (they are keys)."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(answer)}" for code, answer in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"{failure.smtp_code} {_text(failure.smtp_error)}"
    if isinstance(failure, httpx.HTTPStatusError):
        return f"HTTP {failure.response.status_code}"
    if isinstance(failure, httpx.HTTPError):
        return type(failure).__name__
    return str(failure) or type(failure).__name__


def _is_final(failure: Exception) -> bool:
    """The mailbox does not exist; a server that is down, busy or misconfigured may be well tomorrow."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _answer in failure.recipients.values())
    return isinstance(failure, NotTaken) and failure.for_good


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


# ---- the world


def _hand_over(envelope: Envelope, settings: Settings) -> tuple[str, bool]:
    """What failed, and whether it is of no use to ask again; nothing if it was taken."""
    try:
        if envelope.channel == Channel.EMAIL:
            _mail(envelope, settings)
        else:
            _post(envelope, settings)
    except (NotTaken, OSError, SMTPException, httpx.HTTPError) as failure:
        return _what_failed(failure), _is_final(failure)
    return "", False


def _mail(envelope: Envelope, settings: Settings) -> None:
    name, sender = parseaddr(settings.mail_sender or f"heyi@{urlsplit(settings.smtp).hostname}")
    mail = EmailMessage()
    mail["Subject"] = envelope.subject
    mail["From"] = Address(name, addr_spec=sender)
    mail["To"] = envelope.address
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<message-{envelope.message_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(envelope.text)
    with _smtp(settings.smtp) as server:
        server.send_message(mail)


def _smtp(address: str) -> smtplib.SMTP:
    """Encrypted where the server can; a password never goes over an open line except to this machine."""
    found = urlsplit(address)
    host, context = found.hostname or "", ssl.create_default_context()
    if found.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, found.port or 465, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, found.port or 25, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif found.username and host not in ("localhost", "127.0.0.1", "::1"):
            server.close()
            raise NotTaken("the mail server offers no TLS, so the password was not sent")
    if found.username:
        server.login(unquote(found.username), unquote(found.password or ""))
    return server


def may_call(settings: Settings, channel: str, address: str) -> bool:
    """Whether a robot's address is one of the public service, or of a host that the operator named: the server calls nothing else."""
    found = urlsplit(address)
    if found.hostname in settings.robot_hosts:
        return found.scheme in ("http", "https")
    return found.scheme == "https" and found.hostname == HOSTS[Channel(channel)] and found.port in (None, 443)


def _post(envelope: Envelope, settings: Settings) -> None:
    if not may_call(settings, envelope.channel, envelope.address):
        raise NotTaken("the robot's host is not among those allowed", for_good=True)
    address = httpx.URL(envelope.address).copy_merge_params(_signature(envelope.secret) if envelope.secret else {})
    answer = httpx.post(address, json={"msgtype": "text", "text": {"content": envelope.text}}, timeout=PATIENCE)
    answer.raise_for_status()
    try:
        said = answer.json()
    except ValueError:
        raise NotTaken("the robot's answer is not JSON") from None
    if said.get("errcode") != 0:
        raise NotTaken(f"{said.get('errcode')} {said.get('errmsg', '')}")


def _signature(secret: str) -> dict[str, str]:
    """加签 of 钉钉: HMAC-SHA256 over the milliseconds and the secret itself."""
    stamp = str(int(now().timestamp() * 1000))
    mac = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(mac).decode()}
