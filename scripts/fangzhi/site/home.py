"""What the home page tells."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.app import Datasette

from fangzhi.model.tables import TABLES
from fangzhi.site.metadata import DATABASE

LATEST = """SELECT article_id, title, kind, place, publisher, published_on, figures FROM article_overview
ORDER BY published_on DESC, article_id LIMIT 8"""
COUNTED = ("articles", "observations", "places", "systems", "checks", "sources")


async def home_context(datasette: Datasette) -> dict[str, Any]:
    """Counts, latest articles and featured queries."""
    database = datasette.get_database(DATABASE)
    counts, latest, queries = await asyncio.gather(
        database.table_counts(), database.execute(LATEST), datasette.get_canned_queries(DATABASE, None)
    )
    return {
        "counts": counts,
        "counted": [(TABLES[name], counts[name]) for name in COUNTED],
        "latest": latest.rows,
        "queries": queries,
        "metadata": datasette.metadata(),
    }
