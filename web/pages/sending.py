"""What the administrator looks after beyond the app: the mail server, the robots in the groups, and the processes at work."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from web import nodes, sending
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import today
from web.render import READER, AnyRequest, page, redirect
from web.sending import CHANNEL_LABELS, Channel, Robot, Sending
from web.sessions import current_person, is_administrator
from workflow.forms import FormModel, Invalid, field, invalid, one_of
from workflow.organisations import Organisation
from workflow.outbox import Message
from workflow.people import Person
from workflow.words import N_, Sentence, say

AT_ONCE = 20
ALIVE = timedelta(minutes=2)

ROBOTS = {channel.value: CHANNEL_LABELS[channel] for channel in (Channel.WECOM, Channel.DINGTALK)}


class NewRobot(FormModel):
    channel: Annotated[str, one_of(ROBOTS)] = field(N_("哪一种"), widget="radios", choices=ROBOTS)
    address: str = field(
        N_("Webhook地址"), hint=N_("在群里添加机器人以后得到的地址。它等于进群发言的钥匙，保存以后不再显示。"), max_length=500
    )
    secret: str = field(
        N_("加签密钥"),
        hint=N_("钉钉机器人选“加签”的，把SEC开头的密钥填在这里；选“自定义关键词”的，关键词写“合意”。"),
        default="",
        max_length=200,
    )


@get("/admin/sending", guards=[is_administrator])
async def show() -> Response[str]:
    return await in_read(_overview)


@post("/admin/sending/mail", guards=[is_administrator])
async def try_mail() -> Response[str]:
    """A letter to oneself, sent here and now, with what the server says."""
    address = await in_read(_own_address)
    if not address:
        return redirect("/admin/sending", say(N_("您自己没有登记邮箱，请先在“人员”里补上。")))
    reader = READER.get()
    return redirect("/admin/sending", await _said(sending.try_mail, reader.settings, address, reader.language))


@get("/organisations/{organisation_id:int}/robots", guards=[is_administrator])
async def show_robots(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_robots, organisation_id)


@post("/organisations/{organisation_id:int}/robots", guards=[is_administrator])
async def add_robot(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    return await in_write(_add_robot, organisation_id, await posted(request))


@post("/robots/{robot_id:int}/greeting", guards=[is_administrator])
async def try_robot(robot_id: FromPath[int]) -> Response[str]:
    robot = await in_read(_robot, robot_id)
    reader = READER.get()
    flash = await _said(sending.try_robot, reader.settings, robot, reader.language)
    return redirect(f"/organisations/{robot.organisation_id}/robots", flash)


@post("/robots/{robot_id:int}/removal", guards=[is_administrator])
async def remove_robot(robot_id: FromPath[int]) -> Response[str]:
    return await in_write(_remove_robot, robot_id)


def _overview(db: Session) -> Response[str]:
    server = urlsplit(READER.get().settings.smtp)
    robots = db.exec(
        select(Robot, Organisation)
        .join(Organisation, col(Organisation.id) == col(Robot.organisation_id))
        .where(col(Robot.removed_on).is_(None))
        .order_by(col(Organisation.name), col(Robot.id))
    ).all()
    failures = db.exec(
        select(Sending, Person.name, Robot.organisation_id)
        .join(Message, col(Message.id) == col(Sending.message_id))
        .join(Person, col(Person.id) == col(Message.person_id))
        .join(Robot, col(Robot.id) == col(Sending.robot_id), isouter=True)
        .where(Sending.last_error != "", col(Sending.sent_at).is_(None))
        .order_by(col(Sending.tried_at).desc())
        .limit(AT_ONCE)
    ).all()
    bodies = {robot.organisation_id: organisation.name for robot, organisation in robots}
    return page(
        "pages/messages/sending.html",
        server=f"{server.hostname}:{server.port}" if server.port else server.hostname,
        sender=READER.get().settings.mail_sender,
        robots=robots,
        channels=CHANNEL_LABELS,
        failures=[(one, bodies.get(body, name) if body else name) for one, name, body in failures],
        nodes=[(node, node.name in nodes.alive(db, ALIVE)) for node in db.exec(select(nodes.Node).order_by(nodes.Node.name)).all()],
    )


def _robots(
    db: Session, organisation_id: int, values: Mapping[str, Any] | None = None, errors: Mapping[str, list[Sentence]] | None = None
) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    found = db.exec(
        select(Robot).where(Robot.organisation_id == organisation_id, col(Robot.removed_on).is_(None)).order_by(col(Robot.id))
    ).all()
    return page(
        "pages/messages/robots.html",
        status=422 if errors else 200,
        organisation=organisation,
        robots=found,
        channels=CHANNEL_LABELS,
        form=NewRobot,
        values=values or {},
        errors=errors or {},
    )


def _add_robot(db: Session, organisation_id: int, sent: Posted) -> Response[str]:
    organisation = _organisation(db, organisation_id)
    try:
        form = NewRobot.read(sent.values)
        if not sending.may_call(READER.get().settings, form.channel, form.address):
            raise invalid(
                "address", N_("这不是所选机器人的地址。它以“{start}”开头。"), start=f"https://{sending.HOSTS[Channel(form.channel)]}/"
            )
        if db.exec(select(Robot.id).where(Robot.address == form.address)).first() is not None:
            raise invalid("address", N_("这个机器人已经登记过了。"))
    except Invalid as error:
        return _robots(db, organisation_id, sent.values, error.errors)
    db.add(Robot(organisation_id=organisation.id or 0, channel=form.channel, address=form.address, secret=form.secret, added_on=today(db)))
    return redirect(f"/organisations/{organisation_id}/robots", say(N_("已经添加，可以发一条试试。")))


def _remove_robot(db: Session, robot_id: int) -> Response[str]:
    """The row stays for what it sent; the key to the group goes."""
    robot = _robot(db, robot_id)
    robot.removed_on, robot.address, robot.secret = today(db), "", ""
    db.add(robot)
    return redirect(f"/organisations/{robot.organisation_id}/robots", say(N_("已经移除，不再往这个群里发消息。")))


def _organisation(db: Session, organisation_id: int) -> Organisation:
    organisation = db.get(Organisation, organisation_id) if organisation_id < 2**63 else None
    if organisation is None:
        raise NotFoundException
    return organisation


def _robot(db: Session, robot_id: int) -> Robot:
    robot = db.get(Robot, robot_id) if robot_id < 2**63 else None
    if robot is None or robot.removed_on is not None:
        raise NotFoundException
    return robot


def _own_address(db: Session) -> str:
    return current_person(db).email


async def _said(work: Callable[..., str], *args: Any) -> Sentence:
    """What came of a try, for the administrator; it talks to the world, so neither a reader nor the writer waits for it."""
    error = await asyncio.to_thread(work, *args)
    return say(N_("没有发成：{error}"), error=error) if error else say(N_("已经发出，请到那里看看收到没有。"))


routes = (show, try_mail, show_robots, add_robot, try_robot, remove_robot)
