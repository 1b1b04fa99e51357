"""A place as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Why a mention has no id: several units of the name, a name not in the gazetteer, nothing referred to.
Reason = Literal["ambiguous", "unknown", "no_antecedent"]


@dataclass(frozen=True)
class PlaceMention:
    """A place named or pointed to at ``text[start:end]``; without an id, ``reason`` says why."""

    start: int
    end: int
    place_id: str | None
    name: str
    deictic: bool = False
    reason: Reason | None = None
