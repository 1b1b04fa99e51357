"""Tags of answers from the data: they stay the same while the data do, so that nobody fetches them twice."""

from __future__ import annotations

import hashlib
import re

from fangzhi.site.metadata import DATABASE
from fangzhi.site.requests import OURS, App, Message, Receive, Send

_DATA = re.compile(rf"/{DATABASE}(\.|/.*\.)(json|csv)$")


def with_tags(app: App, version: str) -> App:
    """The application, with a weak ETag on rows and answers in SQL; ``version`` stands for data and program.

    Who has the tag is told so without running the query: the database never changes.
    """

    async def tagged(scope: Message, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not _DATA.match(scope["path"])
        ):
            return await app(scope, receive, send)
        tag = _tag(version, scope)
        if tag in _known(scope):
            headers = [(b"etag", tag), (b"cache-control", b"max-age=60"), *OURS.items()]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            return await send({"type": "http.response.body", "body": b""})
        return await app(scope, receive, _sender(send, tag))

    return tagged


def _sender(send: Send, tag: bytes) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            message = {**message, "headers": [*message.get("headers", []), (b"etag", tag)]}
        await send(message)

    return sender


def _tag(version: str, scope: Message) -> bytes:
    told = b"\n".join((version.encode(), scope["path"].encode(), scope["query_string"]))
    return f'W/"{hashlib.sha256(told).hexdigest()[:32]}"'.encode()


def _known(scope: Message) -> list[bytes]:
    values = (value for name, value in scope["headers"] if name.lower() == b"if-none-match")
    return [tag.strip() for value in values for tag in value.split(b",")[:20]]
