"""The score of annotated pages: every table, every column."""

from __future__ import annotations

from collections.abc import Iterable

from fangzhi.evaluate.figures import score_figures
from fangzhi.evaluate.others import score_articles, score_checks, score_events, score_systems
from fangzhi.evaluate.page import Page
from fangzhi.evaluate.tally import Score

_PARTS = {
    "articles": score_articles,
    "observations": score_figures,
    "systems": score_systems,
    "events": score_events,
    "checks": score_checks,
}


def score_pages(pages: Iterable[Page]) -> Score:
    """The counts over all pages, and the misses page by page.

    A list that the annotations of a page leave out is not scored on it; an empty one says that there is none.
    """
    total = Score()
    for page in pages:
        for name, part in _PARTS.items():
            if name in page.gold.model_fields_set:
                total.merge(part(page))
    return total
