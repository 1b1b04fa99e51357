"""The words of a stretch of text, as measures need them: names in quotes whole, compounds joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fangzhi.measure.vocabulary import is_numeral, reckoned_by, words_of
from fangzhi.text.words import Word, is_word, words

_NAME = re.compile(r"[“‘《「『]([^“”‘’《》「」『』、,;。]{1,14})[”’》」』]")
_VAGUE = "多少量批数许些半都"
"""What words of a vague number end in."""
_SAID = re.compile(
    r"[长高多]达$|(?<![到表传送转])达到?$|(?<![作认成行人称变])为$|[约近超仅共]$"
    r"|(?:由|从)(?:原来|原先|过去|最初|此前)?的?$|每[十百千万]+[\u4e00-\u9fff]{1,4}$"
)
"""Words right before a figure that only say that it is stated, or of how many (每百平方公里); cut before
the words are, since jieba takes 率达 and 比达 for names."""


def phrase_words(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of a folded text, with offsets in the text.

    A name in quotes is one noun, without its quotes; an adverb and verb that jieba has as one
    "noun" (充分发挥) are two words, and a compound it does not have (时长) is one.
    """
    found: list[Word] = []
    at = start
    for name in _NAME.finditer(text, start, end):
        found += _cut(text, at, name.start())
        found.append(Word(name.start(), name.end(), name[1], "nz"))
        at = name.end()
    return found + _cut(text, at, end)


def before_figure(text: str, start: int, end: int) -> int:
    """Where the words of a stretch before a figure end: ahead of 达, 为, 约."""
    while end > start and (said := _SAID.search(text, start, end)):
        end = said.start()
    return end


def _cut(text: str, start: int, end: int) -> list[Word]:
    row = [word.after(start) for word in words(text[start:end])]
    return _joined([part for word in _unguessed(row) for part in _parts(word)])


def _unguessed(row: list[Word]) -> list[Word]:
    """视察组|冒着 for 视察|组冒|着: a verb that jieba guessed before 着, and no dictionary has."""
    for i in range(1, len(row) - 1):
        word = row[i]
        if row[i + 1].text == "着" and len(word.text) == 2 and not is_word(word.text):
            noun = Word(row[i - 1].start, word.start + 1, row[i - 1].text + word.text[0], "n")
            verb = Word(word.start + 1, word.end, word.text[1], "v")
            return [*row[: i - 1], noun, verb, *_unguessed(row[i + 1 :])]
    return row


def _parts(word: Word) -> Iterator[Word]:
    """An adverb and a verb, where both halves of a long word are such; else the word itself."""
    if len(word.text) == 4 and (word.tag[:1] in "nlizd"):
        halves = [words(half) for half in (word.text[:2], word.text[2:])]
        if all(len(half) == 1 for half in halves):
            first, second = halves[0][0], halves[1][0]
            if second.is_verb and first.tag in ("a", "ad", "d", "v"):
                middle = word.start + 2
                yield Word(word.start, middle, first.text, first.tag)
                yield Word(middle, word.end, second.text, second.tag)
                return
    yield word


def _joined(row: list[Word]) -> list[Word]:
    found: list[Word] = []
    for word in row:
        last = found[-1] if found else None
        if last and last.text + word.text in words_of("joined"):
            tag = "v" if last.is_verb else "n"
            found[-1] = Word(last.start, word.end, last.text + word.text, tag)
        elif last and last.text == "每" and f"每{word.text}" in reckoned_by():
            found[-1] = Word(last.start, word.end, f"每{word.text}", "r")
        elif last and word.text == "均" and len(last.text) == 1:
            found[-1] = Word(last.start, word.end, last.text + word.text, "b")
        elif len(word.text) == 2 and word.text[1] == "均" and word.text != "平均":
            found.append(Word(word.start, word.end, word.text, "b"))
        else:
            found.append(word)
    return [_as_known(word) for word in found]


def _as_known(word: Word) -> Word:
    """A word with the kind that the lexicon gives it: 新建, which jieba takes for a place, is a verb."""
    if word.text in words_of("verb"):
        return Word(word.start, word.end, word.text, "v")
    return Word(word.start, word.end, word.text, "n") if _is_named(word) else word


def _is_named(word: Word) -> bool:
    """A noun that jieba takes for a verb (支出), for a numeral (良种; 许多 is none) or for no kind (村)."""
    if word.tag == "m" and len(word.text) > 1 and not is_numeral(word):
        return word.text[-1] not in _VAGUE
    return word.tag == "zg" or word.text in words_of("noun")
