"""A text as found held against the text as repaired: which characters of the one the other left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DEBRIS = 400
"""Characters that a run of tags, brackets and pinyin has at most."""
_AHEAD = 4000
"""How far ahead the next words are looked for behind a paragraph that was left out."""
_WORDS = 4
"""So many characters in a row are no chance."""


def left_out(found: str, kept: str) -> list[tuple[int, int]]:
    """The stretches of a text as found that do not stand in the text as repaired, white space aside.

    What was put in place of something else counts as left out there. The work is linear in the texts.
    """
    places = [place for place, character in enumerate(found) if not character.isspace()]
    bare, wanted = "".join(found[place] for place in places), "".join(kept.split())
    return [(places[start], places[end - 1] + 1) for start, end in _gaps(bare, wanted)]


def _gaps(found: str, wanted: str) -> Iterator[tuple[int, int]]:
    position = done = 0
    while position < len(wanted) and done < len(found):
        if found[done] != wanted[position]:
            ahead = _next(found, done, wanted, position)
            if ahead is None:
                position += 1
                continue
            yield done, ahead
            done = ahead
        position, done = position + 1, done + 1
    if done < len(found):
        yield done, len(found)


def _next(found: str, done: int, wanted: str, position: int) -> int | None:
    """Where the wanted characters go on: behind debris without a character of Chinese, or a few in a row."""
    hanzi = _HANZI.search(found, done, done + _DEBRIS)
    debris_ends = hanzi.end() if hanzi else done + _DEBRIS
    near = found.find(wanted[position], done, debris_ends)
    if near >= 0:
        return near
    far = found.find(wanted[position : position + _WORDS], done, done + _AHEAD)
    return far if far >= 0 else None
