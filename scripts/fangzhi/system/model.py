"""What is read: a named system and its parts, and the passage they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from fangzhi.model.codes import SystemKind
from fangzhi.text.text import Text

#: Start and end of a stretch of a text, end exclusive.
Span = tuple[int, int]

_PAIRS = (
    re.compile(r"“[^“”\n。!?]{0,60}”"),
    re.compile(r"‘[^‘’\n。!?]{0,60}’"),
    re.compile(r"《[^《》\n]*》"),
    re.compile(r"\([^()\n]{1,40}\)"),
)
#: No clause or sentence is followed further than this from a name, so that endless ones cost little.
_LONGEST = 500
_SENTENCE_END = re.compile(r"[。;!?\n]|……|——")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE_END = re.compile(r"[。;!?\n,:]|……|——")


@dataclass(frozen=True)
class Component:
    """A part of a named system; offsets into the text. ``parent`` is the part it belongs under."""

    start: int
    end: int
    name: str
    parent: str | None = None


@dataclass(frozen=True)
class NamedSystem:
    """A named system; offsets into the text. ``declared`` is how many parts its name says that it has.

    ``read_as`` tells which reading gave it: quoted, titled, counted …
    """

    start: int
    end: int
    name: str
    kind: SystemKind
    declared: int | None = None
    parts: tuple[Component, ...] = ()
    read_as: str = ""

    @property
    def is_loose(self) -> bool:
        """Whether it is read as a name on slight grounds, so that it takes no parts from others."""
        return self.read_as.endswith("loosely")

    @property
    def is_row(self) -> bool:
        """Whether the name is only the row of its parts, so that another system may have them as well."""
        return bool(self.parts) and self.start <= self.parts[0].start and self.end <= self.parts[-1].end + 1


@dataclass(frozen=True)
class Passage:
    """The text of an article, folded for matching, and with what stands in quotes or brackets masked."""

    prose: Text

    @property
    def text(self) -> str:
        """The text as printed."""
        return self.prose.printed

    @cached_property
    def folded(self) -> str:
        """The text folded, same length, quotation marks of all kinds as “ and ”."""
        return self.prose.folded.translate({ord("「"): "“", ord("」"): "”", ord("『"): "‘", ord("』"): "’"})

    @cached_property
    def masked(self) -> str:
        """The folded text with the characters between quotes, title marks and brackets as □, same length."""
        found = self.folded
        for pair in _PAIRS:
            found = pair.sub(lambda m: m[0][0] + "□" * (len(m[0]) - 2) + m[0][-1], found)
        return found

    @cached_property
    def _sentence_ends(self) -> list[Span]:
        return [m.span() for m in _SENTENCE_END.finditer(self.masked)]

    @cached_property
    def _clause_ends(self) -> list[Span]:
        return [m.span() for m in _CLAUSE_END.finditer(self.masked)]

    def sentence(self, position: int) -> Span:
        """The sentence around an offset, without the sign that ends it."""
        return _between(self._sentence_ends, position, len(self.text))

    def clause(self, position: int) -> Span:
        """The clause around an offset, without the sign that ends it."""
        return _between(self._clause_ends, position, len(self.text))

    @cached_property
    def openings(self) -> list[Span]:
        """The first clause of every sentence."""
        return [self.first_clause(m.span()) for m in _SENTENCE.finditer(self.masked)]

    def first_clause(self, span: Span) -> Span:
        """The first clause of a stretch, without dashes and spaces in front."""
        part = self.masked[slice(*span)]
        start = span[0] + len(part) - len(part.lstrip("— \u3000"))
        return start, min(self.clause(start)[1], span[1])

    def component(self, span: Span, parent: str | None = None) -> Component:
        """A part that stands at a span."""
        return Component(*span, self.text[slice(*span)], parent)


def _between(ends: list[Span], position: int, length: int) -> Span:
    """The stretch around an offset that ends leave; an offset on an end belongs to what stands before it."""
    after = bisect_left(ends, (position, 0))
    before = after if after < len(ends) and ends[after][1] <= position else after - 1
    start = ends[before][1] if before >= 0 else 0
    end = ends[after][0] if after < len(ends) else length
    return max(start, position - _LONGEST), min(end, position + _LONGEST)
