"""Units and classifiers: how they are written, what they measure, what they convert to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind
from fangzhi.model.decimals import rounded
from fangzhi.model.tables import UnitRow

_ONLY_HERE = ("written", "not_before")
"""Columns of the lexicon that are not published."""
_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Unit:
    """A unit as written in a text and its entry in the table; per-units keep their head's kind."""

    written: str
    entry: UnitRow | None
    kind: Kind
    compound: bool = False

    @property
    def unit_id(self) -> str | None:
        """Key in the table of units; None for compounds, bare fractions and classifiers outside it."""
        return self.entry.unit_id if self.entry and self.written and not self.compound else None

    @property
    def code(self) -> str | None:
        """UCUM or ISO 4217 code."""
        return self.entry.unit_code if self.entry and not self.compound else None

    def standard(self, value: Decimal | None) -> Decimal | None:
        """A value in the standard unit, rounded as it is published; None where there is no factor."""
        entry = self.entry
        if value is None or entry is None or self.compound or not entry.factor_numerator:
            return None
        return rounded(
            _CONTEXT.divide(value * entry.factor_numerator, Decimal(entry.factor_denominator or 1))
        )


@cache
def unit_rows() -> tuple[UnitRow, ...]:
    """The published table of units."""
    return tuple(
        UnitRow.model_validate({k: v for k, v in row.items() if v and k not in _ONLY_HERE})
        for row in read_lexicon("units")
    )


@cache
def _by_written() -> dict[str, UnitRow]:
    found: dict[str, UnitRow] = {}
    for entry, row in zip(unit_rows(), read_lexicon("units"), strict=True):
        for written in (row["name"], *row["written"].split()):
            found.setdefault(written, entry)
    return found


@cache
def money_names() -> tuple[str, ...]:
    """Every way to write a unit of money."""
    return tuple(written for written, entry in _by_written().items() if entry.kind is Kind.MONEY)


@cache
def unit_pattern() -> str:
    """A regular expression for a unit as written, longest first, with an optional per-unit."""
    not_before = {
        written: row["not_before"]
        for row in read_lexicon("units")
        for written in (row["name"], *row["written"].split())
    }
    names = "|".join(
        re.escape(w) + (f"(?![{not_before[w]}])" if not_before[w] else "")
        for w in sorted(_by_written(), key=lambda w: (-len(w), w))
    )
    per = rf"/(?:10?[百千万]?|[百千万])?(?:{names}|(?:人|户|亩|天|月|年|日|次)(?:·(?:天|月|年|日|次))?)"
    return rf"(?:{names})(?:{per}|每(?:秒|小时)(?![都有可能]))?"


@cache
def is_unit(written: str) -> bool:
    """Whether a folded spelling is a unit of the table or made of such: 元, 元/人."""
    return re.fullmatch(unit_pattern(), written) is not None


def unit_of(written: str) -> Unit:
    """The unit that a folded spelling stands for."""
    exact = _by_written().get(written)
    if exact:
        return Unit(written, exact, exact.kind)
    head = re.split("[/每]", written, maxsplit=1)[0]
    entry = _by_written().get(head)
    return Unit(written, entry, entry.kind if entry else Kind.COUNT, compound=head != written)
