"""Round-ups: short items under one rubric, each opened by the same mark, each an article of its own."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fangzhi.page.bylines import find_lead, find_tail
from fangzhi.page.headlines import MARK
from fangzhi.page.line import Line, LineKind

# Said of a writer who puts together what others sent in.
_COMPILED = re.compile(r"(?:整理|综合|汇总|辑录)\s*[)）]$")
_NAMES = 40
"""Characters of such a byline."""


@dataclass(frozen=True)
class Roundups:
    """Which lines open an article, and which rubrics are the titles of one, by number."""

    openers: frozenset[int]
    titles: frozenset[int]


def roundups(lines: Sequence[tuple[LineKind, Line]]) -> Roundups:
    """The round-ups of a page.

    A list within an article has marks too. Its items stand below text of the article; those of a round-up
    stand below a rubric or at the head of the page, or each names its own writer. Where one writer signs
    them all, who put them together, they are one article.
    """
    marked: dict[str, list[int]] = defaultdict(list)
    for i, (kind, line) in enumerate(lines):
        if kind in (LineKind.BODY, LineKind.HEADLINE) and MARK.match(line.text):
            marked[line.text[0]].append(i)
    rows = [row for row in marked.values() if len(row) > 1 and _is_roundup(lines, row)]
    whole = [row for row in rows if _signed_once(lines, row)]
    openers = frozenset(i for row in rows for i in (row[:1] if row in whole else row))
    return Roundups(openers, frozenset(row[0] - 1 for row in whole if row[0]))


def _is_roundup(lines: Sequence[tuple[LineKind, Line]], row: list[int]) -> bool:
    above = lines[row[0] - 1][0] if row[0] else LineKind.RUBRIC
    signed = sum(_is_signed(lines, i) for i in row)
    return above is LineKind.RUBRIC or signed * 2 > len(row)


def _signed_once(lines: Sequence[tuple[LineKind, Line]], row: list[int]) -> bool:
    """Whether a byline stands behind the last item of a row whose items are paragraphs without any."""
    dense = all(b - a == 1 for a, b in itertools.pairwise(row))
    below = lines[row[-1] + 1 : row[-1] + 2]
    byline = any(kind in (LineKind.CLOSING, LineKind.BYLINE) for kind, _ in below)
    compiled = _COMPILED.search(lines[row[-1]][1].text[-_NAMES:])
    return dense and bool(byline or compiled) and not any(_is_signed(lines, i) for i in row[:-1])


def _is_signed(lines: Sequence[tuple[LineKind, Line]], i: int) -> bool:
    """Whether an item, or the text below its head, has a dateline or a byline of its own."""
    texts = [line.text for kind, line in lines[i : i + 2] if kind is LineKind.BODY]
    return any(find_lead(text) or ((tail := find_tail(text)) and tail[1].writers) for text in texts[:1])
