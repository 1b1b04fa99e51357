"""Captions of pictures printed between a headline and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.page.bylines import is_lead
from fangzhi.page.kinds import line_kind
from fangzhi.page.line import Line, LineKind
from fangzhi.text.fold import fold

_LONGEST = 80
"""Characters; what is longer, or opens with its day, is a piece of its own."""
_MARK = re.compile(r"[▲▼△▽◀▶◄►◣◤←→↑↓]|[左右上下]?图(?:[为:]|[一二三四1-9]:)")
_CREDIT = re.compile(r"(?:摄影?|供图|/图|提供)\s*[)）]?$")
_ABOVE = frozenset({LineKind.HEADLINE, LineKind.BYLINE, LineKind.ITEMS, LineKind.DATELINE})


def captions_within(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, a caption that stands over a text set behind its first paragraph.

    So the text begins where it begins, and the caption stays with the article.
    """
    found = list(lines)
    for i in range(1, len(found) - 1):
        behind = _behind_caption(found, i)
        if behind and line_kind(found[behind].text) is LineKind.BODY and _stands_below(found[i - 1]):
            found[i : behind + 1] = [found[behind], *found[i:behind]]
    return found


def _behind_caption(lines: Sequence[Line], i: int) -> int | None:
    """The line behind a caption and the name of its photographer, where one stands at line i."""
    text = fold(lines[i].text)
    following = lines[i + 1].text
    signed = line_kind(following) is LineKind.CLOSING and _CREDIT.search(fold(following)) is not None
    caption = len(text) <= _LONGEST and _MARK.match(text) and (signed or _CREDIT.search(text))
    behind = i + 1 + signed
    return behind if caption and behind < len(lines) else None


def _stands_below(above: Line) -> bool:
    return line_kind(above.text) in _ABOVE or is_lead(above.text)
