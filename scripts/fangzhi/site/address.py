"""The address under which the public reaches the site: the editors' word, else that of the request."""

from __future__ import annotations

import re
from urllib.parse import quote

from datasette.utils.asgi import Request

from fangzhi.site.languages import Language
from fangzhi.site.portal import Portal

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?", re.ASCII)
HREFLANG = {Language.ZH: "zh-CN", Language.EN: "en"}


def public_address(portal: Portal, request: Request) -> str:
    """It ends in a stroke. ``address`` in metadata.yml goes before the Host header, which is a stranger's."""
    given = str(portal.metadata().get("address") or "").strip()
    if given:
        return given.rstrip("/") + "/"
    host = request.headers.get("host", "")
    scheme = "https" if request.scheme == "https" else "http"
    return f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}/"


def page_path(request: Request) -> str:
    """The path of a page without its language, as sent, with no stroke before it."""
    raw: bytes = request.scope.get("raw_path") or quote(request.path).encode("ascii")
    return raw.decode("latin-1").partition("?")[0].lstrip("/")


def page_links(portal: Portal, request: Request) -> dict[str, str]:
    """Where a page stands in each language, by hreflang; ``x-default`` asks which language one reads."""
    base, path = public_address(portal, request), page_path(request)
    found = {name: f"{base}{language.base[1:]}{path}" for language, name in HREFLANG.items()}
    return found | {"x-default": base + path}
