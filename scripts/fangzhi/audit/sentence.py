"""Sentences in which each figure and each expression of time is one character, for patterns to see."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fangzhi.audit.words import FIGURE, TIME
from fangzhi.model.tables import Observation, Period
from fangzhi.text.fold import fold
from fangzhi.text.sentences import sentence_spans

_FEW = 8


@dataclass(frozen=True)
class Sentence:
    """A folded sentence without white space, masked; what stood where a mask stands, by its offset."""

    text: str
    figures: dict[int, Observation]
    periods: dict[int, Period]

    def before(self, offset: int) -> list[int]:
        """Where the last few figures before an offset stand."""
        end = bisect_left(self.offsets, offset)
        return self.offsets[max(0, end - _FEW) : end]

    @cached_property
    def offsets(self) -> list[int]:
        """Where the figures stand."""
        return list(self.figures)

    def between(self, first: int, second: int) -> str:
        """The words between two offsets."""
        return self.text[first + 1 : second]

    def last_year(self, start: int, end: int) -> int | None:
        """The year that the last expression of time in a stretch names, if it is one year in full."""
        for at in reversed(self.periods):
            if start <= at < end:
                first, last = self.periods[at].date_start, self.periods[at].date_end
                return first.year if first and last and first.year == last.year else None
        return None


def sentences(text: str, figures: Sequence[Observation], periods: Sequence[Period]) -> Iterator[Sentence]:
    """The sentences of an article that state a figure, in order."""
    folded = fold(text)
    marks = _marks(figures, periods)
    for start, end in sentence_spans(folded):
        if any(start <= row.text_start < end for row in figures):
            yield _masked(folded, start, end, marks)


def _marks(figures: Sequence[Observation], periods: Sequence[Period]) -> dict[int, Observation | Period]:
    """What stands where; a figure before an expression of time that overlaps it."""
    marks: dict[int, Observation | Period] = {}
    taken = {offset for row in figures for offset in range(row.text_start, row.text_end)}
    for period in sorted(periods, key=lambda row: row.text_start):
        if taken.isdisjoint(range(period.text_start, period.text_end)):
            marks[period.text_start] = period
    return marks | {row.text_start: row for row in figures}


def passages(text: str, figures: Sequence[Observation], periods: Sequence[Period]) -> Iterator[Sentence]:
    """Each sentence that states a figure, with the one before it in its paragraph."""
    folded = fold(text)
    marks = _marks(figures, periods)
    stated = sorted(row.text_start for row in figures)
    before = None
    for start, end in sentence_spans(folded):
        if bisect_left(stated, start) < bisect_left(stated, end):
            joined = before is not None and "\n" not in folded[before[1] : start]
            yield _masked(folded, before[0] if before and joined else start, end, marks)
        before = start, end


def _masked(folded: str, start: int, end: int, marks: Mapping[int, Observation | Period]) -> Sentence:
    kept: list[str] = []
    figures: dict[int, Observation] = {}
    periods: dict[int, Period] = {}
    at = start
    while at < end:
        mark = marks.get(at)
        if isinstance(mark, Observation):
            figures[len(kept)] = mark
        elif mark:
            periods[len(kept)] = mark
        if mark or not folded[at].isspace():
            kept.append(FIGURE if isinstance(mark, Observation) else TIME if mark else folded[at])
        at = max(mark.text_end, at + 1) if mark else at + 1
    return Sentence("".join(kept), figures, periods)
