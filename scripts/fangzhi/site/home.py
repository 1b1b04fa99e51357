"""What the home page tells: counts, what is new, and a few pictures chosen from the data."""

from __future__ import annotations

import asyncio
from typing import Any

from fangzhi.model.tables import TABLES
from fangzhi.site.map import figures_map
from fangzhi.site.metadata import DATABASE
from fangzhi.site.pictures import charts
from fangzhi.site.portal import Portal
from fangzhi.site.questions import grouped_questions

LATEST = """SELECT article_id, title, kind, place, publisher, published_on, figures FROM article_overview
ORDER BY published_on DESC, article_id LIMIT 8"""
THEMES = """SELECT t.theme_id, t.name, t.name_en, count(*) AS articles
FROM articles a JOIN themes t ON t.theme_id = a.theme_id
GROUP BY t.theme_id ORDER BY articles DESC, t.theme_id"""
COUNTED = ("articles", "observations", "places", "systems", "checks", "sources")
SHORT_LIST = ("packages/fangzhi.zip", "downloads/fangzhi.xlsx", "fangzhi.db")
"""The downloads that most visitors want; the rest stands below them."""
CHARTS = ("indicator_by_place", "actual_against_target", "figures_by_month", "figures_of_a_theme")


async def home_context(portal: Portal) -> dict[str, Any]:
    """Counts, latest articles, themes, the map, charts and featured queries."""
    database = portal.get_database(DATABASE)
    counts, latest, themes, queries, here = await asyncio.gather(
        database.table_counts(), portal.rows(LATEST), portal.rows(THEMES), grouped_questions(portal),
        figures_map(portal),
    )  # fmt: skip
    return {
        "counts": counts,
        "counted": [(TABLES[name], counts[name]) for name in COUNTED],
        "latest": latest,
        "themes": themes,
        "groups": queries,
        "map": here,
        "charts": await charts(portal, *((name, {}) for name in CHARTS)),
        "short_list": [file for file in portal.downloads if file.path in SHORT_LIST],
    }
