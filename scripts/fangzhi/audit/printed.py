"""How a figure is printed: its digits, its multiplier, and how exactly that makes it known."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from fangzhi.model.codes import Kind, Qualifier, Status
from fangzhi.model.tables import Observation
from fangzhi.text.fold import fold

EXACTLY = Context(prec=34, rounding=ROUND_HALF_EVEN)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMERAL = re.compile(r"(\d[\d,]*)(\.\d+)?([十百千万亿]*)(?!\d)")
#: Powers of ten beyond which no figure is taken at its word.
_LARGEST = 18
_LARGE = re.compile(r"[万亿]+$")


def is_exact(row: Observation) -> bool:
    """Whether a figure is one number with a unit, of a size that things have, without 约, 余 or 超过."""
    return row.qualifier is Qualifier.EXACT and is_single(row)


def is_single(row: Observation) -> bool:
    """Whether a figure is one number with a unit, of a size that things have: as it is, or 约."""
    single = row.qualifier in (Qualifier.EXACT, Qualifier.APPROX) and row.value_max is None
    return single and row.unit is not None and row.value.adjusted() < _LARGEST


def _scale(words: str) -> int:
    scale = 1
    for word in words:
        scale *= _SCALES[word]
    return scale


def _numeral(row: Observation) -> tuple[str, str] | None:
    """The digits and the multiplier as printed, where the figure is one plain numeral that says its value."""
    found = _printed(row.quote or "")
    return found if found and Decimal(found[0]) * _scale(found[1]) == abs(row.value) else None


@lru_cache(maxsize=65536)
def _printed(quote: str) -> tuple[str, str] | None:
    found = _NUMERAL.search(fold(quote).replace(" ", ""))
    return (found[1].replace(",", "") + (found[2] or ""), found[3]) if found else None


def multiplier(row: Observation) -> str:
    """The multiplier it is printed with: 万 in 4.28万公里; empty where none is."""
    found = _numeral(row)
    return found[1] if found and _LARGE.search(found[1]) else ""


def telling_digits(row: Observation) -> int:
    """Significant digits of a figure, zeros at the end left out."""
    return len(row.value.normalize().as_tuple().digits)


def step(row: Observation) -> Decimal:
    """What one of its last printed digit is worth: 0.01万 in 4.28万公里."""
    found = _numeral(row)
    if found:
        return Decimal(1).scaleb(-len(found[0].partition(".")[2])) * _scale(found[1])
    exponent = row.value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def last_digit(row: Observation) -> Decimal:
    """What its last digit that is no zero is worth: 100 in 9600."""
    exponent = row.value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and row.value else step(row)


def slack(row: Observation) -> Decimal:
    """How far the true number may lie from the printed one.

    Half of the last printed digit, and of 约50 as much as a digit more would say; nothing for things counted
    one by one and for amounts somebody set.
    """
    if row.qualifier is Qualifier.APPROX:
        return max(step(row) / 2, last_digit(row) / 10)
    if row.status in (Status.TARGET, Status.POLICY) or (row.kind is Kind.COUNT and step(row) == 1):
        return Decimal(0)
    return step(row) / 2


def rounds_to(expected: Decimal, row: Observation) -> bool:
    """Whether rounding to the printed digits, by either rule in use, gives what is printed."""
    return any(_cut(expected, step(row), rule) == row.value for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def cuts_to(expected: Decimal, row: Observation) -> bool:
    """Whether leaving off the digits behind the printed ones gives what is printed."""
    return _cut(expected, step(row), ROUND_DOWN) == row.value


def _cut(value: Decimal, unit: Decimal, rule: str) -> Decimal:
    return EXACTLY.divide(value, unit).quantize(Decimal(1), rounding=rule, context=EXACTLY) * unit


def readable(value: Decimal, digits: int) -> Decimal:
    """A number cut to so many decimals, without exponent and without zeros at its end."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=EXACTLY)
    return Decimal(format(rounded.normalize(), "f")) if rounded else Decimal(0)


def shown(value: Decimal, row: Observation) -> str:
    """A number in the multiplier and unit of a figure, as a reader would write it: ``651 万元``."""
    large = multiplier(row)
    number = EXACTLY.divide(value, Decimal(_scale(large)))
    digits = max(2, -int(EXACTLY.divide(step(row), Decimal(_scale(large))).normalize().as_tuple().exponent))
    return f"{readable(number, digits)} {large}{row.unit or ''}".rstrip()
