"""Relations that the words allow and only the arithmetic bears out: means, prices, rates, parts of a whole.

They are looked for in a sentence and the one before it, and never held against a figure: where the numbers
do not fit, the words meant something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from fangzhi.audit.measures import content
from fangzhi.audit.printed import is_exact, slack, telling_digits
from fangzhi.audit.relation import Ground, Product, Quotient, Relation, Sum, factor_of
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, alike, in_unit_of, is_proportion, one_kind, unit
from fangzhi.audit.words import FIGURE, fill, listed, one_of
from fangzhi.model.codes import CheckKind, Kind
from fangzhi.model.tables import Observation
from fangzhi.text.fold import fold

#: A sum of two parts, or a share, of fewer digits than this fits by chance.
_TELLING = 3
_LONGEST = 12
#: How many characters behind a number may name what is counted: 19个村集体.
_NOUN = 6


def fitting(passage: Sentence, figures: Sequence[Observation]) -> Iterator[Relation]:
    """The relations that a passage allows, with the other figures of its article."""
    yield from _products(passage)
    yield from _rates(passage)
    yield from _shares_of_named(passage, figures)
    yield from _parts(passage)


@cache
def _each() -> re.Pattern[str]:
    """每户补贴, 平均每个育苗场, 户均: what is told of one."""
    stop = f"{FIGURE},;:。!?"
    return re.compile(rf"(?:{one_of('per')}(?P<each>[^{stop}]{{1,2}})|(?P<mean>[^{stop}平])均)[^{stop}]*$")


def _products(passage: Sentence) -> Iterator[Relation]:
    """So much for each of so many makes so much in all."""
    for at, price in passage.figures.items():
        thing = _told_of_one(passage, at)
        if thing and is_exact(price) and not is_proportion(price):
            for number in passage.offsets:
                if number != at and _counts(passage, number, thing):
                    yield from _amounts(passage, number, at, thing)


def _told_of_one(passage: Sentence, offset: int) -> str:
    """户 for the amount in 每户5万元, 户均5万元, 5万元/户; empty where it is told of no single thing."""
    written = fold(passage.figures[offset].unit or "").split("/")[1:]
    found = _each().search(passage.text[:offset])
    if len(written) == 1:
        return written[0]
    return (found["each"] or found["mean"]) if found and not written else ""


def _counts(passage: Sentence, offset: int, thing: str) -> bool:
    """Whether a figure counts the thing: by its unit, or by the noun right behind it."""
    row = passage.figures[offset]
    behind = re.split(rf"[{FIGURE},;:。]", passage.text[offset + 1 : offset + 1 + _NOUN])[0]
    return any(one_kind(unit(row), each) or each in behind for each in {thing, thing[0]})


def _amounts(passage: Sentence, number: int, at: int, thing: str) -> Iterator[Relation]:
    """What number and price make: told by the year if the price is, or for so many days."""
    price, times = passage.figures[at], _times(passage, at) - {thing}
    for other, amount in passage.figures.items():
        if other in (number, at) or not _payable(price, amount) or _times(passage, other) != times:
            continue
        yield _product((passage.figures[number], price), amount)
        for often in passage.figures.values():
            if often.kind is Kind.DURATION:
                yield _product((passage.figures[number], price, often), amount)


def _product(factors: tuple[Observation, ...], amount: Observation) -> Relation:
    return Relation(CheckKind.PRODUCT, factors, amount, Product(), Ground.FITTING)


def _times(passage: Sentence, offset: int) -> frozenset[str]:
    """The spans of time a figure is told for one of: 年 in 每年600元."""
    clause = re.split(rf"[{FIGURE},;:。!?]", passage.text[:offset])[-1]
    written = fold(passage.figures[offset].unit or "").split("/")[1:]
    each = re.findall(rf"{one_of('per')}({one_of('period_unit')})", clause)
    return frozenset(word for word in (*each, *written) if word in listed("period_unit"))


def _payable(price: Observation, amount: Observation) -> bool:
    bare = fold(price.unit or "").split("/")[0]
    return amount.value > price.value and (alike(price, amount) or bare == fold(amount.unit or ""))


@cache
def _rate() -> re.Pattern[str]:
    """合格率99.4%, 占71.4%, 占总量的71.4%"""
    return re.compile(rf"(?:率|{one_of('share', 'whole')}){fill(10)}(?P<share>{FIGURE})")


def _rates(passage: Sentence) -> Iterator[Relation]:
    """A rate and the two figures nearest before it that make it; with few digits, only those."""
    for match in _rate().finditer(passage.text):
        share = passage.figures[match.start("share")]
        if unit(share) != PERCENT or any(word in match[0] for word in listed("rise", "fall")):
            continue
        earlier = [passage.figures[at] for at in passage.offsets if at < match.start("share")]
        pairs = [pair for pair in combinations(earlier[::-1], 2) if _part_and_whole(*pair)]
        for first, second in pairs if telling_digits(share) >= _TELLING else pairs[:1]:
            part, whole = sorted((first, second), key=lambda row: row.standard_value or row.value)
            yield Relation(CheckKind.SHARE, (part, whole), share, Quotient(factor_of(share)), Ground.FITTING)


def _part_and_whole(first: Observation, second: Observation) -> bool:
    same = alike(first, second) and not is_proportion(first)
    return same and is_exact(first) and is_exact(second) and first.value != second.value


@cache
def _named() -> re.Pattern[str]:
    """第一产业增加值占地区生产总值的比重为14.6%: the part and the whole by name, told of elsewhere."""
    words = rf"[^{FIGURE},;:、()。!?]"
    tail = rf"的?(?:{one_of('whole')})?(?:{one_of('reach', 'equal')}|分别)*"
    return re.compile(
        rf"(?P<part>{words}{{0,16}}){one_of('share')}(?P<whole>{words}{{2,14}}?){tail}(?P<share>{FIGURE})"
    )


def _shares_of_named(passage: Sentence, figures: Sequence[Observation]) -> Iterator[Relation]:
    """A share printed with three digits or more, of a whole that another figure of the article measures."""
    for match in _named().finditer(passage.text):
        share = passage.figures[match.start("share")]
        if unit(share) != PERCENT or telling_digits(share) < _TELLING:
            continue
        before = [passage.figures[at] for at in passage.before(match.start("share"))]
        parts = [*_measuring(match["part"], figures), *before[-1:]]
        for whole in _measuring(match["whole"], figures):
            for part in parts:
                if _part_and_whole(part, whole):
                    inputs = (part, whole)
                    yield Relation(CheckKind.SHARE, inputs, share, Quotient(factor_of(share)), Ground.FITTING)


def _measuring(name: str, figures: Sequence[Observation]) -> list[Observation]:
    """The figures that measure what a name says."""
    wanted = content(name)
    return [row for row in figures if wanted and content(row.measure) == wanted]


def _parts(passage: Sentence) -> Iterator[Relation]:
    """A total, and right behind it or right before it the figures that make it, whatever stands between."""
    rows = [row for row in passage.figures.values() if not is_proportion(row) and is_exact(row)]
    for total in rows:
        same = [row for row in rows if alike(row, total) and row.status is total.status]
        at = same.index(total)
        yield from _runs(total, same[at + 1 : at + 1 + _LONGEST])
        yield from _runs(total, same[max(0, at - _LONGEST) : at][::-1])


def _counts_in(part: Observation, total: Observation) -> bool:
    """Whether a part is less than the total, and enough to show in its printed digits."""
    return slack(total) * 2 <= in_unit_of(part.value, part, total) < total.value


def _runs(total: Observation, others: Sequence[Observation]) -> Iterator[Relation]:
    for count in range(2, len(others) + 1):
        parts = others[:count]
        telling = count > 2 or min(map(telling_digits, (*parts, total))) >= _TELLING
        if telling and all(_counts_in(row, total) for row in parts):
            yield Relation(CheckKind.SUM, tuple(parts), total, Sum(), Ground.FITTING)
