"""Every date expression of a text as such: its span and value, before any resolution.

Values are ISO 8601 with the unspecified digits of EDTF: ``2021-03-05``, ``2021-03``, ``2021``,
``XXXX-03-05`` (no year printed), ``XXXX-XX-21`` (day alone), intervals ``2021-01/2021-06``. Relative ones
count from the moment of speaking, ``now-P1D`` (昨天), or from the date last named, ``then+P1Y`` (次年), with
what is printed below them behind a comma: ``now-P1Y,03`` (去年3月). A weekday is ``W4``, in a named week
``now+P1W,W4``. Quarters, halves, seasons and ten-day parts are intervals; 腊月 and other dates of the
traditional calendar carry ``lunar:`` before them, its holidays without a year their name: ``XXXX:春节``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fangzhi.period.bare import Bare, bare_dates
from fangzhi.period.expression import Core, Duration, Expression, Moment, Named, Shift, Word
from fangzhi.period.lunar import Holiday, holiday_extent
from fangzhi.period.numerals import number
from fangzhi.period.scan import expressions
from fangzhi.text.fold import fold

_DAY_ALONE = re.compile(
    r"(?:\d{1,2}|初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十一?)"
    r"(?=$|[^\u4e00-\u9fff\d]|[那晚夜前后当的上下早中到至是有在去来出])"
)
_WEEKDAY = re.compile(r"[,\s]{0,2}[(]?(?:星期|周|礼拜)[一二三四五六日天](?![边转期村])[)]?")
_DASHES = ("-", "—", "–", "~", "至", "到")
_LETTER = {"year": "Y", "month": "M", "week": "W", "day": "D"}


@dataclass(frozen=True)
class DateExpression:
    """A date or range of dates at ``text[start:end]`` and its value as the module describes."""

    start: int
    end: int
    text: str
    value: str


def _shift(shift: Shift) -> str:
    sign = "-" if shift.amount < 0 else "+"
    count = (
        f"{abs(shift.amount) * 3}M"
        if shift.unit == "quarter"
        else f"{abs(shift.amount)}{_LETTER[shift.unit]}"
    )
    return f"{'then' if shift.base == 'memory' else 'now'}{sign}P{count}"


def _pad(value: int | None, width: int = 2) -> str:
    if value is None:
        return "X" * width
    return f"{'-' if value < 0 else ''}{abs(value):0{width}}"


def _parts(moment: Moment, head: str, joint: str) -> str:
    """A part of a year or month as an interval behind its year."""
    part = moment.part
    assert part
    if part.unit == "month":
        month = f"{head}{joint}{_pad(moment.month)}"
        return f"{month}-{part.first:02}/{month}-{part.last:02}"
    if part.first == part.last:
        return f"{head}{joint}{part.first:02}"
    if part.last > 12 and moment.year:
        return f"{head}{joint}{part.first:02}/{moment.year + 1:04}{joint}{part.last - 12:02}"
    return f"{head}{joint}{part.first:02}/{head}{joint}{(part.last - 1) % 12 + 1:02}"


def _holiday(holiday: Holiday, moment: Moment, head: str, joint: str) -> str:
    if holiday.calendar == "solar":
        return f"{head}{joint}{holiday.month:02}-{holiday.day:02}"
    found = holiday_extent(holiday, moment.year) if moment.year else None
    return found.start.isoformat() if found else f"{head}:{holiday.word}"


def _moment(moment: Moment) -> str:
    if moment.years:
        return f"{moment.years[0]:04}/{moment.years[1]:04}"
    in_week = moment.shift is None or moment.shift.unit == "week"
    if moment.weekday is not None and moment.day is None and in_week:
        return (_shift(moment.shift) + "," if moment.shift else "") + f"W{moment.weekday or 6}"
    head = _shift(moment.shift) if moment.shift else _pad(moment.year, 4)
    joint = "," if moment.shift else "-"
    if moment.holiday:
        return _holiday(moment.holiday, moment, head, joint)
    if moment.part:
        return _parts(moment, head, joint)
    return ("lunar:" if moment.lunar else "") + head + _below(moment, joint)


def _below(moment: Moment, joint: str) -> str:
    """Month and day behind the year; only the day behind a month that a word names (上月15日)."""
    if moment.shift and moment.shift.unit == "month":
        return f",{moment.day:02}" if moment.day else ""
    month = f"{joint}{_pad(moment.month)}" if moment.month or moment.day else ""
    return month + (f"-{moment.day:02}" if moment.day else "")


def _duration(duration: Duration) -> str:
    amount = f"P{duration.amount or 'X'}{_LETTER[duration.unit]}{'~' if duration.rough else ''}"
    return {
        "back": f"now-{amount}/now", "over": f"then-{amount}/then",
        "ago": f"now-{amount}", "later": f"then+{amount}",
        "within": f"then/then+{amount}", "ahead": f"now/now+{amount}",
    }[duration.relation]  # fmt: skip


def _value(core: Core) -> str:
    if isinstance(core, Moment):
        return _moment(core)
    if isinstance(core, Duration):
        return _duration(core)
    if isinstance(core, Named):
        return f"{core.whole.start}/{core.whole.end}" if core.whole else core.start.start.isoformat()
    assert isinstance(core, Word)
    return {"now": "now", "recent": "../now", "then": "~then", "due": "~then"}.get(core.meaning, "~now")


def _inherit(first: Core, last: Core) -> Core:
    """The end of a range with the year and month that only its start prints: 2021年1至6月, …至次年3月."""
    if not isinstance(first, Moment) or not isinstance(last, Moment) or last.year or last.years:
        return last
    if last.shift:
        named = last.shift.unit == "year" and last.shift.base == "memory" and first.year
        return replace(last, year=named + last.shift.amount, shift=None) if named else last
    alone = last.day and not last.month
    month = first.month if alone else last.month
    turns = bool(first.month and month and month < first.month)
    year = None if first.year is None else first.year + turns
    return replace(last, year=year, month=month, shift=first.shift, lunar=first.lunar or last.lunar)


def _range(first: Core, last: Core) -> str:
    start, end = _value(first), _value(_inherit(first, last))
    return f"{start.split('/')[0]}/{end.split('/')[-1]}"


def _with_day(found: Expression, text: str) -> Expression:
    """八月十五 and 三月初一 without 日, and the weekday behind a comma: 10月12号，星期一."""
    core = found.first
    if found.last is not None or not isinstance(core, Moment):
        return found
    if core.month and not core.day and text[found.end - 1] in "月初":
        match = _DAY_ALONE.match(text, found.end - (text[found.end - 1] == "初"))
        day = match and number(match[0].removeprefix("初"))
        if match and day and day <= 31:
            lunar = core.lunar or match[0][0] == "初"
            return replace(found, end=match.end(), first=replace(core, day=day, part=None, lunar=lunar))
    if core.day and (match := _WEEKDAY.match(text, found.end)):
        return replace(found, end=match.end())
    return found


def find_datetimes(text: str) -> list[DateExpression]:
    """The date expressions of a text in reading order, with values as the module describes.

    Where a shape that needs no context covers more than what a page's reader took, it is the date.
    """
    folded = fold(text)
    candidates: list[Bare] = [
        (found.start, found.end, _range(found.first, found.last) if found.last else _value(found.first))
        for found in (_with_day(e, folded) for e in expressions(folded))
    ]
    candidates += bare_dates(folded, lambda holiday: _moment(Moment(holiday=holiday)))
    chosen: list[Bare] = []
    taken = bytearray(len(folded))
    for start, end, value in sorted(candidates, key=lambda c: (c[0] - c[1], c[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end, value))
    joined = _joined(folded, sorted(chosen))
    return [DateExpression(start, end, text[start:end], value) for start, end, value in joined]


def _joined(text: str, dates: list[Bare]) -> list[Bare]:
    """Dates with a dash between them are a range (5/1/2018-5/7/2018), a year and its part one date."""
    found: list[Bare] = []
    for start, end, value in dates:
        if found and "/" not in found[-1][2] + value and text[found[-1][1] : start] in _DASHES:
            first = found.pop()
            start, value = first[0], f"{first[2]}/{value}"
        elif found and found[-1][1] == start and found[-1][2].isdigit() and value.startswith("XXXX-"):
            first = found.pop()
            start, value = first[0], value.replace("XXXX", first[2])
        found.append((start, end, value))
    return found
