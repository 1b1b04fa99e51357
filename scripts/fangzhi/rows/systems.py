"""Named systems and their parts as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fangzhi.model.table import Row
from fangzhi.model.tables import System, SystemComponent
from fangzhi.place.assign import place_at
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.owner import owner_of
from fangzhi.rows.reading import Reading
from fangzhi.system.find import find_systems
from fangzhi.system.headline import headline_systems
from fangzhi.system.model import Component, NamedSystem
from fangzhi.text.fold import fold


def system_rows(reading: Reading) -> Iterator[Row]:
    """The named systems of an article and their parts; last those that only its headline names."""
    begun: Counter[int] = Counter()
    headed = _in_headline(reading)
    for system in find_systems(reading.prose):
        begun[system.start] += 1
        twin = next((s for s in headed if _same(s, system)), None)
        headed = [s for s in headed if not _same(s, system)]
        row = _system(reading, system, begun[system.start])
        yield row
        yield from _parts(row, system.parts or (twin.parts if twin else ()))
    for system in headed:
        row = _titled(reading, system)
        yield row
        yield from _parts(row, system.parts)


def _same(headed: NamedSystem, system: NamedSystem) -> bool:
    """Whether a headline and the text name one system, one of them perhaps more fully."""
    one, other = fold(headed.name), fold(system.name)
    return one in other or other in one


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


def _in_headline(reading: Reading) -> list[NamedSystem]:
    """The systems that the headline names, with those parts that stand in the text, offsets into the text."""
    shift = len(reading.headline) + 1
    return [
        replace(
            system,
            parts=tuple(
                replace(p, start=p.start - shift, end=p.end - shift) for p in system.parts if p.start >= shift
            ),
        )
        for system in headline_systems(reading.heading, reading.prose)
    ]


def _titled(reading: Reading, system: NamedSystem) -> System:
    place_id = reading.place_id
    return System(
        system_id=f"{reading.article_id}-h{system.start}",
        article_id=reading.article_id,
        name=system.name,
        kind=system.kind,
        owner=load_gazetteer().unit(place_id).name if place_id else None,
        owner_place_id=place_id,
        place_id=place_id,
        components_declared=system.declared,
        quote=reading.headline[system.start : system.end],
        sentence=reading.headline,
    )


def _system(reading: Reading, system: NamedSystem, number: int) -> System:
    """The row of a system; ``number`` tells a row of names from the name it begins with."""
    place_id = place_at(system.start, reading.scene)
    owner = owner_of(reading, system.start, place_id)
    return System(
        system_id=reading.key("s", system.start) + (f"-{number}" if number > 1 else ""),
        article_id=reading.article_id,
        name=system.name,
        kind=system.kind,
        owner=owner.name,
        owner_organization_id=owner.organization_id,
        owner_place_id=owner.place_id,
        place_id=place_id,
        components_declared=system.declared,
        quote=reading.text[system.start : system.end],
        sentence=reading.sentence(system.start),
        text_start=system.start,
        text_end=system.end,
    )
