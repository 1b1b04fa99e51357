"""Send a file over ASGI, whole or in part."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def requested_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last-plus-one byte of a Range header; None for the whole file or a header to ignore.

    ValueError where the range lies outside the file. Several ranges at once are ignored, which the
    standard allows.
    """
    match = _RANGE.fullmatch(header or "")
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    start, end = (int(first), int(last) + 1 if last else size) if first else (size - int(last), size)
    start, end = max(start, 0), min(end, size)
    if start >= end:
        raise ValueError(header)
    return start, end


async def send_file(
    send: Send, path: Path, media_type: str, etag: str, headers: dict[str, str], is_head: bool
) -> None:
    """Answer a request for a file: 200, 206 for a range, 304 if unchanged, 416 for a range outside it.

    ``headers`` are those of the request, in lower case.
    """
    size = path.stat().st_size
    tag = f'"{etag}"'
    shared = {"etag": tag, "accept-ranges": "bytes", "cache-control": "no-cache"}
    known = headers.get("if-none-match", "")
    if tag in known or known.strip() == "*":
        await _start(send, 304, shared)
        return await _finish(send)
    usable = headers.get("if-range", tag) == tag
    try:
        part = requested_range(headers.get("range") if usable else None, size)
    except ValueError:
        await _start(send, 416, shared | {"content-range": f"bytes */{size}"})
        return await _finish(send)
    start, end = part or (0, size)
    fields = shared | {
        "content-type": media_type,
        "content-length": str(end - start),
        "content-disposition": f"attachment; filename*=utf-8''{quote(path.name)}",
    }
    if part:
        fields["content-range"] = f"bytes {start}-{end - 1}/{size}"
    await _start(send, 206 if part else 200, fields)
    if not is_head:
        await _send_bytes(send, path, start, end)
    return await _finish(send)


async def _start(send: Send, status: int, fields: dict[str, str]) -> None:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _send_bytes(send: Send, path: Path, start: int, end: int) -> None:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left and (chunk := await asyncio.to_thread(file.read, min(CHUNK, left))):
            left -= len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _finish(send: Send) -> None:
    await send({"type": "http.response.body", "body": b""})
