"""Questions: queries with words, parameters and, where the answer suits one, a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.utils import derive_named_parameters
from datasette.utils.asgi import BadRequest, NotFound

from fangzhi.site.charts.declared import Chart, Drawing, declared, drawing
from fangzhi.site.languages import Language
from fangzhi.site.metadata import DATABASE, OWN_QUERIES
from fangzhi.site.portal import Portal
from fangzhi.site.words import column_words

MAX_VALUE = 200  # characters of a parameter


@dataclass(frozen=True)
class Question:
    """A query as its metadata describes it, in the language of the edition."""

    name: str
    title: str
    description: str
    group: str
    sql: str
    parameters: tuple[str, ...]
    labels: Mapping[str, str]
    columns: Mapping[str, str]
    chart: Chart | None
    is_own: bool
    """Whether it is the site's own, which its pages ask, and not one of the editors'."""

    def label(self, column: str, language: Language) -> str:
        """What a column of the answer is called."""
        words = column_words(None, column)
        return self.columns.get(column) or (language.say(words.zh, words.en) if words else column)


@dataclass(frozen=True)
class Answer:
    """The rows that a question has for its parameters, and what to draw of them."""

    question: Question
    parameters: Mapping[str, str]
    columns: list[str]
    rows: list[Any]
    drawing: Drawing | None
    truncated: bool

    @property
    def arguments(self) -> str:
        """The parameters as an address carries them, or nothing."""
        given = {name: value for name, value in self.parameters.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def title(self, language: Language) -> str:
        """The question, with what its chart is about."""
        about = self.drawing.about if self.drawing else ""
        asked = self.question.title
        between = " " if asked.endswith(("？", "?")) else language.say("：", ": ")
        return f"{asked}{between}{about}" if about else asked


async def questions(portal: Portal) -> list[Question]:
    """All questions of the site."""
    found = await portal.get_canned_queries(DATABASE, None)
    return [await _question(portal, name, query) for name, query in found.items()]


async def grouped_questions(portal: Portal) -> dict[str, list[Question]]:
    """All questions of the site by what they are about, in the order of their first."""
    groups: dict[str, list[Question]] = {}
    for found in await questions(portal):
        groups.setdefault(found.group or portal.language.say("其他", "Others"), []).append(found)
    return groups


_SUGGESTED = {
    "indicator": """SELECT i.{name} AS word FROM observations o JOIN indicators i USING (indicator_id)
GROUP BY i.indicator_id ORDER BY count(*) DESC, i.indicator_id LIMIT 200""",
    "place": """SELECT p.full_name AS word FROM observations o JOIN places p USING (place_id)
GROUP BY p.place_id ORDER BY count(*) DESC, p.place_id LIMIT 200""",
    "theme": "SELECT {name} AS word FROM themes ORDER BY theme_id LIMIT 200",
}
"""What may be filled in for a parameter of that name."""


async def suggestions(portal: Portal) -> dict[str, list[str]]:
    """Words to choose from, by parameter."""
    name = portal.language.say("name", "name_en")
    return {
        parameter: [row["word"] for row in await portal.rows(sql.format(name=name))]
        for parameter, sql in _SUGGESTED.items()
    }


async def question(portal: Portal, name: str) -> Question:
    """The question of that name; NotFound where there is none."""
    query = await portal.get_canned_query(DATABASE, name, None)
    if query is None:
        raise NotFound(portal.language.say("没有这个查询。", "There is no such query."))
    return await _question(portal, name, query)


async def _question(portal: Portal, name: str, query: Mapping[str, Any]) -> Question:
    sql = query["sql"]
    parameters = await derive_named_parameters(portal.get_database(DATABASE), sql)
    return Question(
        name, query.get("title") or name, query.get("description") or "", query.get("group") or "", sql,
        tuple(dict.fromkeys(parameters)), query.get("labels") or {}, query.get("columns") or {},
        declared(name, query["chart"]) if query.get("chart") else None, name in OWN_QUERIES,
    )  # fmt: skip


async def answer(portal: Portal, name: str, given: Mapping[str, str]) -> Answer:
    """The answer to a question; BadRequest for a parameter it does not have or that is too long."""
    asked = await question(portal, name)
    for parameter, value in given.items():
        if parameter not in asked.parameters or len(value) > MAX_VALUE:
            raise BadRequest(
                portal.language.say(f"参数 {parameter} 有误。", f"The parameter {parameter} is not valid.")
            )
    values = {parameter: given.get(parameter, "") for parameter in asked.parameters}
    result = await portal.execute(DATABASE, asked.sql, values, truncate=True)
    drawn = drawing(asked.chart, result.rows) if asked.chart else None
    return Answer(asked, values, result.columns, result.rows, drawn, result.truncated)
