"""The phrase that says what a figure measures, put together from the words around it.

``新增托位260个`` measures 新增托位; ``吸纳1074名搬迁劳动力就业`` measures 吸纳搬迁劳动力就业; in a list that
shares its head (``新增托位260个和公办学位550个``) the second takes the verb of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, words

_BREAK = re.compile(r"[,，。;；:：!！?？\n…（）()“”《》]")
_CLAUSE = re.compile(r"[,，。;；:：!！?？\n…]")
LONGEST = 24


@dataclass(frozen=True)
class Figure:
    """Where a figure stands and what kind of quantity it is."""

    start: int
    end: int
    kind: Kind


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("measure_words") if row["kind"] == kind)


def measures(text: str, figures: Sequence[Figure], periods: Sequence[tuple[int, int]] = ()) -> list[str]:
    """What each figure of a text measures, in the order of the figures; never empty where words stand near.

    ``periods`` are the spans of dates, which say when, not what.
    """
    found: list[str] = []
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        left = _left(text, before, figure.start, periods)
        right = _right(text, figure.end, after)
        shared = i > 0 and _near(text, before, figure.start)
        found.append(_compose(left, right, figure.kind, found[-1] if shared else "", linked=_linked(text, before)))
    return found


def _near(text: str, before: int, start: int) -> bool:
    """Whether two figures stand in the same sentence."""
    return not re.search(r"[。！？!?\n]", text[before:start])


def _linked(text: str, before: int) -> bool:
    return text[before : before + 1] in ("和", "、", "及", "与")


def _left(text: str, before: int, start: int, periods: Sequence[tuple[int, int]]) -> list[Word]:
    """Words of the clause between the figure before and this one, dates left out."""
    clause = max((m.end() for m in _CLAUSE.finditer(text, max(before, start - 60), start)), default=max(before, start - 60))
    kept = [w for w in _words_between(text, max(clause, before), start) if not any(s <= w.start < e for s, e in periods)]
    return kept


def _right(text: str, end: int, after: int) -> list[Word]:
    """Words behind the figure up to the end of its clause or the next figure."""
    match = _BREAK.search(text, end)
    return _words_between(text, end, min(match.start() if match else len(text), after, end + 30))


def _words_between(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(w.start + start, w.end + start, text[w.start + start : w.end + start], w.tag)
        for w in words(text[start:end])
    ]


def _compose(left: list[Word], right: list[Word], kind: Kind, previous: str, *, linked: bool) -> str:
    behind = _noun_phrase(right)
    ahead = _trim(left)
    if kind in (Kind.RATIO, Kind.RATE):
        return _share(ahead, behind, kind, previous)
    if ahead and all(w.text in _words_of("change") for w in ahead) and previous:
        return previous
    if behind:
        verb = _last_verb(ahead)
        return (verb + behind)[:LONGEST]
    phrase = _tail(ahead)
    if linked and previous and phrase and not any(w.is_verb for w in ahead):
        phrase = _first_verb(previous) + phrase
    return phrase or previous


def _share(ahead: list[Word], behind: str, kind: Kind, previous: str) -> str:
    phrase = _tail(ahead)
    changes = _words_of("change")
    if kind is Kind.RATE and previous and (not phrase or all(w.text in changes for w in ahead)):
        return f"{previous}{phrase}"[-LONGEST:]
    if phrase.startswith("占") or "占" in phrase[:2]:
        return f"{previous}{phrase}比例"[-LONGEST:]
    return phrase or behind or (f"{previous}比例" if previous else "")


def _trim(found: list[Word]) -> list[Word]:
    """Without the words at both ends that say how, not what."""
    drop = _words_of("drop") | _words_of("link")
    left, right = 0, len(found)
    while left < right and (found[left].text in drop or found[left].tag in ("d", "p", "c", "u", "uj", "x", "r", "t")):
        left += 1
    while right > left and (found[right - 1].text in drop or found[right - 1].tag in ("d", "p", "u", "uj", "ul", "x", "m")):
        right -= 1
    return found[left:right]


def _tail(found: list[Word]) -> str:
    """The last verb with its object, or the last noun phrase."""
    start = 0
    verbs = [i for i, w in enumerate(found) if w.is_verb]
    if verbs:
        start = verbs[-1] if verbs[-1] < len(found) - 1 else (verbs[-2] if len(verbs) > 1 else 0)
    marks = [i for i, w in enumerate(found) if w.tag in ("p", "x", "r", "d") and i >= start]
    if marks and marks[-1] < len(found) - 1:
        start = max(start, marks[-1] + 1)
    return "".join(w.text for w in found[start:] if w.text not in ("的", "了"))[-LONGEST:]


def _noun_phrase(found: list[Word]) -> str:
    """The phrase behind a figure: its nouns with what modifies them, and the verb that follows."""
    kept: list[str] = []
    for i, word in enumerate(found):
        if i == 0 and word.text == "的":
            continue
        if word.tag in ("x", "c", "p") or word.text in ("是", "为", "在"):
            break
        if word.text in _words_of("drop") and i == 0:
            break
        if word.text not in ("的", "了"):
            kept.append(word.text)
    return "".join(kept)[:16]


def _last_verb(found: list[Word]) -> str:
    return found[-1].text if found and found[-1].is_verb else ""


def _first_verb(phrase: str) -> str:
    first = next(iter(words(phrase)), None)
    return phrase[: first.end] if first and first.is_verb else ""
