"""Messages to the person signed in, and how they want to be told beyond the app."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from web.dispatch import in_read, in_write
from web.house import ADDRESSES, title_of
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, at_page, page, redirect
from web.sending import Robot
from web.sessions import current_person, is_signed_in
from workflow.forms import FormModel, Invalid, field, one_of
from workflow.outbox import Message, MessageSetting, setting_of, unread
from workflow.reminding import CHOICES
from workflow.words import N_, Sentence, say

AT_ONCE = 30

CHANNELS = {"email": N_("发到我的邮箱"), "robots": N_("在本单位的企业微信群、钉钉群里提醒")}
DAYS = {str(days): label for days, label in CHOICES.items()}
GONE = say(N_("您已经不再经办这个案件，消息的内容不再显示。"))


class Settings(FormModel):
    channels: list[Annotated[str, one_of(CHANNELS)]] = field(
        N_("除了系统里的消息，还要"),
        widget="checks",
        choices=CHANNELS,
        default_factory=list,
        hint=N_("邮件和群里只说哪个案件有新消息，不说内容。"),
    )
    days_before: list[Annotated[str, one_of(DAYS)]] = field(
        N_("期限到期前提醒我"), widget="checks", choices=DAYS, default_factory=list, hint=N_("可以选几项，也可以都不选。")
    )
    overdue: bool = field(N_("逾期以后每周提醒一次"), widget="tick", default=False)


@dataclass(frozen=True)
class Shown:
    """A message as its reader may see it. `title` and `href` are empty where it is about no case, or about one closed to the reader."""

    id: int
    sentence: Sentence
    title: str
    href: str
    at: datetime
    is_new: bool
    count: int = 1
    """The same said several times over of the same case is shown once."""


@get("/messages", guards=[is_signed_in])
async def index(number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, at_page(number))


@post("/messages/read", guards=[is_signed_in])
async def read_all(request: AnyRequest) -> Response[str]:
    return await in_write(_read_all, await posted(request))


@post("/messages/{message_id:int}/read", guards=[is_signed_in])
async def read(message_id: FromPath[int]) -> Response[str]:
    return await in_write(_read, message_id)


@get("/me/messages", guards=[is_signed_in])
async def show_settings() -> Response[str]:
    return await in_read(_settings_page)


@post("/me/messages", guards=[is_signed_in])
async def change_settings(request: AnyRequest) -> Response[str]:
    return await in_write(_change_settings, await posted(request))


def _index(db: Session, number: int) -> Response[str]:
    person = current_person(db).id or 0
    mine = select(Message).where(Message.person_id == person)
    total = db.exec(select(func.count()).select_from(mine.subquery())).one()
    found = db.exec(
        mine.order_by(col(Message.read_at).is_not(None), col(Message.id).desc()).offset((number - 1) * AT_ONCE).limit(AT_ONCE)
    ).all()
    return page(
        "pages/messages/index.html",
        messages=_shown(db, person, found),
        unread=unread(db, person),
        newest=max((message.id or 0 for message in found), default=0),
        number=number,
        pages=max(1, -(-total // AT_ONCE)),
    )


def _shown(db: Session, person: int, messages: Any) -> list[Shown]:
    on = today(db)
    titles: dict[tuple[str, int | None], str] = {}
    shown: dict[tuple[Any, ...], Shown] = {}
    for message in messages:
        case = (message.case_kind, message.case_id)
        if case not in titles:
            titles[case] = title_of(db, *case, reader=(person, on))
        closed = message.case_id is not None and not titles[case]
        href = f"{ADDRESSES[message.case_kind]}/{message.case_id}" if titles[case] else ""
        sentence = GONE if closed else message.sentence()
        one = Shown(message.id or 0, sentence, titles[case], href, message.created_at, message.read_at is None)
        same = (*case, str(sentence), one.is_new)
        shown[same] = replace(shown[same], count=shown[same].count + 1) if same in shown else one
    return list(shown.values())


def _read_all(db: Session, sent: Posted) -> Response[str]:
    """Those that the page showed and all before them; what came meanwhile stays new."""
    newest = sent.text("newest")
    if newest.isdecimal() and len(newest) < 19:
        db.connection().execute(
            update(Message)
            .where(col(Message.person_id) == current_person(db).id, col(Message.id) <= int(newest), col(Message.read_at).is_(None))
            .values(read_at=now())
        )
    return redirect("/messages", say(N_("已经全部标为看过。")))


def _read(db: Session, message_id: int) -> Response[str]:
    """Mark as read, with what was said before in the same words, and go to the case if there is one to go to."""
    message = db.get(Message, message_id) if message_id < 2**63 else None
    person = current_person(db).id or 0
    if message is None or message.person_id != person:
        raise NotFoundException
    (shown,) = _shown(db, person, [message])
    same = (Message.person_id == person, Message.case_kind == message.case_kind, col(Message.case_id).is_not_distinct_from(message.case_id))
    for one in db.exec(select(Message).where(*same, col(Message.read_at).is_(None), col(Message.id) <= message_id)).all():
        if one.words == message.words:
            one.read_at = now()
            db.add(one)
    return redirect(shown.href or "/messages")


def _settings_page(db: Session, values: dict[str, Any] | None = None, errors: dict[str, list[Sentence]] | None = None) -> Response[str]:
    person = current_person(db)
    setting = setting_of(db, person.id or 0)
    stored = {
        "channels": [name for name in CHANNELS if getattr(setting, name)],
        "days_before": [str(days) for days in setting.days_before],
        "overdue": setting.overdue,
    }
    return page(
        "pages/messages/settings.html",
        status=422 if errors else 200,
        form=Settings,
        values=stored if values is None else values,
        errors=errors or {},
        person=person,
        sends_mail=bool(READER.get().settings.smtp),
        has_robots=db.exec(select(Robot.id).where(col(Robot.removed_on).is_(None)).limit(1)).first() is not None,
    )


def _change_settings(db: Session, sent: Posted) -> Response[str]:
    try:
        form = Settings.read(sent.values)
    except Invalid as error:
        return _settings_page(db, sent.values, error.errors)
    person_id = current_person(db).id or 0
    setting = db.get(MessageSetting, person_id) or MessageSetting(person_id=person_id)
    setting.email, setting.robots = "email" in form.channels, "robots" in form.channels
    setting.days_before = sorted(map(int, form.days_before), reverse=True)
    setting.overdue = form.overdue
    db.add(setting)
    return redirect("/me/messages", say(N_("已经保存。")))


routes = (index, read_all, read, show_settings, change_settings)
