"""What a query says of its chart, and what may be drawn of its rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fangzhi.site.errors import SiteError

Row = Mapping[str, Any]

MOST = {"bar": 24, "line": 240, "column": 60, "share": 24}
"""How many rows a chart of each kind shows at most; the table beside it has the rest."""
MOST_SERIES = 6


class Chart(BaseModel):
    """A chart over columns of a query.

    ``bar`` has a bar of length ``y`` for each ``x``, ``column`` the same upright, ``line`` runs over the
    dates ``x``, ``share`` sets ``y`` against ``target``. ``series`` tells bars or points apart, ``line``
    names what the points of one line have in common besides. ``unit`` is the column of the unit, ``about``
    the one that says what a row is about: a chart is about one thing, and in one unit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["bar", "line", "column", "share"]
    x: str
    y: str
    series: str | None = None
    line: str | None = None
    target: str | None = None
    unit: str | None = None
    about: str | None = None

    @property
    def columns(self) -> list[str]:
        """The columns it is drawn from."""
        return [name for name in (self.x, self.y, *self._others) if name]

    @property
    def _others(self) -> tuple[str | None, ...]:
        return (self.series, self.line, self.target, self.unit, self.about)


@dataclass(frozen=True)
class Point:
    """One thing drawn: where it stands, how large it is, to which series it belongs."""

    x: str
    y: float
    series: str = ""
    line: str = ""
    target: float | None = None


@dataclass(frozen=True)
class Drawing:
    """The points of a chart, what they are about, the unit of its scale, and how many rows it leaves out."""

    chart: Chart
    points: tuple[Point, ...]
    about: str
    unit: str
    left_out: int


def declared(query: str, value: object) -> Chart:
    """The chart that a query declares; SiteError where it cannot be one."""
    try:
        return Chart.model_validate(value)
    except ValidationError as error:
        raise SiteError(
            f"查询 {query} 的 chart 有误；请改正 metadata.yml。 "
            f"The chart of the query {query} is not valid; mend metadata.yml: {error}"
        ) from error


def drawing(chart: Chart, rows: Iterable[Row]) -> Drawing | None:
    """What to draw of the rows: those that have a place and a size, about what most are, in their unit.

    None where fewer than two points remain, or the rows lack the columns.
    """
    rows = list(rows)
    if not rows or not set(chart.columns) <= set(rows[0].keys()):
        return None
    whole = [row for row in rows if row[chart.x] is not None and _is_size(row[chart.y])]
    about, whole = _alike(whole, chart.about)
    unit, whole = _alike(whole, chart.unit)
    points = _told_apart(_of_main_series(_point(chart, row) for row in whole), chart)
    shown = points[: MOST[chart.kind]]
    return Drawing(chart, tuple(shown), about, unit, len(rows) - len(shown)) if len(shown) > 1 else None


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _alike(rows: list[Row], column: str | None) -> tuple[str, list[Row]]:
    """The commonest value of a column, and the rows that have it."""
    if not column:
        return "", rows
    values = [str(row[column] or "") for row in rows]
    commonest = max(values, key=lambda value: (values.count(value), value), default="")
    return commonest, [row for row, value in zip(rows, values, strict=True) if value == commonest]


def _point(chart: Chart, row: Row) -> Point:
    target = row[chart.target] if chart.target else None
    series, line = (str(row[column] or "") if column else "" for column in (chart.series, chart.line))
    goal = None if target is None else float(target)
    return Point(str(row[chart.x]), float(row[chart.y]), series, line, goal)


def _of_main_series(points: Iterable[Point]) -> list[Point]:
    """The points of the first few series; more colours are not told apart."""
    points = list(points)
    names = list(dict.fromkeys(point.series for point in points))[:MOST_SERIES]
    return [point for point in points if point.series in names]


def _told_apart(points: list[Point], chart: Chart) -> list[Point]:
    """Rows of one name get a number, or their bars would be one; a line keeps the first of a day."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for point in points:
        key = (point.x, point.series, point.line)
        number = seen[key] = seen.get(key, 0) + 1
        if number == 1:
            found.append(point)
        elif chart.kind != "line":
            found.append(replace(point, x=f"{point.x} ({number})"))
    return found
