"""The words that say how figures stand to each other, as pieces of regular expressions over masked text."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.text.fold import fold

#: Stands in a masked sentence for one figure, and for one expression of time.
FIGURE = "\ue000"
TIME = "\ue001"
_STOPS = rf"{FIGURE},;:、()。!?\d\n"


@cache
def listed(*roles: str) -> tuple[str, ...]:
    """The words of some roles, folded, longest first."""
    found = {fold(row["word"]) for row in read_lexicon("audit_words") if row["role"] in roles}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def one_of(*roles: str) -> str:
    """A group that matches any word of some roles."""
    return f"(?:{'|'.join(map(re.escape, listed(*roles)))})"


def fill(most: int) -> str:
    """Up to so many characters of one clause, without figures; expressions of time may be among them."""
    return rf"[^{_STOPS}]{{0,{most}}}"


def fill_without(most: int, *roles: str) -> str:
    """Up to so many characters of one clause among which none of the words of some roles begins."""
    return rf"(?:(?!{one_of(*roles)})[^{_STOPS}]){{0,{most}}}"


@cache
def partitions() -> tuple[tuple[str, ...], ...]:
    """Ways to divide a whole into parts that do not overlap and leave nothing out."""
    return tuple(tuple(fold(row["parts"]).split()) for row in read_lexicon("audit_partitions"))
