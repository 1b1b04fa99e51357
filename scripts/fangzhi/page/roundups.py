"""Round-ups: short items under one rubric, each opened by the same mark, each an article of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fangzhi.page.bylines import find_lead, find_tail
from fangzhi.page.headlines import MARK
from fangzhi.page.kinds import LineKind
from fangzhi.page.lines import Line


def item_openers(lines: Sequence[tuple[LineKind, Line]]) -> frozenset[int]:
    """Which lines open an item of a round-up.

    A list within an article has marks too. Its items stand below text of the article; those of a round-up
    stand below a rubric or at the head of the page, or each names its own writer.
    """
    marked: dict[str, list[int]] = defaultdict(list)
    for i, (kind, line) in enumerate(lines):
        if kind in (LineKind.BODY, LineKind.HEADLINE) and MARK.match(line.text):
            marked[line.text[0]].append(i)
    rows = (row for row in marked.values() if len(row) > 1)
    return frozenset(i for row in rows if _is_roundup(lines, row) for i in row)


def _is_roundup(lines: Sequence[tuple[LineKind, Line]], row: list[int]) -> bool:
    above = lines[row[0] - 1][0] if row[0] else LineKind.RUBRIC
    signed = sum(_is_signed(lines, i) for i in row)
    return above is LineKind.RUBRIC or signed * 2 > len(row)


def _is_signed(lines: Sequence[tuple[LineKind, Line]], i: int) -> bool:
    """Whether an item, or the text below its head, has a dateline or a byline of its own."""
    texts = [line.text for kind, line in lines[i : i + 2] if kind is LineKind.BODY]
    return any(find_lead(text) or ((tail := find_tail(text)) and tail[1].writers) for text in texts[:1])
