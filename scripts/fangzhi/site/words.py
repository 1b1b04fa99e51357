"""The words of tables, columns and codes, for pages and metadata."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from fangzhi.database.ddl import is_code, is_json
from fangzhi.database.views import VIEWS, View
from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Code, RepairKind
from fangzhi.model.column import Column
from fangzhi.model.table import Field, Table
from fangzhi.model.tables import TABLES
from fangzhi.site.languages import Language


def words_of(name: str) -> Table | View | None:
    """The table or view of that name, which carries its title and description."""
    return TABLES.get(name) or VIEWS.get(name)


@cache
def _fields() -> dict[tuple[str, str], Field]:
    return {(table.name, field.name): field for table in TABLES.values() for field in table.fields}


@cache
def _fields_by_name() -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for (_, name), field in _fields().items():
        found[name] = (*found.get(name, ()), field)
    return found


def _candidates(table: str | None, column: str) -> tuple[Field, ...]:
    field = _fields().get((table or "", column))
    return (field,) if field else _fields_by_name().get(column, ())


def column_words(table: str | None, column: str) -> Column | None:
    """What a column of a table, a view or a query result is called."""
    views = (VIEWS[table],) if table in VIEWS else () if table else VIEWS.values()
    for view in views:
        if column in view.columns:
            return view.columns[column]
    fields = _candidates(table, column)
    return fields[0].column if fields else None


@cache
def code_of(table: str | None, column: str, value: str) -> Code | None:
    """The member of a code list that a value stands for; without a table, of any list so named."""
    for field in _candidates(table, column):
        if is_code(field) and value in field.type._value2member_map_:
            member: Code = field.type(value)
            return member
    return None


def repair_label(name: str, language: Language) -> str:
    """What a repair is called; its name where it has no words."""
    known = RepairKind._value2member_map_.get(name)
    return language.say(known.zh, known.en) if isinstance(known, RepairKind) else name


def holds_json(table: str | None, column: str) -> bool:
    """Whether the values of a column are JSON."""
    return any(is_json(field) for field in _candidates(table, column))


def is_number(table: str | None, column: str) -> bool:
    """Whether the values of a column are numbers to be set flush right."""
    fields = _candidates(table, column)
    return bool(fields) and all(field.type in (int, Decimal) for field in fields)


def unit_word(unit: str, language: Language) -> str:
    """What a unit, as written or as its code, is called; nothing for that of a bare ratio."""
    known = _unit_words()
    return "/".join(language.say(*known.get(part, (part, part))) for part in unit.split("/"))


@cache
def _unit_words() -> dict[str, tuple[str, str]]:
    rows = read_lexicon("units")
    words = {row["unit_id"]: (row["name"], row["name_en"]) for row in rows}
    named = ((row["unit_code"], (row["name"], row["name_en"])) for row in reversed(rows) if _is_standard(row))
    standard = dict(named)  # of several names the first listed
    return words | standard | {"1": ("", "")}


def _is_standard(row: dict[str, str]) -> bool:
    """Whether a unit is the one to which others of its kind are converted."""
    return bool(row["unit_code"]) and row["unit_code"] == row["standard_unit"]
