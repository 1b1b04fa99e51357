"""Whether figures can be added, compared or divided: units that measure the same."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from fangzhi.audit.printed import EXACTLY
from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind
from fangzhi.model.tables import Observation
from fangzhi.text.fold import fold

PERCENT = "%"
POINTS = ("个百分点", "百分点")
TIMES = "倍"


#: Few units and numerals are printed, and each is asked for often.
folded = lru_cache(maxsize=65536)(fold)


def unit(row: Observation) -> str:
    """The unit, folded, under its entry in the table of units where it has one."""
    return folded(row.unit_id or row.unit or "")


def is_proportion(row: Observation) -> bool:
    """A percentage, a number of points or of times."""
    return unit(row) in (PERCENT, "‰", TIMES, *POINTS) or row.kind in (Kind.RATIO, Kind.RATE)


@cache
def _groups() -> dict[str, str]:
    return {row["unit"]: row["group"] for row in read_lexicon("audit_alike")}


def alike(first: Observation, second: Observation) -> bool:
    """Whether two figures are in units that can be added: the same, of one dimension, or 名 and 人."""
    if not unit(first) or not unit(second):
        return False
    if first.standard_unit and first.standard_unit == second.standard_unit and not is_proportion(first):
        return True
    return one_kind(unit(first), unit(second))


def one_kind(first: str, second: str) -> bool:
    """Whether two units are the same, or two classifiers of one kind: 名 and 人."""
    return first == second or _groups().get(first, first) == _groups().get(second, second)


def in_unit_of(amount: Decimal, row: Observation, target: Observation) -> Decimal:
    """An amount in the unit of one figure, converted to that of another that is alike."""
    if unit(row) == unit(target) or not (row.standard_value and target.standard_value and alike(row, target)):
        return amount
    own = EXACTLY.divide(row.standard_value, row.value)
    other = EXACTLY.divide(target.standard_value, target.value)
    return EXACTLY.divide(EXACTLY.multiply(amount, own), other)
