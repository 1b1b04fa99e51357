"""The corrections of one row: applied together, each only where the row still reads as its author saw it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from fangzhi.correct.entry import BadValueError, Entry
from fangzhi.correct.messages import Words, say
from fangzhi.correct.rules import witness
from fangzhi.correct.values import read_number, typed
from fangzhi.model.cells import to_cell
from fangzhi.model.codes import CorrectionState, Kind
from fangzhi.model.table import Row
from fangzhi.model.tables import TABLES, Observation
from fangzhi.quantity.units import Unit, is_unit, unit_of, unit_rows
from fangzhi.text.fold import fold

METHOD = "corrected"
_OF_PAGE = re.compile(r"[0-9a-f]{12}(?=-)")
"""A key that begins with the id of its page."""
#: Kinds of figures that are stated in units of another kind.
_KINDS_OF: dict[Kind, tuple[Kind, ...]] = {
    Kind.RATE: tuple(Kind),
    Kind.OTHER: tuple(Kind),
    Kind.AGE: (Kind.AGE, Kind.DURATION),
    Kind.DURATION: (Kind.DURATION, Kind.AGE),
}
_PAIRS = (("value", "value_max"), ("period_start", "period_end"), ("date_start", "date_end"))


@dataclass(frozen=True)
class Outcome:
    """What came of one entry: what the row said before, and why the entry was not applied."""

    entry: Entry
    state: CorrectionState
    old: str | None = None
    why: Words | None = None


def correct_row(
    row: Row | None, entries: Sequence[Entry], pages: Collection[str]
) -> tuple[Row | None, list[Outcome]]:
    """The row as corrected, None where it is withdrawn or was never there, and what came of each entry.

    ``pages`` are the ids of the sources there are.
    """
    if row is None:
        return None, [Outcome(entry, CorrectionState.STALE, why=_gone(entry, pages)) for entry in entries]
    after, outcomes = row, []
    for entry in entries:
        outcomes.append(outcome := _try(after, entry))
        if outcome.state is CorrectionState.APPLIED:
            if entry.field is None:
                return None, outcomes
            after = after.model_copy(update={entry.field: _value(entry)})
    if after == row:
        return row, outcomes
    if why := _disorder(after) or _misfit(after, {entry.field for entry in entries}):
        return row, [_rejected(outcome, why) for outcome in outcomes]
    return _finished(after, {entry.field for entry in entries}), outcomes


def _gone(entry: Entry, pages: Collection[str]) -> Words:
    """Why there is no such row: its page is not there, or is read otherwise."""
    page = _OF_PAGE.match(entry.key)
    return say("page-gone" if page and page[0] not in pages else "gone")


def _rejected(outcome: Outcome, why: Words) -> Outcome:
    applied = outcome.state is CorrectionState.APPLIED
    return replace(outcome, state=CorrectionState.REJECTED, why=why) if applied else outcome


def _try(row: Row, entry: Entry) -> Outcome:
    """Whether the row still reads as the entry expects."""
    value = getattr(row, entry.field or witness(entry.table))
    reading = to_cell(value)
    if _reads(value, entry.expected):
        return Outcome(entry, CorrectionState.APPLIED, reading if entry.field else None)
    return Outcome(entry, CorrectionState.STALE, reading, _stale(entry, value))


def _reads(value: object, cell: str) -> bool:
    """Whether a value reads as a cell: 100.0 as 100, and spaces around a text do not count."""
    return value == _number(cell) if isinstance(value, Decimal) else to_cell(value).strip() == cell


def _number(cell: str) -> Decimal | None:
    try:
        return read_number(cell)
    except BadValueError:
        return None


def _stale(entry: Entry, value: object) -> Words:
    if entry.field is None:
        return say("other-row")
    return say("already" if _reads(value, entry.value) else "changed")


def _value(entry: Entry) -> Any:
    field = next(field for field in TABLES[entry.table].fields if field.name == entry.field)
    return typed(entry.value, field)


def _disorder(row: Row) -> Words | None:
    """Why the columns of a row do not fit each other."""
    for first, last in _PAIRS:
        low, high = getattr(row, first, None), getattr(row, last, None)
        if low is not None and high is not None and low > high:
            return say("order", first=f"{first} {to_cell(low)}", last=f"{last} {to_cell(high)}")
    return None


def _misfit(row: Row, fields: set[str | None]) -> Words | None:
    """Why a unit cannot be that of a figure, where unit or kind are corrected.

    A unit is one of the table, of two such (元/人), or a word that counts in the figure's own characters.
    """
    if not isinstance(row, Observation) or not row.unit or not fields & {"unit", "kind"}:
        return None
    unit = unit_of(fold(row.unit))
    if not is_unit(fold(row.unit)) and fold(row.unit) not in fold(row.quote or ""):
        return say("no-unit", unit=row.unit)
    if unit.kind in _KINDS_OF.get(row.kind, (row.kind,)):
        return None
    return say(
        "kind-of-unit", unit=row.unit, said=row.kind, zh=unit.kind.zh, wanted=unit.kind, en=unit.kind.en
    )


def _finished(row: Row, fields: set[str | None]) -> Row:
    """A corrected row with what follows from its columns worked out anew."""
    if not isinstance(row, Observation):
        return row
    return row.model_copy(update={"method": METHOD, **_conversion(row, "unit" in fields)})


def _conversion(row: Observation, new_unit: bool) -> dict[str, Any]:
    """The columns that follow from value and unit."""
    unit = unit_of(fold(row.unit or "")) if new_unit else _own_unit(row)
    standard = unit.standard(row.value)
    return {
        "unit_id": unit.unit_id,
        "unit_code": unit.code,
        "standard_value": standard,
        "standard_value_max": unit.standard(row.value_max),
        "standard_unit": unit.entry.standard_unit if unit.entry and standard is not None else None,
    }


def _own_unit(row: Observation) -> Unit:
    """The unit that a row was read with, where its spelling alone does not settle it."""
    entry = next((entry for entry in unit_rows() if entry.unit_id == row.unit_id), None)
    return Unit(row.unit or "", entry, row.kind)
