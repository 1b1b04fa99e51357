"""What a column is: its words in two languages, its constraints, and the table it points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin


@dataclass(frozen=True)
class Column:
    """The definition of a column, written once and reused wherever its name appears."""

    zh: str
    en: str
    zh_text: str
    en_text: str
    references: str | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None


def column_of(annotation: Any, metadata: tuple[Any, ...] | list[Any] = ()) -> Column:
    """The Column inside a (possibly optional) annotated type; TypeError where there is none."""
    for item in (*metadata, annotation):
        if isinstance(item, Column):
            return item
    if get_origin(annotation) is Annotated:
        return column_of(get_args(annotation)[0], get_args(annotation)[1:])
    for argument in get_args(annotation):
        try:
            return column_of(argument)
        except TypeError:
            continue
    raise TypeError(f"no Column in {annotation!r}")


def plain_type(annotation: Any) -> Any:
    """The bare type of a column: ``Annotated[str, …] | None`` is ``str``, ``list[str]`` stays."""
    if get_origin(annotation) is Annotated:
        return plain_type(get_args(annotation)[0])
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if type(None) in get_args(annotation):
        return plain_type(arguments[0])
    return annotation
