"""Numerals with their units in a text: every expression that might state a quantity.

What is found here is held against the rules of what is a fact in :mod:`fangzhi.quantity.facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fangzhi.quantity.numerals import DIGITS, MORE, SCALES, NotANumberError, Number, parse_number
from fangzhi.quantity.units import Unit, unit_of, unit_pattern

_CHINESE = "".join(DIGITS) + "".join(SCALES)
_RUN = re.compile(rf"[\d{_CHINESE}几数半][\d,.{_CHINESE}几数半点{MORE}]*")
_FRACTION = re.compile(rf"([\d.{_CHINESE}]+)分之([\d.{_CHINESE}半几点]+)")
# A row of digits that counts nothing and would not stay exact: a card or serial number.
_DIGITS = re.compile(r"\d{19,}")
_LONGEST = 40
"""Characters of the longest numeral that is read."""
_SLASH = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/.])")
_PARTS = {"百": ("%", Decimal(1)), "千": ("‰", Decimal(1))}
_JOINT = re.compile(r"\s*(?:至|到|-|~|—{1,2}|–|―)\s*")
_HALVES = re.compile(r"(?:一半|半数)")
_KILO = re.compile(r"千(?=[瓦克米伏卡])")
_LONG_UNIT = re.compile(r"个([多余来半]?)(月|小时|星期|钟头|学期|学年|工作日|季度|世纪)")
_TENTHS = re.compile(rf"([{_CHINESE}]{{1,2}}|\d)成(半|[{_CHINESE}])?(?![员功果为立长绩本都效就不型品分人年])")


@dataclass(frozen=True)
class Expression:
    """A numeral as it stands in a text, with its unit where one follows; offsets into the text."""

    start: int
    end: int
    number: Number
    unit: Unit | None
    chinese: bool

    @property
    def has_scale(self) -> bool:
        """Whether the numeral counts in thousands or more."""
        return self.number.value >= 1000


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<unit>{unit_pattern()})")


def scan(text: str) -> Iterator[Expression]:
    """Every numeral of a folded text in order; the parts of a range are one."""
    at = done = 0
    while match := _RUN.search(text, at):
        found = _fraction(text, match.start()) or _tenths(text, match.start()) or _numeral(text, match)
        if found is None or text.startswith("零下", match.start()):
            at = match.start() + 1
            continue
        yield _signed(text, found, done)
        at = done = found.end


def _signed(text: str, found: Expression, after: int) -> Expression:
    """A number below zero: 零下12℃, 降至-3.5%; a dash behind a number or a letter is none."""
    for sign in ("零下", "负", "-"):
        start = found.start - len(sign)
        if start < after or not text.startswith(sign, start) or found.number.maximum is not None:
            continue
        if (
            sign == "负"
            and start > 0
            and "\u4e00" <= text[start - 1] <= "\u9fff"
            and text[start - 1] not in "为至达到是"
        ):
            continue
        if sign == "-" and (
            start == after > 0 or (text[start - 1 : start].isascii() and text[start - 1 : start].isalnum())
        ):
            continue
        return replace(found, start=start, number=replace(found.number, value=-found.number.value))
    return found


def _fraction(text: str, start: int) -> Expression | None:
    """百分之十八, 三分之二, 一半."""
    if match := _HALVES.match(text, start):
        return Expression(start, match.end(), Number(Decimal("0.5")), _ratio(), True)
    if (match := _SLASH.match(text, start)) and int(match[1]) < int(match[2]):
        return Expression(start, match.end(), Number(Decimal(match[1]) / int(match[2])), _ratio(), False)
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    chinese = not match[2][0].isdigit()
    try:
        top = parse_number(match[2])
        if match[1] in _PARTS:
            unit, _ = _PARTS[match[1]]
            return Expression(start, match.end(), top, replace(unit_of(unit), written=unit), chinese)
        bottom = parse_number(match[1])
    except NotANumberError:
        return None
    return (
        Expression(start, match.end(), Number(top.value / bottom.value), _ratio(), chinese)
        if bottom.value
        else None
    )


def _ratio() -> Unit:
    return replace(unit_of("倍"), written="", entry=None)


def _tenths(text: str, start: int) -> Expression | None:
    """三成, 六成五, 七八成."""
    match = _TENTHS.match(text, start)
    if match is None or (start and text[start - 1] in "".join(SCALES)):
        return None
    try:
        number = parse_number(match[1])
    except NotANumberError:
        return None
    extra = Decimal("0.05") if match[2] == "半" else Decimal(DIGITS.get(match[2] or "零", 0)) / 100
    low = number.value / 10 + extra
    if low > 1:
        return None
    high = number.maximum / 10 if number.maximum else None
    return Expression(start, match.end(), Number(low, high, vague=number.vague), _ratio(), True)


def _numeral(text: str, match: re.Match[str]) -> Expression | None:
    """The longest numeral at a run of number characters, its unit, and a range where a second follows."""
    if row := _DIGITS.match(text, match.start()):
        return Expression(row.start(), row.end(), Number(Decimal(0)), None, False)
    first = _longest(text, match.start(), match.end())
    if first is None:
        return None
    end, number = first
    found = _with_unit(text, match.start(), end, number)
    return _range(text, found) or found


def _longest(text: str, start: int, end: int) -> tuple[int, Number] | None:
    run = text[start : min(end, start + _LONGEST)]
    if kilo := _KILO.search(text[start : end + 1]):
        run = run[: kilo.start()] if kilo.start() else run
    for stop in range(len(run), 0, -1):
        try:
            return start + stop, parse_number(run[:stop])
        except (NotANumberError, ValueError):
            continue
    return None


def _with_unit(text: str, start: int, end: int, number: Number) -> Expression:
    chinese = not re.search(r"[0-9]", text[start:end])
    if long := _LONG_UNIT.match(text, end):
        unit = unit_of("个月" if long[2] == "月" else "个" + long[2])
        number = _with_infix(number, long[1])
        return Expression(start, long.end(), number, unit, chinese)
    match = _unit().match(text, end)
    if match is None:
        return Expression(start, end, number, None, chinese)
    unit = unit_of(match["unit"])
    end = match.end()
    if unit.kind.value == "duration" and text[end : end + 1] == "半":
        number, end = _with_infix(number, "半"), end + 1
    return Expression(start, end, number, unit, chinese)


def _with_infix(number: Number, infix: str) -> Number:
    """两个半小时, 一个多月."""
    if infix == "半":
        return replace(number, value=number.value + Decimal("0.5"))
    return replace(number, more=number.more or bool(infix))


def _range(text: str, first: Expression) -> Expression | None:
    """6000至7000元, 三至五棵, 5%-10%, 3至5万元."""
    joint = _JOINT.match(text, first.end)
    if joint is None or first.number.maximum is not None:
        return None
    match = _RUN.match(text, joint.end())
    second_end = match and _longest(text, match.start(), match.end())
    if not match or not second_end:
        return None
    second = _with_unit(text, match.start(), second_end[0], second_end[1])
    if second.unit is None or (first.unit and first.unit.written != second.unit.written):
        return None
    low, high = first.number.value, second.number.value
    scale = _shared_scale(text[match.start() : second_end[0]])
    if not first.unit and low * scale < high and scale > 1 and low < 1000:
        low *= scale
    if low >= high:
        return None
    number = Number(low, high, first.number.more or second.number.more)
    return Expression(first.start, second.end, number, second.unit, first.chinese)


def _shared_scale(numeral: str) -> int:
    """The scale word that the second end of a range lends to the first."""
    scale = 1
    for c in reversed(numeral):
        if c not in SCALES:
            break
        scale *= SCALES[c]
    return scale
