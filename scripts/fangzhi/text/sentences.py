"""Sentences of a text, as spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

LONGEST = 1000
"""Characters; what runs on beyond is cut behind a clause: no sentence is that long, and work is bounded."""

_END = re.compile(r"(?:[。！？!?…]+[”’』」）)]*|\n+)")
_CLAUSE_END = re.compile(r"[；;，,、：:\s]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        spans += (span for part in _cut(text, start, end) if (span := _stripped(text, *part)))
        start = end
    return spans


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is, or in parts where it is too long."""
    while end - start > LONGEST:
        ends = [match.end() for match in _CLAUSE_END.finditer(text, start, start + LONGEST)]
        stop = ends[-1] if ends else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    return (left, right) if left < right else None


def sentence_at(spans: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """The sentence in which a position stands."""
    return spans[max(0, bisect_right(spans, (position, 1 << 60)) - 1)]
