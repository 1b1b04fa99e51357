"""The date of the page itself: printed, or inferred from what its texts say, and on what evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from fangzhi.lexicons import words
from fangzhi.model.codes import Basis, Code
from fangzhi.period.calendar import day_of, partial
from fangzhi.period.expression import Expression, Moment, Named
from fangzhi.period.markers import alternation, clause_before, mark_after, mark_before, markers
from fangzhi.period.scan import events, expressions
from fangzhi.text.fold import fold


class Reason(Code):
    """What the date of a page rests on."""

    GIVEN = "given", "随文件提供", "given beside the file"
    DATELINE = "dateline", "版面印有日期", "a dateline is printed"
    EVENT_DAY = "event_day", "所记大事的年份已知", "a dated national event is reported with its day"
    COMING_EVENT = "coming_event", "称某大事将于今年举行", "a national event is said to come this year"
    WEEKDAY = "weekday", "日期与星期相合的年份", "the year in which a day falls on its weekday"
    SAME_SENTENCE = "same_sentence", "日期与年份同句", "a day and a year stand in one sentence"
    LATER_YEAR = "later_year", "往事带年份，近事不带", "past events carry their year, recent ones do not"
    NEWEST = "newest", "最近的带年份日期", "the newest date printed with its year"


@dataclass(frozen=True)
class PageDate:
    """ISO date, month or year; how it is known, why, and the words it rests on."""

    published_on: str
    basis: Basis
    reason: Reason
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class _Dated:
    """A plain date on the page: where, what, and the sentence it stands in."""

    text: str
    moment: Moment
    start: int
    end: int
    sentence: str


_LABEL = re.compile(
    r"(?:日 ?期|时 ?间|发布|发表|刊期|期号|出版|更新|date)[^\d\n]{0,6}"
    r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)"
)
"""期号】19990612"""
_SENTENCES = re.compile(r"[^。!?\n]+[。!?]?")
_PROSE = re.compile(r"[。,]")
_NAME_AND_DATE = re.compile(r"\s*[^\W\d]{1,14}\s*")
"""A word and a date apart from it, with nothing else in the line: 滨江商报 2017年9月9日."""
_SOON = 31
_BEFORE = 3
"""Days behind a full date, and before it, in which a bare one is of the same year."""
_RUBRIC_LENGTH = 8
_DATELINE_LENGTH = 60
"""A line this short without a comma or full stop is furniture of the page, not prose."""


def _dates(text: str) -> Iterator[_Dated]:
    """Single dates of the calendar, without those still to come and those that only bound a period."""
    folded = fold(text)
    for sentence in _SENTENCES.finditer(folded):
        for found in expressions(sentence[0]):
            moment = found.last if isinstance(found.last, Moment) and found.last.month else found.first
            led = isinstance(found.first, Moment) and found.first.shift and moment is found.last
            if isinstance(moment, Moment) and not (moment.lunar or led or _pending(sentence[0], found)):
                start, end = sentence.start() + found.start, sentence.start() + found.end
                yield _Dated(text[start:end], moment, start, end, sentence[0])


def _pending(sentence: str, found: Expression) -> bool:
    """Whether a date is still to come or bounds a period: 将于…, 到…, …起, …前."""
    ahead = re.compile(rf"(?:{alternation(*markers('future')).pattern})(?:于|在)?\Z")
    if ahead.search(clause_before(sentence, found.start)):
        return True
    before, after = mark_before(sentence, found.start)[0], mark_after(sentence, found.end)[0]
    return before == "until" or after in ("since", "later", "before")


def _iso(moment: Moment) -> str | None:
    """The full date that a moment prints; None where it prints less or no such day exists."""
    if not (moment.year and moment.month and moment.day):
        return None
    day = day_of(moment.year, moment.month, moment.day)
    return day.start.isoformat() if day else None


def _line(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a span in its line, folded, as far as a dateline could reach."""
    before = text[max(0, start - 2 * _DATELINE_LENGTH) : start].rpartition("\n")[2]
    return fold(before), fold(text[end : end + 2 * _DATELINE_LENGTH].partition("\n")[0])


def _is_dateline(text: str, dated: _Dated) -> bool:
    """Whether a full date stands as furniture: set as 2022-07-13, alone or among the paper's own words in a
    short line, or with weekday or time of day behind a separator."""
    before, after = _line(text, dated.start, dated.end)
    if after[:1] in tuple(",、起前后至到的") or before[-1:] in tuple("于在从自至到"):
        return False
    if re.match(r"\d{4}[-/.]\d", fold(dated.text)):
        return True
    rest = before + after
    if _NAME_AND_DATE.fullmatch(rest) and (before[-1:].isspace() or after[:1].isspace()):
        return True
    furniture = len(rest) <= _DATELINE_LENGTH and not _PROSE.search(rest) and _furniture().search(rest)
    if furniture or not rest.strip(" |()[]:"):
        return True
    stamped = dated.moment.weekday or re.search(r"\d[时点:]\d", dated.moment.clock or "")
    apart = before[-1:].isspace() and len(before.strip()) <= _RUBRIC_LENGTH
    return bool(stamped) and (apart or before.strip()[-1:] in ("", *"|:】]>)·"))


@cache
def _furniture() -> re.Pattern[str]:
    return alternation(*words("period_dateline"))


def _datelines(text: str) -> Iterator[tuple[str, str]]:
    """The full dates that stand as furniture, and dates in eight digits behind their label: ISO and words."""
    for label in _LABEL.finditer(fold(text)):
        if day := day_of(int(label["y"]), int(label["m"]), int(label["d"])):
            yield day.start.isoformat(), text[label.start() : label.end()]
    for dated in _dates(text):
        iso = _iso(dated.moment)
        if iso and _is_dateline(text, dated):
            yield iso, dated.text


def _printed(texts: Sequence[str]) -> PageDate | None:
    """The newest dateline of the page."""
    newest = max((found for text in texts for found in _datelines(text)), default=None)
    return newest and PageDate(newest[0], Basis.EXPLICIT, Reason.DATELINE, (newest[1],))


def _month(year: int, month: int, reason: Reason, *evidence: str) -> PageDate:
    return PageDate(f"{year:04}-{month:02}", Basis.INFERRED, reason, evidence)


def _is_bare(dated: _Dated) -> bool:
    """A month and day without a year: what happened lately."""
    moment = dated.moment
    return bool(moment.month and moment.day and not moment.year and not moment.shift)


def _latest(bare: Sequence[_Dated], year: int, floor: date) -> tuple[int, _Dated]:
    """The year and the bare date that comes last when read on from a floor: the page is of that month."""

    def when(dated: _Dated) -> date:
        month, day = dated.moment.month or 1, dated.moment.day or 1
        found = day_of(year, month, day)
        start = found.start if found else date(year, month, 1)
        return start if start >= floor else start.replace(year=year + 1, day=min(start.day, 28))

    last = max(bare, key=when)
    return when(last).year, last


_YearFound = tuple[int, Reason, tuple[str, ...]]


def _by_event_day(bare: Sequence[_Dated]) -> _YearFound | None:
    """A national event of known date reported with its month and day: the year is the event's."""
    told = {sentence: _events_in(sentence) for sentence in {dated.sentence for dated in bare}}
    for dated in bare:
        for word, day in told[dated.sentence]:
            if (day.month, day.day) == (dated.moment.month, dated.moment.day):
                return day.year, Reason.EVENT_DAY, (word, dated.text)
    return None


def _events_in(sentence: str) -> list[tuple[str, date]]:
    return [(word, named.start.start) for word, named in events().items() if word in sentence]


def _by_coming_event(texts: Sequence[str]) -> _YearFound | None:
    """党的十九大将于今年召开, 喜迎党的二十大: the year of the event."""
    for text in texts:
        folded = fold(text)
        for word, named in events().items():
            name, meeting = re.escape(word), alternation(*markers("coming")).pattern
            held = r"将?[于在]?今年[^,。]{0,6}(?:召开|举行|举办|开幕)"
            coming = re.search(rf"{name}{held}|(?:{meeting}){name}", folded)
            if coming:
                return named.start.start.year, Reason.COMING_EVENT, (text[coming.start() : coming.end()],)
    return None


def _by_weekday(bare: Sequence[_Dated], floor: int) -> _YearFound | None:
    """5月20日星期四 on a page not older than 2019: of the five years from then on, the one it fits."""
    for dated in bare:
        month, day = dated.moment.month or 0, dated.moment.day or 0
        for year in range(floor, floor + 5) if floor and dated.moment.weekday else ():
            found = day_of(year, month, day)
            if found and found.start.isoweekday() == dated.moment.weekday:
                return year, Reason.WEEKDAY, (dated.text,)
    return None


def _by_same_sentence(bare: Sequence[_Dated], years: Sequence[_Dated], floor: int) -> _YearFound | None:
    """9月8日，…2019年灯会开幕: the newest year of the page, where it shares a sentence with a bare date."""
    days = {dated.sentence: dated for dated in bare}
    for year in years:
        whole = year.moment.month is None and year.moment.part is None
        if whole and year.moment.year == floor and year.sentence in days:
            return floor, Reason.SAME_SENTENCE, (days[year.sentence].text, year.text)
    return None


def _by_newest(bare: Sequence[_Dated], full: Sequence[_Dated], floor: int) -> _YearFound | None:
    """The newest date printed with year and month; None where a year later than the one it tells is named.

    A newspaper prints the year of what is not of its own year. Only where the sentence sets that year
    against another one may it be the page's own.
    """
    if not full:
        return None
    newest = max(full, key=_day)
    year = newest.moment.year or 0
    contrast = any(d.sentence == newest.sentence and d.moment.year not in (None, year) for d in full)
    if contrast:
        return (year, Reason.NEWEST, (newest.text,)) if year >= floor else None
    if year >= floor and any(_just_after(newest, other) for other in bare):
        return year, Reason.NEWEST, (newest.text,)
    later = year + 1, Reason.LATER_YEAR, (newest.text, *(b.text for b in bare[:1]))
    return later if year + 1 >= floor else None


def _just_after(newest: _Dated, bare: _Dated) -> bool:
    """Whether a bare date read in the year of the newest full one is about that day or soon after:
    2020年2月7日, … 2月8日."""
    year, month, day = _day(newest)
    one, other = day_of(year, month, day or 1), day_of(year, bare.moment.month or 0, bare.moment.day or 0)
    return bool(one and other and day and -_BEFORE <= (other.start - one.start).days <= _SOON)


def _day(dated: _Dated) -> tuple[int, int, int]:
    return dated.moment.year or 0, dated.moment.month or 0, dated.moment.day or 0


def _floor(texts: Sequence[str], years: Sequence[_Dated]) -> int:
    """The newest year that the page tells of as past, by its number or by an event: it is not older; or 0."""
    told = {dated.moment.year or 0 for dated in years}
    for text in texts:
        folded = fold(text)
        for found in expressions(folded):
            named = found.first
            if isinstance(named, Named) and named.kind != "era" and not _pending(folded, found):
                told.add((named.whole or named.start).start.year)
    return max(told, default=0)


def _inferred(texts: Sequence[str]) -> PageDate | None:
    """The month of the newest bare date, its year from the best evidence there is."""
    dates = [dated for text in texts for dated in _dates(text)]
    years = [d for d in dates if d.moment.year]
    full = [d for d in years if d.moment.month]
    bare = [d for d in dates if _is_bare(d)]
    floor = _floor(texts, years)
    if not bare:
        return _newest_only(texts, full, floor)
    found = _by_event_day(bare) or _by_coming_event(texts) or _by_weekday(bare, floor)
    found = found or _by_same_sentence(bare, years, floor) or _by_newest(bare, full, floor)
    if found is None:
        return None
    year, reason, evidence = found
    year, last = _latest(bare, year, date(year, 1, 1))
    assert last.moment.month
    return _month(year, last.moment.month, reason, *dict.fromkeys((*evidence, last.text)))


def _newest_only(texts: Sequence[str], full: Sequence[_Dated], floor: int) -> PageDate | None:
    """No recent date without a year: the month of the newest full date, if the news opens with it.

    A date told later in a text is of the past, and the page any time after it.
    """
    newest = max(full, key=_day, default=None)
    if newest is None or (newest.moment.year or 0) < floor or not any(_opens(t, newest) for t in texts):
        return None
    assert newest.moment.year
    assert newest.moment.month
    return _month(newest.moment.year, newest.moment.month, Reason.NEWEST, newest.text)


def _opens(text: str, dated: _Dated) -> bool:
    """Whether a date stands in the first sentence of a text."""
    first = _SENTENCES.search(fold(text))
    return first is not None and first[0] == dated.sentence


def date_of_page(texts: Sequence[str], given: str | None) -> PageDate | None:
    """When the page was published: given, printed, or inferred from its texts; None where nothing says so.

    ``texts`` are all texts of the page, furniture included. An inferred date is a month.
    ValueError where ``given`` is no ISO date, month or year.
    """
    if given:
        partial(given)
        return PageDate(given, Basis.GIVEN, Reason.GIVEN, (given,))
    return _printed(texts) or _inferred(texts)
