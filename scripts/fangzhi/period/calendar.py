"""Stretches of days: years, months, parts of them, and steps from one to the next."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Extent:
    """First and last day of a stretch of time."""

    start: date
    end: date


def day_of(year: int, month: int, day: int) -> Extent | None:
    """One day; None where the calendar has no such day."""
    try:
        point = date(year, month, day)
    except ValueError:
        return None
    return Extent(point, point)


def months_of(year: int, first: int, last: int) -> Extent:
    """From a month to a month of a year; months beyond 12 run into the next year."""
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Extent(start, date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]))


def days_of(year: int, month: int, first: int, last: int) -> Extent:
    """From a day to a day of a month; a last day beyond its end is its end."""
    final = calendar.monthrange(year, month)[1]
    return Extent(date(year, month, min(first, final)), date(year, month, min(last, final)))


def years_of(first: int, last: int) -> Extent:
    """Whole years."""
    return Extent(date(first, 1, 1), date(last, 12, 31))


def week_of(day: date, shift: int = 0) -> Extent:
    """The week, Monday to Sunday, so many weeks from that of a day."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return Extent(monday, monday + timedelta(days=6))


def month_shift(day: date, shift: int) -> Extent:
    """The month so many months from that of a day."""
    return months_of(day.year, day.month + shift, day.month + shift)


def quarter_shift(day: date, shift: int) -> Extent:
    """The quarter so many quarters from that of a day."""
    first = (day.month - 1) // 3 * 3 + 1 + 3 * shift
    return months_of(day.year, first, first + 2)


def one_day(day: date | None) -> Extent | None:
    """A day as a stretch."""
    return Extent(day, day) if day else None


def shift_day(day: date, unit: str, amount: int) -> date | None:
    """A day so many units away; the last day of a shorter month; None beyond the calendar."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=amount * (7 if unit == "week" else 1))
        months = month_shift(day, amount * (12 if unit == "year" else 1))
    except (ValueError, OverflowError):
        return None
    return months.start.replace(day=min(day.day, months.end.day))


def partial(text: str) -> Extent:
    """The days that an ISO date, month or year covers; ValueError where it is none."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return years_of(parts[0], parts[0])
    if len(parts) == 2:
        return months_of(parts[0], parts[1], parts[1])
    return Extent(date(*parts), date(*parts))
