"""A mention of time in the text, resolved as far as the text and the page's date allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from fangzhi.model.codes import Basis
from fangzhi.period.calendar import Extent, partial

Precision = Literal["day", "month", "year", "span"]


class Role(StrEnum):
    """What a mention of time does in its sentence."""

    POINT = "point"
    """In, on or during: 2020年, 3月14日, 上半年."""
    SPAN = "span"
    """From one date to another: 2018—2020年, “十三五”期间, 近三年."""
    AS_OF = "as_of"
    """A stock as of then: 截至5月17日, 目前, 到2020年底."""
    SINCE = "since"
    """From then on, up to the page's date: 今年以来, 2018年起."""
    TARGET = "target"
    """By or at a time still to come: 到2025年, 2023年底前, 明年3月."""
    WITHIN = "within"
    """Within so long from a date: 3年内, 未来五年."""
    ORIGIN = "origin"
    """Where a development starts: 从2013年的…增长到…; holds for the one figure behind it."""
    BASE = "base"
    """What is compared with: 比2019年增长, 较去年同期; holds for no figure."""
    NAME = "name"
    """Part of a name or title: 《…2021年…》, “十四五”规划; holds for no figure."""
    VAGUE = "vague"
    """A time not far from the page's that the words leave open: 近日, 前不久."""
    FAR = "far"
    """A time away from the page's that they leave open: 往年, 当时, 今后."""
    STANDING = "standing"
    """Not in the text: what an undated report holds for, see ``standing_period``."""


@dataclass(frozen=True)
class Anchor:
    """The date of the page: ISO, to the day, month or year, or None where it is not known."""

    published_on: str | None = None

    @cached_property
    def extent(self) -> Extent | None:
        """The days that it covers; ValueError where it is no ISO date."""
        return partial(self.published_on) if self.published_on else None

    @property
    def precision(self) -> Precision | None:
        """How exactly the page's date is known."""
        return {10: "day", 7: "month", 4: "year"}[len(self.published_on)] if self.published_on else None  # type: ignore[return-value]


@dataclass(frozen=True)
class PeriodMention:
    """A mention at ``text[start:end]``.

    ``date_start`` and ``date_end`` are the first and last day it covers; a stock as of a day has that day
    twice. ``date_start`` alone is None for an accumulation whose beginning the text leaves open (近年来),
    ``date_end`` alone where it runs up to a page date that is not known; both are None, and so is
    ``basis``, where it is not resolved.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    basis: Basis | None
    role: Role
    precision: Precision | None
