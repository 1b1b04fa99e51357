"""Linking a measure to the vocabulary of indicators, so that counties and years can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.measure.vocabulary import words_of
from fangzhi.model.codes import Kind
from fangzhi.text.fold import fold

_COUNTERS = "人数|户数|人次|户次|次数|场次|例数|期数|批次|数量?|面积|金额|总额|里程|长度|时长"
_TAIL = f"(?:目标任务|任务)?总?(?:{_COUNTERS})?$"
"""What may follow the words of an indicator: a measure's head comes last; anything else makes it another."""


@dataclass(frozen=True)
class _Entry:
    """What a measure and its unit must be to be an indicator."""

    indicator_id: str
    pattern: re.Pattern[str]
    units: frozenset[str]


@cache
def _entries(kind: str) -> tuple[_Entry, ...]:
    """The indicators that figures of a kind can be of."""
    return tuple(
        _Entry(
            row["indicator_id"], re.compile(f"(?:{row['pattern']}){_TAIL}"), frozenset(row["units"].split())
        )
        for row in read_lexicon("indicators")
        if kind in row["kinds"].split()
    )


@lru_cache(maxsize=4096)
def indicator_of(measure: str, unit: str, kind: Kind) -> str | None:
    """The indicator that a measure is; None where none truly matches.

    Of several that it ends in, the one with the most of its words.
    """
    folded = fold(measure)
    if kind is not Kind.RATE and folded.endswith(tuple(words_of("turn"))):
        return None  # what it rose by is not what it rose to
    derived = [word for word in words("indicator_derived") if word in folded]
    hits = [
        (match.end() - match.start(), entry.indicator_id)
        for entry in _entries(kind.value)
        if (match := _match(entry, folded, unit, derived))
    ]
    return max(hits)[1] if hits else None


def _match(entry: _Entry, measure: str, unit: str, derived: list[str]) -> re.Match[str] | None:
    if entry.units and unit not in entry.units:
        return None
    if any(word not in entry.pattern.pattern for word in derived):
        return None  # 人均生产总值 is not 生产总值, and what it fell by is neither
    return entry.pattern.search(measure)
