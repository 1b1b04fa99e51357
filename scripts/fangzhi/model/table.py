"""What a table is: a row model with its name, words, key and references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from fangzhi.model.column import Column, column_of, plain_type


class Row(BaseModel):
    """One row of a published table."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    table: ClassVar[Table]


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Field:
    """A column as it stands in one table."""

    name: str
    column: Column
    type: Any
    required: bool


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values are keys of another table (or of its own)."""

    field: str
    table: str


@dataclass(frozen=True)
class Table:
    """A published table: its row model, words and key."""

    name: str
    zh: str
    en: str
    zh_text: str
    en_text: str
    key: tuple[str, ...]
    row: type[Row]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns in order."""
        return tuple(
            Field(name, column_of(info.annotation, info.metadata), plain_type(info.annotation), info.is_required())
            for name, info in self.row.model_fields.items()
        )

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """References to other tables, or within this one; a table's own key is not a reference."""
        return tuple(
            ForeignKey(field.name, field.column.references)
            for field in self.fields
            if field.column.references and (field.column.references != self.name or field.name not in self.key)
        )

    def sort_key(self, row: Row) -> tuple[Any, ...]:
        """What the rows of the table are ordered by: its key."""
        return tuple(getattr(row, name) for name in self.key)


def table(
    name: str, *, key: tuple[str, ...], zh: str, en: str, zh_text: str, en_text: str
) -> Callable[[type[R]], type[R]]:
    """Declare a row model as a published table."""

    def declare(row: type[R]) -> type[R]:
        row.table = Table(name, zh, en, zh_text, en_text, key, row)
        return row

    return declare
