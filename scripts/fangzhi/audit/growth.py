"""Changes: 从 A 增长到 B，增长 P%；B，比上年的 A 增长 P%；年均增长; differences and percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.relation import Change, Gap, Relation, factor_of
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, POINTS, TIMES, alike, is_proportion, unit
from fangzhi.audit.words import FIGURE, TIME, fill, one_of
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

_COMPARED = ("rise", "fall", "more", "less")


@cache
def _from_to() -> re.Pattern[str]:
    """从2013年的 A 增长到2020年的 B"""
    verb = one_of("rise", "fall", "become")
    return re.compile(
        rf"{one_of('from')}{fill(14)}(?P<first>{FIGURE}){fill(16)}(?:,{fill(8)})?"
        rf"(?:{verb}{one_of('to')}|[到至]){fill(16)}(?P<last>{FIGURE})"
    )


@cache
def _than() -> re.Pattern[str]:
    """B，比2019年的 A 增加"""
    return re.compile(rf"(?P<last>{FIGURE}){fill(8)},?{one_of('than')}{fill(16)}(?P<first>{FIGURE})")


@cache
def _former() -> re.Pattern[str]:
    """B（上年同期 A）"""
    return re.compile(
        rf"(?P<last>{FIGURE}){fill(8)}\((?:{TIME}|{one_of('former')}){fill(8)}(?P<first>{FIGURE})\)"
    )


@cache
def _years() -> re.Pattern[str]:
    """2019年 A，2020年 … B"""
    return re.compile(rf"{TIME}{fill(16)}(?P<first>{FIGURE}){fill(6)},{TIME}{fill(10)}(?P<last>{FIGURE})")


@cache
def _change(*signs: str) -> re.Pattern[str]:
    """，年均增长 P%"""
    adverbs = rf"(?:{one_of('adverb')}|(?P<same>{one_of('same_period')})|(?P<mean>{one_of('average')}))*"
    changed = "|".join(rf"(?P<{sign}>{one_of(sign)})" for sign in signs)
    return re.compile(rf"(?:{fill(6)},)?{adverbs}(?:{changed}){one_of('reach')}?(?P<by>{FIGURE})")


@cache
def _adjusted() -> re.Pattern[str]:
    return re.compile(one_of("adjusted"))


def changes(sentence: Sentence) -> Iterator[Relation]:
    """The changes that a sentence states; none where it says that prices or scope were adjusted."""
    if _adjusted().search(sentence.text):
        return
    for match in _from_to().finditer(sentence.text):
        yield from _tails(sentence, match, _change("rise", "fall"), same=False)
    for match in _than().finditer(sentence.text):
        yield from _tails(sentence, match, _change(*_COMPARED), same=False)
    for match in _former().finditer(sentence.text):
        yield from _tails(sentence, match, _change("rise", "fall"), same=True)
    for match in _years().finditer(sentence.text):
        if len(sentence.figures) == 3:
            yield from _tails(sentence, match, _change("rise", "fall"), same=False, stated=False)


def _tails(
    sentence: Sentence, match: re.Match[str], change: re.Pattern[str], *, same: bool, stated: bool = True
) -> Iterator[Relation]:
    """What is said of the change, one clause after the other: 增加100人，增长20%."""
    first, last = sentence.figures[match.start("first")], sentence.figures[match.start("last")]
    at = match.end()
    while alike(first, last) and (tail := change.match(sentence.text, at)):
        at = tail.end()
        by = sentence.figures[tail.start("by")]
        years = _span(sentence, match) if tail["mean"] else 1
        if years and (same or not tail["same"]):
            falling = any(tail.groupdict().get(sign) for sign in ("fall", "less"))
            yield from _relation(first, last, by, falling, years, stated)


def _span(sentence: Sentence, match: re.Match[str]) -> int | None:
    """The years from the first figure to the last, where the text names both."""
    begin = sentence.last_year(match.start(), match.start("first"))
    end = sentence.last_year(match.start("first"), match.start("last"))
    return end - begin if begin and end and end > begin else None


def _relation(
    first: Observation, last: Observation, by: Observation, falling: bool, years: int, stated: bool
) -> Iterator[Relation]:
    proportions = is_proportion(first) or is_proportion(last)
    high, low = (first, last) if falling else (last, first)
    if unit(by) in POINTS:
        if unit(first) == unit(last) == PERCENT:
            yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), stated)
    elif unit(by) in (PERCENT, TIMES):
        sure = stated and not proportions and unit(by) == PERCENT
        yield Relation(CheckKind.GROWTH, (last, first), by, Change(factor_of(by), falling, years), sure)
    elif alike(first, by):
        yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), stated)
