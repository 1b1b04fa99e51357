"""A theme: its articles, its package, and the indicators and places that they tell of most."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import NotFound

from fangzhi.site.pictures import figure
from fangzhi.site.portal import Portal

_THEME = "SELECT * FROM themes WHERE theme_id = :id"
_ARTICLES = """SELECT article_id, title, place, place_id, publisher, published_on, figures, systems, events
FROM article_overview WHERE theme_id = :id ORDER BY published_on DESC, article_id LIMIT 100"""
_COUNTS = """SELECT count(DISTINCT a.article_id) AS articles, count(o.observation_id) AS figures,
  count(DISTINCT o.place_id) AS places
FROM articles a LEFT JOIN observations o ON o.article_id = a.article_id WHERE a.theme_id = :id"""
_PLACES = """SELECT p.place_id, p.full_name, count(*) AS figures
FROM articles a JOIN observations o ON o.article_id = a.article_id JOIN places p ON p.place_id = o.place_id
WHERE a.theme_id = :id GROUP BY p.place_id ORDER BY figures DESC, p.place_id LIMIT 20"""


async def theme_context(portal: Portal, key: str) -> dict[str, Any]:
    """Everything the page of a theme shows; NotFound where there is no such theme."""
    found = await portal.rows(_THEME, id=key)
    if not found:
        raise NotFound(portal.language.say("没有这个主题。", "There is no such theme."))
    path = f"packages/fangzhi-{key}.zip"
    return {
        "theme": found[0],
        "terms": json.loads(found[0]["terms"]),
        "counts": (await portal.rows(_COUNTS, id=key))[0],
        "articles": await portal.rows(_ARTICLES, id=key),
        "places": await portal.rows(_PLACES, id=key),
        "package": next((file for file in portal.downloads if file.path == path), None),
        "chart_figure": await figure(portal, "figures_of_a_theme", theme=key),
    }
