"""SQLite table definitions, made from the row models.

Decimals have NUMERIC affinity: whole numbers are stored as integers and the rest as doubles, so that
SQL can add and sort them. A double keeps 15 significant digits; CSV and Parquet hold the exact
decimals as they were computed. Lists and objects are JSON text. STRICT tables know no NUMERIC, so
CHECK constraints hold the types instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import get_origin

from fangzhi.model.codes import Code
from fangzhi.model.columns import PARTIAL_DATE
from fangzhi.model.table import Field, Table
from fangzhi.model.tables import TABLES

_AFFINITY: dict[type, str] = {int: "INTEGER", Decimal: "NUMERIC"}


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def is_code(field: Field) -> bool:
    """Whether the column holds members of a code list."""
    return isinstance(field.type, type) and issubclass(field.type, Code)


def is_json(field: Field) -> bool:
    """Whether the column holds a list or an object."""
    return get_origin(field.type) in (list, dict)


def _conditions(field: Field) -> Iterator[str]:
    name = quoted(field.name)
    if is_code(field):
        yield f"{name} IN ({', '.join(_literal(member.value) for member in field.type)})"
    if is_json(field):
        yield f"({name} IS NULL OR json_valid({name}))"
    if field.type is int:
        yield f"typeof({name}) IN ('integer', 'null')"
    if field.type is Decimal:
        yield f"typeof({name}) IN ('integer', 'real', 'null')"
    if field.column.minimum is not None:
        yield f"{name} >= {field.column.minimum}"
    if field.column.maximum is not None:
        yield f"{name} <= {field.column.maximum}"


def _column_definition(field: Field, table: Table) -> str:
    parts = [quoted(field.name), _AFFINITY.get(field.type, "TEXT")]
    if field.required or field.name in table.key:
        parts.append("NOT NULL")
    if conditions := " AND ".join(_conditions(field)):
        parts.append(f"CHECK ({conditions})")
    return " ".join(parts)


def create_table(table: Table) -> str:
    """The CREATE TABLE statement of a table, with its key, references and constraints."""
    lines = [_column_definition(field, table) for field in table.fields]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    for key in table.foreign_keys:
        target = TABLES[key.table]
        lines.append(
            f"FOREIGN KEY ({quoted(key.field)}) REFERENCES {quoted(target.name)} ({quoted(target.key[0])})"
        )
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


_AMOUNTS = ("value", "value_max", "standard_value")


def _is_indexed(field: Field, table: Table) -> bool:
    if field.name == table.key[0]:
        return False
    if field.name in _AMOUNTS and field.type is Decimal:
        return True
    points = field.name in {key.field for key in table.foreign_keys} or field.name.endswith("_id")
    is_date = field.type is date or field.column.pattern == PARTIAL_DATE
    return points or is_code(field) or is_date


def create_indexes(table: Table) -> list[str]:
    """Indexes on what is joined, faceted, sorted or looked up by: references, codes, dates and amounts."""
    return [
        f"CREATE INDEX {quoted(f'{table.name}_{field.name}')} ON {quoted(table.name)} ({quoted(field.name)})"
        for field in table.fields
        if _is_indexed(field, table)
    ]
