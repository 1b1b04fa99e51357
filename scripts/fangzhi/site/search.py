"""Search over the whole site: the best few rows of each table, with snippets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from markupsafe import Markup

from fangzhi.database.ddl import quoted
from fangzhi.database.search import MAX_QUERY, SEARCHED, match_query, term_pattern
from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES
from fangzhi.site.cells import row_path
from fangzhi.site.metadata import DATABASE
from fangzhi.site.snippets import marked, snippet

SHOWN = 6
HEADING_WEIGHT = 10  # a word in the first column of the index, which heads the row, against one elsewhere


@dataclass(frozen=True)
class _Shown:
    """What is shown of a row, as SQL over the table ``t`` and, for facts, their article ``a``."""

    heading: str
    body: str = "NULL"
    note: str = "NULL"
    is_fact: bool = False


_SHOWN = {
    "articles": _Shown("t.title", "coalesce(t.text, t.subtitle)", "t.published_on"),
    "observations": _Shown(
        "t.measure || coalesce(' ' || t.quote, '')",
        "t.sentence",
        "coalesce(t.period_text || ' · ', '') || coalesce(a.title, '')",
        is_fact=True,
    ),
    "systems": _Shown("t.name", "t.owner", "a.title", is_fact=True),
    "places": _Shown("t.full_name", note="t.code"),
    "organizations": _Shown("t.name", note="t.kind"),
    "people": _Shown("t.name", "t.post"),
}


@dataclass(frozen=True)
class Hit:
    """One row found."""

    path: str
    heading: Markup
    snippet: Markup
    note: str


@dataclass(frozen=True)
class Found:
    """What one table holds for a query."""

    table: Table
    count: int
    hits: list[Hit]
    more: str


def _select(table: str) -> str:
    shown, key, index = _SHOWN[table], TABLES[table].key[0], quoted(table + "_fts")
    join = "JOIN articles a ON a.article_id = t.article_id " if shown.is_fact else ""
    return (
        f"SELECT t.{key} AS id, {'t.article_id' if shown.is_fact else 'NULL'} AS article, "  # noqa: S608
        f"{shown.heading} AS heading, {shown.body} AS body, {shown.note} AS note "
        f"FROM {index} JOIN {quoted(table)} t ON t.rowid = {index}.rowid {join}"
        f"WHERE {index} MATCH :match ORDER BY bm25({index}, {HEADING_WEIGHT}) LIMIT {SHOWN}"
    )


async def search(datasette: Datasette, query: str) -> list[Found]:
    """The tables that hold something for a query, with their best rows."""
    match = {"match": match_query(query)}
    found = []
    for table in SEARCHED:
        index = quoted(table + "_fts")
        counting = f"SELECT count(*) FROM {index} WHERE {index} MATCH :match"  # noqa: S608
        count = (await datasette.execute(DATABASE, counting, match)).single_value()
        if count:
            rows = (await datasette.execute(DATABASE, _select(table), match)).rows
            more = f"/{DATABASE}/{table}?{urlencode({'_search': query[:MAX_QUERY]})}"
            found.append(Found(TABLES[table], count, [_hit(table, row, query) for row in rows], more))
    return found


def _hit(table: str, row: Any, query: str) -> Hit:
    # Facts are shown where they stand in their article.
    in_article = f"{row_path('articles', row['article'])}#r-{row['id']}" if row["article"] else None
    path = in_article or row_path(table, row["id"])
    heading = marked(row["heading"] or row["id"], term_pattern(query))
    return Hit(path, heading, snippet(row["body"] or "", query), row["note"] or "")
