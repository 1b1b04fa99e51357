"""The words that make or bound a measure, from the lexicon of measure words."""

from __future__ import annotations

from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.text.words import Word, is_word

PARTICLES = ("d", "u", "uj", "ul", "uv", "uz", "ud", "ug", "y")
_POINTING = "我你他她它这那其此谁哪自咱每某彼何"
"""Characters that open a pronoun; jieba takes 本科 and 各项 for such too."""


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind, as the column ``kind`` of the lexicon has them."""
    return frozenset(row["word"] for row in read_lexicon("measure_words") if row["kind"] == kind)


@cache
def noted(kind: str) -> dict[str, str]:
    """The words of one kind with their note: a unit and what it counts (户, 户数), 长 and 长度."""
    return {row["word"]: row["note"] for row in read_lexicon("measure_words") if row["kind"] == kind}


@cache
def reckoned_by() -> frozenset[str]:
    """每年, 每户 and the like: they stand before a measure, not in it."""
    return frozenset(word for word in words_of("per") if word.startswith("每"))


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("person_nouns"))


def is_person_noun(word: str) -> bool:
    """Whether a noun counts people without a classifier: 劳动力, 群众."""
    return len(word) > 1 and word in _person_nouns()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in read_lexicon("person_surnames"))


def is_person_name(word: Word) -> bool:
    """Whether a word is a name that jieba guessed, with a surname: 郑林林; not 养老, a word, nor 青壮年."""
    return (
        word.tag == "nr"
        and len(word.text) in (2, 3)
        and word.text[0] in _surnames()
        and not is_word(word.text)
    )


def is_pronoun(word: Word) -> bool:
    """Whether a word stands for another, or points at one."""
    return word.tag == "r" and word.text[:1] in _POINTING


def is_numeral(word: Word) -> bool:
    """Whether a word holds a number; jieba takes 点 and 首批 for such too."""
    return word.tag == "m" and any(c in "0123456789一二两三四五六七八九十百千万亿" for c in word.text)


def is_action(word: Word) -> bool:
    """A verb, or a verb used as a noun."""
    return word.is_verb or word.tag == "vn"
