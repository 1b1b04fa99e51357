"""HTML taken out of a page: scripts and styles with what is in them, tags, cells of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from fangzhi.text.spans import Mapped, join, substitute

CELL = "\t"
"""What stands between the cells of a row."""
HEADING, SUBHEADING, CAPTION, ASIDE, FURNITURE = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
"""What says at the head of a line that mark-up makes it a headline, a subhead, the caption of a picture,
text of no article, or furniture. No page holds these: they are no characters."""
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef]")
_LONGEST_CELL = 60
"""Characters; what is longer is a text that a table only puts in its place."""

_BLOCK_EDGE = re.compile(
    r"<(?P<open>(?:script|style|head|noscript|iframe)\b|!--)|(?P<close></(?:script|style|head|noscript|iframe)\s*>|-->)",
    re.IGNORECASE,
)
# A tag goes on in the next line only with an attribute or its end: 3<a, and text after it, is no tag.
_TAG = re.compile(
    r"<!\[CDATA\[|\]\]>|<(?:/?[a-zA-Z]|!doctype\b|\?xml\b)(?:[^<>\n]|\n(?=\s{0,40}(?:[\w:-]{1,40}\s?=|/?>))){0,2000}>",
    re.IGNORECASE,
)
_NEW_LINE = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|section|article|title|header|footer|nav|figure|figcaption)\b",
    re.IGNORECASE,
)
_CELL_OPENS = re.compile(r"<(?:td|th)\b", re.IGNORECASE)
_CAPTION_OPENS = re.compile(r"<figcaption\b", re.IGNORECASE)
_CELL_EDGE = re.compile(r"<(/?)(?:td|th)\b|<(/?)(?:table|tr)\b", re.IGNORECASE)


def without_markup(page: Mapped, repairs: dict[str, int]) -> Mapped:
    """The page as it is seen: a block tag ends a line, a cell of a row is set apart by a tab."""
    plain = substitute(page, _NO_CHARACTERS, lambda _: "")
    return _without_tags(_without_blocks(plain, repairs), repairs)


def _without_tags(page: Mapped, repairs: dict[str, int]) -> Mapped:
    cells = _short_cells(page.text)
    starts = [start for start, _ in cells]

    def replace(match: re.Match[str]) -> str:
        if _CAPTION_OPENS.match(match[0]):
            return f"\n{CAPTION}"
        if _CELL_OPENS.match(match[0]):
            return CELL
        at = bisect_right(starts, match.start()) - 1
        inside = at >= 0 and match.start() < cells[at][1]
        return "" if inside or not _NEW_LINE.match(match[0]) else "\n"

    if tags := sum(1 for _ in _TAG.finditer(page.text)):
        repairs["html_tag"] = tags
    return substitute(page, _TAG, replace)


def _short_cells(text: str) -> list[tuple[int, int]]:
    """Where the cells of tables begin and end that hold a word or a figure, however it is wrapped in tags."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for edge in _CELL_EDGE.finditer(text):
        ends = opened is not None and (edge[1] is not None or edge[2] == "/")
        if ends and len(_TAG.sub("", text[opened : edge.start()]).strip()) <= _LONGEST_CELL:
            found.append((opened or 0, edge.start()))
        opened = edge.start() if edge[1] == "" else None
    return found


def _without_blocks(page: Mapped, repairs: dict[str, int]) -> Mapped:
    """Scripts, styles and comments taken out with what is in them; one that is never closed is left alone."""
    kept, done = [], 0
    for start, end in _blocks(page.text):
        kept.append(page[done:start])
        done = end
    if not kept:
        return page
    repairs["html_block"] = len(kept)
    return join([*kept, page[done:]])


def _blocks(text: str) -> list[tuple[int, int]]:
    """Start and end of each block, in one pass over their edges: a regular expression would go back."""
    edges = [(match["open"], match["close"], match.span()) for match in _BLOCK_EDGE.finditer(text)]
    left = Counter(_block_name(close) for _, close, _ in edges if close)
    found: list[tuple[int, int]] = []
    inside: tuple[str, int] | None = None
    for opening, closing, (start, end) in edges:
        name = _block_name(closing or opening)
        left[name] -= bool(closing)
        if inside is None and opening and left[name]:
            inside = name, start
        elif inside and closing and name == inside[0]:
            found.append((inside[1], end))
            inside = None
    return found


def _block_name(edge: str) -> str:
    return edge.lower().strip("</!-> \t\r\n") or "comment"
