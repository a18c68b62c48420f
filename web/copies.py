"""Copies of the whole database, checked before anyone relies on them."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from web.dispatch import House
from web.house import verify
from web.migrations import migrate
from web.practice import SHANGHAI, now
from workflow.database import Database, sqlite_module
from workflow.journal import Fault
from workflow.words import N_, Sentence, say

SQLITE = "sqlite:///"


class Impossible(Exception):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def backup(address: str, path: Path) -> tuple[Path, list[Fault]]:
    """A consistent copy of the running database, and what is wrong with its journal. Raises `Impossible`."""
    is_sqlite = address.startswith(SQLITE)
    if path.is_dir():
        path /= f"heyi-{now().astimezone(SHANGHAI):%Y%m%d-%H%M%S}.{'sqlite3' if is_sqlite else 'dump'}"
    if path.exists():
        raise Impossible(say(N_("{path}已经有了，请换一个文件名。"), path=str(path)))
    if not path.parent.is_dir():
        raise Impossible(say(N_("没有{path}这个目录。"), path=str(path.parent)))
    if not is_sqlite:
        _run("pg_dump", "--format=custom", f"--file={path}", f"--dbname={_plain(address)}")
        _run("pg_restore", "--list", str(path))
        return path, _check(address)
    source = Path(address.removeprefix(SQLITE))
    if not source.exists():
        raise Impossible(say(N_("没有数据库{path}。"), path=str(source)))
    draft = path.with_name(f".{path.name}.part")
    sqlite = sqlite_module()
    with sqlite.connect(source) as running, sqlite.connect(draft) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    running.close()
    copy.close()
    if sound != "ok":
        draft.unlink()
        raise Impossible(say(N_("数据库文件本身有损坏，没有备份：{fault}"), fault=sound))
    draft.rename(path)
    return path, _check(f"{SQLITE}{path}")


def restore(address: str, file: Path) -> Path | None:
    """Put the copy in the database's place; gives where the earlier SQLite file now lies. Raises `Impossible`."""
    if not address.startswith(SQLITE):
        with file.open("rb") as opened:
            if opened.read(5) != b"PGDMP":
                raise Impossible(say(N_("{path}不是PostgreSQL的备份。"), path=str(file)))
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={_plain(address)}",
            str(file),
        )
        return None
    with file.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\x00":
            raise Impossible(say(N_("{path}不是SQLite的备份。"), path=str(file)))
    target = Path(address.removeprefix(SQLITE))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, draft)
    faults = _check_as_now(draft)
    if faults:
        draft.unlink()
        raise Impossible(say(N_("备份里的办理记录有{n}处不对，没有恢复。"), n=len(faults)))
    kept = None
    if target.exists():
        _settle(target)
        kept = target.with_name(f"{target.name}.{datetime.now(SHANGHAI):%Y%m%d-%H%M%S}")
        target.rename(kept)
    draft.rename(target)
    return kept


def _check(address: str) -> list[Fault]:
    house = House(Database(address))
    try:
        return house.read(verify)
    finally:
        house.close()


def _check_as_now(draft: Path) -> list[Fault]:
    """A copy from an earlier version is brought to the present shape first: what is verified is what will be used."""
    database = Database(f"{SQLITE}{draft}")
    try:
        migrate(database)
        with database.read() as db:
            faults = verify(db)
    finally:
        database.close()
    _settle(draft)
    return faults


def _settle(path: Path) -> None:
    """Bring what still lies in the write-ahead log into the file. Raises `Impossible` while somebody else has it open for writing."""
    sqlite = sqlite_module()
    connection = sqlite.connect(path, timeout=2)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite.OperationalError as error:
        raise Impossible(say(N_("数据库正在使用，请先停止服务再恢复。"))) from error
    finally:
        connection.close()


def _plain(address: str) -> str:
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Impossible(say(N_("找不到{program}。请安装PostgreSQL的客户端程序。"), program=program))
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Impossible(say(N_("{program}没有成功：{error}"), program=program, error=done.stderr.strip()[-500:]))
