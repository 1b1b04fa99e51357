"""Words of a text with their parts of speech, as jieba cuts and tags them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import rjieba

from fangzhi.text.fold import fold


@dataclass(frozen=True)
class Word:
    """A word of the folded text, where it stands, and jieba's tag (n, v, m, q, …; x for signs)."""

    start: int
    end: int
    text: str
    tag: str

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


def is_person_name(word: Word) -> bool:
    """Whether a word is a name that jieba's tagger guessed, not one of its dictionary: 郑林林, not 养老."""
    return word.tag == "nr" and len(word.text) in (2, 3) and not is_word(word.text)


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has a word."""
    return bool(rjieba.has_word(text))
