"""The page for developers and the OpenAPI description: every example is run as it stands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from fangzhi.model.tables import TABLES
from fangzhi.site.examples import EXAMPLES, Example

ENDINGS = {"sh": "sh", "python": "py", "R": "R", "node": "mjs"}
RUNS = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable], "R": ["Rscript"], "node": ["node"]}
IN_SHELL = ("curl", "sqlite3")


@pytest.fixture(scope="module")
def web(portal: str) -> httpx.Client:
    return httpx.Client(base_url=portal, timeout=30, follow_redirects=True)


@pytest.fixture(scope="module")
def pages(web: httpx.Client) -> dict[str, str]:
    return {language: web.get(f"/{language}/developers").text for language in ("zh", "en")}


def shown(page: str) -> dict[str, str]:
    """The examples as the page has them."""
    blocks = re.findall(r'<h3 id="([\w-]+)">.*?<code[^>]*>(.*?)</code>', page, re.DOTALL)
    return {name: unescape(code) for name, code in blocks}


def needs(example: Example) -> list[str]:
    tools = [tool for tool in IN_SHELL if example.runs == "sh" and f"{tool} " in example.code]
    return [*tools, RUNS[example.runs][0]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_runs_as_the_page_shows_it(
    pages: dict[str, str], example: Example, tmp_path: Path
) -> None:
    if missing := [tool for tool in needs(example) if shutil.which(tool) is None]:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    if (
        example.runs == "R"
        and subprocess.run(["Rscript", "-e", "library(readr)"], capture_output=True).returncode
    ):
        pytest.skip("not installed here: the R package readr")
    program = tmp_path / f"example.{ENDINGS[example.runs]}"
    program.write_text(shown(pages["zh"])[example.name], encoding="utf-8")
    ended = subprocess.run(
        [*RUNS[example.runs], program], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert example.prints in ended.stdout


def test_both_languages_show_the_same_examples(pages: dict[str, str], portal: str) -> None:
    assert shown(pages["zh"]) == shown(pages["en"])
    assert set(shown(pages["en"])) == {example.name for example in EXAMPLES}
    assert all(portal in code and "BASE" not in code for code in shown(pages["en"]).values())


def test_codes_that_look_like_numbers_stay_text(web: httpx.Client) -> None:
    """What pandas would do without the types: the reason that the example gives them."""
    import pandas as pd

    table = str(web.base_url.join("/downloads/data/places.csv"))
    assert pd.read_csv(table)["code"].dtype != "string"


# OpenAPI.


@pytest.fixture(scope="module")
def described(portal: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{portal}/openapi.json").json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def request(address: str, path: str, method: str, operation: dict[str, Any]) -> httpx.Request:
    """An operation as its examples have it."""
    found: dict[str, dict[str, str]] = {"query": {}, "path": {}, "header": {}}
    for parameter in operation.get("parameters", []):
        assert "example" in parameter or not parameter.get("required"), parameter["name"]
        if "example" in parameter:
            found[parameter["in"]][parameter["name"]] = parameter["example"]
    for name, value in found["path"].items():
        path = path.replace(f"{{{name}}}", quote(value, safe="/~+"))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    return httpx.Request(
        method, address + path, params=found["query"] or None, headers=found["header"], json=body
    )


def test_the_description_is_valid(described: dict[str, Any], portal: str) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": portal}]
    wrong = {**described, "paths": {"no-stroke": {"get": {}}}}
    assert list(OpenAPIV31SpecValidator(wrong).iter_errors())


def test_every_table_and_question_is_described(described: dict[str, Any], web: httpx.Client) -> None:
    questions = web.get("/-/metadata.json").json()["databases"]["fangzhi"]["queries"]
    for name in (*TABLES, *questions):
        assert {f"/fangzhi/{name}.json", f"/fangzhi/{name}.csv"} <= described["paths"].keys()
    names = [operation["operationId"] for *_, operation in operations(described)]
    assert len(names) == len(set(names))


def test_every_operation_answers_as_described(
    described: dict[str, Any], web: httpx.Client, portal: str
) -> None:
    for path, method, operation in operations(described):
        answer = web.send(request(portal, path, method, operation))
        assert answer.status_code == 200, (path, answer.text)
        media_type = answer.headers["content-type"].partition(";")[0]
        content = operation["responses"]["200"]["content"]
        assert media_type in content, path
        if media_type == "application/json":
            schema = {**content[media_type]["schema"], "components": described["components"]}
            jsonschema.Draft202012Validator(schema).validate(answer.json())


def test_rows_have_the_types_that_are_described(described: dict[str, Any], web: httpx.Client) -> None:
    for name, table in TABLES.items():
        schema = described["components"]["schemas"][name]
        assert list(schema["properties"]) == [field.name for field in table.fields]
        rows = web.get(f"/fangzhi/{name}.json?_shape=array&_size=max").json()
        for row in rows:
            jsonschema.Draft202012Validator(schema).validate(row)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("text/csv", "text/csv"), ("application/json", "application/json"), ("text/html", "text/html")],
)
@pytest.mark.parametrize("path", ["/fangzhi/units", "/fangzhi?sql=select+1+as+one", "/fangzhi/growth"])
def test_accept_chooses_the_form(web: httpx.Client, path: str, accept: str, media_type: str) -> None:
    answer = web.get(path, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)


def test_the_settings_for_assistants_are_json(pages: dict[str, str], portal: str) -> None:
    block = re.search(r'id="mcp-settings">(.*?)</pre>', pages["en"], re.DOTALL)
    assert block
    assert json.loads(unescape(block[1]))["mcpServers"]["fangzhi"]["url"] == f"{portal}/-/mcp"
