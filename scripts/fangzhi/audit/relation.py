"""A relation that a text states between figures: what it computes, and how it is written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import reduce
from typing import Protocol

from fangzhi.audit.printed import EXACTLY, shown
from fangzhi.audit.units import PERCENT, alike, in_unit_of, unit
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation


class Operation(Protocol):
    """What is done with the inputs, in their order."""

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        """The result. DivisionByZero or InvalidOperation where there is none."""

    def written(self, inputs: Sequence[str]) -> str:
        """The left side of the formula."""


@dataclass(frozen=True)
class Sum:
    """a + b + …"""

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        return sum(amounts, Decimal(0))

    def written(self, inputs: Sequence[str]) -> str:
        return " + ".join(inputs)


@dataclass(frozen=True)
class Product:
    """a × b × …"""

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        return reduce(EXACTLY.multiply, amounts)

    def written(self, inputs: Sequence[str]) -> str:
        return " × ".join(inputs)


@dataclass(frozen=True)
class Quotient:
    """a ÷ b, or (a + b + …) ÷ z; in per cent where ``factor`` is 100."""

    factor: int

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        return EXACTLY.divide(sum(amounts[:-1]) * self.factor, amounts[-1])

    def written(self, inputs: Sequence[str]) -> str:
        top = " + ".join(inputs[:-1])
        return f"{top if len(inputs) == 2 else f'({top})'} ÷ {inputs[-1]}"


@dataclass(frozen=True)
class Change:
    """How much the first amount lies above (``falling``: below) the second, by the second; a year's mean."""

    factor: int
    falling: bool = False
    years: int = 1

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        ratio = EXACTLY.divide(amounts[0], amounts[1])
        if self.years > 1:
            ratio = EXACTLY.power(ratio, EXACTLY.divide(Decimal(1), Decimal(self.years)))
        return (1 - ratio if self.falling else ratio - 1) * self.factor

    def written(self, inputs: Sequence[str]) -> str:
        ratio = f"{inputs[0]} ÷ {inputs[1]}"
        if self.years > 1:
            ratio = f"({ratio})^(1/{self.years})"
        return f"1 − {ratio}" if self.falling else f"{ratio} − 1"


@dataclass(frozen=True)
class Gap:
    """a − b; a year's mean."""

    years: int = 1

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        return EXACTLY.divide(amounts[0] - amounts[1], Decimal(self.years))

    def written(self, inputs: Sequence[str]) -> str:
        gap = f"{inputs[0]} − {inputs[1]}"
        return f"({gap}) ÷ {self.years}" if self.years > 1 else gap


@dataclass(frozen=True)
class Balance:
    """a + b − c − d: the first ``gains`` amounts less the others."""

    gains: int

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        return sum(amounts[: self.gains], Decimal(0)) - sum(amounts[self.gains :], Decimal(0))

    def written(self, inputs: Sequence[str]) -> str:
        return " − ".join([" + ".join(inputs[: self.gains]), *inputs[self.gains :]])


@dataclass(frozen=True)
class Gain:
    """What the second amount, a rise (``falling``: a fall) up to the first, is of the amount before it."""

    factor: int
    falling: bool = False

    def value(self, amounts: Sequence[Decimal]) -> Decimal:
        last, gap = amounts
        return EXACTLY.divide(gap * self.factor, last + gap if self.falling else last - gap)

    def written(self, inputs: Sequence[str]) -> str:
        return f"{inputs[1]} ÷ ({inputs[0]} {'+' if self.falling else '−'} {inputs[1]})"


class Ground(Enum):
    """How far words bear a relation."""

    STATED = "the words alone say so: it may be found broken"
    ALLOWED = "the words allow it: the arithmetic has to bear it out, within what rounding leaves open"
    FITTING = "the figures stand near each other: the result has to round to the printed digits"


def ground(*, stated: bool) -> Ground:
    """The ground of a relation that words state, or allow."""
    return Ground.STATED if stated else Ground.ALLOWED


@dataclass(frozen=True)
class Relation:
    """Inputs, what is done with them, and the figure that should come of it, on the ground of some words."""

    kind: CheckKind
    inputs: tuple[Observation, ...]
    reported: Observation
    operation: Operation
    ground: Ground

    def amounts(self) -> list[Decimal]:
        """The inputs in one unit: that of the reported figure where they are alike with it."""
        target = self.reported if alike(self.inputs[0], self.reported) else self.inputs[0]
        return [in_unit_of(row.value, row, target) for row in self.inputs]

    def formula(self, expected: Decimal) -> str:
        """The relation written out with units: ``30906 张 + 442 张 = 31348 张``."""
        inputs = [shown(row.value, row) for row in self.inputs]
        return f"{self.operation.written(inputs)} = {shown(expected, self.reported)}"


def factor_of(row: Observation) -> int:
    """100 for a percentage, 1 for times."""
    return 100 if unit(row) == PERCENT else 1
