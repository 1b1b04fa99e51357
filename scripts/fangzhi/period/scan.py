"""Finding date expressions in folded text: dates, ranges, lists, durations, words that point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import cast

from fangzhi.lexicons import read_lexicon
from fangzhi.period.calendar import Extent, partial, years_of
from fangzhi.period.expression import (
    Core,
    Duration,
    Expression,
    Meaning,
    Moment,
    Named,
    NamedKind,
    Relation,
    Unit,
    Word,
)  # fmt: skip
from fangzhi.period.lunar import holidays
from fangzhi.period.markers import alternation, fits, marks_time
from fangzhi.period.numerals import number
from fangzhi.period.patterns import START
from fangzhi.period.reader import eras, read_day, read_moment

_RANGE = re.compile(r" ?起?(?:至|到|[-–—―─~〜]{1,2}) ?(?!今(?!年|天|日|晚|春|夏|秋|冬))|(?<=冬)(?=[今明]春)")
_LIST = re.compile(r"[、和及与]|以及")
_UNITS: dict[str, Unit] = {
    "年": "year", "个月": "month", "个多月": "month", "个余月": "month", "周": "week", "星期": "week",
    "个星期": "week", "天": "day", "日": "day",
}  # fmt: skip
_DURATION = re.compile(
    r"(?P<lead>(?:最近|近|过去|刚刚过去|前|这|上|未来|今后|接下来|往后)的?)?(?P<close>近)?"
    r"(?P<n>(?!0)\d{1,3}|\d\d00(?!年(?:以[来前后]|之[前后]))|[一二两三四五六七八九十百千万]{1,3}|[几数][十百千万]?|半)"
    r"(?P<odd>多|余|几)?(?P<unit>个月|个[多余]月|年|周|个星期|星期|天|日)(?P<half>半)?(?P<more>多|余)?"
    r"(?P<tail>(?:时间)?(?:以来|来(?![自到往源的])|间(?!接|隔|断)|里(?!程)|内|以内|之内|之前|以前|前(?![往来后提景列线三])|以后|之后|后(?![续勤备期方])))?"
)
_EDGE = re.compile(
    r"(?:期间|时期|规划)?(?:之?初(?!级|步)|(?:的?开局|的?起步|的?首|的?第一)之?年"
    r"|(?P<last>之?末|(?:的?收官|的?决胜|的?最后一?|的?收尾)之?年))"
)
_HELD = re.compile(r"(?:实施|打响|启动|胜利|召开|闭幕|举办|开展|开始|暴发|爆发|发生)?")
_BACK = ("最近", "近", "过去", "刚刚过去", "这")
_AHEAD = ("未来", "今后", "接下来", "往后")


@cache
def _pointing_words() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_words") if not row["unit"]}


@cache
def events() -> dict[str, Named]:
    """Plans, events and eras by name; those of the Party's congresses also without 党的."""
    found: dict[str, Named] = {}
    for row in read_lexicon("period_events"):
        start = partial(row["date_start"])
        whole = Extent(start.start, partial(row["date_end"]).end) if row["date_end"] else None
        kind = cast("NamedKind", row["kind"])
        for word in {row["word"], row["word"].removeprefix("党的")}:
            found[word] = Named(word, start, whole, kind)
    return found


@cache
def _triggers() -> re.Pattern[str]:
    """Where a date expression can start; everything else is skipped at the speed of one pattern."""
    rows = [*read_lexicon("period_words"), *read_lexicon("period_parts")]
    alone = {row["word"] for row in rows if row.get("alone", "yes") or len(row["word"]) > 1}
    following: dict[str, set[str]] = {}
    for word in (*alone, *eras(), *holidays(), *events(), *(f"“{name}" for name in (*holidays(), *events()))):
        following.setdefault(word[0], set()).add(word[1])
    heads = (f"{re.escape(head)}[{re.escape(''.join(sorted(nexts)))}]" for head, nexts in following.items())
    return re.compile("|".join((START, *sorted(heads))))


def _word(text: str, at: int) -> tuple[Core, int] | None:
    match = alternation(*_pointing_words()).match(text, at)
    if not match or not fits(text, at, match.end(), row := _pointing_words()[match[0]]):
        return None
    return Word(cast("Meaning", row["meaning"])), match.end()


def _duration(text: str, at: int) -> tuple[Core, int] | None:
    match = _DURATION.match(text, at)
    if not match or text[max(0, at - 1) : at] in tuple("第每半整.之满"):
        return None
    relation = _relation(match["lead"] or "", match["tail"] or "", match["unit"], text[match.end() :])
    if relation is None:
        return None
    unit, amount = _length(match)
    rough = (
        amount is None or any(match[group] for group in ("odd", "close", "more")) or len(match["unit"]) == 3
    )
    return Duration(unit, amount or 0, relation, rough), match.end()


def _length(match: re.Match[str]) -> tuple[Unit, int | None]:
    """A length in whole units: 半年 is six months, 半个月 fifteen days, 两年半 thirty months."""
    unit, half = _UNITS[match["unit"]], match["n"] == "半"
    smaller: tuple[Unit, int] | None = {"year": ("month", 12), "month": ("day", 30)}.get(unit)  # type: ignore[assignment]
    if half and smaller:
        return smaller[0], smaller[1] // 2
    amount = number(match["n"])
    if match["half"] and amount and smaller:
        return smaller[0], amount * smaller[1] + smaller[1] // 2
    return unit, amount


def _relation(lead: str, tail: str, unit: str, after: str) -> Relation | None:
    """How a duration hangs on its date; None where it is a mere length of time."""
    lead, tail = lead.removesuffix("的"), tail.removeprefix("时间")
    if lead in _AHEAD:
        return "ahead"
    if tail in ("来", "以来"):
        return "back"
    if tail in ("间", "里") and unit == "年" and lead in ("", "这"):
        return "over"
    if tail in ("后", "之后", "以后"):
        return "later"
    if tail in ("前", "之前", "以前"):
        return "ago"
    if lead in _BACK and not re.match(r"[的时]|以上|历史", after):
        return "back"
    return "within" if tail in ("内", "以内", "之内") else None


def _name(text: str, at: int) -> tuple[Core, int] | None:
    """A plan in quotation marks or before 期间, 时期, 末; an event or era only as a mark of time."""
    quoted = text[at : at + 1] in ("“", '"')
    match = alternation(*events()).match(text, at + quoted)
    if not match:
        return None
    named, end = events()[match[0]], match.end()
    closed = quoted and text[end : end + 1] in ("”", '"')
    if quoted and not closed:
        return None
    edge = _edge(named, text, end + closed)
    timely = edge[0] is not named or marks_time(text, held(text, edge[1]))
    return edge if timely or (closed and named.kind == "plan") else None


def held(text: str, at: int) -> int:
    """The offset behind 召开 or 发生, which may stand between a name and the mark that makes it a time."""
    match = _HELD.match(text, at)
    return match.end() if match else at


def _edge(named: Named, text: str, at: int) -> tuple[Named, int]:
    """“十三五”末 is its last year, “十四五”开局之年 its first."""
    match = _EDGE.match(text, at)
    if not match or named.whole is None:
        return named, at
    year = (named.whole.end if match["last"] else named.whole.start).year
    return replace(named, whole=years_of(year, year)), match.end()


def _core(text: str, at: int) -> tuple[Core, int] | None:
    candidates = (_word(text, at), read_moment(text, at), _duration(text, at), _name(text, at))
    return max((found for found in candidates if found), key=lambda found: found[1], default=None)


def _grain(core: Core) -> tuple[bool, bool, bool] | None:
    """How deep a plain date goes; only dates of one grain form a list."""
    if not isinstance(core, Moment) or core.shift or core.holiday:
        return None
    return core.month is not None, core.day is not None, core.part is not None


def _follows(one: Moment, next_one: Moment) -> bool:
    """Whether a date is the next one of its grain: 2018年和2019年, 5月、6月; else each stands for itself."""
    if one.part and next_one.part:
        return next_one.part.first == one.part.last % 12 + 1
    if next_one.day and one.day:
        return next_one.day == one.day + 1 or (next_one.day == 1 and one.day >= 28)
    if next_one.month and one.month:
        return next_one.month == one.month % 12 + 1
    return bool(one.year and next_one.year and next_one.year == one.year + 1)


def _chain(text: str, first: Core, end: int) -> tuple[Core | None, int]:
    """The last date of a range or list that starts with a first one, and where it ends."""
    if not isinstance(first, Moment):
        return None, end
    join = _RANGE.match(text, end)
    ending = join and first.day and read_day(text, join.end(), lunar=first.lunar)
    if ending and first.lunar:
        ending = replace(ending[0], month=first.month), ending[1]
    found = ending or (join and read_moment(text, join.end()))
    if found:
        return found
    last: Core | None = None
    while (join := _LIST.match(text, end)) and (found := read_moment(text, join.end())):
        previous = last or first
        if _grain(found[0]) != _grain(first) or not isinstance(previous, Moment):
            break
        if not isinstance(found[0], Moment) or not _follows(previous, found[0]):
            break
        last, end = found[0], found[1]
    if last is not None and "分别" in re.split(r"[。；;\n]", text[end : end + 60])[0]:
        return None, end
    return last, end


def expressions(text: str) -> Iterator[Expression]:
    """The date expressions of a folded text in reading order, none overlapping another."""
    at = 0
    while match := _triggers().search(text, at):
        start = match.start()
        found = _core(text, start)
        if found is None:
            at = start + 1
            continue
        core, end = found
        last, chain_end = _chain(text, core, end)
        at = end if last is None else chain_end
        yield Expression(start, at, core, last)
