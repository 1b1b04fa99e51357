"""What is found in a passage that stands by itself."""

from __future__ import annotations

from typing import Any

from fangzhi.model.table import Row
from fangzhi.model.tables import Mention, Observation, Period, System
from fangzhi.page.draft import Draft
from fangzhi.period.mention import Anchor
from fangzhi.place.context import page_context
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.entities import entity_rows
from fangzhi.rows.figures import observations, periods
from fangzhi.rows.reading import Reading
from fangzhi.rows.systems import system_rows
from fangzhi.run.given import is_date
from fangzhi.text.repair import repair
from fangzhi.text.source import Document
from fangzhi.text.spans import whole


def parse_sentence(text: str, date: str | None = None, publisher: str | None = None) -> list[dict[str, Any]]:
    """Figures, dates, places, bodies and systems in reading order; offsets into the text without its debris.

    ValueError where ``date`` is no ISO date.
    """
    anchor = Anchor(date)
    if date is not None and not is_date(date):
        raise ValueError(
            f"--date {date}：不是日期，应如 2022-08-16 / is no date; write 2022-08-16, 2022-08 or 2022"
        )
    body = repair(whole(text)).page
    if not body.text.strip():
        return []
    reading = Reading(
        Document("-", text.encode("utf-8", "replace")),
        Draft(paragraphs=[body]),
        1,
        anchor,
        page_context([body.text], publisher),
    )
    rows = [*observations(reading), *periods(reading), *entity_rows(reading), *system_rows(reading)]
    found = [described for row in rows if (described := _describe(row))]
    return sorted(found, key=lambda item: (item["start"], item["end"]))


def _describe(row: Row) -> dict[str, Any] | None:
    if not isinstance(row, Observation | Period | Mention | System):
        return None
    fields = row.model_dump(mode="json", exclude_none=True)
    described = {
        "found": row.table.en.lower().rstrip("s"),
        "quote": row.quote,
        "start": row.text_start,
        "end": row.text_end,
    }
    return {**described, "reading": _reading(row), "row": fields}


def _reading(row: Observation | Period | Mention | System) -> str:
    if isinstance(row, Observation):
        high = f"–{row.value_max}" if row.value_max is not None else ""
        dated = row.period_start or row.period_end
        when = f" · {row.period_start or ''}/{row.period_end or ''}" if dated else ""
        where = f" · {load_gazetteer().full_name(row.place_id)}" if row.place_id else ""
        how = f"({row.qualifier.zh} {row.qualifier}, {row.status.zh})"
        return f"{row.measure}: {row.value}{high} {row.unit or ''} {how}{when}{where}"
    if isinstance(row, Period):
        return f"{row.date_start or '?'} / {row.date_end or '?'}"
    if isinstance(row, System):
        return f"{row.kind.zh} {row.kind.en}"
    if row.entity_type == "place":
        return f"{load_gazetteer().full_name(row.entity_id)} {row.entity_id}"
    return f"{row.entity_type.zh} {row.entity_type.en}"
