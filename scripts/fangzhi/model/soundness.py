"""What every row promises by itself: ends after starts, values in bounds, a quote that stands in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from fangzhi.model import decimals
from fangzhi.model.table import Field, Row, Table

#: Kind of promise, the column that comes first, the one that comes last, and whether they must differ.
ORDERED = (
    ("span-order", "text_start", "text_end", True),
    ("span-order", "source_start", "source_end", True),
    ("period-order", "period_start", "period_end", False),
    ("period-order", "compared_start", "compared_end", False),
    ("period-order", "date_start", "date_end", False),
    ("range-order", "value", "value_max", False),
    ("range-order", "standard_value", "standard_value_max", False),
)


@cache
def _ordered(table: Table) -> tuple[tuple[str, str, bool], ...]:
    names = {field.name for field in table.fields}
    return tuple((first, last, strict) for _, first, last, strict in ORDERED if {first, last} <= names)


@cache
def _bounded(table: Table) -> tuple[Field, ...]:
    return tuple(
        field
        for field in table.fields
        if field.column.pattern or field.column.minimum is not None or field.type is Decimal
    )


def flaws(row: Row, text: str | None = None) -> list[str]:
    """The columns in which a row breaks its promises; ``text`` is that of its article, if it quotes one."""
    return [*_out_of_order(row), *_out_of_bounds(row), *_misquoted(row, text)]


def _out_of_order(row: Row) -> Iterator[str]:
    for first, last, strict in _ordered(row.table):
        start, end = getattr(row, first), getattr(row, last)
        if start is not None and end is not None and (start > end or (strict and start == end)):
            yield last


def _out_of_bounds(row: Row) -> Iterator[str]:
    for field in _bounded(row.table):
        value, column = getattr(row, field.name), field.column
        if isinstance(value, str):
            fits = column.pattern is None or re.fullmatch(column.pattern, value) is not None
        elif isinstance(value, Decimal):
            fits = decimals.fits(value)
        else:
            fits = value is None or column.minimum is None or value >= column.minimum
        if not fits:
            yield field.name


def _misquoted(row: Row, text: str | None) -> Iterator[str]:
    quote, start = getattr(row, "quote", None), getattr(row, "text_start", None)
    if text is not None and quote and start is not None and text[start : row.text_end] != quote:  # type: ignore[attr-defined]
        yield "quote"
