"""Which numerals state a quantity of the real world, and what they say.

Left out, with the reason: dates, ordinals, names and formulas, idioms, the article-like 一, vague
plurals (几个), numerals without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import Kind, Qualifier, Status
from fangzhi.quantity import qualifiers
from fangzhi.quantity.numerals import Number
from fangzhi.quantity.scan import Expression, scan
from fangzhi.quantity.units import Unit, plain, unit_of
from fangzhi.text.fold import fold
from fangzhi.text.sentences import sentence_spans
from fangzhi.text.words import Word, is_word, words

_CLAUSE = re.compile(r"[,。;!?:\n]")
_GROWTH = re.compile(
    r"(?:增长|提高|下降|上升|增加|减少|降低|同比|环比|上涨|下跌|回落|增幅|降幅|增速|涨幅|升高|缩短|压减|提升|翻)[^,。;]{0,6}$"
)
_RATE_AFTER = re.compile(r"^的?(?:有效|年均)?(?:增长|增速|增幅|降幅|涨幅)")
_QUOTED = re.compile(
    r"“[^“”]{1,12}”|‘[^‘’]{1,12}’|「[^「」]{1,12}」|《[^《》]{1,60}》|“[^“”]{1,20}”(?=模式|机制|工程|行动|计划|平台)"
)
_PLAIN_ONE = re.compile(r"^[一1]$")
_FORMULA_UNITS = frozenset("个项种条类重级大")
_ENDS = frozenset(",。;、，；)）") | {""}
_LARGE = ("上", "近", "成")
_SPEECH = re.compile(r"[,。:!?;]")
_YEARS = re.compile(r"^\d{4}$")


@dataclass(frozen=True)
class Quantity:
    """A quantity that a text states; offsets into the text, values exact."""

    start: int
    end: int
    value: Decimal
    maximum: Decimal | None
    unit: Unit
    kind: Kind
    qualifier: Qualifier
    status: Status
    method: str


@dataclass(frozen=True)
class LeftAside:
    """A numeral that was not taken as a figure, and why."""

    start: int
    end: int
    reason: str


@cache
def _exclusions(position: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(r["pattern"]), r["note"])
        for r in read_lexicon("quantity_exclusions")
        if r["kind"] == position
    )


def find_quantities(
    text: str, taken: Sequence[tuple[int, int]] = ()
) -> tuple[list[Quantity], list[LeftAside]]:
    """The quantities of a text in reading order, and the numerals left aside.

    ``taken`` are spans that are something else already: dates, names of places.
    """
    folded = fold(text)
    found: list[Quantity] = []
    aside: list[LeftAside] = []
    names = [
        match.span()
        for match in _QUOTED.finditer(folded)
        if not _SPEECH.search(match[0][1:-1]) or match[0][0] == "《"
    ]
    for start, end in sentence_spans(folded):
        sentence = _Sentence(folded, start, end, names, taken)
        for expression in scan(folded[start:end]):
            sentence.last = found[-1].end if found else 0
            outcome = sentence.read(
                replace(expression, start=expression.start + start, end=expression.end + start)
            )
            (found if isinstance(outcome, Quantity) else aside).append(outcome)  # type: ignore[arg-type]
    return found, [a for a in aside if a.reason]


class _Sentence:
    """The sentence around a numeral: its words, and the spans in it that are something else."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        names: Sequence[tuple[int, int]],
        taken: Sequence[tuple[int, int]],
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.names = [span for span in names if span[0] < end and span[1] > start]
        self.taken = [span for span in taken if span[0] < end and span[1] > start]
        self.words = [replace(w, start=w.start + start, end=w.end + start) for w in words(text[start:end])]
        self.starts = frozenset(word.start for word in self.words)
        self.last = 0

    def read(self, found: Expression) -> Quantity | LeftAside:
        """The quantity that an expression states, or why it states none."""
        if _inside(found, self.taken):
            return LeftAside(found.start, found.end, "")
        if _inside(found, self.names):
            return LeftAside(found.start, found.end, "name")
        if found.unit is None:
            found = self._with_noun(found)
        reason = self._excluded(found)
        if reason is not None or found.unit is None:
            return LeftAside(found.start, found.end, reason or "")
        return self._quantity(found, found.unit)

    def _with_noun(self, found: Expression) -> Expression:
        """A numeral in thousands or more with a noun for people behind it counts people."""
        if not found.has_scale or self.text[found.end - 1] not in "万亿千百余多":
            return found
        people = lexicon_words("person_nouns")
        closes = self.text[found.end : found.end + 1] in _ENDS
        if closes and self.text[self.start : found.start].endswith(people):
            return replace(found, unit=unit_of("人"))
        ahead = [w for w in self.words if w.start >= found.end][:4]
        if not ahead or ahead[0].start != found.end:
            return found
        if ahead[0].text in people:
            return replace(found, end=ahead[0].end, unit=Unit(ahead[0].text, None, Kind.COUNT))
        for word in ahead:
            if (
                not (word.is_noun or word.is_verb or word.tag in ("m", "q", "a", "f", "r"))
                or word.text == "的"
            ):
                return found
            if word.text.endswith(people):
                return replace(found, unit=unit_of("人"))
        return found

    def _excluded(self, found: Expression) -> str | None:
        """Why an expression states no quantity; None where it does, "" where it is no numeral at all."""
        text = self.text
        for pattern, note in _exclusions("before"):
            if pattern.search(text[max(self.start, found.start - 8) : found.start]):
                return note
        for pattern, note in _exclusions("whole"):
            if pattern.search(text[found.start : found.end]):
                return note
        for pattern, note in _exclusions("around"):
            if pattern.search(text[max(0, found.start - 1) : found.end + 1]):
                return note
        for pattern, note in _exclusions("after"):
            if pattern.search(text[found.end : found.end + 6]):
                return note
        if found.unit is None:
            return "" if found.chinese else "no unit"
        return self._no_numeral(found) if found.chinese else self._longer_word(found)

    def _longer_word(self, found: Expression) -> str | None:
        """The unit is only the beginning of a word: 5年级, 3号楼."""
        assert found.unit is not None
        unit_start = found.end - len(found.unit.written)
        word = next((w for w in self.words if w.start == unit_start < found.end < w.end), None)
        if word is None or found.unit.written == "个" or word.end - found.end != 1 or not is_word(word.text):
            return None
        return f"part of {word.text}"

    def _no_numeral(self, found: Expression) -> str | None:
        """Chinese numerals stand in many words that count nothing; what is counted by two is 两, never 二."""
        assert found.unit is not None
        counts = found.unit.kind is Kind.COUNT and found.unit.written
        numeral = self.text[found.start : found.end].removesuffix(found.unit.written)
        picked = numeral == "一" and self.text[: found.start].endswith("其中")
        if numeral in ("几", "数") or (counts and numeral in ("一", "二", "半", "亿万") and not picked):
            return ""
        if numeral in ("十", "百", "千", "万") and self.text[found.start - 1 : found.start] in ("每", "逢"):
            return "base of a rate"
        if numeral in ("十", "百", "千", "万") and self.text[found.start - 1 : found.start] in ("每", "逢"):
            return "base of a rate"
        if any((w.start, w.end) == (found.start, found.end) and w.tag == "d" for w in self.words):
            return ""
        if any(self._swallows(w, found) for w in self.words):
            return ""
        if any(w.start < found.end < w.end and w.start <= found.start for w in self.words):
            return ""
        if found.unit.written in _FORMULA_UNITS and found.number.value < 20 and self._abstract(found.end):
            return "formula"
        return None

    def _swallows(self, word: Word, found: Expression) -> bool:
        """Whether a numeral is only the inside of a word; 上千人 is a word, but one of number."""
        inside = word.start < found.start < word.end
        return inside and word.tag not in ("m", "t") and self.text[word.start : found.start] not in _LARGE

    def _abstract(self, end: int) -> bool:
        """Whether what is counted are the parts of a formula: 三种模式, 八项服务内容."""
        abstract = lexicon_words("abstract_nouns")
        for word in [w for w in self.words if w.start >= end][:3]:
            if word.text in abstract:
                return True
            if word.tag == "x" or word.text == "的":
                return False
        return False

    def _quantity(self, found: Expression, unit: Unit) -> Quantity:
        kind = self._kind(found, unit)
        status = self._status(found)
        start, end, qualifier = found.start, found.end, Qualifier.EXACT
        if tail := qualifiers.after(self.text, end, kind, status in (Status.POLICY, Status.TARGET)):
            end, qualifier = tail
        if head := qualifiers.before(self.text, start, self.starts, kind):
            start, qualifier = head
        elif qualifier is Qualifier.EXACT and (
            far := qualifiers.distant(self.text[self.start : start], start - self.start)
        ):
            qualifier = far
        if qualifier is Qualifier.EXACT:
            qualifier = _own_qualifier(found.number)
        maximum = plain(found.number.maximum) if found.number.maximum is not None else None
        return Quantity(
            start, end, plain(found.number.value), maximum, unit, kind, qualifier, status, "grammar"
        )

    def _kind(self, found: Expression, unit: Unit) -> Kind:
        if unit.kind is not Kind.RATIO:
            return unit.kind
        left = self.text[max(self.start, found.start - 14) : found.start]
        if _GROWTH.search(left) or _RATE_AFTER.search(self.text[found.end : found.end + 6]):
            return Kind.RATE
        return Kind.RATIO

    def _status(self, found: Expression) -> Status:
        """What the words of the clause before the figure, or right behind it, say of its standing."""
        clause = _CLAUSE.split(self.text[max(self.start, found.start - 60) : found.start])[-1]
        scopes = {
            "near": _CLAUSE.split(self.text[max(self.start, self.last, found.start - 30) : found.start])[-1],
            "clause": clause,
            "sentence": self.text[self.start : self.end],
            "behind": _CLAUSE.split(self.text[found.end : found.end + 8])[0],
        }
        if found.unit and found.unit.kind is Kind.RATIO and re.search("占|完成", scopes["near"]):
            return Status.ACTUAL
        for row in read_lexicon("status_words"):
            if re.search(row["pattern"], scopes[row["scope"]]):
                return Status(row["status"])
        if "/" in (found.unit.written if found.unit else ""):
            return Status.POLICY
        return Status.ACTUAL


def _inside(found: Expression, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start < end for start, end in spans)


def _own_qualifier(number: Number) -> Qualifier:
    """What 余, 多 or a numeral that is a range by itself says."""
    if number.more:
        return Qualifier.MORE_THAN
    return Qualifier.APPROX if number.vague else Qualifier.EXACT
