"""Folding for matching: traditional to simplified, full width to half width, one code point to one.

What is published keeps the printed characters; only what is compared is folded.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol, cast

from opencc import OpenCC

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(direction: str = "t2s") -> _Converter:
    return cast("_Converter", OpenCC(direction))


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; same length."""
    return text.translate(_WIDTH)


@lru_cache(maxsize=4096)
def _simplify_line(text: str) -> str:
    simple = _converter().convert(text)
    if len(simple) == len(text):
        return simple
    return "".join(s if len(s := _converter().convert(c)) == 1 else c for c in text)


def simplify(text: str) -> str:
    """Traditional characters as simplified ones; same length."""
    return "\n".join(map(_simplify_line, text.split("\n")))


def fold(text: str) -> str:
    """Simplified, half width, lower case: what two spellings of the same word share. Same length."""
    half = half_width(simplify(text))
    lower = half.lower()
    if len(lower) == len(half):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in half)


def traditional(text: str) -> str:
    """Simplified characters as traditional ones; same length."""
    full = _converter("s2t").convert(text)
    return full if len(full) == len(text) else text


def letters(text: str) -> str:
    """The letters and digits of a text, folded: without signs and spaces."""
    return re.sub(r"\W", "", fold(text))


def is_traditional(text: str) -> bool:
    """Whether more than one character in a hundred changes when simplified."""
    changed = sum(a != b for a, b in zip(text, simplify(text), strict=True))
    return changed * 100 > len(text)
