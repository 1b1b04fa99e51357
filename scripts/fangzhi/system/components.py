"""The parts of a named system: what is listed inside its name, right before it, or right behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fangzhi.system.names import NamedSystem
from fangzhi.text.fold import fold

_SPLIT = re.compile(r"[、,]|(?:以及|和|及|与)(?=.{2,})")
_LEAD_IN = re.compile(r"^.*?(?:通过|围绕|提升了|提升|健全|完善|用好|包括|包含|分为|即|充分发挥|坚持|聚焦|实行|推行|落实|开展|推进)")


@dataclass(frozen=True)
class Component:
    """A part of a named system; offsets into the text."""

    start: int
    end: int
    name: str


def find_components(text: str, system: NamedSystem) -> list[Component]:
    """The parts of a system in reading order; none where no list stands with it."""
    folded = fold(text)
    inside = _inside(text, folded, system)
    if inside:
        return inside
    before = _before(text, folded, system)
    return before if before else _behind(text, folded, system)


def _inside(text: str, folded: str, system: NamedSystem) -> list[Component]:
    """“人人持证、技能社会”, “试点先行+整体推进”."""
    match = re.search(r"[“‘「]([^”’」]*)[”’」]", folded[system.start : system.end])
    if match is None or not re.search(r"[、+]", match[1]) or re.fullmatch(r"[\d+]+", match[1]):
        return []
    separator = re.compile("[、]" if "、" in match[1] else r"[+]")
    return _items(text, system.start + match.start(1), match[1], separator)


def _items(text: str, offset: int, part: str, separator: re.Pattern[str]) -> list[Component]:
    found: list[Component] = []
    at = 0
    for end in [*(m.start() for m in separator.finditer(part)), len(part)]:
        piece = part[at:end]
        start = at + len(piece) - len(piece.lstrip("“‘、, "))
        stop = end - (len(piece) - len(piece.rstrip("”’、,等 ")))
        if 0 < stop - start <= 24:
            found.append(Component(offset + start, offset + stop, text[offset + start : offset + stop]))
        match = separator.match(part, end)
        at = match.end() if match else end
    return found


def _before(text: str, folded: str, system: NamedSystem) -> list[Component]:
    """群防群治、心理疏导、平台运行和社区服务“四个机制”: as many items as the name declares."""
    if not system.declared or system.declared < 2:
        return []
    start = max((m.end() for m in re.finditer(r"[。;!?\n]", folded[: system.start])), default=0)
    left = folded[start : system.start].rstrip("等的")
    items = _items(text, start, left, _SPLIT)[-system.declared :]
    if len(items) < system.declared:
        return []
    first = items[0]
    if lead := _LEAD_IN.match(folded[first.start : first.end]):
        begin = first.start + lead.end()
        if begin < first.end:
            items[0] = Component(begin, first.end, text[begin : first.end])
    return items if _alike(items) else []


def _behind(text: str, folded: str, system: NamedSystem) -> list[Component]:
    """“十合一”工作机构,党建工作室、党员活动室…: as many items as the name declares."""
    if not system.declared or system.declared < 3:
        return []
    match = re.match(r"[,:(](?:即|分别是|包括)?([^。;!?\n]+)", folded[system.end :])
    if match is None:
        return []
    items = _items(text, system.end + match.start(1), match[1], re.compile("、"))[: system.declared]
    return items if len(items) == system.declared and _alike(items) else []


def _alike(items: list[Component]) -> bool:
    """Whether a list is one: its items of like length."""
    lengths = sorted(len(item.name) for item in items)
    return lengths[-1] <= 3 * lengths[0] + 2
