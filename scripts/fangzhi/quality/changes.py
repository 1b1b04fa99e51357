"""What changed between two builds, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row, Table
from fangzhi.model.tables import TABLES
from fangzhi.quality.report import Changes, Keys, TableChange

LISTED = 100  # keys that are named


def changes(now: Dataset, last: Mapping[str, Sequence[Row]]) -> Changes:
    """Tables with rows added, changed or gone; ``last`` holds the tables that could be read again."""
    found = (_table(table, now.tables[name], last[name]) for name, table in TABLES.items() if name in last)
    return Changes(
        tables=tuple(change for change in found if change),
        not_compared=tuple(name for name in TABLES if name not in last),
    )


def _table(table: Table, now: Iterable[Row], last: Iterable[Row]) -> TableChange | None:
    new = {table.sort_key(row): row for row in now}
    old = {table.sort_key(row): row for row in last}
    changed = {key for key in new.keys() & old.keys() if new[key] != old[key]}
    change = TableChange(
        table=table.name,
        added=_keys(new.keys() - old.keys()),
        changed=_keys(changed),
        gone=_keys(old.keys() - new.keys()),
        columns=_columns(table, ((old[key], new[key]) for key in changed)),
    )
    return change if change.added.count or change.changed.count or change.gone.count else None


def _columns(table: Table, pairs: Iterable[tuple[Row, Row]]) -> dict[str, int]:
    """How many rows differ in each column, in the order of the columns."""
    differ = Counter(
        field.name
        for old, new in pairs
        for field in table.fields
        if getattr(old, field.name) != getattr(new, field.name)
    )
    return {field.name: differ[field.name] for field in table.fields if differ[field.name]}


def _keys(keys: set[tuple[object, ...]]) -> Keys:
    texts = sorted("/".join(map(str, key)) for key in keys)
    return Keys(count=len(texts), keys=tuple(texts[:LISTED]))
