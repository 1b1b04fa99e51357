"""CSV as RFC 4180 has it: UTF-8, lines end in LF, cells that need it in double quotes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fangzhi.model.cells import to_cell
from fangzhi.model.table import Row, Table

CELL_LIMIT = 64 * 1024 * 1024
_SPECIAL = frozenset('",\r\n')

csv.field_size_limit(CELL_LIMIT)  # an article is longer than the library's 128 kB


def _quoted(cell: str) -> str:
    # the library leaves a lone carriage return unquoted and then reads it as the end of the line
    return '"' + cell.replace('"', '""') + '"' if not _SPECIAL.isdisjoint(cell) else cell


def csv_line(cells: Iterable[str]) -> str:
    """One record with its line feed."""
    return ",".join(map(_quoted, cells)) + "\n"


def table_lines(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table, header first, rows in the order of their key."""
    names = [field.name for field in table.fields]
    yield csv_line(names)
    for row in sorted(rows, key=table.sort_key):
        yield csv_line(to_cell(getattr(row, name)) for name in names)


def write_csv(table: Table, rows: Sequence[Row], path: Path) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(table_lines(table, rows))


def read_cells(path: Path) -> Iterator[list[str]]:
    """The records of a CSV file, header first; csv.Error and UnicodeDecodeError as they come."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, strict=True)
