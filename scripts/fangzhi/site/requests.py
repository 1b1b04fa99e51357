"""What holds for every request and answer: methods, headers, origins."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

METHODS = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "Authorization, Content-Type, Range",
    "access-control-expose-headers": "Link, ETag, Content-Length, Content-Range, Accept-Ranges",
}
_OURS = {name.encode("ascii"): value.encode("ascii") for name, value in HEADERS.items()}


QUERIES = 2
"""How many statements that visitors wrote run at a time; the site's own pages need the other threads."""
WAITING = 16
"""How many more may wait for their turn."""


class Turns:
    """Turns for what is costly: a few run, some wait, the rest is asked to come again."""

    def __init__(self, running: int, waiting: int) -> None:
        self._running = asyncio.Semaphore(running)
        self._room = running + waiting

    async def take(self) -> bool:
        """Wait for a turn; False, at once, if too many wait. Each turn taken is to be given back."""
        if not self._room:
            return False
        self._room -= 1
        try:
            await self._running.acquire()
        except asyncio.CancelledError:
            self._room += 1
            raise
        return True

    def give_back(self) -> None:
        """End a turn."""
        self._running.release()
        self._room += 1


def _asks_in_sql(scope: Message) -> bool:
    return "sql" in parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def with_rules(app: App) -> App:
    """The application, reading only, with the headers of this site on every answer."""
    in_turn = _in_turn(app)

    async def ruled(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        answer = _with_headers(scope["path"], send)
        if scope["method"] == "OPTIONS":
            return await _short(answer, 204, b"", _ALLOW)
        if scope["method"] not in METHODS:
            return await _short(answer, 405, _READ_ONLY, _ALLOW)
        return await in_turn(scope, receive, _with_status(scope["path"], answer))

    return ruled


def _in_turn(app: App) -> App:
    """The application, few at a time where it runs what visitors wrote in SQL."""
    turns = Turns(QUERIES, WAITING)

    async def taken(scope: Message, receive: Receive, send: Send) -> None:
        held = True

        def give_back() -> None:
            nonlocal held
            if held:
                held = False
                turns.give_back()

        async def sender(message: Message) -> None:
            give_back()  # the answer is ready; how fast it is read is no matter
            await send(message)

        try:
            await app(scope, receive, sender)
        finally:
            give_back()

    async def queued(scope: Message, receive: Receive, send: Send) -> None:
        if not _asks_in_sql(scope):
            return await app(scope, receive, send)
        if await turns.take():
            return await taken(scope, receive, send)
        return await _short(send, 503, _BUSY, {b"retry-after": b"5"})

    return queued


_ALLOW = {b"allow": ", ".join(METHODS).encode("ascii")}
_READ_ONLY = "本站只供读取。 This site is read only.\n".encode()
_BUSY = "查询太多，请稍后再试。 Too many queries at once; try again in a few seconds.\n".encode()


async def _short(send: Send, status: int, body: bytes, headers: dict[bytes, bytes]) -> None:
    fields = [(b"content-type", b"text/plain; charset=utf-8"), *headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


def _with_status(path: str, send: Send) -> Send:
    """Datasette tells some mistakes in JSON whose status is 200: the answer's status is what it says."""
    start: Message | None = None

    async def sender(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and message["status"] == 200 and path.endswith(".json"):
            start = message
            return
        if start:
            await send({**start, "status": _told_status(message.get("body", b""))})
            start = None
        await send(message)

    return sender


def _told_status(body: bytes) -> int:
    if not body.startswith(b'{"ok": false'):
        return 200
    try:
        told = json.loads(body).get("status")
    except ValueError:
        return 200
    return told if isinstance(told, int) and 400 <= told <= 599 else 400


def _with_headers(path: str, send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = (pair for pair in message.get("headers", []) if not _replaced(*pair))
            message = {**message, "headers": [*(_corrected(path, *pair) for pair in given), *_OURS.items()]}
        await send(message)

    return sender


def _replaced(name: bytes, value: bytes) -> bool:
    """Whether a header gives way; answers are the same for all, as there are no cookies and no accounts."""
    return name.lower() in _OURS or (name.lower(), value) == (b"vary", b"Cookie, Authorization")


def _corrected(path: str, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Datasette sends CSV as plain text."""
    if path.endswith(".csv") and name.lower() == b"content-type" and value.startswith(b"text/plain"):
        return name, b"text/csv; charset=utf-8"
    return name, value
