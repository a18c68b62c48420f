"""Other processes of the same installation, which a test may start and kill. Forked from one that has loaded everything already."""

import multiprocessing
import threading
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from tests.cast import noon
from web import house as rooms
from web import jobs
from web.dispatch import House
from web.settings import Settings
from workflow.database import Database

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.jobs.processes"])
PACE = jobs.Pace(beat=0.5, silence=3, poll=0.1, backoff=(0.5, 0.5, 0.5))
"""Hearts in a hurry, so that a test need not wait a minute for a death to be noticed."""


def start(work: Callable[..., None], *args: Any) -> tuple[BaseProcess, Connection]:
    """`work` gets the other end of the line, then `args`."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=work, args=(there, *args))
    process.start()
    there.close()
    return process, here


def in_processes(work: str, *args: Any) -> list[Any]:
    """The same work in two processes at once; what each answers."""
    running = [start(_once, work, *args) for _ in range(2)]
    for _process, line in running:
        assert line.poll(60)
        line.recv()
    for _process, line in running:
        line.send("go")
    answers = []
    for process, line in running:
        assert line.poll(60)
        answers.append(line.recv())
        process.join(30)
    return answers


def _once(line: Connection, work: str, url: str, on: date) -> None:
    house = House(Database(url))
    house.read(rooms.pending)
    line.send("ready")
    line.recv()
    line.send(getattr(rooms, work)(house, on, noon(on)))
    house.close()


def work(line: Connection, settings: Settings) -> None:
    """Run jobs until told to stop, or killed."""
    house = House(Database(settings.database))
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=jobs.run, args=(house, settings, stop), kwargs={"pace": PACE, "ready": ready})
    thread.start()
    assert ready.wait(60)
    line.send("ready")
    line.recv()
    stop.set()
    thread.join()
    house.close()
