"""The charts of answers as pictures, and all that a page shows with one: its table, its query, its files."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils.asgi import BadRequest, NotFound, Request
from markupsafe import Markup

from fangzhi.site.cells import render_value
from fangzhi.site.charts.declared import Drawing
from fangzhi.site.charts.draw import Form
from fangzhi.site.charts.spec import NARROW, WIDE, Words, size, spec
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.questions import Answer, answer, question
from fangzhi.site.readable import day, short
from fangzhi.site.words import code_of, unit_word

_MEDIA = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
_SIZE = "_size"
_NARROW = "narrow"


async def chart_response(datasette: Portal, request: Request) -> Response:
    """The chart of a query as SVG or PNG; ``_size=narrow`` is the one for phones."""
    form = cast("Form", request.url_vars["form"])
    given = {name: request.args[name] for name in request.args}
    asked = given.pop(_SIZE, "")
    if asked not in ("", _NARROW):
        raise BadRequest(
            datasette.language.say(f"参数 {_SIZE} 有误。", f"The parameter {_SIZE} is not valid.")
        )
    found = await answer(datasette, request.url_vars["name"], given)
    if found.drawing is None:
        raise NotFound(
            datasette.language.say("这个查询没有可画的图。", "There is nothing to draw for this query.")
        )
    words = chart_words(datasette, found, found.drawing)
    drawn = spec(found.drawing, words, NARROW if asked else WIDE, is_alone=form == "png")
    picture = await datasette.studio.picture(drawn, form)
    if picture is None:
        busy = datasette.language.say(
            "图暂时画不出来，请稍后再试。", "The chart cannot be drawn just now; try again in a few seconds."
        )
        return Response.text(busy, status=503, headers={"retry-after": "2"})
    headers = {"cache-control": "max-age=300"}
    return Response(picture, headers=headers, content_type=_MEDIA[form])


def chart_words(portal: Portal, found: Answer, drawn: Drawing) -> Words:
    """The words of a chart in the language of the edition."""
    language, chart = portal.language, drawn.chart

    def name(column: str | None, value: str) -> str:
        code = code_of(None, column, value) if column else None
        if code:
            return language.say(code.zh, code.en)
        is_month = column != chart.series and chart.kind == "column"
        return day(value, language) if is_month else value or language.say("其他", "other")

    source = "  ".join(filter(None, (portal.metadata("title"), portal.metadata("license"))))
    return Words(
        language=language, name=name, value=lambda value: short(value, language),
        unit=unit_word(drawn.unit, language), title=found.title(language), source=source,
        x=found.question.label(chart.x, language),
        y=" ÷ ".join(found.question.label(name, language) for name in (chart.y, chart.target) if name),
    )  # fmt: skip


class Figure:
    """An answer as a page shows it: a chart if there is one to draw, its files, and the equal table."""

    def __init__(self, portal: Portal, found: Answer) -> None:
        self.answer = found
        self.title = found.title(portal.language)
        self.note = found.question.description
        self.anchor = found.question.name.replace("_", "-")
        self.query = portal.urls.path(f"/{DATABASE}/{found.question.name}{found.arguments}")
        self.has_chart = found.drawing is not None
        self._chart = portal.urls.path(f"/charts/{found.question.name}")
        self._data = f"/{DATABASE}/{found.question.name}"
        self.columns = [name for name in found.columns if not self._is_key(name)]
        self.heads = {name: found.question.label(name, portal.language) for name in self.columns}
        self._portal = portal

    def _is_key(self, column: str) -> bool:
        """Whether a column only carries the link of another one."""
        shown = {"article_id": "title"}.get(column, column.removesuffix("_id"))
        return column.endswith("_id") and shown in self.answer.columns

    def picture(self, form: str, *, narrow: bool = False) -> str:
        """The address of the chart."""
        mark = "&" if self.answer.arguments else "?"
        size = f"{mark}{_SIZE}={_NARROW}" if narrow else ""
        return f"{self._chart}.{form}{self.answer.arguments}{size}"

    def data(self, form: str) -> str:
        """The address of the rows, which has no language."""
        shape = ("&" if self.answer.arguments else "?") + "_shape=objects" if form == "json" else ""
        return f"{self._data}.{form}{self.answer.arguments}{shape}"

    @property
    def summary(self) -> str:
        """The first few values, for those who do not see the picture."""
        language, drawn = self._portal.language, self.answer.drawing
        said = [f"{point.x} {short(point.y, language)}" for point in drawn.points[:4]] if drawn else []
        return language.say("，", ", ").join(said)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        assert self.answer.drawing
        return size(self.answer.drawing, WIDE)

    def cell(self, column: str, row: object) -> Markup | object:
        """A cell of the table."""
        value = row[column]  # type: ignore[index]
        shown = render_value(self._portal, None, column, value, row)  # type: ignore[arg-type]
        return "" if value is None else value if shown is None else shown


async def figure(portal: Portal, name: str, **parameters: str) -> Figure:
    """The answer to a question, to be shown on a page."""
    return Figure(portal, await answer(portal, name, parameters))


async def charts(portal: Portal, *asked: tuple[str, dict[str, str]]) -> list[Figure]:
    """The answers that have a chart, of those that questions with their parameters have in time."""
    found = []
    for name, parameters in asked:
        with suppress(QueryInterrupted):
            found.append(await figure(portal, name, **parameters))
    return [each for each in found if each.has_chart]


async def query_figure(portal: Portal, request: Request) -> Figure | None:
    """The figure of a featured query whose page is asked for; None where it declares no chart or fails."""
    name = request.path.rpartition("/")[2]
    query = await portal.get_canned_query(DATABASE, name, None)
    if not query or "chart" not in query:
        return None
    given = {key: request.args[key] for key in request.args}
    asked = (await question(portal, name)).parameters
    try:
        return await figure(portal, name, **{key: given[key] for key in asked if key in given})
    except (BadRequest, QueryInterrupted):
        return None
