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
from fangzhi.period.expression import Expression, Moment
from fangzhi.period.reader import alternation
from fangzhi.period.scan import events, expressions
from fangzhi.text.fold import fold


class Reason(Code):
    """What the date of a page rests on."""

    GIVEN = "given", "随文件提供", "given beside the file"
    DATELINE = "dateline", "版面印有日期", "a dateline is printed"
    EVENT_DAY = "event_day", "所记大事的年份已知", "a dated national event is reported with its day"
    COMING_EVENT = "coming_event", "称某大事将于今年举行", "a national event is said to come this year"
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


_LABEL = re.compile(r"(?:日期|时间|发布|发表|刊期|期号|出版|更新|date)[^\d\n]{0,6}(?P<d>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)")
_SENTENCES = re.compile(r"[^。!?\n]+[。!?]?")
_PROSE = re.compile(r"[。,]")
_NOT_YET = re.compile(r"[^,。;]{0,8}?(?:将|拟|计划|预计|力争|确保|到|至|力争到|定于|截止日期)(?:于|在)?\Z|\A(?:起|前|后|以前|之前|以后|之后|底前|开始)")
_DATELINE_LENGTH = 60
"""A line this short without a comma or full stop is furniture of the page, not prose."""


def _dates(text: str) -> Iterator[_Dated]:
    """Single dates of the calendar, without those still to come and those that only bound a period."""
    folded = fold(text)
    for sentence in _SENTENCES.finditer(folded):
        for found in expressions(sentence[0]):
            moment = found.last if isinstance(found.last, Moment) and found.last.month else found.first
            if isinstance(moment, Moment) and not moment.lunar and not _pending(sentence[0], found):
                at = sentence.start()
                yield _Dated(text[at + found.start : at + found.end], moment, at + found.start, at + found.end, sentence[0])


def _pending(sentence: str, found: Expression) -> bool:
    before, after = sentence[max(0, found.start - 10) : found.start], sentence[found.end : found.end + 4]
    marks = _NOT_YET
    return bool(marks.search(before) or marks.match(after))


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
    if not rest.strip(" |()[]:") or (len(rest) <= _DATELINE_LENGTH and not _PROSE.search(rest) and _furniture().search(rest)):
        return True
    stamped = dated.moment.weekday or re.search(r"\d[时点:]\d", dated.moment.clock or "")
    return bool(stamped) and before.strip()[-1:] in ("", *"|:】]>)·")


@cache
def _furniture() -> re.Pattern[str]:
    return alternation(*words("period_dateline"))


def _printed(texts: Sequence[str]) -> PageDate | None:
    """The newest dateline of the page, or a labelled date in eight digits."""
    found: list[tuple[str, str]] = []
    for text in texts:
        for label in _LABEL.finditer(fold(text)):
            digits = label["d"]
            found.append((f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", text[label.start() : label.end()]))
        for dated in _dates(text):
            iso = _iso(dated.moment)
            if iso and _is_dateline(text, dated):
                found.append((iso, dated.text))
    if not found:
        return None
    iso, evidence = max(found)
    return PageDate(iso, Basis.EXPLICIT, Reason.DATELINE, (evidence,))


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
    for dated in bare:
        for word, named in events().items():
            same_day = (named.start.start.month, named.start.start.day) == (dated.moment.month, dated.moment.day)
            if same_day and word in dated.sentence:
                return named.start.start.year, Reason.EVENT_DAY, (word, dated.text)
    return None


def _by_coming_event(texts: Sequence[str]) -> _YearFound | None:
    """党的二十大将于今年召开, 喜迎党的二十大: the year of the event."""
    for text in texts:
        folded = fold(text)
        for word, named in events().items():
            coming = re.search(rf"{re.escape(word)}[^,。]{{0,8}}(?:将于今年|将在今年|今年)[^,。]{{0,6}}召开|(?:喜迎|迎接){re.escape(word)}", folded)
            if coming:
                return named.start.start.year, Reason.COMING_EVENT, (text[coming.start() : coming.end()],)
    return None


def _by_same_sentence(bare: Sequence[_Dated], years: Sequence[_Dated]) -> _YearFound | None:
    """5月14日，…2021年培训班开班: the newest year that shares a sentence with a bare date."""
    days = {dated.sentence: dated for dated in bare}
    pairs = [(y.moment.year or 0, y) for y in years if y.sentence in days and y.moment.month is None]
    if not pairs:
        return None
    year, dated = max(pairs, key=lambda pair: pair[0])
    return year, Reason.SAME_SENTENCE, (days[dated.sentence].text, dated.text)


def _by_newest(bare: Sequence[_Dated], full: Sequence[_Dated]) -> _YearFound | None:
    """The newest date printed with year and month.

    A newspaper prints the year of what is not of its own year. Only where the sentence sets that year
    against another one may it be the page's own.
    """
    if not full:
        return None
    newest = max(full, key=lambda d: (d.moment.year or 0, d.moment.month or 0, d.moment.day or 0))
    year = newest.moment.year or 0
    contrast = any(d.sentence == newest.sentence and d.moment.year not in (None, year) for d in full)
    if contrast or not bare:
        return year, Reason.NEWEST, (newest.text,)
    return year + 1, Reason.LATER_YEAR, (newest.text, *(b.text for b in bare[:1]))


def _inferred(texts: Sequence[str]) -> PageDate | None:
    """The month of the newest bare date, its year from the best evidence there is."""
    dates = [dated for text in texts for dated in _dates(text)]
    years = [d for d in dates if d.moment.year]
    full = [d for d in years if d.moment.month]
    bare = [d for d in dates if _is_bare(d)]
    if not bare:
        return _newest_only(full)
    found = _by_event_day(bare) or _by_coming_event(texts) or _by_same_sentence(bare, years) or _by_newest(bare, full)
    if found is None:
        return None
    year, reason, evidence = found
    year, last = _latest(bare, year, date(year, 1, 1))
    assert last.moment.month
    return _month(year, last.moment.month, reason, *dict.fromkeys((*evidence, last.text)))


def _newest_only(full: Sequence[_Dated]) -> PageDate | None:
    """No recent date without a year: the month of the newest full date."""
    if not full:
        return None
    newest = max(full, key=lambda d: (d.moment.year or 0, d.moment.month or 0, d.moment.day or 0))
    assert newest.moment.year
    assert newest.moment.month
    return _month(newest.moment.year, newest.moment.month, Reason.NEWEST, newest.text)


def date_of_page(texts: Sequence[str], given: str | None) -> PageDate | None:
    """When the page was published: given, printed, or inferred from its texts; None where nothing says so.

    ``texts`` are all texts of the page, furniture included. An inferred date is a month.
    ValueError where ``given`` is no ISO date, month or year.
    """
    if given:
        partial(given)
        return PageDate(given, Basis.GIVEN, Reason.GIVEN, (given,))
    return _printed(texts) or _inferred(texts)
