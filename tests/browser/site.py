"""The application as people reach it: a server of its own on a free port of this machine, and a browser that is watched."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, ViewportSize

from tests.databases import DEMONSTRATION_DAY, copied
from tests.web.client import SECRET
from web.dispatch import House
from web.practice import set_today
from workflow.database import Database

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120
"""Seconds until a server must answer, on a machine with much else to do."""
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@contextmanager
def served(database: Database, folder: Path, **settings: str) -> Iterator[str]:
    """`heyi serve` in practice mode on this database; gives its address. `settings` are more of its environment."""
    port = _free_port()
    log = folder / "server.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HEYI_")},
        "HEYI_DATABASE": database.url,
        "HEYI_DATA": str(folder / "data"),
        "HEYI_PRACTICE": "1",
        "LANG": "C.UTF-8",
        **settings,
    }
    with log.open("wb") as output:
        command = [sys.executable, "-m", "web.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address, server, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def shown(demonstration: str, folder: Path) -> Iterator[str]:
    """The demonstration on the day it was made for, served from a copy."""
    with copied(demonstration, folder) as database:
        house = House(database, practice=True)
        house.write(set_today, DEMONSTRATION_DAY, by=None)
        house.close()
        with served(database, folder, HEYI_SECRET=SECRET) as address:
            yield address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, f"the server ended:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(f"{address}/login", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer within {PATIENCE} s:\n{log.read_text()}")


def chromium(playwright: Playwright) -> Browser:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)


@dataclass
class Watch:
    """What must not happen in any page: errors in the console or in a script, requests to anybody else, faults of the server."""

    address: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.set_default_timeout(30_000)
        context.on("page", self._over_page)
        context.on("request", self._request)
        context.on("response", self._response)
        return context

    def _over_page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url} script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        """A refusal (404, 409, 422) is an answer; the browser notes it as an error all the same."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{message.location.get('url')} console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.faults.append(f"foreign request: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")
