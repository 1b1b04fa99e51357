"""Table Schemas made from the model: valid under version 1 and version 2 of the standard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_origin

from fangzhi.model.bilingual import both
from fangzhi.model.codes import Code
from fangzhi.model.decimals import PRECISION, SCALE
from fangzhi.model.table import Field, ForeignKey, Table
from fangzhi.model.tables import TABLES

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: dict[Any, str] = {
    str: "string", int: "integer", Decimal: "number", date: "date", list: "array", dict: "object",
}  # fmt: skip


_DECIMAL = (
    f"（十进制定点数：小数点前至多 {PRECISION - SCALE} 位，后至多 {SCALE} 位，除不尽者四舍六入五成双）",
    f" (exact: at most {PRECISION - SCALE} digits before the point, {SCALE} behind; quotients half to even)",
)


def code_list(field: Field) -> list[Code]:
    """The codes that a column may hold; none where it is not coded."""
    return list(field.type) if isinstance(field.type, type) and issubclass(field.type, Code) else []


def field_type(field: Field) -> str:
    """The Table Schema type of a column; TypeError for one that has none."""
    if isinstance(field.type, type) and issubclass(field.type, Enum):
        return "string"
    kind = _TYPES.get(get_origin(field.type) or field.type)
    if kind is None:
        raise TypeError(f"column {field.name} has no Table Schema type: {field.type!r}")
    return kind


def _constraints(field: Field) -> dict[str, Any]:
    column = field.column
    found = {
        "required": field.required or None,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "enum": [str(code) for code in code_list(field)] or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def field_schema(field: Field) -> dict[str, Any]:
    """One column as a field descriptor."""
    column = field.column
    size_zh, size_en = _DECIMAL if field.type is Decimal else ("", "")
    schema: dict[str, Any] = {
        "name": field.name,
        "type": field_type(field),
        "title": both(column.zh, column.en),
        "description": both(column.zh_text + size_zh, column.en_text + size_en),
    }
    if codes := code_list(field):
        schema["categories"] = [{"value": str(code), "label": both(code.zh, code.en)} for code in codes]
    if constraints := _constraints(field):
        schema["constraints"] = constraints
    return schema


def _foreign_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    itself = key.table == table.name
    reference = {"resource": "" if itself else key.table, "fields": list(TABLES[key.table].key)}
    return {"fields": [key.field], "reference": reference}


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of one table."""
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "fields": [field_schema(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [_foreign_key(table, key) for key in table.foreign_keys]
    return schema


def table_schemas() -> dict[str, dict[str, Any]]:
    """All Table Schemas by table name."""
    return {name: table_schema(table) for name, table in TABLES.items()}
