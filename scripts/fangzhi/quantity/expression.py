"""A numeral as it stands in a text, with its unit where one follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.quantity.numerals import DIGITS, SCALES, TENS, Number
from fangzhi.quantity.units import Unit, unit_pattern

CHINESE = "".join(DIGITS) + "".join(SCALES) + "".join(TENS)
"""Every character of a Chinese numeral."""
ONE_DIGIT = "一二两三四五六七八九"


@dataclass(frozen=True)
class Expression:
    """A numeral as it stands in a text, with its unit where one follows; offsets into the text."""

    start: int
    end: int
    number: Number
    unit: Unit | None
    chinese: bool
    measure: str = ""
    """What it measures, where its own words say it."""

    def after(self, offset: int) -> Expression:
        """The expression where it stands in the text of which its own is a part."""
        return Expression(
            self.start + offset, self.end + offset, self.number, self.unit, self.chinese, self.measure
        )

    @property
    def has_scale(self) -> bool:
        """Whether the numeral counts in thousands or more."""
        return self.number.value >= 1000


@cache
def unit_at() -> re.Pattern[str]:
    """A unit behind a numeral, as the group ``unit``."""
    return re.compile(rf" ?(?P<unit>{unit_pattern()})(?!(?<=[a-z])[a-z])")
