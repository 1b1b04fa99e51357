"""What may be corrected: readings may, what ties a row to the page or is worked out from others may not."""

from __future__ import annotations

from fangzhi.correct.messages import Words, say
from fangzhi.model.tables import TABLES

EDITABLE: dict[str, tuple[str, ...]] = {
    "articles": (
        "kicker", "title", "subtitle", "kind", "credit", "reporters", "place_id", "theme_id", "keywords",
        "continues",
    ),
    "observations": (
        "measure", "indicator_id", "subject", "place_id", "period_start", "period_end", "period_text",
        "kind", "statistic", "qualifier", "status", "value", "value_max", "unit",
    ),
    "organizations": ("name", "kind", "place_id"),
    "people": ("name", "role", "post"),
    "mentions": (),
    "periods": ("date_start", "date_end", "basis"),
    "systems": ("name", "kind", "owner", "place_id", "components_declared"),
    "system_components": ("parent",),
    "events": ("date_start", "date_end", "name", "place_id"),
}  # fmt: skip
"""Tables that can be corrected, with the columns whose values can; any of their rows can be withdrawn."""

_ELSEWHERE = ("sources", "places", "checks", "issues", "corrections")
_OF_PAGE = frozenset({
    "quote", "sentence", "text", "characters", "source_spans", "name", "position", "article_id", "source_id",
    "text_start", "text_end", "source_start", "source_end", "entity_type", "entity_id",
})  # fmt: skip


def table_refusal(table: str) -> Words | None:
    """Why the rows of a table cannot be corrected; None where they can."""
    if table in EDITABLE:
        return None
    if table in TABLES:
        return say(table if table in _ELSEWHERE else "vocabulary")
    return say("no-table", table=table or "“”", known=", ".join(EDITABLE))


def field_refusal(table: str, column: str) -> Words | None:
    """Why a column of a table that can be corrected cannot be; None where it can."""
    if column in EDITABLE[table]:
        return None
    if column not in TABLES[table].row.model_fields:
        return say("no-column", table=table, column=column, known=", ".join(EDITABLE[table]) or "–")
    if column in TABLES[table].key:
        return say("key", table=table, column=column)
    return say("of-page" if column in _OF_PAGE else "computed", table=table, column=column)


def witness(table: str) -> str:
    """The column by which a row to be withdrawn is recognised."""
    return next(name for name in ("quote", "title", "name") if name in TABLES[table].row.model_fields)
