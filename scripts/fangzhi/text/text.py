"""A text that is read: as printed, simplified, folded, in words and sentences, each made once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from fangzhi.text.fold import fold, simplify
from fangzhi.text.sentences import sentence_at, sentence_spans
from fangzhi.text.words import Word, words


@dataclass(frozen=True)
class Text:
    """A text with what every layer asks of it; all offsets are code points of ``printed``."""

    printed: str

    def __len__(self) -> int:
        return len(self.printed)

    @cached_property
    def simplified(self) -> str:
        """In simplified characters, otherwise as printed; same length."""
        return simplify(self.printed)

    @cached_property
    def folded(self) -> str:
        """Simplified, half width, lower case; same length."""
        return fold(self.printed)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words in order; they cover the text without gaps."""
        return words(self.printed)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that begin in a stretch: its own, where signs, spaces or line ends bound it."""
        starts = self._word_starts
        return self.words[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence, without the white space around it."""
        return sentence_spans(self.printed)

    def sentence(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence in which an offset stands."""
        return sentence_at(self.sentences, position)


NO_TEXT = Text("")
"""Where there is none: no headline, no title."""
