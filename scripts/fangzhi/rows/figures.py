"""Observations: each figure with its measure, unit, place and period."""

from __future__ import annotations

import re
from decimal import Decimal

from fangzhi.measure.around import Beside, Figure
from fangzhi.measure.phrase import measures
from fangzhi.model.codes import Basis, Kind, Status
from fangzhi.model.tables import Observation, Period
from fangzhi.period.govern import figure_period
from fangzhi.period.mention import PeriodMention, Role
from fangzhi.place.assign import place_at
from fangzhi.place.mention import PlaceMention
from fangzhi.quantity.facts import Quantity
from fangzhi.rows.reading import Reading
from fangzhi.rows.reckoning import linked, reckoned
from fangzhi.rows.standing import statuses
from fangzhi.rows.subject import Subject, subject_of
from fangzhi.text.fold import fold

_SURE = Decimal("0.95")
_INFERRED = Decimal("0.85")
_COMPARED = re.compile(
    r"(?:比|较|同比|环比)[^，,。；;、]{0,20}?(?P<verb>增加|减少|增长|提高|下降|上升|上涨|下跌|缩短|延长|增产|减产|回落|多|少)了?[约近]?$"
)

#: What stands before a distance, and between it and the place that lies so far off.
_DISTANCE = re.compile(r"(?:[距离離][^，,。；;\n]{1,20}|[东西南北東][部面侧側]?)约?$")
_THERE = re.compile("(?:处|處|外|远|遠)?的?")


def observations(reading: Reading) -> list[Observation]:
    """The figures of an article as rows."""
    figures = [Figure(q.start, q.end, q.kind, q.unit.written) for q in reading.quantities]
    dates = [(m.start, m.end) for m in reading.periods]
    places = [(m.start, m.end) for m in reading.places]
    bodies = [(m.start, m.end) for m in reading.organizations]
    named = measures(reading.prose, figures, Beside(dates, places, bodies))
    named = [q.measure or measured for q, measured in zip(reading.quantities, named, strict=True)]
    spans = [
        next((m for m in reading.periods if _in_heads(q, m.start)), None)
        or figure_period(
            q.start, reading.text, reading.periods, reading.anchor, reading.topics, reading.report
        )
        for q in reading.quantities
    ]
    standing = statuses(reading.prose, reading.heading, reading.quantities, spans)
    return [
        _observation(reading, *row) for row in zip(reading.quantities, named, spans, standing, strict=True)
    ]


def _in_heads(quantity: Quantity, offset: int) -> bool:
    """Whether an offset stands in the heads of a figure's row and column."""
    return any(start <= offset < end for start, end in quantity.heads)


def _observation(
    reading: Reading, quantity: Quantity, measured: str, period: PeriodMention | None, status: Status
) -> Observation:
    measure = reading.without_private_names(measured, quantity.start)
    place_id = _place(reading, quantity)
    quote = reading.text[quantity.start : quantity.end]
    unit = quantity.unit
    change, personal = _change(reading, quantity), reading.is_personal(quantity.start)
    if change and fold(change) not in fold(measure):
        measure += change
    told = reckoned(reading, quantity, measure, period)
    subject = Subject() if personal else subject_of(reading, quantity.start, place_id)
    return Observation(
        observation_id=reading.key("o", quantity.start),
        article_id=reading.article_id,
        measure=measure or quote,
        indicator_id=None if personal else linked(reading, quantity, measure, told),
        subject=subject.name,
        subject_place_id=subject.place_id,
        subject_organization_id=subject.organization_id,
        place_id=place_id,
        period_start=period.date_start if period else None,
        period_end=period.date_end if period else None,
        period_text=(period.text or None) if period else None,
        kind=quantity.kind,
        qualifier=quantity.qualifier,
        status=status,
        value=quantity.value,
        value_max=quantity.maximum,
        unit=_as_printed(quote, unit.written) or None,
        unit_id=unit.unit_id,
        unit_code=unit.code,
        standard_value=unit.standard(quantity.value),
        standard_value_max=unit.standard(quantity.maximum),
        standard_unit=unit.entry.standard_unit
        if unit.entry and not unit.compound and unit.entry.factor_numerator
        else None,
        quote=quote,
        sentence=reading.sentence(quantity.start),
        method=quantity.method,
        confidence=_SURE if period and period.basis is Basis.EXPLICIT else _INFERRED,
        **told,
        **reading.span(quantity.start, quantity.end),
    )


def _change(reading: Reading, quantity: Quantity) -> str:
    """The verb of a change that is stated as an amount (比上年增加0.4万亩): no level of an indicator."""
    if quantity.kind is Kind.RATE:
        return ""
    start = max(0, quantity.start - 30)
    match = _COMPARED.search(fold(reading.text[start : quantity.start]))
    return reading.text[start + match.start("verb") : start + match.end("verb")] if match else ""


def _place(reading: Reading, quantity: Quantity) -> str | None:
    """The place of a figure: its bearer's, its share's in a list, else the one that governs it."""
    if head := next((p for p in reading.places if _in_heads(quantity, p.start)), None):
        return head.place_id or reading.place_id
    if bearer := _bearer(reading, quantity):
        return bearer.place_id or reading.place_id
    if quantity.start in reading.shared_out:
        return reading.shared_out[quantity.start]
    return place_at(quantity.start, reading.scene)


def _bearer(reading: Reading, quantity: Quantity) -> PlaceMention | None:
    """The place behind an age that its bearer is from (49岁的…是…人), or behind a distance that says where
    it is (距县城18公里的某镇)."""
    end = reading.sentence_span(quantity.start)[1]
    behind = [p for p in reading.places if quantity.end <= p.start and p.end < end]
    if quantity.kind is Kind.AGE:
        return next((p for p in behind if reading.text[p.end] == "人"), None)
    if quantity.kind is Kind.LENGTH and _DISTANCE.search(reading.text[: quantity.start][-30:]):
        return next((p for p in behind if _THERE.fullmatch(reading.text, quantity.end, p.start)), None)
    return None


def _as_printed(quote: str, folded_unit: str) -> str:
    """The unit in the characters of the page, where its spelling is the only thing that folding changed."""
    at = fold(quote).rfind(folded_unit) if folded_unit else -1
    return quote[at : at + len(folded_unit)] if at >= 0 else folded_unit


def periods(reading: Reading) -> list[Period]:
    """The dates and spans of time of an article as rows."""
    return [
        Period(
            period_id=reading.key("d", m.start),
            article_id=reading.article_id,
            date_start=m.date_start,
            date_end=m.date_end,
            basis=m.basis,
            quote=reading.text[m.start : m.end],
            **reading.span(m.start, m.end),
        )
        for m in reading.periods
        if m.role is not Role.STANDING
    ]
