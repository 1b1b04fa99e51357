"""The words that name kinds of systems, open their names, and introduce their parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import SystemKind


@dataclass(frozen=True)
class Kind:
    """A word that says what kind of thing a name is for.

    ``use``: ``name`` closes a name anywhere; ``named`` behind a verb that brings it about; ``subject`` at the
    opening of a clause; ``quote`` behind a quoted name or a list; ``manner`` the same, for ways of doing;
    ``inner`` inside the quotation marks of a name.
    """

    word: str
    kind: SystemKind
    use: str


@cache
def _kinds(inner: bool) -> tuple[dict[str, Kind], dict[str, list[int]]]:
    """Kinds by their words, and by its last character the lengths that a word may have, the longest first."""
    rows = [Kind(row["word"], SystemKind(row["kind"]), row["use"]) for row in read_lexicon("system_kinds")]
    found = {kind.word: kind for kind in reversed(rows) if inner or kind.use != "inner"}
    lengths: dict[str, set[int]] = {}
    for word in found:
        lengths.setdefault(word[-1], set()).add(len(word))
    return found, {last: sorted(some, reverse=True) for last, some in lengths.items()}


def closing_kind(name: str, inner: bool = False) -> Kind | None:
    """The longest kind word that closes a folded name; with ``inner`` also the short ones of quoted names."""
    kinds, lengths = _kinds(inner)
    return next((kinds[name[-n:]] for n in lengths.get(name[-1:], ()) if name[-n:] in kinds), None)


@cache
def role(name: str) -> frozenset[str]:
    """The words of one role in the lexicon: found, govern, general, copula, tail, refuse, metaphor, …"""
    return frozenset(row["word"] for row in read_lexicon("system_words") if row["role"] == name)


_ADVERBS = (
    "全面",
    "大力",
    "紧紧",
    "紧密",
    "牢牢",
    "广泛",
    "严格",
    "切实",
    "统筹",
    "深入",
    "积极",
    "持续",
    "着力",
    "创新",
    "加快",
    "不断",
    "扎实",
    "努力",
    "率先",
    "共同",
    "精心",
)


@lru_cache(maxsize=8192)
def is_founding(word: str) -> bool:
    """Whether a word says that something is set up, run or brought about: 建立, 全面推行."""
    return _closes(word, "found")


@lru_cache(maxsize=8192)
def is_governing(word: str) -> bool:
    """Whether a word governs a name without setting it up: 了解, 通过."""
    return _closes(word, "govern")


def opens_name(word: str) -> bool:
    """Whether a name may begin behind a word."""
    return is_founding(word) or is_governing(word)


def _closes(word: str, name: str) -> bool:
    return word in role(name) or next(
        (word.removeprefix(a) in role(name) for a in _ADVERBS if word.startswith(a)), False
    )
