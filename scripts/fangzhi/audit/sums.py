"""Sums in a sentence: A 30人、B 20人，共50人; 共50人，其中 A 30人、B 20人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from fangzhi.audit.relation import Relation, Sum, ground
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import alike, is_proportion
from fangzhi.audit.words import FIGURE, fill, listed, one_of, partitions
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

#: The most parts a sum is looked for in.
_LONGEST = 40


@cache
def _next_item() -> re.Pattern[str]:
    """What may stand between two items of a list."""
    return re.compile(rf"{fill(16)}[,、;和及与]?{fill(16)}")


@cache
def _total_behind() -> re.Pattern[str]:
    """，共 or ，三项合计"""
    return re.compile(rf"{fill(10)}[,;、(]?{one_of('gather')}?(?P<total>{one_of('total')}){fill(8)}")


@cache
def _parts_ahead() -> re.Pattern[str]:
    """，其中"""
    return re.compile(rf"{fill(10)}[,;:(]?{one_of('among')}:?{fill(16)}")


def sums(sentence: Sentence) -> Iterator[Relation]:
    """The sums that a sentence states."""
    offsets = sentence.offsets
    for i in range(len(offsets)):
        yield from _total_after(sentence, offsets, i)
        yield from _total_before(sentence, offsets, i)


def _total_after(sentence: Sentence, offsets: Sequence[int], last: int) -> Iterator[Relation]:
    """The list whose last item is given, and the total right behind it."""
    behind = offsets[last + 1 : last + 2]
    if not behind or not _total_behind().fullmatch(sentence.between(offsets[last], behind[0])):
        return
    total = sentence.figures[offsets[last + 1]]
    first = last
    while first > max(0, last - _LONGEST) and _linked(sentence, offsets[first - 1], offsets[first], total):
        first -= 1
    for start in range(first, last):
        parts = offsets[start : last + 1]
        stated = _plain_total(sentence, offsets[last + 1]) and _exhaustive(sentence, parts, total=None)
        yield _sum(sentence, parts, total, stated=stated)


def _plain_total(sentence: Sentence, offset: int) -> bool:
    """Whether the total says nothing but 共 and its number."""
    left, right = sentence.text[:offset], sentence.text[offset + 1 :]
    return left.endswith(listed("total")) and (not right or right[0] in ",;。)!?")


def _total_before(sentence: Sentence, offsets: Sequence[int], at: int) -> Iterator[Relation]:
    """The total given, and the list of its parts behind it."""
    ahead = offsets[at + 1 : at + 2]
    if not ahead or not _parts_ahead().fullmatch(sentence.between(offsets[at], ahead[0])):
        return
    total = sentence.figures[offsets[at]]
    end = at + 1
    farthest = min(len(offsets) - 1, at + _LONGEST)
    while end < farthest and _linked(sentence, offsets[end], offsets[end + 1], total):
        end += 1
    for last in range(end, at + 1, -1):
        parts = offsets[at + 1 : last + 1]
        yield _sum(sentence, parts, total, stated=_exhaustive(sentence, parts, total=offsets[at]))


def _linked(sentence: Sentence, first: int, second: int, total: Observation) -> bool:
    """Whether two figures are neighbours in a list of parts of the total."""
    between = sentence.between(first, second)
    rows = (sentence.figures[first], sentence.figures[second])
    return (
        _next_item().fullmatch(between) is not None
        and not any(word in between for word in listed("among", "total", "than", "share"))
        and all(alike(row, total) and not is_proportion(row) and row.status is total.status for row in rows)
    )


def _sum(sentence: Sentence, parts: Sequence[int], total: Observation, *, stated: bool) -> Relation:
    rows = tuple(sentence.figures[offset] for offset in parts)
    return Relation(CheckKind.SUM, rows, total, Sum(), ground(stated=stated))


def _exhaustive(sentence: Sentence, parts: Sequence[int], total: int | None) -> bool:
    """Whether the parts are the sides of one whole, 男生 and 女生, and of what the total counts."""
    clauses = [_words_before(sentence, offset) for offset in parts]
    whole = "" if total is None else _words_before(sentence, total)
    return any(_divided(clauses, division, whole) for division in partitions())


def _words_before(sentence: Sentence, offset: int) -> str:
    return re.split(rf"[{FIGURE},;:、()。和及与]", sentence.text[:offset])[-1]


def _divided(clauses: Sequence[str], division: Sequence[str], whole: str) -> bool:
    """Whether each clause names another side of a division, and behind it the thing that the whole names."""
    sides = [max((word for word in division if word in clause), key=len, default="") for clause in clauses]
    if sorted(sides) != sorted(division):
        return False
    thing, *others = {clause.rpartition(side)[2] for clause, side in zip(clauses, sides, strict=True)}
    return not others and (not whole or thing in whole or thing in listed("generic"))
