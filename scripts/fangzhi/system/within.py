"""Parts that a name spells out itself: “户分类、村收集”, 县乡村三级, 生活圈和工作圈, 三清一改."""

from __future__ import annotations

import re

from fangzhi.model.codes import SystemKind
from fangzhi.system.formula import declared_count, groups, is_formula, number_of
from fangzhi.system.lists import inner_items
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.vocabulary import closing_kind
from fangzhi.text.words import words

_QUOTED = re.compile(r"“([^“”]*)”")
#: Units of administration, one character each, before their number: 省市县乡村五级.
_LEVELS = re.compile(r"([省市州县区旗乡镇街村社组户]{2,7})([二两三四五六七])级")
#: 百, 千 and 万 with as many characters each: 百县千镇万村.
_ROUND = "百千万"
_HUNDREDS = re.compile("".join(rf"({n}[^\W\d{_ROUND}]{{1,2}}?)" for n in _ROUND))
_TWOFOLD = re.compile(r"双[重向层]")
_TWO_KINDS = re.compile(r"(?<=”)([^“”、,]{2,8})[和与]([^“”、,]{2,8})$")


def inner_name(passage: Passage, system: NamedSystem) -> str:
    """What stands in quotation marks in a name, else the name; folded."""
    name = passage.folded[system.start : system.end]
    match = _QUOTED.search(name)
    return match[1] if match else name


def spelled_out(passage: Passage, system: NamedSystem) -> list[Span]:
    """The parts that a name spells out, in the first way that gives some."""
    return (
        _two_kinds(passage, system) or _inside(passage, system) or levels(passage, system.start, system.end)
    )


def group_spans(passage: Passage, system: NamedSystem) -> list[Span]:
    """The groups of a formula that has several: 三清一改; 百县千镇万村."""
    inner = inner_name(passage, system)
    if match := _HUNDREDS.search(passage.folded, system.start, system.end):
        return [match.span(i) for i in (1, 2, 3)]
    found = [group for group in groups(inner) if group.head] if declared_count(inner) else []
    at = passage.folded.find(inner, system.start, system.end)
    return [(at + g.start, at + g.end) for g in found] if len(found) > 1 and at >= 0 else []


def _inside(passage: Passage, system: NamedSystem) -> list[Span]:
    """The items of a quoted name, “户分类、村收集”; a body has none of what it is named after."""
    match = _QUOTED.search(passage.folded, system.start, system.end)
    if match is None or match.start() != system.start or re.fullmatch(r"[\dnxNX+]+", match[1]):
        return []
    counted = is_formula(match[1]) and "、" not in match[1]
    if counted or (
        system.kind is SystemKind.BODY and "+" not in match[1] and not closing_kind(match[1], inner=True)
    ):
        return []
    items = _without_common_head(passage, inner_items(passage, match.span()))
    return items if len(items) > 1 and all(b > a for a, b in items) else []


def _without_common_head(passage: Passage, items: list[Span]) -> list[Span]:
    """党建+选、育、管: what stands before the only + belongs to all items."""
    texts = [passage.folded[slice(*item)] for item in items]
    if len(items) < 2 or texts[0].count("+") != 1 or any("+" in text for text in texts[1:]):
        return items
    return [(items[0][0] + texts[0].index("+") + 1, items[0][1]), *items[1:]]


def levels(passage: Passage, begin: int, end: int) -> list[Span]:
    """县乡村三级: one character a level, as many as the number says, in a name or right before it.

    Also the two nouns right before 双重: 社区乡镇双重管理.
    """
    for match in _LEVELS.finditer(passage.folded, max(0, begin - 7), end):
        count = number_of(match[2])
        if len(match[1]) >= count and match.end() > begin:
            return [(at, at + 1) for at in range(match.end(1) - count, match.end(1))]
    return _twofold(passage, begin) if _TWOFOLD.match(passage.folded, begin) else []


def _twofold(passage: Passage, end: int) -> list[Span]:
    """The two nouns, and no third, that end at an offset."""
    start = passage.clause(end)[0]
    row = words(passage.masked[start:end])[-3:]
    nouns = [word for word in row[-2:] if word.tag in ("n", "j", "s", "nt", "nz")]
    if len(nouns) < 2 or (len(row) > 2 and row[0].is_noun):
        return []
    return [(start + word.start, start + word.end) for word in nouns]


def _two_kinds(passage: Passage, system: NamedSystem) -> list[Span]:
    """Two kind words joined behind one quoted name: “15分钟”生活圈和工作圈."""
    match = _TWO_KINDS.search(passage.folded[system.start : system.end])
    if match is None or not all(closing_kind(part) for part in match.groups()):
        return []
    return [(system.start + match.start(i), system.start + match.end(i)) for i in (1, 2)]
