"""A measure in the script of its page: what was read in folded text, as the text has it."""

from __future__ import annotations

from fangzhi.text.fold import is_traditional, traditional

_WINDOW = 200


def printed(measure: str, text: str, folded: str, at: int) -> str:
    """A folded phrase in the characters of a text, as they stand around an offset.

    ``folded`` is the text folded, of the same length. What the text does not have (the added 人数)
    takes the script of what stands around it.
    """
    low = max(0, at - _WINDOW)
    near, source = folded[low : at + _WINDOW], text[low : at + _WINDOW]
    if near == source:
        return measure
    added = traditional(measure) if is_traditional(source) else measure
    found = ""
    while len(found) < len(measure):
        start = len(found)
        size = _longest(measure, start, near)
        where = near.find(measure[start : start + size])
        found += source[where : where + size] if size else added[start]
    return found


def _longest(measure: str, start: int, text: str) -> int:
    """How many characters of a measure from an offset on stand in a row in a text."""
    size = 0
    while start + size < len(measure) and measure[start : start + size + 1] in text:
        size += 1
    return size
