"""Whose figure it is: the body or the place that the sentence speaks of, never a private person."""

from __future__ import annotations

import re
from typing import NamedTuple

from fangzhi.entity.organizations import OrganizationMention
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.keys import organization_id
from fangzhi.rows.reading import Reading
from fangzhi.text.words import words

_CLAUSE_START = re.compile(r"(?:^|[，,。；;：:！？!?\n—）)])\s*$")


class Subject(NamedTuple):
    """A body or a place by its name, with the key of its row."""

    name: str | None = None
    place_id: str | None = None
    organization_id: str | None = None


def subject_of(reading: Reading, position: int, place_id: str | None) -> Subject:
    """The body that opens a clause before an offset in its sentence; else the place, if one is named there.

    A sentence that names neither goes on about what its paragraph has named last.
    """
    start, _ = reading.sentence_span(position)
    paragraph = reading.text.rfind("\n", 0, start) + 1
    return (
        _named(reading, start, position, place_id) or _named(reading, paragraph, start, place_id) or Subject()
    )


def subject_at(reading: Reading, position: int, place_id: str | None) -> str | None:
    """The name of the body or place that the sentence at an offset speaks of itself."""
    found = _named(reading, reading.sentence_span(position)[0], position, place_id)
    return found.name if found else None


def _named(reading: Reading, start: int, end: int, place_id: str | None) -> Subject | None:
    """The last body that opens a clause of a stretch; else the place, if the stretch names one."""
    opening = [o for o in reading.organizations if start <= o.start and o.end <= end and _opens(reading, o)]
    if opening:
        name = opening[-1].name
        return Subject(name, organization_id=organization_id(name))
    if place_id and any(start <= p.start and p.end <= end for p in reading.places):
        return Subject(load_gazetteer().unit(place_id).name, place_id=place_id)
    return None


def _opens(reading: Reading, body: OrganizationMention) -> bool:
    """Whether a body opens its clause, and is not bodies in general: 新建中小学, 全市幼儿园."""
    first = words(body.name)[0]
    general = first.is_verb or first.text[:1] in "全各本该"
    return not general and bool(_CLAUSE_START.search(reading.text[max(0, body.start - 2) : body.start]))
