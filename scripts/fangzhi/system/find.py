"""All named systems of an article with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fangzhi.system.collectives import enumerated_systems, fused_systems, numbered_systems
from fangzhi.system.components import with_parts
from fangzhi.system.compounds import compound_systems
from fangzhi.system.model import NamedSystem, Passage
from fangzhi.system.quoted import quoted_systems, titled_systems


def find_systems(text: str) -> list[NamedSystem]:
    """The named systems of a text in reading order, each name once, with their parts."""
    passage = Passage(text)
    found = _standing_apart(_candidates(passage))
    return _once(passage, with_parts(passage, found))


def _candidates(passage: Passage) -> Iterator[NamedSystem]:
    """The surer readings of a stretch first."""
    yield from titled_systems(passage)
    yield from quoted_systems(passage)
    yield from enumerated_systems(passage)
    yield from numbered_systems(passage)
    yield from fused_systems(passage)
    yield from compound_systems(passage)


def _standing_apart(candidates: Iterator[NamedSystem]) -> list[NamedSystem]:
    """Without readings that overlap a surer one; a quoted name may stand in the row it belongs to."""
    kept: list[NamedSystem] = []
    for system in candidates:
        if not any(_clashes(system, other) for other in kept):
            kept.append(system)
    return sorted(kept, key=lambda s: (s.start, -s.end))


def _clashes(system: NamedSystem, other: NamedSystem) -> bool:
    overlaps = system.start < other.end and other.start < system.end
    if not overlaps or (system.start, system.end) == (other.start, other.end):
        return overlaps
    return not any(_holds(a, b) for a, b in ((system, other), (other, system)))


def _holds(system: NamedSystem, part: NamedSystem) -> bool:
    """Whether a system lists another as one of its parts."""
    return any(c.start - 1 <= part.start and part.end <= c.end + 1 for c in system.parts)


def _once(passage: Passage, systems: list[NamedSystem]) -> list[NamedSystem]:
    """Each name once, at its first mention, with the parts of whichever mention has them."""
    first: dict[str, NamedSystem] = {}
    for system in systems:
        key = _key(passage, system)
        known = first.get(key)
        if known is None:
            first[key] = system
        elif system.parts and not known.parts:
            first[key] = replace(known, parts=system.parts, declared=known.declared or system.declared)
    return [s for key, s in first.items() if not any(_abbreviates(s, key, other) for other in first)]


def _abbreviates(system: NamedSystem, key: str, other: str) -> bool:
    """Whether a plain name is the end of a longer one in the same article: 培训券 of 电子培训券."""
    return not system.parts and "“" not in system.name and len(key) < len(other) and other.endswith(key)


def _key(passage: Passage, system: NamedSystem) -> str:
    return re.sub(r"\W", "", passage.folded[system.start : system.end])
