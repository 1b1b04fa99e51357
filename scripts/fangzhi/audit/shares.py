"""Shares and multiples: A 占 B 的 P%, 其中 A，占 P%, A 是 B 的 2.5 倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.measures import content
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
    """200名，其中 … 50名 …，占 25%; a rate of change may stand before 其中"""
    rate = rf"(?:,{fill(8)}{FIGURE})?"
    return re.compile(rf"(?P<base>{FIGURE}){fill(8)}{rate}[,;:(、。]?{one_of('among')},?{fill(14)}{_part()}")


@cache
def _next_of_whole() -> re.Pattern[str]:
    """；… 60名 …，占 30%: the next of those"""
    return re.compile(rf"[)]?[,;、]?{fill(14)}{_part()}")


def _part() -> str:
    """60岁以上的120人，占总数的30%"""
    return (
        rf"(?:{FIGURE}{fill(4)}的)?(?P<part>{FIGURE}){fill(8)}[,(]?{one_of('share')}"
        rf"(?P<whole>[其全]?{fill(8)}{one_of('whole')})?的?(?P<share>{FIGURE})"
    )


@cache
def _multiple() -> re.Pattern[str]:
    """50名，是 … 20名 的 2.5倍"""
    return re.compile(rf"(?P<part>{FIGURE}){fill(6)},?{one_of('equal')}{fill(14)}{_times()}")


@cache
def _next_multiple() -> re.Pattern[str]:
    """，… 25名 的 2倍: of another base"""
    return re.compile(rf"[,、和]{fill(14)}{_times()}")


def _times() -> str:
    """20名 的 2.5倍"""
    return rf"(?P<base>{FIGURE}){fill(4)}的(?P<share>{FIGURE})"


def shares_of_base(page: Ledger) -> Iterator[Relation]:
    """A part and its share of a base that stands between the two."""
    for sentence in page.sentences:
        for match in _of_base().finditer(sentence.text):
            base, share = sentence.figures[match.start("base")], sentence.figures[match.start("share")]
            yield from _by_part(sentence, match.start(), base, share)


def shares_among(page: Ledger) -> Iterator[Relation]:
    """A whole, behind 其中 a part and its share; then other parts and theirs."""
    for passage in page.passages:
        for match in _of_whole().finditer(passage.text):
            base = passage.figures[match.start("base")]
            item: re.Match[str] | None = match
            while item:
                named = item["whole"] and _names(item["whole"], passage, match.start("base"))
                stated = bool(named) or (item is match and not item["whole"])
                yield from _share(passage, item, base, stated=stated)
                item = _next_of_whole().match(passage.text, item.end())


def multiples(page: Ledger) -> Iterator[Relation]:
    """A figure, and how many times another it is; then how many times a third."""
    for sentence in page.sentences:
        text = sentence.spanned
        for match in _multiple().finditer(text):
            item: re.Match[str] | None = match
            part = sentence.figures[match.start("part")]
            while item:
                base, share = (sentence.figures[item.start(name)] for name in ("base", "share"))
                if unit(share) == TIMES and alike(part, base):
                    yield Relation(CheckKind.SHARE, (part, base), share, Quotient(1), ground(stated=True))
                item = _next_multiple().match(text, item.end())


def _share(sentence: Sentence, item: re.Match[str], base: Observation, *, stated: bool) -> Iterator[Relation]:
    part, share = (sentence.figures[item.start(name)] for name in ("part", "share"))
    if _fits(part, base, share):
        quotient = Quotient(factor_of(share))
        yield Relation(CheckKind.SHARE, (part, base), share, quotient, ground(stated=stated))


def _names(whole: str, sentence: Sentence, base: int) -> bool:
    """Whether 占…总数 names what the base counts, in its clause or its measure."""
    name = re.sub(rf"{one_of('whole')}$", "", whole)
    row = sentence.figures[base]
    return bool(name) and (name in sentence.clause_before(base) or content(name) == content(row.measure))


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
