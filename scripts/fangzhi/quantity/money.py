"""Amounts of money as they are spoken: 五元三角, 三块五, 五毛, 三百一天, 两个亿."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from fangzhi.lexicons import words
from fangzhi.model.codes import Kind
from fangzhi.quantity.expression import CHINESE, ONE_DIGIT, Expression, unit_at
from fangzhi.quantity.numerals import Number, parse_number
from fangzhi.quantity.units import Unit, money_names, unit_of

YUAN = "元"
_PIECE, _JIAO = "块", "角"
_WITH_TENTHS = ("块", "块钱", "毛")
_SYMBOLS = {
    "¥": "元", "￥": "元", "$": "美元", "us$": "美元", "nt$": "新台币", "hk$": "港元", "a$": "澳元",
    "€": "欧元", "£": "英镑",
}  # fmt: skip
_SYMBOL = re.compile(r"(?:(?<![a-z])(?:us|nt|hk|a))?\$$|[¥￥€£]$")
_SMALL = re.compile(rf"(?:零?(?P<jiao>[\d{ONE_DIGIT}])[角毛]钱?)?(?:零?(?P<fen>[\d{ONE_DIGIT}])分钱?(?!之))?")
_TENTH = re.compile(rf"(?P<jiao>[\d{ONE_DIGIT}])(?:钱|(?![\d.{CHINESE}几多余])|(?=一))")
"""三块五: the digit behind 块 is its tenth where nothing is counted by it."""
_CLAUSE = re.compile(r"[,。;!?:\n]")
_PER = re.compile(
    rf"[每\d{ONE_DIGIT}十百](?:斤|公斤|亩|个|只|头|条|件|份|张|天|月|年|人|户|瓶|袋|盒|碗)[^,。;]{{0,12}}$"
)
_PRICE_END = re.compile(
    r"(?:左右|上下|以上|以下|以内|多|出头|不等|起)?(?:[,。;、!?)）”\n]|$|的?(?:价|工钱|工资|收入|费)|[一每/]\D|呢|了|吧|就)"
)
_PER_ONE = re.compile(
    r"一(?:个(?!亿)|亩|天|日|月|年|季|斤|公斤|吨|人|位|户|只|头|张|晚|夜|次|趟|小时|平方米?|平米?|份|盒|瓶|件|套|间|株|棵|车"
    r"|袋|箱|场|碗|杯|节|课时|学期|桌|米|条|双|副|把|篮|筐)(?![\u4e00-\u9fff]?[次名位样般般直定])"
)
_YEARS = re.compile(r"(?:1[89]|20)\d\d")


def amount(text: str, start: int, end: int, number: Number, unit: Unit) -> tuple[int, Number, Unit]:
    """The end, number and unit of an amount whose unit of money ends at ``end``: with 角 and 分 behind it.

    块 counts pieces of things too; it is money where a price is told.
    """
    if unit.written == _PIECE:
        if not _is_price(text, start, end):
            return end, number, unit
        unit = replace(unit_of(YUAN), written=_PIECE)
    small = _SMALL.match(text, end) if unit.unit_id in (YUAN, _JIAO) else None
    if small and small[0]:
        return small.end(), _with_small(number, small, unit), unit
    if (
        unit.written in _WITH_TENTHS
        and (tenth := _TENTH.match(text, end))
        and not _counts(text, tenth.end("jiao"))
    ):
        number = replace(number, value=number.value + parse_number(tenth["jiao"]).value / 10)
        end = tenth.end()
    return end, number, _in_currency(text, start, unit)


def _with_small(number: Number, small: re.Match[str], unit: Unit) -> Number:
    """五元三角, 12元5角8分: one amount in yuan; 五角三分 in jiao."""
    jiao, fen = (parse_number(small[name] or "零").value for name in ("jiao", "fen"))
    if unit.unit_id == _JIAO:
        return replace(number, value=number.value + fen / 10)
    return replace(number, value=number.value + jiao / 10 + fen / 100)


def _counts(text: str, at: int) -> bool:
    """Whether a unit stands at an offset, so that the digit before it counts something."""
    return not text.startswith("一", at) and unit_at().match(text, at) is not None


def _is_price(text: str, start: int, end: int) -> bool:
    """Whether 块 is money: with 角, 毛 or a digit behind it, or where something is paid or earned."""
    small = _SMALL.match(text, end)
    tenth = _TENTH.match(text, end)
    if (small and small[0]) or (tenth and not _counts(text, tenth.end("jiao"))):
        return True
    if not _PRICE_END.match(text, end):
        return False
    left = _CLAUSE.split(text[max(0, start - 20) : start])[-1]
    return bool(_PER.search(left) or paid().search(left) or _PER_ONE.match(text, end))


@cache
def paid() -> re.Pattern[str]:
    """Words of paying and earning, behind which a bare number is one of yuan."""
    return re.compile("|".join(map(re.escape, (*words("money_verbs"), *words("money_nouns")))))


def symbol(text: str, start: int, end: int, number: Number, *, chinese: bool) -> Expression | None:
    """¥500: the sign of a currency before the number."""
    sign = _SYMBOL.search(text[max(0, start - 3) : start])
    return sign and Expression(start - len(sign[0]), end, number, unit_of(_SYMBOLS[sign[0]]), chinese)


def _in_currency(text: str, start: int, unit: Unit) -> Unit:
    """新台币3000元, 港币约5万元: the currency stands before the number, and 元 only behind it."""
    if unit.unit_id != YUAN or not (named := _currency().search(text[max(0, start - 8) : start])):
        return unit
    return replace(unit, entry=unit_of(named[1]).entry)


@cache
def _currency() -> re.Pattern[str]:
    names = [word for word in money_names() if word.endswith("币")]
    return re.compile(rf"({'|'.join(sorted(names, key=len, reverse=True))})(?:约|近|逾|超|超过|各)?$")


def price_per_one(text: str, start: int, end: int) -> int | None:
    """Where a bare price ends that is told of one thing: 三百一天, 180一亩, 一千八一个月.

    八百一亩 is read to the end of 八百一, which nobody says for 810.
    """
    written = text[start:end]
    if (
        written[-1:] == "一"
        and len(written) > 1
        and written[-2] in "百千万"
        and _PER_ONE.match(text, end - 1)
    ):
        return end - 1
    if len(written) > 1 and _PER_ONE.match(text, end) and not _YEARS.fullmatch(written):
        return end if text[start - 1 : start] not in ("第", "每") else None
    return None


_HUNDRED_MILLION = re.compile("个(?P<more>[多几来余]?)亿")


def of_hundred_millions(text: str, end: int, number: Number) -> tuple[int, Number] | None:
    """两个亿, 三个多亿: 个 between a number and 亿 is no classifier."""
    match = _HUNDRED_MILLION.match(text, end)
    if match is None:
        return None
    scale = 10**8
    high = number.maximum * scale if number.maximum is not None else None
    more = number.more or bool(match["more"])
    return match.end(), replace(number, value=number.value * scale, maximum=high, more=more)


def is_money(unit: Unit | None) -> bool:
    """Whether a unit is one of money."""
    return unit is not None and unit.kind is Kind.MONEY
