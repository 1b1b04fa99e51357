"""The years that an article or one of its sections reports on, as title, heading or first words say.

“2021年…公报” is about 2021 although it is printed in 2022, and so are its 全年, 年末 and 四季度.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from fangzhi.period.calendar import Extent, months_of, years_of
from fangzhi.period.expression import Expression, Moment, Named, Word
from fangzhi.period.markers import alternation, mark_after, mark_before, markers
from fangzhi.period.mention import Anchor
from fangzhi.period.scan import events, expressions
from fangzhi.text.text import Text

_HEADING = re.compile(
    r"(?:^|(?<=[。;!?]))[ \u3000]*[(]?[一二三四五六七八九十]{1,3}[、).][^,。;:!?\n]{2,30}"
    r"|^[^,。;:!?\n]{2,30}$",
    re.MULTILINE,
)
"""A line short enough for a heading, or the first clause of a numbered one that runs on into its text."""
_REVIEWS_UNTIL = 4
"""The month up to which a text that opens with the year before is still its review."""


@dataclass(frozen=True)
class Topic:
    """What is reported on from an offset of the text on; None where that is left to the page's date.

    ``titled`` tells a title or heading, which holds for whatever names no time, from a mere opening.
    """

    start: int
    extent: Extent | None
    titled: bool = True
    ahead: bool = False
    """Whether it is what is planned: 2024年预算安排, 今后五年的目标任务."""

    @property
    def year(self) -> int | None:
        """The year, where it is one."""
        single = self.extent and self.extent.start.year == self.extent.end.year
        return self.extent.end.year if self.extent and single else None


def _years(expression: Expression) -> Extent | None:
    """The years that an expression names in full, or a part of one: 2021年, 2016—2020年, 2022年上半年."""
    first, last = expression.first, expression.last or expression.first
    if isinstance(first, Named) and first.kind == "plan" and first.whole:
        return first.whole
    if not (isinstance(first, Moment) and isinstance(last, Moment) and first.year and last.year):
        return None
    below = (m.month or m.holiday or (m.part and m is not expression.first) for m in (first, last))
    if any(below) or not 1 <= first.year <= last.year <= 9998:
        return None
    part = first.part if expression.last is None else None
    return months_of(first.year, part.first, part.last) if part else years_of(first.year, last.year)


def _named(text: str) -> tuple[Extent | None, bool]:
    """The one stretch of whole years that a heading names, and whether it speaks of a year at all."""
    found = list(expressions(text))
    bounds = (mark_before(text, e.start)[0] or mark_after(text, e.end)[0] for e in found)
    plain = all(mark in ("", "during") for mark in bounds)
    extents = {_years(e) for e in found}
    turns = any(extents) or any(_counts_years(e) for e in found)
    return (extents.pop() if len(extents) == 1 and plain else None), turns


def _counts_years(expression: Expression) -> bool:
    """今年, 明年, 下一步: what is told from here on is told from the page's date."""
    core = expression.first
    return isinstance(core, Word) or (isinstance(core, Moment) and core.shift is not None)


def _past(extent: Extent | None, anchor: Anchor) -> bool:
    """Whether years are over by the page's date, as far as that is known."""
    page = anchor.extent
    return extent is not None and (page is None or extent.end < page.start)


def _headings(text: str, anchor: Anchor) -> Iterator[Topic]:
    for line in _HEADING.finditer(text):
        extent, turns = _named(line[0])
        past = _past(extent, anchor)
        ahead = not (past and anchor.extent) and _planning().search(line[0]) is not None
        if turns or ahead:
            yield Topic(line.start(), extent if past or ahead else None, ahead=ahead)


@cache
def _planning() -> re.Pattern[str]:
    return alternation(*markers("planning"))


def _census(headline: str) -> Extent | None:
    """The day that a census named in a headline counts by."""
    counted = (named for word, named in events().items() if named.kind == "census" and word in headline)
    return next((named.start for named in counted), None)


def _opening(text: str, anchor: Anchor) -> Topic | None:
    """2022年，… at the head of a page of early 2023."""
    page, first = anchor.extent, next(expressions(text[:80]), None)
    extent = first and not mark_after(text, first.end)[0] and _years(first)
    if not (page and first and extent) or re.search(r"[,。\n]", text[: first.start]):
        return None
    fresh = extent.end == date(page.end.year - 1, 12, 31) and page.end.month <= _REVIEWS_UNTIL
    return Topic(0, extent, titled=False) if fresh else None


def find_topics(text: Text, headline: Text, anchor: Anchor) -> list[Topic]:
    """What an article reports on, in reading order, each from its offset to the next one's."""
    folded = text.folded
    title = _census(headline.folded) or _named(headline.folded)[0]
    whole = Topic(0, title) if _past(title, anchor) else _opening(folded, anchor)
    headings = list(_headings(folded, anchor))
    return [whole, *headings] if whole and not (headings and headings[0].start == 0) else headings


def topic_at(position: int, topics: Sequence[Topic]) -> Topic | None:
    """The topic that an offset stands under."""
    index = bisect_right(topics, position, key=lambda topic: topic.start) - 1
    topic = topics[index] if index >= 0 else None
    return topic if topic and (topic.extent or topic.ahead) else None
