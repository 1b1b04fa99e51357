"""Reading one date at one place of folded text: year, month, day, parts, holidays, clock, as far as printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.period.expression import Moment, Part, Shift, Unit
from fangzhi.period.lunar import holidays
from fangzhi.period.numerals import SMALL, full_year, number

Read = tuple[Moment, int]
"""A moment and the offset behind it."""

JOIN = r"(?:至|到|[-–—―─~〜]{1,2}|、|和|及|与)"
YEAR = r"(?:(?:1[5-9]|20|21)\d\d|[一二][〇零○o0一二三四五六七八九]{3}|[一二两]千零?[一二三四五六七八九十]{1,3})"
_CALENDAR = re.compile(
    rf"(?<![\d.])(?:公元前(?P<bc>\d{{1,4}})年|公元(?P<ad>\d{{1,4}})年|(?P<full>{YEAR}) ?年(?:度|份)?(?!级)"
    rf"|(?P<short>\d\d|[〇零一二三四五六七八九]{{2}}) ?年(?=\d{{1,2}} ?月|[一二三四五六七八九十]{{1,2}}月)"
    rf"|(?P<old>[5-9]\d|[五六七八九][〇零一二三四五六七八九])年(?=代|[底初末春夏秋冬])"
    rf"|['’‘](?P<quoted>\d\d)年?"
    rf"|(?P<head>{YEAR})(?= ?{JOIN} ?{YEAR}(?:{JOIN}{YEAR})* ?年))"
)
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<y>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?(?![\d/]|[-.]\d|[年月%个元万亿])"
)
_SCHOOL_YEAR = re.compile(rf"(?<![\d.])(?P<y>{YEAR})年?(?:[-–—/至]{{1,2}}{YEAR}年?)?学年")
_MONTH = re.compile(rf"(?P<m>{SMALL}|元|正|冬|腊) ?月(?:份|(?![龄饼球嫂牙]))|(?P<head>{SMALL})(?= ?{JOIN} ?{SMALL} ?月)")
_MONTHS_TO_DATE = re.compile(rf"[前头](?P<n>{SMALL})个?月(?!前)")
_DAY = re.compile(rf"(?P<d>{SMALL}) ?(?:日|号)(?![龄游报元常间楼线院])|(?P<head>{SMALL})(?= ?{JOIN} ?{SMALL} ?[日号])")
_LUNAR_DAY = re.compile(r"初[一二三四五六七八九十]|(?:[一二]?十|廿)[一二三四五六七八九]?(?![\d月年个人户万元名])|三十(?![\d一-九万多余个户元])")
_LUNAR = re.compile(r"(?:农历|阴历|旧历)")
_WEEKDAY = re.compile(r" ?[(]?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])[)]?")
_CLOCK = re.compile(
    r"[ t]?(?:(?:凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|深夜|夜里|午夜|午后|晨|晚|早(?![在就已早]))[ ]?)?"
    r"(?:(?:\d{1,2}|[零一二三四五六七八九十]{1,3})[时点](?!半?间|段|候|任|期)(?:整|半|许|\d{1,2}分?(?:[\d.]{1,4}秒)?|[零一二三四五六七八九十]{1,3}分)?"
    r"|\d{1,2}:\d{2}(?::\d{2})?)?"
)
_CENTURY = re.compile(r"(?:(?:(?P<last>上个?世纪)|(?P<this>本世纪)|(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})世纪)(?P<c>[初末]|中叶|上半叶|下半叶)?)?(?:(?P<d>\d0|[一二三四五六七八九]十|零零)年代(?P<p>初期?|中期?|末期?|后期)?)?")
_WEEK = re.compile(r"(?P<s>上上|下下|上|下|本|这|这个|上个|下个)?个?(?:周|星期|礼拜)(?P<w>[一二三四五六日天末])(?![边转期])")
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_WEEKS = {"上上": -2, "上": -1, "上个": -1, "下": 1, "下个": 1, "下下": 2, "本": 0, "这": 0, "这个": 0}
_DECADES = {"初": (0, 2), "中": (3, 6), "末": (7, 9), "后": (6, 9)}
_CENTURIES = {"初": (0, 9), "末": (90, 99), "中叶": (40, 60), "上半叶": (0, 49), "下半叶": (50, 99)}


def fits(text: str, start: int, end: int, row: dict[str, str]) -> bool:
    """Whether a lexicon entry at start:end is the word meant and not a piece of a longer one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before and before in row["unless_before"]) and not (after and after in row["unless_next"])


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_words") if row["unit"]}


@cache
def _parts(unit: str) -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_parts") if row["unit"] == unit}


@cache
def alternation(*words: str) -> re.Pattern[str]:
    """A pattern of words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _shift_word(text: str, at: int) -> tuple[Shift, int] | None:
    match = alternation(*_words()).match(text, at)
    if not match or not fits(text, at, match.end(), row := _words()[match[0]]):
        return None
    unit, base = row["unit"], row["meaning"]
    assert unit in ("year", "month", "week", "day")
    return Shift(_unit(unit), int(row["shift"]), "page" if base == "page" else "memory"), match.end()


def _unit(word: str) -> Unit:
    units: dict[str, Unit] = {"year": "year", "month": "month", "week": "week", "day": "day"}
    return units[word]


def _year(text: str, at: int) -> Read | None:
    match = _CALENDAR.match(text, at)
    if not match:
        return None
    if match["bc"]:
        return Moment(year=1 - int(match["bc"])), match.end()
    return Moment(year=full_year(match[match.lastgroup or 0])), match.end()


def _school_year(text: str, at: int) -> Read | None:
    """2020—2021学年, 2020学年: from September to August."""
    match = _SCHOOL_YEAR.match(text, at)
    year = match and full_year(match["y"])
    return (Moment(year=year, part=Part("year", 9, 20)), match.end()) if match and year else None


def _part(text: str, at: int, unit: str, *, alone: bool = False) -> tuple[Part, int] | None:
    match = alternation(*_parts(unit)).match(text, at)
    if not match:
        return None
    row = _parts(unit)[match[0]]
    if not fits(text, at, match.end(), row | {"unless_before": ""}) or (alone and not row["alone"]):
        return None
    closing = match[0][-1] in "底末尾"
    return Part("year" if unit == "year" else "month", int(row["first"]), int(row["last"]), closing), match.end()


def _month(text: str, at: int) -> tuple[int, bool, int] | None:
    """Month, whether it is one of the traditional calendar, and the offset behind it."""
    match = _MONTH.match(text, at)
    if not match:
        return None
    word = match["m"] or match["head"]
    month = 1 if word == "元" else _LUNAR_MONTHS.get(word) or number(word)
    return (month, word in _LUNAR_MONTHS, match.end()) if month and month <= 12 else None


def _day(text: str, at: int, *, lunar: bool) -> tuple[int, int] | None:
    match = _DAY.match(text, at) or (_LUNAR_DAY.match(text, at) if lunar else None)
    if not match:
        return None
    word = match["d"] or match["head"] if match.re is _DAY else match[0].removeprefix("初")
    day = number(word)
    return (day, match.end()) if day and day <= 31 else None


def _clock(text: str, moment: Moment, at: int) -> Read:
    """Weekday and time of day behind a day."""
    if match := _WEEKDAY.match(text, at):
        moment, at = replace(moment, weekday=_weekday(match["w"])), match.end()
    match = _CLOCK.match(text, at)
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
    if match := _LUNAR.match(text, here):
        moment, here = replace(moment, lunar=True), match.end()
    if (holiday := _holiday(text, here, moment)) or (part := _year_part(text, here, moment)) and (holiday := part):
        return holiday
    if month := _month(text, here):
        return _within_month(text, replace(moment, month=month[0], lunar=moment.lunar or month[1]), month[2])
    return moment, at


def _year_part(text: str, at: int, moment: Moment) -> Read | None:
    if part := _part(text, at, "year"):
        return replace(moment, part=part[0]), part[1]
    match = _MONTHS_TO_DATE.match(text, at)
    months = match and number(match["n"])
    if match and months and months <= 12:
        return replace(moment, part=Part("year", 1, months)), match.end()
    return None


def _holiday(text: str, at: int, moment: Moment) -> Read | None:
    quoted = at + 1 if text[at : at + 1] in "“\"" else at
    match = alternation(*holidays()).match(text, quoted)
    if not match or text[match.end() : match.end() + 1] == "月":
        return None
    closed = match.end() + (quoted > at and text[match.end() : match.end() + 1] in "”\"")
    return replace(moment, holiday=holidays()[match[0]]), closed


def _numeric(text: str, at: int) -> Read | None:
    """2021-03-05, 2021/3/5, 2021.3.5, 2021-03; a lone year and month only with two digits."""
    match = _NUMERIC.match(text, at)
    if not match or not 1 <= int(match["m"]) <= 12 or (not match["d"] and len(match["m"]) < 2):
        return None
    day = int(match["d"]) if match["d"] else None
    if day is None:
        return Moment(int(match["y"]), int(match["m"])), match.end()
    return _clock(text, Moment(int(match["y"]), int(match["m"]), day), match.end()) if 1 <= day <= 31 else None


def _century(text: str, at: int) -> Read | None:
    """20世纪90年代, 上世纪末, 八十年代初, 21世纪."""
    match = _CENTURY.match(text, at)
    if not match or not match[0]:
        return None
    n = 20 if match["last"] else 21 if match["this"] else number(match["n"]) if match["n"] else None
    if not match["d"]:
        first, last = _CENTURIES.get(match["c"] or "", (0, 99))
        return (Moment(years=(n * 100 - 100 + first, n * 100 - 100 + last)), match.end()) if n else None
    decade = number(match["d"]) or 0
    base = n * 100 - 100 if n else 1900 if decade >= 30 else 2000
    first, last = _DECADES.get((match["p"] or "")[:1], (0, 9))
    return Moment(years=(base + decade + first, base + decade + last)), match.end()


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
    lunar = _LUNAR.match(text, at)
    found = _year(text, lunar.end() if lunar else at)
    return _within_year(text, replace(found[0], lunar=bool(lunar)), found[1]) if found else None


def _week(text: str, at: int) -> Read | None:
    """上周四, 本周末, 星期三; 1 is Monday, 0 the weekend."""
    match = _WEEK.match(text, at)
    if not match:
        return None
    shift = Shift("week", _WEEKS[match["s"]], "page") if match["s"] else None
    return _clock(text, Moment(weekday=_weekday(match["w"]), shift=shift), match.end())


def _bare_month(text: str, at: int) -> Read | None:
    if text[max(0, at - 1) : at] in tuple("每个第数几半隔近前头整.") or text[max(0, at - 1) : at].isdigit():
        return None
    lunar = _LUNAR.match(text, at)
    month = _month(text, lunar.end() if lunar else at)
    if not month:
        return None
    return _within_month(text, Moment(month=month[0], lunar=bool(lunar) or month[1]), month[2])


def _bare_part(text: str, at: int) -> Read | None:
    """年底, 上半年, 中旬, 前三季度, 1—5月 without a year."""
    if text[max(0, at - 1) : at] in tuple("每第.0123456789"):
        return None
    for unit in ("year", "month"):
        if part := _part(text, at, unit, alone=True):
            return Moment(part=part[0]), part[1]
    return _year_part(text, at, Moment()) if _MONTHS_TO_DATE.match(text, at) else None


def _bare_holiday(text: str, at: int) -> Read | None:
    """A holiday by itself counts only where it is plainly a time."""
    found = _holiday(text, at, Moment())
    if not found or not (holiday := found[0].holiday):
        return None
    plain = re.compile(r"期间|假期|小?长假|黄金周|前后|前夕|过后|当天|当日|来临|当晚|夜|前(?!往)|后(?!勤)|以来|[这那]天|临近")
    return found if holiday.word[-1] in "节日" and len(holiday.word) > 2 or plain.match(text, found[1]) else None


def _bare_day(text: str, at: int) -> Read | None:
    """21日 where only a date can stand: at the head of a clause or behind a mark of time."""
    before = text[max(0, at - 1) : at]
    match = re.compile(rf"(?:\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)(?=日|{JOIN}\d{{1,2}}日)").match(text, at)
    if not match or (before and before not in "，,。；;、：:(“”\n 至止于在到从自"):
        return None
    found = _day(text, at, lunar=False)
    if not found or re.compile(r"[内后前以之至]?[内后前]|[游龄用量的左多里]|以[上内]").match(text, found[1]):
        return None
    return _clock(text, Moment(day=found[0]), found[1])


_READERS: tuple[Callable[[str, int], Read | None], ...] = (
    _numeric, _century, _school_year, _dated, _week, _shifted, _bare_month, _bare_part, _bare_holiday, _bare_day,
)  # fmt: skip


def read_day(text: str, at: int) -> Read | None:
    """A day behind the join of a range whose start has its month: 6月12日至15日."""
    found = _day(text, at, lunar=False)
    return _clock(text, Moment(day=found[0]), found[1]) if found else None


def read_moment(text: str, at: int) -> Read | None:
    """The date that starts at an offset of folded text and the offset behind it; None where none starts."""
    for reader in _READERS:
        if found := reader(text, at):
            return found
    return None
