"""A figure and the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fangzhi.measure.tokens import before_figure, phrase_words
from fangzhi.measure.vocabulary import words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word

Spans = Sequence[tuple[int, int]]
_CLAUSE = re.compile(r"[,。;:!?\n…]")
_SENTENCE = re.compile(r"[。!?\n]")
_OPENING = re.compile(r"[,。;:!?\n…()]")
_NAMED = re.compile(r"《[^《》]*》|“[^“”]{1,20}”")
_BRACKET = re.compile(r"[(][\u4e00-\u9fff]{1,6}[)]")
_TOTAL = re.compile(r"(?:共计|合计|总计|共有|共|达|约|近|有|为)$")
_THERE_ARE = re.compile("[现共还仍]?有[约近]?")
_LINKS = "、和及与中里"
_WHOLE = re.compile("[全我该本][县市区镇乡村省州盟旗国]|[\u4e00-\u9fff]{1,4}(?:社区|[镇乡村])")
_ITEM = re.compile(
    r"(?<![^\n。;])\s?(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])\s?"
    r"([\u4e00-\u9fff]{2,14})[。:\n ]"
)
_PARTS = re.compile(r"\s*(?:在)?(?:其中|这其中|当中)")
_OF_PLACE = re.compile(r"(?:[乡镇村寨]|社区|街道)[,、]?(?:总?共|约|有|近|一共)*$")
_FILLING = re.compile(r"[\s,，、;；:：()和及与]|其中|分别|各|有|为|是|共|约|近")
"""What stands between the figures of a list beside the places they are of."""
_OF_EACH = re.compile(
    r"每(?:\d+|[十百千万]+)(?:平方公里|公里|公顷|万人|公斤|千克|毫升|[克斤升人户名个位辆亩吨元次对例])"
)
_UNIT = re.compile("[\u4e00-\u9fff]{1,3}[市县区州旗乡镇村]")
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
class Beside:
    """Spans of a text that say when, where and whose, not what."""

    periods: Spans = ()
    places: Spans = ()
    bodies: Spans = ()


@dataclass(frozen=True)
class Named:
    """What a figure measures: the phrase ahead of it, the phrase behind it, and both together.

    ``reach`` is where the phrase behind ends in the text; ``level`` is what a change is a change of,
    ``whole`` what the figures behind 其中 are parts of.
    """

    ahead: str = ""
    behind: str = ""
    base: str = ""
    reach: int = 0
    level: str = ""
    whole: str = ""
    unit: str = ""


class Around:
    """The words before and behind a figure of a folded text."""

    def __init__(self, text: str, before: int, figure: Figure, after: int, beside: Beside) -> None:
        self.text, self.before, self.figure, self.after = text, before, figure, after
        low = max(0, before - 2 * _REACH)
        quoted = [m.span() for m in _NAMED.finditer(text, low, after)]
        self.places = [s for s in _near(beside.places, low, after) if not _within(s, quoted)]
        self.bodies = _near(beside.bodies, low, after)
        self.left_out = [*self.places, *_near(beside.periods, low, after)]

    @property
    def span(self) -> tuple[int, int]:
        """Where the figure stands."""
        return self.figure.start, self.figure.end

    @property
    def between(self) -> str:
        """The characters between the figure before and this one."""
        return self.text[self.before : self.figure.start]

    @property
    def ahead_of_time(self) -> str:
        """The characters before the figure, or before the time that stands there: 增加到2020年底的430万."""
        end, low = self.figure.start, max(self.before, self.figure.start - _REACH)
        for start, stop in sorted(self.left_out, reverse=True):
            if low <= start and self.text[stop:end].strip("的") == "" and stop <= end:
                end = start
        return self.text[max(low, end - 8) : end]

    @property
    def opens_with_modifier(self) -> bool:
        """Whether 的 stands right before the figure: 新建的13座养殖场; not behind a time: 2019年的30座."""
        head = self.text[max(0, self.figure.start - 4) : self.figure.start]
        when = any(stop == self.figure.start - 1 for _, stop in self.left_out)
        return not when and bool(re.search("(?<!原来|原先|过去|最初|此前)的$", head))

    @property
    def opens_bracket(self) -> bool:
        """Whether the figure opens a bracket: 高海拔(4500米至4800米)."""
        return self.text[self.figure.start - 1 : self.figure.start] == "("

    def bracket(self, end: int) -> str:
        """A short explanation in brackets right behind a phrase: 职业(工种), 7835所(学校)."""
        match = _BRACKET.match(self.text, end)
        return match[0] if match else ""

    @property
    def clause_start(self) -> int:
        """Where the clause of the figure starts."""
        low = max(0, self.figure.start - 2 * _REACH)
        return max((m.end() for m in _CLAUSE.finditer(self.text, low, self.figure.start)), default=low)

    @property
    def clause_ahead(self) -> str:
        """The clause before the figure, behind the figure before."""
        return self.text[max(self.clause_start, self.before) : self.figure.start]

    @property
    def rate_base(self) -> tuple[str, int]:
        """每100克, 每百户: of how many the clause of the figure is reckoned, and where that ends."""
        found = None
        if self.text.find("每", self.clause_start, self.figure.start) >= 0:
            found = next(_OF_EACH.finditer(self.text, self.clause_start, self.figure.start), None)
        return (found[0], found.end()) if found else ("", 0)

    @property
    def population(self) -> str:
        """人口, where people are counted of a place and nothing is said of them: 全镇2.8万人."""
        if self.figure.unit != "人" or self.right():
            return ""
        if self.before and _OF_PLACE.search(self.text, self.before - 1, self.figure.start):
            return "人口"
        start = max(self.clause_start, self.before)
        head = self.text[start : self.figure.start].rstrip("有约近共现为的达")
        place = bool(head) and any(
            start <= s and e == start + len(head) and not any(w.is_noun for w in self._words(start, s))
            for s, e in self.places
        )
        return "人口" if place or _WHOLE.fullmatch(head) else ""

    @property
    def item_title(self) -> str:
        """The short title that opens the numbered item of the figure: (三)场所租赁补贴。"""
        paragraph = self.text.rfind("\n", 0, self.figure.start) + 1
        low = max(paragraph, self.figure.start - 4 * _REACH)
        titles = _ITEM.findall(self.text, low, self.figure.start)
        return titles[-1] if titles else ""

    @property
    def names_place(self) -> bool:
        """Whether the clause of the figure names a place, which is then what it is said of."""
        return any(self.clause_start <= start < self.figure.start for start, _ in self.places)

    @property
    def joins(self) -> bool:
        """Whether nothing but words stands between this figure and the next."""
        return self.after < len(self.text) and not _OPENING.search(self.text, self.figure.end, self.after)

    @property
    def same_sentence(self) -> bool:
        """Whether the figure before stands in the same sentence, or this one opens with 其中."""
        ends = [m.end() for m in _SENTENCE.finditer(self.text, self.before, self.figure.start)]
        return not ends or (len(ends) == 1 and bool(_PARTS.match(self.text, ends[0])))

    def says_only_where(self, previous: Named) -> bool:
        """Whether nothing but the name of a place stands since the figure before: 12例，临沂市8例."""
        row, named = "", False
        at = self.before + len(previous.behind) * self.between.startswith(previous.behind)
        for start, end in sorted(self.places):
            if at <= start and end <= self.figure.start:
                row, at, named = row + self.text[at:start], end, True
        rest = _FILLING.sub("", row + self.text[at : self.figure.start])
        return ((named and not rest) or bool(_UNIT.fullmatch(rest))) and ")" not in self.between

    def left(self, previous: Named) -> list[Word]:
        """Words of the clause before the figure, behind what the figure before and any place took.

        A place right before the figure (管理全县13个乡镇) takes nothing. Where the figure opens a
        bracket, the words before the bracket.
        """
        low = max(self.before + self.taken(previous), self.figure.start - _REACH)
        low = max([low, *(end for start, end in self.places if low <= start and end < self.figure.start)])
        starts = [m.end() for m in _OPENING.finditer(self.text, low, self.figure.start)]
        start = starts[-1] if starts else low
        start += start == self.before and self.text[start : start + 1] in ("中", "里")
        of_each = self.rate_base[1]
        start = of_each if start < of_each < self.figure.start else start
        if start and (place := self._place_with_subject(start)):
            return self._words(max([self.clause_start, self.before]), place)
        if start == self.figure.start and self.opens_bracket:
            return self._words(starts[-2] if len(starts) > 1 else low, start - 1)
        return self._words(start, before_figure(self.text, start, self.figure.start))

    def _place_with_subject(self, end: int) -> int:
        """Where the place starts that ends before 有 and the figure, what is there named ahead of it:
        这样的护林员全镇有17人."""
        if not _THERE_ARE.fullmatch(self.text, end, self.figure.start):
            return 0
        start = next((s for s, e in self.places if e == end), 0)
        named = max(self.clause_start, self.before) < start - 1 and self.text[start - 1] != "的"
        return start if named else 0

    def taken(self, previous: Named) -> int:
        """How much of what stands between belongs to the figure before: 13个乡镇124个村, 6所学校和5家企业."""
        size = previous.reach - self.before
        if size <= 0 or size > len(self.between):
            return 0
        rest = self.between[size:]
        return size + len(rest) - len(rest.lstrip(_LINKS))

    def clause_before(self) -> list[Word]:
        """Words of the clause before that of the figure, in the same sentence."""
        low = max(0, self.figure.start - 80)
        starts = [low, *(m.end() for m in _CLAUSE.finditer(self.text, low, self.figure.start))]
        if len(starts) < 2 or not re.match(r"[,、]", self.text[starts[-1] - 1]):
            return []
        end = before_figure(self.text, starts[-2], starts[-1] - 1)
        row = self._words(max(starts[-2], self.before), end)
        return [] if "".join(w.text for w in row) in words_of("report") else row

    def clause_after(self) -> list[Word]:
        """Words of the clause behind that of the figure, up to the next figure, in the same sentence."""
        comma = _OPENING.search(self.text, self.figure.end)
        if not comma or comma[0] != "," or comma.start() >= self.after:
            return []
        stop = _OPENING.search(self.text, comma.end())
        end = min(stop.start() if stop else len(self.text), comma.end() + 40)
        return self._words(comma.end(), end) if end < self.after else []

    def clauses_before(self) -> list[list[Word]]:
        """Words of the clauses of the sentence before that of the figure, the nearest first."""
        low = max(0, self.figure.start - 2 * _REACH)
        low = max([low, *(m.end() for m in _SENTENCE.finditer(self.text, low, self.clause_start))])
        starts = [low, *(m.end() for m in _CLAUSE.finditer(self.text, low, self.clause_start))]
        return [self._words(start, end - 1) for start, end in reversed(list(pairwise(starts)))]

    def right(self) -> list[Word]:
        """Words of the clause behind the figure up to the next figure."""
        match = _OPENING.search(self.text, self.figure.end)
        end = min(match.start() if match else len(self.text), self.after, self.figure.end + 40)
        inner = [s for s in self.places if self.figure.end < s[0] < s[1] <= end and not self._is_goal(s)]
        self.left_out = [span for span in self.left_out if span not in inner]
        total = _TOTAL.search(self.text, self.figure.end, end) if end == self.after else None
        return self._words(self.figure.end, total.start() if total else end)

    def _is_goal(self, place: tuple[int, int]) -> bool:
        """Whether a place is where something happens, not part of a name: 赴文水观摩, not 来自山西."""
        return self.text[place[0] - 1 : place[0]] in ("赴", "到", "在", "往", "向", "从", "于")

    def _words(self, start: int, end: int) -> list[Word]:
        """Words of a stretch; names of times, places and bodies say whose it is, not what."""
        row = [w for w in phrase_words(self.text, start, end) if not _inside(w, self.left_out)]
        rest = [w for w in row if not _inside(w, self.bodies)]
        return rest if any(w.is_noun or w.is_verb for w in rest) else row


def _near(spans: Spans, start: int, end: int) -> list[tuple[int, int]]:
    return [s for s in spans if s[0] < end and s[1] > start]


def _within(span: tuple[int, int], spans: Spans) -> bool:
    return any(start <= span[0] < end for start, end in spans)


def _inside(word: Word, spans: Spans) -> bool:
    return _within((word.start, word.end), spans)
