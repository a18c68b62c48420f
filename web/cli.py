"""`heyi`: serve the program, look after its database, ask for a date."""

import json
import logging
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from web.languages import translation
from workflow.words import Sentence, Word

LANGUAGE = "en" if os.environ.get("LC_ALL", os.environ.get("LC_MESSAGES", os.environ.get("LANG", ""))).startswith("en") else "zh"


def _(msgid: str, **values: object) -> str:
    """A sentence in the language of the terminal."""
    return Sentence(msgid, values).read(translation(LANGUAGE).gettext)


def fail(sentence: str) -> NoReturn:
    raise click.ClickException(sentence)


class Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(_("“{value}”不是日期，要写成2026-03-04这样。", value=value), param, ctx)


@click.group(help=_("合意：集体协商、集体合同与劳动争议调解。"), context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for library in ("alembic", "httpx", "transitions"):
        logging.getLogger(library).setLevel(logging.WARNING)


@main.command(help=_("启动服务。第一次启动时建好数据库和密钥。"))
@click.option("--host", help=_("监听的地址，默认127.0.0.1"))
@click.option("--port", type=click.IntRange(1, 65535), help=_("监听的端口，默认8000"))
@click.option("--workers", type=click.IntRange(1, 64), default=1, help=_("进程数，只在PostgreSQL上可以多于1"))
def serve(host: str | None, port: int | None, workers: int) -> None:
    from web import serving

    house, settings = _open()
    is_sqlite = house.database.is_sqlite
    if workers > 1 and is_sqlite:
        fail(_("SQLite数据库只能用一个进程。要用多个进程，请把HEYI_DATABASE指向PostgreSQL。"))
    if house.database.is_faulty_sqlite():
        click.echo(
            _("注意：本机的SQLite版本有可能丢失提交的缺陷（3.51.3起已修复）。请升级，或者安装pysqlite3；在此之前只由一个连接写入。"),
            err=True,
        )
    house.close()
    try:
        serving.serve(settings, host or settings.host, port or settings.port, workers, say_started=_say_started)
    except serving.Taken as error:
        fail(
            _(
                "{host}的{port}端口用不了：{error}。请换一个：heyi serve --port 8001",
                host=host or settings.host,
                port=port or settings.port,
                error=error,
            )
        )


@main.command(help=_("只办自动的事（期限届满、提醒、发消息），不提供网页。只用于PostgreSQL。"))
def work() -> None:
    import signal
    import threading

    from web import jobs

    house, settings = _open()
    if house.database.is_sqlite:
        fail(_("SQLite数据库只能用一个进程：heyi serve自己会办这些事。"))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    click.echo(_("合意正在办自动的事（按Ctrl+C停止）"))
    jobs.run(house, settings, stop)
    house.close()


@main.command(help=_("把数据库建成或更新到现在的结构。"))
def migrate() -> None:
    house, settings = _open()
    house.close()
    click.echo(_("数据库已是最新结构：{database}", database=_shown(settings.database)))


@main.command(help=_("把演示用的工会、企业、人员和各阶段的案件装进空的数据库，并列出账户。"))
@click.option("--on", "on", type=Day(), help=_("演示从哪一天看，默认今天"))
def demo(on: date | None) -> None:
    from web.demo import NotEmpty, load
    from web.demo.hall import voting
    from web.practice import now, today

    def tell(done: int, of: int) -> None:
        click.echo(_("已装入{done}/{of}件", done=done, of=of), err=True)

    house, _settings = _open()
    try:
        accounts = house.write(load, on or house.read(today), now(), tell)
        hall = house.read(voting)
    except NotEmpty as error:
        fail(_say(error.sentence))
    finally:
        house.close()
    for account in accounts:
        seats = "、".join(_(seat) for seat in account.seats)
        click.echo(f"{account.login}\t{account.name}\t{seats}\t{account.organisation}")
    click.echo(_("每个账户的密码都是：{password}", password=accounts[0].password))
    click.echo(_("职代会正在投票，会场码是{code}。可以用这几张选票条投票（接在本系统的地址后面打开）：", code=hall.code))
    for slip in hall.slips:
        click.echo(f"{hall.path}#{slip.fragment}\tPIN {slip.pin}")
    click.echo(_("封箱以后，监票人用各自的钥匙开箱："))
    for teller, seed in hall.seeds:
        click.echo(f"{teller}\t{seed}")


@main.group(help=_("管理员账户。"))
def admin() -> None:
    pass


@admin.command("create", help=_("开设一个系统管理员账户。"))
@click.option("--login", prompt=_("用户名"), help=_("用户名"))
@click.option("--name", prompt=_("姓名"), help=_("姓名"))
@click.option(
    "--password",
    envvar="HEYI_ADMIN_PASSWORD",
    prompt=_("密码"),
    hide_input=True,
    confirmation_prompt=True,
    help=_("密码，至少10个字符；也可以放在HEYI_ADMIN_PASSWORD里"),
)
@click.option("--organisation", default="", help=_("单位名称；没有这个单位就建立，默认第一个单位"))
def create_admin(login: str, name: str, password: str, organisation: str) -> None:
    from web.accounts.setup import add_administrator
    from web.practice import now, today
    from workflow.forms import Invalid

    house, _settings = _open()
    try:
        house.write(
            lambda db: add_administrator(db, login=login, name=name, password=password, organisation=organisation, on=today(db), at=now())
        )
    except Invalid as error:
        fail(_sentences(error))
    house.close()
    click.echo(_("已开设管理员账户{login}。", login=login))


@main.group(help=_("接口令牌。"))
def token() -> None:
    pass


@token.command("create", help=_("给用户名为LOGIN的人开一个接口令牌。令牌只显示这一次。"))
@click.argument("login")
@click.option("--name", default="heyi token create", help=_("用途"))
def create_token(login: str, name: str) -> None:
    from sqlmodel import Session, select

    from web.accounts import tokens
    from web.accounts.models import Account
    from web.practice import today

    def make(db: Session) -> str | None:
        account = db.exec(select(Account).where(Account.login == login.strip().casefold())).first()
        return tokens.create(db, account, name, on=today(db)) if account else None

    house, _settings = _open()
    made = house.write(make)
    house.close()
    if made is None:
        fail(_("没有用户名为{login}的账户。", login=login))
    click.echo(made)


@main.command(help=_("把数据库备份到PATH（文件，或者已有的目录），并核对备份。"))
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    from web import copies

    try:
        made, faults = copies.backup(_settings().database, path)
    except copies.Impossible as error:
        fail(_say(error.sentence))
    _report(faults)
    click.echo(_("已备份到{path}（{size}MB），办理记录核对无误。", path=made, size=f"{made.stat().st_size / 1e6:.1f}"))


@main.command(help=_("用备份文件FILE恢复数据库。原来的数据库改名留存。"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help=_("不再询问"))
def restore(file: Path, yes: bool) -> None:
    from web import copies

    settings = _settings()
    if not yes:
        click.confirm(_("数据库{database}将被备份中的内容取代，请先停止服务。继续吗？", database=_shown(settings.database)), abort=True)
    try:
        kept = copies.restore(settings.database, file)
    except copies.Impossible as error:
        fail(_say(error.sentence))
    click.echo(_("已恢复。") if kept is None else _("已恢复。原来的数据库在{path}。", path=kept))


@main.command(help=_("从起算日推算期限。RULE是规则编号，比如NEG-RESPONSE-DAYS。"))
@click.argument("rule", required=False)
@click.option("--from", "start", type=Day(), help=_("起算日，比如收到要约的那一天"))
@click.option("--in", "region", default="000000", help=_("地区：行政区划代码或者名称，默认全国"))
@click.option("--kind", help=_("种类：comprehensive、wage、safety、women、special、mediation、congress"))
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("一次推算多行：列为rule、in、kind、from")
)
@click.option("--json", "as_json", is_flag=True, help=_("输出JSON"))
def due(rule: str | None, start: date | None, region: str, kind: str | None, table: Path | None, as_json: bool) -> None:
    from workflow.law import due as dues

    calendar, overrides = _law()
    try:
        if table is not None:
            rows, faulty = dues.answer_csv(_text_of(table), calendar, overrides)
            click.echo(rows, nl=False)
            raise SystemExit(1 if faulty else 0)
        if rule is None or start is None:
            fail(_("请写明规则编号和起算日，比如：heyi due NEG-RESPONSE-DAYS --from 2026-09-12"))
        answer = dues.compute(rule, start, region, kind, calendar, overrides)
    except (*dues.Unanswerable, dues.WrongFile) as error:
        fail(_say(error.sentence))
    if as_json:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(answer.due.isoformat() + (_("（预估）") if answer.provisional else ""))
        click.echo(answer.in_words)


@main.group(help=_("办理记录。"))
def journal() -> None:
    pass


@journal.command("verify", help=_("核对全部办理记录，以及文书、附件、定稿条款、事件和期限：不符的每一处都会按案件指出来。"))
def verify() -> None:
    from web.house import verify as faults_of

    house, _settings = _open()
    faults = house.read(faults_of)
    house.close()
    _report(faults)
    click.echo(_("办理记录核对无误。"))


@main.group(help=_("可验证的电子表决。"))
def election() -> None:
    pass


@election.command(
    "verify",
    help=_(
        "核对导出的表决文件FILE，每项核对输出一行。核对程序是congress/verify.py这一个文件，不装本系统也能单独运行，其余选项见python congress/verify.py --help。"
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="FILE [OPTIONS]")
def verify_election(arguments: tuple[str, ...]) -> None:
    from congress import verify

    raise SystemExit(verify.main(list(arguments)))


@election.command("export", help=_("把会议MEETING第ROUND轮公开的票箱写到FILE，供核对程序使用。"))
@click.argument("meeting", type=int)
@click.argument("number", type=int, metavar="ROUND")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_election(meeting: int, number: int, file: Path) -> None:
    house, _settings = _open()
    exported = house.read(_exported, meeting, number)
    if exported is None:
        fail(_("会议{meeting}第{number}轮没有公开的票箱。", meeting=meeting, number=number))
    file.write_bytes(exported)
    click.echo(str(file))


def _exported(db: Any, meeting_id: int, number: int) -> bytes | None:
    from congress.ballots import boards, casting
    from congress.models import CongressMeeting

    meeting = db.get(CongressMeeting, meeting_id)
    one = casting.round_at(db, meeting, number) if meeting is not None else None
    return boards.exported(db, one) if one is not None and one.manifest is not None else None


@main.group(help=_("办理程序。"))
def procedures() -> None:
    pass


@procedures.command(help=_("把每个程序画成Mermaid和SVG图，写到DIRECTORY。"))
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path("docs/procedures"))
def draw(directory: Path) -> None:
    from web.house import PROCEEDINGS
    from workflow import diagram

    directory.mkdir(parents=True, exist_ok=True)
    for procedure in (p.procedure for p in PROCEEDINGS):
        for suffix, drawn in (("mmd", diagram.mermaid(procedure, _)), ("svg", diagram.svg(procedure, translate=_, standalone=True))):
            path = directory / f"{procedure.name}.{suffix}"
            path.write_text(drawn, encoding="utf-8")
            click.echo(str(path))


@procedures.command(
    help=_(
        "检查每个程序：没有走不出的状态，不经审议通过走不到签订，每个期限都有办得了的事，每件事都有规则；再在数据库里未结的案件上试一遍。"
    )
)
def check() -> None:
    from web.house import PROCEEDINGS
    from workflow import soundness

    faults = 0
    for proceedings in PROCEEDINGS:
        click.echo(_(proceedings.procedure.label))
        for label, prove in soundness.CHECKS:
            found = list(prove(proceedings))
            faults += len(found)
            click.echo(f"  {'ok' if not found else _('不对')}  {_(label)}")
            for fault in found:
                click.echo(f"      {_say(fault)}", err=True)
    faults += _try_open_cases()
    if faults:
        fail(_("有{n}处不对。", n=faults))
    click.echo(_("程序检查无误。"))


def _try_open_cases() -> int:
    """Every open case of the database, against the procedures as they are now; without a database there is none."""
    from web.house import PROCEEDINGS
    from web.practice import today
    from workflow import soundness

    address = _settings().database
    if address.startswith("sqlite:///") and not Path(address.removeprefix("sqlite:///")).exists():
        click.echo(_("还没有数据库，没有案件可试。"))
        return 0
    house, _ignored = _open()
    stuck = 0
    try:
        for proceedings in PROCEEDINGS:
            tried, found = house.read(lambda db, p=proceedings: (soundness.open_cases(db, p), soundness.stuck(db, p, today(db))))
            stuck += len(found)
            click.echo(_("{procedure}：试了{n}件未结的案件。", procedure=Word(proceedings.procedure.label), n=tried))
            for one in found:
                click.echo(f"  {proceedings.procedure.name}#{one.case_id}: {_say(one.sentence)}", err=True)
    finally:
        house.close()
    return stuck


def _say_started(address: str) -> None:
    click.echo(_("合意已启动：{address}（按Ctrl+C停止）", address=address))


def _settings() -> Any:
    from web.settings import Settings

    try:
        return Settings.load()
    except ValueError as error:
        fail(str(error))


def _open() -> tuple[Any, Any]:
    """The house and settings, with a database of the present shape."""
    from sqlalchemy.exc import DBAPIError

    from web.accounts import second_factor
    from web.dispatch import House
    from web.migrations import migrate as bring_up_to_date
    from workflow.database import Database

    settings = _settings()
    database = Database(settings.database)
    try:
        bring_up_to_date(database)
    except DBAPIError as error:
        fail(_("打不开数据库{database}：{error}", database=_shown(settings.database), error=str(error.orig).strip()))
    house = House(database, practice=settings.practice, secret=settings.secret)
    house.write(second_factor.lock_all, settings.totp_key)
    return house, settings


def _law() -> tuple[Any, Any]:
    """Calendar and overrides of the installation, or those of the law alone where there is no database yet."""
    from web.dispatch import House
    from workflow.calendar import PUBLISHED, load_calendar
    from workflow.database import Database
    from workflow.law.overrides import load_overrides

    address = _settings().database
    if address.startswith("sqlite:///") and not Path(address.removeprefix("sqlite:///")).exists():
        return PUBLISHED, ()
    house = House(Database(address))
    try:
        return house.read(lambda db: (load_calendar(db), load_overrides(db)))
    finally:
        house.close()


def _text_of(path: Path) -> str:
    """UTF-8, or what a Chinese Excel writes."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    fail(_("{path}不是文字文件，请另存为CSV（UTF-8）。", path=path))


def _shown(address: str) -> str:
    from sqlalchemy import make_url

    return make_url(address).render_as_string(hide_password=True)


def _say(sentence: Sentence) -> str:
    return sentence.read(translation(LANGUAGE).gettext)


def _sentences(error: Any) -> str:
    return "\n".join(_say(sentence) for said in error.errors.values() for sentence in said)


def _report(faults: list[Any]) -> None:
    for fault in faults:
        click.echo(f"{fault.case}#{fault.seq}: {_say(fault.sentence)}", err=True)
    if faults:
        fail(_("办理记录有{n}处不对。", n=len(faults)))


if __name__ == "__main__":
    main()
