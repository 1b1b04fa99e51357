"""Linking a measure to the vocabulary of indicators, so that counties and years can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.measure.vocabulary import words_of
from fangzhi.model.codes import Kind
from fangzhi.text.fold import fold

_COUNTERS = "人数|户数|人次|户次|次数|场次|例数|期数|批次|数量?|面积|金额|总额|里程|长度|时长"
_TAIL = f"(?:目标任务|任务)?总?(?:{_COUNTERS})?$"
"""What may follow the words of an indicator: a measure's head comes last; anything else makes it another."""


@dataclass(frozen=True)
class _Entry:
    """What a measure, its unit and its kind must be to be an indicator."""

    indicator_id: str
    pattern: re.Pattern[str]
    units: frozenset[str]
    kinds: frozenset[str]


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            row["indicator_id"],
            re.compile(f"(?:{row['pattern']}){_TAIL}"),
            frozenset(row["units"].split()),
            frozenset(row["kinds"].split()),
        )
        for row in read_lexicon("indicators")
    )


def indicator_of(measure: str, unit: str, kind: Kind) -> str | None:
    """The indicator that a measure is; None where none truly matches.

    Of several that it ends in, the one with the most of its words.
    """
    folded = fold(measure)
    hits = [
        (match.end() - match.start(), entry.indicator_id)
        for entry in _entries()
        if (match := _match(entry, folded, unit, kind))
    ]
    return max(hits)[1] if hits else None


def _match(entry: _Entry, measure: str, unit: str, kind: Kind) -> re.Match[str] | None:
    if kind.value not in entry.kinds or (entry.units and unit not in entry.units):
        return None
    if kind is not Kind.RATE and measure.endswith(tuple(words_of("turn"))):
        return None  # what it rose by is not what it rose to
    if any(word in measure and word not in entry.pattern.pattern for word in words("indicator_derived")):
        return None  # 人均生产总值 is not 生产总值, and what it fell by is neither
    return entry.pattern.search(measure)
