"""The traditional calendar and the holidays: a table of years, no astronomy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.period.calendar import Extent, day_of


@dataclass(frozen=True)
class LunarYear:
    """First day, length of each month in order, and the month that a leap month follows (or 0)."""

    new_year: date
    months: tuple[int, ...]
    leap: int
    qingming: date


@dataclass(frozen=True)
class Holiday:
    """A day of the calendar, how it is reckoned, and for how many days it is kept."""

    word: str
    calendar: str
    month: int
    day: int
    days: int


@cache
def _years() -> dict[int, LunarYear]:
    return {
        int(row["year"]): LunarYear(
            date.fromisoformat(row["new_year"]),
            tuple(map(int, row["month_days"].split())),
            int(row["leap_month"] or 0),
            date.fromisoformat(row["qingming"]),
        )
        for row in read_lexicon("period_lunar")
    }


@cache
def holidays() -> dict[str, Holiday]:
    """Holidays by name."""
    numbers = ("month", "day", "days")
    return {
        row["word"]: Holiday(row["word"], row["calendar"], *(int(row[n] or 0) for n in numbers))
        for row in read_lexicon("period_holidays")
    }


def lunar_extent(year: int, month: int, day: int | None) -> Extent | None:
    """A day (0: the last) or a whole month of a lunar year, leap months aside; None outside the table."""
    table = _years().get(year)
    if table is None or not 1 <= month <= 12:
        return None
    index = month - 1 + (1 if table.leap and month > table.leap else 0)
    first = table.new_year + timedelta(days=sum(table.months[:index]))
    length = table.months[index]
    if day is None:
        return Extent(first, first + timedelta(days=length - 1))
    point = first + timedelta(days=(day or length) - 1)
    return Extent(point, point) if day <= length else None


def holiday_extent(holiday: Holiday, year: int) -> Extent | None:
    """The first day on which a holiday is kept in a year; None outside the table."""
    if holiday.calendar == "solar":
        return day_of(year, holiday.month, holiday.day)
    if holiday.calendar == "lunar":
        lunar_year = year - 1 if (holiday.month, holiday.day) >= (12, 0) else year
        return lunar_extent(lunar_year, holiday.month, holiday.day)
    table = _years().get(year)
    return Extent(table.qingming, table.qingming) if table else None
