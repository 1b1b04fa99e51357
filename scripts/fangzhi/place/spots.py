"""Where in a text a place may begin, whatever its context."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from fangzhi.place.localities import locality_starts
from fangzhi.place.names import Name, load_names
from fangzhi.place.pointers import pointing_starts
from fangzhi.text.words import cut


@dataclass(frozen=True)
class Spots:
    """What may begin where in a text, whatever its context: made once a text, read several times."""

    boundaries: frozenset[int]
    """Where words begin and end, by the dictionary alone."""
    named: dict[int, tuple[Name, ...]]
    pointing: frozenset[int]
    local: frozenset[int]


@lru_cache(maxsize=64)
def spots_of(plain: str) -> Spots:
    """The spots of a simplified text."""
    ends = accumulate(map(len, cut(plain)), initial=0)
    names = load_names()
    standing = ((at, tuple(names.at(plain, at))) for at in range(len(plain) - 1))
    named = {at: found for at, found in standing if found}
    return Spots(frozenset(ends), named, pointing_starts(plain), locality_starts(plain))
