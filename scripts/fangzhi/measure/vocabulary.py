"""The words that make or bound a measure, from the lexicon of measure words."""

from __future__ import annotations

from functools import cache

from fangzhi.lexicons import read_lexicon

QUOTES = "“”‘’《》「」"
OPENING_QUOTES = "“‘《「"
PARTICLES = ("d", "u", "uj", "ul", "uv", "uz", "ud", "ug", "y")


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind: drop, link, change, per, circumstance, cause, light, lasting, people, report."""
    return frozenset(row["word"] for row in read_lexicon("measure_words") if row["kind"] == kind)


@cache
def reckoned_by() -> frozenset[str]:
    """每年, 每户 and the like: they stand before a measure, not in it."""
    return frozenset(word for word in words_of("per") if word.startswith("每"))


@cache
def counters() -> dict[str, str]:
    """What a unit counts, as a measure says it: 户 is 户数."""
    return {row["word"]: row["note"] for row in read_lexicon("measure_words") if row["kind"] == "counter"}
