"""Facets: what the rows found have in common, as links that narrow the search or widen it again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fangzhi.site.finding import kind_column
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.words import code_of

LISTED = 8
PLACES_LOOKED_AT = 2000
TITLES = {
    "place": ("地点", "Place"),
    "theme": ("主题", "Theme"),
    "year": ("年份", "Year"),
    "kind": ("类别", "Kind"),
}
_THEMES = "SELECT theme_id, name, name_en FROM themes"
_PLACES = """WITH RECURSIVE up(id) AS (
  SELECT value FROM json_each(:ids) UNION
  SELECT p.parent_id FROM places p JOIN up ON p.place_id = up.id WHERE p.parent_id IS NOT NULL)
SELECT place_id, name, full_name, parent_id FROM places JOIN up ON places.place_id = up.id"""

MakePath = Callable[..., str]


@dataclass(frozen=True)
class Item:
    """A value of a facet: what it is called, how many rows have it, and the address with or without it."""

    label: str
    count: int
    path: str


@dataclass(frozen=True)
class Facet:
    """A facet with its most frequent values; ``more`` are those left off."""

    name: str
    title: str
    items: list[Item]
    more: int


async def facets_of(
    portal: Portal, path: MakePath, table: str | None, filters: dict[str, str], counts: Sequence[Any]
) -> tuple[list[Facet], list[Item]]:
    """The facets of rows counted as facet, value, count, and the filters chosen, each with the address
    without it. Kinds differ from table to table and are told where one is chosen.
    """
    by_name = {name: _summed(name, counts) for name in TITLES}
    places = await _places(portal, {*by_name["place"], *filters.get("place", "").split()})
    themes = {row["theme_id"]: row for row in (await portal.execute(DATABASE, _THEMES)).rows}

    def label(name: str, value: str) -> str:
        if name == "place":
            return str(places[value]["full_name"]) if value in places else value
        if name == "theme" and value in themes:
            return str(portal.language.say(themes[value]["name"], themes[value]["name_en"]))
        code = code_of(table, kind_column(table) or "", value) if name == "kind" and table else None
        return portal.language.say(code.zh, code.en) if code else value

    facets = []
    for name, found in by_name.items():
        if name == "place":
            found = _below(found, places, filters.get("place"))
        elif name in filters or (name == "kind" and table is None):
            continue
        values = _in_order(name, found)
        items = [Item(label(name, value), found[value], path(**{name: value})) for value in values[:LISTED]]
        if items:
            facets.append(Facet(name, portal.language.say(*TITLES[name]), items, len(values) - len(items)))
    chosen = [Item(label(name, value), 0, path(**{name: None})) for name, value in filters.items()]
    return facets, chosen


def _summed(name: str, counts: Sequence[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in counts:
        if row["facet"] == name and row["value"]:
            found[row["value"]] += row["count"]
    return found


def _in_order(name: str, found: Counter[str]) -> list[str]:
    """Years from the latest, the rest from the most frequent."""
    if name == "year":
        return sorted(found, reverse=True)
    return sorted(found, key=lambda value: (-found[value], value))


async def _places(portal: Portal, ids: set[str]) -> dict[str, Any]:
    """The places of these ids and all above them."""
    listed = json.dumps(sorted(ids)[:PLACES_LOOKED_AT])
    return {row["place_id"]: row for row in (await portal.execute(DATABASE, _PLACES, {"ids": listed})).rows}


def _below(found: Counter[str], places: dict[str, Any], chosen: str | None) -> Counter[str]:
    """Rows of the units right below the place chosen, those further down counted in.

    Without a choice, those below the lowest place that has all others under it.
    """
    summed: Counter[str] = Counter()
    children: dict[str | None, set[str]] = {}
    for place, count in found.items():
        at: str | None = place
        while at in places:
            summed[at] += count
            above = places[at]["parent_id"]
            children.setdefault(above, set()).add(at)
            at = above
    level = children.get(chosen, set())
    while chosen is None and len(level) == 1 and (below := children.get(next(iter(level)))):
        level = below
    return Counter({place: summed[place] for place in level})
