"""A place: where it belongs, what is below it, and all that the papers tell of it."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound

from fangzhi.site.pictures import Figure, charts
from fangzhi.site.portal import Portal

_PLACE = "SELECT * FROM places WHERE place_id = :id"
_CHAIN = """WITH RECURSIVE chain(place_id, depth) AS (
  SELECT :id, 0
  UNION ALL SELECT p.parent_id, depth + 1 FROM chain c JOIN places p ON p.place_id = c.place_id
  WHERE p.parent_id IS NOT NULL AND depth < 9
) SELECT p.* FROM chain c JOIN places p ON p.place_id = c.place_id WHERE depth > 0 ORDER BY depth DESC"""
_BELOW = """WITH RECURSIVE tree(root, place_id) AS (
  SELECT place_id, place_id FROM places WHERE parent_id = :id
  UNION SELECT t.root, p.place_id FROM tree t JOIN places p ON p.parent_id = t.place_id
), counted AS (
  SELECT t.root, count(o.observation_id) AS figures
  FROM tree t LEFT JOIN observations o ON o.place_id = t.place_id GROUP BY t.root
) SELECT p.place_id, p.name, c.figures FROM counted c JOIN places p ON p.place_id = c.root
ORDER BY c.figures DESC, p.place_id LIMIT 200"""
_FIGURES = """SELECT o.*, i.name AS indicator, i.name_en AS indicator_en
FROM observations o LEFT JOIN indicators i ON i.indicator_id = o.indicator_id
WHERE o.observation_id IN (
  SELECT observation_id FROM observations WHERE place_id = :id
  ORDER BY indicator_id IS NULL, indicator_id, period_end DESC, observation_id LIMIT 200
) ORDER BY o.indicator_id IS NULL, i.name, o.period_end DESC, o.observation_id"""
_COUNT = "SELECT count(*) AS n FROM observations WHERE place_id = :id"
_SERIES = """SELECT o.indicator_id FROM observations o JOIN indicators i ON i.indicator_id = o.indicator_id
WHERE o.place_id = :id AND o.status = 'actual' AND o.kind = i.dimension AND o.corroborates IS NULL
GROUP BY o.indicator_id HAVING count(DISTINCT o.period_end) > 1
ORDER BY count(DISTINCT o.period_end) DESC, o.indicator_id LIMIT 4"""
_PARTS = {
    "articles": """WITH named AS (
  SELECT article_id, count(*) AS mentions FROM mentions
  WHERE entity_id = :id AND entity_type = 'place' GROUP BY article_id
), latest AS (
  SELECT a.article_id, n.mentions FROM articles a LEFT JOIN named n ON n.article_id = a.article_id
  WHERE a.place_id = :id OR n.article_id IS NOT NULL ORDER BY a.published_on DESC, a.article_id LIMIT 60
) SELECT v.article_id, v.title, v.publisher, v.published_on, v.figures, l.mentions
FROM latest l JOIN article_overview v ON v.article_id = l.article_id
ORDER BY v.published_on DESC, v.article_id""",
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
    series = [{"indicator": row["indicator_id"], "place": key} for row in await portal.rows(_SERIES, id=key)]
    past = [("indicator_over_time", parameters) for parameters in series]
    return await charts(portal, ("actual_against_target", {"place": key}), *past)
