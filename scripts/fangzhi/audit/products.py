"""Products: 每人800元，50人合计4万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.relation import Product, Relation
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import one_kind, unit
from fangzhi.audit.words import FIGURE, fill, listed, one_of
from fangzhi.model.codes import CheckKind, Kind
from fangzhi.text.fold import fold


@cache
def _totalled() -> re.Pattern[str]:
    """，共 before the amount"""
    return re.compile(rf"{fill(10)},?{fill(6)}(?P<total>{one_of('total')}){fill(8)}")


def products(sentence: Sentence) -> Iterator[Relation]:
    """Price × number = amount, in a sentence that has these three figures and no others."""
    if len(sentence.figures) != 3:
        return
    first, second, third = sentence.figures
    if not _totalled().fullmatch(sentence.between(second, third)):
        return
    for at, other in ((first, second), (second, first)):
        price, number, amount = (sentence.figures[offset] for offset in (at, other, third))
        if price.kind is amount.kind is Kind.MONEY and one_kind(_price_of(sentence, at), unit(number)):
            yield Relation(CheckKind.PRODUCT, (price, number), amount, Product(), stated=False)


def _price_of(sentence: Sentence, offset: int) -> str:
    """What a price is for one of: 人 in 每人800元 and in 800元/人; empty where it is by time too."""
    clause = re.split(rf"[{FIGURE},;:、()]", sentence.text[:offset])[-1]
    written = fold(sentence.figures[offset].unit or "").split("/")[1:]
    each = re.findall(rf"{one_of('per')}(.)", clause) + written
    return each[0] if len(each) == 1 and each[0] not in listed("period_unit") else ""
