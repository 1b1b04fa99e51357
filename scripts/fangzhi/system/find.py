"""All named systems of an article with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fangzhi.system.collectives import enumerated_systems, fused_systems, numbered_systems
from fangzhi.system.components import nested, with_groups, with_parts
from fangzhi.system.compounds import compound_systems
from fangzhi.system.formula import is_formula
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import quoted_systems, titled_systems
from fangzhi.system.slogans import slogan_systems
from fangzhi.system.titles import titled_by_number
from fangzhi.system.vocabulary import closing_kind, role
from fangzhi.system.within import inner_name
from fangzhi.text.text import Text
from fangzhi.text.words import words

#: Characters to a cell when looking for readings that overlap.
_CELL = 32
#: Signs that a name opens with where it is printed as one.
_SIGNS = "“‘「『《"
_COUNTED = re.compile(r"[一二两三四五六七八九十双\d]")


def find_systems(text: Text) -> list[NamedSystem]:
    """The named systems of a text in reading order, each name once, with their parts."""
    passage = Passage(text)
    found = _standing_apart(_candidates(passage))
    return nested([with_groups(passage, system) for system in _once(passage, with_parts(passage, found))])


def _candidates(passage: Passage) -> Iterator[NamedSystem]:
    """The surer readings of a stretch first."""
    yield from titled_systems(passage)
    yield from titled_by_number(passage)
    yield from quoted_systems(passage)
    yield from enumerated_systems(passage)
    yield from numbered_systems(passage)
    yield from fused_systems(passage)
    yield from slogan_systems(passage)
    yield from compound_systems(passage)


def _standing_apart(candidates: Iterator[NamedSystem]) -> list[NamedSystem]:
    """Without readings that overlap a surer one; a quoted name may stand in the row it belongs to."""
    kept: list[NamedSystem] = []
    at: dict[int, list[NamedSystem]] = {}
    for system in candidates:
        cells = range(system.start // _CELL, (system.end - 1) // _CELL + 1)
        if not any(_clashes(system, other) for cell in cells for other in at.get(cell, ())):
            kept.append(system)
            for cell in cells:
                at.setdefault(cell, []).append(system)
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
        known = first.setdefault(key, system)
        if system.parts and not known.parts:
            first[key] = replace(known, parts=system.parts, declared=known.declared or system.declared)
    for key in sorted(first, key=len):
        if key in first:
            _hand_on(first, key)
    counted = {_spans(s) for s in first.values() if s.declared == len(s.parts)}
    grouped = {part.parent for s in first.values() for part in s.parts}
    return [
        s
        for s in first.values()
        if (s.declared is not None or not _lists(s) or _spans(s) not in counted)
        and s.name.strip("“”") not in grouped
        and not _is_mere_part(s, first.values())
    ]


def _lists(system: NamedSystem) -> bool:
    """Whether a name holds its own parts."""
    return bool(system.parts) and system.parts[-1].end <= system.end


def _is_mere_part(system: NamedSystem, systems: Iterable[NamedSystem]) -> bool:
    """Whether a name that only its verb made one is no more than an item of another system's list."""
    kind = closing_kind(system.name)
    proper = system.parts or system.name[0] in _SIGNS or (kind and kind.use == "name")
    return not proper and any(
        part.start <= system.start and system.end <= part.end and len(part.name) < len(system.name) + 3
        for other in systems
        if other is not system
        for part in other.parts
    )


def _spans(system: NamedSystem) -> frozenset[Span]:
    """Where the parts of a system stand: what was read as the name of a counted list is only that list."""
    return frozenset((part.start, part.end) for part in system.parts)


def _hand_on(first: dict[str, NamedSystem], key: str) -> None:
    """A plain name that ends a longer one in the same article is short for it: 消费券 for 消费券."""
    short = first[key]
    if "“" in short.name or _COUNTED.match(key):
        return
    longer = next((other for other in first if _is_short_for(key, other)), None)
    if longer is not None and not longer.endswith(key) and short.start < first[longer].start:
        first[key] = replace(short, parts=short.parts or first[longer].parts)
        del first[longer]
    elif longer is not None:
        first[longer] = replace(first[longer], parts=first[longer].parts or short.parts)
        del first[key]


def _is_short_for(key: str, other: str) -> bool:
    """Whether a name says another shorter: its end, or its first and last words without what is between."""
    if len(other) <= len(key) or "“" in other:
        return False
    letters = iter(other)
    return other.endswith(key) or (
        len(key) > 4 and key[:3] == other[:3] and key[-3:] == other[-3:] and all(c in letters for c in key)
    )


def _key(passage: Passage, system: NamedSystem) -> str:
    """What makes two mentions one system: the formula in quotes, else all letters of the name."""
    inner = inner_name(passage, system)
    name = passage.folded[system.start : system.end]
    alone = name.count("“") == 1 and name[0] == "“"
    tail = name[name.rfind("”") + 1 :]
    if alone and (is_formula(inner) or all(word.text in role("plain") for word in words(tail))):
        return re.sub(r"\W", "", inner)
    return re.sub(r"\W", "", name)
