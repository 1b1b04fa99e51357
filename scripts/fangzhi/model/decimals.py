"""The size of published numbers: exact decimals, of one type in every file and every build."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

PRECISION = 38
"""Digits in all: what 128 bits hold, the most that polars, DuckDB and Arrow read exactly."""
SCALE = 15
"""Digits behind the point. A quotient without end (三分之一, 亩 in m²) is rounded to them, half to even."""

_STEP = Decimal(1).scaleb(-SCALE)
_LARGEST = Decimal(10) ** (PRECISION - SCALE)
_WIDE = Context(prec=PRECISION + SCALE, rounding=ROUND_HALF_EVEN)


def fits(number: Decimal) -> bool:
    """Whether a number has at most 23 digits before the point and 15 behind it."""
    if not number.is_finite() or abs(number) >= _LARGEST:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and (exponent >= -SCALE or number == rounded(number))


def rounded(number: Decimal) -> Decimal:
    """The number with at most 15 digits behind the point, without exponent and without zeros at its end."""
    if number.is_finite() and abs(number) < _LARGEST:
        number = number.quantize(_STEP, context=_WIDE)
    digits = format(number, "f")
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
