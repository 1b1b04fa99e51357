"""An article as the places that it names stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fangzhi.place.gazetteer import COUNTRY
from fangzhi.place.mention import PlaceMention
from fangzhi.place.standing import gives, in_lists, in_name, is_elsewhere, leads

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_STRETCH_END = re.compile(r"[。！？!?\n，,；;：:—]")
_PARAGRAPH_END = re.compile(r"\n")


@dataclass(frozen=True)
class Told:
    """A known place as the text names it: how it stands there, and what says that it governs nothing."""

    start: int
    end: int
    place_id: str
    leads: bool
    against: frozenset[str]
    gives: bool = False

    @property
    def governs(self) -> bool:
        """Whether nothing speaks against its saying where things are."""
        return not self.against

    @property
    def code(self) -> str:
        """The code of the place; empty for the country."""
        return self.place_id.removeprefix(COUNTRY)


@dataclass(frozen=True)
class Scene:
    """A text with its mentions, and the places of its headline, of the article and of the page."""

    text: str
    mentions: Sequence[PlaceMention]
    article: str | None
    headline: frozenset[str] = frozenset()
    page: str | None = None

    @cached_property
    def told(self) -> list[Told]:
        """The mentions of known places, in order."""
        listed = in_lists(self.text, self.mentions)
        return [self._told(m, m in listed) for m in self.mentions if m.place_id]

    def _told(self, mention: PlaceMention, listed: bool) -> Told:
        said = {
            "elsewhere": is_elsewhere(self.text, mention),
            "in a list": listed,
            "in a name": in_name(self.text, mention),
        }
        against = frozenset(name for name, holds in said.items() if holds)
        how = leads(self.text, mention), against, gives(self.text, mention)
        return Told(mention.start, mention.end, mention.place_id or "", *how)

    @cached_property
    def _starts(self) -> list[int]:
        return [told.start for told in self.told]

    def between(self, start: int, end: int) -> list[Told]:
        """The mentions that begin in a stretch of the text."""
        return self.told[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    @cached_property
    def _ends(self) -> tuple[list[int], list[int], list[int]]:
        ends = (_STRETCH_END, _SENTENCE_END, _PARAGRAPH_END)
        clauses, sentences, paragraphs = ([m.end() for m in end.finditer(self.text)] for end in ends)
        return clauses, sentences, paragraphs

    def clause(self, position: int) -> int:
        """The number of the clause that a position stands in."""
        return bisect_right(self._ends[0], position)

    def sentence(self, position: int) -> int:
        """The number of the sentence that a position stands in."""
        return bisect_right(self._ends[1], position)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that a position stands in."""
        return bisect_right(self._ends[2], position)

    def paragraph_start(self, position: int) -> int:
        """Where the paragraph of a position begins."""
        number = self.paragraph(position)
        return self._ends[2][number - 1] if number else 0
