"""What the page of the quality report shows: every number with the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fangzhi.model.codes import Severity
from fangzhi.model.tables import TABLES
from fangzhi.quality.changes import LISTED
from fangzhi.quality.report import Figures, Keys, Quality, Share, TableChange
from fangzhi.site.cells import row_path
from fangzhi.site.languages import Language
from fangzhi.site.metadata import DATABASE
from fangzhi.site.words import code_of, repair_label

_FIGURE_TABLE = "observations"


@dataclass(frozen=True)
class Count:
    """A number, what it counts, and where these rows stand; without a path they are nowhere to be seen."""

    zh: str
    en: str
    count: int
    path: str | None


@dataclass(frozen=True)
class Coverage:
    """How many figures have something and how many lack it."""

    zh: str
    en: str
    has: Count
    lacks: Count
    percent: str


@dataclass(frozen=True)
class Change:
    """The rows of a table that were added, changed or lost, and the columns that differ in those changed."""

    table: str
    zh: str
    en: str
    added: Count
    changed: Count
    gone: Count
    gone_keys: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]


def quality_context(report: Quality, language: Language) -> dict[str, Any]:
    """Everything the page shows."""
    since = report.changes
    parts = [keys for found in since.tables for keys in (found.added, found.changed)] if since else []
    return {
        "overview": list(_overview(report)),
        "coverage": list(_coverage(report.figures)),
        "groups": list(_groups(report)),
        "issues": [_issue(found.severity, found.kind, found.count) for found in report.issues],
        "gaps": [(gap, row_path("systems", gap.system_id)) for gap in report.system_gaps],
        "repairs": {repair_label(name, language): (name, count) for name, count in report.repairs.items()},
        "has_changes": since is not None,
        "changes": [_change(found) for found in since.tables] if since else [],
        "not_compared": [TABLES[name] for name in since.not_compared] if since else [],
        "is_cut": any(keys.count > len(keys.keys) for keys in parts),
        "listed": LISTED,
    }


def rows_path(table: str, **filters: object) -> str:
    """The page of a table with these filters."""
    return f"/{DATABASE}/{table}" + (f"?{urlencode(filters)}" if filters else "")


def _overview(report: Quality) -> Iterator[Count]:
    counts = {
        "sources": report.pages,
        "articles": report.articles,
        _FIGURE_TABLE: report.figures.total,
        "systems": report.systems,
        "checks": sum(report.checks.values()),
        "corrections": sum(report.corrections.values()),
        "issues": sum(found.count for found in report.issues),
    }
    for table, count in counts.items():
        yield Count(TABLES[table].zh, TABLES[table].en, count, rows_path(table))
    for kind, count in (
        ("unresolved_place", report.unresolved_places),
        ("unresolved_period", report.unresolved_periods),
    ):
        yield _coded("issues", "kind", kind, count)


def _coded(table: str, column: str, value: str, count: int) -> Count:
    """The rows of a table that bear a code."""
    code = code_of(table, column, value)
    zh, en = (code.zh, code.en) if code else (value, value)
    return Count(zh, en, count, rows_path(table, **{column: value}))


def _groups(report: Quality) -> Iterator[tuple[str, str, list[Count]]]:
    """Counts by code, each with the heading of its list."""
    figures = report.figures
    lists: tuple[tuple[str, str, str, str, Mapping[str, int]], ...] = (
        ("文章体裁", "Articles by kind", "articles", "kind", report.articles_by_kind),
        ("数据类别", "Figures by kind", _FIGURE_TABLE, "kind", figures.by_kind),
        ("数据限定", "Figures by qualifier", _FIGURE_TABLE, "qualifier", figures.by_qualifier),
        ("数据性质", "Figures by status", _FIGURE_TABLE, "status", figures.by_status),
        ("算术核验", "Checks by verdict", "checks", "verdict", report.checks),
        ("编辑更正", "Corrections by state", "corrections", "state", report.corrections),
    )
    for zh, en, table, column, counts in lists:
        yield zh, en, [_coded(table, column, value, count) for value, count in counts.items()]


def _coverage(figures: Figures) -> Iterator[Coverage]:
    one = (
        ("地点", "place", "place_id", figures.with_place),
        ("标准单位", "standard unit", "standard_unit", figures.with_standard_unit),
        ("指标", "indicator", "indicator_id", figures.with_indicator),
    )
    dated = rows_path(_FIGURE_TABLE, _where="period_start is not null or period_end is not null")
    undated = rows_path(_FIGURE_TABLE, period_start__isblank=1, period_end__isblank=1)
    yield _covered("时间", "period", figures.with_period, dated, undated)
    for zh, en, column, share in one:
        has = rows_path(_FIGURE_TABLE, **{f"{column}__notblank": 1})
        yield _covered(zh, en, share, has, rows_path(_FIGURE_TABLE, **{f"{column}__isblank": 1}))


def _covered(zh: str, en: str, share: Share, has: str, lacks: str) -> Coverage:
    return Coverage(
        zh,
        en,
        Count(f"有{zh}", f"with a {en}", share.count, has),
        Count(f"无{zh}", f"without a {en}", share.total - share.count, lacks),
        share.percent,
    )


def _issue(severity: str, kind: str, count: int) -> tuple[Severity, Count]:
    found = _coded("issues", "kind", kind, count)
    path = rows_path("issues", kind=kind, severity=severity)
    return Severity(severity), Count(found.zh, found.en, count, path)


def _change(change: TableChange) -> Change:
    table = TABLES[change.table]
    return Change(
        table.name,
        table.zh,
        table.en,
        Count("新增", "added", change.added.count, _keys_path(change.table, change.added)),
        Count("有改动", "changed", change.changed.count, _keys_path(change.table, change.changed)),
        Count("不再有", "gone", change.gone.count, None),
        change.gone.keys,
        tuple(change.columns.items()),
    )


def _keys_path(table: str, keys: Keys) -> str | None:
    """The page of the rows with these keys: all of them, or as many as the report names."""
    if not keys.keys:
        return None
    columns = TABLES[table].key
    if len(columns) == 1:
        return rows_path(table, **{f"{columns[0]}__in": ",".join(keys.keys)})
    key = " || '/' || ".join(columns)
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in keys.keys)
    return rows_path(table, _where=f"{key} in ({quoted})")
