"""Whose figure it is: the body or the place that the sentence speaks of, never a private person."""

from __future__ import annotations

import re

from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.reading import Reading
from fangzhi.text.words import words

_CLAUSE_START = re.compile(r"(?:^|[，,。；;：:！？!?\n—）)])\s*$")


def _is_phrase(name: str) -> bool:
    """Whether what ends like a body's name is bodies in general: 新建中小学, 全市幼儿园."""
    first = words(name)[0]
    return first.is_verb or first.text[:1] in "全各本该"


def subject_at(reading: Reading, position: int, place_id: str | None) -> str | None:
    """The body that opens a clause before an offset in its sentence; else the place, if one is named."""
    start, _ = reading.sentence_span(position)
    bodies = [o for o in reading.organizations if start <= o.start and o.end <= position]
    opening = [o for o in bodies if _CLAUSE_START.search(reading.text[max(0, o.start - 2) : o.start])]
    opening = [o for o in opening if not _is_phrase(o.name)]
    if opening:
        return opening[-1].name
    named = any(start <= p.start and p.end <= position for p in reading.places)
    return load_gazetteer().unit(place_id).name if place_id and named else None
