"""Serve the site."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from fangzhi.site.app import create_app
from fangzhi.site.errors import SiteError

FIRST_PORT = 8001
PORTS_TRIED = 100


def serve(package: Path, host: str = "127.0.0.1", port: int | None = None) -> None:
    """Serve until interrupted, and say where; without a port, on the first free one from 8001.

    SiteError where the package is missing or the port cannot be had.
    """
    app = create_app(package)
    with open_socket(host, port) as listening:
        number = listening.getsockname()[1]
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104
        print(f"方志站点 fangzhi site: http://{shown}:{number}/   (Ctrl-C 结束 to stop)", flush=True)
        config = uvicorn.Config(app, log_level="warning", lifespan="on", server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def open_socket(host: str, port: int | None) -> socket.socket:
    """A listening socket; SiteError with the reason where there can be none."""
    numbers = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else (port,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in numbers:
        try:
            listening = socket.create_server((host, number), family=family)
        except OverflowError:
            reason = "0–65535"
        except OSError as error:
            reason = error.strerror or str(error)
        else:
            # asyncio does so only for sockets that name their protocol; without it answers wait 40 ms.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return listening
    raise SiteError(
        f"端口 {host}:{numbers[0]} 无法使用（{reason}）；请用 --port 另选。 "
        f"Port {numbers[0]} on {host} cannot be used ({reason}); choose another with --port."
    )
