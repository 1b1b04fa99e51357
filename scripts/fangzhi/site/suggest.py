"""Results while typing: the few names, headlines and figures that what has been typed may lead to."""

from __future__ import annotations

import asyncio
from typing import Any

from fangzhi.database.search import typed_query
from fangzhi.model.tables import TABLES
from fangzhi.site.asked import Asked, read_query
from fangzhi.site.finding import POINT, ROUNDED, path_of, rows_of, select_named, select_rows
from fangzhi.site.portal import Portal

MOST_TYPED = 60
OFFERED = {
    "places": 3,
    "indicators": 2,
    "themes": 1,
    "systems": 2,
    "articles": 3,
    "organizations": 1,
    "people": 1,
}
FIGURES = 4
Offer = dict[str, str]


async def suggest(portal: Portal, text: str) -> dict[str, Any]:
    """What to offer for a beginning of a query, as JSON: each with its table, label, note and address."""
    asked = read_query(text[:MOST_TYPED])
    tables = list(OFFERED) if asked.text else []
    figures = asyncio.ensure_future(_figures(portal, asked))
    found = await asyncio.gather(*(_of_table(portal, asked.text, table) for table in tables))
    offers = [*await figures, *(offer for offered in found for offer in offered)]
    return {"query": asked.text, "suggestions": offers}


async def _figures(portal: Portal, asked: Asked) -> list[Offer]:
    """Figures of the amount typed."""
    if asked.amount is None:
        return []
    rows = await rows_of(portal, select_rows("observations", asked, {}, FIGURES, 0, english=False))
    return [_offer(portal, "observations", row) for row in rows or () if row["tier"] <= ROUNDED]


async def _of_table(portal: Portal, text: str, table: str) -> list[Offer]:
    english = portal.language.say(False, True)
    statement = select_named(table, typed_query(text), OFFERED[table], english=english)
    return [_offer(portal, table, row) for row in await rows_of(portal, statement) or ()]


def _offer(portal: Portal, table: str, row: Any) -> Offer:
    words = TABLES[table]
    return {
        "table": table,
        "title": portal.language.say(words.zh, words.en),
        "label": row["heading"] or row["id"],
        "note": row["note"].removesuffix(POINT),
        "url": portal.urls.path(path_of(table, row)),
    }
