"""Serving: one process on SQLite, one or several on PostgreSQL, and an orderly end."""

import socket
from collections.abc import Callable

import uvicorn

from web.app import create_app
from web.settings import Settings

GRACE = 5
"""Seconds that requests in hand have to finish."""


class Taken(OSError):
    """The port is in use."""


def serve(settings: Settings, host: str, port: int, workers: int, *, say_started: Callable[[str], None]) -> None:
    """Serve until told to stop. Raises `Taken`."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Taken(str(error)) from error
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    options = {
        "host": host,
        "port": port,
        "timeout_graceful_shutdown": GRACE,
        "proxy_headers": True,
        "forwarded_allow_ips": settings.trusted_proxies,
        "log_config": None,
        "access_log": False,
        "server_header": False,
    }
    if workers > 1:
        say_started(address)
        uvicorn.run("web.app:from_environment", factory=True, workers=workers, **options)  # type: ignore[arg-type]
        return

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                say_started(address)

    Server(uvicorn.Config(create_app(settings), **options)).run()  # type: ignore[arg-type]
