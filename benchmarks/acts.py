"""Acts persisted a second: heyi on SQLite and on PostgreSQL beside the same 15-state process on django-fsm-2 and on SpiffWorkflow.

    .venv/bin/python -m benchmarks.acts [--rounds 9] [--cases 3]

Every act is a transaction of its own, made durable. The contenders take turns, a round each; ratios are those of the medians.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.databases import has_postgresql, on_postgresql, on_sqlite
from benchmarks.figures import ROOT, machine, percentile, say, server_version, spread, table
from benchmarks.line import Line
from negotiation.procedure import NEGOTIATION
from web.house import CASE_TYPES
from workflow import journal
from workflow.database import Database

PEERS = ROOT / "benchmarks" / "peers"
LOCK = ROOT / "benchmarks" / "requirements.lock"


@dataclass
class Contender:
    name: str
    process: "subprocess.Popen[str]"
    rates: list[float] = field(default_factory=list)
    """Acts a second, a number a round."""
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Milliseconds of the processor an act, a number a round; a server's are not among them."""
    bytes: int = 0

    def run(self, cases: int) -> tuple[list[float], float]:
        """Seconds of each act, and the processor's seconds of all."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{cases}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with {self.process.wait()}.")
        answer = json.loads(line)
        self.bytes = answer.get("bytes", 0)
        return answer["seconds"], answer["processor"]

    def round(self, cases: int) -> None:
        seconds, processor = self.run(cases)
        self.processor.append(1000 * processor / len(seconds))
        self.rates.append(len(seconds) / sum(seconds))
        self.seconds += seconds


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=9)
    ask.add_argument("--cases", type=int, default=3, help="cases a round and contender")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="heyi-acts-") as name, ExitStack() as stack:
        folder = Path(name)
        python = peers(folder)
        course = folder / "course.json"
        with on_sqlite(folder, "course") as database:
            course.write_text(json.dumps(course_of(database)))
        ours = {"heyi, SQLite": stack.enter_context(on_sqlite(folder))}
        if has_postgresql():
            ours["heyi, PostgreSQL"] = stack.enter_context(on_postgresql())
        contenders = [
            *(
                stack.enter_context(started(name, [sys.executable, "-m", "benchmarks.contender", database.url]))
                for name, database in ours.items()
            ),
            *(
                stack.enter_context(started(name, [str(python), str(PEERS / program), str(folder / f"{program}.sqlite3"), str(course)]))
                for name, program in (("django-fsm-2, SQLite", "fsm.py"), ("SpiffWorkflow, SQLite", "spiff.py"))
            ),
        ]
        for one in contenders:
            say(f"warming up: {one.name}")
            one.run(1)
        for number in range(asked.rounds):
            for one in contenders[number % len(contenders) :] + contenders[: number % len(contenders)]:
                one.round(asked.cases)
            say(f"round {number + 1}/{asked.rounds}: " + ", ".join(f"{one.name} {one.rates[-1]:.0f}/s" for one in contenders))
        report(contenders, list(ours.values()))


def peers(folder: Path) -> Path:
    """The interpreter of an environment with the peers in it."""
    say("installing the peers")
    subprocess.run([sys.executable, "-m", "venv", folder / "peers"], check=True)
    python = folder / "peers" / "bin" / "python"
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "-r",
        str(LOCK),
    ]
    subprocess.run(install, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    return python


def course_of(database: Database) -> dict[str, object]:
    """The table of acts as moves from state to state, and the moves of one finished case as its journal tells them.

    What one chief proposes and the other agrees to is two acts, of which the first stays where it is.
    """
    moves = {(row.name, source, row.to or source) for row in NEGOTIATION.rows for source in row.source}
    moves |= {(f"propose_{row.name}", source, source) for row in NEGOTIATION.rows if row.joint for source in row.source}
    line = Line.begun(database, 0)
    list(line.acts())
    walk = [
        (f"propose_{e.act}" if e.particulars.get("proposed") else e.act, e.state_from, e.state_to)
        for e in line.journal()
        if e.act != "open"
    ]
    assert set(walk) <= moves, set(walk) - moves
    return {"initial": NEGOTIATION.initial, "states": list(NEGOTIATION.states), "moves": sorted(moves), "walk": walk}


@contextmanager
def started(name: str, command: Sequence[str]) -> Iterator[Contender]:
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Contender(name, process)
    finally:
        assert process.stdin and process.stdout
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def report(contenders: Sequence[Contender], databases: Sequence[Database]) -> None:
    base, work = median(contenders[0].rates), median(contenders[0].processor)
    print(f"\n{machine()}\n" + "".join(f"{server_version(d.url)}\n" for d in databases if not d.is_sqlite))
    print(
        table(
            (
                "each act durable on its own",
                "acts/s, median (range)",
                "ms p50",
                "ms p95",
                "rate to heyi's",
                "processor ms",
                "work to heyi's",
                "acts",
            ),
            [
                (
                    one.name,
                    spread(one.rates),
                    f"{1000 * median(one.seconds):.1f}",
                    f"{1000 * percentile(one.seconds, 0.95):.1f}",
                    f"{median(one.rates) / base:.2f}",
                    f"{median(one.processor):.1f}",
                    f"{median(one.processor) / work:.2f}",
                    len(one.seconds),
                )
                for one in contenders
            ],
        )
    )
    print(f"\nSpiffWorkflow keeps {contenders[-1].bytes / 1000:.0f} kB of JSON for a finished case, read and written with each act.")
    for database in databases:
        with database.read() as db:
            faults = list(journal.verify(db, CASE_TYPES))
        print(f"Journal on {'SQLite' if database.is_sqlite else 'PostgreSQL'} verified after the run: {len(faults)} faults.")


if __name__ == "__main__":
    main()
