"""Search over the whole site: what each table holds for a query, with facets that narrow it, page by page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest
from markupsafe import Markup

from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES
from fangzhi.site.asked import Asked, read_query
from fangzhi.site.facets import Facet, Item, facets_of
from fangzhi.site.finding import MOST, POINT, ROUNDED, SHOWN, count_facets, path_of, rows_of, select_rows
from fangzhi.site.languages import Language
from fangzhi.site.nearby import Help, helpful
from fangzhi.site.portal import Portal
from fangzhi.site.readable import day
from fangzhi.site.snippets import marked, pattern_of, snippet

SHOWN_OF_EACH = 3
SHOWN_OF_MANY = {"articles": 5, "observations": 5}
ON_A_PAGE = 20
LAST_PAGE = 50
FILTERS = ("place", "theme", "year", "kind")
_LONGEST_FILTER = 60
_DATE = re.compile(rf"(?:^|(?<={POINT}))\d{{4}}-\d\d(?:-\d\d)?(?={POINT}|$)", re.ASCII)


@dataclass(frozen=True)
class Wanted:
    """A page of results as its address asks for it; ``table`` is None for an overview of all."""

    asked: Asked
    table: str | None
    filters: dict[str, str]
    page: int

    def path(self, **changes: str | None) -> str:
        """The address of this search, at its first page, with some of its arguments changed."""
        arguments = {"q": self.asked.text, "table": self.table, **self.filters} | changes
        return f"/search?{urlencode({key: value for key, value in arguments.items() if value})}"


@dataclass(frozen=True)
class Hit:
    """One row found."""

    path: str
    heading: Markup
    snippet: Markup
    note: Markup
    is_rounded: bool


@dataclass(frozen=True)
class Found:
    """What one table holds for a query: how many rows, and the first of them or those of the page."""

    table: Table
    count: int
    hits: list[Hit]
    path: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are looked at."""
        return self.count >= MOST


@dataclass(frozen=True)
class Results:
    """Everything the page shows."""

    wanted: Wanted
    found: list[Found]
    facets: list[Facet]
    chosen: list[Item]
    slow: list[Table]
    help: Help | None

    @property
    def current(self) -> Found | None:
        """The table that is shown alone."""
        return next((group for group in self.found if group.table.name == self.wanted.table), None)

    @property
    def total(self) -> int:
        """Rows found in all tables."""
        return sum(group.count for group in self.found)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows in a table than are looked at."""
        return any(group.is_cut for group in self.found)

    @property
    def pages(self) -> int:
        """Pages of the table that is shown alone."""
        rows = self.current.count if self.current else 0
        return min(LAST_PAGE, -(-rows // ON_A_PAGE))

    def page_path(self, page: int) -> str:
        """The address of another page."""
        return self.wanted.path(page=str(page))


def read_wanted(arguments: Mapping[str, str], portal: Portal) -> Wanted:
    """What the arguments of an address ask for; BadRequest where they name no table, filter or page."""
    table = arguments.get("table") or None
    filters = {name: value for name in FILTERS if (value := arguments.get(name, "").strip())}
    page = arguments.get("page") or "1"
    if table is not None and table not in SHOWN:
        raise BadRequest(
            portal.language.say(f"没有可搜索的表 {table}。", f"There is no table {table} to search.")
        )
    if "kind" in filters and table is None:
        raise BadRequest(
            portal.language.say("按类别筛选须先选定一张表。", "Choose a table to filter by kind.")
        )
    if not (page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= LAST_PAGE):
        raise BadRequest(
            portal.language.say(f"页数应为 1 到 {LAST_PAGE}。", f"Pages go from 1 to {LAST_PAGE}.")
        )
    if any(len(value) > _LONGEST_FILTER for value in filters.values()):
        raise BadRequest(portal.language.say("筛选条件过长。", "A filter is too long."))
    return Wanted(read_query(arguments.get("q") or ""), table, filters, int(page))


async def search(portal: Portal, wanted: Wanted) -> Results | None:
    """What is found; None for an empty query."""
    if not wanted.asked.text:
        return None
    counted = await asyncio.gather(*(_count(portal, wanted, table) for table in SHOWN))
    counts = dict(zip(SHOWN, counted, strict=True))
    chosen = [wanted.table] if wanted.table else list(SHOWN)
    found = await asyncio.gather(
        *(_group(portal, wanted, table, _total(count)) for table, count in counts.items() if _total(count))
    )
    of_chosen = [row for table in chosen for row in counts[table] or ()]
    facets, removable = await facets_of(portal, wanted.path, wanted.table, wanted.filters, of_chosen)
    results = Results(
        wanted,
        _in_order(wanted, list(found)),
        facets,
        removable,
        [TABLES[table] for table, count in counts.items() if count is None],
        None,
    )
    if sum(_total(counts[table]) for table in chosen):
        return results
    return replace(results, help=await helpful(portal, wanted.asked, wanted.path, narrowed=bool(removable)))


def _in_order(wanted: Wanted, found: list[Found]) -> list[Found]:
    """The figures first where a number is asked for."""
    if not wanted.asked.amount:
        return found
    return sorted(found, key=lambda group: group.table.name != "observations")


async def _count(portal: Portal, wanted: Wanted, table: str) -> list[Any] | None:
    """Rows of facet, value and count of a table; None where it takes too long."""
    # What kinds a table has is its own: a kind chosen in one says nothing of the others.
    filters = {k: v for k, v in wanted.filters.items() if k != "kind" or table == wanted.table}
    return await rows_of(portal, count_facets(table, wanted.asked, filters))


def _total(counts: list[Any] | None) -> int:
    return next((row["count"] for row in counts or () if row["facet"] == ""), 0)


async def _group(portal: Portal, wanted: Wanted, table: str, count: int) -> Found:
    path = wanted.path(table=table, kind=wanted.filters.get("kind") if table == wanted.table else None)
    if wanted.table and wanted.table != table:
        return Found(TABLES[table], count, [], path)
    limit = ON_A_PAGE if wanted.table else SHOWN_OF_MANY.get(table, SHOWN_OF_EACH)
    offset = (wanted.page - 1) * ON_A_PAGE if wanted.table else 0
    english = portal.language.say(False, True)
    statement = select_rows(table, wanted.asked, wanted.filters, limit, offset, english=english)
    rows = await rows_of(portal, statement) or []
    return Found(
        TABLES[table], count, [_hit(table, row, wanted.asked, portal.language) for row in rows], path
    )


def _hit(table: str, row: Any, asked: Asked, language: Language) -> Hit:
    is_amount = row["tier"] <= ROUNDED
    pattern = pattern_of(asked.words if is_amount else asked.text, row["quote"] if is_amount else None)
    note = _DATE.sub(lambda found: day(found[0], language), row["note"].removesuffix(POINT))
    return Hit(
        path_of(table, row),
        marked(row["heading"] or row["id"], pattern),
        snippet(row["body"] or "", pattern),
        marked(note, pattern),
        row["tier"] == ROUNDED,
    )
