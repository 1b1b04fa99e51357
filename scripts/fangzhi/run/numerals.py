"""Every numeral, percentage, range, amount and date of a passage, before it is asked which are facts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from fangzhi.model.codes import Kind
from fangzhi.period.datetimes import find_datetimes
from fangzhi.quantity.scan import Expression, scan
from fangzhi.quantity.units import plain
from fangzhi.text.fold import fold


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
    folded = fold(text)
    dates = [_date(text, d.start, d.end, d.value) for d in find_datetimes(text)]
    found = [*dates]
    for expression in scan(folded):
        inside = any(date.start < expression.end and expression.start < date.end for date in dates)
        if not inside:
            found.append(_number(text, folded, expression))
    return [asdict(numeral) for numeral in sorted(found, key=lambda n: (n.start, n.end))]


def _date(text: str, start: int, end: int, value: str) -> Numeral:
    return Numeral(start, end, text[start:end], "date_range" if "/" in value else "date", value)


def _number(text: str, folded: str, expression: Expression) -> Numeral:
    start = expression.start
    kind = _type(folded, expression)
    if kind == "ordinal":
        start -= 1
    high = expression.number.maximum
    return Numeral(
        start,
        expression.end,
        text[start : expression.end],
        kind,
        format(plain(expression.number.value), "f"),
        format(plain(high), "f") if high is not None else None,
        expression.unit.written if expression.unit and expression.unit.written else None,
    )


def _type(folded: str, expression: Expression) -> str:
    unit = expression.unit
    if folded[max(0, expression.start - 1) : expression.start] == "第":
        return "ordinal"
    if expression.number.maximum is not None:
        return "range"
    if unit is None:
        return "number"
    if unit.kind is Kind.RATIO:
        return "percentage" if unit.written in ("%", "‰") else "fraction" if not unit.written else "amount"
    measured = (Kind.LENGTH, Kind.AREA, Kind.WEIGHT, Kind.VOLUME, Kind.DURATION)
    return "dimension" if unit.kind in measured else "amount"
