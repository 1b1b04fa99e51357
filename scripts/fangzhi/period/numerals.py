"""Numerals as dates write them: Arabic, 二〇二一, 十二, 廿三."""

from __future__ import annotations

_WRITTEN = ("〇零○o0", "一1", "二两2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
_DIGITS = {char: value for value, chars in enumerate(_WRITTEN) for char in chars}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}

SMALL = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
"""A number up to 99 as a month, a day or a short duration writes it."""


def _positional(text: str) -> int | None:
    """Digit by digit: 二〇二一, 2021."""
    value = 0
    for char in text:
        if char not in _DIGITS:
            return None
        value = value * 10 + _DIGITS[char]
    return value


def _by_tens(text: str) -> int | None:
    """With place words: 十二, 廿三, 三十, 二千零八."""
    total, digit, pending = 0, 0, False
    for char in text:
        if char in _TENS:
            total += _TENS[char] if _TENS[char] in (20, 30) else max(digit, 0 if pending else 1) * _TENS[char]
            digit, pending = 0, False
        elif char in _DIGITS:
            digit, pending = _DIGITS[char], _DIGITS[char] > 0
        else:
            return None
    return total + digit


def number(text: str) -> int | None:
    """The value of a numeral of folded text; None where it is none."""
    if not text:
        return None
    return _by_tens(text) if any(char in _TENS for char in text) else _positional(text)


def full_year(text: str) -> int | None:
    """A year of four digits, or of two: 98 is 1998, 21 is 2021 (the turn is at 50)."""
    value = number(text)
    if value is None or len(text) != 2:
        return value
    return value + (1900 if value >= 50 else 2000)
