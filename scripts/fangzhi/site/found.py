"""Being found and harvested: catalogue, site map, robots, and the description in the pages.

Of the plugins for site maps and robots neither knows alternates in other languages, nor more than one part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from fangzhi.catalog import dcat, schema_org
from fangzhi.catalog.published import Published
from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.site.address import HREFLANG, public_address
from fangzhi.site.answers import tagged
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal

PAGES = ("", "queries", "map", "downloads", "changes", "developers", DATABASE)
"""Pages there is one of each of."""
LISTED = {
    "article": "SELECT article_id FROM articles ORDER BY article_id LIMIT :limit OFFSET :offset",
    "place": "SELECT place_id FROM places ORDER BY place_id LIMIT :limit OFFSET :offset",
    "indicator": "SELECT indicator_id FROM indicators ORDER BY indicator_id LIMIT :limit OFFSET :offset",
    "figure": "SELECT observation_id FROM observations ORDER BY observation_id LIMIT :limit OFFSET :offset",
    "system": "SELECT system_id FROM systems ORDER BY system_id LIMIT :limit OFFSET :offset",
    "source": "SELECT source_id FROM sources ORDER BY source_id LIMIT :limit OFFSET :offset",
    "theme": "SELECT theme_id FROM themes ORDER BY theme_id LIMIT :limit OFFSET :offset",
}
"""Pages there are many of: the first part of their address, and the statement that lists their keys."""
COUNTS = {
    "article": "SELECT count(*) FROM articles",
    "place": "SELECT count(*) FROM places",
    "indicator": "SELECT count(*) FROM indicators",
    "figure": "SELECT count(*) FROM observations",
    "system": "SELECT count(*) FROM systems",
    "source": "SELECT count(*) FROM sources",
    "theme": "SELECT count(*) FROM themes",
}
PART = 10_000
"""Pages in a part of the site map; each is written once a language, and 50,000 are allowed."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


async def catalog(datasette: Portal, request: Request) -> Response:
    """The DCAT catalogue."""
    form = request.url_vars["form"]
    if datasette.catalogs is None:
        raise NotFound(datasette.language.say("没有数据目录。", "There is no catalogue."))
    text = datasette.catalogs.at(public_address(datasette, request), form)
    media_type = dcat.FORMATS[form][1]
    return tagged(request, text, f"{media_type}; charset=utf-8")


def described(portal: Portal, request: Request, *, whole: bool = False) -> dict[str, Any] | None:
    """The dataset as schema.org has it, for a page; with all files or those of the whole package."""
    if portal.published is None:
        return None
    of = portal.published
    files = of.files if whole else [file for file in of.files if not file.is_of_one_table]
    part = Published(of.descriptor, of.schemas, files)
    return schema_org.dataset(part, public_address(portal, request), str(portal.language))


async def robots(datasette: Portal, request: Request) -> Response:
    """What programs that walk the site may ask for: not every filter of every table."""
    closed = [f"{language.base}{path}" for language in HREFLANG for path in ("search", f"{DATABASE}?")]
    closed += [f"{language.base}{DATABASE}/*?" for language in HREFLANG]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {public_address(datasette, request)}sitemap.xml")
    return tagged(request, "\n".join(lines) + "\n", "text/plain; charset=utf-8")


async def sitemap(datasette: Portal, request: Request) -> Response:
    """The index of the parts of the site map."""
    address = public_address(datasette, request)
    parts = ["pages"]
    for name, statement in COUNTS.items():
        count = (await datasette.get_database(DATABASE).execute(statement)).single_value()
        parts += [f"{name}-{number}" for number in range(1, -(-count // PART) + 1)]
    items = (f"<sitemap><loc>{address}sitemap-{part}.xml</loc></sitemap>" for part in parts)
    body = "\n".join((f"<sitemapindex {_NAMESPACE}>", *items, "</sitemapindex>"))
    return tagged(request, f"{_XML}{body}\n", "application/xml; charset=utf-8")


async def sitemap_part(datasette: Portal, request: Request) -> Response:
    """A part of the site map: pages in every language, each with the others beside it."""
    name, _, number = request.url_vars["part"].partition("-")
    if (name, number) == ("pages", ""):
        paths = await _single_pages(datasette)
    elif name in LISTED and number.isascii() and number.isdigit() and 0 < int(number[:9]) <= 10**6:
        paths = await _listed(datasette, name, int(number[:9]))
    else:
        paths = []
    if not paths:
        raise NotFound(datasette.language.say("没有这一部分。", "There is no such part."))
    return tagged(
        request, _url_set(public_address(datasette, request), paths), "application/xml; charset=utf-8"
    )


async def _single_pages(datasette: Portal) -> list[str]:
    queries = await datasette.get_canned_queries(DATABASE, None)
    reported = ("quality",) if datasette.quality else ()
    lists = (f"{DATABASE}/{quote(name, safe='')}" for name in (*TABLES, *VIEWS, *queries))
    return [*PAGES, *reported, *lists]


async def _listed(datasette: Portal, name: str, number: int) -> list[str]:
    bounds = {"limit": PART, "offset": (number - 1) * PART}
    found = await datasette.get_database(DATABASE).execute(LISTED[name], bounds)
    return [f"{name}/{quote(str(row[0]), safe='')}" for row in found.rows]


def _url_set(address: str, paths: Iterable[str]) -> str:
    opening = f'<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return "\n".join(
        (f"{_XML}{opening}", *(line for path in paths for line in _urls(address, path)), "</urlset>\n")
    )


def _urls(address: str, path: str) -> Iterator[str]:
    places = {name: f"{address}{language.base[1:]}{path}" for language, name in HREFLANG.items()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{name}" href={quoteattr(place)}/>'
        for name, place in (places | {"x-default": address + path}).items()
    )
    for place in places.values():
        yield f"<url><loc>{quoteattr(place)[1:-1]}</loc>{links}</url>"


ROUTES = [
    (rf"/catalog\.(?P<form>{'|'.join(dcat.FORMATS)})$", catalog),
    (r"/robots\.txt$", robots),
    (r"/sitemap\.xml$", sitemap),
    (r"/sitemap-(?P<part>[a-z]+(?:-\d+)?)\.xml$", sitemap_part),
]
