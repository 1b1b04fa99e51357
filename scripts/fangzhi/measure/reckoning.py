"""How a figure is reckoned: which statistic it is, and per what it is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import Kind, Statistic
from fangzhi.model.decimals import rounded
from fangzhi.quantity.numerals import parse_number
from fangzhi.quantity.units import Unit, unit_of

_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN)
_NUMERAL = "[0-9一二两三四五六七八九十百千万]"
_COUNTERS = re.compile("(?:金额|幅度|额|量)$")
_ALTOGETHER = re.compile("(?<![公中])共(?![同产青和享建治赢识性])")
"""共 that adds up, alone before a verb: 共发放; but not 公共, 共同."""


@dataclass(frozen=True)
class Per:
    """What a figure is given for one of: 人, 亩, 月; several are joined by · (人·月), 百公里 is one too."""

    name: str
    bases: tuple[tuple[Decimal, Unit], ...]


@cache
def _telling(statistic: str) -> tuple[str, ...]:
    """The words of the lexicon that tell one statistic, longest first."""
    found = [row["word"] for row in read_lexicon("statistic_words") if row["statistic"] == statistic]
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _pattern(statistic: str) -> re.Pattern[str]:
    return re.compile("|".join(_telling(statistic)))


def statistic_of(measure: str, before: str, unit: str, kind: Kind) -> Statistic:
    """The statistic that a figure is, from its folded measure and the folded clause before it."""
    if kind is Kind.RATE:
        return Statistic.CHANGE if unit in _telling("points") else Statistic.RATE_OF_CHANGE
    head = _COUNTERS.sub("", measure)
    if head.removesuffix("比例").endswith(_telling("change")) or _raises(measure):
        return Statistic.RATE_OF_CHANGE if kind is Kind.RATIO else Statistic.CHANGE
    if head.endswith(_telling("rank")):
        return Statistic.RANK
    if kind is Kind.RATIO:
        return _of_ratio(head, before, unit)
    return _of_level(measure, before)


def _raises(measure: str) -> bool:
    """Whether a measure opens with its change: 增加种植面积; but not 增加值."""
    return measure.startswith(_telling("change")) and not measure.startswith("增加值")


def _of_ratio(head: str, before: str, unit: str) -> Statistic:
    """A part of a whole is a share; a price of money, a multiple or one thing against another a ratio."""
    if _pattern("share").search(f"{head}|{before[-12:]}"):
        return Statistic.SHARE
    ratio = unit == "倍" or head.endswith(_telling("ratio"))
    return Statistic.RATIO if ratio else Statistic.SHARE


def _of_level(measure: str, before: str) -> Statistic:
    """What is added up or averaged says so in its measure or right before its figure."""
    told = f"{measure}|{before[-12:]}"
    for statistic in (Statistic.MEAN, Statistic.CUMULATIVE, Statistic.TOTAL):
        if _pattern(statistic.value).search(told):
            return statistic
    return Statistic.TOTAL if _ALTOGETHER.search(before[-12:]) else Statistic.LEVEL


@cache
def _each() -> re.Pattern[str]:
    """每 with what follows: 每人, 每百公里, 每名学生 does not say more than 每名."""
    units = "|".join(map(re.escape, words("per_words")))
    return re.compile(rf"每[个一]?({_NUMERAL}{{0,4}}(?:{units}))(?![份轮])")


@cache
def _following() -> re.Pattern[str]:
    return re.compile(rf"(?:{_each().pattern})+")


@cache
def _names() -> dict[str, str]:
    return {row["word"]: row["per"] for row in read_lexicon("per_words")}


@cache
def _held() -> dict[str, str]:
    """Words of a measure that hold what it is given per: 人均, 亩产, 月薪."""
    return {row["word"]: row["note"] for row in read_lexicon("statistic_words") if row["statistic"] == "per"}


@lru_cache(maxsize=4096)
def per_of(measure: str, before: str, written: str, behind: str) -> Per | None:
    """What a figure is given per: as its folded unit, measure, the clause before it or what follows say."""
    told = re.split("[/每·]", written)[1:]
    if not told:
        told = [part for match in _pattern("per").finditer(measure) for part in _held()[match[0]].split("·")]
        told += _each().findall(before)
        if ahead := _following().match(behind):
            told += _each().findall(ahead[0])
    bases = dict(_base(part) for part in told if part)
    return Per("·".join(bases), tuple(bases.values())) if bases else None


def _base(written: str) -> tuple[str, tuple[Decimal, Unit]]:
    """The name of a per-unit, and how many of which unit it is: 百公里, 10万人."""
    match = re.fullmatch(rf"({_NUMERAL}*)(.+)", written)
    assert match is not None, written
    count = parse_number(match[1]).value if match[1] else Decimal(1)
    name = _names().get(match[2], match[2])
    return match[1] + name, (count, unit_of(name))


def comparable(value: Decimal, unit: Unit, per: Per) -> tuple[Decimal, str]:
    """A value in standard units for one standard unit of what it is given per, and the unit of that."""
    head = unit_of(re.split("[/每]", unit.written, maxsplit=1)[0]) if unit.compound else unit
    found, names = _standard(value, head)
    for count, base in per.bases:
        size, name = _standard(count, base)
        found = _CONTEXT.divide(found, size)
        names = f"{names}/{name}"
    return rounded(found), names


def _standard(value: Decimal, unit: Unit) -> tuple[Decimal, str]:
    """A value in the standard unit where there is a factor; lengths of time stay as told."""
    standard = None if unit.kind is Kind.DURATION else unit.standard(value)
    if standard is None or unit.entry is None or unit.entry.standard_unit is None:
        return value, unit.written
    return standard, unit.entry.standard_unit
