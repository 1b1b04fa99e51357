"""Formulas whose groups are told one by one: “一江”指干流,“两岸”指东岸、西岸; “1”即…,“3”即…."""

from __future__ import annotations

import re

from fangzhi.system.collectives import numbered_spans
from fangzhi.system.formula import Group, groups
from fangzhi.system.headings import ending_with, side_by_side
from fangzhi.system.lists import behind, split, trim_first, trim_last
from fangzhi.system.model import Component, NamedSystem, Passage, Span
from fangzhi.system.within import group_spans, inner_name
from fangzhi.text.fold import fold

_FAR = 1500
_INTRODUCES = re.compile(r",?(?:[:—]+|即[是为:]?|包括:?)")
#: 以甲、乙为: what a group is made of; without 以 one thing.
_MADE = r"(?:(?<![^,、。;:])以([^,。;:为]{2,40}?)|(?<=[,、])([^,、。;:为以]{2,20}))为"
_JOINT = re.compile("以?及")
_THING = r"[^,、。;:!?\n]{2,16}"
_TELLS = r"(?:[,:]|——)?(?:就是指?|即是?|是指|指的是|指|是|为|分别[是为]|包括|:|——)[,:]?"


def explained(passage: Passage, system: NamedSystem) -> list[Component]:
    """The groups of a formula with what each is said to be; none unless half of them are told."""
    inner = inner_name(passage, system)
    at = system.end
    if made := _made(passage, system, inner):
        return made
    found: list[list[Component]] = []
    for group in groups(inner):
        told = _told(passage, inner[group.start : group.end], at)
        found.append(_parts(passage, inner[group.start : group.end], group, told) if told else [])
        at = told[1] if told else at
    enough = len(found) > 1 and 2 * sum(map(bool, found)) >= len(found)
    return [part for parts in found for part in parts] if enough else []


def _made(passage: Passage, system: NamedSystem, inner: str) -> list[Component]:
    """以甲为核心、以乙和丙为两翼: the groups with what two or more are made of, in two sentences."""
    end = min(passage.sentence(passage.sentence(system.end)[1] + 1)[1], system.end + _FAR)
    made: dict[Group, list[Span]] = {}
    for group in groups(inner):
        name, head = re.escape(inner[group.start : group.end]), re.escape(group.head)
        role = rf"(?:{name}|主?{head}[^\W\d]?(?=[,、。;]))"
        match = re.compile(_MADE + role).search(passage.folded, system.end, end) if head else None
        if match:
            span = match.span(1 if match[1] else 2)
            made[group] = trim_first(passage, split(passage, *span))
    told = len(made) > 1 and [(g, made.get(g) or _group_items(passage, system, g)) for g in groups(inner)]
    return _under(passage, passage.folded.find(inner, system.start), told or [])


def _under(passage: Passage, origin: int, told: list[tuple[Group, list[Span]]]) -> list[Component]:
    """Groups of a formula that begins at an offset, each with its items behind it."""
    found: list[Component] = []
    for group, items in told:
        own = passage.component((origin + group.start, origin + group.end))
        found += [own, *(passage.component(item, own.name) for item in items)]
    return found


def group_parts(passage: Passage, system: NamedSystem) -> list[Component]:
    """The groups of a formula that has several, 三清一改, each with its items where these are told."""
    found: list[Component] = []
    for span in group_spans(passage, system):
        own = passage.component(span)
        items = [item for group in groups(fold(own.name)) for item in _group_items(passage, system, group)]
        found += [own, *(passage.component(item, own.name) for item in items)]
    return found


def has_groups_beside(passage: Passage, system: NamedSystem) -> bool:
    """Whether what each group counts stands side by side: 一卡三免, …IC卡,免甲、免乙、免丙."""
    counted = groups(inner_name(passage, system))
    several = [group for group in counted if group.number > 1 and group.head]
    return len(counted) > 1 and bool(several) and all(_beside(passage, system, group) for group in several)


def _beside(passage: Passage, system: NamedSystem, group: Group) -> list[Span]:
    return side_by_side(passage, system.end, group.head, group.number)


def _group_items(passage: Passage, system: NamedSystem, group: Group) -> list[Span]:
    """What one group counts: the list behind the name, one that ends in its word, or things side by side."""
    if not group.number or not group.head:
        return []
    if group.number < 2:
        return ending_with(passage, system.end, group.head)
    return (
        _list_behind(passage, system, group)
        or _closing_list(passage, system, group)
        or _beside(passage, system, group)
    )


def _list_behind(passage: Passage, system: NamedSystem, group: Group) -> list[Span]:
    """三产:一产…;二产…;三产…: right behind the name as many items as the group counts, with its word."""
    mark = _INTRODUCES.match(passage.masked, system.end)
    items = behind(passage, mark.end(), group.number, introduced=True) if mark else []
    return items if all(group.head in passage.folded[a : a + len(group.head) + 1] for a, _ in items) else []


def _closing_list(passage: Passage, system: NamedSystem, group: Group) -> list[Span]:
    """The list that closes with what a group counts: 三保障, 教育、医疗和住房有保障."""
    if len(group.head) < 2:
        return []
    pattern = re.compile(rf"((?:{_THING}、)+{_THING}?)(?:[都均]?有)?{group.head}(?=[,。;])")
    match = pattern.search(passage.masked, system.end, system.end + _FAR)
    items = trim_first(passage, split(passage, *match.span(1))) if match else []
    if items and (joint := _JOINT.search(passage.masked, *items[0])):
        items = [
            (joint.end(), items[0][1]),
            *items[1:],
        ]  # a館及b、c、d莊園: what stands before 及 is another group's
    return items if len(items) >= group.number else []


def _told(passage: Passage, name: str, at: int) -> Span | None:
    """Where the clause that tells of a group stands: from the group's name to the clause's end."""
    quotes = ("“", "”") if name.isalnum() and name.isascii() else ("“?", "”?")
    pattern = re.compile(f"{quotes[0]}({re.escape(name)}){quotes[1]}{_TELLS}")
    match = pattern.search(passage.folded, at, at + _FAR)
    return (match.start(1), passage.clause(match.end())[1]) if match else None


def _parts(passage: Passage, name: str, group: Group, told: Span) -> list[Component]:
    """A group and under it its items; for a mere digit what the clause says, a counted thing first."""
    tells = re.compile("”?" + _TELLS).match(passage.folded, told[0] + len(name))
    start = tells.end() if tells else told[0] + len(name)
    counted = [span for span, counts in numbered_spans(passage, start, told[1]) if group.number in counts]
    if not group.head and counted and counted[-1][1] == told[1]:
        return [passage.component(counted[-1])]
    items = split(passage, start, told[1], group.number if group.number > 1 else None)
    items = trim_last(passage, items) if len(items) > 1 else [(start, told[1])]
    if not group.head and len(items) == 1:
        return [passage.component(items[0])]
    own = passage.component((told[0], told[0] + len(name)))
    return [own, *(passage.component(item, own.name) for item in items)]
