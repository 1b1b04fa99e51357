"""Which of several readings is the likeliest, where reasons alone do not settle it.

A choice has a name (``place``, ``period``, ``measure`` …). Each reading that competes is an `Option`: what is
chosen, and the names of the features that speak for or against it. A feature is a plain statement that a
reader could check (``leads its clause``, ``named in the headline``); it holds or it does not. The weights of
a choice are the rows of ``lexicons/choice_weights.csv`` with its name (columns ``choice``, ``feature``,
``weight``); the option whose features weigh most wins, of equals the first. A feature without a row weighs
nothing, so that new ones can be tried at once.

To learn a choice of your own: give its options here with `likeliest`, register it in
``evaluate/choices.py`` with what makes an option right, and run ``fangzhi train TEXTS GOLD``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from fangzhi.lexicons import read_lexicon

WEIGHTS = "choice_weights"
T = TypeVar("T")
Features = frozenset[str]


@dataclass(frozen=True)
class Option(Generic[T]):
    """A reading that may be chosen, and what speaks for or against it."""

    value: T
    features: Features


@cache
def load_weights(choice: str) -> Mapping[str, float]:
    """The weights of the features of a choice."""
    rows = read_lexicon(WEIGHTS)
    return {row["feature"]: float(row["weight"]) for row in rows if row["choice"] == choice}


def weigh(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of some features, the same in whichever order they come."""
    return math.fsum(weights.get(feature, 0.0) for feature in features)


def heaviest(options: Sequence[Features], weights: Mapping[str, float]) -> int:
    """The index of the option that weighs most, of equals the first. There is at least one."""
    return max(range(len(options)), key=lambda i: (weigh(options[i], weights), -i))


def likeliest(choice: str, options: Sequence[Option[T]]) -> T:
    """What the heaviest option of a choice chooses. There is at least one."""
    return options[heaviest([option.features for option in options], load_weights(choice))].value
