"""Where the figures are from: a dot for each place, a tile for each province; no borders are drawn.

Points of the gazetteer stand behind the dots as a faint pattern, by which one sees where one is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fangzhi.lexicons import read_lexicon, stream_lexicon
from fangzhi.model.codes import PlaceLevel
from fangzhi.site.portal import Portal

WIDTH = 720
MOST_DOTS = 400
MOST_NAMES = 16
TILE = 46
_HEIGHTS = (320, 620)
_MARGIN = 46
_NARROWEST = 3.0  # degrees of latitude, so that a single county does not fill the map
_LARGEST, _SMALLEST = 26.0, 4.0  # radius in pixels
_LEVELS = [level.value for level in PlaceLevel]
_CLASSES = (1, 10, 50, 200)
"""From how many figures on a tile is of each shade."""

_PLACES = """SELECT p.place_id, p.name, p.full_name, p.level, p.latitude, p.longitude,
  p.coordinate_precision AS precision, f.figures
FROM (SELECT place_id, count(*) AS figures FROM observations WHERE place_id IS NOT NULL GROUP BY place_id) f
JOIN places p ON p.place_id = f.place_id ORDER BY f.figures DESC, p.place_id LIMIT 1000"""
_PROVINCES = """SELECT substr(p.code, 1, 2) || '0000' AS code, sum(f.figures) AS figures
FROM (SELECT place_id, count(*) AS figures FROM observations WHERE place_id IS NOT NULL GROUP BY place_id) f
JOIN places p ON p.place_id = f.place_id WHERE p.code IS NOT NULL GROUP BY 1"""
_KNOWN = "SELECT place_id, code, name FROM places WHERE level = 'province'"


@dataclass(frozen=True)
class Dot:
    """A place on the map: centre and radius in pixels; its name is written where there is room."""

    place_id: str
    name: str
    label: str
    level: str
    figures: int
    x: float
    y: float
    radius: float
    is_named: bool = False


@dataclass(frozen=True)
class Tile:
    """A province: column and row of its square, shade from 0 to the number of classes."""

    code: str
    zh: str
    en: str
    x: int
    y: int
    figures: int
    shade: int
    place_id: str | None
    name: str


@dataclass(frozen=True)
class Map:
    """The two maps and their table."""

    width: int
    height: float
    dots: list[Dot]
    ground: str
    tiles: list[Tile]
    places: list[dict[str, Any]]


@dataclass(frozen=True)
class _Frame:
    """From degrees to pixels: plate carrée, true to scale at the middle latitude."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = _MARGIN + (longitude - self.west) * self.scale * self.squeeze
        y = _MARGIN + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)

    def shows(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= self.height


async def figures_map(portal: Portal) -> Map:
    """The map of all figures that have a place."""
    places = await portal.rows(_PLACES)
    counted = {row["code"]: row["figures"] for row in await portal.rows(_PROVINCES)}
    known = {row["code"]: row for row in await portal.rows(_KNOWN)}
    points = _gathered(row for row in places if row["latitude"] is not None)[:MOST_DOTS]
    frame = _frame([(row["latitude"], row["longitude"]) for row in points])
    return Map(
        WIDTH, frame.height, _named(_dots(points, frame)), _ground(frame),
        [_tile(row, counted, known) for row in read_lexicon("place_tiles")], places,
    )  # fmt: skip


def _gathered(places: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a point, most figures first: a village stands at the point of its county and counts there.

    Each place is told the name of the point at which it counts.
    """
    points: dict[tuple[float, float], list[dict[str, Any]]] = {}
    for row in places:
        points.setdefault((row["latitude"], row["longitude"]), []).append(row)
    gathered = []
    for rows in points.values():
        head = min(rows, key=lambda row: _LEVELS.index(row["level"]))
        gathered.append(head | {"figures": sum(row["figures"] for row in rows)})
        for row in rows:
            row["point"] = head["full_name"]
    return sorted(gathered, key=lambda row: (-row["figures"], row["place_id"]))


def _frame(points: list[tuple[float, float]]) -> _Frame:
    """The frame around all points; all of China where there are none."""
    south, north = min((p[0] for p in points), default=20.0), max((p[0] for p in points), default=48.0)
    west, east = min((p[1] for p in points), default=80.0), max((p[1] for p in points), default=130.0)
    middle = (south + north) / 2
    squeeze = math.cos(math.radians(middle))
    tall, wide = max(north - south, _NARROWEST), max((east - west) * squeeze, _NARROWEST)
    scale = min((WIDTH - 2 * _MARGIN) / wide, (_HEIGHTS[1] - 2 * _MARGIN) / tall)
    height = min(max(tall * scale + 2 * _MARGIN, _HEIGHTS[0]), _HEIGHTS[1])
    left = (west + east) / 2 - (WIDTH / 2 - _MARGIN) / scale / squeeze
    return _Frame(left, middle + (height / 2 - _MARGIN) / scale, scale, squeeze, round(height))


def _dots(points: list[dict[str, Any]], frame: _Frame) -> list[Dot]:
    most = max((row["figures"] for row in points), default=1)
    return [
        Dot(
            row["place_id"], row["full_name"], row["name"], row["level"], row["figures"],
            *frame.place(row["latitude"], row["longitude"]),
            radius=round(max(_SMALLEST, _LARGEST * math.sqrt(row["figures"] / most)), 1),
        )
        for row in points
    ]  # fmt: skip


def _named(dots: list[Dot]) -> list[Dot]:
    """The dots with the largest named, unless the name would stand on another one."""
    taken: list[tuple[float, float, float, float]] = []
    named = []
    for dot in dots:
        left, top = dot.x + dot.radius + 3, dot.y - 8
        box = (left, top, left + 14 * len(dot.label), top + 16)
        fits = len(taken) < MOST_NAMES and box[2] < WIDTH and not any(_meet(box, other) for other in taken)
        if fits:
            taken.append(box)
        named.append(Dot(**(vars(dot) | {"is_named": fits})))
    return named


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@cache
def _known_points() -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of the counties of the gazetteer."""
    rows = (row for row in stream_lexicon("place_units") if len(row["code"]) == 6 and row["latitude"])
    return tuple((float(row["latitude"]), float(row["longitude"])) for row in rows)


def _ground(frame: _Frame) -> str:
    """The points behind the dots, as one path of strokes without length, which round caps make dots."""
    points = (frame.place(*point) for point in _known_points())
    return "".join(f"M{x:g} {y:g}h0" for x, y in points if frame.shows(x, y))


def _tile(row: dict[str, str], counted: dict[str, int], known: dict[str, dict[str, Any]]) -> Tile:
    figures = counted.get(row["code"], 0)
    province = known.get(row["code"])
    shade = sum(figures >= least for least in _CLASSES)
    return Tile(
        row["code"], row["zh"], row["en"], int(row["column"]) * TILE, int(row["row"]) * TILE, figures, shade,
        province["place_id"] if province else None, province["name"] if province else row["zh"],
    )  # fmt: skip
