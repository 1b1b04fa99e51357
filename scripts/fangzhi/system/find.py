"""All named systems of an article with their parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from fangzhi.model.codes import SystemKind
from fangzhi.system.collectives import (
    enumerated_systems,
    fused_systems,
    numbered_systems,
    told_in_full,
)
from fangzhi.system.components import nested, with_groups, with_parts
from fangzhi.system.compounds import compound_systems
from fangzhi.system.formula import is_formula
from fangzhi.system.judge import is_system
from fangzhi.system.loose import loose_systems
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import quoted_systems, titled_systems
from fangzhi.system.slogans import slogan_systems
from fangzhi.system.titles import titled_by_number
from fangzhi.system.vocabulary import closing_kind
from fangzhi.system.within import inner_name
from fangzhi.text.text import Text

#: Characters to a cell when looking for readings that overlap.
_CELL = 32
#: Signs that a name opens with where it is printed as one.
_SIGNS = "“‘「『《"
#: Kinds of things that are named after a system and are no other name of it: “甲”领导小组, “甲”服务中心.
_APART = frozenset(
    (SystemKind.BODY, SystemKind.PLATFORM, SystemKind.ACTIVITY, SystemKind.VOUCHER, SystemKind.INSTITUTION)
)
#: So many characters behind a quoted name say what kind of thing it is: “甲”行动 hardly, “甲”专项行动 well.
_SAYS = 3
_COUNTED = re.compile(r"[一二两三四五六七八九十双\d]")


#: The ways to read a name, the surer first.
_READINGS: tuple[tuple[str, Callable[[Passage], Iterator[NamedSystem]]], ...] = (
    ("titled", titled_systems),
    ("a numbered heading", titled_by_number),
    ("quoted", quoted_systems),
    ("listed", enumerated_systems),
    ("counted", numbered_systems),
    ("joined", fused_systems),
    ("a set form", slogan_systems),
    ("plain", compound_systems),
    ("counted, loosely", told_in_full),
    ("quoted, loosely", loose_systems),
)


def find_systems(text: Text) -> list[NamedSystem]:
    """The named systems of a text in reading order, each name once, with their parts."""
    passage = Passage(text)
    return nested([s for s in candidates(passage) if is_system(passage, s)])


def candidates(passage: Passage) -> list[NamedSystem]:
    """What may be named systems, each name once, with what may be their parts."""
    found = _standing_apart(_read(passage))
    sure = with_parts(passage, [s for s in found if not s.is_loose])
    loose = with_parts(passage, [s for s in found if s.is_loose], sure)
    told = sorted([*sure, *loose], key=lambda s: (s.start, -s.end))
    return _once(passage, [with_groups(passage, system) for system in told])


def _read(passage: Passage) -> Iterator[NamedSystem]:
    for name, read in _READINGS:
        for system in read(passage):
            yield system if system.read_as else replace(system, read_as=name)


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
        if known is not system:
            first[key] = _joined(known, system)
    for key in sorted(first, key=len):
        if key in first:
            _hand_on(first, key)
    counted = {_spans(s) for s in first.values() if s.declared == len(s.parts) and not s.is_loose}
    sure = {_spans(s) for s in first.values() if s.parts and not s.is_loose}
    grouped = {part.parent for s in first.values() for part in s.parts}
    return [
        s
        for s in first.values()
        if (s.declared is not None or not _lists(s) or _spans(s) not in counted)
        and not (s.is_loose and _spans(s) in sure)
        and s.name.strip("“”") not in grouped
        and not _is_mere_part(s, first.values())
    ]


def _joined(known: NamedSystem, other: NamedSystem) -> NamedSystem:
    """Two mentions of one system: the one that says most of what kind of thing it is; with all parts."""
    bare = len(_tail(known)) < _SAYS <= len(_tail(other))
    kept, left = (other, known) if bare else (known, other)
    if len(left.parts) > len(kept.parts) and kept.declared != len(kept.parts):
        kept = replace(kept, parts=left.parts, declared=kept.declared or left.declared)
    return kept


def _tail(system: NamedSystem) -> str:
    """What a name says behind its quotation marks."""
    return re.sub(".*[”」]", "", system.name)


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
    apart = system.kind in _APART and not name.endswith("”") and not is_formula(inner)
    return re.sub(r"\W", "", inner if alone and not apart else name)
