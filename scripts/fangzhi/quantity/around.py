"""What stands around a numeral: its sentence and the words of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fangzhi.quantity.expression import Expression
from fangzhi.text.words import Word

CLAUSE = re.compile(r"[,。;!?:\n]")


@dataclass
class Sentence:
    """The sentence around a numeral; ``last`` is where the figure before it ends, 0 where there is none."""

    text: str
    start: int
    end: int
    words: Sequence[Word]
    """The words of the sentence, with offsets into the text."""
    traditional: bool = False
    last: int = 0
    last_is_money: bool = False

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where words begin."""
        return frozenset(word.start for word in self.words)

    @cached_property
    def _begins(self) -> list[int]:
        return [word.start for word in self.words]

    def word_at(self, offset: int) -> Word | None:
        """The word that covers an offset."""
        index = bisect_right(self._begins, offset) - 1
        return self.words[index] if index >= 0 and offset < self.words[index].end else None

    def ahead(self, offset: int, count: int) -> Sequence[Word]:
        """Up to ``count`` words that begin at an offset or behind it."""
        index = bisect_right(self._begins, offset - 1)
        return self.words[index : index + count]

    def behind(self, offset: int, count: int) -> Sequence[Word]:
        """Up to ``count`` words that end at an offset or before it, the nearest first."""
        index = bisect_right(self._begins, offset - 1)
        while index and self.words[index - 1].end > offset:
            index -= 1
        return self.words[max(0, index - count) : index][::-1]

    def left(self, offset: int, length: int = 30) -> str:
        """What stands before an offset in its clause."""
        return CLAUSE.split(self.text[max(self.start, offset - length) : offset])[-1]

    def right(self, offset: int, length: int = 12) -> str:
        """What stands behind an offset in its clause."""
        return CLAUSE.split(self.text[offset : min(self.end, offset + length)])[0]

    def numeral(self, found: Expression) -> str:
        """The characters of an expression without its unit."""
        written = self.text[found.start : found.end]
        return written.removesuffix(found.unit.written) if found.unit else written
