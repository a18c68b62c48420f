"""A post office for the tests: a real SMTP server and a real webhook, on this machine, that keep what they are given."""

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again; what has not come true by then fails the test."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)


@dataclass
class Mailbox:
    """`busy` answers 451 to so many; `unknown` are addresses without a mailbox; each mail takes `takes` seconds."""

    host: str = "127.0.0.1"
    port: int = 0
    busy: int = 0
    unknown: frozenset[str] = frozenset()
    takes: float = 0
    mails: list[EmailMessage] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


@contextmanager
def mail_server(**manners: Any) -> Iterator[Mailbox]:
    box = Mailbox(**manners)
    lock = threading.Lock()

    class Clerk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say(220, "ready")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"RCPT" and line.split(b"<")[1].split(b">")[0].decode() in box.unknown:
                    self._say(550, "no such mailbox")
                elif verb == b"MAIL" and self._is_busy():
                    self._say(451, "come back later")
                elif verb == b"DATA":
                    self._say(354, "go on")
                    lines = []
                    while (text := self.rfile.readline()) not in (b".\r\n", b""):
                        lines.append(text.removeprefix(b".") if text.startswith(b"..") else text)
                    time.sleep(box.takes)
                    mail = message_from_bytes(b"".join(lines), _class=EmailMessage, policy=policy.default)
                    with lock:
                        box.mails.append(mail)
                    self._say(250, "taken")
                elif verb == b"QUIT":
                    self._say(221, "bye")
                    return
                else:
                    self._say(250, "fine")

        def _is_busy(self) -> bool:
            with lock:
                box.busy -= 1
                return box.busy >= 0

        def _say(self, code: int, words: str) -> None:
            self.wfile.write(f"{code} {words}\r\n".encode())

    class Office(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A sender killed in the middle of a mail hangs up."""

    with Office((box.host, 0), Clerk) as office:
        box.port = office.server_address[1]
        yield from _open(office, box)


@dataclass
class Group:
    """A chat group: `lines` are (path, query, text); `answer` is what the robot says."""

    port: int = 0
    answer: dict[str, Any] = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})
    lines: list[tuple[str, dict[str, list[str]], str]] = field(default_factory=list)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def said(self, path: str) -> list[str]:
        return [text for where, _query, text in self.lines if where == path]


@contextmanager
def group_server() -> Iterator[Group]:
    group = Group()

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            where = urlsplit(self.path)
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert sent["msgtype"] == "text"
            group.lines.append((where.path, parse_qs(where.query), sent["text"]["content"]))
            body = json.dumps(group.answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Robot) as office:
        group.port = office.server_address[1]
        yield from _open(office, group)


def _open(office: socketserver.BaseServer, desk: Any) -> Iterator[Any]:
    thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield desk
    finally:
        office.shutdown()
        thread.join()
