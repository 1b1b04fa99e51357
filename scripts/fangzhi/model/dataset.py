"""The rows of a package, table by table: what every step of the flow passes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from fangzhi.model.table import Row
from fangzhi.model.tables import ROWS, TABLES

R = TypeVar("R", bound=Row)


def _empty() -> dict[str, list[Row]]:
    return {name: [] for name in TABLES}


@dataclass
class Dataset:
    """Rows by table name; every table is there, if only empty."""

    tables: dict[str, list[Row]] = field(default_factory=_empty)

    def add(self, rows: Iterable[Row]) -> None:
        """Put each row into its table."""
        for row in rows:
            self.tables[row.table.name].append(row)

    def rows(self, kind: type[R]) -> list[R]:
        """The rows of one model."""
        return [row for row in self.tables[kind.table.name] if isinstance(row, kind)]

    def merge(self, other: Dataset) -> None:
        """Take over all rows of another dataset."""
        for rows in other.tables.values():
            self.add(rows)

    def sorted(self) -> Dataset:
        """The same rows, each table ordered by its key."""
        return Dataset({kind.table.name: sorted(self.rows(kind), key=kind.table.sort_key) for kind in ROWS})

    def __iter__(self) -> Iterator[Row]:
        for rows in self.tables.values():
            yield from rows
