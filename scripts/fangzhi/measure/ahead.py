"""The phrase ahead of a figure: the last verb with its object, or the last noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.measure.vocabulary import PARTICLES, QUOTES, reckoned_by, words_of
from fangzhi.text.words import Word, is_person_name, words

_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万亿]")


def phrase_ahead(left: list[Word], limit: int) -> str:
    """The words right before a figure that say what it measures, within a number of characters."""
    kept: list[str] = []
    size = 0
    for word in reversed(_own_words(left)):
        if _is_dropped(word):
            continue
        size += len(word.text)
        if _bounds(word, bool(kept)) or (size > limit and kept):
            break
        kept.append(word.text)
    while kept and kept[-1] in words_of("link"):
        kept.pop()
    return "".join(reversed(kept))[-limit - 4 :]


def _is_dropped(word: Word) -> bool:
    dropped = words_of("drop") | reckoned_by() | frozenset(QUOTES)
    return word.text in dropped or word.tag in PARTICLES or word.text.isspace()  # a tab between two cells


def _own_words(left: list[Word]) -> list[Word]:
    """What of a clause belongs to the measure: behind a copula, a list closed by 等, and a circumstance."""
    left = _behind_copula(_without_list(left))
    while left and _is_dropped(left[-1]):
        left = left[:-1]
    circumstances = [i for i, w in enumerate(left) if w.text in words_of("circumstance") and i > 0]
    return left[circumstances[-1] + 1 :] if circumstances else left


def _bounds(word: Word, begun: bool) -> bool:
    """Whether a word ends the phrase, read backwards."""
    if word.text in words_of("cause") or is_person_name(word):
        return True
    if word.tag == "m" and _NUMERAL.search(word.text):
        return True
    if word.tag == "s":
        return begun
    return word.tag in ("p", "x", "r", "q") and word.text not in words_of("link")


def _behind_copula(left: list[Word]) -> list[Word]:
    """提升为更严格的间距2米: what is measured stands behind 为."""
    at = max((i for i, w in enumerate(left) if w.text in ("为", "是", "成为")), default=-1)
    rest = left[at + 1 :]
    return rest if at >= 0 and any(w.is_noun for w in rest) else left


def _without_list(left: list[Word]) -> list[Word]:
    """引进甲公司、乙公司等15家企业: of a list closed by 等 only the verb that governs it is kept."""
    closing = next((i for i, w in enumerate(left) if w.text in ("等", "等等")), None)
    if closing is None or not any(w.text in words_of("link") or w.text in QUOTES for w in left[:closing]):
        return left
    verbs = []
    for word in left[:closing]:
        if not (word.is_verb or word.tag == "vn" or word.tag in PARTICLES or word.text in words_of("drop")):
            break
        verbs.append(word)
    return [*verbs, *left[closing + 1 :]]


def nouns_at_end(row: Sequence[Word]) -> list[Word]:
    """The nouns that close a row of words."""
    found: list[Word] = []
    for word in reversed(row):
        if not word.is_noun:
            break
        found.insert(0, word)
    return found


def governing_verb(phrase: str) -> str:
    """The last verb of a phrase that something follows, or its only one: 下设 in 该校下设教研组."""
    row = words(phrase)
    verbs = [w for w in row if w.is_verb or w.tag == "vn"]
    inner = [w for w in verbs if w.end < len(phrase)] or verbs
    return phrase[inner[-1].start : inner[-1].end] if inner else ""


def last_verb(phrase: str) -> str:
    """新建 in 依托新建的13座大棚: what describes the noun behind the figure."""
    verbs = [w for w in words(phrase) if w.is_verb or w.tag == "vn"]
    return phrase[verbs[-1].start : verbs[-1].end] if verbs else ""
