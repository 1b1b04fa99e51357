"""What an article tells in figures, laid out once for all rules: sentences, passages, measures."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

from fangzhi.audit.measures import content, thing
from fangzhi.audit.sentence import Sentence, masked
from fangzhi.model.tables import Observation, Period
from fangzhi.text.fold import fold
from fangzhi.text.sentences import sentence_spans


@dataclass(frozen=True)
class Ledger:
    """An article's folded text, its figures in order, and its expressions of time."""

    text: str
    figures: tuple[Observation, ...]
    periods: tuple[Period, ...]

    @cached_property
    def stretches(self) -> list[tuple[Sentence | None, bool]]:
        """Each sentence, None where it states no figure; and whether it goes on in the paragraph before."""
        marks = _marks(self.figures, self.periods)
        order = sorted(marks)
        stated = [row.text_start for row in self.figures]
        found: list[tuple[Sentence | None, bool]] = []
        before = 0
        for start, end in sentence_spans(self.text):
            sentence = None
            if bisect_left(stated, start) < bisect_left(stated, end):
                within = order[bisect_left(order, start) : bisect_left(order, end)]
                sentence = masked(self.text, start, end, {at: marks[at] for at in within})
            found.append((sentence, bool(found) and "\n" not in self.text[before:start]))
            before = end
        return found

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences that state a figure, in order."""
        return [sentence for sentence, _ in self.stretches if sentence]

    @cached_property
    def passages(self) -> list[Sentence]:
        """Each sentence that states a figure, with the one before it in its paragraph."""
        return self.reaching_back(1)

    def reaching_back(self, most: int) -> list[Sentence]:
        """Each sentence that states a figure, with up to so many before it in its paragraph."""
        found: list[Sentence] = []
        window: deque[Sentence | None] = deque(maxlen=most + 1)
        for sentence, joined in self.stretches:
            if not joined:
                window.clear()
            window.append(sentence)
            if sentence:
                stated = [one for one in window if one]
                found.append(reduce(Sentence.joined, stated))
        return found

    @cached_property
    def _measured(self) -> dict[frozenset[str], list[Observation]]:
        found: defaultdict[frozenset[str], list[Observation]] = defaultdict(list)
        for row in self.figures:
            found[content(row.measure)].append(row)
        return found

    @cached_property
    def _ending(self) -> dict[str, list[tuple[str, Observation]]]:
        """The figures with their measures by the last two characters: 教职工 of 涉及教职工人数 by 职工."""
        found: defaultdict[str, list[tuple[str, Observation]]] = defaultdict(list)
        for row in self.figures:
            name = thing(row.measure)
            found[name[-2:]].append((name, row))
        return found

    def measuring(self, name: str) -> list[Observation]:
        """The figures that measure what a name says, all its words or it at the end."""
        wanted, bare = content(name), thing(name)
        if not wanted:
            return []
        ending = [row for other, row in self._ending.get(bare[-2:], ()) if other.endswith(bare)]
        return self._measured.get(wanted, []) or (ending if len(bare) > 1 else [])


def ledger(text: str, figures: Sequence[Observation], periods: Sequence[Period]) -> Ledger:
    """The ledger of an article."""
    ordered = sorted(figures, key=lambda row: row.text_start)
    return Ledger(fold(text), tuple(ordered), tuple(sorted(periods, key=lambda row: row.text_start)))


def _marks(figures: Sequence[Observation], periods: Sequence[Period]) -> dict[int, Observation | Period]:
    """What stands where; a figure before an expression of time that overlaps it."""
    marks: dict[int, Observation | Period] = {}
    taken = {offset for row in figures for offset in range(row.text_start, row.text_end)}
    for period in periods:
        if taken.isdisjoint(range(period.text_start, period.text_end)):
            marks[period.text_start] = period
    return marks | {row.text_start: row for row in figures}
