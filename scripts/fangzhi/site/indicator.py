"""An indicator: what it means, how places compare on it, and how it went over time."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound

from fangzhi.site.pictures import figure
from fangzhi.site.portal import Portal

_INDICATOR = "SELECT * FROM indicators WHERE indicator_id = :id"
_FIGURES = """SELECT o.*, p.name AS place, a.title FROM observations o
JOIN articles a ON a.article_id = o.article_id LEFT JOIN places p ON p.place_id = o.place_id
WHERE o.indicator_id = :id
ORDER BY o.status <> 'actual', o.period_end DESC, o.observation_id LIMIT 200"""
_COUNTS = """SELECT count(*) AS figures, count(DISTINCT place_id) AS places,
  count(DISTINCT article_id) AS articles,
  min(coalesce(period_start, period_end)) AS first, max(period_end) AS last
FROM observations WHERE indicator_id = :id"""


async def indicator_context(portal: Portal, key: str) -> dict[str, Any]:
    """Everything the page of an indicator shows; NotFound where there is no such indicator."""
    found = await portal.rows(_INDICATOR, id=key)
    if not found:
        raise NotFound(portal.language.say("没有这项指标。", "There is no such indicator."))
    figures = await portal.rows(_FIGURES, id=key)
    asked = [
        await figure(portal, "indicator_by_place", indicator=key),
        await figure(portal, "indicator_over_time", indicator=key),
    ]
    return {
        "indicator": found[0],
        "counts": (await portal.rows(_COUNTS, id=key))[0],
        "charts": [found for found in asked if found.has_chart],
        "actual": [row for row in figures if row["status"] == "actual"],
        "aimed": [row for row in figures if row["status"] != "actual"],
    }
