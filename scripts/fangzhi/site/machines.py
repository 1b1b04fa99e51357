"""The part of the site that programs read: its addresses, and what it gives the pages to say about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.utils.asgi import Request

from fangzhi.site import downloads_page, examples, found, history, openapi, versions
from fangzhi.site.address import HREFLANG, page_links, public_address
from fangzhi.site.portal import Portal

Routes = list[tuple[str, Callable[..., Awaitable[Response | None]]]]
ROUTES: Routes = [
    *downloads_page.ROUTES,
    *examples.ROUTES,
    *found.ROUTES,
    *history.ROUTES,
    *openapi.ROUTES,
    *versions.ROUTES,
]


def words(portal: Portal) -> dict[str, Any]:
    """What templates may use: the places of a page, the address of the site, the dataset's description."""
    return {
        "page_links": lambda request: page_links(portal, request),
        "address": lambda request: public_address(portal, request),
        "has_catalogue": portal.catalogs is not None,
        "described": lambda request, whole=False: found.described(portal, request, whole=whole),
    }


def permalink(portal: Portal, request: Request) -> str:
    """The public address of a page in its language."""
    return page_links(portal, request)[HREFLANG[portal.language]]
