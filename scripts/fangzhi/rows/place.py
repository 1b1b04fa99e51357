"""Where a figure belongs."""

from __future__ import annotations

from fangzhi.place.options import place_options as options_at
from fangzhi.quantity.facts import Quantity
from fangzhi.rank.weights import Option
from fangzhi.rows.reading import Reading


def place_options(reading: Reading, quantity: Quantity) -> list[Option[str]]:
    """The places that compete for a figure."""
    return options_at(quantity.start, reading.scene)
