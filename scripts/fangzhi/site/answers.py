"""Answers to programs: the same bytes have the same tag, and are not sent twice."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from datasette import Response
from datasette.utils.asgi import Request


def tagged(request: Request, body: str, content_type: str) -> Response:
    """The answer with an ETag, or 304 where the visitor has these bytes."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "max-age=60", "Vary": "Host"}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or known == ["*"]:
        return Response("", 304, headers, content_type)
    return Response(body, 200, headers, content_type)


def tagged_json(request: Request, value: Any) -> Response:
    """JSON, characters as they are."""
    body = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return tagged(request, body, "application/json; charset=utf-8")
