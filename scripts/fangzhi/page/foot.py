"""What stands behind the last text of a page: what a site says behind the credits of its desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fangzhi.page.items import items_of
from fangzhi.page.kinds import HEADLINE, kind_of
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import ends_statement, width

_REACH = 24
"""Lines from the end among which the credits are looked for."""
_CREDITS = frozenset({"desk", "source", "author"})
_TEXT = frozenset({LineKind.BODY, LineKind.BYLINE, LineKind.CLOSING})
_WORDS = frozenset({LineKind.HEADLINE, LineKind.BODY, LineKind.RUBRIC})


def read_foot(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; those behind its credits that are no running text as text of no article."""
    found = list(lines)
    start = next((i for i in range(max(1, len(found) - _REACH), len(found)) if _closes(found, i)), len(found))
    for i in range(start + 1, len(found)):
        if kind_of(found[i]) in _WORDS:
            found[i] = replace(found[i], kind=LineKind.ASIDE)
    return found


def _closes(lines: Sequence[Line], i: int) -> bool:
    """Whether a line gives credits, and no text follows; over a text they are its head."""
    given = any(item.kind in _CREDITS for item in items_of(lines[i].text))
    return given and kind_of(lines[i - 1]) in _TEXT and not any(map(_is_text, lines[i + 1 :]))


def _is_text(line: Line) -> bool:
    return width(line.text) > HEADLINE or ends_statement(line.text)
