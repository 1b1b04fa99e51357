"""What is there now: 累计42例，出院30例，死亡2例，现有10例."""

from __future__ import annotations

from collections.abc import Iterator

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.relation import Balance, Ground, Relation
from fangzhi.audit.units import alike, is_proportion
from fangzhi.audit.words import listed
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

#: How many sentences before what is there now tell what came and went, and how many came at most.
_BACK, _MOST, _MOST_TOLD = 8, 2, 8
#: Fewer than this may be what is left by chance.
_LEAST = 10


def stocks(page: Ledger) -> Iterator[Relation]:
    """What came in all, less all that went, is what is there."""
    came: list[tuple[int, Observation]] = []
    gone: list[tuple[int, Observation]] = []
    for i, passage in enumerate(page.sentences):
        sentence = passage.levels[0]
        told = [(at, row) for at, row in sentence.figures.items() if not is_proportion(row)]
        for at, row in told:
            clause = sentence.told_of(at)
            if any(word in clause for word in listed("present")) and row.value >= _LEAST:
                yield from _balances(row, _since(came, i), _since(gone, i))
            elif any(word in clause for word in listed("gone")):
                gone.append((i, row))
            elif any(word in clause for word in listed("came")):
                came.append((i, row))


def _since(told: list[tuple[int, Observation]], sentence: int) -> list[Observation]:
    return [row for number, row in told[-_MOST_TOLD:] if sentence - number <= _BACK]


def _balances(left: Observation, came: list[Observation], gone: list[Observation]) -> Iterator[Relation]:
    """What came last, or the last two of it; less what went."""
    out = tuple(row for row in gone if alike(row, left))
    sources = [row for row in came if alike(row, left)]
    for count in range(1, _MOST + 1):
        if out and len(sources) >= count:
            rows = (*sources[-count:], *out)
            yield Relation(CheckKind.DIFFERENCE, rows, left, Balance(count), Ground.FITTING)
