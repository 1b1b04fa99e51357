"""JSON lines: an object a row, empty columns left out, decimals with every digit that was given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from fangzhi.model.cells import compact_json, plain
from fangzhi.model.table import Row, Table


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (date, str)):
        return json.dumps(str(value), ensure_ascii=False)
    return compact_json(value)


def row_lines(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table in the order of its key."""
    for row in sorted(rows, key=table.sort_key):
        cells = ((field.name, getattr(row, field.name)) for field in table.fields)
        body = ",".join(f'"{name}":{_value(value)}' for name, value in cells if value is not None)
        yield f"{{{body}}}\n"


def write_json_lines(table: Table, rows: Sequence[Row], path: Path) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(row_lines(table, rows))
