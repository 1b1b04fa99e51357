"""Values as the cells of a CSV file, and back: exact and plain, the same text on every run."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, get_origin

from fangzhi.model.table import Field


def plain(number: Decimal) -> str:
    """A decimal with its digits as given and never an exponent; ValueError for NaN and infinities."""
    if not number.is_finite():
        raise ValueError(f"not a finite number: {number}")
    return format(number, "f")


def compact_json(value: object) -> str:
    """JSON without spaces, keys sorted, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_cell(value: object) -> str:
    """The text of one value; empty for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return compact_json(value)
    return str(value)


def is_json(field: Field) -> bool:
    """Whether the cells of a column are JSON."""
    return get_origin(field.type) in (list, dict)


def from_cell(text: str, field: Field) -> Any:
    """What the row model is given for a cell: JSON parsed, an empty cell None (or empty required text)."""
    if text == "":
        return "" if field.required and field.type is str else None
    return json.loads(text) if is_json(field) else text
