"""The parts of named systems wherever in the article they stand, nested where a part is a system itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from fangzhi.model.codes import SystemKind
from fangzhi.system.collectives import numbered_spans
from fangzhi.system.formula import declared_count, groups, is_formula
from fangzhi.system.headings import by_kind, by_ordinals, by_own_word, by_paragraphs
from fangzhi.system.lists import before, behind, inner_items, split, trim_first, trim_last, unquoted
from fangzhi.system.model import Component, NamedSystem, Passage, Span
from fangzhi.system.vocabulary import opens_name, role
from fangzhi.text.words import Word, words

_QUOTED = re.compile(r"“([^“”]*)”")
_DIGITS = re.compile(r"^[1-9]\d{2,5}$")
_FAR = 1500
#: A sentence shorter than this is a heading to the next.
_HEADING = 32
_MEANS = re.compile(
    r"(?:通过|采取|采用|按照|从|以)((?:[^,、]{2,30}[,、]){1,9}[^,、]{2,30}?)"
    r"(?:等|的|[二三四五六七八九]个|\d个)[^,]{0,6}?(?:方式|办法|形式|措施|举措|途径|努力|等级|方面|环节)"
)
_MEMBERS = re.compile(
    r"(?:^|[,由])((?:[^,、]{2,14}、){2,}[^,、]{2,20}?)等?(?:部门|单位|成员单位|人员)?(?:参与|组成|参加|构成)的"
)


def with_parts(passage: Passage, systems: Sequence[NamedSystem]) -> list[NamedSystem]:
    """The systems with their parts filled in."""
    named = [s if s.parts else _named(passage, s, systems) for s in systems]
    taken = [(part.start, part.end) for system in named for part in system.parts]
    return _shared(passage, [s if s.parts else _told(passage, s, named, taken) for s in named])


def _shared(passage: Passage, systems: list[NamedSystem]) -> list[NamedSystem]:
    """Systems named together, 甲、乙 or 甲和乙, share the list that follows the last."""
    found: list[NamedSystem] = []
    for system in reversed(systems):
        joined = found and passage.masked[system.end : found[-1].start] in ("、", "和", "及", "与")
        found.append(
            replace(system, parts=found[-1].parts)
            if joined and not system.parts and not system.declared
            else system
        )
    return found[::-1]


def with_groups(passage: Passage, system: NamedSystem) -> NamedSystem:
    """A formula of several groups for which no list was found has its groups as parts: 三清一改."""
    return (
        system
        if system.parts
        else _with(passage, system, _groups(passage, system, inner_name(passage, system)))
    )


def _named(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem]) -> NamedSystem:
    """Parts that the name itself asks for: inside it, beside it, under its own word, by its digits."""
    inner = inner_name(passage, system)
    ways: tuple[Callable[[], list[Span]], ...] = (
        lambda: _inside(passage, system),
        lambda: before(passage, system.start, system.declared or 0) if _counts(system) else [],
        lambda: _behind(passage, system),
        lambda: by_own_word(passage, system, inner),
        lambda: by_ordinals(passage, system) if _counts(system) else [],
        lambda: _by_digits(passage, system, inner),
        lambda: by_kind(passage, system, systems),
    )
    found = next((spans for way in ways if (spans := way())), [])
    return _with(passage, system, found)


def _told(
    passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem], taken: list[Span]
) -> NamedSystem:
    """Parts that the sentence tells: a list it goes on with, or the paragraphs that follow."""
    found = _in_sentence(passage, system, systems, taken) or by_paragraphs(passage, system, systems)
    fits = not _counts(system) or len(found) == system.declared
    return _with(passage, system, found if fits else [])


def nested(systems: Sequence[NamedSystem]) -> list[NamedSystem]:
    """The systems with the parts of their parts behind each, where a part is a system as well."""
    spans: dict[Span, NamedSystem] = {}
    for system in systems:
        spans[system.start, system.end] = spans[system.start + 1, system.end - 1] = system
    return [replace(system, parts=tuple(_nested_parts(system, spans))) for system in systems]


def _nested_parts(system: NamedSystem, spans: Mapping[Span, NamedSystem]) -> Iterator[Component]:
    for part in system.parts:
        yield part
        own = spans.get((part.start, part.end))
        if own is not None and own is not system:
            yield from (replace(p, parent=part.name) for p in own.parts if p.parent is None)


def inner_name(passage: Passage, system: NamedSystem) -> str:
    """What stands in quotation marks in a name, else the name; folded."""
    name = passage.folded[system.start : system.end]
    match = _QUOTED.search(name)
    return match[1] if match else name


def _counts(system: NamedSystem) -> bool:
    return system.declared is not None and system.declared > 1 and not re.search(r"“\d", system.name)


def _inside(passage: Passage, system: NamedSystem) -> list[Span]:
    """“户分类、村收集”, “支部+合作社”, (“甲”和“乙”): the items of quoted names."""
    match = _QUOTED.search(passage.folded, system.start, system.end)
    if match is None or re.fullmatch(r"[\d+]+", match[1]) or (is_formula(match[1]) and "、" not in match[1]):
        return []
    items = inner_items(passage, match.span())
    return items if len(items) > 1 and all(b > a for a, b in items) else []


def _behind(passage: Passage, system: NamedSystem) -> list[Span]:
    """A list right behind a name, or behind 即, 包括, 分为."""
    words_for = "|".join(sorted(role("parts"), key=len, reverse=True))
    mark = re.compile(rf"(?:[,:(—]+(?:{words_for})?|(?:{words_for})):?").match(passage.masked, system.end)
    if mark is None:
        return []
    spoken = mark[0].strip(",:(—")
    count = system.declared if _counts(system) else None
    if not spoken and count is None:
        return []
    return behind(passage, mark.end(), count, introduced=bool(spoken))


def _by_digits(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """“234”: collectives that follow and count two, three and four, in this order; one may be missing."""
    if not _DIGITS.match(inner):
        return []
    counted = numbered_spans(passage, system.end, system.end + _FAR)
    found: list[Span] = []
    for digit in map(int, inner):
        at = found[-1][1] if found else system.end
        found += [span for span, counts in counted if span[0] >= at and digit in counts][:1]
    return found if len(found) > 1 and len(found) >= len(inner) - 1 else []


def _groups(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """The groups of a formula that has several: 三清一改."""
    found = groups(inner) if declared_count(inner) else []
    at = passage.folded.find(inner, system.start, system.end)
    return [(at + g.start, at + g.end) for g in found] if len(found) > 1 and at >= 0 else []


def _in_sentence(
    passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem], taken: list[Span]
) -> list[Span]:
    """The first list behind a system in its sentence, or behind 通过 before it, that is no other system's."""
    start, end = passage.sentence(system.start)
    if end - start < _HEADING and end < len(passage.text) and passage.masked[end] == "。":
        end = passage.sentence(end + 1)[1]
    later = min((s.start for s in systems if system.end <= s.start < end), default=end)
    if members := _members(passage, start, system):
        return members
    means = _by_means(passage, start, system.start, taken) or _by_means(passage, system.end, later, taken)
    return (
        means
        or _list_between(passage, system.end, later, taken)
        or _verb_phrases(passage, start, system, taken)
    )


def _list_between(passage: Passage, start: int, end: int, taken: list[Span]) -> list[Span]:
    """The first list of three or more, two in quotes, in a stretch, led by a word for what it is about."""
    for match in re.finditer(r"[^,:]+", passage.masked[start:end]):
        at, stop = start + match.start(), start + match.end()
        if any(at < b and a < stop for a, b in taken):
            continue
        lead = next((w for w in words(match[0]) if w.text in role("aim")), None)
        if lead and (items := _items(passage, (at, stop), lead)):
            return items
    return []


def _items(passage: Passage, clause: Span, lead: Word) -> list[Span]:
    """The list behind a word in a clause; two items are enough in quotes or behind 分为."""
    at, stop = clause
    quoted = _QUOTED.search(passage.folded, at, stop)
    if quoted and len(items := inner_items(passage, quoted.span())) > 1:
        return items
    others = passage.masked.find("等", at + lead.end, stop)
    items = split(passage, at + lead.end, others if others > 0 else stop)
    least = 2 if lead.text in role("parts") else 3
    if len(items) < least or re.search(r"\d", passage.masked[at:stop]):
        return []
    return trim_last(passage, trim_first(passage, items))


def _by_means(passage: Passage, start: int, end: int, taken: list[Span]) -> list[Span]:
    """通过甲,乙,以及丙等方式; 按照甲、乙、丙3个等级: the list before the name that it leads to."""
    match = _MEANS.search(passage.masked[start:end])
    if match is None or any(start + match.start(1) < b and a < start + match.end(1) for a, b in taken):
        return []
    begin, stop = start + match.start(1), start + match.end(1)
    if "," not in match[1]:
        items = split(passage, begin, stop)
    else:
        cuts = [m.span() for m in re.finditer(r",(?:以及|并|和)?", match[1])]
        bounds = [(0, 0), *cuts, (len(match[1]), len(match[1]))]
        items = [(begin + a[1], begin + b[0]) for a, b in pairwise(bounds)]
    return items if len(items) > 1 else []


def _members(passage: Passage, start: int, system: NamedSystem) -> list[Span]:
    """由甲、乙、丙等部门组成的领导小组: who makes up a body, right before its name."""
    match = re.search(_MEMBERS.pattern + "[^,]{0,16}$", passage.masked[start : system.start])
    items = split(passage, start + match.start(1), start + match.end(1)) if match else []
    return trim_first(passage, items) if system.kind is SystemKind.BODY else []


def _verb_phrases(passage: Passage, start: int, system: NamedSystem, taken: list[Span]) -> list[Span]:
    """Three or more verb phrases divided by 、 in the clause before a name: 突出甲、强化乙、促进丙,…"""
    clause = passage.clause(system.start)[0]
    if clause <= start or any(start < b and a < clause for a, b in taken):
        return []
    begin = passage.clause(clause - 1)[0]
    items = trim_first(passage, split(passage, begin, clause - 1))
    verbal = all(opens_name(words(passage.masked[slice(*item)])[0].text) for item in items)
    return items if len(items) > 2 and verbal else []


def _with(passage: Passage, system: NamedSystem, spans: list[Span]) -> NamedSystem:
    bare = [unquoted(passage, span) for span in spans]
    return replace(system, parts=tuple(passage.component(span) for span in bare if span[0] < span[1]))
