"""Sums over places: a total for a county, and the same figures for each of its townships."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice

from fangzhi.audit.ledger import Ledger
from fangzhi.audit.measures import content
from fangzhi.audit.relation import Relation, Sum, ground
from fangzhi.audit.units import alike, in_unit_of, is_proportion, unit
from fangzhi.audit.words import listed
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation
from fangzhi.place.gazetteer import load_gazetteer

_CLAUSE = re.compile(r"[,，、;；:：()（）。!！?？\n]")
_LONGEST = 24
#: How many rows around a total are looked at.
_FARTHEST = 30
#: Behind how many rows with other measures the first part of a total may stand.
_GAP = 6
#: How many figures of a place make up its row at most.
_COLUMNS = 16


@dataclass(frozen=True)
class Row:
    """Figures of one place that follow each other in the text."""

    place: str
    figures: tuple[Named, ...]


@dataclass(frozen=True)
class Named:
    """A figure with the words of its measure, and with all words of the clause it stands in."""

    figure: Observation
    words: frozenset[str]
    clause: frozenset[str]


def area_sums(page: Ledger) -> Iterator[Relation]:
    """Totals of a place that are the sums over places within it, named right behind or right before it."""
    grouped = groupby(_named(page.text, page.figures), key=lambda named: named.figure.place_id)
    rows = [Row(place, tuple(islice(group, _COLUMNS))) for place, group in grouped if place]
    for i, row in enumerate(rows):
        yield from _table(row, rows[i + 1 : i + 1 + _FARTHEST])
        yield from _table(row, rows[max(0, i - _FARTHEST) : i][::-1])


def _named(text: str, figures: Sequence[Observation]) -> Iterator[Named]:
    """The figures with their words; one right behind another (70户660人) has the words before that one."""
    ordered = sorted((row for row in figures if not is_proportion(row)), key=lambda row: row.text_start)
    starts = (*(row.text_start for row in ordered[1:]), len(text))
    before, done = "", 0
    for row, following in zip(ordered, starts, strict=False):
        near = text[max(done, row.text_start - _LONGEST) : row.text_start]
        before = _CLAUSE.split(near)[-1] if near else before
        behind = _CLAUSE.split(text[row.text_end : min(following, row.text_end + _LONGEST)], maxsplit=1)[0]
        own = content(row.measure)
        yield Named(row, own, own | content(before) | content(behind))
        done = row.text_end


def _table(total: Row, others: Sequence[Row]) -> Iterator[Relation]:
    """The columns of a total and its parts.

    Where most columns add up, the parts are the whole, and one that every part states can be held against
    the total.
    """
    parts = _parts(total, others)
    columns = {named.figure: _column(named, total, parts) for named in total.figures}
    columns = {row: found for row, found in columns.items() if len(found) > 1}
    adding = [row for row, found in columns.items() if _add_up(row, found)]
    for row, found in columns.items():
        named_alike = {content(part.measure) for part in found} == {content(row.measure)}
        sure = len(adding) > 1 and len(adding) * 2 > len(columns) and len(found) == len(parts) and named_alike
        if row in adding or sure:
            yield Relation(CheckKind.SUM, found, row, Sum(), ground(stated=sure))


def _parts(total: Row, others: Sequence[Row]) -> list[Row]:
    """The rows nearest to the total that state its measures for separate places within its place."""
    found: list[Row] = []
    missed = 0
    for row in others:
        fits = _within(row.place, total.place) and not any(_overlap(row.place, part.place) for part in found)
        matches = any(_matching(named, total, row) for named in total.figures)
        if fits and matches:
            found.append(row)
        elif found or matches or (missed := missed + 1) > _GAP:
            break
    return found


def _within(place: str, above: str) -> bool:
    return place != above and load_gazetteer().within(place.removeprefix("cn"), above.removeprefix("cn"))


def _overlap(first: str, second: str) -> bool:
    return first == second or _within(first, second) or _within(second, first)


def _column(named: Named, total: Row, parts: Sequence[Row]) -> tuple[Observation, ...]:
    """The figures of the parts that measure what a figure of the total does."""
    found = (_matching(named, total, part) for part in parts)
    return tuple(row for row in found if row)


def _matching(named: Named, total: Row, part: Row) -> Observation | None:
    """The figure of a part that measures the same; in another classifier if nothing else can be meant."""
    things = [other.figure for other in part.figures if _same_measure(named, other)]
    if not things:
        things = [other.figure for other in part.figures if named.words and named.words <= other.clause]
    same = [row for row in things if alike(named.figure, row)]
    if len(same) == 1:
        return same[0]
    rivals = [other for other in total.figures if other is not named and _same_measure(named, other)]
    alone = not rivals and len(things) == 1
    return things[0] if alone and _both_counts(named.figure, things[0]) else None


def _both_counts(first: Observation, second: Observation) -> bool:
    return {unit(first), unit(second)} <= set(listed("thing"))


def _same_measure(one: Named, two: Named) -> bool:
    """Whether the words of one measure are among those of the other."""
    return bool(one.words and two.words) and (one.words <= two.words or two.words <= one.words)


def _add_up(total: Observation, parts: Sequence[Observation]) -> bool:
    return sum((in_unit_of(row.value, row, total) for row in parts), Decimal(0)) == total.value
