"""Full-text search of Chinese: one token a character, folded, in the index and in the query alike.

A word of any length is then found as a phrase, without a dictionary. Letters and digits stay whole
words, without the s of a plural; a comma between thousands is dropped, so that 119072 finds 119,072.
A row is found by the names of what it refers to as well: a figure by its place and its indicator.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fangzhi.database.ddl import quoted
from fangzhi.text.fold import fold

SEARCHED: dict[str, tuple[str, ...]] = {
    "articles": ("title", "kicker", "subtitle", "text"),
    "observations": ("measure", "subject", "quote", "sentence"),
    "systems": ("name", "owner"),
    "places": ("name", "full_name", "code"),
    "organizations": ("name",),
    "people": ("name", "post"),
    "events": ("name",),
    "indicators": ("name", "name_en", "definition", "definition_en"),
    "themes": ("name", "name_en", "terms"),
    "units": ("name", "name_en", "unit_code"),
    "sources": ("title", "publisher"),
}
"""Tables with a search index, and the columns in it; the first heads the row."""

_PLACE = "SELECT full_name FROM places WHERE place_id = t.place_id"
_THEME = "SELECT name || ' ' || name_en FROM themes WHERE theme_id = t.theme_id"
_INDICATOR = "SELECT name || ' ' || name_en FROM indicators WHERE indicator_id = t.indicator_id"
REFERRED: dict[str, dict[str, str]] = {
    "articles": {"place_id": _PLACE, "theme_id": _THEME},
    "observations": {"place_id": _PLACE, "indicator_id": _INDICATOR},
    "systems": {"place_id": _PLACE},
    "organizations": {"place_id": _PLACE},
    "events": {"place_id": _PLACE},
}
"""References in an index: under their column stand the names of the row that they point to."""

MAX_QUERY = 200
NOTHING = '""'

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SIGNS = "%‰℃"
"""Signs that are words by themselves: 15% is not 15."""
_TOKENIZER = f"unicode61 remove_diacritics 0 tokenchars '{_SIGNS}'"
_RUN = re.compile(rf"[^\W_]+|[{_SIGNS}]")


def _class(character: str) -> str:
    if unicodedata.category(character) == "Lo":
        return "ideograph"
    return "digit" if character.isdigit() else "letter"


def _split_run(run: str) -> list[str]:
    """A run of letters and digits: ideographs one by one, the rest in whole words or numbers."""
    pieces: list[str] = []
    previous = ""
    for character in run:
        kind = _class(character)
        if pieces and kind == previous != "ideograph":
            pieces[-1] += character
        else:
            pieces.append(character)
        previous = kind
    return [_singular(piece) for piece in pieces]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.isascii() and word[-1] == "s" and word[-2] != "s" else word


def tokens(text: str) -> list[str]:
    """The words of the index that a text has, in order."""
    plain = _THOUSANDS.sub("", fold(text))
    return [piece for run in _RUN.findall(plain) for piece in _split_run(run)]


def terms(query: str) -> list[list[str]]:
    """What a query asks for: each part between spaces as its tokens; overlong queries are cut."""
    return [found for part in query[:MAX_QUERY].split() if (found := tokens(part))]


def match_query(query: str | None) -> str:
    """An FTS5 query that finds the rows with every term of a query; operators are plain text."""
    return " ".join(map(phrase, terms(query or ""))) or NOTHING


def typed_query(query: str) -> str:
    """The same for a query still being typed: its last word or number may be the beginning of one."""
    found = terms(query)
    return match_query(query) + ("*" if found and found[-1][-1].isascii() else "")


def phrase(term: list[str]) -> str:
    """An FTS5 query for tokens that follow each other."""
    return f'"{" ".join(term)}"'


def term_pattern(query: str) -> re.Pattern[str] | None:
    """What to mark in a folded text for a query; None where the query has no word."""
    patterns = (r"[\W_]*".join(map(_bounded, term)) for term in terms(query))
    alternatives = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(alternatives)) if alternatives else None


def _bounded(token: str) -> str:
    if token.isdigit():
        return r"(?<!\d)" + ",?".join(map(re.escape, token)) + r"(?!\d)"
    if unicodedata.category(token[0]) == "Lo":
        return re.escape(token)
    return rf"(?<![a-z]){re.escape(token)}s?(?![a-z])"


def index_columns(table: str) -> tuple[str, ...]:
    """The columns of a table's index."""
    return *SEARCHED[table], *REFERRED.get(table, {})


def create_index(table: str) -> str:
    """The FTS5 table of a searchable table.

    It names the table as its content, which is how search boxes find it, but is filled with tokens:
    never rebuild it, and make snippets from the plain text.
    """
    columns = ", ".join(map(quoted, index_columns(table)))
    return (
        f"CREATE VIRTUAL TABLE {quoted(table + '_fts')} USING FTS5 "
        f'({columns}, content="{table}", tokenize="{_TOKENIZER}")'
    )


def select_words(table: str) -> str:
    """The statement that reads what is indexed: of each row its rowid and a text a column."""
    texts = (*map(quoted, SEARCHED[table]), *(f"({sql})" for sql in REFERRED.get(table, {}).values()))
    return f"SELECT rowid, {', '.join(texts)} FROM {quoted(table)} t ORDER BY rowid"  # noqa: S608


def insert_tokens(table: str) -> str:
    """The statement that puts one row of tokens into the index."""
    columns = index_columns(table)
    marks = ", ".join("?" * (len(columns) + 1))
    names = ", ".join(map(quoted, ("rowid", *columns)))
    return f"INSERT INTO {quoted(table + '_fts')} ({names}) VALUES ({marks})"  # noqa: S608


def token_row(rowid: int, texts: Iterable[str | None]) -> tuple[int | str, ...]:
    """What is inserted for one row."""
    return rowid, *(" ".join(tokens(text or "")) for text in texts)
