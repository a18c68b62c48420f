"""Jobs beside the pages of a serving process, in a thread of their own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from web.dispatch import House
from web.settings import Settings

AFTER = 1.0
"""Seconds after the start. The engine takes one to load, which the first page need not wait for; what is written meanwhile is gathered."""


@contextmanager
def at_work(house: House, settings: Settings) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(house, settings, stop), name="jobs")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _work(house: House, settings: Settings, stop: threading.Event) -> None:
    if stop.wait(AFTER):
        return
    from web import jobs

    try:
        jobs.run(house, settings, stop)
    except Exception:
        logging.getLogger("heyi.jobs").exception("jobs have ended; pages are still served")
        raise
