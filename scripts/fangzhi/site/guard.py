"""Bounds for SQL that anyone may send: what it may call, how long it may run, how much it may return."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.database import Database

from fangzhi.database.search import match_query

MAX_LENGTH = 1_000_000  # bytes of one text or row
MAX_RESULT = 32_000_000  # characters and bytes of one result
MAX_TRIMMED = 100
OPCODES_BETWEEN_CLOCKS = 100

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_LENGTH,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 32,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
# Functions that allocate at will, load code, or read the search index as if it held the plain text.
_DENIED_FUNCTIONS = frozenset(
    ("randomblob", "zeroblob", "printf", "format", "load_extension", "fts3_tokenizer", "highlight", "snippet")
)
_PRAGMAS = frozenset(
    (
        "data_version", "database_list", "foreign_key_list", "index_info", "index_list", "index_xinfo",
        "schema_version", "table_info", "table_xinfo",
    )
)  # fmt: skip
_OPEN_PRAGMAS = frozenset(f"pragma_{name}" for name in _PRAGMAS - {"database_list"})  # it tells file paths
_PLAIN_ACTIONS = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE))


class BoundedConnection(sqlite3.Connection):
    """A connection whose clock is looked at often: a single step on a long text can take milliseconds."""

    def set_progress_handler(self, progress_handler: Any, n: int) -> None:
        """Call the handler at least every hundred steps."""
        super().set_progress_handler(progress_handler, min(n, OPCODES_BETWEEN_CLOCKS))


class BoundedDatabase(Database):  # type: ignore[misc]
    """An immutable SQLite file opened with bounded connections."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A read-only connection; asking for another is an error."""
        assert not write
        uri = f"file:{quote(str(Path(self.path).resolve()))}?immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, factory=BoundedConnection)
        self._all_file_connections.append(connection)
        return connection


def bound(connection: sqlite3.Connection) -> None:
    """Put all bounds on a connection and give it the functions of this site."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    for name, count, function in _FUNCTIONS:
        connection.create_function(name, count, function, deterministic=True)
    connection.row_factory = _counted_rows()
    connection.set_authorizer(authorize)


def authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """Allow what reading takes and nothing else."""
    if action in _PLAIN_ACTIONS:
        allowed = True
    elif action == sqlite3.SQLITE_READ:
        name = (first or "").lower()
        allowed = not name.startswith("pragma_") or name in _OPEN_PRAGMAS
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _DENIED_FUNCTIONS
    elif action == sqlite3.SQLITE_PRAGMA:
        allowed = (first or "").lower() in _PRAGMAS
    else:  # opening a search index declares its columns, which counts as a change of the schema
        allowed = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _counted_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """Rows as usual, until those of one cursor add up to more than a result may hold."""
    current: weakref.ref[sqlite3.Cursor] | None = None
    size = 0

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        nonlocal current, size
        if current is None or current() is not cursor:
            current, size = weakref.ref(cursor), 0
        size += sum(len(value) for value in values if isinstance(value, str | bytes))
        if size > MAX_RESULT:
            raise sqlite3.OperationalError("result too large: select fewer columns or rows")
        return sqlite3.Row(cursor, values)

    return row


# SQLite refuses it with its own words; an exception here would also be printed to the log.
_TOO_LONG = "x" * (MAX_LENGTH + 1)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _instr(text: object, part: object) -> int | None:
    """``instr``; SQLite's own takes seconds on long texts within a single step, which no clock stops."""
    return None if text is None or part is None else _text(text).find(_text(part)) + 1


def _replace(text: object, old: object, new: object) -> str | None:
    if text is None or old is None or new is None:
        return None
    whole, before, after = _text(text), _text(old), _text(new)
    if not before:
        return whole
    if len(whole) + whole.count(before) * (len(after) - len(before)) > MAX_LENGTH:
        return _TOO_LONG
    return whole.replace(before, after)


def _trimmer(strip: Callable[[str, str], str]) -> Callable[..., str | None]:
    def trim(text: object, characters: object = " ") -> str | None:
        if text is None or characters is None:
            return None
        return strip(_text(text), _text(characters)[:MAX_TRIMMED])

    return trim


_FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("escape_fts", 1, lambda query: match_query(None if query is None else _text(query))),
    ("instr", 2, _instr),
    ("replace", 3, _replace),
    *(
        (name, count, _trimmer(strip))
        for name, strip in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip))
        for count in (1, 2)
    ),
)
