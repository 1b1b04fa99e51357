"""Cells and typed values: a cell of a correction is held to what its column may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError

from fangzhi.correct.entry import BadValueError
from fangzhi.lexicons import words
from fangzhi.measure.indicator_words import indicator_ids
from fangzhi.model.codes import Code
from fangzhi.model.column import Column
from fangzhi.model.decimals import PRECISION, SCALE, fits
from fangzhi.model.table import Field
from fangzhi.place.gazetteer import load_gazetteer

_NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)
_MANGLED = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_mangled(cell: str) -> bool:
    """Whether a spreadsheet has written a number in short and lost its digits: 1.00E+05."""
    return _MANGLED.fullmatch(cell) is not None


def typed(cell: str, field: Field) -> Any:
    """The value of a cell for a column; BadValueError with what to write instead."""
    if cell == "":
        if field.required:
            raise BadValueError("required", column=field.name)
        return None
    value = _READERS.get(get_origin(field.type) or field.type, _text)(cell, field)
    _check_column(cell, value, field.column)
    return value


def read_number(cell: str) -> Decimal:
    """A plain decimal number; BadValueError for any other spelling."""
    if not _NUMBER.fullmatch(cell):
        raise BadValueError("number-mangled" if is_mangled(cell) else "number", cell=cell)
    return Decimal(cell)


def read_day(cell: str) -> date:
    """An ISO date; BadValueError for any other spelling or a day that there is not."""
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass  # no such day
    raise BadValueError("date", cell=cell)


def _number(cell: str, _: Field) -> Decimal:
    return read_number(cell)


def _day(cell: str, _: Field) -> date:
    return read_day(cell)


def _whole(cell: str, _: Field) -> int:
    number = read_number(cell)
    if number != number.to_integral_value():
        raise BadValueError("whole-number", cell=cell)
    return int(number)


def _list(cell: str, field: Field) -> Any:
    try:
        return TypeAdapter(field.type).validate_json(cell, strict=True)
    except (ValidationError, RecursionError):
        raise BadValueError("list", cell=cell) from None


def _text(cell: str, field: Field) -> Any:
    if not issubclass(field.type, Code):
        return cell
    try:
        return field.type(cell)
    except ValueError:
        known = ", ".join(f"{code} {code.zh}" for code in field.type)
        raise BadValueError("code", cell=cell, known=known) from None


_READERS: dict[Any, Callable[[str, Field], Any]] = {Decimal: _number, int: _whole, date: _day, list: _list}


def _is_place(value: str) -> bool:
    return value in load_gazetteer()


def _is_theme(value: str) -> bool:
    return value in words("themes", "theme_id")


def _is_indicator(value: str) -> bool:
    return value in indicator_ids()


_HINTS = {
    "places": (
        "编号可用 fangzhi parse 地名 查得",
        "fangzhi parse NAME-OF-THE-PLACE shows the id of a place",
    ),
    "themes": ("可用的编号见 themes 表", "the table themes lists the ids"),
    "indicators": ("可用的编号见 indicators 表", "the table indicators lists the ids"),
}
_KNOWN: dict[str, Callable[[str], bool]] = {
    "places": _is_place,
    "themes": _is_theme,
    "indicators": _is_indicator,
}


def _check_column(cell: str, value: Any, column: Column) -> None:
    """The constraints of the column: pattern, least value, and the vocabulary it refers to."""
    if column.pattern and not re.fullmatch(column.pattern, cell):
        raise BadValueError("pattern", cell=cell, zh=column.zh_text, en=column.en_text)
    if isinstance(value, Decimal) and not fits(value):
        raise BadValueError("decimal", cell=cell, before=PRECISION - SCALE, behind=SCALE)
    if column.minimum is not None and value < column.minimum:
        raise BadValueError("minimum", cell=cell, limit=column.minimum)
    if column.references and not _KNOWN[column.references](cell):
        hint_zh, hint_en = _HINTS[column.references]
        raise BadValueError("unknown", cell=cell, table=column.references, hint_zh=hint_zh, hint_en=hint_en)
