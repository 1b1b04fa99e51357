"""Snippets: the part of a plain text where the words of a query stand, with the words marked."""

from __future__ import annotations

import re

from markupsafe import Markup

from fangzhi.database.search import term_pattern
from fangzhi.text.fold import fold

WIDTH = 110
BEFORE = 30


def pattern_of(query: str, quote: str | None = None) -> re.Pattern[str] | None:
    """What to mark in a folded text: the words of a query, and a quote where one is given."""
    words = term_pattern(query)
    parts = [*([re.escape(fold(quote))] if quote else []), *([words.pattern] if words else [])]
    return re.compile("|".join(parts)) if parts else None


def marked(text: str, pattern: re.Pattern[str] | None) -> Markup:
    """A text as HTML with every match of the pattern marked; matching is on the folded text."""
    parts = []
    position = 0
    for match in pattern.finditer(fold(text)) if pattern else ():
        start, end = match.span()
        parts.append(Markup("{}<mark>{}</mark>").format(text[position:start], text[start:end]))
        position = end
    return Markup("").join((*parts, Markup("{}").format(text[position:])))


def snippet(text: str, pattern: re.Pattern[str] | None) -> Markup:
    """About a hundred characters around the first match, or from the beginning."""
    first = pattern.search(fold(text)) if pattern else None
    start = max(0, first.start() - BEFORE) if first else 0
    end = min(len(text), start + WIDTH)
    around = marked(" ".join(text[start:end].split("\n")), pattern)
    return Markup("{}{}{}").format("…" if start else "", around, "…" if end < len(text) else "")
