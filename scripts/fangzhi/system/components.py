"""The parts of named systems wherever in the article they stand, nested where a part is a system itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from fangzhi.system.digits import by_digits
from fangzhi.system.explained import explained, group_parts, has_groups_beside
from fangzhi.system.formula import groups, paired_count
from fangzhi.system.headings import (
    by_kind,
    by_ordinals,
    by_ordinals_next,
    by_own_word,
    by_own_words,
    by_paragraphs,
)
from fangzhi.system.lists import before, behind, unquoted
from fangzhi.system.model import Component, NamedSystem, Passage, Span
from fangzhi.system.telling import told_in_sentence, told_later
from fangzhi.system.vocabulary import role
from fangzhi.system.within import inner_name, spelled_out

_BRACKETS = re.compile(r"\((?:即|包括|分别为)?([^()]{3,80})\)")
#: A formula of digits says how many groups there are, not how many parts stand in a list.
_DIGITS = re.compile(r"“(?:\d|[一二三四五六七八九]{3,6}”)")
_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff]{2})\d[\d.,]{0,8}[余多]?[个所座处家名支条项间台辆套栋户人]$")
_ITEM = re.compile(r"[^、,;]+")


def with_parts(
    passage: Passage, systems: Sequence[NamedSystem], others: Sequence[NamedSystem] = ()
) -> list[NamedSystem]:
    """The systems with their parts filled in; what is part of ``others`` is none of theirs."""
    named = [s if s.parts else _named(passage, s, systems) for s in systems]
    taken = [span for system in (*others, *named) for span in _own_list(system)]
    told: list[NamedSystem] = []
    for system in named:
        told.append(system if system.parts else _told(passage, system, [*others, *named], taken))
        if not system.parts:
            taken += _own_list(told[-1])
    return _shared(passage, told)


def _own_list(system: NamedSystem) -> list[Span]:
    """Where the parts of a system stand, which are no other's; a bare row of parts may be another's too."""
    return [] if system.is_row else [(part.start, part.end) for part in system.parts]


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
    return system if system.parts else replace(system, parts=tuple(group_parts(passage, system)))


def _named(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem]) -> NamedSystem:
    """Parts that the name itself asks for: inside it, beside it, under its own word, by its digits."""
    if parts := explained(passage, system):
        return replace(system, parts=tuple(parts))
    inner = inner_name(passage, system)
    ways: tuple[Callable[[], list[Span]], ...] = (
        lambda: spelled_out(passage, system),
        lambda: before(passage, system.start, system.declared or 0) if _counts(system) else [],
        lambda: _by_heads(passage, system, inner),
        lambda: _in_brackets(passage, system),
        lambda: by_digits(passage, system, inner),
        lambda: _behind(passage, system, system.declared if _counts(system) else None),
        lambda: by_ordinals_next(passage, system, systems),
        lambda: _behind(passage, system, paired) if (paired := paired_count(inner)) else [],
        lambda: by_own_word(passage, system, inner),
        lambda: by_own_words(passage, system, inner),
        lambda: by_ordinals(passage, system, systems) if _counts(system) else [],
        lambda: by_kind(passage, system, systems),
    )
    found = next((spans for way in ways if (spans := way())), [])
    paired = found and len(found) == paired_count(inner)
    return _with(passage, replace(system, declared=len(found)) if paired else system, found)


def _told(
    passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem], taken: list[Span]
) -> NamedSystem:
    """Parts that the sentence tells: a list it goes on with, or the paragraphs that follow.

    A formula whose groups are told side by side gets these when all else is read.
    """
    if has_groups_beside(passage, system):
        return system
    found = (
        told_in_sentence(passage, system, systems, taken)
        or told_later(passage, system)
        or by_paragraphs(passage, system, systems)
    )
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


def _counts(system: NamedSystem) -> bool:
    return system.declared is not None and system.declared > 1 and not _DIGITS.search(system.name)


def _by_heads(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """一卡一本一袋: a list right before that closes, item by item, with what the formula counts."""
    heads = [group.head for group in groups(inner)]
    items = before(passage, system.start, len(heads)) if len(heads) > 1 else []
    fits = all(passage.folded[slice(*item)].endswith(head) for item, head in zip(items, heads, strict=False))
    return items if fits else []


def _in_brackets(passage: Passage, system: NamedSystem) -> list[Span]:
    """“四心”教育(忠心、孝心、爱心、信心): as many items in brackets behind a name as it counts."""
    match = _BRACKETS.match(passage.folded, system.end)
    items = [(m.start(), m.end()) for m in _ITEM.finditer(passage.folded, *match.span(1))] if match else []
    return items if len(items) > 1 and len(items) == system.declared else []


def _behind(passage: Passage, system: NamedSystem, count: int | None) -> list[Span]:
    """A list right behind a name, or behind 即, 包括, 分为; of as many items as counted."""
    words_for = "|".join(sorted(role("parts"), key=len, reverse=True))
    mark = re.compile(rf"(?:[,:(—]+(?:{words_for})?|(?:{words_for})):?").match(passage.masked, system.end)
    if mark is None:
        return []
    spoken = mark[0].strip(",(—")
    if not spoken.strip(":") and (count is None or (not spoken and has_groups_beside(passage, system))):
        return []
    return behind(passage, mark.end(), count, introduced=bool(spoken))


def _with(passage: Passage, system: NamedSystem, spans: list[Span]) -> NamedSystem:
    bare = [_without_figure(passage, unquoted(passage, span)) for span in spans]
    return replace(system, parts=tuple(passage.component(span) for span in bare if span[0] < span[1]))


def _without_figure(passage: Passage, span: Span) -> Span:
    """A part without how many there are of it: 村级幸福站36个."""
    figure = _FIGURE.search(passage.folded[slice(*span)])
    return (span[0], span[0] + figure.start()) if figure else span
