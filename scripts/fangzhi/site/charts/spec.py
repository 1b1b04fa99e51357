"""Points as a Vega-Lite chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt

from fangzhi.site.charts.colours import INK, LINE, PAPER, SERIES, SOFT
from fangzhi.site.charts.declared import Chart, Drawing, Point
from fangzhi.site.languages import Language

Spec = dict[str, Any]
Layers = Any  # altair's types do not pass through its own methods

FONTS = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'WenQuanYi Micro Hei', system-ui, sans-serif"
)
WIDE, NARROW = 560, 340
_ROW, _DOUBLE_ROW, _UPRIGHT = 30, 44, 300
_DIGIT = 8  # pixels of a character of a number
_FRAME = 64  # what axis and legend take of the height
_LONGEST_LABEL = {WIDE: 170, NARROW: 110}
_DASHED = {"target": [5, 3], "policy": [2, 2], "capacity": [1, 3]}
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
# How a number on an axis reads: 3万 and 1.2亿, or 30k and 120M.
_SCALE = {
    Language.ZH: (
        "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, '~g') + '亿' : "
        "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, '~g') + '万' : format(datum.value, ',~g')"
    ),
    Language.EN: (
        "abs(datum.value) >= 1e4 ? replace(format(datum.value, '~s'), 'G', 'B') : format(datum.value, ',~g')"
    ),
}


@dataclass(frozen=True)
class Words:
    """What stands on a chart besides its points: names of axes and values, and how numbers read."""

    language: Language
    x: str
    y: str
    name: Callable[[str | None, str], str]
    value: Callable[[float], str]
    unit: str = ""
    title: str = ""
    source: str = ""


def size(drawing: Drawing, width: int) -> tuple[int, int]:
    """Width and height in pixels."""
    if drawing.chart.kind in ("bar", "share"):
        bars = len({point.x for point in drawing.points})
        return width, bars * (_DOUBLE_ROW if drawing.chart.series else _ROW) + _FRAME
    return width, _UPRIGHT


def spec(drawing: Drawing, words: Words, width: int, *, is_alone: bool = False) -> Spec:
    """The chart; one that stands alone has a title, a source and white paper behind it."""
    chart = _KINDS[drawing.chart.kind](drawing, words, width)
    wide, high = size(drawing, width)
    chart = chart.properties(
        width=wide, height=high + (48 if is_alone else 0), background=PAPER if is_alone else "transparent"
    )
    if is_alone:
        heading = alt.TitleParams(words.title, subtitle=words.source, anchor="start", offset=14)
        chart = chart.properties(title=heading)
    made: Spec = _styled(chart).to_dict()
    return made


def _bars(drawing: Drawing, words: Words, width: int) -> Layers:
    """Bars from the left with their values at the end; what is aimed at has an outline only."""
    place = _name(width)
    title = _with_unit(words)
    room = _room(drawing, words, width)
    length = alt.X("value:Q", title=title, scale=room, axis=_number_axis(drawing, words.language))
    offset: dict[str, Any] = {"yOffset": alt.YOffset("series:N", sort=None)} if drawing.chart.series else {}
    base = alt.Chart(_data(drawing, words)).encode(y=place, x=length, **offset)
    bars = base.mark_bar(strokeWidth=1.5).encode(**_colour(drawing, words, width, filled=True))
    labels = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="said:N")
    return alt.layer(bars, labels)


def _columns(drawing: Drawing, words: Words, width: int) -> Layers:
    """Upright bars in the order of the rows."""
    across = alt.X(
        "name:N", sort=None, title=words.x, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False)
    )
    base = alt.Chart(_data(drawing, words)).encode(x=across, y=_height(drawing, words))
    return alt.layer(
        base.mark_bar(strokeWidth=1.5, width={"band": 0.7}).encode(
            **_colour(drawing, words, width, filled=True)
        )
    )


def _lines(drawing: Drawing, words: Words, width: int) -> Layers:
    """Lines over time, their points told apart by shape and colour; each joins one thing measured."""
    form = words.language.say("%Y年%-m月", "%b %Y")
    when = alt.X(
        "name:T",
        title=words.x,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format=form, labelOverlap=True, labelSeparation=8, tickCount=width // 90, grid=False),
    )
    base = alt.Chart(_data(drawing, words)).encode(x=when, y=_height(drawing, words))
    colour = _colour(drawing, words, width, filled=False)
    legend = _legend(drawing, width)
    shape = {"shape": alt.Shape("series:N", scale=_series(drawing, words, _SHAPES), legend=legend)}
    marked = colour | (shape if drawing.chart.series else {})
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(detail="line:N", **colour),
        base.mark_point(filled=True, size=70, opacity=1).encode(**marked),
    )


def _shares(drawing: Drawing, words: Words, width: int) -> Layers:
    """What was reached as a share of what was aimed at, which is the line at a hundred percent."""
    room = _room(drawing, words, width)
    reached = alt.X("share:Q", title=words.y, scale=room, axis=alt.Axis(format="%", tickCount=5))
    base = alt.Chart(_data(drawing, words)).encode(y=_name(width), x=reached)
    whole = alt.InlineData(values=[{"goal": 1}])
    goal = alt.Chart(whole).mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.5)
    return alt.layer(
        base.mark_bar(color=SERIES[1], height={"band": 0.6}),
        goal.encode(x="goal:Q"),
        base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="said:N"),
    )


_KINDS: dict[str, Callable[[Drawing, Words, int], Layers]] = {
    "bar": _bars, "column": _columns, "line": _lines, "share": _shares,
}  # fmt: skip


def _data(drawing: Drawing, words: Words) -> alt.InlineData:
    return alt.InlineData(values=[_datum(drawing.chart, point, words) for point in drawing.points])


def _datum(chart: Chart, point: Point, words: Words) -> Spec:
    share = point.y / point.target if point.target else None
    said = f"{share:.1%}" if chart.kind == "share" and share is not None else words.value(point.y)
    name, series = words.name(chart.x, point.x), words.name(chart.series, point.series)
    datum = {"name": name, "value": point.y, "series": series, "line": point.line, "said": said}
    return datum | ({"share": share} if share is not None else {})


def _name(width: int) -> alt.Y:
    return alt.Y(
        "name:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=_LONGEST_LABEL[width], tickSize=0, labelPadding=8, grid=False),
    )


def _height(drawing: Drawing, words: Words) -> alt.Y:
    return alt.Y("value:Q", title=_with_unit(words), axis=_number_axis(drawing, words.language))


def _room(drawing: Drawing, words: Words, width: int) -> alt.Scale:
    """A scale with room at its end for the number beside the longest bar."""
    key = "share" if drawing.chart.kind == "share" else "value"
    data = [_datum(drawing.chart, point, words) for point in drawing.points]
    longest = max(data, key=lambda datum: datum[key])
    if longest[key] <= 0:
        return alt.Scale()
    said = _DIGIT * (len(longest["said"]) + 1)
    return alt.Scale(domainMax=longest[key] / (1 - said / (width - _LONGEST_LABEL[width])), nice=False)


def _number_axis(drawing: Drawing, language: Language) -> alt.Axis:
    """An axis of few ticks, at whole numbers where all values are whole."""
    least: dict[str, Any] = {"tickMinStep": 1} if all(p.y.is_integer() for p in drawing.points) else {}
    return alt.Axis(labelExpr=_SCALE[language], tickCount=5, **least)


def _with_unit(words: Words) -> str:
    """The name of an axis with its unit, without what the unit's own name has in brackets."""
    unit = words.unit.partition(" (")[0]
    return words.language.say("{}（{}）", "{} ({})").format(words.y, unit) if unit else words.y


def _series(drawing: Drawing, words: Words, values: Any) -> alt.Scale:
    names = list(dict.fromkeys(point.series for point in drawing.points))
    return alt.Scale(
        domain=[words.name(drawing.chart.series, name) for name in names], range=list(values)[: len(names)]
    )


def _legend(drawing: Drawing, width: int) -> alt.Legend | None:
    several = len({point.series for point in drawing.points}) > 1
    return alt.Legend(title=None, orient="top", columns=width // 110, labelLimit=80) if several else None


def _colour(drawing: Drawing, words: Words, width: int, *, filled: bool) -> dict[str, Any]:
    """Colour by series; where a series is something aimed at, its bars are hollow and dashed."""
    if not drawing.chart.series:
        return {"color": alt.value(SERIES[0])}
    names = list(dict.fromkeys(point.series for point in drawing.points))
    scale, legend = _series(drawing, words, SERIES), _legend(drawing, width)
    if not filled:
        return {"color": alt.Color("series:N", scale=scale, legend=legend)}
    inside = ["transparent" if name in _DASHED else SERIES[n] for n, name in enumerate(names)]
    dashes = [_DASHED.get(name, [1, 0]) for name in names]
    return {
        "fill": alt.Fill("series:N", scale=_series(drawing, words, inside), legend=legend),
        "stroke": alt.Stroke("series:N", scale=scale, legend=legend),
        "strokeDash": alt.StrokeDash("series:N", scale=_series(drawing, words, dashes), legend=legend),
    }


def _styled(chart: Layers) -> Layers:
    axis = {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelFont": FONTS, "titleFont": FONTS,
    }  # fmt: skip
    return (
        chart.configure(font=FONTS, padding=4, autosize=alt.AutoSizeParams(type="fit", contains="padding"))
        .configure_axis(**axis)
        .configure_view(stroke=None)
        .configure_legend(labelColor=INK, labelFontSize=12, labelFont=FONTS, symbolSize=90)
        .configure_title(
            color=INK, subtitleColor=SOFT, fontSize=16, subtitleFontSize=12, font=FONTS, subtitleFont=FONTS
        )
    )
