"""Reading one date at one place of folded text: year, month, day, part, holiday, clock, as far as printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import cast

from fangzhi.lexicons import read_lexicon, words
from fangzhi.period.expression import Base, Moment, Part, PartUnit, Shift, Unit
from fangzhi.period.lunar import holidays
from fangzhi.period.markers import alternation, fits, marks_time
from fangzhi.period.numerals import full_year, number
from fangzhi.period.patterns import (
    CALENDAR_YEAR,
    CENTURY,
    CLOCK,
    DAY,
    DAY_ALONE,
    DECADE,
    ERA_YEAR,
    FISCAL_YEAR,
    LAST_MONTHS,
    LENGTH_BEFORE,
    LUNAR,
    LUNAR_DAY,
    MONTH,
    MONTH_PAIR,
    MONTHS_TO_DATE,
    NEW_YEAR_DAY,
    NEWS_DAY,
    NO_DAY,
    NUMERIC,
    REPUBLIC_YEAR,
    SCHOOL_YEAR,
    THAT_WHOLE_YEAR,
    WEEK,
    WEEKDAY,
)  # fmt: skip

Read = tuple[Moment, int]
"""A moment and the offset behind it."""

_REPUBLIC = 1911
"""What is added to a year of the Republic of China."""
_TERMS = {"": (0, 9, 20), **dict.fromkeys("一1上", (0, 9, 13)), **dict.fromkeys("二2下", (1, 2, 8))}
"""Of a school year and its terms: the year of the start, after the one that names it, and the months."""
_FISCAL = Part("year", 4, 15)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_DAY_IN_BRACKETS = re.compile(r"(?P<word>[今昨明前])[(]\d{1,2}[)]日")
"""昨(14)日"""
_WEEKS = {"上上": -2, "上": -1, "上个": -1, "下": 1, "下个": 1, "下下": 2, "本": 0, "这": 0, "这个": 0}
_DECADES = {"初": (0, 2), "中": (3, 6), "末": (7, 9), "后": (6, 9)}
_CENTURIES = {"初": (0, 9), "末": (90, 99), "中叶": (40, 60), "上半叶": (0, 49), "下半叶": (50, 99)}


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_words") if row["unit"]}


@cache
def _parts(unit: str) -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_parts") if row["unit"] == unit}


def _shift_word(text: str, at: int) -> tuple[Shift, int] | None:
    if match := _DAY_IN_BRACKETS.match(text, at):
        return _shift(_words()[match["word"] + "日"]), match.end()
    match = alternation(*_words()).match(text, at)
    if not match and text[at : at + 1] in ("去", "今", "明") and text[at + 1 : at + 2] in tuple("春夏秋冬"):
        return (_shift(_words()[text[at] + "年"]), at + 1) if _part(text, at + 1, "year") else None
    if not match or not fits(text, at, match.end(), row := _words()[match[0]]):
        return None
    return _shift(row), match.end()


def _shift(row: dict[str, str]) -> Shift:
    return Shift(cast("Unit", row["unit"]), int(row["shift"]), cast("Base", row["meaning"]))


@cache
def eras() -> dict[str, tuple[int, int]]:
    """Reigns and eras that count their own years: the first year and the last one, or 9999."""
    return {row["word"]: (int(row["first"]), int(row["last"] or 9999)) for row in read_lexicon("period_eras")}


@cache
def _era_year() -> re.Pattern[str]:
    return re.compile(rf"(?P<era>{alternation(*eras()).pattern}){ERA_YEAR}")


def _counted_year(text: str, at: int) -> Read | None:
    """民国26年, 光绪二十八年, 宣统元年; 111年9月 as papers of Taiwan write it."""
    if match := REPUBLIC_YEAR.match(text, at):
        return Moment(year=_REPUBLIC + int(match["y"] or match["end"] or match["said"])), match.end()
    if not (match := _era_year().match(text, at)):
        return None
    (first, last), nth = eras()[match["era"]], 1 if match["n"] == "元" else number(match["n"]) or 0
    year = first + nth - 1
    lunar = year < _REPUBLIC + 1
    return (Moment(year=year, lunar=lunar), match.end()) if first <= year <= last else None


@cache
def _happening() -> re.Pattern[str]:
    return alternation(*words("period_happenings"), *words("period_verbs"))


def _year(text: str, at: int) -> Read | None:
    if counted := _counted_year(text, at):
        return counted
    match = CALENDAR_YEAR.match(text, at)
    if not match:
        return None
    if match["happened"] and not _happening().match(text, match.end()):
        return None
    if match["bc"]:
        return Moment(year=1 - int(match["bc"])), match.end()
    return Moment(year=full_year(match[match.lastgroup or 0])), match.end()


def _school_year(text: str, at: int) -> Read | None:
    """2020—2021学年, 2020学年, 111学年度: from September to August; 第一学期 to January."""
    if fiscal := FISCAL_YEAR.match(text, at):
        year, last = full_year(fiscal["y"]), number(fiscal["z"])
        follows = year and last is not None and last % 100 == (year + 1) % 100
        return (Moment(year=year, part=_FISCAL), fiscal.end()) if follows else None
    match = SCHOOL_YEAR.match(text, at)
    year = match and full_year(match["y"])
    if not match or not year:
        return None
    later, first, last = _TERMS[match["term"] or ""]
    year += later + (_REPUBLIC if year < 1000 else 0)
    return Moment(year=year, part=Part("year", first, last)), match.end()


def _part(text: str, at: int, unit: PartUnit, *, alone: bool = False) -> tuple[Part, int] | None:
    match = alternation(*_parts(unit)).match(text, at)
    if not match:
        return None
    row = _parts(unit)[match[0]]
    if not fits(text, at, match.end(), row) or (alone and not row["alone"]):
        return None
    closing = match[0][-1] in "底末尾"
    return Part(unit, int(row["first"]), int(row["last"]), closing), match.end()


def _month(text: str, at: int) -> tuple[int, bool, int] | None:
    """Month, whether it is one of the traditional calendar, and the offset behind it."""
    match = MONTH.match(text, at)
    if not match:
        return None
    word = match["m"] or match["head"]
    month = 1 if word == "元" else _LUNAR_MONTHS.get(word) or number(word)
    return (month, word in _LUNAR_MONTHS, match.end()) if month and month <= 12 else None


def _day(text: str, at: int, *, lunar: bool) -> tuple[int, int] | None:
    match = DAY.match(text, at) or (LUNAR_DAY.match(text, at) if lunar else None)
    if not match:
        return None
    word = match["d"] or match["head"] if match.re is DAY else match[0].removeprefix("初")
    day = number(word)
    return (day, match.end()) if day and day <= 31 else None


def _clock(text: str, moment: Moment, at: int) -> Read:
    """Weekday and time of day behind a day."""
    if match := WEEKDAY.match(text, at):
        moment, at = replace(moment, weekday=_weekday(match["w"])), match.end()
    match = CLOCK.match(text, at)
    if match and match[0].strip():
        moment, at = replace(moment, clock=match[0].strip()), match.end()
    return moment, at


def _weekday(word: str) -> int:
    return "一二三四五六日".find(word.replace("天", "日")) + 1


def _within_month(text: str, moment: Moment, at: int) -> Read:
    if found := _day(text, at, lunar=moment.lunar):
        return _clock(text, replace(moment, day=found[0]), found[1])
    if part := _part(text, at, "month"):
        return replace(moment, part=part[0]), part[1]
    return moment, at


def _within_year(text: str, moment: Moment, at: int) -> Read:
    """What follows a year: a month with its day, a part of the year, a holiday, or nothing."""
    here = at + 1 if text[at : at + 1] in (" ", "的") and text[at + 1 : at + 2] else at
    if match := LUNAR.match(text, here):
        moment, here = replace(moment, lunar=True), match.end()
    if found := _holiday(text, here, moment) or _year_part(text, here, moment):
        return found
    if month := _month(text, here):
        return _within_month(text, replace(moment, month=month[0], lunar=moment.lunar or month[1]), month[2])
    again = THAT_WHOLE_YEAR.match(text, at)
    return moment, again.end() if again else at


def _year_part(text: str, at: int, moment: Moment) -> Read | None:
    """上半年, 一季度末, 前5个月, 七八月."""
    if part := _part(text, at, "year"):
        closed = _close_of(part[0], text, part[1])
        return replace(moment, part=closed), part[1] + (closed != part[0])
    if (pair := MONTH_PAIR.match(text, at)) and (first := number(pair["a"]) or 0) + 1 == number(pair["b"]):
        return replace(moment, part=Part("year", first, first + 1)), pair.end()
    if late := LAST_MONTHS.match(text, at):
        length = (number(late["n"]) or 1) * (3 if late["unit"] == "季度" else 1)
        return replace(moment, part=Part("year", 13 - length, 12)), late.end()
    match = MONTHS_TO_DATE.match(text, at)
    months = match and number(match["n"])
    if match and months and months <= 12:
        return replace(moment, part=Part("year", 1, months)), match.end()
    return None


def _close_of(part: Part, text: str, at: int) -> Part:
    """The last month of a quarter or half-year where 末 or 底 follows."""
    closes = part.last - part.first in (2, 5) and text[at : at + 1] in ("末", "底")
    return Part("year", part.last, part.last, closing=True) if closes else part


def _holiday(text: str, at: int, moment: Moment) -> Read | None:
    quoted = at + 1 if text[at : at + 1] in ("“", '"') else at
    match = alternation(*holidays()).match(text, at) or alternation(*holidays()).match(text, quoted)
    if not match or text[match.end() : match.end() + 1] == "月":
        return None
    closed = match.end() + (match.start() > at and text[match.end() : match.end() + 1] in ("”", '"'))
    return replace(moment, holiday=holidays()[match[0]]), closed


def _numeric(text: str, at: int) -> Read | None:
    """2021-03-05, 2021/3/5, 2021.3.5, 2021-03; a lone year and month only with two digits."""
    match = NUMERIC.match(text, at)
    if not match or not 1 <= int(match["m"]) <= 12 or (not match["d"] and len(match["m"]) < 2):
        return None
    day = int(match["d"]) if match["d"] else None
    if day is None:
        return Moment(int(match["y"]), int(match["m"])), match.end()
    moment = Moment(int(match["y"]), int(match["m"]), day)
    return _clock(text, moment, match.end()) if 1 <= day <= 31 else None


def _century(text: str, at: int) -> Read | None:
    """20世纪90年代, 上世纪末, 八九十年代, 21世纪; without its century 30年代 and later are of the 20th."""
    century = CENTURY.match(text, at)
    decade = DECADE.match(text, century.end() if century else at)
    base = _century_base(century) if century else None
    if decade:
        first, last = _decades(decade)
        start = base if base is not None else 1900 if first >= 30 else 2000
        return Moment(years=(start + first, start + last)), decade.end()
    if not century or base is None:
        return None
    first, last = _CENTURIES.get(century["c"] or "", (0, 99))
    return Moment(years=(base + first, base + last)), century.end()


def _century_base(match: re.Match[str]) -> int | None:
    nth = 20 if match["last"] else 21 if match["this"] else number(match["n"])
    return nth * 100 - 100 if nth else None


def _decades(match: re.Match[str]) -> tuple[int, int]:
    """First and last year, within the century, of a decade or of a pair of them."""
    decade = number(match["d"]) or 0
    first, last = _DECADES.get((match["p"] or "")[:1], (0, 9))
    if match["from"]:
        start = number(match["from"]) or 0
        return (start if start >= 10 else start * 10), decade + last
    return decade + first, decade + last


def _shifted(text: str, at: int) -> Read | None:
    """去年3月, 今年一季度, 上月15日, 昨天上午, 次年."""
    found = _shift_word(text, at)
    if not found:
        return None
    moment, end = Moment(shift=found[0]), found[1]
    if found[0].unit == "year":
        return _within_year(text, moment, end)
    if found[0].unit == "month":
        return _within_month(text, moment, end)
    return _clock(text, moment, end) if found[0].unit == "day" else (moment, end)


def _dated(text: str, at: int) -> Read | None:
    lunar = LUNAR.match(text, at)
    found = _year(text, lunar.end() if lunar else at)
    if not found:
        return None
    moment, end = _within_year(text, replace(found[0], lunar=bool(lunar) or found[0].lunar), found[1])
    return (moment if lunar or moment.month else replace(moment, lunar=False)), end


def _week(text: str, at: int) -> Read | None:
    """上周四, 本周末, 星期三; 1 is Monday, 0 the weekend."""
    match = WEEK.match(text, at)
    if not match:
        return None
    shift = Shift("week", _WEEKS[match["s"]], "page") if match["s"] else None
    return _clock(text, Moment(weekday=_weekday(match["w"]), shift=shift), match.end())


def _bare_month(text: str, at: int) -> Read | None:
    if text[max(0, at - 1) : at] in tuple("每个第数几半隔近前头整.") or text[max(0, at - 1) : at].isdigit():
        return None
    lunar = LUNAR.match(text, at)
    month = _month(text, lunar.end() if lunar else at)
    if not month:
        return None
    return _within_month(text, Moment(month=month[0], lunar=bool(lunar) or month[1]), month[2])


def _bare_part(text: str, at: int) -> Read | None:
    """年底, 上半年, 中旬, 前三季度, 前5个月, 七八月 without a year."""
    if text[max(0, at - 1) : at] in tuple("每第.0123456789"):
        return None
    season = _part(text, at, "year")
    timely = season and (_part(text, at, "year", alone=True) or marks_time(text, season[1]))
    if timely or MONTHS_TO_DATE.match(text, at) or MONTH_PAIR.match(text, at):
        return _year_part(text, at, Moment())
    part = _part(text, at, "month", alone=True)
    return (Moment(part=part[0]), part[1]) if part else None


def _bare_holiday(text: str, at: int) -> Read | None:
    """A holiday by itself counts only where it is plainly a time: 植树节, 国庆期间, 清明过后."""
    found = _holiday(text, at, Moment())
    if not found or not (holiday := found[0].holiday):
        return None
    is_day = len(holiday.word) > 2 and holiday.word[-1] in "节日"
    return found if is_day or marks_time(text, found[1]) else None


def _new_year_day(text: str, at: int) -> Read | None:
    """大年初三, 除夕, 初八: days around the Spring Festival; what runs on from a longer word is none."""
    match = NEW_YEAR_DAY.match(text, at)
    if not match or (match["alone"] and at and text[at - 1] not in ",。;、\n至到—-"):
        return None
    day = (match["d"] or match["alone"] or "三十").removeprefix("初")
    if day == "三十":
        return Moment(holiday=holidays()["除夕"]), match.end()
    return Moment(month=1, day=number(day), lunar=True), match.end()


def _bare_day(text: str, at: int) -> Read | None:
    """21日 where only a date can stand: at the head of a clause or behind a mark of time."""
    before = text[max(0, at - 1) : at]
    reported = text[max(0, at - 2) : at] in ("记者", "时间")
    apart = not before or before in "，,。；;、：:(“”\n 至止于在到从自" or reported
    told = NEWS_DAY.match(text, at) and not LENGTH_BEFORE.search(text, max(0, at - 4), at)
    if not told and not (apart and DAY_ALONE.match(text, at)):
        return None
    found = _day(text, at, lunar=False)
    if not found or NO_DAY.match(text, found[1]):
        return None
    return _clock(text, Moment(day=found[0]), found[1])


_READERS: tuple[Callable[[str, int], Read | None], ...] = (
    _numeric, _century, _school_year, _dated, _week, _shifted,
    _new_year_day, _bare_month, _bare_part, _bare_holiday, _bare_day,
)  # fmt: skip


def read_day(text: str, at: int, *, lunar: bool = False) -> Read | None:
    """A day behind the join of a range whose start has its month: 6月12日至15日, 正月十三至十五."""
    found = _day(text, at, lunar=lunar)
    return _clock(text, Moment(day=found[0], lunar=lunar), found[1]) if found else None


def read_moment(text: str, at: int) -> Read | None:
    """The date that starts at an offset of folded text and the offset behind it; None where none starts."""
    for reader in _READERS:
        if found := reader(text, at):
            return found
    return None
