"""How values read in tables: codes by name, lists as text, keys as links."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from jinja2.filters import do_striptags
from markupsafe import Markup

from fangzhi.model.tables import TABLES
from fangzhi.site.languages import Language
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.readable import number
from fangzhi.site.words import code_of, holds_json, is_number, repair_label

_LONG, _LONGER = 24, 60  # characters
_ENTITY_TABLES = {"place": "places", "organization": "organizations", "person": "people"}
_KEY_TABLES = {table.key[0]: name for name, table in TABLES.items() if len(table.key) == 1}
_KEY_TABLES |= {"parent_id": "places", "corroborates": "observations", "reported": "observations"}


_PAGES = {
    "articles": "article", "places": "place", "indicators": "indicator", "themes": "theme",
    "observations": "figure", "systems": "system", "sources": "source",
}  # fmt: skip
# Columns that name a row whose key another column of the same row holds.
_NAMES = {
    "title": "article_id",
    "place": "place_id",
    "full_name": "place_id",
    "indicator": "indicator_id",
    "theme": "theme_id",
}


def row_path(table: str, key: str) -> str:
    """The page of a row: one of its own where its table has such pages, else its columns."""
    if table in _PAGES:
        return f"/{_PAGES[table]}/{quote(key, safe='')}"
    return raw_path(table, key)


def raw_path(table: str, key: str) -> str:
    """The page of a row with its columns as they stand."""
    return f"/{DATABASE}/{table}/{''.join(_tilde(character) for character in key)}"


def _tilde(character: str) -> str:
    if character.isascii() and (character.isalnum() or character in "_-"):
        return character
    return "".join(f"~{byte:02X}" for byte in character.encode())


def link(edition: Portal, table: str, key: object, label: object) -> Markup:
    """A link to the page of a row."""
    path = edition.urls.path(row_path(table, str(key)))
    return Markup('<a href="{}">{}</a>').format(path, label)


def wide(cell: object) -> str:
    """The class of a cell for the length of its text: nothing for one that need not be broken."""
    length = len(do_striptags(str(cell)))
    return " long longer" if length > _LONGER else " long" if length > _LONG else ""


def render_value(
    edition: Portal, table: str | None, column: str, value: Any, row: Mapping[str, Any]
) -> Markup | None:
    """A cell as HTML, or None where the value may stand as it is.

    A reference to another row comes as ``{"value": key, "label": label}`` on table pages.
    """
    key, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if key in (None, ""):
        return None
    if target := _target(column, row):
        return link(edition, target, key, label or key)
    key_column = _NAMES.get(column)
    if table not in TABLES and key_column in row.keys() and row[key_column]:  # noqa: SIM118 - a row tests values
        return link(edition, _KEY_TABLES[key_column], row[key_column], key)
    if isinstance(key, int | float) and is_number(table, column):
        return Markup(number(key))  # noqa: S704 - digits, a point and commas
    if column == "source_lines" and "source_id" in row.keys():  # noqa: SIM118 - a database row tests its values
        source = row["source_id"]
        said = edition.language.say("原样与修复后对照", "as found beside as repaired")
        return link(edition, "sources", source["value"] if isinstance(source, dict) else source, said)
    if isinstance(key, str) and holds_json(table, column):
        return _from_json(key, edition.language)
    if isinstance(key, str) and (code := code_of(table, column, key)):
        return Markup("<span title='{}'>{}</span>").format(key, edition.language.say(code.zh, code.en))
    return None


def _target(column: str, row: Mapping[str, Any]) -> str | None:
    if column == "entity_id" and "entity_type" in row.keys():  # noqa: SIM118 - a database row tests its values
        return _ENTITY_TABLES.get(row["entity_type"])
    return _KEY_TABLES.get(column)


def _from_json(text: str, language: Language) -> Markup | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    if isinstance(value, dict):
        return Markup("、").join(f"{repair_label(name, language)} {count}" for name, count in value.items())
    flat = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return Markup("、").join(value) if flat else None
