"""Ranges: 6000至7000元, 三至五棵, 5%-10%, 2、3根, 十七、八年."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from fangzhi.quantity.expression import ONE_DIGIT, Expression
from fangzhi.quantity.numerals import DIGITS, LARGE, SCALES, NotANumberError, Number, parse_number

_JOINT = re.compile(r"\s*(?:\(含\))?(?:至|到|-{1,2}|~|—{1,2}|–|―)\s*")
_AND = re.compile("[和与]")
_WORD_JOINTS = frozenset("至到~和与")
"""What makes a range of two bare numbers; with a dash they may be a score or a telephone number."""
_LISTED = re.compile(
    rf"(?<![、第\d.{ONE_DIGIT}])(?:(?P<low>\d)、(?P<high>\d)(?P<tenfold>0?)(?![\d.、])"
    rf"|(?P<tens>[{ONE_DIGIT}]?十)?(?P<first>[{ONE_DIGIT}])、(?P<second>[{ONE_DIGIT}])(?P<scale>[十百千万]{{0,2}})(?![、{ONE_DIGIT}]))"
)


_NUMBERED = re.compile("[期级组等类批线号楼]|年级|层(?!高|楼高)")
"""What is numbered rather than counted: 一、二层, 二、三级."""


def listed(text: str, start: int) -> tuple[int, Number] | None:
    """Two neighbouring digits with 、 between them are a range: 2、3根, 2、30年, 三、五天, 七、八十斤."""
    match = _LISTED.match(text, start)
    if match is None or _NUMBERED.match(text, match.end()):
        return None
    if match["low"]:
        low, high = (parse_number(match[name]) for name in ("low", "high"))
        step = int(high.value - low.value)
    else:
        step = DIGITS[match["second"]] - DIGITS[match["first"]]
        tens, scale = match["tens"] or "", match["scale"]
        if tens and scale:
            return None
        try:
            low, high = (parse_number(tens + match[name] + scale) for name in ("first", "second"))
        except NotANumberError:
            return None
    times = 10 if match["tenfold"] else 1
    near = (1,) if match["low"] else (1, 2)
    return (match.end(), Number(low.value * times, high.value * times, vague=True)) if step in near else None


def up_to(text: str, first: Expression, read: Callable[[str, int], Expression | None]) -> Expression | None:
    """The range that an expression begins: 6000至7000元, 5%-10%, 3至5万元; None where it begins none."""
    joint = _JOINT.match(text, first.end) or _AND.match(text, first.end)
    if joint is None or first.number.maximum is not None:
        return None
    second = read(text, joint.end())
    if second is None or second.number.maximum is not None:
        return None
    if first.unit and (second.unit is None or first.unit.written != second.unit.written):
        return None
    if second.unit is None and joint[0].strip() not in _WORD_JOINTS:
        return None
    if joint.re is _AND and not text.startswith("之间", second.end):
        return None
    low, high = first.number.value, second.number.value
    if not first.unit and low < high:
        scale = _shared_scale(text[joint.end() : second.end], text[first.start : first.end], second)
        low *= scale if low * scale < high else 1
    if low >= high:
        return None
    number = Number(low, high, first.number.more or second.number.more)
    return replace(first, end=second.end, number=number, unit=second.unit)


def _shared_scale(second: str, first: str, expression: Expression) -> int:
    """The scale that a range's second end lends to its first: 3至5百万, 七千到九千亿."""
    if any(c in LARGE for c in first):
        return 1
    written = expression.unit.written if expression.unit else ""
    numeral = second.removesuffix(written).rstrip()
    lent = LARGE if len(first) > 1 else SCALES
    scale = 1
    for c in reversed(numeral):
        if c not in lent:
            break
        scale *= lent[c]
    return scale
