"""What changed from version to version: a page, JSON and a feed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from datasette import Response
from datasette.utils.asgi import Request

from fangzhi.model.tables import TABLES
from fangzhi.quality.history import Entry, reasons
from fangzhi.site.address import public_address
from fangzhi.site.answers import tagged, tagged_json
from fangzhi.site.portal import Portal
from fangzhi.site.versions import versions

SHOWN = 50
_ATOM = "http://www.w3.org/2005/Atom"


async def changes_page(datasette: Portal, request: Request) -> Response:
    """The newest versions, with what changed and why."""
    entries = datasette.history.entries
    context = {
        "entries": entries[:SHOWN], "total": len(entries), "reasons": reasons, "tables": TABLES,
        "kept": set(versions(datasette)), "moved": _moved,
    }  # fmt: skip
    return Response.html(await datasette.render_template("changes.html", context, request=request))


async def changes_json(datasette: Portal, request: Request) -> Response:
    """The whole history for programs."""
    told = [_told(entry) for entry in datasette.history.entries]
    return tagged_json(request, {"entries": told})


async def changes_atom(datasette: Portal, request: Request) -> Response:
    """The newest versions as a feed: in the language of its address, or in both."""
    address = public_address(datasette, request)
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": datasette.language.say("zh-CN", "en")})
    entries = datasette.history.entries[:SHOWN]
    title = datasette.language.say("数据变更", "Changes of the data")
    _add(feed, "id", f"{address}changes.atom")
    _add(feed, "title", f"{datasette.metadata().get('title') or ''} · {title}")
    _add(feed, "updated", _time(entries[0]) if entries else "1970-01-01T00:00:00Z")
    Xml.SubElement(_add(feed, "author", ""), "name").text = str(
        datasette.metadata().get("title") or "fangzhi"
    )
    Xml.SubElement(
        feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address + _own(datasette)}
    )
    page = f"{address}{datasette.language.base[1:]}changes"
    Xml.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for entry in entries:
        _add_entry(feed, datasette, address, page, entry)
    body = Xml.tostring(feed, encoding="unicode")
    return tagged(
        request, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', "application/atom+xml; charset=utf-8"
    )


def _add_entry(feed: Xml.Element, portal: Portal, address: str, page: str, entry: Entry) -> None:
    say = portal.language.say
    item = Xml.SubElement(feed, "entry")
    anchor = f"v-{quote(entry.version, safe='+')}"
    _add(item, "id", f"{address}changes#{anchor}-{_time(entry)}")
    _add(item, "title", say(f"版本 {entry.version}", f"Version {entry.version}"))
    _add(item, "updated", _time(entry))
    Xml.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": f"{page}#{anchor}"})
    lines = [say(zh, en) for zh, en in reasons(entry)]
    lines += [_line(portal, entry, name) for name in _moved(entry)]
    _add(item, "content", "\n".join(lines)).set("type", "text")


def _line(portal: Portal, entry: Entry, name: str) -> str:
    row = next(row for row in entry.tables if row.table == name)
    title = portal.language.say(TABLES[name].zh, TABLES[name].en) if name in TABLES else name
    signs = (("+", row.added), ("~", row.changed), ("−", row.gone))
    return f"{title}: " + " ".join(f"{sign}{count}" for sign, count in signs if count)


def _moved(entry: Entry) -> list[str]:
    """The tables in which rows came, changed or went."""
    return [row.table for row in entry.tables if row.added or row.changed or row.gone]


def _told(entry: Entry) -> dict[str, Any]:
    why = reasons(entry)
    words = {"why": [zh for zh, _ in why], "why_en": [en for _, en in why]}
    return {**entry.model_dump(mode="json"), **words, "path": f"/data/{quote(entry.version, safe='+')}/"}


def _own(portal: Portal) -> str:
    return f"{portal.urls.path('/changes.atom')}".lstrip("/")


def _time(entry: Entry) -> str:
    return entry.published.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    child = Xml.SubElement(parent, name)
    child.text = text
    return child


ROUTES = [
    (r"/changes$", changes_page),
    (r"/changes\.json$", changes_json),
    (r"/changes\.atom$", changes_atom),
]
