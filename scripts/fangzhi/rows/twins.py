"""Names in simplified characters beside those of traditional pages, so that one search finds both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fangzhi.model.table import Row
from fangzhi.text.fold import simplify


def with_twins(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; a name printed in traditional characters has its simplified twin."""
    for row in rows:
        name = getattr(row, "name", None) if "name_simplified" in type(row).model_fields else None
        twin = simplify(name) if name else None
        yield row.model_copy(update={"name_simplified": twin}) if twin != name else row
