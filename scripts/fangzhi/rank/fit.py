"""Fitting the weights of a choice: a softmax over the options of each case, by plain gradient descent.

No chance is in it: the same cases give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fangzhi.rank.weights import Features, heaviest, weigh

#: What keeps weights small: the strength of the pull to nought, in cases.
_PULL = 1.0
_ROUNDS, _STEP = 150, 0.5
_FOLDS = 10
_DIGITS = 2


@dataclass(frozen=True)
class Case:
    """One choice as it stood on a page: the features of its options, and which of these are right."""

    page: str
    options: tuple[Features, ...]
    right: frozenset[int]

    @property
    def can_teach(self) -> bool:
        """Whether some options are right and others wrong."""
        return 0 < len(self.right) < len(self.options)


def is_right(case: Case, weights: Mapping[str, float]) -> bool:
    """Whether the weights choose a right option."""
    return bool(case.options) and heaviest(case.options, weights) in case.right


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights that make the right options of the cases as likely as they can, kept small; rounded.

    Many figures of one page say the same: what a page says counts by the root of how often it says it.
    """
    counted = Counter((case.page, case.options, case.right) for case in cases if case.can_teach)
    weights: dict[str, float] = {}
    passed: defaultdict[str, float] = defaultdict(
        float
    )  # squares of the slopes so far, which shorten the steps (AdaGrad)
    for _ in range(_ROUNDS):
        slopes: defaultdict[str, float] = defaultdict(float)
        for feature, weight in weights.items():
            slopes[feature] -= _PULL * weight
        for (_, options, right), times in counted.items():
            _add_slopes(slopes, options, right, math.sqrt(times), weights)
        for feature, slope in sorted(slopes.items()):
            passed[feature] += slope * slope
            step = _STEP * slope / math.sqrt(passed[feature]) if slope else 0.0
            weights[feature] = weights.get(feature, 0.0) + step
    return {feature: round(weight, _DIGITS) for feature, weight in weights.items() if round(weight, _DIGITS)}


def _add_slopes(
    slopes: defaultdict[str, float],
    options: Sequence[Features],
    right: frozenset[int],
    times: float,
    weights: Mapping[str, float],
) -> None:
    """Add how the likelihood of the right options grows with each weight."""
    odds = [weigh(features, weights) for features in options]
    top = max(odds)
    odds = [math.exp(odd - top) for odd in odds]
    total, wanted = sum(odds), sum(odds[i] for i in right)
    for i, features in enumerate(options):
        push = times * ((odds[i] / wanted if i in right else 0.0) - odds[i] / total)
        for feature in features:
            slopes[feature] += push


def accuracy(cases: Sequence[Case], weights: Mapping[str, float]) -> float:
    """The share of cases in which the weights choose a right option."""
    return sum(is_right(case, weights) for case in cases) / len(cases) if cases else 0.0


def cross_validated(cases: Sequence[Case]) -> float:
    """The accuracy on pages that the weights were not fitted on: in up to ten parts, page by page."""
    pages = sorted({case.page for case in cases})
    folds = [set(pages[i::_FOLDS]) for i in range(min(_FOLDS, len(pages)))]
    if len(folds) < 2:
        return 0.0
    right = 0
    for fold in folds:
        weights = fit([case for case in cases if case.page not in fold])
        right += sum(is_right(case, weights) for case in cases if case.page in fold)
    return right / len(cases)
