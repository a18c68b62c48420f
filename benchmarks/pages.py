"""Pages under load: the case page and the list, asked for by eight readers at once, with 5,000 contracts on SQLite.

    .venv/bin/python -m benchmarks.pages [--contracts 5000] [--clients 8] [--seconds 15]

The server is `heyi serve` on a free port of this machine, with its jobs running. Each reader keeps one connection, asks, reads the
whole page and asks again. The case page is a randomly chosen case's, seen by an officer of its union; the list is the one of an officer of
the federation above them all.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlmodel import col, func, select

from benchmarks.databases import load_demonstration, on_sqlite
from benchmarks.figures import ROOT, machine, memory_of, percentile, processor_of, say, table
from benchmarks.multiply import multiply
from negotiation.models import Negotiation
from negotiation.queries import holders
from web.accounts import entry
from web.accounts.models import Account
from web.practice import SHANGHAI, now
from workflow.database import Database
from workflow.organisations import Organisation
from workflow.people import Appointment, Office
from workflow.seats import Seat

SAMPLE = 400
"""Cases asked for."""
PATIENCE = 300
"""Seconds to wait for the server, and for what it does by itself when it starts."""

Ask = Callable[[random.Random], tuple[str, str]]
"""Chooses an address and whose session asks for it."""


@dataclass(frozen=True)
class Answer:
    seconds: float
    status: int
    bytes: int


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--contracts", type=int, default=5000)
    ask.add_argument("--clients", type=int, default=8)
    ask.add_argument("--seconds", type=float, default=15, help="of each of the three kinds of load")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="heyi-pages-") as name, on_sqlite(Path(name)) as database:
        today = now().astimezone(SHANGHAI).date()
        load_demonstration(database, today)
        path = Path(database.url.removeprefix("sqlite:///"))
        with database.read() as db:
            few = db.exec(select(func.count()).select_from(Negotiation)).one()
        database.close()
        multiply(str(path), -(-asked.contracts // few) - 1, now())
        with database.read() as db:
            many = db.exec(select(func.count()).select_from(Negotiation)).one()
        size = path.stat().st_size / 1e6
        cases, lists = readers(database)
        database.close()
        with served(database, Path(name)) as (port, process):
            busy = rest(process.pid)
            say(f"the server has come to rest: it worked {busy:.1f} s of the processor's time to start")
            for label, kind in (("case page", cases), ("list", lists)):
                say(f"warming up: {label}")
                load(port, kind, 2, 3)
            rows = []
            for label, kind, clients in (
                ("case page, 1 reader", cases, 1),
                (f"case page, {asked.clients} readers", cases, asked.clients),
                (f"list as superior union, {asked.clients} readers", lists, asked.clients),
            ):
                say(f"asking: {label}, {asked.seconds:g} s")
                before = processor_of(process.pid)
                answers = load(port, kind, clients, asked.seconds)
                rows.append(row(label, answers, asked.seconds, processor_of(process.pid) - before))
            memory = memory_of(process.pid)
        print(f"\n{machine()}\n{many} contracts, {size:.0f} MB of SQLite")
        print(f"To start, the server worked {busy:.1f} s of the processor's time until it rested; it held {memory:.0f} MB at the end.\n")
        print(table(("page", "p50 ms", "p95 ms", "p99 ms", "pages/s", "processor ms a page", "pages", "not 200", "kB"), rows))


def readers(database: Database) -> tuple[Ask, Ask]:
    """Who asks for what: sessions of union officers for cases, and of a federation's officer for the list."""
    chance = random.Random(7)
    sessions: list[tuple[str, str]] = []
    today = now().astimezone(SHANGHAI).date()
    with database.write() as db:
        every = db.exec(select(Negotiation.id).order_by(col(Negotiation.id))).all()
        for number in sorted(chance.sample(list(every), min(SAMPLE, len(every))), key=lambda n: n or 0):
            held = holders(db, db.get_one(Negotiation, number), today)
            account = db.exec(
                select(Account.id)
                .where(col(Account.person_id).in_(held[Seat.UNION] or held[Seat.SUPERIOR_UNION]))
                .order_by(col(Account.id))
            ).first()
            assert account is not None, number
            sessions.append((f"/negotiations/{number}", entry.begin_session(db, account, address="127.0.0.1", agent="", at=now())))
        top = db.exec(
            select(Account.id)
            .join(Appointment, col(Appointment.person_id) == col(Account.person_id))
            .join(Organisation, col(Organisation.id) == col(Appointment.organisation_id))
            .where(Appointment.office == Office.SUPERIOR_OFFICER, col(Organisation.parent_id).is_(None))
        ).first()
        assert top is not None
        superior = entry.begin_session(db, top, address="127.0.0.1", agent="", at=now())
        pages = len(every) // 30
    return (lambda chance: chance.choice(sessions)), (lambda chance: (f"/negotiations?number={chance.randint(1, pages)}", superior))


@contextmanager
def served(database: Database, folder: Path, **settings: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEYI_")}
    environment |= {"HEYI_DATABASE": database.url, "HEYI_DATA": str(folder / "data"), **settings}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            until = time.monotonic() + PATIENCE
            while process.poll() is None and time.monotonic() < until:
                try:
                    with socket.create_connection(("127.0.0.1", port), timeout=1):
                        break
                except OSError:
                    time.sleep(0.1)
            else:
                raise SystemExit((folder / "server.log").read_text())
            yield port, process
        finally:
            process.terminate()
            process.wait(30)


def load(port: int, ask: Ask, clients: int, seconds: float) -> list[Answer]:
    answers: list[list[Answer]] = [[] for _ in range(clients)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=read_on, args=(port, ask, random.Random(i), until, answers[i])) for i in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for those in answers for answer in those]


def read_on(port: int, ask: Ask, chance: random.Random, until: float, answers: list[Answer]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        address, session = ask(chance)
        began = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": f"heyi_session={session}"})
        response = connection.getresponse()
        body = response.read()
        answers.append(Answer(time.perf_counter() - began, response.status, len(body)))
    connection.close()


def rest(pid: int) -> float:
    """Wait until what a server does by itself at its start is done: seconds of the processor it took."""
    until, before = time.monotonic() + PATIENCE, 0.0
    while time.monotonic() < until:
        time.sleep(3)
        worked = processor_of(pid)
        if worked - before < 0.3:
            break
        before = worked
    return before


def row(label: str, answers: Sequence[Answer], seconds: float, processor: float) -> tuple[object, ...]:
    taken = [a.seconds for a in answers]
    return (
        label,
        *(f"{1000 * percentile(taken, share):.0f}" for share in (0.5, 0.95, 0.99)),
        f"{len(answers) / seconds:.1f}",
        f"{1000 * processor / len(answers):.1f}",
        len(answers),
        sum(a.status != 200 for a in answers),
        f"{median(a.bytes for a in answers) / 1000:.0f}",
    )


if __name__ == "__main__":
    main()
