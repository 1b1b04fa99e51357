"""Words of a text with their parts of speech, as jieba cuts and tags them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import rjieba

from fangzhi.text.fold import fold


class Word(NamedTuple):
    """A word of the folded text, where it stands, and jieba's tag (n, v, m, q, …; x for signs)."""

    start: int
    end: int
    text: str
    tag: str

    def after(self, offset: int) -> Word:
        """The word where it stands in the text of which its own is a part."""
        return Word(self.start + offset, self.end + offset, self.text, self.tag)

    @property
    def is_noun(self) -> bool:
        """A noun or a word used as one."""
        return self.tag[:1] == "n" or self.tag in ("vn", "an", "j", "l", "i", "eng", "s", "b")

    @property
    def is_verb(self) -> bool:
        """A verb."""
        return self.tag in ("v", "vd", "vi", "vg", "vq")


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[Word, ...]:
    """Words of one sentence or clause in order; they cover it without gaps."""
    found: list[Word] = []
    at = 0
    for word, tag in rjieba.tag(fold(text)):
        found.append(Word(at, at + len(word), word, tag))
        at += len(word)
    return tuple(found)


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has a word."""
    return bool(rjieba.has_word(text))


def cut(text: str) -> Sequence[str]:
    """Words of a text by the dictionary alone; no word is guessed."""
    return list(rjieba.cut(text, hmm=False))


class _Cutter:
    """What jieba's TF-IDF asks of a tokenizer, done by the faster twin of its own."""

    @staticmethod
    def cut(text: str) -> Sequence[str]:
        return list(rjieba.cut(text))


@cache
def _telling() -> Any:
    from jieba.analyse import TFIDF  # loads a table that only keywords need

    weigher = TFIDF()
    weigher.tokenizer = _Cutter()
    return weigher


def telling_words(text: str, count: int) -> list[str]:
    """The words that set a text apart, by jieba's TF-IDF, best first."""
    return list(_telling().extract_tags(text, topK=count))
