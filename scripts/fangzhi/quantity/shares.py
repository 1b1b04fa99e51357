"""Parts of a whole: 百分之十八, 三分之二, 一半, 1/3, 2.86:1, 三成五, 八五折."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from fangzhi.model.codes import Kind
from fangzhi.quantity.expression import CHINESE, ONE_DIGIT, Expression, unit_at
from fangzhi.quantity.numerals import DIGITS, SCALES, NotANumberError, Number, parse_number
from fangzhi.quantity.units import Unit, unit_of

_COUNT = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,6}}(?:\.\d{{1,9}})?"
    rf"|[\d.{CHINESE}几半]{{1,40}}(?:点[{''.join(DIGITS)}]{{1,9}})?)"
)
_FRACTION = re.compile(rf"(?:(?P<whole>{_COUNT})又)?(?P<bottom>[\d{CHINESE}]{{1,20}})分之(?P<top>{_COUNT})")
_SLASH = re.compile(r"(?<![\d/.])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,3})/(?P<bottom>[1-9]\d{0,2})(?![\d/.])")
_WHOLE_THINGS = (Kind.COUNT, Kind.AREA, Kind.LENGTH, Kind.WEIGHT, Kind.VOLUME)
"""What has a part: 1/4只, 3/4吨; a day or a degree is counted behind a stroke, not divided."""
_PROPORTION = re.compile(r"(?<![\d:∶.])(\d{1,6}(?:\.\d{1,4})?)[:∶比](\d{1,6}(?:\.\d{1,4})?)(?![\d:∶]|\.\d)")
_PROPORTION_WORDS = re.compile(
    r"比例|之比|[入别生配价差量高争]比|比(?:[为由从至到]|超过|高达|达到?|约)?$|按$"
)
_PROPORTION_BEHIND = re.compile(r"的?(?:比例|配比|之比|杠杆)")
_CLAUSE = re.compile(r"[,。;!?:\n](?!\d)")
_PARTS = {"百": "%", "千": "‰"}
_TO = re.compile(r"\s*(?:至|到|[-~—–―])\s*(?!百分之)")
_TOP = re.compile(_COUNT)
_HALVES = re.compile(r"(?:一半|半数)")
_WHOLE = "百分百"
_TENTH = rf"(?P<n>\d{{1,2}}(?:\.\d)?|[{ONE_DIGIT}]点[{ONE_DIGIT}]|[十半]|[{ONE_DIGIT}]{{1,2}}) ?"
_TENTHS = re.compile(
    rf"(?:{_TENTH.replace('<n>', '<low>')}成?[至到] ?)?"
    rf"{_TENTH}成(?P<more>半|[{ONE_DIGIT}](?![{''.join(SCALES)}]))?(?![员功果为立长绩本都效就不型品分人年]|熟(?!就|时|后))"
)
_DISCOUNT = re.compile(rf"(?<!波){_TENTH}折(?![腰断叠磨射返旧合回线页纸痕算戏子桂腾扣])")


def share(text: str, start: int) -> Expression | None:
    """The part of a whole that a text states at an offset, if it states one."""
    return _fraction(text, start) or _tenths(text, start)


def _fraction(text: str, start: int) -> Expression | None:
    if match := _HALVES.match(text, start):
        return _part(match, Decimal("0.5"), chinese=True)
    if text.startswith(_WHOLE, start):
        return Expression(start, start + len(_WHOLE), Number(Decimal(100)), unit_of("%"), True)
    if match := _SLASH.match(text, start):
        return _divided(text, match)
    if match := _PROPORTION.match(text, start):
        return _proportion(text, match)
    match = _FRACTION.match(text, start)
    return _spoken_fraction(text, match) if match else None


def _divided(text: str, match: re.Match[str]) -> Expression | None:
    """1/3 of a whole, 1/4只 of a thing; what stands before another unit is no fraction."""
    value = int(match["whole"] or 0) + Decimal(match["top"]) / int(match["bottom"])
    following = unit_at().match(text, match.end())
    if following is None:
        return _part(match, value)
    unit = unit_of(following["unit"])
    if value >= 1 or unit.kind not in _WHOLE_THINGS:
        return None
    return Expression(match.start(), following.end(), Number(value), unit, False)


def _spoken_fraction(text: str, match: re.Match[str]) -> Expression | None:
    chinese = not match["top"][0].isdigit()
    try:
        top = parse_number(match["top"])
        if match["bottom"] in _PARTS and not match["whole"]:
            unit = unit_of(_PARTS[match["bottom"]])
            return _up_to(text, Expression(match.start(), match.end(), top, unit, chinese))
        bottom = parse_number(match["bottom"])
        whole = parse_number(match["whole"]).value if match["whole"] else Decimal(0)
    except NotANumberError:
        return None
    return _part(match, whole + top.value / bottom.value, chinese=chinese) if bottom.value else None


def _up_to(text: str, low: Expression) -> Expression:
    """百分之三十到四十: 百分之 holds for both ends; 百分之三到五年 is left, it goes on to something else."""
    joint = _TO.match(text, low.end)
    top = joint and _TOP.match(text, joint.end())
    if not top or low.number.maximum is not None or unit_at().match(text, top.end()):
        return low
    try:
        high = parse_number(top[0])
    except NotANumberError:
        return low
    if high.value <= low.number.value or high.value > 100 or text.startswith("分之", top.end()):
        return low
    return replace(low, end=top.end(), number=Number(low.number.value, high.value))


def _proportion(text: str, match: re.Match[str]) -> Expression | None:
    """2.86:1 where the clause speaks of a proportion; else it is a score or a time of day."""
    clause = _CLAUSE.split(text[max(0, match.start() - 30) : match.start()])[-1]
    named = _PROPORTION_WORDS.search(clause) or _PROPORTION_BEHIND.match(text, match.end())
    first, second = Decimal(match[1]), Decimal(match[2])
    return _part(match, first / second) if named and second else None


def _part(match: re.Match[str], value: Decimal, *, chinese: bool = False) -> Expression:
    return Expression(match.start(), match.end(), Number(value), _ratio(), chinese)


def _ratio() -> Unit:
    return replace(unit_of("倍"), written="")


def _tenths(text: str, start: int) -> Expression | None:
    """三成, 六成五, 七八成, 三到四成; 八折, 八五折."""
    match = _TENTHS.match(text, start) or _DISCOUNT.match(text, start)
    if match is None or (start and text[start - 1] in CHINESE + "."):
        return None
    discount = match.re is _DISCOUNT
    low, high = _tenth(match["n"], discount=discount)
    if not discount and match["more"]:
        low += Decimal("0.05") if match["more"] == "半" else Decimal(DIGITS[match["more"]]) / 100
    stated = not discount and bool(match["low"])
    if stated:
        low, high = _tenth(match["low"], discount=False)[0], low
    if low > 1 or (high is not None and high <= low):
        return None
    vague = high is not None and not stated
    return Expression(match.start(), match.end(), Number(low, high, vague=vague), _ratio(), True)


def _tenth(numeral: str, *, discount: bool) -> tuple[Decimal, Decimal | None]:
    """The ratio that so many tenths are: 七八成 is a range, 七八折 and 78折 are 0.78."""
    if numeral == "半":
        return Decimal("0.5") if discount else Decimal("0.05"), None
    number = parse_number(numeral)
    if not discount or len(numeral) == 1 or "." in numeral or "点" in numeral:
        return number.value / 10, number.maximum / 10 if number.maximum else None
    digits = numeral if numeral.isdigit() else "".join(str(DIGITS[c]) for c in numeral)
    return Decimal(digits) / 100, None
