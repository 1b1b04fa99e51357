"""The body behind a post: 教育局 in 县教育局局长张明, the county's government in 县长张明."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from fangzhi.entity.organizations import OrganizationMention, kind_of
from fangzhi.entity.people import PersonMention
from fangzhi.lexicons import closing, read_lexicon
from fangzhi.place.mention import PlaceMention
from fangzhi.text.fold import fold
from fangzhi.text.text import Text
from fangzhi.text.words import Word, is_word

_STOP = re.compile(r"[^\w·]")
_LONGEST, _SHORTEST, _WORDS = 24, 4, 7
_LEVELS = "省市县区州盟旗镇乡村"
_GOVERNS = re.compile(rf"(?:常务)?副?([{_LEVELS}])长")
_LEADS = re.compile(rf"([{_LEVELS}])(?:党)?委(?:副)?书记")

#: The name of the unit at a level, 县, of the places that an article is about; None where there is none.
Unit = Callable[[str], str | None]


def employer(
    text: Text, person: PersonMention, places: Sequence[PlaceMention], unit: Unit
) -> OrganizationMention | None:
    """The body that a person speaks for, by the words before the post or by the post itself.

    A body that a text calls by its level, 县教育局, has the name of that unit: 清河县教育局.
    """
    start, at = _clause_start(text.folded, person.post_start), person.post_start
    governed = _government(fold(person.post), _place_before(places, at), unit)
    if governed:
        return OrganizationMention(at, at, *governed)
    known = closing(text.folded[start:at], "organization_named", "name")
    if known:
        return OrganizationMention(at - len(known), at, text.printed[at - len(known) : at], _bodies()[known])
    kind = _closing(text.folded[start:at])
    first = _first(text.words_in(start, at), places) if kind else None
    if kind is None or first is None:
        return None
    return _named(text, first, at, kind, places, unit)


def _clause_start(folded: str, at: int) -> int:
    near = folded[max(0, at - _LONGEST) : at]
    stops = [match.end() for match in _STOP.finditer(near)]
    return at - len(near) + (stops[-1] if stops else 0)


def _place_before(places: Sequence[PlaceMention], at: int) -> str | None:
    """The place that stands right before a post, 四川省省长, or whose level opens it, 咸宁市委书记."""
    near = (p for p in places if p.start < at <= p.end <= at + 1 and not p.deictic and p.place_id)
    return next((p.name for p in near), None)


def _government(post: str, place: str | None, unit: Unit) -> tuple[str, str] | None:
    """The government or the party's committee that a post is of."""
    if governs := _GOVERNS.fullmatch(post):
        name = _at_level(place, governs[1], unit)
        return (f"{name}人民政府", "government") if name and governs[1] != "村" else None
    if leads := _LEADS.fullmatch(post):
        name = _at_level(place, leads[1], unit)
        return (f"中共{name}委员会", "party") if name else None
    return None


def _at_level(place: str | None, level: str, unit: Unit) -> str | None:
    if place is None:
        return unit(level)
    return place if fold(place).endswith(level) else f"{place}{level}"


@cache
def _bodies() -> dict[str, str]:
    return {fold(row["name"]): row["kind"] for row in read_lexicon("organization_named")}


@cache
def _short() -> dict[str, str]:
    return {row["suffix"]: row["kind"] for row in read_lexicon("organization_short")}


def _closing(words: str) -> str | None:
    """The kind of body that some words before a post close with."""
    return kind_of(words) or _short().get(closing(words, "organization_short", "suffix"))


def _first(row: Sequence[Word], places: Sequence[PlaceMention]) -> int | None:
    """Where the name begins that ends before a post: the farthest noun of a row without a break."""
    inside = {at for place in places for at in range(place.start, place.end)}
    first = None
    for word in reversed(row[-_WORDS:]):  # A verb may stand inside a name, and opens none.
        noun = word.is_noun or word.start in inside or word.tag in ("f", "m", "a", "g", "vn", "v", "ns")
        if not noun or word.text in _words_before():
            break
        if not word.is_verb:
            first = word.start
    return first


@cache
def _words_before() -> frozenset[str]:
    """Words that stand before a body and are no part of it: 采访了, 据, 原."""
    breaks = {row["word"] for row in read_lexicon("organization_breaks")}
    return frozenset(breaks | set("据原是为有到说对向") | {"采访", "记者", "介绍", "时任", "现任"})


def _is_proper(text: Text, start: int) -> bool:
    """Whether a name opens with a word that is no everyday one: 中国, 茚旺."""
    word = text.words_in(start, start + 1)[0]
    return word.tag in ("ns", "nz", "nt", "nr", "nrt", "j", "eng") or not is_word(word.text)


def _named(
    text: Text, start: int, end: int, kind: str, places: Sequence[PlaceMention], unit: Unit
) -> OrganizationMention | None:
    """The body where it is named: by a place, by its level, or as one of those everybody knows."""
    words = text.folded[start:end]
    if any(p.start <= start < p.end and not p.deictic for p in places) and end - start >= _SHORTEST:
        return OrganizationMention(start, end, text.printed[start:end], kind)
    if end - start > _SHORTEST and _is_proper(text, start):
        return OrganizationMention(start, end, text.printed[start:end], kind)
    level = unit(words[0]) if words[0] in _LEVELS and len(words) > 2 else None
    return OrganizationMention(start, end, f"{level}{text.printed[start + 1 : end]}", kind) if level else None
