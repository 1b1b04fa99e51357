"""Figures: which were found, and how each column reads on those."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from fangzhi.evaluate.gold import GoldFigure
from fangzhi.evaluate.page import Page, Rows, Span, overlap
from fangzhi.evaluate.tally import Miss, Score
from fangzhi.evaluate.words import exact_phrase, same_end, same_number, same_phrase, same_place, same_unit
from fangzhi.model.codes import Qualifier
from fangzhi.model.tables import Observation

TABLE = "observations"
FOUND = 0.5  # least overlap of a row with an annotation that it is held against
Same = Callable[[GoldFigure, Observation, Rows], bool]


def _value(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    high = None if gold.value_high is None else gold.value_high * gold.multiplier
    return same_number(gold.value * gold.multiplier, row.value) and same_number(high, row.value_max)


def _unit(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return same_unit(gold.unit, row.unit)


def _qualifier(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return (gold.qualifier or Qualifier.EXACT) == row.qualifier


def _kind(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return gold.kind == row.kind


def _status(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return gold.status == row.status


def _measure(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return any(same_phrase(wording, row.measure) for wording in (gold.indicator, *gold.indicator_also))


def _subject(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    return same_phrase(gold.subject, row.subject)


def _place(gold: GoldFigure, row: Observation, rows: Rows) -> bool:
    return same_place(gold.place or "", rows.place_name(row.place_id))


def _period(gold: GoldFigure, row: Observation, _: Rows) -> bool:
    end = row.period_end or row.period_start
    return end is not None and same_end(gold.time or "", end.isoformat())


_COLUMNS: dict[str, Same] = {
    "value": _value,
    "unit": _unit,
    "qualifier": _qualifier,
    "kind": _kind,
    "status": _status,
    "measure": _measure,
    "subject": _subject,
    "place_id": _place,
    "period_end": _period,
}
#: Columns that an annotator may leave open, and the key of the annotation that is then missing.
_OPEN = {"subject": "subject", "place_id": "place", "period_end": "time"}
_QUANTITY = ("value", "unit", "qualifier")
_ROW = (*_QUANTITY, "status", "place_id", "period_end")


def score_figures(page: Page) -> Score:
    """The figures of a page, column by column.

    ``quantity`` is value, unit and qualifier together; ``row`` what an editor would publish unchanged: place,
    period and status besides, and a measure that says neither less nor more.
    """
    score = Score()
    located = ((gold, page.spans(gold.context, gold.quote)) for gold in page.gold.observations)
    wanted = [(gold, spans) for gold, spans in located if spans]
    rows = page.rows.observations
    pairs = match([spans for _, spans in wanted], [(row.source_start, row.source_end) for row in rows])
    score.count(TABLE, None, wanted=len(wanted), given=len(rows), right=len(pairs), compared=len(pairs))
    for column in (*_COLUMNS, "quantity", "row"):
        said = [i for i, (gold, _) in enumerate(wanted) if not _leaves_open(gold, column)]
        unasked = {r for g, r in pairs.items() if g not in said}
        given = [r for r, row in enumerate(rows) if column not in _OPEN or getattr(row, column) is not None]
        score.count(TABLE, column, wanted=len(said), given=len(set(given) - unasked))
    for g, r in pairs.items():
        _judge(page, wanted[g][0], wanted[g][1][0], rows[r], score)
    score.misses += _unmatched(page, wanted, pairs)
    return score


def _leaves_open(gold: GoldFigure, column: str) -> bool:
    """Whether an annotation says nothing of a column, so that nothing read there is right or wrong."""
    return column in _OPEN and getattr(gold, _OPEN[column]) is None


def match(wanted: list[list[Span]], given: list[Span]) -> dict[int, int]:
    """Index of an annotation to index of a row: the closest first, each taken once."""
    fits = [
        (max(overlap(span, other) for span in spans), g, r)
        for g, spans in enumerate(wanted)
        for r, other in enumerate(given)
        if any(span[0] < other[1] and other[0] < span[1] for span in spans)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for fit, g, r in sorted(fits, key=lambda item: (-item[0], item[1], item[2])):
        if fit >= FOUND and g not in pairs and r not in taken:
            pairs[g] = r
            taken.add(r)
    return pairs


def _judge(page: Page, gold: GoldFigure, span: Span, row: Observation, score: Score) -> None:
    """Hold one row against its annotation."""
    wrong = []
    for column, same in _COLUMNS.items():
        if _leaves_open(gold, column):
            continue
        right = same(gold, row, page.rows)
        score.count(TABLE, column, right=right, compared=1)
        if not right:
            wrong.append(column)
    quantity = not any(column in wrong for column in _QUANTITY)
    score.count(TABLE, "quantity", right=quantity, compared=1)
    measured = exact_phrase((gold.indicator, *gold.indicator_also), row.measure)
    whole = measured and not any(column in wrong for column in _ROW)
    score.count(TABLE, "row", right=whole, compared=1)
    for column in wrong:
        told = (_wanted(gold, column), _given(row, column, page.rows))
        score.misses.append(Miss(page.gold.doc, page.line(span[0]), TABLE, f"{column}: {gold.quote}", *told))


def _wanted(gold: GoldFigure, column: str) -> str:
    if column == "value":
        high = "" if gold.value_high is None else f"–{gold.value_high * gold.multiplier:f}"
        return f"{gold.value * gold.multiplier:f}{high}"
    name = {"measure": "indicator", "place_id": "place", "period_end": "time"}.get(column, column)
    return str(getattr(gold, name) or "")


def _given(row: Observation, column: str, rows: Rows) -> str:
    if column == "value":
        return f"{row.value:f}" + (f"–{row.value_max:f}" if isinstance(row.value_max, Decimal) else "")
    if column == "place_id":
        return rows.place_name(row.place_id)
    return str(getattr(row, column) or "")


def _unmatched(
    page: Page, wanted: list[tuple[GoldFigure, list[Span]]], pairs: dict[int, int]
) -> Iterator[Miss]:
    """Annotations without a row, rows without an annotation, and annotations that are not in the text."""
    doc = page.gold.doc
    for g, (gold, spans) in enumerate(wanted):
        if g not in pairs:
            yield Miss(doc, page.line(spans[0][0]), TABLE, f"missed: {gold.quote}", gold.context, "")
    for r, row in enumerate(page.rows.observations):
        if r not in pairs.values():
            yield Miss(doc, page.line(row.source_start), TABLE, f"extra: {row.quote}", "", row.sentence or "")
    for gold in page.gold.observations:
        if not page.spans(gold.context, gold.quote):
            yield Miss(doc, None, TABLE, f"not in the text: {gold.quote}", gold.context, "", True)
