"""Changes between two figures: 从 A 增长到 B，增长 P%；B，比上年的 A 增长 P%；年均增长; points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.printed import EXACTLY, rounds_to
from fangzhi.audit.relation import Change, Gap, Quotient, Relation, factor_of, ground
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, POINTS, TIMES, alike, in_unit_of, is_proportion, unit
from fangzhi.audit.words import FIGURE, TIME, fill, fill_without, one_of
from fangzhi.model.codes import CheckKind, Kind
from fangzhi.model.tables import Observation

_COMPARED = ("rise", "fall", "more", "less")


@dataclass(frozen=True)
class Told:
    """What is told of a change: the sentence, its two figures and where they stand."""

    sentence: Sentence
    begin: int
    first: int
    last: int
    stated: bool

    @property
    def rows(self) -> tuple[Observation, Observation]:
        """The earlier figure and the later one."""
        return self.sentence.figures[self.first], self.sentence.figures[self.last]


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
        rf",?{one_of('than')}{fill_without(16, *_COMPARED)}(?P<first>{FIGURE})"
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
    adverbs = (
        rf"(?:{one_of('adverb', 'degree')}|(?P<same>{one_of('same_period')})|(?P<mean>{one_of('average')}))*"
    )
    changed = "|".join(rf"(?P<{sign}>{one_of(sign)})" for sign in signs)
    return re.compile(rf"(?:{fill(6)},)?{adverbs}(?:{changed})(?P<reach>{one_of('reach')})?(?P<by>{FIGURE})")


@cache
def adjusted() -> re.Pattern[str]:
    """Words that say that a rate is in constant prices or for an adjusted scope."""
    return re.compile(one_of("adjusted"))


@cache
def comparable() -> re.Pattern[str]:
    """What accounts give at constant prices or for a changed scope: 生产总值, 投资."""
    return re.compile(one_of("comparable"))


def changes(page: Ledger) -> Iterator[Relation]:
    """Changes whose two figures are told; none where the sentence says that prices or scope were adjusted."""
    for sentence in page.sentences:
        if adjusted().search(sentence.text):
            continue
        for match in _from_to().finditer(sentence.spanned):
            yield from _tails(_told(sentence, match), match.end(), _change("rise", "fall"))
        for match in _than().finditer(sentence.spanned):
            yield from _tails(_told(sentence, match), match.end(), _change(*_COMPARED))
        for match in _former().finditer(sentence.spanned):
            yield from _tails(_told(sentence, match), match.end(), _change("rise", "fall"), same=True)
        for match in _years().finditer(sentence.spanned):
            if len(sentence.figures) == 3:
                told = replace(_told(sentence, match), stated=False)
                yield from _tails(told, match.end(), _change("rise", "fall"))


def _told(sentence: Sentence, match: re.Match[str]) -> Told:
    return Told(sentence, match.start(), match.start("first"), match.start("last"), stated=True)


def _tails(told: Told, at: int, change: re.Pattern[str], *, same: bool = False) -> Iterator[Relation]:
    """What is said of the change, one clause after the other: 增加100人，增长20%."""
    first, last = told.rows
    while alike(first, last) and (tail := change.match(told.sentence.spanned, at)):
        at = tail.end()
        years = _span(told) if tail["mean"] else 1
        if years and (same or not tail["same"]) and first.value > 0:
            yield from _relation(told, tail, years)


def _span(told: Told) -> int | None:
    """The years from the first figure to the last, where the text names both."""
    begin = told.sentence.last_year(told.begin, told.first)
    end = told.sentence.last_year(told.first, told.last)
    return end - begin if begin and end and end > begin else None


def _relation(told: Told, tail: re.Match[str], years: int) -> Iterator[Relation]:
    """The change by what its figure is: points, a rate, or an amount (增加100人, but not 增加达到100人)."""
    (first, last), by = told.rows, told.sentence.figures[tail.start("by")]
    falling = any(tail.groupdict().get(sign) for sign in ("fall", "less"))
    high, low = (first, last) if falling else (last, first)
    plain = ground(stated=told.stated and years == 1)
    if unit(by) in POINTS:
        if unit(first) == unit(last) == PERCENT:
            yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), plain)
    elif unit(by) == PERCENT:
        change = Change(factor_of(by), falling, years)
        sure = told.stated and not _constant_prices(told, tail) and _one_reading(first, last, by, change)
        yield Relation(CheckKind.GROWTH, (last, first), by, change, ground(stated=sure))
    elif unit(by) == TIMES and not falling:
        sure = told.stated and not _constant_prices(told, tail) and not _is_multiple(first, last, by)
        yield Relation(CheckKind.GROWTH, (last, first), by, Change(1), ground(stated=sure))
    elif alike(first, by) and tail["reach"] in (None, "了"):
        yield Relation(CheckKind.DIFFERENCE, (high, low), by, Gap(years), plain)


def _is_multiple(first: Observation, last: Observation, by: Observation) -> bool:
    """Whether 增长 N 倍 may have been meant as N times as much."""
    return rounds_to(Quotient(1).value((in_unit_of(last.value, last, first), first.value)), by)


def _constant_prices(told: Told, tail: re.Match[str]) -> bool:
    """Whether the rate may be in constant prices: the mean of money over years, and what accounts so give."""
    money = any(row.kind is Kind.MONEY for row in told.rows)
    return money and (tail["mean"] is not None or comparable().search(told.sentence.text) is not None)


def _one_reading(first: Observation, last: Observation, by: Observation, change: Change) -> bool:
    """Whether a rate of change can be read in one way only.

    Per cent of a percentage may mean points, and a mean rate may have been taken over one year more or less,
    or by dividing the whole growth by the years.
    """
    if is_proportion(first) or is_proportion(last):
        return False
    if change.years == 1:
        return True
    amounts = in_unit_of(last.value, last, first), first.value
    others = [replace(change, years=years).value(amounts) for years in (change.years - 1, change.years + 1)]
    others.append(EXACTLY.divide(replace(change, years=1).value(amounts), Decimal(change.years)))
    return not any(rounds_to(other, by) for other in others)
