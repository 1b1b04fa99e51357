"""Numerals with their units in a text: every expression that might state a quantity.

What is found here is held against the rules of what is a fact in :mod:`fangzhi.quantity.facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fangzhi.model.codes import Kind
from fangzhi.quantity.numerals import DIGITS, LARGE, MORE, SCALES, NotANumberError, Number, parse_number
from fangzhi.quantity.units import Unit, money_names, unit_of, unit_pattern

_CHINESE = "".join(DIGITS) + "".join(SCALES)
_RUN = re.compile(rf"(?:(?<![\d.a-z])\.(?=\d)|[\d{_CHINESE}几数半])[\d,.{_CHINESE}几数半点{MORE}]*")
_COUNT = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,6}}(?:\.\d{{1,9}})?"
    rf"|[\d.{_CHINESE}几半]{{1,40}}(?:点[{''.join(DIGITS)}]{{1,9}})?)"
)
_FRACTION = re.compile(rf"(?:(?P<whole>{_COUNT})又)?(?P<bottom>[\d{_CHINESE}]{{1,20}})分之(?P<top>{_COUNT})")
# A row of digits that counts nothing and would not stay exact: a card or serial number.
_DIGITS = re.compile(r"\d{19,}")
_GROUPED = re.compile(
    r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3}){1,4}(?:\.\d{1,4})?[万亿]?(?=[\u4e00-\u9fff%‰])"
)
"""1 234.5, 1 200万: thousands set apart by spaces, as yearbooks print them."""
_LONGEST = 40
"""Characters of the longest numeral that is read."""
_SLASH = re.compile(r"(?<![\d/.])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,3})/(?P<bottom>[1-9]\d{0,2})(?![\d/.])")
_PROPORTION = re.compile(r"(?<![\d:∶.])(\d{1,6}(?:\.\d{1,4})?)[:∶比](\d{1,6}(?:\.\d{1,4})?)(?![\d:∶]|\.\d)")
_PROPORTION_WORDS = re.compile(r"比例|之比|[入别生配价差量高]比|比[为由从]?$|按$")
_PROPORTION_BEHIND = re.compile(r"的?(?:比例|配比|之比|杠杆)")
_CLAUSE = re.compile(r"[,。;!?:\n](?!\d)")
_PARTS = {"百": "%", "千": "‰"}
_JOINT = re.compile(r"\s*(?:\(含\))?(?:至|到|-{1,2}|~|—{1,2}|–|―)\s*")
_AND = re.compile("[和与]")
_WORD_JOINTS = frozenset("至到~和与")
"""What makes a range of two bare numbers; with a dash they may be a score or a telephone number."""
_HALVES = re.compile(r"(?:一半|半数)")
_WHOLE = "百分百"
_PREFIX = re.compile(r"千(?=[瓦克米伏卡]|字节|比特)|兆(?=[瓦帕赫字比欧])")
"""A scale word that belongs to the unit: 一千瓦 is one 千瓦."""
_LONG_UNIT = re.compile(r"个([多余来半]?)(月|小时|星期|钟头|学期|学年|工作日|季度|世纪)")
_ONE_DIGIT = "一二两三四五六七八九"
_TENTH = rf"(?P<n>\d{{1,2}}(?:\.\d)?|[{_ONE_DIGIT}]点[{_ONE_DIGIT}]|[十半]|[{_ONE_DIGIT}]{{1,2}}) ?"
_TENTHS = re.compile(
    rf"{_TENTH}成(?P<more>半|[{_ONE_DIGIT}](?![{''.join(SCALES)}]))?(?![员功果为立长绩本都效就不型品分人年熟])"
)
_DISCOUNT = re.compile(rf"(?<!波){_TENTH}折(?![腰断叠磨射返旧合回线页纸痕算戏子桂腾扣])")


_SYMBOLS = {
    "¥": "元", "￥": "元", "$": "美元", "us$": "美元", "nt$": "新台币", "hk$": "港元", "a$": "澳元",
    "€": "欧元", "£": "英镑",
}  # fmt: skip
_SYMBOL = re.compile(r"(?:(?<![a-z])(?:us|nt|hk|a))?\$$|[¥￥€£]$")
_HUNDREDTHS = re.compile(r"\d{1,2}(?![\d.])(?=[的,。;、)成获夺打破\n]|$)")
"""11秒32 is a result of 11.32 seconds, 1米75 a height."""
_YUAN = "元"
_HALVED = (Kind.DURATION, Kind.LENGTH, Kind.AREA, Kind.WEIGHT, Kind.VOLUME)
_AND_A_HALF = re.compile("半(?![径程夜天数价边身场山空途成])")
_SMALL_MONEY = re.compile(
    rf"(?:(?P<jiao>[\d{_ONE_DIGIT}])[角毛]钱?)?(?:(?P<fen>[\d{_ONE_DIGIT}])分钱?(?!之))?"
)


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
    return re.compile(rf"\s?(?P<unit>{unit_pattern()})(?!(?<=[a-z])[a-z])")


def scan(text: str) -> Iterator[Expression]:
    """Every numeral of a folded text in order; the parts of a range are one."""
    at = done = 0
    while match := _RUN.search(text, at):
        if text.startswith("亿万", match.start()):
            at = match.start() + 2
            continue
        found = _fraction(text, match.start()) or _tenths(text, match.start()) or _numeral(text, match)
        if found is None or text.startswith("零下", match.start()):
            at = match.start() + 1
            continue
        yield _signed(text, found, done)
        at = done = found.end


def _signed(text: str, found: Expression, after: int) -> Expression:
    """A number below zero: 零下12℃, 降至-3.5%; a dash behind a number or a letter is none."""
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
        return replace(found, start=start, number=replace(found.number, value=-found.number.value))
    return found


def _fraction(text: str, start: int) -> Expression | None:
    """百分之十八, 三分之二, 3又5分之1, 一半, 1/3, 2.86:1."""
    if match := _HALVES.match(text, start):
        return _part(match, Decimal("0.5"), chinese=True)
    if text.startswith(_WHOLE, start):
        return Expression(start, start + len(_WHOLE), Number(Decimal(100)), unit_of("%"), True)
    if match := _SLASH.match(text, start):
        value = int(match["whole"] or 0) + Decimal(match["top"]) / int(match["bottom"])
        return None if _unit().match(text, match.end()) else _part(match, value)
    if match := _PROPORTION.match(text, start):
        return _proportion(text, match)
    match = _FRACTION.match(text, start)
    return _spoken_fraction(match) if match else None


def _spoken_fraction(match: re.Match[str]) -> Expression | None:
    chinese = not match["top"][0].isdigit()
    try:
        top = parse_number(match["top"])
        if match["bottom"] in _PARTS and not match["whole"]:
            unit = unit_of(_PARTS[match["bottom"]])
            return Expression(match.start(), match.end(), top, unit, chinese)
        bottom = parse_number(match["bottom"])
        whole = parse_number(match["whole"]).value if match["whole"] else Decimal(0)
    except NotANumberError:
        return None
    return _part(match, whole + top.value / bottom.value, chinese=chinese) if bottom.value else None


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
    """三成, 六成五, 七八成; 八折, 八五折."""
    match = _TENTHS.match(text, start) or _DISCOUNT.match(text, start)
    if match is None or (start and text[start - 1] in _CHINESE + "."):
        return None
    discount = match.re is _DISCOUNT
    low, high = _tenth(match["n"], discount=discount)
    if not discount and match["more"]:
        low += Decimal("0.05") if match["more"] == "半" else Decimal(DIGITS[match["more"]]) / 100
    if low > 1:
        return None
    return Expression(match.start(), match.end(), Number(low, high, vague=high is not None), _ratio(), True)


def _tenth(numeral: str, *, discount: bool) -> tuple[Decimal, Decimal | None]:
    """The ratio that so many tenths are: 七八成 is a range, 七八折 and 78折 are 0.78."""
    if numeral == "半":
        return Decimal("0.5") if discount else Decimal("0.05"), None
    number = parse_number(numeral)
    if not discount or len(numeral) == 1 or "." in numeral or "点" in numeral:
        return number.value / 10, number.maximum / 10 if number.maximum else None
    digits = numeral if numeral.isdigit() else "".join(str(DIGITS[c]) for c in numeral)
    return Decimal(digits) / 100, None


def _numeral(text: str, match: re.Match[str]) -> Expression | None:
    """The longest numeral at a run of number characters, its unit, and a range where a second follows."""
    if row := _DIGITS.match(text, match.start()):
        return Expression(row.start(), row.end(), Number(Decimal(0)), None, False)
    first = _longest(text, match.start(), match.end())
    if first is None:
        return None
    end, number = first
    if text[match.start() : end] == "一两" and not _unit().match(text, end):
        end, number = end - 1, parse_number("一")
    found = _with_unit(text, match.start(), end, number)
    return _range(text, found) or found


def _longest(text: str, start: int, end: int) -> tuple[int, Number] | None:
    if grouped := _GROUPED.match(text, start):
        return grouped.end(), parse_number(grouped[0].replace(" ", ""))
    run = text[start : min(end, start + _LONGEST)]
    if (prefix := _PREFIX.search(text[start : end + 2])) and prefix.start():
        run = run[: prefix.start()]
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
        number, end = _with_infix(number, long[1]), long.end()
        if _AND_A_HALF.match(text, end):
            number, end = _with_infix(number, "半"), end + 1
        return Expression(start, end, number, unit, chinese)
    match = _unit().match(text, end)
    if match is None and (symbol := _SYMBOL.search(text[max(0, start - 3) : start])):
        return Expression(start - len(symbol[0]), end, number, unit_of(_SYMBOLS[symbol[0]]), chinese)
    if match is None:
        return Expression(start, end, number, None, chinese)
    unit = unit_of(match["unit"])
    end = match.end()
    if unit.written == "块" and (small := _SMALL_MONEY.match(text, end)) and small[0]:
        unit = replace(unit_of(_YUAN), written="块")
    if unit.kind in _HALVED and _AND_A_HALF.match(text, end):
        number, end = _with_infix(number, "半"), end + 1
    if unit.unit_id in ("秒", "米") and (hundredths := _HUNDREDTHS.match(text, end)):
        number, end = replace(number, value=number.value + Decimal(f"0.{hundredths[0]}")), hundredths.end()
    if unit.unit_id == "角" and (small := _SMALL_MONEY.match(text, end)) and small["fen"]:
        number, end = replace(number, value=number.value + parse_number(small["fen"]).value / 10), small.end()
    if unit.unit_id == _YUAN and (small := _SMALL_MONEY.match(text, end)):
        number, end = _with_small(number, small), small.end()
    return Expression(start, end, number, _in_currency(text, start, unit), chinese)


def _in_currency(text: str, start: int, unit: Unit) -> Unit:
    """新台币3000元, 港币约5万元: the currency stands before the number, and 元 only behind it."""
    if unit.unit_id != _YUAN or not (named := _currency().search(text[max(0, start - 8) : start])):
        return unit
    return replace(unit, entry=unit_of(named[1]).entry)


@cache
def _currency() -> re.Pattern[str]:
    names = [word for word in money_names() if word.endswith("币")]
    return re.compile(rf"({'|'.join(sorted(names, key=len, reverse=True))})(?:约|近|逾|超|超过|各)?$")


def _with_small(number: Number, small: re.Match[str]) -> Number:
    """五元三角, 12元5角8分: one amount in yuan."""
    jiao, fen = (parse_number(small[name] or "零").value for name in ("jiao", "fen"))
    return replace(number, value=number.value + jiao / 10 + fen / 100)


def _with_infix(number: Number, infix: str) -> Number:
    """两个半小时, 一个多月."""
    if infix == "半":
        return replace(number, value=number.value + Decimal("0.5"))
    return replace(number, more=number.more or bool(infix))


def _range(text: str, first: Expression) -> Expression | None:
    """6000至7000元, 三至五棵, 5%-10%, 3至5万元."""
    joint = _JOINT.match(text, first.end) or _AND.match(text, first.end)
    if joint is None or first.number.maximum is not None:
        return None
    match = _RUN.match(text, joint.end())
    second_end = match and _longest(text, match.start(), match.end())
    if not match or not second_end:
        return None
    second = _with_unit(text, match.start(), second_end[0], second_end[1])
    if first.unit and (second.unit is None or first.unit.written != second.unit.written):
        return None
    if second.unit is None and joint[0].strip() not in _WORD_JOINTS:
        return None
    if joint.re is _AND and not text.startswith("之间", second.end):
        return None
    low, high = first.number.value, second.number.value
    if not first.unit and low < high:
        scale = _shared_scale(text[match.start() : second_end[0]], text[first.start : first.end])
        low *= scale if low * scale < high else 1
    if low >= high:
        return None
    number = Number(low, high, first.number.more or second.number.more)
    return Expression(first.start, second.end, number, second.unit, first.chinese)


def _shared_scale(second: str, first: str) -> int:
    """The scale that a range's second end lends to its first: 3至5百万, 七千到九千亿."""
    if any(c in LARGE for c in first):
        return 1
    lent = LARGE if len(first) > 1 else SCALES
    scale = 1
    for c in reversed(second):
        if c not in lent:
            break
        scale *= lent[c]
    return scale
