"""What may begin where in a text, whatever its context: looked up once, used by every reading of the text."""

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
    """Positions of a simplified text at which a name of a place or a word for one may begin."""

    boundaries: frozenset[int]
    """Where words begin and end, by the dictionary alone."""
    pairs: tuple[str, ...]
    """The two characters that stand at each position."""
    named: dict[int, tuple[Name, ...]]
    """The names of the gazetteer, each longest first."""
    starts: frozenset[int]
    """Where one of these names, a pointing word, or a place that no list has may begin."""


@lru_cache(maxsize=64)
def spots(plain: str) -> Spots:
    """The positions of a text in simplified characters."""
    ends = accumulate(map(len, cut(plain)), initial=0)
    pairs = tuple(plain[at : at + 2] for at in range(len(plain) - 1))
    names = load_names()
    standing = ((at, tuple(names.at(plain, at))) for at, pair in enumerate(pairs) if pair in names)
    named = {at: found for at, found in standing if found}
    starts = pointing_starts(plain) | locality_starts(plain) | named.keys()
    return Spots(frozenset(ends), pairs, named, starts)
