"""Formulas whose groups are told one by one: “一江”指干流,“两岸”指东岸、西岸; “1”即…,“3”即…."""

from __future__ import annotations

import re

from fangzhi.system.collectives import numbered_spans
from fangzhi.system.formula import Group, groups
from fangzhi.system.lists import split, trim_first, trim_last
from fangzhi.system.model import Component, NamedSystem, Passage, Span
from fangzhi.system.within import group_spans, inner_name

_FAR = 1500
_THING = r"[^,、。;:!?\n]{2,16}"
_TELLS = r"(?:[,:]|——)?(?:就是指?|即是?|是指|指的是|指|是|为|分别[是为]|包括|:|——)[,:]?"


def explained(passage: Passage, system: NamedSystem) -> list[Component]:
    """The groups of a formula with what each is said to be behind it; none unless half of them are told."""
    inner = inner_name(passage, system)
    at = system.end
    found: list[list[Component]] = []
    for group in groups(inner):
        told = _told(passage, inner[group.start : group.end], at)
        found.append(_parts(passage, inner[group.start : group.end], group, told) if told else [])
        at = told[1] if told else at
    enough = len(found) > 1 and 2 * sum(map(bool, found)) >= len(found)
    return [part for parts in found for part in parts] if enough else []


def group_parts(passage: Passage, system: NamedSystem) -> list[Component]:
    """The groups of a formula that has several, 三清一改, each with the list that closes with its word."""
    found: list[Component] = []
    for span in group_spans(passage, system):
        own = passage.component(span)
        items = _closing_list(passage, system, own.name)
        found += [own, *(passage.component(item, own.name) for item in items)]
    return found


def _closing_list(passage: Passage, system: NamedSystem, name: str) -> list[Span]:
    """The list that closes with what a group counts: 三保障, 教育、医疗和住房有保障."""
    group = groups(name)[0]
    if len(group.head) < 2 or group.number < 2:
        return []
    pattern = re.compile(rf"((?:{_THING}、)+{_THING}?)(?:[都均]?有)?{group.head}(?=[,。;])")
    match = pattern.search(passage.masked, system.end, system.end + _FAR)
    items = trim_first(passage, split(passage, *match.span(1))) if match else []
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
