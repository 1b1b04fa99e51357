"""Lengths of time in several units: 2小时23分55秒 is one figure, in the least of its units."""

from __future__ import annotations

import re

from fangzhi.quantity.expression import CHINESE, Expression
from fangzhi.quantity.numerals import NotANumberError, Number, parse_number
from fangzhi.quantity.units import Unit, unit_of

_NEXT = {"小时": "分钟", "分钟": "秒", "分": "秒", "年": "月", "天": "小时", "日": "小时"}
_STEPS = {"小时": 60, "分钟": 60, "分": 60, "年": 12, "天": 24, "日": 24}
_WRITTEN = {
    "分钟": r"(?P<unit>分钟|分)(?!之|[钱数贝])", "秒": "(?P<unit>秒钟?)", "月": "(?P<unit>个月)",
    "小时": "(?P<unit>个?小时)",
}  # fmt: skip
_PART = {
    name: re.compile(rf"零?(?P<n>\d{{1,2}}(?:\.\d+)?|[{CHINESE}]{{1,4}}){unit}")
    for name, unit in _WRITTEN.items()
}


def clock_length(text: str, start: int, end: int, number: Number, unit: Unit) -> Expression | None:
    """The length of time that goes on in smaller units behind its first; None where it does not."""
    name, value, last = unit.unit_id or "", number.value, None
    if number.maximum is not None or number.more:
        return None
    while (least := _NEXT.get(name)) and (part := _PART[least].match(text, end)):
        try:
            value = value * _STEPS[name] + parse_number(part["n"]).value
        except NotANumberError:
            break
        name, end, last = least, part.end(), part["unit"]
    return Expression(start, end, Number(value), _unit(last), False) if last else None


def _unit(written: str) -> Unit:
    return unit_of("分钟" if written == "分" else written)
