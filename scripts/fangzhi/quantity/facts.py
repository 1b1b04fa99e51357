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
from fangzhi.quantity.standing import stated_status
from fangzhi.quantity.units import Unit, plain, unit_of
from fangzhi.text.fold import is_traditional
from fangzhi.text.text import Text
from fangzhi.text.words import Word, is_word

_CLAUSE = re.compile(r"[,。;!?:\n]")
_GROWTH = re.compile(
    r"(?:增长|提高|下降|上升|增加|减少|降低|同比|环比|上涨|下跌|回落|增幅|降幅|增速|涨幅|升高|缩短|压减|提升|翻|成长|[上下][浮调])(?:[^,。;]{0,5}[^,。;到至])?$"
)
_RATE_AFTER = re.compile(r"^的?(?:有效|年均)?(?:增长|增速|增幅|降幅|涨幅)")
_QUOTED = re.compile(
    r"“[^“”]{1,12}”|‘[^‘’]{1,12}’|「[^「」]{1,12}」|《[^《》]{1,60}》|“[^“”]{1,20}”(?=模式|机制|工程|行动|计划|平台)"
)
_PLAIN_ONE = re.compile(r"^[一1]$")
_FORMULA_UNITS = frozenset("个项种条类重级大")
_ENDS = frozenset(",。;、，；)）") | {""}
_LARGE = ("上", "近", "成", "每")
_YUAN, _TAIWAN_DOLLAR = "元", "新台币"
_PRICED = ("元", "块", "毛", "角")
"""What a price ends in: in 5元一斤 the 斤 is what it is paid for."""
_DAY = re.compile(r"(?:[12]?\d|3[01])日")
_LASTING = re.compile(
    r"[为历长工假病休]期|历时|连续|每$|满|逾|超|不足|不少|至少|不超|共|达|计|约|近|仅|需|拘留|提前|延长|缩短|了$|[用过]$"
)
_LASTS = re.compile(r"以|之内|内|多|余|游|龄|后|时间|左右|[、至]\d{1,2}日(?:以|内)")
_POWER = re.compile("10+")
_ROUND = re.compile("[百千万亿]+")
_REACHING = ("达", "到", "至", "过", "破", "共")
_SPEECH = re.compile(r"[,。:!?;]")
_YEARS = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True)
class Quantity:
    """A quantity that a text states; offsets into the text, values exact.

    ``status`` is what its own words say of its standing, None where they say nothing.
    """

    start: int
    end: int
    value: Decimal
    maximum: Decimal | None
    unit: Unit
    kind: Kind
    qualifier: Qualifier
    status: Status | None
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
    text: Text, taken: Sequence[tuple[int, int]] = ()
) -> tuple[list[Quantity], list[LeftAside]]:
    """The quantities of a text in reading order, and the numerals left aside.

    ``taken`` are spans that are something else already: dates, names of places.
    """
    folded = text.folded
    yuan = unit_of(_TAIWAN_DOLLAR if _in_taiwan_dollars(text) else _YUAN).entry
    found: list[Quantity] = []
    aside: list[LeftAside] = []
    names = [
        match.span()
        for match in _QUOTED.finditer(folded)
        if not _SPEECH.search(match[0][1:-1]) or match[0][0] == "《"
    ]
    for start, end in text.sentences:
        sentence = _Sentence(text, start, end, names, taken)
        for expression in scan(folded[start:end]):
            sentence.last = found[-1].end if found else 0
            if expression.unit and expression.unit.unit_id == _YUAN:
                expression = replace(expression, unit=replace(expression.unit, entry=yuan))
            outcome = sentence.read(
                replace(expression, start=expression.start + start, end=expression.end + start)
            )
            (found if isinstance(outcome, Quantity) else aside).append(outcome)  # type: ignore[arg-type]
    return found, [a for a in aside if a.reason]


def _in_taiwan_dollars(text: Text) -> bool:
    """Whether a text in traditional characters names 新台币 and no 人民币: a bare 元 is one too."""
    return "台币" in text.folded and "人民币" not in text.folded and is_traditional(text.printed)


class _Sentence:
    """The sentence around a numeral: its words, and the spans in it that are something else."""

    def __init__(
        self,
        text: Text,
        start: int,
        end: int,
        names: Sequence[tuple[int, int]],
        taken: Sequence[tuple[int, int]],
    ) -> None:
        self.text, self.start, self.end = text.folded, start, end
        self.names = [span for span in names if span[0] < end and span[1] > start]
        self.taken = [span for span in taken if span[0] < end and span[1] > start]
        self.words = text.words_in(start, end)
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
        """A numeral counts the people named behind it, in thousands or more also people or yuan not named."""
        people = lexicon_words("person_nouns")
        ahead = [w for w in self.words if w.start >= found.end][:4]
        behind = ahead[0] if ahead and ahead[0].start == found.end else None
        rough = self.text[found.end - 1] in "万亿千百余多"
        if behind and behind.text in people and self._counts(found, rough=rough):
            return replace(found, end=behind.end, unit=Unit(behind.text, None, Kind.COUNT))
        if not found.has_scale or not rough:
            return found
        if self.text[found.end : found.end + 1] in _ENDS:
            return replace(found, unit=self._implied(found, people))
        for word in ahead if behind else ():
            if (
                not (word.is_noun or word.is_verb or word.tag in ("m", "q", "a", "f", "r"))
                or word.text == "的"
            ):
                return found
            if word.text.endswith(people):
                return replace(found, unit=unit_of("人"))
        return found

    def _counts(self, found: Expression, *, rough: bool) -> bool:
        """Whether a numeral right before a noun counts it: 1500农民, 300余农民, but no 2021学生 or 三农民."""
        written = self.text[found.start : found.end]
        return (found.has_scale and rough) or (not found.chinese and (rough or not _YEARS.fullmatch(written)))

    def _implied(self, found: Expression, people: tuple[str, ...]) -> Unit | None:
        """What a number at the end of its clause counts: 劳动力2440万 people, 销售额超200万 yuan."""
        left = _CLAUSE.split(self.text[max(self.start, found.start - 12) : found.start])[-1]
        if left.endswith(people):
            return unit_of("人")
        if any(noun in left for noun in lexicon_words("money_nouns")):
            return unit_of(_YUAN)
        return None

    def _excluded(self, found: Expression) -> str | None:
        """Why an expression states no quantity; None where it does, "" where it is no numeral at all."""
        text, start, end = self.text, found.start, found.end
        scopes = {
            "before": text[max(self.start, start - 8) : start],
            "with_last": text[max(self.start, start - 8) : end],
            "whole": text[start:end],
            "around": text[max(0, start - 1) : end + 1],
            "after": text[end : end + 6],
            "with_next": text[start : end + 8],
        }
        for position, scope in scopes.items():
            for pattern, note in _exclusions(position):
                if pattern.search(scope):
                    return note
        if text[start - 1 : start] == "每" and _POWER.fullmatch(format(found.number.value, "f")):
            return "base of a rate"
        if "/" in scopes["whole"] and found.number.value > 1 and found.unit and not found.unit.written:
            return "no unit"
        if found.unit is None:
            return "" if found.chinese else "no unit"
        if self._is_day(found):
            return "日期"
        aside = self._no_numeral(found) if found.chinese else None
        return self._longer_word(found) if aside is None else aside

    def _is_day(self, found: Expression) -> bool:
        """Whether 12日 is a day of the month: it is, unless a word around it speaks of a length of time."""
        if not _DAY.fullmatch(self.text[found.start : found.end]):
            return False
        clause = _CLAUSE.split(self.text[max(self.start, found.start - 8) : found.start])[-1]
        return not (_LASTING.search(clause) or _LASTS.match(self.text, found.end))

    def _longer_word(self, found: Expression) -> str | None:
        """The unit is only the beginning of a word: 5年级, 3号楼."""
        assert found.unit is not None
        unit_start = found.end - len(found.unit.written)
        word = next((w for w in self.words if w.start == unit_start < found.end < w.end), None)
        poured = not found.chinese and found.unit.kind in (Kind.VOLUME, Kind.WEIGHT)
        if (
            word is None
            or poured
            or found.unit.written == "个"
            or word.end - found.end != 1
            or not is_word(word.text)
        ):
            return None
        return f"part of {word.text}"

    def _no_numeral(self, found: Expression) -> str | None:
        """Chinese numerals stand in many words that count nothing; what is counted by two is 两, never 二."""
        assert found.unit is not None
        counts = found.unit.kind is Kind.COUNT and found.unit.written
        numeral = self.text[found.start : found.end].removesuffix(found.unit.written)
        before = self.text[max(self.start, found.start - 2) : found.start]
        picked = numeral == "一" and before == "其中"
        if found.unit.written == "番" and "翻" in before:
            return None
        if numeral in ("几", "数") or (counts and numeral in ("一", "二", "半", "亿万") and not picked):
            return ""
        if numeral in ("十", "百", "千", "万") and before[-1:] == "逢":
            return "base of a rate"
        if numeral == "一" and self.last == found.start and before[-1:] in _PRICED:
            return "base of a rate"
        if _ROUND.fullmatch(numeral) and self._epithet(found, found.unit):
            return "round figure"
        if any((w.start, w.end) == (found.start, found.end) and w.tag == "d" for w in self.words):
            return ""
        if any(self._swallows(w, found) for w in self.words):
            return ""
        if any(w.start < found.end < w.end and w.start <= found.start for w in self.words):
            return ""
        if found.unit.written in _FORMULA_UNITS and found.number.value < 20 and self._abstract(found.end):
            return "formula"
        return None

    def _epithet(self, found: Expression, unit: Unit) -> bool:
        """A bare hundred, thousand or myriad before what it adorns states no number: 千年古镇, 万亩枣园.

        With a qualifier, behind a verb of reaching or where nothing is adorned it does: 近千人, 损失达万元.
        """
        if unit.kind is Kind.MONEY or qualifiers.before(self.text, found.start, self.starts, unit.kind):
            return False
        if self.text[: found.start].endswith(_REACHING):
            return False
        ahead = next((w for w in self.words if w.start >= found.end), None)
        return ahead is not None and ahead.start == found.end and (ahead.is_noun or ahead.tag in ("a", "z"))

    def _swallows(self, word: Word, found: Expression) -> bool:
        """Whether a numeral is only the inside of a word; 上千人 is one of number, 三番五次 is not."""
        inside = word.start < found.start < word.end
        counts = word.tag in ("m", "t") and not (len(word.text) == 4 and is_word(word.text))
        return inside and not counts and self.text[word.start : found.start] not in _LARGE

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
        status = stated_status(self.text, found, (self.start, self.end), self.last, kind)
        start, end, qualifier = found.start, found.end, Qualifier.EXACT
        if tail := qualifiers.after(
            self.text, end, self.starts, kind, status in (Status.POLICY, Status.TARGET)
        ):
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


def _inside(found: Expression, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start < end for start, end in spans)


def _own_qualifier(number: Number) -> Qualifier:
    """What 余, 多 or a numeral that is a range by itself says."""
    if number.more:
        return Qualifier.MORE_THAN
    return Qualifier.APPROX if number.vague else Qualifier.EXACT
