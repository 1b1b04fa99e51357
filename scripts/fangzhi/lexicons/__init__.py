"""Word knowledge as data: small CSV files that a domain expert can edit, and the one way to read them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<name>.csv``; KeyError-free access by column name, all cells as text."""
    return tuple(stream_lexicon(name))


def stream_lexicon(name: str) -> Iterator[dict[str, str]]:
    """The same rows one by one, for those who need a few of many."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def words(name: str, column: str = "word") -> tuple[str, ...]:
    """One column of a lexicon, longest entries first, so that a regular expression prefers them."""
    return tuple(sorted({row[column] for row in read_lexicon(name)}, key=lambda w: (-len(w), w)))


@cache
def _entries(name: str, column: str) -> tuple[frozenset[str], range]:
    """The entries of a column, and the lengths that they may have, the longest first."""
    found = frozenset(words(name, column))
    return found, range(max(map(len, found)), 0, -1)


def closing(text: str, name: str, column: str = "word") -> str:
    """The longest entry of a lexicon's column that closes a text; empty where none does."""
    entries, lengths = _entries(name, column)
    return next((text[-n:] for n in lengths if text[-n:] in entries), "")
