"""A page that is one article: what heads its sections and signs its pictures begins and ends none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fangzhi.page.bylines import find_lead
from fangzhi.page.kinds import kind_of
from fangzhi.page.line import Line, LineKind

_SIGNS = frozenset({LineKind.BYLINE, LineKind.CLOSING})
_TEXT = frozenset({LineKind.BODY, LineKind.ROW})


def as_one(lines: Sequence[Line]) -> list[Line]:
    """The lines of such a page: headlines behind the first text as subheads, bylines amid it as asides.

    A headline over dateline words still heads an article of its own.
    """
    kinds = [kind_of(line) for line in lines]
    texts = [i for i, kind in enumerate(kinds) if kind in _TEXT]
    if not texts:
        return list(lines)
    found = list(lines)
    for i in range(texts[0] + 1, len(found)):
        if kinds[i] is LineKind.HEADLINE and not _is_dated(found, kinds, i):
            found[i] = replace(found[i], kind=LineKind.SUBHEAD)
        elif kinds[i] in _SIGNS and i < texts[-1]:
            found[i] = replace(found[i], kind=LineKind.ASIDE)
    return found


def _is_dated(lines: Sequence[Line], kinds: Sequence[LineKind], i: int) -> bool:
    """Whether the text below a run of headlines opens with dateline words."""
    below = next((k for k in range(i + 1, len(lines)) if kinds[k] is not LineKind.HEADLINE), None)
    return below is not None and find_lead(lines[below].text) is not None
