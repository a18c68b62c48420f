"""A hall of delegates who vote at once on the running program: how long each waits, and whether every ballot arrives.

    .venv/bin/python -m benchmarks.hall [--delegates 500] [--at-once 100]

One item in box e2e, on a database of its own (SQLite, or the server that HEYI_TEST_DATABASE names). The ballots are made beforehand; from then on
the hall answers as fast as its telephones are answered.
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.figures import machine, percentile, say, table
from tests.browser.site import served
from tests.congress.ballots.room import Room
from tests.databases import copied
from tests.web.client import SECRET, open_client
from web.migrations import migrate


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--delegates", type=int, default=500)
    ask.add_argument("--at-once", type=int, default=100, help="connections")
    asked = ask.parse_args()
    with TemporaryDirectory() as name, copied("", Path(name)) as database:
        migrate(database)
        with open_client(database) as client:
            room = Room(client, roll=asked.delegates, present=asked.delegates, slips=asked.delegates)
            room.make_keys()
            room.register()
            room.prepare(items=1)
            room.open()
            say(f"{asked.delegates} ballots are made …")
            ballots = filled(room, asked.delegates)
        say("The hall votes …")
        with served(database, Path(name), HEYI_SECRET=SECRET) as address:
            began = time.perf_counter()
            waits, taken = vote(f"{address}/v/{room.hall}/rounds/1/ballots", ballots, asked.at_once)
            whole = time.perf_counter() - began
    print(machine(), end="\n\n")
    rows = [
        ("ballots taken", f"{taken} of {asked.delegates}"),
        ("the whole hall, s", f"{whole:.1f}"),
        ("one delegate waits, median s", f"{percentile(waits, 0.5):.2f}"),
        ("95 of 100 wait at most, s", f"{percentile(waits, 0.95):.2f}"),
    ]
    print(table(["a hall that votes at once", ""], rows))


def filled(room: Room, count: int) -> list[dict[str, Any]]:
    return [room.sealed(slip, (slip % 3,)) for slip in range(count)]


def vote(address: str, ballots: list[dict[str, Any]], at_once: int) -> tuple[list[float], int]:
    with httpx.Client(limits=httpx.Limits(max_connections=at_once), timeout=120) as http, ThreadPoolExecutor(at_once) as many:

        def one(content: dict[str, Any]) -> tuple[float, bool]:
            began = time.perf_counter()
            answer = http.post(address, json=content).json()
            return time.perf_counter() - began, bool(answer["ok"])

        answers = list(many.map(one, ballots))
    return [wait for wait, _ in answers], sum(ok for _, ok in answers)


if __name__ == "__main__":
    main()
