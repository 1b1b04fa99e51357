"""Write a dataset as one SQLite file: the same rows give the same bytes on every machine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fangzhi.database.canonical import PAGE_SIZE, make_canonical
from fangzhi.database.ddl import create_indexes, create_table, quoted
from fangzhi.database.search import SEARCHED, create_index, insert_tokens, select_words, token_row
from fangzhi.database.views import VIEWS
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row, Table
from fangzhi.model.tables import ROWS, TABLES

_PRAGMAS = (f"page_size = {PAGE_SIZE}", "secure_delete = ON", "synchronous = OFF", "foreign_keys = OFF")


class BrokenReferenceError(ValueError):
    """Rows that point to rows which are not there."""


def write_database(dataset: Dataset, path: Path) -> None:
    """Write all tables with keys, indexes, search and views; an existing file is replaced.

    BrokenReferenceError where a foreign key has no target, sqlite3.IntegrityError where a row breaks a
    constraint; the file at ``path`` is then left as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            _fill(connection, dataset.sorted())
        make_canonical(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for kind in ROWS:
        _load_table(connection, kind.table, dataset.rows(kind))
    for view in VIEWS.values():
        connection.execute(view.create())
    for table in SEARCHED:
        _index_words(connection, table)
    connection.execute("COMMIT")
    _check_references(connection)
    _gather_statistics(connection)
    connection.execute("VACUUM")


def _load_table(connection: sqlite3.Connection, table: Table, rows: list[Row]) -> None:
    """Rows get rowids 1, 2, 3 …, which VACUUM keeps: the search index points to them."""
    connection.execute(create_table(table))
    names = ["rowid", *(field.name for field in table.fields)]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {quoted(table.name)} ({', '.join(map(quoted, names))}) VALUES ({marks})"  # noqa: S608
    connection.executemany(statement, _numbered(table, rows))
    for index in create_indexes(table):
        connection.execute(index)


def _numbered(table: Table, rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    names = [field.name for field in table.fields]
    for number, row in enumerate(rows, 1):
        yield number, *(to_sql(getattr(row, name)) for name in names)


def to_sql(value: object) -> str | int | float | None:
    """A typed value as SQLite stores it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)
        case date():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case int() | None:
            return value
    return str(value)


def _index_words(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(create_index(table))
    rows = connection.execute(select_words(table))
    connection.executemany(insert_tokens(table), (token_row(rowid, texts) for rowid, *texts in rows))
    name = quoted(table + "_fts")
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608


def _gather_statistics(connection: sqlite3.Connection) -> None:
    """What the query planner knows, in a fixed order and without what only some builds of SQLite add."""
    connection.execute("ANALYZE")
    connection.execute("DROP TABLE IF EXISTS sqlite_stat4")
    rows = [tuple(row) for row in connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1")]
    connection.execute("DELETE FROM sqlite_stat1")
    known = sorted((row for row in rows if row[0] in TABLES), key=lambda row: (row[0], row[1] or ""))
    connection.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", known)


def _check_references(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    if broken:
        raise BrokenReferenceError("; ".join(_describe(connection, *row) for row in broken))


def _describe(connection: sqlite3.Connection, table: str, rowid: int, parent: str, number: int) -> str:
    keys = {row[0]: row[3] for row in connection.execute(f"PRAGMA foreign_key_list({quoted(table)})")}
    key = ", ".join(map(quoted, TABLES[table].key))
    select = f"SELECT {quoted(keys[number])}, {key} FROM {quoted(table)} WHERE rowid = ?"  # noqa: S608
    value, *own = connection.execute(select, (rowid,)).fetchone()
    row = f"{table} {'/'.join(map(str, own))}"
    return f"{row}: {keys[number]} = {value!r} 在 {parent} 表中不存在 is not in {parent}"
