"""So much for each of so many makes so much in all: 每户5万元, 户均5万元, 5万元/户, 各5万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.printed import is_single, slack, step, telling_digits
from fangzhi.audit.relation import Ground, Product, Relation
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import alike, folded, is_proportion, one_kind, unit
from fangzhi.audit.words import FIGURE, listed, one_of
from fangzhi.model.codes import CheckKind, Kind
from fangzhi.model.tables import Observation

#: How many characters behind a number may name what is counted: 19个村集体.
_NOUN = 6
#: How many figures before and behind a price its number and its amount are looked for.
_NEAR = 8
_EVERY = "各"
_STOPS = f"{FIGURE},;:。!?"
#: A product that may be off by no more than this part of itself is told by its digits.
_PRECISE = 200
#: An amount whose last printed digit is more than this part of it has to be the product exactly.
_ROUGH = 50
#: A smaller amount is a product by chance.
_LEAST = 10


@cache
def _each() -> re.Pattern[str]:
    """每户补贴, 平均每个育苗场, 户均: what is told of one."""
    return re.compile(
        rf"(?:{one_of('per')}(?P<each>[^{_STOPS}]{{1,2}})|(?P<mean>[^{_STOPS}平])均|(?P<every>{_EVERY}))[^{_STOPS}]*"
    )


def products(page: Ledger) -> Iterator[Relation]:
    """The number, the price of one and the amount, in a sentence and the two before."""
    for passage in page.reaching_back(2):
        offsets = passage.offsets
        for i, at in enumerate(offsets):
            price = passage.figures[at]
            if is_single(price) and not is_proportion(price):
                yield from _of_price(passage, offsets[max(0, i - _NEAR) : i + _NEAR + 1], at)


def _of_price(passage: Sentence, near: list[int], at: int) -> Iterator[Relation]:
    """The products with one price, told of a thing that is counted, or of each of those before."""
    told = _told_of_one(passage, at)
    before = [other for other in near if other < at][-1:]
    for number in before if told == _EVERY else near:
        if told and number != at and (told == _EVERY or _counts(passage, number, told)):
            yield from _amounts(passage, near, number, at, told)


def _told_of_one(passage: Sentence, offset: int) -> str:
    """户 for the amount in 每户5万元, 户均5万元, 5万元/户; empty where it is told of no single thing."""
    written = folded(passage.figures[offset].unit or "").split("/")[1:]
    if len(written) == 1:
        return written[0]
    clause = re.split(rf"[{_STOPS}]", passage.text[:offset])[-1]
    last = None if written else next(reversed(list(_each().finditer(clause))), None)
    return (last["each"] or last["mean"] or last["every"]) if last else ""


def _counts(passage: Sentence, offset: int, thing: str) -> bool:
    """Whether a figure counts the thing: by its unit, or by the noun right behind it."""
    row = passage.figures[offset]
    behind = re.split(rf"[{FIGURE},;:。]", passage.text[offset + 1 : offset + 1 + _NOUN])[0]
    return any(one_kind(unit(row), each) or each in behind for each in {thing, thing[0]})


def _amounts(passage: Sentence, near: list[int], number: int, at: int, thing: str) -> Iterator[Relation]:
    """What number and price make: told by the year if the price is, or for so many days."""
    price, times = passage.figures[at], _times(passage, at) - {thing, thing[0]}
    for other in near:
        amount = passage.figures[other]
        if other in (number, at) or not _payable(price, amount) or _times(passage, other) != times:
            continue
        factors = passage.figures[number], price
        yield from _product(factors, amount)
        for often in near:
            if often not in (number, other, at) and _multiplies(passage, often, number):
                yield from _product((*factors, passage.figures[often]), amount)


def _multiplies(passage: Sentence, offset: int, number: int) -> bool:
    """Whether a figure says for how long, or how many have the number each: 5份、各3期."""
    row = passage.figures[offset]
    every = passage.text[offset + 1 : number].lstrip(",、") == _EVERY
    return row.value > 1 and (row.kind is Kind.DURATION or every)


def _product(factors: tuple[Observation, ...], amount: Observation) -> Iterator[Relation]:
    """A product; where its digits leave little room, what rounding leaves open is no fault of it."""
    made = Product().value([row.value for row in factors])
    rough = step(amount) * _ROUGH > amount.value and made != amount.value
    if rough or amount.value < _LEAST or any(row.value == 1 for row in factors):
        return
    loose = sum((slack(row) / row.value for row in factors if row.value), slack(amount) / amount.value)
    telling = all(telling_digits(row) > 2 for row in (*factors, amount))
    ground = Ground.ALLOWED if telling and loose * _PRECISE < 1 else Ground.FITTING
    yield Relation(CheckKind.PRODUCT, factors, amount, Product(), ground)


def _times(passage: Sentence, offset: int) -> frozenset[str]:
    """The spans of time a figure is told for one of: 年 in 每年600元."""
    clause = re.split(rf"[{FIGURE},;:。!?]", passage.text[:offset])[-1]
    written = folded(passage.figures[offset].unit or "").split("/")[1:]
    each = re.findall(rf"{one_of('per')}({one_of('period_unit')})", clause)
    return frozenset(word for word in (*each, *written) if word in listed("period_unit"))


def _payable(price: Observation, amount: Observation) -> bool:
    """Whether an amount may be made of a price: in its unit, or 人次 of 人."""
    bare, whole = folded(price.unit or "").split("/")[0], folded(amount.unit or "")
    visits = {bare, whole} <= set(listed("visit"))
    return amount.value > price.value and (alike(price, amount) or bare == whole or visits)
