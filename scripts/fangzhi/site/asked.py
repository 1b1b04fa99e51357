"""What a query asks for: words, and an amount where a part of it is a number in any writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from fangzhi.database.search import MAX_QUERY, tokens
from fangzhi.quantity.expression import Expression
from fangzhi.quantity.numerals import DIGITS
from fangzhi.quantity.scan import scan
from fangzhi.quantity.units import Unit
from fangzhi.text.fold import fold

_DIGITS = "0123456789" + "".join(DIGITS)
_COUNTED = re.compile(rf"[0-9]|[{_DIGITS}十半].|.[{_DIGITS}十半]")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_ROW_OF_DIGITS = re.compile(r"\d{19}")  # a card or serial number, which counts nothing
_FEWEST_DIGITS = 2


@dataclass(frozen=True)
class Amount:
    """A number asked for, exact, with the upper end of a range and the unit where they are given.

    ``margin`` is half of what its last digit stands for: 500 for 11.9万.
    """

    value: Decimal
    maximum: Decimal | None
    margin: Decimal
    unit: Unit | None

    @property
    def low(self) -> Decimal:
        """The least value that would be written like this."""
        return self.value - self.margin

    @property
    def high(self) -> Decimal:
        """The greatest value that would be written like this."""
        return (self.maximum or self.value) + self.margin

    def rounded(self) -> tuple[Decimal, ...]:
        """What a paper may print for it: 119100, 119000 and 120000 for 119072."""
        digits = len(self.value.normalize().as_tuple().digits)
        contexts = (Context(prec=n, rounding=ROUND_HALF_UP) for n in range(_FEWEST_DIGITS, digits))
        return tuple({context.plus(self.value): None for context in contexts})


@dataclass(frozen=True)
class Asked:
    """A query as read: as typed, its terms that are words, and the amount."""

    text: str
    words: str
    amount: Amount | None


@lru_cache(maxsize=256)
def read_query(text: str) -> Asked:
    """A query read; the first of its terms that is a number, or the whole of it, is the amount."""
    text = " ".join(text[:MAX_QUERY].replace("\0", " ").split())
    if whole := read_amount(text.replace(" ", "") if _SPACED.fullmatch(text) else text):
        return Asked(text, "", whole)
    terms = [term for term in text.split() if tokens(term)]
    amounts = ((position, amount) for position, term in enumerate(terms) if (amount := read_amount(term)))
    position, amount = next(amounts, (len(terms), None))
    return Asked(text, " ".join((*terms[:position], *terms[position + 1 :])), amount)


def read_amount(text: str) -> Amount | None:
    """The amount that a text is from end to end; None where it is anything else."""
    found = _expression(text)
    if found is None:
        return None
    number = found.number
    return Amount(number.value, number.maximum, _margin(text, found) / 2, found.unit)


def _expression(text: str) -> Expression | None:
    folded = fold(text).strip()
    if not _COUNTED.search(folded) or _ROW_OF_DIGITS.search(folded):
        return None
    found = next(scan(folded), None)
    return found if found and (found.start, found.end) == (0, len(folded)) else None


def _margin(text: str, found: Expression) -> Decimal:
    """What the last digit of a numeral stands for: the step to the same numeral with another in its place."""
    for other in _with_another_digit(fold(text).strip(), found.unit):
        near = _expression(other)
        if near and (step := abs(near.number.value - found.number.value)):
            return step
    return Decimal(0)


def _with_another_digit(text: str, unit: Unit | None) -> Iterator[str]:
    numeral = text.removesuffix(unit.written) if unit else text
    for at in range(len(numeral) - 1, -1, -1):
        if (digit := numeral[at]) in _DIGITS:
            row = _ARABIC if digit.isascii() else _CHINESE
            value = int(digit) if digit.isascii() else DIGITS[digit]
            yield numeral[:at] + row[value - 1 if value > 1 else value + 1] + text[at + 1 :]
            return


_ARABIC, _CHINESE = "0123456789", "零一二三四五六七八九"
