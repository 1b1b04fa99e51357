"""The phrase behind a figure: the nouns it counts, what modifies them, and the verb that follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile, takewhile

from fangzhi.measure.vocabulary import (
    PARTICLES,
    is_action,
    is_numeral,
    is_person_name,
    is_pronoun,
    reckoned_by,
    words_of,
)
from fangzhi.text.words import Word

LONGEST = 16
_NOUNS = 10
"""Characters a phrase behind may have in all, and of those the nouns ahead of a verb."""


_TO_WHOM = frozenset("向对给往为把将以")
"""Prepositions behind a figure that tell to whom or with what something is done, not what it is."""


@dataclass(frozen=True)
class Behind:
    """A phrase behind a figure, and the offset where it ends; 0 where there is none."""

    text: str = ""
    reach: int = 0


def phrase_behind(
    right: list[Word], *, governed: bool = False, one_verb: bool = True, joins: bool = False
) -> Behind:
    """The words right behind a figure that say what it counts.

    Where a verb ahead governs them (``governed``) what follows their 的 is its object too; without
    ``one_verb`` a verb behind the nouns is another clause's, and the next figure's where it ``joins``.
    """
    if not right or right[0].text in words_of("change") | words_of("circumstance"):
        return Behind()
    if right[0].text in ("是", "为"):
        return _behind_copula(right[1:])
    walk = _Walk(right, governed, one_verb, may_close=not joins)
    while walk.step():
        pass
    return walk.result()


def counted_nouns(right: list[Word]) -> str:
    """The nouns right behind a figure, and nothing else."""
    row = [w for w in right if w.tag not in PARTICLES]
    end = next((i for i, w in enumerate(row) if w.tag[:1] not in "nj" or is_person_name(w)), len(row))
    return "".join(w.text for w in row[:end])


def starts_with_verb(right: list[Word]) -> bool:
    """Whether the first word behind a figure, adverbs aside, is a verb."""
    first = next((w for w in right if w.tag != "d"), None)
    return first is not None and (first.is_verb or first.tag in ("t", "c", "vn"))


def _behind_copula(row: list[Word]) -> Behind:
    """其中一条是专设的绿色通道: the nouns that close the clause."""
    start = len(row)
    while start and row[start - 1].is_noun:
        start -= 1
    nouns = row[start:]
    return Behind("".join(w.text for w in nouns), nouns[-1].end) if nouns else Behind()


class _Walk:
    """One pass over the words behind a figure."""

    def __init__(self, right: list[Word], governed: bool, one_verb: bool, may_close: bool) -> None:
        self.right, self.governed, self.one_verb, self.may_close = right, governed, one_verb, may_close
        self.kept: list[Word] = []
        self.at = -1
        self.reach = 0
        self.verb: int | None = None
        self.relative = False

    def result(self) -> Behind:
        """What was kept, within its length."""
        text = _shortened(self.kept)
        return Behind(text, self.reach) if text else Behind()

    def step(self) -> bool:
        """Take the next word; False where the phrase ends."""
        self.at += 1
        if self.at >= len(self.right):
            return False
        word = self.right[self.at]
        if word.text == "的":
            return self._modifier()
        if word.text in ("到", "赴") and not self._has_noun and self._next and self._next.is_noun:
            self.at += 1
            return True
        if word.text in ("、", "等"):
            return self._list(word)
        if word.text == "制" and self.at == 0:
            return True
        if self._ends(word):
            return False
        return self._is_manner(word) or self._take(word)

    @property
    def _next(self) -> Word | None:
        return self.right[self.at + 1] if self.at + 1 < len(self.right) else None

    @property
    def _has_noun(self) -> bool:
        return any(w.is_noun for w in self.kept)

    def _modifier(self) -> bool:
        """受到轻重不一的冻害 is 受到冻害; 3.2万牧民的住房困难 is theirs, where a verb governs it."""
        if self.verb is not None:
            del self.kept[self.verb + 1 :]
            return True
        if self.kept and self.kept[-1].is_noun and not self.may_close:
            return False  # 7个村的贫困群众412户: what follows is the next figure's
        return not self.kept or not self.kept[-1].is_noun or self.relative or self.governed

    def _list(self, sign: Word) -> bool:
        """开展培养、见习、实习等合作 is 开展合作: of a list what closes it."""
        if self.verb is None:
            attributes = sign.text == "、" and bool(self.kept) and self.kept[-1].tag[:1] != "n"
            return attributes and self._take(sign)
        rest = [w.text for w in self.right[self.at :]]
        if "、" not in rest or "等" not in rest[:-1]:
            return False
        closing = self.at + rest.index("等")
        del self.kept[self.verb + 1 :]
        self.at = closing
        return True

    def _ends(self, word: Word) -> bool:
        """Whether a word ends the phrase before it."""
        if (word.tag == "uz" or word.text in ("地", "在", "于")) and self.kept:
            if self.verb is not None or word.text not in ("在", "于"):
                self.kept.pop()
            return True
        if self.at > 0 and is_person_name(word) and not self._compounds():
            return True
        if self._has_noun and (word.text == "平均" or (word.tag == "b" and word.text.endswith("均"))):
            return True
        if word.text in words_of("made") and self._has_noun:
            return True  # 由4个自然村组成
        if word.text in words_of("degree") and self._has_noun:
            self._leave_clause()
            return True
        return (
            (word.tag == "z" and bool(self.kept)) or _ends_phrase(word, self.at) or self._begins_clause(word)
        )

    def _leave_clause(self) -> None:
        """棋手 of 20名棋手兴致很高: what is said of them is no part of what is counted."""
        first = next(i for i, w in enumerate(self.kept) if w.is_noun)
        del self.kept[first + 1 :]

    def _compounds(self) -> bool:
        """A guessed name right behind a verb or before a noun is none: 标注, 严格遵守."""
        return self.verb is not None and self.kept[-1].is_verb

    def _begins_clause(self, word: Word) -> bool:
        if word.is_verb and not self.one_verb and self._has_noun and self.verb is None:
            return not self._closes_noun() and not any(w.text == "被" for w in self.kept)
        if word.text in words_of("light") or not self._is_manner(word):
            return False
        if self.verb is not None:
            return not (self._next and self._next.is_noun)
        if self._next and self._next.is_noun and self.kept and self.kept[-1].is_verb:
            return False
        return bool(self.kept) and (word.tag in ("d", "ad") or self._precedes_verb(word))

    def _closes_noun(self) -> bool:
        """繁育 in 3个良种繁育基地、2个中心: a verb with nothing but nouns up to the end of the item."""
        rest = self.right[self.at + 1 :]
        size = next((i for i, w in enumerate(rest) if w.text == "、"), len(rest))
        item = rest[:size]
        short = len(item) == 1 or (len(item) == 2 and size < len(rest))
        return short and all(w.is_noun for w in item) and (self.may_close or size < len(rest))

    def _precedes_verb(self, word: Word) -> bool:
        return word.tag in ("a", "z") and len(word.text) > 1 and self._next is not None and self._next.is_verb

    def _is_manner(self, word: Word) -> bool:
        """Words that say how, not what; 有 behind a figure is the verb of a relative clause."""
        if word.text in words_of("light"):
            return True
        if word.text in ("被", "不"):
            return False
        dropped = word.text in words_of("drop") | words_of("change") and word.text != "有"
        return dropped or (word.tag in (*PARTICLES, "ad") and len(word.text) < 3) or self._precedes_verb(word)

    def _take(self, word: Word) -> bool:
        if self.verb is not None and word.is_verb and self._next is None and self.kept[-1].is_noun:
            self.kept.append(word)  # 实施无障碍改造
            self.reach = word.end
            return True
        long = sum(len(w.text) for w in self.kept) > LONGEST
        if self.verb is not None and (long or (word.is_verb and not self.kept[-1].is_verb)):
            return self._list(word)
        self.relative = self.relative or word.text == "有" or (word.is_verb and not self.kept)
        if word.is_verb and self._has_noun:
            self.verb = len(self.kept)
        self.kept.append(word)
        self.reach = word.end
        return True


def _shortened(kept: list[Word]) -> str:
    """A phrase within its length: of long nouns the last ones, of what follows the verb the first."""
    while kept and (kept[-1].text in words_of("link") | words_of("circumstance") or kept[-1].text == "被"):
        kept = kept[:-1]
    verb = next((i for i, w in enumerate(kept) if w.is_verb and i > 0), len(kept))
    while sum(len(w.text) for w in kept[:verb]) > _NOUNS and verb > 1:
        kept, verb = kept[1:], verb - 1
    while sum(len(w.text) for w in kept) > LONGEST and len(kept) > 1:
        kept = kept[:-1]
    while kept and kept[-1].text in words_of("link"):
        kept = kept[:-1]
    return "".join(w.text for w in kept)


def _ends_phrase(word: Word, i: int) -> bool:
    if word.text in ("是", "为", "之一", "与") or word.text in reckoned_by():
        return True
    bounds = (
        word.tag == "x"
        or is_numeral(word)
        or (word.tag == "m" and len(word.text) > 1)
        or is_pronoun(word)
        or (word.tag in ("p", "c") and (i > 0 or word.text in _TO_WHOM) and word.text != "被")
    )
    return bounds and word.text not in words_of("link")


def aim_of(row: list[Word]) -> str:
    """安装饮水机 in 为山区小学安装饮水机, 路灯 in 把路灯装到村口, 教师培训 in 用于教师培训."""
    while row and (row[0].text in words_of("drop") or row[0].tag in PARTICLES) and row[0].tag != "p":
        row = row[1:]
    if not row:
        return ""
    if row[0].text in ("把", "将"):
        return "".join(w.text for w in takewhile(lambda w: w.is_noun, row[1:]))
    if row[0].text in words_of("for"):
        return phrase_behind(row[1:]).text
    if row[0].tag == "p":
        row = list(dropwhile(lambda w: not w.is_verb, row))
    known = words_of("change") | words_of("reach") | words_of("share")
    acts = len(row) > 1 and row[0].is_verb and row[0].text not in known
    return phrase_behind(row).text if acts else ""


def is_verbal(row: list[Word]) -> bool:
    """Whether a phrase is made of verbs alone."""
    row = [w for w in row if w.tag not in PARTICLES]
    return bool(row) and all(is_action(w) for w in row)
