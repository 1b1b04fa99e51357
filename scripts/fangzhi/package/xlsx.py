"""XLSX: a workbook for people, one sheet a table, with a first sheet that explains tables and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from fangzhi.model.bilingual import both
from fangzhi.model.cells import to_cell
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row, Table
from fangzhi.model.tables import TABLES

CELL_CHARACTERS = 32_767  # the format's own limits
SHEET_ROWS = 1_048_576
_CUT = "…（全文见 CSV / full text in the CSV）"
_GUIDE = "说明 README"
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # never the clock: the same rows, the same bytes
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def exact_float(number: Decimal) -> float | None:
    """The number as a spreadsheet holds it (15 digits), or None if that would not be the same number."""
    near = float(number)
    return near if len(number.normalize().as_tuple().digits) <= 15 and Decimal(repr(near)) == number else None


def _text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    text = text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(_CUT)] + _CUT
    sheet.write_string(row, column, text, style)


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    number = exact_float(value) if isinstance(value, Decimal) else value if isinstance(value, int) else None
    if value is None:
        return
    if number is not None:
        sheet.write_number(row, column, number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        _text(sheet, row, column, to_cell(value))


def _header(sheet: Any, labels: Sequence[str], style: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, label in enumerate(labels):
        _text(sheet, 0, column, label, style)


def _table_sheet(book: Any, table: Table, rows: Sequence[Row], style: Any) -> None:
    sheet = book.add_worksheet(table.name)
    names = [field.name for field in table.fields]
    _header(sheet, names, style)
    sheet.set_column(0, len(names) - 1, 16)
    for number, row in enumerate(sorted(rows, key=table.sort_key)[: SHEET_ROWS - 1], 1):
        for column, name in enumerate(names):
            _write(sheet, number, column, getattr(row, name))


def _guide_lines(table: Table) -> Iterator[tuple[str, str, str, str]]:
    yield table.name, "", both(table.zh, table.en), both(table.zh_text, table.en_text)
    for field in table.fields:
        words = field.column
        yield table.name, field.name, both(words.zh, words.en), both(words.zh_text, words.en_text)


def _guide_sheet(book: Any, style: Any) -> None:
    sheet = book.add_worksheet(_GUIDE)
    _header(sheet, ["表 Table", "列 Column", "名称 Title", "说明 Description"], style)
    sheet.set_column(0, 2, 24)
    sheet.set_column(3, 3, 100)
    lines = (line for table in TABLES.values() for line in _guide_lines(table))
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line):
            _text(sheet, number, column, text)


def write_xlsx(dataset: Dataset, path: Path) -> None:
    """Write the workbook; the same bytes for the same rows. Nothing in it is a formula or a link."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"title": "fangzhi 方志", "created": _CREATED})
        style = book.add_format({"bold": True, "bottom": 1})
        _guide_sheet(book, style)
        for name, table in TABLES.items():
            _table_sheet(book, table, dataset.tables[name], style)
