"""Linking a measure to the vocabulary of indicators, so that counties and years can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import Kind
from fangzhi.text.fold import fold


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
            re.compile(row["pattern"]),
            frozenset(row["units"].split()),
            frozenset(row["kinds"].split()),
        )
        for row in read_lexicon("indicators")
    )


def indicator_of(measure: str, unit: str, kind: Kind) -> str | None:
    """The indicator that a measure is; None where none truly matches.

    Of several whose words it holds, the one whose words stand nearest its end: a measure's head comes last.
    """
    folded = fold(measure)
    hits = [
        (match.end(), match.end() - match.start(), entry.indicator_id)
        for entry in _entries()
        if (match := _match(entry, folded, unit, kind))
    ]
    return max(hits)[2] if hits else None


def _match(entry: _Entry, measure: str, unit: str, kind: Kind) -> re.Match[str] | None:
    if kind.value not in entry.kinds or (entry.units and unit not in entry.units):
        return None
    if any(word in measure and word not in entry.pattern.pattern for word in words("indicator_derived")):
        return None  # 人均生产总值 is not 生产总值
    return entry.pattern.search(measure)
