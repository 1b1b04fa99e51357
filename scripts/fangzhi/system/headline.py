"""Systems that the headline names: their parts are how the article is built. 筑牢森林“防火墙”, 一是…二是…"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from fangzhi.model.codes import SystemKind
from fangzhi.system.find import find_systems
from fangzhi.system.headings import ordinals
from fangzhi.system.lists import unquoted
from fangzhi.system.model import Component, NamedSystem, Passage, Span
from fangzhi.system.vocabulary import opens_name, role
from fangzhi.text.text import Text
from fangzhi.text.words import words

_QUOTED = re.compile(r"“([^“”\n]{2,8})”")
_PARAGRAPH = re.compile(r"[^\n]+")
#: A first clause that is a heading is shorter.
_SHORT = 16
_ROW = re.compile(r"(?:[^。;!?\n]{6,40};){3,}[^。;!?\n]{6,40}")


def headline_systems(headline: Text, text: Text) -> list[NamedSystem]:
    """The systems that a headline names, offsets into headline, line end and text, with their parts."""
    passage = Passage(Text(f"{headline.printed}\n{text.printed}"))
    shift = len(headline) + 1
    named = [s for s in find_systems(passage.prose) if s.start < shift]
    images = _images(passage, shift)
    plan = _plan(passage, shift) if images or any("“" in s.name and not s.parts for s in named) else ()
    planned = [s if s.parts or "“" not in s.name else replace(s, parts=_fitting(s, plan)) for s in named]
    used = any(s.parts == plan for s in planned)
    return [*planned, *(replace(s, parts=plan) for s in images if plan and not used)]


def _fitting(system: NamedSystem, plan: tuple[Component, ...]) -> tuple[Component, ...]:
    return plan if system.declared in (None, len(plan)) else ()


def _plan(passage: Passage, start: int) -> tuple[Component, ...]:
    """What an article is built of, three or more: 一是…, 二是…; openings alike; clauses with semicolons."""
    found = ordinals(passage, start)
    if len(found) < 3:
        found = _alike(passage, start)
    if len(found) < 3:
        row = _ROW.search(passage.masked, start)
        found = _pieces(passage, row.span()) if row else []
    return tuple(passage.component(unquoted(passage, span)) for span in found)


def _alike(passage: Passage, start: int) -> list[Span]:
    """Short first clauses of paragraphs, one behind the other, that open with the same character."""
    heads = [passage.first_clause(m.span()) for m in _PARAGRAPH.finditer(passage.masked, start)]
    runs = (list(run) for _, run in groupby(heads, key=lambda head: passage.folded[head[0]]))
    return next((run for run in runs if len(run) > 2 and all(b - a < _SHORT for a, b in run)), [])


def _pieces(passage: Passage, row: Span) -> list[Span]:
    """The clauses of a row, if each opens with a verb."""
    spans = [m.span() for m in re.compile("[^;]+").finditer(passage.masked, *row)]
    verbal = sum(_is_verb(passage.masked[slice(*span)]) for span in spans)
    return spans if 2 * verbal > len(spans) else []


def _is_verb(clause: str) -> bool:
    first = words(clause)[0]
    return first.is_verb or opens_name(first.text)


def _images(passage: Passage, end: int) -> list[NamedSystem]:
    """Figures of speech in a headline, with the noun before them: 森林“防火墙”, “组合拳”."""
    return [
        NamedSystem(start, match.end(), passage.text[start : match.end()], SystemKind.MECHANISM)
        for match in _QUOTED.finditer(passage.folded, 0, end)
        if match[1] in role("metaphor")
        for start in [_with_noun(passage, match.start())]
    ]


def _with_noun(passage: Passage, at: int) -> int:
    """Where the noun right before an offset begins; the offset if there is none."""
    start = max(passage.clause(at)[0], at - 12)
    row = words(passage.masked[start:at])
    return start + row[-1].start if row and row[-1].tag == "n" and len(row[-1].text) > 1 else at
