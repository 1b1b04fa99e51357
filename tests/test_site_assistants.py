"""AI assistants: a real client asks over MCP and gets figures with their sources, within the same bounds."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client
from test_site_safety import ATTACKS

from fangzhi.site.app import create_app
from fangzhi.site.portal import SETTINGS
from fangzhi.site.requests import MAX_POSTED, MCP_PATH

HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def ask(address: str, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(address + MCP_PATH) as client:
            return await talk(client)

    return asyncio.run(session())


def call(address: str, tool: str, **arguments: Any) -> Any:
    return ask(address, lambda client: client.call_tool(tool, arguments))


def test_an_assistant_finds_figures_with_their_sources(portal: str) -> None:
    answer = call(portal, "find_figures", words="供水管網", place="清河")
    assert not answer.is_error
    rows = answer.structured_content["figures"]
    assert {"42公里", "17公里"} <= {row["quote"] for row in rows}
    for row in rows:
        assert row["quote"] in row["sentence"]
        page = httpx.get(row["article"], follow_redirects=True)
        assert page.status_code == 200
        assert row["quote"] in page.text
        assert row["headline"] in page.text
    assert call(portal, "find_figures", words="火星").structured_content == {"figures": []}
    assert len(call(portal, "find_figures", most=1).structured_content["figures"]) == 1


def test_an_assistant_reads_the_schema_and_asks_in_sql(portal: str) -> None:
    async def talk(client: Client) -> tuple[list[str], str, Any]:
        names = [tool.name for tool in (await client.list_tools()).tools]
        schema = await client.call_tool("get_database_schema", {"database": "fangzhi"})
        sql = "select quote, title, article_id from figures where unit = '公里' order by quote"
        found = await client.call_tool("execute_sql", {"database": "fangzhi", "sql": sql})
        return names, schema.structured_content["schema"], found.structured_content["rows"]

    names, schema, rows = ask(portal, talk)
    assert not [name for name in names if "writ" in name]
    assert "find_figures" in names
    assert 'CREATE TABLE "observations"' in schema or "CREATE TABLE observations" in schema
    assert [row["quote"] for row in rows] == ["17公里", "42公里"]
    for row in rows:
        assert httpx.get(f"{portal}/article/{row['article_id']}", follow_redirects=True).status_code == 200


def test_the_featured_questions_can_be_asked(portal: str) -> None:
    listed = call(portal, "list_canned_queries").structured_content["queries"]
    assert {query["database"] for query in listed} == {"fangzhi"}
    assert not [query for query in listed if query["write"]]
    found = call(
        portal,
        "execute_canned_query",
        database="fangzhi",
        query="figures_of_a_place",
        parameters={"place": "清河"},
    )
    assert found.structured_content["rows"]


@pytest.mark.parametrize("sql", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_at_once_here_too(site: str, sql: str) -> None:
    started = time.monotonic()
    answer = call(site, "execute_sql", database="fangzhi", sql=sql)
    assert time.monotonic() - started < 5
    assert answer.is_error, answer.content
    assert answer.content[0].text


def test_rows_are_bounded(portal: str) -> None:
    sql = "select a.unit_id from units a, units b"
    found = call(portal, "execute_sql", database="fangzhi", sql=sql).structured_content
    assert (len(found["rows"]), found["truncated"]) == (SETTINGS["max_returned_rows"], True)


def test_questions_take_turns_with_those_in_sql(portal: str) -> None:
    slow = "with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c"
    message = {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "execute_sql", "arguments": {"database": "fangzhi", "sql": slow}},
    }  # fmt: skip

    async def flood() -> tuple[list[int], float]:
        async with httpx.AsyncClient(base_url=portal, timeout=60) as client:
            posts = [
                asyncio.create_task(client.post(MCP_PATH, json=message, headers=HEADERS)) for _ in range(24)
            ]
            await asyncio.sleep(0.5)
            started = time.monotonic()
            page = await client.get("/zh/")
            waited = time.monotonic() - started
            assert page.status_code == 200
            return [answer.status_code for answer in await asyncio.gather(*posts)], waited

    statuses, waited = asyncio.run(flood())
    assert statuses.count(503) == 6  # two run, sixteen wait
    assert set(statuses) == {200, 503}
    assert waited < 3


@pytest.mark.parametrize(
    "path", ["/", "/zh/", "/fangzhi.json", "/zh/-/mcp", "/en/-/mcp", "/-/mcp/", "/-/mcp/x"]
)
def test_nothing_else_takes_a_post(portal: str, path: str) -> None:
    assert httpx.post(portal + path, json={}).status_code == 405


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_the_endpoint_takes_nothing_else(portal: str, method: str) -> None:
    answer = httpx.request(method, portal + MCP_PATH)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


def test_pages_of_others_may_ask(portal: str) -> None:
    answer = httpx.options(portal + MCP_PATH, headers={"origin": "https://example.org"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Mcp-Protocol-Version" in answer.headers["access-control-allow-headers"]
    assert "POST" not in httpx.options(f"{portal}/zh/").headers["access-control-allow-methods"]


def test_what_is_posted_is_bounded(portal: str) -> None:
    assert httpx.post(portal + MCP_PATH, content=b" " * (MAX_POSTED + 1)).status_code == 413
    endless = (b" " * 1000 for _ in range(MAX_POSTED))
    assert httpx.post(portal + MCP_PATH, content=endless).status_code == 413
    assert httpx.post(portal + MCP_PATH, content=b"{", headers=HEADERS).status_code == 400


def test_no_session_is_kept(portal: str) -> None:
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }  # fmt: skip
    answer = httpx.post(portal + MCP_PATH, json=hello, headers=HEADERS)
    assert answer.status_code == 200
    assert "mcp-session-id" not in answer.headers
    assert answer.json()["result"]["serverInfo"]


def test_the_log_is_left_alone(built: Path) -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    create_app(built)
    assert (root.handlers, root.level) == before


def test_llms_txt_tells_tables_and_how_to_cite(portal: str) -> None:
    answer = httpx.get(f"{portal}/llms.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.text
    assert text.startswith("# 方志")
    assert "## Sources" in text
    for link in ("-/mcp", "openapi.json", "en/developers", "en/downloads", "changes.json"):
        assert f"({portal}/{link})" in text
    for path in ("/fangzhi.md", "/fangzhi/observations.md", "/fangzhi/llms.txt"):
        assert f"({path})" in text or path.endswith("llms.txt")
        assert httpx.get(portal + path).status_code == 200
    english = httpx.get(f"{portal}/en/llms.txt").text
    assert english.startswith("# fangzhi")
