"""Round-ups: short items under one rubric, each an article of its own: opened by the same mark, or headed."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fangzhi.page.bylines import find_lead, find_tail
from fangzhi.page.headlines import MARK
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import ends_statement, width

# Said of a writer who puts together what others sent in.
_COMPILED = re.compile(r"(?:整理|综合|汇总|辑录)\s*[)）]$")
_NAMES = 40
"""Characters of such a byline."""
_HEADED = 3
"""Headed items that make a round-up."""
_WIDEST = 64
"""Width of the widest headline of an item."""
_OPEN = ("。", "；", "，", "、", ",", ";", "：", ":")
_TEXT = (LineKind.BODY, LineKind.HEADLINE)


@dataclass(frozen=True)
class Roundups:
    """Which lines open an article, and which are headlines though they do not look it, by number."""

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
        if kind in _TEXT and MARK.match(line.text):
            marked[line.text[0]].append(i)
    rows = [row for row in marked.values() if len(row) > 1 and _is_roundup(lines, row)]
    whole = [row for row in rows if _signed_once(lines, row)]
    heads = [i for start in _rubrics(lines) for i in _headed(lines, start)]
    openers = frozenset(i for row in rows for i in (row[:1] if row in whole else row))
    return Roundups(openers.union(heads), frozenset(row[0] - 1 for row in whole if row[0]).union(heads))


def _rubrics(lines: Sequence[tuple[LineKind, Line]]) -> list[int]:
    """Where the items under a rubric begin, behind dateline words that are said of all."""
    starts = [i + 1 for i, (kind, _) in enumerate(lines) if kind is LineKind.RUBRIC]
    return [start + (lines[start : start + 1] != [] and _is_lead(lines[start][1].text)) for start in starts]


def _is_lead(text: str) -> bool:
    lead = find_lead(text)
    return lead is not None and lead.end() == len(text)


def _headed(lines: Sequence[tuple[LineKind, Line]], start: int) -> list[int]:
    """The headlines of items from a line on, each over its text alone; none where there are too few."""
    heads: list[int] = []
    i = start
    while i + 1 < len(lines) and _may_head(lines[i]) and _is_text(lines[i + 1]):
        heads.append(i)
        i += 2
        while i < len(lines) and _is_text(lines[i]):
            i += 1
    return heads if len(heads) >= _HEADED else []


def _may_head(pair: tuple[LineKind, Line]) -> bool:
    kind, line = pair
    return kind in _TEXT and width(line.text) <= _WIDEST and not (line.text.endswith(_OPEN) or _is_text(pair))


def _is_text(pair: tuple[LineKind, Line]) -> bool:
    kind, line = pair
    return kind is LineKind.BODY and ends_statement(line.text)


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
