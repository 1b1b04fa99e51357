"""The phrase behind a figure: the nouns it counts, what modifies them, and the verb that follows."""

from __future__ import annotations

from fangzhi.measure.vocabulary import OPENING_QUOTES, PARTICLES, QUOTES, words_of
from fangzhi.text.words import Word, is_person_name

LONGEST = 14


def phrase_behind(right: list[Word], *, nouns_only: bool = False, one_verb: bool = True) -> str:
    """The words right behind a figure that say what it counts.

    ``nouns_only`` stops at anything else; without ``one_verb`` a verb behind the nouns is another clause's.
    """
    if right and right[0].text in words_of("change") | words_of("circumstance"):
        return ""
    walk = _Walk(right, nouns_only, one_verb)
    while walk.step():
        pass
    return _shortened(walk.kept)


def starts_with_verb(right: list[Word]) -> bool:
    """Whether the first word behind a figure, adverbs aside, is a verb."""
    first = next((w for w in right if w.tag != "d"), None)
    return first is not None and (first.is_verb or first.tag in ("t", "c", "vn"))


class _Walk:
    """One pass over the words behind a figure."""

    def __init__(self, right: list[Word], nouns_only: bool, one_verb: bool) -> None:
        self.right, self.nouns_only, self.one_verb = right, nouns_only, one_verb
        self.kept: list[Word] = []
        self.at = -1
        self.verb = self.relative = self.quoted = False

    def step(self) -> bool:
        """Take the next word; False where the phrase ends."""
        self.at += 1
        if self.at >= len(self.right):
            return False
        word = self.right[self.at]
        if word.text in QUOTES:
            return self._quote(word)
        if word.text == "的":
            return not self.kept or not self.kept[-1].is_noun or self.relative
        if word.text == "制" and self.at == 0:
            return True
        if self._ends(word):
            return False
        return self._is_manner(word) or self._take(word)

    def _quote(self, word: Word) -> bool:
        self.quoted = word.text in OPENING_QUOTES
        return not (self.quoted and _quotes_list(self.right[self.at + 1 :]))

    @property
    def _has_noun(self) -> bool:
        return any(w.is_noun for w in self.kept)

    def _ends(self, word: Word) -> bool:
        """Whether a word ends the phrase before it."""
        if word.text == "地" and self.kept:
            self.kept.pop()
        if word.tag == "uz" and self.verb:
            self.kept.pop()
            return True
        if word.text == "、" and self.kept and self.kept[-1].tag[:1] == "n":
            return True
        if self.nouns_only and word.tag[:1] not in "nj":
            return True
        if self.at > 0 and is_person_name(word):
            return True
        return (_ends_phrase(word, self.at) and not self.quoted) or self._begins_clause(word)

    def _begins_clause(self, word: Word) -> bool:
        closes = self.at + 2 == len(self.right) and self.right[-1].is_noun
        if word.is_verb and not self.one_verb and self._has_noun and not closes:
            return True
        manner = self._is_manner(word) and word.text not in words_of("light")
        return manner and (self.verb or (bool(self.kept) and word.tag in ("d", "ad")))

    def _is_manner(self, word: Word) -> bool:
        """Words that say how, not what; 有 behind a figure is the verb of a relative clause."""
        if word.text in words_of("light"):
            return True
        dropped = word.text in words_of("drop") | words_of("change") and word.text != "有"
        return dropped or (word.tag in (*PARTICLES, "ad") and len(word.text) < 3)

    def _take(self, word: Word) -> bool:
        if self.verb and (word.is_verb or sum(len(w.text) for w in self.kept) > LONGEST):
            return False
        self.relative = self.relative or word.text == "有" or (word.is_verb and not self.kept)
        self.verb = self.verb or (word.is_verb and self._has_noun)
        self.kept.append(word)
        return True


def _quotes_list(row: list[Word]) -> bool:
    """Whether what is quoted is a list: 发挥“人熟、地熟、情况熟”优势."""
    closing = next((i for i, w in enumerate(row) if w.text in QUOTES), len(row))
    return any(w.text in ("、", ",", "，") for w in row[:closing])


def _shortened(kept: list[Word]) -> str:
    """A phrase within its length: of long nouns the last ones, of what follows the verb the first."""
    while kept and kept[-1].text in words_of("link") | words_of("circumstance"):
        kept = kept[:-1]
    verb = next((i for i, w in enumerate(kept) if w.is_verb and i > 0), len(kept))
    while sum(len(w.text) for w in kept[:verb]) > LONGEST - 4 and verb > 1:
        kept, verb = kept[1:], verb - 1
    while sum(len(w.text) for w in kept) > LONGEST and len(kept) > 1:
        kept = kept[:-1]
    return "".join(w.text for w in kept)


def _ends_phrase(word: Word, i: int) -> bool:
    linked = word.text in words_of("link")
    if word.text in ("是", "为", "在", "等", "之一", "地", "与"):
        return True
    return (
        word.tag in ("x", "m", "r") or (word.tag in ("p", "c") and i > 0 and word.text != "被")
    ) and not linked
