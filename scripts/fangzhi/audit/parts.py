"""Sums that only the arithmetic tells: a total, and figures near it that make it.

What would fit by chance is no sum: the fewer digits are printed, the more the words must say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.printed import EXACTLY, last_digit, step
from fangzhi.audit.relation import Ground, Relation, Sum
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import alike, in_unit_of, is_proportion
from fangzhi.audit.words import FIGURE, listed, one_of
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

#: How many sentences before a list its total is looked for in, and how many parts a run has at most.
_BACK, _LONGEST = 4, 40
#: How many different sums there must be for one not to fit by chance: as the words say more or less.
_NAMED, _CUED, _TOTAL, _PLAIN = 3, 20, 50, 100
_RUNS = 12


@dataclass(frozen=True)
class Group:
    """All figures of one kind that a sentence tells from some words on."""

    rows: tuple[Observation, ...]
    #: The words that open it: 其中, 从结构看, a colon; empty where it is the whole sentence.
    cue: str
    #: What is divided, where the words say it: 确诊病例 in 确诊病例中，甲市48例、乙市25例.
    named: str


def parts_of_named(page: Ledger) -> Iterator[Relation]:
    """All figures of a sentence, and a total told up to some sentences before or right behind."""
    sentences = [sentence.levels[0] for sentence in page.sentences]
    for i, sentence in enumerate(sentences):
        near = [*sentences[max(0, i - _BACK) : i], *sentences[i + 1 : i + 2]]
        totals = [(row, other.clause_before(at)) for other in near for at, row in _amounts(other)]
        for group in _groups(sentence):
            yield from _closed(sentence, group)
            own = _before(sentence, group)
            for total, told in own if group.cue == ":" else [*totals, *own]:
                yield from _made_of(group, total, told)


def runs(page: Ledger) -> Iterator[Relation]:
    """A total, and right behind it or right before it the figures that make it, whatever stands between."""
    for passage in page.passages:
        for kind in _kinds(passage.levels[0]):
            for at, total in enumerate(kind):
                yield from _runs(total, kind[at + 1 : at + 1 + _RUNS])
                yield from _runs(total, kind[max(0, at - _RUNS) : at][::-1])


def _amounts(sentence: Sentence) -> list[tuple[int, Observation]]:
    return [(at, row) for at, row in sentence.figures.items() if not is_proportion(row)]


def _kinds(sentence: Sentence) -> list[list[Observation]]:
    """The figures of a sentence by what they can be added to."""
    kinds: list[list[Observation]] = []
    for _, row in _amounts(sentence):
        kind = next((kind for kind in kinds if alike(kind[0], row)), None)
        if kind is None:
            kinds.append([row])
        else:
            kind.append(row)
    return kinds


@cache
def _cue() -> re.Pattern[str]:
    """Where a list of parts begins: 其中, 从结构看, 确诊病例中，"""
    stop = rf"{FIGURE},;:、()。!?"
    return re.compile(
        rf"{one_of('among')}|:|(?:^|(?<=[,;。])){one_of('seen')}[^{stop}]{{1,10}}{one_of('view')}"
        rf"|(?:^|(?<=[,;:。]))(?P<named>[^{stop}]{{2,16}}){one_of('inside')}(?=[,:])"
    )


def _groups(sentence: Sentence) -> Iterator[Group]:
    """All figures of one kind in a sentence, and those from each cue on."""
    yield from _of_kinds(sentence, 0, "", "")
    for match in _cue().finditer(sentence.text):
        yield from _of_kinds(sentence, match.start(), match[0], match["named"] or "")


def _of_kinds(sentence: Sentence, begin: int, cue: str, named: str) -> Iterator[Group]:
    figures = {at: row for at, row in sentence.figures.items() if at >= begin}
    for kind in _kinds(Sentence(sentence.text, figures, {})):
        if 1 < len(kind) <= _LONGEST:
            yield Group(tuple(kind), cue, named)


def _before(sentence: Sentence, group: Group) -> list[tuple[Observation, str]]:
    """The figures of the group's own sentence that stand before it."""
    first = group.rows[0].text_start
    return [(row, sentence.clause_before(at)) for at, row in _amounts(sentence) if row.text_start < first]


def _closed(sentence: Sentence, group: Group) -> Iterator[Relation]:
    """A group whose last figure is told as the total of those before it."""
    *rows, last = group.rows
    if len(rows) > 1:
        told = sentence.clause_before(next(at for at, row in sentence.figures.items() if row is last))
        if any(word in told for word in listed("total", "all")):
            yield from _made_of(replace(group, rows=tuple(rows), cue=group.cue or "total"), last, told)


def _made_of(group: Group, total: Observation, told: str) -> Iterator[Relation]:
    if not _comparable(total, group.rows):
        return
    if _ways(total, group.rows, each=False) >= _least(group, told):
        yield Relation(CheckKind.SUM, group.rows, total, Sum(), Ground.FITTING)


def _least(group: Group, told: str) -> int:
    """Among how many sums one must fit, by what the words say of it."""
    if group.named and group.named[-4:] in told:
        return _NAMED
    if group.cue:
        return _CUED
    return _TOTAL if any(word in told for word in listed("total", "all")) else _PLAIN


def _comparable(total: Observation, rows: Sequence[Observation]) -> bool:
    """Whether figures may be the parts of a total: of its kind and status, each less than it."""
    return all(alike(row, total) and row.status is total.status for row in rows) and all(
        0 < in_unit_of(row.value, row, total) < total.value for row in rows
    )


def _ways(total: Observation, rows: Sequence[Observation], *, each: bool) -> int:
    """Among how many sums the one that fits is: by the total, or for runs of any length by a part of it.

    Figures in round numbers, 100 and 200 and 300, fit more easily than their printed digits say.
    """
    finest = min(in_unit_of(last_digit(row), row, total) for row in (*rows, total))
    exact = sum((in_unit_of(row.value, row, total) for row in rows), Decimal(0)) == total.value
    known = finest if exact else max(finest, step(total))
    return int(EXACTLY.divide(total.value, known * (len(rows) if each else 1)))


def _runs(total: Observation, others: Sequence[Observation]) -> Iterator[Relation]:
    for count in range(2, len(others) + 1):
        rows = others[:count]
        if not _comparable(total, rows):
            return
        if _ways(total, rows, each=True) >= _PLAIN and all(_shows(row, total) for row in rows):
            yield Relation(CheckKind.SUM, tuple(rows), total, Sum(), Ground.FITTING)


def _shows(part: Observation, total: Observation) -> bool:
    """Whether a part is enough to show in the printed digits of its total."""
    return in_unit_of(part.value, part, total) >= step(total)
