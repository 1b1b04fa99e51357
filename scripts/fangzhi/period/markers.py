"""The words around a date that say what it does: 截至, 自, 比 before it, 以来, 起, 期间 behind it."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon

CLAUSE_END = re.compile(r"[,。;:!?\n、]")


def fits(text: str, start: int, end: int, row: dict[str, str]) -> bool:
    """Whether a lexicon entry at start:end is the word meant and not a piece of a longer one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    cut_before = bool(before) and before in row.get("unless_before", "")
    return not cut_before and not (after and after in row["unless_next"])


@cache
def alternation(*words: str) -> re.Pattern[str]:
    """A pattern of words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def markers(position: str) -> dict[str, dict[str, str]]:
    """The marks that stand at a position (before, after, compare, future, planning, coming), by word."""
    return {row["word"]: row for row in read_lexicon("period_markers") if row["position"] == position}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(*markers('before')).pattern})\Z")


def mark_before(text: str, at: int) -> tuple[str, int]:
    """The role of the mark that ends at an offset and where it starts; "" where there is none."""
    found = _before().search(text[max(0, at - 4) : at])
    if not found:
        return "", at
    start, row = at - len(found[0]), markers("before")[found[0]]
    return (row["role"], start) if fits(text, start, at, row) else ("", at)


def mark_after(text: str, at: int) -> tuple[str, int]:
    """The role of the mark that starts at an offset and where it ends; "" where there is none."""
    match = alternation(*markers("after")).match(text, at)
    if not match:
        return "", at
    row = markers("after")[match[0]]
    return (row["role"], match.end()) if fits(text, at, match.end(), row) else ("", at)


def marks_time(text: str, at: int) -> bool:
    """Whether a word such as 期间, 以来 or 前夕 follows, which makes a name a time."""
    return mark_after(text, at)[0] not in ("", "none")


def clause_before(text: str, at: int) -> str:
    """What stands before an offset in its clause, twelve characters at most."""
    return CLAUSE_END.split(text[max(0, at - 12) : at])[-1]


def clause_after(text: str, at: int) -> str:
    """What stands behind an offset in its clause, sixteen characters at most."""
    return CLAUSE_END.split(text[at : at + 16])[0]


def speaks_of_future(text: str, start: int, end: int) -> bool:
    """Whether the clause of a date, or the one that it heads, is about what is to come (将, 力争, …前)."""
    ahead = clause_after(text, end + 1 if text[end : end + 1] in (",", "前") else end)
    future = alternation(*markers("future"))
    said = future.search(clause_before(text, start)) or future.search(ahead)
    return said is not None or mark_after(text, end)[0] == "before"
