"""Named systems and their parts as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fangzhi.model.table import Row
from fangzhi.model.tables import System, SystemComponent
from fangzhi.place.assign import place_at
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.reading import Reading
from fangzhi.rows.subject import subject_at
from fangzhi.system.find import find_systems
from fangzhi.system.model import Component, NamedSystem
from fangzhi.text.fold import fold

#: How far back the owner of a system is looked for, in characters.
_FAR = 400


def system_rows(reading: Reading) -> Iterator[Row]:
    """The named systems of an article and their parts; last those that only its headline names."""
    begun: Counter[int] = Counter()
    systems = find_systems(reading.text)
    for system in systems:
        begun[system.start] += 1
        row = _system(reading, system, begun[system.start])
        yield row
        yield from _parts(row, system.parts)
    for row, parts in _in_headline(reading, [fold(system.name) for system in systems]):
        yield row
        yield from _parts(row, parts)


def _parts(row: System, parts: Iterable[Component]) -> Iterator[SystemComponent]:
    for position, part in enumerate(parts, 1):
        yield SystemComponent(
            system_id=row.system_id,
            position=position,
            name=part.name,
            parent=part.parent,
            text_start=part.start,
            text_end=part.end,
        )


def _in_headline(reading: Reading, known: list[str]) -> Iterator[tuple[System, list[Component]]]:
    """The systems that the headline names and the text does not, with those parts that stand in the text."""
    headline = reading.headline
    shift = len(headline) + 1
    for system in find_systems(f"{headline}\n{reading.text}"):
        name = fold(system.name)
        if system.start >= shift or any(name in other or other in name for other in known):
            continue
        own = (p for p in system.parts if p.start >= shift)
        parts = [replace(p, start=p.start - shift, end=p.end - shift) for p in own]
        yield _titled(reading, system), parts


def _titled(reading: Reading, system: NamedSystem) -> System:
    place_id = reading.place_id
    return System(
        system_id=f"{reading.article_id}-h{system.start}",
        article_id=reading.article_id,
        name=system.name,
        kind=system.kind,
        owner=load_gazetteer().unit(place_id).name if place_id else None,
        place_id=place_id,
        components_declared=system.declared,
        quote=reading.headline[system.start : system.end],
    )


def _system(reading: Reading, system: NamedSystem, number: int) -> System:
    """The row of a system; ``number`` tells a row of names from the name it begins with."""
    place_id = place_at(system.start, reading.text, reading.places, reading.place_id)
    return System(
        system_id=reading.key("s", system.start) + (f"-{number}" if number > 1 else ""),
        article_id=reading.article_id,
        name=system.name,
        kind=system.kind,
        owner=_owner(reading, system.start, place_id),
        place_id=place_id,
        components_declared=system.declared,
        quote=reading.text[system.start : system.end],
        text_start=system.start,
        text_end=system.end,
    )


def _owner(reading: Reading, position: int, place_id: str | None) -> str | None:
    """Whom the sentence of a system speaks of, else the nearest sentence before that speaks of somebody."""
    at = position
    while at > max(0, position - _FAR):
        if name := subject_at(reading, at, place_id):
            return name
        at = reading.sentence_span(at)[0] - 1
    return None
