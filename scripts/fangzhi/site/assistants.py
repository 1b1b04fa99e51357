"""What AI assistants use: MCP and llms.txt, through the plugins made for it, within the bounds of this site.

Datasette finds these hooks as a plugin of its own, since one of them has to come before the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import quote

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request
from datasette_llms_txt.generate import generate_index
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from fangzhi.database.search import MAX_QUERY
from fangzhi.site.address import public_address
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.requests import MCP_PATH

MOST = 100
_FOUND = """SELECT observation_id, quote, sentence, measure, subject, value, value_max, unit, qualifier,
  status, period_start, period_end, place, title AS headline, publisher, published_on, article_id
FROM figures
WHERE (:words = '' OR observation_id IN (SELECT observation_id FROM observations WHERE rowid IN
    (SELECT rowid FROM observations_fts WHERE observations_fts MATCH escape_fts(:words))))
  AND (:place = '' OR place_id IN (SELECT place_id FROM places WHERE rowid IN
    (SELECT rowid FROM places_fts WHERE places_fts MATCH escape_fts(:place))))
ORDER BY published_on DESC, observation_id LIMIT :most"""
_SOURCES = """## Sources

Every figure is a row of the view `figures`: `quote` has the characters that state it, `sentence` those
around them, `title`, `publisher` and `published_on` say where it stood, and its article is at
`{address}article/` and its `article_id`. Cite these with each figure. `status` tells what was reached
(`actual`) from what was aimed at (`target`), prescribed (`policy`) or possible (`capacity`); `value_max` is
the upper end of a span. Ids and codes are texts, also where they look like numbers.

- [MCP]({address}{mcp}): Model Context Protocol over HTTP (POST), to find figures and to ask in SQL
- [OpenAPI]({address}openapi.json): all addresses for programs, with examples
- [For developers]({address}en/developers): examples in curl, Python, DuckDB, R and JavaScript
- [Downloads]({address}en/downloads): whole tables as CSV, Parquet, JSON lines, Excel and SQLite
- [Changes]({address}changes.json): what changed from version to version, and why
"""


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The plugin's llms.txt with what it cannot know: how to cite."""
    return [(r"^/llms\.txt$", llms)] if isinstance(datasette, Portal) else []


async def llms(datasette: Portal, request: Request) -> Response:
    """What an assistant should know before it asks."""
    text = await generate_index(datasette, request)
    address = public_address(datasette, request)
    return Response.text(f"{text}\n{_SOURCES.format(address=address, mcp=MCP_PATH.lstrip('/'))}")


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def register_mcp_tools(datasette: Datasette, mcp: MCPServer) -> None:
    """A tool that gives figures with their sources; none that could write."""
    if not isinstance(datasette, Portal):
        return
    datasette.mcp = mcp
    mcp.remove_tool("execute_writable_canned_query")

    @mcp.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    async def find_figures(
        ctx: Context,
        words: Annotated[str, Field(max_length=MAX_QUERY, description="Chinese words in the figure")] = "",
        place: Annotated[str, Field(max_length=MAX_QUERY, description="a place; those below it count")] = "",
        most: Annotated[int, Field(ge=1, le=MOST, description="rows at most")] = 20,
    ) -> dict[str, Any]:
        """Find figures by words and place, newest first, with quote, sentence, newspaper and article.

        Cite `quote`, `publisher`, `published_on` and `article` with every figure you tell.
        """
        arguments = {"words": words.strip(), "place": place.strip(), "most": most}
        return {"figures": await _figures(datasette, _address(datasette, ctx), arguments)}


async def _figures(portal: Portal, address: str, arguments: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        found = await portal.get_database(DATABASE).execute(_FOUND, arguments, truncate=True)
    except QueryInterrupted:
        raise ToolError("The search took too long; narrow it.") from None
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    return [row | {"article": f"{address}article/{quote(row['article_id'], safe='')}"} for row in rows]


def _address(portal: Portal, ctx: Context) -> str:
    request = ctx.request_context.request
    scope = getattr(request, "scope", None)
    return public_address(portal, Request(scope, None)) if isinstance(scope, dict) else "/"


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """No sessions: a stranger could fill their number, and nothing here needs a memory."""
    if isinstance(datasette, Portal):
        datasette.mcp.session_manager.stateless = True
    return lambda app: app
