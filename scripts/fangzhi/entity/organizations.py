"""Organizations by the words their names close with: 清河县兴农果蔬合作社, 清河县教育局."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.text.fold import fold
from fangzhi.text.words import Word, words


@dataclass(frozen=True)
class OrganizationMention:
    """A named organization where it stands in a text."""

    start: int
    end: int
    name: str
    kind: str


@cache
def _suffixes() -> tuple[tuple[str, str], ...]:
    rows = [(row["suffix"], row["kind"]) for row in read_lexicon("organization_suffixes")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def find_organizations(text: str, places: frozenset[int] = frozenset()) -> list[OrganizationMention]:
    """Organizations named in full: a place or a proper name before a closing word.

    ``places`` are the offsets at which names of places begin; a name that starts at one is a full name.
    """
    folded = fold(text)
    found: list[OrganizationMention] = []
    for clause in re.finditer(r"[^,。!?;:\n“”《》、\s]+", folded):
        row = [
            Word(w.start + clause.start(), w.end + clause.start(), w.text, w.tag) for w in words(clause[0])
        ]
        for i, word in enumerate(row):
            kind = next((kind for suffix, kind in _suffixes() if folded[: word.end].endswith(suffix)), None)
            start = _start(row, i, places) if kind else None
            if kind and start is not None and 5 <= word.end - start <= 24 and not _goes_on(row, i):
                found.append(OrganizationMention(start, word.end, text[start : word.end], kind))
    return [m for m in found if not any(o is not m and o.start <= m.start and m.end <= o.end for o in found)]


def _goes_on(row: list[Word], i: int) -> bool:
    """Whether a longer closing word follows: 公安局 in 公安局办公室 is not the end."""
    return i + 1 < len(row) and row[i + 1].text in {suffix for suffix, _ in _suffixes()}


def _is_proper(word: Word, places: frozenset[int]) -> bool:
    """A place or a proper name that no closing word ends: 北京, 万邦; not 人民政府."""
    if word.start in places:
        return True
    return word.tag in ("ns", "nz", "nt") and not any(word.text.endswith(suffix) for suffix, _ in _suffixes())


def _fits(word: Word) -> bool:
    return word.is_noun or word.is_verb or word.tag in ("k", "f", "nr", "m", "a")


def _breaks(word: Word) -> bool:
    """Whether a word says that the words before it are no part of a name: 一家, 各, 成立."""
    counted = (
        word.tag == "m" and not word.text.startswith("第") and word.text[-1] not in "一二三四五六七八九十零"
    )
    return counted or word.text[0] in "各该" or word.text in lexicon_words("organization_breaks")


def _start(row: list[Word], last: int, places: frozenset[int]) -> int | None:
    """Where the places and proper names begin that open a name, at most eight words before its end."""
    start: int | None = None
    for i in range(last, max(-1, last - 8), -1):
        word = row[i]
        if _breaks(word):
            break
        if _is_proper(word, places):
            start = word.start
        elif start is not None or not (
            word.is_noun or word.is_verb or word.tag in ("k", "f", "nr", "m", "a")
        ):
            break
    return start
