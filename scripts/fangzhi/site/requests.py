"""What holds for every request and answer: methods, headers, origins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

METHODS = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "form-action 'self'",
        "base-uri 'none'", "frame-ancestors 'none'",
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


def with_rules(app: App) -> App:
    """The application, reading only, with the headers of this site on every answer."""

    async def ruled(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        answer = _with_headers(scope["path"], send)
        if scope["method"] == "OPTIONS":
            return await _short(answer, 204, b"")
        if scope["method"] not in METHODS:
            return await _short(answer, 405, "本站只供读取。 This site is read only.\n".encode())
        return await app(scope, receive, answer)

    return ruled


async def _short(send: Send, status: int, body: bytes) -> None:
    allowed = ", ".join(METHODS).encode("ascii")
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", allowed)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_headers(path: str, send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = (pair for pair in message.get("headers", []) if pair[0].lower() not in _OURS)
            message = {**message, "headers": [*(_corrected(path, *pair) for pair in given), *_OURS.items()]}
        await send(message)

    return sender


def _corrected(path: str, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Datasette sends CSV as plain text."""
    if path.endswith(".csv") and name.lower() == b"content-type" and value.startswith(b"text/plain"):
        return name, b"text/csv; charset=utf-8"
    return name, value
