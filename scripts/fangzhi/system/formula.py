"""Formulas: names made of numerals, and how many parts they declare. “234”, 四个坚持, 双三级, 10+5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.quantity.numerals import DIGITS
from fangzhi.system.vocabulary import role
from fangzhi.text.words import is_word, words

_CHINESE = "一二两三四五六七八九十双"
_NUMERAL = rf"(?:[{_CHINESE}]|\d{{1,2}})"
_CLASSIFIER = r"[个项大条种类张支重级道步]"
_THING = rf"[^\W\d{_CHINESE}多]{{1,4}}"
_GROUP = re.compile(rf"({_NUMERAL})({_CLASSIFIER})?({_THING})")
#: 一核两翼多点: the last group may leave open how many.
_MANY = re.compile(rf"(?<=[^\W\d])(多)()({_THING})$")
_GROUPS = re.compile(rf"(?:{_NUMERAL}{_CLASSIFIER}?{_THING}[、,]?)+(?:多{_THING})?")
_MERGED = re.compile(rf"({_NUMERAL})[^\W\d{_CHINESE}]{{0,2}}[合位归]一(?:体)?")
_REPEATED = re.compile(rf"({_NUMERAL})(?:个一[^\W\d]{{0,4}}|[^\W\d{_CHINESE}]?一$)")
_PAIRED_LEVELS = re.compile(rf"双({_NUMERAL})[级层线]")
_DIGITS_ROW = re.compile(r"[1-9]\d{2,5}|[一二三四五六七八九]{3,6}")
_SUM = re.compile(r"\d{1,2}(?:\+(?:\d{1,2}|[nxNX]))+")
_TERM = re.compile(r"\d{1,2}|[nxNX]")
_TREASURES = re.compile(r"[^\W\d]{2,4}([二三四五六七八九十])(?:[宝珍绝鲜景杰箭]|[大个项][^\W\d]{2,4})")
_CLASSIFIED = re.compile(rf"{_NUMERAL}[个项大]")
_LEADING = re.compile(rf"({_NUMERAL})({_CLASSIFIER})?")


@dataclass(frozen=True)
class Group:
    """One numeral of a formula with what it counts; offsets into the formula."""

    start: int
    end: int
    number: int
    head: str


def number_of(numeral: str) -> int:
    """The value of a one-character or Arabic numeral; 双 is two."""
    if numeral.isdecimal():
        return int(numeral)
    return {"双": 2, "十": 10}.get(numeral) or DIGITS[numeral]


def is_formula(name: str) -> bool:
    """Whether a folded quoted name is made of numerals and what they count; no measure or set phrase."""
    if name in role("common") or re.match(r"(?:19|20)\d\d$", name):
        return False
    if any(p.fullmatch(name) for p in (_DIGITS_ROW, _SUM, _MERGED, _PAIRED_LEVELS)):
        return True
    if _REPEATED.fullmatch(name):
        return name[0] != "一"
    everyday = is_word(name) and not _CLASSIFIED.match(name)
    if not _GROUPS.fullmatch(name) or everyday or _measures(name):
        return False
    found = groups(name)
    return len(found) > 1 or (len(found) == 1 and found[0].number > 1 and len(name) <= 7)


def groups(name: str) -> list[Group]:
    """The numerals of a folded formula with what each counts: 三清三建一改 has three; 1+2+n too, n as 0."""
    if _SUM.fullmatch(name) or _DIGITS_ROW.fullmatch(name):
        pattern = _TERM if "+" in name else re.compile(rf"[\d{_CHINESE}]")
        return [Group(*m.span(), int(m[0]) if m[0].isdecimal() else 0, "") for m in pattern.finditer(name)]
    if _MERGED.match(name) or _REPEATED.fullmatch(name):
        return []
    found = [*_GROUP.finditer(name), *_MANY.finditer(name)]
    return [Group(*m.span(), 0 if m[1] == "多" else number_of(m[1]), m[3]) for m in found]


def declared_count(name: str) -> int | None:
    """How many parts a folded formula declares: 四个坚持 4, 五个一 5, 双三级 6, 一组四会 5, 234 3, 1+5 6."""
    if name in role("common"):
        return None
    if _SUM.fullmatch(name):
        return sum(g.number for g in groups(name)) if name.replace("+", "").isdecimal() else None
    if _DIGITS_ROW.fullmatch(name):
        return len(name)
    if match := _TREASURES.fullmatch(name):
        return number_of(match[1])
    if match := _PAIRED_LEVELS.match(name):
        return 2 * number_of(match[1])
    if match := _MERGED.match(name) or _REPEATED.match(name):
        return number_of(match[1]) if number_of(match[1]) > 1 else None
    numbers = (
        [group.number for group in groups(name)] if _GROUPS.fullmatch(name) and not _measures(name) else []
    )
    return sum(numbers) if numbers and set(numbers) != {1} and 0 not in numbers else None


def paired_count(name: str) -> int | None:
    """How many pairs a formula of two equal counts may mean: 六抓六带 six, each 抓…带….."""
    found = groups(name)
    pair = len(found) == 2 and found[0].number == found[1].number > 1 and found[0].head
    return found[0].number if pair else None


def leading_count(name: str) -> int | None:
    """The numeral that opens a collective: 三种模式 3, 双向选择机制 2, 双三级推广机制 6."""
    if match := _PAIRED_LEVELS.match(name):
        return 2 * number_of(match[1])
    match = _LEADING.match(name)
    return number_of(match[1]) if match else None


@cache
def _measure_units() -> frozenset[str]:
    kinds = ("length", "area", "duration", "money", "weight", "volume")
    return frozenset(row["unit_id"] for row in read_lexicon("units") if row["kind"] in kinds)


def _measures(name: str) -> bool:
    """Whether a single numeral stands with a unit of measure or in a place name: 三公里, 2米线, 六盘山."""
    found = groups(name)
    place = words(name)[0]
    measured = any(group.head.startswith(unit) for group in found for unit in _measure_units())
    return len(found) == 1 and (measured or (place.tag == "ns" and place.end > 2))
