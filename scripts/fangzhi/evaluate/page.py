"""A page to evaluate: its text, its annotations, and the rows that were read from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fangzhi.evaluate.gold import Gold
from fangzhi.evaluate.words import squash
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Article, Check, Event, Observation, Place, System, SystemComponent

Span = tuple[int, int]


@dataclass(frozen=True)
class Rows:
    """The rows of one page; ``places`` are those of the whole package."""

    articles: list[Article]
    observations: list[Observation]
    systems: list[System]
    components: list[SystemComponent]
    events: list[Event]
    checks: list[Check]
    places: Mapping[str, Place]

    def place_name(self, place_id: str | None) -> str:
        """The chain of names of a place; empty where none is given."""
        place = self.places.get(place_id or "")
        return place.full_name if place else ""


def rows_of(data: Dataset, source_id: str) -> Rows:
    """The rows that one source gave."""
    articles = [row for row in data.rows(Article) if row.source_id == source_id]
    own = {row.article_id for row in articles}
    systems = [row for row in data.rows(System) if row.article_id in own]
    named = {row.system_id for row in systems}
    return Rows(
        articles=articles,
        observations=[row for row in data.rows(Observation) if row.article_id in own],
        systems=systems,
        components=[row for row in data.rows(SystemComponent) if row.system_id in named],
        events=[row for row in data.rows(Event) if row.article_id in own],
        checks=[row for row in data.rows(Check) if row.article_id in own],
        places={row.place_id: row for row in data.rows(Place)},
    )


@dataclass(frozen=True)
class Page:
    """A page with its decoded text."""

    gold: Gold
    text: str
    rows: Rows

    @cached_property
    def _squashed(self) -> tuple[str, list[int]]:
        return squash(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        return [i for i, c in enumerate(self.text) if c == "\n"]

    def line(self, offset: int) -> int:
        """The line of the text that an offset stands in, from 1."""
        return bisect_right(self._breaks, offset - 1) + 1

    def spans(self, context: str, quote: str) -> list[Span]:
        """Where a quote stands in the text, in every place where its context does; none if it does not."""
        text, kept = self._squashed
        around, _ = squash(context)
        said, _ = squash(quote)
        inside = around.find(said)
        if inside < 0 or not said:
            return []
        found, at = [], text.find(around)
        while at >= 0:
            start = at + inside
            found.append((kept[start], kept[start + len(said) - 1] + 1))
            at = text.find(around, at + 1)
        return found


def overlap(one: Span, other: Span) -> float:
    """Two spans' intersection over their union."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0
