"""The addresses for programs as OpenAPI 3.1: each with real examples, which the tests ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from datasette import Response
from datasette.utils import derive_named_parameters
from datasette.utils.asgi import Request

from fangzhi import __version__
from fangzhi.catalog import dcat
from fangzhi.database.search import SEARCHED
from fangzhi.database.views import VIEWS
from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES
from fangzhi.site.address import public_address
from fangzhi.site.answers import tagged_json
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.requests import MCP_PATH
from fangzhi.site.versions import LATEST

Json = dict[str, Any]
SQL = "select quote, measure, value, unit, place, title from figures order by published_on desc limit 5"
_TYPES: dict[Any, str] = {int: "integer", Decimal: "number", date: "string"}
_TAGS = ("SQL", "Tables", "Questions", "Files", "Catalogue", "Assistants")
_ERROR = {"$ref": "#/components/responses/Error"}


async def openapi(datasette: Portal, request: Request) -> Response:
    """The description of this site."""
    queries = await datasette.get_canned_queries(DATABASE, None)
    names = {
        name: await derive_named_parameters(datasette.get_database(DATABASE), query["sql"])
        for name, query in queries.items()
    }
    return tagged_json(request, description(datasette, public_address(datasette, request), queries, names))


def description(
    portal: Portal, address: str, queries: Mapping[str, Json], parameters: Mapping[str, list[str]]
) -> Json:
    """The document; ``parameters`` are those of each featured query."""
    about = portal.metadata()
    licence = {"name": about.get("license") or "CC BY 4.0", "url": about.get("license_url")}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": about.get("title") or DATABASE,
            "summary": "Figures from Chinese local newspapers, each with the characters that state it",
            "description": about.get("description_en") or about.get("description") or "",
            "version": __version__,
            "license": {key: value for key, value in licence.items() if value},
        },
        "servers": [{"url": address.rstrip("/")}],
        "externalDocs": {"url": f"{address}en/developers", "description": "Examples that run as they stand"},
        "tags": [{"name": name} for name in _TAGS],
        "paths": {
            **_sql(),
            **dict(item for name in (*TABLES, *VIEWS) for item in _table(name).items()),
            **_row(),
            **dict(item for name in queries for item in _query(name, queries[name], parameters[name])),
            **_files(portal),
            **_catalogue(),
            **_assistants(),
        },
        "components": {"schemas": _schemas(), "responses": {"Error": _error()}},
    }  # fmt: skip


def _get(
    tag: str, name: str, summary: str, content: Json, parameters: Iterable[Json] = (), **more: Any
) -> Json:
    answers = {"200": {"description": "found", "content": content}, **more}
    return {
        "get": {
            "operationId": name, "tags": [tag], "summary": summary, "parameters": list(parameters),
            "responses": answers,
        }
    }  # fmt: skip


def _query_parameter(name: str, text: str, kind: str = "string", example: Any = None, **schema: Any) -> Json:
    found: Json = {"name": name, "in": "query", "description": text, "schema": {"type": kind, **schema}}
    return found if example is None else {**found, "example": example}


def _path_parameter(name: str, text: str, example: str, **schema: Any) -> Json:
    shape = {"type": "string", **schema}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text,
        "schema": shape,
        "example": example,
    }


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _text(media_type: str) -> Json:
    return {media_type: {"schema": {"type": "string"}}}


def _shape() -> Json:
    text = "rows alone, or an object with rows and what is known of the answer"
    return _query_parameter("_shape", text, example="objects", enum=["objects", "array"])


def _sql() -> Json:
    statement = {**_query_parameter("sql", "one SELECT, in SQLite", example=SQL), "required": True}
    return {
        f"/{DATABASE}.json": _get(
            "SQL", "sql_json", "Ask in SQL", _json(_answer({"type": "object"})), [statement, _shape()],
            **{"400": _ERROR, "503": _ERROR},
        ),
        f"/{DATABASE}.csv": _get("SQL", "sql_csv", "Ask in SQL, as CSV", _text("text/csv"), [statement]),
    }  # fmt: skip


def _answer(row: Json) -> Json:
    rows = {"type": "array", "items": row}
    whole = {
        "type": "object",
        "required": ["rows", "truncated"],
        "properties": {"rows": rows, "truncated": {"type": "boolean"}},
    }
    return {"oneOf": [whole, rows]}


def _table(name: str) -> Json:
    words = VIEWS.get(name) or TABLES[name]
    size = _query_parameter("_size", "rows a page", "integer", 3, minimum=1, maximum=1000)
    stream = _query_parameter("_stream", "all rows", example="on", enum=["on"])
    search = [_query_parameter("_search", "full-text search")] if name in SEARCHED else []
    more = [
        *search,
        _query_parameter("_sort", "column to sort by"), _query_parameter("_sort_desc", "the same, downwards"),
        _query_parameter("_col", "a column to show; any column is a filter, too: kind=money, value__gt=100"),
    ]  # fmt: skip
    content = _json(_answer({"$ref": f"#/components/schemas/{name}"}))
    return {
        f"/{DATABASE}/{name}.json": _get(
            "Tables", f"{name}_json", words.en, content, [_shape(), size, *more], **{"400": _ERROR}
        ),
        f"/{DATABASE}/{name}.csv": _get(
            "Tables", f"{name}_csv", f"{words.en}, as CSV", _text("text/csv"), [stream, *more]
        ),
    }


def _row() -> Json:
    table = _path_parameter("table", "a table", "units", enum=list(TABLES))
    key = _path_parameter("key", "its key; other than ASCII as ~ and bytes of UTF-8", "~E4~BA~A9")
    content = _json({"type": "object", "required": ["rows", "primary_keys"]})
    item = _get("Tables", "row", "One row by its key", content, [table, key], **{"404": _ERROR})
    return {f"/{DATABASE}/{{table}}/{{key}}.json": item}


def _query(name: str, query: Json, parameters: Iterable[str]) -> Iterable[tuple[str, Json]]:
    asked = [_query_parameter(each, "may be empty", example="") for each in dict.fromkeys(parameters)]
    summary = str(query.get("title_en") or query.get("title") or name)
    content = _json(_answer({"type": "object"}))
    yield f"/{DATABASE}/{name}.json", _get("Questions", f"{name}_json", summary, content, [_shape(), *asked])
    yield f"/{DATABASE}/{name}.csv", _get("Questions", f"{name}_csv", summary, _text("text/csv"), asked)


def _files(portal: Portal) -> Json:
    if portal.published is None:
        return {}
    version = _path_parameter("version", f"a version, or {LATEST}", LATEST)
    path = _path_parameter("path", "a file, as the list has it", "data/units.csv")
    listed = {"type": "object", "required": ["files"]}
    return {
        "/data/": _get("Files", "versions", "Versions", _json({"type": "object", "required": ["versions"]})),
        "/data/{version}/downloads.json": _get(
            "Files", "files", "Files of a version: size, SHA-256, rows", _json(listed), [version]
        ),
        "/data/{version}/{path}": _get(
            "Files", "file", "A file, whole or in part (Range)", _text("text/csv"), [version, path],
            **{"404": _ERROR},
        ),
    }  # fmt: skip


def _catalogue() -> Json:
    found = {
        f"/catalog.{form}": _get("Catalogue", f"catalog_{form}", "DCAT-AP 3", _text(media))
        for form, (_, media) in dcat.FORMATS.items()
    }
    history = _json({"type": "object", "required": ["entries"]})
    plain = {
        "/changes.atom": ("changes_atom", "Changes as a feed", "application/atom+xml"),
        "/sitemap.xml": ("sitemap", "Site map", "application/xml"),
        "/robots.txt": ("robots", "What programs may walk", "text/plain"),
    }
    found["/changes.json"] = _get("Catalogue", "changes", "What changed, and why", history)
    for address, (name, summary, media) in plain.items():
        found[address] = _get("Catalogue", name, summary, _text(media))
    found["/openapi.json"] = _get("Catalogue", "openapi", "This document", _json({"type": "object"}))
    return found


def _assistants() -> Json:
    call = {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "find_figures", "arguments": {"most": 2}},
    }  # fmt: skip
    post = {
        "operationId": "mcp", "tags": ["Assistants"], "summary": "Model Context Protocol over HTTP",
        "parameters": [
            {
                "name": "Accept", "in": "header", "required": True, "schema": {"type": "string"},
                "example": "application/json, text/event-stream",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": call}},
        },
        "responses": {"200": {"description": "answered", "content": _json({"type": "object"})}},
    }  # fmt: skip
    return {
        MCP_PATH: {"post": post},
        "/llms.txt": _get("Assistants", "llms", "What an assistant should know first", _text("text/plain")),
    }


def _schemas() -> Json:
    found = {name: _row_schema(table) for name, table in TABLES.items()}
    return found | {name: {"type": "object", "description": view.en_text} for name, view in VIEWS.items()}


def _row_schema(table: Table) -> Json:
    fields = {
        field.name: {
            "type": [_TYPES.get(field.type, "string"), "null"],
            "title": field.column.en,
            "description": field.column.en_text,
        }
        for field in table.fields
    }
    return {"type": "object", "description": table.en_text, "properties": fields}


def _error() -> Json:
    schema = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    return {"description": "what was wrong", "content": _json(schema)}


ROUTES = [(r"/openapi\.json$", openapi)]
