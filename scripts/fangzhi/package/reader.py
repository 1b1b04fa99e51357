"""Reading a package back into typed rows: the writer's exact counterpart."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from fangzhi.model.cells import from_cell
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row, Table
from fangzhi.model.tables import TABLES
from fangzhi.package.csv_files import read_cells
from fangzhi.package.errors import PackageError
from fangzhi.package.findings import report
from fangzhi.package.opened import open_package


def _row(table: Table, number: int, cells: list[str]) -> Row:
    try:
        values = {field.name: from_cell(cell, field) for field, cell in zip(table.fields, cells, strict=True)}
        return table.row.model_validate(values)
    except (ValidationError, ValueError, RecursionError) as error:
        place = f"{table.name}.csv 第 {number} 行无法读取 / row {number} cannot be read"
        raise PackageError(f"{place}: {error}") from error


def read_rows(table: Table, path: Path) -> Iterator[Row]:
    """The rows of one table; PackageError with the row as a spreadsheet numbers it."""
    names = [field.name for field in table.fields]
    try:
        records = read_cells(path)
        if next(records, None) != names:
            raise PackageError(f"{path.name} 的表头应为 / must have the header: {','.join(names)}")
        for number, cells in enumerate(records, 2):
            yield _row(table, number, cells)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(f"无法读取 {path.name} / cannot read it: {error}") from error


def read_package(path: Path) -> Dataset:
    """All rows of a package of ours (folder, datapackage.json or zip); PackageError if it is not one."""
    with tempfile.TemporaryDirectory(prefix="fangzhi-") as scratch:
        opened, found = open_package(path, Path(scratch))
        if opened is None:
            raise PackageError("\n".join([*report(found, "zh"), *report(found, "en")]))
        files = {part.name: part.file for part in opened.parts if part.file}
        dataset = Dataset()
        for name, table in TABLES.items():
            if name not in files:
                raise PackageError(f"数据包中没有数据表 {name} / the package has no table {name}: {path}")
            dataset.add(read_rows(table, files[name]))
        return dataset
