"""Parts that the sentence of a system tells: lists behind it or before it, members, figures, measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from fangzhi.model.codes import SystemKind
from fangzhi.system.lists import inner_items, run_before, split, trim_first, trim_last
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import is_set_up
from fangzhi.system.vocabulary import closing_kind, opens_name, role
from fangzhi.text.words import Word, words

_QUOTED = re.compile(r"“([^“”]*)”")
_ROW = re.compile(r"(?:“[^“”]{2,12}”[、和]?){3,}")
_CLAUSES = re.compile(r"[^,;]+")
_OF_THEM = re.compile(r"其中[,:]?(?=[^,、]{2,16}?\d)")
_FIGURED = re.compile(r"([^,\d]{2,16}?)\d[\d.,]*[万亿]?[余多]?[万亿]?([^\d,、]{1,3})$")
#: What stands between a list and the name it belongs to.
_OWNED = re.compile(r"(?<=[^、,])(?:等?[为于]?一体的|等?为主的|等的?|的)$")
#: How far behind a name a sentence that opens with it is looked for, in characters.
_FAR = 1500
#: A sentence shorter than this is a heading to the next.
_HEADING = 32
_BY_MEANS = re.compile(r"通过|采取|采用|按照|从|以(?![及来后上下内外往])")
_MEANS = re.compile(
    rf"(?:{_BY_MEANS.pattern})((?:[^,、]{{2,30}}[,、]){{1,9}}?[^,、]{{2,30}}?)(?:等|的|[二三四五六七八九]个|\d个|(?=为))"
    r"[^,]{0,6}?(?:方式|办法|形式|措施|举措|途径|努力|等级|方面|环节|为抓手|为主线|为重点|为载体|手段|渠道)"
)
_ONE = re.compile(r"[^,、]{1,3}一[^,、]{2,10}")
_ONES = re.compile(rf"通过((?:{_ONE.pattern}[,、]){{2,}}{_ONE.pattern})(?=[,。])")
#: 把甲、乙作为健全某机制的…
_MADE = re.compile(r"把([^,、。]{4,40}、[^,。]{4,60}?)作为[^,。]{0,6}$")
_MEMBERS = re.compile(
    r"(?:^|[,由])((?:[^,、由]{2,14}、){2,}[^,、由]{2,20}?)等?(?:部门|单位|成员单位|人员)?(?:参与|组成|参加|构成)的"
)


def told_in_sentence(
    passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem], taken: list[Span]
) -> list[Span]:
    """The first list behind a system in its sentence, or behind 通过 before it, that is no other system's."""
    start, end = passage.sentence(system.start)
    if end - start < _HEADING and passage.masked[end : end + 1] == "。" and end + 1 < len(passage.text):
        own, end = end, passage.sentence(end + 1)[1]
        if system.end == own and (items := _quoted_items(passage, (own, end))):
            return items
    later = min((s.start for s in systems if system.end <= s.start < end and not s.is_row), default=end)
    return (
        _members(passage, start, system)
        or _made_of(passage, start, system)
        or ([] if _is_owner(passage, system) else _by_means(passage, start, system.start, taken))
        or _owned(passage, system, taken)
        or _by_means(passage, system.end, later, taken)
        or _of_them(passage, system.end, end)
        or _list_between(passage, system.end, later, taken)
        or _counted_list(passage, system, later, taken)
        or _verb_phrases(passage, start, system, taken)
        or _row_behind(passage, start, system, end)
        or _measures(passage, system, systems, passage.sentence(system.start)[1])
    )


def told_later(passage: Passage, system: NamedSystem) -> list[Span]:
    """The list of a later sentence that opens with the name, kind or not: 饮水安全聚焦甲、乙、丙."""
    name = passage.folded[system.start : system.end]
    kind = closing_kind(name)
    short = name.removesuffix(kind.word) if kind and "“" not in name else name
    at = passage.folded.find(short, system.end, system.end + _FAR) if len(short) > 3 else -1
    while at > 0:
        start, end = passage.clause(at)
        row = words(passage.masked[at + len(short) : end])[:3]
        lead = next((word for word in row if word.text in role("aim")), None)
        opens = start == at and passage.sentence(at)[0] == at
        if opens and lead and (items := _items(passage, (at + len(short), end), lead)):
            return items
        at = passage.folded.find(short, at + 1, system.end + _FAR)
    return []


def _quoted_items(passage: Passage, span: Span) -> list[Span]:
    """The items of the first slogan in quotes in a stretch, “甲、乙、丙”."""
    rows = (inner_items(passage, match.span()) for match in _QUOTED.finditer(passage.folded, *span))
    return next((items for items in rows if len(items) > 2), [])


def _is_owner(passage: Passage, system: NamedSystem) -> bool:
    """Whether the sentence is about something of the system, 加大某券的宣传, or uses it, 以某行动为主线."""
    used = passage.masked[system.start - 1 : system.start] == "以"
    return used or passage.masked[system.end : system.end + 1] == "的"


def _free(span: Span, taken: list[Span]) -> bool:
    """Whether a stretch is no part of another system."""
    return not any(span[0] < b and a < span[1] for a, b in taken)


def _made_of(passage: Passage, start: int, system: NamedSystem) -> list[Span]:
    """把甲、乙作为健全某机制的重要内容: what a clause says that a system is made of."""
    match = _MADE.search(passage.masked, start, system.start)
    return split(passage, *match.span(1)) if match else []


def _owned(passage: Passage, system: NamedSystem, taken: list[Span]) -> list[Span]:
    """A list right before a name: 甲、乙等…计划; 集甲、乙于一体的…中心; with 的 alone one of amounts."""
    start = passage.clause(system.start)[0]
    link = _OWNED.search(passage.masked, start, system.start)
    items = run_before(passage, link.start()) if link else []
    amounts = all(
        re.search(r"\d|[一二三四五六七八九十百千万]", passage.folded[slice(*item)]) for item in items
    )
    bare = link is not None and link[0] == "的"
    if not items or (bare and not amounts) or not _free((items[0][0], items[-1][1]), taken):
        return []
    lengths = [end - begin for begin, end in items]
    return items if max(lengths) <= min(24, 3 * min(lengths) + 6) else []


def _of_them(passage: Passage, start: int, end: int) -> list[Span]:
    """其中甲券30张,乙券42张: what the clauses behind 其中 give figures of, in one unit.

    Without 其中 three clauses up to the end of the sentence: 推进某工作,完成甲30人,乙42人,丙50人.
    """
    match = _OF_THEM.search(passage.folded, start, end)
    begin = match.end() if match else passage.clause(start)[1]
    found: list[tuple[Span, str]] = []
    for clause in _CLAUSES.finditer(passage.folded, begin, end):
        figured = _FIGURED.fullmatch(clause[0])
        if figured is None or (found and figured[2] != found[0][1]):
            return [span for span, _ in found] if match and len(found) > 1 else []
        lead = _verb_end(figured[1])
        found.append(((clause.start() + lead, clause.start() + figured.end(1)), figured[2]))
    return [span for span, _ in found] if len(found) > (1 if match else 2) else []


def _verb_end(phrase: str) -> int:
    """Where the verb that opens a phrase ends, if more than a word is left."""
    first = words(phrase)[0]
    return first.end if first.is_verb and len(first.text) > 1 and len(phrase) > first.end + 2 else 0


def _row_behind(passage: Passage, start: int, system: NamedSystem, end: int) -> list[Span]:
    """Three or more quoted names in a row behind what their sentence opens with: its brands, its places."""
    row = _ROW.search(passage.folded, system.end, end) if system.start == start else None
    return [m.span() for m in _QUOTED.finditer(passage.folded, *row.span())] if row else []


def _measures(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem], end: int) -> list[Span]:
    """实施某行动,强化甲,推行乙,建好丙: three or more clauses with a verb each behind what is set up.

    What it leads to, 推动…, 实现…, is no part, nor are clauses that each set up something of its own name.
    """
    clause = passage.clause(system.start)
    before = words(passage.masked[clause[0] : system.start])
    governed = is_set_up(passage, system.start) or (before and opens_name(before[-1].text))
    if not governed or passage.masked[clause[1] : clause[1] + 1] != ",":
        return []
    own = {s.start for s in systems if passage.folded[s.start] == "“"}
    spans = [m.span() for m in _CLAUSES.finditer(passage.masked, clause[1] + 1, end)]
    found = list(takewhile(lambda span: _does(passage, span), spans))
    if all(any(a <= at < b for at in own) for a, b in found):
        return []
    return found if len(found) > 2 else []


def _does(passage: Passage, clause: Span) -> bool:
    """Whether a clause says what is done, not what comes of it."""
    first = words(passage.masked[slice(*clause)])[0]
    does = (first.is_verb or opens_name(first.text)) and first.text not in role("cause")
    figured = re.search(r"\d", passage.masked[slice(*clause)])
    return does and not figured and clause[1] - clause[0] < 30


def _list_between(passage: Passage, start: int, end: int, taken: list[Span]) -> list[Span]:
    """The first list of three or more, two in quotes, in a stretch, led by a word for what it is about."""
    for match in re.finditer(r"[^,:]+", passage.masked[start:end]):
        at, stop = start + match.start(), start + match.end()
        if not _free((at, stop), taken):
            continue
        lead = next((w for w in words(match[0]) if w.text in role("aim")), None)
        if lead and (items := _items(passage, (at, stop), lead)):
            return items
    return []


def _counted_list(passage: Passage, system: NamedSystem, end: int, taken: list[Span]) -> list[Span]:
    """结合甲、乙、丙: the next clause behind a name that counts three or more, where it lists as many."""
    start = passage.clause(system.end)[1] + 1
    count = system.declared or 0
    stop = passage.clause(start)[1] if start < end else start
    if count < 3 or stop > end or not _free((start, stop), taken):
        return []
    items = split(passage, start, stop, count)
    return trim_last(passage, trim_first(passage, items)) if items and stop - start < 80 else []


def _items(passage: Passage, clause: Span, lead: Word) -> list[Span]:
    """The list behind a word in a clause; two items are enough in quotes or behind 分为."""
    at, stop = clause
    quoted = _QUOTED.search(passage.folded, at + lead.end, stop)
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
    if (row := _ONES.search(passage.masked, start, end)) and _free(row.span(1), taken):
        return [m.span() for m in _ONE.finditer(passage.masked, *row.span(1))]
    openers = [m.start() for m in _BY_MEANS.finditer(passage.masked, start, end)]
    matches = (_MEANS.match(passage.masked, at, end) for at in reversed(openers))
    match = next(filter(None, matches), None)
    if match is None or not _free(match.span(1), taken):
        return []
    begin, stop = match.span(1)
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
    if clause <= start or not _free((start, clause), taken):
        return []
    begin = passage.clause(clause - 1)[0]
    items = trim_first(passage, split(passage, begin, clause - 1))
    verbal = all(opens_name(words(passage.masked[slice(*item)])[0].text) for item in items)
    return items if len(items) > 2 and verbal else []
