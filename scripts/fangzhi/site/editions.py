"""Which part of the site answers: pages in the language of their address, data without one.

A page asked for without a language is answered with the address of the visitor's edition. Data may be asked
for by the ending of the address or, at the address of the page, by the Accept header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fangzhi.site.languages import Language, preferred
from fangzhi.site.metadata import DATABASE
from fangzhi.site.requests import App, Message, Receive, Send

_DATA = re.compile(r"/(downloads|data|static|-)/|/[^/]+\.[a-z]{2,7}$|/[^/]+/.*\.(json|csv|svg|png|md|txt)$")
_TABULAR = re.compile(rf"/{DATABASE}(/[^/.]+){{0,2}}$")
_ENDINGS = {"application/json": ".json", "text/csv": ".csv", "text/html": "", "application/xhtml+xml": ""}


def with_editions(pages: Mapping[Language, App], data: App) -> App:
    """The application made of an edition for each language and one for data."""

    async def chosen(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await data(scope, receive, send)
        path = scope["path"]
        for language, app in pages.items():
            if path.startswith(language.base) or path == language.base[:-1]:
                return await app(_within(scope, language), receive, send)
        if _DATA.match(path):
            return await data(scope, receive, send)
        return await _redirect(scope, send)

    return chosen


def with_forms(app: App) -> App:
    """The application, giving a table or a query as data where the Accept header asks for data first."""

    async def formed(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _TABULAR.match(scope["path"]):
            ending = _asked_for(_header(scope, b"accept"))
            raw = scope["raw_path"].partition(b"?")[0] + ending.encode()
            scope = {**scope, "path": scope["path"] + ending, "raw_path": raw}
            send = _varying(send) if ending else send
        await app(scope, receive, send)

    return formed


def _varying(send: Send) -> Send:
    """Caches are told that the form depends on the Accept header."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", [])
            message = {**message, "headers": [*headers, (b"vary", b"Accept")]}
        await send(message)

    return sender


def _within(scope: Message, language: Language) -> Message:
    """The request as the edition sees it, without the language; Datasette puts it before all links."""
    bare = language.base[:-1]
    raw = scope["raw_path"].decode("latin-1").removeprefix(bare) or "/"
    return {**scope, "path": scope["path"].removeprefix(bare) or "/", "raw_path": raw.encode("latin-1")}


def _header(scope: Message, name: bytes) -> str:
    found: bytes = next((value for key, value in scope["headers"] if key.lower() == name), b"")
    return found.decode("latin-1")


def _asked_for(accept: str) -> str:
    """The ending that the first known kind of an Accept header stands for; browsers ask for HTML first."""
    kinds = (part.partition(";")[0].strip().lower() for part in accept.split(",")[:20])
    return next((_ENDINGS[kind] for kind in kinds if kind in _ENDINGS), "")


async def _redirect(scope: Message, send: Send) -> None:
    language = preferred(_header(scope, b"accept-language"))
    raw = scope["raw_path"].partition(b"?")[0].lstrip(b"/")
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    headers = [
        (b"location", language.base.encode() + raw + query),
        (b"vary", b"Accept-Language, Accept"),
        (b"cache-control", b"no-cache"),
    ]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
