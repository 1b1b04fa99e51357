"""What the documents show is run, and prints what they say."""

from __future__ import annotations

import ast
import csv
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from command import ROOT, environment, fangzhi
from conftest import serving
from documents import ADDRESS, DOCUMENTS, Block, blocks, cells, name, of, table_of

from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.run.sentence import parse_sentence

COLUMNS = {field.name for table in TABLES.values() for field in table.fields}
COLUMNS |= {column for view in VIEWS.values() for column in view.columns}

# What is shown with its output is run, and says what is shown.


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the pages of the project, in a folder that looks like the project's."""
    root = tmp_path_factory.mktemp("docs")
    (root / "seeds").symlink_to(ROOT / "seeds")
    assert fangzhi("build", "seeds", cwd=root).returncode == 0
    return root / "build"


@pytest.fixture(scope="module")
def address(build: Path) -> Iterator[str]:
    with serving(build) as found:
        yield found


_COMMAND = re.compile(r"((?:.*\\\n)*.*\n)([\s\S]*)")


@dataclass(frozen=True)
class Step:
    """A command as one types it, and what it is said to print; ``…`` stands for anything."""

    command: str
    output: str


def steps(block: Block) -> list[Step]:
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0], f"{block.at}: a transcript begins with $"
    return [Step(*_COMMAND.match(part).groups()) for part in parts[1:]]  # type: ignore[union-attr]


def pattern(output: str) -> str:
    """What is printed, line by line: a line that is only … stands for any lines."""
    return "".join(r"(?:.*\n)*?" if line == "…" else _line(line) for line in output.splitlines())


def _line(line: str) -> str:
    return r".*".join(map(re.escape, line.split("…"))) + r"[ ]*\n"


@of("console")
def test_a_transcript_is_true(block: Block, build: Path, address: str) -> None:
    tools = {"curl", "sqlite3"} & set(re.findall(r"^\$ (\w+)", block.text, re.MULTILINE))
    if missing := {tool for tool in tools if shutil.which(tool) is None}:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    path = f"{Path(sys.executable).parent}:{environment()['PATH']}"
    for step in steps(block):
        ended = subprocess.run(
            step.command.replace(ADDRESS, address), shell=True, cwd=build.parent, check=False,
            env=environment(PATH=path, COLUMNS="120"), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        printed = ended.stdout if not ended.stdout or ended.stdout.endswith("\n") else f"{ended.stdout}\n"
        assert re.fullmatch(pattern(step.output), printed), printed


def test_a_wrong_transcript_would_be_seen() -> None:
    block = Block(ROOT / "README.md", 1, "console", "$ one \\\n  two\na…z\n…\nend\n$ three\n")
    assert steps(block) == [Step("one \\\n  two\n", "a…z\n…\nend\n"), Step("three\n", "")]
    shown = pattern("a…z\n…\nend\n")
    assert re.fullmatch(shown, "a to z\nend\n")
    assert re.fullmatch(shown, "az\n1\n2\nend\n")
    assert not re.fullmatch(shown, "a to y\nend\n")
    assert not re.fullmatch(shown, "az\nend\nmore\n")


# What is shown without its output can at least be had.


@pytest.fixture(scope="module")
def web(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as client:
        yield client


@of("sql")
def test_sql_runs_on_the_tables(block: Block, build: Path, web: httpx.Client) -> None:
    sql = re.sub(r"'build/downloads/(\w+)\.parquet'", r"\1", block.text).rstrip().rstrip(";")
    answer = web.get("/fangzhi.json", params={"sql": sql}).json()
    assert (answer["ok"], bool(answer["rows"])) == (True, True), answer["error"]


def imported(source: str) -> set[str]:
    """The packages that a program imports."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {found.split(".")[0] for found in names}


def shown_below(block: Block) -> str:
    """The output that the document shows right below a program."""
    following = next(other for other in blocks(block.path) if other.line > block.line)
    assert following.language == "text", f"{block.at}: shows no output"
    return following.text


@of("python")
def test_a_program_prints_what_is_shown(block: Block, build: Path, address: str) -> None:
    if missing := [name for name in imported(block.text) if importlib.util.find_spec(name) is None]:
        pytest.skip(f"not among the requirements of the tests: {', '.join(missing)}; see the test below")
    ended = subprocess.run(
        [sys.executable, "-c", block.text.replace(ADDRESS, address)],
        cwd=build.parent, env=environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert re.fullmatch(pattern(shown_below(block)), ended.stdout), ended.stdout


@of("python", "r")
def test_a_program_names_columns_that_exist(block: Block) -> None:
    words = set(re.findall(r'"([a-z]+_[a-z_]+)"|(\w+) = col_', block.text))
    assert {word for pair in words for word in pair if word and word != "default"} <= COLUMNS
    files = re.findall(r'build/([\w/.]+)"|"([\w/]+\.csv)"', block.text)
    assert files or "/data/" in block.text


@of("csv")
def test_a_list_to_be_written_is_accepted(block: Block, tmp_path: Path) -> None:
    header = block.text.splitlines()[0].split(",")
    rows = list(csv.DictReader(block.text.splitlines()))
    assert all(None not in row and None not in row.values() for row in rows)
    if "path" in header:
        shutil.copy(ROOT / "seeds" / "000_56446ba86ed505d2.txt", tmp_path / rows[0]["path"])
        (tmp_path / "sources.csv").write_text(block.text, "utf-8")
        ended = fangzhi("build", tmp_path, "-o", tmp_path / "out")
        source = next(csv.DictReader((tmp_path / "out" / "data" / "sources.csv").open(encoding="utf-8")))
        assert {key: source[key] for key, cell in rows[0].items() if cell} == {
            k: c for k, c in rows[0].items() if c
        }
    else:
        (tmp_path / "corrections.csv").write_text(block.text, "utf-8")
        ended = fangzhi("build", "-o", tmp_path / "out", "--corrections", tmp_path / "corrections.csv")
        done = list(csv.DictReader((tmp_path / "out" / "data" / "corrections.csv").open(encoding="utf-8")))
        assert [row["state"] for row in done] == ["applied"] * len(rows)
    assert ended.returncode == 0, ended.stderr


ADDRESSES = sorted(
    {
        (found.rstrip(".,;"), name(path))
        for path in DOCUMENTS
        for found in re.findall(rf"{ADDRESS}(/[^\s`\"'<>|)\\]*)", path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize(("path", "document"), ADDRESSES)
def test_an_address_of_the_site_answers(path: str, document: str, web: httpx.Client) -> None:
    if path in ("/downloads", "/downloads/data/"):  # completed by the program it stands in
        path = f"{path.removesuffix('/data/')}/data/places.csv"
    elif path in ("/fangzhi.json", "/fangzhi.csv"):
        path += "?sql=select+1"
    elif path == "/-/mcp":  # asked by POST
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        accept = {"accept": "application/json, text/event-stream"}
        assert "find_figures" in web.post(path, json=asked, headers=accept).text
        return
    assert web.get(path, follow_redirects=True).status_code == 200


HTTP = ROOT / "docs" / "http-api.md"
PARAMETERS = sorted({span for row in table_of(HTTP, "parameter", "does") for span in row[0].split("`, `")})


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_does_what_is_said(parameter: str, web: httpx.Client) -> None:
    path = "/fangzhi/observations.json"
    before, after = (web.get(path, params=httpx.QueryParams(query)).json() for query in ("", parameter))
    if parameter.startswith("_search=") or not parameter.startswith("_"):
        assert 0 < after["filtered_table_rows_count"] < before["filtered_table_rows_count"]
    else:
        shown = [
            (found["columns"], sorted(found["facet_results"]), found["rows"]) for found in (before, after)
        ]
        assert shown[0] != shown[1]


SHAPES: dict[str, Callable[[str], object]] = {
    "_shape=objects": lambda text: json.loads(text)["rows"][0]["reporters"],
    "_shape=array": lambda text: json.loads(text)[0]["reporters"],
    "_shape=array&_nl=on": lambda text: next(map(json.loads, text.splitlines()))["reporters"],
    "_json=reporters": lambda text: json.dumps(json.loads(text)["rows"][0]["reporters"]),
}


def test_shapes_are_those_that_are_told(web: httpx.Client) -> None:
    assert [row[0] for row in table_of(HTTP, "parameter", "answer")] == list(SHAPES)
    for shape, reporters in SHAPES.items():
        query = httpx.QueryParams(f"{shape}&_shape=objects" if "_shape" not in shape else shape)
        found = reporters(web.get("/fangzhi/articles.json", params=query).text)
        assert isinstance(found, str)
        assert isinstance(json.loads(found), list)


# What is said to be read is read.

EXTRACTION = ROOT / "docs" / "extraction.md"
PAGE = ("2022-08-16", "忻州日报")


def readings() -> Iterator[tuple[str, dict[str, str]]]:
    lines = EXTRACTION.read_text("utf-8").splitlines()
    headers = {tuple(cells(line)) for line in lines if line.startswith("| Text | `quote`")}
    for header in sorted(headers):
        for row in table_of(EXTRACTION, *header):
            yield row[0], dict(zip(header[1:], row[1:], strict=True))


READINGS = list(readings())


@pytest.mark.parametrize(
    ("text", "said"), READINGS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_example_is_read_as_said(text: str, said: dict[str, str]) -> None:
    rows = [item["row"] for item in parse_sentence(text, *PAGE) if item["found"] == "observation"]
    found = next((row for row in rows if row["quote"] == said["quote"]), {})
    assert {column: str(found.get(column, "")) for column in said} == said


@pytest.mark.parametrize(
    ("text", "why"), [row[:2] for row in table_of(EXTRACTION, "Text", "No figure, because it is")]
)
def test_what_is_said_to_be_no_figure_is_none(text: str, why: str) -> None:
    assert why
    assert [item["quote"] for item in parse_sentence(text, *PAGE) if item["found"] == "observation"] == []


def test_examples_are_enough_and_places_exist() -> None:
    assert len(READINGS) >= 30
    assert all(load_gazetteer().full_name(row["place_id"]) for _, row in READINGS if row.get("place_id"))
