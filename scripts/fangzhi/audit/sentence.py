"""Sentences in which each figure and each expression of time is one character, for patterns to see."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fangzhi.audit.words import FIGURE, TIME
from fangzhi.model.codes import Kind
from fangzhi.model.tables import Observation, Period
from fangzhi.text.fold import fold

_FEW = 8
_BEHIND = 8
_BRACKET = re.compile(r"[()]")


@dataclass(frozen=True)
class Sentence:
    """A folded sentence without white space, masked; what stood where a mask stands, by its offset."""

    text: str
    figures: dict[int, Observation]
    periods: dict[int, Period]

    def before(self, offset: int, most: int = _FEW) -> list[int]:
        """Where the last few figures before an offset stand."""
        end = bisect_left(self.offsets, offset)
        return self.offsets[max(0, end - most) : end]

    @cached_property
    def offsets(self) -> list[int]:
        """Where the figures stand."""
        return list(self.figures)

    @cached_property
    def spanned(self) -> str:
        """The text with spans of time among its figures, 五年 in 前五年的80万户, as expressions of time."""
        spans = {at for at, row in self.figures.items() if row.kind is Kind.DURATION}
        if not spans:
            return self.text
        return "".join(TIME if at in spans else char for at, char in enumerate(self.text))

    @cached_property
    def levels(self) -> list[Sentence]:
        """What stands outside of brackets, then what stands in each of them."""
        if not _BRACKET.search(self.text):
            return [self]
        outer, inner = self._stretches()
        return [self._of(outer), *(self._of([(start, end)]) for start, end in inner)]

    @cached_property
    def bracketed(self) -> list[tuple[Observation, Sentence]]:
        """Each figure with a bracket behind it in its clause, and what stands in the bracket."""
        found: list[tuple[Observation, Sentence]] = []
        for start, end in self._stretches()[1] if _BRACKET.search(self.text) else ():
            before = self.before(start)
            if before and not re.search(r"[,;:。)]", self.text[before[-1] : start - 1]):
                found.append((self.figures[before[-1]], self._of([(start, end)])))
        return found

    def _stretches(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The stretches outside of all brackets, and those of the outermost brackets."""
        outer: list[tuple[int, int]] = []
        inner: list[tuple[int, int]] = []
        depth = done = 0
        for match in _BRACKET.finditer(self.text):
            if match[0] == "(":
                if depth == 0:
                    outer.append((done, match.start()))
                    done = match.end()
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    inner.append((done, match.start()))
                    done = match.end()
        return [*outer, (done, len(self.text))], inner

    def _of(self, stretches: list[tuple[int, int]]) -> Sentence:
        """What stands in some stretches, joined."""
        kept = [at for start, end in stretches for at in range(start, end)]
        figures = {new: self.figures[at] for new, at in enumerate(kept) if at in self.figures}
        periods = {new: self.periods[at] for new, at in enumerate(kept) if at in self.periods}
        return Sentence("".join(self.text[at] for at in kept), figures, periods)

    def between(self, first: int, second: int) -> str:
        """The words between two offsets."""
        return self.text[first + 1 : second]

    def clause_before(self, offset: int) -> str:
        """The words before an offset, back to the nearest figure or stop."""
        return re.split(rf"[{FIGURE},;:、()。!?]", self.text[:offset])[-1]

    def told_of(self, offset: int) -> str:
        """The words of its clause around a figure, with its expressions of time as they are written."""
        behind = re.split(rf"[{FIGURE},;:、()。!?]", self.text[offset + 1 : offset + 1 + _BEHIND])[0]
        before = self.clause_before(offset)
        start = offset - len(before)
        times = [fold(row.quote or "") for at, row in self.periods.items() if start <= at < offset]
        return "".join([*times, before, behind])

    def last_year(self, start: int, end: int) -> int | None:
        """The year that the last expression of time in a stretch names, if it is one year in full."""
        for at in reversed(self.periods):
            if start <= at < end:
                first, last = self.periods[at].date_start, self.periods[at].date_end
                return first.year if first and last and first.year == last.year else None
        return None

    def joined(self, other: Sentence) -> Sentence:
        """This sentence and the next as one."""
        far = len(self.text)
        figures = self.figures | {at + far: row for at, row in other.figures.items()}
        periods = self.periods | {at + far: row for at, row in other.periods.items()}
        return Sentence(self.text + other.text, figures, periods)


def masked(folded: str, start: int, end: int, marks: Mapping[int, Observation | Period]) -> Sentence:
    """A stretch of a folded text as a sentence; ``marks`` has what stands where."""
    kept: list[str] = []
    figures: dict[int, Observation] = {}
    periods: dict[int, Period] = {}
    for text, mark in _pieces(folded, start, end, marks):
        if isinstance(mark, Observation):
            figures[len(kept)] = mark
        elif mark:
            periods[len(kept)] = mark
        kept += text
    return Sentence("".join(kept), figures, periods)


def _pieces(
    folded: str, start: int, end: int, marks: Mapping[int, Observation | Period]
) -> Iterator[tuple[str, Observation | Period | None]]:
    """The text between marks without white space, and each mark with the character that stands for it."""
    at = start
    for begin in sorted(offset for offset in marks if start <= offset < end):
        if begin >= at:
            yield "".join(folded[at:begin].split()), None
            mark = marks[begin]
            yield FIGURE if isinstance(mark, Observation) else TIME, mark
            at = max(mark.text_end, begin + 1)
    yield "".join(folded[at:end].split()), None
