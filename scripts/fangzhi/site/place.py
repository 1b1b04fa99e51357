"""A place: where it belongs, what is below it, and all that the papers tell of it."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound

from fangzhi.site.pictures import Figure, figure
from fangzhi.site.portal import Portal

_PLACE = "SELECT * FROM places WHERE place_id = :id"
_CHAIN = """WITH RECURSIVE chain(place_id, depth) AS (
  SELECT :id, 0
  UNION ALL SELECT p.parent_id, depth + 1 FROM chain c JOIN places p ON p.place_id = c.place_id
  WHERE p.parent_id IS NOT NULL AND depth < 9
) SELECT p.* FROM chain c JOIN places p ON p.place_id = c.place_id WHERE depth > 0 ORDER BY depth DESC"""
_BELOW = """SELECT p.place_id, p.name, p.code, count(o.observation_id) AS figures
FROM places p LEFT JOIN observations o ON o.place_id = p.place_id
WHERE p.parent_id = :id GROUP BY p.place_id ORDER BY figures DESC, p.place_id LIMIT 200"""
_FIGURES = """SELECT o.*, i.name AS indicator, i.name_en AS indicator_en
FROM observations o LEFT JOIN indicators i ON i.indicator_id = o.indicator_id WHERE o.place_id = :id
ORDER BY o.indicator_id IS NULL, i.name, o.period_end DESC, o.observation_id LIMIT 200"""
_COUNT = "SELECT count(*) AS n FROM observations WHERE place_id = :id"
_SERIES = """SELECT o.indicator_id FROM observations o JOIN indicators i ON i.indicator_id = o.indicator_id
WHERE o.place_id = :id AND o.status = 'actual' AND o.kind = i.dimension AND o.corroborates IS NULL
GROUP BY o.indicator_id HAVING count(DISTINCT o.period_end) > 1
ORDER BY count(DISTINCT o.period_end) DESC, o.indicator_id LIMIT 4"""
_PARTS = {
    "articles": """SELECT article_id, title, publisher, published_on, figures, mentions FROM (
  SELECT article_id, count(*) AS mentions FROM mentions
  WHERE entity_type = 'place' AND entity_id = :id GROUP BY article_id
  UNION SELECT article_id, 0 FROM articles WHERE place_id = :id AND article_id NOT IN
    (SELECT article_id FROM mentions WHERE entity_type = 'place' AND entity_id = :id)
) JOIN article_overview USING (article_id) ORDER BY published_on DESC, article_id LIMIT 60""",
    "systems": "SELECT * FROM systems WHERE place_id = :id ORDER BY name, system_id LIMIT 60",
    "organizations": "SELECT * FROM organizations WHERE place_id = :id ORDER BY name LIMIT 60",
    "events": """SELECT * FROM events WHERE place_id = :id
ORDER BY date_start DESC, event_id LIMIT 60""",
}


async def place_context(portal: Portal, key: str) -> dict[str, Any]:
    """Everything the page of a place shows; NotFound where there is no such place."""
    found = await portal.rows(_PLACE, id=key)
    if not found:
        raise NotFound(portal.language.say("没有这个地点。", "There is no such place."))
    parts = {name: await portal.rows(sql, id=key) for name, sql in _PARTS.items()}
    return {
        "place": found[0],
        "chain": await portal.rows(_CHAIN, id=key),
        "below": await portal.rows(_BELOW, id=key),
        "figures": await portal.rows(_FIGURES, id=key),
        "figure_count": (await portal.rows(_COUNT, id=key))[0]["n"],
        "charts": await _charts(portal, key),
        **parts,
    }


async def _charts(portal: Portal, key: str) -> list[Figure]:
    """What was reached of the targets, and each indicator that has a past."""
    series = await portal.rows(_SERIES, id=key)
    asked = [await figure(portal, "actual_against_target", place=key)]
    asked += [
        await figure(portal, "indicator_over_time", indicator=row["indicator_id"], place=key)
        for row in series
    ]
    return [found for found in asked if found.has_chart]
