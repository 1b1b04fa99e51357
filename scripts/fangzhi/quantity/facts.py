"""Which numerals state a quantity of the real world, and what they say.

Left out, with the reason: dates, ordinals, names and formulas, idioms, the article-like 一, vague
plurals (几个), numerals without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import ne

from fangzhi.model.codes import Kind, Qualifier, Status
from fangzhi.model.decimals import rounded
from fangzhi.model.tables import UnitRow
from fangzhi.quantity import qualifiers
from fangzhi.quantity.around import Sentence
from fangzhi.quantity.asides import LeftAside, myriads, spans_aside
from fangzhi.quantity.excluded import reason_against
from fangzhi.quantity.expression import Expression
from fangzhi.quantity.money import YUAN, is_money
from fangzhi.quantity.nouns import with_noun, with_whole_noun
from fangzhi.quantity.numerals import Number
from fangzhi.quantity.scan import scan
from fangzhi.quantity.standing import stated_status
from fangzhi.quantity.tables import Cell, find_cells
from fangzhi.quantity.units import Unit, unit_of
from fangzhi.text.fold import traditional as to_traditional
from fangzhi.text.text import Text

__all__ = ["LeftAside", "Quantity", "find_quantities"]

_GROWTH = re.compile(
    r"(?:增长|提高|下降|上升|增加|减少|降低|同比|环比|上涨|下跌|回落|增幅|降幅|增速|涨幅|升高|缩短|压减|提升|翻|成长|[上下][浮调])(?:[^,。;]{0,5}[^,。;到至])?$"
)
_RATE_AFTER = re.compile(r"^的?(?:有效|年均)?(?:增长|增速|增幅|降幅|涨幅)")
_OF_HUNDRED = 100
"""A text is traditional where more than one character in so many changes when simplified."""
_NO_NUMERALS = ("数", "半")
"""What is no numeral without a unit."""
_TAIWAN_DOLLAR, _DOLLAR = "新台币", "美元"
_MONEY_OF = (("cn81", "港元"), ("cn82", "澳门元"), ("cn71", _TAIWAN_DOLLAR))
"""The money of the regions that have their own, by the code of a place."""
_SHARED_LIMIT = re.compile("[、及和与]|以及")


@dataclass(frozen=True)
class Quantity:
    """A quantity that a text states; offsets into the text, values exact.

    ``status`` is what its own words say of its standing, None where they say nothing. ``measure`` is what
    its own words or the heads of its table say that it measures, ``heads`` are the spans of these heads.
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
    measure: str = ""
    heads: tuple[tuple[int, int], ...] = ()


def find_quantities(
    text: Text, taken: Sequence[tuple[int, int]] = (), place: str | None = None
) -> tuple[list[Quantity], list[LeftAside]]:
    """The quantities of a text in reading order, and the numerals left aside.

    ``taken`` are spans that are something else already: dates, names of places. ``place`` is that of the page
    or article, by which a bare 元 or $ of a text in traditional characters is of Hong Kong, Macau or Taiwan.
    """
    folded = text.folded
    traditional = sum(map(ne, text.printed, text.simplified)) * _OF_HUNDRED > len(text)
    yuan = unit_of(_own_money(folded, place) if traditional else YUAN).entry
    found = [_of_cell(cell, yuan) for cell in find_cells(text, taken)]
    aside: list[LeftAside] = list(myriads(folded))
    known = [(start, end, "") for start, end in (*taken, *((q.start, q.end) for q in found))]
    others = _Spans(known + list(spans_aside(folded)))
    for start, end in text.sentences:
        expressions = list(scan(folded[start:end]))
        if not expressions:
            continue
        sentence = Sentence(folded, start, end, text.words_in(start, end), traditional)
        previous: Quantity | None = None
        for local in expressions:
            expression = local.after(start)
            if expression.unit and expression.unit.unit_id in (YUAN, _DOLLAR):
                expression = replace(
                    expression, unit=_in_currency(expression.unit, yuan, sign=folded[expression.start] == "$")
                )
            outcome = _read(sentence, expression, others, previous)
            if isinstance(outcome, Quantity):
                found.append(outcome)
                previous = outcome
                sentence.last, sentence.last_is_money = outcome.end, is_money(outcome.unit)
            elif outcome:
                aside.append(outcome)
    return sorted(found, key=lambda q: q.start), aside


def _in_currency(unit: Unit, yuan: UnitRow | None, *, sign: bool = False) -> Unit:
    """The unit with the entry of the money that is meant; ``sign`` for a bare $, which is no 元 of China."""
    own = unit.unit_id == YUAN or (sign and yuan is not None and yuan.unit_id != YUAN)
    return replace(unit, written=YUAN if sign and own else unit.written, entry=yuan) if own else unit


def _of_cell(cell: Cell, yuan: UnitRow | None) -> Quantity:
    """The figure of a cell of a table."""
    unit = _in_currency(cell.unit, yuan)
    grows = unit.kind is Kind.RATIO and _GROWTH.search(cell.measure)
    kind = Kind.RATE if grows else unit.kind
    return Quantity(
        cell.start, cell.end, rounded(cell.value), None, unit, kind, Qualifier.EXACT, None, "table",
        cell.measure, cell.heads,
    )  # fmt: skip


def _own_money(folded: str, place: str | None) -> str:
    """The unit that a bare 元 of a text in traditional characters is of, by what it names and where it is."""
    if "人民币" in folded:
        return YUAN
    if "台币" in folded:
        return _TAIWAN_DOLLAR
    return next((unit for code, unit in _MONEY_OF if (place or "").startswith(code)), YUAN)


class _Spans:
    """Stretches of a text that are something else, asked for in reading order."""

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._at = 0

    def reason(self, offset: int) -> str | None:
        """Why what stands at an offset is something else, "" for what has rows of its own, else None."""
        while self._at < len(self._spans) and self._spans[self._at][0] <= offset - _LONGEST_SPAN:
            self._at += 1
        for start, end, reason in self._spans[self._at :]:
            if start > offset:
                return None
            if offset < end:
                return reason
        return None


_LONGEST_SPAN = 400
"""Characters of the longest stretch that is something else."""


def _read(
    sentence: Sentence, found: Expression, others: _Spans, previous: Quantity | None
) -> Quantity | LeftAside | None:
    """The quantity that an expression states, or why it states none; None for what has a row of its own."""
    if found.unit is None and sentence.text[found.start : found.end] in _NO_NUMERALS:
        return None
    other = others.reason(found.start)
    if other is not None:
        return LeftAside(found.start, found.end, other) if other else None
    if found.unit is None:
        found = with_noun(sentence, found)
    elif found.unit.kind is Kind.COUNT and found.unit.written:
        found = with_whole_noun(sentence, found)
    reason = reason_against(sentence, found)
    if reason is not None or found.unit is None:
        return LeftAside(found.start, found.end, *(reason or ("no unit", "")))
    return _quantity(sentence, found, found.unit, previous)


def _quantity(sentence: Sentence, found: Expression, unit: Unit, previous: Quantity | None) -> Quantity:
    kind = _kind(sentence, found, unit)
    status = stated_status(sentence.text, found, (sentence.start, sentence.end), sentence.last, kind)
    start, end, qualifier = _qualified(sentence, found, kind, status, previous)
    maximum = rounded(found.number.maximum) if found.number.maximum is not None else None
    value = rounded(found.number.value)
    measure = to_traditional(found.measure) if sentence.traditional else found.measure
    return Quantity(start, end, value, maximum, unit, kind, qualifier, status, "grammar", measure)


def _qualified(
    sentence: Sentence, found: Expression, kind: Kind, status: Status | None, previous: Quantity | None
) -> tuple[int, int, Qualifier]:
    """The span of a figure with the words of degree at its sides, and what they say."""
    start, end, qualifier = found.start, found.end, Qualifier.EXACT
    policy = status in (Status.POLICY, Status.TARGET)
    if tail := qualifiers.after(sentence, end, kind, policy=policy):
        end, qualifier = tail
    if head := qualifiers.before(sentence, start, kind):
        return head[0], end, head[1]
    if qualifier is Qualifier.EXACT:
        qualifier = (
            qualifiers.limit(sentence, start, end)
            or _own_qualifier(found.number)
            or qualifiers.distant(sentence, start, sentence.last)
            or _shared(sentence, start, previous)
            or Qualifier.EXACT
        )
    return start, end, qualifier


def _shared(sentence: Sentence, start: int, previous: Quantity | None) -> Qualifier | None:
    """A limit that a figure shares with the one before: 上限分别为2万元及1.25万元."""
    if previous is None or not _SHARED_LIMIT.fullmatch(sentence.text[previous.end : start]):
        return None
    return qualifiers.limit(sentence, previous.start, previous.end)


def _kind(sentence: Sentence, found: Expression, unit: Unit) -> Kind:
    if unit.kind is not Kind.RATIO:
        return unit.kind
    left = sentence.text[max(sentence.start, found.start - 14) : found.start]
    if _GROWTH.search(left) or _RATE_AFTER.search(sentence.text[found.end : found.end + 6]):
        return Kind.RATE
    return Kind.RATIO


def _own_qualifier(number: Number) -> Qualifier | None:
    """What 余, 多 or a numeral that is a range by itself says."""
    if number.more:
        return Qualifier.MORE_THAN
    return Qualifier.APPROX if number.vague else None
