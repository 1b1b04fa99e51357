"""Shares and multiples: A 占 B 的 P%, 其中 A，占 P%, A 是 B 的 2.5 倍."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from fangzhi.audit.relation import Ground, Quotient, Relation, factor_of, ground
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, TIMES, alike, is_proportion, unit
from fangzhi.audit.words import FIGURE, fill, listed, one_of
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation


@cache
def _of_base() -> re.Pattern[str]:
    """占 … 200000人 的 115.83%"""
    return re.compile(rf"{one_of('share')}{fill(20)}(?P<base>{FIGURE}){fill(8)}(?P<share>{FIGURE})")


@cache
def _of_whole() -> re.Pattern[str]:
    """200名，其中 … 50名 …，占 25%"""
    return re.compile(
        rf"(?P<base>{FIGURE}){fill(8)}[,;:(、]?{one_of('among')}{fill(14)}(?P<part>{FIGURE}){fill(8)}"
        rf"[,(]?{one_of('share')}(?P<whole>[其全]?{fill(4)}{one_of('whole')})?的?(?P<share>{FIGURE})"
    )


@cache
def _multiple() -> re.Pattern[str]:
    """50名，是 … 20名 的 2.5倍"""
    return re.compile(
        rf"(?P<part>{FIGURE}){fill(6)},?{one_of('equal')}{fill(14)}(?P<base>{FIGURE}){fill(4)}的(?P<share>{FIGURE})"
    )


def shares(sentence: Sentence) -> Iterator[Relation]:
    """The shares that a sentence states."""
    figures = sentence.figures
    for match in _of_base().finditer(sentence.text):
        base, share = figures[match.start("base")], figures[match.start("share")]
        yield from _by_part(sentence, match.start(), base, share)
    for match in _of_whole().finditer(sentence.text):
        yield from _share(figures, match, stated=match["whole"] is None)
    for match in _multiple().finditer(sentence.text):
        yield from _share(figures, match, stated=True)


def _share(figures: Mapping[int, Observation], match: re.Match[str], *, stated: bool) -> Iterator[Relation]:
    part, base, share = (figures[match.start(name)] for name in ("part", "base", "share"))
    if _fits(part, base, share):
        quotient = Quotient(factor_of(share))
        yield Relation(CheckKind.SHARE, (part, base), share, quotient, ground(stated=stated))


def _fits(part: Observation, base: Observation, share: Observation) -> bool:
    return unit(share) in (PERCENT, TIMES) and alike(part, base) and not is_proportion(base)


def _by_part(sentence: Sentence, at: int, base: Observation, share: Observation) -> Iterator[Relation]:
    """The part stands before 占, in the clause or the one before; rates of change may stand between.

    Where it is the last of a list, it may be the list that has the share: then nothing is held against it.
    """
    figures = sentence.figures
    earlier = [offset for offset in sentence.before(at) if not is_proportion(figures[offset])]
    link = _link().fullmatch(sentence.text[earlier[-1] + 1 : at]) if earlier else None
    if link is None or any(word in link[0] for word in listed("total", "adverb")):
        return
    part = sentence.figures[earlier[-1]]
    last_of_list = len(earlier) > 1 and _is_list(sentence, earlier[-2], earlier[-1])
    stated = not last_of_list and not link["joined"]
    if _fits(part, base, share):
        quotient = Quotient(factor_of(share))
        yield Relation(CheckKind.SHARE, (part, base), share, quotient, ground(stated=stated))
    if last_of_list:
        parts = tuple(sentence.figures[offset] for offset in earlier[-2:])
        if all(_fits(row, base, share) for row in parts):
            yield Relation(CheckKind.SHARE, (*parts, base), share, Quotient(factor_of(share)), Ground.ALLOWED)


@cache
def _link() -> re.Pattern[str]:
    """What stands between a part and 占: a noun and a comma, or a noun that may be another subject."""
    rate = rf",{fill(10)}{FIGURE}{fill(4)}"
    return re.compile(rf"(?:{fill(10)}(?:{rate})*[,(]|(?P<joined>{fill(10)}))")


def _is_list(sentence: Sentence, first: int, second: int) -> bool:
    return alike(sentence.figures[first], sentence.figures[second]) and ";" not in sentence.text[first:second]
