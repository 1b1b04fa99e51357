"""Whether each figure was reached, is aimed at, prescribed or a capacity, read in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.model.codes import Kind, Status
from fangzhi.period.mention import PeriodMention, Role
from fangzhi.quantity.facts import Quantity
from fangzhi.quantity.standing import (
    begins_anew,
    begins_work,
    ends_work,
    lays_down_rules,
    stands_alone,
    sums_up_project,
    tells_aim,
    tells_effect,
)  # fmt: skip
from fangzhi.text.text import Text

_STATEMENT = re.compile("[。；;！？!?\n]")
_RULED = frozenset({Kind.MONEY, Kind.DURATION, Kind.RATIO, Kind.RATE})
"""What one rule prescribes at a time: an amount, its term, its rate; whom it reached is counted."""
_GOVERNING = (Status.ACTUAL, Status.TARGET, Status.POLICY)


_CLAUSE = re.compile(r"[,。;!?:\n]")
_PARALLEL = re.compile(r"[、和及或至到-][^,。;:、]{0,10}")
"""Between two figures of one list: 本科生8000元、研究生12000元的上限."""
_PROJECT_REACH = 3
"""How many sentences on, within its paragraph, the totals of a project that has begun are told."""


def statuses(
    text: Text, headline: Text, quantities: Sequence[Quantity], periods: Sequence[PeriodMention | None]
) -> list[Status]:
    """The status of each figure of a text, of the same length as ``quantities``.

    Its own words decide; else the statement it goes on with (预计产量84万吨，产值33亿元), a day still to
    come, a project that has only begun, or a document that lays down rules.
    """
    folded, rules = text.folded, lays_down_rules(headline.folded)
    stated = _shared_in_lists(folded, quantities)
    works = _Works(folded)
    found: list[Status] = []
    governing: Status | None = None
    end = 0
    for quantity, own, period in zip(quantities, stated, periods, strict=True):
        between = folded[end : quantity.start]
        coming = period is not None and period.role is Role.TARGET
        governing = (
            None if period and coming and period.start >= end else _carried(governing, between, quantity)
        )
        default = _by_rule(folded, quantity) if rules else Status.ACTUAL
        unfinished = own is None and governing is None and works.unfinished(quantity.start, end)
        found.append(own or governing or (Status.TARGET if coming or unfinished else default))
        if own in _GOVERNING and not stands_alone(between):
            governing = own
        end = quantity.end
    return found


def _shared_in_lists(folded: str, quantities: Sequence[Quantity]) -> list[Status | None]:
    """The stated status of each figure; in a list whose last item has one, that of the items before it."""
    stated = [quantity.status for quantity in quantities]
    for i in range(len(quantities) - 2, -1, -1):
        one, later = quantities[i], quantities[i + 1]
        alike = stated[i] is None and stated[i + 1] is Status.POLICY and one.kind is later.kind
        if alike and _PARALLEL.fullmatch(folded, one.end, later.start):
            stated[i] = stated[i + 1]
    return stated


def _by_rule(folded: str, quantity: Quantity) -> Status:
    """In a document that lays down rules: what is prescribed, or whom it will reach and what it will cost."""
    before = _CLAUSE.split(folded[max(0, quantity.start - 40) : quantity.start])[-1]
    behind = _CLAUSE.split(folded[quantity.end : quantity.end + 16])[0]
    return Status.TARGET if tells_aim(before) or tells_aim(behind) else Status.POLICY


class _Works:
    """Whether the project that a paragraph tells of has only begun, sentence by sentence."""

    def __init__(self, folded: str) -> None:
        self._text, self._begun, self._at = folded, 0, 0

    def unfinished(self, position: int, last: int) -> bool:
        """Whether a figure is a total (总投资, 占地) of a project that this or a sentence just before says
        to be signed or begun; positions are asked for in order, ``last`` is the end of the figure before."""
        while (end := self._sentence_end()) <= position and end > self._at:
            self._pass(end)
        self._turn(self._text[self._at : position], fresh=True)
        before = _CLAUSE.split(self._text[max(last, position - 30) : position])[-1]
        return self._begun > 0 and sums_up_project(before)

    def _sentence_end(self) -> int:
        stop = _STATEMENT.search(self._text, self._at)
        return stop.end() if stop else len(self._text)

    def _pass(self, end: int) -> None:
        self._turn(self._text[self._at : end], fresh=False)
        self._begun = 0 if self._text[end - 1] == "\n" else max(0, self._begun - 1)
        self._at = end

    def _turn(self, sentence: str, *, fresh: bool) -> None:
        if begins_work(sentence):
            self._begun = _PROJECT_REACH + 1
        elif not fresh and ends_work(sentence):
            self._begun = 0


def _carried(governing: Status | None, between: str, quantity: Quantity) -> Status | None:
    """The status of the statement that a figure goes on with; None where it says something new."""
    if _STATEMENT.search(between) or (governing is not Status.ACTUAL and begins_anew(between)):
        return None
    past_rule = quantity.kind not in _RULED or tells_effect(between)
    return None if governing is Status.POLICY and past_rule else governing
