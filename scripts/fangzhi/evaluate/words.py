"""When two spellings say the same: of names, phrases, places, dates and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from fangzhi.text.fold import fold

_LETTERS = "a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿ"
_DROPPED = re.compile(rf"[(（][{_LETTERS}]+[)）]|\s")
_SIGNS = re.compile(r"[^\w%]")
_UNITS = {"平米": "平方米", "千米": "公里", "块钱": "元", "人民币": "元"}
_LEVEL = re.compile(r"(?<=[省市])|(?<=自治区)|(?<=自治州)|(?<=地区)")
_CLOSING = re.compile(r"(?:数量|数|量|额|金额|人数|户数|面积|长度|时间|时长|比例|占比|幅度)$")
SAME_NAME = 4  # characters that a name must have to be recognised inside a longer one


def squash(text: str) -> tuple[str, list[int]]:
    """A text without white space and pinyin brackets, and for each character kept its offset."""
    kept: list[int] = []
    at = 0
    for match in _DROPPED.finditer(text):
        kept.extend(range(at, match.start()))
        at = match.end()
    kept.extend(range(at, len(text)))
    return "".join(text[i] for i in kept), kept


def plain(text: str | None) -> str:
    """A text to compare by: simplified, half width, letters, digits and characters only."""
    squashed, _ = squash(text or "")
    return _SIGNS.sub("", fold(unicodedata.normalize("NFKC", squashed)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same, or a long one stands inside the other."""
    a, b = plain(one), plain(other)
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= SAME_NAME and (a in b or b in a)))


def same_phrase(wanted: str | None, given: str | None) -> bool:
    """Whether most of the words given are wanted, and two fifths of those wanted are given."""
    a, b = plain(wanted), plain(given)
    common = (Counter(a) & Counter(b)).total()
    return bool(a and b) and 5 * common >= 3 * len(b) and 5 * common >= 2 * len(a)


def exact_phrase(wordings: Iterable[str], given: str | None) -> bool:
    """Whether a phrase says what one of the wordings says, neither less nor more, but for a closing 数 or 额.

    Four fifths of the characters given are wanted, and three fifths of those wanted are given.
    """
    return any(_is_exact(_unclosed(wanted), _unclosed(given)) for wanted in wordings)


def _unclosed(text: str | None) -> str:
    return _CLOSING.sub("", plain(text)) or plain(text)


def _is_exact(wanted: str, given: str) -> bool:
    common = (Counter(wanted) & Counter(given)).total()
    return bool(wanted and given) and 5 * common >= 4 * len(given) and 5 * common >= 3 * len(wanted)


def same_unit(wanted: str | None, given: str | None) -> bool:
    """Whether two units are spelled alike or are two spellings of one."""
    a, b = plain(wanted), plain(given)
    return _UNITS.get(a, a) == _UNITS.get(b, b)


def place_tail(wanted: str) -> str:
    """The lowest unit of a chain, to compare by; empty where there is none."""
    last = re.split(r"[ /,，、]", wanted.strip())[-1]
    units = [unit for unit in map(plain, _LEVEL.split(last)) if unit]
    return units[-1] if units else ""


def same_place(wanted: str, chain: str) -> bool:
    """Whether the lowest unit of the chain wanted stands in the chain of names given."""
    tail = place_tail(wanted)
    return bool(tail) and tail in plain(chain)


def same_number(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two numbers are equal; a third and the like, written out to some digits, within them."""
    if one is None or other is None:
        return one is other
    largest = max(abs(one), abs(other))
    return abs(one - other) <= (Decimal("1e-4") if largest < 1 else largest * Decimal("1e-6"))


def same_end(wanted: str, end: str) -> bool:
    """Whether an ISO date, month, year or interval ends in the month (or year) in which another does."""
    last = wanted.split("/")[-1]
    depth = min(len(last), len("2021-01"))
    return last[:depth] == end[:depth]
