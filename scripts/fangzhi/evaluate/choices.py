"""The choices whose order is learned, and their cases on annotated pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fangzhi.evaluate.figures import match
from fangzhi.evaluate.gold import GoldFigure
from fangzhi.evaluate.page import Page
from fangzhi.evaluate.words import place_tail, plain
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.quantity.facts import Quantity
from fangzhi.rank.fit import Case
from fangzhi.rank.weights import Option
from fangzhi.rows.place import place_options
from fangzhi.rows.reading import Reading


@dataclass(frozen=True)
class Choice:
    """A choice that is made for each figure.

    ``options`` are the readings that compete for a figure, the very ones that the reader weighs; fewer than
    two say that nothing is to be chosen. ``right`` tells which of their values an annotation agrees with:
    indices, or None where it says nothing.
    """

    name: str
    options: Callable[[Reading, Quantity], Sequence[Option[Any]]]
    right: Callable[[GoldFigure, Sequence[Any]], frozenset[int] | None]


def _right_places(gold: GoldFigure, places: Sequence[str]) -> frozenset[int] | None:
    """The places whose own name is the annotated one; else those that lie in it."""
    if not gold.place:
        return None
    tail, gazetteer = place_tail(gold.place), load_gazetteer()
    own = frozenset(i for i, p in enumerate(places) if plain(gazetteer.unit(p).name).endswith(tail))
    return own or frozenset(i for i, p in enumerate(places) if tail in plain(gazetteer.full_name(p)))


CHOICES = (Choice("place", place_options, _right_places),)


def cases_of(choice: Choice, page: Page, readings: Sequence[Reading], name: str) -> Iterator[Case]:
    """The cases of a choice on a page: one for each annotated figure that was found and has options."""
    figures = [(reading, quantity) for reading in readings for quantity in reading.quantities]
    given = [reading.body.source_span(quantity.start, quantity.end) for reading, quantity in figures]
    wanted = [(gold, page.spans(gold.context, gold.quote)) for gold in page.gold.observations]
    for g, f in sorted(match([spans for _, spans in wanted], given).items()):
        options = choice.options(*figures[f])
        right = choice.right(wanted[g][0], [option.value for option in options])
        if right is not None and options:
            yield Case(name, tuple(option.features for option in options), right)
