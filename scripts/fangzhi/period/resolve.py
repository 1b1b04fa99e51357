"""Resolving an expression against the page's date and the date last named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fangzhi.model.codes import Basis
from fangzhi.period.calendar import (
    Extent,
    day_of,
    days_of,
    month_shift,
    months_of,
    one_day,
    quarter_shift,
    shift_day,
    week_of,
    years_of,
)  # fmt: skip
from fangzhi.period.expression import Core, Duration, Moment, Named, Part, Shift, Word
from fangzhi.period.lunar import holiday_extent, lunar_extent
from fangzhi.period.mention import Anchor, Precision

_FAR = 150
"""Days ahead of the page beyond which a date without a year is rather that of the year before."""
_LATE = 45
"""Days before the page within which a bare day is news, whatever year the article reports on."""

_YEAR_END = 31
"""Days before its end from which a whole year is spoken of as done."""
WHOLE_YEAR = Part("year", 1, 12)
"""全年 by itself: of the year that the article speaks of, even paragraphs on."""
YEAR_START = Part("year", 1, 1)
_YEAR_COUNTS = 4
"""The month from which on the page's own year is one of 近三年."""


@dataclass(frozen=True)
class Resolved:
    """The days of an expression; a side that stays open is None."""

    start: date | None
    end: date | None
    basis: Basis
    precision: Precision

    @property
    def extent(self) -> Extent | None:
        """Both sides, where both are known."""
        return Extent(self.start, self.end) if self.start and self.end else None


@dataclass(frozen=True)
class Context:
    """What is known where an expression stands."""

    anchor: Anchor
    recent: Resolved | None = None
    """The date last named in the paragraph."""
    earlier: Resolved | None = None
    """The date last named in the article."""
    span: Resolved | None = None
    """The days last told of in the paragraph, by a date or by a name (“十三五”期间, 今年以来)."""
    own_year: bool = False
    """Whether the text, itself without a date, has told days of its own year, which is not known."""
    as_of: Resolved | None = None
    """The day as of which stocks were last counted (截至8月5日): that of 现有, too."""
    coming: Resolved | None = None
    """The time still to come that was named last: what 届时 points to."""
    ahead: bool = False
    """Whether the clause speaks of what is to come (将, 计划)."""
    topic: Extent | None = None
    """The years that the title or heading reports on."""

    @property
    def topic_year(self) -> int | None:
        """The year reported on, where it is one and the clause does not look ahead."""
        topic = None if self.ahead else self.topic
        return topic.end.year if topic and topic.start.year == topic.end.year else None

    def base(self, shift: Shift) -> Resolved | None:
        """The date that a word counts from: 去年 from the page's, 次年 from the last one named."""
        if shift.base == "memory":
            return self.recent or self.earlier
        if shift.base == "either" and self.recent:
            return self.recent
        return _of_page(self.anchor)


def _of_page(anchor: Anchor) -> Resolved | None:
    extent, precision = anchor.extent, anchor.precision
    return Resolved(extent.start, extent.end, Basis.INFERRED, precision) if extent and precision else None


def _inferred(extent: Extent | None, precision: Precision) -> Resolved | None:
    return Resolved(extent.start, extent.end, Basis.INFERRED, precision) if extent else None


def resolve(core: Core, context: Context) -> Resolved | None:
    """The days that an expression covers; None where the context does not say."""
    if isinstance(core, Moment):
        return _moment(core, context)
    if isinstance(core, Duration):
        return _duration(core, context)
    if isinstance(core, Named):
        return _inferred(core.whole or core.start, "span" if core.whole else "day")
    return _word(core, context)


def _word(word: Word, context: Context) -> Resolved | None:
    """目前 is the page's date; 近年来 ends there; 当时 and 届时 point to a date named before, 近日 and 往年
    stay open."""
    if word.meaning in ("then", "due"):
        return context.coming if word.meaning == "due" else context.recent or context.earlier
    page = _of_page(context.anchor)
    if page is None or word.meaning in ("vague", "far"):
        return None
    if word.meaning == "stock":
        counted = context.as_of and context.as_of.end
        of_late = counted and page.end and 0 <= (page.end - counted).days <= _LATE
        return context.as_of if of_late else page
    return page if word.meaning == "now" else replace(page, start=None, precision="span")


def _moment(moment: Moment, context: Context) -> Resolved | None:
    found = _whole(moment, context)
    page = context.anchor.extent
    if not (found and found.extent and page and _is_current(moment)) or context.ahead:
        return found
    return replace(found, end=page.end) if found.extent.start <= page.end < found.extent.end else found


def _whole(moment: Moment, context: Context) -> Resolved | None:
    if moment.years:
        first, last = max(1, moment.years[0]), moment.years[1]
        return (
            Resolved(date(first, 1, 1), date(last, 12, 31), Basis.EXPLICIT, "span") if last <= 9998 else None
        )
    if moment.shift and moment.shift.unit != "year":
        return _shifted(moment, moment.shift, context)
    if moment.weekday and moment.day is None:
        return _weekday(moment.weekday, context)
    if moment.day and moment.month is None:
        return _day_alone(moment.day, context)
    year = _year_of(moment, context)
    found = year and _in_year(moment, year)
    if not found:
        return None
    basis = Basis.EXPLICIT if moment.year else Basis.INFERRED
    return Resolved(found.start, found.end, basis, _precision(moment))


def _weekday(weekday: int, context: Context) -> Resolved | None:
    """周一: the last one before the page or on its day, the next one where the clause looks ahead."""
    page = context.anchor.extent
    if page is None or context.anchor.precision != "day":
        return None
    back = (page.end.isoweekday() - weekday) % 7
    days = (7 - back) % 7 if context.ahead else -back
    return _inferred(one_day(shift_day(page.end, "day", days)), "day")


def _is_current(moment: Moment) -> bool:
    """今年, 本月, 本周 by themselves: so far."""
    plain = moment.part is None and moment.month is None and moment.day is None and moment.weekday is None
    return plain and moment.shift is not None and moment.shift.base == "page"


def _precision(moment: Moment) -> Precision:
    if moment.day or moment.holiday:
        return "day"
    if moment.part:
        return "month" if moment.part.unit == "month" or moment.part.first == moment.part.last else "span"
    return "month" if moment.month else "year"


def _in_year(moment: Moment, year: int) -> Extent | None:
    """The days of a moment whose year is known; None where the calendar has no such day."""
    if not 1 <= year <= 9998:
        return None
    if moment.holiday:
        return holiday_extent(moment.holiday, year)
    if moment.lunar and moment.month:
        return lunar_extent(year, moment.month, moment.day)
    part = moment.part
    if moment.month:
        if moment.day:
            return day_of(year, moment.month, moment.day)
        if part:
            return days_of(year, moment.month, part.first, part.last)
        return months_of(year, moment.month, moment.month)
    if part and part.unit == "month":
        return None
    return months_of(year, part.first, part.last) if part else years_of(year, year)


def _year_of(moment: Moment, context: Context) -> int | None:
    """The year printed, the year meant by 去年, else the year that the context gives a bare date."""
    if moment.year:
        return moment.year
    if moment.shift:
        base = context.base(moment.shift)
        day = base and (base.end or base.start)
        return day.year + moment.shift.amount if day else None
    if context.recent and context.recent.end:
        return context.recent.end.year
    page = context.anchor.extent
    if context.topic_year and not _is_late(moment, page):
        return context.topic_year
    if moment.part == WHOLE_YEAR and context.earlier and context.earlier.end:
        return context.earlier.end.year
    if page:
        return _nearest_year(moment, page, ahead=context.ahead)
    if context.own_year or not (context.earlier and context.earlier.end):
        return None
    return context.earlier.end.year


def _is_late(moment: Moment, page: Extent | None) -> bool:
    """Whether a bare day lies just before the page's date."""
    found = _in_year(moment, page.end.year) if page and moment.day else None
    return bool(page and found and 0 <= (page.end - found.start).days <= _LATE)


def _nearest_year(moment: Moment, page: Extent, *, ahead: bool) -> int:
    """The year of a bare date: the page's, but the one before for what would be months ahead of it.

    12月25日 in a page of January is last year's unless the clause speaks of the future, in which case
    1月5日 in a page of December is next year's.
    """
    year = page.end.year
    found = _in_year(moment, year)
    if found is None:
        return year
    if moment.lunar:
        years = (y for y in (year - 1, year) if _in_year(moment, y))
        return min(years, key=lambda y: abs(((_in_year(moment, y) or found).start - page.start).days))
    if ahead:
        return year + 1 if (page.start - found.end).days > 365 - _FAR else year
    if moment.part == WHOLE_YEAR:
        return year - 1 if (found.end - page.end).days > _YEAR_END else year
    return year - 1 if (found.start - page.end).days > _FAR else year


def _day_alone(day: int, context: Context) -> Resolved | None:
    """21日: of the month last named in the paragraph, else of the page's or the one before it."""
    recent = context.recent
    if recent and recent.end and recent.precision in ("day", "month"):
        return _inferred(day_of(recent.end.year, recent.end.month, day), "day")
    page = context.anchor.extent
    if not page or context.anchor.precision == "year":
        return None
    found = day_of(page.end.year, page.end.month, day)
    if found and found.start > page.end and not context.ahead:
        before = month_shift(page.end, -1)
        found = day_of(before.start.year, before.start.month, day)
    return _inferred(found, "day")


def _shifted(moment: Moment, shift: Shift, context: Context) -> Resolved | None:
    """上月15日, 昨天, 上周四: from a base known well enough; 昨天 in a page dated by month is that month."""
    base = context.base(shift)
    if base is None or base.end is None or base.extent is None:
        return None
    if shift.unit == "month":
        return _shifted_month(moment, shift, base) if base.precision in ("day", "month") else None
    if shift.unit == "quarter":
        known = base.precision in ("day", "month")
        return _inferred(quarter_shift(base.end, shift.amount), "span") if known else None
    if base.precision != "day":
        return _inferred(base.extent, base.precision) if shift.base == "page" else None
    if shift.unit == "week":
        return _shifted_week(moment, shift, base.end)
    day = shift_day(base.end, shift.unit, shift.amount)
    return _inferred(one_day(day), "day")


def _shifted_month(moment: Moment, shift: Shift, base: Resolved) -> Resolved | None:
    assert base.end
    month = month_shift(base.end, shift.amount)
    if moment.day:
        return _inferred(day_of(month.start.year, month.start.month, moment.day), "day")
    if moment.part:
        month = days_of(month.start.year, month.start.month, moment.part.first, moment.part.last)
    return _inferred(month, "month")


def _shifted_week(moment: Moment, shift: Shift, base: date) -> Resolved | None:
    week = week_of(base, shift.amount)
    if moment.weekday is None:
        return _inferred(week, "span")
    if moment.weekday == 0:
        return _inferred(Extent(shift_day(week.end, "day", -1) or week.end, week.end), "span")
    day = shift_day(week.start, "day", moment.weekday - 1)
    return _inferred(one_day(day), "day")


def _duration(duration: Duration, context: Context) -> Resolved | None:
    """Back from the page's date, or on from the date last named; a rough number leaves the far side open."""
    page = _of_page(context.anchor)
    if duration.relation in ("back", "over") and (told := _years_told(duration, context)):
        return told
    if duration.relation == "over":
        return _over(duration, context, page)
    if duration.relation == "back":
        return page and _back(duration, page)
    if duration.relation == "ago":
        return page and _away(duration, -duration.amount, page)
    if duration.relation == "later":
        base = context.recent
        return base and _away(duration, duration.amount, base)
    base = page if duration.relation == "ahead" else context.recent
    if base is None or base.end is None or duration.rough:
        return None
    end = shift_day(base.end, duration.unit, duration.amount)
    return Resolved(base.start, end, Basis.INFERRED, "span") if end else None


def _over(duration: Duration, context: Context, page: Resolved | None) -> Resolved | None:
    """成立于2016年。四年间: from the year last named; where none is, the years up to the page's date."""
    told = context.recent or context.earlier
    if duration.rough:
        return None
    if told and told.start and told.end:
        last = told.start.year + duration.amount
        if page and page.end and last >= page.end.year:
            return Resolved(told.start, page.end, Basis.INFERRED, "span") if told.start <= page.end else None
        return Resolved(told.start, date(min(last, 9998), 12, 31), Basis.INFERRED, "span")
    return page and _back(duration, page)


def _years_told(duration: Duration, context: Context) -> Resolved | None:
    """五年来, 五年间 behind “十三五”期间 or under such a title: the five years that are told of."""
    if duration.unit != "year" or duration.rough or duration.amount < 2:
        return None
    for told in (context.span and context.span.extent, context.topic):
        if told and told == years_of(told.end.year - duration.amount + 1, told.end.year):
            return _inferred(told, "span")
    return None


def _back(duration: Duration, page: Resolved) -> Resolved | None:
    """近三年 in 2021: the years 2019 to 2021, up to the page's date; months and days likewise."""
    assert page.end
    if duration.rough:
        return replace(page, start=None, precision="span")
    if duration.unit == "year":
        counted = page.precision == "year" or page.end.month >= _YEAR_COUNTS
        year = page.end.year - duration.amount + counted
        if year < 1:
            return replace(page, start=None, precision="span")
        start = date(year, 1, 1)
    elif duration.unit == "month":
        first = shift_day(page.end, "month", 1 - duration.amount)
        start = first.replace(day=1) if first else page.end
    else:
        found = shift_day(page.end, duration.unit, -duration.amount)
        start = found or page.end
    return Resolved(start, page.end, Basis.INFERRED, "span")


def _away(duration: Duration, amount: int, base: Resolved) -> Resolved | None:
    """三天前, 两年后: as exact as the unit and the base are."""
    if duration.rough or base.end is None or base.extent is None:
        return None
    day = shift_day(base.end, duration.unit, amount)
    if day is None:
        return None
    if duration.unit == "year":
        return _inferred(years_of(day.year, day.year), "year")
    if duration.unit == "month":
        return _inferred(month_shift(day, 0), "month") if base.precision != "year" else None
    if base.precision != "day":
        return _inferred(base.extent, base.precision)
    return _inferred(one_day(day), "day")
