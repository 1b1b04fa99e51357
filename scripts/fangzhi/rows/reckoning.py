"""What an analyst asks of a figure beside its value: which statistic, per what, against what, when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from fangzhi.measure.indicators import indicator_of
from fangzhi.measure.reckoning import comparable, per_of, statistic_of
from fangzhi.model.codes import Kind, PeriodFrom, Statistic
from fangzhi.period.mention import PeriodMention, Role
from fangzhi.quantity.facts import Quantity
from fangzhi.quantity.units import unit_of
from fangzhi.rows.reading import Reading
from fangzhi.text.fold import fold, simplify

_BREAKS = "，,。；;！？!?\n"
_AHEAD = 12
_BRACKETS = re.compile(r"\([^()]*\)")
_COUNTED = re.compile("(?:人数|例数|户数|次数|数量?)$")
_END = re.compile(rf"[{_BREAKS}（）()、]")
_AGAINST = (Statistic.CHANGE, Statistic.RATE_OF_CHANGE, Statistic.RATIO)
_PURE = (Kind.RATIO, Kind.RATE, Kind.AGE)
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(
    r"(?P<same>同比|环比)|(?:[比较](?![例重])|[与和同](?=[^，,。；;、:：\d]{1,16}?相?比))(?P<base>[^，,。；;、:：\d比较]{1,16}?)"
    r"(?:相比|比较|(?=[增减提下上降升回扩缩翻多少高低快慢]))|(?:相当于|[是为])(?P<whole>(?!的)[^，,。；;、:：\d]{1,16})的$"
)
"""What follows 比 or 较 up to the verb, what is multiplied (是…的3倍), or the customary 同比 and 环比."""


class Reckoned(TypedDict):
    """The columns of an observation that this module fills."""

    measure_simplified: str | None
    period_basis: PeriodFrom | None
    statistic: Statistic
    per: str | None
    per_value: object
    per_unit: str | None
    compared_with: str | None
    compared_start: date | None
    compared_end: date | None


def reckoned(reading: Reading, quantity: Quantity, measure: str, period: PeriodMention | None) -> Reckoned:
    """The statistic, the denominator, the base and the basis of the period of a figure."""
    folded, clause = fold(measure), _clause(reading, quantity)
    own = _DIGIT.split(clause)[-1]
    unit, kind = quantity.unit.written, quantity.kind
    statistic = statistic_of(folded, own, unit, kind)
    behind = reading.prose.folded[quantity.end : quantity.end + _AHEAD]
    per = per_of(folded, clause if kind is Kind.MONEY else own, unit, behind) if kind not in _PURE else None
    value, name = comparable(quantity.value, quantity.unit, per) if per else (None, None)
    base = _base(reading, quantity, period) if statistic in _AGAINST else (None, None, None)
    simplified = simplify(measure)
    return {
        "measure_simplified": simplified if simplified != measure else None,
        "period_basis": _period_from(reading, quantity, period),
        "statistic": statistic,
        "per": per.name if per else None,
        "per_value": value,
        "per_unit": name,
        "compared_with": base[0],
        "compared_start": base[1],
        "compared_end": base[2],
    }


def linked(reading: Reading, quantity: Quantity, measure: str, told: Reckoned) -> str | None:
    """The indicator that a figure is of, by its measure or the words of its clause around it."""
    if _bracketed(reading, quantity, fold(measure)):
        return None
    things = [
        part for part in (told["per"] or "").split("·") if part and unit_of(part).kind is not Kind.DURATION
    ]
    ahead = _END.split(reading.prose.folded[quantity.end : quantity.end + 2 * _AHEAD], maxsplit=1)[0]
    return indicator_of(
        measure,
        quantity.unit.written,
        quantity.kind,
        told["statistic"],
        _DIGIT.split(_clause(reading, quantity))[-1],
        ahead,
        per_thing=bool(things),
    )


def _bracketed(reading: Reading, quantity: Quantity, measure: str) -> bool:
    """Whether the last words of a measure stand only in brackets that are closed before the figure.

    What a bracket says is said of what stands before it: 甲市12例（治愈3例）乙市5例.
    """
    start = reading.sentence_span(quantity.start)[0]
    before = reading.prose.folded[start : quantity.start]
    head = _COUNTED.sub("", measure)[-2:]
    return ")" in before and head in before and head not in _BRACKETS.sub("", before)


def _clause(reading: Reading, quantity: Quantity) -> str:
    """The folded words of its clause before a figure."""
    start = reading.sentence_span(quantity.start)[0]
    text = reading.prose.folded[start : quantity.start]
    return text[max(text.rfind(mark) for mark in _BREAKS) + 1 :]


def _period_from(reading: Reading, quantity: Quantity, period: PeriodMention | None) -> PeriodFrom | None:
    if period is None:
        return None
    if period.role is Role.STANDING or not period.text:
        return PeriodFrom.PAGE
    start, end = reading.sentence_span(quantity.start)
    return PeriodFrom.STATED if start <= period.start < end else PeriodFrom.CARRIED


def _base(
    reading: Reading, quantity: Quantity, period: PeriodMention | None
) -> tuple[str | None, date | None, date | None]:
    """What a change or a multiple is reckoned against: words, and the days that it covers if a time."""
    start = reading.sentence_span(quantity.start)[0]
    if mention := _base_period(reading.periods, start, quantity.start):
        return mention.text, mention.date_start, mention.date_end
    found = list(_WORDS.finditer(reading.prose.folded, max(start, quantity.start - 40), quantity.start))
    if not found:
        return None, None, None
    name = found[-1].lastgroup or ""
    words = reading.text[found[-1].start(name) : found[-1].end(name)]
    if words == "同比" and period and period.text and period.date_start and period.date_end:
        return words, _year_before(period.date_start), _year_before(period.date_end)
    return words, None, None


def _base_period(periods: Sequence[PeriodMention], start: int, end: int) -> PeriodMention | None:
    """The last time before a figure in its sentence that something is compared with."""
    return next((p for p in reversed(periods) if p.role is Role.BASE and start <= p.start < end), None)


def _year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
