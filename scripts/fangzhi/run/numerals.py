"""Every numeral, percentage, range, amount and date of a passage, before it is asked which are facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from fangzhi.model.codes import Kind
from fangzhi.model.decimals import rounded
from fangzhi.period.datetimes import find_datetimes
from fangzhi.quantity.expression import Expression
from fangzhi.quantity.numerals import DIGITS, SCALES
from fangzhi.quantity.scan import scan
from fangzhi.text.fold import fold, half_width
from fangzhi.text.sentences import sentence_spans
from fangzhi.text.spans import Mapped, substitute, whole
from fangzhi.text.words import is_word, words

_DIGIT, _SCALE = "".join(DIGITS), "".join(SCALES) + "萬億"
_HAN = r"\u3400-\u9fff"
_GAP = re.compile(
    rf"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])(?!(?<=[{_DIGIT}].)[ \u3000]*[{_DIGIT}])"
    rf"|(?<=[\d０-９])[ \u3000]+(?=[{_HAN}])(?![ \u3000]*[{_DIGIT}])"
    rf"|(?<=[{_SCALE}])[ \u3000]+(?=[\d.]+ ?[{_SCALE}])|(?<=[之又负負])[ \u3000]+(?=\d)|(?<=^-) +(?=\d)"
)
_SCIENTIFIC = re.compile(
    r"(?<![a-zA-Z\d_.])(?P<base>[-+]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}))"
    r"(?:[eE](?P<ten>[-+]?\d{1,2})|\^(?P<power>[-+]?\d{1,2})| ?(?P<letter>[kKMw]))(?![a-zA-Z\d/²³.-])"
)
_LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "w": 10**4}
_NO_NUMERAL = re.compile("[几数半百佰千仟万亿兆]+")


@dataclass(frozen=True)
class Numeral:
    """An expression with its span, what it is, its value in exact decimals, and its unit.

    ``type`` is number, ordinal, percentage, fraction, range, amount, dimension, date or date_range; ``value``
    of a date is ISO 8601 or EDTF.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    value_max: str | None = None
    unit: str | None = None


def all_numerals(text: str) -> list[dict[str, Any]]:
    """Everything that states a number or a date, in reading order; offsets into the text."""
    closed = substitute(whole(text), _GAP, lambda _: "")
    found: list[Numeral] = []
    taken = bytearray(len(closed))
    for numeral in (*_dates(closed.text), *_scientific(closed.text), *_numbers(closed.text)):
        if not any(taken[numeral.start : numeral.end]):
            taken[numeral.start : numeral.end] = b"\1" * (numeral.end - numeral.start)
            found.append(numeral)
    return [asdict(_in_source(text, closed, n)) for n in sorted(found, key=lambda n: (n.start, n.end))]


def _in_source(text: str, closed: Mapped, numeral: Numeral) -> Numeral:
    start, end = closed.source_span(numeral.start, numeral.end)
    return replace(numeral, start=start, end=end, text=text[start:end])


def _dates(text: str) -> Iterator[Numeral]:
    for date in find_datetimes(text):
        kind = "date_range" if "/" in date.value else "date"
        yield Numeral(date.start, date.end, date.text, kind, date.value)


def _scientific(text: str) -> Iterator[Numeral]:
    """2e5, 2^5, 40k, 2.5M; a large M is a million, a small one a metre."""
    for match in _SCIENTIFIC.finditer(half_width(text)):
        base = Decimal(match["base"])
        if match["ten"]:
            value = base.scaleb(int(match["ten"]))
        elif match["power"]:
            value = base.copy_abs() ** int(match["power"])
            value = value.copy_sign(base)
        else:
            value = base * _LETTERS[match["letter"]]
        yield Numeral(match.start(), match.end(), match[0], "number", format(rounded(value), "f"))


def _numbers(text: str) -> Iterator[Numeral]:
    folded = fold(text)
    for start, end in sentence_spans(folded):
        sentence = folded[start:end]
        word_ends = {
            at: word.end
            for word in words(sentence)
            if word.tag[0] not in "mtqx" and is_word(word.text)
            for at in range(word.start, word.end)
        }
        for found in scan(sentence):
            if _is_numeral(sentence, found, word_ends):
                yield _number(folded, replace(found, start=found.start + start, end=found.end + start))


def _is_numeral(sentence: str, found: Expression, word_ends: dict[int, int]) -> bool:
    """Whether a Chinese numeral is more than the sound of a word: 一切, 数字.

    ``word_ends`` says where the word around each character ends, for words that are no numbers.
    """
    if not found.chinese or sentence[max(0, found.start - 1) : found.start] == "第":
        return True
    counts = found.unit is None or found.unit.kind is Kind.COUNT
    if counts and word_ends.get(found.start, 0) >= found.end:
        return False
    return found.unit is not None or not _NO_NUMERAL.fullmatch(sentence[found.start : found.end])


def _number(folded: str, expression: Expression) -> Numeral:
    start, end = expression.start, expression.end
    kind = _type(folded, expression)
    if kind == "ordinal":
        start, end = start - 1, end - len(expression.unit.written if expression.unit else "")
    high = expression.number.maximum
    return Numeral(
        start,
        end,
        folded[start:end],
        kind,
        format(rounded(expression.number.value), "f"),
        format(rounded(high), "f") if high is not None else None,
        expression.unit.written or None if expression.unit and kind != "ordinal" else None,
    )


def _type(folded: str, expression: Expression) -> str:
    unit = expression.unit
    if folded[max(0, expression.start - 1) : expression.start] == "第":
        return "ordinal"
    if expression.number.maximum is not None:
        return "range"
    if unit is None:
        return "number"
    if unit.unit_id in ("%", "‰", "个百分点"):
        return "percentage"
    if unit.kind is Kind.RATIO and not unit.written:
        return "fraction"
    return "amount" if unit.kind in (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.AGE) else "dimension"
