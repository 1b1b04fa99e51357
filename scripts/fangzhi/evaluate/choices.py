"""The choices whose order is learned, and their cases on annotated pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fangzhi.evaluate.figures import match
from fangzhi.evaluate.gold import GoldFigure
from fangzhi.evaluate.page import Page
from fangzhi.evaluate.words import place_tail, plain, same_name
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.quantity.facts import Quantity
from fangzhi.rank.fit import Case
from fangzhi.rank.weights import Option
from fangzhi.rows.place import place_options
from fangzhi.rows.reading import Reading
from fangzhi.system.find import candidates
from fangzhi.system.judge import CHOICE as SYSTEM
from fangzhi.system.judge import features
from fangzhi.system.model import NamedSystem, Passage


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


#: What is read as a name on slight grounds is the annotated one only if it is so much of it.
_SHARE = 0.5


def system_cases(page: Page, readings: Sequence[Reading], name: str) -> Iterator[Case]:
    """Whether each thing that may be a named system is one: its features against none at all."""
    for passage in (Passage(reading.prose) for reading in readings):
        for system in candidates(passage):
            is_one = any(_same_system(gold.name, system) for gold in page.gold.systems)
            yield Case(name, (features(passage, system), frozenset()), frozenset((0 if is_one else 1,)))


def _same_system(wanted: str, system: NamedSystem) -> bool:
    one, other = len(plain(wanted)), len(plain(system.name))
    enough = not system.is_loose or min(one, other) >= _SHARE * max(one, other)
    return enough and same_name(wanted, system.name)


#: What gives the cases of each choice that is learned.
TEACHERS: Mapping[str, Callable[[Page, Sequence[Reading], str], Iterator[Case]]] = {
    **{choice.name: partial(cases_of, choice) for choice in CHOICES},
    SYSTEM: system_cases,
}
