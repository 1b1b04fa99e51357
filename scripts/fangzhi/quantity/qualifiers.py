"""Words that say how exactly a figure is meant: 近, 约, 超过, 以上, 左右."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind, Qualifier
from fangzhi.quantity.around import Sentence
from fangzhi.text.words import is_word

_THRESHOLD = (Kind.AGE, Kind.DURATION)
_OPENERS = ("起", "上下")
"""Qualifiers that begin longer words: 起步, 上下班."""
_LARGE = re.compile(r"[百千万亿]")
_HAVING = re.compile("[有已了达]$")
"""已有近 is cut as one word."""
_FAR = 14
"""Characters over which a word of inexactness or limit reaches to its number."""


@cache
def _entries(position: str) -> tuple[tuple[str, Qualifier], ...]:
    rows = [
        (row["word"], Qualifier(row["qualifier"]))
        for row in read_lexicon("qualifiers")
        if row["position"] == position
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _pattern(position: str, end: str) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(word for word, _ in _entries(position))}){end}")


@cache
def _meaning(position: str) -> dict[str, Qualifier]:
    return dict(_entries(position))


def before(sentence: Sentence, start: int, kind: Kind) -> tuple[int, Qualifier] | None:
    """The qualifier that ends where the numeral starts: where it begins and what it says."""
    left = sentence.text[max(0, start - 8) : start]
    match = _pattern("before", "$").search(left)
    position = "before"
    if match is None and _LARGE.match(sentence.text, start):
        position = "before_large"
        match = _pattern(position, "$").search(left)
    if match is None or (match[1] == "满" and kind not in _THRESHOLD):
        return None
    at = start - len(match[1])
    return (at, _meaning(position)[match[1]]) if _begins(sentence, at) else None


def _begins(sentence: Sentence, at: int) -> bool:
    """Whether a word of degree is one by itself: 附近50户 is not 近50户, 已有近50户 is."""
    word = sentence.word_at(at)
    return (
        word is None
        or word.start == at
        or not is_word(word.text)
        or _HAVING.search(sentence.text[word.start : at]) is not None
    )


def distant(sentence: Sentence, start: int, last: int) -> Qualifier | None:
    """A qualifier some words before the numeral: 至少投入4000万元, 约占总数的7%, 最多一次可以打印50张."""
    left = sentence.left(start, _FAR)
    left = left[max(0, len(left) - (start - last)) :] if last else left
    for match in reversed(list(_pattern("far", "(?!的)").finditer(left))):
        at = start - len(left) + match.start()
        if _begins(sentence, at) and _reaches(sentence, match[1], at, start):
            return _meaning("far")[match[1]]
    return None


_LIMITS = ("最高", "最低")
_LINK = re.compile(r"^[\u4e00-\u9fff]{0,10}$")


def _reaches(sentence: Sentence, word: str, at: int, start: int) -> bool:
    """Whether nothing between a word of degree and the numeral ends its reach.

    最高 before a noun is a superlative (最高气温12℃).
    """
    between = sentence.text[at + len(word) : start]
    if not _LINK.match(between):
        return False
    following = sentence.word_at(at + len(word))
    if word in _LIMITS:
        return (
            len(between) <= 4
            and following is not None
            and (following.is_verb or following.tag in ("d", "vn"))
        )
    return True


_SPANNING = re.compile(
    r"(?:短短的?|未来的?|今后|过去的?|近|最近|此后)[\d一二两三四五六七八九十百半个]+[\u4e00-\u9fff]{1,2}$"
)
"""Before 十年内 these words tell a span of time; without them it is a limit."""
_LISTED = re.compile(
    r"(?:[、及和][^,。;\d]{0,8}[\d.,百千万亿]{1,10}[\u4e00-\u9fff]{1,2}?(?=的?[上下]限|为))?"
)
"""What may stand between a figure and the limit that it shares: 本科生8000元、研究生12000元的上限."""


def after(sentence: Sentence, end: int, kind: Kind, *, policy: bool) -> tuple[int, Qualifier] | None:
    """The qualifier that follows the unit: where it ends and what it says; 40分钟上下班 is not 40分钟上下."""
    text = sentence.text
    right = text[end : end + 4]
    for word, qualifier in (
        *_entries("after"),
        *(_entries("after_duration") if kind is Kind.DURATION else ()),
    ):
        if not right.startswith(word) or (word in ("多", "余") and kind is Kind.COUNT):
            continue
        if word == "起" and kind is not Kind.MONEY:
            continue
        stop = end + len(word)
        if word == "内" and _SPANNING.search(sentence.left(end, 16)):
            return None
        if word in _OPENERS and text[stop : stop + 1] and stop not in sentence.starts:
            continue
        if word == "以上" and (policy or kind in _THRESHOLD):
            return stop, Qualifier.AT_LEAST
        return stop, qualifier
    return None


def limit(sentence: Sentence, start: int, end: int) -> Qualifier | None:
    """A limit that the words around the figure set: 上限为6000元, 以3万元为上限, 5000元封顶."""
    shared = _LISTED.match(sentence.text, end)
    closing = _pattern("limit_after", "")
    for at in (end, shared.end() if shared else end):
        if match := closing.match(sentence.text, at):
            return _meaning("limit_after")[match[1]]
    if match := _pattern("limit_before", "(?:分别)?(?:为|是|定为|设为|提高到|提高至|[:：])?$").search(
        sentence.left(start, 10)
    ):
        return _meaning("limit_before")[match[1]]
    return None
