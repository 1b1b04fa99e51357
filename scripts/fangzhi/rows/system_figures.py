"""Which figures belong to which named system: those of the sentences that speak of it, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fangzhi.model.codes import SystemEvidence
from fangzhi.model.tables import Observation, System, SystemComponent, SystemObservation
from fangzhi.rows.reading import Reading
from fangzhi.system.vocabulary import closing_kind, role
from fangzhi.text.fold import fold

_QUOTED = re.compile(r"[“「]([^”」]+)[”」]")
#: A shorter word may stand anywhere in a sentence without the system being meant.
_LEAST = 3


@dataclass(frozen=True)
class _Named:
    """Where a sentence speaks of a system, by its name or that of a part."""

    start: int
    end: int
    system_id: str
    by: SystemEvidence


def figures_of(
    reading: Reading,
    systems: Sequence[System],
    parts: Sequence[SystemComponent],
    figures: Sequence[Observation],
) -> Iterator[SystemObservation]:
    """The figures of an article with the system that each is told of.

    Of several systems named in a sentence the last before the figure has it, else the first behind it.
    A sentence that names none but opens as one that goes on, 目前, 共, 其中, has that of the one before.
    """
    named = sorted(_mentions(reading, systems, parts), key=lambda n: (n.start, -n.end))
    spoken: _Named | None = None
    last = -1
    for span, group in groupby(figures, key=lambda row: reading.sentence_span(row.text_start)):
        here = [n for n in named if span[0] <= n.start < span[1]]
        before = [n for n in named if n.start < span[0] and _is_next(reading, n.start, span[0])]
        goes_on = not here and _goes_on(reading, span[0])
        carried = before[-1] if before else spoken if spoken and last + 1 >= span[0] - 1 else None
        for row in group:
            found = _governing(here, row.text_start) or (carried if goes_on else None)
            if found is not None:
                by = found.by if here else SystemEvidence.CONTINUED
                yield SystemObservation(
                    system_id=found.system_id, observation_id=row.observation_id, evidence=by
                )
        spoken, last = (here[-1] if here else carried if goes_on else None), span[1]


def _governing(here: Sequence[_Named], position: int) -> _Named | None:
    """The last mention before an offset, a longer one first; else the first behind it."""
    before = [n for n in here if n.start <= position]
    if not before:
        return here[0] if here else None
    last = before[-1]
    return next((n for n in before if n.start <= last.start and last.end <= n.end), last)


def _is_next(reading: Reading, start: int, sentence: int) -> bool:
    """Whether an offset stands in the sentence right before another, in its paragraph."""
    end = reading.sentence_span(start)[1]
    return end <= sentence <= end + 2 and "\n" not in reading.text[end:sentence]


def _goes_on(reading: Reading, sentence: int) -> bool:
    """Whether a sentence opens with a word that goes on with what was spoken of."""
    return fold(reading.text[sentence : sentence + 6]).startswith(tuple(role("goes_on")))


def _mentions(
    reading: Reading, systems: Sequence[System], parts: Sequence[SystemComponent]
) -> Iterator[_Named]:
    """Every mention of a system by its name or its short name, and its parts where they stand."""
    text = reading.prose.folded
    for system in systems:
        for name in {fold(system.name), _short(system.name)}:
            for match in re.finditer(re.escape(name), text) if len(name) >= _LEAST else ():
                yield _Named(*match.span(), system.system_id, SystemEvidence.NAMED)
    for part in parts:
        if part.text_end - part.text_start >= _LEAST:
            yield _Named(part.text_start, part.text_end, part.system_id, SystemEvidence.PART)


def _short(name: str) -> str:
    """What a system is called for short: what stands in quotation marks, else the name without its kind."""
    folded = fold(name)
    if match := _QUOTED.search(folded):
        return match[1]
    kind = closing_kind(folded)
    bare = folded.removesuffix(kind.word) if kind else folded
    return bare if len(bare) > _LEAST else folded
