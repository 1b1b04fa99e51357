"""The documents say what is true: what they show is run, what they name exists, what they list is whole."""

from __future__ import annotations

import ast
import csv
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import httpx
import pytest
import typer
import yaml
from command import ROOT, environment, fangzhi
from conftest import serving

from fangzhi.cli import app
from fangzhi.database.search import MAX_QUERY, SEARCHED
from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.package.dictionary import data_dictionary
from fangzhi.package.findings import Language
from fangzhi.package.policy import TextPolicy
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.run.sentence import parse_sentence
from fangzhi.site import guard
from fangzhi.site.portal import SETTINGS
from fangzhi.text.source import MAX_BYTES

GENERATED: dict[Language, str] = {"en": "docs/data-dictionary.md", "zh": "docs/data-dictionary.zh-CN.md"}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
ADDRESS = "http://localhost:8001"
COMMANDS: dict[str, click.Command] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
COLUMNS = {field.name for table in TABLES.values() for field in table.fields}
COLUMNS |= {column for view in VIEWS.values() for column in view.columns}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block: the document, the line it opens on, its language and text."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def at(self) -> str:
        return f"{name(self.path)}:{self.line}"


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text("utf-8")
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(path, text.count("\n", 0, match.start()) + 1, match[1], match[2])


BLOCKS = [block for path in DOCUMENTS for block in blocks(path)]


def of(*languages: str) -> pytest.MarkDecorator:
    """The blocks in some languages; the same text in several documents is tested once."""
    found = {block.text: block for block in reversed(BLOCKS) if block.language in languages}
    return pytest.mark.parametrize("block", list(found.values())[::-1], ids=lambda block: block.at)


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


@dataclass(frozen=True)
class Step:
    """A command as one types it, and what it is said to print; ``…`` stands for anything."""

    command: str
    output: str


def steps(block: Block) -> list[Step]:
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0], f"{block.at}: a transcript begins with $"
    return [Step(*re.fullmatch(r"((?:.*\\\n)*.*\n)(.*)", part, re.DOTALL).groups()) for part in parts[1:]]  # type: ignore[union-attr]


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
        assert (ended.returncode, ended.stderr) == (0, "") or step.command.startswith("fangzhi build"), ended.stderr
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
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


@of("sql")
def test_sql_runs_on_the_tables(block: Block, build: Path, web: httpx.Client) -> None:
    sql = re.sub(r"'build/downloads/(\w+)\.parquet'", r"\1", block.text).rstrip().rstrip(";")
    answer = web.get("/fangzhi.json", params={"sql": sql}).json()
    assert (answer["ok"], bool(answer["rows"])) == (True, True), answer["error"]


def imported(source: str) -> set[str]:
    """The packages that a program imports."""
    nodes = ast.walk(ast.parse(source))
    names = (n for node in nodes if isinstance(node, ast.Import) for n in (alias.name for alias in node.names))
    froms = (node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module)
    return {found.split(".")[0] for found in (*names, *froms)}


def shown_below(block: Block) -> str:
    """The output that the document shows right below a program."""
    following = next(other for other in blocks(block.path) if other.line > block.line)
    assert following.language == "text", f"{block.at}: shows no output"
    return following.text


@of("python")
def test_a_program_prints_what_is_shown(block: Block, build: Path, address: str) -> None:
    if missing := [package for package in imported(block.text) if importlib.util.find_spec(package) is None]:
        pytest.skip(f"not among the requirements of the tests: {', '.join(missing)}; its names are checked below")
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
        assert {name: source[name] for name in header if rows[0][name]} == {k: v for k, v in rows[0].items() if v}
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
    assert web.get(path).status_code == 200


# What is named exists.

NAMED = sorted(
    {
        (command.strip(), name(path))
        for path in DOCUMENTS
        for pair in re.findall(r"`(fangzhi [^`\n]+)`|^(?:\$ )?(fangzhi [^\n]+)", path.read_text("utf-8"), re.MULTILINE)
        for command in pair
        if command and not command.startswith("fangzhi COMMAND")
    }
)


@pytest.mark.parametrize(("command", "document"), NAMED)
def test_a_command_that_is_named_exists(command: str, document: str) -> None:
    word, *rest = re.sub(r'"[^"]*"', "TEXT", command).split()[1:]
    options = {option.partition("|")[0] for option in rest if option.startswith("-") and option != "-"}
    if word.startswith("-"):
        assert word in ("--help", "--version")
        return
    assert word in COMMANDS
    assert options <= {name for parameter in COMMANDS[word].params for name in parameter.opts} | {"--help", "-h"}


@pytest.mark.parametrize("path", READMES, ids=name)
def test_every_command_and_option_is_told(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("| `fangzhi ")]
    for command, told in zip(COMMANDS, lines, strict=True):
        options = {opt for p in COMMANDS[command].params for opt in p.opts if isinstance(p, click.Option)} - {"--help"}
        assert told.startswith(f"| `fangzhi {command}")
        assert {option for option in options if option.startswith("--") and option not in told} <= {"--output"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make (\w+)", path.read_text("utf-8"), re.MULTILINE)) <= targets


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)]+)\)", text):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" or link.startswith(ADDRESS), link
            continue
        target = path.parent / unquote(parts.path) if parts.path else path
        assert target.exists(), link
        if parts.fragment:
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert parts.fragment in map(slug, headings), link


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if name(p) not in GENERATED.values()], ids=name)
def test_files_that_are_named_exist(path: Path) -> None:
    code = ROOT / "scripts" / "fangzhi"
    for found in re.findall(r"`((?:[a-z_]+/)+(?:[\w*]+\.\w+)?)`", path.read_text("utf-8")):
        if not found.startswith(("my-", "build/", "data/", "downloads/", "packages/")):
            assert list(ROOT.glob(found)) or list(code.glob(found)), found


# What is listed is whole.


def table_of(path: Path, *header: str) -> list[list[str]]:
    """The rows of the tables that begin with these headings, cells without code marks."""
    lines = iter(path.read_text("utf-8").splitlines())
    rows: list[list[str]] = []
    for line in lines:
        if cells(line)[: len(header)] == list(header):
            next(lines)
            for row in lines:
                if not row.startswith("|"):
                    break
                rows.append(cells(row))
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def test_the_two_readmes_say_the_same() -> None:
    english, chinese = (path.read_text("utf-8") for path in READMES)
    shapes = [re.findall(r"^(#+|!\[|\| ---|- |> |```\w*)", text, re.MULTILINE) for text in (english, chinese)]
    assert shapes[0] == shapes[1]
    assert [block.text for block in blocks(READMES[0])] == [block.text for block in blocks(READMES[1])]
    keys = [re.findall(r"^\| (`[^`]+`|\d+)", text, re.MULTILINE) for text in (english, chinese)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("path", "heading"), [(READMES[0], "table"), (READMES[1], "表")], ids=["en", "zh"])
def test_every_table_and_view_is_told(path: Path, heading: str) -> None:
    assert [row[0] for row in table_of(path, heading)] == list(TABLES)
    assert all(f"`{view}`" in path.read_text("utf-8") for view in VIEWS)


@pytest.mark.parametrize(("path", "heading"), [(READMES[0], "exit code"), (READMES[1], "退出码")], ids=["en", "zh"])
def test_exit_codes_are_those_of_the_program(path: Path, heading: str) -> None:
    told = re.findall(r"(\d+) [\u4e00-\u9fff]", app.info.help or "")
    assert [row[0] for row in table_of(path, heading)] == told


@pytest.mark.parametrize("path", READMES, ids=name)
def test_text_policies_are_told(path: Path) -> None:
    assert [row[0].split("`")[0] for row in table_of(path, "--text")] == [policy.value for policy in TextPolicy]


@pytest.mark.parametrize(("language", "path"), GENERATED.items())
def test_the_data_dictionary_is_what_the_models_give(language: Language, path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == data_dictionary(language), "run make schema"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    told = table_of(ROOT / "CONTRIBUTING.md", "package", "why")
    assert [row[0] for row in told] == [re.split(r"[<>=\[]", line)[0] for line in wanted]
    assert all(row[1] for row in told)


def test_every_lexicon_is_told() -> None:
    told = [row[0] for row in table_of(ROOT / "CONTRIBUTING.md", "lexicon")]
    found = {path.stem for path in (ROOT / "scripts" / "fangzhi" / "lexicons").glob("*.csv")}
    assert sorted(told) == sorted(found)


def test_the_layers_are_those_that_hold() -> None:
    from test_layers import LAYERS

    line = next(
        line for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines() if line.startswith("`model` ")
    )
    assert tuple(re.findall(r"`(\w+)`", line)) == tuple(layer for layer in LAYERS if not layer.startswith("__"))


def test_every_folder_of_code_is_told() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {path.parent.name for path in (ROOT / "scripts" / "fangzhi").glob("*/__init__.py")}
    assert {folder for folder in folders if f"`{folder}/" not in text} == set()


def test_every_featured_query_is_told() -> None:
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))
    queries = metadata["databases"]["fangzhi"]["queries"]
    told = [
        [re.sub(r"\[`|`\].*", "", row[0]), row[2], set(re.findall(r"\w+", row[1]))]
        for row in table_of(ROOT / "docs" / "http-api.md", "query")
    ]
    assert told == [
        [query, words["title_en"], set(re.findall(r"(?<!:):([a-z]\w*)", words["sql"]))] for query, words in queries.items()
    ]


def test_bounds_are_those_of_the_site() -> None:
    told = " ".join(row[1] for row in table_of(ROOT / "docs" / "http-api.md", "limit"))
    limits = {"LENGTH": guard.MAX_LENGTH, "RESULT": guard.MAX_RESULT, "QUERY": MAX_QUERY, **guard._LIMITS}
    limits |= {"rows": SETTINGS["max_returned_rows"], "seconds": SETTINGS["sql_time_limit_ms"] / 1000}
    unnamed = {0, 32}  # nothing attached, no worker threads; arguments of a function
    assert {f"{value:,}" for value in limits.values() if value not in unnamed} <= set(re.findall(r"[\d,.]+\d|\d+", told))
    text = (ROOT / "docs" / "http-api.md").read_text("utf-8")
    assert all(f"`{function}`" in text for function in guard._DENIED_FUNCTIONS - {"fts3_tokenizer"})
    assert re.search(r"These tables have it: ([^.]+)\.", text)[1] == ", ".join(f"`{table}`" for table in SEARCHED)  # type: ignore[index]
    assert f"{MAX_BYTES // 2**20} MiB" in READMES[0].read_text("utf-8")


def test_the_version_has_its_entry() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}] - " in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert all(f" {version}" in path.read_text("utf-8") for path in READMES)


def test_every_source_of_places_is_credited() -> None:
    text = (ROOT / "docs" / "licences.md").read_text("utf-8")
    with (ROOT / "scripts" / "fangzhi" / "lexicons" / "place_sources.csv").open(encoding="utf-8") as file:
        assert all(row["url"] in text for row in csv.DictReader(file))


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


@pytest.mark.parametrize(("text", "said"), READINGS, ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_is_read_as_said(text: str, said: dict[str, str]) -> None:
    rows = [item["row"] for item in parse_sentence(text, *PAGE) if item["found"] == "observation"]
    found = next((row for row in rows if row["quote"] == said["quote"]), {})
    assert {column: str(found.get(column, "")) for column in said} == said


@pytest.mark.parametrize(("text", "why"), [row[:2] for row in table_of(EXTRACTION, "Text", "No figure, because it is")])
def test_what_is_said_to_be_no_figure_is_none(text: str, why: str) -> None:
    assert why
    assert [item["quote"] for item in parse_sentence(text, *PAGE) if item["found"] == "observation"] == []


def test_examples_are_enough_and_places_exist() -> None:
    assert len(READINGS) >= 30
    assert all(load_gazetteer().full_name(row["place_id"]) for _, row in READINGS if row.get("place_id"))
