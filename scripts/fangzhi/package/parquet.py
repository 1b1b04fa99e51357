"""Parquet: the same rows with their types kept, numbers exact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from fangzhi.model.decimals import PRECISION, SCALE
from fangzhi.model.table import Field, Row, Table

_TYPES: dict[Any, pa.DataType] = {
    int: pa.int64(),
    date: pa.date32(),
    Decimal: pa.decimal128(PRECISION, SCALE),
    list[str]: pa.list_(pa.string()),
    list[list[int]]: pa.list_(pa.list_(pa.int64())),
    dict[str, int]: pa.map_(pa.string(), pa.int64()),
}


def _array(field: Field, rows: Sequence[Row]) -> pa.Array:
    values = [getattr(row, field.name) for row in rows]
    if field.type in _TYPES:
        entries = [sorted(value.items()) if isinstance(value, dict) else value for value in values]
        return pa.array(entries, _TYPES[field.type])
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def write_parquet(table: Table, rows: Sequence[Row], path: Path) -> None:
    """Write one table; lists, maps, dates and decimals as such, codes as text."""
    ordered = sorted(rows, key=table.sort_key)
    columns = {field.name: _array(field, ordered) for field in table.fields}
    parquet.write_table(pa.table(columns), path, compression="zstd")
