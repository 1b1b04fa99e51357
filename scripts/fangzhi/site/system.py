"""A named system: its parts as a tree, where it is named, and the figures told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from datasette.utils.asgi import NotFound
from markupsafe import Markup

from fangzhi.site.portal import Portal

Record = dict[str, Any]

_ROW = """SELECT y.*, p.full_name AS place, a.title, a.published_on, a.text, a.source_id, s.publisher, s.page,
  s.rights
FROM systems y JOIN articles a ON a.article_id = y.article_id JOIN sources s ON s.source_id = a.source_id
LEFT JOIN places p ON p.place_id = y.place_id WHERE y.system_id = :id"""
_COMPONENTS = "SELECT * FROM system_components WHERE system_id = :id ORDER BY position LIMIT 500"
_NAMESAKES = """SELECT y.system_id, y.owner, y.kind, y.article_id, a.title, a.published_on, s.publisher,
  (SELECT count(*) FROM system_components c WHERE c.system_id = y.system_id) AS parts
FROM systems y JOIN articles a ON a.article_id = y.article_id JOIN sources s ON s.source_id = a.source_id
WHERE y.system_id IN (SELECT system_id FROM systems WHERE name = :name AND system_id <> :id LIMIT 50)
ORDER BY a.published_on, y.system_id"""
_FIGURES = """SELECT o.*, p.name AS place FROM observations o LEFT JOIN places p ON p.place_id = o.place_id
WHERE o.article_id = :article AND (instr(o.sentence, :name) OR instr(o.sentence, :bare)
  OR instr(o.measure, :bare) OR instr(o.subject, :bare))
ORDER BY o.text_start LIMIT 100"""
_QUOTES = '“”‘’"「」『』《》'


@dataclass
class Part:
    """A component and the components below it."""

    row: Record
    parts: list[Part] = field(default_factory=list)


async def system_context(portal: Portal, key: str) -> Record:
    """Everything the page of a system shows; NotFound where there is no such system."""
    found = await portal.rows(_ROW, id=key)
    if not found:
        raise NotFound(portal.language.say("没有这个体系。", "There is no such system."))
    row = found[0]
    components = await portal.rows(_COMPONENTS, id=key)
    tree = component_tree(components)
    bare = row["name"].strip(_QUOTES)
    asked = {"article": row["article_id"], "name": row["name"], "bare": bare}
    return {
        "row": row,
        "tree": tree,
        "found": len(tree),
        "components": components,
        "paragraph": _paragraph(row),
        "namesakes": await portal.rows(_NAMESAKES, id=key, name=row["name"]),
        "figures": await portal.rows(_FIGURES, **asked),
    }


def component_tree(rows: Iterable[Record]) -> list[Part]:
    """Components below the one that they name as their parent, if it stands before them; the rest on top."""
    top: list[Part] = []
    named: dict[str, Part] = {}
    for row in rows:
        part = Part(row)
        above = named.get(row["parent"] or "")
        (above.parts if above else top).append(part)
        named.setdefault(row["name"], part)
    return top


def _paragraph(row: Record) -> Markup | None:
    """The paragraph that names the system, its name marked; None where it stands in the headline alone."""
    text, start, end = row["text"], row["text_start"], row["text_end"]
    if start is None or text is None:
        return None
    first = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    return Markup('{}<mark class="system">{}</mark>{}').format(
        text[first:start], text[start:end], text[end:] if after < 0 else text[end:after]
    )
