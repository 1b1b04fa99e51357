"""Sentences of a text, as spans."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"(?:[。！？!?…]+[”’』」）)]*|\n+)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = end - (len(piece) - len(piece.rstrip()))
        if left < right:
            spans.append((left, right))
        start = end
    return spans


def sentence_at(spans: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """The sentence in which a position stands."""
    return spans[max(0, bisect_right(spans, (position, 1 << 60)) - 1)]
