"""Numerals with their units in a text: every expression that might state a quantity.

What is found here is held against the rules of what is a fact in :mod:`fangzhi.quantity.facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fangzhi.model.codes import Kind
from fangzhi.quantity import money
from fangzhi.quantity.expression import CHINESE, Expression, unit_at
from fangzhi.quantity.lengths import clock_length
from fangzhi.quantity.numerals import MORE, NotANumberError, Number, parse_number
from fangzhi.quantity.ranges import listed, up_to
from fangzhi.quantity.shares import share
from fangzhi.quantity.units import unit_of, unit_pattern

_RUN = re.compile(rf"(?:(?<![\d.a-z])\.(?=\d)|[\d{CHINESE}几数半])[\d,.{CHINESE}几数半点{MORE}]*")
_FORMAL = re.compile(r"参(?=[拾佰仟])|(?<=[拾佰仟])参|俩(?=[百千万亿拾佰仟])")
"""參拾參 is 33; 參觀 counts nothing."""
_FORMAL_DIGITS = {"参": "叁", "俩": "两"}
_NO_FORMAL = re.compile(r"(?<![壹贰叁肆伍陆柒捌玖拾佰仟万亿])[陆伍](?![壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角])")
"""In 陆路 and 队伍 stand no numbers."""
_DOT = re.compile(rf"(?<=\d)[·•・](?=\d{{1,4}}(?:[十百千万亿]{{0,2}}(?!年|月|日){unit_pattern()}))")
"""２０７·７米: the middle dot as a decimal point."""
_DIGITS = re.compile(r"\d{19,}")
"""A row of digits that counts nothing and would not stay exact: a card or serial number."""
_GROUPED = re.compile(
    r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3}){1,4}(?:\.\d{1,4})?[万亿]?(?=[\u4e00-\u9fff%‰])"
)
"""1 234.5, 1 200万: thousands set apart by spaces, as yearbooks print them."""
_LONGEST = 40
"""Characters of the longest numeral that is read."""
_PREFIX = re.compile(r"千(?=[瓦克米伏卡焦]|字节|比特)|兆(?=[瓦帕赫字比欧])")
"""A scale word that belongs to the unit: 一千瓦 is one 千瓦."""
_MEGA = re.compile(r"\d(兆)")
_BANDWIDTH = re.compile("宽带|带宽|光纤|网[络速]|流量|内存|提速|上行|下行|传输")
"""What is told in 兆 that are no trillions."""
_ABOUT = re.compile("(?<![\\d一二两三四五六七八九十])([百千万])把")
"""万把块: about ten thousand."""
_ONLY = ("唯", "统")
"""In 唯一一座 and 统一一套 the first 一 belongs to the word."""
_TWO_OR_THREE = "三两"
_LONG_UNIT = re.compile(r"个([多余来半]?)(月|小时|星期|钟头|学期|学年|工作日|季度|世纪)")
_HUNDREDTHS = re.compile(r"\d{1,2}(?![\d.])(?=[的,。;、)成获夺打破\n]|$)")
"""11秒32 is a result of 11.32 seconds, 1米75 a height."""
_HALVED = (Kind.DURATION, Kind.LENGTH, Kind.AREA, Kind.WEIGHT, Kind.VOLUME)
_AND_A_HALF = re.compile("半(?![径程夜天数价边身场山空途成])")


_SIGN_ENDS = frozenset("下负-−")
_NEVER_BELOW = (Kind.COUNT, Kind.DURATION, Kind.AGE)
"""What a dash before a number does not make negative: -2018年 begins a line."""


def scan(text: str) -> Iterator[Expression]:
    """Every numeral of a folded text in order; the parts of a range are one."""
    text = _plainly_written(text)
    at = done = 0
    while match := _RUN.search(text, at):
        if text.startswith("亿万", match.start()):
            at = match.start() + 2
            continue
        found = _read(text, match)
        if found is None or text.startswith("零下", match.start()):
            at = match.start() + 1
            continue
        yield _signed(text, found, done)
        at = done = found.end


def _plainly_written(text: str) -> str:
    """A text with the digits that are no digits out of the way, and decimal points as points; same length."""
    if "参" in text or "俩" in text:
        text = _FORMAL.sub(lambda match: _FORMAL_DIGITS[match[0]], text)
    if "陆" in text or "伍" in text:
        text = _NO_FORMAL.sub("□", text)
    return _DOT.sub(".", text)


def _read(text: str, match: re.Match[str]) -> Expression | None:
    """The expression that begins at a run of number characters."""
    found = share(text, match.start()) or _numeral(text, match)
    return found and (up_to(text, found, read_at) or found)


def _signed(text: str, found: Expression, after: int) -> Expression:
    """A number below zero: 零下12℃, 降至-3.5%; a dash behind a number or a letter is none."""
    if text[found.start - 1 : found.start] not in _SIGN_ENDS:
        return found
    for sign in ("零下", "负", "-", "−"):
        start = found.start - len(sign)
        if start < after or not text.startswith(sign, start) or found.number.maximum is not None:
            continue
        if (
            sign == "负"
            and start > 0
            and "\u4e00" <= text[start - 1] <= "\u9fff"
            and text[start - 1] not in "为至达到是"
            and text[found.start + 1 : found.start + 3] != "分之"
        ):
            continue
        if sign in "-−" and (
            start == after > 0
            or text[start - 1 : start] in ("-", ")")
            or (text[start - 1 : start].isascii() and text[start - 1 : start].isalnum())
        ):
            continue
        if sign in "-−" and found.unit and found.unit.kind in _NEVER_BELOW:
            continue
        return replace(found, start=start, number=replace(found.number, value=-found.number.value))
    return found


def _numeral(text: str, match: re.Match[str]) -> Expression | None:
    """The longest numeral at a run of number characters, and its unit."""
    start = match.start()
    if row := _DIGITS.match(text, start):
        return Expression(row.start(), row.end(), Number(Decimal(0)), None, False)
    if text[start] == "一" and text[start - 1 : start] in _ONLY:
        return Expression(start, start + 1, Number(Decimal(1)), None, True)
    if (pair := listed(text, start)) and (unit := unit_at().match(text, pair[0])):
        return _with_unit(text, start, unit.start(), pair[1])
    first = _longest(text, start, match.end())
    if first is None:
        return None
    end, number = first
    if text[start:end] == "一两" and not unit_at().match(text, end):
        end, number = end - 1, parse_number("一")
    if text.startswith(_TWO_OR_THREE, start) and end == start + 1 and unit_at().match(text, end + 1):
        end, number = end + 1, Number(Decimal(2), Decimal(3), vague=True)
    return _with_unit(text, start, end, number)


def read_at(text: str, start: int) -> Expression | None:
    """The numeral at an offset with its unit, as the second end of a range."""
    match = _RUN.match(text, start)
    return (share(text, start) or _numeral(text, match)) if match else None


def _longest(text: str, start: int, end: int) -> tuple[int, Number] | None:
    if grouped := _GROUPED.match(text, start):
        return grouped.end(), parse_number(grouped[0].replace(" ", ""))
    if about := _ABOUT.match(text, start):
        return (
            (about.end(), Number(parse_number(about[1]).value, vague=True))
            if unit_at().match(text, about.end())
            else None
        )
    run = text[start : min(end, start + _LONGEST)]
    if run.isascii() and run.isdigit() and text[end : end + 1] not in "千兆":
        return end, Number(Decimal(run))
    if (prefix := _PREFIX.search(text, start, end + 2)) and prefix.start() > start:
        run = run[: prefix.start() - start]
    if (mega := _MEGA.search(text, start, end)) and _BANDWIDTH.search(text[max(0, start - 40) : end + 10]):
        run = run[: mega.start(1) - start]
    for stop in range(len(run), 0, -1):
        try:
            return start + stop, parse_number(run[:stop])
        except (NotANumberError, ValueError):
            continue
    return None


def _with_unit(text: str, start: int, end: int, number: Number) -> Expression:
    chinese = not re.search(r"[0-9]", text[start:end])
    if large := money.of_hundred_millions(text, end, number):
        end, number = large
    if price_end := money.price_per_one(text, start, end):
        price = parse_number(text[start:price_end])
        return Expression(start, price_end, price, unit_of(money.YUAN), chinese)
    if long := _LONG_UNIT.match(text, end):
        unit = unit_of("个月" if long[2] == "月" else "个" + long[2])
        number, end = _with_infix(number, long[1]), long.end()
        if _AND_A_HALF.match(text, end):
            number, end = _with_infix(number, "半"), end + 1
        return Expression(start, end, number, unit, chinese)
    match = unit_at().match(text, end)
    if match is None:
        marked = money.symbol(text, start, end, number, chinese=chinese)
        return marked or Expression(start, end, number, None, chinese)
    unit = unit_of(match["unit"])
    end = match.end()
    if unit.kind in _HALVED and _AND_A_HALF.match(text, end):
        number, end = _with_infix(number, "半"), end + 1
    if (unit.kind is Kind.DURATION or unit.unit_id == "分") and (
        length := clock_length(text, start, end, number, unit)
    ):
        return replace(length, chinese=chinese)
    if unit.unit_id in ("秒", "米") and (hundredths := _HUNDREDTHS.match(text, end)):
        number, end = replace(number, value=number.value + Decimal(f"0.{hundredths[0]}")), hundredths.end()
    end, number, unit = money.amount(text, start, end, number, unit)
    return Expression(start, end, number, unit, chinese)


def _with_infix(number: Number, infix: str) -> Number:
    """两个半小时, 一个多月, 十个来月."""
    if infix == "半":
        return replace(number, value=number.value + Decimal("0.5"))
    return replace(number, more=number.more or infix in ("多", "余"), vague=number.vague or infix == "来")
