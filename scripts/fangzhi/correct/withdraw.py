"""Withdrawing rows: with a row goes what hangs on it, by the references of the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from fangzhi.model.cells import to_cell
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import ROWS, Mention

_ENTITIES = {"place": "places", "organization": "organizations", "person": "people"}
Gone = Mapping[str, set[str]]


def key_text(row: Row) -> str:
    """The key of a row as a correction names it: its columns joined by ``/``."""
    return "/".join(to_cell(value) for value in row.table.sort_key(row))


def withdraw(dataset: Dataset, tables_and_keys: Gone) -> Dataset:
    """The dataset without these rows and those that hang on them; other references to them are emptied."""
    if not tables_and_keys:
        return dataset
    gone = defaultdict(set, {name: set(keys) for name, keys in tables_and_keys.items()})
    while _spread(dataset, gone):
        pass
    return Dataset({kind.table.name: _kept(dataset.rows(kind), gone) for kind in ROWS})


def _kept(rows: Sequence[Row], gone: Gone) -> list[Row]:
    return [_released(row, gone) for row in rows if key_text(row) not in gone[row.table.name]]


def _spread(dataset: Dataset, gone: defaultdict[str, set[str]]) -> bool:
    """Add the rows that hang on those gone; whether there were any."""
    found = [
        (row.table.name, key)
        for row in dataset
        if _hangs(row, gone) and (key := key_text(row)) not in gone[row.table.name]
    ]
    for name, key in found:
        gone[name].add(key)
    return bool(found)


def _hangs(row: Row, gone: Gone) -> bool:
    """Whether a row needs one that is gone."""
    if isinstance(row, Mention) and row.entity_id in gone[_ENTITIES[row.entity_type.value]]:
        return True
    required = {field.name for field in row.table.fields if field.required}
    references = (key for key in row.table.foreign_keys if key.field in required)
    return any(getattr(row, key.field) in gone[key.table] for key in references)


def _released(row: Row, gone: Gone) -> Row:
    """A row without references to what is gone."""
    lost = [key.field for key in row.table.foreign_keys if getattr(row, key.field) in gone[key.table]]
    return row.model_copy(update=dict.fromkeys(lost)) if lost else row
