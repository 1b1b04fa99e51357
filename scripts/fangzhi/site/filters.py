"""The filters of a table's page: a mistyped one is an error, not an answer to another question."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from datasette.filters import Filters
from datasette.utils.asgi import BadRequest

from fangzhi.site.languages import Language


def check_filters(arguments: Iterable[str], table: str, columns: Collection[str], language: Language) -> None:
    """BadRequest for ``column=`` or ``column__operator=`` where a table has no such column or Datasette no
    such operator. Arguments that begin with ``_`` are Datasette's own.
    """
    for argument in arguments:
        if argument.startswith("_"):
            continue
        column, _, operator = argument.rpartition("__") if "__" in argument else (argument, "", "exact")
        if column not in (*columns, "rowid"):
            raise BadRequest(
                language.say(f"{table} 没有 {column} 这一列。", f"There is no column {column} in {table}.")
            )
        if operator not in Filters._filters_by_key:
            raise BadRequest(language.say(f"没有 {operator} 这种筛选。", f"There is no filter {operator}."))
