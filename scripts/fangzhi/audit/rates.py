"""Shares and rates whose part and whole are told elsewhere: 合格率99.4%, 占全县教师总数的9%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.printed import is_exact, is_single, telling_digits
from fangzhi.audit.relation import Change, Ground, Quotient, Relation, factor_of
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, alike, is_proportion, unit
from fangzhi.audit.words import FIGURE, fill, listed, one_of
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

#: A share of fewer digits than this fits by chance.
_TELLING = 3
#: How many figures before a share may be its whole, and how many of the last may be its part.
_EARLIER, _LAST = 12, 2
#: How many figures of one name are tried.
_MOST = 4


@cache
def _rate() -> re.Pattern[str]:
    """合格率99.4%, 占71.4%, 占总量的71.4%"""
    return re.compile(rf"(?:率|{one_of('share', 'whole')}){fill(10)}(?P<share>{FIGURE})")


@cache
def _beyond() -> re.Pattern[str]:
    """超过定员26%"""
    return re.compile(rf"(?P<more>{one_of('more', 'beyond')}){fill(8)}(?P<share>{FIGURE})")


def rates(page: Ledger) -> Iterator[Relation]:
    """A rate and two figures before it that make it; with few digits, only the nearest two."""
    for passage in page.passages:
        for match in _rate().finditer(passage.text):
            share = passage.figures[match.start("share")]
            if unit(share) == PERCENT and not any(word in match[0] for word in listed("rise", "fall")):
                yield from _of_pairs(share, passage.before(match.start("share"), _EARLIER), passage)


def surpluses(page: Ledger) -> Iterator[Relation]:
    """By how much per cent one figure lies above another that is told before it."""
    for passage in page.passages:
        for match in _beyond().finditer(passage.text):
            by = passage.figures[match.start("share")]
            if unit(by) == PERCENT:
                for last, first in _pairs(passage, passage.before(match.start("share")))[:1]:
                    yield Relation(CheckKind.GROWTH, (last, first), by, Change(100), Ground.FITTING)


def _pairs(passage: Sentence, earlier: list[int]) -> list[tuple[Observation, Observation]]:
    """Each of the last figures with each before it that it can be held against, the nearest first."""
    rows = [passage.figures[at] for at in reversed(earlier)]
    pairs = [(row, other) for i, row in enumerate(rows[:_LAST]) for other in rows[i + 1 :]]
    return [pair for pair in pairs if _part_and_whole(*pair)]


def _of_pairs(share: Observation, earlier: list[int], passage: Sentence) -> Iterator[Relation]:
    telling = telling_digits(share) >= _TELLING
    quotient = Quotient(factor_of(share))
    pairs = _pairs(passage, earlier)
    for pair in pairs if telling else pairs[:1]:
        part, whole = sorted(pair, key=lambda row: row.standard_value or row.value)
        yield Relation(CheckKind.SHARE, (part, whole), share, quotient, Ground.FITTING)
    if telling:
        for parts in _lists([passage.figures[at] for at in earlier]):
            yield Relation(CheckKind.SHARE, parts, share, quotient, Ground.FITTING)


def _lists(rows: list[Observation]) -> Iterator[tuple[Observation, ...]]:
    """The last figures before a share, two and more, with the one before them as their whole."""
    for count in range(2, len(rows)):
        whole, *parts = rows[-count - 1 :]
        if not all(_part_and_whole(row, whole) and row.value < whole.value for row in parts):
            return
        yield (*parts, whole)


def _part_and_whole(first: Observation, second: Observation) -> bool:
    same = alike(first, second) and not is_proportion(first)
    return same and is_single(first) and is_single(second) and first.value != second.value


@cache
def _named() -> re.Pattern[str]:
    """第一产业增加值占地区生产总值的比重为14.6%: the part and the whole by name, told of elsewhere."""
    words = rf"[^{FIGURE},;:、()。!?]"
    tail = rf"(?:的?{one_of('whole')})?的?(?:{one_of('reach', 'equal')}|分别)*"
    return re.compile(
        rf"(?P<part>{words}{{0,16}}){one_of('share')}(?P<whole>{words}{{2,14}}?){tail}(?P<share>{FIGURE})"
    )


def shares_of_named(page: Ledger) -> Iterator[Relation]:
    """A share of a whole that another figure of the article measures."""
    for passage in page.passages:
        for match in _named().finditer(passage.text):
            share = passage.figures[match.start("share")]
            if unit(share) == PERCENT:
                yield from _of_named(page, passage, match, share)


def _of_named(
    page: Ledger, passage: Sentence, match: re.Match[str], share: Observation
) -> Iterator[Relation]:
    before = [passage.figures[at] for at in passage.before(match.start("share"))]
    named = page.measuring(match["part"])[-_MOST:]
    telling = telling_digits(share) >= _TELLING
    for whole in page.measuring(match["whole"])[-_MOST:]:
        for part in [*named, *before[-1:]]:
            if _part_and_whole(part, whole) and (telling or part in before[-1:]):
                inputs = (part, whole)
                ground = Ground.ALLOWED if part in before[-1:] and not is_exact(share) else Ground.FITTING
                yield Relation(CheckKind.SHARE, inputs, share, Quotient(factor_of(share)), ground)
