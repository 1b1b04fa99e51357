"""The featured questions and the metadata: every one runs on the real tables and says what it shows."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from conftest import ROOT
from datasette.app import Datasette
from sample import SOURCE

from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.site.app import create_app
from fangzhi.site.charts.studio import Studio
from fangzhi.site.errors import SiteError
from fangzhi.site.languages import Language
from fangzhi.site.metadata import find_metadata, read_metadata, with_words
from fangzhi.site.portal import Portal
from fangzhi.site.serve import open_socket
from fangzhi.site.words import column_words

METADATA = read_metadata(ROOT / "metadata.yml")
QUERIES: dict[str, dict[str, Any]] = METADATA["databases"]["fangzhi"]["queries"]

# What a question must answer on the sample, with its arguments: a value that one of its rows holds.
ANSWERS: dict[str, list[tuple[dict[str, str], object]]] = {
    "figures_of_a_place": [
        ({}, "领取培训券"),
        ({"place": "清河"}, 42),
        ({"place": "河北"}, 442),
        ({"place": "清河縣"}, 42),
        ({"place": "火星"}, None),
    ],
    "compare_places": [({}, "新建供水管网"), ({"indicator": "管网"}, 42)],
    "largest_sums": [({}, 30135000)],
    "numbers_that_do_not_add_up": [({}, None)],
    "how_the_checks_came_out": [({}, "holds")],
    "systems_and_their_parts": [
        ({}, "一户一档、一村一策、一季一评"),
        ({"name": "三個"}, 3),
        ({"name": "清河"}, None),
    ],
    "systems_with_missing_parts": [({}, None)],
    "targets": [({}, None)],
    "growth": [({}, None)],
    "timeline": [({}, "试行电子培训券"), ({"year": "2021"}, "试行电子培训券"), ({"year": "1999"}, None)],
    "places_in_the_news": [({}, "河北省清河县")],
    "themes_of_the_news": [({}, 5)],
    "who_writes": [({}, "张三")],
    "told_twice": [({}, None)],
    "what_was_not_read": [({}, "empty_file")],
}
CASES = [(name, arguments, value) for name, cases in ANSWERS.items() for arguments, value in cases]


def test_every_question_has_an_answer_to_test_and_words_in_two_languages() -> None:
    assert set(ANSWERS) == set(QUERIES)
    assert len(QUERIES) >= 10
    for query in QUERIES.values():
        assert query["title"]
        assert query["title_en"]
        assert query["description"]
        assert query["description_en"]


@pytest.mark.parametrize(("name", "arguments", "value"), CASES)
def test_a_question_is_answered(
    web: httpx.Client, name: str, arguments: dict[str, str], value: object
) -> None:
    answer = web.get(f"/fangzhi/{name}.json", params=arguments).json()
    assert answer["error"] is None
    values = [cell for row in answer["rows"] for cell in row]
    assert value in values if value is not None else values == []


@pytest.mark.parametrize("name", QUERIES)
def test_the_page_of_a_question(web: httpx.Client, name: str) -> None:
    response = web.get(f"/fangzhi/{name}")
    assert response.status_code == 200
    assert QUERIES[name]["title"] in response.text
    for label in QUERIES[name].get("labels", {}).values():
        assert f">{label}</label>" in response.text


@pytest.mark.parametrize("name", QUERIES)
def test_every_column_of_an_answer_has_a_title(web: httpx.Client, name: str) -> None:
    columns = web.get(f"/fangzhi/{name}.json").json()["columns"]
    named = QUERIES[name].get("columns", {})
    assert [column for column in columns if column not in named and column_words(None, column) is None] == []


@pytest.mark.parametrize(
    "name", ["figures_of_a_place", "largest_sums", "systems_and_their_parts", "timeline"]
)
def test_answers_lead_to_the_article(web: httpx.Client, name: str) -> None:
    assert f'href="/zh/article/{SOURCE}-a4"' in web.get(f"/fangzhi/{name}").text


@pytest.mark.parametrize("language", Language)
def test_metadata_speaks_of_every_table_and_column(language: Language) -> None:
    tables = with_words(METADATA, language)["databases"]["fangzhi"]["tables"]
    assert set(tables) == {*TABLES, *VIEWS}
    for table in TABLES.values():
        words = tables[table.name]
        assert language.say(table.zh, table.en) == words["title"]
        assert set(words["columns"]) == {field.name for field in table.fields}


def test_what_editors_write_of_a_table_comes_before_the_models() -> None:
    edited = {"databases": {"fangzhi": {"tables": {"articles": {"title": "报道", "size": 5}}}}}
    articles = with_words(edited, Language.ZH)["databases"]["fangzhi"]["tables"]["articles"]
    assert (articles["title"], articles["size"]) == ("报道", 5)
    assert articles["columns"]["title"].startswith("标题")


def test_tables_of_the_metadata_exist_with_the_columns_named() -> None:
    for name, settings in METADATA["databases"]["fangzhi"]["tables"].items():
        if name in VIEWS:
            continue
        fields = {field.name for field in TABLES[name].fields}
        named = {settings.get(key) for key in ("label_column", "sort", "sort_desc")} - {None}
        assert {*settings.get("facets", []), *named} <= fields


def test_where_the_metadata_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, elsewhere = tmp_path / "package", tmp_path / "elsewhere"
    package.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert read_metadata(find_metadata(package))["title"] == "方志"
    (elsewhere / "metadata.yml").write_text("title: 甲", encoding="utf-8")
    assert read_metadata(find_metadata(package))["title"] == "甲"
    (package / "metadata.yml").write_text("title: 乙", encoding="utf-8")
    assert read_metadata(find_metadata(package))["title"] == "乙"


@pytest.mark.parametrize("content", ["- a", "a: [", "a: b: c", "\x00"])
def test_metadata_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "metadata.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SiteError, match=r"metadata\.yml"):
        read_metadata(path)


def test_the_metadata_of_the_repository_is_plain_yaml() -> None:
    assert yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))["license"]


def test_serving_tells_where_and_ends_when_told_to(package: Path) -> None:
    code = "import sys, pathlib; from fangzhi.site.serve import serve; serve(pathlib.Path(sys.argv[1]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, package], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = re.search(r"http://localhost:\d+", process.stdout.readline())
        assert address is not None
        try:
            answer = httpx.get(address[0].replace("localhost", "127.0.0.1") + "/zh/", timeout=30)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        finally:
            process.kill()
        assert answer.status_code == 200


def test_other_instances_of_datasette_are_left_alone(package: Path) -> None:
    create_app(package)
    create_app(package)

    async def visit() -> list[httpx.Response]:
        other = Datasette(memory=True)
        await other.invoke_startup()
        return [await other.client.get(path) for path in ("/", "/_memory?sql=select+zeroblob(2)", "/nope")]

    home, query, missing = asyncio.run(visit())
    assert "Datasette" in home.text
    assert "方志" not in home.text
    assert (query.status_code, missing.status_code) == (200, 404)


def test_a_missing_package_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="run fangzhi build first"):
        Portal(tmp_path, Language.ZH, "/", Studio())


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SiteError, match="--port"):
        open_socket("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("192.0.2.1", 8001)])
def test_an_address_that_cannot_be_had_is_told(host: str, port: int) -> None:
    with pytest.raises(SiteError, match="--port"):
        open_socket(host, port)


def test_without_a_port_the_first_free_one_is_taken() -> None:
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(open_socket("127.0.0.1", None)).getsockname()[1]
        second = stack.enter_context(open_socket("127.0.0.1", None)).getsockname()[1]
    assert 8001 <= first < second <= 8100
