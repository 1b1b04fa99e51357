"""Dates that stand by themselves: shapes too short or too foreign to be trusted in the middle of a page.

A page's reader leaves 3/7/2017, 07年, 八月十五 or 中秋 aside unless something around them speaks of time;
where every date of a passage is asked for, they are dates. Values are those of ``datetimes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fangzhi.period.lunar import Holiday, holidays
from fangzhi.period.markers import alternation
from fangzhi.period.numerals import full_year, number
from fangzhi.text.words import words

Bare = tuple[int, int, str]
"""Start, end and value."""

_YEAR_LAST = re.compile(
    r"(?<![\d./])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|(?<!\.)\d\d)"
    r"(?![\d/]|\.\d|(?P=sep)\d)"
)
_SPACED = re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d) (?P<m>\d\d) (?P<d>\d\d)(?! ?[\d.])")
_YEAR_AND_MONTH = re.compile(r"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[-/.](?P<y>(?:19|20)\d\d)(?![\d/]|[.-]\d)")
_SHORT_YEAR = re.compile(
    r"(?<![\d.一二三四五六七八九十])(?:(?P<y>0\d|[〇零][一二三四五六七八九]) ?年(?!级|龄)"
    r"|(?P<q>[5-9]\d|[五六七八九][〇零一二三四五六七八九])年(?=第?[一二三四1-4]季度))"
)
_YEAR_EDGE = re.compile(r"(?<![\d.])(?P<y>[012]\d)年(?P<edge>[底末初])")
_FULL = re.compile(
    r"(?<![\d.])(?P<y>\d{3,4}|[〇零一二三四五六七八九]{3,4}|[一二两]千)年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?P<bare>[一二三]?十[一二三四五六七八九]?)(?![\u4e00-\u9fff\d]))?"
)
_YEARS = re.compile(
    r"(?<![\d.-])(?P<a>(?:19|20)\d\d)[-—–~至到](?P<b>(?:19|20)\d\d)(?![\d.,%-]|\s?[万亿千百元人米公吨个件年])"
)
_WEEK = re.compile(r"(?P<s>[上下这本])个?(?:星期|礼拜)(?![一二三四五六日天末期])")
_WEEKDAY = re.compile(r"(?P<s>[上下这])一个(?:周|星期|礼拜)(?P<d>[一二三四五六日天])")
_WEEKS = {"上": "now-P1W", "下": "now+P1W", "这": "now+P0W", "本": "now+P0W"}
_OF_OUR_ERA = re.compile(r"公元(?P<y>[〇零一二三四五六七八九]{3,4})年")
_STRETCH = re.compile(
    r"(?:(?<=[,。;:\s在])|^)(?P<side>[前上后下])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?"
    r"(?P<unit>年|月|周|星期|礼拜|天|日)(?![一-十级龄度份])"
)
_LETTER = {"年": "Y", "月": "M", "周": "W", "星期": "W", "礼拜": "W", "天": "D", "日": "D"}


def _year_last(match: re.Match[str]) -> str | None:
    """13.5.2015, 10/31/1974: the month is first behind a stroke or where only it can be."""
    first, second, year = int(match["a"]), int(match["b"]), full_year(match["y"])
    day_first = first > 12 or (match["sep"] != "/" and len(match["y"]) == 4 and second <= 12)
    month, day = (second, first) if day_first else (first, second)
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _spaced(match: re.Match[str]) -> str | None:
    valid = 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31
    return f"{match['y']}-{match['m']}-{match['d']}" if valid else None


def _full(match: re.Match[str]) -> str | None:
    """1357年6月10日, 两千年八月十五: a year of any age with its month."""
    year, month = number(match["y"]), number(match["m"])
    day = number(match["d"] or match["bare"] or "")
    if not year or not month or month > 12 or (day or 1) > 31:
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def _years(match: re.Match[str]) -> str | None:
    return f"{match['a']}/{match['b']}" if match["a"] < match["b"] else None


def _weekday(match: re.Match[str]) -> str:
    return f"{_WEEKS[match['s']]},W{'一二三四五六日'.find(match['d'].replace('天', '日')) + 1}"


def _stretch(match: re.Match[str]) -> str | None:
    """前两天, 上2个月, 下三周, 后1年."""
    amount = f"P{number(match['n'])}{_LETTER[match['unit']]}"
    return f"now-{amount}/now" if match["side"] in "前上" else f"now/now+{amount}"


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_YEAR_LAST, _year_last),
    (_SPACED, _spaced),
    (_YEAR_AND_MONTH, lambda match: f"{match['y']}-{match['m']}"),
    (_SHORT_YEAR, lambda match: str(full_year(match["y"] or match["q"]))),
    (_OF_OUR_ERA, lambda match: f"{number(match['y']):04}"),
    (_STRETCH, _stretch),
    (_YEAR_EDGE, lambda match: f"20{match['y']}-{'01' if match['edge'] == '初' else '12'}"),
    (_FULL, _full),
    (_YEARS, _years),
    (_WEEK, lambda match: _WEEKS[match["s"]]),
    (_WEEKDAY, _weekday),
)


def bare_dates(text: str, of_holiday: Callable[[Holiday], str]) -> Iterator[Bare]:
    """The dates of folded text that need nothing around them, in no order; some may overlap."""
    for pattern, value_of in _SHAPES:
        for match in pattern.finditer(text):
            if value := value_of(match):
                yield match.start(), match.end(), value
    yield from _holidays(text, of_holiday)


def _holidays(text: str, of_holiday: Callable[[Holiday], str]) -> Iterator[Bare]:
    """Every name of a holiday that does not run across words: 中秋, but no 七一 in 三七一十."""
    cuts = {edge for word in words(text) for edge in (word.start, word.end)}
    for match in alternation(*holidays()).finditer(text):
        if len(match[0]) > 2 or (match.start() in cuts and match.end() in cuts):
            yield match.start(), match.end(), of_holiday(holidays()[match[0]])
