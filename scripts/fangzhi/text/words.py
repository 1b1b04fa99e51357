"""Words of a text with their parts of speech, as jieba cuts and tags them."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import jieba
import rjieba

from fangzhi.text.fold import fold


@dataclass(frozen=True)
class Word:
    """A word of the folded text, where it stands, and jieba's tag (n, v, m, q, …; x for signs)."""

    start: int
    end: int
    text: str
    tag: str

    def after(self, offset: int) -> Word:
        """The word where it stands in the text of which its own is a part."""
        return replace(self, start=self.start + offset, end=self.end + offset)

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


def _own_cache() -> str:
    """A folder only its user can write; jieba's own choice, the shared temporary folder, is anyone's."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "fangzhi"  # noqa: PTH111 — no home is no error
    if folder.is_absolute():
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)


@cache
def _jieba() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written costs a second, no more
    jieba.dt.tmp_dir = _own_cache()
    return jieba.dt


def cut(text: str) -> Sequence[str]:
    """Words of a text by the dictionary alone; no word is guessed."""
    return list(_jieba().cut(text, HMM=False))


def telling_words(text: str, count: int) -> list[str]:
    """The words that set a text apart, by jieba's TF-IDF, best first."""
    from jieba.analyse import extract_tags  # loads a table that only keywords need

    _jieba()
    return list(extract_tags(text, topK=count))
