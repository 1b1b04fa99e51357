"""An indicator: what it means, how places compare on it, and how it went over time."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound

from fangzhi.site.pictures import charts
from fangzhi.site.portal import Portal

_INDICATOR = "SELECT * FROM indicators WHERE indicator_id = :id"
_FIGURES = """SELECT o.*, p.name AS place, a.title FROM observations o
JOIN articles a ON a.article_id = o.article_id LEFT JOIN places p ON p.place_id = o.place_id
WHERE o.observation_id IN (
  SELECT observation_id FROM observations WHERE indicator_id = :id
  ORDER BY status <> 'actual', period_end DESC, observation_id LIMIT 200
) ORDER BY o.status <> 'actual', o.period_end DESC, o.observation_id"""
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
    asked = ("indicator_by_place", "indicator_over_time")
    return {
        "indicator": found[0],
        "counts": (await portal.rows(_COUNTS, id=key))[0],
        "charts": await charts(portal, *((name, {"indicator": key}) for name in asked)),
        "actual": [row for row in figures if row["status"] == "actual"],
        "aimed": [row for row in figures if row["status"] != "actual"],
    }
