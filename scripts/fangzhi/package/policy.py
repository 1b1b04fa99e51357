"""How much of the newspapers' text a package carries: all of it, short quotes, or none."""

from __future__ import annotations

from fangzhi.model.codes import Code
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row


class TextPolicy(Code):
    """The choice; its value is what stands in the descriptor."""

    FULL = "full", "载有文章全文", "with the full text of the articles"
    QUOTES = "quotes", "只载简短摘句，不载全文", "with short quotes, without the full text"
    NONE = "none", "不载原文文字", "without any text of the articles"


TEXTS = frozenset({"text", "source_lines"})
"""Columns that hold whole texts: of an article as repaired, of a page as found."""
KEPT_BACK = {
    TextPolicy.FULL: frozenset[str](),
    TextPolicy.QUOTES: TEXTS,
    TextPolicy.NONE: TEXTS | {"quote", "sentence"},
}
"""The columns that a choice leaves empty."""


def _without(row: Row, columns: frozenset[str]) -> Row:
    dropped = columns & type(row).model_fields.keys()
    return row.model_copy(update=dict.fromkeys(dropped)) if dropped else row


def redact(dataset: Dataset, policy: TextPolicy) -> Dataset:
    """The same rows with the columns emptied that the policy keeps back; keys and offsets stay."""
    columns = KEPT_BACK[policy]
    return Dataset({name: [_without(row, columns) for row in rows] for name, rows in dataset.tables.items()})
