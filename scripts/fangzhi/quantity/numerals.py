"""The value of a numeral, Arabic, Chinese or mixed, in exact decimals.

``3亿5千万`` is 350000000, ``一万五`` 15000, ``三十几万`` the range 310000 to 390000, ``两三百`` 200 to 300,
``廿六`` 26, ``七点八九`` 7.89.
Texts are folded (half width, simplified) before they come here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    c: n
    for n, row in enumerate(
        ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for c in row
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
SCALES = SMALL | LARGE
TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
"""Old ways to write two, three and four tens."""
MORE = "余多来"
INEXACT = "来"
"""Of the words for more, what only says that it is not exact."""
_TENS = str.maketrans(TENS)
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_POINT = re.compile(rf"(.+)点([{''.join(DIGITS)}]+)")
_SOME_TENS = re.compile(r"(.*[十百千])数([万亿]?)")
"""十数, 十数万: ten and some."""
_CLOSE_PAIR = re.compile(
    r"(?<![一二两三四五六七八九零])([一二两三四五六七八九])([二两三四五六七八九])(?=[十百千万亿]|$)"
)


@dataclass(frozen=True)
class Number:
    """An exact value, the upper end where the numeral is a range, and whether more is meant (余, 多)."""

    value: Decimal
    maximum: Decimal | None = None
    more: bool = False
    vague: bool = False


class NotANumberError(ValueError):
    """The characters are no numeral."""


def parse_number(text: str) -> Number:
    """The value of a folded numeral; NotANumberError where it has none."""
    more = any(c in text for c in MORE if c not in INEXACT)
    vague = any(c in text for c in INEXACT)
    bare = "".join(c for c in text if c not in MORE).translate(_TENS)
    if not bare:
        raise NotANumberError(text)
    low, high = _bounds(bare)
    if low is not None and high is not None:
        return Number(low, high, more, vague=True)
    if tens := _SOME_TENS.fullmatch(bare):
        return Number(_value(tens[1] + tens[2]), None, more=True)
    return Number(_value(bare), None, more, vague)


_COLLOQUIAL = {"百八十": (80, 100), "千八百": (800, 1000), "万八千": (8000, 10000), "百十": (100, 110)}
"""A bare scale word and the next below it: about as many, never 180."""


def _bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a numeral that is a range by itself: 两三百, 十几, 数十."""
    if text in _COLLOQUIAL:
        least, most = _COLLOQUIAL[text]
        return Decimal(least), Decimal(most)
    if match := re.fullmatch(r"(.*?)[几数](.*)", text):
        head, tail = match[1], match[2]
        low, high = ("一", "九") if head else ("二", "九")
        if "数" in text and head:
            return None, None
        return _value(head + low + tail), _value(head + high + tail)
    match = _CLOSE_PAIR.search(text)
    if (
        match
        and "点" not in text[: match.start()]
        and DIGITS[match[2]] - DIGITS[match[1]] in (1, 2)
        and not _is_digit_row(text)
    ):
        return tuple(_value(text[: match.start()] + digit + text[match.end() :]) for digit in match.groups())  # type: ignore[return-value]
    return None, None


def _is_digit_row(text: str) -> bool:
    """Whether Chinese digits are written out as a row (二〇二一), not as a spoken number."""
    return len(text) > 2 and all(c in DIGITS for c in text)


def _value(text: str) -> Decimal:
    if match := _POINT.fullmatch(text):
        return _value(match[1]) + Decimal("0." + "".join(str(DIGITS[c]) for c in match[2]))
    for scale in ("兆", "亿", "万"):
        if scale in text:
            head, _, tail = text.rpartition(scale)
            return (_value(head) if head else Decimal(1)) * LARGE[scale] + _rest(tail, LARGE[scale])
    return _below_wan(text)


def _rest(tail: str, scale: int) -> Decimal:
    """What follows a scale word; a lone digit is a tenth of it (一万五 is 15000)."""
    if tail[:1] in LARGE:
        raise NotANumberError(tail)
    tail_value = tail.lstrip("零〇")
    if not tail_value:
        return Decimal(0)
    if len(tail) == 1 and (tail in DIGITS or tail.isdigit()) and tail != "两":
        return Decimal(DIGITS.get(tail, 0) or int(tail)) * scale / 10
    if tail == "半":
        return Decimal(scale) / 2
    value = _value(tail_value)
    if value >= scale or tail == "两":
        raise NotANumberError(tail)
    return value


def _below_wan(text: str) -> Decimal:
    if text == "半":
        return Decimal("0.5")
    if match := _ARABIC.match(text):
        head = Decimal(match[0].replace(",", ""))
        return _scaled(head, text[match.end() :])
    if len(text) > 1 and text[-1] == "两":
        raise NotANumberError(text)
    if all(c in DIGITS for c in text) and text:
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _spoken(text)


def _scaled(head: Decimal, tail: str) -> Decimal:
    """Arabic digits with scale words: 5千, 3百, 2千5百."""
    if not tail:
        return head
    if tail[0] not in SMALL:
        raise NotANumberError(tail)
    scale = SMALL[tail[0]]
    return head * scale + _rest(tail[1:], scale)


def _spoken(text: str) -> Decimal:
    """A number below ten thousand as spoken: 三百二十五, 十五, 两千三."""
    total, digit, last = 0, None, 10**5
    for i, c in enumerate(text):
        if c in SMALL:
            scale = SMALL[c]
            if scale >= last:
                raise NotANumberError(text)
            total += scale * (digit or 1)
            digit, last = None, scale
        elif c in DIGITS and digit in (None, 0):
            digit = DIGITS[c]
        elif c == "半" and i == len(text) - 1 and last < 10**5:
            return Decimal(total) + Decimal(last) / 2
        else:
            raise NotANumberError(text)
    if digit:
        lone = last in (100, 1000) and text[-2] in SMALL
        total += digit * (last // 10 if lone else 1)
    return Decimal(total)
