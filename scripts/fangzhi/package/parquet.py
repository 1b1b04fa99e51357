"""Parquet: the same rows with their types kept, numbers exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from fangzhi.model.table import Field, Row, Table

_TYPES: dict[Any, pa.DataType] = {
    int: pa.int64(),
    date: pa.date32(),
    list[str]: pa.list_(pa.string()),
    list[list[int]]: pa.list_(pa.list_(pa.int64())),
    dict[str, int]: pa.map_(pa.string(), pa.int64()),
}


def _digits(number: Decimal) -> tuple[int, int]:
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # only NaN and infinities have a letter here
    return max(len(digits) + exponent, 1), max(-exponent, 0)


def decimal_type(numbers: Iterable[Decimal]) -> pa.DataType:
    """The narrowest exact type of a column: 128 bits where they hold every digit, else 256, else text."""
    sizes = [_digits(number) for number in numbers]
    whole, scale = (max((size[i] for size in sizes), default=0) for i in (0, 1))
    if whole + scale <= 38:
        return pa.decimal128(38, scale)
    return pa.decimal256(76, scale) if whole + scale <= 76 else pa.string()


def _array(field: Field, rows: Sequence[Row]) -> pa.Array:
    values = [getattr(row, field.name) for row in rows]
    if field.type is Decimal:
        kind = decimal_type(value for value in values if value is not None)
        values = values if kind != pa.string() else [None if v is None else format(v, "f") for v in values]
        return pa.array(values, kind)
    if field.type in _TYPES:
        entries = [sorted(value.items()) if isinstance(value, dict) else value for value in values]
        return pa.array(entries, _TYPES[field.type])
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def write_parquet(table: Table, rows: Sequence[Row], path: Path) -> None:
    """Write one table; lists, maps, dates and decimals as such, codes as text."""
    ordered = sorted(rows, key=table.sort_key)
    columns = {field.name: _array(field, ordered) for field in table.fields}
    parquet.write_table(pa.table(columns), path, compression="zstd")
