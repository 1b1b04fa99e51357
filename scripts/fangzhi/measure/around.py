"""A figure and the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fangzhi.measure.vocabulary import words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, words

Spans = Sequence[tuple[int, int]]
_CLAUSE = re.compile(r"[,，。;；:：!！?？\n…]")
_OPENING = re.compile(r"[,，。;；:：!！?？\n…（(）)]")
_NAMED = re.compile(r"《[^《》]*》|“[^“”]{1,20}”")
_BRACKET = re.compile(r"[（(][\u4e00-\u9fff]{1,6}[)）]")
_TOTAL = re.compile(r"(?:共计|合计|总计|共有|共|达|约|近|有|为)$")
_REACH = 60
"""How far back the words of a measure may stand, in characters."""


@dataclass(frozen=True)
class Figure:
    """Where a figure stands, what kind of quantity it is, and its unit (folded)."""

    start: int
    end: int
    kind: Kind
    unit: str = ""


@dataclass(frozen=True)
class Named:
    """What a figure measures: the phrase ahead of it, the phrase behind it, and both together."""

    ahead: str = ""
    behind: str = ""
    base: str = ""


class Around:
    """The words before and behind a figure."""

    def __init__(
        self, text: str, before: int, figure: Figure, after: int, periods: Spans, places: Spans
    ) -> None:
        self.text, self.before, self.figure, self.after = text, before, figure, after
        quoted = [m.span() for m in _NAMED.finditer(text, max(0, before - _REACH), after)]
        inside = [s for s in places if any(a <= s[0] < b for a, b in quoted)]
        self.places = [s for s in places if s[0] < after and s[1] > before - _REACH and s not in inside]
        self.left_out = [
            *self.places,
            *(span for span in periods if span[0] < after and span[1] > before - _REACH),
        ]

    @property
    def between(self) -> str:
        """The characters between the figure before and this one."""
        return self.text[self.before : self.figure.start]

    @property
    def opens_with_modifier(self) -> bool:
        """Whether 的 stands right before the figure: 新建的13座养殖场."""
        return self.text[self.figure.start - 1 : self.figure.start] == "的"

    def bracket(self, behind: str) -> str:
        """A short explanation in brackets right behind the phrase: 职业(工种), 7835所(学校)."""
        match = _BRACKET.match(self.text, self.figure.end + len(behind))
        return match[0] if match and self.text.startswith(behind, self.figure.end) else ""

    @property
    def names_place(self) -> bool:
        """Whether the clause of the figure names a place, which is then what it is said of."""
        clause = max((m.end() for m in _CLAUSE.finditer(self.text, 0, self.figure.start)), default=0)
        return any(clause <= start < self.figure.start for start, _ in self.places)

    @property
    def joins(self) -> bool:
        """Whether nothing but words stands between this figure and the next."""
        return self.after < len(self.text) and not _OPENING.search(self.text, self.figure.end, self.after)

    @property
    def same_sentence(self) -> bool:
        """Whether the figure before stands in the same sentence."""
        return not re.search(r"[。！？!?\n]", self.between)

    def left(self, previous: Named) -> list[Word]:
        """Words of the clause before the figure, behind what the figure before and any place took.

        A place right before the figure (管理全县13个乡镇) takes nothing. Where the figure opens a
        bracket, the words before the bracket.
        """
        low = max(self.before + self.taken(previous), self.figure.start - _REACH)
        low = max([low, *(end for start, end in self.places if low <= start and end < self.figure.start)])
        starts = [m.end() for m in _OPENING.finditer(self.text, low, self.figure.start)]
        start = starts[-1] if starts else low
        if start == self.figure.start and self.text[start - 1 : start] in ("(", "（"):
            return self._words(starts[-2] if len(starts) > 1 else low, start - 1)
        return self._words(start, self.figure.start)

    def taken(self, previous: Named) -> int:
        """How much of what stands between belongs to the figure before: 13个乡镇124个村, 6所学校和5家企业."""
        between, behind = self.between, previous.behind
        if (
            not behind
            or not between.lstrip("的制").startswith(behind)
            or all(w.is_verb or w.tag == "vn" for w in words(behind))
        ):
            return 0
        size = len(between) - len(between.lstrip("的制")) + len(behind)
        return size + len(between[size:]) - len(between[size:].lstrip("、和及与中里"))

    def clause_before(self) -> list[Word]:
        """Words of the clause before that of the figure, in the same sentence."""
        starts = [
            m.end() for m in _CLAUSE.finditer(self.text, max(0, self.figure.start - 80), self.figure.start)
        ]
        starts = [max(0, self.figure.start - 80), *starts]
        if len(starts) < 2 or not re.match(r"[,，、]", self.text[starts[-1] - 1]):
            return []
        row = self._words(max(starts[-2], self.before), starts[-1] - 1)
        return [] if "".join(w.text for w in row) in words_of("report") else row

    def right(self) -> list[Word]:
        """Words of the clause behind the figure up to the next figure."""
        match = _OPENING.search(self.text, self.figure.end)
        end = min(match.start() if match else len(self.text), self.after, self.figure.end + 30)
        inner = [span for span in self.places if self.figure.end < span[0] < span[1] < end]
        self.left_out = [span for span in self.left_out if span not in inner]
        total = _TOTAL.search(self.text, self.figure.end, end) if end == self.after else None
        return self._words(self.figure.end, total.start() if total else end)

    def _words(self, start: int, end: int) -> list[Word]:
        found = (
            Word(w.start + start, w.end + start, self.text[w.start + start : w.end + start], w.tag)
            for w in words(self.text[start:end])
        )
        return [w for w in found if not any(s <= w.start < e for s, e in self.left_out)]
