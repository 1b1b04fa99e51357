"""Where a person's name ends: 张明, 欧阳晓云, 努尔·白克力, 王某, 李大爷."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.text.words import is_word, words

#: What is looked at behind the start of a name to see where its words end, in characters.
_WINDOW = 10
#: Tags of people's names.
_NAMES = ("nr", "nrfg", "nrt")
_DOT = "[·・•‧.]"
_DOTTED = re.compile(
    rf"[\u4e00-\u9fff]{{1,6}}{_DOT}(?:[\u4e00-\u9fff]{{1,6}}{_DOT}){{0,2}}(?=[\u4e00-\u9fff])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern for any of some words, the first that fits."""
    return "|".join(map(re.escape, alternatives))


@cache
def _surname() -> str:
    return any_of(lexicon_words("person_surnames", "surname"))


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"(?P<surname>{_surname()})(?![某余多元])[\u4e00-\u9fff]")


@cache
def _addressed() -> re.Pattern[str]:
    addresses = any_of(lexicon_words("person_addresses"))
    return re.compile(
        rf"(?:{_surname()})(?:{addresses})|[老小](?:{_surname()})(?![\u4e00-\u9fff]?[年人龄板])"
    )


@cache
def follower() -> re.Pattern[str]:
    """What stands behind the name of somebody who does or says something: verbs, particles, signs."""
    return re.compile(rf"(?:{any_of(lexicon_words('person_followers'))}|[、,。:;()“”\s]|$)")


@cache
def speech() -> re.Pattern[str]:
    """Verbs of speech, as they stand behind a name."""
    rows = [row["word"] for row in read_lexicon("person_followers") if row["use"] == "speech"]
    return re.compile(any_of(rows))


@cache
def _particle() -> re.Pattern[str]:
    return re.compile(any_of(word for word in lexicon_words("person_followers") if len(word) == 1))


def name_end(folded: str, start: int) -> int | None:
    """Where the full name of a person that starts at a position ends; None where there is none.

    It opens with a surname, and either the tagger takes exactly it for a name, or a word follows that
    shows it to be somebody who does or says something and no word of the dictionary opens it.
    """
    if dotted := _DOTTED.match(folded, start):
        return _dotted_end(folded, dotted.end())
    head = words(folded[start : start + _WINDOW])[:1]
    for end in _ends(folded, start):
        name = folded[start:end]
        known = any(word.tag in _NAMES and word.text == name for word in head)
        everyday = _is_everyday(name) or (len(name) == 3 and _is_everyday(name[:2]))
        if known or (follower().match(folded, end) and not everyday):
            return end
    return None


def _is_everyday(text: str) -> bool:
    """Whether the dictionary has a word, and not as somebody's name."""
    return is_word(text) and words(text)[0].tag not in _NAMES


def _dotted_end(folded: str, start: int) -> int | None:
    """Where the last part of a name with dots ends: the first end of a word before a follower."""
    row = words(folded[start : start + _WINDOW])
    return next((start + w.end for w in row if follower().match(folded, start + w.end)), None)


@cache
def full_name() -> re.Pattern[str]:
    """A surname and a given name of two characters."""
    return re.compile(rf"(?:{_surname()})(?![某余多元])[\u4e00-\u9fff]{{2}}")


def is_verb_at(folded: str, start: int) -> bool:
    """Whether a verb opens what stands at a position."""
    return any(word.is_verb for word in words(folded[start : start + _WINDOW])[:1])


def _ends(folded: str, start: int) -> list[int]:
    """Where a name at a position may end, the likeliest first: as the tagger cuts, but before a particle."""
    found = _name().match(folded, start)
    if not found:
        return []
    given = found.end("surname")
    if not _HAN.fullmatch(folded, given, given + 2) or _particle().match(folded, given + 1):
        return [given + 1]
    cut = start + len(words(folded[start : start + _WINDOW])[0].text)
    return [given + 2, given + 1] if cut == given + 2 else [given + 1, given + 2]


def addressed_end(folded: str, start: int) -> int | None:
    """Where somebody who is named by a surname alone ends: 王某, 老李, 陈阿姨; not 小麦, unless it speaks."""
    found = _addressed().match(folded, start)
    if found is None or (_is_a_thing(found[0]) and not speech().match(folded, found.end())):
        return None
    return found.end()


def _is_a_thing(text: str) -> bool:
    """Whether it is a word of the dictionary, and no name."""
    return is_word(text) and [word.tag in _NAMES for word in words(text)] == [False]
