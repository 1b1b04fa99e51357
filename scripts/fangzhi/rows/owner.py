"""Who set up or runs a named system: the body that the sentence names as doing it, else the place."""

from __future__ import annotations

import re

from fangzhi.entity.organizations import kind_of
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.keys import organization_id
from fangzhi.rows.reading import Reading
from fangzhi.rows.subject import Subject, subject_at
from fangzhi.system.vocabulary import is_founding, is_governing
from fangzhi.text.words import Word, words

#: How far back the owner of a system is looked for, in characters.
_FAR = 400
_CLAUSE = re.compile(r"[^，,。；;：:！？!?\n—“”「」]*$")
#: What joins two bodies that act together; the first is the owner.
_JOINED = frozenset("与和同及、")
_LAUNCHERS = frozenset(("平台", "公司", "集团"))
#: Longer phrases before a verb are more than the name of a body.
_LONGEST = 16


def owner_of(reading: Reading, position: int, place_id: str | None) -> Subject:
    """The body or place that runs what is named at an offset.

    First who does what the verb before the name says, 由甲局打造的“…”, 甲部推出“…”; then whom the sentence
    speaks of, or the nearest before it in the paragraph; at last the place.
    """
    if name := _doer(reading, position):
        known = any(body.name == name for body in reading.organizations)
        return Subject(name, organization_id=organization_id(name) if known else None)
    at = position
    while at > max(0, position - _FAR, reading.text.rfind("\n", 0, position)):
        if name := subject_at(reading, at, place_id):
            return _referred(reading, name, place_id)
        at = reading.sentence_span(at)[0] - 1
    return _place(place_id)


def _referred(reading: Reading, name: str, place_id: str | None) -> Subject:
    """A name with the key of the body or place that bears it."""
    if any(body.name == name for body in reading.organizations):
        return Subject(name, organization_id=organization_id(name))
    return Subject(name, place_id=place_id)


def _place(place_id: str | None) -> Subject:
    return Subject(load_gazetteer().unit(place_id).name, place_id=place_id) if place_id else Subject()


def _doer(reading: Reading, position: int) -> str | None:
    """The body before the verb that sets up what is named at an offset, in its clause."""
    match = _CLAUSE.search(reading.text, max(0, position - 60), position)
    row = words(match[0]) if match else ()
    verb = next((i for i in range(len(row) - 1, -1, -1) if is_founding(row[i].text)), None)
    if match is None or not verb:
        return None
    owned = row[-1].text == "的"
    last = next((i for i in range(verb - 1, -1, -1) if _is_body(row, i, owned)), None)
    first = last
    while last is not None and first:
        if _inside(row[first - 1]) or _joins_words(row, first - 1):
            first -= 1
        elif row[first - 1].text in _JOINED and first > 1 and _is_body(row, first - 2, owned):
            last = first = first - 2  # of two that act together the first
        else:
            break
    if first is None or last is None:
        return None
    found = reading.text[match.start() + row[first].start : match.start() + row[last].end]
    return found if _LONGEST >= len(found) > 2 else None


def _joins_words(row: tuple[Word, ...], at: int) -> bool:
    """Whether 和 stands inside one body's name: 人力资源和社会保障局."""
    before = row[at - 1] if at else None
    return row[at].text == "和" and before is not None and before.is_noun and kind_of(before.text) is None


def _is_body(row: tuple[Word, ...], last: int, owned: bool) -> bool:
    """Whether a body's name closes at a word.

    Of what somebody launched, 甲平台发起的“…”, a platform or company right before the verb too.
    """
    text = "".join(word.text for word in row[max(0, last - 3) : last + 1])
    after = row[last + 1].text if last + 1 < len(row) else ""
    return kind_of(text) is not None or (owned and is_founding(after) and row[last].text in _LAUNCHERS)


def _inside(word: Word) -> bool:
    """Whether a word may stand in a body's name: no verb that governs it, no sign, no joint, no time."""
    governs = is_founding(word.text) or is_governing(word.text)
    return not governs and word.text not in _JOINED and word.tag[:1] in "najkfbsgvz"
