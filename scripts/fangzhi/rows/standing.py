"""Whether each figure was reached, is aimed at, prescribed or a capacity, read in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.model.codes import Kind, Status
from fangzhi.period.mention import PeriodMention, Role
from fangzhi.quantity.facts import Quantity
from fangzhi.quantity.standing import begins_anew, lays_down_rules, stands_alone, tells_effect
from fangzhi.text.text import Text

_STATEMENT = re.compile("[。；;！？!?\n]")
_RULED = frozenset({Kind.MONEY, Kind.DURATION, Kind.RATIO, Kind.RATE})
"""What one rule prescribes at a time: an amount, its term, its rate; whom it reached is counted."""
_GOVERNING = (Status.ACTUAL, Status.TARGET, Status.POLICY)


def statuses(
    text: Text, headline: Text, quantities: Sequence[Quantity], periods: Sequence[PeriodMention | None]
) -> list[Status]:
    """The status of each figure of a text, of the same length as ``quantities``.

    Its own words decide; else the statement it goes on with (预计产量84万吨，产值33亿元), a day still to
    come, or a document that lays down rules.
    """
    folded, rules = text.folded, lays_down_rules(headline.folded)
    found: list[Status] = []
    governing: Status | None = None
    end = 0
    for quantity, period in zip(quantities, periods, strict=True):
        between = folded[end : quantity.start]
        coming = period is not None and period.role is Role.TARGET
        governing = (
            None if period and coming and period.start >= end else _carried(governing, between, quantity)
        )
        default = Status.TARGET if coming else Status.POLICY if rules else Status.ACTUAL
        found.append(quantity.status or governing or default)
        if quantity.status in _GOVERNING and not stands_alone(between):
            governing = quantity.status
        end = quantity.end
    return found


def _carried(governing: Status | None, between: str, quantity: Quantity) -> Status | None:
    """The status of the statement that a figure goes on with; None where it says something new."""
    if _STATEMENT.search(between) or (governing is not Status.ACTUAL and begins_anew(between)):
        return None
    past_rule = quantity.kind not in _RULED or tells_effect(between)
    return None if governing is Status.POLICY and past_rule else governing
