"""The commands, on a real database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Protocol

import pytest
from alembic import command
from click import Command
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from web import copies
from web.accounts.models import Account
from web.cli import main
from web.dispatch import House
from web.house import verify
from web.migrations import configuration
from workflow.administration import Registration
from workflow.database import Database


class Heyi(Protocol):
    def __call__(self, *words: str, status: int = 0) -> Result: ...


PASSWORD = "three words together"


@pytest.fixture
def heyi(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Heyi:
    """Runs a command as the shell would."""
    monkeypatch.setenv("HEYI_DATABASE", database.url)
    monkeypatch.setenv("HEYI_DATA", str(tmp_path / "data"))

    def run(*words: str, status: int = 0) -> Result:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == status, f"{result.exit_code}: {result.output} {result.exception!r}"
        return result

    return run


def create_admin(heyi: Heyi) -> None:
    heyi("admin", "create", "--login", "admin", "--name", "陈晨", "--password", PASSWORD, "--organisation", "江城市总工会")


def test_every_command_explains_itself(heyi: Heyi) -> None:
    def walk(command: Command, words: list[str]) -> None:
        assert "Usage" in heyi(*words, "--help").output
        assert command.help, words
        for name, below in getattr(command, "commands", {}).items():
            walk(below, [*words, name])

    walk(main, [])


def test_an_administrator_and_a_token_are_made_from_the_shell(heyi: Heyi, database: Database) -> None:
    create_admin(heyi)
    assert heyi("token", "create", "ADMIN").output.startswith("heyi_")
    assert "没有用户名为nobody的账户" in heyi("token", "create", "nobody", status=1).output
    weak = heyi("admin", "create", "--login", "b", "--name", "b", "--password", "short", "--organisation", "o", status=1)
    assert "密码至少要10个字符" in weak.output
    assert House(database).read(lambda db: db.exec(select(Account.login)).all()) == ["admin"]


def test_a_backup_is_whole_and_brings_back_what_was_lost(heyi: Heyi, database: Database, tmp_path: Path) -> None:
    create_admin(heyi)
    assert "核对无误" in heyi("backup", str(tmp_path / "copy")).output
    assert "已经有了" in heyi("backup", str(tmp_path / "copy"), status=1).output
    assert "没有" in heyi("backup", str(tmp_path / "nowhere" / "copy"), status=1).output

    def lose(db: Session) -> None:
        db.exec(select(Account)).one().login = "changed"

    House(database).write(lose)
    database.close()
    heyi("restore", "--yes", str(tmp_path / "copy"))
    assert House(Database(database.url)).read(lambda db: db.exec(select(Account.login)).all()) == ["admin"]


def test_what_is_not_a_backup_is_not_restored(heyi: Heyi, tmp_path: Path) -> None:
    create_admin(heyi)
    (tmp_path / "letter").write_text("this is a letter")
    assert "的备份" in heyi("restore", "--yes", str(tmp_path / "letter"), status=1).output


def test_the_journal_of_a_new_database_verifies(heyi: Heyi) -> None:
    assert "核对无误" in heyi("journal", "verify").output


def test_due_answers_one_question_and_many(heyi: Heyi, tmp_path: Path) -> None:
    output = heyi("due", "NEG-RESPONSE-DAYS", "--from", "2026-09-12").output
    assert output.startswith("2026-10-08\n") and "《集体合同规定》第三十二条" in output
    answer = json.loads(heyi("due", "NEG-RESPONSE-DAYS", "--from", "2026-09-12", "--json").output)
    assert answer["due"] == "2026-10-08"
    assert "NEG-RESPONSE-DAYS" in heyi("due", "NEG-RESPONSE-DAY", "--from", "2026-09-12", status=1).output
    assert "不是日期" in heyi("due", "NEG-RESPONSE-DAYS", "--from", "2026-09-32", status=2).output
    assert "请写明" in heyi("due", status=1).output
    rows = tmp_path / "rows.csv"
    rows.write_bytes("rule,in,kind,from,备注\nNEG-RESPONSE-DAYS,,,2026-09-12,甲厂\n".encode("gb18030"))
    assert "甲厂,2026-10-08," in heyi("due", "--csv", str(rows)).output
    rows.write_text("rule,in,kind,from\nNO-SUCH-RULE,,,2026-09-12\n")
    assert "没有编号为NO-SUCH-RULE的规则" in heyi("due", "--csv", str(rows), status=1).output


def test_a_faulty_setting_is_named(heyi: Heyi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYI_PORT", "eighty")
    assert "HEYI_PORT" in heyi("migrate", status=1).output


def test_a_database_that_is_not_there_is_told_without_a_traceback(heyi: Heyi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYI_DATABASE", "postgresql+psycopg://nobody:secret@127.0.0.1:1/none")
    output = heyi("migrate", status=1).output
    assert "打不开数据库" in output and "secret" not in output


def test_sqlite_is_served_by_one_process_only(heyi: Heyi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEYI_DATABASE", f"sqlite:///{tmp_path / 'one.sqlite3'}")
    assert "只能用一个进程" in heyi("serve", "--workers", "2", status=1).output


def test_serve_makes_its_secret_says_where_it_is_and_ends_in_order(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "HEYI_DATA": str(tmp_path), "LANG": "zh_CN.UTF-8", "PYTHONUNBUFFERED": "1"}
    environ.pop("HEYI_DATABASE", None)
    command = [sys.executable, "-m", "web.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            assert f"http://127.0.0.1:{port}" in served.stdout.readline()
            assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/setup") as response:
                assert response.status == 200
            second = subprocess.run(command, env=environ, capture_output=True, text=True)
            assert second.returncode == 1 and "端口用不了" in second.stderr
            begun = time.monotonic()
            served.send_signal(signal.SIGTERM)
            assert served.wait(20) in (0, -signal.SIGTERM)
            assert time.monotonic() - begun < 8
            assert served.stderr is not None and "Traceback" not in served.stderr.read()
        finally:
            served.kill()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_before_it_is_verified(tmp_path: Path) -> None:
    earlier = Database(f"sqlite:///{tmp_path / 'earlier.sqlite3'}")
    with earlier.writer.connect() as connection, connection.begin():
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    earlier.close()
    address = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    assert copies.restore(address, tmp_path / "earlier.sqlite3") is None
    restored = Database(address)
    with restored.read() as db:
        assert verify(db) == [] and db.exec(select(Registration)).all() == []
    restored.close()
    assert not list(tmp_path.glob(".restored*"))
