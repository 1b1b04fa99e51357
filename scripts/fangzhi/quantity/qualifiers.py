"""Words that say how exactly a figure is meant: 近, 约, 超过, 以上, 左右."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind, Qualifier

_THRESHOLD = (Kind.AGE, Kind.DURATION)
_OPENERS = ("起", "上下")
"""Qualifiers that begin longer words: 起步, 上下班."""
_LARGE = re.compile(r"[百千万亿]")
_DISTANT = re.compile(r"(至少|最少|最多|最高|最长|不少于|不低于|不超过)[\u4e00-\u9fff]{0,4}$")


@cache
def _entries(position: str) -> tuple[tuple[str, Qualifier], ...]:
    rows = [
        (row["word"], Qualifier(row["qualifier"]))
        for row in read_lexicon("qualifiers")
        if row["position"] == position
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def before(text: str, start: int, starts: frozenset[int], kind: Kind) -> tuple[int, Qualifier] | None:
    """The qualifier that ends where the numeral starts: where it begins and what it says.

    ``starts`` are the places where words begin, so that 附近50户 is not 近50户.
    """
    left = text[max(0, start - 8) : start]
    for word, qualifier in (
        *_entries("before"),
        *(_entries("before_large") if _LARGE.match(text[start:]) else ()),
    ):
        at = start - len(word)
        if (
            left.endswith(word)
            and (at in starts or at == 0)
            and not (word == "满" and kind not in _THRESHOLD)
        ):
            return at, qualifier
    return None


def distant(text: str, start: int) -> Qualifier | None:
    """A qualifier a few words before the numeral: 至少投入4000万元."""
    match = _DISTANT.search(text[max(0, start - 10) : start])
    if match is None:
        return None
    return next((q for word, q in _entries("before") if word == match[1]), None) or {
        "最少": Qualifier.AT_LEAST, "最长": Qualifier.AT_MOST,
    }.get(match[1])  # fmt: skip


def after(
    text: str, end: int, starts: frozenset[int], kind: Kind, policy: bool
) -> tuple[int, Qualifier] | None:
    """The qualifier that follows the unit: where it ends and what it says.

    ``starts`` are the places where words begin, so that 40分钟上下班 is not 40分钟上下.
    """
    right = text[end : end + 4]
    for word, qualifier in (
        *_entries("after"),
        *(_entries("after_duration") if kind is Kind.DURATION else ()),
    ):
        if not right.startswith(word) or (word in ("多", "余") and kind is Kind.COUNT):
            continue
        if word == "起" and kind is not Kind.MONEY:
            continue
        if word in _OPENERS and text[end + len(word) : end + len(word) + 1] and end + len(word) not in starts:
            continue
        if word == "以上" and (policy or kind in _THRESHOLD):
            return end + len(word), Qualifier.AT_LEAST
        return end + len(word), qualifier
    return None
