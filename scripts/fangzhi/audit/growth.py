"""Changes: 从 A 增长到 B，增长 P%；B，比上年的 A 增长 P%；年均增长; differences and percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from fangzhi.audit.printed import EXACTLY, is_exact, rounds_to
from fangzhi.audit.relation import Change, Gap, Relation, factor_of, ground
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, POINTS, TIMES, alike, in_unit_of, is_proportion, unit
from fangzhi.audit.words import FIGURE, TIME, fill, one_of
from fangzhi.model.codes import CheckKind, Kind
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
    return re.compile(
        rf"(?P<last>{FIGURE}){fill(8)}(?:,{one_of('share')}{fill(10)}{FIGURE})?"
        rf",?{one_of('than')}{fill(16)}(?P<first>{FIGURE})"
    )


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
    return re.compile(rf"(?:{fill(6)},)?{adverbs}(?:{changed})(?P<reach>{one_of('reach')})?(?P<by>{FIGURE})")


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
        if years and (same or not tail["same"]) and all(map(is_exact, (first, last, by))) and first.value > 0:
            yield from _relation(first, last, by, tail, years, stated)


def _span(sentence: Sentence, match: re.Match[str]) -> int | None:
    """The years from the first figure to the last, where the text names both."""
    begin = sentence.last_year(match.start(), match.start("first"))
    end = sentence.last_year(match.start("first"), match.start("last"))
    return end - begin if begin and end and end > begin else None


def _relation(
    first: Observation, last: Observation, by: Observation, tail: re.Match[str], years: int, stated: bool
) -> Iterator[Relation]:
    """The change by what its figure is: points, a rate, or an amount (增加100人, but not 增加达到100人)."""
    falling = any(tail.groupdict().get(sign) for sign in ("fall", "less"))
    high, low = (first, last) if falling else (last, first)
    plain = ground(stated=stated and years == 1)
    if unit(by) in POINTS:
        if unit(first) == unit(last) == PERCENT:
            yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), plain)
    elif unit(by) in (PERCENT, TIMES):
        change = Change(factor_of(by), falling, years)
        sure = stated and unit(by) == PERCENT and _one_reading(first, last, by, change)
        yield Relation(CheckKind.GROWTH, (last, first), by, change, ground(stated=sure))
    elif alike(first, by) and tail["reach"] in (None, "了"):
        yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), plain)


def _one_reading(first: Observation, last: Observation, by: Observation, change: Change) -> bool:
    """Whether a rate of change can be read in one way only.

    Growth of money may be in constant prices, per cent of a percentage may mean points, and a mean rate
    may have been taken over one year more or less, or by dividing the whole growth by the years.
    """
    if Kind.MONEY in (first.kind, last.kind) or is_proportion(first) or is_proportion(last):
        return False
    if change.years == 1:
        return True
    amounts = in_unit_of(last.value, last, first), first.value
    others = [replace(change, years=years).value(amounts) for years in (change.years - 1, change.years + 1)]
    others.append(EXACTLY.divide(replace(change, years=1).value(amounts), Decimal(change.years)))
    return not any(rounds_to(other, by) for other in others)
