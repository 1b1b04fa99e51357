"""The hooks through which Datasette calls this site; other instances in the same process are left alone."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast
from urllib.parse import unquote

import jinja2
from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, NotFound, Request
from datasette.views.base import DatasetteError

from fangzhi.database.search import MAX_QUERY
from fangzhi.quality.report import Quality
from fangzhi.site import article, cells, machines, readable, words
from fangzhi.site.figure import figure_context
from fangzhi.site.files import Send, send_file
from fangzhi.site.filters import check_filters
from fangzhi.site.finding import MOST
from fangzhi.site.guard import bound
from fangzhi.site.home import home_context
from fangzhi.site.indicator import indicator_context
from fangzhi.site.languages import Language
from fangzhi.site.map import figures_map
from fangzhi.site.metadata import DATABASE
from fangzhi.site.pictures import chart_response, query_figure
from fangzhi.site.place import place_context
from fangzhi.site.portal import Portal
from fangzhi.site.quality import quality_context
from fangzhi.site.questions import grouped_questions, suggestions
from fangzhi.site.search import read_wanted, search
from fangzhi.site.source import source_context
from fangzhi.site.suggest import suggest
from fangzhi.site.system import system_context
from fangzhi.site.theme import theme_context

F = TypeVar("F", bound=Callable[..., Any])
Routes = list[tuple[str, Callable[..., Awaitable[Response | None]]]]
# Pages of Datasette for its developers; some tell where files lie on the server.
_HIDDEN = (
    r"/-/(actor|allow-debug|auth-token|config|databases|logout|messages|patterns|permissions|plugins|settings"
    r"|threads)\b.*$"
)
# What Datasette raises when it cannot read the arguments of a request.
_MISSING = ("Database not found", "Table not found", "Record not found", "No data", "404")
"""What Datasette itself says of what is missing."""
_BAD_ARGUMENTS = (ValueError, LookupError, TypeError, AssertionError, sqlite3.Error, OverflowError)


def _hook(function: F) -> F:
    """A hook that runs after Datasette's own: what it sets replaces what they set."""
    return cast("F", hookimpl(trylast=True)(function))


@_hook
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Bound what SQL can do."""
    if isinstance(datasette, Portal) and database == DATABASE:
        bound(conn)


@_hook
def prepare_jinja2_environment(env: jinja2.Environment, datasette: Datasette) -> None:
    """What every template may use, the error page too, which gets no other variables."""
    if isinstance(datasette, Portal):
        language = datasette.language
        env.globals.update(
            site=datasette.metadata(), database_name=DATABASE, language=language, say=language.say,
            colon=language.say("：", ": "),
            translated=lambda request: _translated(request, language),
            data=language.without, words_of=words.words_of,
            column_words=words.column_words,
            unit_word=lambda unit: words.unit_word(unit, language),
            code_of=words.code_of, is_number=words.is_number,
            row_path=cells.row_path, raw_path=cells.raw_path, number=readable.number, dates=readable.dates,
            day=lambda written: readable.day(written or "", language),
            spoken=lambda value: readable.spoken(value, language),
            wide=cells.wide, describe_value=article.describe_value,
            amount=article.amount, downloads=datasette.downloads,
            max_query=MAX_QUERY, has_quality=datasette.quality is not None,
            **machines.words(datasette),
        )  # fmt: skip


@_hook
def register_routes(datasette: Datasette) -> Routes:
    """The pages of this site."""
    if not isinstance(datasette, Portal):
        return []
    return [
        (r"/$", home_page),
        (r"/search$", search_page),
        (r"/search\.json$", search_json),
        (r"/quality$", quality_page),
        (r"/quality\.json$", quality_json),
        (r"/article/(?P<article_id>[^/]+)$", article_page),
        (r"/figure/(?P<key>[^/]+)$", figure_page),
        (r"/system/(?P<key>[^/]+)$", system_page),
        (r"/source/(?P<key>[^/]+)$", source_page),
        (r"/place/(?P<key>[^/]+)$", place_page),
        (r"/indicator/(?P<key>[^/]+)$", indicator_page),
        (r"/theme/(?P<key>[^/]+)$", theme_page),
        (r"/queries$", queries_page),
        (r"/map$", map_page),
        (r"/charts/(?P<name>\w+)\.(?P<form>svg|png)$", chart_response),
        (r"/downloads/(?P<path>.+)$", download),
        (_HIDDEN, hidden),
        *machines.ROUTES,
    ]


@_hook
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    """Codes by name, lists as text, keys as links."""
    return cells.render_value(datasette, table, column, value, row) if isinstance(datasette, Portal) else None


@_hook
def filters_from_request(request: Request, table: str, datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Refuse a filter that would answer something else than was asked."""

    async def check() -> None:
        if isinstance(datasette, Portal):
            columns = await datasette.get_database(DATABASE).table_columns(table)
            check_filters(request.args.keys(), table, columns, datasette.language)

    return check


@_hook
def extra_template_vars(
    template: str | None, request: Request | None, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """On the page of a featured query: its chart, and words for its parameters."""

    async def more() -> dict[str, Any]:
        if not isinstance(datasette, Portal) or template != "query.html" or request is None:
            return {}
        return {
            "figure": await query_figure(datasette, request),
            "suggested": await datasette.once("words", suggestions),
        }

    return more


def _translated(request: Request, language: Language) -> str:
    """The address of the same page in the other language."""
    path = request.scope.get("raw_path", b"/").decode("latin-1").partition("?")[0]
    return f"{language.other.base}{path.lstrip('/')}" + (
        f"?{request.query_string}" if request.query_string else ""
    )


async def home_page(datasette: Portal, request: Request) -> Response:
    """The home page."""
    return await _page(datasette, request, "index.html", await datasette.once("home", home_context))


async def search_page(datasette: Portal, request: Request) -> Response:
    """Search across the tables."""
    wanted = read_wanted(request.args, datasette)
    context = {"wanted": wanted, "results": await search(datasette, wanted), "most": MOST}
    return await _page(datasette, request, "search.html", context)


async def search_json(datasette: Portal, request: Request) -> Response:
    """What to offer while a query is typed."""
    return Response.json(await suggest(datasette, request.args.get("q") or ""))


async def article_page(datasette: Portal, request: Request) -> Response:
    """One article with its facts."""
    context = await article.article_context(datasette, unquote(request.url_vars["article_id"]))
    return await _page(datasette, request, "article.html", context | _permalink(datasette, request))


async def figure_page(datasette: Portal, request: Request) -> Response:
    """One figure with its sentence, its checks and its like."""
    context = await figure_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "figure.html", context | _permalink(datasette, request))


async def system_page(datasette: Portal, request: Request) -> Response:
    """A named system with its parts."""
    context = await system_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "system.html", context | _permalink(datasette, request))


async def source_page(datasette: Portal, request: Request) -> Response:
    """A newspaper page as found and as repaired."""
    context = await source_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "source.html", context | _permalink(datasette, request))


async def quality_page(datasette: Portal, request: Request) -> Response:
    """How complete and consistent this build is."""
    return await _page(
        datasette, request, "quality.html", quality_context(_report(datasette), datasette.language)
    )


async def quality_json(datasette: Portal) -> Response:
    """The same report for programs, as the build wrote it."""
    return Response.json(_report(datasette).model_dump(mode="json"))


def _permalink(datasette: Portal, request: Request) -> dict[str, str]:
    return {"permalink": machines.permalink(datasette, request)}


def _report(datasette: Portal) -> Quality:
    if datasette.quality is None:
        raise NotFound(
            datasette.language.say(
                "这个数据包没有质量报告；fangzhi build 会写出一份。",
                "This package has no quality report; fangzhi build writes one.",
            )
        )
    return datasette.quality


async def place_page(datasette: Portal, request: Request) -> Response:
    """A place with all that is told of it."""
    context = await place_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "place.html", context)


async def indicator_page(datasette: Portal, request: Request) -> Response:
    """An indicator across places and over time."""
    context = await indicator_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "indicator.html", context)


async def theme_page(datasette: Portal, request: Request) -> Response:
    """The articles of a theme."""
    context = await theme_context(datasette, unquote(request.url_vars["key"]))
    return await _page(datasette, request, "theme.html", context)


async def queries_page(datasette: Portal, request: Request) -> Response:
    """The featured questions."""
    context = {
        "groups": await grouped_questions(datasette),
        "suggested": await datasette.once("words", suggestions),
    }
    return await _page(datasette, request, "queries.html", context)


async def map_page(datasette: Portal, request: Request) -> Response:
    """Where the figures are from."""
    return await _page(datasette, request, "map.html", {"map": await datasette.once("map", figures_map)})


async def download(datasette: Portal, request: Request, send: Send) -> None:
    """A file of the package; only what its index lists."""
    path = unquote(request.url_vars["path"])
    listed = next((item for item in datasette.downloads if item.path == path), None)
    if listed is None:
        raise NotFound(datasette.language.say("没有这个下载文件。", "There is no such file to download."))
    is_head = request.method == "HEAD"
    file = datasette.package / path
    await send_file(send, file, listed.media_type, listed.sha256, request.headers, is_head)


async def hidden(datasette: Portal) -> Response:
    """Pages that this site does not show."""
    raise NotFound(datasette.language.say("没有这一页。", "There is no such page."))


async def _page(datasette: Portal, request: Request, template: str, context: dict[str, Any]) -> Response:
    return Response.html(await datasette.render_template(template, context, request=request))


@_hook
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]]:
    """An error as a page, or as JSON where JSON was asked for."""

    async def respond() -> Response:
        language = datasette.language if isinstance(datasette, Portal) else Language.EN
        status, message = explain(exception, bool(request.query_string), language)
        if status == 500:
            traceback.print_exception(exception)
        if request.path.endswith(".json"):
            content = {"ok": False, "error": message, "status": status, "title": None}
            return Response.json(content, status=status)
        template = datasette.jinja_env.get_template("error.html")
        context = {"status": status, "error": message, "urls": datasette.urls, "request": request}
        context |= {"menu_links": list, "app_css_hash": ""}  # what the stock template of others asks for
        return Response.html(await template.render_async(context), status=status)

    return respond


def explain(exception: Exception, has_arguments: bool, language: Language) -> tuple[int, str]:
    """Status and message of an error; one that the arguments of a request caused is no fault of ours."""
    cause = exception.__context__
    if isinstance(exception, QueryInterrupted) or isinstance(cause, QueryInterrupted):
        return 400, language.say("查询超时，请缩小范围。", "The query took too long; narrow it.")
    if isinstance(exception, NotFound) and str(exception) in _MISSING:
        return 404, language.say("没有这一页。", "There is no such page.")
    if isinstance(exception, DatasetteError):
        status = 400 if exception.status == 500 and has_arguments else exception.status
        return status, str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0] if exception.args else "")
    if isinstance(exception, sqlite3.ProgrammingError) and "binding" in str(exception):
        return 404, language.say("没有这一行：主键不全。", "There is no such row: its key has more parts.")
    if has_arguments and isinstance(exception, _BAD_ARGUMENTS):
        return 400, language.say(f"参数有误：{exception}", f"An argument is not valid: {exception}")
    return 500, language.say("服务器出错。", "Something went wrong on the server.")
