"""Organizations by the words their names close with: 清河县兴农果蔬合作社, 清河县教育局."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import closing, read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.text.text import Text
from fangzhi.text.words import Word

#: Kinds whose names may be short (岚县妇联), and the bounds of a name in characters and words.
_SHORT = frozenset({"government", "party", "association"})
_LONGEST, _WORDS = 24, 8


@dataclass(frozen=True)
class OrganizationMention:
    """A named organization where it stands in a text."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True)
class _Suffix:
    """A word that closes names of bodies of a kind, and everyday words that end in it."""

    text: str
    kind: str
    unless: tuple[str, ...]


@cache
def _suffixes() -> dict[str, _Suffix]:
    rows = read_lexicon("organization_suffixes")
    return {r["suffix"]: _Suffix(r["suffix"], r["kind"], tuple(r["unless"].split())) for r in rows}


def kind_of(text: str) -> str | None:
    """The kind of body whose names close as a text does: 县教育局 closes one, 布局 none."""
    found = _suffixes().get(closing(text, "organization_suffixes", "suffix"))
    return None if found is None or (found.unless and text.endswith(found.unless)) else found.kind


def find_organizations(text: Text, places: frozenset[int] = frozenset()) -> list[OrganizationMention]:
    """Organizations named in full: a place or a proper name before a closing word.

    ``places`` are the offsets that names of places cover; a name that starts in one is a full name.
    """
    folded = text.folded
    found: list[OrganizationMention] = []
    for clause in re.finditer(r"[^,。!?;:\n“”《》、\s]+", folded):
        row = [part for word in text.words_in(*clause.span()) for part in _parts(word)]
        for i, word in enumerate(row):
            kind = kind_of(folded[max(clause.start(), word.end - _LONGEST) : word.end])
            first = _first(row, i, places) if kind else None
            if kind and first is not None and not _goes_on(row, i) and not _is_unnamed(row, first):
                start = row[_with_opener(row, first)].start
                if (4 if kind in _SHORT else 5) <= word.end - start <= _LONGEST:
                    found.append(OrganizationMention(start, word.end, text.printed[start : word.end], kind))
    return [m for m in found if not any(o is not m and o.start <= m.start and m.end <= o.end for o in found)]


def _is_unnamed(row: list[Word], first: int) -> bool:
    """Whether a body is that of a place named by its kind alone: 省中医药管理局."""
    return first > 0 and row[first - 1].text in tuple("省市县区州盟旗乡镇")


def _parts(word: Word) -> Iterator[Word]:
    """A word, or the end of a name and the post behind it where they are taken for one: 局局长, 协会会长."""
    post = closing(word.text, "person_posts", "post") if len(word.text) > 2 else ""
    at = word.end - len(post)
    if post and word.text[: -len(post)] in _suffixes():
        yield Word(word.start, at, word.text[: -len(post)], word.tag)
        yield Word(at, word.end, post, word.tag)
    else:
        yield word


def _goes_on(row: list[Word], i: int) -> bool:
    """Whether a longer closing word follows: 公安局 in 公安局办公室 is not the end."""
    return i + 1 < len(row) and row[i + 1].text in _suffixes()


def _is_proper(word: Word, places: frozenset[int]) -> bool:
    """A place or a proper name that no closing word ends: 北京, 万邦; not 人民政府."""
    return word.start in places or (word.tag in ("ns", "nz", "nt") and kind_of(word.text) is None)


def _fits(row: list[Word], i: int, places: frozenset[int]) -> bool:
    """Whether a word may stand inside a name; 和 where it joins two of its nouns: 人力资源和社会保障局."""
    word = row[i]
    if word.text in ("和", "与") and i:
        before = row[i - 1]
        return before.is_noun and not _is_proper(before, places) and kind_of(before.text) is None
    return word.is_noun or word.is_verb or word.tag in ("k", "f", "nr", "m", "a", "g")


def _breaks(word: Word) -> bool:
    """Whether a word says that the words before it are no part of a name: 一家, 各, 成立."""
    counted = (
        word.tag == "m" and not word.text.startswith("第") and word.text[-1] not in "一二三四五六七八九十零"
    )
    other = word.text in lexicon_words("organization_breaks") or word.text in lexicon_words(
        "person_posts", "post"
    )
    return counted or other or word.text[0] in "各该"


def _first(row: list[Word], last: int, places: frozenset[int]) -> int | None:
    """Which word opens the places and proper names of a name that ends so, at most eight before its end."""
    first: int | None = None
    for i in range(last, max(-1, last - _WORDS), -1):
        if _breaks(row[i]):
            break
        if _is_proper(row[i], places):
            first = i
        elif first is not None or not _fits(row, i, places):
            break
    return first


def _with_opener(row: list[Word], first: int) -> int:
    """The first word, or the party or national body before it: 中共岚县委员会, 中国农业银行岚县支行."""
    before = row[first - 1] if first else None
    opens = before and (before.text in lexicon_words("organization_openers") or before.tag == "nz")
    return first - 1 if opens else first
