"""What helps where nothing is found: parts of the query that are, the nearest names, the nearest figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from fangzhi.database.ddl import quoted
from fangzhi.database.search import NOTHING, match_query, phrase, terms, tokens
from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES
from fangzhi.site.asked import Amount, Asked
from fangzhi.site.finding import path_of, rows_of, select_named, select_next
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.text.words import words

COUNTED = 1000
PARTS = 6
NAMES = 10
OF_EACH = 2
PAIRS = 20
_STEM = 4
_TRIED = ("articles", "observations", "systems")
_NAMED = ("places", "indicators", "themes", "systems", "organizations", "articles")


@dataclass(frozen=True)
class Part:
    """A shorter query, and how many rows it finds."""

    text: str
    count: int
    path: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more than were counted."""
        return self.count >= COUNTED


@dataclass(frozen=True)
class Name:
    """Something that is there and whose name is like the query, or whose figure is next to it."""

    table: Table
    label: str
    path: str


@dataclass(frozen=True)
class Help:
    """What to try instead; ``unfiltered`` is the same search without filters, where it has some."""

    unfiltered: str | None
    parts: list[Part]
    names: list[Name]
    figures: list[Name]


async def helpful(portal: Portal, asked: Asked, path: Callable[..., str], *, narrowed: bool) -> Help:
    """What to offer to somebody whose query finds nothing."""
    figures = await _nearest_figures(portal, asked.amount) if asked.amount and not narrowed else []
    everything = path(table=None, place=None, theme=None, year=None, kind=None)
    return Help(
        everything if everything != path() else None,
        await _parts(portal, asked.text, path),
        await _nearest_names(portal, asked.text),
        figures,
    )


async def _parts(portal: Portal, text: str, path: Callable[..., str]) -> list[Part]:
    found = []
    for part in list(dict.fromkeys(_shorter(text)))[: PARTS * 2]:
        if count := await _count(portal, part):
            clear = dict.fromkeys(("table", "place", "theme", "year", "kind"))
            found.append(Part(part, count, path(**{**clear, "q": part})))
    return sorted(found, key=lambda part: -len(part.text))[:PARTS]


def _shorter(text: str) -> Iterator[str]:
    """The terms of a query one by one, and the words that a term is made of."""
    parts = [part for part in text.split() if tokens(part)]
    if len(parts) > 1:
        yield from parts
    for part in parts:
        pieces = [word.text for word in words(part) if tokens(word.text)]
        if len(pieces) > 1:
            yield from (piece for piece in pieces if len(piece) > 1)


async def _count(portal: Portal, text: str) -> int:
    """Rows in the main tables that say a word, no more counted than shown as such."""
    parts = (
        f"SELECT * FROM (SELECT 1 FROM {quoted(table + '_fts')} "  # noqa: S608
        f"WHERE {quoted(table + '_fts')} MATCH :match LIMIT {COUNTED})"
        for table in _TRIED
    )
    sql = f"SELECT count(*) FROM ({' UNION ALL '.join(parts)})"  # noqa: S608
    count: int = (await portal.execute(DATABASE, sql, {"match": match_query(text)})).single_value()
    return count


async def _nearest_names(portal: Portal, text: str) -> list[Name]:
    """Names that share two characters in a row with the query, or the beginning of a word."""
    match = " OR ".join(dict.fromkeys(_pieces(text))) or NOTHING
    english = portal.language.say(False, True)
    found = []
    for table in _NAMED:
        statement = select_named(table, match, OF_EACH, english=english)
        rows = (await portal.execute(DATABASE, statement.sql, statement.values)).rows
        found += [Name(TABLES[table], row["heading"], path_of(table, row)) for row in rows if row["heading"]]
    return found[:NAMES]


def _pieces(text: str) -> Iterator[str]:
    for term in terms(text):
        for first, second in list(pairwise(term))[:PAIRS]:
            yield phrase([first, second])
        yield from (f'"{word[:_STEM]}"*' for word in term if word.isascii() and word.isalpha() and word[3:])


async def _nearest_figures(portal: Portal, amount: Amount) -> list[Name]:
    """The figures right below and right above an amount, in its unit where it has one."""
    table = "observations"
    rows = await rows_of(portal, select_next(amount, OF_EACH)) or ()
    return [Name(TABLES[table], row["heading"], path_of(table, row)) for row in rows]
