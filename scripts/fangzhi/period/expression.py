"""What a date expression says, before any of it is resolved against the page or the text before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fangzhi.period.calendar import Extent
from fangzhi.period.lunar import Holiday

Unit = Literal["year", "quarter", "month", "week", "day"]
Base = Literal["page", "memory", "either"]
"""What a word counts from: the page's date (去年), the date last named (次年), or that if any (上年)."""

PartUnit = Literal["year", "month"]
NamedKind = Literal["plan", "event", "census", "era"]
Relation = Literal["back", "over", "ago", "later", "within", "ahead"]
Meaning = Literal["now", "recent", "vague", "far", "then", "due", "stock"]


@dataclass(frozen=True)
class Shift:
    """So many units from the page's date or from the date last named: 去年, 次月, 昨天."""

    unit: Unit
    amount: int
    base: Base


@dataclass(frozen=True)
class Part:
    """Months of a year or days of a month, first to last: 上半年, 下旬, 年底."""

    unit: PartUnit
    first: int
    last: int
    closing: bool = False
    """Whether it names the close (底, 末), as of which stocks are counted."""


@dataclass(frozen=True)
class Moment:
    """A date as far as it is printed; what is None is left to the context."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: Shift | None = None
    part: Part | None = None
    holiday: Holiday | None = None
    lunar: bool = False
    clock: str | None = None
    years: tuple[int, int] | None = None
    """A decade or century: first and last year."""


@dataclass(frozen=True)
class Named:
    """A stretch that has a name: “十三五”, 党的十八大, 改革开放."""

    word: str
    start: Extent
    whole: Extent | None
    kind: NamedKind


@dataclass(frozen=True)
class Duration:
    """So many units up to, or from, a date known from the context: 近三年, 五年间, 3天前, 五年内."""

    unit: Unit
    amount: int
    relation: Relation
    rough: bool = False
    """Whether the number is given as rough (20多年, 近10年前)."""


@dataclass(frozen=True)
class Word:
    """A word that points without a number: 目前 (now), 近年来 (recent), 近日 (vague), 往年 (far),
    当时 (then), 届时 (due), 现有 (stock)."""

    meaning: Meaning


Core = Moment | Named | Duration | Word


@dataclass(frozen=True)
class Expression:
    """A date expression in the text: one date, a range or a list of neighbouring ones."""

    start: int
    end: int
    first: Core
    last: Core | None = None
