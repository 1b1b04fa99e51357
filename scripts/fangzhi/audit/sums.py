"""Sums in a sentence: A 30人、B 20人，共50人; 共50人，其中 A 30人、B 20人; 50人（A 30人、B 20人）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.relation import Relation, Sum, ground
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import alike, is_proportion, unit
from fangzhi.audit.words import FIGURE, fill, listed, one_of, partitions
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

#: The most parts a sum is looked for in.
LONGEST = 40


@cache
def _next_item() -> re.Pattern[str]:
    """What may stand between two items of a list: words, a comma, and a rate of change of the first."""
    rate = rf"(?:[,(]?{fill(8)}{FIGURE}\)?)?"
    return re.compile(rf"{fill(16)}{rate}[,、;和及与]?{fill(20)}")


@cache
def _total_behind() -> re.Pattern[str]:
    """，共 or ，三项合计"""
    return re.compile(rf"{fill(10)}[,;、(]?{one_of('gather')}?(?P<total>{one_of('total')}){fill(8)}")


@cache
def _parts_ahead() -> re.Pattern[str]:
    """，其中 or a colon; a rate of change may stand before it."""
    rate = rf"(?:,{fill(8)}{FIGURE})*"
    return re.compile(
        rf"{fill(10)}{rate}(?:[,;:(。]?{one_of('among')}|:|,{one_of('divided')}|{one_of('inside')},)"
        rf"[,:]?{fill(20)}"
    )


def sums_behind(page: Ledger) -> Iterator[Relation]:
    """A list and the total right behind it."""
    for sentence in _levels(page):
        rows = _amounts(sentence)
        for last in range(1, len(rows) - 1):
            yield from _total_after(sentence, rows, last)


def sums_ahead(page: Ledger) -> Iterator[Relation]:
    """A total and right behind it the list of its parts."""
    for passage in page.passages:
        sentence = passage.levels[0]
        rows = _amounts(sentence)
        for at in range(len(rows) - 2):
            yield from _total_before(sentence, rows, at)


def sums_in_brackets(page: Ledger) -> Iterator[Relation]:
    """A total and its parts in the bracket behind it, all figures that stand there."""
    for sentence in page.sentences:
        for total, inner in sentence.bracketed:
            parts = [row for row in inner.levels[0].figures.values() if alike(row, total)]
            if len(parts) > 1 and all(row.value < total.value for row in parts):
                yield Relation(CheckKind.SUM, tuple(parts), total, Sum(), ground(stated=False))


def remainders(page: Ledger) -> Iterator[Relation]:
    """A whole, what of it is done, and what is left: 26个，已完工5个，余下21个."""
    for sentence in _levels(page):
        rows = _amounts(sentence)
        for i in range(2, len(rows)):
            whole, done, left = (sentence.figures[at] for at in rows[i - 2 : i + 1])
            told = sentence.clause_before(rows[i])
            same = alike(whole, done) and alike(done, left) and max(done.value, left.value) < whole.value
            if same and any(word in told for word in listed("left")):
                yield Relation(CheckKind.SUM, (done, left), whole, Sum(), ground(stated=False))


def _levels(page: Ledger) -> Iterator[Sentence]:
    for sentence in page.sentences:
        yield from sentence.levels


def _amounts(sentence: Sentence) -> list[int]:
    """Where the figures stand that are no rates."""
    return [at for at, row in sentence.figures.items() if not is_proportion(row)]


def _total_after(sentence: Sentence, rows: Sequence[int], last: int) -> Iterator[Relation]:
    """The list whose last item is given, and the total right behind it."""
    if not _total_behind().fullmatch(sentence.between(rows[last], rows[last + 1])):
        return
    total = sentence.figures[rows[last + 1]]
    first = last
    while first > max(0, last - LONGEST) and _linked(sentence, rows[first - 1], rows[first], total):
        first -= 1
    for start in range(first, last):
        parts = rows[start : last + 1]
        plain = _plain_total(sentence, rows[last + 1])
        stated = plain and (_exhaustive(sentence, parts, total=None) or _all_told(sentence, parts, rows))
        yield _sum(sentence, parts, total, stated=stated)


def _plain_total(sentence: Sentence, offset: int) -> bool:
    """Whether the total says nothing but 共 and its number."""
    left, right = sentence.text[:offset], sentence.text[offset + 1 :]
    return left.endswith(listed("total")) and (not right or right[0] in ",;。)!?")


def _all_told(sentence: Sentence, parts: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether the sentence is one list of the same thing, nothing else, and 合计."""
    things = {sentence.clause_before(at)[-2:] for at in parts}
    closed = sentence.text[: rows[-1]].endswith(listed("closing"))
    same = all(unit(sentence.figures[at]) == unit(sentence.figures[rows[-1]]) for at in parts)
    return closed and same and len(rows) == len(parts) + 1 == len(sentence.figures) and len(things) == 1


def _total_before(sentence: Sentence, rows: Sequence[int], at: int) -> Iterator[Relation]:
    """The total given, and the list of its parts behind it."""
    if not _parts_ahead().fullmatch(sentence.between(rows[at], rows[at + 1])):
        return
    total = sentence.figures[rows[at]]
    end = at + 1
    farthest = min(len(rows) - 1, at + LONGEST)
    while end < farthest and _linked(sentence, rows[end], rows[end + 1], total):
        end += 1
    for last in range(end, at + 1, -1):
        parts = rows[at + 1 : last + 1]
        yield _sum(sentence, parts, total, stated=_exhaustive(sentence, parts, total=rows[at]))


def _linked(sentence: Sentence, first: int, second: int, total: Observation) -> bool:
    """Whether two figures are neighbours in a list of parts of the total."""
    between = sentence.between(first, second)
    rows = (sentence.figures[first], sentence.figures[second])
    return (
        _next_item().fullmatch(between) is not None
        and not any(word in between for word in listed("among", "total", "than", "share"))
        and all(_addable(row, total) and row.status is total.status for row in rows)
    )


def _addable(row: Observation, total: Observation) -> bool:
    """In units that add up; things of several kinds count together: 花坛3个 and 秋千4架 are 7处."""
    return alike(row, total) or {unit(row), unit(total)} <= set(listed("thing"))


def _sum(sentence: Sentence, parts: Sequence[int], total: Observation, *, stated: bool) -> Relation:
    rows = tuple(sentence.figures[offset] for offset in parts)
    return Relation(CheckKind.SUM, rows, total, Sum(), ground(stated=stated))


def _exhaustive(sentence: Sentence, parts: Sequence[int], total: int | None) -> bool:
    """Whether the parts are the sides of one whole, 男生 and 女生, and of what the total counts."""
    clauses = [sentence.clause_before(offset) for offset in parts]
    whole = "" if total is None else sentence.clause_before(total)
    return any(_divided(clauses, division, whole) for division in partitions())


def _divided(clauses: Sequence[str], division: Sequence[str], whole: str) -> bool:
    """Whether each clause names another side of a division, and behind it the thing that the whole names."""
    sides = [max((word for word in division if word in clause), key=len, default="") for clause in clauses]
    if sorted(sides) != sorted(division):
        return False
    thing, *others = {clause.rpartition(side)[2] for clause, side in zip(clauses, sides, strict=True)}
    return not others and (not whole or thing in whole or thing in listed("generic"))
