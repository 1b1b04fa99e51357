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


def words(name: str, column: str = "word") -> tuple[str, ...]:
    """One column of a lexicon, longest entries first, so that a regular expression prefers them."""
    return tuple(sorted({row[column] for row in read_lexicon(name)}, key=lambda w: (-len(w), w)))
