"""The score of annotated pages: every table, every column."""

from __future__ import annotations

from collections.abc import Iterable

from fangzhi.evaluate.figures import score_figures
from fangzhi.evaluate.others import score_articles, score_checks, score_events, score_systems
from fangzhi.evaluate.page import Page
from fangzhi.evaluate.tally import Score

_PARTS = (score_articles, score_figures, score_systems, score_events, score_checks)


def score_pages(pages: Iterable[Page]) -> Score:
    """The counts over all pages, and the misses page by page."""
    total = Score()
    for page in pages:
        for part in _PARTS:
            total.merge(part(page))
    return total
